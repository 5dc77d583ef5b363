#include "ui/library/starsfield.h"

#include "ui/library/librarytext.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace Galley {

namespace {

constexpr int starSide = 20;
constexpr int starPlace = 26;  ///< hit area, at least 24
constexpr int mostStars = 5;

} // namespace

StarsField::StarsField(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setToolTip(tr("Stars (1–5, 0 takes them away)"));
    setStars(0);
}

void StarsField::setStars(int stars, bool mixed)
{
    m_stars = stars;
    m_mixed = mixed;
    const QString name = tr("Stars: %1").arg(mixed ? tr("several differ") : starsText(stars));
    if (name != accessibleName()) {
        setAccessibleName(name);
        QAccessibleEvent event(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
    }
    update();
}

QSize StarsField::sizeHint() const
{
    return {mostStars * starPlace, Theme::controlHeight};
}

void StarsField::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    const int top = (height() - starSide) / 2;
    for (int i = 0; i < mostStars; ++i) {
        const bool full = i < m_stars && !m_mixed;
        const ThemeColor color = !isEnabled() ? ThemeColor::Disabled : full ? ThemeColor::Text : ThemeColor::Secondary;
        paintIcon(painter, full ? QStringLiteral("star") : m_mixed ? QStringLiteral("remove") : QStringLiteral("star_border"),
                  QRect(i * starPlace + (starPlace - starSide) / 2, top, starSide, starSide), theme.color(color));
    }
    if (!hasFocus())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(ThemeColor::Accent), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), Theme::radius, Theme::radius);
}

void StarsField::mousePressEvent(QMouseEvent *event)
{
    const int stars = qBound(1, event->pos().x() / starPlace + 1, mostStars);
    Q_EMIT chosen(stars == m_stars && !m_mixed ? 0 : stars);
}

void StarsField::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (key >= Qt::Key_0 && key <= Qt::Key_5)
        Q_EMIT chosen(key - Qt::Key_0);
    else if (key == Qt::Key_Right || key == Qt::Key_Up)
        Q_EMIT chosen(qMin(mostStars, m_stars + 1));
    else if (key == Qt::Key_Left || key == Qt::Key_Down)
        Q_EMIT chosen(qMax(0, m_stars - 1));
    else
        QWidget::keyPressEvent(event);
}

void StarsField::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void StarsField::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace Galley
