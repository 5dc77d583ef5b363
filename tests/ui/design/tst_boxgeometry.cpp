#include "ui/design/boxgeometry.h"

#include <QTest>

using namespace Galley;

class TestBoxGeometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resized_movesOnlyItsOwnEdges_data();
    void resized_movesOnlyItsOwnEdges();
    void resized_keepsTheRatio_data();
    void resized_keepsTheRatio();
    void resized_fromCenter_growsBothWays();
    void resized_neverTurnsInsideOut();
    void aligned_toTheReference_data();
    void aligned_toTheReference();
    void distributed_makesEqualGaps();
    void distributed_fewerThanThree_stay();
    void mapped_keepsItsShare();
    void united_countsEmptyRectangles();
};

static const QRectF start(100, 200, 300, 150);

void TestBoxGeometry::resized_movesOnlyItsOwnEdges_data()
{
    QTest::addColumn<Handle>("handle");
    QTest::addColumn<QRectF>("expected");
    QTest::newRow("top left") << Handle::TopLeft << QRectF(110, 220, 290, 130);
    QTest::newRow("top") << Handle::Top << QRectF(100, 220, 300, 130);
    QTest::newRow("top right") << Handle::TopRight << QRectF(100, 220, 310, 130);
    QTest::newRow("right") << Handle::Right << QRectF(100, 200, 310, 150);
    QTest::newRow("bottom right") << Handle::BottomRight << QRectF(100, 200, 310, 170);
    QTest::newRow("bottom") << Handle::Bottom << QRectF(100, 200, 300, 170);
    QTest::newRow("bottom left") << Handle::BottomLeft << QRectF(110, 200, 290, 170);
    QTest::newRow("left") << Handle::Left << QRectF(110, 200, 290, 150);
}

void TestBoxGeometry::resized_movesOnlyItsOwnEdges()
{
    QFETCH(Handle, handle);
    QFETCH(QRectF, expected);
    QCOMPARE(resized(start, handle, QPointF(10, 20)), expected);
}

void TestBoxGeometry::resized_keepsTheRatio_data()
{
    QTest::addColumn<Handle>("handle");
    QTest::addColumn<QPointF>("delta");
    QTest::addColumn<QRectF>("expected");
    QTest::newRow("corner, wider") << Handle::BottomRight << QPointF(300, 10) << QRectF(100, 200, 600, 300);
    QTest::newRow("corner, higher") << Handle::BottomRight << QPointF(10, 150) << QRectF(100, 200, 600, 300);
    QTest::newRow("opposite corner stays") << Handle::TopLeft << QPointF(150, 0) << QRectF(250, 275, 150, 75);
    QTest::newRow("side grows both ways across") << Handle::Right << QPointF(300, 99) << QRectF(100, 125, 600, 300);
}

void TestBoxGeometry::resized_keepsTheRatio()
{
    QFETCH(Handle, handle);
    QFETCH(QPointF, delta);
    QFETCH(QRectF, expected);
    QCOMPARE(resized(start, handle, delta, {true, false, 1}), expected);
}

void TestBoxGeometry::resized_fromCenter_growsBothWays()
{
    const QRectF now = resized(start, Handle::Right, QPointF(10, 0), {false, true, 1});
    QCOMPARE(now, QRectF(90, 200, 320, 150));
    QCOMPARE(now.center(), start.center());
}

void TestBoxGeometry::resized_neverTurnsInsideOut()
{
    for (Handle handle : allHandles()) {
        for (const QPointF &delta : {QPointF(9000, 9000), QPointF(-9000, -9000)}) {
            for (bool ratio : {false, true}) {
                const QRectF now = resized(start, handle, delta, {ratio, false, 1});
                QVERIFY2(now.width() >= 1 && now.height() >= 1, qPrintable(QString::number(int(handle))));
            }
        }
    }
    QCOMPARE(resized(start, Handle::Left, QPointF(5000, 0)).right(), start.right());
}

void TestBoxGeometry::aligned_toTheReference_data()
{
    QTest::addColumn<Alignment>("alignment");
    QTest::addColumn<QList<QPointF>>("expected");
    const auto row = [](const char *name, Alignment alignment, QPointF a, QPointF b) {
        QTest::newRow(name) << alignment << QList<QPointF>{a, b};
    };
    row("left", Alignment::Left, {0, 10}, {0, 300});
    row("center", Alignment::CenterX, {450, 10}, {400, 300});
    row("right", Alignment::Right, {900, 10}, {800, 300});
    row("top", Alignment::Top, {20, 0}, {700, 0});
    row("middle", Alignment::CenterY, {20, 475}, {700, 450});
    row("bottom", Alignment::Bottom, {20, 950}, {700, 900});
}

void TestBoxGeometry::aligned_toTheReference()
{
    QFETCH(Alignment, alignment);
    QFETCH(QList<QPointF>, expected);
    const QList<QRectF> rects{{20, 10, 100, 50}, {700, 300, 200, 100}};
    const QList<QRectF> now = aligned(rects, alignment, QRectF(0, 0, 1000, 1000));
    for (int i = 0; i < rects.size(); ++i) {
        QCOMPARE(now.at(i).topLeft(), expected.at(i));
        QCOMPARE(now.at(i).size(), rects.at(i).size());
    }
}

void TestBoxGeometry::distributed_makesEqualGaps()
{
    // Out of order on purpose: the order of the result is that of the input.
    const QList<QRectF> rects{{500, 7, 100, 10}, {0, 3, 50, 10}, {90, 5, 150, 10}};
    const QList<QRectF> now = distributed(rects, Qt::Horizontal);
    QCOMPARE(now.at(1).left(), 0.0);
    QCOMPARE(now.at(2).left(), 200.0);
    QCOMPARE(now.at(0).right(), 600.0);
    QCOMPARE(now.at(2).left() - now.at(1).right(), now.at(0).left() - now.at(2).right());
    QCOMPARE(now.at(2).top(), 5.0);
    const QList<QRectF> down = distributed({{0, 0, 5, 10}, {0, 11, 5, 10}, {0, 90, 5, 10}}, Qt::Vertical);
    QCOMPARE(down.at(1).top(), 45.0);
}

void TestBoxGeometry::distributed_fewerThanThree_stay()
{
    const QList<QRectF> two{{0, 0, 10, 10}, {50, 0, 10, 10}};
    QCOMPARE(distributed(two, Qt::Horizontal), two);
}

void TestBoxGeometry::mapped_keepsItsShare()
{
    const QRectF from(0, 0, 100, 100);
    const QRectF to(10, 20, 200, 50);
    QCOMPARE(mappedRect(QRectF(50, 50, 25, 25), from, to), QRectF(110, 45, 50, 12.5));
    QCOMPARE(mappedRect(from, from, to), to);
}

void TestBoxGeometry::united_countsEmptyRectangles()
{
    QCOMPARE(unitedRect({QRectF(10, 10, 0, 0), QRectF(20, 30, 5, 5)}), QRectF(10, 10, 15, 25));
    QVERIFY(unitedRect({}).isNull());
}

QTEST_GUILESS_MAIN(TestBoxGeometry)
#include "tst_boxgeometry.moc"
