#include "tests/bench/burst/loopback.h"
#include "tests/bench/burst/gpupool.h"
#include "tests/core/store/samplejob.h"
#include "tests/support/scriptedserver.h"

#include "core/base/async.h"
#include "core/engines/remote/remoteengine.h"
#include "core/service/jobqueue.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QImage>
#include <QTemporaryDir>
#include <QTimer>

#include <deque>
#include <memory>

namespace Galley {

namespace {

constexpr int pictureSide = 256;

QByteArray answerBody()
{
    QImage image(pictureSide, pictureSide, QImage::Format_RGB32);
    image.fill(QColor(90, 140, 200));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return R"({"created":1,"data":[{"b64_json":")" + bytes.toBase64() + R"("}]})";
}

/// One model's GPUs behind an OpenAI-like address. The number of the request stands in its prompt.
class PoolServer
{
public:
    PoolServer(GpuPool pool, std::function<double(int request)> aloneMs)
        : m_pool(std::move(pool))
        , m_aloneMs(std::move(aloneMs))
    {
        m_server.on("POST", "/v1/images/generations", [this](const ReceivedRequest &request, ScriptedConnection connection) {
            const qsizetype at = request.body.indexOf("request ");
            m_queue.emplace_back(request.body.mid(at + 8, 6).toInt(), connection);
            start();
        });
    }
    QUrl url() const { return m_server.url("/v1"); }

private:
    void start()
    {
        while (!m_queue.empty()) {
            const int gpu = m_pool.take();
            if (gpu < 0)
                return;
            const auto [request, connection] = m_queue.front();
            m_queue.pop_front();
            m_server.later(qRound(m_aloneMs(request) * m_pool.slowdown(gpu)), [this, gpu, answer = connection] {
                m_pool.release(gpu);
                answer.respondJson(200, m_body);
                start();
            });
        }
    }

    const QByteArray m_body = answerBody();
    GpuPool m_pool;
    std::function<double(int)> m_aloneMs;
    std::deque<std::pair<int, ScriptedConnection>> m_queue;
    ScriptedServer m_server;  ///< last: its thread uses the rest
};

class LoopbackRun
{
public:
    LoopbackRun(const BurstRun &run, const BurstSetup &setup, const QList<BurstArrival> &arrivals, const ModelCatalogue &catalogue, double scale)
        : m_run(run)
        , m_setup(setup)
        , m_arrivals(arrivals)
        , m_catalogue(catalogue)
        , m_scale(scale)
        , m_policy(readRoutePolicy(run.rules, catalogue, run.name))
        , m_desktops(std::size_t(setup.designers))
        , m_served(arrivals.size())
    {
        for (auto it = run.gpus.cbegin(); it != run.gpus.cend(); ++it)
            addModel(it.key(), it.value());
        QueueWorld world;
        world.engineFor = [this](const QString &backend) { return m_services.count(backend) ? m_services[backend].engine.get() : nullptr; };
        world.model = [this](const QString &id) { return m_services.count(id) ? std::optional(m_services[id].model) : std::nullopt; };
        world.backend = [this](const QString &id) { return m_services.count(id) ? std::optional(m_services[id].backend) : std::nullopt; };
        world.makeRequest = [](const JobRecord &job, const QList<ReferencePicture> &) -> Result<EngineRequest> {
            EngineRequest request;
            request.model = request.upstream = request.backend = job.decision.model;
            request.prompt = job.request.source.name;
            request.dialect = Dialect::Prose;
            request.size = QSize(pictureSide, pictureSide);
            request.seedWanted = false;
            return request;
        };
        m_store = std::make_unique<Store>(m_folder.path());
        m_queue = std::make_unique<JobQueue>(m_store.get(), world);
    }

