#include "core/base/durable.h"
#include "tests/core/store/libraryrig.h"
#include "tests/support/verifyresult.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <sys/stat.h>

using namespace Galley;

/// A library that is deleted or replaced while it is open, and looking that ends before its time.
class TestLibraryRescue : public QObject, protected LibraryRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }
    void deletedLibrary_isWrittenAgain();
    void libraryBeingRescued_isWaitedFor();
    void unfinishedRescue_isKept();
    void deletedLibrary_leavesTheOwnersLock();
    void replacedLibrary_isTaken();
    void longLook_canBeStopped();
    void canceledRead_isNotDone();

private:
    void deleteLibrary();
};

/// Behind the store's back.
void TestLibraryRescue::deleteLibrary()
{
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(m_folder->filePath(QStringLiteral("library.db")) + QString::fromLatin1(suffix));
}

void TestLibraryRescue::deletedLibrary_isWrittenAgain()
{
    const qint64 id = put(1);
    wait(m_store->edit({id}, {.rating = 4}));
    deleteLibrary();
    const qint64 second = put(2);
    QCOMPARE(ids(), QList<qint64>({second, id}));
    m_store = std::make_unique<Store>(m_folder->path());
    QCOMPARE(ids(), QList<qint64>({second, id}));
    QCOMPARE(card(id).judgement.rating, std::optional(4));
    QVERIFY(wait(m_store->verify(0))->isEmpty());
}

/// Another process is at it: nobody begins an empty library in its place.
void TestLibraryRescue::libraryBeingRescued_isWaitedFor()
{
    put(1);
    const QString file = m_folder->filePath(QStringLiteral("library.db"));
    const QTemporaryDir elsewhere;
    {
        Store other(elsewhere.path());
        VERIFY_RESULT(wait(other.put(samplePicture(7))));
        VERIFY_RESULT(wait(other.put(samplePicture(8))));
    }
    ProcessLock rescuing(m_folder->filePath(QStringLiteral("owners/rescuing")));
    QVERIFY(rescuing.tryLock());
    deleteLibrary();
    const auto known = m_store->put(samplePicture(9));
    Store newcomer(m_folder->path());
    const auto opened = newcomer.open();
    QTest::qWait(300);
    QVERIFY2(!QFile::exists(file), "an empty library where the rescued one belongs");
    QVERIFY(QFile::copy(elsewhere.filePath(QStringLiteral("library.db")), file));
    rescuing.unlock();
    VERIFY_RESULT(wait(opened));
    const auto third = wait(known);
    VERIFY_RESULT(third);
    QCOMPARE(third->id, 3);
    QCOMPARE(wait(newcomer.ids({}))->size(), 3);
}

void TestLibraryRescue::unfinishedRescue_isKept()
{
    put(1);
    const QString rescue = m_folder->filePath(QStringLiteral("library.db.rescue"));
    for (const char *content : {"first", "second"}) {
        QFile left(rescue);
        QVERIFY(left.open(QIODevice::WriteOnly) && left.write(content) > 0);
        left.close();
        deleteLibrary();
        QVERIFY(put(2) > 0);
    }
    for (const auto &[number, content] : {std::pair(1, "first"), std::pair(2, "second")}) {
        QFile kept(QStringLiteral("%1-%2").arg(rescue).arg(number));
        QVERIFY(kept.open(QIODevice::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray(content));
    }
    QCOMPARE(ids().size(), 3);
}

/// A moment without it, and another window takes this one's jobs for its own.
void TestLibraryRescue::deletedLibrary_leavesTheOwnersLock()
{
    put(1);
    const QDir owners(m_folder->filePath(QStringLiteral("owners")));
    QCOMPARE(owners.entryList(QDir::Files).size(), 1);
    const QString name = owners.filePath(owners.entryList(QDir::Files).first());
    QFile held(name);  // open, so that no other file gets its inode
    QVERIFY(held.open(QIODevice::ReadOnly));
    struct stat before = {}, after = {};
    QCOMPARE(::fstat(held.handle(), &before), 0);
    deleteLibrary();
    put(2);
    QCOMPARE(::stat(QFile::encodeName(name).constData(), &after), 0);
    QCOMPARE(after.st_ino, before.st_ino);
    QVERIFY(QDir(m_folder->path()).removeRecursively());
    put(3);
    QVERIFY2(!ProcessLock(name).tryLock(), "gone with its folder, it is held again");
}

void TestLibraryRescue::replacedLibrary_isTaken()
{
    const QTemporaryDir elsewhere;
    {
        Store other(elsewhere.path());
        VERIFY_RESULT(wait(other.put(samplePicture(7))));
        VERIFY_RESULT(wait(other.put(samplePicture(8))));
    }
    put(1);
    deleteLibrary();
    QVERIFY(QFile::copy(elsewhere.filePath(QStringLiteral("library.db")), m_folder->filePath(QStringLiteral("library.db"))));
    QCOMPARE(ids(), QList<qint64>({2, 1}));
    QCOMPARE(put(3), 3);
    QCOMPARE(ids(), QList<qint64>({2, 1, 3}));
}

void TestLibraryRescue::longLook_canBeStopped()
{
    for (int number = 1; number <= 5; ++number)
        put(number);
    int asked = 0;
    const auto stopped = wait(m_store->verify(0, [&](qint64 done, qint64 total) {
        ++asked;
        return total == 5 && done < 2;
    }));
    QVERIFY(!stopped);
    QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
    QCOMPARE(asked, 3);
}

void TestLibraryRescue::canceledRead_isNotDone()
{
    put(1);
    QList<QFuture<Result<QList<qint64>>>> reads;
    for (int i = 0; i < 50; ++i)
        reads.append(m_store->ids({}));
    for (auto &read : reads)
        read.cancel();
    int answered = 0;
    for (auto &read : reads) {
        read.waitForFinished();
        answered += read.resultCount();
    }
    QVERIFY(answered < 50);
    QCOMPARE(ids().size(), 1);
}

QTEST_GUILESS_MAIN(TestLibraryRescue)
#include "tst_libraryrescue.moc"
