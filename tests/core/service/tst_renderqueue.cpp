#include "tests/core/service/queuerig.h"

#include <QDir>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace Galley;

namespace {

constexpr qint64 longEnough = 200'000;  ///< longer than anything that the queue waits for by itself

enum class After { Nothing, Reserved, Released, Settled };

} // namespace

/// The queue against a service that does what a table says, over a real library.
class TestRenderQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_rig = std::make_unique<QueueRig>(); }
    void cleanup() { m_rig.reset(); }

    void job_isDone();
    void job_isOnDiskBeforeItIsSent();
    void nothing_isSentBeforeTheStart();
    void failures_data();
    void failures();
    void busy_usesUpNoTry();
    void retryAfter_isHonoured_data();
    void retryAfter_isHonoured();
    void backOff_growsAndIsSpread();

    void restart_data();
    void restart();
    void restart_keepsOrderAndPause();
    void commandOfItsOwn_leavesOtherJobs();

    void budget_isReservedAtOnce();
    void cost_isTheServices();
    void severalPictures_shareThePrice();
    void requestThatCannotBeMade_fails();
    void modelThatIsGone_fails();
    void fallbacks_areNotTaken();
    void diskTrouble_keepsThePicture();
    void unstoredChange_isTriedAgain();
    void moveWhileStoring_doesNotUndoIt();
    void progress_isShown();
    void loading_isShownAndIsNoStep();
    void timeLeft_countsFromTheNewBegin();
    void timeLeft_comesFromEarlierRenders();
    void provenance_saysEverything();

private:
    JobState state(qint64 id) const { return m_rig->record(id).state; }
    ScriptedEngine &engine() { return m_rig->engine; }

    std::unique_ptr<QueueRig> m_rig;
};

void TestRenderQueue::job_isDone()
{
    QSignalSpy added(m_rig->queue.get(), &RenderQueue::added);
    QSignalSpy finished(m_rig->queue.get(), &RenderQueue::finished);
    m_rig->start();
    const qint64 id = m_rig->add();
    QCOMPARE(added.size(), 1);
    QTRY_COMPARE(state(id), JobState::Done);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(engine().sent.size(), 1);
    QCOMPARE(m_rig->onDisk(id), m_rig->record(id));
    QCOMPARE(m_rig->record(id).attempts.size(), 1);
    QCOMPARE(m_rig->record(id).attempts.first().outcome, QStringLiteral("done"));
    QCOMPARE(m_rig->record(id).attempts.first().served, QStringLiteral("paid-served"));
    QCOMPARE(*m_rig->record(id).costUsd, 0.06);
    const qint64 asset = m_rig->record(id).assets.value(0);
    QVERIFY(wait(m_rig->store->original(asset)));
    QCOMPARE(m_rig->ledger().size(), 1);
    QCOMPARE(m_rig->ledger().first().state, QStringLiteral("settled"));
    QCOMPARE(m_rig->ledger().first().asset, asset);
    QVERIFY(!m_rig->queue->find(id)->preview.isNull());
}

void TestRenderQueue::job_isOnDiskBeforeItIsSent()
{
    JobState seen = JobState::Queued;
    QString ledger;
    engine().onRender = [&](const EngineRequest &) {
        // Another connection sees what would be there after a crash at this moment.
        Store other(m_rig->folder.path());
        seen = wait(other.job(1))->state;
        ledger = wait(other.ledger())->first().state;
    };
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(seen, JobState::Sending);
    QCOMPARE(ledger, QStringLiteral("reserved"));
}

void TestRenderQueue::nothing_isSentBeforeTheStart()
{
    const qint64 id = m_rig->add();
    QTest::qWait(20);
    QCOMPARE(state(id), JobState::Queued);
    QVERIFY(engine().sent.isEmpty());
    m_rig->start();
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(m_rig->queue->jobs().size(), 1);
}

