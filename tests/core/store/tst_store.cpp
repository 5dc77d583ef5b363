#include "core/store/database.h"
#include "tests/core/store/samplejob.h"
#include "tests/support/verifyresult.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

/// The library on a real disk.
class TestStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void newLibrary_isWhole();
    void job_comesBackAsItWas();
    void job_isAsItWillBeReadBack();
    void references_comeBack();
    void positions_goToTheEndOfTheLane();
    void attempts_areAppended();
    void jobOfAnother_isTakenOverOnlyWhenItIsGone();
    void forgottenJobs_areOffTheList();
    void medianOfAModel_countsWhatWentWell();
    void facts_areKept();

    void budget_data();
    void budget();
    void budget_isPerProjectAndDay();
    void charge_happensOnce();
    void sums_areExact();
    void twoStores_neverOverspend();
    void sending_movesTheReservationToItsDay();
    void sendingOverBudget_leavesTheJob();
    void cancelledSave_releasesWhatTheJobHolds();

    void picture_isItsBytes();
    void pictureOnceMore_isOneFile();
    void accept_isAllOrNothing();
    void accept_sharesThePriceExactly();
    void alteredPicture_isNotShown();
    void verify_findsEverything();

    void newerSchema_isReadOnly();
    void damagedFile_isKeptAside_data();
    void damagedFile_isKeptAside();
    void halfAMigration_isUndone();
    void folderThatCannotBeMade_isASentence();
    void twoStores_loseNothing();

private:
    QString file(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void reopen() { m_store.reset(), m_store = std::make_unique<Store>(m_folder->path()); }
    QVariant scalar(const QString &sql, const QString &file = {});
    Budget budgetOf(double usd = 0) const { return {QStringLiteral("spring"), QDate(2026, 11, 25), usd}; }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

void TestStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(m_folder->path());
}

void TestStore::cleanup()
{
    m_store.reset();
    m_folder.reset();
}

/// Asks, or changes, the file behind the store's back.
QVariant TestStore::scalar(const QString &sql, const QString &name)
{
    QVariant value;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        database.setDatabaseName(name.isEmpty() ? file("library.db") : name);
        if (!database.open())
            return {};
        QSqlQuery query(database);
        if (query.exec(sql) && query.next())
            value = query.value(0);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("test"));
    return value;
}

void TestStore::newLibrary_isWhole()
{
    QVERIFY(!QFile::exists(file("library.db")));
    const auto opened = wait(m_store->open());
    VERIFY_RESULT(opened);
    QCOMPARE(*opened, (StoreOpened{Database::schemaVersion, false, {}, {}}));
    QCOMPARE(scalar(QStringLiteral("PRAGMA user_version")).toInt(), Database::schemaVersion);
    QCOMPARE(scalar(QStringLiteral("PRAGMA journal_mode")).toString(), QStringLiteral("wal"));
    const auto findings = wait(m_store->verify());
    VERIFY_RESULT(findings);
    QVERIFY(findings->isEmpty());
}

void TestStore::job_comesBackAsItWas()
{
    JobRecord job = fullJob();
    job.request.source.project = QStringLiteral("spring");
    const auto added = wait(m_store->addJob(job, {}, budgetOf()));
    VERIFY_RESULT(added);
    job.id = added->id;
    job.reservation = added->reservation;
    QVERIFY(job.id > 0 && job.reservation > 0);
    QVERIFY(*added == job);
    VERIFY_RESULT(wait(m_store->saveJob(job)));
    reopen();
    const auto back = wait(m_store->job(job.id));
    VERIFY_RESULT(back);
    QVERIFY(*back == job);
    QVERIFY(!wait(m_store->job(job.id + 1)));
}

void TestStore::job_isAsItWillBeReadBack()
{
    JobRecord job = newJob();
    job.request.source.tokens[0].box.x = 0.123456789;
    const auto added = wait(m_store->addJob(job, {}, budgetOf()));
    VERIFY_RESULT(added);
    QVERIFY(*added == *wait(m_store->job(added->id)));
}

