#include "core/imaging/imagefile.h"
#include "testpaths.h"
#include "tests/app/run.h"
#include "tests/app/servicesprocess.h"
#include "tests/faults/figures.h"
#include "tests/faults/storework.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Galley;

namespace {

constexpr int usualSaves = 15;
constexpr int rowsOfARun = 12;
constexpr int killsInALibrary = 15;   ///< then a new one begins: reading all files again takes longer each time
constexpr int mostKillDelayMs = 2500;
constexpr int patienceMs = 60'000;

const char *const templateText = R"({"galley": 1, "id": "crash", "name": "Crash", "canvas": {"width": 512, "height": 512},
 "style": {"summary": "A poster for {headline}", "medium": "graphic design"},
 "tokens": [{"id": "title", "role": "headline", "box": [0.1, 0.1, 0.8, 0.2], "text": "{headline}"}],
 "slots": {"headline": {"type": "text", "default": "Spring"}}})";

} // namespace

/// kill -9 at random moments of the galley binary that renders a file of rows with services on this machine. After each kill the library is whole, and
/// of every picture that the command had named as finished both are there: the file that was asked for and the picture in the library. The full run:
/// GALLEY_SAVES=1000 tst_rendercrash
class TestRenderCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killedAtRandomMoments_nothingIsLost();

private:
    /// Renders the rows of a new run and kills it; the rows, by their words, and files that were named as finished.
    QMap<QString, QString> run(const ServicesProcess &services);
    QString problem(const QMap<QString, QString> &saved) const;
    QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    QRandomGenerator m_random{quint32(qEnvironmentVariableIntValue("GALLEY_SEED"))};
    int m_run = 0;
    int m_kills = 0;
    int m_killsInBetween = 0;  ///< after the first picture of the run and before its last one
};

QMap<QString, QString> TestRenderCrash::run(const ServicesProcess &services)
{
    ++m_run;
    QFile rows(path(QStringLiteral("rows.csv")));
    if (!rows.open(QIODevice::WriteOnly))
        return {};
    rows.write("headline\n");
    for (int row = 1; row <= rowsOfARun; ++row)
        rows.write(QStringLiteral("run %1 row %2\n").arg(m_run).arg(row).toUtf8());
    rows.close();
    QProcess galley;
    galley.setProcessEnvironment(services.withKeys(plainEnvironment(path(QStringLiteral("home")))));
    galley.start(QStringLiteral(GALLEY_BIN_DIR "/galley"),
                 {QStringLiteral("render"), path(QStringLiteral("crash.galley")), QStringLiteral("--model"),
                  m_run % 2 ? QStringLiteral("webui") : QStringLiteral("ideogram-4"), QStringLiteral("--row"), rows.fileName(), QStringLiteral("-o"),
                  path(QStringLiteral("run-%1/").arg(m_run))});
    // Mostly while it renders, sometimes while it opens.
    QByteArray said;
    QElapsedTimer clock;
    clock.start();
    const bool isEarly = m_random.bounded(8) == 0;
    while (!isEarly && !said.contains("[1/") && galley.state() != QProcess::NotRunning && clock.elapsed() < patienceMs) {
        galley.waitForReadyRead(50);
        said += galley.readAllStandardError();
    }
    clock.restart();
    const int delay = m_random.bounded(isEarly ? 300 : mostKillDelayMs);
    galley.waitForFinished(std::max(delay, 1));
    if (galley.state() != QProcess::NotRunning) {
        galley.kill();
        ++m_kills;
    }
    galley.waitForFinished(patienceMs);
    said += galley.readAllStandardError();
    said.truncate(said.lastIndexOf('\n') + 1);  // a line that was cut off promises nothing
    static const QRegularExpression finished(QStringLiteral("^galley: \\[\\d+/\\d+\\] (.+-(\\d+)\\.png) \\("), QRegularExpression::MultilineOption);
    QMap<QString, QString> saved;
    for (auto line = finished.globalMatch(QString::fromUtf8(said)); line.hasNext();) {
        const auto match = line.next();
        saved.insert(QStringLiteral("run %1 row %2").arg(m_run).arg(match.captured(2).toInt()), match.captured(1));
    }
    m_killsInBetween += galley.exitStatus() == QProcess::CrashExit && !saved.isEmpty() && saved.size() < rowsOfARun ? 1 : 0;
    return saved;
}

QString TestRenderCrash::problem(const QMap<QString, QString> &saved) const
{
    Store store(path(QStringLiteral("home/data")));
    if (const QString damage = damageOf(store); !damage.isEmpty())
        return damage;
    const auto ids = wait(store.ids({}));
    const auto cards = ids ? wait(store.cards(*ids)) : fail(ids.error());
    if (!cards)
        return cards.error().message;
    QSet<QString> there;
    for (const LibraryCard &card : *cards) {
        const auto job = wait(store.job(card.job));
        const auto bytes = wait(store.original(card.id));
        if (!job || !bytes)
            return job ? bytes.error().message : job.error().message;
        if (job->state != JobState::Done || !job->assets.contains(card.id))
            return QStringLiteral("picture %1 belongs to a job that is %2").arg(card.id).arg(jobStateName(job->state));
        there.insert(job->request.row.values.value(QStringLiteral("headline")));
    }
    for (auto row = saved.cbegin(); row != saved.cend(); ++row) {
        if (!there.contains(row.key()))
            return QStringLiteral("%1 is not in the library").arg(row.key());
        if (const auto image = loadImage(*row); !image)
            return image.error().message;
    }
    return {};
}

void TestRenderCrash::killedAtRandomMoments_nothingIsLost()
{
    const int wanted = numberFrom("GALLEY_SAVES", usualSaves);
    int saves = 0, libraries = 0;
    QMap<QString, QString> saved;
    std::unique_ptr<ServicesProcess> services;
    for (int kills = killsInALibrary; saves < wanted; ++kills) {
        if (kills >= killsInALibrary) {
            services.reset();
            m_folder = std::make_unique<QTemporaryDir>();
            QFile poster(path(QStringLiteral("crash.galley")));
            QVERIFY(poster.open(QIODevice::WriteOnly) && poster.write(templateText) > 0);
            services = std::make_unique<ServicesProcess>(path(QStringLiteral("home")), QStringList{QStringLiteral("--delay"), QStringLiteral("20")});
            QVERIFY(services->isReady());
            saved.clear();
            kills = 0;
            ++libraries;
        }
        const QMap<QString, QString> now = run(*services);
        saves += int(now.size());
        saved.insert(now);
        const QString wrong = problem(saved);
        QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("run %1: %2").arg(m_run).arg(wrong)));
        QVERIFY2(m_run < 20 || saves > 0, "no run of twenty has finished a picture");
    }
    QVERIFY(m_kills > 0);
    qInfo("%d pictures named as finished in %d runs of %d libraries, %d of them killed (%d between two pictures), none lost", saves, m_run, libraries, m_kills,
          m_killsInBetween);
    QVERIFY(writeFigures("render_kills", {{"saves", saves}, {"runs", m_run}, {"kills", m_kills}, {"kills_between_pictures", m_killsInBetween}, {"lost", 0}}));
}

QTEST_GUILESS_MAIN(TestRenderCrash)
#include "tst_rendercrash.moc"
