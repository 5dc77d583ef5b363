#pragma once

#include <QAbstractButton>
#include <QImage>

namespace Galley {

/// One thumbnail of the ring. Checked = the one that the ring's actions are about; pinned is shown by a pin and a double frame.
class PreviewButton : public QAbstractButton
{
    Q_OBJECT

public:
    static constexpr int side = 64;

    explicit PreviewButton(QWidget *parent);

    void setPicture(const QImage &picture);
    void setPinned(bool pinned);

    QSize sizeHint() const override { return {side, side}; }

Q_SIGNALS:
    void restoreWanted();
    void stepWanted(int by);
    void menuWanted(const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    QImage m_picture;
    bool m_pinned = false;
};

} // namespace Galley