void TestStore::references_comeBack()
{
    const QList<ReferencePicture> pictures{{ReferencePicture::Use::Start, QByteArray("\0png", 4), QSize(3, 4), QStringLiteral("aa")},
                                           {ReferencePicture::Use::Mask, QByteArray("m"), QSize(3, 4), QStringLiteral("bb")}};
    const auto added = wait(m_store->addJob(newJob(), pictures, budgetOf()));
    VERIFY_RESULT(added);
    const auto back = wait(m_store->references(added->id));
    VERIFY_RESULT(back);
    QCOMPARE(*back, pictures);
}

void TestStore::positions_goToTheEndOfTheLane()
{
    QCOMPARE(wait(m_store->addJob(newJob(), {}, budgetOf()))->position, 1.0);
    JobRecord between = newJob();
    between.position = 1.25;
    QCOMPARE(wait(m_store->addJob(between, {}, budgetOf()))->position, 1.25);
    QCOMPARE(wait(m_store->addJob(newJob(), {}, budgetOf()))->position, 2.0);
    JobRecord batch = newJob();
    batch.lane = Lane::Batch;
    QCOMPARE(wait(m_store->addJob(batch, {}, budgetOf()))->position, 1.0);
}

void TestStore::attempts_areAppended()
{
    JobRecord job = *wait(m_store->addJob(newJob(), {}, budgetOf()));
    for (int i = 0; i < 3; ++i) {
        job.attempts.append({job.createdAt.addSecs(i), QStringLiteral("m"), QStringLiteral("b"), QString(), QStringLiteral("busy"), QString(), 429, 1, double(i)});
        VERIFY_RESULT(wait(m_store->saveJob(job)));
    }
    QCOMPARE(wait(m_store->job(job.id))->attempts, job.attempts);
}

void TestStore::jobOfAnother_isTakenOverOnlyWhenItIsGone()
{
    auto other = std::make_unique<Store>(m_folder->path());
    const qint64 theirs = wait(other->addJob(newJob(), {}, budgetOf()))->id;
    const qint64 mine = wait(m_store->addJob(newJob(), {}, budgetOf()))->id;
    auto list = wait(m_store->adoptJobs());
    VERIFY_RESULT(list);
    QCOMPARE(list->size(), 1);
    QCOMPARE(list->first().id, mine);
    other.reset();
    list = wait(m_store->adoptJobs());
    VERIFY_RESULT(list);
    QCOMPARE(list->size(), 2);
    QCOMPARE(list->first().id, theirs);
}

void TestStore::forgottenJobs_areOffTheList()
{
    const qint64 id = wait(m_store->addJob(newJob(), {}, budgetOf()))->id;
    VERIFY_RESULT(wait(m_store->forgetJobs({id})));
    QVERIFY(wait(m_store->adoptJobs())->isEmpty());
    VERIFY_RESULT(wait(m_store->job(id)));
}

void TestStore::medianOfAModel_countsWhatWentWell()
{
    QCOMPARE(*wait(m_store->medianMilliseconds(QStringLiteral("m"))), qint64(-1));
    JobRecord job = *wait(m_store->addJob(newJob(), {}, budgetOf()));
    for (const double ms : {100.0, 900.0, 300.0})
        job.attempts.append({job.createdAt, QStringLiteral("m"), QString(), QString(), QStringLiteral("done"), QString(), 0, 1, ms});
    job.attempts.append({job.createdAt, QStringLiteral("m"), QString(), QString(), QStringLiteral("busy"), QString(), 0, 1, 1});
    VERIFY_RESULT(wait(m_store->saveJob(job)));
    QCOMPARE(*wait(m_store->medianMilliseconds(QStringLiteral("m"))), qint64(300));
}

