// Starts the real desktop: process start to first paint and first draft, and how late the GUI thread is while drafts render.
//   QT_QPA_PLATFORM=offscreen bench_window [SECONDS=60] [STARTS=20] [RESULTS_FOLDER]
#include "testpaths.h"
#include "tests/bench/bench.h"

#include <QCoreApplication>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>
#include <QTextStream>

#include <chrono>

using namespace Galley;

namespace {

double now()
{
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(since).count();
}

/// What the desktop printed in one run, with "started", the monotonic time before its process began; null when it failed.
Json runDesktop(const char *variable, const QString &value, int timeoutMs)
{
    QTemporaryDir home;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("GALLEY_HOME"), home.path());
    environment.insert(QString::fromLatin1(variable), value);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const double started = now();
    process.start(QStringLiteral(GALLEY_BIN_DIR "/galley"), QStringList());
    if (!process.waitForFinished(timeoutMs)) {
        process.kill();
        process.waitForFinished();
        return {};
    }
    const auto answer = parseJson(process.readAllStandardOutput(), QStringLiteral("galley"));
    if (!answer)
        return {};
    Json json = *answer;
    json["started"] = started;
    return json;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    const int seconds = argc > 1 ? std::atoi(argv[1]) : 60;
    const int starts = argc > 2 ? std::atoi(argv[2]) : 20;
    const QString folder = argc > 3 ? QString::fromLocal8Bit(argv[3]) : QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results");
    BenchReport report(QStringLiteral("ui"));
    BenchSeries paint;
    BenchSeries draft;
    for (int i = 0; i < starts; ++i) {
        const Json run = runDesktop("GALLEY_BENCH_START", QStringLiteral("1"), 60000);
        if (run.is_null()) {
            out << "The desktop gave no answer." << Qt::endl;
            return 1;
        }
        paint.add(run.at("first_paint").get<double>() - run.at("started").get<double>());
        draft.add(run.at("first_draft").get<double>() - run.at("started").get<double>());
    }
    report.add(QStringLiteral("start to first paint"), paint);
    report.add(QStringLiteral("start to first draft"), draft);
    const Json stall = runDesktop("GALLEY_BENCH_STALL", QString::number(seconds), (seconds + 60) * 1000);
    if (stall.is_null()) {
        out << "The desktop gave no answer while drafts rendered." << Qt::endl;
        return 1;
    }
    for (const char *key : {"p50", "p95", "p99", "max"})
        report.addValue(QStringLiteral("GUI stall while drafts render, %1 ms").arg(QLatin1String(key)), stall.at(key).get<double>());
    for (const char *key : {"frames", "drafts", "engine_requests"})
        report.addValue(QStringLiteral("%1 in %2 s").arg(QLatin1String(key)).arg(seconds), stall.at(key).get<double>());
    report.addValue(QStringLiteral("resident memory, window, MB"), stall.at("rss").get<double>() / 1e6);
    report.addValue(QStringLiteral("resident memory, worker, MB"), stall.at("worker_rss").get<double>() / 1e6);
    return report.write(folder) ? 0 : 1;
}