void TestRenderQueue::failures_data()
{
    QTest::addColumn<FailureClass>("failure");
    QTest::addColumn<bool>("paid");
    QTest::addColumn<int>("before");  // tries that have failed before
    QTest::addColumn<bool>("billed");
    QTest::addColumn<JobState>("next");
    QTest::addColumn<After>("after");

    const std::pair<FailureClass, const char *> never[] = {{FailureClass::None, "no class"},          {FailureClass::Rejected, "rejected"},
                                                           {FailureClass::Refused, "refused"},        {FailureClass::Retired, "retired"},
                                                           {FailureClass::OverBudget, "over budget"}, {FailureClass::Offline, "offline"}};
    for (const bool paid : {true, false}) {
        const char *const whose = paid ? "paid" : "free";
        for (int before = 0; before < 3; ++before) {
            const auto row = [&](FailureClass failure, const char *name, JobState next, After after, bool billed = false) {
                QTest::addRow("%s, %s, try %d%s", name, whose, before + 1, billed ? ", billed" : "") << failure << paid << before << billed << next << after;
            };
            const JobState again = before < 2 ? JobState::Backoff : JobState::Failed;
            const After unlessLast = before < 2 ? After::Reserved : After::Released;
            row(FailureClass::NotSent, "not sent", again, unlessLast);
            row(FailureClass::Busy, "busy", JobState::Backoff, After::Reserved);
            row(FailureClass::Ambiguous, "ambiguous", paid ? JobState::Undecided : again, paid ? After::Reserved : unlessLast);
            for (const auto &[failure, name] : never)
                row(failure, name, JobState::Failed, After::Released);
            row(FailureClass::Refused, "refused", JobState::Failed, paid ? After::Settled : After::Released, true);
        }
    }
}

void TestRenderQueue::failures()
{
    QFETCH(const FailureClass, failure);
    QFETCH(const bool, paid);
    QFETCH(const int, before);
    QFETCH(const bool, billed);
    QFETCH(const JobState, next);
    QFETCH(const After, after);
    for (int i = 0; i < before; ++i)
        engine().script.push_back(failureOfClass(FailureClass::NotSent));
    Error error = failureOfClass(failure, -1, billed);
    if (failure == FailureClass::None)
        error.code = ErrorCode::InvalidInput;
    engine().script.push_back(error);
    m_rig->canLookUp = false;
    m_rig->start();
    const qint64 id = m_rig->add(QStringLiteral("a"), paid ? QStringLiteral("paid") : QStringLiteral("free"));
    for (int i = 0; i < before; ++i) {
        QTRY_COMPARE(m_rig->record(id).attempts.size(), i + 1);
        m_rig->advance(longEnough);
    }
    QTRY_COMPARE(m_rig->record(id).attempts.size(), before + 1);
    QCOMPARE(state(id), next);
    QCOMPARE(engine().sent.size(), before + 1);
    QCOMPARE(m_rig->onDisk(id), m_rig->record(id));
    const LedgerEntry entry = m_rig->ledger().first();
    QCOMPARE(entry.state, after == After::Reserved ? QStringLiteral("reserved") : after == After::Released ? QStringLiteral("released") : QStringLiteral("settled"));
    QVERIFY(m_rig->record(id).error.message.endsWith(QLatin1Char('.')));
    // What does not come back by itself stays where it is, however long one waits.
    m_rig->advance(longEnough);
    if (next == JobState::Backoff) {
        QTRY_COMPARE(state(id), JobState::Done);
        QCOMPARE(engine().sent.size(), before + 2);
    } else {
        QTest::qWait(5);
        QCOMPARE(state(id), next);
        QCOMPARE(engine().sent.size(), before + 1);
    }
}

