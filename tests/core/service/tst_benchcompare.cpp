#include "core/service/benchcompare.h"
#include "tests/core/service/benchsample.h"

#include <QTest>

#include <cmath>

using namespace Galley;

namespace {

constexpr int pairs = 30;

/// The whole protocol of --baseline: one comparison, and another one of what looks like a regression.
BenchVerdict verdict(Dice &dice, double factor, double cv, int n = pairs)
{
    const auto round = [&] {
        const BenchResult before = benchResultOf(noisyTimes(dice, n, 100, cv));
        return compareRuns(before, benchResultOf(noisyTimes(dice, n, 100 * factor, cv)));
    };
    const BenchComparison first = round();
    return first.isRegression() ? confirmComparison(first, round()).verdict : first.verdict;
}

/// How many simulated comparisons; GALLEY_BENCH_RUNS for the full figures.
int simulations()
{
    const int wanted = qEnvironmentVariableIntValue("GALLEY_BENCH_RUNS");
    return wanted > 0 ? wanted : 100;
}

BenchResult withFailures(int n, int failed)
{
    Dice dice(3);
    BenchResult report = benchResultOf(noisyTimes(dice, n, 100, 0.02));
    for (int i = 0; i < failed; ++i)
        report.run.samples[i].failure = QStringLiteral("busy");
    return report;
}

const BenchChange &changeOf(const BenchComparison &comparison, const char *metric)
{
    static const BenchChange none;
    for (const BenchChange &change : comparison.changes) {
        if (change.metric == QLatin1String(metric))
            return change;
    }
    return none;
}

} // namespace

class TestBenchCompare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameTwice_isNoRegression_data();
    void sameTwice_isNoRegression();
    void plantedTenPercent_isFound_data();
    void plantedTenPercent_isFound();
    void threePercent_isNoRegression();
    void tenPercentLess_isFaster();
    void noise_saysHowManyPairs();
    void neededPairs_areEnough();
    void fewValues_cannotTell();
    void onceOnly_isNotConfirmed();
    void fisher_isExact();
    void failures_count_data();
    void failures_count();
    void quality_counts();
    void pairedInputs_takeOutTheirDifferences();
    void otherConditions_areNoted();
    void json_hasTheNumbers();
};

void TestBenchCompare::sameTwice_isNoRegression_data()
{
    QTest::addColumn<double>("cv");
    QTest::newRow("3 %") << 0.03;
    QTest::newRow("20 %") << 0.20;
}

/// At most 1 in 100 (figures.md 5.3).
void TestBenchCompare::sameTwice_isNoRegression()
{
    QFETCH(double, cv);
    Dice dice(11);
    int alarms = 0;
    for (int i = 0; i < simulations(); ++i)
        alarms += verdict(dice, 1, cv) == BenchVerdict::Regression;
    QVERIFY2(alarms * 100 <= simulations(), qPrintable(QString::number(alarms)));
}

void TestBenchCompare::plantedTenPercent_isFound_data()
{
    QTest::addColumn<double>("cv");
    QTest::newRow("1 %") << 0.01;
    QTest::newRow("3 %") << 0.03;
}

/// At least 95 in 100 with 30 pairs.
void TestBenchCompare::plantedTenPercent_isFound()
{
    QFETCH(double, cv);
    Dice dice(12);
    int found = 0;
    for (int i = 0; i < simulations(); ++i)
        found += verdict(dice, 1.10, cv) == BenchVerdict::Regression;
    QVERIFY2(found * 100 >= 95 * simulations(), qPrintable(QString::number(found)));
}

/// Significant, and not worth a failed build.
void TestBenchCompare::threePercent_isNoRegression()
{
    Dice dice(13);
    const BenchComparison comparison
        = compareRuns(benchResultOf(noisyTimes(dice, 400, 100, 0.02)), benchResultOf(noisyTimes(dice, 400, 103, 0.02)));
    QVERIFY(changeOf(comparison, "latency").isSignificant);
    QCOMPARE(comparison.verdict, BenchVerdict::NoRegression);
}

void TestBenchCompare::tenPercentLess_isFaster()
{
    Dice dice(14);
    QCOMPARE(verdict(dice, 0.9, 0.02), BenchVerdict::Faster);
    const BenchComparison faster = compareRuns(benchResultOf(noisyTimes(dice, pairs, 100, 0.02)), benchResultOf(noisyTimes(dice, pairs, 85, 0.02)));
    QVERIFY2(!faster.sentences.first().contains(QStringLiteral("p 1)")), qPrintable(faster.sentences.first()));  // of being faster by chance
}

