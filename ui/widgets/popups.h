#pragma once

#include <QFrame>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace Galley {

constexpr int popupWidth = 280;

/// A name for what is on screen. A popup that deletes itself.
class NamePopup : public QFrame
{
    Q_OBJECT

public:
    NamePopup(const QString &title, const QString &name, const QString &button, QWidget *parent = nullptr);
    QLineEdit *field() const { return m_field; }

Q_SIGNALS:
    void chosen(const QString &name);

private:
    QLineEdit *m_field;
};

/// What every popup has: its title above, the space around, and that it deletes itself. Returns the layout for the rest.
QVBoxLayout *layOutPopup(QFrame *popup, const QString &title);
/// The button that takes what was chosen, at the lower right.
QPushButton *addPopupButton(QVBoxLayout *layout, const QString &text, QWidget *parent);
/// Shows \a popup below \a widget, inside the screen.
void popUpBelow(QWidget *popup, const QWidget *widget);

} // namespace Galley
