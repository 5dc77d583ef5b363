#include "ui/finals/pictureview.h"

#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QPainter>

namespace Galley {

namespace {

constexpr int glyphSide = 32;

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
}

} // namespace Galley
