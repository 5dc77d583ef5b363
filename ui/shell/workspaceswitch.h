#pragma once

#include <QList>
#include <QPointer>
#include <QStackedWidget>

#include <functional>

class QAction;
class QActionGroup;
class QSettings;
class QToolBar;

namespace Galley {

class Segmented;

/// The workspaces of the window, of which one shows: a row of words in the toolbar, Alt+1 … Alt+5, remembered. What belongs to one workspace alone
/// (actions, menus, toolbars) is out of the way with its shortcuts while another shows, so that no key changes what nobody sees. Owns the pages.
class WorkspaceSwitch : public QStackedWidget
{
    Q_OBJECT

public:
    explicit WorkspaceSwitch(QSettings *store, QWidget *parent = nullptr);

    /// \a number: its place in product.md's order and its key, Alt+number. \a focus gives the page the focus when it is asked for again.
    void add(int number, const QString &name, const QString &text, const QString &help, QWidget *page, std::function<void()> focus);
    /// Hidden with their shortcuts while another workspace than \a name shows. A menu is its menuAction().
    void setOwnActions(const QString &name, const QList<QAction *> &actions);
    void setOwnWidgets(const QString &name, const QList<QWidget *> &widgets);

    QList<QAction *> switchActions() const;
    /// A bar with the row of words; hides itself while there is one workspace only.
    QToolBar *makeToolBar(QWidget *window);

    QString current() const;
    /// Shows \a name; where it shows already it gets the focus.
    void choose(const QString &name);
    void restore();
    void saveState() const;

Q_SIGNALS:
    void chosen(const QString &name);

private:
    struct Page
    {
        QString name;
        QAction *action = nullptr;
        std::function<void()> focus;
        QPointer<QWidget> lastFocus;
        QList<QPointer<QAction>> ownActions;
        QList<QPointer<QWidget>> ownWidgets;
    };
    int indexOf(const QString &name) const;
    void switchTo(int index);
    void showOwn();

    QSettings *m_store;
    QActionGroup *m_group;
    Segmented *m_words;
    QList<Page> m_pages;
};

} // namespace Galley
