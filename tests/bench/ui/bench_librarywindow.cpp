// The Library workspace over a real library of 100,000 pictures, in a window of 1440 × 900: how soon the desktop is there, frames while scrolling, a jump until
// all thumbnails on screen are painted, a filter or a search until its first rows are, and the memory of the window. Goals: issue 6.
//
//     QT_QPA_PLATFORM=offscreen bench_librarywindow [RESULTS_FOLDER]      GALLEY_PICTURES=N; GALLEY_FILLED=DIR keeps the library there
//
// The thumbnails are there; what it takes to make one is measured by nobody here.

#include "tests/bench/bench.h"
#include "tests/bench/filledlibrary.h"

#include "core/service/library.h"
#include "core/settings/settings.h"
#include "testpaths.h"
#include "ui/library/libraryworkspace.h"
#include "ui/library/picturegrid.h"
#include "ui/library/pictureshelf.h"
#include "ui/widgets/themeswitch.h"

#include <QApplication>
#include <QProcess>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

#include <chrono>

using namespace Galley;

namespace {

constexpr int rounds = 30;
constexpr int frames = 600;
constexpr int patienceMs = 30'000;

double steadyMs()
{
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(since).count();
}

double residentMB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return double(line.mid(6).simplified().split(' ').value(0).toLongLong()) / 1024;
    }
    return 0;
}

/// The library in \a home, filled by a process of its own unless it is there.
bool filled(const QString &home)
{
    if (QFile::exists(home + QStringLiteral("/data/library.db")))
        return true;
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--fill"), home + QStringLiteral("/data")});
    return process.waitForFinished(-1) && process.exitCode() == 0;
}

/// The whole desktop, from the start of its process to what it painted first.
void measureStart(BenchReport &report, const QString &home)
{
    BenchSeries series;
    for (int i = 0; i < rounds / 3; ++i) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("GALLEY_HOME"), home);
        environment.insert(QStringLiteral("GALLEY_BENCH_START"), QStringLiteral("1"));
        QProcess process;
        process.setProcessEnvironment(environment);
        const double started = steadyMs();
        process.start(QStringLiteral(GALLEY_BIN_DIR "/galley"), QStringList());
        process.waitForFinished(patienceMs);
        const auto answer = parseJson(process.readAllStandardOutput(), QStringLiteral("galley"));
        if (answer && i > 0)
            series.add(answer->at("first_paint").get<double>() - started);
    }
    report.add(QStringLiteral("desktop with this library: start to first paint"), series);
}

class Desk
{
public:
    explicit Desk(const QString &home)
        : settings(home + QStringLiteral("/galley.conf"))
        , store(home + QStringLiteral("/data"))
        , library(&store)
        , workspace({&library, nullptr, nullptr, &settings})
    {
        workspace.resize(1440, 900);
        workspace.show();
    }

    PictureGrid *grid() const { return workspace.grid(); }
    PictureShelf *shelf() const { return workspace.shelf(); }

    /// Everything that can be seen is there: cards, and with \a withPictures thumbnails.
    bool isShown(bool withPictures) const
    {
        const GridGeometry &cells = grid()->geometryOfCells();
        const int end = cells.endIn(grid()->contentTop() + grid()->viewport()->height());
        for (int i = cells.firstIn(grid()->contentTop()); i < end; ++i) {
            const qint64 id = shelf()->ids().value(i);
            if (!shelf()->card(id) || (withPictures && shelf()->thumbnail(id).isNull() && !shelf()->hasNoThumbnail(id)))
                return false;
        }
        return shelf()->hasAnswer() && end > 0;
    }

    /// Milliseconds from \a act until all is painted.
    double untilShown(bool withPictures, const std::function<void()> &act)
    {
        QElapsedTimer timer;
        timer.start();
        act();
        while (!isShown(withPictures) && timer.elapsed() < patienceMs)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
        grid()->viewport()->repaint();
        return double(timer.nsecsElapsed()) / 1e6;
    }

    void settle()
    {
        QTest::qWait(50);
        if (!QTest::qWaitFor([this] { return isShown(true) && shelf()->isWhole(); }, patienceMs))
            qWarning("not everything on screen was there in time");
    }

    Settings settings;
    Store store;
    Library library;
    LibraryWorkspace workspace;
};

