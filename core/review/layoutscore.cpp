#include "core/review/scores.h"

#include "core/review/measure.h"

#include <algorithm>

namespace Galley {

namespace {

/// Boxes with a little room: a leaf that sticks out is no mistake.
Box withMargin(const Box &box)
{
    constexpr double margin = 0.02;
    return {box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin};
}

/// What is known of the subjects.
struct SubjectFinding
{
    std::optional<double> value;
    double inside = 0;  ///< share of what stands out that lies in the boxes
    Saying said;
};

QList<Box> drawnTexts(const ReviewLayout &layout)
{
    QList<Box> boxes;
    for (const ReviewText &text : layout.texts) {
        if (!text.isSet)
            boxes.append(text.box);
    }
    return boxes;
}

SubjectFinding subjectFinding(const QImage &raw, const ReviewLayout &layout)
{
    if (layout.subjects.isEmpty() || raw.isNull())
        return {};
    const Plane plane = standingOut(raw, drawnTexts(layout));
    double all = 0;
    double inside = 0;
    double area = 0;
    for (int y = 0; y < plane.height; ++y) {
        for (int x = 0; x < plane.width; ++x) {
            const QPointF at((x + 0.5) / plane.width, (y + 0.5) / plane.height);
            const bool isInside = std::any_of(layout.subjects.cbegin(), layout.subjects.cend(), [&](const ReviewSubject &subject) {
                return withMargin(subject.box).toRect({1, 1}).contains(at);
            });
            all += plane.at(x, y);
            inside += isInside ? plane.at(x, y) : 0;
            area += isInside;
        }
    }
    const double pixels = double(plane.width) * plane.height;
    area /= pixels;
    constexpr double nearlyAll = 0.85;
    if (area > nearlyAll)
        return {};  // anywhere is right
    if (all / pixels < 0.002)
        return {0.0, 0.0, Saying{QStringLiteral("subject.unseen")}};
    inside /= all;
    return {std::clamp((inside - area) / (1 - area), 0.0, 1.0), inside,
            Saying{QStringLiteral("subject.inside"), {100 * inside}}};
}

/// 1 is calm; \a marks gets what is not.
std::optional<double> calmness(const QImage &ground, const ReviewLayout &layout, QList<ReviewMark> &marks)
{
    constexpr double disturbing = 0.1;
    constexpr double unreadable = 0.4;
    double sum = 0;
    int texts = 0;
    for (const ReviewText &text : layout.texts) {
        if (!text.isSet)
            continue;
        const double busy = busyness(ground, inkBox(text));
        sum += 1 - std::min(1.0, busy / unreadable);
        ++texts;
        if (busy > disturbing)
            marks.append({text.box, text.id, Saying{QStringLiteral("area.busy"), {text.id.toStdString(), 100 * busy}}});
    }
    return texts > 0 ? std::optional(sum / texts) : std::nullopt;
}

} // namespace

Score layoutScore(const QImage &raw, const QImage &ground, const ReviewLayout &layout)
{
    Score score;
    score.kind = ScoreKind::Layout;
    const SubjectFinding subject = subjectFinding(raw, layout);
    if (subject.value && *subject.value < 0.6) {
        for (const ReviewSubject &each : layout.subjects)
            score.marks.append({each.box, each.id, subject.said});
    }
    const qsizetype misplaced = score.marks.size();
    const std::optional<double> calm = calmness(ground, layout, score.marks);
    const int parts = int(subject.value.has_value()) + int(calm.has_value());
    if (parts == 0) {
        score.said << Saying{QStringLiteral("layout.none")};
        return score;
    }
    score.value = (subject.value.value_or(0) + calm.value_or(0)) / parts;
    score.raw = 100 * *score.value;
    score.unit = QStringLiteral("%");
    if (subject.value)
        score.said << subject.said;
    if (calm) {
        const int busy = int(score.marks.size() - misplaced);
        score.said << (busy == 0 ? Saying{QStringLiteral("areas.calm")} : Saying{QStringLiteral("areas.busy"), {busy}});
    }
    return score;
}

} // namespace Galley
