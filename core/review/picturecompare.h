#pragma once

#include <QImage>
#include <QString>

#include <optional>

namespace Galley {

/// How two pictures of one size differ, on sRGB values without alpha.
struct PictureDifference
{
    std::optional<double> psnrDb;  ///< peak signal-to-noise ratio; empty: the pictures are equal
    double share = 0;              ///< of the pixels, 0–1, that differ visibly: a channel by more than the tolerance
    int largest = 0;               ///< step of a channel, 0–255

    bool operator==(const PictureDifference &) const = default;
};

/// Empty when the sizes differ or a picture is null. \a tolerance: 0–255. Three nanoseconds a pixel; any thread.
std::optional<PictureDifference> comparePictures(const QImage &a, const QImage &b, int tolerance = 8);

/// Mean structural similarity of luma (Wang, Bovik, Sheikh, Simoncelli 2004: Gaussian window of 11 × 11, deviation 1.5, wherever it lies wholly inside):
/// 1 is equal, 0 has nothing in common, below 0 is the negative. Empty when the sizes differ or an edge is shorter than the window. About a second for
/// 4096²: on a pool.
std::optional<double> structuralSimilarity(const QImage &a, const QImage &b);

/// What share, PSNR and SSIM can tell and what they cannot: to be shown wherever the numbers are.
QString differenceLimits();

/// Where two pictures of one size differ: what lies within \a tolerance shows \a a in dim grey, the rest shines, from violet (just over the tolerance) through
/// orange to pale yellow (255). RGB32; null when the sizes differ. Pixels are judged one by one: two cut-outs of the same part give that part of the
/// whole, so that a view need only ask for what it shows.
QImage differenceImage(const QImage &a, const QImage &b, int tolerance = 8);

} // namespace Galley
