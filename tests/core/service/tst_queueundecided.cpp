#include "tests/core/service/queuerig.h"

#include <QSignalSpy>
#include <QTest>

using namespace Galley;

namespace {

constexpr qint64 longEnough = 200'000;  ///< longer than anything that the queue waits for by itself

} // namespace

/// What becomes of a paid job when nobody knows whether it was carried out: a person decides, or the service is asked. Over a real library.
class TestQueueUndecided : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_rig = std::make_unique<QueueRig>(); }
    void cleanup() { m_rig.reset(); }

    void undecided_sendAgain();
    void undecided_giveUp();
    void givenUp_thenRetried_forgetsTheCost();
    void cancelAll_leavesWhatIsUndecided();
    void unknownPrice_isNoCost_data();
    void unknownPrice_isNoCost();
    void undecided_lookUp();
    void undecidedWithAnId_isLookedUpByItself();
    void lookUp_outcomes_data();
    void lookUp_outcomes();

private:
    JobState state(qint64 id) const { return m_rig->record(id).state; }
    ScriptedEngine &engine() { return m_rig->engine; }

    std::unique_ptr<QueueRig> m_rig;
};

void TestQueueUndecided::undecided_sendAgain()
{
    engine().script.push_back(failureOfClass(FailureClass::Ambiguous));
    m_rig->canLookUp = false;
    QSignalSpy asked(m_rig->queue.get(), &RenderQueue::undecided);
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(asked.size(), 1);
    m_rig->queue->decide(id, AmbiguousAnswer::SendAgain);
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(engine().sent.size(), 2);
    const auto ledger = m_rig->ledger();
    QCOMPARE(ledger.size(), 2);
    QCOMPARE(ledger[0].state, QStringLiteral("settled"));
    QCOMPARE(ledger[0].basis, QStringLiteral("assumed"));
    QCOMPARE(ledger[1].basis, QStringLiteral("price"));
    QCOMPARE(*wait(m_rig->store->spentUsd(QStringLiteral("spring"), m_rig->time.toLocalTime().date())), 0.12);
}

void TestQueueUndecided::undecided_giveUp()
{
    engine().script.push_back(failureOfClass(FailureClass::Ambiguous));
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Undecided);
    QSignalSpy finished(m_rig->queue.get(), &RenderQueue::finished);
    m_rig->queue->cancel(id);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(state(id), JobState::Cancelled);
    QCOMPARE(m_rig->ledger().first().basis, QStringLiteral("assumed"));
    QCOMPARE(m_rig->onDisk(id).costUsd, std::optional(0.06));
    QVERIFY(!m_rig->record(id).notes.isEmpty());
}

void TestQueueUndecided::givenUp_thenRetried_forgetsTheCost()
{
    engine().script = {failureOfClass(FailureClass::Ambiguous), failureOfClass(FailureClass::Refused)};
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Undecided);
    m_rig->queue->decide(id, AmbiguousAnswer::GiveUp);
    QTRY_COMPARE(m_rig->onDisk(id).costUsd, std::optional(0.06));
    m_rig->queue->retry(id);
    QTRY_COMPARE(m_rig->onDisk(id).state, JobState::Failed);
    QCOMPARE(m_rig->record(id).costUsd, std::nullopt);  // refused: not billed
    QCOMPARE(m_rig->onDisk(id).costUsd, std::nullopt);
    QCOMPARE(m_rig->ledger().first().actualUsd, std::optional(0.06));  // what was given up stays counted
    QCOMPARE(m_rig->ledger().last().state, QStringLiteral("released"));
}

void TestQueueUndecided::cancelAll_leavesWhatIsUndecided()
{
    engine().script = {failureOfClass(FailureClass::Ambiguous)};
    m_rig->start();
    const qint64 undecided = m_rig->add();
    QTRY_COMPARE(state(undecided), JobState::Undecided);
    m_rig->queue->setPaused(true);
    const qint64 waiting = m_rig->add(QStringLiteral("b"));
    m_rig->queue->cancelAll();
    QTRY_COMPARE(state(waiting), JobState::Cancelled);
    QCOMPARE(state(undecided), JobState::Undecided);
    QCOMPARE(m_rig->ledger().first().state, QStringLiteral("reserved"));
    m_rig->queue->setPaused(false);
    m_rig->queue->decide(undecided, AmbiguousAnswer::SendAgain);
    QTRY_COMPARE(state(undecided), JobState::Done);
}

void TestQueueUndecided::unknownPrice_isNoCost_data()
{
    QTest::addColumn<bool>("said");
    QTest::newRow("the service says nothing") << false;
    QTest::newRow("the service says it") << true;
}

