#include "core/routing/modelhealth.h"

#include "core/base/statistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace Galley {

namespace {

constexpr qsizetype mostEvents = 200;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ModelHealth", text);
}

/// A sentence of its own, so that no language has to bend it into another one.
QString failureSentence(FailureClass failure)
{
    switch (failure) {
    case FailureClass::NotSent: return tr("The service could not be reached.");
    case FailureClass::Busy: return tr("The service was too busy.");
    default: return tr("The service failed or did not answer in time.");
    }
}

int secondsUp(qint64 milliseconds)
{
    return int((milliseconds + 999) / 1000);
}

} // namespace

FailureClass modelFailure(const Error &error)
{
    switch (error.failure) {
    case FailureClass::NotSent:
    case FailureClass::Busy:
    case FailureClass::Ambiguous:
        return error.code == ErrorCode::Cancelled ? FailureClass::None : error.failure;
    case FailureClass::None:
        break;
    default:
        return FailureClass::None;
    }
    switch (error.code) {
    case ErrorCode::ServiceFailed:
    case ErrorCode::WorkerFailed:
    case ErrorCode::OutOfMemory:
    case ErrorCode::Unavailable:
        return FailureClass::Ambiguous;
    default:
        return FailureClass::None;
    }
}

ModelHealth::ModelHealth(const BreakerRules &rules)
    : m_rules(rules)
{}

void ModelHealth::note(const Event &event)
{
    const qint64 oldest = event.atMs - m_rules.windowMs;
    erase_if(m_window, [oldest](const Event &other) { return other.atMs <= oldest; });
    m_window.append(event);
    if (m_window.size() > mostEvents)
        m_window.removeFirst();
}

void ModelHealth::succeeded(qint64 nowMs, double milliseconds)
{
    const State before = state(nowMs);
    m_times.append({nowMs, false, milliseconds});
    if (m_times.size() > mostEvents)
        m_times.removeFirst();
    // What was sent before it opened and comes back now ends no cool-down: the failures are newer.
    if (m_openUntilMs >= 0 && nowMs < m_openUntilMs)
        return;
    m_inARow = 0;
    if (before == State::HalfOpen) {
        m_openUntilMs = -1;
        m_openings = 0;
        m_probeSinceMs = -1;
        m_window.clear();
    }
    note({nowMs, false, milliseconds});
}

void ModelHealth::failed(qint64 nowMs, FailureClass failure, qint64 retryAfterMs, bool wasAlone)
{
    const bool isHard = failure == FailureClass::NotSent || failure == FailureClass::Ambiguous || (failure == FailureClass::Busy && wasAlone);
    if (isHard)
        hardFailure(nowMs, failure);
    m_probeSinceMs = -1;
    if (failure != FailureClass::Busy && !isHard)
        return;
    if (retryAfterMs > 0)
        m_restUntilMs = std::max(m_restUntilMs, nowMs + std::min(retryAfterMs, m_rules.longestRetryAfterMs));
    m_last = failure;
}

void ModelHealth::hardFailure(qint64 nowMs, FailureClass failure)
{
    m_last = failure;
    if (m_openUntilMs >= 0) {
        // Stragglers of the same trouble make it no longer; a failed probe does.
        if (nowMs >= m_openUntilMs)
            open(nowMs);
        return;
    }
    note({nowMs, true, 0});
    ++m_inARow;
    const auto failures = std::count_if(m_window.cbegin(), m_window.cend(), [](const Event &event) { return event.isFailure; });
    const bool isHalf = m_window.size() >= m_rules.windowLeast && double(failures) >= m_rules.windowShare * double(m_window.size());
    if (m_inARow >= m_rules.consecutive || isHalf)
        open(nowMs);
}

void ModelHealth::open(qint64 nowMs)
{
    ++m_openings;
    m_openUntilMs = nowMs + std::min(m_rules.coolDownMs * std::min(m_openings, 1000), m_rules.longestCoolDownMs);
    m_window.clear();
    m_inARow = 0;
}

void ModelHealth::probeStarted(qint64 nowMs)
{
    if (state(nowMs) == State::HalfOpen)
        m_probeSinceMs = nowMs;
}

bool ModelHealth::isProbing(qint64 nowMs) const
{
    return m_probeSinceMs >= 0 && nowMs - m_probeSinceMs < m_rules.longestProbeMs;
}

ModelHealth::State ModelHealth::state(qint64 nowMs) const
{
    if (m_isHeld || nowMs < m_restUntilMs || nowMs < m_openUntilMs)
        return State::Open;
    return m_openUntilMs >= 0 ? State::HalfOpen : State::Closed;
}

bool ModelHealth::mayBeAsked(qint64 nowMs) const
{
    const State now = state(nowMs);
    return now == State::Closed || (now == State::HalfOpen && !isProbing(nowMs));
}

qint64 ModelHealth::waitMs(qint64 nowMs) const
{
    if (m_isHeld || (state(nowMs) == State::HalfOpen && isProbing(nowMs)))
        return -1;
    return std::max<qint64>(0, std::max(m_openUntilMs, m_restUntilMs) - nowMs);
}

QString ModelHealth::reason(const QString &label, qint64 nowMs) const
{
    if (m_isHeld)
        return tr("%1 was taken out of routing by hand; put it back in the Routes workspace.").arg(label);
    switch (state(nowMs)) {
    case State::Closed:
        return {};
    case State::HalfOpen:
        return isProbing(nowMs) ? tr("%1 is being tried with one request; others go there again when that has gone well.").arg(label)
                                : tr("%1 has rested and is tried with one request.").arg(label);
    case State::Open:
        break;
    }
    const int seconds = secondsUp(waitMs(nowMs));
    const QString why = failureSentence(m_last);
    if (m_restUntilMs >= m_openUntilMs)
        return tr("%1 asks to be left alone for another %2 s. %3").arg(label).arg(seconds).arg(why);
    return tr("%1 rests for another %2 s and is tried with one request then. %3").arg(label).arg(seconds).arg(why);
}

qint64 ModelHealth::p95Ms(qint64 nowMs) const
{
    std::vector<double> times;
    for (const Event &event : m_times) {
        if (nowMs - event.atMs <= m_rules.latencyWindowMs)
            times.push_back(event.milliseconds);
    }
    return int(times.size()) < m_rules.latencyLeast ? -1 : qint64(quantileOf(times, 0.95).ms.value);
}

} // namespace Galley
