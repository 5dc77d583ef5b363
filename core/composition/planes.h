#pragma once

#include <QImage>

#include <array>
#include <vector>

// Pictures of four floats a pixel: what cut-outs are scaled and drawn in styles with. For core/composition alone.

namespace Galley {

/// One pixel, red to alpha, in one register: three times as fast as four floats (GCC and Clang have this type everywhere).
using Vec = float __attribute__((vector_size(16)));

constexpr Vec vec(float value)
{
    return Vec{value, value, value, value};
}

inline Vec least(Vec a, Vec b)
{
    return a < b ? a : b;
}

inline Vec greatest(Vec a, Vec b)
{
    return a > b ? a : b;
}

/// A picture of vectors.
struct Plane
{
    Plane(int w, int h)
        : width(w)
        , pixels(std::size_t(w) * std::size_t(h))
    {}
    Vec *row(int y) { return pixels.data() + std::size_t(y) * std::size_t(width); }
    const Vec *row(int y) const { return pixels.data() + std::size_t(y) * std::size_t(width); }

    int width;
    std::vector<Vec> pixels;
};

/// Where an output position reads, and how much: four taps of the cubic, of which the middle two also serve linear steps.
struct Taps
{
    std::array<int, 4> index;
    std::array<float, 4> weight;
    float share;
};

/// The cubic B-spline from \a from to \a to pixels; positions count from the edge of a picture that has \a margin pixels more on each side.
std::vector<Taps> splineTaps(int from, int to, int margin);
/// Of these pixels only the part from \a first on, \a length of them.
std::vector<Taps> splineTaps(int from, int to, int margin, double first, double length);

Plane cubicAcross(const Plane &source, int height, const std::vector<Taps> &taps);

/// Blurs by a Gaussian; nothing lies beyond the edge.
void blur(Plane &plane, int height, float sigma);
void blur(std::vector<float> &values, int width, int height, float sigma);

} // namespace Galley