void TestBenchCompare::noise_saysHowManyPairs()
{
    Dice dice(15);
    const BenchComparison comparison
        = compareRuns(benchResultOf(noisyTimes(dice, pairs, 100, 0.5)), benchResultOf(noisyTimes(dice, pairs, 100, 0.5)));
    QCOMPARE(comparison.verdict, BenchVerdict::CannotTell);
    const BenchChange &latency = changeOf(comparison, "latency");
    QVERIFY2(latency.pairsNeeded > 1000, qPrintable(QString::number(latency.pairsNeeded)));
    QVERIFY(comparison.sentences.first().contains(QString::number(latency.pairsNeeded)));
}

/// With the number of pairs that a noisy comparison asks for, a planted 10 % is found.
void TestBenchCompare::neededPairs_areEnough()
{
    Dice dice(16);
    int needed = 0, asked = 0;
    for (int i = 0; i < 20; ++i) {
        const BenchComparison comparison
            = compareRuns(benchResultOf(noisyTimes(dice, pairs, 100, 0.2)), benchResultOf(noisyTimes(dice, pairs, 100, 0.2)));
        if (comparison.verdict == BenchVerdict::CannotTell) {
            needed += changeOf(comparison, "latency").pairsNeeded;
            ++asked;
        }
    }
    QVERIFY(asked > 5);
    const int n = needed / asked;
    int found = 0;
    for (int i = 0; i < 20; ++i)
        found += verdict(dice, 1.10, 0.2, n) == BenchVerdict::Regression;
    QVERIFY2(found >= 17, qPrintable(QStringLiteral("%1 of 20 with %2 pairs").arg(found).arg(n)));
}

void TestBenchCompare::fewValues_cannotTell()
{
    const BenchComparison comparison = compareRuns(benchResultOf({10, 10, 10}), benchResultOf({90, 90, 90}));
    QCOMPARE(comparison.verdict, BenchVerdict::CannotTell);
    QCOMPARE(changeOf(comparison, "latency").pairsNeeded, 30);
    QCOMPARE(compareRuns(benchResultOf({}), benchResultOf({})).verdict, BenchVerdict::CannotTell);
}

void TestBenchCompare::onceOnly_isNotConfirmed()
{
    Dice dice(17);
    const auto at = [&](double mean) { return benchResultOf(noisyTimes(dice, pairs, mean, 0.02)); };
    const BenchComparison slower = compareRuns(at(100), at(115));
    const BenchComparison same = compareRuns(at(100), at(100));
    const BenchComparison faster = compareRuns(at(100), at(85));
    QVERIFY(slower.isRegression());
    QVERIFY(confirmComparison(slower, compareRuns(at(100), at(115))).isRegression());
    QCOMPARE(confirmComparison(slower, same).verdict, BenchVerdict::NoRegression);
    QCOMPARE(confirmComparison(same, slower).verdict, BenchVerdict::NoRegression);
    const BenchComparison odd = confirmComparison(slower, faster);
    QCOMPARE(odd.verdict, BenchVerdict::CannotTell);
    QVERIFY(changeOf(odd, "latency").pairsNeeded > pairs);
    QCOMPARE(odd.rounds, 2);
}

void TestBenchCompare::fisher_isExact()
{
    // R: fisher.test(matrix(c(5, 25, 0, 30), 2), alternative = "greater")
    QVERIFY(std::abs(fisherExact(0, 30, 5, 30) - 0.02609) < 1e-5);
    // Fisher's tea: 3 of 4 right.
    QVERIFY(std::abs(fisherExact(1, 4, 3, 4) - 17.0 / 70) < 1e-12);
    QCOMPARE(fisherExact(0, 10, 0, 10), 1.0);
    QCOMPARE(fisherExact(5, 10, 0, 10), 1.0);
    QVERIFY(fisherExact(0, 100'000, 50, 100'000) < 1e-10);
}

void TestBenchCompare::failures_count_data()
{
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("wanted");
    QTest::newRow("0 and 0 of 400") << 0 << 0 << int(BenchVerdict::NoRegression);
    QTest::newRow("2 and 3") << 2 << 3 << int(BenchVerdict::NoRegression);
    QTest::newRow("0 and 40") << 0 << 40 << int(BenchVerdict::Regression);
    QTest::newRow("40 and 0") << 40 << 0 << int(BenchVerdict::Faster);
    QTest::newRow("all fail") << 0 << 400 << int(BenchVerdict::Regression);
}

