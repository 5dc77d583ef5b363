#pragma once

#include <QPointF>
#include <QRectF>
#include <QSize>
#include <QSizeF>

namespace Galley {

/// Where the canvas lies in a view: zoom and offset, and the way between canvas pixels and widget coordinates.
/// A plain value; knows no widget, so that zooming and panning can be tested as numbers.
///
/// At zoom 1 one canvas pixel is one pixel of the device, also on a HiDPI screen: 100 % shows the exact picture.
class ArtboardView
{
public:
    static constexpr double minimumZoom = 0.02;
    static constexpr double maximumZoom = 32;

    /// \a viewport is the part of the widget that shows the canvas, in widget coordinates.
    void setViewport(const QRectF &viewport, double devicePixelRatio);
    void setCanvas(const QSize &canvas);

    QRectF viewport() const { return m_viewport; }
    QSize canvas() const { return m_canvas; }
    double zoom() const { return m_zoom; }
    /// Widget units per canvas pixel.
    double scale() const { return m_zoom / m_ratio; }
    double devicePixelRatio() const { return m_ratio; }
    /// The canvas' top left corner in the widget, on a whole device pixel: at another phase the picture would be resampled
    /// anew on every pan, and text would shimmer.
    QPointF origin() const;

    QPointF toView(const QPointF &canvasPoint) const { return origin() + canvasPoint * scale(); }
    QPointF toCanvas(const QPointF &viewPoint) const { return (viewPoint - origin()) / scale(); }
    QRectF toView(const QRectF &canvasRect) const;
    QRectF toCanvas(const QRectF &viewRect) const;
    QRectF canvasRect() const { return toView(QRectF(QPointF(0, 0), QSizeF(m_canvas))); }

    /// The canvas point under \a anchor (widget coordinates) stays under it, to a device pixel.
    void setZoom(double zoom, const QPointF &anchor);
    void pan(const QPointF &delta);
    /// The whole canvas, centred, with \a margin around it; a small canvas is not blown up beyond 400 %.
    void fit(double margin);
    /// Centers \a canvasPoint.
    void centerOn(const QPointF &canvasPoint);

    bool operator==(const ArtboardView &) const = default;

private:
    void keepInSight();

    QRectF m_viewport;
    QSize m_canvas{1, 1};
    double m_ratio = 1;
    double m_zoom = 1;
    QPointF m_origin;  ///< not rounded, so that zooming in many steps does not drift
};

} // namespace Galley
