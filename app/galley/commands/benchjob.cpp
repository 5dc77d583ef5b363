#include "app/galley/commands/benchjob.h"

#include "app/galley/commands/arguments.h"
#include "core/base/async.h"
#include "core/base/durable.h"
#include "core/imaging/imagefile.h"
#include "core/service/benchchart.h"

#include <QDate>
#include <QSaveFile>

namespace Galley {

Result<void> writeWhole(const QString &name, const QByteArray &bytes)
{
    QSaveFile file(name);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && commitWhole(file))
        return {};
    return Galley::fail(ErrorCode::Io, BenchJob::tr("%1 could not be written: %2.").arg(name, writeReason(file)));
}

double BenchOrder::mostUsd() const
{
    const int first = plan.requests + plan.warmUp;
    double usd = target.priceUsd * (first + (isComparison() ? plan.requests : 0));
    if (other)
        usd += other->priceUsd * (plan.requests + (baseline ? 0 : first));
    return usd;
}

BenchJob::BenchJob(BenchOrder order, Store *store, double budgetPerDayUsd, const Output &output, QObject *parent)
    : QObject(parent)
    , m_order(std::move(order))
    , m_store(store)
    , m_budgetPerDayUsd(budgetPerDayUsd)
    , m_output(output)
    , m_machine(benchEnvironment())
{}

void BenchJob::start()
{
    prepare(m_order.target, [this] {
        if (m_order.other)
            prepare(*m_order.other, [this] { reserve(); });
        else
            reserve();
    });
}

void BenchJob::prepare(LiveTarget &target, std::function<void()> next)
{
    for (const QString &notice : std::as_const(target.notices))
        m_output.say(notice);
    if (!target.prepare) {
        next();
        return;
    }
    onFinished(target.prepare(), this, [this, next](const QFuture<Result<void>> &future) {
        if (const auto ready = future.result(); ready)
            next();
        else
            fail(ready.error());
    });
}

/// The whole of it at once: a benchmark that runs out of money half-way has measured nothing.
void BenchJob::reserve()
{
    if (!m_store) {
        measure();
        return;
    }
    const LiveTarget &payer = m_order.payer();
    const Budget budget{payer.project, QDate::currentDate(), m_budgetPerDayUsd};
    onFinished(m_store->reserve(budget, m_order.mostUsd(), payer.paidModel), this, [this](const QFuture<Result<qint64>> &future) {
        const auto reserved = future.result();
        if (!reserved) {
            fail(reserved.error());
            return;
        }
        m_reservation = *reserved;
        measure();
    });
}

void BenchJob::measure()
{
    if (m_isInterrupted) {
        settle([this] { fail({ErrorCode::Cancelled, tr("Cancelled before anything was sent.")}); });
        return;
    }
    ++m_round;
    m_tenths = 0;
    m_startedAt = QDateTime::currentDateTimeUtc();
    m_isTurns = m_order.other && (m_round > 1 || !m_order.baseline);
    BenchPlan plan = m_order.plan;
    BenchTarget *target = m_order.target.target.get();
    if (m_round > 1)
        plan.warmUp = 0;
    if (m_isTurns) {
        m_turns = std::make_unique<AlternatingTarget>(m_order.other->target.get(), target);
        target = m_turns.get();
        plan.requests *= 2;
        plan.warmUp *= 2;
    }
    m_runner = std::make_unique<BenchRunner>(target, plan);
    connect(m_runner.get(), &BenchRunner::progress, this, [this](int done, int of) {
        if (done * 10 / of <= m_tenths)
            return;
        m_tenths = done * 10 / of;
        m_output.say(tr("%1 of %2 requests").arg(done).arg(of));
    });
    connect(m_runner.get(), &BenchRunner::finished, this, &BenchJob::onMeasured, Qt::QueuedConnection);
    m_runner->start();
}

void BenchJob::interrupt()
{
    m_isInterrupted = true;
    if (m_runner)
        m_runner->interrupt();
}

BenchResult BenchJob::reportOf(const LiveTarget &target, const BenchRun &run) const
{
    BenchResult report;
    report.target = target.description;
    report.inputs = target.inputs;
    report.inputsDigest = target.inputsDigest;
    report.environment = m_machine;
    if (target.environment)
        report.environment.update(target.environment());
    report.startedAt = m_startedAt;
    report.plan = m_order.plan;
    report.run = run;
    return report;
}

