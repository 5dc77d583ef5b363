#include "core/store/store.h"
#include "tests/core/store/samplejob.h"
#include "tests/faults/figures.h"
#include "tests/support/fakebfl.h"
#include "tests/support/testpicture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

constexpr int jobsInAQueue = 20;
constexpr double usd = 0.04;
constexpr int serverMs = 15;       ///< how long a picture takes
constexpr int mostKillDelayMs = 400;
constexpr int patienceMs = 60'000;
constexpr int usualKills = 20;

} // namespace

/// kill -9 at random moments of a queue of 20 paid jobs, half of them with a service that can be asked what became of a request. After each kill the
/// library is whole, every picture that had been promised is there, the money adds up, and no job was sent twice.
class TestQueueCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedAtRandomMoments_nothingIsLostOrSentTwice();
    void cleanupTestCase();

private:
    struct Queue
    {
        QTemporaryDir folder;
        QList<qint64> ids;
        QSet<qint64> promised;  ///< the child had said that they are done
        ScriptedServer server;
        std::unique_ptr<FakeBfl> bfl;
    };

    std::unique_ptr<Queue> newQueue();
    /// Runs the child; kills it after a random time unless \a toTheEnd. True when it ended by itself.
    bool run(Queue &queue, bool toTheEnd);
    /// Empty when all is well.
    QString problem(Queue &queue, bool decided);
    QString ledgerProblem(Store &store, const QList<JobRecord> &jobs, bool decided);
    static QMap<QString, int> sends(const Queue &queue);

    quint32 m_seed = quint32(qEnvironmentVariableIntValue("GALLEY_SEED"));
    QRandomGenerator m_random{m_seed};
    int m_kills = 0;
    int m_queues = 0;
    int m_done = 0;
    int m_lost = 0;        ///< pictures that had been promised
    int m_sentTwice = 0;
    int m_beforeReady = 0;
    int m_mostAtOnce = 0;  ///< jobs that were under way at one kill
    int m_left = 0;        ///< jobs that are not done and wait for nobody
};

std::unique_ptr<TestQueueCrash::Queue> TestQueueCrash::newQueue()
{
    auto queue = std::make_unique<Queue>();
    queue->bfl = std::make_unique<FakeBfl>(queue->server);
    queue->server.on("POST", "/v1/images/generations", [](const ReceivedRequest &, ScriptedConnection connection) {
        connection.later(serverMs, [connection] {
            const Json answer{{"created", 1}, {"data", Json::array({{{"b64_json", testPicture({64, 64}, Qt::darkCyan).toBase64().toStdString()}}})}};
            connection.respondJson(200, dumpJson(answer));
        });
    });
    Store store(queue->folder.path());
    for (int i = 0; i < jobsInAQueue; ++i) {
        JobRecord job = newJob(usd, i % 2 ? QStringLiteral("flux-2-pro") : QStringLiteral("gpt-image-1"));
        job.request.row.values = {{QStringLiteral("name"), QStringLiteral("job %1").arg(i)}};
        const auto added = wait(store.addJob(job, {}, {job.request.source.project, QDate::currentDate(), 10}));
        queue->ids.append(added ? added->id : 0);
    }
    return queue;
}

bool TestQueueCrash::run(Queue &queue, bool toTheEnd)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QStringList arguments{queue.folder.path(), queue.server.url().toString(), QString::fromLatin1(FakeHosted::rightKey)};
    if (toTheEnd)
        arguments.append(QStringLiteral("give-up"));
    child.start(QStringLiteral(GALLEY_QUEUE_CHILD), arguments);
    QByteArray said;
    const auto listen = [&](int ms) {
        child.waitForReadyRead(ms);
        said += child.readAllStandardOutput();
    };
    // Every fifth time while it opens, migrates and takes over, else while it works.
    QElapsedTimer clock;
    clock.start();
    const bool early = m_random.bounded(5) == 0;
    while (!early && !said.contains("ready") && child.state() != QProcess::NotRunning && clock.elapsed() < patienceMs)
        listen(100);
    clock.restart();
    const int delay = toTheEnd ? patienceMs : m_random.bounded(mostKillDelayMs);
    while (child.state() != QProcess::NotRunning && clock.elapsed() < delay)
        listen(int(std::min<qint64>(20, delay - clock.elapsed() + 1)));
    const bool ended = child.state() == QProcess::NotRunning;
    if (!ended) {
        m_beforeReady += said.contains("ready") ? 0 : 1;
        child.kill();
    }
    child.waitForFinished(patienceMs);
    said += child.readAllStandardOutput();
    for (const QByteArray &line : said.split('\n')) {
        if (line.startsWith("done "))
            queue.promised.insert(line.mid(5).toLongLong());
    }
    return ended && child.exitStatus() == QProcess::NormalExit && said.contains("idle");
}

/// Orders that cost money, by prompt.
QMap<QString, int> TestQueueCrash::sends(const Queue &queue)
{
    QMap<QString, int> counts;
    for (const ReceivedRequest &request : queue.server.requests()) {
        if (request.method == "POST")
            ++counts[toQString(jsonOf(request).value("prompt", Json()))];
    }
    return counts;
}

