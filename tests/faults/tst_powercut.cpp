#include "tests/faults/diskmodel.h"
#include "tests/faults/figures.h"
#include "tests/faults/storework.h"

#include <QDir>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <map>

using namespace Galley;

namespace {

constexpr int usualCuts = 100;
constexpr qint64 mostJobs = 30;  ///< of powerchild

/// What a process could be relied on for at one moment.
struct Promises
{
    QSet<qint64> queued;
    QMap<qint64, QString> ended;   ///< the state that was told
    QMap<QString, int> sends;      ///< that had reached the service, by the job's name

    void take(const QByteArray &text)
    {
        const QString said = QString::fromUtf8(text);
        const QString rest = said.section(QLatin1Char(' '), 1);
        if (said.startsWith(QLatin1String("queued ")))
            queued.insert(rest.toLongLong());
        else if (said.startsWith(QLatin1String("sending ")))
            ++sends[rest];
        else
            ended[rest.toLongLong()] = said.section(QLatin1Char(' '), 0, 0);
    }
};

} // namespace

/// Power cuts: a queue, and then a library, work on a disk that keeps only what was synced, and perhaps parts of the rest. Whatever they had promised
/// before the cut is there after it: jobs, what was about to be sent, accepted pictures, money. The full run: GALLEY_CUTS=1000 tst_powercut; GALLEY_SEED
/// for another one.
class TestPowerCut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void model_keepsWhatWasSynced();
    void queue_keepsPromises();
    void library_keepsPromises();

private:
    /// What powerchild does to its disk when it is told to do \a what; nothing when it failed.
    QList<DiskEvent> record(const QString &what);
    /// Cuts at random moments. \a take: told what is promised; \a problem: asked of each disk.
    void cut(const QList<DiskEvent> &events, const std::function<void(const QByteArray &)> &take, const std::function<QString(const QString &)> &problem);
    QString problem(const QString &folder, const Promises &promises);

    QTemporaryDir m_folder;
    QByteArray m_root;
    int m_pictures = 0;
    int m_cuts = numberFrom("GALLEY_CUTS", usualCuts);
};

