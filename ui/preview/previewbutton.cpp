#include "ui/preview/previewbutton.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>

namespace Galley {

PreviewButton::PreviewButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setAutoExclusive(true);
    setFixedSize(side, side);
    setFocusPolicy(Qt::StrongFocus);
}

void PreviewButton::setPicture(const QImage &picture)
{
    m_picture = picture;
    update();
}

void PreviewButton::setPinned(bool pinned)
{
    m_pinned = pinned;
    update();
}

void PreviewButton::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), theme.color(ThemeColor::Surround));
    if (!m_picture.isNull()) {
        const QSizeF size = m_picture.deviceIndependentSize();
        const QPointF at((width() - size.width()) / 2, (height() - size.height()) / 2);
        painter.drawImage(at, m_picture);
    }
    const auto frame = [&](double inset, const QColor &color, double width) {
        painter.setPen(QPen(color, width));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), 2, 2);
    };
    frame(0.5, theme.color(isChecked() ? ThemeColor::Accent : underMouse() ? ThemeColor::InputBorder : ThemeColor::Line), 1);
    if (isChecked())
        frame(1.5, theme.color(ThemeColor::Accent), 1);
    if (hasFocus())
        frame(4, theme.color(ThemeColor::Accent), 2);
    if (m_pinned) {
        const QRect disc(width() - 21, 3, 18, 18);
        painter.setPen(QPen(theme.color(ThemeColor::Line), 1));
        painter.setBrush(theme.color(ThemeColor::Panel));
        painter.drawEllipse(QRectF(disc).adjusted(0.5, 0.5, -0.5, -0.5));
        paintIcon(painter, QStringLiteral("push_pin"), disc.adjusted(3, 3, -3, -3), theme.color(ThemeColor::Text));
    }
}

void PreviewButton::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT restoreWanted();
        return;
    case Qt::Key_Left:
        Q_EMIT stepWanted(-1);
        return;
    case Qt::Key_Right:
        Q_EMIT stepWanted(1);
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

void PreviewButton::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT restoreWanted();
    event->accept();
}

void PreviewButton::contextMenuEvent(QContextMenuEvent *event)
{
    setChecked(true);
    Q_EMIT menuWanted(event->globalPos());
}

void PreviewButton::focusInEvent(QFocusEvent *event)
{
    setChecked(true);
    QAbstractButton::focusInEvent(event);
}

} // namespace Galley