void TestQueueUndecided::unknownPrice_isNoCost()
{
    QFETCH(const bool, said);
    if (said)
        engine().costUsd = 0.11;
    m_rig->start();
    JobRecord job = newJob(0, QStringLiteral("paid"));
    job.priceKnown = false;
    const auto future = m_rig->queue->add(job);
    QTRY_VERIFY(future.isFinished());
    const qint64 id = *future.result();
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(m_rig->onDisk(id).costUsd, said ? std::optional(0.11) : std::nullopt);
    const auto asset = wait(m_rig->store->asset(m_rig->record(id).assets.first()));
    QVERIFY(asset);
    QCOMPARE(asset->costUsd, said ? std::optional(0.11) : std::nullopt);
    QVERIFY(asset->provenance["cost_usd"].is_null() == !said);
}

void TestQueueUndecided::undecided_lookUp()
{
    engine().script.push_back(failureOfClass(FailureClass::Ambiguous));
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Undecided);
    // Without a name there is nothing to ask for.
    m_rig->queue->decide(id, AmbiguousAnswer::LookUp);
    QCOMPARE(state(id), JobState::Undecided);
    QVERIFY(engine().lookedUp.isEmpty());
    QVERIFY(m_rig->record(id).error.message.contains(QLatin1String("cannot be asked")));
}

void TestQueueUndecided::undecidedWithAnId_isLookedUpByItself()
{
    engine().remoteId = QStringLiteral("gen-7");
    engine().script.push_back(failureOfClass(FailureClass::Ambiguous));
    QSignalSpy asked(m_rig->queue.get(), &RenderQueue::undecided);
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(engine().sent.size(), 1);
    QCOMPARE(engine().lookedUp, QStringList{QStringLiteral("gen-7")});
    QCOMPARE(asked.size(), 0);
    QCOMPARE(m_rig->record(id).attempts.size(), 2);
    QCOMPARE(m_rig->ledger().first().state, QStringLiteral("settled"));
}

void TestQueueUndecided::lookUp_outcomes_data()
{
    QTest::addColumn<FailureClass>("failure");
    QTest::addColumn<bool>("billed");
    QTest::addColumn<int>("httpStatus");
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("lookUps");
    QTest::addColumn<JobState>("end");
    QTest::addColumn<QString>("ledger");
    const auto row = [](const char *name, FailureClass failure, int lookUps, JobState end, const char *ledger, bool billed = false, int status = 0,
                        const char *word = "") {
        QTest::newRow(name) << failure << billed << status << QString::fromLatin1(word) << lookUps << end << QString::fromLatin1(ledger);
    };
    row("not reached", FailureClass::NotSent, 3, JobState::Undecided, "reserved");
    row("busy", FailureClass::Busy, 3, JobState::Undecided, "reserved");
    row("never heard of it", FailureClass::Rejected, 1, JobState::Undecided, "reserved", false, 404, "not_found");
    row("wrong key", FailureClass::Rejected, 1, JobState::Undecided, "reserved", false, 401, "invalid_api_key");
    row("turned away without a word", FailureClass::Rejected, 1, JobState::Undecided, "reserved");
    row("offline", FailureClass::Offline, 1, JobState::Undecided, "reserved");
    row("it failed", FailureClass::Rejected, 1, JobState::Failed, "released", false, 0, "failed");
    row("it was refused", FailureClass::Refused, 1, JobState::Failed, "released");
    row("it was refused and billed", FailureClass::Refused, 1, JobState::Failed, "settled", true);
}

void TestQueueUndecided::lookUp_outcomes()
{
    QFETCH(const FailureClass, failure);
    QFETCH(const bool, billed);
    QFETCH(const int, httpStatus);
    QFETCH(const QString, word);
    QFETCH(const int, lookUps);
    QFETCH(const JobState, end);
    QFETCH(const QString, ledger);
    engine().remoteId = QStringLiteral("gen-7");
    engine().script.push_back(failureOfClass(FailureClass::Ambiguous));
    engine().lookUpError = failureOfClass(failure, -1, billed);
    engine().lookUpError->httpStatus = httpStatus;
    engine().lookUpError->serviceCode = word;
    QSignalSpy asked(m_rig->queue.get(), &RenderQueue::undecided);
    m_rig->start();
    const qint64 id = m_rig->add();
    for (int i = 1; i <= lookUps; ++i) {
        QTRY_COMPARE(engine().lookedUp.size(), i);
        QTest::qWait(5);
        m_rig->advance(longEnough);
    }
    QTRY_COMPARE(asked.size(), end == JobState::Undecided ? 1 : 0);
    QTest::qWait(5);
    m_rig->advance(longEnough);
    QTest::qWait(5);
    QCOMPARE(state(id), end);
    QCOMPARE(engine().lookedUp.size(), lookUps);
    QCOMPARE(engine().sent.size(), 1);
    QCOMPARE(m_rig->ledger().first().state, ledger);
}

QTEST_MAIN(TestQueueUndecided)
#include "tst_queueundecided.moc"
