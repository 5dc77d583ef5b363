#include "ui/compare/comparelayout.h"
#include "ui/compare/comparison.h"
#include "ui/compare/linkedview.h"
#include "ui/compare/parametertable.h"
#include "ui/compare/picturepyramid.h"

#include <QTest>

#include <algorithm>

using namespace Galley;

Q_DECLARE_METATYPE(Galley::CompareGrid)

/// The plain values of a comparison: arrangement, which picture is where, what part is shown, blind order, levels of a picture.
class TestComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void layout_holdsThePictures_data();
    void layout_holdsThePictures();
    void grid_turnsWithTheShape_data();
    void grid_turnsWithTheShape();
    void shortRow_liesInTheMiddle();
    void nextRow_isTheNearestPane();
    void panes_fillTheAreaToThePixel();
    void places_stepTheOthers();
    void places_moveTheActivePaneWhileAllAreShown();
    void places_pinKeepsPictureAndPane();
    void places_pairIsNeverOnePictureTwice();
    void places_keepTheActivePictureInAnotherLayout();
    void view_fitsAndStaysFitted();
    void view_zoomsAtTheAnchor();
    void view_oneAloneLeavesTheOthers();
    void view_showsTheSamePartOfOtherSizes();
    void view_tellsTheZoomOfEachPicture();
    void blind_ordersByTheSetAlone();
    void blind_staysInItsRow();
    void blind_labels();
    void pyramid_hasTheLevelItNeeds();
    void pyramid_keepsASingleBrightPixel();
    void part_isThePictureAtItsOwnSize();
    void time_isCountedOnce();
};

void TestComparison::layout_holdsThePictures_data()
{
    QTest::addColumn<int>("pictures");
    QTest::addColumn<int>("panes");
    const QList<QPair<int, int>> table{{0, 1}, {1, 1}, {2, 2}, {3, 3}, {4, 4}, {5, 5}, {6, 6}, {7, 7}, {8, 8}, {9, 9}, {40, 9}};
    for (const auto &[pictures, panes] : table)
        QTest::addRow("%d", pictures) << pictures << panes;
}

void TestComparison::layout_holdsThePictures()
{
    QFETCH(int, pictures);
    QFETCH(int, panes);
    QCOMPARE(layoutFor(pictures), panes);
    QCOMPARE(gridFor(panes).panes(), panes);
}

void TestComparison::grid_turnsWithTheShape_data()
{
    QTest::addColumn<int>("panes");
    QTest::addColumn<QSize>("area");
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<CompareGrid>("grid");
    const QSize poster(1080, 1350), square(1000, 1000), story(1080, 1920), banner(2000, 500);
    QTest::newRow("2, posters") << 2 << QSize(1600, 900) << poster << CompareGrid{2, 1};
    QTest::newRow("2, banners") << 2 << QSize(1000, 900) << banner << CompareGrid{1, 2};
    QTest::newRow("3, no shape") << 3 << QSize() << QSize() << CompareGrid{3, 1};
    QTest::newRow("5, no shape") << 5 << QSize() << QSize() << CompareGrid{3, 2, 1};
    QTest::newRow("5, posters") << 5 << QSize(1080, 760) << poster << CompareGrid{3, 2, 1};
    QTest::newRow("5, stories") << 5 << QSize(1600, 700) << story << CompareGrid{5, 1};
    QTest::newRow("5, upright window") << 5 << QSize(700, 1400) << square << CompareGrid{2, 3, 1};
    QTest::newRow("5, banners") << 5 << QSize(700, 1000) << banner << CompareGrid{1, 5};
    QTest::newRow("6, upright window") << 6 << QSize(700, 1400) << square << CompareGrid{2, 3};
    QTest::newRow("7, posters") << 7 << QSize(1080, 760) << poster << CompareGrid{4, 2, 1};
    QTest::newRow("7, banners") << 7 << QSize(1080, 760) << QSize(1600, 700) << CompareGrid{2, 4, 1};
    QTest::newRow("7, squares in a square") << 7 << QSize(900, 900) << square << CompareGrid{3, 3, 2};
    QTest::newRow("8, posters") << 8 << QSize(1080, 760) << poster << CompareGrid{4, 2};
    QTest::newRow("8, squares in a square") << 8 << QSize(900, 900) << square << CompareGrid{3, 3, 1};
    QTest::newRow("8, banners") << 8 << QSize(900, 900) << banner << CompareGrid{2, 4};
    QTest::newRow("9, stories") << 9 << QSize(1600, 700) << story << CompareGrid{3, 3};
}

