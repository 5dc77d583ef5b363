#include "core/review/scores.h"

#include "core/imaging/colormath.h"
#include "core/review/maincolors.h"

#include <algorithm>

namespace Galley {

namespace {

double distanceTo(const QColor &color, const QList<QColor> &palette)
{
    double nearest = 100;
    for (const QColor &each : palette)
        nearest = std::min(nearest, deltaE2000(color, each));
    return nearest;
}

/// Colours of the palette that nothing in the picture comes near.
QStringList missingOf(const QList<QColor> &palette, const QList<MainColor> &colors)
{
    constexpr double another = 20;  // plainly another colour
    QList<QColor> found;
    for (const MainColor &color : colors)
        found.append(color.color);
    QStringList missing;
    for (const QColor &color : palette) {
        if (!isNeutral(color) && distanceTo(color, found) > another)
            missing.append(color.name().toUpper());
    }
    return missing;
}

} // namespace

Score paletteScore(const QImage &raw, const ReviewLayout &layout)
{
    constexpr double none = 30;  // further away there is nothing in common
    Score score;
    score.kind = ScoreKind::Palette;
    if (layout.palette.isEmpty() || raw.isNull()) {
        score.said << Saying{QStringLiteral("palette.none")};
        return score;
    }
    const QList<MainColor> colors = mainColors(raw, 10);
    double sum = 0;
    double area = 0;
    for (const MainColor &color : colors) {
        const double distance = distanceTo(color.color, layout.palette);
        if (isNeutral(color.color) && distance > 10)
            continue;
        sum += color.share * distance;
        area += color.share;
    }
    const QStringList missing = missingOf(layout.palette, colors);
    if (area < 0.05) {
        score.value = missing.isEmpty() ? 1 : 0;
        score.said << Saying{QStringLiteral("palette.neutral")};
    } else {
        score.raw = sum / area;
        score.value = std::max(0.0, 1 - *score.raw / none);
        score.unit = QStringLiteral("ΔE2000");
        score.said << Saying{QStringLiteral("palette.distance"), {*score.raw}};
    }
    if (!missing.isEmpty())
        score.said << Saying{QStringLiteral("palette.missing"), {missing.join(QStringLiteral(", ")).toStdString()}};
    return score;
}

} // namespace Galley
