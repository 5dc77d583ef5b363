// The menus of MainWindow, in a file of their own: one long list.
#include "core/service/draftservice.h"
#include "core/settings/settings.h"
#include "ui/compare/compareworkspace.h"
#include "ui/design/artboard.h"
#include "ui/document/templatedocument.h"
#include "ui/library/libraryworkspace.h"
#include "ui/routes/routesworkspace.h"
#include "ui/shell/aboutdialog.h"
#include "ui/shell/comparecontroller.h"
#include "ui/shell/designworkspace.h"
#include "ui/shell/draftfeed.h"
#include "ui/shell/drafttoolbar.h"
#include "ui/shell/exportdialog.h"
#include "ui/shell/exporter.h"
#include "ui/shell/filecontroller.h"
#include "ui/shell/finalscontroller.h"
#include "ui/shell/issuespanel.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/shortcutsdialog.h"
#include "ui/shell/statusline.h"
#include "ui/shell/workspaceswitch.h"
#include "ui/widgets/filemanager.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/themeswitch.h"

#include <QActionGroup>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QPushButton>
#include <QSet>
#include <QUndoStack>
#include <QUrl>

namespace Galley {

namespace {

void collect(const QMenu *menu, const QString &place, QList<CommandPalette::Command> &commands, QSet<QAction *> &seen)
{
    for (QAction *action : menu->actions()) {
        if (!action->isVisible())
            continue;  // of another workspace
        const QString text = QString(action->text()).remove(u'&');
        if (action->menu()) {
            collect(action->menu(), place + QStringLiteral(" › ") + text, commands, seen);
        } else if (!action->isSeparator() && !text.isEmpty() && !seen.contains(action)) {
            seen.insert(action);
            commands.append({action, place});
        }
    }
}

} // namespace

QList<CommandPalette::Command> MainWindow::commands() const
{
    QList<CommandPalette::Command> commands;
    QSet<QAction *> seen;
    for (const QAction *top : menuBar()->actions()) {
        if (top->menu() && top->isVisible())
            collect(top->menu(), QString(top->text()).remove(u'&'), commands, seen);
    }
    return commands;
}

QAction *MainWindow::add(QMenu *menu, const char *name, const QString &text, const QString &icon, const QKeySequence &shortcut,
                         std::function<void()> run)
{
    QAction *action = menu->addAction(text);
    action->setObjectName(QLatin1String(name));
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcut(shortcut);
    if (run)
        connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    return action;
}

void MainWindow::makeMenus()
{
    makeExportActions();
    makeFileMenu();
    makeEditMenu();
    m_tokenMenu = menuBar()->addMenu(tr("&Token"));
    m_tokenMenu->addActions(m_design->artboard()->toolActions());
    m_tokenMenu->addSeparator();
    m_tokenMenu->addActions(m_design->artboard()->arrangeActions());
    menuBar()->addMenu(m_toolbar->draftMenu());
    m_toolbar->draftMenu()->addSeparator();
    add(m_toolbar->draftMenu(), "retry", tr("Try Again"), QStringLiteral("refresh"), QKeySequence(Qt::Key_F5),
        [this] { Q_EMIT retryRequested(); })
        ->setToolTip(tr("Ask the draft model again for what failed; starts it when it has ended."));
    QAction *stop = add(m_toolbar->draftMenu(), "stopDraft", tr("Stop Drawing"), QStringLiteral("stop"), QKeySequence(Qt::SHIFT | Qt::Key_F5),
                        [this] { m_parts.draft->stop(); });
    stop->setToolTip(tr("Draw this draft no further: for a large model that takes too long. “Try Again” goes on."));
    const auto follow = [this, stop] { stop->setEnabled(m_parts.draft->state() == DraftService::State::Rendering); };
    connect(m_parts.draft, &DraftService::stateChanged, stop, follow);
    follow();
    if (!m_design->extraActions().isEmpty()) {
        m_toolbar->draftMenu()->addSeparator();
        m_toolbar->draftMenu()->addActions(m_design->extraActions());
    }
    menuBar()->addMenu(m_finals->menu());
    if (m_compare) {
        m_finals->menu()->addAction(m_comparing->draftWithFinal());
        menuBar()->addMenu(m_compare->menu());
        menuBar()->addMenu(m_library->menu());
    }
    if (m_routes)
        menuBar()->addMenu(m_routes->menu());
    makeViewMenu();
    makeHelpMenu();
    m_toolbar->addExport(m_exportMenu, m_exportNow);
}

/// What belongs to Design alone: hidden while another workspace shows, so that Ctrl+Z there takes nothing back that nobody sees.
void MainWindow::ownActions()
{
    QList<QAction *> own = m_design->artboard()->toolActions() + m_design->artboard()->arrangeActions() + m_design->artboard()->editActions()
                           + m_design->artboard()->viewActions() + m_design->panelActions() + m_toolbar->draftMenu()->actions();
    own << m_tokenMenu->menuAction() << m_toolbar->draftMenu()->menuAction();
    for (const char *name : {"undo", "redo"})
        own << findChild<QAction *>(QLatin1String(name));
    m_workspaces->setOwnActions(QStringLiteral("design"), own);
    m_workspaces->setOwnWidgets(QStringLiteral("design"), {m_toolbar});
    if (m_routes)
        m_workspaces->setOwnActions(QStringLiteral("routes"), m_routes->ownActions());
    if (m_compare)
        m_workspaces->setOwnActions(QStringLiteral("compare"), m_compare->ownActions());
    if (m_library)
        m_workspaces->setOwnActions(QStringLiteral("library"), m_library->ownActions());
}

void MainWindow::makeFileMenu()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    m_files->fillMenu(file);
    file->addSeparator();
    file->addMenu(m_exportMenu);
    file->addSeparator();
    add(file, "quit", tr("&Quit"), {}, QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
}

void MainWindow::makeEditMenu()
{
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    QAction *undo = m_document->undoStack()->createUndoAction(this, tr("Undo"));
    undo->setObjectName(QStringLiteral("undo"));
    undo->setIcon(themedIcon(QStringLiteral("undo")));
    undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    QAction *redo = m_document->undoStack()->createRedoAction(this, tr("Redo"));
    redo->setObjectName(QStringLiteral("redo"));
    redo->setIcon(themedIcon(QStringLiteral("redo")));
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    edit->addActions({undo, redo});
    edit->addSeparator();
    edit->addActions(m_design->artboard()->editActions());
    edit->addSeparator();
    add(edit, "commands", tr("&Commands …"), QStringLiteral("search"), QKeySequence(Qt::CTRL | Qt::Key_K), [this] { showCommands(); });
    edit->addSeparator();
    edit->addAction(m_finals->servicesAction());
    // What is chosen on its Models page and in the toolbar is the same.
    connect(m_finals, &FinalsController::draftModelWanted, m_feed, &DraftFeed::setModel);
    connect(m_feed, &DraftFeed::optionsChanged, m_finals, [this] { m_finals->setDraftModel(m_feed->options().model); });
    m_finals->setDraftModel(m_feed->options().model);
    m_toolbar->addHistory(undo, redo);
}

void MainWindow::makeViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    view->addActions(m_design->artboard()->viewActions());
    view->addSeparator();
    view->addActions(m_design->panelActions());
    m_showIssues = add(view, "showIssues", tr("Issues"), QStringLiteral("report_problem"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_4), {});
    m_showIssues->setCheckable(true);
    connect(m_showIssues, &QAction::toggled, m_issuesPanel, &QWidget::setVisible);
    view->addActions(m_finals->viewActions());
    view->addSeparator();
    view->addActions(m_workspaces->switchActions());
    const auto focusNext = [this](bool forward) {
        if (m_routes && m_workspaces->currentWidget() == m_routes)
            m_routes->focusNextPanel(forward);
        else if (m_compare && m_workspaces->currentWidget() == m_compare)
            m_compare->focusNextPanel(forward);
        else if (m_library && m_workspaces->currentWidget() == m_library)
            m_library->focusNextPanel(forward);
        else
            m_design->focusNextPanel(forward);
    };
    add(view, "nextPanel", tr("Next Panel"), {}, QKeySequence(Qt::Key_F6), [focusNext] { focusNext(true); });
    add(view, "previousPanel", tr("Previous Panel"), {}, QKeySequence(Qt::SHIFT | Qt::Key_F6), [focusNext] { focusNext(false); });
    view->addSeparator();
    makeThemeMenu(view->addMenu(tr("Theme")));
    makeLanguageMenu(view->addMenu(tr("Language")));
    QAction *full = add(view, "fullScreen", tr("Full Screen"), {}, QKeySequence(Qt::Key_F11), {});
    full->setCheckable(true);
    connect(full, &QAction::toggled, this, [this](bool on) { on ? showFullScreen() : showNormal(); });
}

