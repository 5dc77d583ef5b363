#include "ui/compare/linkedview.h"

#include <algorithm>
#include <cmath>

namespace Galley {

void LinkedView::setFrame(const QSize &frame)
{
    m_frame = frame.expandedTo(QSize(1, 1));
    if (m_fitted)
        m_scale = fittedScale();
}

void LinkedView::setViewport(const QSizeF &pane, double devicePixelRatio)
{
    m_viewport = pane.expandedTo(QSizeF(1, 1));
    m_ratio = devicePixelRatio > 0 ? devicePixelRatio : 1;
    if (m_fitted)
        m_scale = fittedScale();
}

double LinkedView::fittedScale() const
{
    return std::min(m_viewport.width() / m_frame.width(), m_viewport.height() / m_frame.height());
}

double LinkedView::scale(int pane) const
{
    return m_scale * m_own[std::size_t(pane)].factor;
}

QSizeF LinkedView::inFrame(const QSize &size, const QSize &frame)
{
    return QSizeF(size.expandedTo(QSize(1, 1))).scaled(QSizeF(frame), Qt::KeepAspectRatio);
}

QPointF LinkedView::perFrame(const QPointF &delta, double scale) const
{
    return {delta.x() / (scale * m_frame.width()), delta.y() / (scale * m_frame.height())};
}

QRectF LinkedView::pictureRect(int pane, const QSize &size, const QRectF &place) const
{
    const double s = scale(pane);
    const QSizeF shown = inFrame(size, m_frame);
    const QPointF middle = centre(pane);
    const QPointF corner = place.center() - QPointF(middle.x() * m_frame.width(), middle.y() * m_frame.height()) * s
                           + QPointF(m_frame.width() - shown.width(), m_frame.height() - shown.height()) / 2 * s;
    return {QPointF(std::round(corner.x() * m_ratio), std::round(corner.y() * m_ratio)) / m_ratio, shown * s};
}

double LinkedView::zoom(int pane, const QSize &size) const
{
    return inFrame(size, m_frame).width() * scale(pane) * m_ratio / std::max(1, size.width());
}

void LinkedView::fit()
{
    m_own.fill({});
    m_centre = {0.5, 0.5};
    m_fitted = true;
    m_scale = fittedScale();
}

void LinkedView::setZoom(double zoom, int pane, const QSize &size, const QPointF &anchor, const QRectF &place)
{
    const double now = this->zoom(pane, size);
    if (now > 0)
        zoomBy(zoom / now, pane, anchor, place, false);
}

void LinkedView::zoomBy(double factor, int pane, const QPointF &anchor, const QRectF &place, bool alone)
{
    const double before = scale(pane);
    double &changed = alone ? m_own[std::size_t(pane)].factor : m_scale;
    const double other = before / changed;
    changed = std::clamp(before * factor * m_ratio, minimumZoom, maximumZoom) / m_ratio / other;
    const double after = scale(pane);
    // What is under the anchor is centre + (anchor - middle) / scale, before and after.
    const QPointF away = anchor - place.center();
    const QPointF moved = perFrame(away, before) - perFrame(away, after);
    if (alone) {
        m_own[std::size_t(pane)].shift += moved;
    } else {
        m_centre += moved;
        m_fitted = false;
    }
    keepInSight();
}

void LinkedView::panBy(const QPointF &delta, int pane, bool alone)
{
    const QPointF moved = perFrame(delta, scale(pane));
    if (alone) {
        m_own[std::size_t(pane)].shift -= moved;
    } else {
        m_centre -= moved;
        m_fitted = false;
    }
    keepInSight();
}

bool LinkedView::isMoved(int pane) const
{
    return !(m_own[std::size_t(pane)] == Own());
}

void LinkedView::resetPane(int pane)
{
    m_own[std::size_t(pane)] = {};
}

// Whatever was panned away is still to be seen by a corner.
void LinkedView::keepInSight()
{
    m_centre = {std::clamp(m_centre.x(), 0.0, 1.0), std::clamp(m_centre.y(), 0.0, 1.0)};
    for (Own &own : m_own)
        own.shift = {std::clamp(own.shift.x(), -1.0, 1.0), std::clamp(own.shift.y(), -1.0, 1.0)};
}

} // namespace Galley
