#include "ui/widgets/galleystyle.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDateTime>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyleOption>
#include <QToolTip>

namespace Galley {

namespace {

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state & flag;
}

/// A text field of several lines: its border means "type here", as that of a line edit.
bool takesText(const QWidget *widget)
{
    const auto *edit = qobject_cast<const QPlainTextEdit *>(widget);
    return edit && !edit->isReadOnly();
}

/// A rounded rectangle whose border is one device pixel (two when \a focus).
void paintBox(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border, bool focus)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal width = focus ? 2 : 1;
    painter->setPen(border.alpha() ? QPen(border, width) : QPen(Qt::NoPen));
    painter->setBrush(fill);
    const qreal inset = border.alpha() ? width / 2 : 0;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), Theme::radius, Theme::radius);
    painter->restore();
}

void paintInput(QPainter *painter, const QStyleOption *option)
{
    const Theme theme = Theme::of(option->palette);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool focus = enabled && has(option, QStyle::State_HasFocus);
    const QColor fill = theme.color(enabled ? ThemeColor::Input : ThemeColor::Panel);
    const ThemeColor border = focus ? ThemeColor::Accent : enabled ? ThemeColor::InputBorder : ThemeColor::Line;
    paintBox(painter, option->rect, fill, theme.color(border), focus);
}

/// A button that takes something back: its border and words say so.
bool isDangerous(const QWidget *widget)
{
    return widget && widget->property("danger").toBool();
}

void paintButton(QPainter *painter, const QStyleOption *option, const QWidget *widget = nullptr)
{
    const Theme theme = Theme::of(option->palette);
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool primary = enabled && button && (button->features & QStyleOptionButton::DefaultButton);
    const bool down = has(option, QStyle::State_Sunken) || has(option, QStyle::State_On);
    const bool hover = enabled && has(option, QStyle::State_MouseOver);
    const bool focus = enabled && has(option, QStyle::State_HasFocus);
    QColor fill = theme.color(primary ? ThemeColor::Primary : enabled ? ThemeColor::Raised : ThemeColor::Panel);
    if (primary && (down || hover))
        fill = fill.darker(down ? 120 : 108);
    else if (down || hover)
        fill = theme.color(down ? ThemeColor::Pressed : ThemeColor::Hover);
    QColor border = theme.color(enabled ? ThemeColor::InputBorder : ThemeColor::Line);
    if (primary)
        border = fill;
    if (enabled && isDangerous(widget))
        border = theme.color(ThemeColor::Danger);
    if (focus)
        border = theme.color(ThemeColor::Accent);
    paintBox(painter, option->rect, fill, border, focus);
    if (primary && focus)
        paintBox(painter, option->rect.adjusted(2, 2, -2, -2), Qt::transparent, theme.color(ThemeColor::PrimaryText), false);
}

void paintToolButton(QPainter *painter, const QStyleOption *option, const QWidget *widget)
{
    const Theme theme = Theme::of(option->palette);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool segment = widget && widget->objectName() == QLatin1String("segment");
    const bool title = widget && widget->objectName() == QLatin1String("sectionTitle");  // folded or not: the arrow says it
    const bool checked = has(option, QStyle::State_On) && !title;
    QColor fill = Qt::transparent;
    if (has(option, QStyle::State_Sunken) || checked)
        fill = theme.color(ThemeColor::Pressed);
    else if (enabled && has(option, QStyle::State_MouseOver))
        fill = theme.color(ThemeColor::Hover);
    else if (!has(option, QStyle::State_AutoRaise))
        fill = theme.color(ThemeColor::Raised);
    const bool focus = enabled && has(option, QStyle::State_HasFocus);
    QColor border = Qt::transparent;
    if (segment || !has(option, QStyle::State_AutoRaise))
        border = theme.color(segment && checked ? ThemeColor::Accent : enabled ? ThemeColor::InputBorder : ThemeColor::Line);
    if (focus)
        border = theme.color(ThemeColor::Accent);
    paintBox(painter, option->rect, fill, border, focus);
}

