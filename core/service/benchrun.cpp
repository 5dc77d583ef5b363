#include "core/service/benchrun.h"

#include "core/base/async.h"
#include "core/base/statistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Bench", text);
}

/// Never asked again with better luck: the request itself is wrong.
bool isHopeless(const Error &error)
{
    const bool isInput = error.code == ErrorCode::InvalidInput || error.code == ErrorCode::NotFound || error.code == ErrorCode::Unsupported;
    return isInput && error.failure == FailureClass::None;
}

QString failureOf(const Error &error)
{
    return error.failure == FailureClass::None ? errorCodeName(error.code) : failureClassName(error.failure);
}

} // namespace

QString checkPlan(const BenchPlan &plan)
{
    if (plan.requests < 1 || plan.requests > BenchPlan::mostRequests)
        return tr("%1 requests are not possible: take 1 to %2.").arg(plan.requests).arg(BenchPlan::mostRequests);
    if (plan.warmUp < 0 || plan.warmUp > BenchPlan::mostRequests)
        return tr("%1 warm-up requests are not possible: take 0 to %2.").arg(plan.warmUp).arg(BenchPlan::mostRequests);
    if (plan.concurrency < 1 || plan.concurrency > BenchPlan::mostConcurrent)
        return tr("%1 requests at a time are not possible: take 1 to %2.").arg(plan.concurrency).arg(BenchPlan::mostConcurrent);
    if (!std::isfinite(plan.ratePerSecond) || plan.ratePerSecond < 0 || plan.ratePerSecond > 100'000)
        return tr("The rate must be a number of requests a second, at most 100000.");
    if (plan.isOpenLoop() && plan.ratePerSecond < 1.0 / 3600)
        return tr("The rate must be at least one request an hour (0.00028).");
    if (!std::isfinite(plan.sloMs) || plan.sloMs < 0)
        return tr("The objective must be a time in milliseconds.");
    return {};
}

QList<double> arrivalTimes(const BenchPlan &plan)
{
    QList<double> times;
    if (!plan.isOpenLoop())
        return times;
    times.reserve(plan.requests);
    const double gap = 1000 / plan.ratePerSecond;
    Dice dice(plan.seed);
    double at = 0;
    for (int i = 0; i < plan.requests; ++i) {
        times.append(at);
        at += plan.arrivals == BenchPlan::Arrivals::Constant ? gap : -gap * std::log(1 - dice.uniform());
    }
    return times;
}

BenchRunner::BenchRunner(BenchTarget *target, const BenchPlan &plan, QObject *parent)
    : QObject(parent)
    , m_target(target)
    , m_plan(plan)
    , m_arrivals(arrivalTimes(plan))
{
    m_pool.setMaxThreadCount(1);  // what is measured keeps the other cores
    m_due.setSingleShot(true);
    m_due.setTimerType(Qt::PreciseTimer);
    connect(&m_due, &QTimer::timeout, this, &BenchRunner::sendDue);
}

BenchRunner::~BenchRunner()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void BenchRunner::start()
{
    m_run.samples.reserve(m_plan.requests);
    m_clock.start();
    warmUpNext();
}

void BenchRunner::warmUpNext()
{
    if (m_warm == m_plan.warmUp || m_stop.stop_requested()) {
        begin();
        return;
    }
    const int index = m_warm++ - m_plan.warmUp;
    ++m_inFlight;
    const double sent = now();
    m_target->send(index, m_stop.get_token(), [this, sent](const BenchOutcome &outcome) { onWarmUp(now() - sent, outcome); });
}

void BenchRunner::onWarmUp(double ms, const BenchOutcome &outcome)
{
    --m_inFlight;
    m_run.costUsd += outcome.costUsd.value_or(0);
    noteMemory();
    if (outcome.error && isHopeless(*outcome.error)) {
        m_error = outcome.error;
        m_done = true;
        Q_EMIT finished();
        return;
    }
    if (outcome.error)
        ++m_run.warmUpFailures;
    else if (m_warm == 1)
        m_run.coldStartMs = ms;
    else
        m_run.warmUpMs.append(ms);
    warmUpNext();
}

void BenchRunner::begin()
{
    m_measuring = true;
    m_clock.restart();
    if (m_plan.isOpenLoop())
        sendDue();
    else
        fill();
    finishWhenDone();
}

/// Closed loop: as many under way as there may be.
void BenchRunner::fill()
{
    while (m_inFlight < m_plan.concurrency && m_next < m_plan.requests && !m_stop.stop_requested())
        sendOne(now());
}

/// Open loop: everything that is due by now, however slow the answers are. What does not fit under the limit leaves later, and its time counts from
/// when it was due all the same.
void BenchRunner::sendDue()
{
    while (m_next < m_plan.requests && m_arrivals[m_next] <= now() && m_inFlight < BenchPlan::mostConcurrent && !m_stop.stop_requested())
        sendOne(m_arrivals[m_next]);
    if (m_next < m_plan.requests && m_inFlight < BenchPlan::mostConcurrent && !m_stop.stop_requested())
        m_due.start(std::max(0, int(m_arrivals[m_next] - now())));  // rounded down: the last part of a millisecond is waited for in turns of the loop
}

void BenchRunner::sendOne(double dueMs)
{
    BenchSample sample;
    sample.index = m_next++;
    sample.startMs = dueMs;
    sample.delayMs = std::max(0.0, now() - dueMs);
    ++m_inFlight;
    m_target->send(sample.index, m_stop.get_token(), [this, sample](const BenchOutcome &outcome) { onSample(sample, outcome); });
}

void BenchRunner::onSample(BenchSample sample, const BenchOutcome &outcome)
{
    --m_inFlight;
    sample.ms = now() - sample.startMs;
    sample.timingsMs = outcome.timingsMs;
    sample.costUsd = outcome.costUsd.value_or(0);
    m_run.costUsd += sample.costUsd;
    const bool isGivenUp = outcome.error && outcome.error->code == ErrorCode::Cancelled && m_stop.stop_requested();
    if (isGivenUp) {
        ++m_run.abandoned;
    } else {
        if (outcome.error) {
            sample.failure = failureOf(*outcome.error);
            sample.message = outcome.error->message;
        }
        m_run.wallMs = std::max(m_run.wallMs, sample.startMs + sample.ms);
        m_run.samples.append(sample);
        noteMemory();
        judge(m_run.samples.size() - 1, outcome);
        Q_EMIT progress(int(m_run.samples.size()), m_plan.requests);
    }
    if (m_plan.isOpenLoop())
        sendDue();
    else
        fill();
    finishWhenDone();
}

void BenchRunner::judge(qsizetype sample, const BenchOutcome &outcome)
{
    if (!outcome.quality)
        return;
    ++m_judging;
    onFinished(runOn(&m_pool, outcome.quality), this, [this, sample](const QFuture<std::optional<double>> &future) {
        --m_judging;
        m_run.samples[sample].quality = future.result();
        finishWhenDone();
    });
}

void BenchRunner::noteMemory()
{
    const BenchMemory memory = m_target->memory();
    m_run.hostPeakBytes = std::max(m_run.hostPeakBytes, memory.hostBytes);
    m_run.gpuPeakBytes = std::max(m_run.gpuPeakBytes, memory.gpuBytes);
}

void BenchRunner::interrupt()
{
    if (m_done || !m_stop.request_stop())
        return;
    m_run.isCancelled = true;
    m_due.stop();
    finishWhenDone();
}

void BenchRunner::finishWhenDone()
{
    const bool isAllSent = m_next == m_plan.requests || m_stop.stop_requested();
    if (m_done || !m_measuring || !isAllSent || m_inFlight > 0 || m_judging > 0)
        return;
    m_done = true;
    std::sort(m_run.samples.begin(), m_run.samples.end(), [](const BenchSample &a, const BenchSample &b) { return a.index < b.index; });
    Q_EMIT finished();
}

} // namespace Galley
