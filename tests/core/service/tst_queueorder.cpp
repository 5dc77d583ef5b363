#include "tests/core/service/queuerig.h"

#include <QSignalSpy>
#include <QTest>

using namespace Galley;

/// What runs when: lanes, order, limits, and what a person says about it. Over a real library.
class TestQueueOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_rig = std::make_unique<QueueRig>(); }
    void cleanup() { m_rig.reset(); }

    void lanes_mostUrgentFirst();
    void lanes_noneStarves();
    void answerThatIsHere_givesItsPlaceBack();
    void move_changesTheOrder();
    void move_betweenTheSameTwo_forEver();
    void setLane_goesToItsEnd();
    void knownLimit_isKept();
    void busyService_isLeftAlone();
    void obstacle_waitsWithoutATry();

    void pause_startsNothing();
    void hold_andRelease();
    void cancel_data();
    void cancel();
    void cancelledWhilePictureCame_keepsThePicture();
    void startNow_dropsEverything();
    void retry_isANewAttempt();
    void clearEnded_keepsPictures();

private:
    JobState state(qint64 id) const { return m_rig->record(id).state; }
    QList<JobState> states(const QList<qint64> &ids) const;
    ScriptedEngine &engine() { return m_rig->engine; }

    std::unique_ptr<QueueRig> m_rig;
};

QList<JobState> TestQueueOrder::states(const QList<qint64> &ids) const
{
    QList<JobState> list;
    for (const qint64 id : ids)
        list.append(state(id));
    return list;
}

void TestQueueOrder::lanes_mostUrgentFirst()
{
    m_rig->models[0].maxInFlight = 1;
    m_rig->add(QStringLiteral("batch"), QStringLiteral("paid"), Lane::Batch);
    m_rig->add(QStringLiteral("final 1"));
    m_rig->add(QStringLiteral("final 2"));
    m_rig->add(QStringLiteral("interactive"), QStringLiteral("paid"), Lane::Interactive);
    m_rig->start();
    QTRY_COMPARE(engine().sent, (QStringList{QStringLiteral("interactive"), QStringLiteral("final 1"), QStringLiteral("final 2"), QStringLiteral("batch")}));
    QTRY_COMPARE(m_rig->queue->runningCount(), 0);
}

/// The service is idle while an answer is read here; but unread answers do not pile up in memory.
void TestQueueOrder::answerThatIsHere_givesItsPlaceBack()
{
    constexpr int mostUnread = 10;
    m_rig->models[0].maxInFlight = 1;
    engine().answersAtOnce = false;
    for (int i = 0; i < mostUnread + 3; ++i)
        m_rig->add(QString::number(i));
    m_rig->start();
    for (int i = 0; i <= mostUnread; ++i) {
        QTRY_COMPARE(engine().open(), i + 1);
        engine().observer(i)->answered();
        engine().observer(i)->answered();  // an engine that says so twice
    }
    QTest::qWait(50);
    QCOMPARE(engine().open(), mostUnread + 1);
    for (int i = 0; i < mostUnread; ++i)
        QVERIFY(engine().answerOne());
    QTRY_COMPARE(m_rig->queue->runningCount(), 1);  // the eleventh has its place until it is read
    QVERIFY(engine().answerOne());
    QTRY_COMPARE(engine().open(), 1);  // one place, one request
    QVERIFY(engine().answerOne());
    QTRY_COMPARE(engine().open(), 1);
    QVERIFY(engine().answerOne());
    QTRY_COMPARE(m_rig->queue->runningCount(), 0);
    QCOMPARE(engine().sent.size(), mostUnread + 3);
}

