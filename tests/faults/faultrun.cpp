#include "tests/faults/faultrun.h"

#include "core/base/async.h"
#include "core/service/jobqueue.h"
#include "tests/core/store/samplejob.h"
#include "tests/support/canary.h"
#include "tests/support/looptimer.h"
#include "tests/support/testpicture.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QEventLoop>
#include <QRandomGenerator>
#include <QSemaphore>
#include <QThread>
#include <QTimer>

#include <array>
#include <atomic>

namespace Galley {

namespace {

constexpr double usd = 0.06;
constexpr int patienceMs = 60'000;
constexpr int afterwardsMs = 5;  ///< in which a second request would be seen

/// A service on a scripted server that misbehaves in one place.
class Scene
{
public:
    Scene(const ServiceProfile &profile, const Fault &fault)
        : m_profile(profile)
        , m_fault(fault)
    {
        if (profile.usesSocket)
            speakComfy();
        else
            speak();
        server.onHeaders([this](const auto &request, const auto &connection) { return takeHeaders(request, connection); });
        server.before([this](const auto &request, const auto &connection, const auto &proceed) { take(request, connection, proceed); });
    }

    ~Scene() { release(); }

    /// A server that has stopped reading goes on.
    void release() { m_gate.release(); }
    int count(Stage stage) const { return m_counts[std::size_t(stage)]; }

    std::function<void()> onReached;  ///< the stage, on the server's thread
    ScriptedServer server;

private:
    void speak()
    {
        const auto say = [this](bool isPoll) {
            return [this, isPoll](const ReceivedRequest &, const ScriptedConnection &connection) {
                ScriptedAnswer answer = isPoll ? m_profile.poll(shown()) : m_profile.paid(shown(), server.url("").toEncoded());
                if (m_fault.saysCost && isPoll == bool(m_profile.poll))
                    answer = m_profile.withCost(answer);
                for (auto &[name, value] : answer.headers)
                    value = !m_profile.isJson() && name == "Content-Type" ? m_fault.declared : value;
                connection.respond(200, answer.headers, answer.body);
            };
        };
        server.on("POST", m_profile.paidPath, say(false));
        if (!m_profile.editPath.isEmpty())
            server.on("POST", m_profile.editPath, say(false));
        if (m_profile.poll)
            server.on("GET", m_profile.pollPath, say(true));
    }

    void speakComfy()
    {
        m_comfy = std::make_unique<FakeComfyUI>(server);
        FakeComfyUI::Behaviour behaviour = m_fault.behaviour.value_or(FakeComfyUI::Behaviour{});
        behaviour.stepMs = 1;
        behaviour.pictures = m_fault.pictures.value_or(1);
        behaviour.noPicture = behaviour.noPicture || behaviour.pictures == 0;
        m_comfy->setBehaviour(behaviour);
    }

    QByteArray picture() const { return m_fault.picture.value_or(goodPicture()); }

    /// The pictures as the service shows them: bytes, base64 or links.
    QList<QByteArray> shown() const
    {
        const bool isLink = m_profile.picture == ServiceProfile::Picture::Link && m_fault.declared != "raw";
        const bool isBase64 = m_profile.picture == ServiceProfile::Picture::Base64 && m_fault.declared != "raw";
        const QByteArray one = isLink ? server.url(m_profile.picturePath).toEncoded() : isBase64 ? picture().toBase64() : picture();
        QList<QByteArray> all(m_fault.pictures.value_or(1), one);
        if (m_fault.firstPicture)
            all[0] = isBase64 ? m_fault.firstPicture->toBase64() : *m_fault.firstPicture;
        return all;
    }

    bool misbehaves(Stage stage)
    {
        const bool canMisbehave = m_fault.misbehave || m_fault.answer;
        return canMisbehave && m_fault.stage == stage && (m_fault.passing == 0 || m_done++ < m_fault.passing);
    }

    bool takeHeaders(const ReceivedRequest &request, const ScriptedConnection &connection)
    {
        const auto stage = m_profile.stageOf(request);
        if (!stage)
            return true;
        ++m_counts[std::size_t(*stage)];
        if (*stage != m_fault.stage || !m_fault.atHeaders)
            return true;
        reached();
        if (m_fault.misbehave) {
            m_fault.misbehave(request, connection);
            return false;
        }
        m_gate.tryAcquire(1, patienceMs);
        return true;
    }

