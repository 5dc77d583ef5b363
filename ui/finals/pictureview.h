#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace Galley {

/// A picture in a space that is there before it: the ratio is given first, so that nothing jumps when the picture arrives.
class PictureView : public QWidget
{
    Q_OBJECT

public:
    explicit PictureView(QWidget *parent = nullptr);

    void setRatio(const QSize &canvas);
    /// Null: the empty space.
    void setPicture(const QImage &picture);
    const QImage &picture() const { return m_picture; }
    /// Outlines \a area (fractions of the picture) and dims the rest; an empty one ends it.
    void setMark(const QRectF &area);
    /// Where the picture lies, or will lie.
    QRect pictureRect() const;

    QSize sizeHint() const override { return {320, 320}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintMark(QPainter &painter, const QRect &picture) const;

    QSize m_ratio{4, 5};
    QImage m_picture;
    QPixmap m_scaled;
    QRectF m_mark;
};

} // namespace Galley
