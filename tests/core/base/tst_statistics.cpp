#include "core/base/statistics.h"

#include <QList>
#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace Galley;

/// The numbers that canaries and benchmarks decide by, against published values and those of SciPy 1.17.1 and statsmodels (named in the rows).
class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mannWhitney_isPublished_data();
    void mannWhitney_isPublished();
    void mannWhitney_withoutValuesSaysNothing();
    void mannWhitney_keepsItsError();
    void quantile_hasItsInterval_data();
    void quantile_hasItsInterval();
    void quantileInterval_coversAsOftenAsItSays();
    void leastCounts_arePublished_data();
    void leastCounts_arePublished();
    void leastCountForShares_isPublished_data();
    void leastCountForShares_isPublished();
    void bootstrap_findsTheRatio();
    void bootstrap_pairsAreDrawnTogether();
    void bootstrap_isTheSameEverywhere();
    void bootstrap_ofNothingIsNothing();
    void holm_stepsDown_data();
    void holm_stepsDown();
    void distributions_arePublished();
    void dice_arePublished();
};

namespace {

using Values = QList<double>;

std::span<const double> span(const Values &values)
{
    return {values.constData(), std::size_t(values.size())};
}

Values counted(int n, double first = 1, double step = 1)
{
    Values values;
    for (int i = 0; i < n; ++i)
        values.append(first + step * i);
    return values;
}

bool isNear(double value, double expected, double relative = 1e-9)
{
    return std::abs(value - expected) <= relative * std::max(std::abs(expected), 1e-12);
}

} // namespace

void TestStatistics::mannWhitney_isPublished_data()
{
    QTest::addColumn<Values>("a");
    QTest::addColumn<Values>("b");
    QTest::addColumn<double>("less");
    QTest::addColumn<double>("greater");
    QTest::addColumn<double>("twoSided");
    QTest::newRow("4 against 4, all larger (figures.md 2.3: 0.029)") << counted(4, 5) << counted(4) << 1.0 << 1.0 / 70 << 2.0 / 70;
    QTest::newRow("scipy.stats.mannwhitneyu, first example, exact") << Values{19, 22, 16, 29, 24} << Values{20, 11, 17, 12}
        << 0.9682539682539683 << 0.05555555555555555 << 0.1111111111111111;
    QTest::newRow("R wilcox.test, amnion (Hollander & Wolfe 1973, p. 69: greater 0.1272)")
        << Values{0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46} << Values{1.15, 0.88, 0.90, 0.74, 1.21}
        << 0.8967698967698967 << 0.1272061272061272 << 0.2544122544122544;
    QTest::newRow("15 against 100, exact, scipy") << counted(15, 3.5, 10) << counted(100, 0)
        << 0.9774819996675235 << 0.02298089151392246 << 0.04596178302784492;
    QTest::newRow("two prices, all tied, scipy permutation_test") << Values{4, 4, 4, 4} << Values{6, 6, 6, 6}
        << 0.014285714285714285 << 1.0 << 2 * 0.014285714285714285;
    QTest::newRow("ties, scipy permutation_test") << Values{1, 2, 2, 3, 5, 5} << Values{2, 3, 3, 5, 6, 7, 7}
        << 0.06526806526806526 << 0.9557109557109557 << 2 * 0.06526806526806526;
    QTest::newRow("normal, scipy asymptotic") << counted(40, 0) << counted(45, 5.5)
        << 0.0036704218232331606 << 0.9964250165408187 << 0.007340843646466321;
    Values sevens, nines;
    for (int i = 0; i < 40; ++i)
        sevens.append(i % 7);
    for (int i = 0; i < 50; ++i)
        nines.append(i * 3 % 9);
    QTest::newRow("normal with ties, scipy asymptotic") << sevens << nines << 0.4751283731215948 << 0.5281826466832669 << 0.9502567462431896;
    QTest::newRow("all equal") << Values(30, 2.0) << Values(40, 2.0) << 1.0 << 1.0 << 1.0;
    QTest::newRow("one against one") << Values{2} << Values{1} << 1.0 << 0.5 << 1.0;
}

