#include "tests/faults/figures.h"
#include "tests/faults/storework.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

constexpr int usualKills = 25;
constexpr int killsInALibrary = 40;   ///< then a new one begins: reading all files again takes longer each time
constexpr int mostKillDelayMs = 120;

} // namespace

/// kill -9 at random moments of a process that stores pictures, judges them and empties the bin. After each kill the library is whole, every picture that
/// had been acknowledged is there with its bytes and its last rating. The full run: GALLEY_KILLS=10000 tst_storecrash
class TestStoreCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedAtRandomMoments_nothingIsLost();

private:
    QByteArray run(const QString &folder);

    QRandomGenerator m_random{quint32(qEnvironmentVariableIntValue("GALLEY_SEED"))};
};

/// What one process said until it was killed.
QByteArray TestStoreCrash::run(const QString &folder)
{
    QProcess child;
    child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    child.start(QStringLiteral(GALLEY_STORE_CHILD), {folder, QString::number(m_random.generate())});
    QElapsedTimer clock;
    clock.start();
    // Mostly while it works, sometimes while it opens.
    if (m_random.bounded(8) > 0)
        child.waitForReadyRead(30'000);
    const int delay = m_random.bounded(mostKillDelayMs);
    QTest::qSleep(std::max(delay, 1));
    child.kill();
    child.waitForFinished();
    QByteArray said = child.readAllStandardOutput();
    // A line that was cut off promises nothing.
    said.truncate(said.lastIndexOf('\n') + 1);
    return said;
}

void TestStoreCrash::killedAtRandomMoments_nothingIsLost()
{
    const int kills = numberFrom("GALLEY_KILLS", usualKills);
    std::unique_ptr<QTemporaryDir> folder;
    StorePromises promises;
    qint64 read = 0;
    for (int kill = 0; kill < kills; ++kill) {
        if (kill % killsInALibrary == 0) {
            folder = std::make_unique<QTemporaryDir>();
            read += promises.pictures();
            promises = StorePromises();
        }
        const QByteArray said = run(folder->path());
        for (const QByteArray &line : said.split('\n')) {
            if (!line.isEmpty())
                promises.take(line);
        }
        const QString wrong = promises.problem(folder->path());
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("kill %1: %2").arg(kill).arg(wrong)));
    }
    read += promises.pictures();
    QVERIFY(read > 0);
    qInfo("%d kills, %lld acknowledged pictures looked for, none lost", kills, qlonglong(read));
    QVERIFY(writeFigures("store_kills", {{"kills", kills}, {"pictures_read_back", read}, {"lost", 0}, {"libraries_damaged", 0}}));
}

QTEST_GUILESS_MAIN(TestStoreCrash)
#include "tst_storecrash.moc"
