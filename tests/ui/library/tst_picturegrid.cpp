#include "tests/support/fakelibraryservice.h"
#include "ui/library/picturegrid.h"
#include "ui/library/pictureshelf.h"
#include "ui/widgets/themeswitch.h"

#include <QAccessible>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace Galley;

namespace {

/// A grid over a library of \a count pictures, on screen.
struct Desk
{
    explicit Desk(int count)
        : shelf(&library)
        , grid(&shelf)
    {
        library.fill(count);
        grid.resize(1000, 700);
        grid.show();
        shelf.setQuery({});
        const bool isReady = QTest::qWaitFor([this] { return shelf.hasAnswer() && (shelf.count() == 0 || !shelf.thumbnail(shelf.ids().first()).isNull()); });
        Q_ASSERT(isReady);
        Q_UNUSED(isReady);
    }

    FakeLibraryService library;
    PictureShelf shelf;
    PictureGrid grid;
};

} // namespace

class TestPictureGrid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void cells_lieInsideAndApart_data();
    void cells_lieInsideAndApart();
    void keys_move_data();
    void keys_move();
    void shift_choosesARange_andCtrlSingleOnes();
    void onlyWhatIsOnScreen_isLoaded();
    void whatIsScrolledAway_isNotPainted();
    void newPictures_waitWhileSomebodyLooksAtOthers();
    void newPictures_comeAtOnceAtTheTop();
    void whatIsThrownAway_leavesTheNextOneChosen();
    void anotherCellSize_keepsThePlace();
    void aScreenReader_hearsEveryCell();
    void anEmptyLibrary_takesKeys();
};

void TestPictureGrid::cells_lieInsideAndApart_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("side");
    for (const int width : {100, 333, 640, 1000, 2560}) {
        for (const int side : {GridGeometry::least, GridGeometry::usual, GridGeometry::most})
            QTest::addRow("%d %d", width, side) << width << side;
    }
}

void TestPictureGrid::cells_lieInsideAndApart()
{
    QFETCH(int, width);
    QFETCH(int, side);
    const GridGeometry cells{.count = 100, .width = width, .side = side};
    for (int i = 0; i < cells.count; ++i) {
        const QRect cell = cells.cell(i);
        QVERIFY(cell.left() >= 0);
        QVERIFY(cell.bottom() < cells.height());
        QVERIFY(cells.columns() == 1 || cell.right() < width);
        QVERIFY(i == 0 || !cell.intersects(cells.cell(i - 1)));
        if (cell.center().x() < width)
            QCOMPARE(cells.indexAt(cell.center()), i);
        QVERIFY(cells.firstIn(cell.top()) <= i && cells.endIn(cell.bottom()) > i);
    }
    QCOMPARE(cells.indexAt({0, 0}), -1);
    QCOMPARE(cells.indexAt({width / 2, cells.height() + side}), -1);
}

void TestPictureGrid::keys_move_data()
{
    QTest::addColumn<QList<int>>("keys");
    QTest::addColumn<int>("rows");     // of where it ends …
    QTest::addColumn<int>("columns");  // … and how far into the row; -1: the last picture
    QTest::newRow("right") << QList<int>{Qt::Key_Right} << 0 << 1;
    QTest::newRow("right and back") << QList<int>{Qt::Key_Right, Qt::Key_Left} << 0 << 0;
    QTest::newRow("left of the first stays") << QList<int>{Qt::Key_Left} << 0 << 0;
    QTest::newRow("down") << QList<int>{Qt::Key_Down} << 1 << 0;
    QTest::newRow("up from the top stays") << QList<int>{Qt::Key_Right, Qt::Key_Up} << 0 << 1;
    QTest::newRow("end") << QList<int>{Qt::Key_End} << 0 << -1;
    QTest::newRow("end, home") << QList<int>{Qt::Key_End, Qt::Key_Home} << 0 << 0;
    QTest::newRow("page and back") << QList<int>{Qt::Key_PageDown, Qt::Key_PageUp} << 0 << 0;
}

void TestPictureGrid::keys_move()
{
    QFETCH(QList<int>, keys);
    QFETCH(int, rows);
    QFETCH(int, columns);
    Desk desk(203);
    desk.grid.setCurrentIndex(0);
    for (const int key : keys)
        QTest::keyClick(&desk.grid, Qt::Key(key));
    const int across = desk.grid.geometryOfCells().columns();
    QCOMPARE(desk.grid.currentIndex(), columns < 0 ? 202 : rows * across + columns);
    QVERIFY(desk.grid.viewport()->rect().contains(desk.grid.cellRect(desk.grid.currentIndex())));
    QCOMPARE(desk.grid.selectedCount(), 1);
}

