#pragma once

#include "core/review/saying.h"
#include "core/store/libraryquery.h"
#include "core/template/template.h"

#include <QColor>
#include <QImage>
#include <QList>
#include <QString>

#include <optional>

namespace Galley {

/// What is measured of one picture.
enum class ScoreKind { Text, Contrast, Layout, Palette, Sharpness };

QList<ScoreKind> allScores();
QString scoreName(ScoreKind kind);    ///< "text": stable, stored by Store::setScores()
std::optional<ScoreKind> scoreFromName(const QString &name);
QString scoreTitle(ScoreKind kind);   ///< "Text read back", for people
/// What it was measured with, in English: it goes into files. "CIEDE2000 from the main colours to the palette".
QString scoreMethod(ScoreKind kind);
/// What the score can tell and what it cannot: one or two sentences, to be shown wherever the number is.
QString scoreLimits(ScoreKind kind);

/// A place in the picture that something is said of.
struct ReviewMark
{
    Box box;           ///< fractions of the canvas
    QString tokenId;   ///< empty: no token's
    Saying said;

    QString sentence() const { return sentenceOf(said); }
    bool operator==(const ReviewMark &) const = default;
};

/// One score of one picture.
struct Score
{
    ScoreKind kind = ScoreKind::Text;
    std::optional<double> value;  ///< 0–1, 1 is best; empty: there was nothing to measure, or it cannot be measured here
    std::optional<double> raw;    ///< what was measured: a ratio, ΔE …
    QString unit;                 ///< of raw: ": 1", "ΔE2000", "%"
    QList<Saying> said;           ///< what was found; why nothing was, when value is empty
    QList<ReviewMark> marks;      ///< what is wrong, and where

    QString sentence() const { return sentencesOf(said); }

    bool operator==(const Score &) const = default;
};

/// As the library keeps it, in codes and figures, whatever the language; nothing when there is no value.
std::optional<PictureScore> storedScore(const Score &score);
/// Empty for names that this version does not know; details that cannot be read are left out.
std::optional<Score> scoreFromStored(const PictureScore &stored);
/// What was found, in the language of the window, also of a score that this version does not know. Those that earlier versions stored keep the sentence
/// that they were stored with.
QString storedSentence(const PictureScore &stored);

/// A text of the layout.
struct ReviewText
{
    QString id;             ///< of the token
    Box box;
    QString text;
    bool isSet = true;      ///< Galley sets it; false: the model was asked to draw it
    QColor color;           ///< of set text; invalid: not known
    double pixelSize = 0;   ///< of the type, in canvas pixels; 0: not known
    bool isBold = false;
    QImage typeset;         ///< the same text typeset on a plain ground, as large as the box in canvas pixels: what reading it back is compared with

    bool operator==(const ReviewText &) const = default;
};

struct ReviewSubject
{
    QString id;
    Box box;

    bool operator==(const ReviewSubject &) const = default;
};

/// What a picture should show: the resolved layout as plain values. Boxes are fractions of the canvas.
struct ReviewLayout
{
    QSize canvas;
    QList<ReviewText> texts;
    QList<ReviewSubject> subjects;
    QList<QColor> palette;
    /// What Galley itself draws over every picture of the layout: Format_Alpha8, the whole canvas at some size; 255: nothing of the picture is seen there.
    /// Null: nothing is known.
    QImage covered = {};

    bool operator==(const ReviewLayout &) const = default;
};

/// One picture in the three forms that are measured. Sizes may differ, each shows the whole canvas.
struct ReviewPictures
{
    QImage raw;       ///< as the model made it, cut to what the canvas shows: sharpness, palette, where the subject is
    QImage ground;    ///< everything but the set text: calm areas, what lies behind the text; null: raw
    QImage composed;  ///< as people see it: text read back; null: ground
};

} // namespace Galley