QString TestQueueCrash::ledgerProblem(Store &store, const QList<JobRecord> &jobs, bool decided)
{
    QMap<qint64, QList<LedgerEntry>> byJob;
    double sum = 0;
    double expectedSum = 0;
    const QList<LedgerEntry> entries = wait(store.ledger()).value_or(QList<LedgerEntry>());
    for (const LedgerEntry &entry : entries) {
        byJob[entry.job].append(entry);
        if (entry.state != QLatin1String("released"))
            sum += entry.actualUsd.value_or(entry.estimateUsd);
    }
    for (const JobRecord &job : jobs) {
        QStringList inForce;
        for (const LedgerEntry &entry : byJob.value(job.id)) {
            if (entry.state != QLatin1String("released"))
                inForce.append(entry.state + QLatin1Char(' ') + entry.basis);
        }
        // One of the services says what it charges, unless the picture was only looked up.
        QStringList expected{QStringLiteral("reserved ")};
        if (job.state == JobState::Done)
            expected = {QStringLiteral("settled price"), QStringLiteral("settled service")};
        else if (job.state == JobState::Cancelled)
            expected = {QStringLiteral("settled assumed")};
        expectedSum += job.costUsd.value_or(usd);
        if (inForce.size() != 1 || !expected.contains(inForce.first()))
            return QStringLiteral("job %1 is %2, its ledger says %3").arg(job.id).arg(jobStateName(job.state), inForce.join(QLatin1Char(',')));
        if (decided && !job.isEnded())
            return QStringLiteral("job %1 is still %2").arg(job.id).arg(jobStateName(job.state));
    }
    return qAbs(sum - expectedSum) < 1e-9 ? QString() : QStringLiteral("the ledger's sum is %1, not %2").arg(sum).arg(expectedSum);
}

QString TestQueueCrash::problem(Queue &queue, bool decided)
{
    Store store(queue.folder.path());
    const auto findings = wait(store.verify(0));
    if (!findings)
        return findings.error().message;
    for (const StoreFinding &finding : *findings) {
        if (finding.kind != StoreFinding::Kind::Orphan)
            return finding.message;
    }
    const QMap<QString, int> sent = sends(queue);
    QList<JobRecord> jobs;
    int underWay = 0;
    m_left = 0;
    for (const qint64 id : queue.ids) {
        const auto job = wait(store.job(id));
        if (!job)
            return job.error().message;
        jobs.append(*job);
        const QString name = job->request.row.values.value(QStringLiteral("name"));
        const bool wouldBeSent = job->state == JobState::Queued || job->state == JobState::Backoff;
        if (sent.value(name) > 1 || (sent.value(name) == 1 && wouldBeSent)) {
            ++m_sentTwice;
            return QStringLiteral("%1 was sent %2 times and is %3").arg(name).arg(sent.value(name)).arg(jobStateName(job->state));
        }
        const bool hasPicture = job->state == JobState::Done && job->assets.size() == 1 && wait(store.original(job->assets.first()));
        if (!hasPicture && (job->state == JobState::Done || queue.promised.contains(id))) {
            ++m_lost;
            return QStringLiteral("%1 is %2 without its picture").arg(name, jobStateName(job->state));
        }
        underWay += job->state == JobState::Sending || job->state == JobState::Running ? 1 : 0;
        m_left += job->isEnded() || job->state == JobState::Undecided ? 0 : 1;
    }
    m_mostAtOnce = std::max(m_mostAtOnce, underWay);
    return ledgerProblem(store, jobs, decided);
}

void TestQueueCrash::killedAtRandomMoments_nothingIsLostOrSentTwice()
{
    const int wanted = numberFrom("GALLEY_KILLS", usualKills);
    while (m_kills < wanted) {
        const auto queue = newQueue();
        ++m_queues;
        QVERIFY(!queue->ids.contains(0));
        bool ended = false;
        // While something is left to send: asking about what is under way takes longer than a child is given.
        m_left = jobsInAQueue;
        while (m_kills < wanted && !ended && m_left > 0) {
            ended = run(*queue, false);
            m_kills += ended ? 0 : 1;
            const QString wrong = problem(*queue, false);
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("after kill %1: %2").arg(m_kills).arg(wrong)));
        }
        QVERIFY(run(*queue, true));
        const QString wrong = problem(*queue, true);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("at the end of queue %1: %2").arg(m_queues).arg(wrong)));
        m_done += int(queue->promised.size());
    }
}

/// The figures, also of a run that failed.
void TestQueueCrash::cleanupTestCase()
{
    qInfo("%d kills (%d while it opened) in %d queues: %d pictures promised, %d lost; %d jobs sent twice; at most %d jobs under way at a kill", m_kills,
          m_beforeReady, m_queues, m_done, m_lost, m_sentTwice, m_mostAtOnce);
    QVERIFY(writeFigures("queue_kills", {{"kills", m_kills},
                                         {"kills_while_opening", m_beforeReady},
                                         {"queues", m_queues},
                                         {"jobs", m_queues * jobsInAQueue},
                                         {"pictures_promised", m_done},
                                         {"lost", m_lost},
                                         {"sent_twice", m_sentTwice},
                                         {"most_under_way_at_a_kill", m_mostAtOnce},
                                         {"failed", QTest::currentTestFailed()}}));
}

QTEST_GUILESS_MAIN(TestQueueCrash)
#include "tst_queuecrash.moc"
