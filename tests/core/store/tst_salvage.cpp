#include "core/store/database.h"
#include "core/store/salvage.h"
#include "core/store/sqlitepages.h"
#include "tests/core/store/libraryrig.h"
#include "tests/support/verifyresult.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTest>

#include <QtEndian>

#include <unistd.h>

#include <algorithm>

using namespace Galley;

namespace {

constexpr int pageSize = 4096;
constexpr int pictures = 200;

/// Everything of the tables that are read back, as text, in order.
QMap<QString, QStringList> contentOf(const QString &folder)
{
    QMap<QString, QStringList> content;
    Database database(folder);
    if (!database.open())
        return content;
    for (const QString &table : salvagedTables()) {
        QStringList rows;
        auto found = database.query(QStringLiteral("SELECT * FROM %1 ORDER BY 1, 2").arg(table));
        while (found && found->next()) {
            QStringList row;
            for (int i = 0; !found->value(i).isNull() || i < 31; ++i)
                row.append(QString::fromUtf8(found->value(i).toByteArray()));
            rows.append(row.join(QLatin1Char('|')));
        }
        content[table] = rows;
    }
    return content;
}

struct Root
{
    QString name;
    QString table;
    int page = 0;
};

QList<Root> rootsOf(const QString &folder)
{
    QList<Root> roots;
    Database database(folder);
    if (!database.open())
        return roots;
    auto rows = database.query(QStringLiteral("SELECT name, tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 0"));
    while (rows && rows->next())
        roots.append({rows->value(0).toString(), rows->value(1).toString(), rows->value(2).toInt()});
    return roots;
}

bool overwrite(const QString &name, qint64 at, const QByteArray &bytes)
{
    QFile file(name);
    return file.open(QIODevice::ReadWrite) && file.seek(at) && file.write(bytes) == bytes.size();
}

} // namespace

/// Damage inside of library.db: whatever can still be read is brought back.
class TestSalvage : public QObject, protected LibraryRig
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { begin(); }
    void cleanup() { end(); }
    void everyTable_isReadBackOrFollows();
    void wholeLibrary_comesBackAsItWas();
    void logThatIsNotInTheFileYet_isRead();
    void damagedRoot_losesNothingBelowIt_data();
    void damagedRoot_losesNothingBelowIt();
    void damagedLeaf_losesItsOwnRowsOnly();
    void unreadableLibrary_comesBackUnderTheNewOne();
    void picturesTakenInBefore_getTheirStoryBack();
    void anotherWindow_goesOnInTheNewFile();
    void rendersOfTheOlderLibrary_areHeld();
    void cutOffRepair_isUndone();
    void brokenLog_countsUpToTheBreak();
    void brokenListOfFreePages_takesNothingAway();
    void stopped_changesNothing();
    void brokenFiles_areSurvived();
    void nothingIsSent_whileNothingCanBeStored();

private:
    QString file() const { return m_folder->filePath(QStringLiteral("library.db")); }
    void fill();
    void close();
    void useFilled();

    QTemporaryDir m_filled;  ///< a library that was filled once, for all tests to copy
};