void TestPictureGrid::shift_choosesARange_andCtrlSingleOnes()
{
    Desk desk(50);
    const auto click = [&](int index, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(desk.grid.viewport(), Qt::LeftButton, modifiers, desk.grid.cellRect(index).center());
    };
    click(1);
    click(4, Qt::ShiftModifier);
    QCOMPARE(desk.grid.selectedCount(), 4);
    click(2, Qt::ControlModifier);
    QCOMPARE(desk.grid.selectedCount(), 3);
    QVERIFY(!desk.grid.isSelected(2));
    QTest::keyClick(&desk.grid, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(desk.grid.selectedCount(), 50);
    QCOMPARE(desk.grid.selected(), desk.shelf.ids());
    QTest::keyClick(&desk.grid, Qt::Key_Escape);
    QCOMPARE(desk.grid.selectedCount(), 0);
    click(3);
    QTest::keyClick(&desk.grid, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(&desk.grid, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(&desk.grid, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(desk.grid.selectedCount(), 2);
}

void TestPictureGrid::onlyWhatIsOnScreen_isLoaded()
{
    Desk desk(3000);
    QVERIFY(desk.shelf.card(desk.shelf.ids().first()));
    QVERIFY(!desk.shelf.card(desk.shelf.ids().at(1500)));
    QVERIFY(desk.shelf.thumbnail(desk.shelf.ids().at(1500)).isNull());
    desk.grid.verticalScrollBar()->setValue(desk.grid.verticalScrollBar()->maximum() / 2);
    const qint64 middle = desk.shelf.ids().at(1500);
    QTRY_VERIFY(desk.shelf.card(middle));
    QTRY_VERIFY(!desk.shelf.thumbnail(middle).isNull());
}

void TestPictureGrid::whatIsScrolledAway_isNotPainted()
{
    Desk desk(3000);
    desk.library.answersAtOnce = false;
    QScrollBar *bar = desk.grid.verticalScrollBar();
    bar->setValue(bar->maximum() / 3);
    const qint64 passed = desk.shelf.ids().at(desk.grid.geometryOfCells().firstIn(bar->value()));
    bar->setValue(bar->maximum());
    const qint64 shown = desk.shelf.ids().last();
    for (int i = 0; i < 20; ++i) {
        desk.library.answer();
        QTest::qWait(1);
    }
    QTRY_VERIFY((desk.library.answer(), !desk.shelf.thumbnail(shown).isNull()));
    QVERIFY(desk.shelf.thumbnail(passed).isNull());
}

void TestPictureGrid::newPictures_waitWhileSomebodyLooksAtOthers()
{
    Desk desk(300);
    QScrollBar *bar = desk.grid.verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    const QList<qint64> before = desk.shelf.ids();
    QSignalSpy waiting(&desk.shelf, &PictureShelf::waitingChanged);
    FakeLibraryService::Picture picture;
    picture.record.createdAt = QDateTime::currentDateTimeUtc().addYears(1);
    const qint64 added = desk.library.add(picture);
    QTRY_VERIFY(!waiting.isEmpty() && waiting.last().first().toInt() == 1);
    QCOMPARE(desk.shelf.ids(), before);
    // Taken: it is there, and what was at the upper edge still is.
    const int first = desk.grid.geometryOfCells().firstIn(bar->value());
    const QPoint corner = desk.grid.cellRect(first).topLeft();
    const qint64 edge = before.at(first);
    desk.shelf.take();
    QCOMPARE(desk.shelf.ids().first(), added);
    QCOMPARE(desk.grid.cellRect(int(desk.shelf.ids().indexOf(edge))).top(), corner.y());
}

void TestPictureGrid::newPictures_comeAtOnceAtTheTop()
{
    Desk desk(300);
    FakeLibraryService::Picture picture;
    picture.record.createdAt = QDateTime::currentDateTimeUtc().addYears(1);
    const qint64 added = desk.library.add(picture);
    QTRY_COMPARE(desk.shelf.ids().first(), added);
    QCOMPARE(desk.grid.verticalScrollBar()->value(), 0);
}

void TestPictureGrid::whatIsThrownAway_leavesTheNextOneChosen()
{
    Desk desk(30);
    desk.grid.setCurrentIndex(4);
    const QList<qint64> ids = desk.shelf.ids();
    desk.library.moveToBin({ids.at(4)});
    QTRY_COMPARE(desk.shelf.count(), 29);
    QCOMPARE(desk.grid.current(), ids.at(5));
    QCOMPARE(desk.grid.selected(), QList<qint64>{ids.at(5)});
}

void TestPictureGrid::anotherCellSize_keepsThePlace()
{
    Desk desk(600);
    QScrollBar *bar = desk.grid.verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    const qint64 edge = desk.shelf.ids().at(desk.grid.geometryOfCells().firstIn(bar->value()));
    desk.grid.setSide(GridGeometry::least);
    const QRect cell = desk.grid.cellRect(int(desk.shelf.ids().indexOf(edge)));
    QVERIFY(desk.grid.viewport()->rect().intersects(cell));
    desk.grid.setSide(10'000);
    QCOMPARE(desk.grid.side(), GridGeometry::most);
}

void TestPictureGrid::aScreenReader_hearsEveryCell()
{
    Desk desk(40);
    desk.library.find(desk.shelf.ids().at(1))->isDamaged = true;
    desk.library.setPick({desk.shelf.ids().at(1)}, PickState::Rejected);
    QTRY_VERIFY(desk.shelf.card(desk.shelf.ids().at(1))->isDamaged);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&desk.grid);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 40);
    QAccessibleInterface *cell = list->child(1);
    QVERIFY(cell);
    const QString name = cell->text(QAccessible::Name);
    for (const char *word : {"Template", "Rejected", "damaged"})
        QVERIFY2(name.contains(QLatin1String(word)), qPrintable(name));
    QVERIFY(!cell->state().selected);
    cell->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QVERIFY(cell->state().selected);
    QCOMPARE(list->indexOfChild(cell), 1);
    const QPoint middle = cell->rect().center();
    QCOMPARE(list->childAt(middle.x(), middle.y()), cell);
}

void TestPictureGrid::anEmptyLibrary_takesKeys()
{
    Desk desk(0);
    QVERIFY(desk.shelf.problem().isEmpty());
    QCOMPARE(desk.shelf.count(), 0);
    QTest::keyClick(&desk.grid, Qt::Key_Down);
    QTest::keyClick(&desk.grid, Qt::Key_End);
    QCOMPARE(desk.grid.current(), qint64(0));
}

QTEST_MAIN(TestPictureGrid)
#include "tst_picturegrid.moc"
