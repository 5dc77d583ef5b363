#pragma once

#include "core/base/error.h"

#include <QList>
#include <QString>

namespace Galley {

/// When a model is taken out of routing, for how long, and how it comes back. Defaults for desktop volumes (reference: figures.md 2.4; LiteLLM, Envoy).
struct BreakerRules
{
    int consecutive = 2;           ///< hard failures in a row
    int windowLeast = 5;           ///< or at least half of at least so many …
    qint64 windowMs = 60'000;      ///< … in this time
    double windowShare = 0.5;
    qint64 coolDownMs = 30'000;    ///< times the number of openings in a row …
    qint64 longestCoolDownMs = 300'000;  ///< … but no longer
};

/// The circuit breaker of one model: Closed → Open (skipped) → HalfOpen (one probe) → Closed. A plain value; times are milliseconds of a monotonic
/// clock that the caller passes in, so that clock jumps change nothing. A breaker is no canary verdict: it guards requests, not decisions.
class ModelHealth
{
public:
    enum class State { Closed, Open, HalfOpen };

    explicit ModelHealth(const BreakerRules &rules = {});

    /// What the last render of the model came to. Hard: NotSent, Ambiguous, Busy with nothing in flight, a service failure; what is the request's own
    /// fault (Rejected, Refused, OverBudget, Cancelled) says nothing about the model.
    void succeeded(qint64 nowMs, double milliseconds);
    void failed(qint64 nowMs, FailureClass failure, qint64 retryAfterMs = -1);
    /// A request was given to a HalfOpen model: no other until it has ended.
    void probeStarted(qint64 nowMs);
    /// Out of routing until a person says otherwise; false ends that.
    void setHeldOpen(bool held) { m_isHeld = held; }

    State state(qint64 nowMs) const;
    bool mayBeAsked(qint64 nowMs) const;
    bool isHeldOpen() const { return m_isHeld; }
    /// When it may be probed, in milliseconds from \a nowMs; 0 when it may be asked now, -1 when a person holds it.
    qint64 waitMs(qint64 nowMs) const;
    /// A sentence for people; empty while Closed.
    QString reason(const QString &label, qint64 nowMs) const;

private:
    struct Event
    {
        qint64 atMs = 0;
        bool isFailure = false;
    };
    void open(qint64 nowMs, qint64 leastMs);

    BreakerRules m_rules;
    QList<Event> m_window;
    int m_inARow = 0;
    int m_openings = 0;        ///< in a row, without a success between
    qint64 m_openUntilMs = -1; ///< -1: closed
    bool m_isProbing = false;
    bool m_isHeld = false;
    FailureClass m_last = FailureClass::None;
};

} // namespace Galley
