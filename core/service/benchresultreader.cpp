#include "core/service/benchresult.h"

#include <QCoreApplication>
#include <QFile>

#include <cmath>

namespace Galley {

namespace {

constexpr qint64 mostBytes = 64LL << 20;
constexpr double mostMs = 1e10;  // four months

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Bench", text);
}

/// Reads members and remembers the first that is not what it should be.
class Reader
{
public:
    explicit Reader(const QString &name)
        : m_name(name)
    {}

    const Json &member(const Json &object, const char *name)
    {
        static const Json nothing;
        return object.is_object() && object.contains(name) ? object[name] : nothing;
    }

    double number(const Json &json, const char *what, double least, double most)
    {
        const double value = json.is_number() ? json.get<double>() : NAN;
        if (!std::isfinite(value) || value < least || value > most) {
            wrong(what);
            return least;
        }
        return value;
    }
    double numberOr(const Json &json, const char *what, double otherwise, double most)
    {
        return json.is_null() ? otherwise : number(json, what, 0, most);
    }
    int whole(const Json &json, const char *what, int least, int most)
    {
        const double value = number(json, what, least, most);
        if (std::trunc(value) != value)
            wrong(what);
        return int(value);
    }
    /// A list as long as the others; what is absent counts as empty.
    const Json &column(const Json &json, const char *what, std::size_t length)
    {
        if (!json.is_array() || json.size() != length)
            wrong(what);
        return json;
    }
    void wrong(const char *what)
    {
        if (!m_error)
            m_error = Error{ErrorCode::InvalidInput,
                            tr("%1: \"%2\" is not what a result of \"galley bench\" has there. Measure the baseline again with -o FILE.json.")
                                .arg(m_name, QLatin1String(what)), {}};
    }

