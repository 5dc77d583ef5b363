#include "ui/routes/canarycard.h"

#include "ui/routes/routestext.h"
#include "ui/routes/steptrack.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/numbers.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Galley {

namespace {

/// Of the candidate at this step.
int rendersOf(const CanaryStatus &status)
{
    return std::max(0, status.report.renders - status.state.stepRenders);
}

bool isOver(const CanaryState &state)
{
    return state.phase == CanaryState::Phase::Done || state.phase == CanaryState::Phase::RolledBack;
}

} // namespace

QString canaryProgress(const CanaryStatus &status)
{
    const int renders = rendersOf(status);
    const int wanted = std::max(status.canary.minRenders, renders + status.report.rendersWanted);
    QStringList words{CanaryCard::tr("%1 of %n renders", nullptr, wanted).arg(renders)};
    if (status.report.bakeLeftMs > 0)
        words << CanaryCard::tr("%1 of %2 bake time left").arg(durationText(status.report.bakeLeftMs), durationText(status.canary.bakeMs));
    else
        words << CanaryCard::tr("bake time is over");
    words << CanaryCard::tr("%1 of 10,000 cohorts").arg(status.cohorts);
    return words.join(QStringLiteral(" · "));
}

CanaryCard::CanaryCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_phase(new Chip({}, this))
    , m_track(new StepTrack(this))
    , m_progress(new QLabel(this))
    , m_verdict(new Chip({}, this))
    , m_reason(new QLabel(this))
    , m_table(new QWidget(this))
    , m_grid(new QGridLayout(m_table))
{
    QFont strong = Theme::bodyFont();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setWordWrap(true);
    m_progress->setWordWrap(true);
    m_progress->setFont(Theme::secondaryFont());
    m_progress->setForegroundRole(QPalette::PlaceholderText);
    m_reason->setWordWrap(true);
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(Theme::space3);
    m_grid->setVerticalSpacing(Theme::space1);
    m_grid->setColumnStretch(4, 1);
    auto *head = new QHBoxLayout;
    head->setSpacing(Theme::space2);
    head->addWidget(m_title, 1);
    head->addWidget(m_phase, 0, Qt::AlignTop);
    auto *verdict = new QHBoxLayout;
    verdict->setSpacing(Theme::space2);
    verdict->addWidget(m_verdict, 0, Qt::AlignTop);
    verdict->addWidget(m_reason, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::space3, Theme::space2, Theme::space3, Theme::space3);
    layout->setSpacing(Theme::space2);
    layout->addLayout(head);
    layout->addWidget(m_track);
    layout->addWidget(m_progress);
    layout->addLayout(verdict);
    layout->addWidget(makeButtons());
    layout->addWidget(m_table);
}

QWidget *CanaryCard::makeButtons()
{
    auto *place = new QWidget(this);
    m_promote = new QPushButton(place);
    m_hold = new QPushButton(place);
    m_rollBack = new QPushButton(tr("Roll Back …"), place);
    m_restart = new QPushButton(tr("Start Again"), place);
    m_promote->setObjectName(QStringLiteral("promoteCanary"));
    m_hold->setObjectName(QStringLiteral("holdCanary"));
    m_rollBack->setObjectName(QStringLiteral("rollBackCanary"));
    m_restart->setObjectName(QStringLiteral("restartCanary"));
    m_rollBack->setProperty("danger", true);
    m_rollBack->setToolTip(tr("The candidate gets no requests from now on; what it made is marked."));
    m_restart->setToolTip(tr("Begin at the first step again."));
    auto *row = new QHBoxLayout(place);
    row->setContentsMargins(0, Theme::space1, 0, 0);
    row->setSpacing(Theme::space2);
    for (QPushButton *button : {m_promote, m_hold, m_restart}) {
        button->setAutoDefault(false);
        row->addWidget(button);
    }
    row->addStretch(1);
    m_rollBack->setAutoDefault(false);
    row->addWidget(m_rollBack);
    connect(m_promote, &QPushButton::clicked, this, [this] { Q_EMIT promoteWanted(m_status); });
    connect(m_hold, &QPushButton::clicked, this,
            [this] { Q_EMIT holdWanted(m_status.rule, m_status.state.phase != CanaryState::Phase::Held); });
    connect(m_rollBack, &QPushButton::clicked, this, [this] { Q_EMIT rollBackWanted(m_status); });
    connect(m_restart, &QPushButton::clicked, this, [this] { Q_EMIT restartWanted(m_status.rule); });
    return place;
}

