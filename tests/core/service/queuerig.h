#pragma once

#include "core/service/jobqueue.h"
#include "core/store/rendercache.h"
#include "tests/core/store/samplejob.h"

#include <QTemporaryDir>

#include <deque>
#include <memory>
#include <vector>

namespace Galley {

/// A service at the process edge that does what a list says and counts what it is asked.
class ScriptedEngine : public RenderEngine
{
public:
    /// What the next renders come to, in order; when it is empty they go well. Error code Cancelled in the list means: never answer.
    std::deque<std::optional<Error>> script;
    bool answersAtOnce = true;
    std::optional<double> costUsd;
    int pictures = 1;
    std::optional<Error> lookUpError;  ///< absent: looking up goes well
    QString remoteId;                  ///< not empty: requests are accepted under this id
    Error onStop{ErrorCode::Cancelled, QStringLiteral("Cancelled."), {}, FailureClass::Ambiguous};

    QStringList sent;                  ///< prompts, in order
    QStringList lookedUp;              ///< remote ids
    int mostInFlight = 0;
    std::function<void(const EngineRequest &)> onRender;

    int open() const { return int(m_open.size()); }
    /// Answers the oldest open request well, or with \a error.
    bool answerOne(const std::optional<Error> &error = {});
    /// Of an open request, the oldest first.
    RenderObserver *observer(int place = 0) { return place < open() ? &m_open[std::size_t(place)]->observer : nullptr; }

    QFuture<Result<EngineCapabilities>> capabilities() override;
    QFuture<Result<RenderResult>> render(const EngineRequest &request, RenderObserver observer, std::stop_token stop) override;
    QFuture<Result<RenderResult>> lookUp(const EngineRequest &request, const QString &id, RenderObserver observer, std::stop_token stop) override;
    QFuture<Result<QList<QList<float>>>> embed(const QStringList &texts) override;

private:
    struct Open
    {
        EngineRequest request;
        RenderObserver observer;
        QPromise<Result<RenderResult>> promise;
        std::optional<std::stop_callback<std::function<void()>>> onStop;
    };
    RenderResult result(const EngineRequest &request) const;
    void finish(std::shared_ptr<Open> entry, const std::optional<Error> &error);

    std::vector<std::shared_ptr<Open>> m_open;
};

/// A queue over a real store with two backends, "hosted" (paid) and "own" (free), a clock and dice of its own.
class QueueRig
{
public:
    QueueRig();
    ~QueueRig();

    /// A queue on the same folder, as after a restart; \a crash: the process was killed, so that its jobs stay as they were.
    void restart();
    void start();
    /// Adds a job and waits for it. \a name is what the engine gets to see as prompt.
    qint64 add(const QString &name = QStringLiteral("a"), const QString &model = QStringLiteral("paid"), Lane lane = Lane::Final);
    Result<qint64> tryAdd(const QString &name, const QString &model, Lane lane = Lane::Final);
    const JobRecord &record(qint64 id) const { return queue->find(id)->record; }
    JobRecord onDisk(qint64 id) { return wait(store->job(id)).value(); }
    void advance(qint64 ms);
    QList<LedgerEntry> ledger() { return wait(store->ledger()).value(); }

    QTemporaryDir folder;
    QDateTime time = QDateTime::fromMSecsSinceEpoch(1795000000000, Qt::UTC);
    double dice = 0.5;
    double budget = 0;
    QString obstacle;
    bool canLookUp = true;
    bool adopt = true;
    std::optional<Error> requestError;
    double ruleBudget = 0;
    std::function<std::optional<Detour>(const JobRecord &, const Error &)> detour;
    std::function<std::optional<Detour>(const JobRecord &)> detourAhead;
    bool anew = false;             ///< what add() adds is rendered past the cache
    RenderCache *cache = nullptr;  ///< asked for everything; set before restart()
    QString address;  ///< of the service, as the cache is told
    QStringList ended;  ///< "model: outcome" of every send
    QList<ModelEntry> models;
    QList<BackendEntry> backends;
    ScriptedEngine engine;
    std::unique_ptr<Store> store;
    std::unique_ptr<JobQueue> queue;

private:
    QueueWorld world();
};

Error failureOfClass(FailureClass failure, qint64 retryAfterMs = -1, bool billed = false);

} // namespace Galley
