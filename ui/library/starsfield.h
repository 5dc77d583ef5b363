#pragma once

#include <QWidget>

#include <optional>

namespace Galley {

/// One to five stars, or none: clicks (the same star once more takes them away), arrows, digits.
class StarsField : public QWidget
{
    Q_OBJECT

public:
    explicit StarsField(QWidget *parent = nullptr);

    /// \a mixed: several pictures differ.
    void setStars(int stars, bool mixed = false);
    int stars() const { return m_stars; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void chosen(int stars);   ///< 0: none

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    int m_stars = 0;
    bool m_mixed = false;
};

} // namespace Galley