void MainWindow::makeThemeMenu(QMenu *menu)
{
    auto *group = new QActionGroup(this);
    const QStringList choices{QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")};
    const QStringList names{tr("As the Desktop"), tr("Light"), tr("Dark")};
    const QStringList icons{QStringLiteral("contrast"), QStringLiteral("light_mode"), QStringLiteral("dark_mode")};
    for (int i = 0; i < choices.size(); ++i) {
        QAction *action = menu->addAction(themedIcon(icons.at(i)), names.at(i));
        action->setObjectName(QStringLiteral("theme-") + choices.at(i));
        action->setCheckable(true);
        action->setChecked(m_parts.settings->theme.value() == choices.at(i));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice = choices.at(i)] {
            m_parts.settings->theme.set(choice);
            m_parts.themes->setChoice(choice);
        });
    }
}

void MainWindow::makeLanguageMenu(QMenu *menu)
{
    auto *group = new QActionGroup(this);
    const QStringList choices{QString(), QStringLiteral("en"), QStringLiteral("de")};
    // A language is named in itself, so that whoever speaks it finds it.
    const QStringList names{tr("As the Desktop"), QStringLiteral("English"), QStringLiteral("Deutsch")};
    for (int i = 0; i < choices.size(); ++i) {
        QAction *action = menu->addAction(themedIcon(QStringLiteral("translate")), names.at(i));
        action->setObjectName(QStringLiteral("language-") + choices.at(i));
        action->setCheckable(true);
        action->setChecked(m_parts.settings->language.value() == choices.at(i));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, choice = choices.at(i)] { chooseLanguage(choice); });
    }
}

