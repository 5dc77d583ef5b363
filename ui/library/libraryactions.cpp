#include "ui/library/libraryactions.h"

#include "core/base/async.h"
#include "core/service/routingservice.h"
#include "core/settings/settings.h"
#include "ui/library/librarycare.h"
#include "ui/library/libraryedits.h"
#include "ui/library/librarytext.h"
#include "ui/library/picturegrid.h"
#include "ui/library/picturesaver.h"
#include "ui/library/pictureshelf.h"
#include "ui/queue/jobtext.h"
#include "ui/widgets/filemanager.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

namespace Galley {

namespace {

constexpr int mostCompared = 9;
constexpr int mostRevealed = 50;
const auto withdrawn = QStringLiteral("withdrawn");
const auto bundleEnding = QStringLiteral("galley-project");

QString editText(const JudgementEdit &edit, int pictures)
{
    if (edit.deleted)
        return *edit.deleted ? LibraryActions::tr("Throw %n pictures into the bin", nullptr, pictures)
                             : LibraryActions::tr("Take %n pictures out of the bin", nullptr, pictures);
    if (edit.rating)
        return LibraryActions::tr("Rate %n pictures", nullptr, pictures);
    if (edit.pick)
        return *edit.pick == PickState::Picked ? LibraryActions::tr("Pick %n pictures", nullptr, pictures)
               : *edit.pick == PickState::Rejected ? LibraryActions::tr("Reject %n pictures", nullptr, pictures)
                                                   : LibraryActions::tr("Leave %n pictures undecided", nullptr, pictures);
    if (edit.note)
        return LibraryActions::tr("Change the note of %n pictures", nullptr, pictures);
    return LibraryActions::tr("Change the tags of %n pictures", nullptr, pictures);
}

} // namespace

LibraryActions::LibraryActions(const Parts &parts, QObject *parent)
    : QObject(parent)
    , m_parts(parts)
    , m_saver(new PictureSaver(parts.library, parts.settings, parts.place))
{
    makeJudging();
    makeFiles();
    makeSaving();
    makeMadeBy();
    makeWhole();
    connect(parts.grid, &PictureGrid::selectionChanged, this, &LibraryActions::update);
    connect(parts.grid->shelf(), &PictureShelf::cardsChanged, this, &LibraryActions::update);
    connect(parts.grid->shelf(), &PictureShelf::reset, this, &LibraryActions::update);
    connect(parts.library, &LibraryService::changed, this, [this] { m_fetchedIds.clear(); });
    connect(parts.care, &LibraryCare::busyChanged, this, &LibraryActions::update);
    connect(parts.edits, &LibraryEdits::failed, this,
            [this](const QString &sentence) { m_parts.bar->showMessage(MessageBar::Kind::Error, sentence); });
    update();
}

QAction *LibraryActions::add(const char *name, const QString &icon, const QString &text, const QKeySequence &shortcut, std::function<void()> run)
{
    auto *action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    action->setShortcut(shortcut);
    // A plain digit belongs to the grid, and to fields elsewhere; the others work wherever the focus is.
    const bool isPlain = !shortcut.isEmpty() && !(shortcut[0].keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (isPlain)
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setProperty("tip", text);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    (isPlain ? static_cast<QWidget *>(m_parts.grid) : m_parts.place)->addAction(action);
    m_actions.append(action);
    return action;
}

QAction *LibraryActions::action(const char *name) const
{
    for (QAction *each : m_actions) {
        if (each->objectName() == QLatin1String(name))
            return each;
    }
    return nullptr;
}

QList<QAction *> LibraryActions::all() const
{
    return m_actions;
}

void LibraryActions::makeJudging()
{
    for (int stars = 0; stars <= 5; ++stars) {
        const std::optional<int> rating = stars > 0 ? std::optional<int>(stars) : std::optional<int>();
        add(qPrintable(QStringLiteral("rate%1").arg(stars)), stars == 0 ? QStringLiteral("star_border") : QStringLiteral("star"), starsText(stars),
            QKeySequence(Qt::Key(Qt::Key_0 + stars)), [this, rating] { judge(m_parts.grid->selected(), {.rating = rating}); });
    }
    add("pick", pickIcon(PickState::Picked), tr("Pick"), QKeySequence(Qt::Key_P), [this] { judge(m_parts.grid->selected(), {.pick = PickState::Picked}); });
    add("reject", pickIcon(PickState::Rejected), tr("Reject"), QKeySequence(Qt::Key_X),
        [this] { judge(m_parts.grid->selected(), {.pick = PickState::Rejected}); });
    add("undecide", pickIcon(PickState::None), tr("Leave Undecided"), QKeySequence(Qt::Key_U),
        [this] { judge(m_parts.grid->selected(), {.pick = PickState::None}); });
    add("tagPictures", QStringLiteral("sell"), tr("Tags …"), QKeySequence(Qt::Key_T), [this] { Q_EMIT tagsWanted(); });
    add("notePictures", QStringLiteral("notes"), tr("Note …"), QKeySequence(Qt::Key_N), [this] { Q_EMIT noteWanted(); });
    add("toBin", QStringLiteral("delete"), tr("Throw into the Bin"), QKeySequence(Qt::Key_Delete),
        [this] { judge(m_parts.grid->selected(), {.deleted = true}); });
    add("outOfBin", QStringLiteral("restore_from_trash"), tr("Take Out of the Bin"), QKeySequence(Qt::SHIFT | Qt::Key_Delete),
        [this] { judge(m_parts.grid->selected(), {.deleted = false}); });
}

void LibraryActions::makeFiles()
{
    add("openInCompare", QStringLiteral("compare"), tr("Compare"), QKeySequence(Qt::Key_C), [this] {
        const QList<qint64> ids = m_parts.grid->selected();
        if (ids.size() > mostCompared)
            Q_EMIT message(tr("%1 pictures can be compared at a time: the first ones are shown.").arg(mostCompared));
        Q_EMIT compareRequested(ids.mid(0, mostCompared));
    });
    add("quickLook", QStringLiteral("visibility"), tr("Quick Look"), QKeySequence(Qt::Key_Space), [this] { Q_EMIT m_parts.grid->quickLookWanted(); });
    add("copyFiles", QStringLiteral("content_copy"), tr("Copy the File"), QKeySequence(Qt::CTRL | Qt::Key_C), [this] { copy(); });
    add("revealFiles", QStringLiteral("folder_open"), tr("Show in the File Manager"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R), [this] { reveal(); });
    add("useRequest", QStringLiteral("replay"), tr("Use Its Template and Seed Again"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U), [this] { useRequest(); });
    add("chooseAll", QStringLiteral("select_all"), tr("Choose All"), QKeySequence(Qt::CTRL | Qt::Key_A), [this] { m_parts.grid->selectAll(); });
}

void LibraryActions::makeSaving()
{
    add("savePictures", QStringLiteral("save"), tr("Save As …"), QKeySequence(Qt::Key_S), [this] { savePictures(false); });
    add("saveAsMade", QStringLiteral("file_download"), tr("Save the Model's Own Picture As …"), {}, [this] { savePictures(true); });
    makeSavingSwitches();
    connect(m_saver, &PictureSaver::progress, this, [this](int done, int of) {
        if (of < 2)
            return;
        m_parts.bar->showMessage(MessageBar::Kind::Info, tr("Saving picture %1 of %2 …").arg(done + 1).arg(of));
        m_parts.bar->addButton(tr("Cancel"), [this] { m_saver->cancel(); });
    });
    connect(m_saver, &PictureSaver::failed, this, [this](const QString &sentence) { m_parts.bar->showMessage(MessageBar::Kind::Error, sentence); });
    connect(m_saver, &PictureSaver::finished, this, [this](const QStringList &files, const QStringList &notices) {
        const QString saved = files.size() == 1 ? tr("Saved %1.").arg(QDir::toNativeSeparators(files.first())) : tr("Saved %n pictures.", nullptr, int(files.size()));
        m_parts.bar->showMessage(notices.isEmpty() ? MessageBar::Kind::Done : MessageBar::Kind::Warning, (QStringList{saved} + notices).join(u' '));
        m_parts.bar->addButton(tr("Show in the File Manager"), [this, files] {
            showInFileManager(files, this, [this](const QString &sentence) { m_parts.bar->showMessage(MessageBar::Kind::Error, sentence); });
        });
    });
}

/// What saved files say of themselves. Parameters are part of the provenance: without it there are none.
void LibraryActions::makeSavingSwitches()
{
    const auto makeSwitch = [this](const char *name, const QString &text, Setting<bool> *setting) {
        QAction *made = add(name, {}, text, {}, [] {});
        made->setCheckable(true);
        made->setChecked(setting->value());
        made->setToolTip(setting->help());
        connect(made, &QAction::toggled, this, [setting](bool on) { setting->set(on); });
        return made;
    };
    QAction *metadata = makeSwitch("saveMetadata", tr("Write Provenance into Saved Files"), &m_parts.settings->libraryMetadata);
    QAction *parameters = makeSwitch("saveParameters", tr("Also Write Parameters for Other Tools"), &m_parts.settings->libraryA1111);
    const auto follow = [this, parameters](bool isOn) {
        parameters->setEnabled(isOn);
        parameters->setToolTip(isOn ? m_parts.settings->libraryA1111.help() : tr("Parameters are part of the provenance, and that is switched off."));
    };
    connect(metadata, &QAction::toggled, this, follow);
    follow(metadata->isChecked());
}

void LibraryActions::makeMadeBy()
{
    add("showModel", QStringLiteral("filter_list"), tr("Show All Made by This Model"), {}, [this] { showAllOfModel(false); });
    add("showRevision", QStringLiteral("filter_list"), tr("Show All Made by This Revision of the Model"), {}, [this] { showAllOfModel(true); });
    add("markWithdrawn", QStringLiteral("report_problem"), tr("Mark as Withdrawn …"), {}, [this] { askToMark(true); });
    add("unmark", QStringLiteral("check"), tr("Take the Mark Away …"), {}, [this] { askToMark(false); });
    add("renderAgain", QStringLiteral("autorenew"), tr("Render Again by the Rules in Force …"), {}, [this] { askToRenderAgain(); });
    QAction *anew = add("renderAnew", QStringLiteral("autorenew"), tr("Render Anew …"), {}, [this] { askToRenderAnew(); });
    anew->setProperty("tip", tr("Send the same request again instead of taking it from the cache. The price comes first."));
}

void LibraryActions::makeWhole()
{
    QAction *bin = add("showBin", QStringLiteral("delete"), tr("Show What Is in the Bin"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B), [this] {
        LibraryQuery query = m_query;
        query.bin = !query.bin;
        Q_EMIT queryWanted(query);
    });
    bin->setCheckable(true);
    add("emptyBin", QStringLiteral("delete_forever"), tr("Empty the Bin …"), {}, [this] { askToEmptyBin(); });
    add("verifyLibrary", QStringLiteral("verified"), tr("Verify Every Picture"), {}, [this] { verify(); });
    add("repairLibrary", QStringLiteral("build"), tr("Repair the Library …"), {}, [this] {
        ask(tr("Repair the library? Damaged pictures are marked, files that nobody names come into the bin, and thumbnails and the search index are made anew. "
               "No picture is deleted."),
            tr("Repair"), [this] { repair(); });
    });
    add("exportProject", QStringLiteral("archive"), tr("Export as One File …"), {}, [this] { exportProject(); });
    add("importProject", QStringLiteral("unarchive"), tr("Import …"), {}, [this] { importFile(); });
}

void LibraryActions::fillPictureMenu(QMenu *menu)
{
    const auto put = [this, menu](std::initializer_list<const char *> names) {
        for (const char *name : names)
            menu->addAction(action(name));
        menu->addSeparator();
    };
    menu->setToolTipsVisible(true);
    put({"openInCompare", "quickLook"});
    QMenu *stars = menu->addMenu(themedIcon(QStringLiteral("star")), tr("Stars"));
    for (const char *name : {"rate1", "rate2", "rate3", "rate4", "rate5", "rate0"})
        stars->addAction(action(name));
    put({"pick", "reject", "undecide", "tagPictures", "notePictures"});
    QMenu *madeBy = menu->addMenu(themedIcon(QStringLiteral("memory")), tr("Made by This Model"));
    madeBy->setToolTipsVisible(true);
    for (const char *name : {"showModel", "showRevision", "markWithdrawn", "unmark", "renderAgain", "renderAnew"})
        madeBy->addAction(action(name));
    put({"useRequest"});
    put({"savePictures", "saveAsMade", "copyFiles", "revealFiles"});
    put({"toBin", "outOfBin"});
}

void LibraryActions::fillMenu(QMenu *menu)
{
    fillPictureMenu(menu);
    menu->addActions({action("saveMetadata"), action("saveParameters")});
    menu->addAction(action("chooseAll"));
    menu->addAction(action("showBin"));
    menu->addAction(action("emptyBin"));
    menu->addSeparator();
    for (const char *name : {"exportProject", "importProject", "verifyLibrary", "repairLibrary"})
        menu->addAction(action(name));
}

void LibraryActions::setQuery(const LibraryQuery &query)
{
    m_query = query;
    update();
}

void LibraryActions::setValues(const LibraryValues &values)
{
    m_values = values;
    update();
}

void LibraryActions::setRecord(const AssetRecord &record)
{
    const bool isCached = isFromCache(record) && record.job > 0;
    m_cached = isCached ? record.id : 0;
    m_cachedJob = isCached ? record.job : 0;
    update();
}

void LibraryActions::disable(const char *name, const QString &why)
{
    QAction *one = action(name);
    one->setEnabled(why.isEmpty());
    one->setToolTip(why.isEmpty() ? one->property("tip").toString() : why);
}

void LibraryActions::update()
{
    const QString none = m_parts.grid->selectedCount() > 0 ? QString() : tr("Choose a picture first.");
    const QString readOnly = m_parts.library->readOnlySentence();
    const QString noEdit = readOnly.isEmpty() ? none : readOnly;
    for (const char *name : {"rate0", "rate1", "rate2", "rate3", "rate4", "rate5", "pick", "reject", "undecide", "tagPictures", "notePictures", "markWithdrawn", "unmark"})
        disable(name, noEdit);
    disable("toBin", m_query.bin ? tr("It is in the bin already.") : noEdit);
    disable("outOfBin", m_query.bin ? noEdit : tr("Only what is in the bin can be taken out of it."));
    for (const char *name : {"openInCompare", "quickLook", "copyFiles", "revealFiles", "savePictures", "saveAsMade"})
        disable(name, none);
    const LibraryCard *card = currentCard();
    const QString noCard = card ? QString() : tr("Choose a picture first.");
    disable("showModel", noCard);
    disable("showRevision", card && card->revision.isEmpty() ? tr("The revision of its model is not known.") : noCard);
    disable("useRequest", card && card->job == 0 ? tr("It was not made by a job of the queue, so that nobody knows its request.") : noCard);
    disable("renderAgain", m_parts.routing ? none : tr("There are no rules here to render by."));
    disable("renderAnew", m_cached == 0 ? tr("Only what came out of the cache of renders can be rendered anew.")
                          : m_parts.finals ? QString() : tr("There are no services here to render by."));
    action("showBin")->setChecked(m_query.bin);
    disable("emptyBin", m_values.inBin == 0 ? tr("The bin is empty.") : readOnly);
    const QString busy = m_parts.care->isBusy() ? tr("Wait until the work on the library is done, or cancel it.") : QString();
    disable("verifyLibrary", busy);
    disable("exportProject", busy);
    for (const char *name : {"repairLibrary", "importProject"})
        disable(name, readOnly.isEmpty() ? busy : readOnly);
}

/// Of all that are chosen; nothing while some of them are not known, since what was never on screen is not.
std::optional<QList<LibraryCard>> LibraryActions::knownCards() const
{
    const QList<qint64> ids = m_parts.grid->selected();
    QList<LibraryCard> cards = m_parts.grid->shelf()->cards(ids);
    if (cards.size() == ids.size())
        return cards;
    return ids == m_fetchedIds ? std::optional(m_fetched) : std::nullopt;
}

/// Calls \a then with all of them that are still there: at once where they are at hand.
void LibraryActions::withCards(const QList<qint64> &ids, std::function<void(const QList<LibraryCard> &)> then)
{
    const QList<LibraryCard> cards = m_parts.grid->shelf()->cards(ids);
    if (cards.size() == ids.size())
        return then(cards);
    onFinished(m_parts.library->cards(ids), this, [this, then = std::move(then)](const QFuture<Result<QList<LibraryCard>>> &future) {
        if (future.resultCount() == 0)
            return;
        const Result<QList<LibraryCard>> found = future.result();
        if (found)
            then(*found);
        else
            say(found.error());
    });
}

const LibraryCard *LibraryActions::currentCard() const
{
    return m_parts.grid->selectedCount() > 0 ? m_parts.grid->shelf()->card(m_parts.grid->current()) : nullptr;
}

void LibraryActions::judge(const QList<qint64> &ids, const JudgementEdit &edit)
{
    m_parts.edits->edit(editText(edit, int(ids.size())), ids, edit);
}

void LibraryActions::ask(const QString &sentence, const QString &answer, std::function<void()> then)
{
    m_parts.bar->showMessage(MessageBar::Kind::Warning, sentence);
    m_parts.bar->addButton(answer, std::move(then))->setFocus(Qt::OtherFocusReason);
    m_parts.bar->addButton(tr("Leave It"), [this] { m_parts.grid->setFocus(Qt::OtherFocusReason); });
}

void LibraryActions::say(const Error &error)
{
    m_parts.bar->showMessage(MessageBar::Kind::Error, error.message);
}

void LibraryActions::showAllOfModel(bool ofRevision)
{
    const LibraryCard *card = currentCard();
    if (!card)
        return;
    LibraryQuery query;
    query.sort = m_query.sort == LibraryQuery::Sort::Relevance ? LibraryQuery::Sort::Created : m_query.sort;
    query.ascending = m_query.ascending;
    query.sortScore = m_query.sortScore;
    query.models = {card->model()};
    if (ofRevision)
        query.revisions = {card->revision};
    Q_EMIT queryWanted(query);
}

void LibraryActions::askToMark(bool marked)
{
    const QList<qint64> ids = m_parts.grid->selected();
    const int count = int(ids.size());
    if (marked)
        ask(tr("Mark %n pictures as withdrawn? They stay in the library, with the word on them.", nullptr, count), tr("Mark"),
            [this, ids] { mark(ids, withdrawn); });
    else
        ask(tr("Take the mark of %n pictures away?", nullptr, count), tr("Take It Away"), [this, ids] { mark(ids, {}); });
}

void LibraryActions::mark(const QList<qint64> &ids, const QString &mark)
{
    onFinished(m_parts.library->setMark(ids, mark), this, [this, count = int(ids.size())](const QFuture<Result<void>> &future) {
        const Result<void> done = future.result();
        if (done)
            Q_EMIT message(tr("%n pictures are changed.", nullptr, count));
        else
            say(done.error());
    });
}

void LibraryActions::askToRenderAgain()
{
    const QList<qint64> ids = m_parts.grid->selected();
    ask(tr("Render %n pictures again by the rules in force? They are queued in the batch lane and paid for where their model costs money; what the library has "
           "already costs nothing.", nullptr, int(ids.size())),
        tr("Render Again"), [this, ids] {
            onFinished(m_parts.routing->renderAgain(ids), this, [this](const QFuture<Result<RenderAgainReport>> &future) {
                const Result<RenderAgainReport> done = future.result();
                if (!done)
                    return say(done.error());
                // Why some were left is for those who wonder; the sentence counts them.
                m_parts.bar->showMessage(done->left.isEmpty() ? MessageBar::Kind::Done : MessageBar::Kind::Warning, done->sentence);
                m_parts.bar->setToolTip(QStringList(done->left.values()).join(u'\n'));
            });
        });
}

/// The price first, as for any final.
void LibraryActions::askToRenderAnew()
{
    if (!m_parts.finals || m_cached == 0)
        return;
    onFinished(m_parts.library->request(m_cached), this, [this, job = m_cachedJob](const QFuture<Result<RenderRequest>> &future) {
        Result<RenderRequest> request = future.resultCount() > 0 ? future.result() : fail(ErrorCode::Cancelled, tr("The library is closing."));
        if (!request)
            return say(request.error());
        request->anew = true;
        const AnewOffer offer = anewOffer(m_parts.finals->quote(*request));
        if (offer.isPossible)
            ask(offer.sentence, tr("Render Anew · %1").arg(offer.price), [this, job] { renderAnew(job); });
        else
            m_parts.bar->showMessage(MessageBar::Kind::Error, offer.sentence);
    });
}

void LibraryActions::renderAnew(qint64 job)
{
    onFinished(m_parts.finals->renderAnew(job), this, [this](const QFuture<Result<qint64>> &future) {
        const Result<qint64> id = future.resultCount() > 0 ? future.result() : fail(ErrorCode::Cancelled, tr("Galley is closing."));
        if (id)
            Q_EMIT message(tr("It is queued; the new picture appears here when it is done."));
        else
            say(id.error());
    });
}

void LibraryActions::useRequest()
{
    onFinished(m_parts.library->request(m_parts.grid->current()), this, [this](const QFuture<Result<RenderRequest>> &future) {
        const Result<RenderRequest> request = future.result();
        if (request)
            Q_EMIT requestWanted(*request);
        else
            say(request.error());
    });
}

void LibraryActions::savePictures(bool asMade)
{
    withCards(m_parts.grid->selected(), [this, asMade](const QList<LibraryCard> &cards) { m_saver->ask(cards, asMade); });
}

QMimeData *LibraryActions::files()
{
    if (const auto cards = knownCards())
        return filesOf(*cards);
    const QList<qint64> ids = m_parts.grid->selected();
    withCards(ids, [this, ids](const QList<LibraryCard> &cards) {
        m_fetchedIds = ids;
        m_fetched = cards;
        Q_EMIT message(tr("The files of all %n chosen pictures are at hand now: drag them once more.", nullptr, int(cards.size())));
    });
    return nullptr;
}

QMimeData *LibraryActions::filesOf(const QList<LibraryCard> &cards) const
{
    QList<QUrl> addresses;
    for (const LibraryCard &card : cards) {
        if (!card.isDamaged)
            addresses << QUrl::fromLocalFile(m_parts.library->originalFile(card));
    }
    if (addresses.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setUrls(addresses);
    return data;
}

void LibraryActions::copy()
{
    withCards(m_parts.grid->selected(), [this](const QList<LibraryCard> &cards) {
        QMimeData *data = filesOf(cards);
        if (!data)
            return;
        const int count = int(data->urls().size());
        QApplication::clipboard()->setMimeData(data);
        Q_EMIT message(tr("%n files are on the clipboard.", nullptr, count));
    });
}

void LibraryActions::reveal()
{
    const QList<qint64> ids = m_parts.grid->selected();
    if (ids.size() > mostRevealed)
        Q_EMIT message(tr("%1 files can be shown at a time: those of the first pictures are.").arg(mostRevealed));
    withCards(ids.mid(0, mostRevealed), [this](const QList<LibraryCard> &cards) {
        QStringList files;
        for (const LibraryCard &card : cards)
            files << m_parts.library->originalFile(card);
        showInFileManager(files, this, [this](const QString &sentence) { m_parts.bar->showMessage(MessageBar::Kind::Error, sentence); });
    });
}

void LibraryActions::askToEmptyBin()
{
    ask(tr("Delete %n pictures in the bin for good, with their files? This cannot be taken back.", nullptr, m_values.inBin), tr("Delete for Good"), [this] {
        onFinished(m_parts.library->emptyBin(), this, [this](const QFuture<Result<int>> &future) {
            const Result<int> gone = future.result();
            if (!gone)
                return say(gone.error());
            // What is gone cannot be put back by an older step.
            m_parts.edits->undoStack()->clear();
            Q_EMIT message(tr("%n pictures are deleted.", nullptr, *gone));
        });
    });
}

void LibraryActions::verify()
{
    m_parts.care->start(tr("Verifying every picture"), m_parts.library->verify());
}

void LibraryActions::repair()
{
    m_parts.care->start(tr("Repairing the library"), m_parts.library->repair());
}

void LibraryActions::exportProject()
{
    const LibraryCard *card = currentCard();
    const QString project = m_query.projects.size() == 1 ? m_query.projects.first() : card ? card->project : QString();
    const QString name = project.isEmpty() ? tr("library") : project;
    auto *dialog = new QFileDialog(m_parts.place, project.isEmpty() ? tr("Export the Whole Library") : tr("Export the Project “%1”").arg(project),
                                   QDir::home().filePath(name + u'.' + bundleEnding), tr("Galley projects (*.%1)").arg(bundleEnding));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(bundleEnding);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this, project](const QString &file) {
        m_parts.care->start(project.isEmpty() ? tr("Exporting the library") : tr("Exporting “%1”").arg(project), m_parts.library->exportProject(project, file));
    });
    dialog->open();
}

void LibraryActions::importFile()
{
    auto *dialog = new QFileDialog(m_parts.place, tr("Import into the Library"), QDir::homePath(), tr("Galley projects (*.%1);;All files (*)").arg(bundleEnding));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_parts.care->start(tr("Importing %1").arg(QDir::toNativeSeparators(file)), m_parts.library->importFile(file));
    });
    dialog->open();
}

} // namespace Galley
