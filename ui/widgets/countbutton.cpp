#include "ui/widgets/countbutton.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/theme.h"

#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace Galley {

CountButton::CountButton(const QString &icon, QWidget *parent)
    : QToolButton(parent)
    , m_icon(icon)
{
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setFont(Theme::secondaryFont());
}

QSize CountButton::sizeHint() const
{
    const int words = tabularWidth(fontMetrics(), text());
    return {2 * Theme::space2 + Theme::iconSize + Theme::space1 + words, Theme::controlHeight};
}

void CountButton::paintEvent(QPaintEvent *)
{
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    painter.drawPrimitive(QStyle::PE_PanelButtonTool, option);
    const Theme theme = Theme::of(this);
    const QColor color = theme.color(isEnabled() ? ThemeColor::Text : ThemeColor::Disabled);
    paintIcon(painter, m_icon, QRect(Theme::space2, (height() - Theme::iconSize) / 2, Theme::iconSize, Theme::iconSize), color);
    painter.setFont(font());
    painter.setPen(color);
    const int left = Theme::space2 + Theme::iconSize + Theme::space1;
    drawTabular(painter, QRect(left, 0, width() - left - Theme::space2, height()), Qt::AlignLeft, text());
}

} // namespace Galley