/// Rows in every table, and enough of them for tables to have pages below their root.
void TestSalvage::fill()
{
    QList<qint64> ids;
    for (int number = 1; number <= pictures; ++number) {
        ids.append(put(number, [number](AssetRecord &record) { record.prompt += QString(number % 7 * 300, QLatin1Char('x')); }));
        if (number % 3 == 0)
            wait(m_store->edit({ids.last()}, {.rating = number % 5 + 1, .note = QStringLiteral("n"), .addTags = {QStringLiteral("market %1").arg(number % 4)}}));
        wait(m_store->setScores(ids.last(), {{QStringLiteral("sharpness"), number / 1000.0, {{"of", number}}}, {QStringLiteral("text"), 0.5, Json::object()}}));
        wait(m_store->setThumbnail(ids.last(), {QByteArray("webp"), QByteArray(number * 40, char(number)), {}}));
        JobRecord job = number % 2 ? fullJob() : newJob();
        job.state = JobState::Done;
        const auto added = wait(m_store->addJob(job, {{ReferencePicture::Use::Start, QByteArray(9000, 'r'), {4, 4}, QStringLiteral("abc")}}, {}));
        if (added && number % 2) {
            JobRecord ended = *added;
            ended.state = JobState::Done;
            ended.attempts = fullJob().attempts;
            wait(m_store->saveJob(ended, Charge::release()));
        }
        wait(m_store->addPick(QDateTime::currentDateTimeUtc(), ids.last(), ids.first()));
    }
    for (int i = 0; i < 60; ++i) {
        wait(m_store->setFact(QStringLiteral("fact %1").arg(i), QString(200, QLatin1Char('f'))));
        wait(m_store->saveSearch({QStringLiteral("search %1").arg(i), {}}));
        wait(m_store->saveComparison({0, QStringLiteral("set %1").arg(i), QDateTime::currentDateTimeUtc(), ids.mid(i, 9), Json::object()}));
    }
    wait(m_store->emptyBin({}));
}

void TestSalvage::initTestCase()
{
    begin();
    fill();
    m_store.reset();
    QVERIFY(QFile::copy(file(), m_filled.filePath(QStringLiteral("library.db"))));
    m_folder.reset();
}

void TestSalvage::useFilled()
{
    m_store.reset();
    QFile::remove(file());
    QVERIFY(QFile::copy(m_filled.filePath(QStringLiteral("library.db")), file()));
}

void TestSalvage::close()
{
    m_store.reset();
}

/// A table that a later version adds must be on one of the lists.
void TestSalvage::everyTable_isReadBackOrFollows()
{
    Database database(m_folder->path());
    VERIFY_RESULT(database.open());
    auto rows = database.query(QStringLiteral("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite_%'"));
    VERIFY_RESULT(rows);
    QStringList tables;
    while (rows->next())
        tables.append(rows->value(0).toString());
    QStringList known = salvagedTables() + derivedTables();
    std::sort(tables.begin(), tables.end());
    std::sort(known.begin(), known.end());
    QCOMPARE(tables, known);
}

void TestSalvage::wholeLibrary_comesBackAsItWas()
{
    useFilled();
    const auto before = contentOf(m_folder->path());
    QCOMPARE(before.value(QStringLiteral("assets")).size(), pictures);
    QVERIFY(std::count_if(before.cbegin(), before.cend(), [](const QStringList &rows) { return rows.size() > 50; }) >= 10);
    m_store = std::make_unique<Store>(m_folder->path());
    const auto salvaged = wait(m_store->salvage());
    VERIFY_RESULT(salvaged);
    QCOMPARE(salvaged->pictures, pictures);
    QCOMPARE(salvaged->kept.size(), 1);
    QVERIFY(QFile::exists(salvaged->kept.first()));
    QVERIFY(m_store->keptAside().isEmpty());
    LibraryQuery query;
    query.tags = {QStringLiteral("market 1")};
    query.text = QStringLiteral("apples");
    QVERIFY(!ids(query).isEmpty());
    const qint64 next = put(pictures + 1);
    QCOMPARE(next, pictures + 1);
    close();
    auto after = contentOf(m_folder->path());
    after[QStringLiteral("assets")].removeLast();
    for (auto table = before.cbegin(); table != before.cend(); ++table)
        QCOMPARE(after.value(table.key()), table.value());
    Database database(m_folder->path());
    VERIFY_RESULT(database.open());
    QCOMPARE(*database.integrityProblems(), QStringList());
    QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("salvage"))));
}

