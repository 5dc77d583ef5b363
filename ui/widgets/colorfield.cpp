#include "ui/widgets/colorfield.h"

#include "ui/widgets/colorpicker.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>
#include <QScreen>
#include <QToolButton>

namespace Galley {

namespace {

constexpr int swatchSide = 16;

bool isSlot(const QString &text)
{
    return text.startsWith(u'{') && text.endsWith(u'}');
}

} // namespace

ColorField::ColorField(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_swatch(new QToolButton(this))
    , m_text(new QLineEdit(this))
{
    setAccessibleName(name);
    m_swatch->setAccessibleName(tr("%1: open the colour picker").arg(name));
    m_swatch->setToolTip(tr("Choose %1").arg(name.toLower()));
    m_swatch->setAutoRaise(true);
    m_swatch->setFocusPolicy(Qt::TabFocus);
    m_swatch->setIconSize({swatchSide, swatchSide});
    m_swatch->setFixedSize(Theme::controlHeight, Theme::controlHeight);
    m_text->setAccessibleName(name);
    m_text->setMinimumHeight(Theme::controlHeight);
    m_text->setMinimumWidth(84);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::space1);
    layout->addWidget(m_swatch);
    layout->addWidget(m_text, 1);
    setFocusProxy(m_text);
    connect(m_swatch, &QToolButton::clicked, this, &ColorField::openPicker);
    connect(m_text, &QLineEdit::editingFinished, this, &ColorField::commitText);
    paintSwatch();
}

void ColorField::setValue(const QString &value, const QColor &resolved)
{
    m_value = value;
    m_resolved = resolved.isValid() ? resolved : colorFromText(value);
    if (!m_text->hasFocus() || !m_text->isModified())
        m_text->setText(value);
    paintSwatch();
}

void ColorField::setSwatches(const QStringList &colors)
{
    m_swatches = colors;
}

void ColorField::setSlots(const QStringList &names)
{
    m_slots = names;
}

void ColorField::setAlphaAllowed(bool allowed)
{
    m_alpha = allowed;
}

void ColorField::setEmptyAllowed(const QString &text)
{
    m_emptyText = text;
    m_text->setPlaceholderText(text);
}

void ColorField::setMixed(bool mixed)
{
    m_text->setPlaceholderText(mixed ? tr("Mixed") : m_emptyText);
    if (!mixed)
        return;
    m_value.clear();
    m_resolved = {};
    m_text->clear();
    paintSwatch();
}

void ColorField::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::EnabledChange)
        paintSwatch();
}

void ColorField::paintSwatch()
{
    const qreal ratio = devicePixelRatioF();
    QPixmap pixmap(QSize(swatchSide, swatchSide) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(0, 0, swatchSide, swatchSide).adjusted(0.5, 0.5, -0.5, -0.5);
    const Theme theme = Theme::of(this);
    painter.setPen(theme.color(ThemeColor::InputBorder));
    painter.setBrush(m_resolved.isValid() ? m_resolved : theme.color(ThemeColor::Input));
    painter.drawRoundedRect(area, 2, 2);
    if (!m_resolved.isValid()) {
        painter.setPen(QPen(theme.color(ThemeColor::Danger), 1.5));
        painter.drawLine(area.bottomLeft() + QPointF(2, -2), area.topRight() + QPointF(-2, 2));
    }
    painter.end();
    m_swatch->setIcon(pixmap);
}

void ColorField::openPicker()
{
    auto *picker = new ColorPicker(m_resolved, m_alpha, this);
    picker->addSwatches(m_swatches);
    if (!m_emptyText.isEmpty())
        picker->addChoice(m_emptyText, QString());
    for (const QString &slot : m_slots)
        picker->addChoice(tr("From slot %1").arg(slot), u'{' + slot + u'}');
    connect(picker, &ColorPicker::colorPicked, this, [this](const QColor &color) { take(colorText(color)); });
    connect(picker, &ColorPicker::choicePicked, this, &ColorField::take);
    connect(picker, &ColorPicker::closed, this, &ColorField::editFinished);
    picker->adjustSize();
    QPoint place = mapToGlobal(QPoint(0, height() + Theme::space1));
    const QRect available = screen()->availableGeometry();
    place.setX(qBound(available.left(), place.x(), available.right() - picker->width()));
    if (place.y() + picker->height() > available.bottom())
        place.setY(mapToGlobal(QPoint(0, 0)).y() - picker->height() - Theme::space1);
    picker->move(place);
    picker->show();
}

void ColorField::take(const QString &value)
{
    if (value == m_value)
        return;
    m_text->setModified(false);
    setValue(value);
    m_text->setText(value);
    Q_EMIT valueEdited(value);
}

void ColorField::commitText()
{
    if (m_text->isModified()) {
        m_text->setModified(false);
        const QString typed = m_text->text().trimmed();
        const QColor color = colorFromText(typed);
        if (isSlot(typed) || (typed.isEmpty() && !m_emptyText.isEmpty()))
            take(typed);
        else if (color.isValid())
            take(colorText(color));
        else
            m_text->setText(m_value);  // what is no colour leaves the old one
    }
    Q_EMIT editFinished();
}

QString colorText(const QColor &color)
{
    const QString opaque = color.name(QColor::HexRgb).toUpper();
    if (color.alpha() == 255)
        return opaque;
    return opaque + QStringLiteral("%1").arg(color.alpha(), 2, 16, QLatin1Char('0')).toUpper();
}

QColor colorFromText(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$"));
    const auto match = pattern.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    const QString digits = match.captured(1);
    if (digits.size() != 8)
        return QColor(u'#' + digits);
    QColor color(u'#' + digits.left(6));
    color.setAlpha(digits.mid(6).toInt(nullptr, 16));
    return color;
}

} // namespace Galley