void TestStore::facts_areKept()
{
    QCOMPARE(*wait(m_store->fact(QStringLiteral("queue/paused"))), QString());
    VERIFY_RESULT(wait(m_store->setFact(QStringLiteral("queue/paused"), QStringLiteral("1"))));
    VERIFY_RESULT(wait(m_store->setFact(QStringLiteral("queue/paused"), QStringLiteral("0"))));
    reopen();
    QCOMPARE(*wait(m_store->fact(QStringLiteral("queue/paused"))), QStringLiteral("0"));
}

void TestStore::budget_data()
{
    QTest::addColumn<double>("perDay");
    QTest::addColumn<QList<double>>("asked");
    QTest::addColumn<int>("granted");
    QTest::newRow("no limit") << 0.0 << QList<double>{5, 5, 5} << 3;
    QTest::newRow("to the cent") << 0.3 << QList<double>{0.1, 0.1, 0.1} << 3;
    QTest::newRow("one too many") << 0.3 << QList<double>{0.1, 0.1, 0.1, 0.000001} << 3;
    QTest::newRow("free is always granted") << 0.1 << QList<double>{0.1, 0, 0} << 3;
    QTest::newRow("a smaller one still fits") << 1.0 << QList<double>{0.9, 0.2, 0.1} << 2;
    QTest::newRow("not a number costs nothing") << 1.0 << QList<double>{qQNaN(), 1} << 2;
}

void TestStore::budget()
{
    QFETCH(const double, perDay);
    QFETCH(const QList<double>, asked);
    QFETCH(const int, granted);
    int count = 0;
    for (const double usd : asked) {
        const auto reserved = wait(m_store->reserve(budgetOf(perDay), usd, QStringLiteral("m")));
        count += reserved ? 1 : 0;
        if (!reserved) {
            QCOMPARE(reserved.error().failure, FailureClass::OverBudget);
            QCOMPARE(reserved.error().code, ErrorCode::Refused);
            QVERIFY(reserved.error().message.contains(QLatin1String("spring")));
        }
    }
    QCOMPARE(count, granted);
}

void TestStore::budget_isPerProjectAndDay()
{
    const auto reserve = [&](const QString &project, int day) {
        return wait(m_store->reserve({project, QDate(2026, 11, day), 1}, 1, QStringLiteral("m"))).has_value();
    };
    QVERIFY(reserve(QStringLiteral("a"), 1));
    QVERIFY(!reserve(QStringLiteral("a"), 1));
    QVERIFY(reserve(QStringLiteral("b"), 1));
    QVERIFY(reserve(QStringLiteral("a"), 2));
    QCOMPARE(*wait(m_store->spentUsd(QStringLiteral("a"), QDate(2026, 11, 1))), 1.0);
}

void TestStore::charge_happensOnce()
{
    const qint64 id = *wait(m_store->reserve(budgetOf(), 0.5, QStringLiteral("m")));
    VERIFY_RESULT(wait(m_store->charge(id, Charge::settle(0.4, Charge::Basis::Service))));
    VERIFY_RESULT(wait(m_store->charge(id, Charge::release())));
    VERIFY_RESULT(wait(m_store->charge(id, Charge::settle(9, Charge::Basis::Service))));
    QCOMPARE(*wait(m_store->spentUsd(QStringLiteral("spring"), budgetOf().day)), 0.4);
    const auto entries = wait(m_store->ledger());
    QCOMPARE(entries->size(), 1);
    QCOMPARE(entries->first().state, QStringLiteral("settled"));
    QCOMPARE(entries->first().basis, QStringLiteral("service"));
    QCOMPARE(entries->first().estimateUsd, 0.5);
}

void TestStore::sums_areExact()
{
    for (int i = 0; i < 100; ++i)
        VERIFY_RESULT(wait(m_store->reserve(budgetOf(10), 0.1, QStringLiteral("m"))));
    QCOMPARE(*wait(m_store->spentUsd(QStringLiteral("spring"), budgetOf().day)), 10.0);
    QVERIFY(!wait(m_store->reserve(budgetOf(10), 0.000001, QStringLiteral("m"))));
}