/// Of a process that was killed: its last pictures stand in the log alone.
void TestSalvage::logThatIsNotInTheFileYet_isRead()
{
    put(1);
    put(2);
    const QTemporaryDir other;
    for (const char *suffix : {"", "-wal"})
        QVERIFY(QFile::copy(file() + QLatin1String(suffix), other.filePath(QStringLiteral("library.db") + QLatin1String(suffix))));
    QVERIFY(QFileInfo(other.filePath(QStringLiteral("library.db-wal"))).size() > pageSize);
    // The schema is in the log as well, which the damage does not reach.
    QVERIFY(QFile::resize(other.filePath(QStringLiteral("library.db")), 8 * pageSize));
    Store store(other.path());
    const auto salvaged = wait(store.salvage());
    VERIFY_RESULT(salvaged);
    QCOMPARE(salvaged->pictures, 2);
    QCOMPARE(wait(store.ids({}))->size(), 2);
}

void TestSalvage::damagedRoot_losesNothingBelowIt_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("table");
    QTest::addColumn<int>("page");
    QTest::addColumn<bool>("isZeroed");
    for (const Root &root : rootsOf(m_filled.path())) {
        const bool isZeroed = root.page % 2 == 0;
        QTest::addRow("%s, %s", qPrintable(root.name), isZeroed ? "zeros" : "noise") << root.name << root.table << root.page << isZeroed;
    }
}

void TestSalvage::damagedRoot_losesNothingBelowIt()
{
    QFETCH(const QString, name);
    QFETCH(const QString, table);
    QFETCH(const int, page);
    QFETCH(const bool, isZeroed);
    useFilled();
    static const auto before = contentOf(m_filled.path());
    const auto pages = SqlitePages::open(m_filled.filePath(QStringLiteral("library.db")));
    VERIFY_RESULT(pages);
    // A small table is nothing but its root; what belongs to its rows goes with them.
    const bool isGone = (*pages)->children(quint32(page)).isEmpty() && name == table;
    QByteArray noise(pageSize, '\0');
    if (!isZeroed)
        QRandomGenerator(quint32(page)).fillRange(reinterpret_cast<quint32 *>(noise.data()), pageSize / 4);
    QVERIFY(overwrite(file(), qint64(page - 1) * pageSize, noise));
    m_store = std::make_unique<Store>(m_folder->path());
    const auto salvaged = wait(m_store->salvage());
    VERIFY_RESULT(salvaged);
    close();
    {
        Database database(m_folder->path());
        VERIFY_RESULT(database.open());
        QCOMPARE(*database.integrityProblems(), QStringList());
    }
    const auto after = contentOf(m_folder->path());
    for (auto rows = before.cbegin(); rows != before.cend(); ++rows) {
        if (isGone && rows.key().startsWith(table.chopped(1)))
            continue;
        // Rows of a table that is its own index stand in its root too.
        const qsizetype lost = rows.value().size() - after.value(rows.key()).size();
        const bool isDamaged = rows.key() == table && name == table && (*pages)->kind(quint32(page)) == SqlitePages::Kind::IndexInterior;
        QVERIFY2(lost >= 0 && lost <= (isDamaged ? rows.value().size() / 10 : 0),
                 qPrintable(QStringLiteral("%1 of %2 rows of %3").arg(lost).arg(rows.value().size()).arg(rows.key())));
        for (const QString &row : after.value(rows.key()))
            QVERIFY2(rows.value().contains(row), qPrintable(row));
    }
}

void TestSalvage::damagedLeaf_losesItsOwnRowsOnly()
{
    useFilled();
    int root = 0;
    for (const Root &one : rootsOf(m_folder->path()))
        root = one.name == QLatin1String("assets") ? one.page : root;
    const auto pages = SqlitePages::open(file());
    VERIFY_RESULT(pages);
    const QList<quint32> leaves = (*pages)->children(quint32(root));
    QVERIFY(leaves.size() > 5);
    const qsizetype rows = (*pages)->rows(leaves.at(2)).size();
    QVERIFY(rows > 0);
    QVERIFY(overwrite(file(), qint64(leaves.at(2) - 1) * pageSize, QByteArray(pageSize, '\0')));
    m_store = std::make_unique<Store>(m_folder->path());
    const auto salvaged = wait(m_store->salvage());
    VERIFY_RESULT(salvaged);
    QCOMPARE(salvaged->pictures, pictures - rows);
    QCOMPARE(ids().size(), pictures - rows);
    for (const qint64 id : ids())
        QCOMPARE(wait(m_store->scores(id))->size(), 2);
}

