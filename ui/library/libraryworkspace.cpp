#include "ui/library/libraryworkspace.h"

#include "core/base/async.h"
#include "core/service/finalservice.h"
#include "core/settings/settings.h"
#include "ui/library/detailspanel.h"
#include "ui/library/filterbar.h"
#include "ui/library/judgementform.h"
#include "ui/library/libraryactions.h"
#include "ui/library/librarycare.h"
#include "ui/library/libraryedits.h"
#include "ui/library/librarytext.h"
#include "ui/library/nomatchpage.h"
#include "ui/library/picturegrid.h"
#include "ui/library/pictureshelf.h"
#include "ui/library/quicklook.h"
#include "ui/library/savedsearches.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panelfocus.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QDrag>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <memory>

namespace Galley {

namespace {

const auto sideKey = QStringLiteral("libraryView/side");
const auto partsKey = QStringLiteral("libraryView/parts");
constexpr int valuesDelayMs = 500;
constexpr int mostDetailed = 500;  ///< chosen pictures whose cards are fetched to say what they have in common
constexpr int narrowestPanel = 260;
constexpr int usualPanel = 320;
constexpr int dragSide = 96;

} // namespace

LibraryWorkspace::LibraryWorkspace(const Parts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_shelf(new PictureShelf(parts.library, this))
    , m_bar(new MessageBar(this))
    , m_care(new LibraryCare(this))
    , m_filters(new FilterBar(this))
    , m_saved(new SavedSearches(parts.library, this))
    , m_grid(new PictureGrid(m_shelf, this))
    , m_noMatch(new NoMatchPage(parts.library, this))
    , m_report(new ReportPage(this))
    , m_pages(new QStackedWidget(this))
    , m_details(new DetailsPanel(parts.library, this))
    , m_splitter(new QSplitter(this))
    , m_quickLook(new QuickLook(parts.library, this))
    , m_edits(new LibraryEdits(parts.library, this))
    , m_actions(new LibraryActions({parts.library, parts.routing, parts.finals, parts.settings, m_grid, m_edits, m_care, m_bar, this}, this))
    , m_menu(new QMenu(tr("&Library"), this))
    , m_names(parts.names)
{
    setObjectName(QStringLiteral("libraryWorkspace"));
    makeEmptyPage();
    layOut();
    makeMenu();
    connectParts();
    connectGrid();
    connectCare();
    m_grid->setSide(store()->value(sideKey, GridGeometry::usual).toInt());
    m_filters->setSide(m_grid->side());
    showNames();
    showPage();
}

LibraryWorkspace::~LibraryWorkspace()
{
    m_grid->disconnect(this);
    m_details->judgement()->disconnect(this);
}

QSettings *LibraryWorkspace::store() const
{
    return m_parts.settings->raw();
}

void LibraryWorkspace::makeEmptyPage()
{
    m_empty = new EmptyState(QStringLiteral("photo_library"), tr("Finals and pinned drafts come here by themselves, each with the model that made it. "
                                                                 "Render one in Design: Ctrl+Enter."), this);
    connect(m_empty->addButton(tr("Go to Design")), &QPushButton::clicked, this, &LibraryWorkspace::designWanted);
    m_empty->addAction(m_actions->action("importProject"));
}

void LibraryWorkspace::layOut()
{
    m_pages->insertWidget(GridPage, m_grid);
    m_pages->insertWidget(EmptyPage, m_empty);
    m_pages->insertWidget(NoMatchPlace, m_noMatch);
    m_pages->insertWidget(ReportPlace, m_report);
    m_filters->addWidget(m_saved);
    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filters);
    column->addWidget(m_pages, 1);
    m_splitter->setObjectName(QStringLiteral("libraryParts"));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_details);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({1000, usualPanel});
    m_details->setMinimumWidth(narrowestPanel);
    m_splitter->restoreState(store()->value(partsKey).toByteArray());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_care);
    layout->addWidget(m_splitter, 1);
    m_panels = {m_filters, m_grid, m_details};
}

