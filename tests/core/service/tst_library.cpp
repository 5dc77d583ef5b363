#include "core/service/library.h"
#include "core/service/librarysheet.h"
#include "core/service/projectfile.h"
#include "core/store/jobjson.h"
#include "core/template/resolve.h"
#include "core/template/templatefile.h"
#include "tests/core/store/samplejob.h"
#include "tests/support/verifyresult.h"

#include <QBuffer>
#include <QColorSpace>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <quazip/quazip.h>
#include <quazip/quazipfile.h>

using namespace Galley;

/// The library as windows ask for it, over a real store: pictures and thumbnails, what others change, damage, projects as one file.
class TestLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void picture_saysItsProfile();
    void composedPicture_isTheCanvas();
    void alteredPicture_isNeverShown_data();
    void alteredPicture_isNeverShown();
    void swappedFiles_areNeverShown();
    void thumbnail_isMadeOnceAndKept();
    void thumbnails_areMadeByThemselves();
    void unreadablePicture_isNotMarked();
    void otherWindow_isHeardOf();
    void ownChange_isSaidOnce();
    void requestOfAPicture_isItsJobs();
    void newerLibrary_isOnlyLookedAt();

    void contactSheet_looksUpWhatItHas();
    void stoppedContactSheet_leavesNothing();

    void verify_marksAndUnmarks();
    void repair_findsBytesAgain_data();
    void repair_findsBytesAgain();
    void repair_takesOrphansIn();
    void repair_makesIndicesAnew();
    void stoppedRepair_saysSo();

    void project_comesBackElsewhere();
    void projectTwice_changesNothing();
    void projectOfNothing_isASentence();
    void damagedPicture_isLeftOut();
    void unreadablePicture_endsTheExport();
    void importedJobs_areNotOurExperience();
    void images_goAlong();
    void hostileProject_isRefused_data();
    void hostileProject_isRefused();
    void stoppedImport_goesOnLater();

private:
    QString path(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    qint64 putWithJob(int number, const QString &project = QStringLiteral("spring"));
    LibraryCard card(qint64 id) { return wait(m_store->cards({id}))->value(0); }
    AssetRecord record(qint64 id) { return *wait(m_store->asset(id)); }
    Result<LibraryReport> verify() { return verifyLibrary(m_store.get(), {}, 0); }
    Result<LibraryReport> repair(const QStringList &sources = {}) { return repairLibrary(m_store.get(), {}, sources, 0); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
};

namespace {

void damage(const QString &file, const QByteArray &bytes = "x")
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::Append) && out.write(bytes) == bytes.size());
}

/// A file that is there and cannot be read, also not by root: a folder lies in its place.
class Unreadable
{
public:
    explicit Unreadable(const QString &file)
        : m_file(file)
    {
        m_isAway = QFile::rename(file, file + QStringLiteral(".away")) && QDir().mkdir(file);
    }
    ~Unreadable()
    {
        if (m_isAway && QDir().rmdir(m_file))
            QFile::rename(m_file + QStringLiteral(".away"), m_file);
    }
    Unreadable(const Unreadable &) = delete;
    Unreadable &operator=(const Unreadable &) = delete;

private:
    QString m_file;
    bool m_isAway = false;
};

/// What a ZIP holds, to be changed and written again.
QMap<QString, QByteArray> unzipped(const QString &file)
{
    QMap<QString, QByteArray> entries;
    QuaZip zip(file);
    if (!zip.open(QuaZip::mdUnzip))
        return entries;
    for (bool more = zip.goToFirstFile(); more; more = zip.goToNextFile()) {
        QuaZipFile entry(&zip);
        if (entry.open(QIODevice::ReadOnly))
            entries.insert(zip.getCurrentFileName(), entry.readAll());
    }
    return entries;
}

/// One line a thousand times, as pictures of one job that were made one second after the other.
QByteArray thousandOf(const QByteArray &line)
{
    QByteArray lines;
    for (int i = 0; i < 1000; ++i) {
        Json json = Json::parse(line.toStdString());
        json["created"] = QDateTime(QDate(2026, 11, 2), QTime(0, 0), Qt::UTC).addSecs(i).toString(Qt::ISODateWithMs).toStdString();
        lines += dumpJson(json) + '\n';
    }
    return lines;
}

bool zipTo(const QString &file, const QMap<QString, QByteArray> &entries)
{
    QuaZip zip(file);
    bool done = zip.open(QuaZip::mdCreate);
    for (auto entry = entries.cbegin(); done && entry != entries.cend(); ++entry) {
        QuaZipFile out(&zip);
        done = out.open(QIODevice::WriteOnly, QuaZipNewInfo(entry.key())) && out.write(entry.value()) == entry.value().size();
    }
    return done;
}

} // namespace

void TestLibrary::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::make_unique<Store>(path("data"));
}

void TestLibrary::cleanup()
{
    m_store.reset();
    m_folder.reset();
}

