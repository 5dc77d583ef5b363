#pragma once

#include <QImage>

#include <optional>

namespace Galley {

/// How two pictures of one size differ, on sRGB values without alpha.
struct PictureDifference
{
    std::optional<double> psnrDb;  ///< peak signal-to-noise ratio; empty: the pictures are equal
    double share = 0;              ///< of the pixels, 0–1, that differ visibly: a channel by more than the tolerance

    bool operator==(const PictureDifference &) const = default;
};

/// Empty when the sizes differ or a picture is null. \a tolerance: 0–255.
std::optional<PictureDifference> comparePictures(const QImage &a, const QImage &b, int tolerance = 8);

} // namespace Galley
