#pragma once

#include "core/base/error.h"

#include <QList>
#include <QString>

namespace Galley {

/// When a model is taken out of routing, for how long, and how it comes back. Defaults for desktop volumes (figures.md 2.4; LiteLLM, Envoy).
struct BreakerRules
{
    int consecutive = 2;           ///< hard failures in a row
    int windowLeast = 5;           ///< or at least half of at least so many …
    qint64 windowMs = 60'000;      ///< … in this time
    double windowShare = 0.5;
    qint64 coolDownMs = 30'000;    ///< times the number of openings in a row …
    qint64 longestCoolDownMs = 300'000;   ///< … but no longer
    qint64 longestRetryAfterMs = 120'000; ///< as the queue: a service that asks for more is probed after this
    qint64 longestProbeMs = 600'000;      ///< a probe that has said nothing for so long is lost
    qint64 latencyWindowMs = 120'000;     ///< what p95Ms() looks at: short, so that a model that nothing is sent to any more is tried again
    int latencyLeast = 5;
};

/// The failure that \a error lays on the model: hard failures as their class (a dead worker or full memory as Ambiguous), Busy; None where the request,
/// the budget, the network of this machine or a person is why. For the breaker and for CanarySample::failed, where Busy does not count.
FailureClass modelFailure(const Error &error);

/// The circuit breaker of one model: Closed → Open (skipped) → HalfOpen (one probe) → Closed. A plain value; times are milliseconds of a monotonic
/// clock that the caller passes in, so that clock jumps change nothing. A breaker is no canary verdict: it guards requests, not decisions.
class ModelHealth
{
public:
    enum class State { Closed, Open, HalfOpen };

    explicit ModelHealth(const BreakerRules &rules = {});

    /// What the last render of the model came to. NotSent and Ambiguous are hard failures, and so is Busy when \a wasAlone: with other requests of this
    /// model under way it only says that there are too many. Whatever else has failed says nothing about the model, but ends a probe. A Retry-After
    /// keeps the model out for that long, whatever else follows.
    void succeeded(qint64 nowMs, double milliseconds);
    void failed(qint64 nowMs, FailureClass failure, qint64 retryAfterMs = -1, bool wasAlone = true);
    /// A request was given to a HalfOpen model: no other until it has ended.
    void probeStarted(qint64 nowMs);
    /// Out of routing until a person says otherwise; false ends that.
    void setHeldOpen(bool held) { m_isHeld = held; }

    State state(qint64 nowMs) const;
    bool mayBeAsked(qint64 nowMs) const;
    bool isHeldOpen() const { return m_isHeld; }
    /// When it may be probed, in milliseconds from \a nowMs; 0 when it may be asked now, -1 when a person holds it or nobody knows (a probe is under way).
    qint64 waitMs(qint64 nowMs) const;
    /// A sentence for people; empty while Closed.
    QString reason(const QString &label, qint64 nowMs) const;
    /// Of the renders that went well lately; -1: too few.
    qint64 p95Ms(qint64 nowMs) const;

private:
    struct Event
    {
        qint64 atMs = 0;
        bool isFailure = false;
        double milliseconds = 0;
    };
    void note(const Event &event);
    void hardFailure(qint64 nowMs, FailureClass failure);
    void open(qint64 nowMs);
    bool isProbing(qint64 nowMs) const;

    BreakerRules m_rules;
    QList<Event> m_window;     ///< since the breaker closed last
    QList<Event> m_times;      ///< of what went well
    int m_inARow = 0;
    int m_openings = 0;        ///< in a row, without a success between
    qint64 m_openUntilMs = -1; ///< -1: closed
    qint64 m_restUntilMs = -1; ///< by Retry-After
    qint64 m_probeSinceMs = -1;
    bool m_isHeld = false;
    FailureClass m_last = FailureClass::None;
};

} // namespace Galley