/// A picture as the queue leaves it: with the job that made it.
qint64 TestLibrary::putWithJob(int number, const QString &project)
{
    JobRecord job = newJob();
    job.request.source.project = project;
    job.request.row.number = number;
    NewAsset picture = samplePicture(number);
    picture.record.project = project;
    picture.record.createdAt = QDateTime(QDate(2026, 11, 1), QTime(8, 0), Qt::UTC).addSecs(number);
    const auto added = wait(m_store->addJob(job, {}, {project, QDate(2026, 11, 25), 0}));
    if (!added)
        return -1;
    const auto done = wait(m_store->acceptJob(*added, {picture}, Charge::settle(0.05, Charge::Basis::Price)));
    return done ? done->assets.first() : -1;
}

void TestLibrary::picture_saysItsProfile()
{
    Library library(m_store.get(), false);
    QImage wide(4, 4, QImage::Format_RGB32);
    wide.fill(Qt::red);
    wide.setColorSpace(QColorSpace(QColorSpace::DisplayP3));
    NewAsset picture = samplePicture();
    picture.file.clear();
    QBuffer buffer(&picture.file);
    buffer.open(QIODevice::WriteOnly);
    wide.save(&buffer, "PNG");
    const qint64 id = wait(m_store->put(picture))->id;
    const auto shown = wait(library.picture(id));
    VERIFY_RESULT(shown);
    QVERIFY(shown->hasProfile);
    QVERIFY(!shown->profile.isEmpty());
    QCOMPARE(shown->image.format(), QImage::Format_RGBA8888_Premultiplied);
    QImage plain = samplePicture(3).file.isEmpty() ? QImage() : QImage::fromData(samplePicture(3).file);
    plain.setColorSpace({});
    picture.file.clear();
    buffer.seek(0);
    plain.save(&buffer, "PNG");
    const auto assumed = wait(library.picture(wait(m_store->put(picture))->id));
    VERIFY_RESULT(assumed);
    QVERIFY(!assumed->hasProfile);
    QVERIFY(!wait(library.picture(99)));
}

void TestLibrary::composedPicture_isTheCanvas()
{
    const qint64 id = putWithJob(1);
    Library library(m_store.get(), false);
    const auto composed = wait(library.picture(id, LibraryService::View::Composed));
    VERIFY_RESULT(composed);
    QVERIFY(composed->isComposed);
    const Template source = wait(library.request(id))->source;
    QCOMPARE(composed->image.size(), source.canvas.size);
    const qint64 without = wait(m_store->put(samplePicture(2)))->id;
    const auto raw = wait(library.picture(without, LibraryService::View::Composed));
    VERIFY_RESULT(raw);
    QVERIFY(!raw->isComposed);
    QCOMPARE(raw->image.size(), QSize(8, 6));
}

void TestLibrary::alteredPicture_isNeverShown_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"bit", "longer", "shorter", "empty", "missing", "another picture"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestLibrary::alteredPicture_isNeverShown()
{
    QFETCH(QString, what);
    const qint64 id = wait(m_store->put(samplePicture(1)))->id;
    const QString name = m_store->originalFile(record(id));
    QFile file(name);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray bytes = file.readAll();
    file.close();
    if (what == QLatin1String("bit"))
        bytes[bytes.size() / 2] = char(bytes.at(bytes.size() / 2) ^ 4);
    else if (what == QLatin1String("longer"))
        bytes += 'x';
    else if (what == QLatin1String("shorter"))
        bytes.chop(1);
    else if (what == QLatin1String("empty"))
        bytes.clear();
    else if (what == QLatin1String("another picture"))
        bytes = samplePicture(2).file;
    QVERIFY(file.remove());
    if (what != QLatin1String("missing"))
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    Library library(m_store.get(), false);
    QSignalSpy changed(&library, &LibraryService::changed);
    QTRY_VERIFY(wait(m_store->changesSince(-1)));
    const auto shown = wait(library.picture(id));
    QVERIFY(!shown);
    QVERIFY2(shown.error().message.contains(name), qPrintable(shown.error().message));
    QVERIFY(!wait(library.thumbnail(id)));
    QTRY_VERIFY(card(id).isDamaged);
}

void TestLibrary::swappedFiles_areNeverShown()
{
    const qint64 first = wait(m_store->put(samplePicture(1)))->id;
    const qint64 second = wait(m_store->put(samplePicture(2)))->id;
    const QString one = m_store->originalFile(record(first)), two = m_store->originalFile(record(second));
    QVERIFY(QFile::rename(one, path("x")) && QFile::rename(two, one) && QFile::rename(path("x"), two));
    Library library(m_store.get(), false);
    QVERIFY(!wait(library.picture(first)));
    QVERIFY(!wait(library.picture(second)));
}

