#include "tests/bench/bench.h"
#include "tests/core/store/samplejob.h"
#include "tests/support/scriptedserver.h"

#include "core/base/async.h"
#include "core/engines/remote/remoteengine.h"
#include "core/service/jobqueue.h"
#include "testpaths.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QEventLoop>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTimer>

#include <atomic>
#include <memory>

using namespace Galley;

namespace {

constexpr int finals = 100;
constexpr int carried = 10;       ///< what the server takes at a time; it turns away what is more
constexpr int renderMs = 3000;    ///< how long a picture takes; quick for a large model
constexpr int mostMs = 120'000;

/// A picture that does not compress to nothing: 1024² of soft noise.
QByteArray picture()
{
    QImage image(1024, 1024, QImage::Format_RGB32);
    QRandomGenerator dice(1);
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            line[x] = qRgb(x / 4 + dice.bounded(8), y / 4 + dice.bounded(8), 128 + dice.bounded(8));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

/// An OpenAI-like server that carries so many at a time.
class LimitedServer
{
public:
    LimitedServer()
    {
        const QByteArray body = R"({"created":1,"data":[{"b64_json":")" + picture().toBase64() + R"("}]})";
        m_server.on("POST", "/v1/images/generations", [this, body](const ReceivedRequest &, ScriptedConnection connection) {
            if (m_inFlight >= carried) {
                ++turnedAway;
                return connection.respondJson(429, R"({"error":{"message":"Rate limit reached.","code":"rate_limit_exceeded"}})");
            }
            ++m_inFlight;
            connection.later(renderMs, [this, connection, body] {
                --m_inFlight;
                connection.respondJson(200, body);
            });
        });
    }
    QUrl url() const { return m_server.url("/v1"); }
    std::atomic<int> turnedAway{0};

private:
    std::atomic<int> m_inFlight{0};
    ScriptedServer m_server;
};

/// How late a timer of one millisecond comes: what a click would wait for.
class Heartbeat
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            stalls.add(std::max(0.0, double(m_clock.nsecsElapsed()) / 1e6 - 1));
            m_clock.restart();
        });
        m_clock.start();
        m_timer.start(1);
    }
    BenchSeries stalls;

private:
    QElapsedTimer m_clock;
    QTimer m_timer;
};

struct Bench
{
    explicit Bench(int maxInFlight)
    {
        backend.id = backend.kind = QStringLiteral("openai");
        backend.url = server.url();
        backend.key = backend.id;
        model.id = model.upstream = QStringLiteral("gpt-image-1");
        model.backend = backend.id;
        model.maxInFlight = maxInFlight;
        engine = std::make_unique<RemoteEngine>(&client, backend, [](const BackendEntry &) { return readyFuture<Result<Secret>>(Secret("k")); });
        QueueWorld world;
        world.engineFor = [this](const QString &) { return engine.get(); };
        world.model = [this](const QString &) { return std::optional(model); };
        world.backend = [this](const QString &) { return std::optional(backend); };
        world.makeRequest = [this](const JobRecord &job, const QList<ReferencePicture> &) -> Result<EngineRequest> {
            EngineRequest request;
            request.model = request.upstream = model.id;
            request.backend = backend.id;
            request.prompt = QStringLiteral("A poster, %1").arg(job.id);
            request.dialect = Dialect::Prose;
            request.size = QSize(1024, 1024);
            request.seedWanted = false;
            return request;
        };
        store = std::make_unique<Store>(folder.path());
        queue = std::make_unique<JobQueue>(store.get(), world);
    }

    /// Milliseconds until all are done; 0 when some are not.
    double run()
    {
        QEventLoop loop;
        int done = 0;
        QObject::connect(queue.get(), &RenderQueue::finished, &loop, [&](qint64 id) {
            done += queue->find(id)->record.state == JobState::Done ? 1 : 0;
            if (done == finals)
                loop.quit();
        });
        QTimer::singleShot(mostMs, &loop, [&] { loop.quit(); });
        QElapsedTimer clock;
        clock.start();
        queue->start();
        for (int i = 0; i < finals; ++i)
            queue->add(newJob(0.04, model.id));
        loop.exec();
        return done == finals ? double(clock.nsecsElapsed()) / 1e6 : 0;
    }

    QTemporaryDir folder;
    LimitedServer server;
    HttpClient client;
    BackendEntry backend;
    ModelEntry model;
    std::unique_ptr<RemoteEngine> engine;
    std::unique_ptr<Store> store;
    std::unique_ptr<JobQueue> queue;
};

bool measure(BenchReport &report, const QString &what, int maxInFlight)
{
    Bench bench(maxInFlight);
    double total = 0;
    {
        Heartbeat heartbeat;
        total = bench.run();
        report.add(what + QStringLiteral(": GUI thread away"), heartbeat.stalls);
        report.addValue(what + QStringLiteral(": GUI thread away p99, ms"), heartbeat.stalls.quantile(0.99));
    }
    report.addValue(what + QStringLiteral(": total, ms"), total);
    report.addValue(what + QStringLiteral(": percent of the theoretical time"), 100 * total / (double(finals) / carried * renderMs));
    report.addValue(what + QStringLiteral(": turned away"), bench.server.turnedAway);
    return total > 0;
}

} // namespace

/// 100 finals at once against a server that carries 10 and takes three seconds for each: thirty seconds in theory.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    BenchReport report(QStringLiteral("finals"));
    const bool known = measure(report, QStringLiteral("max_in_flight known"), carried);
    const bool found = measure(report, QStringLiteral("max_in_flight found out"), 0);
    return known && found && report.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
