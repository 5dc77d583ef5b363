#include "ui/shell/finalscontroller.h"

#include "core/service/draftservice.h"
#include "core/service/finalservice.h"
#include "core/service/libraryservice.h"
#include "core/settings/settings.h"
#include "ui/document/templatedocument.h"
#include "ui/finals/finalpane.h"
#include "ui/finals/finalsheet.h"
#include "ui/queue/jobtext.h"
#include "ui/queue/queueactions.h"
#include "ui/queue/queuedrawer.h"
#include "ui/settings/localmodelspanel.h"
#include "ui/settings/servicesdialog.h"
#include "ui/shell/designworkspace.h"
#include "ui/widgets/countbutton.h"
#include "ui/widgets/filemanager.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QDir>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSplitter>
#include <QToolBar>

namespace Galley {

namespace {

constexpr int delayMs = 150;
constexpr int firstDrawerHeight = 240;
const auto heightKey = QStringLiteral("queue/height");
const auto openKey = QStringLiteral("queue/open");

QString noFinals()
{
    return FinalsController::tr("Finals cannot be made in this window: the library or the network part did not start. The Issues panel says why.");
}

} // namespace

FinalsController::FinalsController(const Parts &parts, QWidget *window)
    : QObject(window)
    , m_parts(parts)
    , m_window(window)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &FinalsController::showPrice);
    makeActions();
    makeParts(window);
    makeMenu();
    if (parts.finals)
        connectQueue();
    showPrice();
    showCounts();
}

FinalsController::~FinalsController() = default;

QAction *FinalsController::add(const char *name, const QString &text, const QString &icon, std::function<void()> run)
{
    auto *action = new QAction(themedIcon(icon), text, this);
    action->setObjectName(QLatin1String(name));
    if (run)
        connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    if (!m_parts.finals) {
        action->setEnabled(false);
        action->setToolTip(noFinals());
    }
    return action;
}

void FinalsController::makeActions()
{
    m_render = add("renderFinal", tr("Render Final …"), QStringLiteral("auto_awesome"), [this] { showSheet(); });
    m_render->setShortcuts({QKeySequence(Qt::CTRL | Qt::Key_Return), QKeySequence(Qt::CTRL | Qt::Key_Enter)});
    m_render->setAutoRepeat(false);
    m_renderRows = add("renderRows", tr("Render All Rows …"), QStringLiteral("table_chart"), [this] { showSheet(true); });
    m_renderRows->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return));
    m_renderRows->setAutoRepeat(false);
    m_showQueue = add("showQueue", tr("Queue"), QStringLiteral("playlist_play"), {});
    m_showQueue->setCheckable(true);
    m_showQueue->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_5));
    m_showFinal = add("showFinal", tr("Final beside the Draft"), QStringLiteral("compare"), {});
    m_showFinal->setCheckable(true);
    m_showFinal->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_6));
    m_services = add("services", tr("&Services and Keys …"), QStringLiteral("vpn_key"), [this] { showServices(); });
}

void FinalsController::makeParts(QWidget *window)
{
    m_button = new QPushButton(window);
    m_button->setObjectName(QStringLiteral("renderButton"));
    m_button->setDefault(true);
    m_button->setAutoDefault(false);
    connect(m_button, &QPushButton::clicked, m_render, &QAction::trigger);
    m_counts = new CountButton(QStringLiteral("playlist_play"), window);
    m_counts->setObjectName(QStringLiteral("queueButton"));
    m_counts->setCheckable(true);
    m_counts->setEnabled(m_parts.finals);
    connect(m_counts, &QToolButton::clicked, m_showQueue, &QAction::trigger);
    connect(m_showQueue, &QAction::toggled, m_counts, &QToolButton::setChecked);
    if (!m_parts.finals)
        return;
    m_drawer = new QueueDrawer(m_parts.finals->queue(), window);
    m_pane = new FinalPane(m_parts.finals, m_parts.document, window);
    m_pane->folderForSaving = exportFolder(*m_parts.settings->raw());
    m_pane->savingOptions = [settings = m_parts.settings](const QString &file) { return exportOptions(*settings, file); };
    auto *closeQueue = new QAction(themedIcon(QStringLiteral("close")), tr("Close Queue"), m_drawer);
    connect(closeQueue, &QAction::triggered, this, [this] { m_showQueue->setChecked(false); });
    m_drawer->addHeaderAction(closeQueue);
    m_drawer->addEmptyAction(m_render);
    auto *closeFinal = new QAction(themedIcon(QStringLiteral("close")), tr("Close Final"), m_pane);
    connect(closeFinal, &QAction::triggered, this, [this] { m_showFinal->setChecked(false); });
    m_pane->addHeaderAction(closeFinal);
    m_pane->addEmptyAction(m_render);
    m_drawer->hide();
    m_pane->hide();
}