void TestLibrary::thumbnail_isMadeOnceAndKept()
{
    const qint64 id = wait(m_store->put(samplePicture(1)))->id;
    {
        Library library(m_store.get(), false);
        const auto made = wait(library.thumbnail(id));
        VERIFY_RESULT(made);
        QCOMPARE(made->size(), QSize(8, 6));
        QTRY_VERIFY(wait(m_store->thumbnail(id))->has_value());
        // It is there from now on, whatever becomes of the file.
        QVERIFY(QFile::remove(m_store->originalFile(record(id))));
        VERIFY_RESULT(wait(library.thumbnail(id)));
        auto canceled = library.thumbnail(id);
        canceled.cancel();
        canceled.waitForFinished();
        QVERIFY(!wait(library.thumbnail(99)));
    }
}

void TestLibrary::thumbnails_areMadeByThemselves()
{
    QList<qint64> ids;
    for (int number = 0; number < 40; ++number)
        ids.append(wait(m_store->put(samplePicture(number)))->id);
    QVERIFY(QFile::remove(m_store->originalFile(record(ids.first()))));
    Library library(m_store.get());
    QTRY_VERIFY_WITH_TIMEOUT(wait(m_store->withoutThumbnail(100))->isEmpty(), 60'000);
    QVERIFY(wait(m_store->thumbnail(ids.first()))->value().bytes.isEmpty());
    QVERIFY(!wait(m_store->thumbnail(ids.last()))->value().bytes.isEmpty());
    const qint64 later = wait(m_store->put(samplePicture(77)))->id;
    QTRY_VERIFY_WITH_TIMEOUT(wait(m_store->thumbnail(later))->has_value(), 60'000);
}

/// What cannot be read now may be read later: it is not damaged, and no thumbnail says so for good.
void TestLibrary::unreadablePicture_isNotMarked()
{
    const qint64 id = putWithJob(1);
    {
        Unreadable unreadable(m_store->originalFile(record(id)));
        const auto bytes = wait(m_store->original(id));
        QVERIFY(!bytes);
        QCOMPARE(bytes.error().code, ErrorCode::Io);
        QVERIFY(!makeThumbnailOf(m_store.get(), id));
        Library library(m_store.get(), false);
        const auto picture = wait(library.picture(id));
        QVERIFY(!picture);
        QVERIFY(!card(id).isDamaged);
        QVERIFY(repair());
    }
    const auto thumbnail = makeThumbnailOf(m_store.get(), id);
    QVERIFY(thumbnail && !thumbnail->bytes.isEmpty());
    // Lost, and then found again: the thumbnail that said so goes with the mark.
    const QString file = m_store->originalFile(record(id));
    QVERIFY(QFile::rename(file, path("away.png")));
    const auto lost = makeThumbnailOf(m_store.get(), id);
    QVERIFY(lost && lost->bytes.isEmpty());
    QVERIFY(card(id).isDamaged);
    QVERIFY(QFile::rename(path("away.png"), file));
    VERIFY_RESULT(verify());
    QVERIFY(!card(id).isDamaged);
    QCOMPARE(*wait(m_store->withoutThumbnail(10)), QList<qint64>{id});
}

void TestLibrary::otherWindow_isHeardOf()
{
    const qint64 id = wait(m_store->put(samplePicture(1)))->id;
    Library library(m_store.get(), false);
    QSignalSpy changed(&library, &LibraryService::changed);
    QSignalSpy searches(&library, &LibraryService::savedSearchesChanged);
    QSignalSpy comparisons(&library, &LibraryService::comparisonsChanged);
    QTest::qWait(100);  // it has seen where things stand
    Store other(path("data"));
    const qint64 added = wait(other.put(samplePicture(2)))->id;
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 30'000);
    QCOMPARE(changed.first().first().value<QList<qint64>>(), QList<qint64>{added});
    VERIFY_RESULT(wait(other.edit({id}, {.rating = 3})));
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 30'000);
    QCOMPARE(changed.last().first().value<QList<qint64>>(), QList<qint64>{id});
    VERIFY_RESULT(wait(other.saveSearch({QStringLiteral("a"), {}})));
    QTRY_COMPARE_WITH_TIMEOUT(searches.size(), 1, 30'000);
    VERIFY_RESULT(wait(other.saveComparison({.name = QStringLiteral("b")})));
    QTRY_COMPARE_WITH_TIMEOUT(comparisons.size(), 1, 30'000);
    QCOMPARE(changed.size(), 2);
}

void TestLibrary::ownChange_isSaidOnce()
{
    const qint64 id = wait(m_store->put(samplePicture(1)))->id;
    Library library(m_store.get(), false);
    QTest::qWait(100);
    QSignalSpy changed(&library, &LibraryService::changed);
    const auto change = wait(library.setRating({id}, 4));
    VERIFY_RESULT(change);
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 30'000);
    VERIFY_RESULT(wait(library.putBack(*change)));
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 30'000);
    VERIFY_RESULT(wait(library.setMark({id}, QStringLiteral("withdrawn"))));
    QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 3, 30'000);
    VERIFY_RESULT(wait(library.moveToBin({id})));
    QCOMPARE(*wait(library.emptyBin()), 1);
    QTest::qWait(1000);
    QVERIFY(changed.size() >= 4 && changed.size() <= 5);
}

void TestLibrary::requestOfAPicture_isItsJobs()
{
    const qint64 id = putWithJob(4);
    Library library(m_store.get(), false);
    const auto request = wait(library.request(id));
    VERIFY_RESULT(request);
    QCOMPARE(request->row.number, 4);
    const auto none = wait(library.request(wait(m_store->put(samplePicture(1)))->id));
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::NotFound);
}

void TestLibrary::newerLibrary_isOnlyLookedAt()
{
    const qint64 id = wait(m_store->put(samplePicture(1)))->id;
    m_store.reset();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("newer"));
        database.setDatabaseName(path("data/library.db"));
        QVERIFY(database.open());
        QSqlQuery(database).exec(QStringLiteral("PRAGMA user_version = 1000"));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("newer"));
    m_store = std::make_unique<Store>(path("data"));
    Library library(m_store.get());
    QTRY_VERIFY(library.readOnlySentence().contains(QLatin1String("newer Galley")));
    VERIFY_RESULT(wait(library.picture(id)));
    VERIFY_RESULT(wait(library.thumbnail(id)));
    QCOMPARE(wait(library.ids({}))->size(), 1);
    QVERIFY(!wait(library.setRating({id}, 3)));
    QVERIFY(!wait(library.repair()));
    VERIFY_RESULT(wait(library.verify()));
}

/// Pictures of the library by their ids, a draft as it comes, and what cannot be read in words.
void TestLibrary::contactSheet_looksUpWhatItHas()
{
    Library library(m_store.get(), false);
    QList<ContactPicture> pictures(3);
    pictures[0].record.id = putWithJob(1);
    pictures[1].record.id = putWithJob(2);
    pictures[2].record.routedModel = QStringLiteral("galley-draft");
    pictures[2].image = QImage(40, 50, QImage::Format_RGB32);
    QVERIFY(wait(library.setNote({pictures[0].record.id}, QStringLiteral("the note of the first"))));
    const auto table = wait(library.writeContactSheet(pictures, path("sheet.csv"), {}));
    QVERIFY(table && table->isWhole() && table->pictures == 3);
    QFile csv(path("sheet.csv"));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QByteArray text = csv.readAll();
    QCOMPARE(text.count("\r\n"), 4);
    QVERIFY(text.contains("the note of the first") && text.contains("galley-draft") && text.contains(record(pictures[1].record.id).digest.toUtf8()));
    damage(m_store->originalFile(record(pictures[1].record.id)));
    const auto sheet = wait(library.writeContactSheet(pictures, path("sheet.pdf"), {}));
    QVERIFY2(sheet, sheet ? "" : qPrintable(sheet.error().message));
    QCOMPARE(sheet->items.size(), 1);
    QCOMPARE(sheet->items.first().picture, pictures[1].record.id);
    QVERIFY(sheet->sentence.contains(QLatin1String("sheet.pdf")));
    QVERIFY(QFile::exists(path("sheet.pdf")));
    pictures[1].record.id = 4711;
    QVERIFY(!wait(library.writeContactSheet(pictures, path("other.pdf"), {})));
    QVERIFY(!QFile::exists(path("other.pdf")));
}

void TestLibrary::stoppedContactSheet_leavesNothing()
{
    QList<ContactPicture> pictures(2);
    pictures[0].record.id = putWithJob(1);
    pictures[1].record.id = putWithJob(2);
    const auto stopped = writeLibrarySheet(m_store.get(), pictures, path("sheet.pdf"), {}, [](qint64 done, qint64 total, const QString &) {
        return done < 1 && total == 2;
    });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QVERIFY(!QFile::exists(path("sheet.pdf")));
}

void TestLibrary::verify_marksAndUnmarks()
{
    const qint64 good = wait(m_store->put(samplePicture(1)))->id;
    const qint64 bad = wait(m_store->put(samplePicture(2)))->id;
    const qint64 binned = wait(m_store->put(samplePicture(3)))->id;
    VERIFY_RESULT(wait(m_store->edit({binned}, {.deleted = true})));
    auto report = verify();
    VERIFY_RESULT(report);
    QVERIFY(report->isWhole());
    QCOMPARE(report->pictures, 3);
    for (const qint64 id : {bad, binned})
        damage(m_store->originalFile(record(id)));
    report = verify();
    VERIFY_RESULT(report);
    QCOMPARE(report->items.size(), 2);
    QCOMPARE(report->items.first().kind, QStringLiteral("altered"));
    QCOMPARE(report->changed.size(), 2);
    QVERIFY(card(bad).isDamaged && card(binned).isDamaged && !card(good).isDamaged);
    // Somebody has put the right file there again.
    VERIFY_RESULT(wait(m_store->put(samplePicture(2))));
    report = verify();
    QCOMPARE(report->items.size(), 1);
    QVERIFY(!card(bad).isDamaged && card(binned).isDamaged);
}

void TestLibrary::repair_findsBytesAgain_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<bool>("isAltered");
    for (const char *where : {"project", "folder", "nowhere"}) {
        QTest::addRow("missing, %s", where) << QString::fromLatin1(where) << false;
        QTest::addRow("altered, %s", where) << QString::fromLatin1(where) << true;
    }
}

