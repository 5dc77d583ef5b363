#include "core/review/scores.h"

#include "core/imaging/readtext.h"

#include <algorithm>

namespace Galley {

namespace {

/// How one text reads, relative to the same text typeset.
struct Reading
{
    std::optional<double> value;
    Saying said;  ///< what is wrong with it, or why it was not read
};

TextReading readIn(const QImage &picture, const ReviewText &text, const QRectF &box)
{
    return readTexts(picture, {{text.id, box, text.text}}).value(0);
}

Reading readingOf(const QImage &composed, const ReviewText &text)
{
    const TextReading found = readIn(composed, text, text.box.toRect(composed.size()));
    const std::string id = text.id.toStdString();
    if (!found.wasRead())
        return {std::nullopt, Saying{found.why == ReadingProblem::Outside ? QStringLiteral("text.outside") : QStringLiteral("text.nodata"), {id}}};
    double expected = 1;
    if (!text.typeset.isNull() && !found.isRight()) {  // what is right needs no excuse
        constexpr double readable = 0.5;
        const TextReading typeset = readIn(text.typeset, text, QRectF(text.typeset.rect()));
        if (!typeset.wasRead() || typeset.difference.score < readable)
            return {std::nullopt, Saying{QStringLiteral("text.unreadable"), {id}}};
        expected = typeset.difference.score;
    }
    const std::string wanted = found.expected.simplified().toStdString();
    const std::string read = found.found.simplified().toStdString();
    return {std::clamp(found.difference.score / expected, 0.0, 1.0), Saying{QStringLiteral("text.other"), {id, wanted, read}}};
}

} // namespace

Score textScore(const QImage &composed, const ReviewLayout &layout)
{
    Score score;
    score.kind = ScoreKind::Text;
    if (layout.texts.isEmpty() || composed.isNull()) {
        score.said << Saying{QStringLiteral("text.none")};
        return score;
    }
    double sum = 0;
    int read = 0;
    int right = 0;
    QList<Saying> unread;
    for (const ReviewText &text : layout.texts) {
        const Reading reading = readingOf(composed, text);
        if (!reading.value) {
            if (!unread.contains(reading.said))
                unread.append(reading.said);
            continue;
        }
        constexpr double wrong = 0.995;
        sum += *reading.value;
        ++read;
        right += *reading.value >= wrong;
        if (*reading.value < wrong)
            score.marks.append({text.box, text.id, reading.said});
    }
    if (read == 0) {
        score.said = unread;
        return score;
    }
    score.value = sum / read;
    score.raw = 100 * (1 - *score.value);
    score.unit = QStringLiteral("%");
    score.said << Saying{QStringLiteral("text.read"), {right, read, *score.raw}};
    score.said << unread;
    return score;
}

} // namespace Galley
