#include "tests/core/service/queuerig.h"

#include "core/base/async.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>

#include <algorithm>

namespace Galley {

namespace {

constexpr int patienceMs = 30'000;

/// Runs the event loop until \a done; false when that never comes.
template<typename Done>
bool waitUntil(Done done)
{
    const QDeadlineTimer deadline(patienceMs);
    while (!done()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        QThread::msleep(1);
    }
    return true;
}

} // namespace

Error failureOfClass(FailureClass failure, qint64 retryAfterMs, bool billed)
{
    Error error{ErrorCode::ServiceFailed, QStringLiteral("The service says %1.").arg(failureClassName(failure)), {}, failure};
    error.retryAfterMs = retryAfterMs;
    error.billed = billed;
    return error;
}

RenderResult ScriptedEngine::result(const EngineRequest &request) const
{
    RenderResult result;
    result.model = request.upstream.isEmpty() ? request.model + QStringLiteral("-served") : request.upstream;
    result.seed = request.seed;
    result.requestsSent = 1;
    result.costUsd = costUsd;
    result.answer = {{"said", "everything"}};
    for (int i = 0; i < pictures; ++i) {
        ServicePicture picture;
        picture.image = QImage(8, 6, QImage::Format_RGB32);
        picture.image.fill(QColor::fromHsv(int(qHash(request.prompt) % 360), 200, 200 - i));
        picture.mediaType = "image/png";
        QBuffer buffer(&picture.bytes);
        buffer.open(QIODevice::WriteOnly);
        picture.image.save(&buffer, "PNG");
        result.pictures.append(picture);
    }
    result.image = result.pictures.isEmpty() ? QImage() : result.pictures.first().image;
    return result;
}

void ScriptedEngine::finish(std::shared_ptr<Open> entry, const std::optional<Error> &error)
{
    m_open.erase(std::remove(m_open.begin(), m_open.end(), entry), m_open.end());
    entry->promise.addResult(error ? Result<RenderResult>(fail(*error)) : result(entry->request));
    entry->promise.finish();
}

bool ScriptedEngine::answerOne(const std::optional<Error> &error)
{
    if (m_open.empty())
        return false;
    finish(m_open.front(), error);
    return true;
}

QFuture<Result<EngineCapabilities>> ScriptedEngine::capabilities()
{
    return readyFuture<Result<EngineCapabilities>>(EngineCapabilities());
}

QFuture<Result<RenderResult>> ScriptedEngine::render(const EngineRequest &request, RenderObserver observer, std::stop_token stop)
{
    sent.append(request.prompt);
    if (onRender)
        onRender(request);
    auto entry = std::make_shared<Open>();
    entry->request = request;
    entry->observer = std::move(observer);
    entry->promise.start();
    m_open.push_back(entry);
    mostInFlight = std::max(mostInFlight, open());
    const auto future = entry->promise.future();
    if (!remoteId.isEmpty())
        entry->observer.accepted(remoteId);
    entry->onStop.emplace(std::move(stop), [this, weak = std::weak_ptr<Open>(entry)] {
        if (const auto stopped = weak.lock(); stopped && !stopped->promise.future().isFinished())
            finish(stopped, onStop);
    });
    std::optional<Error> outcome;
    if (!script.empty()) {
        outcome = script.front();
        script.pop_front();
    }
    if (answersAtOnce && !(outcome && outcome->code == ErrorCode::Cancelled))
        finish(entry, outcome);
    return future;
}

QFuture<Result<RenderResult>> ScriptedEngine::lookUp(const EngineRequest &request, const QString &id, RenderObserver, std::stop_token)
{
    lookedUp.append(id);
    return readyFuture(lookUpError ? Result<RenderResult>(fail(*lookUpError)) : result(request));
}

QFuture<Result<QList<QList<float>>>> ScriptedEngine::embed(const QStringList &)
{
    return readyFuture<Result<QList<QList<float>>>>(fail(ErrorCode::Unsupported, QStringLiteral("None.")));
}

QueueRig::QueueRig()
{
    BackendEntry hosted;
    hosted.id = QStringLiteral("hosted");
    hosted.kind = QStringLiteral("ideogram");
    BackendEntry own;
    own.id = QStringLiteral("own");
    own.kind = QStringLiteral("a1111");
    own.free = true;
    backends = {hosted, own};
    ModelEntry paid;
    paid.id = QStringLiteral("paid");
    paid.backend = hosted.id;
    paid.price.usd = 0.06;
    ModelEntry limited = paid;
    limited.id = QStringLiteral("limited");
    limited.maxInFlight = 2;
    ModelEntry free;
    free.id = QStringLiteral("free");
    free.backend = own.id;
    models = {paid, limited, free};
    store = std::make_unique<Store>(folder.path());
    queue = std::make_unique<JobQueue>(store.get(), world());
}

QueueRig::~QueueRig()
{
    queue.reset();
    store.reset();
}

QueueWorld QueueRig::world()
{
    const auto byId = [](const auto &list, const QString &id) {
        const auto found = std::find_if(list.begin(), list.end(), [&](const auto &entry) { return entry.id == id; });
        return found == list.end() ? std::nullopt : std::optional(*found);
    };
    QueueWorld result;
    result.engineFor = [this](const QString &) { return &engine; };
    result.model = [this, byId](const QString &id) { return byId(models, id); };
    result.backend = [this, byId](const QString &id) { return byId(backends, id); };
    result.makeRequest = [this](const JobRecord &job, const QList<ReferencePicture> &references) -> Result<EngineRequest> {
        if (requestError)
            return fail(*requestError);
        EngineRequest request;
        request.model = job.decision.model;
        request.prompt = job.request.row.values.value(QStringLiteral("name"));
        request.references = references;
        request.seed = 7;
        return request;
    };
    result.obstacle = [this](const JobRecord &) { return obstacle; };
    result.canLookUp = [this](const BackendEntry &) { return canLookUp; };
    result.budgetPerDay = [this](const QString &) { return budget; };
    result.ruleBudgetPerDay = [this](const QString &) { return ruleBudget; };
    result.detourAhead = [this](const JobRecord &job) { return detourAhead ? detourAhead(job) : std::nullopt; };
    result.ended = [this](const JobRecord &, const JobAttempt &attempt, const Error *, bool) { ended.append(attempt.model + QStringLiteral(": ") + attempt.outcome); };
    result.detour = [this](const JobRecord &job, const Error &error) { return detour ? detour(job, error) : std::nullopt; };
    if (cache) {
        result.cached = [this](const JobRecord &, const EngineRequest &request) {
            const auto found = cache->find(request, address);
            return readyFuture(CacheLook{found ? std::make_shared<RenderResult>(*found) : nullptr, cache->moment(), address});
        };
        result.rendered = [this](const EngineRequest &request, const std::shared_ptr<const RenderResult> &made, const CacheLook &look) {
            cache->insert(request, *made, look.moment, look.address);
        };
    }
    result.now = [this] { return time; };
    result.random = [this] { return dice; };
    return result;
}

void QueueRig::start()
{
    bool ready = false;
    queue->start([&](const Result<void> &) { ready = true; });
    waitUntil([&] { return ready; });
}

void QueueRig::restart()
{
    queue.reset();
    store.reset();
    store = std::make_unique<Store>(folder.path());
    queue = std::make_unique<JobQueue>(store.get(), world(), QueueOptions{adopt});
}

Result<qint64> QueueRig::tryAdd(const QString &name, const QString &model, Lane lane)
{
    JobRecord job = newJob(model == QLatin1String("free") ? 0 : 0.06, model);
    job.request.row.values = {{QStringLiteral("name"), name}};
    job.request.anew = anew;
    job.lane = lane;
    job.createdAt = {};
    const auto future = queue->add(job);
    waitUntil([&] { return future.isFinished(); });
    return future.result();
}

qint64 QueueRig::add(const QString &name, const QString &model, Lane lane)
{
    return tryAdd(name, model, lane).value_or(0);
}

void QueueRig::advance(qint64 ms)
{
    time = time.addMSecs(ms);
    queue->wake();
}

} // namespace Galley
