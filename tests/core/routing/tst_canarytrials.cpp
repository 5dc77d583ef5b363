#include "tests/core/routing/canarytrial.h"

#include <QTest>

#include <cmath>

using namespace Galley;

Q_DECLARE_METATYPE(Galley::CanaryTrial)

/// Simulated canaries: bad candidates are stopped after few renders, good ones hardly ever. GALLEY_CANARIES=1000 for as many as issue 5 asks for;
/// bench_canary writes the counts down.
class TestCanaryTrials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void broken_isStopped_data();
    void broken_isStopped();
    void good_isLeftAlone_data();
    void good_isLeftAlone();
    void naiveLooks_stopGoodOnes();
};

namespace {

CanaryTrial trial(const ArmModel &candidate, const ArmModel &control, int controls, int renders)
{
    return {candidate, control, controls, renders};
}

/// What a share of \a most comes to in \a n canaries, with three standard deviations of luck.
int mostOf(int n, double most)
{
    return int(std::floor(n * most + 3 * std::sqrt(n * most * (1 - most))));
}

} // namespace

void TestCanaryTrials::broken_isStopped_data()
{
    QTest::addColumn<CanaryTrial>("canary");
    QTest::addColumn<int>("most");
    const ArmModel good;
    ArmModel broken, slow, garbled, halfGarbled, dear;
    broken.failureShare = 1;
    slow.medianMs = 2 * good.medianMs;
    garbled.garbledShare = 1;
    halfGarbled.garbledShare = 0.5;
    dear.costUsd = 2 * good.costUsd;
    for (const int controls : {1, 4, 19}) {
        QTest::addRow("fails always, %d of the control each", controls) << trial(broken, good, controls, 10) << 3;
        QTest::addRow("twice as slow, %d of the control each", controls) << trial(slow, good, controls, 40) << 20;
        QTest::addRow("garbles text, %d of the control each", controls) << trial(garbled, good, controls, 40) << 20;
        QTest::addRow("garbles text in half of the pictures, %d of the control each", controls) << trial(halfGarbled, good, controls, 100) << 60;
        QTest::addRow("twice as dear, %d of the control each", controls) << trial(dear, good, controls, 40) << 20;
    }
    QTest::newRow("fails always, nothing of the control") << trial(broken, good, 0, 10) << 3;
}

void TestCanaryTrials::broken_isStopped()
{
    QFETCH(CanaryTrial, canary);
    QFETCH(int, most);
    Dice dice(17);
    for (int i = 0; i < trialCount(100); ++i) {
        const TrialOutcome outcome = runTrial(canary, dice);
        QVERIFY2(outcome.stoppedAfter > 0 && outcome.stoppedAfter <= most, qPrintable(QStringLiteral("canary %1: %2").arg(i).arg(outcome.stoppedAfter)));
    }
}

void TestCanaryTrials::good_isLeftAlone_data()
{
    QTest::addColumn<CanaryTrial>("canary");
    QTest::addColumn<int>("canaries");
    const ArmModel good;
    for (const int controls : {1, 4}) {
        QTest::addRow("as good, %d of the control each", controls) << trial(good, good, controls, 100) << 200;
        ArmModel flaky = good;
        flaky.failureShare = 0.1;
        QTest::addRow("fails in 10 %% like the control, %d of the control each", controls) << trial(flaky, flaky, controls, 100) << 60;
        ArmModel noisy = good;
        noisy.spread = 1;
        QTest::addRow("noisy, %d of the control each", controls) << trial(noisy, noisy, controls, 100) << 60;
        ArmModel slower = good;
        slower.medianMs *= 1.1;
        QTest::addRow("a tenth slower, %d of the control each", controls) << trial(slower, good, controls, 100) << 60;
    }
}

void TestCanaryTrials::good_isLeftAlone()
{
    QFETCH(CanaryTrial, canary);
    QFETCH(int, canaries);
    canaries = trialCount(canaries);
    Dice dice(23);
    int stopped = 0;
    for (int i = 0; i < canaries; ++i)
        stopped += runTrial(canary, dice).stoppedAfter > 0 ? 1 : 0;
    const int most = canaries >= 1000 ? canaries / 100 : mostOf(canaries, canaryTotalError);
    QVERIFY2(stopped <= most, qPrintable(QStringLiteral("%1 of %2").arg(stopped).arg(canaries)));
}

/// Why the error is spent: the same numbers, looked at as if each time were the only one.
void TestCanaryTrials::naiveLooks_stopGoodOnes()
{
    Dice dice(29);
    const int canaries = trialCount(100);
    int stopped = 0;
    int byLatency = 0;
    for (int i = 0; i < canaries; ++i) {
        const TrialOutcome outcome = runNaiveTrial({}, dice);
        stopped += outcome.stoppedAfter > 0 ? 1 : 0;
        byLatency += outcome.metric == QLatin1String("latency") ? 1 : 0;
    }
    QVERIFY2(stopped >= 0.08 * canaries, qPrintable(QStringLiteral("%1 of %2").arg(stopped).arg(canaries)));
    QVERIFY2(byLatency >= 0.03 * canaries, qPrintable(QStringLiteral("%1 of %2").arg(byLatency).arg(canaries)));
}

QTEST_GUILESS_MAIN(TestCanaryTrials)
#include "tst_canarytrials.moc"