    void take(const ReceivedRequest &request, const ScriptedConnection &connection, const ScriptedServer::Proceed &proceed)
    {
        const auto stage = m_profile.stageOf(request);
        if (stage && misbehaves(*stage)) {
            reached();
            if (m_fault.answer)
                return connection.respond(200, m_fault.answer->headers, m_fault.answer->body);
            return m_fault.misbehave(request, connection);
        }
        if (stage == Stage::Download)
            return connection.respond(200, {{"Content-Type", m_fault.declared}}, picture());
        proceed();
    }

    void reached()
    {
        if (onReached)
            onReached();
    }

    ServiceProfile m_profile;
    Fault m_fault;
    QSemaphore m_gate;
    std::array<std::atomic<int>, 5> m_counts{};
    std::atomic<int> m_done{0};
    std::unique_ptr<FakeComfyUI> m_comfy;
};

/// Noise, which nothing makes smaller: more than the sockets of both sides hold together.
ReferencePicture largePicture()
{
    static const ReferencePicture picture = [] {
        QImage noise(2300, 1800, QImage::Format_RGB32);
        QRandomGenerator random(7);
        random.generate(reinterpret_cast<quint32 *>(noise.bits()), reinterpret_cast<quint32 *>(noise.bits() + noise.sizeInBytes()));
        ReferencePicture large;
        large.png = pictureFile(noise);
        large.size = noise.size();
        large.digest = QString::fromLatin1(QCryptographicHash::hash(large.png, QCryptographicHash::Sha256).toHex());
        return large;
    }();
    return picture;
}

/// One job on its way.
class Desk
{
public:
    Desk(const ServiceProfile &profile, const Fault &fault, const QUrl &url, Store &store)
        : m_profile(profile)
        , m_fault(fault)
        , m_store(store)
        , m_project(QString::number(++projects))
    {
        m_profile.backend.url = url;
        if (fault.isSlow)
            m_profile.backend.options["timeout_s"] = 1;
        m_engine = std::make_unique<RemoteEngine>(&m_client, m_profile.backend,
                                                  [](const BackendEntry &) { return readyFuture<Result<Secret>>(Secret(canaryKey())); });
        m_engine->backOffMs = 1;
        if (fault.isSlow) {
            for (HttpLimits *limits : {&m_engine->readLimits, &m_engine->transferLimits}) {
                limits->connectMs = limits->idleMs = 150;
                limits->totalMs = 400;
            }
        }
        m_queue = std::make_unique<JobQueue>(&store, world(), QueueOptions{.adopt = false});
        for (const auto signal : {&RenderQueue::changed, &RenderQueue::undecided, &RenderQueue::finished})
            QObject::connect(m_queue.get(), signal, &m_loop, [this] { endWhenAtRest(); });
    }

    /// Adds the job and waits until it rests.
    bool run()
    {
        JobRecord job = newJob(m_profile.backend.free ? 0 : usd, m_profile.request.model);
        job.request.source.project = m_project;
        m_queue->start();
        const QList<ReferencePicture> references = m_fault.hasStart ? QList<ReferencePicture>{largePicture()} : QList<ReferencePicture>();
        LoopTimer turns;
        onFinished(m_queue->add(job, references), &m_loop, [this](const QFuture<Result<qint64>> &future) { m_id = future.result().value_or(0); });
        const bool ended = wait();
        wallMs = turns.longestMs();
        cpuMs = turns.longestCpuMs();
        return ended;
    }

    void cancel()
    {
        QMetaObject::invokeMethod(m_queue.get(), [this] { m_queue->cancel(m_id); }, Qt::QueuedConnection);
    }

    /// A person has had enough of it.
    void giveUp()
    {
        if (record().isEnded())
            return;
        m_isGivenUp = true;
        if (record().state == JobState::Undecided)
            m_queue->decide(m_id, AmbiguousAnswer::GiveUp);
        else
            m_queue->cancel(m_id);
        wait();
    }

    JobRecord onDisk() const { return Galley::wait(m_store.job(m_id)).value_or(JobRecord()); }

