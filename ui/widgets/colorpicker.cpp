#include "ui/widgets/colorpicker.h"

#include "ui/widgets/colorfield.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr int side = 176;
constexpr int strip = 16;
constexpr int swatchesPerRow = 8;

void paintChecks(QPainter &painter, const QRect &area)
{
    painter.fillRect(area, Qt::white);
    for (int y = area.top(); y <= area.bottom(); y += 4) {
        for (int x = area.left(); x <= area.right(); x += 4) {
            if (((x - area.left()) / 4 + (y - area.top()) / 4) % 2)
                painter.fillRect(QRect(x, y, 4, 4).intersected(area), QColor(0xCC, 0xCC, 0xCC));
        }
    }
}

} // namespace

/// One draggable area: x and y run from 0 to 1 (a strip uses x only).
class ColorPicker::Plane : public QWidget
{
public:
    enum class What { Square, Hue, Alpha };

    Plane(What what, const QString &name, QWidget *parent)
        : QWidget(parent)
        , m_what(what)
    {
        setFixedSize(side, what == What::Square ? side * 2 / 3 : strip);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::CrossCursor);
        setAccessibleName(name);
    }

    std::function<void()> moved;
    QColor color;
    double hue = 0;

    QPointF at() const { return m_at; }
    void setAt(const QPointF &at)
    {
        m_at = {std::clamp(at.x(), 0.0, 1.0), std::clamp(at.y(), 0.0, 1.0)};
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (m_what == What::Square)
            paintSquare(painter);
        else if (m_what == What::Hue)
            paintHue(painter);
        else
            paintAlpha(painter);
        const Theme theme = Theme::of(this);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme.color(hasFocus() ? ThemeColor::Accent : ThemeColor::InputBorder), hasFocus() ? 2 : 1));
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
        const double y = m_what == What::Square ? m_at.y() * (height() - 1) : height() / 2.0;
        const QPointF centre(m_at.x() * (width() - 1), y);
        painter.setPen(QPen(Qt::black, 3));
        painter.drawEllipse(centre, 5, 5);
        painter.setPen(QPen(Qt::white, 1.5));
        painter.drawEllipse(centre, 5, 5);
    }

    void mousePressEvent(QMouseEvent *event) override { take(event->position()); }
    void mouseMoveEvent(QMouseEvent *event) override { take(event->position()); }

    void keyPressEvent(QKeyEvent *event) override
    {
        const double step = event->modifiers() & Qt::ShiftModifier ? 0.1 : 0.01;
        QPointF delta;
        switch (event->key()) {
        case Qt::Key_Left: delta = {-step, 0}; break;
        case Qt::Key_Right: delta = {step, 0}; break;
        case Qt::Key_Up: delta = {0, -step}; break;
        case Qt::Key_Down: delta = {0, step}; break;
        default: QWidget::keyPressEvent(event); return;
        }
        setAt(m_at + delta);
        moved();
    }

private:
    void take(const QPointF &position)
    {
        setAt({position.x() / (width() - 1), position.y() / (height() - 1)});
        moved();
    }

    void paintSquare(QPainter &painter)
    {
        QLinearGradient across(0, 0, width(), 0);
        across.setColorAt(0, Qt::white);
        across.setColorAt(1, QColor::fromHsvF(float(std::min(hue, 0.9999)), 1, 1));
        painter.fillRect(rect(), across);
        QLinearGradient down(0, 0, 0, height());
        down.setColorAt(0, Qt::transparent);
        down.setColorAt(1, Qt::black);
        painter.fillRect(rect(), down);
    }

    void paintHue(QPainter &painter)
    {
        QLinearGradient across(0, 0, width(), 0);
        for (int i = 0; i <= 6; ++i)
            across.setColorAt(i / 6.0, QColor::fromHsvF(float(i % 6) / 6, 1, 1));
        painter.fillRect(rect(), across);
    }

    void paintAlpha(QPainter &painter)
    {
        paintChecks(painter, rect());
        QLinearGradient across(0, 0, width(), 0);
        QColor clear = color;
        clear.setAlpha(0);
        QColor full = color;
        full.setAlpha(255);
        across.setColorAt(0, clear);
        across.setColorAt(1, full);
        painter.fillRect(rect(), across);
    }

    What m_what;
    QPointF m_at;
};

