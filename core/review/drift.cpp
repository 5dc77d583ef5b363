#include "core/review/drift.h"

#include "core/imaging/colormath.h"
#include "core/review/maincolors.h"
#include "core/review/measure.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Drift", text);
}

/// What people take for the same: ΔE2000; percent of the diagonal; percent of the area.
constexpr double sameColor = 12;
constexpr double samePlace = 8;
constexpr double sameCalm = 12;

/// A quarter of the scale is where a difference is noticed.
void weigh(DriftFinding &finding, double same)
{
    finding.amount = std::min(1.0, finding.raw / (4 * same));
    finding.isNoticed = finding.raw > same;
}

/// From each of \a from to the nearest of \a to, by area.
double distance(const QList<MainColor> &from, const QList<MainColor> &to)
{
    double sum = 0;
    for (const MainColor &color : from) {
        double nearest = 100;
        for (const MainColor &other : to)
            nearest = std::min(nearest, deltaE2000(color.color, other.color));
        sum += color.share * nearest;
    }
    return sum;
}

/// \a picture with holes where Galley itself draws over it: what is transparent has no colours.
QImage uncovered(const QImage &picture, const QImage &covered)
{
    if (covered.isNull())
        return picture;
    constexpr int edge = 640;
    QImage holed = scaledToEdge(picture, edge).convertToFormat(QImage::Format_ARGB32);
    const QImage hidden = coveredAt(covered, holed.size());
    for (int y = 0; y < holed.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(holed.scanLine(y));
        for (int x = 0; x < holed.width(); ++x) {
            if (isCovered(hidden, x, y))
                line[x] = 0;
        }
    }
    return holed;
}

Plane withoutCovered(Plane plane, const QImage &covered)
{
    const QImage hidden = coveredAt(covered, {plane.width, plane.height});
    for (int y = 0; y < plane.height; ++y) {
        for (int x = 0; x < plane.width; ++x) {
            if (isCovered(hidden, x, y))
                plane.values[size_t(y) * size_t(plane.width) + size_t(x)] = 0;
        }
    }
    return plane;
}

/// Without holes: pictures of uncovered().
std::optional<DriftFinding> colorDrift(const QImage &draft, const QImage &final, const QString &token, const Box &box)
{
    const QRect a = pixelsOf(box, draft.size());
    const QRect b = pixelsOf(box, final.size());
    if (a.isEmpty() || b.isEmpty())
        return std::nullopt;
    const QList<MainColor> before = mainColors(draft.copy(a));
    const QList<MainColor> after = mainColors(final.copy(b));
    if (before.isEmpty() || after.isEmpty())
        return std::nullopt;
    DriftFinding finding;
    finding.kind = DriftFinding::Kind::Colour;
    finding.tokenId = token;
    finding.draft = finding.final = box;
    finding.raw = (distance(before, after) + distance(after, before)) / 2;
    weigh(finding, sameColor);
    const QString where = token.isEmpty() ? tr("The picture as a whole") : tr("\"%1\"").arg(token);
    finding.sentence = finding.isNoticed
        ? tr("%1 has other colours than in the draft: mainly %2 instead of %3 (ΔE %4).")
              .arg(where, after.first().color.name().toUpper(), before.first().color.name().toUpper())
              .arg(finding.raw, 0, 'f', 0)
        : tr("%1 has the colours of the draft (ΔE %2).").arg(where).arg(finding.raw, 0, 'f', 0);
    return finding;
}

/// Where the subject of \a box may have gone: alone, anywhere; among others, near its box.
Box searchArea(const ReviewSubject &subject, const ReviewLayout &layout)
{
    if (layout.subjects.size() < 2)
        return {0, 0, 1, 1};
    const Box &box = subject.box;
    return {box.x - box.width / 4, box.y - box.height / 4, 1.5 * box.width, 1.5 * box.height};
}

QString wayOf(const QPointF &way)
{
    const bool isAcross = std::fabs(way.x()) > std::fabs(way.y());
    if (isAcross)
        return way.x() > 0 ? tr("to the right") : tr("to the left");
    return way.y() > 0 ? tr("down") : tr("up");
}

std::optional<DriftFinding> subjectDrift(const Plane &draft, const Plane &final, const ReviewSubject &subject, const ReviewLayout &layout)
{
    const Box area = searchArea(subject, layout);
    const Box before = boxOfMost(draft, area);
    const Box after = boxOfMost(final, area);
    if (before == Box{})
        return std::nullopt;  // the draft has no subject that stands out
    DriftFinding finding;
    finding.kind = DriftFinding::Kind::Subject;
    finding.tokenId = subject.id;
    finding.draft = before;
    finding.final = after;
    if (after == Box{}) {
        finding.raw = 100;
        weigh(finding, samePlace);
        finding.sentence = tr("\"%1\" stands out in the draft, but not in the final.").arg(subject.id);
        return finding;
    }
    const QSizeF canvas = layout.canvas.isEmpty() ? QSizeF(1, 1) : QSizeF(layout.canvas);
    const double diagonal = std::hypot(canvas.width(), canvas.height());
    const QPointF way((after.x + after.width / 2 - before.x - before.width / 2) * canvas.width(),
                      (after.y + after.height / 2 - before.y - before.height / 2) * canvas.height());
    const double moved = 100 * std::hypot(way.x(), way.y()) / diagonal;
    const double grown = 100 * (std::hypot(after.width * canvas.width(), after.height * canvas.height())
                                - std::hypot(before.width * canvas.width(), before.height * canvas.height())) / 2 / diagonal;
    finding.raw = std::max(moved, std::fabs(grown));
    weigh(finding, samePlace);
    if (!finding.isNoticed)
        finding.sentence = tr("\"%1\" is where it was in the draft.").arg(subject.id);
    else if (moved >= std::fabs(grown))
        finding.sentence = tr("\"%1\" has moved %2 (%3 % of the canvas' diagonal).").arg(subject.id, wayOf(way)).arg(moved, 0, 'f', 0);
    else
        finding.sentence = (grown > 0 ? tr("\"%1\" is larger than in the draft.") : tr("\"%1\" is smaller than in the draft.")).arg(subject.id);
    return finding;
}