void TestLibrary::repair_findsBytesAgain()
{
    QFETCH(QString, where);
    QFETCH(bool, isAltered);
    const qint64 id = putWithJob(1);
    const QString file = m_store->originalFile(record(id));
    QStringList sources;
    if (where == QLatin1String("project")) {
        VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("backup.zip"), {}));
        sources = {path("backup.zip")};
    } else if (where == QLatin1String("folder")) {
        QVERIFY(QDir().mkpath(path("backup/deep")));
        QVERIFY(QFile::copy(file, path("backup/deep/") + QFileInfo(file).fileName()));
        sources = {path("backup"), path("not there")};
    }
    if (isAltered)
        damage(file);
    else
        QVERIFY(QFile::remove(file));
    const auto report = repair(sources);
    VERIFY_RESULT(report);
    QCOMPARE(report->items.size(), 1);
    const bool isMended = where != QLatin1String("nowhere");
    QCOMPARE(report->items.first().mended, isMended);
    QCOMPARE(card(id).isDamaged, !isMended);
    QCOMPARE(bool(wait(m_store->original(id))), isMended);
    // What lay there is kept.
    QCOMPARE(QDir(path("data/damaged")).entryList(QDir::Files).size(), isAltered && isMended ? 1 : 0);
    QCOMPARE(wait(m_store->thumbnail(id))->value().bytes.isEmpty(), !isMended);
}

