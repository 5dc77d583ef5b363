#pragma once

#include "core/composition/cutouttones.h"

#include <vector>

namespace Galley {

/// Distances of pixels to the nearest of some points, up to a reach: more than is drawn nobody needs to know.
class PointDistances
{
public:
    PointDistances(int width, int height, float reach);
    void add(float x, float y);
    std::vector<float> distances() const;  ///< the reach where no point is near

private:
    int m_width;
    int m_height;
    int m_stride;
    float m_reach;
    std::vector<float> m_squares;
};

/// For each pixel the nearest of some pixels.
class NearestPixels
{
public:
    struct Pixel
    {
        short x = -10000;  ///< below zero where there is none at all
        short y = -10000;
    };

    /// The nearest pixels of \a mask.
    NearestPixels(const std::vector<signed char> &mask, int width, int height);
    Pixel at(int x, int y) const { return m_pixels[std::size_t(y) * std::size_t(m_width) + std::size_t(x)]; }
    float distance(int x, int y) const;

private:
    void sweep(int y, int from);

    int m_width;
    int m_height;
    std::vector<Pixel> m_pixels;
};

/// Distance of each pixel to the line where \a values passes \a level, up to \a reach: above zero where \a values is larger, else below.
std::vector<float> signedDistances(const std::vector<float> &values, int width, int height, float level, float reach = 9);

/// The pixels of \a mask that hang together with \a start; all of them become \a seen.
std::vector<std::size_t> connectedPart(const std::vector<signed char> &mask, int width, int height, std::size_t start,
                                       std::vector<signed char> &seen);

struct CutoutLines
{
    std::vector<float> distances;  ///< of each pixel to the nearest line
    std::vector<signed char> inked;  ///< 1 in small dark spots: pupils, buttons, noses
};

/// Where a draughtsman would draw lines inside \a tones of \a picture: between tones, where the picture changes for the eye, and in the middle of
/// what is up to \a stroke pixels wide. The rim is not among them; \a depth is the distance to it, above zero inside.
CutoutLines linesOf(const QImage &picture, const Tones &tones, const std::vector<float> &depth, float stroke);

} // namespace Galley
