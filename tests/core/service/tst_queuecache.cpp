#include "core/store/rendercache.h"
#include "tests/core/service/queuerig.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace Galley;

/// What has been rendered before is taken instead of being sent: nothing is paid, and nothing is learned from it.
class TestQueueCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void sameRequest_isSentOnce();
    void anew_isSentAndKept();
    void anotherModel_isSent();
    void anotherAddress_isSent();
    void damagedEntry_isSentAgain();
    void failedRender_isNotKept();
    void hit_freesItsPlace();

private:
    JobState state(qint64 id) const { return m_rig->record(id).state; }

    std::unique_ptr<QueueRig> m_rig;
    std::unique_ptr<RenderCache> m_cache;
};

void TestQueueCache::init()
{
    m_rig = std::make_unique<QueueRig>();
    m_cache = std::make_unique<RenderCache>(m_rig->folder.filePath(QStringLiteral("renders")), 100 << 20);
    m_rig->cache = m_cache.get();
    m_rig->restart();
    m_rig->start();
}

void TestQueueCache::cleanup()
{
    m_rig.reset();
    m_cache.reset();
}

void TestQueueCache::sameRequest_isSentOnce()
{
    const qint64 first = m_rig->add();
    QTRY_COMPARE(state(first), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 1);
    const qsizetype ended = m_rig->ended.size();
    const qint64 second = m_rig->add();
    QTRY_COMPARE(state(second), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 1);
    QCOMPARE(m_rig->ended.size(), ended);
    const JobRecord stored = m_rig->onDisk(second);
    QCOMPARE(stored.costUsd, std::optional<double>(0));
    QVERIFY(stored.attempts.isEmpty());
    QCOMPARE(stored.reservation, 0);
    const auto before = wait(m_rig->store->asset(m_rig->onDisk(first).assets.first()));
    const auto after = wait(m_rig->store->asset(stored.assets.first()));
    QVERIFY(before && after);
    QCOMPARE(after->digest, before->digest);
    QVERIFY(after->provenance["from_cache"] == Json(true));
    QVERIFY(before->provenance["from_cache"] == Json(false));
    QVERIFY(before->provenance["text_mode"] == Json("set"));
    double spent = 0;
    for (const LedgerEntry &entry : m_rig->ledger())
        spent += entry.actualUsd.value_or(0);
    QCOMPARE(spent, m_rig->onDisk(first).costUsd.value_or(-1));
}

/// Past the cache: sent and paid for like the first one, and what comes back is what the next one gets.
void TestQueueCache::anew_isSentAndKept()
{
    const qint64 first = m_rig->add();
    QTRY_COMPARE(state(first), JobState::Done);
    m_rig->anew = true;
    const qint64 second = m_rig->add();
    QTRY_COMPARE(state(second), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 2);
    const JobRecord stored = m_rig->onDisk(second);
    QVERIFY(stored.request.anew);
    QVERIFY(stored.costUsd.value_or(0) > 0);
    QCOMPARE(stored.attempts.size(), 1);
    QVERIFY(wait(m_rig->store->asset(stored.assets.first()))->provenance["from_cache"] == Json(false));
    QCOMPARE(renderEntries(m_rig->folder.filePath(QStringLiteral("renders"))).size(), 1);
    m_rig->anew = false;
    const qint64 third = m_rig->add();
    QTRY_COMPARE(state(third), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 2);
}

void TestQueueCache::anotherModel_isSent()
{
    const qint64 job1 = m_rig->add();
    QTRY_COMPARE(state(job1), JobState::Done);
    const qint64 other = m_rig->add(QStringLiteral("a"), QStringLiteral("free"));
    QTRY_COMPARE(state(other), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 2);
}

void TestQueueCache::anotherAddress_isSent()
{
    m_rig->address = QStringLiteral("http://127.0.0.1:1/");
    for (int i = 0; i < 2; ++i) {
        const qint64 id = m_rig->add();
        QTRY_COMPARE(state(id), JobState::Done);
    }
    QCOMPARE(m_rig->engine.sent.size(), 1);
    m_rig->address = QStringLiteral("http://127.0.0.1:2/");
    const qint64 moved = m_rig->add();
    QTRY_COMPARE(state(moved), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 2);
}

void TestQueueCache::damagedEntry_isSentAgain()
{
    const qint64 job2 = m_rig->add();
    QTRY_COMPARE(state(job2), JobState::Done);
    QCOMPARE(renderEntries(m_rig->folder.filePath(QStringLiteral("renders"))).size(), 1);
    QDirIterator files(m_rig->folder.filePath(QStringLiteral("renders")), {QStringLiteral("*.render")}, QDir::Files, QDirIterator::Subdirectories);
    QFile file(files.next());
    QVERIFY(file.resize(file.size() - 1));
    const qint64 second = m_rig->add();
    QTRY_COMPARE(state(second), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 2);
    QVERIFY(m_rig->onDisk(second).costUsd.value_or(0) > 0);
}

void TestQueueCache::failedRender_isNotKept()
{
    m_rig->engine.script.push_back(failureOfClass(FailureClass::Rejected));
    const qint64 job3 = m_rig->add();
    QTRY_COMPARE(state(job3), JobState::Failed);
    QCOMPARE(renderEntries(m_rig->folder.filePath(QStringLiteral("renders"))).size(), 0);
    const qint64 job4 = m_rig->add();
    QTRY_COMPARE(state(job4), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 2);
}

/// More hits than may be in flight at once.
void TestQueueCache::hit_freesItsPlace()
{
    const qint64 job5 = m_rig->add();
    QTRY_COMPARE(state(job5), JobState::Done);
    QList<qint64> ids;
    for (int i = 0; i < 30; ++i)
        ids.append(m_rig->add());
    for (const qint64 id : ids)
        QTRY_COMPARE(state(id), JobState::Done);
    QCOMPARE(m_rig->engine.sent.size(), 1);
    QCOMPARE(m_rig->queue->runningCount(), 0);
}

QTEST_MAIN(TestQueueCache)
#include "tst_queuecache.moc"
