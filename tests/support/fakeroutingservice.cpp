#include "tests/support/fakeroutingservice.h"

#include "core/base/async.h"

#include <algorithm>

namespace Galley {

FakeRoutingService::FakeRoutingService(const ModelCatalogue *catalogue)
    : m_catalogue(catalogue)
{}

void FakeRoutingService::putFile(const QByteArray &text, const QString &author, const QString &note)
{
    const RoutePolicy read = readRoutePolicy(text, *m_catalogue, QStringLiteral("routes.yaml"));
    m_text = text;
    m_findings = read.findings;
    m_problem = read.hasErrors()
                    ? QStringLiteral("routes.yaml cannot be put in force: revision %1 stays. %2").arg(revision()).arg(read.findings.first().message)
                    : QString();
    if (!read.hasErrors())
        add(text, author, note, QStringLiteral("file"));
    Q_EMIT policyChanged();
}

void FakeRoutingService::add(const QByteArray &text, const QString &author, const QString &note, const QString &origin)
{
    m_policy = readRoutePolicy(text, *m_catalogue, QStringLiteral("routes.yaml"));
    m_findings = m_policy.findings;
    m_text = text;
    m_problem.clear();
    m_revisions.prepend({revision() + 1, m_policy.digest, QDateTime::currentDateTimeUtc(), author, note, origin, text});
}

void FakeRoutingService::setCanaries(const QList<CanaryStatus> &canaries)
{
    running = canaries;
    Q_EMIT canariesChanged();
}

void FakeRoutingService::setHealth(const QList<HealthStatus> &health)
{
    statuses = health;
    Q_EMIT healthChanged();
}

Result<RouteDecision> FakeRoutingService::decide(const RenderRequest &request) const
{
    return decideRoute(request, m_policy, *m_catalogue, world);
}

QList<Finding> FakeRoutingService::check(const QByteArray &text) const
{
    return readRoutePolicy(text, *m_catalogue, QStringLiteral("routes.yaml")).findings;
}

DryRun FakeRoutingService::tried(const QByteArray &text) const
{
    return {requests, changes, check(text)};
}

QFuture<Result<DryRun>> FakeRoutingService::dryRun(const QByteArray &text)
{
    calls << QStringLiteral("dryRun");
    if (answersAtOnce)
        return readyFuture<Result<DryRun>>(tried(text));
    m_openText = text;
    m_open.emplace();
    m_open->start();
    return m_open->future();
}

void FakeRoutingService::finishDryRun()
{
    m_open->addResult(tried(m_openText));
    m_open->finish();
    m_open.reset();
}

QFuture<Result<qint64>> FakeRoutingService::apply(const QByteArray &text, const QString &note, qint64 basedOn)
{
    calls << QStringLiteral("apply %1 %2").arg(basedOn).arg(note);
    if (applyError)
        return readyFuture<Result<qint64>>(tl::unexpected(*std::exchange(applyError, std::nullopt)));
    if (basedOn != revision()) {
        return readyFuture<Result<qint64>>(
            tl::unexpected(Error{ErrorCode::Refused, QStringLiteral("Revision %1 is in force now.").arg(revision())}));
    }
    add(text, QStringLiteral("ben"), note, QStringLiteral("apply"));
    Q_EMIT policyChanged();
    return readyFuture<Result<qint64>>(revision());
}

QFuture<Result<QList<RouteRevision>>> FakeRoutingService::history()
{
    return readyFuture<Result<QList<RouteRevision>>>(m_revisions);
}

QFuture<Result<RollbackReport>> FakeRoutingService::rollBack(qint64 number, const QString &rule)
{
    calls << QStringLiteral("rollback %1 %2").arg(number).arg(rule);
    if (canaryError)
        return readyFuture<Result<RollbackReport>>(tl::unexpected(*canaryError));
    const auto found = std::find_if(m_revisions.cbegin(), m_revisions.cend(), [number](const RouteRevision &each) { return each.number == number; });
    if (number > 0 && found != m_revisions.cend()) {
        add(QByteArray(found->text), QStringLiteral("ben"), {}, QStringLiteral("rollback to %1").arg(number));
        Q_EMIT policyChanged();
    }
    return readyFuture<Result<RollbackReport>>(report);
}

QFuture<Result<QString>> FakeRoutingService::answer(const QString &call, const QString &sentence)
{
    calls << call;
    if (canaryError)
        return readyFuture<Result<QString>>(tl::unexpected(*canaryError));
    return readyFuture<Result<QString>>(sentence);
}

QFuture<Result<QString>> FakeRoutingService::promote(const QString &rule)
{
    return answer(QStringLiteral("promote %1").arg(rule), QStringLiteral("The canary of %1 takes its next step.").arg(rule));
}

QFuture<Result<QString>> FakeRoutingService::holdCanary(const QString &rule, bool held)
{
    return answer(QStringLiteral("hold %1 %2").arg(rule).arg(int(held)), QStringLiteral("The canary of %1 is held.").arg(rule));
}

QFuture<Result<QString>> FakeRoutingService::restartCanary(const QString &rule)
{
    return answer(QStringLiteral("restart %1").arg(rule), QStringLiteral("The canary of %1 starts again.").arg(rule));
}

QFuture<Result<QList<ModelMetrics>>> FakeRoutingService::metrics(int days)
{
    calls << QStringLiteral("metrics %1").arg(days);
    return readyFuture<Result<QList<ModelMetrics>>>(measured);
}

QFuture<Result<RenderAgainReport>> FakeRoutingService::renderAgain(const QList<qint64> &pictures)
{
    calls << QStringLiteral("again %1").arg(pictures.size());
    RenderAgainReport done;
    done.jobs = pictures;
    done.sentence = QStringLiteral("%1 renders are in the queue.").arg(pictures.size());
    return readyFuture<Result<RenderAgainReport>>(done);
}

void FakeRoutingService::holdModel(const QString &model, bool held)
{
    calls << QStringLiteral("model %1 %2").arg(model).arg(int(held));
}

} // namespace Galley
