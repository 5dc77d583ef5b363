#include "bench.h"
#include "core/service/benchcompare.h"
#include "testpaths.h"
#include "tests/core/service/benchsample.h"

using namespace Galley;

namespace {

struct Tally
{
    int regressions = 0;
    int unclear = 0;
    double pairsNeeded = 0;
};

/// \a runs benchmarks of \a pairs pairs each, the later one \a factor as slow, with \a cv noise: the whole protocol, second round included.
Tally simulate(int runs, int pairs, double factor, double cv, std::uint64_t seed)
{
    Dice dice(seed);
    const auto round = [&] {
        const BenchResult before = benchResultOf(noisyTimes(dice, pairs, 100, cv));
        return compareRuns(before, benchResultOf(noisyTimes(dice, pairs, 100 * factor, cv)));
    };
    Tally tally;
    for (int i = 0; i < runs; ++i) {
        BenchComparison comparison = round();
        if (comparison.isRegression())
            comparison = confirmComparison(comparison, round());
        tally.regressions += comparison.isRegression();
        if (comparison.verdict == BenchVerdict::CannotTell) {
            ++tally.unclear;
            tally.pairsNeeded += comparison.changes.first().pairsNeeded;
        }
    }
    if (tally.unclear > 0)
        tally.pairsNeeded /= tally.unclear;
    return tally;
}

} // namespace

/// How often `galley bench --baseline` is wrong: false alarms of equal runs, and planted changes that it misses. GALLEY_BENCH_RUNS: how many runs, instead
/// of 10,000.
int main()
{
    BenchReport measured(QStringLiteral("regression"));
    const int asked = qEnvironmentVariableIntValue("GALLEY_BENCH_RUNS");
    const int runs = asked > 0 ? asked : 10'000;
    const QString of = QStringLiteral(" of %1").arg(runs);
    constexpr int pairs = 30;
    for (const double cv : {0.01, 0.02, 0.03, 0.05, 0.10, 0.20}) {
        const QString noise = QStringLiteral(", CV %1 %").arg(cv * 100);
        const Tally same = simulate(runs, pairs, 1, cv, 1);
        const Tally planted = simulate(runs, pairs, 1.10, cv, 2);
        measured.addValue(QStringLiteral("A/A false alarms") + of + noise, same.regressions);
        measured.addValue(QStringLiteral("A/A cannot tell") + of + noise, same.unclear);
        measured.addValue(QStringLiteral("A/A pairs asked for, mean") + noise, same.pairsNeeded);
        measured.addValue(QStringLiteral("+10 % found") + of + noise, planted.regressions);
        measured.addValue(QStringLiteral("+10 % cannot tell") + of + noise, planted.unclear);
    }
    return measured.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