QList<DiskEvent> TestPowerCut::record(const QString &what)
{
    const QString place = m_folder.filePath(what);
    const QString log = m_folder.filePath(what + QStringLiteral(".log"));
    QDir().mkpath(place);
    QProcess child;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LD_PRELOAD"), QStringLiteral(GALLEY_WRITE_LOG));
    environment.insert(QStringLiteral("GALLEY_WRITES_UNDER"), place);
    environment.insert(QStringLiteral("GALLEY_WRITES_LOG"), log);
    environment.insert(QStringLiteral("TMPDIR"), place);
    child.setProcessEnvironment(environment);
    child.setProcessChannelMode(QProcess::ForwardedChannels);
    child.start(QStringLiteral(GALLEY_POWER_CHILD), {what});
    if (!child.waitForFinished(180'000) || child.exitCode() != 0)
        return {};
    QList<DiskEvent> events = readDiskLog(log);
    while (!events.isEmpty() && events.first().what != DiskEvent::What::Promise)
        events.removeFirst();
    if (!events.isEmpty())
        m_root = events.takeFirst().first.mid(7);
    return events;
}

/// The model itself: without this everything below could be kept by accident.
void TestPowerCut::model_keepsWhatWasSynced()
{
    using What = DiskEvent::What;
    DiskModel disk("/d");
    disk.apply({What::Open, 1, 0, "/d/synced", {}});
    disk.apply({What::Write, 1, 0, "kept", {}});
    disk.apply({What::Sync, 1, 0, {}, {}});
    disk.apply({What::Write, 1, 4, " lost", {}});
    disk.apply({What::Open, 2, 0, "/d/unsynced", {}});
    disk.apply({What::Write, 2, 0, "lost", {}});
    disk.apply({What::Open, 3, 0, "/d", {}});
    disk.apply({What::Sync, 3, 0, {}, {}});
    disk.apply({What::Rename, 0, 0, "/d/synced", "/d/renamed"});
    QRandomGenerator random(1);
    const auto files = [&](DiskModel::Luck luck) {
        const QTemporaryDir folder;
        QStringList words;
        if (disk.build(folder.path(), luck, random)) {
            for (const QFileInfo &file : QDir(folder.path()).entryInfoList(QDir::Files, QDir::Name)) {
                QFile in(file.filePath());
                if (in.open(QIODevice::ReadOnly))
                    words.append(file.fileName() + QLatin1Char('=') + QString::fromUtf8(in.readAll()));
            }
        }
        return words;
    };
    const QStringList least{QStringLiteral("synced=kept"), QStringLiteral("unsynced=")};
    const QStringList most{QStringLiteral("renamed=kept lost"), QStringLiteral("unsynced=lost")};
    QCOMPARE(files(DiskModel::Luck::None), least);
    QCOMPARE(files(DiskModel::Luck::All), most);
}

/// Empty when everything that was promised is there.
QString TestPowerCut::problem(const QString &folder, const Promises &promises)
{
    Store store(folder);
    if (const QString damage = damageOf(store); !damage.isEmpty())
        return damage;
    QMap<QString, int> underWay;
    for (qint64 id = 1; id <= mostJobs; ++id) {
        const auto job = wait(store.job(id));
        if (!job && promises.queued.contains(id))
            return QStringLiteral("job %1 is lost: %2").arg(id).arg(job.error().message);
        if (!job)
            continue;
        const bool isToBeSent = job->state == JobState::Queued || job->state == JobState::Backoff || job->state == JobState::Held;
        underWay[job->request.row.values.value(QStringLiteral("name"))] += isToBeSent ? 0 : 1;
        if (const QString state = promises.ended.value(id, jobStateName(job->state)); state != jobStateName(job->state))
            return QStringLiteral("job %1 was %2 and is %3").arg(id).arg(state, jobStateName(job->state));
        if (job->state == JobState::Done && job->assets.size() != 2)
            return QStringLiteral("job %1 is done with %2 pictures").arg(id).arg(job->assets.size());
        for (const qint64 asset : job->assets) {
            ++m_pictures;
            if (const auto bytes = wait(store.original(asset)); !bytes)
                return QStringLiteral("job %1: %2").arg(id).arg(bytes.error().message);
        }
    }
    for (auto sent = promises.sends.cbegin(); sent != promises.sends.cend(); ++sent) {
        if (underWay.value(sent.key()) < sent.value())
            return QStringLiteral("%1 was sent %2 times, but %3 of its jobs would not be sent again").arg(sent.key()).arg(sent.value()).arg(underWay.value(sent.key()));
    }
    return {};
}

void TestPowerCut::cut(const QList<DiskEvent> &events, const std::function<void(const QByteArray &)> &take,
                       const std::function<QString(const QString &)> &problem)
{
    QVERIFY(!events.isEmpty());
    QRandomGenerator random(quint32(qEnvironmentVariableIntValue("GALLEY_SEED")));
    std::multimap<qsizetype, DiskModel::Luck> moments;
    for (int i = 0; i < m_cuts; ++i) {
        const auto luck = i % 4 == 0 ? DiskModel::Luck::None : i % 16 == 1 ? DiskModel::Luck::All : DiskModel::Luck::Some;
        moments.emplace(random.bounded(int(events.size()) + 1), luck);
    }
    DiskModel disk(m_root);
    qsizetype at = 0;
    for (const auto &[moment, luck] : moments) {
        for (; at < moment; ++at) {
            disk.apply(events.at(at));
            if (events.at(at).what == DiskEvent::What::Promise)
                take(events.at(at).first);
        }
        const QTemporaryDir folder;
        QVERIFY(disk.build(folder.filePath(QStringLiteral("data")), luck, random));
        const QString wrong = problem(folder.filePath(QStringLiteral("data")));
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("cut after %1 of %2 writes, luck %3: %4").arg(moment).arg(events.size()).arg(int(luck)).arg(wrong)));
    }
}

void TestPowerCut::queue_keepsPromises()
{
    const QList<DiskEvent> events = record(QStringLiteral("queue"));
    Promises promises;
    cut(events, [&](const QByteArray &said) { promises.take(said); }, [&](const QString &folder) { return problem(folder, promises); });
    QVERIFY(m_pictures > 0);
    qInfo("%d power cuts among %d writes and syncs, %d promised pictures read back, none lost; no job that was sent would be sent again", m_cuts, int(events.size()), m_pictures);
    QVERIFY(writeFigures("queue_power_cuts", {{"cuts", m_cuts}, {"writes_and_syncs", events.size()}, {"pictures_read_back", m_pictures}, {"lost", 0}, {"sent_twice", 0}}));
}

void TestPowerCut::library_keepsPromises()
{
    const QList<DiskEvent> events = record(QStringLiteral("library"));
    StorePromises promises(StorePromises::After::PowerCut);
    cut(events, [&](const QByteArray &said) { promises.take(said); }, [&](const QString &folder) { return promises.problem(folder); });
    QVERIFY(promises.pictures() > 0);
    qInfo("%d power cuts among %d writes and syncs, %lld acknowledged pictures read back, none lost", m_cuts, int(events.size()), qlonglong(promises.pictures()));
    QVERIFY(writeFigures("library_power_cuts", {{"cuts", m_cuts}, {"writes_and_syncs", events.size()}, {"pictures_read_back", promises.pictures()}, {"lost", 0}}));
}

QTEST_GUILESS_MAIN(TestPowerCut)
#include "tst_powercut.moc"
