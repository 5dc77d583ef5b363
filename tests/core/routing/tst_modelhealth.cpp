#include "core/routing/modelhealth.h"

#include <QTest>

#include <optional>

using namespace Galley;

Q_DECLARE_METATYPE(Galley::ModelHealth::State)
Q_DECLARE_METATYPE(Galley::FailureClass)

/// When a model is taken out of routing, for how long, and how it comes back.
class TestModelHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void breaker_opens_data();
    void breaker_opens();
    void coolDown_growsAndEnds();
    void halfOpen_letsOneProbeThrough();
    void probe_thatSaysNothingMakesRoom();
    void probe_thatIsLostMakesRoom();
    void straggler_changesNothing();
    void retryAfter_isRespected_data();
    void retryAfter_isRespected();
    void retryAfter_isNoOpening();
    void held_isLeftAlone();
    void reasons_areSentences();
    void latency_isRecent();
    void modelFailure_isTheModels_data();
    void modelFailure_isTheModels();
};

namespace {

using State = ModelHealth::State;

/// Opened at 0 by two failures in a row.
ModelHealth opened()
{
    ModelHealth health;
    health.failed(0, FailureClass::NotSent);
    health.failed(0, FailureClass::NotSent);
    return health;
}

} // namespace

void TestModelHealth::breaker_opens_data()
{
    // One letter a second: s succeeded; n not sent, a ambiguous, b busy alone, B busy with others; r rejected, f refused, t retired, o over budget,
    // F offline, c says nothing.
    QTest::addColumn<QString>("events");
    QTest::addColumn<int>("secondsBetween");
    QTest::addColumn<State>("state");
    QTest::newRow("nothing") << QString() << 1 << State::Closed;
    QTest::newRow("one failure") << QStringLiteral("sssn") << 1 << State::Closed;
    QTest::newRow("two in a row") << QStringLiteral("sssssssssna") << 1 << State::Open;
    QTest::newRow("two in a row, hours between") << QStringLiteral("nn") << 7200 << State::Open;
    QTest::newRow("two with a success between") << QStringLiteral("ssnsn") << 1 << State::Closed;
    QTest::newRow("half of five") << QStringLiteral("snsnsn") << 1 << State::Open;
    QTest::newRow("half of four") << QStringLiteral("snsn") << 1 << State::Closed;
    QTest::newRow("less than half of seven") << QStringLiteral("ssnssns") << 1 << State::Closed;
    QTest::newRow("half of them, but in ten minutes") << QStringLiteral("snsnsnsnsnsn") << 50 << State::Closed;
    QTest::newRow("busy alone") << QStringLiteral("bb") << 1 << State::Open;
    QTest::newRow("busy because of the others") << QStringLiteral("BBBBBBBB") << 1 << State::Closed;
    QTest::newRow("the request's own fault") << QStringLiteral("rfrfrftoFc") << 1 << State::Closed;
    QTest::newRow("own fault between failures does not end the row") << QStringLiteral("nrn") << 1 << State::Open;
}

void TestModelHealth::breaker_opens()
{
    QFETCH(QString, events);
    QFETCH(int, secondsBetween);
    static const QHash<QChar, FailureClass> classes{
        {QLatin1Char('n'), FailureClass::NotSent}, {QLatin1Char('a'), FailureClass::Ambiguous}, {QLatin1Char('b'), FailureClass::Busy},
        {QLatin1Char('B'), FailureClass::Busy}, {QLatin1Char('r'), FailureClass::Rejected}, {QLatin1Char('f'), FailureClass::Refused},
        {QLatin1Char('t'), FailureClass::Retired}, {QLatin1Char('o'), FailureClass::OverBudget}, {QLatin1Char('F'), FailureClass::Offline},
        {QLatin1Char('c'), FailureClass::None}};
    ModelHealth health;
    qint64 now = 1'000'000;
    for (const QChar event : events) {
        if (event == QLatin1Char('s'))
            health.succeeded(now, 1000);
        else
            health.failed(now, classes.value(event), -1, event != QLatin1Char('B'));
        now += secondsBetween * 1000;
    }
    now -= secondsBetween * 1000;
    QTEST(health.state(now), "state");
    QCOMPARE(health.mayBeAsked(now), health.state(now) == State::Closed);
    QCOMPARE(health.reason(QStringLiteral("X"), now).isEmpty(), health.state(now) == State::Closed);
}

