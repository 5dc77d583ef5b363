#include "core/service/benchpairs.h"
#include "core/service/benchresult.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace Galley;

namespace {

/// Answers after a time that a script says, and notes what it was asked.
class ScriptedTarget : public BenchTarget
{
public:
    std::function<int(int index)> delayMs = [](int) { return 0; };
    std::function<BenchOutcome(int index)> outcome = [](int) { return BenchOutcome{}; };
    QList<int> asked;
    int inFlight = 0;
    int mostInFlight = 0;

    void send(int index, std::stop_token stop, Done done) override
    {
        asked.append(index);
        mostInFlight = std::max(mostInFlight, ++inFlight);
        auto *timer = new QTimer(&m_guard);
        timer->setSingleShot(true);
        timer->setTimerType(Qt::PreciseTimer);
        auto end = [this, timer, done](const BenchOutcome &result) {
            timer->deleteLater();
            --inFlight;
            done(result);
        };
        QObject::connect(timer, &QTimer::timeout, &m_guard, [this, index, end] { end(outcome(index)); });
        // As an engine does: a stop is answered soon.
        auto *poll = new QTimer(timer);
        QObject::connect(poll, &QTimer::timeout, timer, [stop, timer, poll, end] {
            if (!stop.stop_requested() || !timer->isActive())
                return;
            timer->stop();
            poll->stop();
            end({.error = Error{ErrorCode::Cancelled}});
        });
        poll->start(1);
        timer->start(delayMs(index));
    }

private:
    QObject m_guard;
};

bool waitFor(BenchRunner &runner)
{
    QSignalSpy finished(&runner, &BenchRunner::finished);
    runner.start();
    return finished.count() > 0 || finished.wait(60'000);
}

QList<double> column(const BenchRun &run, double BenchSample::*member)
{
    QList<double> values;
    for (const BenchSample &sample : run.samples)
        values.append(sample.*member);
    return values;
}

} // namespace

class TestBenchRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plans_data();
    void plans();
    void arrivals_areSeededAndHaveTheRate();
    void everyRequest_isSentOnce();
    void concurrency_isAsAsked_data();
    void concurrency_isAsAsked();
    void openLoop_countsTheWait();
    void failures_areCountedByClass();
    void coldStart_isApart();
    void wrongInput_endsAtOnce();
    void interrupt_keepsWhatWasMeasured();
    void quality_isOffTheClock();
    void turns_areABBA();
    void costs_addUp();
};

