#pragma once

#include "core/base/result.h"

#include <QElapsedTimer>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <functional>
#include <optional>
#include <stop_token>

namespace Galley {

/// How a benchmark asks: so many requests, either C at a time (a closed loop: the next one leaves when one is back) or at arrival times that do not
/// wait for answers (an open loop, what real users do).
struct BenchPlan
{
    enum class Arrivals { Constant, Poisson };

    static constexpr int mostRequests = 100'000;
    static constexpr int mostConcurrent = 500;

    int requests = 100;
    int warmUp = 3;           ///< one after the other, before the clock starts; the first is the cold start
    int concurrency = 1;      ///< closed loop
    double ratePerSecond = 0; ///< open loop when > 0
    Arrivals arrivals = Arrivals::Poisson;
    double sloMs = 0;         ///< what counts as good in time; 0: not asked for
    quint64 seed = 0;         ///< of arrival times, and of the first request

    bool isOpenLoop() const { return ratePerSecond > 0; }
    bool operator==(const BenchPlan &) const = default;
};

/// A sentence when \a plan cannot be carried out; empty when it can.
QString checkPlan(const BenchPlan &plan);

/// When each request of an open loop is due, in milliseconds from the start: n / rate, or exponential gaps of that mean. Pure: the seed decides.
QList<double> arrivalTimes(const BenchPlan &plan);

/// What came of one request, as its target tells it.
struct BenchOutcome
{
    std::optional<Error> error = {};
    QMap<QString, double> timingsMs = {};   ///< by stage, where the target knows them
    std::optional<double> costUsd = {};     ///< of a failure too, when it may have been billed
    std::function<std::optional<double>()> quality = {};  ///< 0–1, worked out off the clock on a pool; empty: nothing to judge
};

/// One measured request. Times count from the start of the run; \c ms from the moment that the request was due, so that waiting behind a slow one
/// counts (else an overloaded server would look fast: "coordinated omission").
struct BenchSample
{
    int index = 0;
    double startMs = 0;   ///< when it was due
    double delayMs = 0;   ///< how much later it left
    double ms = 0;        ///< from due to answered
    QString failure;      ///< the failure class, or the error code where no service was asked; empty: it went well
    QString message;      ///< the sentence of the failure
    QMap<QString, double> timingsMs;
    std::optional<double> quality;
    double costUsd = 0;

    bool isOk() const { return failure.isEmpty(); }
    bool operator==(const BenchSample &) const = default;
};

/// What a run measured, whole or until it was stopped.
struct BenchRun
{
    std::optional<double> coldStartMs;  ///< the first warm-up request, with the start of whatever had to be started; empty: no warm-up, or it failed
    QList<double> warmUpMs;             ///< the other ones that went well
    int warmUpFailures = 0;
    QList<BenchSample> samples;         ///< in the order in which they were due
    double wallMs = 0;                  ///< from the first one due to the last answer
    double costUsd = 0;                 ///< warm-up and given up ones included
    qint64 hostPeakBytes = 0;           ///< 0: not known
    qint64 gpuPeakBytes = 0;
    int abandoned = 0;                  ///< under way when the run was stopped: sent, perhaps carried out, not measured
    bool isCancelled = false;

    bool operator==(const BenchRun &) const = default;
};

/// Memory at this moment; 0: not known.
struct BenchMemory
{
    qint64 hostBytes = 0;
    qint64 gpuBytes = 0;
};

/// Whatever answers requests: a model, a route, an address. Lives on the runner's thread.
class BenchTarget
{
public:
    using Done = std::function<void(const BenchOutcome &)>;

    virtual ~BenchTarget() = default;
    /// Sends request \a index (negative: warm-up) once and never again. \a done comes exactly once, on this thread, never from inside send(); soon and
    /// with ErrorCode::Cancelled after \a stop.
    virtual void send(int index, std::stop_token stop, Done done) = 0;
    virtual BenchMemory memory() { return {}; }
};

/// Carries a BenchPlan out: exactly warmUp + requests sends, none of them twice. Lives on one thread with an event loop; does not own the target,
/// which must outlive it.
class BenchRunner : public QObject
{
    Q_OBJECT

public:
    BenchRunner(BenchTarget *target, const BenchPlan &plan, QObject *parent = nullptr);
    ~BenchRunner() override;

    void start();
    /// Ends with what was measured so far; requests under way are given up.
    void interrupt();

    const BenchRun &run() const { return m_run; }
    /// Why nothing could be measured at all (a wrong template, a model that does not exist); empty otherwise.
    const std::optional<Error> &error() const { return m_error; }

Q_SIGNALS:
    void progress(int done, int of);
    void finished();

private:
    void warmUpNext();
    void onWarmUp(double ms, const BenchOutcome &outcome);
    void begin();
    void fill();
    void sendDue();
    void sendOne(double dueMs);
    void onSample(BenchSample sample, const BenchOutcome &outcome);
    void judge(qsizetype sample, const BenchOutcome &outcome);
    void noteMemory();
    void finishWhenDone();
    double now() const { return double(m_clock.nsecsElapsed()) / 1e6; }

    BenchTarget *m_target;
    BenchPlan m_plan;
    BenchRun m_run;
    std::optional<Error> m_error;
    QList<double> m_arrivals;
    QTimer m_due;
    QElapsedTimer m_clock;
    QThreadPool m_pool;  ///< quality
    std::stop_source m_stop;
    int m_warm = 0;
    int m_next = 0;
    int m_inFlight = 0;
    int m_judging = 0;
    bool m_measuring = false;
    bool m_done = false;
};

} // namespace Galley