void TestRenderQueue::busy_usesUpNoTry()
{
    for (int i = 0; i < 10; ++i)
        engine().script.push_back(failureOfClass(FailureClass::Busy));
    engine().script.push_back(failureOfClass(FailureClass::NotSent));
    m_rig->start();
    const qint64 id = m_rig->add();
    for (int i = 1; i <= 11; ++i) {
        QTRY_COMPARE(m_rig->record(id).attempts.size(), i);
        QCOMPARE(state(id), JobState::Backoff);
        QCOMPARE(m_rig->record(id).tries, i <= 10 ? 0 : 1);
        m_rig->advance(longEnough);
    }
    QTRY_COMPARE(state(id), JobState::Done);
}

void TestRenderQueue::retryAfter_isHonoured_data()
{
    QTest::addColumn<FailureClass>("failure");
    QTest::addColumn<qint64>("asked");
    QTest::addColumn<qint64>("least");  // -1: it fails
    QTest::addColumn<qint64>("most");
    QTest::newRow("none") << FailureClass::Busy << qint64(-1) << qint64(250) << qint64(500);
    QTest::newRow("now") << FailureClass::Busy << qint64(0) << qint64(0) << qint64(50);
    QTest::newRow("7 s") << FailureClass::Busy << qint64(7000) << qint64(7000) << qint64(8000);
    QTest::newRow("120 s") << FailureClass::Busy << qint64(120'000) << qint64(120'000) << qint64(121'000);
    QTest::newRow("121 s") << FailureClass::Busy << qint64(121'000) << qint64(-1) << qint64(-1);
    QTest::newRow("a year") << FailureClass::Busy << qint64(31'536'000'000) << qint64(-1) << qint64(-1);
    QTest::newRow("not sent") << FailureClass::NotSent << qint64(-1) << qint64(500) << qint64(1000);
}

void TestRenderQueue::retryAfter_isHonoured()
{
    QFETCH(const FailureClass, failure);
    QFETCH(const qint64, asked);
    QFETCH(const qint64, least);
    QFETCH(const qint64, most);
    engine().script.push_back(failureOfClass(failure, asked));
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(m_rig->record(id).attempts.size(), 1);
    if (least < 0) {
        QCOMPARE(state(id), JobState::Failed);
        QVERIFY(m_rig->record(id).error.message.contains(QLatin1String("minutes")));
        return;
    }
    const qint64 wait = m_rig->time.msecsTo(m_rig->record(id).notBefore);
    QVERIFY2(wait >= least && wait <= most, qPrintable(QString::number(wait)));
}

void TestRenderQueue::backOff_growsAndIsSpread()
{
    const auto waits = [&](double dice) {
        m_rig = std::make_unique<QueueRig>();
        m_rig->dice = dice;
        for (int i = 0; i < 8; ++i)
            engine().script.push_back(failureOfClass(FailureClass::Busy));
        m_rig->start();
        const qint64 id = m_rig->add();
        QList<qint64> list;
        for (int i = 0; i < 8; ++i) {
            [&] { QTRY_COMPARE(m_rig->record(id).attempts.size(), i + 1); }();
            list.append(m_rig->time.msecsTo(m_rig->record(id).notBefore));
            m_rig->advance(longEnough);
        }
        return list;
    };
    const QList<qint64> low = waits(0);
    const QList<qint64> high = waits(0.999);
    for (int i = 1; i < 8; ++i)
        QVERIFY(low[i] > low[i - 1] || low[i] == 30'000);
    for (int i = 0; i < 8; ++i)
        QVERIFY(high[i] > low[i] && high[i] <= 60'000);
}

void TestRenderQueue::restart_data()
{
    QTest::addColumn<bool>("paid");
    QTest::addColumn<QString>("remoteId");
    QTest::addColumn<JobState>("found");
    QTest::addColumn<int>("sends");
    QTest::addColumn<int>("lookUps");
    QTest::newRow("paid, no name") << true << QString() << JobState::Undecided << 1 << 0;
    QTest::newRow("paid, with a name") << true << QStringLiteral("gen-1") << JobState::Done << 1 << 1;
    QTest::newRow("free, no name") << false << QString() << JobState::Done << 2 << 0;
    QTest::newRow("free, with a name") << false << QStringLiteral("gen-1") << JobState::Done << 2 << 0;
}

void TestRenderQueue::restart()
{
    QFETCH(const bool, paid);
    QFETCH(const QString, remoteId);
    QFETCH(const JobState, found);
    QFETCH(const int, sends);
    QFETCH(const int, lookUps);
    engine().remoteId = remoteId;
    engine().answersAtOnce = false;
    m_rig->start();
    const qint64 id = m_rig->add(QStringLiteral("a"), paid ? QStringLiteral("paid") : QStringLiteral("free"));
    QTRY_COMPARE(engine().open(), 1);
    if (!remoteId.isEmpty())
        QTRY_COMPARE(m_rig->record(id).remoteId, remoteId);
    engine().answersAtOnce = true;
    m_rig->restart();
    QSignalSpy asked(m_rig->queue.get(), &RenderQueue::undecided);
    m_rig->start();
    QTRY_COMPARE(state(id), found);
    QCOMPARE(engine().sent.count(QStringLiteral("a")), sends);
    QCOMPARE(engine().lookedUp.count(remoteId), lookUps);
    if (found == JobState::Undecided) {
        QVERIFY(m_rig->record(id).error.message.contains(QLatin1String("may have been carried out")));
        QCOMPARE(m_rig->onDisk(id).state, JobState::Undecided);
        QCOMPARE(m_rig->ledger().first().state, QStringLiteral("reserved"));
        QVERIFY(asked.size() >= 1);
    }
}

void TestRenderQueue::restart_keepsOrderAndPause()
{
    m_rig->start();
    m_rig->queue->setPaused(true);
    const QList<qint64> ids{m_rig->add(QStringLiteral("a")), m_rig->add(QStringLiteral("b")), m_rig->add(QStringLiteral("c"))};
    m_rig->queue->move(ids[2], ids[0]);
    m_rig->queue->setLane(ids[1], Lane::Interactive);
    const QList<qint64> order = m_rig->queue->jobs();
    m_rig->restart();
    m_rig->start();
    QVERIFY(m_rig->queue->isPaused());
    QCOMPARE(m_rig->queue->jobs(), order);
    QCOMPARE(order, (QList<qint64>{ids[1], ids[2], ids[0]}));
    m_rig->queue->setPaused(false);
    QTRY_COMPARE(engine().sent, (QStringList{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("a")}));
    QTRY_COMPARE(m_rig->queue->waitingCount() + m_rig->queue->runningCount(), 0);
}

void TestRenderQueue::commandOfItsOwn_leavesOtherJobs()
{
    m_rig->start();
    m_rig->queue->setPaused(true);
    m_rig->add(QStringLiteral("left"));
    m_rig->adopt = false;
    m_rig->restart();
    m_rig->start();
    QVERIFY(!m_rig->queue->isPaused());
    const qint64 own = m_rig->add(QStringLiteral("own"));
    QTRY_COMPARE(state(own), JobState::Done);
    QCOMPARE(engine().sent, QStringList{QStringLiteral("own")});
}

void TestRenderQueue::budget_isReservedAtOnce()
{
    m_rig->budget = 0.13;
    QVERIFY(m_rig->tryAdd(QStringLiteral("a"), QStringLiteral("paid")));
    QVERIFY(m_rig->tryAdd(QStringLiteral("b"), QStringLiteral("paid")));
    const auto third = m_rig->tryAdd(QStringLiteral("c"), QStringLiteral("paid"));
    QVERIFY(!third);
    QCOMPARE(third.error().failure, FailureClass::OverBudget);
    QCOMPARE(m_rig->queue->jobs().size(), 2);
    QVERIFY(m_rig->tryAdd(QStringLiteral("d"), QStringLiteral("free")));
}

void TestRenderQueue::cost_isTheServices()
{
    engine().costUsd = 0.05;
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(*m_rig->record(id).costUsd, 0.05);
    QCOMPARE(*m_rig->ledger().first().actualUsd, 0.05);
    QCOMPARE(m_rig->ledger().first().estimateUsd, 0.06);
    QCOMPARE(m_rig->ledger().first().basis, QStringLiteral("service"));
}

void TestRenderQueue::severalPictures_shareThePrice()
{
    engine().pictures = 4;
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(m_rig->record(id).assets.size(), 4);
    QCOMPARE(m_rig->ledger().size(), 4);
    QCOMPARE(*wait(m_rig->store->spentUsd(QStringLiteral("spring"), m_rig->time.toLocalTime().date())), 0.06);
}

void TestRenderQueue::requestThatCannotBeMade_fails()
{
    m_rig->requestError = Error{ErrorCode::InvalidInput, QStringLiteral("The slot is wrong.")};
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Failed);
    QCOMPARE(m_rig->record(id).error.message, QStringLiteral("The slot is wrong."));
    QVERIFY(m_rig->record(id).attempts.isEmpty());
    QCOMPARE(m_rig->ledger().first().state, QStringLiteral("released"));
}

void TestRenderQueue::modelThatIsGone_fails()
{
    const qint64 id = m_rig->add();
    m_rig->models.removeFirst();
    m_rig->start();
    QTRY_COMPARE(state(id), JobState::Failed);
    QVERIFY(m_rig->record(id).error.message.contains(QLatin1String("models.yaml")));
}

void TestRenderQueue::fallbacks_areNotTaken()
{
    engine().script.push_back(failureOfClass(FailureClass::Refused));
    JobRecord job = newJob(0.06, QStringLiteral("paid"));
    job.decision.fallbacks = {{QStringLiteral("free"), {QStringLiteral("refused")}, false}};
    m_rig->start();
    const auto added = m_rig->queue->add(job);
    QTRY_VERIFY(added.isFinished());
    QTRY_COMPARE(state(*added.result()), JobState::Failed);
    QCOMPARE(engine().sent.size(), 1);
    QCOMPARE(m_rig->record(*added.result()).decision, job.decision);
}

void TestRenderQueue::diskTrouble_keepsThePicture()
{
    QFile blocker(m_rig->folder.filePath(QStringLiteral("originals")));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    blocker.close();
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Undecided);
    QVERIFY(m_rig->record(id).error.message.startsWith(QLatin1String("The picture is here")));
    QCOMPARE(m_rig->ledger().first().state, QStringLiteral("reserved"));
    QVERIFY(blocker.remove());
    m_rig->queue->decide(id, AmbiguousAnswer::LookUp);
    m_rig->queue->decide(id, AmbiguousAnswer::LookUp);
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(engine().sent.size(), 1);
    QVERIFY(engine().lookedUp.isEmpty());
    QCOMPARE(m_rig->ledger().size(), 1);
}

void TestRenderQueue::unstoredChange_isTriedAgain()
{
    const QString connection = QStringLiteral("trouble");
    const auto run = [&](const char *sql) {
        QSqlQuery query(QSqlDatabase::database(connection));
        return query.exec(QString::fromLatin1(sql));
    };
    engine().script.push_back(failureOfClass(FailureClass::Ambiguous));
    QSignalSpy trouble(m_rig->queue.get(), &RenderQueue::trouble);
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(state(id), JobState::Undecided);
    QTRY_COMPARE(m_rig->onDisk(id).state, JobState::Undecided);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection);
        database.setDatabaseName(m_rig->folder.filePath(QStringLiteral("library.db")));
        QVERIFY(database.open());
        QVERIFY(run("CREATE TRIGGER is_full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(FAIL, 'the disk is full'); END"));
    }
    m_rig->queue->decide(id, AmbiguousAnswer::SendAgain);
    QTRY_COMPARE(trouble.size(), 1);
    QVERIFY(trouble.last().first().toString().contains(QStringLiteral("cannot be stored")));
    m_rig->queue->wake();
    QTest::qWait(10);
    QTRY_COMPARE(state(id), JobState::Queued);
    QCOMPARE(engine().sent.size(), 1);  // nothing leaves that is not stored
    QCOMPARE(trouble.size(), 1);
    QVERIFY(run("DROP TRIGGER is_full"));
    m_rig->queue->wake();
    QTRY_COMPARE_WITH_TIMEOUT(state(id), JobState::Done, 30'000);  // it may be the queue's own next try that stores it
    QCOMPARE(trouble.size(), 2);
    QVERIFY(trouble.last().first().toString().isEmpty());
    QCOMPARE(engine().sent.size(), 2);
    // What the first request may have cost was charged all the same.
    QCOMPARE(*wait(m_rig->store->spentUsd(QStringLiteral("spring"), m_rig->time.toLocalTime().date())), 0.12);
    QSqlDatabase::removeDatabase(connection);
}

void TestRenderQueue::moveWhileStoring_doesNotUndoIt()
{
    engine().answersAtOnce = false;
    m_rig->start();
    const qint64 id = m_rig->add(QStringLiteral("a"));
    const qint64 other = m_rig->add(QStringLiteral("b"));
    QTRY_COMPARE(engine().open(), 2);
    engine().answerOne();
    // The moment in which the picture is in the library and the queue has not heard of it yet.
    Store reader(m_rig->folder.path());
    const auto isStored = [&] { return reader.job(id).result()->state == JobState::Done; };
    for (int turn = 0; turn < 500 && !isStored(); ++turn) {
        QCoreApplication::processEvents();
        for (int i = 0; i < 20 && !isStored(); ++i)
            QTest::qSleep(1);
    }
    QVERIFY(isStored());
    QVERIFY(state(id) != JobState::Done);
    m_rig->queue->move(id, 0);
    m_rig->queue->move(id, other);
    m_rig->queue->setLane(id, Lane::Batch);
    m_rig->queue->hold(id, true);
    QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(m_rig->onDisk(id).state, JobState::Done);
}

void TestRenderQueue::progress_isShown()
{
    engine().answersAtOnce = false;
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(engine().open(), 1);
    const RenderObserver observer = *engine().observer();
    QImage half(4, 4, QImage::Format_RGB32);
    half.fill(Qt::red);
    observer.progress(3, 20);
    observer.progress(5, 20);
    observer.preview(5, half);
    observer.state(QStringLiteral("processing"));
    QTRY_COMPARE(m_rig->queue->find(id)->step, 5);
    const Job *const job = m_rig->queue->find(id);
    QCOMPARE(job->of, 20);
    QCOMPARE(job->preview, half);
    QCOMPARE(job->remoteState, QStringLiteral("processing"));
    QCOMPARE(job->record.state, JobState::Running);
    engine().answerOne();
    QTRY_COMPARE(state(id), JobState::Done);
    observer.progress(6, 20);
    QTest::qWait(5);
    QCOMPARE(m_rig->queue->find(id)->step, 5);
    m_rig->queue.reset();
    observer.progress(7, 20);
}

void TestRenderQueue::loading_isShownAndIsNoStep()
{
    engine().answersAtOnce = false;
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(engine().open(), 1);
    const RenderObserver observer = *engine().observer();
    observer.loading(1000, 4000);
    QTRY_COMPARE(m_rig->queue->find(id)->loadedBytes, 1000);
    QCOMPARE(m_rig->queue->find(id)->loadBytes, 4000);
    QCOMPARE(m_rig->queue->find(id)->of, 0);
    QCOMPARE(m_rig->queue->find(id)->record.state, JobState::Running);
    QTest::qWait(1500);
    observer.loading(2000, 4000);
    QTRY_VERIFY(m_rig->queue->find(id)->msLeft > 1000);  // as long again
    observer.loading(4000, 4000);
    QTRY_COMPARE(m_rig->queue->find(id)->loadedBytes, 4000);
    observer.progress(19, 20);
    QTRY_COMPARE(m_rig->queue->find(id)->step, 19);
    QTRY_VERIFY(m_rig->queue->find(id)->msLeft >= 0 && m_rig->queue->find(id)->msLeft < 500);  // what loading took is no measure of a step
    engine().answerOne();
    QTRY_COMPARE(state(id), JobState::Done);
}

void TestRenderQueue::timeLeft_countsFromTheNewBegin()
{
    engine().answersAtOnce = false;
    m_rig->start();
    const qint64 id = m_rig->add();
    QTRY_COMPARE(engine().open(), 1);
    const RenderObserver observer = *engine().observer();
    observer.loading(3000, 4000);
    observer.progress(3, 20);
    QTRY_COMPARE(m_rig->queue->find(id)->step, 3);
    QTest::qWait(3000);
    observer.again();  // the worker died
    observer.loading(1000, 4000);
    QTRY_COMPARE(m_rig->queue->find(id)->loadedBytes, 1000);
    QCOMPARE(m_rig->queue->find(id)->of, 0);
    QTRY_VERIFY(m_rig->queue->find(id)->msLeft >= 0);
    // Three times as long as since then: a tick of a second, or two on a busy machine; and never since the first begin.
    QVERIFY2(m_rig->queue->find(id)->msLeft < 8000, qPrintable(QString::number(m_rig->queue->find(id)->msLeft)));
    observer.again();
    QTRY_COMPARE(m_rig->queue->find(id)->loadBytes, 0);
    engine().answerOne();
    QTRY_COMPARE(state(id), JobState::Done);
}

void TestRenderQueue::timeLeft_comesFromEarlierRenders()
{
    m_rig->start();
    const qint64 first = m_rig->add();
    QTRY_COMPARE(state(first), JobState::Done);
    JobRecord slow = m_rig->record(first);
    slow.attempts.append(slow.attempts.first());
    for (JobAttempt &attempt : slow.attempts)
        attempt.milliseconds = 3'600'000;
    for (int i = 0; i < 3; ++i)
        slow.attempts.append(slow.attempts.last());
    QVERIFY(wait(m_rig->store->saveJob(slow)));
    engine().answersAtOnce = false;
    const qint64 id = m_rig->add();
    QTRY_VERIFY(m_rig->queue->find(id)->msLeft > 3'000'000);
    QVERIFY(m_rig->queue->find(id)->msLeft <= 3'600'000);
}

void TestRenderQueue::provenance_saysEverything()
{
    m_rig->start();
    const qint64 id = m_rig->add(QStringLiteral("words"));
    QTRY_COMPARE(state(id), JobState::Done);
    const auto asset = wait(m_rig->store->asset(m_rig->record(id).assets.first()));
    QVERIFY(asset);
    QCOMPARE(asset->servedModel, QStringLiteral("paid-served"));
    QCOMPARE(asset->routedModel, QStringLiteral("paid"));
    QCOMPARE(asset->prompt, QStringLiteral("words"));
    QCOMPARE(asset->seed, std::optional<qint64>(7));
    QCOMPARE(*asset->costUsd, 0.06);
    const Json &json = asset->provenance;
    QVERIFY(json["schema"] == Json(1));
    for (const char *unsaid : {"requested", "device", "dtype", "request_id", "edit"})
        QVERIFY2(json[unsaid].is_null(), unsaid);
    QVERIFY(json["answer"]["said"] == Json("everything"));
    QVERIFY(json["request"]["prompt"] == Json("words"));
    QCOMPARE(json["attempts"].size(), std::size_t(1));
    QVERIFY(json["row"]["values"]["name"] == Json("words"));
    // Folders of this machine are nobody's business.
    QVERIFY(!dumpJson(json).contains("/data/"));
}

QTEST_MAIN(TestRenderQueue)
#include "tst_renderqueue.moc"