void TestBenchRun::plans_data()
{
    QTest::addColumn<BenchPlan>("plan");
    QTest::addColumn<bool>("isFine");
    QTest::newRow("default") << BenchPlan{} << true;
    QTest::newRow("no requests") << BenchPlan{.requests = 0} << false;
    QTest::newRow("too many") << BenchPlan{.requests = 100'001} << false;
    QTest::newRow("no warm-up") << BenchPlan{.warmUp = 0} << true;
    QTest::newRow("negative warm-up") << BenchPlan{.warmUp = -1} << false;
    QTest::newRow("nobody asks") << BenchPlan{.concurrency = 0} << false;
    QTest::newRow("everybody asks") << BenchPlan{.concurrency = 501} << false;
    QTest::newRow("rate") << BenchPlan{.ratePerSecond = 20} << true;
    QTest::newRow("negative rate") << BenchPlan{.ratePerSecond = -1} << false;
    QTest::newRow("no rate at all") << BenchPlan{.ratePerSecond = NAN} << false;
    QTest::newRow("never") << BenchPlan{.ratePerSecond = 1e-9} << false;
    QTest::newRow("objective") << BenchPlan{.sloMs = -1} << false;
}

void TestBenchRun::plans()
{
    QFETCH(BenchPlan, plan);
    QFETCH(bool, isFine);
    QCOMPARE(checkPlan(plan).isEmpty(), isFine);
}

void TestBenchRun::arrivals_areSeededAndHaveTheRate()
{
    BenchPlan plan{.requests = 20'000, .ratePerSecond = 50, .seed = 7};
    const QList<double> poisson = arrivalTimes(plan);
    QCOMPARE(poisson.size(), 20'000);
    QCOMPARE(poisson, arrivalTimes(plan));
    QVERIFY(std::is_sorted(poisson.cbegin(), poisson.cend()));
    QVERIFY2(std::abs(poisson.last() / 20'000 - 20) < 1, qPrintable(QString::number(poisson.last())));
    // Exponential gaps: 1 / e of them are longer than the mean.
    int longer = 0;
    for (qsizetype i = 1; i < poisson.size(); ++i)
        longer += poisson[i] - poisson[i - 1] > 20;
    QVERIFY2(std::abs(longer / 20'000.0 - std::exp(-1)) < 0.02, qPrintable(QString::number(longer)));
    plan.seed = 8;
    QVERIFY(poisson != arrivalTimes(plan));
    plan.arrivals = BenchPlan::Arrivals::Constant;
    QCOMPARE(arrivalTimes(plan).at(3), 60.0);
    plan.ratePerSecond = 0;
    QVERIFY(arrivalTimes(plan).isEmpty());
}

void TestBenchRun::everyRequest_isSentOnce()
{
    ScriptedTarget target;
    BenchRunner runner(&target, {.requests = 40, .warmUp = 3, .concurrency = 4});
    QVERIFY(waitFor(runner));
    std::sort(target.asked.begin(), target.asked.end());
    QList<int> wanted;
    for (int i = -3; i < 40; ++i)
        wanted.append(i);
    QCOMPARE(target.asked, wanted);
    QCOMPARE(runner.run().samples.size(), 40);
    for (int i = 0; i < 40; ++i)
        QCOMPARE(runner.run().samples[i].index, i);
    QVERIFY(!runner.run().isCancelled);
}

void TestBenchRun::concurrency_isAsAsked_data()
{
    QTest::addColumn<int>("concurrency");
    for (const int concurrency : {1, 2, 8})
        QTest::addRow("%d", concurrency) << concurrency;
}

void TestBenchRun::concurrency_isAsAsked()
{
    QFETCH(int, concurrency);
    ScriptedTarget target;
    target.delayMs = [](int) { return 3; };
    BenchRunner runner(&target, {.requests = 24, .warmUp = 1, .concurrency = concurrency});
    QVERIFY(waitFor(runner));
    QCOMPARE(target.mostInFlight, concurrency);
}

/// One request takes long and the target answers one at a time: those that were due meanwhile have waited, whatever their own time was.
void TestBenchRun::openLoop_countsTheWait()
{
    constexpr int stallMs = 300;
    class OneAtATime : public ScriptedTarget
    {
    public:
        void send(int index, std::stop_token, Done done) override
        {
            waiting.append({index, std::move(done)});
            if (waiting.size() == 1)
                next();
        }
        void next()
        {
            QTimer::singleShot(waiting.first().first == 5 ? stallMs : 1, &guard, [this] {
                const auto first = waiting.takeFirst();
                first.second(BenchOutcome{});
                if (!waiting.isEmpty())
                    next();
            });
        }
        QList<std::pair<int, Done>> waiting;
        QObject guard;
    } target;
    BenchRunner runner(&target, {.requests = 30, .warmUp = 0, .ratePerSecond = 100, .arrivals = BenchPlan::Arrivals::Constant});
    QVERIFY(waitFor(runner));
    const QList<BenchSample> &samples = runner.run().samples;
    QCOMPARE(samples.size(), 30);
    QVERIFY(samples[5].ms >= stallMs - 1);
    // Due 10 ms later each, and all behind the slow one.
    for (int i = 6; i < 12; ++i)
        QVERIFY2(samples[i].ms >= stallMs - 10 * (i - 5) - 1, qPrintable(QString::number(samples[i].ms)));
    for (int i = 0; i < 30; ++i)
        QCOMPARE(samples[i].startMs, 10.0 * i);
}

void TestBenchRun::failures_areCountedByClass()
{
    ScriptedTarget target;
    target.outcome = [](int index) -> BenchOutcome {
        if (index % 5 == 1)
            return {.error = Error{.code = ErrorCode::ServiceFailed, .message = QStringLiteral("Busy."), .failure = FailureClass::Busy}};
        if (index % 5 == 2)
            return {.error = Error{.code = ErrorCode::OutOfMemory, .message = QStringLiteral("Full.")}};
        return {};
    };
    BenchRunner runner(&target, {.requests = 20, .warmUp = 0});
    QVERIFY(waitFor(runner));
    const QMap<QString, int> counts{{QStringLiteral("busy"), 4}, {QStringLiteral("out_of_memory"), 4}};
    QCOMPARE(failuresOf(runner.run()), counts);
    QCOMPARE(okMilliseconds(runner.run()).size(), 12);
    QCOMPARE(target.asked.size(), 20);
    QCOMPARE(runner.run().samples[1].message, QStringLiteral("Busy."));
}

void TestBenchRun::coldStart_isApart()
{
    ScriptedTarget target;
    target.delayMs = [](int index) { return index == -3 ? 80 : 1; };
    BenchRunner runner(&target, {.requests = 5, .warmUp = 3});
    QVERIFY(waitFor(runner));
    QVERIFY(runner.run().coldStartMs.has_value());
    QVERIFY(*runner.run().coldStartMs >= 79);
    QCOMPARE(runner.run().warmUpMs.size(), 2);
    for (const BenchSample &sample : runner.run().samples)
        QVERIFY(sample.ms < *runner.run().coldStartMs);
    BenchRunner without(&target, {.requests = 2, .warmUp = 0});
    QVERIFY(waitFor(without));
    QVERIFY(!without.run().coldStartMs.has_value());
}

void TestBenchRun::wrongInput_endsAtOnce()
{
    ScriptedTarget target;
    target.outcome = [](int) -> BenchOutcome { return {.error = Error{ErrorCode::NotFound, QStringLiteral("No such model.")}}; };
    BenchRunner runner(&target, {.requests = 100, .warmUp = 3});
    QVERIFY(waitFor(runner));
    QVERIFY(runner.error());
    QCOMPARE(runner.error()->message, QStringLiteral("No such model."));
    QCOMPARE(target.asked, QList<int>{-3});
}

void TestBenchRun::interrupt_keepsWhatWasMeasured()
{
    ScriptedTarget target;
    target.delayMs = [](int index) { return index < 6 ? 1 : 60'000; };
    BenchRunner runner(&target, {.requests = 100, .warmUp = 1, .concurrency = 2});
    connect(&runner, &BenchRunner::progress, &runner, [&](int done, int) {
        if (done == 6)
            QTimer::singleShot(0, &runner, &BenchRunner::interrupt);
    });
    QVERIFY(waitFor(runner));
    QVERIFY(runner.run().isCancelled);
    QCOMPARE(runner.run().samples.size(), 6);
    QCOMPARE(runner.run().abandoned, 2);
    QCOMPARE(target.asked.size(), 9);
}

void TestBenchRun::quality_isOffTheClock()
{
    constexpr int judgingMs = 20;
    ScriptedTarget target;
    target.outcome = [](int index) -> BenchOutcome {
        return {.quality = [index]() -> std::optional<double> {
            QThread::msleep(judgingMs);
            return index == 3 ? std::nullopt : std::optional(index / 10.0);
        }};
    };
    BenchRunner runner(&target, {.requests = 6, .warmUp = 0});
    QVERIFY(waitFor(runner));
    for (int i = 0; i < 6; ++i)
        QCOMPARE(runner.run().samples[i].quality, i == 3 ? std::nullopt : std::optional(i / 10.0));
    QVERIFY(runner.run().wallMs < 6 * judgingMs);
}

void TestBenchRun::turns_areABBA()
{
    ScriptedTarget first, second;
    second.delayMs = [](int) { return 30; };
    AlternatingTarget both(&first, &second);
    QStringList order;
    first.outcome = [&](int index) {
        order.append(QStringLiteral("A%1").arg(index));
        return BenchOutcome{};
    };
    second.outcome = [&](int index) {
        order.append(QStringLiteral("B%1").arg(index));
        return BenchOutcome{};
    };
    BenchRunner runner(&both, {.requests = 8, .warmUp = 4});
    QVERIFY(waitFor(runner));
    QCOMPARE(order.join(QLatin1Char(' ')), QStringLiteral("A-2 B-2 B-1 A-1 A0 B0 B1 A1 A2 B2 B3 A3"));
    const auto [a, b] = AlternatingTarget::split(runner.run(), 1);
    QCOMPARE(a.samples.size(), 4);
    QCOMPARE(b.samples.size(), 4);
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(a.samples[i].index, i);
        QCOMPARE(b.samples[i].index, i);
    }
    const QList<double> slow = column(b, &BenchSample::ms);
    QVERIFY(*std::min_element(slow.cbegin(), slow.cend()) >= 29);
    QVERIFY(summarise(column(a, &BenchSample::ms)).quantiles.value(50).ms.value < 29);
}

void TestBenchRun::costs_addUp()
{
    ScriptedTarget target;
    target.outcome = [](int index) -> BenchOutcome {
        if (index == 2)
            return {.error = Error{.code = ErrorCode::ServiceFailed, .failure = FailureClass::Rejected}};
        return {.costUsd = 0.5};
    };
    BenchRunner runner(&target, {.requests = 4, .warmUp = 2});
    QVERIFY(waitFor(runner));
    QCOMPARE(runner.run().costUsd, 2.5);
}

QTEST_GUILESS_MAIN(TestBenchRun)
#include "tst_benchrun.moc"
