#include "ui/design/artboardview.h"
#include "ui/design/rulers.h"

#include <QTest>

#include <cmath>

using namespace Galley;

class TestArtboardView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fit_showsTheWholeCanvas_data();
    void fit_showsTheWholeCanvas();
    void zoom_inManySteps_keepsThePoint_data();
    void zoom_inManySteps_keepsThePoint();
    void zoom_isLimited();
    void hundredPercent_isOneDevicePixel();
    void pan_leavesACornerInSight();
    void rulerStep_isRoundAndWideEnough_data();
    void rulerStep_isRoundAndWideEnough();
    void rulerTicks_coverTheRange();
};

void TestArtboardView::fit_showsTheWholeCanvas_data()
{
    QTest::addColumn<QSize>("canvas");
    QTest::addColumn<double>("ratio");
    QTest::newRow("portrait") << QSize(1080, 1350) << 1.0;
    QTest::newRow("banner") << QSize(2400, 600) << 1.0;
    QTest::newRow("HiDPI") << QSize(1080, 1350) << 2.0;
    QTest::newRow("one pixel") << QSize(1, 1) << 1.0;
}

void TestArtboardView::fit_showsTheWholeCanvas()
{
    QFETCH(QSize, canvas);
    QFETCH(double, ratio);
    ArtboardView view;
    view.setCanvas(canvas);
    view.setViewport(QRectF(18, 18, 800, 600), ratio);
    view.fit(32);
    const QRectF room = view.viewport().adjusted(31, 31, -31, -31);
    QVERIFY(room.contains(view.canvasRect()));
    QVERIFY((view.canvasRect().center() - view.viewport().center()).manhattanLength() < 2);
}

void TestArtboardView::zoom_inManySteps_keepsThePoint_data()
{
    QTest::addColumn<double>("ratio");
    QTest::newRow("1") << 1.0;
    QTest::newRow("1.5") << 1.5;
    QTest::newRow("2") << 2.0;
}

void TestArtboardView::zoom_inManySteps_keepsThePoint()
{
    QFETCH(double, ratio);
    ArtboardView view;
    view.setCanvas({1080, 1350});
    view.setViewport(QRectF(18, 18, 801, 603), ratio);
    view.fit(32);
    const QPointF anchor(333.5, 271.25);
    const QPointF fixed = view.toCanvas(anchor);
    for (int i = 0; i < 14; ++i)
        view.setZoom(view.zoom() * 1.25, anchor);
    // The canvas starts on a whole device pixel, so half of one may be off, never more.
    QVERIFY((view.toView(fixed) - anchor).manhattanLength() <= 2 / ratio);
    QCOMPARE((view.origin() * ratio).toPoint(), view.origin() * ratio);
    for (int i = 0; i < 14; ++i)
        view.setZoom(view.zoom() / 1.25, anchor);
    QVERIFY((view.toView(fixed) - anchor).manhattanLength() <= 2 / ratio);
}

void TestArtboardView::zoom_isLimited()
{
    ArtboardView view;
    view.setCanvas({1080, 1350});
    view.setViewport(QRectF(0, 0, 800, 600), 1);
    view.setZoom(1e9, {400, 300});
    QCOMPARE(view.zoom(), ArtboardView::maximumZoom);
    view.setZoom(0, {400, 300});
    QCOMPARE(view.zoom(), ArtboardView::minimumZoom);
}

void TestArtboardView::hundredPercent_isOneDevicePixel()
{
    ArtboardView view;
    view.setCanvas({1080, 1350});
    view.setViewport(QRectF(0, 0, 800, 600), 2);
    view.setZoom(1, {400, 300});
    QCOMPARE(view.scale(), 0.5);
    QCOMPARE(view.toView(QRectF(0, 0, 2, 2)).width() * 2, 2.0);
}

void TestArtboardView::pan_leavesACornerInSight()
{
    ArtboardView view;
    view.setCanvas({1080, 1350});
    view.setViewport(QRectF(18, 18, 800, 600), 1);
    view.fit(32);
    for (const QPointF &far : {QPointF(1e6, 1e6), QPointF(-1e6, -1e6)}) {
        view.pan(far);
        QVERIFY(view.viewport().intersects(view.canvasRect()));
    }
}

void TestArtboardView::rulerStep_isRoundAndWideEnough_data()
{
    QTest::addColumn<double>("scale");
    for (double scale : {0.02, 0.1, 0.37, 0.5, 1.0, 2.0, 7.3, 32.0})
        QTest::newRow(qPrintable(QString::number(scale))) << scale;
}

void TestArtboardView::rulerStep_isRoundAndWideEnough()
{
    QFETCH(double, scale);
    const double step = rulerStep(scale, 64);
    QVERIFY(step * scale >= 64 || qFuzzyCompare(step, 1.0));
    const double lead = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
    QVERIFY(qAbs(lead - 1) < 1e-6 || qAbs(lead - 2) < 1e-6 || qAbs(lead - 5) < 1e-6);
}

void TestArtboardView::rulerTicks_coverTheRange()
{
    const QList<RulerTick> ticks = rulerTicks(-130, 1210, 0.5);
    QVERIFY(ticks.first().value <= -130);
    QVERIFY(ticks.last().value >= 1210);
    QVERIFY(ticks.contains(RulerTick{0, true}));
    QVERIFY(ticks.size() < 200);
    int major = 0;
    for (const RulerTick &tick : ticks)
        major += tick.major ? 1 : 0;
    QVERIFY(major >= 5 && major < ticks.size() / 2);
}

QTEST_GUILESS_MAIN(TestArtboardView)
#include "tst_artboardview.moc"