void FinalsController::makeMenu()
{
    m_menu = new QMenu(tr("&Render"), m_window);
    m_menu->setToolTipsVisible(true);
    m_menu->addActions({m_render, m_renderRows});
    if (!m_parts.finals)
        return;
    m_menu->addSeparator();
    m_menu->addActions(m_pane->paneActions());
    m_menu->addSeparator();
    m_menu->addActions(m_drawer->actions()->queueActions());
    m_menu->addSeparator();
    m_menu->addActions(m_drawer->actions()->jobActions());
}

void FinalsController::connectQueue()
{
    FinalService *finals = m_parts.finals;
    RenderQueue *queue = finals->queue();
    connect(m_parts.document, &TemplateDocument::changed, this, &FinalsController::later);
    connect(m_parts.document, &TemplateDocument::currentRowChanged, this, &FinalsController::later);
    connect(m_parts.document, &TemplateDocument::rowsChanged, this, &FinalsController::later);
    connect(m_parts.document, &TemplateDocument::replaced, this, &FinalsController::later);
    connect(finals, &FinalService::catalogueChanged, this, [this] {
        showCatalogueTrouble();
        later();
    });
    connect(finals, &FinalService::backendsChanged, this, &FinalsController::later);
    connect(finals, &FinalService::spentChanged, this, [this] {
        showCounts();
        later();
    });
    for (const auto signal : {&RenderQueue::added, &RenderQueue::changed, &RenderQueue::removed}) {
        connect(queue, signal, this, &FinalsController::showCounts);
        connect(queue, signal, this, &FinalsController::showTrouble);
    }
    connect(queue, &RenderQueue::pausedChanged, this, &FinalsController::showCounts);
    connect(queue, &RenderQueue::trouble, this, [this](const QString &sentence) { Q_EMIT trouble(QStringLiteral("queue"), sentence); });
    connect(queue, &RenderQueue::finished, this, &FinalsController::onFinished);
    for (const auto signal : {&RenderQueue::undecided, &RenderQueue::asks}) {
        connect(queue, signal, this, [this](qint64 id) {
            showTrouble(id);
            showJob(id);
        });
    }
    connect(m_drawer, &QueueDrawer::closeRequested, this, [this] { m_showQueue->setChecked(false); });
    connect(m_drawer, &QueueDrawer::jobActivated, this, &FinalsController::showFinal);
    connect(m_pane, &FinalPane::message, this, &FinalsController::message);
    connect(m_pane, &FinalPane::failed, this, &FinalsController::failed);
    connect(m_pane, &FinalPane::queueWanted, this, &FinalsController::showJob);
    connect(m_drawer, &QueueDrawer::servicesWanted, this, &FinalsController::showServicesOf);
    connect(m_pane, &FinalPane::servicesWanted, this, &FinalsController::showServicesOf);
    connect(m_pane, &FinalPane::redoWanted, this, &FinalsController::showRedo);
    connect(m_pane, &FinalPane::submitted, this, &FinalsController::showFinal);
    connect(m_parts.document, &TemplateDocument::replaced, this, [this] {
        if (m_sheet)
            m_sheet->setEdit({});
    });
    connect(m_pane, &FinalPane::savedTo, this, [this](const QString &folder) { setExportFolder(m_parts.settings->raw(), folder); });
}

