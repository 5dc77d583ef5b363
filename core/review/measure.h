#pragma once

#include "core/review/score.h"

#include <QRect>

#include <vector>

namespace Galley {

/// What several scores measure with. Private to core/review.

/// A number for each pixel, row by row.
struct Plane
{
    int width = 0;
    int height = 0;
    std::vector<float> values;

    float at(int x, int y) const { return values[size_t(y) * size_t(width) + size_t(x)]; }
    bool isEmpty() const { return values.empty(); }
};

/// \a picture so that its longer edge is \a edge pixels, as RGB32.
QImage scaledToEdge(const QImage &picture, int edge);
Plane lumaOf(const QImage &picture);

/// \a box in whole pixels of \a size, cut to the picture; empty when it lies outside.
QRect pixelsOf(const Box &box, const QSize &size);

/// The part of the box that the letters of \a text cover, from its typeset picture; the box itself without one.
Box inkBox(const ReviewText &text);

/// Share of the pixels of \a box in which brightness changes visibly from one to the next, 0–1, at one size for all pictures. What \a covered
/// (ReviewLayout::covered) hides does not count.
double busyness(const QImage &picture, const Box &box, const QImage &covered = {});

/// The share of \a box in which \a covered leaves the picture to be seen; 1 without one.
double visibleShare(const QImage &covered, const Box &box);
/// \a covered at \a size, a pixel wider all around for the soft edges of letters; null when it is.
QImage coveredAt(const QImage &covered, const QSize &size);
inline bool isCovered(const QImage &covered, int x, int y)
{
    return !covered.isNull() && covered.constScanLine(y)[x] >= 128;
}

/// How much each pixel stands out: its distance in OKLab from the colours at the picture's edge, what nobody notices taken off. 0 inside of \a without.
/// Longer edge 160.
Plane standingOut(const QImage &picture, const QList<Box> &without);

/// Where nine tenths of \a plane lie inside of \a within, as a part of the canvas; empty when nothing stands out there.
Box boxOfMost(const Plane &plane, const Box &within);

} // namespace Galley
