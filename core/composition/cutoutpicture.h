#pragma once

#include <QColor>
#include <QImage>

namespace Galley {

/// The part of \a picture that shows: its opaque body, and soft fringes that are wider than the rim of an outline. The whole when
/// nothing shows.
QRect visibleRect(const QImage &picture);

/// \a picture at \a size pixels. Up: cubic B-spline on premultiplied colour; then edges of outline and colour, which
/// became as wide as the scale, are steepened between the least and the greatest value around them, so that a 128 px cut-out
/// keeps a crisp outline in a box of any size while soft shadows and gradients stay soft. Down: area average. What shows up to all four sides of
/// \a picture does so in the result, to a pixel.
QImage scaledCutout(const QImage &picture, const QSize &size);

/// \a picture with its dominant colour turned into \a target: hues near it move along, others and greys stay; light and shade,
/// black and white are kept. In OKLab; alpha is untouched. Pictures without a dominant hue are tinted.
QImage recolored(const QImage &picture, const QColor &target);

/// The mean colour of the strongest hue; of everything where hues hardly show.
QColor dominantColor(const QImage &picture);

} // namespace Galley