void LibraryWorkspace::makeMenu()
{
    m_undo = m_edits->undoStack()->createUndoAction(this, tr("Undo"));
    m_undo->setObjectName(QStringLiteral("libraryUndo"));
    m_undo->setIcon(themedIcon(QStringLiteral("undo")));
    m_undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    m_redo = m_edits->undoStack()->createRedoAction(this, tr("Redo"));
    m_redo->setObjectName(QStringLiteral("libraryRedo"));
    m_redo->setIcon(themedIcon(QStringLiteral("redo")));
    m_redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    m_search = new QAction(themedIcon(QStringLiteral("search")), tr("Search the Library"), this);
    m_search->setObjectName(QStringLiteral("searchLibrary"));
    m_search->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F));
    connect(m_search, &QAction::triggered, this, [this] {
        m_quickLook->hide();
        m_filters->edit(ActiveFilter::Kind::Text);
    });
    m_menu->setToolTipsVisible(true);
    m_menu->addActions({m_undo, m_redo});
    m_menu->addSeparator();
    m_menu->addAction(m_search);
    m_menu->addSeparator();
    m_actions->fillMenu(m_menu);
}

void LibraryWorkspace::connectParts()
{
    connect(m_filters, &FilterBar::queryEdited, this, [this](const LibraryQuery &query) { showQuery(query); });
    connect(m_filters, &FilterBar::sideEdited, m_grid, &PictureGrid::setSide);
    connect(m_filters, &FilterBar::newcomersWanted, m_shelf, &PictureShelf::take);
    connect(m_saved, &SavedSearches::queryChosen, this, [this](const LibraryQuery &query) { showQuery(query); });
    connect(m_saved, &SavedSearches::message, this, &LibraryWorkspace::message);
    connect(m_saved, &SavedSearches::failed, this, [this](const QString &sentence) { m_bar->showMessage(MessageBar::Kind::Error, sentence); });
    connect(m_noMatch, &NoMatchPage::queryWanted, this, [this](const LibraryQuery &query) { showQuery(query); });
    connect(m_actions, &LibraryActions::queryWanted, this, [this](const LibraryQuery &query) { showQuery(query); });
    connect(m_actions, &LibraryActions::message, this, &LibraryWorkspace::message);
    // Whatever leads elsewhere closes the picture that lies over all of it.
    for (const auto leads : {&LibraryActions::tagsWanted, &LibraryActions::noteWanted})
        connect(m_actions, leads, m_quickLook, &QWidget::hide);
    connect(m_actions, &LibraryActions::compareRequested, this, [this](const QList<qint64> &ids) {
        m_quickLook->hide();
        Q_EMIT compareRequested(ids);
    });
    connect(m_actions, &LibraryActions::requestWanted, this, &LibraryWorkspace::requestWanted);
    connect(m_actions, &LibraryActions::tagsWanted, m_details->judgement(), &JudgementForm::editTags);
    connect(m_actions, &LibraryActions::noteWanted, m_details->judgement(), &JudgementForm::editNote);
    connect(m_details, &DetailsPanel::message, this, &LibraryWorkspace::message);
    connect(m_details, &DetailsPanel::recordShown, m_actions, &LibraryActions::setRecord);
    connect(m_details, &DetailsPanel::renderAnewWanted, m_actions->action("renderAnew"), &QAction::trigger);
    connect(m_details->judgement(), &JudgementForm::edited, m_actions, &LibraryActions::judge);
    connect(m_edits, &LibraryEdits::edited, this, [this](const QString &text, const JudgementChange &change) {
        m_shelf->refresh(true);
        if (change.edit.deleted && !text.isEmpty())
            Q_EMIT message(tr("%1: done. Ctrl+Z takes it back.").arg(text));
    });
    connect(m_parts.library, &LibraryService::changed, this, [this] {
        if (m_hasBegun && isVisible() && !m_valuesTimer.isActive())
            m_valuesTimer.start();
    });
    m_valuesTimer.setSingleShot(true);
    m_valuesTimer.setInterval(valuesDelayMs);
    connect(&m_valuesTimer, &QTimer::timeout, this, &LibraryWorkspace::loadValues);
    if (m_parts.finals)
        connect(m_parts.finals, &FinalService::catalogueChanged, this, &LibraryWorkspace::showNames);
}