    const std::optional<Error> &error() const { return m_error; }

private:
    QString m_name;
    std::optional<Error> m_error;
};

BenchPlan readPlan(Reader &reader, const Json &json)
{
    BenchPlan plan;
    plan.requests = reader.whole(reader.member(json, "requests"), "plan.requests", 1, BenchPlan::mostRequests);
    plan.warmUp = reader.whole(reader.member(json, "warmup"), "plan.warmup", 0, BenchPlan::mostRequests);
    plan.ratePerSecond = reader.numberOr(reader.member(json, "rate_per_s"), "plan.rate_per_s", 0, 100'000);
    plan.concurrency = int(reader.numberOr(reader.member(json, "concurrency"), "plan.concurrency", 1, BenchPlan::mostConcurrent));
    if (toQString(reader.member(json, "arrivals")) == QLatin1String("constant"))
        plan.arrivals = BenchPlan::Arrivals::Constant;
    plan.sloMs = reader.numberOr(reader.member(json, "slo_ms"), "plan.slo_ms", 0, mostMs);
    if (const Json &seed = reader.member(json, "seed"); seed.is_number_unsigned())
        plan.seed = seed.get<quint64>();
    return plan;
}

void readStages(Reader &reader, const Json &stages, QList<BenchSample> &samples)
{
    if (!stages.is_object() || stages.size() > 100) {
        reader.wrong("sample_timings_ms");
        return;
    }
    for (const auto &[name, column] : stages.items()) {
        reader.column(column, "sample_timings_ms", std::size_t(samples.size()));
        if (reader.error())
            return;
        for (qsizetype i = 0; i < samples.size(); ++i) {
            const Json &value = column[std::size_t(i)];
            if (!value.is_null())
                samples[i].timingsMs.insert(QString::fromStdString(name), reader.number(value, "sample_timings_ms", 0, mostMs));
        }
    }
}

QList<BenchSample> readSamples(Reader &reader, const Json &json)
{
    QList<BenchSample> samples;
    const Json &ms = reader.member(json, "ms");
    if (!ms.is_array() || ms.size() > std::size_t(BenchPlan::mostRequests)) {
        reader.wrong("samples.ms");
        return samples;
    }
    const std::size_t n = ms.size();
    const Json &index = reader.column(reader.member(json, "index"), "samples.index", n);
    const Json &start = reader.column(reader.member(json, "start_ms"), "samples.start_ms", n);
    const Json &delay = reader.column(reader.member(json, "delay_ms"), "samples.delay_ms", n);
    const Json &failure = reader.column(reader.member(json, "failure"), "samples.failure", n);
    const Json &quality = reader.column(reader.member(json, "quality"), "samples.quality", n);
    for (std::size_t i = 0; i < n && !reader.error(); ++i) {
        BenchSample sample;
        sample.index = reader.whole(index[i], "samples.index", 0, BenchPlan::mostRequests);
        if (!samples.isEmpty() && sample.index <= samples.last().index)
            reader.wrong("samples.index");
        sample.startMs = reader.number(start[i], "samples.start_ms", 0, mostMs);
        sample.delayMs = reader.number(delay[i], "samples.delay_ms", 0, mostMs);
        sample.ms = reader.number(ms[i], "samples.ms", 0, mostMs);
        sample.failure = toQString(failure[i]);
        if (!failure[i].is_null() && sample.failure.isEmpty())
            reader.wrong("samples.failure");
        if (!quality[i].is_null())
            sample.quality = reader.number(quality[i], "samples.quality", 0, 1);
        samples.append(sample);
    }
    return samples;
}

} // namespace

Result<BenchResult> readBenchResult(const QByteArray &text, const QString &name)
{
    const auto parsed = parseJson(text, name, {.bytes = mostBytes, .depth = 16});
    if (!parsed)
        return fail(parsed.error());
    Reader reader(name);
    const Json &version = reader.member(*parsed, "galley_bench");
    if (!version.is_number_integer())
        return fail(ErrorCode::InvalidInput, tr("%1 is no result of \"galley bench\": it has no \"galley_bench\". Write one with -o FILE.json.").arg(name));
    if (version.get<qint64>() != BenchResult::formatVersion) {
        return fail(ErrorCode::Unsupported, tr("%1 was written by another version of Galley (format %2, this one reads %3). Measure the baseline again.")
                                                .arg(name)
                                                .arg(version.get<qint64>())
                                                .arg(BenchResult::formatVersion));
    }
    BenchResult report;
    report.target = reader.member(*parsed, "target");
    report.environment = reader.member(*parsed, "environment");
    const Json &inputs = reader.member(*parsed, "inputs");
    report.inputs = reader.whole(reader.member(inputs, "count"), "inputs.count", 1, BenchPlan::mostRequests);
    report.inputsDigest = toQString(reader.member(inputs, "sha256"));
    report.startedAt = QDateTime::fromString(toQString(reader.member(*parsed, "started_at")), Qt::ISODateWithMs);
    report.plan = readPlan(reader, reader.member(*parsed, "plan"));
    BenchRun &run = report.run;
    run.samples = readSamples(reader, reader.member(*parsed, "samples"));
    readStages(reader, reader.member(*parsed, "sample_timings_ms"), run.samples);
    run.wallMs = reader.number(reader.member(*parsed, "wall_ms"), "wall_ms", 0, mostMs);
    run.costUsd = reader.numberOr(reader.member(*parsed, "cost_usd"), "cost_usd", 0, 1e9);
    run.isCancelled = reader.member(*parsed, "cancelled") == Json(true);
    const Json &memory = reader.member(*parsed, "memory");
    run.hostPeakBytes = qint64(reader.numberOr(reader.member(memory, "host_peak_bytes"), "memory.host_peak_bytes", 0, 1e16));
    run.gpuPeakBytes = qint64(reader.numberOr(reader.member(memory, "gpu_peak_bytes"), "memory.gpu_peak_bytes", 0, 1e16));
    const Json &cold = reader.member(reader.member(*parsed, "warmup"), "cold_start_ms");
    if (!cold.is_null())
        run.coldStartMs = reader.number(cold, "warmup.cold_start_ms", 0, mostMs);
    if (reader.error())
        return fail(*reader.error());
    return report;
}

Result<BenchResult> loadBenchResult(const QString &name)
{
    QFile file(name);
    if (!file.exists())
        return fail(ErrorCode::NotFound, tr("There is no file %1.").arg(name));
    if (file.size() > mostBytes)
        return fail(ErrorCode::TooLarge, tr("%1 has %2 bytes; a result of \"galley bench\" has at most %3.").arg(name).arg(file.size()).arg(mostBytes));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    // A device or a pipe has no size: never more than the limit and one byte.
    return readBenchResult(file.read(mostBytes + 1), name);
}

} // namespace Galley