void TestStore::twoStores_neverOverspend()
{
    Store other(m_folder->path());
    QList<QFuture<Result<qint64>>> asked;
    for (int i = 0; i < 60; ++i)
        asked.append((i % 2 ? other : *m_store).reserve(budgetOf(1), 0.05, QStringLiteral("m")));
    int granted = 0;
    for (auto &future : asked)
        granted += wait(future) ? 1 : 0;
    QCOMPARE(granted, 20);
    QCOMPARE(*wait(m_store->spentUsd(QStringLiteral("spring"), budgetOf().day)), 1.0);
}

void TestStore::sending_movesTheReservationToItsDay()
{
    JobRecord job = *wait(m_store->addJob(newJob(0.06), {}, budgetOf(1)));
    const qint64 first = job.reservation;
    job = *wait(m_store->beginSending(job, budgetOf(1)));
    QCOMPARE(job.state, JobState::Sending);
    QCOMPARE(job.reservation, first);
    Budget tomorrow = budgetOf(1);
    tomorrow.day = tomorrow.day.addDays(1);
    job = *wait(m_store->beginSending(job, tomorrow));
    QVERIFY(job.reservation != first);
    QCOMPARE(*wait(m_store->spentUsd(QStringLiteral("spring"), budgetOf().day)), 0.0);
    QCOMPARE(*wait(m_store->spentUsd(QStringLiteral("spring"), tomorrow.day)), 0.06);
}

void TestStore::sendingOverBudget_leavesTheJob()
{
    JobRecord job = *wait(m_store->addJob(newJob(0.06), {}, budgetOf(1)));
    job = *wait(m_store->saveJob(job, Charge::release()));
    QCOMPARE(job.reservation, qint64(0));
    VERIFY_RESULT(wait(m_store->reserve(budgetOf(1), 1, QStringLiteral("m"))));
    const auto begun = wait(m_store->beginSending(job, budgetOf(1)));
    QVERIFY(!begun);
    QCOMPARE(begun.error().failure, FailureClass::OverBudget);
    QVERIFY(*wait(m_store->job(job.id)) == job);
}

void TestStore::cancelledSave_releasesWhatTheJobHolds()
{
    // The record in memory may be older than the reservation.
    JobRecord job = *wait(m_store->addJob(newJob(0.06), {}, budgetOf()));
    job.reservation = 0;
    job.state = JobState::Cancelled;
    VERIFY_RESULT(wait(m_store->saveJob(job, Charge::release())));
    QCOMPARE(*wait(m_store->spentUsd(QStringLiteral("spring"), budgetOf().day)), 0.0);
}

void TestStore::picture_isItsBytes()
{
    NewAsset picture = samplePicture();
    const auto stored = wait(m_store->put(picture));
    VERIFY_RESULT(stored);
    QVERIFY(stored->id > 0);
    QCOMPARE(stored->bytes, picture.file.size());
    QVERIFY(m_store->originalFile(*stored).endsWith(QStringLiteral("/originals/%1/%2.png").arg(stored->digest.left(2), stored->digest)));
    QVERIFY(isReadOnlyFile(m_store->originalFile(*stored)));
    QVERIFY(QFile::permissions(m_store->originalFile(*stored)) & QFileDevice::ReadOwner);
    reopen();
    const auto back = wait(m_store->asset(stored->id));
    VERIFY_RESULT(back);
    QVERIFY(*back == *stored);
    QCOMPARE(*wait(m_store->original(stored->id)), picture.file);
    QVERIFY(!wait(m_store->asset(stored->id + 1)));
    QVERIFY(!wait(m_store->put(NewAsset{})));
}

void TestStore::pictureOnceMore_isOneFile()
{
    const auto first = wait(m_store->put(samplePicture()));
    QFile earlier(m_store->originalFile(*first));  // as Galley left them before
    QVERIFY(openToAlter(earlier, QIODevice::ReadOnly) && !isReadOnlyFile(earlier.fileName()));
    const auto second = wait(m_store->put(samplePicture()));
    VERIFY_RESULT(second);
    QVERIFY(isReadOnlyFile(earlier.fileName()));
    QVERIFY(first->id != second->id);
    QCOMPARE(first->digest, second->digest);
    QVERIFY(wait(m_store->verify(0))->isEmpty());
}