void TestBenchCompare::failures_count()
{
    QFETCH(int, before);
    QFETCH(int, after);
    QFETCH(int, wanted);
    const BenchComparison comparison = compareRuns(withFailures(400, before), withFailures(400, after));
    QCOMPARE(int(changeOf(comparison, "failures").verdict), wanted);
    QCOMPARE(comparison.isRegression(), wanted == int(BenchVerdict::Regression));
}

void TestBenchCompare::quality_counts()
{
    // 200 slots of which 5 points more are garbled (figures.md 5.3).
    Dice dice(18);
    const auto withQuality = [&](double mean) {
        BenchResult report = benchResultOf(noisyTimes(dice, 200, 100, 0.02));
        for (BenchSample &sample : report.run.samples)
            sample.quality = std::clamp(mean + 0.05 * dice.normal(), 0.0, 1.0);
        return report;
    };
    QVERIFY(compareRuns(withQuality(0.9), withQuality(0.85)).isRegression());
    QVERIFY(!compareRuns(withQuality(0.9), withQuality(0.9)).isRegression());
    QVERIFY(!compareRuns(withQuality(0.85), withQuality(0.9)).isRegression());
    QCOMPARE(changeOf(compareRuns(withQuality(0.9), benchResultOf({1, 2})), "quality").metric, QString());
}

/// Rows that take 1 to 10 times as long hide nothing when each is compared with itself.
void TestBenchCompare::pairedInputs_takeOutTheirDifferences()
{
    Dice dice(19);
    const auto rows = [&](double factor, const char *digest) {
        QList<double> times;
        for (int i = 0; i < 60; ++i)
            times.append((100 + 900 * ((i * 7) % 60) / 60.0) * factor * (1 + 0.01 * dice.normal()));
        BenchResult report = benchResultOf(times);
        report.inputs = 60;
        report.inputsDigest = QString::fromLatin1(digest);
        return report;
    };
    const Interval paired = compareRuns(rows(1, "a"), rows(1, "a")).changes.first().effect;
    const Interval unpaired = compareRuns(rows(1, "a"), rows(1, "b")).changes.first().effect;
    QVERIFY2(paired.high - paired.low < (unpaired.high - unpaired.low) / 4,
             qPrintable(QStringLiteral("%1 %2").arg(paired.high - paired.low).arg(unpaired.high - unpaired.low)));
}

void TestBenchCompare::otherConditions_areNoted()
{
    BenchResult before = benchResultOf({1, 2, 3});
    BenchResult after = before;
    QVERIFY(compareRuns(before, after).notes.isEmpty());
    after.environment = {{"cpu", "another"}};
    QCOMPARE(compareRuns(before, after).notes.size(), 1);
    after.inputsDigest = QStringLiteral("other");
    QCOMPARE(compareRuns(before, after).notes.size(), 2);
    after.plan.concurrency = 8;
    QCOMPARE(compareRuns(before, after).notes.size(), 3);
    after.run.isCancelled = true;
    QCOMPARE(compareRuns(before, after).notes.size(), 4);
}

void TestBenchCompare::json_hasTheNumbers()
{
    Dice dice(20);
    const BenchResult before = benchResultOf(noisyTimes(dice, pairs, 100, 0.02));
    const BenchResult after = benchResultOf(noisyTimes(dice, pairs, 120, 0.02));
    const Json json = toJson(confirmComparison(compareRuns(before, after), compareRuns(before, after)));
    QCOMPARE(toQString(json["verdict"]), QStringLiteral("regression"));
    QVERIFY(json["repeated"].get<bool>());
    const Json &latency = json["metrics"][0];
    QVERIFY(latency["p"].get<double>() < 0.01);
    QVERIFY(latency["effect"]["low"].get<double>() > 1.05);
    QVERIFY(latency["effect"]["high"].get<double>() < 1.25);
    QVERIFY(toJson(compareRuns(benchResultOf({1}), benchResultOf({1})))["metrics"][0]["effect"]["high"].is_null());
}

QTEST_GUILESS_MAIN(TestBenchCompare)
#include "tst_benchcompare.moc"