void TestComparison::grid_turnsWithTheShape()
{
    QFETCH(int, panes);
    QFETCH(QSize, area);
    QFETCH(QSize, picture);
    QTEST(gridFor(panes, area, picture), "grid");
}

void TestComparison::shortRow_liesInTheMiddle()
{
    const QRect area(3, 5, 1200, 800);
    for (const int panes : {5, 7, 8}) {
        for (const QSize &shape : {QSize(1200, 800), QSize(800, 1200), QSize(1000, 1000)}) {
            const CompareGrid grid = gridFor(panes, shape, {1000, 1000});
            QVERIFY(grid.holes < grid.columns);
            const QList<QRect> rects = paneRects(area, grid, 4);
            QCOMPARE(rects.size(), panes);
            QRect last;
            for (int i = 0; i < panes; ++i) {
                QVERIFY(area.contains(rects.at(i)));
                QVERIFY(std::abs(rects.at(i).width() - rects.first().width()) <= 1);
                QVERIFY(std::abs(rects.at(i).height() - rects.first().height()) <= 1);
                for (int j = 0; j < i; ++j)
                    QVERIFY(!rects.at(i).adjusted(-3, -3, 3, 3).intersects(rects.at(j)));
                last = grid.rowOf(i) == grid.rows - 1 ? last.united(rects.at(i)) : last;
            }
            QVERIFY(std::abs((last.left() - area.left()) - (area.right() - last.right())) <= 2);
        }
    }
}

/// Up and down go to what is seen above and below, in every arrangement; nobody can be caught in one.
void TestComparison::nextRow_isTheNearestPane()
{
    const QList<QRect> five = paneRects({0, 0, 1200, 800}, {3, 2, 1}, 4);
    QCOMPARE(paneInNextRow(five, 0, 1), 3);
    QCOMPARE(paneInNextRow(five, 1, 1), 3);
    QCOMPARE(paneInNextRow(five, 2, 1), 4);
    QCOMPARE(paneInNextRow(five, 4, -1), 1);
    QCOMPARE(paneInNextRow(five, 3, 1), -1);
    QCOMPARE(paneInNextRow(five, 2, -1), -1);
    QCOMPARE(paneInNextRow(five, 9, 1), -1);
    for (const int panes : layoutSizes()) {
        const CompareGrid grid = gridFor(panes);
        const QList<QRect> rects = paneRects({0, 0, 1203, 801}, grid, 4);
        for (int pane = 0; pane < panes; ++pane) {
            const int below = paneInNextRow(rects, pane, 1);
            QCOMPARE(below >= 0, grid.rowOf(pane) + 1 < grid.rows);
            if (below >= 0)
                QCOMPARE(grid.rowOf(below), grid.rowOf(pane) + 1);
            if (below >= 0 && grid.holes == 0)
                QCOMPARE(below, pane + grid.columns);
        }
    }
}

void TestComparison::panes_fillTheAreaToThePixel()
{
    const QRect area(5, 7, 1003, 701);
    for (const int panes : layoutSizes()) {
        const CompareGrid grid = gridFor(panes);
        const QList<QRect> rects = paneRects(area, grid, 4);
        QCOMPARE(rects.size(), panes);
        QCOMPARE(rects.first().topLeft(), area.topLeft());
        QCOMPARE(rects.last().bottom(), area.bottom());
        QCOMPARE(rects.at(grid.columns - 1).right(), area.right());
        for (int i = 1; i < grid.columns; ++i)
            QCOMPARE(rects.at(i).left() - rects.at(i - 1).right() - 1, 4);
        const auto [least, most] = std::minmax_element(rects.cbegin(), rects.cend(),
                                                       [](const QRect &a, const QRect &b) { return a.width() < b.width(); });
        QVERIFY(most->width() - least->width() <= 1);
    }
}

void TestComparison::places_stepTheOthers()
{
    ComparePlaces places;
    places.reset(6, 3);
    QVERIFY(places.step(1));
    QCOMPARE(places.pictureAt(0), 1);
    QCOMPARE(places.pictureAt(2), 3);
    QVERIFY(places.page(1));
    QCOMPARE(places.pictureAt(2), 5);
    QVERIFY(!places.step(1));
    QVERIFY(places.page(-1));
    QCOMPARE(places.pictureAt(0), 0);
}

