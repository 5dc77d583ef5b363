#include "core/service/benchresult.h"

#include <QCoreApplication>
#include <QFile>
#include <QSysInfo>
#include <QThread>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace Galley {

namespace {

constexpr std::array percents{50, 90, 95, 99};

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Bench", text);
}

/// Milliseconds with three decimals: what is measured is not more exact.
double rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

std::span<const double> spanOf(const QList<double> &values)
{
    return {values.constData(), std::size_t(values.size())};
}

QString cpuName()
{
    QFile info(QStringLiteral("/proc/cpuinfo"));
    if (info.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : info.readAll().split('\n')) {
            if (line.startsWith("model name"))
                return QString::fromUtf8(line.mid(line.indexOf(':') + 1)).trimmed();
        }
    }
    return QSysInfo::currentCpuArchitecture();
}

Json quantileJson(const QuantileEstimate &estimate)
{
    Json json{{"value", rounded(estimate.ms.value)}, {"low", nullptr}, {"high", nullptr}};
    if (estimate.isCovered) {
        json["low"] = rounded(estimate.ms.low);
        json["high"] = rounded(estimate.ms.high);
    } else {
        json["note"] = "n too small";
    }
    return json;
}

Json summaryJson(const BenchSummary &summary)
{
    if (summary.n == 0)
        return nullptr;
    Json json{{"n", summary.n}, {"mean", rounded(summary.mean)}, {"cv", std::round(summary.cv() * 10000) / 10000}, {"max", rounded(summary.max)}};
    for (const int percent : percents)
        json[percent == 50 ? std::string("median") : std::string("p").append(std::to_string(percent))] = quantileJson(summary.quantiles.value(percent));
    return json;
}

Json bytesOrNull(qint64 bytes)
{
    return bytes > 0 ? Json(bytes) : Json(nullptr);
}

Json columns(const QList<BenchSample> &samples)
{
    Json index = Json::array(), start = Json::array(), delay = Json::array(), ms = Json::array(), failure = Json::array(), quality = Json::array();
    for (const BenchSample &sample : samples) {
        index.push_back(sample.index);
        start.push_back(rounded(sample.startMs));
        delay.push_back(rounded(sample.delayMs));
        ms.push_back(rounded(sample.ms));
        failure.push_back(sample.isOk() ? Json(nullptr) : Json(sample.failure.toStdString()));
        quality.push_back(sample.quality ? Json(rounded(*sample.quality)) : Json(nullptr));
    }
    return {{"index", index}, {"start_ms", start}, {"delay_ms", delay}, {"ms", ms}, {"failure", failure}, {"quality", quality}};
}

Json stageColumns(const BenchRun &run)
{
    Json stages = Json::object();
    for (const QString &stage : stagesOf(run)) {
        Json column = Json::array();
        for (const BenchSample &sample : run.samples) {
            const auto found = sample.timingsMs.constFind(stage);
            column.push_back(found == sample.timingsMs.cend() ? Json(nullptr) : Json(rounded(*found)));
        }
        stages[stage.toStdString()] = column;
    }
    return stages;
}

Json planJson(const BenchPlan &plan)
{
    Json json{{"requests", plan.requests}, {"warmup", plan.warmUp}, {"concurrency", nullptr}, {"rate_per_s", nullptr}, {"arrivals", nullptr},
              {"slo_ms", plan.sloMs > 0 ? Json(plan.sloMs) : Json(nullptr)}, {"seed", plan.seed}};
    if (plan.isOpenLoop()) {
        json["rate_per_s"] = plan.ratePerSecond;
        json["arrivals"] = plan.arrivals == BenchPlan::Arrivals::Poisson ? "poisson" : "constant";
    } else {
        json["concurrency"] = plan.concurrency;
    }
    return json;
}

Json failuresJson(const BenchRun &run)
{
    Json json = Json::object();
    const QMap<QString, int> failures = failuresOf(run);
    for (auto it = failures.cbegin(); it != failures.cend(); ++it)
        json[it.key().toStdString()] = it.value();
    return json;
}

Json warmUpJson(const BenchRun &run)
{
    Json times = Json::array();
    for (const double ms : run.warmUpMs)
        times.push_back(rounded(ms));
    return {{"cold_start_ms", run.coldStartMs ? Json(rounded(*run.coldStartMs)) : Json(nullptr)}, {"ms", times}, {"failed", run.warmUpFailures}};
}

} // namespace

BenchSummary summarise(const QList<double> &values)
{
    BenchSummary summary;
    summary.n = int(values.size());
    if (values.isEmpty())
        return summary;
    double sum = 0, squares = 0;
    for (const double value : values)
        sum += value;
    summary.mean = sum / summary.n;
    for (const double value : values)
        squares += (value - summary.mean) * (value - summary.mean);
    summary.deviation = summary.n > 1 ? std::sqrt(squares / (summary.n - 1)) : 0;
    summary.max = *std::max_element(values.cbegin(), values.cend());
    for (const int percent : percents)
        summary.quantiles.insert(percent, quantileOf(spanOf(values), percent / 100.0));
    return summary;
}

