#include "core/service/projectfile.h"
#include "tests/faults/figures.h"
#include "tests/faults/storework.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

constexpr int usualSteps = 40;
constexpr int openingSteps = 10;
constexpr int patienceMs = 120'000;

} // namespace

/// A disk that becomes full at any step of what a library does: opening, storing, accepting, judging, thumbnails, the bin, exports, repairing. Each time
/// whatever failed says so in a sentence, nothing that was promised is lost, and once there is room it all works without starting anew. The full run, which
/// takes every step: GALLEY_FULL_STEPS=100000 tst_fulldisk
class TestFullDisk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anyStep_isASentence();
    void folderWithoutLocks_isRefused();
    void lockedLibrary_isWaitedFor();

private:
    struct Run
    {
        bool isWhole = false;  ///< the child came to its end
        QList<QByteArray> lines;
    };
    static Run run(const QString &folder, int fullAt, bool locks = true);
    QString problem(const QString &folder, const Run &run);

    int m_failures = 0;
    qint64 m_pictures = 0;
};

TestFullDisk::Run TestFullDisk::run(const QString &folder, int fullAt, bool locks)
{
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(GALLEY_FULL_DISK));
    environment.insert(QStringLiteral("GALLEY_FULL_UNDER"), folder);
    environment.insert(QStringLiteral("GALLEY_FULL_AT"), QString::number(fullAt));
    if (!locks)
        environment.insert(QStringLiteral("GALLEY_NO_LOCKS"), QStringLiteral("1"));
    child.setProcessEnvironment(environment);
    child.start(QStringLiteral(GALLEY_FULL_CHILD), {folder});
    Run result;
    if (!child.waitForFinished(patienceMs)) {
        child.kill();
        child.waitForFinished();
    }
    result.lines = child.readAllStandardOutput().split('\n');
    result.isWhole = child.exitStatus() == QProcess::NormalExit && child.exitCode() == 0 && result.lines.contains("end");
    return result;
}

QString TestFullDisk::problem(const QString &folder, const Run &run)
{
    if (!run.isWhole)
        return QStringLiteral("the process did not come to its end");
    StorePromises promises;
    int exported = -1;
    for (const QByteArray &line : run.lines) {
        if (line.startsWith("stuck "))
            return QString::fromUtf8(line);
        if (line.startsWith("failed ")) {
            ++m_failures;
            // A sentence about the disk, not a number or another reason.
            if (!line.endsWith('.') || !(line.contains("is full") || line.contains("some space") || line.contains("make room")) || line.contains("Unknown error"))
                return QString::fromUtf8(line);
        } else if (line.startsWith("exported ")) {
            exported = line.mid(9).toInt();
        } else if (!line.isEmpty()) {
            promises.take(line);
        }
    }
    if (const QString wrong = promises.problem(folder + QStringLiteral("/data")); !wrong.isEmpty())
        return wrong;
    m_pictures += promises.pictures();
    if (exported < 0)
        return {};
    Store elsewhere(folder + QStringLiteral("/elsewhere"));
    const auto read = readProjectFile(&elsewhere, folder + QStringLiteral("/all.zip"), {});
    if (!read)
        return read.error().message;
    return read->pictures == exported ? QString() : QStringLiteral("%1 of %2 exported pictures came back").arg(read->pictures).arg(exported);
}

void TestFullDisk::anyStep_isASentence()
{
    const QTemporaryDir all;
    const Run whole = run(all.path(), -1);
    QVERIFY(whole.isWhole);
    int steps = 0;
    for (const QByteArray &line : whole.lines) {
        QVERIFY2(!line.startsWith("failed ") && !line.startsWith("stuck "), line.constData());
        steps = line.startsWith("steps ") ? line.mid(6).toInt() : steps;
    }
    QVERIFY2(steps > 100, "the child's writes are not seen");
    const int wanted = std::min(numberFrom("GALLEY_FULL_STEPS", usualSteps), steps);
    for (int i = 0; i < openingSteps + wanted; ++i) {
        // The first ones one by one: there a library is opened, which takes fewer steps than lie between two of the others.
        const int fullAt = i < openingSteps ? i : int(qint64(i - openingSteps) * steps / wanted);
        const QTemporaryDir folder;
        const QString wrong = problem(folder.path(), run(folder.path(), fullAt));
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("full at step %1 of %2: %3").arg(fullAt).arg(steps).arg(wrong)));
    }
    QVERIFY(m_failures > 0 && m_pictures > 0);
    qInfo("full at %d of %d steps: %d failures, each a sentence; %lld acknowledged pictures read back, none lost", wanted, steps, m_failures, qlonglong(m_pictures));
    QVERIFY(writeFigures("full_disk", {{"steps", steps}, {"tried", wanted}, {"failures_said", m_failures}, {"pictures_read_back", m_pictures}, {"lost", 0}}));
}

/// A network drive that takes no locks: two windows would write over each other there.
void TestFullDisk::folderWithoutLocks_isRefused()
{
    const QTemporaryDir folder;
    const Run refused = run(folder.path(), -1, false);
    QVERIFY(refused.isWhole);
    QVERIFY2(refused.lines.first().startsWith("failed open: ") && refused.lines.first().contains("takes no locks"), refused.lines.first().constData());
    QVERIFY(refused.lines.first().contains(folder.path().toUtf8()));
    for (const QByteArray &line : refused.lines)
        QVERIFY2(!line.startsWith("stored"), line.constData());
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("data/library.db"))));
    QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("data/originals"))));
}

/// Another program that holds the library for a moment is waited for; in the full run it holds it for longer than anybody waits, and is named.
void TestFullDisk::lockedLibrary_isWaitedFor()
{
    const bool isFull = numberFrom("GALLEY_FULL_STEPS", usualSteps) > 1000;
    const QTemporaryDir folder;
    Store store(folder.path());
    QVERIFY(wait(store.put(samplePicture(1))));
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        other.setDatabaseName(folder.filePath(QStringLiteral("library.db")));
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(QStringLiteral("BEGIN IMMEDIATE")));
        auto stored = store.put(samplePicture(2));
        QTest::qSleep(500);
        QVERIFY(!stored.isFinished());
        if (isFull) {
            const auto refused = wait(stored);
            QVERIFY(!refused);
            QVERIFY2(refused.error().message.contains(QLatin1String("locked by another program")), qPrintable(refused.error().message));
        }
        QVERIFY(QSqlQuery(other).exec(QStringLiteral("COMMIT")));
        QVERIFY(isFull || wait(stored));
        other.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
    QVERIFY(wait(store.put(samplePicture(3))));
    QCOMPARE(damageOf(store), QString());
}

QTEST_GUILESS_MAIN(TestFullDisk)
#include "tst_fulldisk.moc"
