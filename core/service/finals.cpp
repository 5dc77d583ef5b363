#include "core/service/finals.h"

#include "core/base/async.h"
#include "core/base/log.h"
#include "core/engines/remote/remoteengine.h"
#include "core/service/finalpicture.h"
#include "core/service/routing.h"
#include "core/service/startpicture.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr int keptPictures = 6;

template<typename T>
Result<T> outcomeOf(const QFuture<Result<T>> &future)
{
    if (future.isValid() && future.resultCount() > 0)
        return future.result();
    return fail(ErrorCode::Cancelled, Finals::tr("Cancelled."));
}

} // namespace

Finals::Finals(FinalsParts parts, QObject *parent)
    : m_parts(std::move(parts))
    , m_keys(m_parts.keys)
    , m_engines(m_parts.local, m_parts.engines)
    , m_pictures(keptPictures)
{
    setParent(parent);
    m_pool.setMaxThreadCount(1);  // reading text back takes a core; the window keeps the others
    m_cachePool.setMaxThreadCount(1);
    m_queue = std::make_unique<JobQueue>(m_parts.store, queueWorld(), m_parts.queue);
    connect(m_queue.get(), &RenderQueue::finished, this, &Finals::onFinishedJob);
    connect(m_queue.get(), &RenderQueue::undecided, this, &Finals::onFinishedJob);
    connect(&m_keys, &BackendKeys::changed, this, [this] {
        Q_EMIT backendsChanged();
        m_queue->wake();
    });
    connect(m_parts.models, &CatalogueFile::changed, this, [this] {
        Q_EMIT catalogueChanged();
        Q_EMIT backendsChanged();
        m_queue->wake();
    });
}

Finals::~Finals()
{
    m_pool.waitForDone();
    m_cachePool.waitForDone();
}

QueueWorld Finals::queueWorld()
{
    QueueWorld world;
    world.engineFor = [this](const QString &id) -> RenderEngine * {
        const BackendEntry *backend = catalogue().findBackend(id);
        return backend ? m_engines.engineFor(*backend) : nullptr;
    };
    world.model = [this](const QString &id) {
        const ModelEntry *model = catalogue().findModel(id);
        return model ? std::optional<ModelEntry>(*model) : std::nullopt;
    };
    world.backend = [this](const QString &id) {
        const BackendEntry *backend = catalogue().findBackend(id);
        return backend ? std::optional<BackendEntry>(*backend) : std::nullopt;
    };
    world.makeRequest = [this](const JobRecord &job, const QList<ReferencePicture> &references) -> Result<EngineRequest> {
        const ModelEntry *model = catalogue().findModel(job.decision.model);
        const BackendEntry *backend = model ? catalogue().findBackend(model->backend) : nullptr;
        if (!backend)
            return fail(ErrorCode::NotFound, tr("The model \"%1\" is no longer in models.yaml.").arg(job.decision.model));
        return makeEngineRequest(job.request, *model, *backend, references);
    };
    world.obstacle = [this](const JobRecord &job) { return obstacleOf(job); };
    world.canLookUp = [](const BackendEntry &backend) {
        const ServiceKind *kind = findServiceKind(backend.kind);
        return kind && kind->canLookUp;
    };
    world.budgetPerDay = [this](const QString &) { return budgetPerDay(); };
    world.now = m_parts.now;
    listenFor(world);
    if (m_parts.cache)
        useCache(world);
    return world;
}

