#include "ui/design/artboardview.h"

#include <algorithm>
#include <cmath>

namespace Galley {

void ArtboardView::setViewport(const QRectF &viewport, double devicePixelRatio)
{
    m_viewport = viewport;
    m_ratio = devicePixelRatio > 0 ? devicePixelRatio : 1;
    keepInSight();
}

void ArtboardView::setCanvas(const QSize &canvas)
{
    m_canvas = canvas.expandedTo(QSize(1, 1));
    keepInSight();
}

QPointF ArtboardView::origin() const
{
    return QPointF(std::round(m_origin.x() * m_ratio), std::round(m_origin.y() * m_ratio)) / m_ratio;
}

QRectF ArtboardView::toView(const QRectF &canvasRect) const
{
    return QRectF(toView(canvasRect.topLeft()), canvasRect.size() * scale());
}

QRectF ArtboardView::toCanvas(const QRectF &viewRect) const
{
    return QRectF(toCanvas(viewRect.topLeft()), viewRect.size() / scale());
}

void ArtboardView::setZoom(double zoom, const QPointF &anchor)
{
    const QPointF fixed = (anchor - m_origin) / scale();
    m_zoom = std::clamp(zoom, minimumZoom, maximumZoom);
    // Not rounded: over many steps of the wheel the roundings would add up.
    m_origin = anchor - fixed * scale();
    keepInSight();
}

void ArtboardView::pan(const QPointF &delta)
{
    m_origin = origin() + delta;
    keepInSight();
}

void ArtboardView::fit(double margin)
{
    const QSizeF room = m_viewport.size() - QSizeF(2 * margin, 2 * margin);
    const double widget = std::min(room.width() / m_canvas.width(), room.height() / m_canvas.height());
    m_zoom = std::clamp(widget * m_ratio, minimumZoom, 4.0);
    centerOn(QPointF(m_canvas.width() / 2.0, m_canvas.height() / 2.0));
}

void ArtboardView::centerOn(const QPointF &canvasPoint)
{
    m_origin = m_viewport.center() - canvasPoint * scale();
    keepInSight();
    m_origin = origin();
}

// A canvas that was panned away can always be seen by a corner.
void ArtboardView::keepInSight()
{
    if (m_viewport.isEmpty())
        return;
    constexpr double rest = 48;
    const QSizeF size = QSizeF(m_canvas) * scale();
    m_origin.setX(std::clamp(m_origin.x(), m_viewport.left() + rest - size.width(), m_viewport.right() - rest));
    m_origin.setY(std::clamp(m_origin.y(), m_viewport.top() + rest - size.height(), m_viewport.bottom() - rest));
}

} // namespace Galley