void LibraryWorkspace::connectGrid()
{
    m_detailsTimer.setSingleShot(true);
    m_detailsTimer.setInterval(0);
    connect(&m_detailsTimer, &QTimer::timeout, this, &LibraryWorkspace::showDetails);
    const auto later = [this] {
        if (!m_detailsTimer.isActive())
            m_detailsTimer.start();
    };
    connect(m_shelf, &PictureShelf::reset, this, [this, later] {
        const qsizetype index = m_wanted == 0 ? -1 : m_shelf->ids().indexOf(m_wanted);
        if (index >= 0 || m_shelf->isWhole())
            m_wanted = 0;
        if (index >= 0)
            m_grid->setCurrentIndex(int(index));
        showPage();
        showCounts();
        later();
    });
    connect(m_shelf, &PictureShelf::problemChanged, this, &LibraryWorkspace::showPage);
    connect(m_shelf, &PictureShelf::waitingChanged, this, &LibraryWorkspace::showCounts);
    connect(m_shelf, &PictureShelf::cardsChanged, this, later);
    connect(m_grid, &PictureGrid::selectionChanged, this, [this, later] {
        showCounts();
        later();
    });
    connect(m_grid, &PictureGrid::currentChanged, this, [this] {
        if (m_quickLook->isVisible())
            look(false);
    });
    connect(m_grid, &PictureGrid::opened, this, [this] {
        if (m_grid->selectedCount() == 0)
            m_grid->setCurrentIndex(m_grid->currentIndex());
        m_actions->action("openInCompare")->trigger();
    });
    connect(m_grid, &PictureGrid::quickLookWanted, this, [this] { look(true); });
    connect(m_grid, &PictureGrid::dragWanted, this, &LibraryWorkspace::drag);
    connect(m_grid, &PictureGrid::sideChanged, m_filters, &FilterBar::setSide);
    connect(m_grid, &PictureGrid::menuWanted, this, [this](const QPoint &position) {
        auto *menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        m_actions->fillPictureMenu(menu);
        menu->popup(position);
    });
    connect(m_quickLook, &QuickLook::stepWanted, m_grid, &PictureGrid::step);
    connect(m_quickLook, &QuickLook::closed, this, [this] { m_grid->setFocus(Qt::OtherFocusReason); });
    m_quickLook->installEventFilter(this);
}

void LibraryWorkspace::connectCare()
{
    connect(m_care, &LibraryCare::finished, this, [this](const QString &title, const LibraryReport &report) {
        m_isReporting = true;
        m_report->showReport(title, report, m_verified);
        showPage();
        m_valuesTimer.start();
        m_shelf->refresh(true);
    });
    connect(m_care, &LibraryCare::failed, this, [this](const QString &sentence) { m_bar->showMessage(MessageBar::Kind::Error, sentence); });
    connect(m_care, &LibraryCare::cancelled, this, [this](const QString &title) { Q_EMIT message(tr("%1: cancelled.").arg(title)); });
    connect(m_actions->action("verifyLibrary"), &QAction::triggered, this, [this] { m_verified = true; });
    for (const char *name : {"repairLibrary", "exportProject", "importProject"})
        connect(m_actions->action(name), &QAction::triggered, this, [this] { m_verified = false; });
    connect(m_report, &ReportPage::repairWanted, this, [this] {
        leaveReport();
        m_actions->action("repairLibrary")->trigger();
    });
    connect(m_report, &ReportPage::left, this, &LibraryWorkspace::leaveReport);
    connect(m_report, &ReportPage::pictureWanted, this, [this](qint64 id) {
        leaveReport();
        showQuery({}, id);
    });
}

QList<QAction *> LibraryWorkspace::ownActions() const
{
    return m_actions->all() + QList<QAction *>{m_undo, m_redo, m_search, m_menu->menuAction()};
}

void LibraryWorkspace::takeFocus()
{
    if (m_pages->currentIndex() == GridPage)
        m_grid->setFocus(Qt::ShortcutFocusReason);
    else
        m_filters->searchField()->setFocus(Qt::ShortcutFocusReason);
}

void LibraryWorkspace::focusNextPanel(bool forward)
{
    Galley::focusNextPanel(m_panels, forward);
}

void LibraryWorkspace::saveState()
{
    m_details->judgement()->finish();
    store()->setValue(sideKey, m_grid->side());
    store()->setValue(partsKey, m_splitter->saveState());
}

void LibraryWorkspace::showQuery(const LibraryQuery &query, qint64 picture)
{
    m_wanted = picture;
    m_hasBegun = true;
    m_filters->setQuery(query);
    m_saved->setQuery(query);
    m_actions->setQuery(query);
    m_shelf->setQuery(query);
}

void LibraryWorkspace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    begin();
}

void LibraryWorkspace::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_quickLook->hide();  // it lets its picture go when it is not seen, and would come back without
}

void LibraryWorkspace::begin()
{
    const QString readOnly = m_parts.library->readOnlySentence();
    m_details->judgement()->setReadOnly(readOnly);
    if (!readOnly.isEmpty())
        m_bar->showMessage(MessageBar::Kind::Info, readOnly);
    if (!m_hasBegun)
        showQuery(m_filters->query());
    m_saved->load();
    loadValues();
}

