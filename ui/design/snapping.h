#pragma once

#include "ui/design/boxgeometry.h"

#include <QList>
#include <QRectF>
#include <QSize>

namespace Galley {

/// A line of the canvas that a moved edge or centre is drawn to, in canvas pixels.
struct SnapLine
{
    enum class Kind { CanvasEdge, CanvasCenter, Third, SafeArea, TokenEdge, TokenCenter };

    Qt::Orientation orientation = Qt::Vertical;
    double position = 0;  ///< x of a vertical line, y of a horizontal one
    Kind kind = Kind::CanvasEdge;
    double begin = 0;     ///< the part of it that is shown, along the line
    double end = 0;

    bool operator==(const SnapLine &) const = default;
};

/// By how much to correct what was moved, and the lines that it then touches.
struct Snap
{
    QPointF correction;
    QList<SnapLine> lines;
};

/// What tokens snap to: edges, centre, thirds and safe area of the canvas, edges and centres of the other tokens. Immutable, made
/// at the start of a drag; all functions are pure. \a tolerance is in canvas pixels and follows from the zoom.
class SnapTargets
{
public:
    SnapTargets() = default;
    SnapTargets(const QSize &canvas, double safeArea, const QList<QRectF> &others);

    const QList<SnapLine> &lines() const { return m_lines; }

    /// For a moved rectangle: its edges and its centre, the nearest of all lines on each axis.
    Snap forMove(const QRectF &rect, double tolerance) const;
    /// For a resized one: only the edges that \a handle moves.
    Snap forResize(const QRectF &rect, Handle handle, double tolerance) const;
    Snap forPoint(const QPointF &point, double tolerance) const;

private:
    Snap nearest(const QList<double> &xs, const QList<double> &ys, const QRectF &rect, double tolerance) const;

    QList<SnapLine> m_lines;
};

/// The safe area of \a canvas: \a share of its width left and right, of its height above and below.
QRectF safeAreaRect(const QSize &canvas, double share);

} // namespace Galley
