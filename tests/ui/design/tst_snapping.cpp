#include "ui/design/snapping.h"

#include <QTest>

#include <algorithm>

using namespace Galley;

class TestSnapping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void move_snapsToEveryKindOfLine_data();
    void move_snapsToEveryKindOfLine();
    void move_tooFar_doesNotSnap();
    void move_takesTheNearerLine();
    void resize_snapsOnlyTheMovedEdge();
    void lines_reachFromTokenToToken();
};

void TestSnapping::move_snapsToEveryKindOfLine_data()
{
    QTest::addColumn<QRectF>("rect");
    QTest::addColumn<QPointF>("correction");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const QRectF &rect, const QPointF &correction, SnapLine::Kind kind) {
        QTest::newRow(name) << rect << correction << int(kind);
    };
    row("left edge of the canvas", {3, 411, 77, 33}, {-3, 0}, SnapLine::Kind::CanvasEdge);
    row("bottom edge of the canvas", {111, 1164, 77, 33}, {0, 3}, SnapLine::Kind::CanvasEdge);
    row("center of the canvas", {458, 411, 80, 33}, {2, 0}, SnapLine::Kind::CanvasCenter);
    row("a third", {336.333, 411, 77, 33}, {-3, 0}, SnapLine::Kind::Third);
    row("safe area", {52, 411, 77, 33}, {-2, 0}, SnapLine::Kind::SafeArea);
    row("edge of a token", {704, 411, 77, 33}, {-4, 0}, SnapLine::Kind::TokenEdge);
    row("center of a token", {113, 862, 77, 20}, {0, 3}, SnapLine::Kind::TokenCenter);
}

void TestSnapping::move_snapsToEveryKindOfLine()
{
    QFETCH(QRectF, rect);
    QFETCH(QPointF, correction);
    QFETCH(int, kind);
    const SnapTargets targets({1000, 1200}, 0.05, {QRectF(700, 850, 101, 50)});
    const Snap snap = targets.forMove(rect, 5);
    QVERIFY2((snap.correction - correction).manhattanLength() < 0.01,
             qPrintable(QStringLiteral("%1 %2").arg(snap.correction.x()).arg(snap.correction.y())));
    QVERIFY(std::any_of(snap.lines.begin(), snap.lines.end(), [kind](const SnapLine &line) { return int(line.kind) == kind; }));
}

void TestSnapping::move_tooFar_doesNotSnap()
{
    const SnapTargets targets({1000, 1200}, 0, {});
    const Snap snap = targets.forMove(QRectF(30, 100, 50, 50), 5);
    QVERIFY(snap.correction.isNull());
    QVERIFY(snap.lines.isEmpty());
}

void TestSnapping::move_takesTheNearerLine()
{
    const SnapTargets targets({1000, 1000}, 0, {QRectF(100, 600, 200, 50), QRectF(107, 800, 300, 33)});
    QCOMPARE(targets.forMove(QRectF(105, 300, 40, 11), 8).correction.x(), 2.0);
    QCOMPARE(targets.forMove(QRectF(102, 300, 40, 11), 8).correction.x(), -2.0);
}

void TestSnapping::resize_snapsOnlyTheMovedEdge()
{
    const SnapTargets targets({1000, 1000}, 0, {});
    // Its left edge is near the canvas edge too, but it is not what moves.
    const Snap snap = targets.forResize(QRectF(2, 400, 997, 50), Handle::Right, 5);
    QCOMPARE(snap.correction, QPointF(1, 0));
    QVERIFY(targets.forResize(QRectF(2, 400, 500, 50), Handle::Right, 1).lines.isEmpty());
}

void TestSnapping::lines_reachFromTokenToToken()
{
    const SnapTargets targets({1000, 1000}, 0, {QRectF(100, 600, 50, 50)});
    const Snap snap = targets.forMove(QRectF(101, 210, 71, 30), 3);
    QCOMPARE(snap.lines.size(), 1);
    QCOMPARE(snap.lines.first().begin, 210.0);
    QCOMPARE(snap.lines.first().end, 650.0);
}

QTEST_GUILESS_MAIN(TestSnapping)
#include "tst_snapping.moc"