QList<double> okMilliseconds(const BenchRun &run)
{
    QList<double> values;
    for (const BenchSample &sample : run.samples) {
        if (sample.isOk())
            values.append(sample.ms);
    }
    return values;
}

QList<double> stageMilliseconds(const BenchRun &run, const QString &stage)
{
    QList<double> values;
    for (const BenchSample &sample : run.samples) {
        const auto found = sample.timingsMs.constFind(stage);
        if (sample.isOk() && found != sample.timingsMs.cend())
            values.append(*found);
    }
    return values;
}

QStringList stagesOf(const BenchRun &run)
{
    QMap<QString, bool> stages;
    for (const BenchSample &sample : run.samples) {
        for (auto it = sample.timingsMs.cbegin(); it != sample.timingsMs.cend(); ++it)
            stages.insert(it.key(), true);
    }
    return stages.keys();
}

QList<double> qualities(const BenchRun &run)
{
    QList<double> values;
    for (const BenchSample &sample : run.samples) {
        if (sample.quality)
            values.append(*sample.quality);
    }
    return values;
}

QMap<QString, int> failuresOf(const BenchRun &run)
{
    QMap<QString, int> failures;
    for (const BenchSample &sample : run.samples) {
        if (!sample.isOk())
            ++failures[sample.failure];
    }
    return failures;
}

double throughputPerSecond(const BenchRun &run)
{
    return run.wallMs > 0 ? double(okMilliseconds(run).size()) * 1000 / run.wallMs : 0;
}

double goodputPerSecond(const BenchRun &run, double sloMs)
{
    const QList<double> times = okMilliseconds(run);
    const auto good = std::count_if(times.cbegin(), times.cend(), [sloMs](double ms) { return ms <= sloMs; });
    return run.wallMs > 0 ? double(good) * 1000 / run.wallMs : 0;
}

Json benchEnvironment()
{
    double load = -1;
    const bool isLoadKnown = getloadavg(&load, 1) == 1;
#ifdef NDEBUG
    const char *build = "release";
#else
    const char *build = "debug";
#endif
    return {{"galley", GALLEY_VERSION},
            {"build", build},
            {"cpu", cpuName().toStdString()},
            {"threads", QThread::idealThreadCount()},
            {"load", isLoadKnown ? Json(std::round(load * 100) / 100) : Json(nullptr)},
            {"os", QSysInfo::prettyProductName().toStdString()},
            {"kernel", QSysInfo::kernelVersion().toStdString()}};
}

Json toJson(const BenchResult &report)
{
    const BenchRun &run = report.run;
    const int failed = int(run.samples.size() - okMilliseconds(run).size());
    Json stages = Json::object();
    for (const QString &stage : stagesOf(run))
        stages[stage.toStdString()] = summaryJson(summarise(stageMilliseconds(run, stage)));
    return {{"galley_bench", BenchResult::formatVersion},
            {"started_at", report.startedAt.toUTC().toString(Qt::ISODateWithMs).toStdString()},
            {"target", report.target},
            {"inputs", {{"count", report.inputs}, {"sha256", report.inputsDigest.toStdString()}}},
            {"plan", planJson(report.plan)},
            {"environment", report.environment},
            {"cancelled", run.isCancelled},
            {"requests", {{"done", run.samples.size()}, {"ok", int(run.samples.size()) - failed}, {"failed", failed}, {"abandoned", run.abandoned}}},
            {"failures", failuresJson(run)},
            {"warmup", warmUpJson(run)},
            {"latency_ms", summaryJson(summarise(okMilliseconds(run)))},
            {"timings_ms", stages},
            {"wall_ms", rounded(run.wallMs)},
            {"throughput_per_s", rounded(throughputPerSecond(run))},
            {"goodput_per_s", report.plan.sloMs > 0 ? Json(rounded(goodputPerSecond(run, report.plan.sloMs))) : Json(nullptr)},
            {"memory", {{"host_peak_bytes", bytesOrNull(run.hostPeakBytes)}, {"gpu_peak_bytes", bytesOrNull(run.gpuPeakBytes)}}},
            {"quality", summaryJson(summarise(qualities(run)))},
            {"cost_usd", std::round(run.costUsd * 1e6) / 1e6},
            {"samples", columns(run.samples)},
            {"sample_timings_ms", stageColumns(run)}};
}

