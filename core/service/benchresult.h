#pragma once

#include "core/base/json.h"
#include "core/base/statistics.h"
#include "core/service/benchrun.h"

#include <QDateTime>
#include <QStringList>

namespace Galley {

/// A benchmark as it is kept: what was asked, where, and every sample. A plain value; its JSON is the format of --baseline and --compare.
struct BenchResult
{
    static constexpr int formatVersion = 1;

    Json target = Json::object();       ///< "kind": "model", "route" or "url", and what names it
    QString inputsDigest;               ///< SHA-256 over everything that is sent: equal requests have equal digests
    int inputs = 1;                     ///< how many different requests take turns
    Json environment = Json::object();  ///< processor, threads, load, device, number type, revision, build …
    QDateTime startedAt;
    BenchPlan plan;
    BenchRun run;

    bool operator==(const BenchResult &) const = default;
};

/// Times or scores of one kind, summed up.
struct BenchSummary
{
    int n = 0;
    double mean = 0;
    double deviation = 0;  ///< standard deviation of the sample
    double max = 0;
    QMap<int, QuantileEstimate> quantiles;  ///< by percent: 50, 90, 95, 99

    double cv() const { return mean > 0 ? deviation / mean : 0; }
};
BenchSummary summarise(const QList<double> &values);

/// The times of the samples of \a run that went well, in order.
QList<double> okMilliseconds(const BenchRun &run);
/// One stage of them; samples that do not know it are left out.
QList<double> stageMilliseconds(const BenchRun &run, const QString &stage);
QStringList stagesOf(const BenchRun &run);
QList<double> qualities(const BenchRun &run);
QMap<QString, int> failuresOf(const BenchRun &run);
/// Requests answered well a second, and those of them within \a sloMs; 0 without a duration.
double throughputPerSecond(const BenchRun &run);
double goodputPerSecond(const BenchRun &run, double sloMs);

/// Processor, threads, load and operating system of this machine, Galley's version and its build type.
Json benchEnvironment();

Json toJson(const BenchResult &report);
/// Reads what toJson() wrote. Everything else (no JSON, another version, columns of different lengths, times that are none, 10 GB) is an InvalidInput,
/// TooLarge or Unsupported sentence that names \a name.
Result<BenchResult> readBenchResult(const QByteArray &text, const QString &name);
Result<BenchResult> loadBenchResult(const QString &file);

/// One line for each sample (RFC 4180).
QByteArray toCsv(const BenchResult &report);
/// The table for people.
QString toText(const BenchResult &report);

} // namespace Galley
