#pragma once

#include <QColor>
#include <QFrame>
#include <QStringList>

class QGridLayout;

namespace Galley {

/// The popup of a ColorField: a square of saturation and brightness, a strip of hues, opacity where allowed, and swatches. All of
/// it works with the arrow keys (Shift: ten times as far); Escape and a click outside close it.
class ColorPicker : public QFrame
{
    Q_OBJECT

public:
    ColorPicker(const QColor &color, bool alpha, QWidget *parent);

    void addSwatches(const QStringList &colors);
    void addChoice(const QString &text, const QString &value);  ///< a slot, or no colour at all

Q_SIGNALS:
    void colorPicked(const QColor &color);
    void choicePicked(const QString &value);
    void closed();

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void pick(const QColor &color, bool updatePlanes);

    class Plane;
    QGridLayout *m_layout;
    Plane *m_square;
    Plane *m_hue;
    Plane *m_alpha = nullptr;
    QColor m_color;
    int m_rows = 0;
};

} // namespace Galley