    QString ledger() const
    {
        QString words;
        double sum = 0;
        for (const LedgerEntry &entry : Galley::wait(m_store.ledger(m_project)).value_or(QList<LedgerEntry>())) {
            words = entry.basis.isEmpty() ? entry.state : QString(entry.state + QLatin1Char(' ') + entry.basis);
            sum += entry.actualUsd.value_or(entry.estimateUsd);
        }
        return words == QLatin1String("released") ? words : QString(words + QLatin1Char(' ') + QString::number(sum));
    }

    QList<QByteArray> pictures() const
    {
        QList<QByteArray> files;
        for (const qint64 asset : onDisk().assets)
            files.append(Galley::wait(m_store.original(asset)).value_or(QByteArray()));
        return files;
    }

    double wallMs = 0;
    double cpuMs = 0;

private:
    QueueWorld world()
    {
        QueueWorld world;
        world.engineFor = [this](const QString &) { return m_engine.get(); };
        world.model = [this](const QString &id) {
            ModelEntry model;
            model.id = model.upstream = id;
            model.backend = m_profile.backend.id;
            return std::optional(model);
        };
        world.backend = [this](const QString &) { return std::optional(m_profile.backend); };
        world.makeRequest = [this](const JobRecord &, const QList<ReferencePicture> &references) -> Result<EngineRequest> {
            EngineRequest request = m_profile.request;
            request.count = m_fault.wanted;
            request.references = references;
            return request;
        };
        world.canLookUp = [this](const BackendEntry &backend) { return m_fault.mayLookUp && findServiceKind(backend.kind)->canLookUp; };
        world.now = [] { return QDateTime::fromMSecsSinceEpoch(1795000000000, Qt::UTC); };
        world.random = [] { return 0.5; };
        return world;
    }

    const JobRecord &record() const { return m_queue->find(m_id)->record; }

    bool isAtRest() const
    {
        if (m_id == 0 || m_isGivenUp)
            return m_id != 0 && record().isEnded();
        // A look-up that failed leaves the job undecided; another follows when the clock goes on.
        if (record().state == JobState::Undecided)
            return !m_fault.mayLookUp || record().error.message.contains(QLatin1String("Looking it up failed"));
        return record().isEnded() || record().state == JobState::Backoff;
    }

    void endWhenAtRest()
    {
        if (isAtRest())
            QTimer::singleShot(afterwardsMs, &m_loop, &QEventLoop::quit);
    }

    bool wait()
    {
        const QDeadlineTimer deadline(patienceMs);
        QTimer::singleShot(patienceMs, &m_loop, &QEventLoop::quit);
        do
            m_loop.exec();
        while (!isAtRest() && !deadline.hasExpired());
        return isAtRest();
    }

    static inline int projects = 0;

    ServiceProfile m_profile;
    Fault m_fault;
    Store &m_store;
    QString m_project;  ///< of its own, so that the ledger tells this job's money
    HttpClient m_client;
    QEventLoop m_loop;
    std::unique_ptr<RemoteEngine> m_engine;
    std::unique_ptr<JobQueue> m_queue;
    qint64 m_id = 0;
    bool m_isGivenUp = false;
};

} // namespace

FaultOutcome runFault(const ServiceProfile &profile, const Fault &fault, Store &store)
{
    Scene scene(profile, fault);
    Desk desk(profile, fault, scene.server.url(""), store);
    if (fault.cancels)
        scene.onReached = [&desk] { desk.cancel(); };
    FaultOutcome outcome;
    outcome.ended = desk.run();
    outcome.wallMs = desk.wallMs;
    outcome.cpuMs = desk.cpuMs;
    if (!outcome.ended)
        return outcome;
    scene.release();
    outcome.atRest = desk.onDisk();
    outcome.ledgerAtRest = desk.ledger();
    outcome.pictures = desk.pictures();
    desk.giveUp();
    outcome.atLast = desk.onDisk();
    outcome.ledgerAtLast = desk.ledger();
    outcome.paid = scene.count(Stage::Paid);
    outcome.asked = scene.count(fault.stage);
    for (const ReceivedRequest &request : scene.server.requests())
        outcome.complete += profile.stageOf(request) == Stage::Paid ? 1 : 0;
    for (int i = 0; fault.cancels && i < 100 && scene.server.openConnections() > 0; ++i)
        QThread::msleep(10);
    outcome.openConnections = fault.cancels ? scene.server.openConnections() : 0;
    return outcome;
}

} // namespace Galley