void TestLibrary::repair_takesOrphansIn()
{
    const NewAsset stray = samplePicture(9);
    QVERIFY(QDir().mkpath(path("data/originals/ab")));
    for (const auto &[name, bytes] : {std::pair("data/originals/ab/stray.png", stray.file), std::pair("data/originals/ab/text.png", QByteArray("no picture")),
                                      std::pair("data/originals/ab/abc.png.part-123456", stray.file)}) {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    const auto report = repair();
    VERIFY_RESULT(report);
    QCOMPARE(report->items.size(), 3);
    QVERIFY(std::all_of(report->items.cbegin(), report->items.cend(), [](const auto &item) { return item.mended && item.kind == QLatin1String("orphan"); }));
    const auto binned = wait(m_store->ids({.bin = true}));
    QCOMPARE(binned->size(), 1);
    QCOMPARE(*wait(m_store->original(binned->first())), stray.file);
    QCOMPARE(QDir(path("data/damaged")).entryList(QDir::Files).size(), 2);
    QVERIFY(repair()->isWhole());
    QVERIFY(verify()->isWhole());
}

void TestLibrary::repair_makesIndicesAnew()
{
    const qint64 id = putWithJob(1);
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("behind"));
        database.setDatabaseName(path("data/library.db"));
        QVERIFY(database.open());
        QSqlQuery query(database);
        QVERIFY(query.exec(QStringLiteral("INSERT INTO asset_text (asset_text) VALUES ('delete-all')")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("behind"));
    QVERIFY(wait(m_store->ids({.text = QStringLiteral("poster")}))->isEmpty());
    VERIFY_RESULT(repair());
    QCOMPARE(*wait(m_store->ids({.text = QStringLiteral("poster")})), QList<qint64>{id});
}

void TestLibrary::stoppedRepair_saysSo()
{
    putWithJob(1);
    const auto stopped = repairLibrary(m_store.get(), [](qint64, qint64, const QString &) { return false; });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
}

void TestLibrary::project_comesBackElsewhere()
{
    const QList<qint64> ids{putWithJob(1), putWithJob(2), putWithJob(3)};
    const qint64 other = putWithJob(4, QStringLiteral("autumn"));
    VERIFY_RESULT(wait(m_store->edit({ids.first()}, {.rating = 5, .pick = PickState::Picked, .note = QStringLiteral("yes"), .addTags = {QStringLiteral("cover")}})));
    VERIFY_RESULT(wait(m_store->setScores(ids.first(), {{.name = QStringLiteral("text"), .value = 0.5, .detail = {{"cer", 0.5}}}})));
    VERIFY_RESULT(wait(m_store->saveComparison({.name = QStringLiteral("Covers"), .pictures = {ids.at(2), ids.at(0)}, .view = {{"mode", "wipe"}}})));
    VERIFY_RESULT(wait(m_store->saveComparison({.name = QStringLiteral("With autumn"), .pictures = {other, ids.at(0)}})));
    const auto written = writeProjectFile(m_store.get(), QStringLiteral("spring"), path("spring.zip"), {});
    VERIFY_RESULT(written);
    QCOMPARE(written->pictures, 3);
    for (const auto &[name, bytes] : unzipped(path("spring.zip")).asKeyValueRange()) {
        QVERIFY2(!bytes.contains(m_folder->path().toUtf8()), qPrintable(name));
        QVERIFY2(!bytes.contains("/data/rows") && !bytes.contains("/data/templates"), qPrintable(name));
    }

    Store elsewhere(path("elsewhere"));
    const auto report = readProjectFile(&elsewhere, path("spring.zip"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report->pictures, 3);
    LibraryQuery oldestFirst;
    oldestFirst.ascending = true;
    const auto found = wait(elsewhere.ids(oldestFirst));
    QCOMPARE(found->size(), 3);
    for (qsizetype i = 0; i < 3; ++i) {
        AssetRecord before = record(ids.at(i));
        AssetRecord after = *wait(elsewhere.asset(found->at(i)));
        QCOMPARE(*wait(elsewhere.original(after.id)), *wait(m_store->original(before.id)));
        const auto job = wait(elsewhere.job(after.job));
        VERIFY_RESULT(job);
        QCOMPARE(job->state, JobState::Done);
        QCOMPARE(job->assets, QList<qint64>{after.id});
        QVERIFY(job->request.source == wait(m_store->job(before.job))->request.source);
        QVERIFY(job->request.row.values == wait(m_store->job(before.job))->request.row.values);
        before.id = after.id, before.job = after.job;
        QVERIFY(before == after);
    }
    const LibraryCard first = wait(elsewhere.cards({found->first()}))->first();
    QCOMPARE(first.judgement, card(ids.first()).judgement);
    QCOMPARE(wait(elsewhere.scores(found->first()))->value(0).detail["cer"].get<double>(), 0.5);
    const auto sets = wait(elsewhere.comparisons());
    QCOMPARE(sets->size(), 1);
    QCOMPARE(sets->first().pictures, (QList<qint64>{found->at(2), found->at(0)}));
    QCOMPARE(QString::fromStdString(sets->first().view["mode"].get<std::string>()), QStringLiteral("wipe"));
    QVERIFY(wait(elsewhere.adoptJobs())->isEmpty());
    QVERIFY(wait(elsewhere.verify(0))->isEmpty());
}

void TestLibrary::projectTwice_changesNothing()
{
    putWithJob(1);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("all.zip"), {}));
    const auto report = readProjectFile(m_store.get(), path("all.zip"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report->pictures, 0);
    QCOMPARE(wait(m_store->ids({}))->size(), 1);
    Store elsewhere(path("elsewhere"));
    for (int round = 0; round < 2; ++round)
        VERIFY_RESULT(readProjectFile(&elsewhere, path("all.zip"), {}));
    QCOMPARE(wait(elsewhere.ids({}))->size(), 1);
}

void TestLibrary::projectOfNothing_isASentence()
{
    putWithJob(1);
    const auto none = writeProjectFile(m_store.get(), QStringLiteral("winter"), path("winter.zip"), {});
    QVERIFY(!none);
    QVERIFY(none.error().message.contains(QLatin1String("winter")));
    QVERIFY(!QFile::exists(path("winter.zip")));
    const auto unwritable = writeProjectFile(m_store.get(), {}, path("no folder/x.zip"), {});
    QVERIFY(!unwritable);
    QVERIFY(unwritable.error().message.contains(QLatin1String("no folder/x.zip")));
    // Stopped: what was there before stays.
    damage(path("kept.zip"), "before");
    QVERIFY(!writeProjectFile(m_store.get(), {}, path("kept.zip"), [](qint64, qint64, const QString &) { return false; }));
    QCOMPARE(QFileInfo(path("kept.zip")).size(), 6);
}

void TestLibrary::damagedPicture_isLeftOut()
{
    const qint64 bad = putWithJob(1);
    putWithJob(2);
    damage(m_store->originalFile(record(bad)));
    const auto report = writeProjectFile(m_store.get(), {}, path("all.zip"), {});
    VERIFY_RESULT(report);
    QCOMPARE(report->pictures, 1);
    QCOMPARE(report->items.size(), 1);
    QCOMPARE(report->items.first().picture, bad);
}

/// A disk that fails now is no damage: a file without that picture would be taken for the whole project.
void TestLibrary::unreadablePicture_endsTheExport()
{
    const QString file = m_store->originalFile(record(putWithJob(1)));
    putWithJob(2);
    Unreadable unreadable(file);
    const auto report = writeProjectFile(m_store.get(), {}, path("all.zip"), {});
    QVERIFY(!report);
    QVERIFY2(report.error().message.contains(file), qPrintable(report.error().message));
    QVERIFY(!QFile::exists(path("all.zip")));
}

/// What a template and its row name by path lies elsewhere too, and no path of this machine is in the file.
void TestLibrary::images_goAlong()
{
    QVERIFY(QDir().mkpath(path("secret-folder")));
    const QByteArray logo = samplePicture(7).file, photo = samplePicture(8).file;
    damage(path("secret-folder/logo.png"), logo);
    damage(path("secret-folder/photo.png"), photo);
    JobRecord job = newJob();
    const auto added = parseTemplate(QStringLiteral(R"({"galley": 1, "id": "i", "name": "Images", "tokens": [
        {"id": "logo", "role": "logo", "box": [0, 0, 1, 1], "image": "logo.png"}, {"id": "hero", "role": "subject", "box": [0, 0, 1, 1], "image": "{photo}"},
        {"id": "gone", "role": "logo", "box": [0, 0, 1, 1], "image": "gone.png"}],
        "slots": {"photo": {"type": "image"}}})").toUtf8(), QStringLiteral("images.galley"));
    VERIFY_RESULT(added);
    job.request.source = added->value;
    job.request.folder = path("secret-folder");
    job.request.row = {1, {{QStringLiteral("photo"), path("secret-folder/photo.png")}}, {}};
    const auto id = wait(m_store->addJob(job, {}, {QString(), QDate(2026, 11, 25), 0}));
    VERIFY_RESULT(id);
    VERIFY_RESULT(wait(m_store->acceptJob(*id, {samplePicture(1)}, Charge::settle(0.05, Charge::Basis::Price))));
    const auto written = writeProjectFile(m_store.get(), {}, path("all.zip"), {});
    VERIFY_RESULT(written);
    QCOMPARE(written->items.size(), 1);
    QVERIFY2(written->items.first().message.contains(QLatin1String("gone.png")), qPrintable(written->items.first().message));
    for (const auto &[name, bytes] : unzipped(path("all.zip")).asKeyValueRange())
        QVERIFY2(!bytes.contains("secret-folder"), qPrintable(name));

    QVERIFY(QDir(path("secret-folder")).removeRecursively());
    Store elsewhere(path("elsewhere"));
    VERIFY_RESULT(readProjectFile(&elsewhere, path("all.zip"), {}));
    const auto there = wait(elsewhere.job(1));
    VERIFY_RESULT(there);
    const auto variant = resolve(there->request.source, there->request.row, there->request.folder);
    VERIFY_RESULT(variant);
    for (const auto &[token, bytes] : {std::pair("logo", logo), std::pair("hero", photo)}) {
        const QString file = variant->findToken(QString::fromLatin1(token))->imagePath;
        QVERIFY2(file.startsWith(path("elsewhere/images/")), qPrintable(file));
        QFile image(file);
        QVERIFY(image.open(QIODevice::ReadOnly));
        QCOMPARE(image.readAll(), bytes);
    }
    QVERIFY(wait(elsewhere.verify(0))->isEmpty());
}

