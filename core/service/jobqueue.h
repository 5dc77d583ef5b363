#pragma once

#include "core/service/renderqueue.h"
#include "core/store/store.h"

#include <QHash>
#include <QTimer>

#include <array>
#include <functional>
#include <memory>

namespace Galley {

/// Where a job goes whose send has failed.
struct Detour
{
    QString model;          ///< empty: stays with its own
    double estimateUsd = 0;
    bool priceKnown = true;
    bool ask = false;       ///< a person lets go of it first
    QString reason;         ///< a sentence
    QStringList skipped;    ///< sentences: fallbacks that could not be taken

    bool operator==(const Detour &) const = default;
};

/// What a cache has for a request.
struct CacheLook
{
    std::shared_ptr<RenderResult> result;  ///< null: nothing
    quint64 moment = 0;                    ///< RenderCache::moment() when it was looked up
    QString address = {};                  ///< of the service as it was then, part of the key
};

/// What the queue must be told about the rest of the world. All functions are called on the GUI thread and must return at once.
struct QueueWorld
{
    /// Owned by the caller; outlives the queue. Null: there is no such backend (any more).
    std::function<RenderEngine *(const QString &backend)> engineFor;
    /// The entries of models.yaml as they are now.
    std::function<std::optional<ModelEntry>(const QString &model)> model;
    std::function<std::optional<BackendEntry>(const QString &backend)> backend;
    /// Compiles the job for its model, again at each send. \a references: as given to add().
    std::function<Result<EngineRequest>(const JobRecord &job, const QList<ReferencePicture> &references)> makeRequest;
    /// What has been rendered before for \a request. Asked before anything is reserved or sent, and taken instead: the job is then done for
    /// nothing, without an attempt. Absent: there is no cache.
    std::function<QFuture<CacheLook>(const JobRecord &job, const EngineRequest &request)> cached;
    /// A service has carried \a request out, for which the cache was asked with \a look. Absent: nobody keeps what it made.
    std::function<void(const EngineRequest &request, const std::shared_ptr<const RenderResult> &result, const CacheLook &look)> rendered;
    /// Why the job cannot be sent now although nothing is wrong with it (no key, offline); empty: it can. A job with an obstacle waits without using up
    /// a try; call wake() when the answer may have changed. Absent: never.
    std::function<QString(const JobRecord &job)> obstacle;
    /// Whether a service of this kind can be asked what became of a request. Absent: none can.
    std::function<bool(const BackendEntry &backend)> canLookUp;
    /// US dollars that \a project may spend a day; 0: no limit. Absent: no limit.
    std::function<double(const QString &project)> budgetPerDay;
    /// The same of a rule, by its name.
    std::function<double(const QString &rule)> ruleBudgetPerDay;

    /// The engine is about to be asked. Absent: nobody wants to know.
    std::function<void(const JobRecord &job)> began;
    /// One send has ended, well (\a error is null) or not; \a wasAlone: no other was under way at its gate.
    std::function<void(const JobRecord &job, const JobAttempt &attempt, const Error *error, bool wasAlone)> ended;
    /// Where \a job goes now that its send has failed with \a error; nothing: it is tried again, or fails, as its class says. Never asked about what may
    /// have been carried out and billed. Absent: nowhere.
    std::function<std::optional<Detour>(const JobRecord &job, const Error &error)> detour;
    /// The same for \a job, whose turn it is or could be, because of what stands in the way of its model (offline, out of routing); nothing: it waits,
    /// or is sent. Absent: never.
    std::function<std::optional<Detour>(const JobRecord &job)> detourAhead;

    // Replaced by tests.
    std::function<QDateTime()> now;   ///< absent: the system's clock
    std::function<double()> random;   ///< [0, 1); absent: the system's
};

struct QueueOptions
{
    bool adopt = true;  ///< take over the jobs of processes that are gone, and the stored pause; false: a command that renders only its own
};

/// The RenderQueue over a Store and engines.
///
/// Lanes: interactive before final before batch; a lane that has been passed over 8 times in a row while it could have started gets the next turn, so
/// that none starves. In flight: at most max_in_flight of a model that says so; otherwise the limit of its backend is found out (FlightLimit). Limits
/// are per process: two windows that share an account find out about each other through `busy`.
///
/// Money: the estimate is reserved when the job is added and again before each send (the day may have changed), settled with what the service said or
/// the price when a picture comes, and released when nothing was billed. What may have been billed (given up or sent again while undecided,
/// cancelled after it had been sent) is settled with the estimate: a budget never says too little. Only what has no price in models.yaml counts as
/// nothing until the service says what it charged.
///
/// A failure that the job's decision has a fallback for sends it to the next model at once: compiled anew, with a new reservation, its list of attempts
/// goes on. What waits for a model that cannot be asked now gives way in the same manner before it is sent. A fallback that asks first leaves the job Held, already with the other model: releasing it is the answer, cancelling the other one. A
/// command, where nobody can be asked, fails instead.
///
/// Destroying the queue leaves jobs as they are on disk: what is under way at a service is looked up at the next start where it can be.
///
/// A change that cannot be stored (disk full) is tried again every few seconds and at each wake(); until then its job is not sent. trouble() says it.
///
/// A picture that came but could not be stored (disk full) is kept in memory: the job is Undecided, and looking it up stores it once more.
class JobQueue : public RenderQueue
{
    Q_OBJECT

public:
    /// \a store must outlive the queue.
    JobQueue(Store *store, QueueWorld world, QueueOptions options = {}, QObject *parent = nullptr);
    ~JobQueue() override;

