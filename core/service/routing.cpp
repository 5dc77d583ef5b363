#include "core/service/routing.h"

#include "core/base/async.h"
#include "core/base/log.h"
#include "core/base/statistics.h"
#include "core/service/finals.h"
#include "core/service/renderagain.h"

#include <algorithm>
#include <numeric>

namespace Galley {

namespace {

constexpr int dryRequests = 100;
constexpr int mostWithdrawn = 1000;  ///< jobs that are looked at after a rollback

/// Nothing but the rules and time: what is out of order just now says nothing about other rules.
RouteSnapshot quietSnapshot(const RouteSnapshot &snapshot)
{
    RouteSnapshot quiet;
    quiet.now = snapshot.now;
    quiet.retired = snapshot.retired;
    quiet.canaries = snapshot.canaries;
    return quiet;
}

DryRun dryRunOf(const QList<JobRecord> &jobs, const RoutePolicy &before, const RoutePolicy &after, const ModelCatalogue &catalogue, const RouteSnapshot &snapshot)
{
    DryRun run;
    run.requests = int(jobs.size());
    run.findings = after.findings;
    for (const JobRecord &record : jobs) {
        const auto was = decideRoute(record.request, before, catalogue, snapshot);
        const auto would = decideRoute(record.request, after, catalogue, snapshot);
        const QString old = was ? was->model : record.decision.model;
        if (would && would->model == old)
            continue;
        Job job;
        job.record = record;
        const QString because = would ? would->reasons.join(QLatin1Char(' ')) : would.error().message;
        run.changes.append({record.id, job.title(), old, would ? would->model : QString(), because});
    }
    return run;
}

double percentile(QList<double> sorted, double share)
{
    constexpr int enough = 5;
    if (sorted.size() < enough)
        return -1;
    return sorted.at(std::min<qsizetype>(sorted.size() - 1, qsizetype(share * double(sorted.size()))));
}

/// What \a attempts say about each model.
QMap<QString, ModelMetrics> metricsOf(const QList<AttemptRow> &attempts)
{
    constexpr qsizetype mostTimes = 1000;
    QMap<QString, ModelMetrics> byModel;
    QMap<QString, QList<double>> scores;
    for (const AttemptRow &attempt : attempts) {
        ModelMetrics &metrics = byModel[attempt.model];
        metrics.model = attempt.model;
        if (attempt.outcome != QLatin1String("done")) {
            if (attempt.outcome != QLatin1String("cancelled"))
                ++metrics.failures[attempt.outcome];
            continue;
        }
        ++metrics.renders;
        metrics.costUsd += attempt.costUsd.value_or(0);
        if (attempt.milliseconds > 0)
            metrics.milliseconds.append(attempt.milliseconds);
        if (attempt.quality)
            scores[attempt.model].append(*attempt.quality);
    }
    for (ModelMetrics &metrics : byModel) {
        if (metrics.milliseconds.size() > mostTimes)
            metrics.milliseconds = metrics.milliseconds.last(mostTimes);
        QList<double> sorted = metrics.milliseconds;
        std::sort(sorted.begin(), sorted.end());
        metrics.p50 = percentile(sorted, 0.5);
        metrics.p95 = percentile(sorted, 0.95);
        metrics.p99 = percentile(sorted, 0.99);
        const QList<double> values = scores.value(metrics.model);
        if (!values.isEmpty())
            metrics.quality = std::accumulate(values.cbegin(), values.cend(), 0.0) / double(values.size());
    }
    return byModel;
}

RuleBookParts rulePartsOf(const RoutingParts &parts)
{
    return {.store = parts.store,
            .models = parts.models,
            .file = parts.rulesFile,
            .historyFolder = parts.historyFolder,
            .client = parts.client,
            .url = parts.rulesUrl,
            .pollMs = parts.pollMs,
            .now = parts.now,
            .author = parts.author};
}

std::function<qint64()> clockOf(const RoutingParts &parts)
{
    return parts.bootTime ? std::function<qint64()>([time = parts.bootTime] { return time().ms; }) : nullptr;
}

} // namespace

Routing::Routing(RoutingParts parts, QObject *parent)
    : m_parts(std::move(parts))
    , m_rules(rulePartsOf(m_parts))
    , m_watch(m_parts.store, clockOf(m_parts))
    , m_canaries({m_parts.store, &m_rules, m_parts.models, m_parts.now, m_parts.bootTime, m_parts.author, m_parts.withdrawn})
{
    setParent(parent);
    connect(&m_rules, &RuleBook::changed, this, &RoutingService::policyChanged);
    connect(&m_watch, &ModelWatch::changed, this, &RoutingService::healthChanged);
    connect(&m_canaries, &CanaryRun::changed, this, &RoutingService::canariesChanged);
}

Routing::~Routing() = default;

void Routing::setFinals(Finals *finals)
{
    m_finals = finals;
}

void Routing::start(std::function<void()> ready)
{
    // One counts down for all three.
    const auto open = std::make_shared<int>(3);
    const std::function<void()> one = [open, ready = std::move(ready)] {
        if (--*open == 0 && ready)
            ready();
    };
    m_rules.start(one);
    m_canaries.start(one);
    m_watch.start(now(), one);
    readSpent();
}

QDateTime Routing::now() const
{
    return m_parts.now ? m_parts.now() : QDateTime::currentDateTime();
}

void Routing::readSpent()
{
    const QDate day = now().toLocalTime().date();
    onFinished(m_parts.store->spentByRule(day), this, [this, day](const QFuture<Result<QMap<QString, double>>> &future) {
        if (const auto spent = future.result()) {
            m_spent = *spent;
            m_spentDay = day;
        }
    });
}

void Routing::complete(RouteSnapshot *snapshot) const
{
    QHash<QString, int> waiting;
    if (m_finals) {
        for (const qint64 id : m_finals->queue()->jobs()) {
            const JobRecord &record = m_finals->queue()->find(id)->record;
            if (!record.isEnded() && record.state != JobState::Undecided && record.state != JobState::Held)
                ++waiting[record.decision.model];
        }
    }
    for (const ModelEntry &model : m_parts.models->catalogue().models) {
        ModelCondition condition = m_watch.condition(model);
        condition.waiting = waiting.value(model.id);
        if (condition.waiting > 0 || m_watch.isKnown(model.id))
            snapshot->conditions.insert(model.id, condition);
    }
    if (m_spentDay == snapshot->now.toLocalTime().date())
        snapshot->spentByRuleUsd = m_spent;
    snapshot->canaries = m_canaries.states();
}

RouteSnapshot Routing::snapshot() const
{
    if (m_finals)
        return m_finals->routeSnapshot();
    RouteSnapshot snapshot;
    snapshot.now = now();
    complete(&snapshot);
    return snapshot;
}

Result<RouteDecision> Routing::decide(const RenderRequest &request) const
{
    auto decision = decideRoute(request, m_rules.policy(), m_parts.models->catalogue(), snapshot());
    if (decision)
        decision->revision = m_rules.revision();
    return decision;
}

double Routing::budgetPerDay(const QString &rule) const
{
    const QList<RouteRule> &rules = policy().rules;
    const auto found = std::find_if(rules.cbegin(), rules.cend(), [&](const RouteRule &each) { return each.name == rule; });
    return found == rules.cend() ? 0 : found->budgetPerDayUsd;
}

void Routing::submitted(const RouteDecision &decision)
{
    readSpent();
    Q_EMIT decided(decision.rule, decision.model);
}

void Routing::began(const JobRecord &job)
{
    m_watch.began(job.decision.model);
}

void Routing::ended(const JobRecord &job, const JobAttempt &attempt, const Error *error, bool wasAlone)
{
    const ModelEntry *model = m_parts.models->catalogue().findModel(attempt.model);
    const BackendEntry *backend = model ? m_parts.models->catalogue().findBackend(model->backend) : nullptr;
    m_watch.ended(attempt.model, attempt.milliseconds, error, wasAlone, backend && backend->kind == QLatin1String("local"));
    Q_UNUSED(job)
}

/// By now the library has the job's sends.
void Routing::finished(const JobRecord &job)
{
    readSpent();
    m_canaries.rendered(job.decision.rule);
}

QFuture<Result<DryRun>> Routing::dryRun(const QByteArray &text)
{
    const RoutePolicy after = m_rules.read(text);
    if (after.hasErrors()) {
        DryRun refused;
        refused.findings = after.findings;
        return readyFuture<Result<DryRun>>(refused);
    }
    const auto promise = std::make_shared<QPromise<Result<DryRun>>>();
    promise->start();
    const auto finish = [promise](const Result<DryRun> &run) {
        promise->addResult(run);
        promise->finish();
    };
    onFinished(m_parts.store->lastJobs(dryRequests), this, [this, after, finish](const QFuture<Result<QList<JobRecord>>> &future) {
        const auto jobs = future.result();
        if (!jobs)
            return finish(fail(jobs.error()));
        const auto decided = runOn(QThreadPool::globalInstance(), [jobs = *jobs, before = policy(), after, catalogue = m_parts.models->catalogue(),
                                                                  snapshot = quietSnapshot(snapshot())] {
            return dryRunOf(jobs, before, after, catalogue, snapshot);
        });
        onFinished(decided, this, [finish](const QFuture<DryRun> &run) { finish(run.result()); });
    });
    return promise->future();
}

QFuture<Result<QList<RouteRevision>>> Routing::history()
{
    const auto promise = std::make_shared<QPromise<Result<QList<RouteRevision>>>>();
    promise->start();
    onFinished(m_rules.history(), this, [this, promise](const QFuture<Result<QList<RevisionRow>>> &future) {
        const auto rows = future.result();
        if (!rows) {
            promise->addResult(fail(rows.error()));
        } else {
            QList<RouteRevision> revisions;
            for (const RevisionRow &row : *rows)
                revisions.append({row.number, row.digest, row.at, row.author, row.note, row.origin, m_rules.journal()->text(row.digest).value_or(QByteArray())});
            promise->addResult(revisions);
        }
        promise->finish();
    });
    return promise->future();
}

QFuture<Result<RollbackReport>> Routing::rollBack(qint64 revision, const QString &rule)
{
    if (revision > 0)
        return putBack(revision);
    const QString canary = rule.isEmpty() ? m_canaries.running() : rule;
    return canary.isEmpty() ? putBack(0) : m_canaries.rollBack(canary);
}

/// Pictures of \a jobs that the rules in force would give to another model.
QList<qint64> Routing::wouldChange(const QList<JobRecord> &jobs) const
{
    const RouteSnapshot quiet = quietSnapshot(snapshot());
    QList<qint64> pictures;
    for (const JobRecord &job : jobs) {
        const auto now = job.assets.isEmpty() ? Result<RouteDecision>(job.decision) : decideRoute(job.request, policy(), m_parts.models->catalogue(), quiet);
        if (!job.assets.isEmpty() && now && now->model != job.decision.model)
            pictures += job.assets;
    }
    return pictures;
}

QFuture<Result<RollbackReport>> Routing::putBack(qint64 revision)
{
    const qint64 left = m_rules.revision();
    const QString withdrawn = policy().digest;
    const auto put = m_rules.putBack(revision);
    const auto promise = std::make_shared<QPromise<Result<RollbackReport>>>();
    promise->start();
    const auto finish = [promise](const Result<RollbackReport> &outcome) {
        promise->addResult(outcome);
        promise->finish();
    };
    onFinished(put, this, [this, left, withdrawn, finish](const QFuture<Result<qint64>> &future) {
        const auto number = future.result();
        if (!number)
            return finish(fail(number.error()));
        const RevisionRow *row = m_rules.journal()->find(*number);
        RollbackReport report;
        report.sentence = tr("Revision %1 is taken back: what revision %2 said is in force again, as revision %3.").arg(left).arg(row ? row->putBack : 0).arg(*number);
        if (withdrawn.isEmpty())
            return finish(report);
        onFinished(m_parts.store->lastJobs(mostWithdrawn, withdrawn), this, [this, report, finish](const QFuture<Result<QList<JobRecord>>> &jobs) {
            RollbackReport marked = report;
            if (jobs.result())
                marked.pictures = wouldChange(*jobs.result());
            onFinished(m_parts.store->markAssets(marked.pictures, withdrawnMark()), this, [marked, finish](const QFuture<Result<void>> &) { finish(marked); });
        });
    });
    return promise->future();
}

QFuture<Result<RenderAgainReport>> Routing::renderAgain(const QList<qint64> &pictures)
{
    if (!m_finals) {
        return readyFuture<Result<RenderAgainReport>>(fail(ErrorCode::Unavailable, tr("Pictures can be made again only where finals are rendered.")));
    }
    return Galley::renderAgain(m_finals, m_parts.store, pictures);
}

QFuture<Result<QList<ModelMetrics>>> Routing::metrics(int days)
{
    const QDateTime moment = now();
    const auto promise = std::make_shared<QPromise<Result<QList<ModelMetrics>>>>();
    promise->start();
    onFinished(m_parts.store->attemptsSince(moment.addDays(-days)), this, [this, promise, moment](const QFuture<Result<QList<AttemptRow>>> &future) {
        onFinished(m_parts.store->decisionsSince(moment.addDays(-1)), this, [this, promise, attempts = future.result()](const QFuture<Result<QMap<QString, int>>> &counts) {
            if (!attempts) {
                promise->addResult(fail(attempts.error()));
                promise->finish();
                return;
            }
            QMap<QString, ModelMetrics> byModel = metricsOf(*attempts);
            const QMap<QString, int> decisions = counts.result().value_or(QMap<QString, int>());
            const int all = std::accumulate(decisions.cbegin(), decisions.cend(), 0);
            for (auto count = decisions.cbegin(); count != decisions.cend(); ++count) {
                byModel[count.key()].model = count.key();
                byModel[count.key()].share = double(*count) / all;
            }
            for (ModelMetrics &metrics : byModel) {
                const ModelEntry *model = m_parts.models->catalogue().findModel(metrics.model);
                const HealthStatus status = model ? m_watch.status(*model) : HealthStatus();
                metrics.health = status.state;
                metrics.healthReason = status.reason;
            }
            promise->addResult(byModel.values());
            promise->finish();
        });
    });
    return promise->future();
}

QList<HealthStatus> Routing::health() const
{
    QList<HealthStatus> list;
    for (const ModelEntry &model : m_parts.models->catalogue().models) {
        if (m_watch.isKnown(model.id))
            list.append(m_watch.status(model));
    }
    return list;
}

} // namespace Galley
