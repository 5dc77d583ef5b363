#include "ui/finals/finalpane.h"

#include "core/base/async.h"
#include "core/service/provenance.h"
#include "ui/document/templatedocument.h"
#include "ui/finals/pictureview.h"
#include "ui/queue/jobtext.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/sectionheader.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace Galley {

namespace {

/// \a source.original is read here; an altered one is never written. Any thread.
Result<QStringList> writePicture(ExportSource source, const QString &originalFile, const QString &digest, const QString &file, ExportOptions options)
{
    const Result<QByteArray> original = readOriginal(originalFile, digest, source.record.id);
    if (original)
        source.original = *original;
    else if (source.image.isNull())
        return fail(original.error());
    if (source.image.isNull() && pictureFormatOf(source.original) == options.format)
        options.metadata = false;  // the service's own bytes
    return exportPicture(source, file, options);
}

QString seedText(const FinalPicture &final)
{
    const auto seed = final.provenance.find("seed");
    if (seed == final.provenance.end() || !seed->is_number_integer())
        return FinalPane::tr("seed not told");
    return FinalPane::tr("seed %1").arg(seed->get<qint64>());
}

} // namespace

FinalPane::FinalPane(FinalService *finals, TemplateDocument *document, QWidget *parent)
    : QWidget(parent)
    , m_finals(finals)
    , m_document(document)
    , m_header(new SectionHeader(tr("Final"), this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("image"), tr("No final of this template yet."), m_stack))
    , m_view(new PictureView(m_stack))
{
    setObjectName(QStringLiteral("finalPane"));
    setMinimumWidth(260);
    makeActions();
    auto *page = new QWidget(m_stack);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(makeFacts());
    m_stack->addWidget(page);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_stack, 1);
    RenderQueue *queue = finals->queue();
    connect(queue, &RenderQueue::changed, this, &FinalPane::follow);
    connect(queue, &RenderQueue::finished, this, &FinalPane::follow);
    connect(queue, &RenderQueue::removed, this, &FinalPane::follow);
    connect(document, &TemplateDocument::changed, this, &FinalPane::showStale);
    connect(document, &TemplateDocument::currentRowChanged, this, &FinalPane::showStale);
    connect(document, &TemplateDocument::changed, this, &FinalPane::fillRedo);
    connect(document, &TemplateDocument::currentRowChanged, this, &FinalPane::fillRedo);
    connect(document, &TemplateDocument::replaced, this, [this] {
        const QList<qint64> jobs = jobsOfTemplate();
        showJob(jobs.isEmpty() ? 0 : jobs.last());
    });
    const QList<qint64> jobs = jobsOfTemplate();
    showJob(jobs.isEmpty() ? 0 : jobs.last());
}

FinalPane::~FinalPane() = default;

QAction *FinalPane::addAction(const char *name, const QString &icon, const QString &text, std::function<void()> run)
{
    auto *action = new QAction(themedIcon(icon), text, this);
    action->setObjectName(QLatin1String(name));
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_actions << action;
    return action;
}

void FinalPane::makeActions()
{
    addAction("previousFinal", QStringLiteral("chevron_left"), tr("Previous Final"), [this] { step(-1); });
    addAction("nextFinal", QStringLiteral("chevron_right"), tr("Next Final"), [this] { step(1); });
    m_original = addAction("showOriginal", QStringLiteral("photo"), tr("Show Original"), [this] { showPicture(); });
    m_original->setCheckable(true);
    m_original->setToolTip(tr("The picture as the service made it, without the text and images that Galley sets over it"));
    addAction("copyFinal", QStringLiteral("content_copy"), tr("Copy Final"), [this] { copy(); });
    addAction("saveFinal", QStringLiteral("save"), tr("Save Final As …"), [this] { save(); });
    for (QAction *action : std::as_const(m_actions))
        m_header->addWidget(new IconButton(action, m_header));
    m_nextPicture = addAction("nextPicture", QStringLiteral("chevron_right"), tr("Next Picture of This Final"), [this] { stepPicture(1); });
    m_nextPicture->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Right));
    m_previousPicture = addAction("previousPicture", QStringLiteral("chevron_left"), tr("Previous Picture of This Final"), [this] { stepPicture(-1); });
    m_previousPicture->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Left));
    QWidget::addActions({m_previousPicture, m_nextPicture});
    m_renderAnew = addAction("renderAnew", QStringLiteral("autorenew"), tr("Render Anew …"), [this] { askToRenderAnew(); });
}