void TestStore::accept_isAllOrNothing()
{
    JobRecord job = *wait(m_store->addJob(newJob(), {}, budgetOf()));
    job.costUsd = 0.06;
    QFile blocker(file("originals"));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    blocker.close();
    const auto refused = wait(m_store->acceptJob(job, {samplePicture()}, Charge::settle(0.06, Charge::Basis::Price)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Io);
    QCOMPARE(wait(m_store->job(job.id))->state, JobState::Queued);
    QCOMPARE(wait(m_store->ledger())->first().state, QStringLiteral("reserved"));
    QVERIFY(blocker.remove());
    const auto accepted = wait(m_store->acceptJob(job, {samplePicture()}, Charge::settle(0.06, Charge::Basis::Price)));
    VERIFY_RESULT(accepted);
    QCOMPARE(accepted->state, JobState::Done);
    QCOMPARE(accepted->assets.size(), 1);
    QVERIFY(*wait(m_store->job(job.id)) == *accepted);
    QCOMPARE(wait(m_store->asset(accepted->assets.first()))->job, job.id);
}

void TestStore::accept_sharesThePriceExactly()
{
    JobRecord job = *wait(m_store->addJob(newJob(0.1), {}, budgetOf()));
    const auto accepted = wait(m_store->acceptJob(job, {samplePicture(1), samplePicture(2), samplePicture(3)}, Charge::settle(0.1, Charge::Basis::Service)));
    VERIFY_RESULT(accepted);
    const auto entries = wait(m_store->ledger(QStringLiteral("spring")));
    QCOMPARE(entries->size(), 3);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE(entries->at(i).asset, accepted->assets[i]);
        QCOMPARE(entries->at(i).job, job.id);
        QCOMPARE(*entries->at(i).actualUsd, i == 0 ? 0.033334 : 0.033333);
        QCOMPARE(entries->at(i).estimateUsd, *entries->at(i).actualUsd);
    }
    QCOMPARE(*wait(m_store->spentUsd(QStringLiteral("spring"), budgetOf().day)), 0.1);
}

void TestStore::alteredPicture_isNotShown()
{
    const auto stored = wait(m_store->put(samplePicture()));
    QFile original(m_store->originalFile(*stored));
    QVERIFY(openToAlter(original, QIODevice::ReadWrite));
    QVERIFY(original.seek(20) && original.write("x") == 1);
    original.close();
    const auto bytes = wait(m_store->original(stored->id));
    QVERIFY(!bytes);
    QVERIFY(bytes.error().message.contains(QLatin1String("altered")));
    VERIFY_RESULT(wait(m_store->put(samplePicture())));
    VERIFY_RESULT(wait(m_store->original(stored->id)));
}

void TestStore::verify_findsEverything()
{
    const auto altered = wait(m_store->put(samplePicture(1)));
    const auto missing = wait(m_store->put(samplePicture(2)));
    VERIFY_RESULT(wait(m_store->put(samplePicture(3))));
    QFile file(m_store->originalFile(*altered));
    QVERIFY(openToAlter(file, QIODevice::Append) && file.write("x") == 1);
    file.close();
    QVERIFY(QFile::remove(m_store->originalFile(*missing)));
    const QString orphan = m_folder->path() + QStringLiteral("/originals/ab/abcd.png.part-1234");
    QVERIFY(QDir().mkpath(m_folder->path() + QStringLiteral("/originals/ab")));
    QFile stray(orphan);
    QVERIFY(stray.open(QIODevice::WriteOnly));
    stray.close();
    QCOMPARE(wait(m_store->verify())->size(), 2);  // the stray file is too young to be called an orphan
    const auto findings = wait(m_store->verify(0));
    VERIFY_RESULT(findings);
    QCOMPARE(findings->size(), 3);
    QCOMPARE(findings->at(0).kind, StoreFinding::Kind::Altered);
    QCOMPARE(findings->at(0).asset, altered->id);
    QCOMPARE(findings->at(1).kind, StoreFinding::Kind::Missing);
    QCOMPARE(findings->at(2).kind, StoreFinding::Kind::Orphan);
    QCOMPARE(findings->at(2).file, orphan);
}

