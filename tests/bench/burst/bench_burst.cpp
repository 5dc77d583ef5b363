#include "testpaths.h"
#include "tests/bench/bench.h"
#include "tests/bench/burst/burstreport.h"
#include "tests/bench/burst/loopback.h"

#include <QGuiApplication>

using namespace Galley;

namespace {

constexpr double loopbackScale = 5;

QTextStream &out()
{
    static QTextStream stream(stdout);
    return stream;
}

std::optional<ModelCatalogue> shippedCatalogue()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml"));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return readModelCatalogue(file.readAll(), {}, {});
}

/// All runs over the same arrivals; nothing when one fails.
QList<BurstSummary> measure(const BurstSetup &setup, int bursts, const std::function<Result<QList<BurstServed>>(const BurstRun &, const QList<BurstArrival> &)> &serve)
{
    QList<BurstSummary> summaries;
    for (const BurstRun &run : burstRuns(setup)) {
        QList<BurstServed> all;
        for (int seed = 1; seed <= bursts; ++seed) {
            const Result<QList<BurstServed>> served = serve(run, drawArrivals(setup, std::uint64_t(seed)));
            if (!served) {
                out() << run.name << ": " << served.error().message << '\n';
                return {};
            }
            all += *served;
        }
        summaries.append(summarize(run.name, all));
    }
    return summaries;
}

bool isCalibrated(const BurstSummary &single)
{
    const BurstFigures &all = single.group(QStringLiteral("all"));
    out() << "one large model for everything: median " << all.median.ms.value << " ms, p95 " << all.p95.ms.value << " ms\n";
    return std::abs(all.median.ms.value / BurstSetup::targetMedianMs - 1) < 0.02 && std::abs(all.p95.ms.value / BurstSetup::targetP95Ms - 1) < 0.02;
}

QString markdown(const BurstSetup &setup, const QList<BurstSummary> &simulated, const QList<BurstSummary> &real)
{
    QString text = QStringLiteral(
        "# The burst benchmark\n\nWritten by `bench_burst`; do not edit.\n\n"
        "%1 designers, %2 minutes, %3 requests a second: %4 % live previews, the rest finals in batches of %5 rows (%6 % thumbnails, the others posters). "
        "A pool of %7 GPUs in every run, %8 of them for the mid model where there is one; at most %9 pictures at a time on one GPU, each beside another takes "
        "%10 times as long.")
        .arg(setup.designers).arg(setup.minutes).arg(setup.requestsPerSecond).arg(setup.previewShare * 100).arg(setup.rowsPerBatch)
        .arg(setup.thumbnailShare * 100).arg(setup.gpus).arg(setup.midGpus).arg(setup.slots).arg(1 + setup.contention);
    text += QStringLiteral(" One picture alone takes %1 ms on the large model and %2 ms on the mid model (spread %3 %). ")
                .arg(setup.largeMs).arg(setup.midMs).arg(setup.spread * 100);
    text += QStringLiteral("The rate is chosen so that one large model for everything shows a median of 2.4 s and a p95 of 3.8 s. The local draft takes what "
                           "`draft.json` measured (median %1 ms, p95 %2 ms), on each designer's own machine.\n\n")
                .arg(setup.draftMedianMs).arg(setup.draftP95Ms);
    text += QStringLiteral("Every request is decided by `decideRoute()` with a routes.yaml: the traffic-split file of product.md §4 with a fallback and a burst "
                           "model. \"Mid tier off\": a person took the mid model out of routing, and its GPUs serve the large one.\n\n"
                           "## Simulated\n\n%1 bursts, the same arrivals in each run; 95 % intervals in brackets.\n\n").arg(setup.bursts);
    text += summariesMarkdown(simulated) + QLatin1Char('\n') + goalsMarkdown(goalsOf(simulated)) + QStringLiteral("\n![Before and after](burst.webp)\n");
    if (!real.isEmpty()) {
        text += QStringLiteral("\n## Real servers on loopback\n\nOne burst through the job queue, the HTTP client and the store to servers with the same pools, %1 "
                               "times as fast; times are scaled back, Galley's own time in them too. Drafts as above.\n\n").arg(loopbackScale);
        text += summariesMarkdown(real) + QLatin1Char('\n') + goalsMarkdown(goalsOf(real));
    }
    return text;
}

bool writeText(const QString &file, const QString &text)
{
    QSaveFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(text.toUtf8()) > 0 && out.commit();
}

bool areReached(const QList<BurstSummary> &summaries)
{
    const QList<BurstGoal> goals = goalsOf(summaries);
    return std::all_of(goals.cbegin(), goals.cend(), [](const BurstGoal &goal) { return goal.isReached(); });
}

} // namespace

/// One large model for everything against the rules, under a burst: results/burst.json, burst.md and burst.webp. "simulate": without the real servers.
int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication app(argc, argv);
    const QString results = QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results");
    BurstSetup setup;
    const std::optional<ModelCatalogue> catalogue = shippedCatalogue();
    if (!catalogue || !readDraftTimes(results + QStringLiteral("/draft.json"), setup)) {
        out() << "resources/models.yaml or results/draft.json cannot be read.\n";
        return 1;
    }
    const QList<BurstSummary> simulated = measure(setup, setup.bursts, [&](const BurstRun &run, const QList<BurstArrival> &arrivals) {
        return simulate(run, setup, arrivals, *catalogue);
    });
    if (simulated.isEmpty() || !isCalibrated(simulated.first()))
        return 1;
    QList<BurstSummary> real;
    if (!app.arguments().contains(QStringLiteral("simulate"))) {
        real = measure(setup, 1, [&](const BurstRun &run, const QList<BurstArrival> &arrivals) {
            return runOnLoopback(run, setup, arrivals, *catalogue, loopbackScale);
        });
        if (real.isEmpty())
            return 1;
    }
    const QString text = markdown(setup, simulated, real);
    out() << text;
    BenchReport report(QStringLiteral("burst"));
    report.addJson(QStringLiteral("setup"), setupJson(setup));
    report.addJson(QStringLiteral("simulated"), summariesJson(simulated));
    report.addJson(QStringLiteral("goals"), goalsJson(goalsOf(simulated)));
    if (!real.isEmpty()) {
        report.addJson(QStringLiteral("loopback"), summariesJson(real));
        report.addJson(QStringLiteral("loopback goals"), goalsJson(goalsOf(real)));
    }
    const bool isWritten = report.write(results) && writeText(results + QStringLiteral("/burst.md"), text)
        && writeChart(simulated, QStringLiteral("Burst: one large model against the rules (simulated pool of %1 GPUs)").arg(setup.gpus),
                      results + QStringLiteral("/burst.webp"));
    return isWritten && areReached(simulated) ? 0 : 1;
}