    /// Reads the stored jobs and begins to work. Until then nothing is sent. Calls \a ready (may be empty) when the list is there or cannot be read.
    void start(std::function<void(Result<void>)> ready = {});
    /// Stores a new job; request, decision, lane and estimateUsd are taken from \a record. The future finishes on the GUI thread, after added().
    QFuture<Result<qint64>> add(JobRecord record, const QList<ReferencePicture> &references = {});
    /// Looks again for what can be sent now: a key, the network or the catalogue has changed.
    void wake();

    QList<qint64> jobs() const override;
    const Job *find(qint64 id) const override;
    int runningCount() const override;
    int waitingCount() const override;
    bool isPaused() const override { return m_paused; }
    void setPaused(bool paused) override;
    void hold(qint64 id, bool held) override;
    void move(qint64 id, qint64 before) override;
    void setLane(qint64 id, Lane lane) override;
    void cancel(qint64 id) override;
    void cancelAll() override;
    void retry(qint64 id) override;
    void decide(qint64 id, AmbiguousAnswer answer) override;
    void startNow(qint64 id) override;
    void clearEnded() override;

    /// How many of \a backend's requests may be in flight now, as found out; for the queue drawer and tests.
    int flightLimit(const QString &backend) const;

private:
    struct Active;
    struct Mailbox;
    struct Entry;
    struct Gate;
    struct Lists;

    // The list
    Entry *entry(qint64 id);
    QList<qint64> lane(Lane lane) const;  ///< waiting and running ones, in order
    double endOfLane(Lane lane) const;
    void insert(const JobRecord &record);
    void recover(Entry &entry);
    void askAbout(Entry &entry);
    void requeue(Entry &entry);
    void endWaiting(Entry &entry, JobState state, const Charge &charge);
    void saved(qint64 id, const Charge &charge, const Result<JobRecord> &outcome);
    void nowStored(Entry &entry);
    void saveAgain();
    void noteTrouble(const QString &reason);
    void save(Entry &entry, const Charge &charge = Charge::keep(), Store::Sync sync = Store::Sync::Normal, std::function<void()> then = {});

    // Choosing
    void pump();
    qint64 next();
    bool isDue(const Entry &entry, const QDateTime &now) const;
    bool canStart(const Entry &entry, const QDateTime &now, QHash<QString, QString> *obstacles);
    QString obstacleOf(const JobRecord &record, QHash<QString, QString> *obstacles) const;
    void noteObstacles();
    Gate *gateOf(const JobRecord &record);
    void armTimer();
    Budget budgetFor(const JobRecord &record) const;

    // Sending
    void begin(Entry &entry);
    void send(Entry &entry, const QList<ReferencePicture> &references);
    void reserve(Entry &entry);
    void takeFromCache(Entry &entry, const std::shared_ptr<RenderResult> &result);
    void render(Entry &entry);
    void watch(Entry &entry, const QFuture<Result<RenderResult>> &future);
    void ended(qint64 id, quint64 serial, Result<RenderResult> result);
    void succeeded(Entry &entry, RenderResult result);
    void store(qint64 id);
    void failed(Entry &entry, const Error &error);
    void backToTheQueue(Entry &entry);
    void stoppedBeforeSending(Entry &entry, const Error &error);
    void applyVerdict(Entry &entry, const struct Verdict &verdict);
    bool takeDetour(Entry &entry, const struct Verdict &verdict);
    void takeDetoursAhead();
    void follow(Entry &entry, const Detour &detour, const Error &error, const Charge &charge);
    void tellEnded(const Entry &entry, const Error *error) const;
    void lookUp(Entry &entry);
    void lookUpFailed(Entry &entry, const Error &error);
    void recordAttempt(Entry &entry, const QString &outcome, const Error &error, const RenderResult *result);
    RenderObserver observerFor(quint64 serial);
    void takeNews();
    void leavePlace(Active &active);
    bool leaveEarly(Active &active);
    void tick();
    void learnMedian(const QString &model);

    bool isPaid(const JobRecord &record) const;
    static std::optional<double> assumedCost(const JobRecord &record);
    bool canLookUp(const JobRecord &record) const;
    std::optional<BackendEntry> backendOf(const JobRecord &record) const;
    QDateTime now() const;
    double random() const;

    Store *m_store;
    QueueWorld m_world;
    QueueOptions m_options;
    std::unique_ptr<Lists> m_lists;
    std::array<int, 3> m_passedOver{};            ///< by lane: starts in a row that went to a lane before it
    QHash<QString, qint64> m_medians;             ///< milliseconds by model; -1: none yet
    std::shared_ptr<Mailbox> m_mailbox;
    QTimer m_wake;                                ///< the next moment at which a waiting job may start
    QTimer m_tick;                                ///< time left of what runs
    QTimer m_saveAgain;                           ///< what could not be stored is tried once more
    QString m_trouble;                            ///< why it could not; empty: all is stored
    quint64 m_serial = 0;
    bool m_ready = false;
    bool m_paused = false;
};

} // namespace Galley
