#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>

#include <functional>
#include <optional>

class QAction;
class QMenu;

namespace Galley {

class CompareSet;
class CompareView;

/// Whatever can be done with pictures that are compared, each with its key: the menu "Compare". Keys without Ctrl or Alt are the view's own, so that a note
/// can be typed beside it. Digits choose a pane, Shift and a digit give stars. GUI thread; owns the actions.
class CompareActions : public QObject
{
    Q_OBJECT

public:
    CompareActions(CompareSet *set, CompareView *view, QWidget *parent);

    QMenu *menu() const { return m_menu; }
    QAction *find(const char *name) const { return m_actions.value(QLatin1String(name)); }
    QList<QAction *> all() const;
    /// A further one, at the end of the menu.
    QAction *add(QMenu *menu, const char *name, const QString &text, const QString &icon, const QKeySequence &key, std::function<void()> run);
    /// \a panes beside one another, whatever the pictures were compared by.
    void lay(int panes);
    /// Enabled and checked as things are; why not, as a tool tip.
    void update();

Q_SIGNALS:
    void noteWanted();
    void copyWanted();
    void driftWanted();
    void blindWanted(bool blind);

private:
    void makePictureActions();
    void makeLayoutActions();
    void makeDecisionActions();
    void makeModeActions();
    void makeViewActions();
    QAction *toggle(QMenu *menu, const char *name, const QString &text, const QString &icon, const QKeySequence &key, std::function<void()> run);
    void rate(std::optional<int> stars);
    void decide(int pick);

    CompareSet *m_set;
    CompareView *m_view;
    QMenu *m_menu;
    QHash<QString, QAction *> m_actions;
};

} // namespace Galley
