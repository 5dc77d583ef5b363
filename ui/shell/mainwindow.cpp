#include "ui/shell/mainwindow.h"

#include "core/service/draftservice.h"
#include "core/settings/settings.h"
#include "ui/compare/compareworkspace.h"
#include "ui/design/artboard.h"
#include "ui/document/documentsession.h"
#include "ui/document/templatedocument.h"
#include "ui/library/libraryworkspace.h"
#include "ui/routes/routesworkspace.h"
#include "ui/shell/comparecontroller.h"
#include "ui/shell/designworkspace.h"
#include "ui/shell/draftfeed.h"
#include "ui/shell/draftkeeper.h"
#include "ui/shell/drafttoolbar.h"
#include "ui/shell/exporter.h"
#include "ui/shell/filecontroller.h"
#include "ui/shell/finalscontroller.h"
#include "ui/shell/issues.h"
#include "ui/shell/issuespanel.h"
#include "ui/shell/librarycontroller.h"
#include "ui/shell/statusline.h"
#include "ui/shell/workspaceswitch.h"
#include "ui/widgets/countbutton.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/themeswitch.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDropEvent>
#include <QFileInfo>
#include <QMenuBar>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QUndoStack>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr QSize firstSize(1440, 900);
constexpr int issuesHeight = 160;
const auto geometryKey = QStringLiteral("window/geometry");
const auto bodyKey = QStringLiteral("window/body");

bool isPicture(const QString &file)
{
    static const QStringList endings{QStringLiteral("png"), QStringLiteral("jpg"), QStringLiteral("jpeg"),
                                     QStringLiteral("webp"), QStringLiteral("svg"), QStringLiteral("gif")};
    return endings.contains(QFileInfo(file).suffix().toLower());
}

bool canTake(const QString &file)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    return ending == QLatin1String("galley") || ending == QLatin1String("csv") || isPicture(file);
}

} // namespace

MainWindow::MainWindow(const WindowParts &parts, QWidget *parent)
    : QMainWindow(parent)
    , m_parts(parts)
    , m_document(new TemplateDocument(this))
    , m_session(new DocumentSession(m_document, parts.paths, parts.settings->raw(), this))
    , m_feed(new DraftFeed(m_document, parts.draft, parts.settings, this))
    , m_issues(new IssueCollector(m_document, parts.draft, this))
    , m_exporter(new Exporter(parts.draft, parts.settings, this))
    , m_messages(new MessageBar(this))
    , m_offers(new MessageBar(this))
    , m_design(new DesignWorkspace(m_document, parts.draft, m_feed, parts.settings->raw(), this))
    , m_issuesPanel(new IssuesPanel(m_issues, this))
    , m_toolbar(new DraftToolBar(m_feed, parts.draft, this))
    , m_status(new StatusLine(parts.draft, m_issues, this))
    , m_palette(new CommandPalette(this))
    , m_files(new FileController(m_document, m_session, parts.paths, m_messages, m_offers, this))
    , m_finals(new FinalsController({parts.finals, parts.settings, m_document, parts.draft, parts.paths.config + QStringLiteral("/models.yaml"), parts.localModels,
                                    parts.library}, this))
    , m_workspaces(new WorkspaceSwitch(parts.settings->raw(), this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    auto *centre = new QWidget(this);
    auto *layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto *body = new QSplitter(Qt::Vertical, centre);
    body->setObjectName(QStringLiteral("body"));
    body->setHandleWidth(1);
    body->setChildrenCollapsible(false);
    makeWorkspaces();
    body->addWidget(m_workspaces);
    body->addWidget(m_issuesPanel);
    body->setStretchFactor(0, 1);
    body->setSizes({700, issuesHeight});
    m_issuesPanel->hide();
    m_finals->place(body, m_design);
    layout->addWidget(m_offers);
    layout->addWidget(m_messages);
    layout->addWidget(body, 1);
    setCentralWidget(centre);
    addToolBar(m_workspaces->makeToolBar(this));
    addToolBar(m_toolbar);
    addToolBar(m_finals->makeToolBar());
    setStatusBar(m_status);
    makeMenus();
    ownActions();
    connectParts();
    restorePlace();
    updateTitle();
}

MainWindow::~MainWindow() = default;

void MainWindow::setWorkerProcess(qint64 process)
{
    m_status->setWorkerProcess(process);
}

qint64 MainWindow::workerProcess() const
{
    return m_status->workerProcess();
}

void MainWindow::reportWorkerTrouble(const QString &sentence)
{
    reportTrouble(QStringLiteral("worker"), sentence);
}

void MainWindow::reportTrouble(const QString &source, const QString &sentence)
{
    m_issues->setTrouble(source, sentence);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_mayClose && m_document->isModified()) {
        event->ignore();
        m_files->whenSafe([this] {
            m_mayClose = true;
            close();
        });
        return;
    }
    if (!m_mayLeaveFinals && m_finals->askBeforeClosing([this] {
            m_mayLeaveFinals = true;
            close();
        })) {
        event->ignore();
        return;
    }
    if (m_routes && !m_mayLeaveRules && m_routes->askBeforeClosing([this] {
            m_mayLeaveRules = true;
            close();
        })) {
        event->ignore();
        return;
    }
    savePlace();
    m_exporter->cancel();
    m_session->finish();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile() && canTake(url.toLocalFile())) {
            event->acceptProposedAction();
            return;
        }
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        const QString file = url.toLocalFile();
        if (file.isEmpty() || !canTake(file))
            continue;
        event->acceptProposedAction();
        if (isPicture(file))
            placeImage(file);
        else
            m_files->openAny(file);
        return;
    }
}