/// Only what was asked for with a seed: without one, everybody who asks again wants another picture. What is compared with another model has to be
/// rendered, or nothing is learned.
void Finals::useCache(QueueWorld &world)
{
    world.cached = [this](const JobRecord &job, const EngineRequest &request) -> QFuture<CacheLook> {
        // The same backend at another address is another service, whatever it calls its models.
        const BackendEntry *backend = catalogue().findBackend(request.backend);
        const CacheLook nothing{nullptr, m_parts.cache->moment(), backend ? backend->url.toString(QUrl::RemoveUserInfo) : QString()};
        if (!request.seedWanted || job.shadowOf > 0 || job.request.anew)
            return readyFuture(nothing);
        return runOn(&m_cachePool, [cache = m_parts.cache, store = m_parts.store, request, nothing]() -> CacheLook {
            auto known = cache->find(request, nothing.address);
            // Whoever marked its pictures, a rollback or a person, does not want them back under another number.
            if (known && store->isWithdrawn(request.digest()).result().value_or(false))
                known.reset();
            return {known ? std::make_shared<RenderResult>(std::move(*known)) : nullptr, nothing.moment, nothing.address};
        });
    };
    world.rendered = [this](const EngineRequest &request, const std::shared_ptr<const RenderResult> &result, const CacheLook &look) {
        if (request.mayShrink && result->image.size() != request.size)
            return;  // memory was short today
        m_cachePool.start([cache = m_parts.cache, request, result, look] { cache->insert(request, *result, look.moment, look.address); });
    };
}

void Finals::forgetRenders(const QString &model)
{
    if (m_parts.cache)
        m_cachePool.start([cache = m_parts.cache, model] { cache->forget(model); });
}

void Finals::start(std::function<void(Result<void>)> ready)
{
    onFinished(m_parts.store->fact(goneFactName()), this, [this](const QFuture<Result<QString>> &future) {
        const Result<QString> fact = outcomeOf(future);
        if (fact && !fact->isEmpty())
            readGone(*fact);
    });
    if (m_parts.routing)
        m_parts.routing->start();
    m_queue->start(std::move(ready));
}

void Finals::lookUpKeys()
{
    m_keys.lookUp(catalogue().backends);
}

void Finals::settingsChanged()
{
    Q_EMIT backendsChanged();
    Q_EMIT spentChanged();
    m_queue->wake();
}

QDateTime Finals::now() const
{
    return m_parts.now ? m_parts.now() : QDateTime::currentDateTime();
}

/// What stands in the way of sending; decisions depend on more (decisionWorld()).
QuoteWorld Finals::world(const QString &project) const
{
    QuoteWorld world;
    world.route.now = now();
    world.route.offline = m_parts.offline && m_parts.offline();
    for (const BackendEntry &backend : catalogue().backends) {
        if (!m_keys.isMissing(backend))
            continue;
        world.route.backendsWithoutKey.insert(backend.id);
        world.keyHints.insert(backend.id, m_keys.state(backend).sentence);
    }
    for (const ModelEntry &model : catalogue().models) {
        if (const QString sentence = goneSentence(model); !sentence.isEmpty())
            world.route.retired.insert(model.id, sentence);
    }
    world.spentUsd = spentTodayUsd(project);
    world.budgetUsd = budgetPerDay();
    return world;
}

QString Finals::obstacleOf(const JobRecord &job)
{
    const ModelEntry *model = catalogue().findModel(job.decision.model);
    const BackendEntry *backend = model ? catalogue().findBackend(model->backend) : nullptr;
    if (!backend && hasErrors(catalogue())) {
        return tr("models.yaml has errors, and \"%1\" is not among what could be read of it. Correct the file; then it is sent by itself.")
            .arg(job.decision.model);
    }
    if (!backend)
        return {};  // makeRequest() says it
    if (!m_keys.state(*backend).known) {
        m_keys.lookUp({*backend});
        return tr("The keychain is asked for the key of %1.").arg(backend->label);
    }
    return sendObstacle(*model, *backend, world(job.request.source.project));
}

Result<Quote> Finals::quote(const RenderRequest &request) const
{
    return makeQuote(request, catalogue(), decisionWorld(request.source.project));
}

/// What is no amount is no budget, whoever says it.
double Finals::budgetPerDay() const
{
    const double usd = m_parts.budgetPerDay ? m_parts.budgetPerDay() : 0;
    return std::isfinite(usd) && usd > 0 ? usd : 0;
}

