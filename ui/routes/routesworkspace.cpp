#include "ui/routes/routesworkspace.h"

#include "core/base/async.h"
#include "core/service/finalservice.h"
#include "core/service/routingservice.h"
#include "ui/routes/canarypanel.h"
#include "ui/routes/chartpanel.h"
#include "ui/routes/dryrunpanel.h"
#include "ui/routes/healthpanel.h"
#include "ui/routes/historypanel.h"
#include "ui/routes/routesactions.h"
#include "ui/routes/rulesdraft.h"
#include "ui/routes/ruleseditor.h"
#include "ui/routes/rulespanel.h"
#include "ui/routes/ruletable.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/iconbutton.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panelfocus.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"

#include <QAction>
#include <QDir>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Galley {

namespace {

const auto unsavedKey = QStringLiteral("routes/unsaved");
const auto sideKey = QStringLiteral("routes/side");
const auto daysKey = QStringLiteral("routes/days");
constexpr qsizetype longestUnsaved = 1'000'000;
constexpr int keepDelayMs = 500;   ///< after a key, until the text is on disk: a crash takes less than a second of it
constexpr int metricsDelayMs = 1000;
constexpr int narrowestPanel = 220;
enum Side { DryRunSide, HistorySide };

QString stateKey(const QObject *object)
{
    return QStringLiteral("routes/") + object->objectName();
}

/// Those that \a policy gives requests to by itself.
QStringList modelsOf(const RoutePolicy &policy)
{
    QStringList models;
    for (const RouteRule &rule : policy.rules) {
        for (const RouteShare &share : rule.split)
            models << share.model;
        if (rule.canary)
            models << rule.canary->model;
    }
    return models + policy.defaults.values();
}

QSplitter *splitter(Qt::Orientation orientation, const QString &name, QWidget *parent)
{
    auto *result = new QSplitter(orientation, parent);
    result->setObjectName(name);
    result->setChildrenCollapsible(false);
    result->setHandleWidth(1);
    return result;
}

} // namespace