void TestStatistics::mannWhitney_isPublished()
{
    QFETCH(Values, a);
    QFETCH(Values, b);
    QFETCH(double, less);
    QFETCH(double, greater);
    QFETCH(double, twoSided);
    QVERIFY2(isNear(mannWhitney(span(a), span(b), Tail::Less), less), qPrintable(QString::number(mannWhitney(span(a), span(b), Tail::Less), 'g', 15)));
    QVERIFY(isNear(mannWhitney(span(a), span(b), Tail::Greater), greater));
    QVERIFY(isNear(mannWhitney(span(a), span(b), Tail::TwoSided), twoSided));
    QVERIFY2(isNear(mannWhitney(span(b), span(a), Tail::Less), greater), "the other way round");
}

void TestStatistics::mannWhitney_withoutValuesSaysNothing()
{
    const Values some = counted(5);
    QCOMPARE(mannWhitney({}, span(some), Tail::Greater), 1.0);
    QCOMPARE(mannWhitney(span(some), {}, Tail::Less), 1.0);
    QCOMPARE(mannWhitney({}, {}, Tail::TwoSided), 1.0);
}

/// Two arms of one distribution: p ≤ 0.05 in one of twenty at most, at every size and on both sides of the exact limits.
void TestStatistics::mannWhitney_keepsItsError()
{
    Dice dice(7);
    for (const auto &[n, m, ties] : {std::tuple{5, 5, 0}, {9, 20, 0}, {40, 60, 0}, {8, 12, 4}, {30, 40, 4}}) {
        constexpr int runs = 2000;
        int found = 0;
        for (int run = 0; run < runs; ++run) {
            Values a, b;
            const auto draw = [&dice, ties = ties] { return ties > 0 ? double(dice.below(std::uint64_t(ties))) : dice.uniform(); };
            for (int i = 0; i < n; ++i)
                a.append(draw());
            for (int i = 0; i < m; ++i)
                b.append(draw());
            found += mannWhitney(span(a), span(b), Tail::Greater) <= 0.05 ? 1 : 0;
        }
        // 0.05 and four standard deviations of the simulation.
        QVERIFY2(found <= runs * (0.05 + 4 * std::sqrt(0.05 * 0.95 / runs)), qPrintable(QStringLiteral("%1 v %2: %3").arg(n).arg(m).arg(found)));
        QVERIFY2(found >= runs * 0.015, qPrintable(QStringLiteral("%1 v %2 finds hardly anything: %3").arg(n).arg(m).arg(found)));
    }
}

void TestStatistics::quantile_hasItsInterval_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<double>("share");
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("high");
    QTest::addColumn<bool>("isCovered");
    QTest::newRow("median of 100 (scipy quantile_test: 40–61)") << 100 << 0.5 << 50.0 << 40.0 << 61.0 << true;
    QTest::newRow("p90 of 100 (scipy quantile_test: 84–96)") << 100 << 0.9 << 90.0 << 84.0 << 96.0 << true;
    QTest::newRow("median of 20 (scipy quantile_test: 6–15)") << 20 << 0.5 << 10.0 << 6.0 << 15.0 << true;
    QTest::newRow("p95 of 59: just enough") << 59 << 0.95 << 57.0 << 48.0 << 59.0 << true;
    QTest::newRow("p95 of 58: too few") << 58 << 0.95 << 56.0 << 1.0 << 58.0 << false;
    QTest::newRow("p99 of 298: too few") << 298 << 0.99 << 296.0 << 1.0 << 298.0 << false;
    QTest::newRow("one") << 1 << 0.5 << 1.0 << 1.0 << 1.0 << false;
    QTest::newRow("none") << 0 << 0.5 << 0.0 << 0.0 << 0.0 << false;
}

void TestStatistics::quantile_hasItsInterval()
{
    QFETCH(int, n);
    QFETCH(double, share);
    Values values = counted(n);
    std::reverse(values.begin(), values.end());
    const QuantileEstimate estimate = quantileOf(span(values), share);
    QCOMPARE(estimate.n, n);
    QTEST(estimate.ms.value, "value");
    QTEST(estimate.isCovered, "isCovered");
    QTEST(estimate.ms.high, "high");
    if (n != 59)
        QTEST(estimate.ms.low, "low");
    // The lower end takes what is left of the error: almost nothing at the least count.
    else
        QVERIFY(estimate.ms.low >= 1 && estimate.ms.low <= 52);
}

