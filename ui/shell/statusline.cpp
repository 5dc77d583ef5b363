#include "ui/shell/statusline.h"

#include "core/base/memory.h"
#include "core/service/draftservice.h"
#include "ui/shell/issues.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/theme.h"

#include <QCoreApplication>
#include <QLocale>
#include <QToolButton>

namespace Galley {

namespace {

constexpr int memoryEveryMs = 2000;
constexpr int sayForMs = 8000;

ElidedLabel *cell(QStatusBar *bar, const QString &name)
{
    auto *label = new ElidedLabel(QString(), bar);
    label->setSecondary(true);
    label->setObjectName(name);
    label->setContentsMargins(Theme::space2, 0, Theme::space2, 0);
    bar->addPermanentWidget(label);
    return label;
}

QString deviceName(const QString &device)
{
    if (device == QLatin1String("cuda"))
        return StatusLine::tr("Graphics card");
    return device.toUpper();
}

} // namespace

StatusLine::StatusLine(DraftService *draft, IssueCollector *issues, QWidget *parent)
    : QStatusBar(parent)
    , m_draft(draft)
    , m_collector(issues)
    , m_issues(new QToolButton(this))
{
    setSizeGripEnabled(false);
    setContentsMargins(0, 0, Theme::space2, 0);
    setFont(Theme::secondaryFont());
    m_issues->setObjectName(QStringLiteral("issuesButton"));
    m_issues->setAutoRaise(true);
    m_issues->setFocusPolicy(Qt::TabFocus);
    m_issues->setFont(Theme::secondaryFont());
    m_issues->setIconSize({Theme::iconSize, Theme::iconSize});
    m_issues->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    addPermanentWidget(m_issues);
    m_device = cell(this, QStringLiteral("deviceCell"));
    m_worker = cell(this, QStringLiteral("workerCell"));
    m_memory = cell(this, QStringLiteral("memoryCell"));
    m_zoom = cell(this, QStringLiteral("zoomCell"));
    connect(m_issues, &QToolButton::clicked, this, &StatusLine::issuesClicked);
    connect(m_collector, &IssueCollector::changed, this, &StatusLine::showIssues);
    connect(draft, &DraftService::stateChanged, this, &StatusLine::showWorker);
    connect(draft, &DraftService::capabilitiesChanged, this, &StatusLine::showWorker);
    connect(&m_memoryTimer, &QTimer::timeout, this, &StatusLine::showMemory);
    m_memoryTimer.start(memoryEveryMs);
    showIssues();
    showWorker();
}

void StatusLine::setWorkerProcess(qint64 process)
{
    m_process = process;
    showWorker();
    showMemory();
}

void StatusLine::setZoom(double zoom)
{
    m_zoom->setText(QLocale().toString(100 * zoom, 'f', 0) + QStringLiteral(" %"));
}

void StatusLine::say(const QString &sentence)
{
    showMessage(sentence, sayForMs);
}

void StatusLine::takeBack(const QString &sentence)
{
    if (currentMessage() == sentence)
        clearMessage();
}

void StatusLine::addPermanent(QWidget *widget)
{
    addPermanentWidget(widget);
}

void StatusLine::addFirst(QWidget *widget)
{
    insertPermanentWidget(0, widget);
}

void StatusLine::showIssues()
{
    const int errors = m_collector->count(Severity::Error);
    const int warnings = m_collector->count(Severity::Warning);
    if (errors > 0)
        m_issues->setIcon(themedIcon(QStringLiteral("error"), ThemeColor::Danger));
    else if (warnings > 0)
        m_issues->setIcon(themedIcon(QStringLiteral("warning"), ThemeColor::Stale));
    else
        m_issues->setIcon(themedIcon(QStringLiteral("check_circle"), ThemeColor::Current));
    const QString text = errors + warnings == 0 ? tr("No issues") : tr("%n issues", nullptr, errors + warnings);
    m_issues->setText(text);
    m_issues->setAccessibleName(text);
    m_issues->setToolTip(tr("Show or hide the list of issues"));
}

void StatusLine::showWorker()
{
    const auto capabilities = m_draft->capabilities();
    m_device->setText(capabilities ? deviceName(capabilities->device) + u' ' + capabilities->dtype : QString());
    m_device->setToolTip(capabilities ? tr("%1, %n threads", nullptr, capabilities->threads).arg(capabilities->library) : QString());
    QString state;
    if (!capabilities)
        state = m_process ? tr("Worker starts …") : tr("No worker");
    else if (!m_process)
        state = tr("Worker is not running");
    else
        state = m_draft->state() == DraftService::State::Rendering ? tr("Worker renders") : tr("Worker is ready");
    m_worker->setText(state);
}

void StatusLine::showMemory()
{
    const qint64 own = residentBytes(QCoreApplication::applicationPid());
    const qint64 worker = m_process ? residentBytes(m_process) : 0;
    const auto megabytes = [](qint64 bytes) { return QLocale().toString(double(bytes) / 1e6, 'f', 0); };
    m_memory->setText(own > 0 ? tr("%1 MB").arg(megabytes(own + worker)) : QString());
    m_memory->setToolTip(tr("Memory: window %1 MB, worker %2 MB").arg(megabytes(own), megabytes(worker)));
}

} // namespace Galley