void FinalsController::place(QSplitter *body, DesignWorkspace *design)
{
    if (!m_parts.finals)
        return;
    body->addWidget(m_drawer);
    design->addBesideArtboard(m_pane, tr("Final"));
    connect(m_showFinal, &QAction::toggled, m_pane, &QWidget::setVisible);
    const auto rememberHeight = [this] {
        if (m_drawer->isVisible())
            m_parts.settings->raw()->setValue(heightKey, m_drawer->height());
    };
    connect(body, &QSplitter::splitterMoved, this, rememberHeight);
    connect(m_showQueue, &QAction::toggled, this, [this, body, rememberHeight](bool on) {
        rememberHeight();
        m_drawer->setVisible(on);
        if (!on)
            return;
        const int wanted = m_parts.settings->raw()->value(heightKey, firstDrawerHeight).toInt();
        QList<int> sizes = body->sizes();
        const int at = body->indexOf(m_drawer);
        const int difference = qMin(wanted - sizes.at(at), sizes.first() - body->widget(0)->minimumSizeHint().height());
        sizes[at] += difference;
        sizes[0] -= difference;
        body->setSizes(sizes);
    });
    m_showQueue->setChecked(m_parts.settings->raw()->value(openKey, false).toBool());
}

QToolBar *FinalsController::makeToolBar()
{
    auto *bar = new QToolBar(tr("Render"), m_window);
    bar->setObjectName(QStringLiteral("renderToolBar"));
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    // One item: a bar always shows its only one, where others would go into the menu at its end.
    auto *place = new QWidget(bar);
    place->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto *row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, Theme::space1, 0);
    row->addStretch(1);
    row->addWidget(m_button);
    bar->addWidget(place);
    return bar;
}

QList<QAction *> FinalsController::viewActions() const
{
    return {m_showQueue, m_showFinal};
}

FinalChoice FinalsController::choice() const
{
    return m_choices.value(m_parts.document->value().id);
}

void FinalsController::makeSheet()
{
    m_sheet = new FinalSheet(m_parts.finals, m_parts.document, m_parts.draft, m_window);
    if (m_parts.library)
        m_sheet->keepDraft = [library = m_parts.library](const Draft &draft) { return library->keepDraft(draft); };
    connect(m_sheet, &FinalSheet::choiceChanged, this, [this](const FinalChoice &choice) {
        m_choices.insert(m_parts.document->value().id, choice);
        showPrice();
    });
    connect(m_sheet, &FinalSheet::submitted, this, &FinalsController::showFinal);
    connect(m_sheet, &FinalSheet::batchSubmitted, this, [this](int count, const QString &failure) {
        m_showQueue->setChecked(true);
        if (failure.isEmpty())
            Q_EMIT message(tr("%n rows are in the queue.", nullptr, count));
        else
            Q_EMIT failed(tr("%n rows are in the queue.", nullptr, count) + u' ' + failure);
    });
    connect(m_sheet, &FinalSheet::servicesWanted, this, &FinalsController::showServices);
}

void FinalsController::showSheet(bool allRows)
{
    if (!m_parts.finals)
        return;
    if (!m_sheet)
        makeSheet();
    m_sheet->setEdit({});
    m_sheet->setChoice(choice());
    if (allRows || !m_sheet->isVisible())
        m_sheet->setAllRows(allRows);
    m_sheet->show();
    m_sheet->raise();
    m_sheet->activateWindow();
}

void FinalsController::showRedo(const FinalEdit &edit)
{
    if (!m_sheet)
        makeSheet();
    m_sheet->setChoice(choice());
    m_sheet->setEdit(edit);
    m_sheet->show();
    m_sheet->raise();
    m_sheet->activateWindow();
}