QWidget *FinalPane::makePictures()
{
    m_pictures = new QWidget(this);
    auto *row = new QHBoxLayout(m_pictures);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Theme::space1);
    m_pictureCount = new QLabel(m_pictures);
    row->addWidget(new IconButton(m_previousPicture, m_pictures));
    row->addWidget(m_pictureCount);
    row->addWidget(new IconButton(m_nextPicture, m_pictures));
    return m_pictures;
}

/// A menu, so that it is one key away and needs no picture to be clicked into.
QPushButton *FinalPane::makeRedo(QWidget *parent)
{
    m_redoMenu = new QMenu(tr("Redo a Part"), this);
    m_redoMenu->setObjectName(QStringLiteral("redoMenu"));
    m_redoMenu->menuAction()->setIcon(themedIcon(QStringLiteral("brush")));
    m_actions << m_redoMenu->menuAction();
    auto *button = new QPushButton(tr("Redo a Part …"), parent);
    button->setObjectName(QStringLiteral("redoPart"));
    button->setAutoDefault(false);
    button->setMenu(m_redoMenu);
    button->setToolTip(tr("Have one token's area of this final drawn anew and keep the rest. The price comes first."));
    connect(m_redoMenu, &QMenu::triggered, this, [this](const QAction *action) { redo(action->data().toString()); });
    return button;
}

/// As the template is now: that is what will be asked for.
void FinalPane::fillRedo()
{
    const auto variant = resolve(m_document->value(), m_document->row(), m_document->folder());
    QStringList ids;
    for (const Token &token : m_document->value().tokens) {
        if (!variant || variant->findToken(token.id))
            ids << token.id;
    }
    if (std::exchange(m_redoTokens, ids) != ids) {
        m_redoMenu->clear();
        for (const QString &id : std::as_const(ids))
            m_redoMenu->addAction(id)->setData(id);
    }
    const bool possible = m_final && m_final->assetId > 0 && !m_redoMenu->isEmpty();
    m_redoMenu->menuAction()->setEnabled(possible);
    for (QAction *action : m_redoMenu->actions())
        action->setEnabled(possible);  // the command list finds them without their menu
    m_redo->setVisible(possible);
}

void FinalPane::redo(const QString &token)
{
    if (m_final)
        Q_EMIT redoWanted({m_final->assetId, token, m_final->routed, m_final->composed.isNull() ? m_final->raw : m_final->composed});
}

/// The price first, as for any final. It is asked here, where the picture is: nothing is in the way of other work meanwhile.
void FinalPane::askToRenderAnew()
{
    const Job *job = m_finals->queue()->find(m_job);
    if (!job)
        return;
    RenderRequest request = job->record.request;
    request.anew = true;
    const AnewOffer offer = anewOffer(m_finals->quote(request));
    m_question->showMessage(offer.isPossible ? MessageBar::Kind::Warning : MessageBar::Kind::Error, offer.sentence);
    if (!offer.isPossible)
        return;
    m_question->addButton(tr("Render Anew · %1").arg(offer.price), [this, id = m_job] { renderAnew(id); });
    m_question->addButton(tr("Leave It"), [] {});
}

void FinalPane::renderAnew(qint64 job)
{
    onFinished(m_finals->renderAnew(job), this, [this](const QFuture<Result<qint64>> &future) {
        const Result<qint64> id = future.resultCount() > 0 ? future.result() : fail(ErrorCode::Cancelled, tr("Galley is closing."));
        if (!id)
            Q_EMIT failed(id.error().message);
        else
            Q_EMIT submitted(*id);
    });
}