/// The first page is gone, so that nobody knows what stands where: the library was kept aside, and a new one has begun.
void TestSalvage::unreadableLibrary_comesBackUnderTheNewOne()
{
    useFilled();
    const auto before = contentOf(m_folder->path());
    QVERIFY(overwrite(file(), 0, QByteArray(pageSize, '\0')));
    m_store = std::make_unique<Store>(m_folder->path());
    const auto opened = wait(m_store->open());
    VERIFY_RESULT(opened);
    QVERIFY(!opened->keptAside.isEmpty());
    QCOMPARE(m_store->keptAside(), QStringList{opened->keptAside});
    // Above whatever the other one may have had: neither has to give way.
    const qint64 newer = put(1000);
    QVERIFY(newer > pictures);
    JobRecord job = newJob();
    job.state = JobState::Done;
    job.assets = {newer};
    const auto done = wait(m_store->addJob(job, {}, {}));
    VERIFY_RESULT(done);
    VERIFY_RESULT(wait(m_store->setScores(newer, {{QStringLiteral("text"), 0.25, Json::object()}})));
    const qint64 serial = wait(m_store->changesSince(-1))->serial;
    const auto salvaged = wait(m_store->salvage());
    VERIFY_RESULT(salvaged);
    QCOMPARE(salvaged->pictures, pictures + 1);
    QCOMPARE(salvaged->kept.size(), 2);
    QVERIFY(m_store->keptAside().isEmpty());
    QCOMPARE(ids().size(), pictures + 1);
    QCOMPARE(card(newer).createdAt, QDateTime(QDate(2026, 11, 1), QTime(8, 0), Qt::UTC).addSecs(1000 * 60));
    QCOMPARE(wait(m_store->job(done->id))->assets, QList<qint64>{newer});
    QCOMPARE(wait(m_store->scores(newer))->value(0).value, 0.25);
    QCOMPARE(wait(m_store->scores(pictures))->size(), 2);
    // Whoever had looked before hears that all is new.
    const auto changes = wait(m_store->changesSince(serial, 50));
    QVERIFY(changes->everything && changes->serial > serial);
    close();
    const auto after = contentOf(m_folder->path());
    QCOMPARE(after.value(QStringLiteral("attempts")), before.value(QStringLiteral("attempts")));
    QCOMPARE(after.value(QStringLiteral("scores")).first(2 * pictures), before.value(QStringLiteral("scores")));
    // Once more: nothing comes twice.
    m_store = std::make_unique<Store>(m_folder->path());
    QCOMPARE(wait(m_store->salvage())->pictures, pictures + 1);
    QCOMPARE(ids().size(), pictures + 1);
}

void TestSalvage::picturesTakenInBefore_getTheirStoryBack()
{
    useFilled();
    QVERIFY(overwrite(file(), 0, QByteArray(pageSize, '\0')));
    m_store = std::make_unique<Store>(m_folder->path());
    ImportedPicture stranger;
    stranger.asset = samplePicture(5);
    stranger.asset.record.provenance = {{"schema", 1}, {"adopted", true}};
    stranger.asset.record.createdAt = QDateTime::currentDateTimeUtc();
    stranger.judgement.deletedAt = QDateTime::currentDateTimeUtc();
    VERIFY_RESULT(wait(m_store->importPictures({}, {}, {stranger})));
    QCOMPARE(wait(m_store->salvage())->pictures, pictures);
    QCOMPARE(ids().size(), pictures);
    LibraryQuery bin;
    bin.bin = true;
    QVERIFY(ids(bin).isEmpty());
}

