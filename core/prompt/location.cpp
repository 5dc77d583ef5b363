#include "core/prompt/location.h"

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

enum class Third { Low, Middle, High };

/// Where the centre of a span lies. A span that covers most of the side has no side of its own.
Third thirdOf(double start, double length)
{
    const double center = start + length / 2;
    if (length > 0.75)
        return Third::Middle;
    return center < 0.38 ? Third::Low : center > 0.62 ? Third::High : Third::Middle;
}

Location place(const QString &noun, const char *preposition)
{
    return {noun, QString::fromLatin1(preposition) + u' ' + noun};
}

/// Boxes as wide as the picture: "the top third", "the lower half".
Location band(const Box &box, Third vertical)
{
    if (vertical == Third::Middle)
        return place(box.height <= 0.35 ? QStringLiteral("the middle band") : QStringLiteral("the center"), "in");
    const bool top = vertical == Third::Low;
    const bool narrow = top ? box.y + box.height <= 0.42 : box.y >= 0.58;
    if (narrow)
        return place(top ? QStringLiteral("the top third") : QStringLiteral("the bottom third"), "in");
    return place(top ? QStringLiteral("the upper half") : QStringLiteral("the lower half"), "in");
}

Location column(const Box &box, Third horizontal)
{
    if (horizontal == Third::Middle)
        return place(QStringLiteral("the center"), "in");
    const bool left = horizontal == Third::Low;
    const bool narrow = left ? box.x + box.width <= 0.42 : box.x >= 0.58;
    if (narrow)
        return place(left ? QStringLiteral("the left third") : QStringLiteral("the right third"), "in");
    return place(left ? QStringLiteral("the left half") : QStringLiteral("the right half"), "in");
}

Location corner(const Box &box, bool top, bool left)
{
    const QString name = QString::fromLatin1(top ? "the upper " : "the lower ") + QString::fromLatin1(left ? "left" : "right");
    const double xGap = left ? box.x : 1 - box.x - box.width;
    const double yGap = top ? box.y : 1 - box.y - box.height;
    if (box.width <= 0.25 && box.height <= 0.25 && xGap <= 0.12 && yGap <= 0.12)
        return place(name + QStringLiteral(" corner"), "in");
    if (box.width <= 0.4 && box.height <= 0.4)
        return place(name + QStringLiteral(" third"), "in");
    return place(name + QStringLiteral(" part"), "in");
}

QString percent(double fraction)
{
    return QString::number(int(std::lround(fraction * 100))) + u'%';
}

} // namespace

Location locationOf(const Box &box)
{
    if (box.width >= 0.85 && box.height >= 0.85)
        return place(QStringLiteral("the whole picture"), "across");
    const Third horizontal = thirdOf(box.x, box.width);
    const Third vertical = thirdOf(box.y, box.height);
    if (box.width >= 0.7)
        return box.height >= 0.7 ? place(QStringLiteral("the center"), "in") : band(box, vertical);
    if (box.height >= 0.7)
        return column(box, horizontal);
    if (horizontal == Third::Middle && vertical == Third::Middle)
        return place(QStringLiteral("the center"), "in");
    if (horizontal == Third::Middle)
        return vertical == Third::Low ? place(QStringLiteral("the top center"), "at") : place(QStringLiteral("the bottom center"), "at");
    if (vertical == Third::Middle)
        return horizontal == Third::Low ? place(QStringLiteral("the left side"), "on") : place(QStringLiteral("the right side"), "on");
    return corner(box, vertical == Third::Low, horizontal == Third::Low);
}

QString exactPlace(const Box &box)
{
    const QString rows = QStringLiteral("from ") + percent(box.y) + QStringLiteral(" to ") + percent(box.y + box.height)
                         + QStringLiteral(" of the height");
    if (box.width >= 0.7)
        return QStringLiteral("the strip ") + rows;
    return QStringLiteral("the area from ") + percent(box.x) + QStringLiteral(" to ") + percent(box.x + box.width)
           + QStringLiteral(" of the width and ") + rows;
}

Box clampedBox(const Box &box)
{
    const double left = std::clamp(box.x, 0.0, 1.0);
    const double top = std::clamp(box.y, 0.0, 1.0);
    const double right = std::clamp(box.x + box.width, 0.0, 1.0);
    const double bottom = std::clamp(box.y + box.height, 0.0, 1.0);
    return {left, top, std::max(0.0, right - left), std::max(0.0, bottom - top)};
}

double areaOf(const Box &box)
{
    return std::max(0.0, box.width) * std::max(0.0, box.height);
}

double overlapArea(const Box &a, const Box &b)
{
    const double width = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double height = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    return std::max(0.0, width) * std::max(0.0, height);
}

} // namespace Galley