void TestQueueOrder::lanes_noneStarves()
{
    m_rig->models[0].maxInFlight = 1;
    for (int i = 0; i < 20; ++i) {
        m_rig->add(QStringLiteral("i"), QStringLiteral("paid"), Lane::Interactive);
        if (i < 2) {
            m_rig->add(QStringLiteral("f"), QStringLiteral("paid"), Lane::Final);
            m_rig->add(QStringLiteral("b"), QStringLiteral("paid"), Lane::Batch);
        }
    }
    m_rig->start();
    QTRY_COMPARE(engine().sent.size(), 24);
    QCOMPARE(engine().sent.mid(0, 8).count(QStringLiteral("i")), 8);
    QCOMPARE(engine().sent[8], QStringLiteral("f"));
    QCOMPARE(engine().sent[9], QStringLiteral("b"));
    QCOMPARE(engine().sent.mid(10, 7).count(QStringLiteral("i")), 7);
    QTRY_COMPARE(m_rig->queue->runningCount(), 0);
}

void TestQueueOrder::move_changesTheOrder()
{
    const QList<qint64> ids{m_rig->add(), m_rig->add(), m_rig->add()};
    QSignalSpy order(m_rig->queue.get(), &RenderQueue::orderChanged);
    m_rig->queue->move(ids[2], ids[0]);
    QCOMPARE(m_rig->queue->jobs(), (QList<qint64>{ids[2], ids[0], ids[1]}));
    m_rig->queue->move(ids[2], 0);
    QCOMPARE(m_rig->queue->jobs(), ids);
    m_rig->queue->move(ids[0], ids[2]);
    QCOMPARE(m_rig->queue->jobs(), (QList<qint64>{ids[1], ids[0], ids[2]}));
    QCOMPARE(order.size(), 3);
    m_rig->queue->move(ids[0], 12345);
    m_rig->queue->move(12345, ids[0]);
    QCOMPARE(order.size(), 3);
}

void TestQueueOrder::move_betweenTheSameTwo_forEver()
{
    const QList<qint64> ids{m_rig->add(), m_rig->add(), m_rig->add()};
    for (int i = 0; i < 100; ++i) {
        m_rig->queue->move(ids[1 + i % 2], ids[2 - i % 2]);
        QCOMPARE(m_rig->queue->jobs(), (QList<qint64>{ids[0], ids[1 + i % 2], ids[2 - i % 2]}));
        m_rig->queue->move(ids[2 - i % 2], ids[1 + i % 2]);
    }
}

void TestQueueOrder::setLane_goesToItsEnd()
{
    const QList<qint64> ids{m_rig->add(), m_rig->add(), m_rig->add({}, QStringLiteral("paid"), Lane::Batch)};
    m_rig->queue->setLane(ids[0], Lane::Batch);
    QCOMPARE(m_rig->queue->jobs(), (QList<qint64>{ids[1], ids[2], ids[0]}));
    QCOMPARE(m_rig->onDisk(ids[0]).lane, Lane::Batch);
}

void TestQueueOrder::knownLimit_isKept()
{
    engine().answersAtOnce = false;
    m_rig->start();
    for (int i = 0; i < 6; ++i)
        m_rig->add(QString::number(i), QStringLiteral("limited"));
    QTRY_COMPARE(engine().open(), 2);
    for (int i = 0; i < 6; ++i) {
        QTRY_VERIFY(engine().open() > 0);
        engine().answerOne();
    }
    QTRY_COMPARE(m_rig->queue->runningCount(), 0);
    QCOMPARE(engine().mostInFlight, 2);
}