QWidget *FinalPane::makeFacts()
{
    auto *place = new QWidget(this);
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(Theme::space3, Theme::space2, Theme::space3, Theme::space3);
    column->setSpacing(Theme::space2);
    auto *chips = new QHBoxLayout;
    chips->setSpacing(Theme::space2);
    m_state = new Chip({}, place);
    m_models = new Chip({}, place);
    m_models->setIcon(QStringLiteral("auto_awesome"));
    chips->addWidget(m_state);
    m_cached = new Chip(tr("from cache"), place);
    m_cached->setObjectName(QStringLiteral("cachedChip"));
    m_cached->setIcon(QStringLiteral("archive"));
    m_cached->setToolTip(tr("The same request had been rendered before: this picture came out of the cache of renders, and nothing was sent."));
    m_cached->hide();
    chips->addWidget(m_models);
    chips->addWidget(m_cached);
    chips->addStretch(1);
    chips->addWidget(makePictures());
    m_facts = new QLabel(place);
    m_facts->setWordWrap(true);
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *running = new QHBoxLayout;
    running->setSpacing(Theme::space2);
    m_progress = new QProgressBar(place);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(Theme::space2);
    m_progress->setAccessibleName(tr("Progress of the final"));
    m_cancel = new QPushButton(tr("Cancel"), place);
    m_cancel->setAutoDefault(false);
    m_cancel->setToolTip(tr("Stop waiting for this final. What the service has begun may still be billed."));
    connect(m_cancel, &QPushButton::clicked, this, [this] { m_finals->queue()->cancel(m_job); });
    // While it runs and when it is done: the row stays, so that the picture does not move when it is there.
    m_redo = makeRedo(place);
    m_anew = new QPushButton(m_renderAnew->text(), place);
    m_anew->setObjectName(QStringLiteral("anewButton"));
    m_anew->setAutoDefault(false);
    m_anew->setToolTip(tr("Send the same request again instead of taking it from the cache. The price comes first."));
    connect(m_anew, &QPushButton::clicked, m_renderAnew, &QAction::trigger);
    m_question = new MessageBar(place);
    running->addWidget(m_redo);
    running->addWidget(m_anew);
    running->addWidget(m_progress, 1);
    running->addWidget(m_cancel);
    running->addStretch(0);
    m_sentence = new NoticeLine(place);
    connect(m_sentence, &NoticeLine::pressed, this, [this] {
        const Job *job = m_finals->queue()->find(m_job);
        if (job && waitsForServices(*job))
            Q_EMIT servicesWanted(m_job);
        else
            Q_EMIT queueWanted(m_job);
    });
    m_findings = new QVBoxLayout;
    m_findings->setSpacing(Theme::space1);
    column->addLayout(chips);
    column->addWidget(m_facts);
    column->addLayout(running);
    column->addWidget(m_question);
    column->addWidget(m_sentence);
    column->addLayout(m_findings);
    return place;
}

void FinalPane::addEmptyAction(QAction *action)
{
    m_empty->addAction(action);
}

void FinalPane::addHeaderAction(QAction *action)
{
    m_header->addWidget(new IconButton(action, m_header));
}

QList<QAction *> FinalPane::paneActions() const
{
    return m_actions;
}

