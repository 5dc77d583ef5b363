#include "core/store/database.h"
#include "core/store/schema.h"
#include "core/store/store.h"
#include "tests/core/store/samplejob.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

template<typename T>
Result<T> wait(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
        return fail(ErrorCode::Internal, QStringLiteral("no answer"));
    return future.result();
}

RevisionRow revisionOf(const char *digest, const char *origin = "file")
{
    RevisionRow row;
    row.digest = QString::fromLatin1(digest);
    row.at = QDateTime::fromMSecsSinceEpoch(1795000000000, Qt::UTC);
    row.author = QStringLiteral("ada");
    row.note = QStringLiteral("why");
    row.origin = QString::fromLatin1(origin);
    return row;
}

JobRecord jobOf(const char *rule, const char *model)
{
    JobRecord job = newJob(0.06, QString::fromLatin1(model));
    job.decision.rule = QString::fromLatin1(rule);
    job.decision.policy = QStringLiteral("digest-of-") + QString::fromLatin1(rule);
    return job;
}

JobAttempt attemptOf(const JobRecord &job, const char *model, const char *outcome, double milliseconds)
{
    JobAttempt attempt;
    attempt.startedAt = job.createdAt.addSecs(5);
    attempt.model = QString::fromLatin1(model);
    attempt.outcome = QString::fromLatin1(outcome);
    attempt.milliseconds = milliseconds;
    return attempt;
}

Budget anyBudget()
{
    return {QStringLiteral("spring"), QDate(2026, 11, 25), 0};
}

} // namespace

/// Rules, canaries and measurements in a real library.db.
class TestRouteStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void versionOne_isLedOn();
    void revisions_areNumberedAndNeverTwiceTheSame();
    void revisions_refuseWhatIsBasedOnAnOlderOne();
    void canary_isKeptWithItsEvents();
    void attempts_carryWhatTheyAreWorth();
    void pictures_areFoundAndMarked();
    void shadow_isNoJobOfPeople();
    void spent_isByRule();

private:
    JobRecord accept(JobRecord job, int shade);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

void TestRouteStore::init()
{
    m_store.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(m_folder->path());
}

JobRecord TestRouteStore::accept(JobRecord job, int shade)
{
    NewAsset picture = samplePicture(shade);
    picture.record.rule = job.decision.rule;
    picture.record.routedModel = job.decision.model;
    job.id = wait(m_store->addJob(job, {}, anyBudget()))->id;
    job.requestDigest = QStringLiteral("request-%1").arg(job.decision.model);
    return wait(m_store->acceptJob(job, {picture}, Charge::settle(0.05, Charge::Basis::Price))).value();
}

void TestRouteStore::versionOne_isLedOn()
{
    {
        QSqlDatabase old = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("old"));
        old.setDatabaseName(m_folder->filePath(QStringLiteral("library.db")));
        QVERIFY(old.open());
        QSqlQuery query(old);
        for (const QString &sql : schemaStep(0))
            QVERIFY2(query.exec(sql), qPrintable(query.lastError().text()));
        const QString rest = QStringLiteral(R"({"decision": {"rule": "posters", "model": "ideogram-4"}})");
        const QString job = QStringLiteral("INSERT INTO jobs (owner, lane, position, state, project, template_id, template_name, row, model, tries, remote_id, "
                                           "request_digest, request, rest) VALUES ('x', 'final', 1, 'done', 'spring', 't', 'T', 0, 'ideogram-4', 1, '', '', "
                                           "'{\"template\": %1}', '%2')");
        const QString source = QStringLiteral(R"({"galley": 1, "id": "t", "name": "T", "canvas": {"width": 100, "height": 100}, "tokens": [], "slots": {}})");
        QVERIFY2(query.exec(job.arg(source, rest)), qPrintable(query.lastError().text()));
        QVERIFY(query.exec(job.arg(source, QStringLiteral("no json"))));
        QVERIFY(query.exec(QStringLiteral("PRAGMA user_version = 1")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("old"));
    const auto opened = wait(m_store->open());
    QVERIFY2(opened, opened ? "" : qPrintable(opened.error().message));
    QCOMPARE(opened->schema, Database::schemaVersion);
    const auto job = wait(m_store->job(1));
    QVERIFY2(job, job ? "" : qPrintable(job.error().message));
    QCOMPARE(job->shadowOf, 0);
    QVERIFY(wait(m_store->addRevision(revisionOf("a"))));
    m_store.reset();
    QSqlDatabase now = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("now"));
    now.setDatabaseName(m_folder->filePath(QStringLiteral("library.db")));
    QVERIFY(now.open());
    QSqlQuery query(now);
    QVERIFY(query.exec(QStringLiteral("SELECT rule FROM jobs ORDER BY id")) && query.next());
    QCOMPARE(query.value(0).toString(), QStringLiteral("posters"));
    QVERIFY(query.next());
    QCOMPARE(query.value(0).toString(), QString());
    query.clear();
    now.close();
    now = QSqlDatabase();
    QSqlDatabase::removeDatabase(QStringLiteral("now"));
}

