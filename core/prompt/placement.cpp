#include "core/prompt/placement.h"

#include <algorithm>

namespace Galley {

Box clampedToCanvas(const Box &box)
{
    const double left = std::clamp(box.x, 0.0, 1.0);
    const double top = std::clamp(box.y, 0.0, 1.0);
    const double right = std::clamp(box.x + box.width, 0.0, 1.0);
    const double bottom = std::clamp(box.y + box.height, 0.0, 1.0);
    return {left, top, right - left, bottom - top};
}

QString placePhrase(const Box &box)
{
    const Box shown = clampedToCanvas(box);
    const double x = shown.x + shown.width / 2;
    const double y = shown.y + shown.height / 2;
    const bool wide = shown.width >= 0.8;
    const bool tall = shown.height >= 0.8;
    const int column = x < 0.38 ? 0 : (x > 0.62 ? 2 : 1);
    const int row = y < 0.36 ? 0 : (y > 0.64 ? 2 : 1);
    if (wide && tall)
        return QStringLiteral("filling the whole picture");
    if (wide)
        return row == 0 ? QStringLiteral("across the top") : (row == 2 ? QStringLiteral("across the bottom") : QStringLiteral("across the middle"));
    if (tall && column != 1)
        return column == 0 ? QStringLiteral("along the left side") : QStringLiteral("along the right side");
    static const QString phrases[3][3] = {
        {QStringLiteral("in the upper left"), QStringLiteral("at the top"), QStringLiteral("in the upper right")},
        {QStringLiteral("on the left"), QStringLiteral("in the centre"), QStringLiteral("on the right")},
        {QStringLiteral("in the lower left"), QStringLiteral("at the bottom"), QStringLiteral("in the lower right")},
    };
    return phrases[row][column];
}

} // namespace Galley
