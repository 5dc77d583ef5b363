#pragma once

#include <QColor>
#include <QImage>
#include <QList>

namespace Galley {

/// One of the few colours that make up a picture.
struct MainColor
{
    QColor color;
    double share = 0;  ///< of the area, 0–1

    bool operator==(const MainColor &) const = default;
};

/// At most \a most colours that stand for those of \a picture, the largest first (k-means in OKLab from a fixed start: the same picture gives the same
/// colours). Transparent pixels do not count. Empty without any.
QList<MainColor> mainColors(const QImage &picture, int most = 8);

/// Black, white or grey, as people see it.
bool isNeutral(const QColor &color);

} // namespace Galley