void TestStatistics::quantileInterval_coversAsOftenAsItSays()
{
    Dice dice(11);
    for (const auto &[n, share] : {std::pair{30, 0.5}, {100, 0.9}, {60, 0.95}, {400, 0.99}}) {
        constexpr int runs = 2000;
        int covered = 0;
        for (int run = 0; run < runs; ++run) {
            Values values;
            for (int i = 0; i < n; ++i)
                values.append(dice.uniform());
            const QuantileEstimate estimate = quantileOf(span(values), share);
            QVERIFY(estimate.isCovered);
            covered += estimate.ms.low <= share && share <= estimate.ms.high ? 1 : 0;
        }
        QVERIFY2(covered >= runs * (0.95 - 4 * std::sqrt(0.05 * 0.95 / runs)), qPrintable(QStringLiteral("%1 of %2").arg(covered).arg(n)));
    }
}

void TestStatistics::leastCounts_arePublished_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<double>("confidence");
    QTest::addColumn<int>("n");
    QTest::newRow("p95 at 95 % (figures.md 5.1)") << 0.95 << 0.95 << 59;
    QTest::newRow("p99 at 95 % (figures.md 5.1)") << 0.99 << 0.95 << 299;
    QTest::newRow("p90 at 99 % (MLPerf early stopping)") << 0.9 << 0.99 << 44;
    QTest::newRow("p95 at 99 % (MLPerf early stopping)") << 0.95 << 0.99 << 90;
    QTest::newRow("p99 at 99 % (MLPerf early stopping)") << 0.99 << 0.99 << 459;
    QTest::newRow("median at 95 %: two tails of 1/64") << 0.5 << 0.95 << 6;
}

void TestStatistics::leastCounts_arePublished()
{
    QFETCH(double, share);
    QFETCH(double, confidence);
    QFETCH(int, n);
    QCOMPARE(leastCountForQuantile(share, confidence), n);
    QVERIFY(quantileOf(span(counted(n)), share, confidence).isCovered);
    QVERIFY(!quantileOf(span(counted(n - 1)), share, confidence).isCovered);
}

void TestStatistics::leastCountForShares_isPublished_data()
{
    QTest::addColumn<double>("base");
    QTest::addColumn<double>("worse");
    QTest::addColumn<int>("n");
    QTest::newRow("1 % to 5 %") << 0.01 << 0.05 << 224;
    QTest::newRow("1 % to 10 %") << 0.01 << 0.10 << 79;
    QTest::newRow("1 % to 20 %") << 0.01 << 0.20 << 32;
    QTest::newRow("1 % to 50 %") << 0.01 << 0.50 << 9;
    QTest::newRow("5 % to 15 %") << 0.05 << 0.15 << 111;
}

void TestStatistics::leastCountForShares_isPublished()
{
    QFETCH(double, base);
    QFETCH(double, worse);
    QTEST(leastCountForShares(base, worse), "n");
}

void TestStatistics::bootstrap_findsTheRatio()
{
    Dice dice(3);
    Values a, b;
    for (int i = 0; i < 60; ++i) {
        a.append(1100 * (1 + 0.03 * dice.normal()));
        b.append(1000 * (1 + 0.03 * dice.normal()));
    }
    const Interval ratio = bootstrapMedianRatio(span(a), span(b), false);
    QVERIFY(ratio.low < ratio.value && ratio.value < ratio.high);
    QVERIFY(ratio.low > 1.05 && ratio.high < 1.15);
    QVERIFY(ratio.low < 1.1 && 1.1 < ratio.high);
}

void TestStatistics::bootstrap_pairsAreDrawnTogether()
{
    // Requests differ by a factor of ten, the arms by exactly two: only pairs show it without any width.
    const Values b = counted(30, 100, 30);
    Values a;
    for (const double value : b)
        a.append(2 * value);
    const Interval paired = bootstrapMedianRatio(span(a), span(b), true);
    QCOMPARE(paired.low, 2.0);
    QCOMPARE(paired.high, 2.0);
    const Interval unpaired = bootstrapMedianRatio(span(a), span(b), false);
    QVERIFY(unpaired.low < 1.8 && unpaired.high > 2.2);
}

void TestStatistics::bootstrap_isTheSameEverywhere()
{
    const Values a = counted(21, 10), b = counted(20, 8);
    const Interval first = bootstrapMedianRatio(span(a), span(b), false, 0.95, 500, 42);
    const Interval again = bootstrapMedianRatio(span(a), span(b), false, 0.95, 500, 42);
    QCOMPARE(first.low, again.low);
    QCOMPARE(first.high, again.high);
    // Values written down on x86-64 Linux: another machine must get the very same.
    QCOMPARE(first.low, 36.0 / 43);
    QCOMPARE(first.high, 11.0 / 7);
}

