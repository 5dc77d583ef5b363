#include "ui/routes/routesactions.h"

#include "core/base/async.h"
#include "ui/routes/routestext.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"

#include <QAction>
#include <QPushButton>

#include <algorithm>

namespace Galley {

namespace {

/// The revision whose text \a now has: after a rollback the one that was put back, so that the next one goes further back and not forth again.
qint64 revisionInForce(const QList<RouteRevision> &revisions, qint64 now)
{
    static const auto prefix = QStringLiteral("rollback to ");
    for (const RouteRevision &each : revisions) {
        if (each.number == now && each.origin.startsWith(prefix))
            return each.origin.mid(prefix.size()).toLongLong();
    }
    return now;
}

} // namespace

RoutesActions::RoutesActions(RoutingService *routing, MessageBar *bar, QObject *parent)
    : QObject(parent)
    , m_routing(routing)
    , m_bar(bar)
    , m_rollBack(new QAction(themedIcon(QStringLiteral("undo"), ThemeColor::Danger), tr("Roll Back …"), this))
{
    m_rollBack->setObjectName(QStringLiteral("rollBack"));
    m_rollBack->setShortcut(QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_Z));
    m_rollBack->setAutoRepeat(false);
    connect(m_rollBack, &QAction::triggered, this, &RoutesActions::askToRollBack);
    connect(routing, &RoutingService::policyChanged, this, &RoutesActions::showState);
    connect(routing, &RoutingService::canariesChanged, this, &RoutesActions::showState);
    showState();
}

QList<CanaryStatus> RoutesActions::runningCanaries() const
{
    QList<CanaryStatus> running;
    for (const CanaryStatus &status : m_routing->canaries()) {
        if (status.state.phase != CanaryState::Phase::Done && status.state.phase != CanaryState::Phase::RolledBack)
            running << status;
    }
    return running;
}

void RoutesActions::showState()
{
    const bool canary = !runningCanaries().isEmpty();
    const bool possible = canary || m_routing->revision() > 1;
    m_rollBack->setEnabled(possible);
    m_rollBack->setToolTip(!possible ? tr("There is no canary and no earlier revision to go back to.")
                           : canary ? tr("Takes the canary's model back with the next decision")
                                    : tr("Puts the revision before this one in force with the next decision"));
}

void RoutesActions::askToRollBack()
{
    Q_EMIT wanted();
    const QList<CanaryStatus> running = runningCanaries();
    if (running.size() == 1) {
        rollBackCanary(running.first());
        return;
    }
    if (running.isEmpty()) {
        askForRevision();
        return;
    }
    m_bar->showMessage(MessageBar::Kind::Warning, tr("%n canaries run. Which one is taken back with the next decision?", nullptr, int(running.size())));
    for (const CanaryStatus &status : running) {
        m_bar->addButton(tr("%1: %2").arg(status.rule, m_names.label(status.canary.model)),
                         [this, rule = status.rule] { rollBack(0, rule); });
    }
    m_bar->addButton(tr("Leave It"), [] {});
}

void RoutesActions::askForRevision()
{
    onFinished(m_routing->history(), this, [this](const QFuture<Result<QList<RouteRevision>>> &future) {
        const Result<QList<RouteRevision>> revisions = future.result();
        if (!revisions) {
            m_bar->showMessage(MessageBar::Kind::Error, revisions.error().message);
            return;
        }
        const qint64 below = revisionInForce(*revisions, m_routing->revision());
        for (const RouteRevision &each : *revisions) {
            if (each.number < below) {
                putBack(each.number, each.note);
                return;
            }
        }
        m_bar->showMessage(MessageBar::Kind::Info, tr("There is no earlier revision of the rules to put back."));
    });
}

void RoutesActions::promote(const CanaryStatus &status)
{
    const double next = status.canary.steps.value(status.state.step + 1, -1);
    const QString model = m_names.label(status.canary.model);
    QString sentence = next < 0 ? tr("End the canary of %1 with %2 as its model?").arg(status.rule, model)
                                : tr("Give %1 of the cohorts of %2 to %3?").arg(percentText(next / 100), status.rule, model);
    if (status.report.verdict != CanaryVerdict::Promote) {
        sentence += u' ' + tr("The verdict is “%1”.").arg(verdictWord(status.report.verdict));
        if (!status.report.reasons.isEmpty())
            sentence += u' ' + status.report.reasons.first();
    }
    ask(sentence, next < 0 ? tr("Finish") : tr("Promote"), [this, rule = status.rule] { run(m_routing->promote(rule)); });
}

