#pragma once

#include <QToolButton>

namespace Galley {

/// A flat button with a glyph and a line of counts ("2 running · 5 waiting · $0.42 today") whose digits are equally wide.
class CountButton : public QToolButton
{
    Q_OBJECT

public:
    /// \a icon as for themedIcon().
    explicit CountButton(const QString &icon, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
};

} // namespace Galley