void TestComparison::places_moveTheActivePaneWhileAllAreShown()
{
    ComparePlaces places;
    places.reset(3, 4);
    QVERIFY(places.holdsAll());
    QVERIFY(places.step(1));
    QVERIFY(places.step(1));
    QCOMPARE(places.activePicture(), 2);
    QVERIFY(!places.step(1));
    places.setActive(3);  // empty
    QCOMPARE(places.active(), 2);
}

void TestComparison::places_pinKeepsPictureAndPane()
{
    ComparePlaces places;
    places.reset(6, 3);
    places.setActive(1);
    places.setPinned(1);
    QCOMPARE(places.pictureAt(0), 0);
    QCOMPARE(places.pictureAt(1), 1);
    QCOMPARE(places.pictureAt(2), 2);
    QList<int> seen;
    do {
        QCOMPARE(places.pictureAt(1), 1);
        seen << places.pictureAt(2);
    } while (places.step(1));
    QCOMPARE(seen, (QList<int>{2, 3, 4, 5}));
    QCOMPARE(places.pictureAt(0), 4);
    places.setPinned(-1);
    QCOMPARE(places.pictureAt(0), 3);  // the last three of six
    QCOMPARE(places.pictureAt(2), 5);
}

void TestComparison::places_pairIsNeverOnePictureTwice()
{
    for (const int panes : {1, 2, 9}) {
        for (int pinned = -1; pinned < panes; ++pinned) {
            ComparePlaces places;
            places.reset(5, panes);
            places.setPinned(pinned);
            for (int i = 0; i < 6; ++i) {
                QVERIFY(places.first() >= 0);
                QVERIFY(places.second() >= 0);
                QVERIFY(places.first() != places.second());
                places.step(1);
            }
        }
    }
    ComparePlaces alone;
    alone.reset(1, 1);
    QCOMPARE(alone.second(), -1);
    ComparePlaces pair;
    pair.reset(2, 2);
    pair.swapPair();
    QCOMPARE(pair.first(), 1);
    QCOMPARE(pair.second(), 0);
}

void TestComparison::places_keepTheActivePictureInAnotherLayout()
{
    ComparePlaces places;
    places.reset(12, 9);
    places.page(1);
    places.setActive(5);
    const int shown = places.activePicture();
    for (const int panes : {1, 2, 4, 9, 3}) {
        places.setPanes(panes);
        QCOMPARE(places.activePicture(), shown);
    }
}

void TestComparison::view_fitsAndStaysFitted()
{
    LinkedView view;
    view.setFrame({1000, 500});
    view.setViewport({400, 400}, 1);
    const QRectF place(10, 20, 400, 400);
    QCOMPARE(view.pictureRect(0, {1000, 500}, place), QRectF(10, 120, 400, 200));
    view.setViewport({800, 400}, 2);
    QCOMPARE(view.pictureRect(0, {1000, 500}, QRectF(0, 0, 800, 400)), QRectF(0, 0, 800, 400));
    QCOMPARE(view.zoom(0, {1000, 500}), 1.6);
}

void TestComparison::view_zoomsAtTheAnchor()
{
    LinkedView view;
    view.setFrame({4096, 4096});
    view.setViewport({500, 500}, 1);
    const QRectF place(0, 0, 500, 500);
    const QPointF anchor(120, 340);
    const auto under = [&] {
        const QRectF rect = view.pictureRect(3, {4096, 4096}, place);
        return QPointF((anchor - rect.topLeft()).x() / rect.width(), (anchor - rect.topLeft()).y() / rect.height());
    };
    const QPointF before = under();
    for (int i = 0; i < 12; ++i)
        view.zoomBy(1.25, 3, anchor, place, false);
    QVERIFY(!view.isFitted());
    // The corner lies on whole pixels, so a pixel of difference may be.
    const double pixel = 1.5 / view.pictureRect(3, {4096, 4096}, place).width();
    QVERIFY(std::abs(under().x() - before.x()) < pixel);
    QVERIFY(std::abs(under().y() - before.y()) < pixel);
    QCOMPARE(view.pictureRect(3, {4096, 4096}, place), view.pictureRect(7, {4096, 4096}, place));
    view.setZoom(1, 3, {4096, 4096}, anchor, place);
    QCOMPARE(view.zoom(3, {4096, 4096}), 1.0);
    QCOMPARE(view.zoom(0, {4096, 4096}), 1.0);
}

