#include "ui/routes/dryrunpanel.h"

#include "core/base/async.h"
#include "core/routing/router.h"
#include "core/service/finalservice.h"
#include "ui/document/templatedocument.h"
#include "ui/finals/finalchoice.h"
#include "ui/routes/routestext.h"
#include "ui/routes/rulesdraft.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/segmented.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace Galley {

namespace {

constexpr int delayMs = 100;
constexpr int most = 100;

QLabel *words(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

DryRunPanel::DryRunPanel(RoutingService *routing, const FinalService *finals, RulesDraft *draft, TemplateDocument *document, QWidget *parent)
    : QWidget(parent)
    , m_routing(routing)
    , m_finals(finals)
    , m_draft(draft)
    , m_document(document)
    , m_fidelity(new Segmented(tr("Fidelity to try"), this))
    , m_answer(words(this))
    , m_change(new NoticeLine(this))
    , m_because(words(this))
    , m_summary(words(this))
    , m_list(new QTreeWidget(this))
{
    for (const QString &word : {tr("Draft"), tr("Mid"), tr("Final")})
        m_fidelity->addSegment(word);
    m_fidelity->setCurrentIndex(int(Fidelity::Final));
    setFocusProxy(m_fidelity->button(int(Fidelity::Final)));
    layOut();
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &DryRunPanel::run);
    connect(m_fidelity, &Segmented::chosen, this, &DryRunPanel::showTemplate);
    connect(draft, &RulesDraft::checked, this, &DryRunPanel::later);
    connect(routing, &RoutingService::policyChanged, this, &DryRunPanel::later);
    connect(routing, &RoutingService::healthChanged, this, &DryRunPanel::later);
    connect(document, &TemplateDocument::changed, this, &DryRunPanel::later);
    connect(document, &TemplateDocument::currentRowChanged, this, &DryRunPanel::later);
    connect(document, &TemplateDocument::replaced, this, &DryRunPanel::later);
}

void DryRunPanel::layOut()
{
    QFont strong = Theme::bodyFont();
    strong.setWeight(QFont::DemiBold);
    m_answer->setFont(strong);
    m_change->hide();
    m_because->setFont(Theme::secondaryFont());
    m_because->setForegroundRole(QPalette::PlaceholderText);
    m_list->setObjectName(QStringLiteral("dryRunChanges"));
    m_list->setAccessibleName(tr("Requests that would change model"));
    m_list->setHeaderLabels({tr("Request"), tr("Model")});
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTabKeyNavigation(false);
    m_list->header()->setSectionResizeMode(QHeaderView::Stretch);
    m_list->header()->setHighlightSections(false);
    auto *top = new QWidget;
    auto *answer = new QVBoxLayout(top);
    answer->setContentsMargins(Theme::space2, Theme::space1, Theme::space2, Theme::space2);
    answer->setSpacing(Theme::space1);
    for (QWidget *each : {static_cast<QWidget *>(m_answer), static_cast<QWidget *>(m_change), static_cast<QWidget *>(m_because)})
        answer->addWidget(each);
    answer->addStretch(1);
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(top);
    auto *bottom = new QWidget(this);
    auto *requests = new QVBoxLayout(bottom);
    requests->setContentsMargins(0, 0, 0, 0);
    requests->setSpacing(0);
    auto *title = new SectionHeader(tr("Last 100 Requests"), bottom);
    title->setMinor(true);
    m_summary->setAlignment(Qt::AlignTop);
    m_summary->setContentsMargins(Theme::space2, 0, Theme::space2, Theme::space1);
    requests->addWidget(title);
    requests->addWidget(m_summary);
    requests->addWidget(m_list, 1);
    requests->addStretch(0);
    auto *parts = new QSplitter(Qt::Vertical, this);
    parts->setObjectName(QStringLiteral("dryRunParts"));
    parts->setHandleWidth(1);
    parts->setChildrenCollapsible(false);
    parts->addWidget(area);
    parts->addWidget(bottom);
    parts->setSizes({230, 200});
    auto *fidelity = new QHBoxLayout;
    fidelity->setContentsMargins(Theme::space2, 0, Theme::space2, Theme::space1);
    fidelity->addWidget(m_fidelity);
    fidelity->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(fidelity);
    layout->addWidget(parts, 1);
}

void DryRunPanel::setNames(const ModelNames &names)
{
    m_names = names;
    later();
}

QString DryRunPanel::answer() const
{
    return m_answer->text();
}

QString DryRunPanel::because() const
{
    return m_because->text();
}

QString DryRunPanel::summary() const
{
    return m_summary->text();
}

void DryRunPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        m_timer.start();
}