void MainWindow::connectParts()
{
    connect(m_document, &TemplateDocument::modifiedChanged, this, &MainWindow::updateTitle);
    connect(m_document, &TemplateDocument::fileChanged, this, &MainWindow::updateTitle);
    connect(m_document, &TemplateDocument::readOnlyChanged, this, &MainWindow::updateTitle);
    connect(m_document, &TemplateDocument::replaced, this, &MainWindow::updateTitle);
    connect(m_document, &TemplateDocument::saved, this, [this] {
        m_status->say(tr("Saved %1.").arg(QDir::toNativeSeparators(m_document->file())));
    });
    connect(m_design, &DesignWorkspace::message, m_status, &StatusLine::say);
    connect(m_design, &DesignWorkspace::openRowsRequested, m_files, &FileController::askForRows);
    connect(m_design->artboard(), &Artboard::zoomChanged, m_status, &StatusLine::setZoom);
    m_status->setZoom(m_design->artboard()->zoom());
    connect(m_status, &StatusLine::issuesClicked, this, &MainWindow::toggleIssues);
    connect(m_issuesPanel, &IssuesPanel::jumpRequested, this, &MainWindow::jumpTo);
    connectFinals();
    connect(m_toolbar, &DraftToolBar::deviceChosen, this, [this](const QString &device) {
        m_parts.settings->draftDevice.set(device);
        Q_EMIT deviceChosen(device);
    });
    m_toolbar->setDevice(m_parts.settings->draftDevice.value());
}

void MainWindow::connectFinals()
{
    connect(m_finals, &FinalsController::message, m_status, &StatusLine::say);
    connect(m_finals, &FinalsController::failed, this,
            [this](const QString &sentence) { m_messages->showMessage(MessageBar::Kind::Error, sentence); });
    connect(m_finals, &FinalsController::trouble, this, &MainWindow::reportTrouble);
    connect(m_finals, &FinalsController::networkChanged, this, &MainWindow::networkChanged);
    connect(m_finals, &FinalsController::modelMemoryChanged, this, &MainWindow::modelMemoryChanged);
    m_status->addFirst(m_finals->queueButton());
    m_finals->reportAll();
    connectRoutes();
}

void MainWindow::connectRoutes()
{
    if (!m_routes)
        return;
    connect(m_routes, &RoutesWorkspace::message, m_status, &StatusLine::say);
    connect(m_routes, &RoutesWorkspace::trouble, this, &MainWindow::reportTrouble);
    connect(m_routes, &RoutesWorkspace::wanted, this, [this] {
        if (m_workspaces->currentWidget() != m_routes)  // where it shows, the focus stays
            m_workspaces->choose(QStringLiteral("routes"));
    });
    m_routes->reportAll();
}

void MainWindow::makeWorkspaces()
{
    m_workspaces->add(1, QStringLiteral("design"), tr("Design"), tr("Template, draft and inspector"), m_design,
                      [this] { m_design->artboard()->setFocus(Qt::ShortcutFocusReason); });
    if (m_parts.library) {
        makeCompare();
        makeLibrary();
    }
    if (!m_parts.routing || !m_parts.finals)
        return;
    m_routes = new RoutesWorkspace({m_parts.routing, m_parts.finals, m_document, m_parts.settings->raw(), m_names}, this);
    m_workspaces->add(5, QStringLiteral("routes"), tr("Routes"), tr("Rules, canaries and what the models did"), m_routes,
                      [this] { m_routes->takeFocus(); });
}

