#pragma once

#include <QFrame>
#include <QList>
#include <QPointer>
#include <QString>

class QAction;
class QLineEdit;
class QListWidget;

namespace Galley {

/// How well \a name answers what somebody typed: 0 not at all; words that start words count most, letters in order least.
/// Case, accents and the order of words do not matter.
int commandScore(const QString &name, const QString &typed);

/// The searchable list of everything that can be done (Ctrl+K), over the window. Lists the actions it is given, with their menus
/// and shortcuts; one that is disabled says why. Enter runs, Escape and a click elsewhere close. Owned by the window.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    explicit CommandPalette(QWidget *window);

    struct Command
    {
        QPointer<QAction> action;
        QString place;  ///< the menu, such as "File"
    };

    void open(const QList<Command> &commands);
    /// What the list shows now, best first (tests).
    QStringList shown() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter();
    void run();
    void close(bool giveFocusBack);

    QLineEdit *m_search;
    QListWidget *m_list;
    QList<Command> m_commands;
    QPointer<QWidget> m_focusBefore;
};

} // namespace Galley