ColorPicker::ColorPicker(const QColor &color, bool alpha, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_layout(new QGridLayout(this))
    , m_square(new Plane(Plane::What::Square, tr("Saturation and brightness"), this))
    , m_hue(new Plane(Plane::What::Hue, tr("Hue"), this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Colour picker"));
    m_layout->setContentsMargins(Theme::space3, Theme::space3, Theme::space3, Theme::space3);
    m_layout->setSpacing(Theme::space2);
    m_layout->addWidget(m_square, m_rows++, 0);
    m_layout->addWidget(m_hue, m_rows++, 0);
    if (alpha) {
        m_alpha = new Plane(Plane::What::Alpha, tr("Opacity"), this);
        m_layout->addWidget(m_alpha, m_rows++, 0);
        m_alpha->moved = [this] {
            QColor picked = m_color;
            picked.setAlphaF(float(m_alpha->at().x()));
            pick(picked, false);
        };
    }
    const auto moved = [this] {
        m_square->hue = m_hue->at().x();
        m_square->update();
        pick(QColor::fromHsvF(float(std::min(m_hue->at().x(), 0.9999)), float(m_square->at().x()),
                              float(1 - m_square->at().y()), m_color.alphaF()),
             false);
    };
    m_square->moved = moved;
    m_hue->moved = moved;
    m_color = color.isValid() ? color : QColor(0x80, 0x80, 0x80);
    pick(m_color, true);
    m_square->setFocus();
}

void ColorPicker::addSwatches(const QStringList &colors)
{
    if (colors.isEmpty())
        return;
    auto *grid = new QGridLayout;
    grid->setSpacing(Theme::space1);
    int index = 0;
    for (const QString &text : colors) {
        const QColor color = colorFromText(text);
        if (!color.isValid() || index >= 3 * swatchesPerRow)
            continue;
        auto *button = new QToolButton(this);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setFixedSize(20, 20);
        button->setAccessibleName(text);
        button->setToolTip(text);
        QPixmap pixmap(QSize(14, 14) * devicePixelRatioF());
        pixmap.setDevicePixelRatio(devicePixelRatioF());
        pixmap.fill(color);
        button->setIcon(pixmap);
        button->setIconSize({14, 14});
        connect(button, &QToolButton::clicked, this, [this, color] { pick(color, true); });
        grid->addWidget(button, index / swatchesPerRow, index % swatchesPerRow);
        ++index;
    }
    grid->setColumnStretch(swatchesPerRow, 1);
    m_layout->addLayout(grid, m_rows++, 0);
}

void ColorPicker::addChoice(const QString &text, const QString &value)
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    connect(button, &QPushButton::clicked, this, [this, value] {
        Q_EMIT choicePicked(value);
        close();
    });
    m_layout->addWidget(button, m_rows++, 0);
}

void ColorPicker::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    Q_EMIT closed();
}

void ColorPicker::pick(const QColor &color, bool updatePlanes)
{
    const bool changed = color != m_color;
    m_color = color;
    if (updatePlanes) {
        if (color.hsvHueF() >= 0)  // grey has no hue: keep the one that is shown
            m_hue->setAt({color.hsvHueF(), 0});
        m_square->setAt({color.hsvSaturationF(), 1 - color.valueF()});
        m_square->hue = m_hue->at().x();
    }
    if (m_alpha) {
        m_alpha->color = color;
        m_alpha->setAt({color.alphaF(), 0});
    }
    if (changed)
        Q_EMIT colorPicked(color);
}

} // namespace Galley