void FinalsController::showServices(const QString &place)
{
    if (!m_parts.finals)
        return;
    if (!m_servicesDialog) {
        m_servicesDialog = new ServicesDialog(m_parts.finals, m_parts.settings, m_parts.modelsFile, m_parts.localModels, m_window);
        connect(m_servicesDialog, &ServicesDialog::networkChanged, this, [this] {
            Q_EMIT networkChanged();
            later();
        });
        connect(m_servicesDialog, &ServicesDialog::modelMemoryChanged, this, &FinalsController::modelMemoryChanged);
        if (LocalModelsPanel *local = m_servicesDialog->localModels()) {
            local->setDraftModel(m_draftModel);
            connect(local, &LocalModelsPanel::draftModelWanted, this, &FinalsController::draftModelWanted);
        }
    }
    m_servicesDialog->show();
    m_servicesDialog->raise();
    m_servicesDialog->activateWindow();
    m_servicesDialog->showPlace(place);
}

void FinalsController::setDraftModel(const QString &id)
{
    m_draftModel = id;
    if (m_servicesDialog && m_servicesDialog->localModels())
        m_servicesDialog->localModels()->setDraftModel(id);
}

void FinalsController::showServicesOf(qint64 id)
{
    const Job *job = m_parts.finals->queue()->find(id);
    const ModelEntry *model = job ? m_parts.finals->catalogue().findModel(job->record.decision.model) : nullptr;
    QString place = QStringLiteral("network");
    for (const BackendStatus &status : m_parts.finals->backends()) {
        if (model && status.backend.id == model->backend && status.isKeyAbsent())
            place = status.backend.id;
    }
    showServices(place);
}

void FinalsController::showJob(qint64 id)
{
    m_showQueue->setChecked(true);
    m_drawer->choose(id);
}

void FinalsController::showFinal(qint64 id)
{
    m_showFinal->setChecked(true);
    m_pane->showJob(id);
}

bool FinalsController::jumpTo(const QString &source)
{
    if (source == QLatin1String("models.yaml")) {
        showServices(QStringLiteral("models"));
        return true;
    }
    if (!source.startsWith(QLatin1String("job-")))
        return false;
    showJob(source.mid(4).toLongLong());
    return true;
}

void FinalsController::reportAll()
{
    if (!m_parts.finals)
        return;
    m_troubles.clear();
    for (const qint64 id : m_parts.finals->queue()->jobs())
        showTrouble(id);
    showCatalogueTrouble();
}

void FinalsController::later()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void FinalsController::showPrice()
{
    if (!m_parts.finals) {
        m_button->setText(tr("Render Final"));
        m_button->setEnabled(false);
        m_button->setToolTip(noFinals());
        return;
    }
    const bool rows = !m_parts.document->rows().rows.isEmpty();
    m_renderRows->setEnabled(rows);
    m_renderRows->setToolTip(rows ? tr("Every row as a final, in the batch lane") : tr("Open a CSV file first: it brings the rows."));
    const FinalChoice chosen = choice();
    const Result<Quote> quote = m_parts.finals->quote(
        finalRequest(m_parts.document, m_parts.document->row(), chosen, m_parts.draft->draft().options.seed));
    const QString verb = chosen.tier == Fidelity::Mid ? tr("Render Mid") : tr("Render Final");
    if (!quote) {
        m_button->setText(verb);
        m_button->setToolTip(quote.error().message);
        return;
    }
    m_button->setText(QStringLiteral("%1 → %2 · %3").arg(verb, quote->decision.model, quotePrice(*quote)));
    m_button->setAccessibleName(quote->priceKnown ? tr("%1 with %2 for %3").arg(verb, quote->decision.model, quotePrice(*quote))
                                                  : tr("%1 with %2, %3").arg(verb, quote->decision.model, quotePrice(*quote)));
    const QString what = withShortcut(tr("Shows the model, the rule that chose it and the price before anything is sent"), m_render->shortcut());
    m_button->setToolTip(quote->obstacle.isEmpty() ? what : quote->obstacle + u'\n' + what);
}

