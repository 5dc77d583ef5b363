// The mouse and the wheel over CompareView.
#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"
#include "ui/compare/shownparts.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace Galley {

namespace {

constexpr int wipeReach = 14;
constexpr double wheelStep = 1.25;
constexpr double wheelUnit = 120;
constexpr double pixelTolerance = 0.01;

} // namespace

double CompareView::wipePixel() const
{
    const QRect area = pairArea();
    return m_wipeUpright ? area.left() + m_wipe * area.width() : area.top() + m_wipe * area.height();
}

bool CompareView::isNearWipe(const QPoint &point) const
{
    return m_mode == CompareMode::Wipe && !m_flickered && pairArea().contains(point)
           && std::abs((m_wipeUpright ? point.x() : point.y()) - wipePixel()) <= wipeReach;
}

void CompareView::mousePressEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    setFocus(Qt::MouseFocusReason);
    m_dragFrom = event->position();
    if (isPairMode()) {
        if (const int bar = barAt(point); bar >= 0 && event->button() == Qt::LeftButton)
            judgeAt(bar, point);
        m_dragPane = viewPane();
        m_drag = isNearWipe(point) && event->button() == Qt::LeftButton ? Drag::Wipe : pairArea().contains(point) ? Drag::Pan : Drag::None;
        return;
    }
    const int pane = paneAt(point);
    if (pane < 0 || m_places.pictureAt(pane) < 0)
        return;
    setActive(pane);
    m_dragPane = pane;
    if (event->button() == Qt::LeftButton && barAt(point) == pane)
        judgeAt(pane, point);
    m_drag = pictureArea(pane).contains(point) ? Drag::Pan : Drag::None;
}

/// What is pressed belongs to the picture that the line is of, whichever the keys are for.
void CompareView::judgeAt(int bar, const QPoint &point)
{
    const PaneBar line(barRect(bar));
    const PaneBar::Part part = line.partAt(point);
    const int place = barPlace(bar);
    const Judgement judgement = m_set->judgement(place);
    const auto toggled = [&](PickState pick) { return judgement.pick == pick ? PickState::None : pick; };
    if (part == PaneBar::Part::Stars) {
        const int stars = line.starsAt(point);
        m_set->setRating(place, judgement.rating == stars ? std::nullopt : std::optional<int>(stars));
    } else if (part == PaneBar::Part::Pick) {
        m_set->setPick(place, toggled(PickState::Picked));
    } else if (part == PaneBar::Part::Reject) {
        m_set->setPick(place, toggled(PickState::Rejected));
    } else if (part == PaneBar::Part::Pin && !isPairMode() && m_panes.size() > 1) {
        togglePin();
    }
}

void CompareView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF delta = event->position() - m_dragFrom;
    m_dragFrom = event->position();
    if (m_drag == Drag::Pan) {
        m_view.panBy(delta, m_dragPane, isAlone(event->modifiers() & Qt::ShiftModifier));
        changedView();
    } else if (m_drag == Drag::Wipe) {
        const QRect area = pairArea();
        setWipe(m_wipeUpright ? (event->position().x() - area.left()) / area.width() : (event->position().y() - area.top()) / area.height());
    } else {
        updateHover(event->position().toPoint());
    }
}

void CompareView::mouseReleaseEvent(QMouseEvent *event)
{
    m_drag = Drag::None;
    updateHover(event->position().toPoint());
}

/// 100 % at the pointer, and back to the whole picture.
void CompareView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint point = event->position().toPoint();
    const int pane = isPairMode() ? viewPane() : paneAt(point);
    const QRect area = areaOf(pane);
    if (event->button() != Qt::LeftButton || !area.contains(point) || activePlace() < 0 || isNearWipe(point))
        return;
    if (m_view.isFitted())
        m_view.setZoom(1, pane, sizeOf(activePlace()), event->position(), area);
    else
        m_view.fit();
    changedView();
}

/// A wheel zooms at the pointer; two fingers on a pad pan, and zoom with Ctrl. Shift: this pane only.
void CompareView::wheelEvent(QWheelEvent *event)
{
    const QPoint point = event->position().toPoint();
    const int pane = isPairMode() ? viewPane() : paneAt(point);
    event->accept();
    if (pane < 0 || m_set->isEmpty())
        return;
    const bool alone = isAlone(event->modifiers() & Qt::ShiftModifier);
    const QRectF area = areaOf(pane);
    const bool isPad = !event->pixelDelta().isNull() && !(event->modifiers() & Qt::ControlModifier);
    // Shift turns the wheel sideways on some platforms.
    const double turn = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (isPad)
        m_view.panBy(event->pixelDelta(), pane, alone);
    else if (std::abs(turn) > pixelTolerance)
        m_view.zoomBy(std::pow(wheelStep, turn / wheelUnit), pane, event->position(), area, alone);
    changedView();
}

void CompareView::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    updateHover({-1, -1});
}

void CompareView::updateHover(const QPoint &point)
{
    const int bar = barAt(point);
    const PaneBar line(barRect(bar));
    const bool onStars = bar >= 0 && m_set->takesJudgement(barPlace(bar)) && line.partAt(point) == PaneBar::Part::Stars;
    const int stars = onStars ? line.starsAt(point) : 0;
    if (stars != m_hoverStars || bar != m_hoverBar)
        update();
    m_hoverBar = bar;
    m_hoverStars = stars;
    if (isNearWipe(point))
        setCursor(m_wipeUpright ? Qt::SplitHCursor : Qt::SplitVCursor);
    else if (m_drag == Drag::None && bar >= 0)
        setCursor(Qt::ArrowCursor);
    else
        setCursor(m_view.isFitted() ? Qt::ArrowCursor : Qt::OpenHandCursor);
}

QString CompareView::helpAt(const QPoint &point) const
{
    const int bar = barAt(point);
    if (bar < 0)
        return {};
    const int place = barPlace(bar);
    switch (PaneBar(barRect(bar)).partAt(point)) {
    case PaneBar::Part::Stars:
        return m_set->takesJudgement(place) ? tr("Give stars (Shift+1 to Shift+5; Shift+0 removes them)") : tr("A draft is not in the library and takes no stars.");
    case PaneBar::Part::Pick:
        return tr("Pick (P)");
    case PaneBar::Part::Reject:
        return tr("Reject (X)");
    case PaneBar::Part::Scores:
        return scoresHelp(*m_set, place);
    case PaneBar::Part::Pin:
    case PaneBar::Part::None:
        break;
    }
    const QString note = m_set->judgement(place).note;
    return m_set->label(place) + u'\n' + m_set->subject(place) + (note.isEmpty() ? QString() : u'\n' + tr("Note: %1").arg(note));
}

bool CompareView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), helpAt(help->pos()), this);
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        const int pane = isPairMode() ? viewPane() : paneAt(gesture->position().toPoint());
        if (gesture->gestureType() == Qt::ZoomNativeGesture && pane >= 0) {
            m_view.zoomBy(1 + gesture->value(), pane, gesture->position(), areaOf(pane), false);
            changedView();
            return true;
        }
    }
    return QWidget::event(event);
}

} // namespace Galley
