#include "ui/widgets/chip.h"

#include "ui/widgets/icon.h"

#include <QPainter>

namespace Galley {

namespace {

constexpr int chipHeight = 20;
constexpr int iconSide = 12;

} // namespace

Chip::Chip(const QString &text, QWidget *parent)
    : QWidget(parent)
{
    setFont(Theme::secondaryFont());
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setText(text);
}

void Chip::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Chip::setIcon(const QString &name)
{
    m_icon = name;
    updateGeometry();
    update();
}

void Chip::setTone(ThemeColor tone)
{
    m_tone = tone;
    update();
}

QSize Chip::sizeHint() const
{
    const int icon = m_icon.isEmpty() ? 0 : iconSide + Theme::space1;
    return {QFontMetrics(font()).horizontalAdvance(m_text) + icon + 2 * Theme::space2, chipHeight};
}

void Chip::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    const QColor tone = theme.color(isEnabled() ? m_tone : ThemeColor::Disabled);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(tone, 1));
    painter.setBrush(theme.color(ThemeColor::Panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), chipHeight / 2.0, chipHeight / 2.0);
    int left = Theme::space2;
    if (!m_icon.isEmpty()) {
        paintIcon(painter, m_icon, QRect(left, (height() - iconSide) / 2, iconSide, iconSide), tone);
        left += iconSide + Theme::space1;
    }
    painter.setPen(theme.color(isEnabled() ? ThemeColor::Text : ThemeColor::Disabled));
    painter.drawText(QRect(left, 0, width() - left, height()), Qt::AlignVCenter | Qt::TextSingleLine, m_text);
}

} // namespace Galley