void CanaryCard::setStatus(const CanaryStatus &status, const ModelNames &names)
{
    m_status = status;
    const QString candidate = names.label(status.canary.model);
    const QString how = status.canary.shadow ? tr("%1: %2 in the shadow of %3") : tr("%1: %2 against %3");
    m_title->setText(how.arg(status.rule, candidate, names.labels(status.control)));
    m_phase->setText(phaseWord(status.state.phase));
    m_phase->setIcon(status.state.phase == CanaryState::Phase::Held ? QStringLiteral("pause")
                     : status.state.phase == CanaryState::Phase::RolledBack ? QStringLiteral("undo")
                     : status.state.phase == CanaryState::Phase::Done ? QStringLiteral("check_circle") : QStringLiteral("play_arrow"));
    m_phase->setTone(status.state.phase == CanaryState::Phase::RolledBack ? ThemeColor::Danger
                     : status.state.phase == CanaryState::Phase::Held ? ThemeColor::Stale : ThemeColor::Accent);
    m_track->setSteps(status.canary.steps, status.state.phase == CanaryState::Phase::Done ? int(status.canary.steps.size()) : status.state.step);
    m_progress->setText(canaryProgress(status));
    m_verdict->setText(verdictWord(status.report.verdict));
    m_verdict->setIcon(verdictIcon(status.report.verdict));
    m_verdict->setTone(verdictTone(status.report.verdict));
    m_reason->setText(status.report.reasons.join(u' '));
    showNumbers();
    showButtons();
    setAccessibleName(words());
}

void CanaryCard::addCell(int row, int column, const QString &text, Qt::Alignment alignment, bool quiet)
{
    auto *label = new QLabel(text, m_table);
    label->setFont(Theme::secondaryFont());
    if (quiet)
        label->setForegroundRole(QPalette::PlaceholderText);
    m_grid->addWidget(label, row, column, alignment | Qt::AlignVCenter);
}

void CanaryCard::addVerdict(int row, const CanaryFinding &finding)
{
    auto *chip = new Chip(verdictWord(finding.verdict), m_table);
    chip->setIcon(verdictIcon(finding.verdict));
    chip->setTone(verdictTone(finding.verdict));
    chip->setToolTip(finding.sentence);
    m_grid->addWidget(chip, row, 4, Qt::AlignLeft | Qt::AlignVCenter);
}

void CanaryCard::showNumbers()
{
    if (m_numbers == m_status.report.findings)
        return;
    m_numbers = m_status.report.findings;
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_table->setVisible(!m_numbers.isEmpty());
    if (m_numbers.isEmpty())
        return;
    addCell(0, 1, tr("Candidate"), Qt::AlignRight, true);
    addCell(0, 2, tr("Control"), Qt::AlignRight, true);
    addCell(0, 3, tr("n"), Qt::AlignRight, true);
    int row = 1;
    for (const CanaryFinding &finding : std::as_const(m_numbers)) {
        const bool known = finding.nCandidate > 0 && finding.nControl > 0;
        addCell(row, 0, metricWord(finding.metric), Qt::AlignLeft, false);
        addCell(row, 1, finding.nCandidate > 0 ? metricValue(finding.metric, finding.candidate) : tr("–"), Qt::AlignRight, !known);
        addCell(row, 2, finding.nControl > 0 ? metricValue(finding.metric, finding.control) : tr("–"), Qt::AlignRight, !known);
        addCell(row, 3, tr("%1 : %2").arg(finding.nCandidate).arg(finding.nControl), Qt::AlignRight, true);
        addVerdict(row++, finding);
    }
}

void CanaryCard::showButtons()
{
    const bool over = isOver(m_status.state);
    const bool held = m_status.state.phase == CanaryState::Phase::Held;
    const double next = m_status.canary.steps.value(m_status.state.step + 1, -1);
    m_promote->setText(next < 0 ? tr("Finish …") : tr("Promote to %1 …").arg(percentText(next / 100)));
    m_promote->setToolTip(m_status.report.verdict == CanaryVerdict::Promote ? tr("The numbers speak for it.")
                                                                            : tr("The verdict is “%1”: Galley asks first.")
                                                                                  .arg(verdictWord(m_status.report.verdict)));
    m_hold->setText(held ? tr("Go On") : tr("Hold"));
    m_hold->setToolTip(held ? tr("Let the canary go on at its step.") : tr("Stay at this step until you let it go on."));
    m_promote->setVisible(!over);
    m_hold->setVisible(!over);
    m_rollBack->setVisible(!over);
    m_restart->setVisible(m_status.state.phase == CanaryState::Phase::RolledBack);
    for (QPushButton *button : {m_promote, m_hold, m_rollBack, m_restart})
        button->setAccessibleName(tr("%1 (canary of %2)").arg(QString(button->text()).remove(QStringLiteral(" …")), m_status.rule));
}

QString CanaryCard::words() const
{
    QStringList words{m_title->text(), m_phase->text(), m_track->accessibleName(), m_progress->text(),
                      tr("Verdict: %1.").arg(verdictWord(m_status.report.verdict)), m_reason->text()};
    // The judge's reasons have most of the sentences already.
    for (const CanaryFinding &finding : std::as_const(m_status.report.findings)) {
        const QString verdict = tr("%1: %2.").arg(metricWord(finding.metric), verdictWord(finding.verdict));
        words << (m_status.report.reasons.contains(finding.sentence) ? verdict : verdict + u' ' + finding.sentence);
    }
    words.removeAll(QString());
    return words.join(u'\n');
}

void CanaryCard::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(ThemeColor::Line), 1));
    painter.setBrush(theme.color(ThemeColor::Raised));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Theme::radius, Theme::radius);
}

} // namespace Galley
