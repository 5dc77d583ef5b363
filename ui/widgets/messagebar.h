#pragma once

#include <QFrame>

#include <functional>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace Galley {

/// A sentence at the upper edge of the window with what can be done about it; never modal, never in the way of work.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Done, Warning, Error };

    explicit MessageBar(QWidget *parent = nullptr);

    /// Replaces what is shown. Buttons of the earlier message are gone.
    void showMessage(Kind kind, const QString &sentence);
    /// Adds a button to the message; the bar closes when it is pressed, after \a action ran.
    QPushButton *addButton(const QString &text, std::function<void()> action);
    void dismiss();
    QString text() const;
    Kind kind() const { return m_kind; }

Q_SIGNALS:
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    Kind m_kind = Kind::Info;
    QLabel *m_text;
    QHBoxLayout *m_buttons;
    QToolButton *m_close;
};

} // namespace Galley
