#pragma once

#include "core/imaging/colormath.h"

#include <QImage>

#include <vector>

namespace Galley {

/// A cut-out as areas of few colours.
struct Tones
{
    struct Tone
    {
        OkLab color;
        double share = 0;  ///< of what is opaque
    };

    static constexpr signed char outside = -1;

    int width = 0;
    int height = 0;
    std::vector<Tone> tones;          ///< at least one
    std::vector<signed char> labels;  ///< a tone for each pixel, or outside

    signed char label(int x, int y) const { return labels[std::size_t(y) * std::size_t(width) + std::size_t(x)]; }
};

struct ToneWish
{
    int most = 7;
    double least = 0.07;        ///< distance in OKLab below which two colours are one tone
    double lightWeight = 0.6;   ///< how much lightness counts in it: shading is a difference of lightness
    float smooth = 1.6F;        ///< pixels below which areas melt into their neighbours
    float edges = 0.02F;        ///< how much pixels between two colours count beside plain ones; more keeps thin lines
    double smallest = 0.003;    ///< share of the opaque part below which a colour is no tone of its own
};

/// The areas of \a picture (premultiplied RGBA8888): colours by clusters in OKLab, pixels between two colours by their neighbours, so that
/// an antialiased edge gives no tone of its own and nothing speckles.
Tones tonesOf(const QImage &picture, const ToneWish &wish);

} // namespace Galley
