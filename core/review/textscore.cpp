#include "core/review/scores.h"

#include "core/imaging/readtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::TextScore", text);
}

/// How one text reads, relative to the same text typeset.
struct Reading
{
    std::optional<double> value;
    QString sentence;  ///< what is wrong with it, or why it was not read
};

TextReading readIn(const QImage &picture, const ReviewText &text, const QRectF &box)
{
    return readTexts(picture, {{text.id, box, text.text}}).value(0);
}

Reading readingOf(const QImage &composed, const ReviewText &text)
{
    const TextReading found = readIn(composed, text, text.box.toRect(composed.size()));
    if (!found.wasRead())
        return {std::nullopt, found.problem};
    double expected = 1;
    if (!text.typeset.isNull() && !found.isRight()) {  // what is right needs no excuse
        constexpr double readable = 0.5;
        const TextReading typeset = readIn(text.typeset, text, QRectF(text.typeset.rect()));
        if (!typeset.wasRead() || typeset.difference.score < readable) {
            return {std::nullopt, tr("\"%1\" cannot be read even when it is typeset plainly (its font, or its size), and is not counted.").arg(text.id)};
        }
        expected = typeset.difference.score;
    }
    return {std::clamp(found.difference.score / expected, 0.0, 1.0), textFinding(found)};
}

} // namespace

Score textScore(const QImage &composed, const ReviewLayout &layout)
{
    Score score;
    score.kind = ScoreKind::Text;
    if (layout.texts.isEmpty() || composed.isNull()) {
        score.sentence = tr("There is no text to read.");
        return score;
    }
    double sum = 0;
    int read = 0;
    int right = 0;
    QStringList unread;
    for (const ReviewText &text : layout.texts) {
        const Reading reading = readingOf(composed, text);
        if (!reading.value) {
            unread.append(reading.sentence);
            continue;
        }
        constexpr double wrong = 0.995;
        sum += *reading.value;
        ++read;
        right += *reading.value >= wrong;
        if (*reading.value < wrong)
            score.marks.append({text.box, text.id, reading.sentence});
    }
    unread.removeDuplicates();
    if (read == 0) {
        score.sentence = unread.join(u' ');
        return score;
    }
    score.value = sum / read;
    score.raw = 100 * (1 - *score.value);
    score.unit = QStringLiteral("%");
    score.sentence = tr("%1 of %2 texts read as they should; %3 % of the characters are wrong.").arg(right).arg(read).arg(*score.raw, 0, 'f', 1);
    for (const QString &sentence : std::as_const(unread))
        score.sentence += u' ' + sentence;
    return score;
}

} // namespace Galley
