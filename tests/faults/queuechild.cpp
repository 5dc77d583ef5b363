#include "core/base/async.h"
#include "core/engines/remote/remoteengine.h"
#include "core/service/jobqueue.h"

#include <QCoreApplication>
#include <QSet>
#include <QTextStream>
#include <QTimer>

#include <map>

using namespace Galley;

namespace {

constexpr int inFlight = 3;

/// What the parent is told: one line for each thing that is now a promise.
void say(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

BackendEntry backendEntry(const QString &kind, const QUrl &url)
{
    BackendEntry backend;
    backend.id = kind;
    backend.kind = kind;
    backend.url = kind == QLatin1String("openai") ? url.resolved(QUrl(QStringLiteral("v1"))) : url;
    backend.key = kind;
    return backend;
}

std::optional<ModelEntry> modelEntry(const QString &id)
{
    ModelEntry model;
    model.id = id;
    model.backend = id == QLatin1String("flux-2-pro") ? QStringLiteral("bfl") : QStringLiteral("openai");
    model.upstream = id;
    model.maxInFlight = inFlight;
    return model;
}

EngineRequest engineRequest(const JobRecord &job)
{
    EngineRequest request;
    request.model = job.decision.model;
    request.upstream = job.decision.model;
    request.backend = modelEntry(job.decision.model)->backend;
    request.prompt = job.request.row.values.value(QStringLiteral("name"));
    request.dialect = Dialect::Prose;
    request.size = QSize(1024, 1024);
    request.seedWanted = false;
    request.rgba = false;
    return request;
}

/// Works through the queue of \a folder and ends when nothing is left that it may decide. With "give-up" it decides the rest.
class Child : public QObject
{
public:
    Child(const QString &folder, const QUrl &url, const QByteArray &key, bool givesUp)
        : m_store(folder)
        , m_queue(&m_store, world(url, key))
    {
        connect(&m_queue, &RenderQueue::finished, this, [this](qint64 id) {
            say(QStringLiteral("%1 %2").arg(jobStateName(m_queue.find(id)->record.state)).arg(id));
        });
        connect(
            &m_queue, &RenderQueue::undecided, this,
            [this, givesUp](qint64 id) {
                m_asked.insert(id);
                if (givesUp)
                    m_queue.decide(id, AmbiguousAnswer::GiveUp);
            },
            Qt::QueuedConnection);
        connect(&m_idle, &QTimer::timeout, this, &Child::endWhenIdle);
        m_queue.start([this](const Result<void> &started) {
            say(started ? QStringLiteral("ready") : QStringLiteral("broken ") + started.error().message);
            m_idle.start(10);
        });
    }

private:
    QueueWorld world(const QUrl &url, const QByteArray &key)
    {
        for (const char *kind : {"openai", "bfl"}) {
            const BackendEntry backend = backendEntry(QString::fromLatin1(kind), url);
            m_engines[backend.id] = std::make_unique<RemoteEngine>(&m_client, backend, [key](const BackendEntry &) {
                return readyFuture<Result<Secret>>(Secret(key));
            });
        }
        QueueWorld world;
        world.engineFor = [this](const QString &id) { return m_engines[id].get(); };
        world.model = modelEntry;
        world.backend = [url](const QString &id) { return backendEntry(id, url); };
        world.makeRequest = [](const JobRecord &job, const QList<ReferencePicture> &) -> Result<EngineRequest> { return engineRequest(job); };
        world.canLookUp = [](const BackendEntry &backend) { return findServiceKind(backend.kind)->canLookUp; };
        return world;
    }

    void endWhenIdle()
    {
        for (const qint64 id : m_queue.jobs()) {
            const JobRecord &record = m_queue.find(id)->record;
            if (!record.isEnded() && !(record.state == JobState::Undecided && m_asked.contains(id)))
                return;
        }
        say(QStringLiteral("idle"));
        QCoreApplication::quit();
    }

    HttpClient m_client;
    std::map<QString, std::unique_ptr<RemoteEngine>> m_engines;
    Store m_store;
    JobQueue m_queue;
    QTimer m_idle;
    QSet<qint64> m_asked;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    Child child(arguments.value(1), QUrl(arguments.value(2)), arguments.value(3).toLatin1(), arguments.contains(QStringLiteral("give-up")));
    return app.exec();
}