void paintCheck(QPainter *painter, const QStyleOption *option, bool round)
{
    const Theme theme = Theme::of(option->palette);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const bool partly = has(option, QStyle::State_NoChange);
    const bool focus = enabled && has(option, QStyle::State_HasFocus);
    const int side = qMin(option->rect.width(), option->rect.height());
    const QRect box(option->rect.x(), option->rect.y() + (option->rect.height() - side) / 2, side, side);
    const QColor mark = theme.color(enabled ? ThemeColor::Primary : ThemeColor::Disabled);
    const QColor fill = on || partly ? mark : theme.color(enabled ? ThemeColor::Input : ThemeColor::Panel);
    const QColor border = focus ? theme.color(ThemeColor::Accent) : on || partly ? mark : theme.color(ThemeColor::InputBorder);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const qreal width = focus ? 2 : 1;
    const QRectF area = QRectF(box).adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter->setPen(QPen(border, width));
    painter->setBrush(fill);
    const qreal corner = round ? side / 2.0 : 3;
    painter->drawRoundedRect(area, corner, corner);
    painter->restore();
    if (on && !round)
        paintIcon(*painter, QStringLiteral("check"), box.adjusted(1, 1, -1, -1), theme.color(ThemeColor::PrimaryText));
    if (partly)
        paintIcon(*painter, QStringLiteral("remove"), box.adjusted(1, 1, -1, -1), theme.color(ThemeColor::PrimaryText));
    if (on && round) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(ThemeColor::PrimaryText));
        painter->drawEllipse(QRectF(box).adjusted(side / 3.2, side / 3.2, -side / 3.2, -side / 3.2));
        painter->restore();
    }
}

void paintArrow(QPainter *painter, const QStyleOption *option, const char *icon)
{
    const Theme theme = Theme::of(option->palette);
    const int side = qMin(int(Theme::iconSize), qMin(option->rect.width(), option->rect.height()));
    QRect area(0, 0, side, side);
    area.moveCenter(option->rect.center());
    const auto color = has(option, QStyle::State_Enabled) ? ThemeColor::Text : ThemeColor::Disabled;
    paintIcon(*painter, QString::fromLatin1(icon), area, theme.color(color));
}

constexpr int shortestHandle = 24;
constexpr int menuArrow = 12;

/// A button that opens a menu: text beside icon gets one clear arrow at its end, an icon alone says enough by its tool tip.
void paintMenuButton(QPainter *painter, const QStyleOptionToolButton &option, const QWidget *widget)
{
    QStyleOptionToolButton label = option;
    label.features = QStyleOptionToolButton::None;
    label.subControls = QStyle::SC_ToolButton;
    QStyle *style = widget ? widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelButtonTool, &label, painter, widget);
    if (option.toolButtonStyle == Qt::ToolButtonIconOnly) {
        style->drawControl(QStyle::CE_ToolButtonLabel, &label, painter, widget);
        return;
    }
    label.rect.adjust(0, 0, -menuArrow, 0);
    style->drawControl(QStyle::CE_ToolButtonLabel, &label, painter, widget);
    QStyleOption arrow = option;
    arrow.rect = QRect(option.rect.right() - Theme::iconSize - 2, option.rect.y(), Theme::iconSize, option.rect.height());
    paintArrow(painter, &arrow, "arrow_drop_down");
}

void paintScrollBar(QPainter *painter, const QStyleOptionSlider &option, const QRect &handle)
{
    if (option.maximum <= option.minimum)
        return;
    const Theme theme = Theme::of(option.palette);
    const bool active = (option.state & QStyle::State_MouseOver) || (option.activeSubControls & QStyle::SC_ScrollBarSlider);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(theme.color(active ? ThemeColor::Secondary : ThemeColor::InputBorder));
    const QRectF area = QRectF(handle).adjusted(3, 3, -3, -3);
    const qreal corner = qMin(area.width(), area.height()) / 2;
    painter->drawRoundedRect(area, corner, corner);
    painter->restore();
}

/// Where the lit part of a bar is whose end is not known: a third of it that wanders, since a full one reads as "done". In the middle where the system
/// asks for no motion.
QRect busyPart(const QRect &bar, bool moves)
{
    constexpr qint64 roundMs = 1800;
    const int width = bar.width() / 3;
    const double share = moves ? double(QDateTime::currentMSecsSinceEpoch() % roundMs) / roundMs : 0.5;
    return QRect(bar.x() + int(share * (bar.width() + width)) - width, bar.y(), width, bar.height());
}

} // namespace

GalleyStyle::GalleyStyle()
    : QProxyStyle(QStringLiteral("Fusion"))
{}

void GalleyStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    switch (element) {
    case PE_PanelButtonCommand: paintButton(painter, option, widget); return;
    case PE_PanelButtonTool: paintToolButton(painter, option, widget); return;
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        if (frame && frame->lineWidth > 0)
            paintInput(painter, option);
        return;
    }
    case PE_FrameLineEdit: return;
    case PE_IndicatorCheckBox: paintCheck(painter, option, false); return;
    case PE_IndicatorItemViewItemCheck: paintCheck(painter, option, false); return;
    case PE_IndicatorRadioButton: paintCheck(painter, option, true); return;
    case PE_IndicatorArrowDown: paintArrow(painter, option, "arrow_drop_down"); return;
    case PE_IndicatorArrowRight: paintArrow(painter, option, "chevron_right"); return;
    case PE_FrameFocusRect:
        if (qobject_cast<const QAbstractItemView *>(widget) || !widget)
            paintBox(painter, option->rect, Qt::transparent, Theme::of(option->palette).color(ThemeColor::Accent), false);
        return;  // every other control shows the focus in its own border
    case PE_Frame:
        if (has(option, State_HasFocus) && (qobject_cast<const QAbstractItemView *>(widget) || takesText(widget))) {
            paintBox(painter, option->rect, Qt::transparent, Theme::of(option->palette).color(ThemeColor::Accent), true);
            return;
        }
        painter->save();
        painter->setPen(Theme::of(option->palette).color(takesText(widget) ? ThemeColor::InputBorder : ThemeColor::Line));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_PanelStatusBar:
    case PE_FrameStatusBarItem: return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void GalleyStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    if (element == CE_Splitter) {
        const QRect rect = option->rect;
        painter->fillRect(rect, Theme::of(option->palette).color(has(option, State_MouseOver) ? ThemeColor::Accent : ThemeColor::Line));
        return;
    }
    if (element == CE_HeaderSection || element == CE_HeaderEmptyArea) {
        // Flat, with one hairline towards what it heads.
        const Theme theme = Theme::of(option->palette);
        const QRect rect = option->rect;
        painter->fillRect(rect, theme.color(ThemeColor::Panel));
        if (has(option, State_Horizontal))
            painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(ThemeColor::Line));
        else
            painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.color(ThemeColor::Line));
        return;
    }
    if (element == CE_HeaderLabel) {
        const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        if (header && header->icon.isNull() && has(option, State_Horizontal)) {
            QStyleOptionHeader copy = *header;
            copy.text = option->fontMetrics.elidedText(header->text, Qt::ElideRight, option->rect.width());
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
    }
    if (element == CE_ToolBar) {
        const Theme theme = Theme::of(option->palette);
        painter->fillRect(option->rect, theme.color(ThemeColor::Panel));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), theme.color(ThemeColor::Line));
        return;
    }
    if (element == CE_ProgressBarContents) {
        const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
        if (bar && bar->minimum == 0 && bar->maximum == 0) {
            painter->save();
            painter->setClipRect(busyPart(option->rect, styleHint(SH_Widget_Animate, option, widget, nullptr)), Qt::IntersectClip);
            QProxyStyle::drawControl(element, option, painter, widget);
            painter->restore();
            return;
        }
    }
    if (element == CE_PushButtonLabel) {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const bool primary = button && (button->features & QStyleOptionButton::DefaultButton);
        if (button && (primary || isDangerous(widget)) && has(option, State_Enabled)) {
            QStyleOptionButton copy = *button;
            copy.palette.setColor(QPalette::ButtonText, Theme::of(option->palette).color(primary ? ThemeColor::PrimaryText : ThemeColor::Danger));
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void GalleyStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                     const QWidget *widget) const
{
    if (control == CC_ComboBox) {
        const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (combo) {
            if (combo->editable) {
                paintInput(painter, option);
            } else {
                QStyleOptionButton button;
                static_cast<QStyleOption &>(button) = *option;
                button.features = QStyleOptionButton::None;
                button.state.setFlag(State_On, false);
                paintButton(painter, &button);
            }
            QStyleOption arrow = *option;
            arrow.rect = proxy()->subControlRect(control, option, SC_ComboBoxArrow, widget);
            paintArrow(painter, &arrow, "arrow_drop_down");
            return;
        }
    }
    if (control == CC_SpinBox) {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        if (spin && spin->frame)
            paintInput(painter, option);
        if (spin && spin->buttonSymbols != QAbstractSpinBox::NoButtons) {
            QStyleOption arrow = *option;
            arrow.rect = proxy()->subControlRect(control, option, SC_SpinBoxUp, widget);
            paintArrow(painter, &arrow, "expand_less");
            arrow.rect = proxy()->subControlRect(control, option, SC_SpinBoxDown, widget);
            paintArrow(painter, &arrow, "expand_more");
        }
        return;
    }
    if (control == CC_ToolButton) {
        const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
        if (button && (button->features & QStyleOptionToolButton::HasMenu)
            && !(button->features & QStyleOptionToolButton::MenuButtonPopup)) {
            paintMenuButton(painter, *button, widget);
            return;
        }
    }
    if (control == CC_ScrollBar) {
        const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (slider) {
            paintScrollBar(painter, *slider, proxy()->subControlRect(CC_ScrollBar, option, SC_ScrollBarSlider, widget));
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect GalleyStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                  const QWidget *widget) const
{
    if (control == CC_SpinBox && part == SC_SpinBoxEditField)
        return QProxyStyle::subControlRect(control, option, part, widget).adjusted(Theme::space1, 0, 0, 0);
    const auto *bar = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar)
        return QProxyStyle::subControlRect(control, option, part, widget);
    // No arrow buttons: the groove is the whole bar.
    const bool across = bar->orientation == Qt::Horizontal;
    const int length = across ? bar->rect.width() : bar->rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    const qint64 page = qMax(1, bar->pageStep);
    int handle = range > 0 ? int(qint64(length) * page / (range + page)) : length;
    handle = qBound(qMin(shortestHandle, length), handle, length);
    const int at = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - handle, bar->upsideDown);
    const auto piece = [&](int from, int size) {
        const QRect rect = across ? QRect(bar->rect.x() + from, bar->rect.y(), size, bar->rect.height())
                                  : QRect(bar->rect.x(), bar->rect.y() + from, bar->rect.width(), size);
        return visualRect(bar->direction, bar->rect, rect);
    };
    switch (part) {
    case SC_ScrollBarGroove: return bar->rect;
    case SC_ScrollBarSlider: return piece(at, handle);
    case SC_ScrollBarSubPage: return piece(0, at);
    case SC_ScrollBarAddPage: return piece(at + handle, length - at - handle);
    default: return {};
    }
}

QRect GalleyStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    const auto *frame = element == SE_LineEditContents ? qstyleoption_cast<const QStyleOptionFrame *>(option) : nullptr;
    return frame && frame->lineWidth > 0 ? rect.adjusted(Theme::space1, 0, -Theme::space1, 0) : rect;
}

int GalleyStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
    case PM_ButtonIconSize: return Theme::iconSize;
    case PM_ToolBarIconSize: return Theme::toolIconSize;
    case PM_ToolBarItemSpacing: return Theme::space1;
    case PM_ToolBarItemMargin: return Theme::space1;
    case PM_ToolBarFrameWidth: return 0;
    case PM_SplitterWidth: return 1;
    case PM_DockWidgetSeparatorExtent: return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return Theme::iconSize;
    case PM_DefaultFrameWidth: return widget && widget->inherits("QAbstractSpinBox") ? 3 : 1;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return Theme::space2;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin: return Theme::space3;
    case PM_MenuPanelWidth: return 1;
    case PM_MenuButtonIndicator: return 0;
    case PM_HeaderMargin: return Theme::space2;
    case PM_ScrollBarExtent: return Theme::space3;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int GalleyStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_SpinBox_StepModifier: return Qt::ShiftModifier;
    case SH_ToolTip_WakeUpDelay: return 500;
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0;  // the desktop's own are of another family
    case SH_EtchDisabledText:
    case SH_DitherDisabledText: return 0;
    case SH_ToolTipLabel_Opacity: return 255;
    case SH_Widget_Animation_Duration: return 120;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize GalleyStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton: result.rwidth() += Theme::space2; [[fallthrough]];
    case CT_ComboBox:
    case CT_LineEdit:
    case CT_SpinBox: result.setHeight(qMax(result.height(), int(Theme::controlHeight))); break;
    case CT_ToolButton:
        result = result.expandedTo({Theme::controlHeight, Theme::controlHeight});
        if (widget && widget->objectName() == QLatin1String("segment"))
            result.rwidth() += Theme::space2;
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
            button && (button->features & QStyleOptionToolButton::HasMenu) && button->toolButtonStyle != Qt::ToolButtonIconOnly)
            result.rwidth() += menuArrow;
        break;
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (!item || item->menuItemType != QStyleOptionMenuItem::Separator)
            result.setHeight(qMax(result.height(), int(Theme::rowHeight)));
        break;
    }
    case CT_ItemViewItem: result.setHeight(qMax(result.height(), int(Theme::rowHeight))); break;
    default: break;
    }
    return result;
}

void GalleyStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QComboBox *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

} // namespace Galley
