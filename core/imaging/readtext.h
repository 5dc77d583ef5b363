#pragma once

#include <QImage>
#include <QList>
#include <QRectF>
#include <QString>
#include <QStringList>

namespace Galley {

/// A text that a model was asked to draw, and where.
struct TextToRead
{
    QString id;        ///< of the token
    QRectF box;        ///< in pixels of the picture
    QString expected;

    bool operator==(const TextToRead &) const = default;
};

/// How two texts differ. Case counts; kinds of white space, of quotation marks and of dashes do not, nor whether an accent is composed.
struct TextDifference
{
    double score = 1;     ///< 1 − edit distance over the longer length: 1 is equal, 0 has nothing in common
    QStringList missing;  ///< words of the expected text that are not there
    QStringList extra;    ///< words that nobody asked for

    bool isEqual() const { return missing.isEmpty() && extra.isEmpty() && score >= 1; }
    bool operator==(const TextDifference &) const = default;
};

TextDifference compareTexts(const QString &expected, const QString &found);

/// Why a text was not read.
enum class ReadingProblem { NoData, Outside };

/// A sentence: why the text \a id was not read.
QString readingProblem(const QString &id, ReadingProblem why);

/// What Tesseract read of one TextToRead.
struct TextReading
{
    QString id;
    QString expected;
    QString found;        ///< as read; the best of several attempts
    TextDifference difference;
    QString problem;      ///< a sentence when the text cannot be read here (no data for its script); found is empty then
    ReadingProblem why = ReadingProblem::NoData;  ///< of problem

    bool wasRead() const { return problem.isEmpty(); }
    bool isRight() const { return wasRead() && difference.isEqual(); }
    bool operator==(const TextReading &) const = default;
};

/// Reads \a texts in \a picture with Tesseract and the languages that are installed: each box with a margin, enlarged, in the channel with the
/// most contrast, light on dark and dark on light. Without Tesseract's dictionaries, which would quietly correct what a model misspelt. Letters
/// whose accents no installed language knows are compared without them. Takes a tenth of a second for a right text and one or two seconds for a
/// wrong one: call it on a pool. Thread-safe. A missing language is a problem of the reading, not an error.
QList<TextReading> readTexts(const QImage &picture, const QList<TextToRead> &texts);

/// "The headline …" as people are told: empty when the text is right or could not be read here.
QString textFinding(const TextReading &reading);

} // namespace Galley