void DryRunPanel::later()
{
    m_isStale = true;
    if (isVisible() && !m_timer.isActive())
        m_timer.start();
}

void DryRunPanel::run()
{
    m_isStale = false;
    showTemplate();
    tryRequests();
}

QString DryRunPanel::sentences(const RouteDecision &decision) const
{
    QStringList lines;
    for (const QString &reason : decision.reasons)
        lines << QStringLiteral("• ") + reason;
    for (const QString &skipped : decision.skipped)
        lines << QStringLiteral("• ") + tr("Skipped: %1").arg(skipped);
    for (const RouteFallback &fallback : decision.fallbacks)
        lines << QStringLiteral("• ") + tr("If it fails: %1").arg(fallbackText(fallback, m_names));
    if (!decision.shadow.isEmpty())
        lines << QStringLiteral("• ") + tr("%1 renders too, for comparison only.").arg(m_names.label(decision.shadow));
    lines << QStringLiteral("• ") + tr("Cohort %1 of 10,000.").arg(decision.cohort);
    return lines.join(u'\n');
}

void DryRunPanel::showTemplate()
{
    FinalChoice choice;
    choice.tier = Fidelity(m_fidelity->currentIndex());
    const RenderRequest request = finalRequest(m_document, m_document->row(), choice, 0);
    const QString name = m_document->displayName();
    if (m_draft->policy().hasErrors()) {
        m_answer->setText(tr("%1 → ?").arg(name));
        m_change->showNotice(NoticeLine::Kind::Error, tr("The text has errors. The rules in force stay until they are corrected."));
        m_because->clear();
        return;
    }
    const Result<RouteDecision> tried = decideRoute(request, m_draft->policy(), m_finals->catalogue(), m_routing->snapshot());
    if (!tried) {
        m_answer->setText(tr("%1 → no model").arg(name));
        m_change->showNotice(NoticeLine::Kind::Warning, tried.error().message);
        m_because->clear();
        return;
    }
    m_answer->setText(QStringLiteral("%1 → %2").arg(name, m_names.label(tried->model)));
    m_because->setText(tr("Rule: %1").arg(ruleLabel(tried->rule)) + u'\n' + sentences(*tried));
    const Result<RouteDecision> now = m_routing->decide(request);
    if (!m_draft->isModified() || !now)
        m_change->showNotice(NoticeLine::Kind::Info, {});
    else if (now->model == tried->model)
        m_change->showNotice(NoticeLine::Kind::Good, tr("The same model as by the rules in force."));
    else
        m_change->showNotice(NoticeLine::Kind::Warning, tr("By the rules in force it is %1.").arg(m_names.label(now->model)));
}

void DryRunPanel::tryRequests()
{
    if (m_isTrying) {
        m_again = true;
        return;
    }
    if (m_draft->policy().hasErrors()) {
        m_summary->setText(tr("The text has errors."));
        m_list->clear();
        m_list->hide();
        return;
    }
    m_isTrying = true;
    m_again = false;
    onFinished(m_routing->dryRun(m_draft->bytes()), this, [this](const QFuture<Result<DryRun>> &future) {
        m_isTrying = false;
        if (m_again)
            tryRequests();
        else
            showRequests(future.result());
    });
}

void DryRunPanel::showRequests(const Result<DryRun> &result)
{
    m_list->clear();
    m_list->hide();
    if (!result) {
        m_summary->setText(result.error().message);
        return;
    }
    const int changes = int(result->changes.size());
    if (result->requests == 0)
        m_summary->setText(tr("Nothing has been rendered by rules yet. Requests are listed here once there are some."));
    else if (changes == 0)
        m_summary->setText(tr("None of the last %n requests would change model.", nullptr, result->requests));
    else
        m_summary->setText(tr("%1 of the last %n requests would change model:", nullptr, result->requests).arg(changes));
    for (const DryRunChange &change : result->changes) {
        if (m_list->topLevelItemCount() == most)
            break;
        auto *item = new QTreeWidgetItem(m_list, {change.title, QStringLiteral("%1 → %2").arg(m_names.label(change.before), m_names.label(change.after))});
        for (int column = 0; column < 2; ++column)
            item->setToolTip(column, item->text(column) + u'\n' + change.because);
    }
    m_list->setVisible(changes > 0);
}

} // namespace Galley