void TestComparison::view_oneAloneLeavesTheOthers()
{
    LinkedView view;
    view.setFrame({1000, 1000});
    view.setViewport({500, 500}, 1);
    const QRectF place(0, 0, 500, 500);
    view.zoomBy(4, 0, {250, 250}, place, false);
    const QRectF others = view.pictureRect(1, {1000, 1000}, place);
    view.panBy({30, -10}, 2, true);
    view.zoomBy(2, 2, {250, 250}, place, true);
    QCOMPARE(view.pictureRect(1, {1000, 1000}, place), others);
    QVERIFY(view.isMoved(2));
    QVERIFY(!view.isMoved(1));
    // Whatever a pane was moved by stays while all are moved.
    const QRectF moved = view.pictureRect(2, {1000, 1000}, place);
    view.panBy({50, 0}, 1, false);
    QCOMPARE(view.pictureRect(1, {1000, 1000}, place).topLeft(), others.topLeft() + QPointF(50, 0));
    QVERIFY(view.pictureRect(2, {1000, 1000}, place).x() > moved.x());
    view.resetPane(2);
    QCOMPARE(view.pictureRect(2, {1000, 1000}, place), view.pictureRect(1, {1000, 1000}, place));
    view.panBy({5, 5}, 0, true);
    view.fit();
    QVERIFY(!view.isMoved(0));
    QVERIFY(view.isFitted());
}

void TestComparison::view_showsTheSamePartOfOtherSizes()
{
    LinkedView view;
    view.setFrame({1080, 1350});
    view.setViewport({400, 500}, 1);
    const QRectF place(0, 0, 400, 500);
    view.zoomBy(3, 0, {100, 100}, place, false);
    QCOMPARE(view.pictureRect(0, {540, 675}, place), view.pictureRect(0, {1080, 1350}, place));
    // Another shape lies in the middle of the frame.
    const QRectF square = view.pictureRect(0, {500, 500}, place);
    QCOMPARE(square.width(), square.height());
    QCOMPARE(square.center().y(), view.pictureRect(0, {1080, 1350}, place).center().y());
}

void TestComparison::view_tellsTheZoomOfEachPicture()
{
    LinkedView view;
    view.setFrame({1000, 1000});
    view.setViewport({500, 500}, 2);
    QCOMPARE(view.zoom(0, {1000, 1000}), 1.0);
    QCOMPARE(view.zoom(0, {500, 500}), 2.0);
    view.zoomBy(1000, 0, {0, 0}, QRectF(0, 0, 500, 500), false);
    QCOMPARE(view.zoom(0, {1000, 1000}), LinkedView::maximumZoom);
}

void TestComparison::blind_ordersByTheSetAlone()
{
    const QList<QByteArray> keys{"a", "b", "c", "d", "e", "f"};
    const QList<int> order = blindOrder(keys, 0);
    QList<int> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    QCOMPARE(sorted, (QList<int>{0, 1, 2, 3, 4, 5}));
    QCOMPARE(blindOrder(keys, 0), order);
    const auto names = [](const QList<QByteArray> &all, const QList<int> &places) {
        QByteArray text;
        for (const int place : places)
            text += all.at(place);
        return text;
    };
    QList<QByteArray> turned = keys;
    std::reverse(turned.begin(), turned.end());
    QCOMPARE(names(turned, blindOrder(turned, 0)), names(keys, order));
    int changed = 0;
    for (int round = 1; round < 20; ++round)
        changed += blindOrder(keys, round) != order;
    QVERIFY(changed >= 18);
    // Every picture comes first about as often as every other.
    QMap<int, int> first;
    for (int round = 0; round < 600; ++round)
        ++first[blindOrder(keys, round).first()];
    for (int i = 0; i < 6; ++i)
        QVERIFY2(first.value(i) > 60 && first.value(i) < 140, qPrintable(QString::number(first.value(i))));
}

