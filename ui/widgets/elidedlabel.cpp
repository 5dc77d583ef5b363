#include "ui/widgets/elidedlabel.h"

#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QPainter>
#include <QStyle>

namespace Galley {

ElidedLabel::ElidedLabel(const QString &text, QWidget *parent)
    : QFrame(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
}

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    updateToolTip();
    updateGeometry();
    update();
}

void ElidedLabel::setElideMode(Qt::TextElideMode mode)
{
    m_mode = mode;
    update();
}

void ElidedLabel::setSecondary(bool secondary)
{
    m_secondary = secondary;
    setFont(secondary ? Theme::secondaryFont() : Theme::bodyFont());
    updateGeometry();
    update();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment)
{
    m_alignment = alignment;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QMargins margins = contentsMargins();
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(m_text) + 2 + margins.left() + margins.right(),
            metrics.height() + margins.top() + margins.bottom()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {QFontMetrics(font()).horizontalAdvance(QStringLiteral("…")), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(palette().color(m_secondary ? QPalette::PlaceholderText : QPalette::WindowText));
    painter.setFont(font());
    const QRect area = contentsRect();
    const QString shown = QFontMetrics(font()).elidedText(m_text, m_mode, area.width());
    painter.drawText(area, int(QStyle::visualAlignment(layoutDirection(), m_alignment)) | Qt::TextSingleLine, shown);
}

void ElidedLabel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    updateToolTip();
}

void ElidedLabel::updateToolTip()
{
    if (toolTip() != m_ownTip)
        return;  // somebody has more to say
    const bool cut = QFontMetrics(font()).horizontalAdvance(m_text) > contentsRect().width();
    m_ownTip = cut ? m_text : QString();
    setToolTip(m_ownTip);
}

} // namespace Galley
