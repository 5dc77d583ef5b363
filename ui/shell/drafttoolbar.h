#pragma once

#include <QToolBar>

class QActionGroup;
class QMenu;
class QToolButton;

namespace Galley {

class DraftFeed;
class DraftService;
class NumberField;
class Segmented;

/// How drafts are made: model and device, steps, seed, and where subjects come from; then undo, redo and export.
/// Shows and changes DraftFeed's options; owns its actions, which the menus and the command list share.
class DraftToolBar : public QToolBar
{
    Q_OBJECT

public:
    DraftToolBar(DraftFeed *feed, DraftService *draft, QWidget *parent = nullptr);

    /// Export and undo belong to the window; the toolbar shows them.
    void addHistory(QAction *undo, QAction *redo);
    void addExport(QMenu *menu, QAction *exportNow);
    void setDevice(const QString &device);  ///< auto, cpu, cuda: what is chosen

    QMenu *draftMenu() const { return m_draftMenu; }

Q_SIGNALS:
    void deviceChosen(const QString &device);

private:
    void makeModelMenu();
    void makeSteps();
    void makeSeed();
    void makeSource();
    void showOptions();
    void showCapabilities();
    void showModel();
    QString stepsTip(int steps) const;

    DraftFeed *m_feed;
    DraftService *m_draft;
    QMenu *m_draftMenu;
    QMenu *m_modelMenu;
    QActionGroup *m_devices;
    QActionGroup *m_sources;
    QToolButton *m_model;
    QActionGroup *m_stepChoices;
    QToolButton *m_steps;
    NumberField *m_seed;
    QAction *m_roll;
    QAction *m_lock;
    Segmented *m_source;
};

} // namespace Galley