/// One frame: what a turn of the wheel asks for until it is on screen, and whatever else came in meanwhile.
void measureScroll(BenchReport &report, Desk &desk, const QString &what, int pixels)
{
    QScrollBar *bar = desk.grid()->verticalScrollBar();
    bar->setValue(bar->maximum() / 3);
    desk.settle();
    BenchSeries series;
    BenchSeries cpu;
    for (int i = 0; i < frames; ++i) {
        QElapsedTimer timer;
        timer.start();
        const double before = threadCpuMilliseconds();
        bar->setValue(bar->value() + pixels);
        QCoreApplication::processEvents();
        cpu.add(threadCpuMilliseconds() - before);
        series.add(double(timer.nsecsElapsed()) / 1e6);
        QTest::qSleep(std::max(0, 16 - int(timer.elapsed())));  // the next frame of the screen
    }
    report.add(what, series, cpu);
    report.addJson(what + QStringLiteral(", p99"), Json{{"p99_ms", series.quantile(0.99)}, {"cpu_p99_ms", cpu.quantile(0.99)}, {"goal_ms", 16}});
    QTextStream(stdout) << "    p99 " << series.quantile(0.99) << " ms, in CPU time " << cpu.quantile(0.99) << " ms\n";
}

void measureJump(BenchReport &report, Desk &desk)
{
    QScrollBar *bar = desk.grid()->verticalScrollBar();
    QRandomGenerator random(5);
    BenchSeries series;
    for (int i = 0; i < rounds; ++i) {
        desk.settle();
        series.add(desk.untilShown(true, [&] { bar->setValue(random.bounded(bar->maximum())); }));
    }
    report.add(QStringLiteral("jump until all thumbnails are painted"), series);
}

void measureQuery(BenchReport &report, Desk &desk, const QString &what, const LibraryQuery &query)
{
    BenchSeries rows;
    BenchSeries pictures;
    BenchSeries whole;
    for (int i = -2; i < rounds; ++i) {
        for (const bool withPictures : {false, true}) {
            desk.workspace.showQuery({});
            desk.settle();
            bool isAnswered = false;
            const auto connection = QObject::connect(desk.shelf(), &PictureShelf::reset, desk.shelf(), [&] { isAnswered = true; });
            const double ms = desk.untilShown(withPictures, [&] {
                desk.workspace.showQuery(query);
                while (!isAnswered)
                    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
            });
            QObject::disconnect(connection);
            QElapsedTimer rest;
            rest.start();
            while (!desk.shelf()->isWhole())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
            if (i >= 0 && !withPictures)
                whole.add(ms + double(rest.nsecsElapsed()) / 1e6);
            if (i >= 0)
                (withPictures ? pictures : rows).add(ms);
        }
    }
    report.add(what + QStringLiteral(": first rows"), rows);
    report.add(what + QStringLiteral(": with thumbnails"), pictures);
    report.add(what + QStringLiteral(": all of it counted"), whole);
}

void measureWindow(BenchReport &report, const QString &home)
{
    QElapsedTimer opening;
    opening.start();
    Desk desk(home);
    desk.untilShown(false, [] {});
    report.addValue(QStringLiteral("workspace: first rows painted, ms"), double(opening.nsecsElapsed()) / 1e6);
    desk.untilShown(true, [] {});
    report.addValue(QStringLiteral("workspace: all thumbnails painted, ms"), double(opening.nsecsElapsed()) / 1e6);
    desk.settle();
    QTest::qWait(2000);  // the filter menus
    measureScroll(report, desk, QStringLiteral("scroll, a notch of the wheel each frame"), 60);
    measureScroll(report, desk, QStringLiteral("scroll, half a screen each frame"), 450);
    measureJump(report, desk);
    const auto text = [](const char *words) { return QString::fromLatin1(words); };
    measureQuery(report, desk, QStringLiteral("model"), {.models = {text("ideogram-4")}});
    measureQuery(report, desk, QStringLiteral("word of a fifth"), {.text = text("lanterns")});
    measureQuery(report, desk, QStringLiteral("word of all"), {.text = text("poster")});
    measureQuery(report, desk, QStringLiteral("word of a fifth, best match first"), {.text = text("lanterns"), .sort = LibraryQuery::Sort::Relevance});
    measureQuery(report, desk, QStringLiteral("word of all, best match first"), {.text = text("poster"), .sort = LibraryQuery::Sort::Relevance});
    measureQuery(report, desk, QStringLiteral("four stars"), {.leastRating = 4});
    measureQuery(report, desk, QStringLiteral("dearest first"), {.sort = LibraryQuery::Sort::Cost});
    measureQuery(report, desk, QStringLiteral("best score first"), {.sort = LibraryQuery::Sort::Score, .sortScore = text("text")});
    report.addValue(QStringLiteral("resident memory after all of this, MB"), residentMB());
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--fill") == 0)
        return fillLibrary(QString::fromLocal8Bit(argv[2]), libraryPictures()) ? 0 : 1;
    applyStyle();
    const QTemporaryDir folder;
    const QString home = qEnvironmentVariable("GALLEY_FILLED", folder.path());
    if (!filled(home))
        return 1;
    BenchReport report(QStringLiteral("librarywindow"));
    report.addValue(QStringLiteral("pictures"), libraryPictures());
    measureWindow(report, home);
    measureStart(report, home);
    return report.write(argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) ? 0 : 1;
}
