#include "core/store/store.h"
#include "tests/core/store/samplejob.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

constexpr int usualKills = 25;
constexpr int killsInALibrary = 40;   ///< then a new one begins: reading all files again takes longer each time
constexpr int mostKillDelayMs = 120;

int killsWanted()
{
    bool ok = false;
    const int wanted = qEnvironmentVariableIntValue("GALLEY_KILLS", &ok);
    return ok && wanted > 0 ? wanted : usualKills;
}

/// What a process could be relied on for when it was killed.
struct Promises
{
    QMap<qint64, QString> stored;       ///< digests
    QMap<qint64, QSet<int>> ratings;    ///< that a picture may have; 0: none
    QSet<qint64> dropping;              ///< may be gone

    void take(const QByteArray &line)
    {
        const QStringList words = QString::fromUtf8(line).split(QLatin1Char(' '));
        const qint64 id = words.value(1).toLongLong();
        if (words.first() == QLatin1String("stored")) {
            stored.insert(id, words.value(2));
            ratings[id] = {0};
        } else if (words.first() == QLatin1String("rating")) {
            ratings[id].insert(words.value(2).toInt());
        } else if (words.first() == QLatin1String("rated")) {
            ratings[id] = {words.value(2).toInt()};
        } else if (words.first() == QLatin1String("dropping")) {
            dropping.insert(id);
        }
    }
};

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
    QString problem(const QString &folder, const Promises &promises);

    QRandomGenerator m_random{quint32(qEnvironmentVariableIntValue("GALLEY_SEED"))};
    qint64 m_read = 0;
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

QString TestStoreCrash::problem(const QString &folder, const Promises &promises)
{
    Store store(folder);
    const auto opened = wait(store.open());
    if (!opened || !opened->notice.isEmpty())
        return opened ? opened->notice : opened.error().message;
    const auto findings = wait(store.verify(0));
    if (!findings)
        return findings.error().message;
    for (const StoreFinding &finding : *findings) {
        if (finding.kind != StoreFinding::Kind::Orphan)
            return finding.message;
    }
    const auto cards = wait(store.cards(promises.stored.keys()));
    if (!cards)
        return cards.error().message;
    QMap<qint64, LibraryCard> there;
    for (const LibraryCard &card : *cards)
        there.insert(card.id, card);
    for (auto stored = promises.stored.cbegin(); stored != promises.stored.cend(); ++stored) {
        const qint64 id = stored.key();
        if (promises.dropping.contains(id))
            continue;
        if (!there.contains(id) || there[id].digest != *stored)
            return QStringLiteral("picture %1 is lost").arg(id);
        if (!promises.ratings[id].contains(there[id].judgement.rating.value_or(0)))
            return QStringLiteral("picture %1 has lost its rating").arg(id);
        ++m_read;
    }
    return {};
}

void TestStoreCrash::killedAtRandomMoments_nothingIsLost()
{
    const int kills = killsWanted();
    std::unique_ptr<QTemporaryDir> folder;
    Promises promises;
    for (int kill = 0; kill < kills; ++kill) {
        if (kill % killsInALibrary == 0) {
            folder = std::make_unique<QTemporaryDir>();
            promises = {};
        }
        const QByteArray said = run(folder->path());
        for (const QByteArray &line : said.split('\n')) {
            if (!line.isEmpty())
                promises.take(line);
        }
        const QString wrong = problem(folder->path(), promises);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("kill %1: %2").arg(kill).arg(wrong)));
    }
    QVERIFY(m_read > 0);
    qInfo("%d kills, %lld acknowledged pictures looked for, none lost", kills, qlonglong(m_read));
}

QTEST_GUILESS_MAIN(TestStoreCrash)
#include "tst_storecrash.moc"