void TestSalvage::anotherWindow_goesOnInTheNewFile()
{
    useFilled();
    m_store = std::make_unique<Store>(m_folder->path());
    Store other(m_folder->path());
    VERIFY_RESULT(wait(other.setFact(QStringLiteral("who"), QStringLiteral("other"))));
    QList<QFuture<Result<AssetRecord>>> written;
    const auto salvaged = m_store->salvage();
    for (int i = 0; i < 40; ++i)
        written.append(other.put(samplePicture(2000 + i)));
    VERIFY_RESULT(wait(salvaged));
    for (const auto &future : written)
        VERIFY_RESULT(wait(future));
    QCOMPARE(ids().size(), pictures + 40);
    QCOMPARE(wait(other.ids({}))->size(), pictures + 40);
    QCOMPARE(*wait(m_store->fact(QStringLiteral("who"))), QStringLiteral("other"));
}

/// They may have been sent again since: nobody pays twice without being asked.
void TestSalvage::rendersOfTheOlderLibrary_areHeld()
{
    const auto queued = wait(m_store->addJob(newJob(), {}, {}));
    JobRecord sent = *wait(m_store->addJob(newJob(), {}, {}));
    sent = *wait(m_store->beginSending(sent, {}));
    VERIFY_RESULT(queued);
    m_store.reset();
    QVERIFY(overwrite(file(), 0, QByteArray(pageSize, 'x')));
    m_store = std::make_unique<Store>(m_folder->path());
    const auto newer = wait(m_store->addJob(newJob(), {}, {}));
    VERIFY_RESULT(newer);
    QVERIFY(newer->id > sent.id);
    VERIFY_RESULT(wait(m_store->salvage()));
    QCOMPARE(wait(m_store->job(queued->id))->state, JobState::Held);
    QCOMPARE(wait(m_store->job(sent.id))->state, JobState::Undecided);
    QCOMPARE(wait(m_store->job(newer->id))->state, JobState::Queued);
}

/// Killed between its renames: what stood in the log alone is still there at the next start.
void TestSalvage::cutOffRepair_isUndone()
{
    put(1);
    const QTemporaryDir other;
    const QString database = other.filePath(QStringLiteral("library.db"));
    const QString aside = database + QStringLiteral(".damaged-20261126-120000000");
    QVERIFY(QFile::copy(file(), aside) && QFile::copy(file() + QStringLiteral("-wal"), aside + QStringLiteral("-wal")));
    QCOMPARE(::link(QFile::encodeName(aside).constData(), QFile::encodeName(database).constData()), 0);
    Store store(other.path());
    QCOMPARE(wait(store.ids({}))->size(), 1);
    QVERIFY(store.keptAside().isEmpty());
    QVERIFY(wait(store.salvage()));
    QCOMPARE(wait(store.ids({}))->size(), 1);
}

/// After a power cut, frames of an older transaction may lie behind the newest one.
void TestSalvage::brokenLog_countsUpToTheBreak()
{
    put(1);
    const QString log = file() + QStringLiteral("-wal");
    const qint64 whole = QFileInfo(log).size();
    put(2);
    put(3);
    const QTemporaryDir other;
    const QString copy = other.filePath(QStringLiteral("library.db"));
    QVERIFY(QFile::copy(file(), copy) && QFile::copy(log, copy + QStringLiteral("-wal")));
    // A bit of the first frame after the first picture: its checksum fails, and everything behind it builds on that.
    QVERIFY(overwrite(copy + QStringLiteral("-wal"), whole + 24 + 100, QByteArray(1, '\xa5')));
    const auto pages = SqlitePages::open(copy);
    VERIFY_RESULT(pages);
    qsizetype assets = 0;
    for (quint32 page = 1; page <= (*pages)->pageCount(); ++page) {
        for (const SqlitePages::Row &row : (*pages)->rows(page))
            assets += row.values.size() > 28 && row.values.at(1).toString().size() == 64;
    }
    QCOMPARE(assets, 1);
}