RoutesWorkspace::RoutesWorkspace(const Parts &parts, QWidget *parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_names(parts.names)
    , m_draft(new RulesDraft(parts.routing, parts.finals, this))
    , m_bar(new MessageBar(this))
    , m_rules(new RulesPanel(m_draft, parts.routing, this))
    , m_table(new RuleTable(this))
    , m_actions(new RoutesActions(parts.routing, m_bar, this))
    , m_dryRun(new DryRunPanel(parts.routing, parts.finals, m_draft, parts.document, this))
    , m_history(new HistoryPanel(parts.routing, this))
    , m_canaries(new CanaryPanel(this))
    , m_health(new HealthPanel(parts.routing, this))
    , m_charts(new ChartPanel(this))
    , m_sides(new Segmented(tr("Beside the rules"), this))
    , m_side(new QStackedWidget(this))
    , m_revision(new Chip({}, this))
    , m_file(new ElidedLabel({}, this))
    , m_menu(new QMenu(tr("R&outes"), this))
{
    setObjectName(QStringLiteral("routesWorkspace"));
    makeMenu();
    layOut();
    connectParts();
    connectActions();
    takeUnsaved();
    showPolicy();
    showChecked();
    showCanaries();
}

RoutesWorkspace::~RoutesWorkspace() = default;

QList<QAction *> RoutesWorkspace::ownActions() const
{
    return {m_rules->findAction(), m_rules->problemAction(), m_charts->tableAction()};
}

void RoutesWorkspace::takeFocus()
{
    m_rules->editor()->setFocus(Qt::ShortcutFocusReason);
}

void RoutesWorkspace::focusNextPanel(bool forward)
{
    Galley::focusNextPanel(m_panels, forward);
}

bool RoutesWorkspace::jumpTo(const QString &source)
{
    if (source != QLatin1String("routes.yaml"))
        return false;
    Q_EMIT wanted();
    m_rules->problemAction()->trigger();
    return true;
}

bool RoutesWorkspace::askBeforeClosing(std::function<void()> then)
{
    if (!m_draft->isModified())
        return false;
    auto *box = new QMessageBox(QMessageBox::NoIcon, QStringLiteral("Galley"), tr("The rules have changes that are not in force."),
                                QMessageBox::NoButton, this);
    box->setInformativeText(tr("Galley can keep the text for the next start. The rules in force stay as they are."));
    QPushButton *keep = box->addButton(tr("Keep the Text"), QMessageBox::AcceptRole);
    QPushButton *discard = box->addButton(tr("Discard It"), QMessageBox::DestructiveRole);
    QPushButton *stay = box->addButton(tr("Go On Editing"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(stay);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowModality(Qt::WindowModal);
    connect(box, &QMessageBox::buttonClicked, this, [this, keep, discard, then = std::move(then)](QAbstractButton *pressed) {
        m_forget = pressed == discard;
        if (pressed == keep || pressed == discard)
            then();
        else
            Q_EMIT wanted();
    });
    box->open();
    return true;
}

void RoutesWorkspace::saveState()
{
    for (const QSplitter *each : findChildren<QSplitter *>())
        m_parts.store->setValue(stateKey(each), each->saveState());
    m_parts.store->setValue(sideKey, m_side->currentIndex());
    m_parts.store->setValue(daysKey, m_charts->days());
    keepUnsaved();
}

/// Text that is not in force, for the next start.
void RoutesWorkspace::keepUnsaved()
{
    m_keepTimer.stop();
    if (m_draft->isModified() && !m_forget && m_draft->text().size() <= longestUnsaved)
        m_parts.store->setValue(unsavedKey, m_draft->text());
    else if (m_parts.store->contains(unsavedKey))
        m_parts.store->remove(unsavedKey);
}

QAction *RoutesWorkspace::addAction(const char *name, const QString &text, const QString &icon, const QKeySequence &shortcut,
                                    std::function<void()> run)
{
    auto *action = new QAction(themedIcon(icon), text, this);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(shortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_menu->addAction(action);
    return action;
}

void RoutesWorkspace::makeMenu()
{
    m_menu->setToolTipsVisible(true);
    connect(m_rules, &RulesPanel::wanted, this, &RoutesWorkspace::wanted);
    connect(m_actions, &RoutesActions::wanted, this, &RoutesWorkspace::wanted);
    m_menu->addActions({m_rules->applyAction(), m_rules->discardAction()});
    m_menu->addSeparator();
    m_menu->addActions({m_rules->findAction(), m_rules->problemAction()});
    m_menu->addSeparator();
    addAction("dryRun", tr("Dry Run"), QStringLiteral("alt_route"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_D), [this] {
        Q_EMIT wanted();
        showDryRun();
    });
    addAction("rulesHistory", tr("History of the Rules"), QStringLiteral("history"), QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_H), [this] {
        Q_EMIT wanted();
        showHistory();
    });
    m_menu->addAction(m_charts->tableAction());
    m_menu->addSeparator();
    m_menu->addAction(m_actions->rollBackAction());
}

QWidget *RoutesWorkspace::makeHeader()
{
    auto *header = new QWidget(this);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    row->setSpacing(Theme::space2);
    m_file->setSecondary(true);
    m_file->setElideMode(Qt::ElideMiddle);
    QAction *action = m_actions->rollBackAction();
    auto *rollBack = new QPushButton(action->text(), header);
    rollBack->setObjectName(QStringLiteral("rollBackButton"));
    rollBack->setProperty("danger", true);
    rollBack->setAutoDefault(false);
    rollBack->setIcon(action->icon());
    const auto follow = [rollBack, action] {
        rollBack->setEnabled(action->isEnabled());
        rollBack->setToolTip(withShortcut(action->toolTip(), action->shortcut()));
    };
    connect(action, &QAction::changed, rollBack, follow);
    connect(rollBack, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    row->addWidget(m_revision);
    row->addWidget(m_file, 1);
    row->addWidget(rollBack);
    return header;
}

QWidget *RoutesWorkspace::makeSide()
{
    auto *place = new QWidget(this);
    m_sides->addSegment(tr("Dry Run"), {}, tr("What the text being edited would do"));
    m_sides->addSegment(tr("History"), {}, tr("Every revision of the rules, and what it changed"));
    m_side->addWidget(m_dryRun);
    m_side->addWidget(m_history);
    showSide(m_parts.store->value(sideKey, DryRunSide).toInt());
    auto *row = new QHBoxLayout;
    row->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space1);
    row->addWidget(m_sides);
    row->addStretch(1);
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(m_side, 1);
    return place;
}

void RoutesWorkspace::layOut()
{
    QSplitter *rows = splitter(Qt::Vertical, QStringLiteral("routesRows"), this);
    QSplitter *top = splitter(Qt::Horizontal, QStringLiteral("routesTop"), rows);
    QSplitter *bottom = splitter(Qt::Horizontal, QStringLiteral("routesBottom"), rows);
    QWidget *side = makeSide();
    for (QWidget *panel : {static_cast<QWidget *>(m_rules), static_cast<QWidget *>(m_table), side})
        top->addWidget(panel);
    for (QWidget *panel : {static_cast<QWidget *>(m_canaries), static_cast<QWidget *>(m_health), static_cast<QWidget *>(m_charts)})
        bottom->addWidget(panel);
    for (QWidget *panel : {static_cast<QWidget *>(m_rules), static_cast<QWidget *>(m_table), side, static_cast<QWidget *>(m_canaries),
                           static_cast<QWidget *>(m_health), static_cast<QWidget *>(m_charts)})
        panel->setMinimumWidth(narrowestPanel);
    rows->addWidget(top);
    rows->addWidget(bottom);
    rows->setStretchFactor(0, 1);
    rows->setSizes({460, 330});
    top->setSizes({430, 620, 390});
    bottom->setSizes({540, 260, 640});
    m_panels = {m_rules->editor(), m_table, side, m_canaries, m_health, m_charts};
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_bar);
    layout->addWidget(rows, 1);
    for (QSplitter *each : findChildren<QSplitter *>())
        each->restoreState(m_parts.store->value(stateKey(each)).toByteArray());
    m_charts->setDays(m_parts.store->value(daysKey, m_charts->days()).toInt());
}

void RoutesWorkspace::connectParts()
{
    RoutingService *routing = m_parts.routing;
    connect(routing, &RoutingService::policyChanged, this, &RoutesWorkspace::showPolicy);
    connect(routing, &RoutingService::canariesChanged, this, &RoutesWorkspace::showCanaries);
    connect(routing, &RoutingService::decided, m_table, &RuleTable::countDecision);
    connect(routing, &RoutingService::decided, this, &RoutesWorkspace::laterMetrics);
    connect(routing, &RoutingService::healthChanged, this, &RoutesWorkspace::laterMetrics);
    connect(m_parts.finals, &FinalService::catalogueChanged, this, &RoutesWorkspace::showChecked);
    connect(m_draft, &RulesDraft::checked, this, &RoutesWorkspace::showChecked);
    connect(m_rules, &RulesPanel::message, this, &RoutesWorkspace::message);
    connect(m_table, &RuleTable::lineWanted, m_rules, &RulesPanel::goToLine);
    connect(m_rules->editor(), &QPlainTextEdit::cursorPositionChanged, this, [this] {
        m_table->showLine(m_rules->editor()->currentLine());
    });
    connect(m_sides, &Segmented::chosen, this, &RoutesWorkspace::showSide);
    connect(m_charts, &ChartPanel::daysChanged, this, &RoutesWorkspace::loadMetrics);
    m_metricsTimer.setSingleShot(true);
    m_metricsTimer.setInterval(metricsDelayMs);
    connect(&m_metricsTimer, &QTimer::timeout, this, &RoutesWorkspace::loadMetrics);
}

void RoutesWorkspace::connectActions()
{
    connect(m_actions, &RoutesActions::message, this, &RoutesWorkspace::message);
    connect(m_canaries, &CanaryPanel::promoteWanted, m_actions, &RoutesActions::promote);
    connect(m_canaries, &CanaryPanel::holdWanted, m_actions, &RoutesActions::hold);
    connect(m_canaries, &CanaryPanel::rollBackWanted, m_actions, &RoutesActions::rollBackCanary);
    connect(m_canaries, &CanaryPanel::restartWanted, m_actions, &RoutesActions::restart);
    connect(m_history, &HistoryPanel::putBackWanted, m_actions, &RoutesActions::putBack);
    connect(m_health, &HealthPanel::holdWanted, m_actions, &RoutesActions::holdModel);
}

void RoutesWorkspace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    loadMetrics();
}

void RoutesWorkspace::showDryRun()
{
    showSide(DryRunSide);
    m_dryRun->setFocus(Qt::OtherFocusReason);
}

void RoutesWorkspace::showHistory()
{
    showSide(HistorySide);
    m_history->list()->setFocus(Qt::OtherFocusReason);
}

void RoutesWorkspace::showSide(int index)
{
    m_side->setCurrentIndex(qBound<int>(DryRunSide, index, HistorySide));
    m_sides->setCurrentIndex(m_side->currentIndex());
}

void RoutesWorkspace::showCanaries()
{
    m_canaries->setCanaries(m_parts.routing->canaries(), m_names);
}

void RoutesWorkspace::laterMetrics()
{
    if (isVisible() && !m_metricsTimer.isActive())
        m_metricsTimer.start();
}

void RoutesWorkspace::loadMetrics()
{
    if (m_isMeasuring) {
        m_measureAgain = true;
        return;
    }
    m_isMeasuring = true;
    m_measureAgain = false;
    onFinished(m_parts.routing->metrics(m_charts->days()), this, [this](const QFuture<Result<QList<ModelMetrics>>> &future) {
        m_isMeasuring = false;
        const Result<QList<ModelMetrics>> metrics = future.result();
        if (metrics) {
            m_charts->setMetrics(*metrics, m_names);
            m_table->setMetrics(*metrics);
        } else {
            m_charts->setProblem(metrics.error().message);
        }
        if (m_measureAgain)
            loadMetrics();
    });
}

void RoutesWorkspace::showPolicy()
{
    const qint64 revision = m_parts.routing->revision();
    const bool bad = !m_parts.routing->problem().isEmpty();
    m_revision->setText(revision > 0 ? tr("Revision %1 in force").arg(revision) : tr("Built-in defaults in force"));
    m_revision->setIcon(bad ? QStringLiteral("warning") : QStringLiteral("check_circle"));
    m_revision->setTone(bad ? ThemeColor::Stale : ThemeColor::Current);
    m_file->setText(QDir::toNativeSeparators(m_parts.routing->file()));
    Q_EMIT trouble(QStringLiteral("routes.yaml"), m_parts.routing->problem());
}

void RoutesWorkspace::showChecked()
{
    m_names.setCatalogue(m_parts.finals->catalogue());
    if (!m_draft->isChecked())
        return;
    const QStringList models = modelsOf(m_draft->policy());
    m_names.use(models + modelsOf(m_parts.routing->policy()));
    // Half of what is meant would mislead: a text with errors is shown by what is in force meanwhile.
    const bool broken = m_draft->policy().hasErrors();
    m_table->setPolicy(broken ? m_parts.routing->policy() : m_draft->policy(), m_names);
    m_table->showThatTextIsBroken(broken);
    m_table->showLine(m_rules->editor()->currentLine());
    m_actions->setNames(m_names);
    m_dryRun->setNames(m_names);
    QStringList ids;
    for (const QString &model : std::as_const(models)) {
        if (!ids.contains(m_names.id(model)))
            ids << m_names.id(model);
    }
    m_health->setModels(ids, m_names);
    showCanaries();
}

/// Text that was not in force when the window was closed, or when Galley ended without a word. From here on it is kept while it is written.
void RoutesWorkspace::takeUnsaved()
{
    m_keepTimer.setSingleShot(true);
    m_keepTimer.setInterval(keepDelayMs);
    connect(&m_keepTimer, &QTimer::timeout, this, [this] {
        keepUnsaved();
        m_parts.store->sync();
    });
    connect(m_draft, &RulesDraft::stateChanged, this, [this] {
        if (!m_keepTimer.isActive())
            m_keepTimer.start();
    });
    const QString unsaved = m_parts.store->value(unsavedKey).toString();
    if (unsaved.isEmpty() || unsaved == m_draft->text())
        return;
    m_draft->putText(unsaved);
    m_bar->showMessage(MessageBar::Kind::Info, tr("The text of the rules that was not put in force last time is back."));
    m_bar->addButton(tr("Discard It"), [this] { m_draft->discard(); });
}

} // namespace Galley