void MainWindow::makeHelpMenu()
{
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    add(help, "shortcuts", tr("Keyboard Shortcuts …"), QStringLiteral("keyboard"), QKeySequence(Qt::CTRL | Qt::Key_F1), [this] {
        auto *dialog = new ShortcutsDialog(commands(), this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    add(help, "about", tr("About Galley …"), QStringLiteral("info"), {}, [this] {
        QString engine;
        if (const auto capabilities = m_parts.draft->capabilities())
            engine = capabilities->library + QStringLiteral(", ") + capabilities->device + u' ' + capabilities->dtype;
        auto *dialog = new AboutDialog(m_parts.paths.resources, engine, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
}

void MainWindow::makeExportActions()
{
    m_exportMenu = new QMenu(tr("&Export PNG"), this);
    m_exportMenu->setIcon(themedIcon(QStringLiteral("file_download")));
    m_exportNow = add(m_exportMenu, "export1", tr("Export PNG at Canvas Size …"), QStringLiteral("file_download"),
                      QKeySequence(Qt::CTRL | Qt::Key_E), [this] { exportPng(1); });
    add(m_exportMenu, "export2", tr("Export PNG at Double Size …"), {}, QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E),
        [this] { exportPng(2); });
    add(m_exportMenu, "exportCustom", tr("Export PNG at Another Size …"), {}, {}, [this] { exportCustom(); });
    connect(m_exporter, &Exporter::busyChanged, this, [this](bool busy) {
        for (QAction *action : m_exportMenu->actions())
            action->setEnabled(!busy);
        if (!busy)
            return;
        m_messages->showMessage(MessageBar::Kind::Info, tr("Exporting the draft …"));
        m_messages->addButton(tr("Cancel"), [this] { m_exporter->cancel(); });
    });
    connect(m_exporter, &Exporter::cancelled, m_messages, &MessageBar::dismiss);
    connect(m_exporter, &Exporter::failed, this,
            [this](const QString &sentence) { m_messages->showMessage(MessageBar::Kind::Error, sentence); });
    connect(m_exporter, &Exporter::finished, this, [this](const QString &file, const QSize &size) {
        m_messages->showMessage(MessageBar::Kind::Done, tr("Saved %1 (%2 × %3).")
                                                            .arg(QDir::toNativeSeparators(file))
                                                            .arg(size.width())
                                                            .arg(size.height()));
        m_messages->addButton(tr("Show in Folder"), [file] {
            QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file).absolutePath()));
        });
    });
}

void MainWindow::exportPng(double scale)
{
    chooseExportFile((QSizeF(m_document->value().canvas.size) * scale).toSize());
}

void MainWindow::exportCustom()
{
    auto *dialog = new ExportDialog(m_document->value().canvas.size, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { chooseExportFile(dialog->size()); });
    dialog->open();
}

void MainWindow::chooseExportFile(const QSize &size)
{
    QString name = m_document->displayName();
    if (m_document->currentRow() > 0)
        name += QStringLiteral("-%1").arg(m_document->currentRow(), 3, 10, QLatin1Char('0'));
    const QString folder = exportFolder(*m_parts.settings->raw());
    auto *dialog = new QFileDialog(this, tr("Export PNG"), QDir(folder).filePath(name + QStringLiteral(".png")), tr("PNG pictures (*.png)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, size](const QString &file) {
        setExportFolder(m_parts.settings->raw(), QFileInfo(file).absolutePath());
        m_exporter->start(file, size);
    });
    dialog->open();
}

void MainWindow::chooseLanguage(const QString &language)
{
    if (m_parts.settings->language.value() == language)
        return;
    m_parts.settings->language.set(language);
    m_messages->showMessage(MessageBar::Kind::Info, tr("The language changes with the next start of Galley."));
    m_messages->addButton(tr("Restart Now"), [this] {
        m_files->whenSafe([this] {
            m_mayClose = true;
            Q_EMIT restartRequested();
        });
    });
}

void MainWindow::showCommands()
{
    m_palette->open(commands());
}

} // namespace Galley
