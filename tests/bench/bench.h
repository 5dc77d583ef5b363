#pragma once

#include "core/base/json.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QFile>
#include <QSaveFile>
#include <QSysInfo>
#include <QTextStream>
#include <QThread>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace Galley {

/// Times of one thing, in milliseconds.
class BenchSeries
{
public:
    void add(double milliseconds) { m_times.push_back(milliseconds); }
    int count() const { return int(m_times.size()); }
    /// Nearest rank; 0 without values.
    double quantile(double share) const
    {
        if (m_times.empty())
            return 0;
        std::vector<double> sorted = m_times;
        std::sort(sorted.begin(), sorted.end());
        const auto rank = std::size_t(std::ceil(share * double(sorted.size())));
        return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
    }
    double median() const { return quantile(0.5); }

private:
    std::vector<double> m_times;
};

/// The CPU time of this thread in milliseconds: what counts where other programs keep the machine busy.
inline double threadCpuMilliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Runs things many times and writes `results/<name>.json`: for each n, median, p95, max, and the machine they ran on.
class BenchReport
{
public:
    explicit BenchReport(const QString &name)
        : m_name(name)
    {}

    /// Calls \a run \a n times after \a warmUp calls that do not count; \a run gets the number of the call.
    template<typename Run>
    void measure(const QString &what, int n, Run run, int warmUp = 2)
    {
        BenchSeries series;
        BenchSeries cpu;
        for (int i = -warmUp; i < n; ++i) {
            QElapsedTimer timer;
            timer.start();
            const double before = threadCpuMilliseconds();
            run(i + warmUp);
            if (i < 0)
                continue;
            cpu.add(threadCpuMilliseconds() - before);
            series.add(double(timer.nsecsElapsed()) / 1e6);
        }
        add(what, series, cpu);
    }

    /// \a cpu: the same in CPU time, where one thread did it all.
    void add(const QString &what, const BenchSeries &series, const BenchSeries &cpu = {})
    {
        const auto rounded = [](double value) { return std::round(value * 1000) / 1000; };
        m_results[what.toStdString()] = Json{{"n", series.count()},
                                             {"median_ms", rounded(series.median())},
                                             {"p95_ms", rounded(series.quantile(0.95))},
                                             {"max_ms", rounded(series.quantile(1))}};
        if (cpu.count() > 0) {
            m_results[what.toStdString()]["cpu_median_ms"] = rounded(cpu.median());
            m_results[what.toStdString()]["cpu_p95_ms"] = rounded(cpu.quantile(0.95));
        }
        QTextStream(stdout) << what.leftJustified(44) << "  n " << series.count() << "  median "
                            << QString::number(series.median(), 'f', 2) << " ms  p95 "
                            << QString::number(series.quantile(0.95), 'f', 2) << " ms  cpu p95 "
                            << QString::number(cpu.quantile(0.95), 'f', 2) << " ms\n";
    }

    /// A single number that is no time.
    void addValue(const QString &what, double value)
    {
        m_results[what.toStdString()] = std::round(value * 10) / 10;
        QTextStream(stdout) << what.leftJustified(44) << "  " << QString::number(value, 'f', 1) << '\n';
    }

    /// Whatever has a form of its own.
    void addJson(const QString &what, const Json &value) { m_results[what.toStdString()] = value; }

    /// Writes to \a folder; false when that fails.
    bool write(const QString &folder) const
    {
        Json report{{"name", m_name.toStdString()},
                    {"date", QDateTime::currentDateTimeUtc().date().toString(Qt::ISODate).toStdString()},
                    {"machine", {{"cpu", cpuName().toStdString()}, {"threads", QThread::idealThreadCount()},
                                 {"os", QSysInfo::prettyProductName().toStdString()}}},
                    {"load", loadAverage()},
                    {"build", GALLEY_BUILD_TYPE},
                    {"results", m_results}};
        QSaveFile file(folder + QLatin1Char('/') + m_name + QStringLiteral(".json"));
        return file.open(QIODevice::WriteOnly) && file.write(dumpJson(report, 1) + '\n') > 0 && file.commit();
    }

private:
    /// Of the last minute: wall times of a busy machine are not worth much.
    static double loadAverage()
    {
        double load = 0;
        return getloadavg(&load, 1) == 1 ? std::round(load * 10) / 10 : -1;
    }

    static QString cpuName()
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

    QString m_name;
    Json m_results = Json::object();
};

} // namespace Galley
