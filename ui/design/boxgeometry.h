#pragma once

#include <QList>
#include <QPointF>
#include <QRectF>

namespace Galley {

/// The eight places where a rectangle can be taken to resize it, clockwise.
enum class Handle { TopLeft, Top, TopRight, Right, BottomRight, Bottom, BottomLeft, Left };

enum class Alignment { Left, CenterX, Right, Top, CenterY, Bottom };

struct ResizeOptions
{
    bool keepRatio = false;
    bool fromCenter = false;
    double minimum = 1;  ///< no side becomes shorter
};

/// Arithmetic on the boxes of tokens, in canvas pixels. Pure functions; rectangles keep the order in which they came.

QList<Handle> allHandles();
QPointF handlePoint(const QRectF &rect, Handle handle);
bool movesLeft(Handle handle);
bool movesRight(Handle handle);
bool movesTop(Handle handle);
bool movesBottom(Handle handle);

/// \a rect after its \a handle was dragged by \a delta. The opposite side stays; a box never turns inside out.
QRectF resized(const QRectF &rect, Handle handle, const QPointF &delta, const ResizeOptions &options = {});

/// Null when there is none. Unlike QRectF::united this counts empty rectangles too.
QRectF unitedRect(const QList<QRectF> &rects);

/// Where \a rect goes when the rectangle \a from that it is part of becomes \a to.
QRectF mappedRect(const QRectF &rect, const QRectF &from, const QRectF &to);

QList<QRectF> aligned(const QList<QRectF> &rects, Alignment alignment, const QRectF &reference);

/// Equal gaps between neighbours along \a orientation; the outermost two stay. Fewer than three come back as they are.
QList<QRectF> distributed(const QList<QRectF> &rects, Qt::Orientation orientation);

} // namespace Galley
