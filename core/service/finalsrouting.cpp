#include "core/service/finals.h"

#include "core/base/async.h"
#include "core/base/log.h"
#include "core/service/finalpicture.h"
#include "core/service/routefallback.h"
#include "core/service/routing.h"
#include "core/service/scoreservice.h"

namespace Galley {

/// What routing hears of each send, and where a job goes that has failed.
void Finals::listenFor(QueueWorld &world)
{
    world.ended = [this](const JobRecord &job, const JobAttempt &attempt, const Error *error, bool wasAlone) {
        const ModelEntry *model = catalogue().findModel(attempt.model);
        if (model && error && error->failure == FailureClass::Retired)
            rememberGone(*model, error->message);
        if (m_parts.routing)
            m_parts.routing->ended(job, attempt, error, wasAlone);
    };
    world.detour = [this](const JobRecord &job, const Error &error) {
        return job.decision.fallbacks.isEmpty() ? std::nullopt : nextFallback(job, error, catalogue(), decisionWorld(job.request.source.project));
    };
    world.detourAhead = [this](const JobRecord &job) { return detourAhead(job); };
    world.ruleBudgetPerDay = [this](const QString &rule) { return m_parts.routing ? m_parts.routing->budgetPerDay(rule) : 0; };
    if (m_parts.routing)
        world.began = [this](const JobRecord &job) { m_parts.routing->began(job); };
}

/// What the rules say of a job that waits for a model that cannot be asked now. A missing key is none of it: whoever enters it is waited for.
std::optional<Detour> Finals::detourAhead(const JobRecord &job) const
{
    const ModelEntry *model = catalogue().findModel(job.decision.model);
    const BackendEntry *backend = model ? catalogue().findBackend(model->backend) : nullptr;
    if (!backend)
        return std::nullopt;
    Error reason{ErrorCode::Unavailable, {}};
    if (m_parts.offline && m_parts.offline() && !isOnThisMachine(*backend))
        reason.failure = FailureClass::Offline;
    else if (m_parts.routing && m_parts.routing->isOutOfRouting(*model))
        reason.failure = FailureClass::Busy;
    else
        return std::nullopt;
    return nextFallback(job, reason, catalogue(), decisionWorld(job.request.source.project), FallbackCause::Waiting);
}

QuoteWorld Finals::decisionWorld(const QString &project) const
{
    QuoteWorld world = this->world(project);
    if (m_parts.routing) {
        world.policy = m_parts.routing->policy();
        world.revision = m_parts.routing->revision();
        m_parts.routing->complete(&world.route);
    }
    return world;
}

RouteSnapshot Finals::routeSnapshot() const
{
    return decisionWorld({}).route;
}

QFuture<Result<qint64>> Finals::submitAgain(const RenderRequest &request, Lane lane, const QList<ReferencePicture> &references)
{
    const Result<Quote> quoted = quote(request);
    if (!quoted)
        return readyFuture<Result<qint64>>(fail(quoted.error()));
    if (quoted->blocked)
        return readyFuture<Result<qint64>>(fail(Error{.code = ErrorCode::Refused, .message = quoted->obstacle, .failure = FailureClass::OverBudget}));
    return enqueue(recordOf(*quoted, lane), references);
}

QFuture<Result<qint64>> Finals::renderAnew(qint64 job)
{
    const auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    const auto finish = [promise](const Result<qint64> &id) {
        promise->addResult(id);
        promise->finish();
    };
    // The library knows jobs that the queue has long forgotten.
    onFinished(m_parts.store->job(job), this, [this, job, finish](const QFuture<Result<JobRecord>> &found) {
        const Result<JobRecord> known = found.result();
        if (!known)
            return finish(fail(ErrorCode::NotFound, tr("Nobody knows this final any more. Render it from its template.")));
        RenderRequest request = known->request;
        request.anew = true;
        onFinished(m_parts.store->references(job), this, [this, request, finish](const QFuture<Result<QList<ReferencePicture>>> &future) {
            const Result<QList<ReferencePicture>> references = future.result();
            if (!references)
                return finish(fail(references.error()));
            onFinished(submitAgain(request, Lane::Final, *references), this, [finish](const QFuture<Result<qint64>> &added) { finish(added.result()); });
        });
    });
    return promise->future();
}

JobRecord Finals::recordOf(const Quote &quote, Lane lane) const
{
    JobRecord record;
    record.lane = lane;
    record.request = quote.request;
    record.decision = quote.decision;
    record.estimateUsd = quote.estimateUsd;
    record.priceKnown = quote.priceKnown;
    record.createdAt = now();
    return record;
}

QFuture<Result<qint64>> Finals::enqueue(const JobRecord &record, const QList<ReferencePicture> &references)
{
    const auto added = m_queue->add(record, references);
    onFinished(added, this, [this, record, references](const QFuture<Result<qint64>> &future) {
        readSpent(record.request.source.project);
        const bool isQueued = future.resultCount() > 0 && future.result();
        if (!isQueued || !m_parts.routing)
            return;
        m_parts.routing->submitted(record.decision);
        if (!record.decision.shadow.isEmpty())
            addShadow(record, *future.result(), references);
    });
    return added;
}

/// A canary compares scores: they are taken before it is judged.
void Finals::tellFinished(const JobRecord &job)
{
    if (job.state != JobState::Done || job.assets.isEmpty() || !m_parts.routing->hasCanary(job.decision.rule)) {
        m_parts.routing->finished(job);
        return;
    }
    const auto scored = runOn(&m_pool, [store = m_parts.store, assets = job.assets] {
        for (const qint64 asset : assets) {
            if (const auto scores = measurePicture(store, asset); !scores)
                logMessage(LogLevel::Warning, scores.error().message);
        }
    });
    onFinished(scored, this, [this, job](const QFuture<void> &) { m_parts.routing->finished(job); });
}

/// The candidate renders the same, last of all, on a budget check of its own; a shadow that cannot be afforded is left out without a word to anybody
/// but the log.
void Finals::addShadow(const JobRecord &shown, qint64 id, const QList<ReferencePicture> &references)
{
    QuoteWorld world = this->world(shown.request.source.project);
    RenderRequest request = shown.request;
    request.model = shown.decision.shadow;
    const auto quoted = makeQuote(request, catalogue(), world);
    if (!quoted || quoted->blocked) {
        logMessage(LogLevel::Info, QStringLiteral("no shadow of job %1: %2").arg(id).arg(quoted ? quoted->obstacle : quoted.error().message));
        return;
    }
    JobRecord shadow = shown;
    shadow.lane = Lane::Batch;
    shadow.shadowOf = id;
    shadow.estimateUsd = quoted->estimateUsd;
    shadow.priceKnown = quoted->priceKnown;
    shadow.decision.model = quoted->decision.model;
    shadow.decision.shadow.clear();
    shadow.decision.fallbacks.clear();
    shadow.decision.reasons = {tr("Only compared with what %1 makes of the same request (job %2), never shown as its result.").arg(shown.decision.model).arg(id)};
    onFinished(m_queue->add(shadow, references), this, [this, id](const QFuture<Result<qint64>> &added) {
        if (added.resultCount() > 0 && !added.result())
            logMessage(LogLevel::Info, QStringLiteral("no shadow of job %1: %2").arg(id).arg(added.result().error().message));
    });
}

} // namespace Galley