void TestSalvage::brokenListOfFreePages_takesNothingAway()
{
    useFilled();
    int root = 0;
    for (const Root &one : rootsOf(m_folder->path()))
        root = one.name == QLatin1String("assets") ? one.page : root;
    QByteArray trunk(4, '\0');
    qToBigEndian(quint32(root), trunk.data());
    QVERIFY(overwrite(file(), 32, trunk));
    m_store = std::make_unique<Store>(m_folder->path());
    const auto salvaged = wait(m_store->salvage());
    VERIFY_RESULT(salvaged);
    QCOMPARE(salvaged->pictures, pictures);
}

void TestSalvage::stopped_changesNothing()
{
    useFilled();
    m_store = std::make_unique<Store>(m_folder->path());
    const auto before = ids();
    const auto stopped = wait(m_store->salvage([](qint64 done, qint64) { return done < 50; }));
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(ids(), before);
    QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("salvage"))));
    QCOMPARE(QDir(m_folder->path()).entryList({QStringLiteral("library.db.*")}), QStringList());
    QVERIFY(put(1) > 0);
}

/// Every row that comes out of a file with damage all over it is one that was in it, or none.
void TestSalvage::brokenFiles_areSurvived()
{
    QFile whole(m_filled.filePath(QStringLiteral("library.db")));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    QRandomGenerator random(7);
    qint64 rows = 0;
    for (int round = 0; round < 60; ++round) {
        QByteArray broken = bytes;
        for (int i = 0; i < 1 << (round % 14); ++i)
            broken[random.bounded(broken.size())] = char(random.bounded(256));
        if (round % 5 == 0)
            broken.truncate(random.bounded(broken.size()));
        const QString name = m_folder->filePath(QStringLiteral("broken.db"));
        QFile::remove(name);
        QVERIFY(overwrite(name, 0, broken));
        const auto pages = SqlitePages::open(name);
        for (quint32 page = 1; pages && page <= (*pages)->pageCount(); ++page)
            rows += (*pages)->rows(page).size() + (*pages)->children(page).size();
        if (pages)
            (*pages)->freePages();
    }
    QVERIFY(rows > 0);
    for (int round = 0; round < 4; ++round) {
        const QTemporaryDir folder;
        QByteArray broken = bytes;
        for (int i = 0; i < 200 << round; ++i)
            broken[random.bounded(broken.size())] = char(random.bounded(256));
        QVERIFY(overwrite(folder.filePath(QStringLiteral("library.db")), 0, broken));
        Store store(folder.path());
        const auto salvaged = wait(store.salvage());
        VERIFY_RESULT(salvaged);
        QCOMPARE(wait(store.ids({}))->size(), salvaged->pictures);
    }
}

/// A service that is asked costs money, and what it sends would be lost.
void TestSalvage::nothingIsSent_whileNothingCanBeStored()
{
    useFilled();
    for (const char *name : {"assets", "assets_created", "asset_text_data"}) {
        useFilled();
        int root = 0;
        for (const Root &one : rootsOf(m_folder->path()))
            root = one.name == QLatin1String(name) ? one.page : root;
        QVERIFY(overwrite(file(), qint64(root - 1) * pageSize, QByteArray(pageSize, '\0')));
        m_store = std::make_unique<Store>(m_folder->path());
        const auto job = wait(m_store->addJob(newJob(), {}, {}));
        VERIFY_RESULT(job);
        const auto begun = wait(m_store->beginSending(*job, {}));
        QVERIFY2(!begun, name);
        QVERIFY2(begun.error().message.contains(QLatin1String("galley library repair")), qPrintable(begun.error().message));
        QCOMPARE(wait(m_store->job(job->id))->state, JobState::Queued);
        VERIFY_RESULT(wait(m_store->salvage()));
        VERIFY_RESULT(wait(m_store->beginSending(*job, {})));
    }
}

QTEST_GUILESS_MAIN(TestSalvage)

#include "tst_salvage.moc"