void TestRouteStore::revisions_areNumberedAndNeverTwiceTheSame()
{
    Store other(m_folder->path());
    QCOMPARE(wait(m_store->addRevision(revisionOf("a")))->number, 1);
    // Another window sees the same change of the file.
    QCOMPARE(wait(other.addRevision(revisionOf("a", "seen")))->number, 1);
    QCOMPARE(wait(other.addRevision(revisionOf("b")))->number, 2);
    RevisionRow back = revisionOf("a", "rollback to 1");
    back.putBack = 1;
    QCOMPARE(wait(m_store->addRevision(back))->number, 3);
    const auto rows = wait(m_store->revisions());
    QVERIFY(rows);
    QCOMPARE(rows->size(), 3);
    back.number = 3;
    QCOMPARE(rows->first(), back);
    QCOMPARE(rows->last().origin, QStringLiteral("file"));
}

void TestRouteStore::revisions_refuseWhatIsBasedOnAnOlderOne()
{
    Store other(m_folder->path());
    QVERIFY(wait(m_store->addRevision(revisionOf("a"), 0)));
    QVERIFY(wait(other.addRevision(revisionOf("b"), 1)));
    const auto late = wait(m_store->addRevision(revisionOf("c"), 1));
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::Refused);
    QCOMPARE(wait(m_store->revisions())->size(), 2);
}

void TestRouteStore::canary_isKeptWithItsEvents()
{
    accept(jobOf("posters", "control"), 1);
    CanaryRow row;
    row.rule = QStringLiteral("posters");
    row.candidate = QStringLiteral("new");
    row.phase = QStringLiteral("running");
    row.state = QStringLiteral(R"({"step_ms": 1099511627776})");
    CanaryEventRow event;
    event.at = QDateTime::fromMSecsSinceEpoch(1795000000000, Qt::UTC);
    event.rule = row.rule;
    event.candidate = row.candidate;
    event.phase = row.phase;
    event.sentence = QStringLiteral("Begun.");
    const auto saved = wait(m_store->saveCanary(row, event));
    QVERIFY(saved);
    QCOMPARE(saved->sinceJob, 1);
    const auto again = wait(m_store->saveCanary(*saved));
    QVERIFY(again->serial > saved->serial);
    QCOMPARE(wait(m_store->canaries()).value(), QList<CanaryRow>{*again});
    const auto events = wait(m_store->canaryEvents(row.rule));
    QCOMPARE(events->size(), 1);
    event.id = events->first().id;
    QCOMPARE(events->first(), event);
}