void FinalsController::showCounts()
{
    if (!m_parts.finals) {
        m_counts->setText(tr("No queue"));
        m_counts->setToolTip(noFinals());
        return;
    }
    const RenderQueue *queue = m_parts.finals->queue();
    const QString spent = moneyText(m_parts.finals->spentTodayUsd(m_parts.document->value().project));
    QStringList parts{tr("%n running", nullptr, queue->runningCount()), tr("%n waiting", nullptr, queue->waitingCount())};
    if (queue->isPaused())
        parts << tr("paused");
    parts << tr("%1 today").arg(spent);
    m_counts->setText(parts.join(QStringLiteral(" · ")));
    m_counts->setAccessibleName(tr("Queue: %1").arg(m_counts->text()));
    m_counts->setToolTip(withShortcut(tr("Show or hide the queue"), m_showQueue->shortcut()));
    m_counts->updateGeometry();
    m_counts->update();
}

void FinalsController::showTrouble(qint64 id)
{
    const QString source = QStringLiteral("job-%1").arg(id);
    const Job *job = m_parts.finals->queue()->find(id);
    const JobState state = job ? job->record.state : JobState::Cancelled;
    const bool bad = state == JobState::Failed || state == JobState::Undecided || (job && job->asks());
    const QString sentence = bad ? job->title() + QStringLiteral(": ") + jobSentence(*job) : QString();
    if (sentence == m_troubles.value(id))
        return;
    m_troubles.insert(id, sentence);
    Q_EMIT trouble(source, sentence);
}

void FinalsController::showCatalogueTrouble()
{
    QString sentence;
    int more = -1;
    for (const Finding &finding : m_parts.finals->catalogue().findings) {
        if (finding.severity == Severity::Info)
            continue;
        if (++more == 0)
            sentence = finding.line > 0 ? QStringLiteral("models.yaml:%1: %2").arg(finding.line).arg(finding.message)
                                        : QStringLiteral("%1: %2").arg(QDir::toNativeSeparators(finding.file), finding.message);
    }
    if (more > 0)
        sentence += u' ' + tr("%n more under Services and Keys.", nullptr, more);
    Q_EMIT trouble(QStringLiteral("models.yaml"), sentence);
}

void FinalsController::onFinished(qint64 id)
{
    showCounts();
    showTrouble(id);
    const Job *job = m_parts.finals->queue()->find(id);
    const bool mine = job && job->record.request.source.id == m_parts.document->value().id;
    if (!mine || job->record.state != JobState::Done || job->record.lane == Lane::Batch)
        return;
    // What is being watched is not replaced by another one.
    const Job *shown = m_parts.finals->queue()->find(m_pane->job());
    if (!shown || shown->record.isEnded())
        showFinal(id);
}

bool FinalsController::askBeforeClosing(std::function<void()> then)
{
    const int running = m_parts.finals ? m_parts.finals->queue()->runningCount() : 0;
    if (running == 0)
        return false;
    const int waiting = m_parts.finals->queue()->waitingCount();
    auto *box = new QMessageBox(QMessageBox::NoIcon, QStringLiteral("Galley"), tr("%n finals are being rendered.", nullptr, running),
                                QMessageBox::NoButton, m_window);
    QString more = tr("They are kept. What was already sent may be carried out and billed: at the next start Galley asks the service what became of "
                      "it, or asks you before anything is sent again.");
    if (waiting > 0)
        more += u' ' + tr("%n that wait go on at the next start.", nullptr, waiting);
    box->setInformativeText(more);
    QPushButton *close = box->addButton(tr("Close Galley"), QMessageBox::AcceptRole);
    QPushButton *stay = box->addButton(tr("Keep It Open"), QMessageBox::RejectRole);
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    connect(box, &QMessageBox::buttonClicked, this, [close, then = std::move(then)](QAbstractButton *pressed) {
        if (pressed == close)
            then();
    });
    box->open();
    return true;
}

void FinalsController::saveState()
{
    QSettings *store = m_parts.settings->raw();
    store->setValue(openKey, m_showQueue->isChecked());
    if (m_drawer && m_drawer->isVisible())
        store->setValue(heightKey, m_drawer->height());
}

} // namespace Galley