void TestStatistics::bootstrap_ofNothingIsNothing()
{
    const Values some = counted(5), fewer = counted(4), zeros(5, 0.0);
    for (const Interval &interval : {bootstrapMedianRatio({}, span(some), false), bootstrapMedianRatio(span(some), {}, false),
                                     bootstrapMedianRatio(span(some), span(fewer), true), bootstrapMedianRatio(span(some), span(zeros), true)}) {
        QCOMPARE(interval.value, 0.0);
        QCOMPARE(interval.high, 0.0);
    }
}

void TestStatistics::holm_stepsDown_data()
{
    QTest::addColumn<Values>("p");
    QTest::addColumn<QList<bool>>("significant");
    QTest::newRow("statsmodels multipletests") << Values{0.01, 0.04, 0.03, 0.005} << QList<bool>{true, false, false, true};
    QTest::newRow("one") << Values{0.05} << QList<bool>{true};
    QTest::newRow("the first fails: so do all") << Values{0.03, 0.03, 0.03} << QList<bool>{false, false, false};
    QTest::newRow("each at its step") << Values{0.05, 0.025, 0.0125, 0.016} << QList<bool>{true, true, true, true};
    QTest::newRow("none") << Values{} << QList<bool>{};
}

void TestStatistics::holm_stepsDown()
{
    QFETCH(Values, p);
    QFETCH(QList<bool>, significant);
    const std::vector<bool> found = holm(span(p), 0.05);
    QCOMPARE(QList<bool>(found.begin(), found.end()), significant);
}

void TestStatistics::distributions_arePublished()
{
    QVERIFY(isNear(normalCdf(-6), 9.865876450376946e-10));
    QVERIFY(isNear(normalCdf(-1.96), 0.024997895148220435));
    QCOMPARE(normalCdf(0), 0.5);
    QVERIFY(isNear(normalQuantile(0.025), -1.9599639845400545));
    QVERIFY(isNear(normalQuantile(1e-9), -5.9978070150076865));
    QVERIFY(isNear(normalQuantile(0.99), 2.3263478740408408));
    QCOMPARE(normalQuantile(0), -std::numeric_limits<double>::infinity());
    QCOMPARE(normalQuantile(1), std::numeric_limits<double>::infinity());
    QVERIFY(isNear(binomialTail(2, 2, 0.01), 0.0001));
    QVERIFY(isNear(binomialTail(3, 10, 0.2), 0.3222004736));
    QVERIFY(isNear(binomialTail(50, 100, 0.5), 0.5397946186935889));
    QVERIFY(isNear(binomialTail(1, 300, 0.01), 0.9509591059287141));
    QCOMPARE(binomialTail(0, 10, 0.5), 1.0);
    QCOMPARE(binomialTail(11, 10, 0.5), 0.0);
    QCOMPARE(binomialTail(1, 10, 0.0), 0.0);
    QCOMPARE(binomialTail(10, 10, 1.0), 1.0);
    QVERIFY(isNear(shareUpperBound(0, 20), 1 - std::pow(0.05, 1.0 / 20)));
    QVERIFY(isNear(shareUpperBound(2, 20), 0.28261852488586087));  // scipy.stats.beta.ppf(0.95, 3, 18)
    QCOMPARE(shareUpperBound(0, 0), 1.0);
    QCOMPARE(shareUpperBound(5, 5), 1.0);
    QCOMPARE(medianOf(span(Values{3, 1, 2})), 2.0);
    QCOMPARE(medianOf(span(Values{4, 1, 2, 3})), 2.5);
}

void TestStatistics::dice_arePublished()
{
    // The reference implementation (prng.di.unimi.it/splitmix64.c) from 1234567.
    Dice dice(1234567);
    QCOMPARE(dice.next(), std::uint64_t(6457827717110365317ULL));
    QCOMPARE(dice.next(), std::uint64_t(3203168211198807973ULL));
    QCOMPARE(dice.next(), std::uint64_t(9817491932198370423ULL));
    double sum = 0, squares = 0;
    QList<int> sides(6, 0);
    constexpr int throws = 60'000;
    for (int i = 0; i < throws; ++i) {
        const double value = dice.normal();
        sum += value;
        squares += value * value;
        ++sides[qsizetype(dice.below(6))];
    }
    QVERIFY(std::abs(sum / throws) < 0.02);
    QVERIFY(std::abs(squares / throws - 1) < 0.03);
    for (const int side : sides)
        QVERIFY(std::abs(side - throws / 6) < 400);
}

QTEST_GUILESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