/// What was decided elsewhere is withdrawn, tried again and judged elsewhere.
void TestLibrary::importedJobs_areNotOurExperience()
{
    JobRecord job = newJob();
    job.decision.rule = QStringLiteral("posters");
    job.decision.policy = QStringLiteral("digest-of-posters");
    job.decision.isCanary = true;
    const auto added = wait(m_store->addJob(job, {}, {QStringLiteral("spring"), QDate(2026, 11, 25), 0}));
    VERIFY_RESULT(added);
    VERIFY_RESULT(wait(m_store->acceptJob(*added, {samplePicture(1)}, Charge::settle(0.05, Charge::Basis::Price))));
    QCOMPARE(wait(m_store->lastJobs(10))->size(), 1);
    const QString model = record(1).routedModel;
    QCOMPARE(wait(m_store->picturesOf(model, QStringLiteral("posters"), 0))->size(), 1);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("all.zip"), {}));

    Store elsewhere(path("elsewhere"));
    VERIFY_RESULT(readProjectFile(&elsewhere, path("all.zip"), {}));
    QCOMPARE(wait(elsewhere.asset(1))->rule, QStringLiteral("posters"));
    QVERIFY(wait(elsewhere.job(1)));
    QVERIFY(wait(elsewhere.lastJobs(10))->isEmpty());
    QVERIFY(wait(elsewhere.lastJobs(10, QStringLiteral("digest-of-posters")))->isEmpty());
    QVERIFY(wait(elsewhere.picturesOf(model, QStringLiteral("posters"), 0))->isEmpty());
    QVERIFY(wait(elsewhere.attemptsOf(QStringLiteral("posters"), 0))->isEmpty());
    QVERIFY(wait(elsewhere.spentByRule(QDate(2026, 11, 25)))->isEmpty());
}

