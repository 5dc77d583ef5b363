#include "core/service/library.h"
#include "core/service/librarysheet.h"
#include "core/service/projectfile.h"
#include "tests/core/service/librarydesk.h"
#include "tests/support/verifyresult.h"

#include <QBuffer>
#include <QColorSpace>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace Galley;

/// The library as windows ask for it, over a real store: pictures and thumbnails, what others change, damage and its repair.
class TestLibrary : public QObject, protected LibraryDesk
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

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
    void repair_readsADamagedLibraryBack();
    void repair_saysWhatNobodyKnows();
    void stoppedRepair_saysSo();
};

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
    QCOMPARE(isReadOnlyFile(file), isMended);
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

/// The page from which all pictures are reached is gone: the file opens, and no question that it is asked has an answer.
void TestLibrary::repair_readsADamagedLibraryBack()
{
    QList<qint64> pictures;
    for (int number = 1; number <= 60; ++number)
        pictures.append(putWithJob(number));
    VERIFY_RESULT(wait(m_store->edit({pictures.first()}, {.rating = 5, .addTags = {QStringLiteral("kept")}})));
    m_store.reset();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("behind"));
        database.setDatabaseName(path("data/library.db"));
        QVERIFY(database.open());
        QSqlQuery root(QStringLiteral("SELECT rootpage FROM sqlite_schema WHERE name = 'assets'"), database);
        QVERIFY(root.next());
        QFile file(path("data/library.db"));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek((root.value(0).toLongLong() - 1) * 4096));
        QCOMPARE(file.write(QByteArray(4096, '\0')), 4096);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("behind"));
    m_store = std::make_unique<Store>(path("data"));
    const auto found = verify();
    VERIFY_RESULT(found);
    QVERIFY(!found->isWhole());
    QVERIFY(std::all_of(found->items.cbegin(), found->items.cend(), [](const auto &item) { return item.kind == QLatin1String("database"); }));
    const auto report = repair();
    VERIFY_RESULT(report);
    QCOMPARE(report->pictures, 60);
    QCOMPARE(report->items.size(), 1);
    QVERIFY(report->items.first().mended);
    QVERIFY2(report->items.first().message.contains(QLatin1String(".salvaged-")), qPrintable(report->items.first().message));
    QCOMPARE(wait(m_store->ids({}))->size(), 60);
    QCOMPARE(card(pictures.first()).judgement.tags, QStringList{QStringLiteral("kept")});
    QVERIFY(verify()->isWhole());
    QVERIFY(repair()->isWhole());
}

/// Nothing can be read of it: the pictures' files are all there is.
void TestLibrary::repair_saysWhatNobodyKnows()
{
    putWithJob(1);
    m_store.reset();
    QFile file(path("data/library.db"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(8192, 'x')) == 8192);
    file.close();
    m_store = std::make_unique<Store>(path("data"));
    const auto report = repair();
    VERIFY_RESULT(report);
    QCOMPARE(wait(m_store->ids({.bin = true}))->size(), 1);
    QVERIFY2(report->sentence.contains(QLatin1String("nobody knows")), qPrintable(report->sentence));
    QVERIFY(repair()->isWhole());
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

QTEST_MAIN(TestLibrary)
#include "tst_library.moc"
