#pragma once

#include "core/base/paths.h"
#include "ui/queue/modelnames.h"
#include "ui/shell/commandpalette.h"

#include <QMainWindow>

#include <memory>

namespace Galley {

class CompareController;
class CompareWorkspace;
class DesignWorkspace;
class DocumentSession;
class DraftFeed;
class DraftService;
class DraftToolBar;
class Exporter;
class FileController;
class FinalsController;
class FinalService;
class IssueCollector;
class IssuesPanel;
struct Issue;
class LibraryService;
class LibraryWorkspace;
class LocalModels;
class MessageBar;
class RoutesWorkspace;
class RoutingService;
class Settings;
class StatusLine;
class TemplateDocument;
class ThemeSwitch;
class WorkspaceSwitch;

/// What the window is given; all of it outlives the window.
struct WindowParts
{
    Paths paths;
    Settings *settings = nullptr;
    DraftService *draft = nullptr;
    ThemeSwitch *themes = nullptr;
    FinalService *finals = nullptr;  ///< may be null: then the window drafts only, and says so
    RoutingService *routing = nullptr;  ///< may be null: then there is no Routes workspace
    LocalModels *localModels = nullptr;  ///< may be null: then there are no models of this machine to manage
    LibraryService *library = nullptr;  ///< may be null: then there are no Compare and Library workspaces
};

/// The one window: menus, toolbar, the workspaces, issues, messages. Owns the document and everything that shows it.
/// Closing asks about unsaved work; background trouble goes to the Issues panel, never to a box.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const WindowParts &parts, QWidget *parent = nullptr);
    ~MainWindow() override;

    TemplateDocument *document() const { return m_document; }
    FileController *files() const { return m_files; }
    DraftFeed *feed() const { return m_feed; }
    DesignWorkspace *design() const { return m_design; }
    IssueCollector *issues() const { return m_issues; }
    MessageBar *messages() const { return m_messages; }
    CommandPalette *palette() const { return m_palette; }
    FinalsController *finals() const { return m_finals; }
    RoutesWorkspace *routes() const { return m_routes; }  ///< null without rules
    CompareWorkspace *compare() const { return m_compare; }  ///< null without a library
    LibraryWorkspace *library() const { return m_library; }  ///< null without a library
    WorkspaceSwitch *workspaces() const { return m_workspaces; }

    /// Everything that can be done, with its menu: what the command list and the shortcut list show.
    QList<CommandPalette::Command> commands() const;

    void setWorkerProcess(qint64 process);
    qint64 workerProcess() const;
    /// Trouble of the local engine for the Issues panel; empty when it is over.
    void reportWorkerTrouble(const QString &sentence);
    /// The same for any other part that has a name of its own.
    void reportTrouble(const QString &source, const QString &sentence);

Q_SIGNALS:
    void deviceChosen(const QString &device);
    void modelMemoryChanged();  ///< the workers have to start anew with it
    void networkChanged();    ///< offline, proxy or budget: take them from the settings again
    void retryRequested();    ///< "Try Again" after the worker or a draft failed
    void restartRequested();  ///< everything is saved or given up: end and start again

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeMenus();
    void makeFileMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeHelpMenu();
    void makeThemeMenu(QMenu *menu);
    void makeLanguageMenu(QMenu *menu);
    void makeExportActions();
    void connectParts();
    void connectFinals();
    void connectRoutes();
    void makeCompare();
    void makeLibrary();
    void makeWorkspaces();
    void ownActions();
    void jumpTo(const Issue &issue);
    QAction *add(QMenu *menu, const char *name, const QString &text, const QString &icon, const QKeySequence &shortcut,
                 std::function<void()> run);
    void updateTitle();
    void restorePlace();
    void savePlace();
    void exportPng(double scale);
    void exportCustom();
    void chooseExportFile(const QSize &size);
    void chooseLanguage(const QString &language);
    void showCommands();
    void placeImage(const QString &file);
    void toggleIssues();

    WindowParts m_parts;
    TemplateDocument *m_document;
    DocumentSession *m_session;
    DraftFeed *m_feed;
    IssueCollector *m_issues;
    Exporter *m_exporter;
    MessageBar *m_messages;
    MessageBar *m_offers;
    DesignWorkspace *m_design;
    IssuesPanel *m_issuesPanel;
    DraftToolBar *m_toolbar;
    StatusLine *m_status;
    CommandPalette *m_palette;
    FileController *m_files;
    FinalsController *m_finals;
    RoutesWorkspace *m_routes = nullptr;
    CompareWorkspace *m_compare = nullptr;
    LibraryWorkspace *m_library = nullptr;
    CompareController *m_comparing = nullptr;
    ModelNames m_names;  ///< each workspace has a copy, so that a model has one hue in all of them
    WorkspaceSwitch *m_workspaces;
    QMenu *m_exportMenu = nullptr;
    QMenu *m_tokenMenu = nullptr;
    QAction *m_exportNow = nullptr;
    QAction *m_showIssues = nullptr;
    bool m_mayClose = false;
    bool m_mayLeaveFinals = false;
    bool m_mayLeaveRules = false;
};

} // namespace Galley