void TestStore::newerSchema_isReadOnly()
{
    const qint64 id = wait(m_store->addJob(newJob(), {}, budgetOf()))->id;
    m_store.reset();
    scalar(QStringLiteral("PRAGMA user_version = %1").arg(Database::schemaVersion + 1));
    m_store = std::make_unique<Store>(m_folder->path());
    const auto opened = wait(m_store->open());
    VERIFY_RESULT(opened);
    QVERIFY(opened->readOnly);
    QCOMPARE(opened->schema, Database::schemaVersion + 1);
    QVERIFY(opened->notice.contains(QLatin1String("newer Galley")));
    VERIFY_RESULT(wait(m_store->job(id)));
    const auto refused = wait(m_store->put(samplePicture()));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QCOMPARE(refused.error().message, opened->notice);
    QVERIFY(!wait(m_store->addJob(newJob(), {}, budgetOf())));
    const auto notAccepted = wait(m_store->acceptJob(*wait(m_store->job(id)), {samplePicture(2)}, Charge::release()));
    QVERIFY(!notAccepted);
    QVERIFY2(!QFileInfo::exists(file("originals")), "a file that no row will ever name");
}

void TestStore::damagedFile_isKeptAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("This is no database at all, but long enough to be taken for one. ").repeated(50);
    QTest::newRow("right header, rubbish after it") << QByteArray("SQLite format 3\0", 16) + QByteArray(5000, '\xff');
}

void TestStore::damagedFile_isKeptAside()
{
    QFETCH(const QByteArray, content);
    QFile damaged(file("library.db"));
    QVERIFY(damaged.open(QIODevice::WriteOnly) && damaged.write(content) == content.size());
    damaged.close();
    const auto opened = wait(m_store->open());
    VERIFY_RESULT(opened);
    QVERIFY(opened->notice.contains(opened->keptAside));
    QFile kept(opened->keptAside);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), content);
    VERIFY_RESULT(wait(m_store->put(samplePicture())));
}

void TestStore::halfAMigration_isUndone()
{
    // A table of that name is in the way: the first step fails after others have gone well.
    scalar(QStringLiteral("CREATE TABLE facts (x)"));
    const auto opened = wait(m_store->open());
    QVERIFY(!opened);
    QCOMPARE(scalar(QStringLiteral("PRAGMA user_version")).toInt(), 0);
    QCOMPARE(scalar(QStringLiteral("SELECT count(*) FROM sqlite_master WHERE type = 'table'")).toInt(), 1);
    scalar(QStringLiteral("DROP TABLE facts"));
    VERIFY_RESULT(wait(m_store->open()));
}

void TestStore::folderThatCannotBeMade_isASentence()
{
    QFile blocker(file("blocked"));
    QVERIFY(blocker.open(QIODevice::WriteOnly));
    Store store(file("blocked/data"));
    const auto opened = wait(store.open());
    QVERIFY(!opened);
    QVERIFY(opened.error().message.contains(file("blocked/data")));
}

void TestStore::twoStores_loseNothing()
{
    Store other(m_folder->path());
    QList<QFuture<Result<AssetRecord>>> puts;
    for (int i = 0; i < 200; ++i)
        puts.append((i % 2 ? other : *m_store).put(samplePicture(i)));
    for (auto &future : puts)
        VERIFY_RESULT(wait(future));
    QCOMPARE(scalar(QStringLiteral("SELECT count(*) FROM assets")).toInt(), 200);
    QVERIFY(wait(m_store->verify(0))->isEmpty());
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