void TestQueueOrder::busyService_isLeftAlone()
{
    engine().onRender = [&](const EngineRequest &) { engine().script.push_back(failureOfClass(FailureClass::Busy, 60'000)); };
    m_rig->start();
    for (int i = 0; i < 50; ++i)
        m_rig->add(QString::number(i));
    QTest::qWait(50);
    // The first few have found out; nobody else asks before the minute is over.
    QVERIFY2(engine().sent.size() <= 8, qPrintable(QString::number(engine().sent.size())));
}

void TestQueueOrder::obstacle_waitsWithoutATry()
{
    m_rig->obstacle = QStringLiteral("There is no key.");
    m_rig->start();
    const qint64 id = m_rig->add();
    QTest::qWait(10);
    QCOMPARE(state(id), JobState::Queued);
    QVERIFY(engine().sent.isEmpty());
    const Job *const job = m_rig->queue->find(id);
    QCOMPARE(job->waitsFor, m_rig->obstacle);
    QSignalSpy changed(m_rig->queue.get(), &RenderQueue::changed);
    m_rig->queue->wake();
    QCOMPARE(changed.size(), 0);
    m_rig->obstacle = QStringLiteral("The network is off.");
    m_rig->queue->wake();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(job->waitsFor, m_rig->obstacle);
    m_rig->queue->hold(id, true);
    QVERIFY(job->waitsFor.isEmpty());  // it waits for a person
    m_rig->queue->hold(id, false);
    QCOMPARE(job->waitsFor, m_rig->obstacle);
    m_rig->obstacle.clear();
    m_rig->queue->wake();
    QVERIFY(job->waitsFor.isEmpty());
    QTRY_COMPARE(state(id), JobState::Done);
}

void TestQueueOrder::pause_startsNothing()
{
    engine().answersAtOnce = false;
    m_rig->start();
    const qint64 running = m_rig->add(QStringLiteral("a"));
    QTRY_COMPARE(engine().open(), 1);
    QSignalSpy paused(m_rig->queue.get(), &RenderQueue::pausedChanged);
    m_rig->queue->setPaused(true);
    m_rig->queue->setPaused(true);
    QCOMPARE(paused.size(), 1);
    const qint64 waiting = m_rig->add(QStringLiteral("b"));
    engine().answerOne();
    QTRY_COMPARE(state(running), JobState::Done);
    QTest::qWait(10);
    QCOMPARE(state(waiting), JobState::Queued);
    m_rig->queue->setPaused(false);
    QTRY_COMPARE(engine().open(), 1);
}

void TestQueueOrder::hold_andRelease()
{
    const qint64 id = m_rig->add();
    m_rig->queue->hold(id, true);
    m_rig->start();
    QTest::qWait(10);
    QCOMPARE(state(id), JobState::Held);
    QCOMPARE(m_rig->onDisk(id).state, JobState::Held);
    QCOMPARE(m_rig->queue->waitingCount(), 1);
    m_rig->queue->hold(id, false);
    QTRY_COMPARE(state(id), JobState::Done);
    m_rig->queue->hold(id, true);
    QCOMPARE(state(id), JobState::Done);
}

void TestQueueOrder::cancel_data()
{
    QTest::addColumn<QString>("when");
    QTest::addColumn<FailureClass>("said");
    QTest::addColumn<bool>("paid");
    QTest::addColumn<QString>("ledger");
    const QString released = QStringLiteral("released");
    const QString settled = QStringLiteral("settled");
    QTest::newRow("while it waits") << QStringLiteral("waiting") << FailureClass::None << true << released;
    QTest::newRow("while it is held") << QStringLiteral("held") << FailureClass::None << true << released;
    QTest::newRow("while it backs off") << QStringLiteral("backoff") << FailureClass::None << true << released;
    QTest::newRow("the moment it starts") << QStringLiteral("starting") << FailureClass::None << true << released;
    QTest::newRow("while the key is asked for") << QStringLiteral("running") << FailureClass::NotSent << true << released;
    QTest::newRow("after it had been sent") << QStringLiteral("running") << FailureClass::Ambiguous << true << settled;
    QTest::newRow("an engine that does not say") << QStringLiteral("running") << FailureClass::None << true << settled;
    QTest::newRow("sent, but free") << QStringLiteral("running") << FailureClass::Ambiguous << false << released;
}

void TestQueueOrder::cancel()
{
    QFETCH(const QString, when);
    QFETCH(const FailureClass, said);
    QFETCH(const bool, paid);
    QFETCH(const QString, ledger);
    engine().answersAtOnce = when == QLatin1String("backoff");
    engine().onStop.failure = said;
    if (when == QLatin1String("backoff"))
        engine().script.push_back(failureOfClass(FailureClass::NotSent));
    const qint64 id = m_rig->add(QStringLiteral("a"), paid ? QStringLiteral("paid") : QStringLiteral("free"));
    if (when == QLatin1String("held"))
        m_rig->queue->hold(id, true);
    if (when != QLatin1String("waiting"))
        m_rig->start();
    if (when == QLatin1String("running"))
        QTRY_COMPARE(engine().open(), 1);
    if (when == QLatin1String("backoff"))
        QTRY_COMPARE(state(id), JobState::Backoff);
    QSignalSpy finished(m_rig->queue.get(), &RenderQueue::finished);
    m_rig->queue->cancel(id);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(state(id), JobState::Cancelled);
    QCOMPARE(engine().sent.size(), when == QLatin1String("running") || when == QLatin1String("backoff") ? 1 : 0);
    QCOMPARE(m_rig->onDisk(id), m_rig->record(id));
    QCOMPARE(m_rig->ledger().first().state, ledger);
    m_rig->queue->cancel(id);
    QTest::qWait(5);
    QCOMPARE(finished.size(), 1);
}

void TestQueueOrder::cancelledWhilePictureCame_keepsThePicture()
{
    engine().answersAtOnce = false;
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(engine().open(), 1);
    engine().answerOne();
    m_rig->queue->cancel(id);
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(m_rig->record(id).assets.size(), 1);
}

void TestQueueOrder::startNow_dropsEverything()
{
    engine().answersAtOnce = false;
    m_rig->models[0].maxInFlight = 1;
    m_rig->start();
    const qint64 running = m_rig->add(QStringLiteral("running"));
    QTRY_COMPARE(engine().open(), 1);
    const qint64 waiting = m_rig->add(QStringLiteral("waiting"));
    const qint64 wanted = m_rig->add(QStringLiteral("wanted"), QStringLiteral("paid"), Lane::Batch);
    m_rig->queue->setPaused(true);
    m_rig->queue->startNow(wanted);
    QTRY_COMPARE(engine().sent, (QStringList{QStringLiteral("running"), QStringLiteral("wanted")}));
    QCOMPARE(states({running, waiting}), (QList<JobState>{JobState::Cancelled, JobState::Held}));
    engine().answerOne();
    QTRY_COMPARE(state(wanted), JobState::Done);
    QCOMPARE(engine().sent.size(), 2);
}

void TestQueueOrder::retry_isANewAttempt()
{
    engine().script.push_back(failureOfClass(FailureClass::Rejected));
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Failed);
    m_rig->queue->retry(id);
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(m_rig->record(id).attempts.size(), 2);
    QCOMPARE(m_rig->record(id).error, Error());
    QCOMPARE(m_rig->ledger().size(), 2);
    m_rig->queue->retry(id);
    QTest::qWait(5);
    QCOMPARE(engine().sent.size(), 2);
}

void TestQueueOrder::clearEnded_keepsPictures()
{
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Done);
    const qint64 asset = m_rig->record(id).assets.first();
    m_rig->queue->setPaused(true);
    const qint64 waiting = m_rig->add();
    QSignalSpy removed(m_rig->queue.get(), &RenderQueue::removed);
    m_rig->queue->clearEnded();
    QCOMPARE(removed.size(), 1);
    QCOMPARE(m_rig->queue->jobs(), QList<qint64>{waiting});
    m_rig->restart();
    m_rig->start();
    QCOMPARE(m_rig->queue->jobs(), QList<qint64>{waiting});
    QVERIFY(wait(m_rig->store->original(asset)));
}

QTEST_MAIN(TestQueueOrder)
#include "tst_queueorder.moc"