QByteArray toCsv(const BenchResult &report)
{
    const QStringList stages = stagesOf(report.run);
    const auto quoted = [](const QString &text) -> QByteArray {
        QString cell = text;
        cell.replace(QLatin1Char('"'), QStringLiteral("\"\""));
        return QByteArray("\"").append(cell.toUtf8()).append('"');
    };
    const auto number = [](double value) { return QByteArray::number(rounded(value), 'f', 3); };
    QByteArray csv("index,start_ms,delay_ms,ms,failure,quality,cost_usd");
    for (const QString &stage : stages)
        csv.append(',').append(quoted(stage + QStringLiteral("_ms")));
    csv.append("\r\n");
    for (const BenchSample &sample : report.run.samples) {
        QList<QByteArray> cells{QByteArray::number(sample.index), number(sample.startMs), number(sample.delayMs), number(sample.ms),
                                sample.isOk() ? QByteArray() : quoted(sample.failure), sample.quality ? number(*sample.quality) : QByteArray(),
                                QByteArray::number(sample.costUsd, 'f', 6)};
        for (const QString &stage : stages)
            cells.append(sample.timingsMs.contains(stage) ? number(sample.timingsMs.value(stage)) : QByteArray());
        csv.append(cells.join(',')).append("\r\n");
    }
    return csv;
}

namespace {

QString ms(double value)
{
    return QString::number(value, 'f', value < 100 ? 2 : 0);
}

QString summaryLine(const QString &name, const BenchSummary &summary)
{
    QString line = name.leftJustified(14);
    for (const int percent : percents) {
        const QuantileEstimate estimate = summary.quantiles.value(percent);
        const QString label = percent == 50 ? tr("median") : QStringLiteral("p%1").arg(percent);
        const QString interval = estimate.isCovered ? QStringLiteral(" (%1–%2)").arg(ms(estimate.ms.low), ms(estimate.ms.high))
                                                    : QStringLiteral(" (") + tr("n too small") + QLatin1Char(')');
        line += QStringLiteral("  %1 %2%3").arg(label, ms(estimate.ms.value), interval);
    }
    return line + QStringLiteral("  ") + tr("max %1  n %2").arg(ms(summary.max)).arg(summary.n);
}

} // namespace

QString toText(const BenchResult &report)
{
    const BenchRun &run = report.run;
    QStringList lines;
    const BenchSummary latency = summarise(okMilliseconds(run));
    if (run.coldStartMs)
        lines.append(tr("cold start").leftJustified(14) + QStringLiteral("  ") + tr("%1 ms, not counted below").arg(ms(*run.coldStartMs)));
    lines.append(latency.n > 0 ? summaryLine(tr("latency, ms"), latency) : tr("No request went well."));
    for (const QString &stage : stagesOf(run))
        lines.append(summaryLine(QStringLiteral("  ") + stage, summarise(stageMilliseconds(run, stage))));
    QString rate = tr("throughput").leftJustified(14) + QStringLiteral("  ") + tr("%1 a second").arg(throughputPerSecond(run), 0, 'f', 2);
    if (report.plan.sloMs > 0)
        rate += QStringLiteral("; ") + tr("within %1 ms: %2 a second").arg(report.plan.sloMs).arg(goodputPerSecond(run, report.plan.sloMs), 0, 'f', 2);
    lines.append(rate);
    QStringList failures;
    const QMap<QString, int> counts = failuresOf(run);
    for (auto it = counts.cbegin(); it != counts.cend(); ++it)
        failures.append(QStringLiteral("%1 %2").arg(it.key()).arg(it.value()));
    lines.append(tr("failures").leftJustified(14) + QStringLiteral("  ") + (failures.isEmpty() ? tr("none") : failures.join(QStringLiteral(", "))));
    QStringList memory;
    if (run.hostPeakBytes > 0)
        memory.append(tr("%1 MB on the host").arg(run.hostPeakBytes / 1'000'000));
    if (run.gpuPeakBytes > 0)
        memory.append(tr("%1 MB on the GPU").arg(run.gpuPeakBytes / 1'000'000));
    if (!memory.isEmpty())
        lines.append(tr("peak memory").leftJustified(14) + QStringLiteral("  ") + memory.join(QStringLiteral(", ")));
    if (const BenchSummary quality = summarise(qualities(run)); quality.n > 0)
        lines.append(tr("drawn text").leftJustified(14) + QStringLiteral("  ") + tr("%1 of 1 as read back, n %2").arg(quality.mean, 0, 'f', 3).arg(quality.n));
    if (run.costUsd > 0)
        lines.append(tr("cost").leftJustified(14) + QStringLiteral("  ") + tr("%1 USD").arg(run.costUsd, 0, 'f', 4));
    if (run.isCancelled)
        lines.append(tr("Stopped after %1 of %2 requests; %3 more had been sent.").arg(run.samples.size()).arg(report.plan.requests).arg(run.abandoned));
    return lines.join(QLatin1Char('\n'));
}

} // namespace Galley
