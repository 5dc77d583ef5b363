#pragma once

#include "core/base/paths.h"
#include "ui/finals/finalchoice.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>

class QAction;
class QMenu;
class QPushButton;
class QToolBar;
class QSettings;
class QSplitter;
class QWidget;

namespace Galley {

class CountButton;
class DesignWorkspace;
class DraftService;
class FinalPane;
class FinalService;
class FinalSheet;
class LibraryService;
class LocalModels;
class QueueDrawer;
class ServicesDialog;
class Settings;
class TemplateDocument;

/// Everything of the window that has to do with finals: the button with its price, the sheet, the queue drawer, a final beside its draft, services and
/// keys, and what goes to the Issues panel. Without a FinalService all of its actions are there, disabled, and say why. GUI thread; owns what it
/// shows, not what it is given.
class FinalsController : public QObject
{
    Q_OBJECT

public:
    struct Parts
    {
        FinalService *finals = nullptr;  ///< may be null
        Settings *settings = nullptr;
        TemplateDocument *document = nullptr;
        DraftService *draft = nullptr;
        QString modelsFile;
        LocalModels *localModels = nullptr;  ///< may be null
        LibraryService *library = nullptr;   ///< where approved drafts are kept; may be null
    };

    FinalsController(const Parts &parts, QWidget *window);
    ~FinalsController() override;

    /// Which model drafts are made with; empty: Galley's own.
    void setDraftModel(const QString &id);

    /// Puts the drawer into \a body and the pane beside the artboard.
    void place(QSplitter *body, DesignWorkspace *design);
    /// A bar of its own: it keeps its place at the right end however narrow the window is.
    QToolBar *makeToolBar();
    QMenu *menu() const { return m_menu; }
    QList<QAction *> viewActions() const;  ///< show queue, show final
    QAction *servicesAction() const { return m_services; }
    QPushButton *renderButton() const { return m_button; }
    CountButton *queueButton() const { return m_counts; }
    QueueDrawer *drawer() const { return m_drawer; }
    FinalPane *pane() const { return m_pane; }
    FinalSheet *sheet() const { return m_sheet; }

    void showSheet(bool allRows = false);
    void showRedo(const FinalEdit &edit);  ///< the sheet for one part of a final
    void showServices(const QString &place = {});
    void showServicesOf(qint64 id);
    void showJob(qint64 id);    ///< in the queue
    void showFinal(qint64 id);  ///< beside its draft
    /// Goes to the cause of an issue that was reported by trouble(); false: it was not.
    bool jumpTo(const QString &source);
    /// Repeats trouble() of everything: once somebody listens.
    void reportAll();
    /// True when something runs and the person is asked first; \a then closes.
    bool askBeforeClosing(std::function<void()> then);
    void saveState();

Q_SIGNALS:
    void message(const QString &sentence);
    void failed(const QString &sentence);
    void trouble(const QString &source, const QString &sentence);  ///< an empty sentence ends it
    void draftModelWanted(const QString &id);  ///< from the Models page; empty: Galley's own
    void networkChanged();
    void modelMemoryChanged();

private:
    void makeActions();
    void makeMenu();
    void makeParts(QWidget *window);
    void connectQueue();
    QAction *add(const char *name, const QString &text, const QString &icon, std::function<void()> run);
    void makeSheet();
    void later();
    void showPrice();
    void showCounts();
    void showTrouble(qint64 id);
    void showCatalogueTrouble();
    void onFinished(qint64 id);
    FinalChoice choice() const;

    Parts m_parts;
    QString m_draftModel;
    QWidget *m_window;
    QMenu *m_menu = nullptr;
    QAction *m_render = nullptr;
    QAction *m_renderRows = nullptr;
    QAction *m_showQueue = nullptr;
    QAction *m_showFinal = nullptr;
    QAction *m_services = nullptr;
    QPushButton *m_button = nullptr;
    CountButton *m_counts = nullptr;
    QueueDrawer *m_drawer = nullptr;
    FinalPane *m_pane = nullptr;
    FinalSheet *m_sheet = nullptr;
    QPointer<ServicesDialog> m_servicesDialog;
    QHash<QString, FinalChoice> m_choices;  ///< by template, for this session
    QHash<qint64, QString> m_troubles;      ///< what was said of which job: news come often, trouble seldom
    QTimer m_timer;
};

} // namespace Galley