void RoutesActions::hold(const QString &rule, bool held)
{
    run(m_routing->holdCanary(rule, held));
}

void RoutesActions::restart(const QString &rule)
{
    ask(tr("Start the canary of %1 again at its first step?").arg(rule), tr("Start Again"), [this, rule] { run(m_routing->restartCanary(rule)); });
}

void RoutesActions::rollBackCanary(const CanaryStatus &status)
{
    ask(tr("Take %1 back? The next decision of %2 goes to %3 again, and the pictures that %1 made are marked.")
            .arg(m_names.label(status.canary.model), status.rule, m_names.labels(status.control)),
        tr("Roll Back"), [this, rule = status.rule] { rollBack(0, rule); });
}

void RoutesActions::putBack(qint64 revision, const QString &note)
{
    QString sentence = tr("Put revision %1 of the rules back in force with the next decision?").arg(revision);
    if (!note.isEmpty())
        sentence += u' ' + tr("Its note: “%1”.").arg(note);
    sentence += u' ' + tr("Revision %1 stays in the history.").arg(m_routing->revision());
    ask(sentence, tr("Put Revision %1 Back").arg(revision), [this, revision] { rollBack(revision, {}); });
}

void RoutesActions::holdModel(const QString &model, bool held)
{
    const QString label = m_names.label(model);
    if (!held) {
        m_routing->holdModel(model, false);
        Q_EMIT message(tr("Rules may choose %1 again.").arg(label));
        return;
    }
    ask(tr("Take %1 out of routing? Its requests go to the next share or fallback until you let it go.").arg(label), tr("Take It Out"),
        [this, model, label] {
            m_routing->holdModel(model, true);
            Q_EMIT message(tr("%1 is out of routing.").arg(label));
        });
}

void RoutesActions::ask(const QString &sentence, const QString &answer, std::function<void()> then)
{
    m_bar->showMessage(MessageBar::Kind::Warning, sentence);
    m_bar->addButton(answer, std::move(then))->setFocus(Qt::OtherFocusReason);
    m_bar->addButton(tr("Leave It"), [] {});
}

void RoutesActions::run(const QFuture<Result<QString>> &future)
{
    onFinished(future, this, [this](const QFuture<Result<QString>> &done) {
        const Result<QString> result = done.result();
        if (result)
            Q_EMIT message(*result);
        else
            m_bar->showMessage(MessageBar::Kind::Error, result.error().message);
    });
}

void RoutesActions::rollBack(qint64 revision, const QString &rule)
{
    onFinished(m_routing->rollBack(revision, rule), this, [this](const QFuture<Result<RollbackReport>> &future) {
        const Result<RollbackReport> report = future.result();
        if (report)
            showReport(*report);
        else
            m_bar->showMessage(MessageBar::Kind::Error, report.error().message);
    });
}

void RoutesActions::showReport(const RollbackReport &report)
{
    const int pictures = int(report.pictures.size());
    QString sentence = report.sentence;
    if (pictures > 0 && !report.withdrawnModel.isEmpty())
        sentence += u' ' + tr("%n pictures were made by %1: they are marked.", nullptr, pictures).arg(m_names.label(report.withdrawnModel));
    m_bar->showMessage(MessageBar::Kind::Done, sentence);
    if (pictures == 0)
        return;
    m_bar->addButton(tr("Render Them Again"), [this, list = report.pictures] { renderAgain(list); })
        ->setToolTip(tr("By the rules in force now; what the cache has costs nothing."));
}

void RoutesActions::renderAgain(const QList<qint64> &pictures)
{
    onFinished(m_routing->renderAgain(pictures), this, [this](const QFuture<Result<RenderAgainReport>> &future) {
        const Result<RenderAgainReport> done = future.result();
        if (!done) {
            m_bar->showMessage(MessageBar::Kind::Error, done.error().message);
            return;
        }
        // Why some were left is for those who wonder; the sentence counts them.
        m_bar->showMessage(done->left.isEmpty() ? MessageBar::Kind::Done : MessageBar::Kind::Warning, done->sentence);
        m_bar->setToolTip(QStringList(done->left.values()).join(u'\n'));
    });
}

} // namespace Galley