/// Nothing for letters on a button or panel of Galley's own: nobody sees the picture there.
std::optional<DriftFinding> calmDrift(const QImage &draft, const QImage &final, const ReviewText &text, const QImage &covered)
{
    constexpr double leastSeen = 0.1;
    const Box ink = inkBox(text);
    if (visibleShare(covered, ink) < leastSeen)
        return std::nullopt;
    DriftFinding finding;
    finding.kind = DriftFinding::Kind::Calm;
    finding.tokenId = text.id;
    finding.draft = finding.final = ink;
    const double before = busyness(draft, ink, covered);
    const double after = busyness(final, ink, covered);
    finding.raw = std::max(0.0, 100 * (after - before));
    weigh(finding, sameCalm);
    finding.sentence = finding.isNoticed ? tr("The area under \"%1\" was calm in the draft and is busy now: %2 % of it has visible edges, %3 % had.")
                                               .arg(text.id).arg(qRound(100 * after)).arg(qRound(100 * before))
                                         : tr("The area under \"%1\" is as calm as in the draft.").arg(text.id);
    return finding;
}

QString conclusion(const QList<DriftFinding> &findings, DriftFrom from)
{
    const int noticed = int(std::count_if(findings.cbegin(), findings.cend(), [](const DriftFinding &finding) { return finding.isNoticed; }));
    if (findings.isEmpty())
        return tr("There is nothing in the layout that could be compared with the draft.");
    const bool isApproved = from == DriftFrom::Approved;
    if (noticed == 0) {
        return isApproved ? tr("The final is as the draft you approved, as far as can be measured.")
                          : tr("The final is as a draft of it that was drawn anew, as far as can be measured.");
    }
    const QString said = isApproved
        ? QCoreApplication::translate("Galley::Drift", "The final differs from the draft you approved in %n place(s): %1", nullptr, noticed)
        : QCoreApplication::translate("Galley::Drift", "The final differs from a draft of it that was drawn anew in %n place(s): %1", nullptr, noticed);
    return said.arg(findings.first().sentence);
}

/// Without an approved draft that comes first: what is compared is not what anybody has seen.
QString sentenceOf(const QList<DriftFinding> &findings, DriftFrom from)
{
    const QString said = conclusion(findings, from);
    switch (from) {
    case DriftFrom::Approved: return said;
    case DriftFrom::NoneSeen: return tr("No draft was on screen when this final was sent.") + u' ' + said;
    case DriftFrom::Lost: return tr("The draft that you approved is not in the library any more.") + u' ' + said;
    }
    return said;
}

} // namespace

QString driftLimits()
{
    return tr("Compares colours, where things stand out and how calm the areas under text are. It does not know what a thing is: another subject in the same "
              "place and colours goes unnoticed, and a draft is simpler than its final by nature. What Galley sets itself is the same in both and left out.");
}

Drift driftBetween(const QImage &draft, const QImage &final, const ReviewLayout &layout, DriftFrom from)
{
    Drift drift;
    if (draft.isNull() || final.isNull()) {
        drift.sentence = tr("There is no draft to compare with.");
        return drift;
    }
    const auto add = [&drift](const std::optional<DriftFinding> &finding) {
        if (finding)
            drift.findings.append(*finding);
    };
    const QImage &covered = layout.covered;
    QList<Box> drawn;
    for (const ReviewText &text : layout.texts) {
        if (text.isSet)
            add(calmDrift(draft, final, text, covered));
        else
            drawn.append(text.box);
    }
    const QImage draftColors = uncovered(draft, covered);
    const QImage finalColors = uncovered(final, covered);
    if (!layout.subjects.isEmpty()) {
        const Plane before = withoutCovered(standingOut(draft, drawn), covered);
        const Plane after = withoutCovered(standingOut(final, drawn), covered);
        for (const ReviewSubject &subject : layout.subjects) {
            add(subjectDrift(before, after, subject, layout));
            add(colorDrift(draftColors, finalColors, subject.id, subject.box));
        }
    }
    add(colorDrift(draftColors, finalColors, {}, {0, 0, 1, 1}));
    std::stable_sort(drift.findings.begin(), drift.findings.end(), [](const DriftFinding &a, const DriftFinding &b) { return a.amount > b.amount; });
    drift.amount = drift.findings.isEmpty() ? 0 : drift.findings.first().amount;
    drift.sentence = sentenceOf(drift.findings, from);
    return drift;
}

} // namespace Galley