void LibraryWorkspace::loadValues()
{
    onFinished(m_parts.library->values(), this, [this](const QFuture<Result<LibraryValues>> &future) {
        if (future.resultCount() == 0 || !future.result())
            return;
        m_values = *future.result();
        m_filters->setValues(m_values);
        m_actions->setValues(m_values);
        QStringList tags;
        for (const LibraryValue &tag : std::as_const(m_values.tags))
            tags << tag.value;
        m_details->judgement()->setKnownTags(tags);
        showNames();
        showPage();
    });
}

void LibraryWorkspace::showNames()
{
    if (m_parts.finals)
        m_names.setCatalogue(m_parts.finals->catalogue());
    QStringList others;
    for (const LibraryValue &model : std::as_const(m_values.models))
        others << model.value;
    others.sort();
    m_names.use(others);
    m_grid->setNames(m_names);
    m_filters->setNames(m_names);
    m_details->setNames(m_names);
}

void LibraryWorkspace::showPage()
{
    Page page = GridPage;
    if (m_isReporting) {
        page = ReportPlace;
    } else if (!m_shelf->problem().isEmpty()) {
        m_bar->showMessage(MessageBar::Kind::Error, m_shelf->problem());
    } else if (m_shelf->hasAnswer() && m_shelf->count() == 0) {
        const QList<ActiveFilter> filters = activeFilters(m_shelf->query(), m_values, m_names);
        page = filters.isEmpty() ? EmptyPage : NoMatchPlace;
        if (page == NoMatchPlace)
            m_noMatch->setQuery(m_shelf->query(), filters);
    }
    m_pages->setCurrentIndex(page);
    m_details->setVisible(page == GridPage || page == NoMatchPlace);
}

void LibraryWorkspace::leaveReport()
{
    m_isReporting = false;
    showPage();
    takeFocus();
}

void LibraryWorkspace::showCounts()
{
    if (!m_shelf->isWhole())
        return;  // the number of before stays for the moment that it takes
    m_filters->setCounts(m_shelf->count(), m_grid->selectedCount(), m_shelf->waiting());
}

void LibraryWorkspace::showDetails()
{
    const QList<qint64> ids = m_grid->selected();
    const QList<LibraryCard> cards = m_shelf->cards(ids.mid(0, mostDetailed));
    m_details->showPictures(ids, cards, ids.isEmpty() ? QPixmap() : m_shelf->thumbnail(ids.first()));
    if (cards.size() < std::min<qsizetype>(ids.size(), mostDetailed))
        fetchDetails(ids);
}

void LibraryWorkspace::fetchDetails(const QList<qint64> &ids)
{
    onFinished(m_parts.library->cards(ids.mid(0, mostDetailed)), this, [this, ids](const QFuture<Result<QList<LibraryCard>>> &future) {
        if (future.resultCount() > 0 && future.result() && m_grid->selected() == ids)
            m_details->showPictures(ids, *future.result(), ids.size() == 1 ? m_shelf->thumbnail(ids.first()) : QPixmap());
    });
}

void LibraryWorkspace::look(bool open)
{
    const qint64 id = m_grid->current();
    if (id == 0)
        return;
    const LibraryCard *card = m_shelf->card(id);
    const QString title = card ? cardText(*card, m_names) : QString();
    if (open)
        m_quickLook->open(id, m_shelf->thumbnail(id), title);
    else
        m_quickLook->showPicture(id, m_shelf->thumbnail(id), title);
}

/// The keys of judging work on what is looked at, as in the grid.
bool LibraryWorkspace::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_quickLook && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const QKeySequence pressed(int(key->modifiers()) | key->key());
        for (QAction *action : m_actions->all()) {
            if (action->objectName() != QLatin1String("quickLook") && action->isEnabled() && action->shortcut() == pressed) {
                action->trigger();
                return true;
            }
        }
    }
    return QWidget::eventFilter(watched, event);
}

void LibraryWorkspace::drag()
{
    QMimeData *files = m_actions->files();
    if (!files)
        return;
    auto *dragged = new QDrag(m_grid);
    dragged->setMimeData(files);
    const QPixmap thumbnail = m_shelf->thumbnail(m_grid->current());
    if (!thumbnail.isNull()) {
        QPixmap small = thumbnail.scaled(QSize(dragSide, dragSide) * devicePixelRatioF(), Qt::KeepAspectRatio, Qt::SmoothTransformation);
        small.setDevicePixelRatio(devicePixelRatioF());
        dragged->setPixmap(small);
    }
    dragged->exec(Qt::CopyAction);  // a copy, whatever is pressed: an original that is moved away would be a lost picture
}

} // namespace Galley