void MainWindow::makeCompare()
{
    m_compare = new CompareWorkspace({m_parts.library, m_parts.settings->raw(), m_parts.finals, m_names}, this);
    m_comparing = new CompareController(m_compare, m_parts.library, m_parts.draft, m_finals->pane(), this);
    m_workspaces->add(3, QStringLiteral("compare"), tr("Compare"), tr("Pictures side by side, and which of them is best"), m_compare,
                      [this] { m_compare->takeFocus(); });
    connect(m_compare, &CompareWorkspace::message, m_status, &StatusLine::say);
    connect(m_compare, &CompareWorkspace::messageOver, m_status, &StatusLine::takeBack);
    connect(m_compare, &CompareWorkspace::wanted, this, [this] { m_workspaces->choose(QStringLiteral("compare")); });
}

void MainWindow::makeLibrary()
{
    m_library = new LibraryWorkspace({m_parts.library, m_parts.finals, m_parts.routing, m_parts.settings, m_names}, this);
    auto *controller = new LibraryController({m_library, m_document, m_files, m_feed, m_workspaces}, this);
    m_workspaces->add(4, QStringLiteral("library"), tr("Library"), tr("Every picture ever made here"), m_library, [this] { m_library->takeFocus(); });
    auto *choose = new QAction(themedIcon(QStringLiteral("photo_library")), tr("Choose in the Library"), this);
    choose->setObjectName(QStringLiteral("chooseInLibrary"));
    connect(choose, &QAction::triggered, this, [this] { m_workspaces->choose(QStringLiteral("library")); });
    m_compare->addEmptyAction(choose);
    connect(controller, &LibraryController::message, m_status, &StatusLine::say);
    auto *keeper = new DraftKeeper(m_parts.library, m_design->ring(), m_exporter, m_messages, this);
    connect(keeper, &DraftKeeper::message, m_status, &StatusLine::say);
    connect(m_library, &LibraryWorkspace::compareRequested, m_compare, qOverload<const QList<qint64> &>(&CompareWorkspace::open));
}

void MainWindow::jumpTo(const Issue &issue)
{
    if (m_finals->jumpTo(issue.code) || (m_routes && m_routes->jumpTo(issue.code)))
        return;
    m_workspaces->choose(QStringLiteral("design"));
    m_design->jumpTo(issue);
}

void MainWindow::updateTitle()
{
    const QString state = m_document->isReadOnly() ? tr(" (read-only)") : QString();
    setWindowTitle(QStringLiteral("%1[*]%2 – Galley").arg(m_document->displayName(), state));
    setWindowFilePath(m_document->file());
    setWindowModified(m_document->isModified());
}

void MainWindow::restorePlace()
{
    QSettings *store = m_parts.settings->raw();
    const QSize available = QApplication::primaryScreen()->availableSize();
    resize(firstSize.boundedTo(available - QSize(40, 60)));
    restoreGeometry(store->value(geometryKey).toByteArray());
    if (auto *body = findChild<QSplitter *>(QStringLiteral("body")))
        body->restoreState(store->value(bodyKey).toByteArray());
    m_workspaces->restore();
}

void MainWindow::savePlace()
{
    QSettings *store = m_parts.settings->raw();
    store->setValue(geometryKey, saveGeometry());
    if (const auto *body = findChild<QSplitter *>(QStringLiteral("body")))
        store->setValue(bodyKey, body->saveState());
    m_design->saveState();
    m_finals->saveState();
    m_workspaces->saveState();
    if (m_routes)
        m_routes->saveState();
    if (m_compare)
        m_compare->saveState();
    if (m_library)
        m_library->saveState();
}

void MainWindow::placeImage(const QString &file)
{
    const QString folder = m_document->folder();
    const QString path = folder.isEmpty() ? file : QDir(folder).relativeFilePath(file);
    const QStringList selection = m_document->selection();
    const Token *selected = selection.isEmpty() ? nullptr : m_document->value().findToken(selection.last());
    if (selected && !selected->isTextRole()) {
        m_document->apply(tr("Set image of %1").arg(selected->id),
                          [&](Template &value) { value.findToken(selection.last())->image = path; });
        return;
    }
    QString placed;
    m_document->apply(tr("Add image"), [&](Template &value) {
        Token token;
        token.id = value.freeTokenId(QStringLiteral("image"));
        token.role = Role::Subject;
        token.image = path;
        token.box = {0.25, 0.25, 0.5, 0.5};
        for (const Token &other : std::as_const(value.tokens))
            token.z = qMax(token.z, other.z + 1);
        placed = token.id;
        value.tokens.append(token);
    });
    m_document->setSelection({placed});
}

void MainWindow::toggleIssues()
{
    m_showIssues->toggle();
}

} // namespace Galley