void TestModelHealth::coolDown_growsAndEnds()
{
    ModelHealth health = opened();
    qint64 now = 0;
    for (int opening = 1; opening <= 12; ++opening) {
        const qint64 coolDown = std::min(30'000 * opening, 300'000);
        QCOMPARE(health.waitMs(now), coolDown);
        QCOMPARE(health.state(now + coolDown - 1), State::Open);
        now += coolDown;
        QCOMPARE(health.state(now), State::HalfOpen);
        QCOMPARE(health.waitMs(now), 0);
        health.probeStarted(now);
        health.failed(now, FailureClass::Ambiguous);
    }
    now += 300'000;
    health.probeStarted(now);
    health.succeeded(now, 1000);
    QCOMPARE(health.state(now), State::Closed);
    health.failed(now, FailureClass::NotSent);
    QCOMPARE(health.state(now), State::Closed);
    health.failed(now, FailureClass::NotSent);
    QCOMPARE(health.waitMs(now), 30'000);
}

void TestModelHealth::halfOpen_letsOneProbeThrough()
{
    ModelHealth health = opened();
    QVERIFY(!health.mayBeAsked(29'999));
    QVERIFY(health.mayBeAsked(30'000));
    QVERIFY(health.mayBeAsked(30'000));  // asking is not sending
    health.probeStarted(30'000);
    QVERIFY(!health.mayBeAsked(30'001));
    QCOMPARE(health.waitMs(30'001), -1);
    health.succeeded(31'000, 1000);
    QVERIFY(health.mayBeAsked(31'000));
    QCOMPARE(health.state(31'000), State::Closed);
}

void TestModelHealth::probe_thatSaysNothingMakesRoom()
{
    for (const FailureClass failure : {FailureClass::Refused, FailureClass::Rejected, FailureClass::None, FailureClass::OverBudget}) {
        ModelHealth health = opened();
        health.probeStarted(30'000);
        health.failed(31'000, failure);
        QCOMPARE(health.state(31'000), State::HalfOpen);
        QVERIFY(health.mayBeAsked(31'000));
    }
}

void TestModelHealth::probe_thatIsLostMakesRoom()
{
    ModelHealth health = opened();
    health.probeStarted(30'000);
    QVERIFY(!health.mayBeAsked(30'000 + 599'999));
    QVERIFY(health.mayBeAsked(30'000 + 600'000));
}

void TestModelHealth::straggler_changesNothing()
{
    ModelHealth health = opened();
    health.succeeded(1'000, 1000);
    QCOMPARE(health.state(1'000), State::Open);
    health.failed(2'000, FailureClass::Ambiguous);
    health.failed(2'000, FailureClass::Ambiguous);
    QCOMPARE(health.waitMs(2'000), 28'000);
    health.probeStarted(2'000);  // nobody should: it is Open
    QVERIFY(health.mayBeAsked(30'000));
}

void TestModelHealth::retryAfter_isRespected_data()
{
    QTest::addColumn<qint64>("retryAfterMs");
    QTest::addColumn<int>("failures");
    QTest::addColumn<qint64>("waitMs");
    QTest::newRow("one busy answer without") << qint64(-1) << 1 << qint64(0);
    QTest::newRow("one busy answer") << qint64(20'000) << 1 << qint64(20'000);
    QTest::newRow("zero") << qint64(0) << 1 << qint64(0);
    QTest::newRow("shorter than the cool-down") << qint64(5'000) << 2 << qint64(30'000);
    QTest::newRow("longer than the cool-down wins") << qint64(90'000) << 2 << qint64(90'000);
    QTest::newRow("up to the limit") << qint64(86'400'000) << 2 << qint64(120'000);
    QTest::newRow("overflow") << std::numeric_limits<qint64>::max() << 1 << qint64(120'000);
}

void TestModelHealth::retryAfter_isRespected()
{
    QFETCH(qint64, retryAfterMs);
    QFETCH(int, failures);
    ModelHealth health;
    for (int i = 0; i < failures; ++i)
        health.failed(1'000, FailureClass::Busy, retryAfterMs);
    QTEST(health.waitMs(1'000), "waitMs");
    QCOMPARE(health.mayBeAsked(1'000), health.waitMs(1'000) == 0);
    QVERIFY(health.mayBeAsked(1'000 + health.waitMs(1'000)));
}

void TestModelHealth::retryAfter_isNoOpening()
{
    ModelHealth health;
    health.failed(0, FailureClass::Busy, 10'000, false);
    QCOMPARE(health.state(9'999), State::Open);
    QCOMPARE(health.state(10'000), State::Closed);  // no probe needed
}

void TestModelHealth::held_isLeftAlone()
{
    ModelHealth health;
    health.setHeldOpen(true);
    QCOMPARE(health.state(0), State::Open);
    QCOMPARE(health.waitMs(0), -1);
    health.succeeded(1, 1000);
    QVERIFY(!health.mayBeAsked(1'000'000'000'000));
    health.setHeldOpen(false);
    QVERIFY(health.mayBeAsked(1));
}

void TestModelHealth::reasons_areSentences()
{
    const QString label = QStringLiteral("Ideogram 4");
    ModelHealth health = opened();
    QCOMPARE(health.reason(label, 500),
             QStringLiteral("Ideogram 4 rests for another 30 s and is tried with one request then. The service could not be reached."));
    QCOMPARE(health.reason(label, 30'000), QStringLiteral("Ideogram 4 has rested and is tried with one request."));
    health.probeStarted(30'000);
    QCOMPARE(health.reason(label, 30'000), QStringLiteral("Ideogram 4 is being tried with one request; others go there again when that has gone well."));
    ModelHealth busy;
    busy.failed(0, FailureClass::Busy, 20'000);
    QCOMPARE(busy.reason(label, 0), QStringLiteral("Ideogram 4 asks to be left alone for another 20 s. The service was too busy."));
    busy.setHeldOpen(true);
    QVERIFY(busy.reason(label, 0).contains(QStringLiteral("by hand")));
}

void TestModelHealth::latency_isRecent()
{
    ModelHealth health;
    for (int i = 1; i <= 4; ++i)
        health.succeeded(i * 1000, 1000);
    QCOMPARE(health.p95Ms(4000), -1);
    for (int i = 5; i <= 20; ++i)
        health.succeeded(i * 1000, i < 20 ? 1000 : 9000);
    QCOMPARE(health.p95Ms(20'000), 1000);
    health.succeeded(21'000, 9000);
    QCOMPARE(health.p95Ms(21'000), 9000);
    QCOMPARE(health.p95Ms(21'000 + 120'000), -1);  // nothing was sent there any more: whoever left may come back
}

void TestModelHealth::modelFailure_isTheModels_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<FailureClass>("failure");
    QTest::addColumn<FailureClass>("blamed");
    const auto row = [](const char *name, ErrorCode code, FailureClass failure, FailureClass blamed) { QTest::newRow(name) << code << failure << blamed; };
    row("not reached", ErrorCode::Unavailable, FailureClass::NotSent, FailureClass::NotSent);
    row("ambiguous", ErrorCode::ServiceFailed, FailureClass::Ambiguous, FailureClass::Ambiguous);
    row("busy", ErrorCode::ServiceFailed, FailureClass::Busy, FailureClass::Busy);
    row("failed without a class", ErrorCode::ServiceFailed, FailureClass::None, FailureClass::Ambiguous);
    row("dead worker", ErrorCode::WorkerFailed, FailureClass::None, FailureClass::Ambiguous);
    row("full memory", ErrorCode::OutOfMemory, FailureClass::None, FailureClass::Ambiguous);
    row("cancelled", ErrorCode::Cancelled, FailureClass::NotSent, FailureClass::None);
    row("cancelled after sending", ErrorCode::Cancelled, FailureClass::Ambiguous, FailureClass::None);
    row("rejected", ErrorCode::ServiceFailed, FailureClass::Rejected, FailureClass::None);
    row("safety", ErrorCode::Refused, FailureClass::Refused, FailureClass::None);
    row("budget", ErrorCode::Refused, FailureClass::OverBudget, FailureClass::None);
    row("offline", ErrorCode::Unavailable, FailureClass::Offline, FailureClass::None);
    row("retired", ErrorCode::ServiceFailed, FailureClass::Retired, FailureClass::None);
    row("bad template", ErrorCode::InvalidInput, FailureClass::None, FailureClass::None);
    row("disk", ErrorCode::Io, FailureClass::None, FailureClass::None);
}

void TestModelHealth::modelFailure_isTheModels()
{
    QFETCH(ErrorCode, code);
    QFETCH(FailureClass, failure);
    QTEST(modelFailure(Error{.code = code, .failure = failure}), "blamed");
}

QTEST_GUILESS_MAIN(TestModelHealth)
#include "tst_modelhealth.moc"
