// How long comparing takes until it is painted: swapping two pictures of 4096 × 4096, dragging a wipe over them, zooming and panning, stepping, and nine
// panes at once. The whole way from the key or the mouse to the finished pixels of the view, in a window of 1440 × 900.
//
//     bench_compare [FOLDER]      QT_QPA_PLATFORM=offscreen or a display

#include "testpaths.h"
#include "tests/bench/bench.h"
#include "tests/support/fakelibraryservice.h"
#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QTest>
#include <QTextStream>

#include <cmath>
#include <functional>

using namespace Galley;

namespace {

constexpr int rounds = 300;
constexpr int warmUp = 10;
constexpr double goalMs = 16;

/// Noise over shapes: nothing that an optimisation for plain areas could skip.
QImage large(int side, int seed)
{
    QImage image(side, side, QImage::Format_RGBA8888_Premultiplied);
    quint32 state = quint32(seed) * 2654435761U + 1;
    for (int y = 0; y < side; ++y) {
        auto *line = reinterpret_cast<quint32 *>(image.scanLine(y));
        for (int x = 0; x < side; ++x) {
            state = state * 1664525U + 1013904223U;
            line[x] = 0xFF000000U | (state >> 8 & 0x1F1F1F) | quint32((x + seed * 100) / 16 % 256) << 16 | quint32(y / 16 % 256);
        }
    }
    return image;
}

struct Desk
{
    explicit Desk(int pictures, int side)
        : set(&library)
        , view(&set)
    {
        QList<qint64> ids;
        for (int i = 0; i < pictures; ++i) {
            FakeLibraryService::Picture picture;
            picture.image = large(side, i);
            picture.record.size = picture.image.size();
            picture.record.servedModel = QStringLiteral("model-%1").arg(i);
            ids << library.add(picture);
        }
        view.resize(1440, 900);
        view.show();
        set.open(ids);
        const bool ready = QTest::qWaitFor([this, pictures] {
            bool all = set.count() == pictures;
            for (int place = 0; all && place < std::min(9, pictures); ++place)
                all = set.isLoaded(place);
            return all;
        }, 120'000);
        if (!ready)
            QTextStream(stderr) << "The pictures were not there in time.\n";
    }

    /// What the event loop would do next.
    void paint() { view.repaint(); }

    void drag(const QPointF &point)
    {
        QMouseEvent event(QEvent::MouseMove, point, view.mapToGlobal(point), Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&view, &event);
    }

    FakeLibraryService library;
    CompareSet set;
    CompareView view;
};

void measure(BenchReport &report, const QString &what, Desk &desk, const std::function<void(int)> &edit)
{
    BenchSeries series;
    BenchSeries cpu;
    for (int i = -warmUp; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        const double before = threadCpuMilliseconds();
        edit(i + warmUp);
        desk.paint();
        if (i >= 0) {
            cpu.add(threadCpuMilliseconds() - before);
            series.add(double(timer.nsecsElapsed()) / 1e6);
        }
        QCoreApplication::processEvents();
    }
    report.add(what, series, cpu);
    report.addJson(what + QStringLiteral(", p99"), Json{{"p99_ms", series.quantile(0.99)}, {"cpu_p99_ms", cpu.quantile(0.99)}, {"goal_ms", goalMs}});
    QTextStream(stdout) << "    p99 " << QString::number(series.quantile(0.99), 'f', 2) << " ms, in CPU time "
                        << QString::number(cpu.quantile(0.99), 'f', 2) << " ms\n";
}

void measureTwo(BenchReport &report)
{
    Desk desk(2, 4096);
    CompareView &view = desk.view;
    view.setMode(CompareMode::Wipe);
    const QPointF line(view.width() / 2.0, view.height() / 2.0);
    for (const bool isActual : {false, true}) {
        const QString at = isActual ? QStringLiteral(" at 100 %") : QStringLiteral(" fitted");
        view.setMode(CompareMode::Wipe);
        view.setWipe(0.5);
        if (isActual)
            view.zoomTo(1);
        else
            view.fit();
        desk.paint();
        QTest::mousePress(&view, Qt::LeftButton, {}, line.toPoint());
        measure(report, QStringLiteral("wipe drag, 4096², ") + at.trimmed(), desk, [&](int i) { desk.drag({720 + 600 * std::sin(i / 20.0), line.y()}); });
        QTest::mouseRelease(&view, Qt::LeftButton, {}, line.toPoint());
        measure(report, QStringLiteral("swap A and B, 4096², ") + at.trimmed(), desk, [&](int) { view.swapPair(); });
        view.setMode(CompareMode::Flicker);
        measure(report, QStringLiteral("flicker, 4096², ") + at.trimmed(), desk, [&](int) { view.flicker(); });
        view.setMode(CompareMode::OnionSkin);
        measure(report, QStringLiteral("onion skin, 4096², ") + at.trimmed(), desk, [&](int i) { view.setOpacity(0.5 + 0.5 * std::sin(i / 10.0)); });
    }
    view.setMode(CompareMode::Flicker);
    view.fit();
    measure(report, QStringLiteral("zoom by a step, one of 4096²"), desk, [&](int i) { view.zoomBy(i / 12 % 2 == 0 ? 1.25 : 0.8); });
    view.zoomTo(0.7);
    measure(report, QStringLiteral("pan at 70 %, one of 4096²"), desk, [&](int i) { view.panBy({5.0 * std::sin(i / 9.0), 3.0}, false); });
}

void measureNine(BenchReport &report)
{
    Desk desk(12, 2048);
    desk.view.setPanes(9);
    desk.paint();
    measure(report, QStringLiteral("zoom by a step, nine of 2048²"), desk, [&](int i) { desk.view.zoomBy(i / 12 % 2 == 0 ? 1.25 : 0.8); });
    measure(report, QStringLiteral("pan, nine of 2048²"), desk, [&](int i) { desk.view.panBy({5.0 * std::sin(i / 9.0), 3.0}, false); });
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results");
    BenchReport report(QStringLiteral("compare"));
    measureTwo(report);
    measureNine(report);
    return report.write(folder) ? 0 : 1;
}
