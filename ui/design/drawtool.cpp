#include "ui/design/artboardtool.h"

#include "ui/document/templatedocument.h"
#include "ui/widgets/theme.h"

#include <QPainter>

#include <cmath>

namespace Galley {

namespace {

/// A press that went no further is a click: it gets a box of the usual size.
constexpr double clickDistance = 4;

} // namespace

DrawTool::DrawTool(ArtboardState &state, QObject *parent)
    : ArtboardTool(state, parent)
{}

QRectF DrawTool::usualRect(const QPointF &center) const
{
    const QSizeF canvas = m_state.document->value().canvas.size;
    const auto sized = [&](double width, double height) {
        const QSizeF size(std::round(canvas.width() * width), std::round(canvas.height() * height));
        return QRectF(std::round(center.x() - size.width() / 2), std::round(center.y() - size.height() / 2), size.width(),
                      size.height());
    };
    switch (m_role) {
    case Role::Background:
        return QRectF(QPointF(0, 0), canvas);
    case Role::Subject:
        return sized(0.5, 0.4);
    case Role::Panel:
        return sized(0.6, 0.3);
    case Role::Logo:
        return sized(0.16, 0.1);
    case Role::Cta:
        return sized(0.36, 0.07);
    case Role::Headline:
        return sized(0.8, 0.12);
    case Role::Subhead:
        return sized(0.7, 0.07);
    case Role::Body:
        return sized(0.6, 0.16);
    case Role::Caption:
        return sized(0.5, 0.04);
    }
    return sized(0.4, 0.2);
}

void DrawTool::add(const QRectF &rect)
{
    const auto id = m_state.editor.add(m_role, rect);
    Q_EMIT done();
    if (!id)
        Q_EMIT message(id.error().message);
    else if (m_role == Role::Subject || m_state.document->value().findToken(*id)->isTextRole())
        Q_EMIT editRequested(*id);
}

void DrawTool::place()
{
    const QRectF canvas(QPointF(0, 0), QSizeF(m_state.document->value().canvas.size));
    const QRectF seen = m_state.view.toCanvas(m_state.view.viewport()).intersected(canvas);
    add(usualRect(seen.isEmpty() ? canvas.center() : seen.center()));
}

void DrawTool::press(const PointerEvent &event)
{
    if (const QString sentence = m_state.editor.refusal(); !sentence.isEmpty()) {
        Q_EMIT message(sentence);
        return;
    }
    m_targets = m_state.snapTargets({});
    m_pressedAt = event.view;
    QPointF start = event.canvas;
    if (m_state.snapping && !(event.modifiers & Qt::ControlModifier)) {
        const Snap snap = m_targets.forPoint(start, m_state.tolerance());
        start += snap.correction;
    }
    m_start = QPointF(std::round(start.x()), std::round(start.y()));
    m_rect = {};
}

void DrawTool::drag(const PointerEvent &event)
{
    if (!m_start)
        return;
    QPointF end = event.canvas;
    m_state.touched.clear();
    if (m_state.snapping && !(event.modifiers & (Qt::ControlModifier | Qt::ShiftModifier))) {
        const Snap snap = m_targets.forPoint(end, m_state.tolerance());
        end += snap.correction;
        m_state.touched = snap.lines;
    }
    QPointF size = end - *m_start;
    size = QPointF(std::round(size.x()), std::round(size.y()));
    if (event.modifiers & Qt::ShiftModifier) {
        const double side = std::max(std::abs(size.x()), std::abs(size.y()));
        size = QPointF(std::copysign(side, size.x()), std::copysign(side, size.y()));
    }
    const QPointF from = event.modifiers & Qt::AltModifier ? *m_start - size : *m_start;
    m_rect = QRectF(from, *m_start + size).normalized();
    m_state.readout = tr("%1 × %2").arg(qRound(m_rect.width())).arg(qRound(m_rect.height()));
    Q_EMIT updateNeeded();
}

void DrawTool::release(const PointerEvent &event)
{
    if (!m_start)
        return;
    const bool click = (event.view - m_pressedAt).manhattanLength() < clickDistance;
    const QRectF rect = click || m_rect.isEmpty() ? usualRect(*m_start) : m_rect;
    cancel();
    add(rect);
}

bool DrawTool::cancel()
{
    const bool drawing = m_start.has_value();
    m_start.reset();
    m_rect = {};
    m_state.touched.clear();
    m_state.readout.clear();
    Q_EMIT updateNeeded();
    return drawing;
}

QCursor DrawTool::cursorAt(const PointerEvent &) const
{
    return Qt::CrossCursor;
}

void DrawTool::paint(QPainter &painter, const Theme &theme) const
{
    if (m_rect.isEmpty())
        return;
    QColor color = theme.color(ThemeColor::Accent);
    painter.setPen(QPen(color, 0));
    color.setAlphaF(0.12F);
    painter.setBrush(color);
    painter.drawRect(m_state.view.toView(m_rect));
}

} // namespace Galley