void BenchJob::onMeasured()
{
    const BenchRun run = m_runner->run();
    m_spentUsd += run.costUsd;
    if (m_runner->error()) {
        settle([this, error = *m_runner->error()] { fail(error); });
        return;
    }
    if (m_isTurns) {
        const auto [first, second] = AlternatingTarget::split(run, m_order.plan.isOpenLoop() ? 1 : m_order.plan.concurrency);
        takeRound(reportOf(*m_order.other, first), reportOf(m_order.target, second));
    } else {
        takeRound(m_order.baseline.value_or(BenchResult()), reportOf(m_order.target, run));
    }
}

void BenchJob::takeRound(const BenchResult &before, const BenchResult &after)
{
    const bool isFirst = m_round == 1;
    if (isFirst)
        m_report = after;
    else
        m_repeat = after;
    if (isFirst && m_order.isComparison())
        m_before = before;
    if (m_order.isComparison() && !after.run.isCancelled) {
        const BenchComparison comparison = compareRuns(before, after);
        m_comparison = isFirst ? comparison : confirmComparison(*m_comparison, comparison);
        if (isFirst && comparison.isRegression()) {
            m_output.say(tr("This looks like a regression; it is measured once more before it counts."));
            measure();
            return;
        }
    }
    settle([this] { conclude(); });
}

/// What may have been billed is counted as spent.
void BenchJob::settle(std::function<void()> next)
{
    if (!m_store || m_reservation == 0) {
        next();
        return;
    }
    const Charge charge = m_spentUsd > 0 ? Charge::settle(m_spentUsd, Charge::Basis::Assumed) : Charge::release();
    onFinished(m_store->charge(m_reservation, charge), this, [this, next](const QFuture<Result<void>> &future) {
        if (const auto charged = future.result(); !charged)
            m_output.say(charged.error().message);
        next();
    });
}

Json BenchJob::json() const
{
    Json json{{"ok", statusOfResult() == 0}};
    json.update(toJson(m_report));
    if (m_repeat)
        json["repeat"] = {{"latency_ms", toJson(*m_repeat)["latency_ms"]}, {"failures", toJson(*m_repeat)["failures"]}};
    if (m_order.other && m_before)
        json["against"] = {{"target", m_order.other->description}, {"latency_ms", toJson(*m_before)["latency_ms"]}};
    if (m_comparison)
        json["comparison"] = toJson(*m_comparison);
    return json;
}

Result<void> BenchJob::writeFiles(const Json &json) const
{
    const BenchArguments &arguments = m_order.arguments;
    if (!arguments.output.empty()) {
        if (const auto written = writeWhole(fromArgument(arguments.output), dumpJson(json, 1) + '\n'); !written)
            return written;
    }
    if (!arguments.csv.empty()) {
        if (const auto written = writeWhole(fromArgument(arguments.csv), toCsv(m_report)); !written)
            return written;
    }
    if (arguments.chart.empty())
        return {};
    return savePng(drawBenchChart(m_report, m_before ? &*m_before : nullptr), fromArgument(arguments.chart));
}

int BenchJob::statusOfResult() const
{
    if (m_report.run.isCancelled || (m_repeat && m_repeat->run.isCancelled))
        return exitStatus(ErrorCode::Cancelled);
    const bool isRegression = m_comparison && m_comparison->isRegression();
    return isRegression || okMilliseconds(m_report.run).isEmpty() ? 1 : 0;
}

void BenchJob::conclude()
{
    m_status = statusOfResult();
    m_output.print(toText(m_report));
    for (const BenchSample &sample : std::as_const(m_report.run.samples)) {
        if (!sample.isOk()) {
            m_output.say(tr("The first failure: %1").arg(sample.message));
            break;
        }
    }
    if (m_comparison) {
        for (const QString &sentence : m_comparison->notes + m_comparison->sentences)
            m_output.print(sentence);
    }
    const Json result = json();
    if (const auto written = writeFiles(result); !written) {
        fail(written.error());
        return;
    }
    m_output.printJson(result);
    Q_EMIT finished();
}

void BenchJob::fail(const Error &error)
{
    m_status = m_output.fail(error);
    Q_EMIT finished();
}

} // namespace Galley