void TestComparison::blind_staysInItsRow()
{
    QList<QByteArray> keys;
    QList<int> rows;
    for (int i = 0; i < 9; ++i) {
        keys << "picture" + QByteArray::number(i);
        rows << i / 3;
    }
    QSet<QList<int>> columns;
    for (int round = 0; round < 10; ++round) {
        const QList<int> order = blindOrder(keys, round, rows);
        for (int i = 0; i < 9; ++i)
            QCOMPARE(order.at(i) / 3, i / 3);
        for (int row = 0; row < 3; ++row)
            columns.insert({order.at(3 * row) % 3, order.at(3 * row + 1) % 3, order.at(3 * row + 2) % 3});
    }
    QVERIFY(columns.size() > 2);  // no column belongs to one model
}

void TestComparison::blind_labels()
{
    QCOMPARE(blindLabel(0), QStringLiteral("A"));
    QCOMPARE(blindLabel(25), QStringLiteral("Z"));
    QCOMPARE(blindLabel(26), QStringLiteral("AA"));
}

void TestComparison::pyramid_hasTheLevelItNeeds()
{
    QImage picture(1000, 600, QImage::Format_RGBA8888_Premultiplied);
    picture.fill(QColor(10, 200, 30));
    const auto pyramid = PicturePyramid::make(picture);
    QCOMPARE(pyramid->size(), QSize(1000, 600));
    QCOMPARE(pyramid->levelFor(3).width(), 1000);
    QCOMPARE(pyramid->levelFor(0.51).width(), 1000);
    QCOMPARE(pyramid->levelFor(0.5).width(), 500);
    QCOMPARE(pyramid->levelFor(0.3).width(), 500);
    QCOMPARE(pyramid->levelFor(0.0001).width(), 63);
    QCOMPARE(pyramid->levelFor(0.1).pixelColor(5, 5), QColor(10, 200, 30));
    QVERIFY(!PicturePyramid::make({}));
}

void TestComparison::pyramid_keepsASingleBrightPixel()
{
    QImage picture(1024, 1024, QImage::Format_RGB32);
    picture.fill(Qt::black);
    picture.setPixelColor(700, 300, Qt::white);
    const QImage small = PicturePyramid::make(picture, PicturePyramid::Shrink::Brightest)->levelFor(1 / 16.0);
    QCOMPARE(small.pixelColor(700 / 16, 300 / 16), QColor(Qt::white));
    const QImage mean = PicturePyramid::make(picture)->levelFor(1 / 16.0);
    QVERIFY(mean.pixelColor(700 / 16, 300 / 16).red() < 5);
}

void TestComparison::part_isThePictureAtItsOwnSize()
{
    QImage picture(300, 200, QImage::Format_RGB32);
    for (int y = 0; y < 200; ++y) {
        for (int x = 0; x < 300; ++x)
            picture.setPixel(x, y, qRgb(x % 256, y, (x * y) % 256));
    }
    const auto pyramid = PicturePyramid::make(picture);
    QCOMPARE(shownPart(*pyramid, {300, 200}, {40, 50, 100, 80}), picture.copy(40, 50, 100, 80));
    // From double size on pixels stay pixels.
    const QImage large = shownPart(*pyramid, {1200, 800}, {0, 0, 8, 8});
    QCOMPARE(large.pixel(0, 0), picture.pixel(0, 0));
    QCOMPARE(large.pixel(3, 3), picture.pixel(0, 0));
    QCOMPARE(large.pixel(4, 4), picture.pixel(1, 1));
}

/// Whether the whole was measured too, and until when people saw a draft, adds nothing to it.
void TestComparison::time_isCountedOnce()
{
    QStringList said;
    for (const Json &timings : {Json{{"render", 600.0}, {"decode", 3300.0}}, Json{{"render", 600.0}, {"decode", 3300.0}, {"total", 3900.0}},
                                Json{{"render", 600.0}, {"decode", 3300.0}, {"shown", 9000.0}}}) {
        ComparePicture picture;
        picture.record.provenance = {{"timings_ms", timings}};
        for (const ParameterRow &row : parameterRows({picture}, Parameters::All)) {
            if (row.key == QLatin1String("time"))
                said += row.values;
        }
    }
    QCOMPARE(said.size(), 3);
    QVERIFY(said.first().contains(QLatin1String("3.9")));
    QCOMPARE(said, QStringList(3, said.first()));
}

QTEST_MAIN(TestComparison)
#include "tst_comparison.moc"