void TestRouteStore::attempts_carryWhatTheyAreWorth()
{
    JobRecord failing = jobOf("posters", "control");
    failing.attempts = {attemptOf(failing, "new", "rejected", 10), attemptOf(failing, "control", "done", 250)};
    const JobRecord job = accept(failing, 1);
    accept(jobOf("others", "new"), 2);
    QVERIFY(wait(m_store->setScores(job.assets.first(), {{.name = QStringLiteral("text"), .value = 0.5}})));
    const JobRecord second = accept(jobOf("posters", "new"), 3);
    QVERIFY(wait(m_store->addPick(job.createdAt, job.assets.first(), second.assets.first())));
    const auto attempts = wait(m_store->attemptsOf(QStringLiteral("posters"), 0));
    QVERIFY(attempts);
    QCOMPARE(attempts->size(), 2);
    QCOMPARE(attempts->first().model, QStringLiteral("new"));
    QVERIFY(attempts->first().madeElsewhere && attempts->first().isFirstChoice && !attempts->first().costUsd);
    const AttemptRow &good = attempts->last();
    QVERIFY(!good.isFirstChoice);
    QVERIFY(!good.madeElsewhere);
    QCOMPARE(good.costUsd, std::optional(0.05));
    QCOMPARE(good.quality, std::optional(0.5));
    QCOMPARE(good.chosen, 1);
    QCOMPARE(good.leftOut, 0);
    QVERIFY(wait(m_store->attemptsOf(QStringLiteral("posters"), job.id))->isEmpty());
    QCOMPARE(wait(m_store->attemptsSince(job.createdAt))->size(), 2);
    QVERIFY(wait(m_store->attemptsSince(job.createdAt.addDays(1)))->isEmpty());
}

void TestRouteStore::pictures_areFoundAndMarked()
{
    const JobRecord first = accept(jobOf("posters", "new"), 1);
    accept(jobOf("posters", "control"), 2);
    const JobRecord third = accept(jobOf("posters", "new"), 3);
    QCOMPARE(wait(m_store->picturesOf(QStringLiteral("new"), QStringLiteral("posters"), 0)).value(), first.assets + third.assets);
    QCOMPARE(wait(m_store->picturesOf(QStringLiteral("new"), QStringLiteral("posters"), first.id)).value(), third.assets);
    QCOMPARE(wait(m_store->pictureOfRequest(third.requestDigest)).value(), third.assets.first());
    QVERIFY(wait(m_store->markAssets(third.assets, withdrawnMark())));
    QCOMPARE(wait(m_store->markedAssets(withdrawnMark())).value(), third.assets);
    QCOMPARE(wait(m_store->asset(third.assets.first()))->mark, withdrawnMark());
    // What was withdrawn is nothing to take instead.
    QCOMPARE(wait(m_store->pictureOfRequest(third.requestDigest)).value(), first.assets.first());
    QCOMPARE(wait(m_store->pictureOfRequest(QStringLiteral("unknown"))).value(), 0);
}

void TestRouteStore::shadow_isNoJobOfPeople()
{
    const JobRecord shown = accept(jobOf("posters", "control"), 1);
    JobRecord shadow = jobOf("posters", "new");
    shadow.shadowOf = shown.id;
    shadow = accept(shadow, 2);
    QVERIFY(wait(m_store->asset(shadow.assets.first()))->isShadow);
    const auto last = wait(m_store->lastJobs(10));
    QCOMPARE(last->size(), 1);
    QCOMPARE(last->first().id, shown.id);
    QCOMPARE(wait(m_store->lastJobs(10, QStringLiteral("digest-of-posters")))->size(), 1);
    QVERIFY(wait(m_store->lastJobs(10, QStringLiteral("another")))->isEmpty());
    QVERIFY(wait(m_store->picturesOf(QStringLiteral("new"), QStringLiteral("posters"), 0))->isEmpty());
    QCOMPARE(wait(m_store->decisionsSince(shown.createdAt)).value(), (QMap<QString, int>{{QStringLiteral("control"), 1}}));
}

void TestRouteStore::spent_isByRule()
{
    accept(jobOf("posters", "control"), 1);
    accept(jobOf("posters", "new"), 2);
    QVERIFY(wait(m_store->addJob(jobOf("others", "new"), {}, anyBudget())));
    const auto spent = wait(m_store->spentByRule(anyBudget().day));
    QVERIFY(spent);
    QCOMPARE(*spent, (QMap<QString, double>{{QStringLiteral("posters"), 0.1}, {QStringLiteral("others"), 0.06}}));
    QVERIFY(wait(m_store->spentByRule(anyBudget().day.addDays(1)))->isEmpty());
}

QTEST_GUILESS_MAIN(TestRouteStore)
#include "tst_routestore.moc"