void TestLibrary::hostileProject_isRefused_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"no zip", "cut off", "no project.json", "newer", "path up", "absolute path", "backslashes", "program", "folder", "other bytes",
                             "text as picture", "picture missing", "bomb", "bomb of words", "thousand of one", "digest is a path", "line is no JSON", "deep JSON", "job missing", "reference missing", "image missing",
                             "image is a path", "image is text"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestLibrary::hostileProject_isRefused()
{
    QFETCH(QString, what);
    putWithJob(1);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("good.zip"), {}));
    QMap<QString, QByteArray> entries = unzipped(path("good.zip"));
    QVERIFY(entries.contains(QStringLiteral("pictures.jsonl")));
    QString original;
    for (const QString &name : entries.keys()) {
        if (name.startsWith(QLatin1String("originals/")))
            original = name;
    }
    const QString digest = QFileInfo(original).baseName();
    QByteArray &lines = entries[QStringLiteral("pictures.jsonl")];
    if (what == QLatin1String("no project.json"))
        entries.remove(QStringLiteral("project.json"));
    else if (what == QLatin1String("newer"))
        entries[QStringLiteral("project.json")] = R"({"galley_project": 2})";
    else if (what == QLatin1String("path up"))
        entries[QStringLiteral("../../evil.png")] = "x";
    else if (what == QLatin1String("absolute path"))
        entries[QStringLiteral("/tmp/evil.png")] = "x";
    else if (what == QLatin1String("backslashes"))
        entries[QStringLiteral("originals\\..\\evil.png")] = "x";
    else if (what == QLatin1String("program"))
        entries[QStringLiteral("run.sh")] = "x";
    else if (what == QLatin1String("folder"))
        entries[QStringLiteral("originals/")] = "";
    else if (what == QLatin1String("other bytes"))
        entries[original] = samplePicture(5).file;
    else if (what == QLatin1String("text as picture"))
        lines.replace("image/png", "image/gif");
    else if (what == QLatin1String("picture missing"))
        entries.remove(original);
    else if (what == QLatin1String("bomb"))
        entries[QStringLiteral("originals/ab/%1.png").arg(QString(64, QLatin1Char('a')))] = QByteArray(30 << 20, '\0');
    else if (what == QLatin1String("bomb of words"))
        entries[QStringLiteral("jobs.jsonl")].append(QByteArray(30 << 20, '\n'));
    else if (what == QLatin1String("thousand of one"))
        lines = thousandOf(lines);
    else if (what == QLatin1String("digest is a path"))
        lines.replace(digest.toUtf8(), "../../../../etc/passwd");
    else if (what == QLatin1String("line is no JSON"))
        lines.prepend("{]\n");
    else if (what == QLatin1String("deep JSON"))
        lines.prepend(QByteArray(100'000, '[') + '\n');
    else if (what == QLatin1String("job missing"))
        entries[QStringLiteral("jobs.jsonl")] = "";
    else if (what == QLatin1String("reference missing"))
        entries[QStringLiteral("jobs.jsonl")].replace("\"references\":[]", QByteArray("\"references\":[{\"use\":\"start\",\"digest\":\"" + QByteArray(64, 'b') + "\"}]"));
    else if (what.startsWith(QLatin1String("image "))) {
        const QByteArray sha = what == QLatin1String("image is text") ? QByteArray("2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881") : QByteArray(64, 'b');  // of "x"
        const QByteArray name = what == QLatin1String("image is a path") ? QByteArray("images/../../../evil.png") : "images/" + sha + ".png";
        entries[QStringLiteral("jobs.jsonl")].replace("\"images\":[]", QByteArray("\"images\":[{\"token\":\"hero\",\"file\":\"" + name + "\"}]"));
        if (what != QLatin1String("image missing"))
            entries[QString::fromLatin1(name)] = "x";
    }
    QVERIFY(zipTo(path("bad.zip"), entries));
    if (what == QLatin1String("no zip"))
        damage(path("bad2.zip"), "PK but nothing more");
    if (what == QLatin1String("cut off")) {
        QVERIFY(QFile::copy(path("bad.zip"), path("bad2.zip")));
        QVERIFY(QFile(path("bad2.zip")).resize(QFileInfo(path("bad2.zip")).size() - 30));
    }
    const QString bad = QFile::exists(path("bad2.zip")) ? path("bad2.zip") : path("bad.zip");
    Store elsewhere(path("elsewhere"));
    const auto report = readProjectFile(&elsewhere, bad, {});
    QVERIFY(!report);
    QVERIFY2(report.error().message.contains(bad), qPrintable(report.error().message));
    QVERIFY(wait(elsewhere.ids({}))->isEmpty());
    QVERIFY(wait(elsewhere.verify(0))->isEmpty());
    QVERIFY(!QFile::exists(path("evil.png")));
}

void TestLibrary::stoppedImport_goesOnLater()
{
    for (int number = 1; number <= 5; ++number)
        putWithJob(number);
    VERIFY_RESULT(writeProjectFile(m_store.get(), {}, path("all.zip"), {}));
    Store elsewhere(path("elsewhere"));
    const auto stopped = readProjectFile(&elsewhere, path("all.zip"), [](qint64 done, qint64, const QString &) { return done < 3; });
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    const qsizetype before = wait(elsewhere.ids({}))->size();
    QVERIFY(before > 0 && before < 5);
    const auto rest = readProjectFile(&elsewhere, path("all.zip"), {});
    VERIFY_RESULT(rest);
    QCOMPARE(rest->pictures, 5 - int(before));
    QCOMPARE(wait(elsewhere.ids({}))->size(), 5);
}

QTEST_MAIN(TestLibrary)
#include "tst_library.moc"
