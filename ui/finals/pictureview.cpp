#include "ui/finals/pictureview.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace Galley {

namespace {

constexpr int glyphSide = 32;
constexpr int veilAlpha = 150;  ///< what is kept is still to be seen

} // namespace

PictureView::PictureView(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void PictureView::setRatio(const QSize &canvas)
{
    if (canvas.isEmpty() || canvas == m_ratio)
        return;
    m_ratio = canvas;
    m_scaled = {};
    update();
}

void PictureView::setMark(const QRectF &area)
{
    m_mark = area;
    update();
}

void PictureView::setPicture(const QImage &picture)
{
    m_picture = picture;
    m_scaled = {};
    update();
}

QRect PictureView::pictureRect() const
{
    const QSize room = size() - QSize(2 * Theme::space4, 2 * Theme::space4);
    QRect rect(QPoint(), m_ratio.scaled(room, Qt::KeepAspectRatio));
    rect.moveCenter(this->rect().center());
    return rect;
}

void PictureView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(ThemeColor::Surround));
    const QRect space = pictureRect();
    if (m_picture.isNull()) {
        painter.fillRect(space, theme.color(ThemeColor::Panel));
        QRect glyph(0, 0, glyphSide, glyphSide);
        glyph.moveCenter(space.center());
        paintIcon(painter, QStringLiteral("image"), glyph, theme.color(ThemeColor::Disabled));
        return;
    }
    QRect target(QPoint(), m_picture.size().scaled(space.size(), Qt::KeepAspectRatio));
    target.moveCenter(space.center());
    const QSize pixels = (QSizeF(target.size()) * devicePixelRatioF()).toSize();
    if (m_scaled.size() != pixels)
        m_scaled = QPixmap::fromImage(m_picture.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    painter.drawPixmap(target, m_scaled);
    if (!m_mark.isEmpty())
        paintMark(painter, target);
}

void PictureView::paintMark(QPainter &painter, const QRect &picture) const
{
    const Theme theme = Theme::of(this);
    const QRectF area = QRectF(picture.x() + m_mark.x() * picture.width(), picture.y() + m_mark.y() * picture.height(),
                               m_mark.width() * picture.width(), m_mark.height() * picture.height())
                            .intersected(picture);
    QPainterPath rest;
    rest.setFillRule(Qt::OddEvenFill);
    rest.addRect(picture);
    rest.addRect(area);
    QColor veil = theme.color(ThemeColor::Surround);
    veil.setAlpha(veilAlpha);
    painter.fillPath(rest, veil);
    painter.setPen(QPen(theme.color(ThemeColor::Accent), 2, Qt::DashLine));
    painter.drawRect(area.adjusted(1, 1, -1, -1));
}

} // namespace Galley