QList<qint64> FinalPane::jobsOfTemplate() const
{
    QList<qint64> ids;
    for (const qint64 id : m_finals->queue()->jobs()) {
        const Job *job = m_finals->queue()->find(id);
        if (job && job->record.request.source.id == m_document->value().id && job->record.state != JobState::Cancelled && job->record.shadowOf == 0)
            ids << id;
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

const QImage &FinalPane::shownPicture() const
{
    return m_view->picture();
}

QString FinalPane::modelsShown() const
{
    return m_models->text();
}

bool FinalPane::isFromCache() const
{
    if (!m_final || !m_final->provenance.is_object())
        return false;
    const auto told = m_final->provenance.find("from_cache");
    return told != m_final->provenance.end() && told->is_boolean() && told->get<bool>();
}

QString FinalPane::facts() const
{
    return m_facts->text();
}

void FinalPane::showJob(qint64 id)
{
    if (id != m_job) {
        m_final.reset();
        m_question->dismiss();
    }
    m_job = id;
    load();
    showState();
}

void FinalPane::follow(qint64 id)
{
    if (id == m_job) {
        load();
        showState();
        return;
    }
    // The buttons that step know of the others.
    const QList<qint64> jobs = jobsOfTemplate();
    findChild<QAction *>(QStringLiteral("previousFinal"))->setEnabled(jobs.indexOf(m_job) > 0);
    findChild<QAction *>(QStringLiteral("nextFinal"))->setEnabled(jobs.indexOf(m_job) + 1 < jobs.size());
}

void FinalPane::load()
{
    const Job *job = m_finals->queue()->find(m_job);
    if (job && job->record.state == JobState::Done && !m_final && m_asked != m_job)
        ask(0);
}

/// The picture that is shown stays until the other one is there.
void FinalPane::ask(int index)
{
    m_asked = m_job;
    onFinished(m_finals->picture(m_job, index), this, [this, id = m_job](const QFuture<Result<FinalPicture>> &done) {
        if (m_asked == id)
            m_asked = 0;
        if (id != m_job || done.resultCount() == 0)
            return;
        const Result<FinalPicture> final = done.result();
        if (final)
            m_final = *final;
        else if (m_final)
            Q_EMIT failed(final.error().message);
        else
            m_sentence->showNotice(NoticeLine::Kind::Error, final.error().message);
        showState();
    });
}

void FinalPane::showState()
{
    const Job *job = m_finals->queue()->find(m_job);
    m_stack->setCurrentIndex(job ? 0 : 1);
    const QList<qint64> jobs = jobsOfTemplate();
    for (QAction *action : std::as_const(m_actions))
        action->setEnabled(m_final.has_value());
    showPictures();
    fillRedo();
    Q_EMIT shownChanged();
    findChild<QAction *>(QStringLiteral("previousFinal"))->setEnabled(jobs.indexOf(m_job) > 0);
    findChild<QAction *>(QStringLiteral("nextFinal"))->setEnabled(jobs.indexOf(m_job) + 1 < jobs.size());
    m_header->setTitle(jobs.size() > 1 && job ? tr("Final %1 of %2").arg(jobs.indexOf(m_job) + 1).arg(jobs.size()) : tr("Final"));
    if (!job)
        return;
    m_view->setRatio(job->record.request.source.canvas.size);
    m_models->setText(m_final ? modelsText(m_final->requested, m_final->routed, m_final->served) : modelsText(*job));
    m_models->setToolTip(modelsSentence(*job));
    m_cached->setVisible(isFromCache());
    m_anew->setVisible(isFromCache());
    m_renderAnew->setEnabled(isFromCache());
    m_renderAnew->setToolTip(isFromCache() ? m_anew->toolTip() : tr("Only what came out of the cache of renders can be rendered anew."));
    QStringList facts{jobPrice(*job)};
    if (const qint64 milliseconds = jobMilliseconds(*job); milliseconds > 0 && job->record.state == JobState::Done)
        facts << durationText(milliseconds);
    if (m_final)
        facts << seedText(*m_final);
    if (m_final && m_final->served.isEmpty())
        facts << tr("served model not told by the service");
    if (job->record.request.row.number > 0)
        facts << tr("row %1").arg(job->record.request.row.number);
    if (const QString progress = progressText(*job); !progress.isEmpty() && job->record.state != JobState::Done)
        facts << progress;
    facts.removeAll(QString());
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    const bool active = !job->record.isEnded() && job->record.state != JobState::Undecided;
    m_progress->setVisible(active);
    m_cancel->setVisible(active);
    const bool known = progressShare(*job) >= 0;
    const bool running = job->record.state == JobState::Running || job->record.state == JobState::Sending;
    m_progress->setRange(0, known || !running ? 100 : 0);
    m_progress->setValue(known ? int(100 * progressShare(*job)) : 0);
    showPicture();
    showFindings(*job);
    showStale();
}

void FinalPane::showPicture()
{
    const Job *job = m_finals->queue()->find(m_job);
    if (m_final)
        m_view->setPicture(m_original->isChecked() || m_final->composed.isNull() ? m_final->raw : m_final->composed);
    else
        m_view->setPicture(job ? job->preview : QImage());
    m_view->setAccessibleName(job ? tr("Final: %1, %2").arg(job->title(), stateWord(job->record.state)) : QString());
}

void FinalPane::showFindings(const Job &job)
{
    while (QLayoutItem *item = m_findings->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const JobState state = job.record.state;
    const bool waits = waitsForServices(job);
    const bool stuck = state == JobState::Failed || state == JobState::Undecided || state == JobState::Backoff || waits;
    const QString sentence = stuck ? jobSentence(job) : QString();
    m_sentence->setButton(waits ? tr("Services and Keys …") : tr("Show in Queue"));
    if (!sentence.isEmpty() || state != JobState::Done || m_final)
        m_sentence->showNotice(state == JobState::Failed ? NoticeLine::Kind::Error : NoticeLine::Kind::Warning, sentence);
    if (!m_final)
        return;
    const auto add = [this](NoticeLine::Kind kind, const QString &text) {
        auto *line = new NoticeLine(m_sentence->parentWidget());
        line->showNotice(kind, text);
        m_findings->addWidget(line);
    };
    for (const QString &finding : std::as_const(m_final->textFindings))
        add(NoticeLine::Kind::Warning, finding);
    if (m_final->textChecked && m_final->textFindings.isEmpty())
        add(NoticeLine::Kind::Good, tr("Drawn text reads as asked."));
    for (const QString &problem : std::as_const(m_final->problems))
        add(NoticeLine::Kind::Warning, problem);
    for (const QString &note : job.record.notes)
        add(NoticeLine::Kind::Info, note);
}

void FinalPane::showStale()
{
    const Job *job = m_finals->queue()->find(m_job);
    if (!job)
        return;
    const RenderRequest &request = job->record.request;
    const bool otherRow = request.row.number != m_document->row().number;
    m_stale = !(request.source == m_document->value()) || (!otherRow && !(request.row.values == m_document->row().values));
    const JobState state = job->record.state;
    if (state != JobState::Done) {
        m_state->setText(stateWord(state));
        m_state->setIcon(stateIcon(state));
        m_state->setTone(stateTone(state));
        m_state->setToolTip(jobSentence(*job));
        return;
    }
    m_state->setText(m_stale ? tr("stale") : tr("current"));
    m_state->setIcon(m_stale ? QStringLiteral("history") : QStringLiteral("check_circle"));
    m_state->setTone(m_stale ? ThemeColor::Stale : ThemeColor::Current);
    m_state->setToolTip(m_stale ? tr("The template was edited after this final was sent.") : tr("This final is of the template as it is now."));
}

void FinalPane::step(int by)
{
    const QList<qint64> jobs = jobsOfTemplate();
    const qsizetype at = jobs.indexOf(m_job) + by;
    if (at >= 0 && at < jobs.size())
        showJob(jobs.at(at));
}

void FinalPane::stepPicture(int by)
{
    const int index = m_final ? m_final->index + by : -1;
    if (m_final && m_asked != m_job && index >= 0 && index < m_final->count)
        ask(index);
}

void FinalPane::showPictures()
{
    const int count = m_final ? m_final->count : 1;
    m_pictures->setVisible(count > 1);
    m_pictureCount->setText(tr("%1 of %2").arg(shownIndex() + 1).arg(count));
    m_pictureCount->setAccessibleName(tr("Picture %1 of %2").arg(shownIndex() + 1).arg(count));
    m_previousPicture->setEnabled(count > 1 && shownIndex() > 0);
    m_nextPicture->setEnabled(count > 1 && shownIndex() + 1 < count);
}

void FinalPane::save()
{
    if (!m_final)
        return;
    const bool original = m_original->isChecked() && !m_final->originalFile.isEmpty();
    const QString ending = original ? QFileInfo(m_final->originalFile).suffix() : QStringLiteral("png");
    const QString which = m_final->count > 1 ? QStringLiteral("-%1").arg(m_final->index + 1) : QString();
    const QString name = m_document->displayName() + QStringLiteral("-%1%2.%3").arg(m_job).arg(which, ending);
    const QString filter = tr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff)");
    auto *dialog = new QFileDialog(this, tr("Save Final"), QDir(folderForSaving).filePath(name), filter);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &FinalPane::write);
    dialog->open();
}

void FinalPane::write(const QString &file)
{
    if (!m_final)
        return;
    const bool original = m_original->isChecked();
    folderForSaving = QFileInfo(file).absolutePath();
    Q_EMIT savedTo(folderForSaving);
    ExportOptions options = savingOptions ? savingOptions(file) : ExportOptions();
    options.format = pictureFormatFromSuffix(QFileInfo(file).suffix()).value_or(PictureFormat::Png);
    const ExportSource source{recordOf(*m_final), {}, original ? QImage() : m_final->composed};
    // Measured since the picture was shown; one without scores is better than none.
    onFinished(m_finals->scores(m_final->assetId), this,
               [this, source, from = m_final->originalFile, digest = m_final->digest, file, options](const QFuture<Result<QList<PictureScore>>> &done) {
                   ExportSource scored = source;
                   if (done.resultCount() > 0)
                       scored.scores = done.result().value_or(QList<PictureScore>());
                   writeOut(scored, from, digest, file, options);
               });
}

void FinalPane::writeOut(const ExportSource &source, const QString &from, const QString &digest, const QString &file, const ExportOptions &options)
{
    const auto future = runOn(QThreadPool::globalInstance(), [=] { return writePicture(source, from, digest, file, options); });
    onFinished(future, this, [this, file](const QFuture<Result<QStringList>> &done) {
        const Result<QStringList> result = done.result();
        if (result)
            Q_EMIT message((QStringList{tr("Saved %1.").arg(QDir::toNativeSeparators(file))} + *result).join(u' '));
        else
            Q_EMIT failed(result.error().message);
    });
}

void FinalPane::copy()
{
    if (!m_final)
        return;
    QApplication::clipboard()->setImage(m_view->picture());
    Q_EMIT message(tr("The final is in the clipboard."));
}

} // namespace Galley