QFuture<Result<Quote>> Finals::preparedQuote(const RenderRequest &request)
{
    const Result<Quote> first = quote(request);
    if (!first)
        return readyFuture<Result<Quote>>(first);
    auto promise = std::make_shared<QPromise<Result<Quote>>>();
    promise->start();
    readSpent(request.source.project, [this, promise, request, backend = first->backend] {
        const auto finish = [this, promise, request] {
            promise->addResult(quote(request));
            promise->finish();
        };
        if (m_keys.state(backend).known)
            finish();
        else
            onFinished(m_keys.read(backend), this, [finish](const QFuture<Result<Secret>> &) { finish(); });
    });
    return promise->future();
}

QFuture<Result<qint64>> Finals::submit(const RenderRequest &request, Lane lane, const QImage &draft)
{
    const Result<Quote> quoted = quote(request);
    if (!quoted)
        return readyFuture<Result<qint64>>(fail(quoted.error()));
    if (quoted->blocked) {
        return readyFuture<Result<qint64>>(
            fail(Error{.code = ErrorCode::Refused, .message = quoted->obstacle, .failure = FailureClass::OverBudget}));
    }
    const JobRecord record = recordOf(*quoted, lane);
    if (!request.hasStart() || !canHonour(quoted->model, quoted->backend, "image")) {
        return enqueue(record, {});
    }
    if (request.sendDraft && draft.isNull())
        return readyFuture<Result<qint64>>(fail(ErrorCode::InvalidInput, tr("The draft is to be sent along, but there is none yet. Wait for it.")));
    auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    const auto finish = [promise](const Result<qint64> &id) {
        promise->addResult(id);
        promise->finish();
    };
    const auto read = runOn(&m_pool, [request, frame = quoted->frame, draft, store = m_parts.store] { return readReferences(request, frame, draft, store); });
    onFinished(read, this, [this, finish, record](const QFuture<Result<QList<ReferencePicture>>> &future) {
        const auto references = outcomeOf(future);
        if (!references)
            return finish(fail(references.error()));
        onFinished(enqueue(record, *references), this, [finish](const QFuture<Result<qint64>> &added) {
            finish(outcomeOf(added));
        });
    });
    return promise->future();
}

double Finals::spentTodayUsd(const QString &project) const
{
    const QDate today = now().toLocalTime().date();
    if (m_spent.value(project).day != today) {
        m_spent.insert(project, {today, 0});  // yesterday's sum blocks nothing today
        readSpent(project);
    }
    return m_spent.value(project).usd;
}

void Finals::readSpent(const QString &project, std::function<void()> then) const
{
    auto *self = const_cast<Finals *>(this);  // only for the signal: what is known about the world is no part of the service's state
    const QDate day = now().toLocalTime().date();
    onFinished(m_parts.store->spentUsd(project, day), self, [self, project, day, then](const QFuture<Result<double>> &future) {
        const Result<double> spent = outcomeOf(future);
        const bool isOfToday = day == self->now().toLocalTime().date();
        if (spent && isOfToday && self->m_spent.value(project) != Spent{day, *spent}) {
            self->m_spent.insert(project, {day, *spent});
            Q_EMIT self->spentChanged();
        }
        if (then)
            then();
    });
}

QFuture<Result<FinalPicture>> Finals::picture(qint64 jobId, int index)
{
    const std::pair key(jobId, index);
    if (const FinalPicture *known = m_pictures.object(key))
        return readyFuture<Result<FinalPicture>>(*known);
    const auto made = runOn(&m_pool, [store = m_parts.store, jobId, index] { return makeFinalPicture(store, jobId, index); });
    onFinished(made, this, [this, key](const QFuture<Result<FinalPicture>> &future) {
        if (const auto picture = outcomeOf(future))
            m_pictures.insert(key, new FinalPicture(*picture));
    });
    return made;
}

QFuture<Result<QList<PictureScore>>> Finals::scores(qint64 assetId)
{
    return m_parts.store->scores(assetId);
}

void Finals::onFinishedJob(qint64 id)
{
    const Job *job = m_queue->find(id);
    if (!job)
        return;
    readSpent(job->record.request.source.project);
    if (m_parts.routing)
        tellFinished(job->record);
}

} // namespace Galley