    Result<QList<BurstServed>> execute()
    {
        QObject::connect(m_queue.get(), &RenderQueue::finished, &m_loop, [this](qint64 id) { came(id); });
        m_queue->start([this](const Result<void> &) { begin(); });
        QTimer::singleShot(int(m_setup.minutes * 60'000 / m_scale) + 120'000, &m_loop, [this] { m_loop.quit(); });
        m_loop.exec();
        if (!m_error.message.isEmpty())
            return tl::unexpected(m_error);
        if (m_left > 0)
            return fail(ErrorCode::ServiceFailed, QStringLiteral("%1 requests did not come back in time.").arg(m_left));
        return m_served;
    }

private:
    struct Service
    {
        std::unique_ptr<PoolServer> server;
        ModelEntry model;
        BackendEntry backend;
        std::unique_ptr<RemoteEngine> engine;
    };

    void addModel(const QString &id, int gpus)
    {
        Service service;
        service.server = std::make_unique<PoolServer>(GpuPool(gpus, m_setup.slots, m_setup.contention), [this, isMid = id == burstMidModel()](int request) {
            return pictureMs(isMid ? m_setup.midMs : m_setup.largeMs, m_setup.spread, m_arrivals.at(request).luck) / m_scale;
        });
        service.model.id = service.model.upstream = service.model.backend = id;
        service.model.maxInFlight = 1000;  // forty desktops together: the pool decides, not one queue
        service.backend.id = id;
        service.backend.kind = QStringLiteral("openai");
        service.backend.url = service.server->url();
        service.backend.key = id;
        service.engine = std::make_unique<RemoteEngine>(&m_client, service.backend, [](const BackendEntry &) { return readyFuture<Result<Secret>>(Secret("k")); });
        m_services.insert_or_assign(id, std::move(service));
    }

    void begin()
    {
        m_clock.start();
        m_left = m_arrivals.size();
        for (qsizetype i = 0; i < m_arrivals.size(); ++i)
            QTimer::singleShot(std::chrono::milliseconds(qRound64(m_arrivals.at(i).atMs / m_scale)), Qt::PreciseTimer, &m_loop, [this, i] { arrive(i); });
    }

    double nowMs() const { return double(m_clock.nsecsElapsed()) / 1e6 * m_scale; }

    void arrive(qsizetype index)
    {
        const BurstArrival &arrival = m_arrivals.at(index);
        BurstDesktop &desktop = m_desktops[std::size_t(arrival.designer)];
        const RenderRequest request = burstRequest(arrival);
        const Result<RouteDecision> decision = decideRoute(request, m_policy, m_catalogue, desktop.snapshot(m_run, qint64(nowMs())));
        if (!decision)
            return stop(decision.error());
        BurstServed &served = m_served[index];
        served.kind = arrival.kind;
        served.model = decision->model;
        if (served.model == burstDraftModel()) {
            served.localMs = draftMs(m_setup, arrival.luck);
            served.latencyMs = desktop.draft(arrival.atMs, served.localMs);
            return ended();
        }
        served.usd = priceOf(m_catalogue, served.model);
        served.gpuMs = pictureMs(served.model == burstMidModel() ? m_setup.midMs : m_setup.largeMs, m_setup.spread, arrival.luck);
        desktop.sent(served.model);
        JobRecord job = newJob(served.usd, served.model);
        job.decision = *decision;
        job.request.source.name = QStringLiteral("request %1 ").arg(index, 6, 10, QLatin1Char('0'));
        job.lane = arrival.kind == BurstKind::Preview ? Lane::Interactive : Lane::Final;
        onFinished(m_queue->add(job), &m_loop, [this, index](const QFuture<Result<qint64>> &future) {
            const Result<qint64> id = future.result();
            if (id)
                m_indices.insert(*id, index);
            else
                stop(id.error());
        });
    }

    void came(qint64 id)
    {
        const Job *job = m_queue->find(id);
        const qsizetype index = m_indices.value(id, -1);
        if (index < 0 || !job || job->record.state != JobState::Done)
            return stop(job ? job->record.error : Error{.message = QStringLiteral("A job has vanished.")});
        BurstServed &served = m_served[index];
        served.latencyMs = nowMs() - m_arrivals.at(index).atMs;
        m_desktops[std::size_t(m_arrivals.at(index).designer)].came(served.model, qint64(nowMs()), served.latencyMs);
        ended();
    }

    void ended()
    {
        if (--m_left == 0)
            m_loop.quit();
    }

    void stop(const Error &error)
    {
        m_error = error;
        m_loop.quit();
    }

    const BurstRun &m_run;
    const BurstSetup &m_setup;
    const QList<BurstArrival> &m_arrivals;
    const ModelCatalogue &m_catalogue;
    double m_scale;
    RoutePolicy m_policy;
    std::vector<BurstDesktop> m_desktops;
    QList<BurstServed> m_served;
    QHash<qint64, qsizetype> m_indices;
    qsizetype m_left = 0;
    Error m_error;
    QElapsedTimer m_clock;
    QTemporaryDir m_folder;
    HttpClient m_client;
    std::map<QString, Service> m_services;
    std::unique_ptr<Store> m_store;
    std::unique_ptr<JobQueue> m_queue;
    QEventLoop m_loop;
};

} // namespace

Result<QList<BurstServed>> runOnLoopback(const BurstRun &run, const BurstSetup &setup, const QList<BurstArrival> &arrivals, const ModelCatalogue &catalogue,
                                         double scale)
{
    return LoopbackRun(run, setup, arrivals, catalogue, scale).execute();
}

} // namespace Galley
