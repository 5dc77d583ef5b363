#include "tests/support/fakefinalservice.h"
#include "tests/support/verifyresult.h"
#include "tests/ui/compare/desk.h"
#include "ui/compare/parameterview.h"
#include "ui/compare/preferencelist.h"
#include "ui/compare/savedcomparisons.h"
#include "ui/compare/sheetexport.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/progressline.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/themeswitch.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QFileDialog>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTableWidget>
#include <QToolButton>
#include <QToolTip>
#include <QUndoStack>

using namespace Galley;

/// The Compare workspace over a library in memory: panes, ways of comparing, the table.
class TestCompareWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void empty_saysWhatToDo();
    void open_arrangesModelsAndRows();
    void open_keepsTheOrderOtherwise();
    void everyNumberOfPanes_canBeChosen();
    void digitsChoosePanes_andShiftGivesStars();
    void zoomStaysWhileStepping();
    void pinnedPictureStays();
    void pairModes_showTwo();
    void wipe_showsBothSides();
    void spaceShowsTheOther();
    void pairBars_areToPress_data();
    void pairBars_areToPress();
    void difference_isMeasured();
    void difference_saysHowSimilarTheyAre();
    void difference_isOfTheTwoThatAreShown();
    void table_showsOnlyWhatDiffers();
    void damagedPictureIsNeverShown();
    void aThumbnailAsksForNothingTwice();
    void originals_rightAfterOpening();
    void drift_isSaidWhenThePictureIsThere();
    void lastComparison_waitsUntilItIsSeen();
    void models_haveOneNameAndHueInTheWindow();
    void laterScores_areShown();
    void readers_hearEveryPane();
    void actionsHaveNamesAndNoSharedKeys();
};

void TestCompareWorkspace::empty_saysWhatToDo()
{
    CompareDesk desk;
    QAction offer(QStringLiteral("Compare Draft with Final"), nullptr);
    desk.workspace->addEmptyAction(&offer);
    QSignalSpy pressed(&offer, &QAction::triggered);
    QCoreApplication::processEvents();
    QAbstractButton *button = nullptr;
    for (QAbstractButton *each : desk.workspace->findChildren<QAbstractButton *>())
        button = each->isVisible() && each->text() == offer.text() ? each : button;
    QVERIFY(button);
    button->click();
    QCOMPARE(pressed.size(), 1);
    QVERIFY(!desk.view()->isVisible());
    for (QAction *action : desk.workspace->actions()->all())
        QVERIFY2(!action->isEnabled(), qPrintable(action->objectName()));
}

void TestCompareWorkspace::open_arrangesModelsAndRows()
{
    CompareDesk desk;
    QSignalSpy wanted(desk.workspace.get(), &CompareWorkspace::wanted);
    QVERIFY(desk.open(desk.addGrid()));
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(desk.view()->grid(), (CompareGrid{3, 3}));
    for (int place = 0; place < 9; ++place) {
        QCOMPARE(desk.set()->at(place).card.row, place / 3 + 1);
        QCOMPARE(desk.set()->at(place).card.model(), desk.models.at(place % 3));
        QCOMPARE(desk.set()->modelHue(place), place % 3);
    }
    // Whole pictures, also after the scores have come.
    QVERIFY(desk.view()->view().isFitted());
    const QRect area = desk.view()->pictureArea(4);
    QTRY_VERIFY(QRectF(area).adjusted(-1, -1, 1, 1).contains(desk.view()->view().pictureRect(4, desk.set()->frame(), area)));
    // Two rows: two by three, with nothing empty.
    QVERIFY(desk.open(desk.set()->ids().mid(0, 6)));
    QCOMPARE(desk.view()->grid(), (CompareGrid{3, 2}));
}

void TestCompareWorkspace::open_keepsTheOrderOtherwise()
{
    CompareDesk desk;
    QList<qint64> ids = desk.addSome(5);
    std::swap(ids[0], ids[3]);
    QVERIFY(desk.open(ids));
    QVERIFY(!desk.set()->matrix());
    QCOMPARE(desk.set()->ids(), ids);
    QCOMPARE(desk.view()->places().panes(), 5);
    QVERIFY(desk.open(desk.addSome(12)));
    QCOMPARE(desk.view()->places().panes(), 9);
    QVERIFY(!desk.view()->places().holdsAll());
}

void TestCompareWorkspace::everyNumberOfPanes_canBeChosen()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(9)));
    auto *layouts = desk.workspace->findChild<Segmented *>(QStringLiteral("compareLayouts"));
    QVERIFY(layouts);
    QCOMPARE(layouts->count(), 9);
    for (int panes = 1; panes <= 9; ++panes) {
        const QByteArray name = "layout" + QByteArray::number(panes);
        desk.trigger("modeWipe");
        desk.trigger(name.constData());  // panes are wanted to be seen
        QCOMPARE(desk.view()->mode(), CompareMode::Panes);
        QCOMPARE(desk.view()->places().panes(), panes);
        QVERIFY(desk.action(name.constData())->isChecked());
        QCOMPARE(layouts->currentIndex(), panes - 1);
        // Each pane has a picture of its own, is on screen, and none covers another.
        QSet<int> shown;
        for (int pane = 0; pane < panes; ++pane) {
            shown << desk.view()->shownPlace(pane);
            QVERIFY(desk.view()->rect().contains(desk.view()->paneRect(pane)));
            QCOMPARE(desk.view()->barPlace(pane), desk.view()->shownPlace(pane));
        }
        QCOMPARE(shown.size(), panes);
        QVERIFY(!shown.contains(-1));
        QCOMPARE(desk.view()->paneRect(panes), QRect());
    }
    QVERIFY(!desk.action("morePanes")->isEnabled());
    desk.workspace->activateWindow();
    desk.workspace->takeFocus();
    QVERIFY(QTest::qWaitFor([&] { return desk.view()->hasFocus(); }));
    for (int panes = 8; panes >= 1; --panes) {
        QTest::keyClick(desk.view(), Qt::Key_M, Qt::ShiftModifier);
        QCOMPARE(desk.view()->places().panes(), panes);
    }
    QVERIFY(!desk.action("fewerPanes")->isEnabled());
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(desk.view(), Qt::Key_M);
    QCOMPARE(desk.view()->places().panes(), 5);
    // A short row is reached by the arrows, and left again.
    desk.view()->setActive(2);
    QTest::keyClick(desk.view(), Qt::Key_Down);
    QCOMPARE(desk.view()->places().active(), 4);
    QTest::keyClick(desk.view(), Qt::Key_Up);
    QCOMPARE(desk.view()->places().active(), 1);
    // Two pictures in a pane each, the others empty: the arrows choose no empty one.
    QVERIFY(desk.open(desk.addSome(2)));
    desk.trigger("layout7");
    desk.trigger("paneBelow");
    QVERIFY(desk.view()->shownPlace(desk.view()->places().active()) >= 0);
}

void TestCompareWorkspace::digitsChoosePanes_andShiftGivesStars()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(4)));
    desk.workspace->activateWindow();
    desk.workspace->takeFocus();
    QVERIFY(QTest::qWaitFor([&] { return desk.view()->hasFocus(); }));
    QTest::keyClick(desk.view(), Qt::Key_3);
    QCOMPARE(desk.view()->places().active(), 2);
    QTest::keyClick(desk.view(), Qt::Key_4, Qt::ShiftModifier);
    QCOMPARE(desk.judgement(2).rating, std::optional<int>(4));
    QTest::keyClick(desk.view(), Qt::Key_P);
    QCOMPARE(desk.judgement(2).pick, PickState::Picked);
    QTest::keyClick(desk.view(), Qt::Key_X);
    QCOMPARE(desk.judgement(2).pick, PickState::Rejected);
    QTest::keyClick(desk.view(), Qt::Key_X);
    QCOMPARE(desk.judgement(2).pick, PickState::None);
    QTest::keyClick(desk.view(), Qt::Key_0, Qt::ShiftModifier);
    QCOMPARE(desk.judgement(2).rating, std::nullopt);
    QTest::keyClick(desk.view(), Qt::Key_9);  // there is no ninth pane
    QCOMPARE(desk.view()->places().active(), 2);
    QTest::keyClick(desk.view(), Qt::Key_Left);
    QCOMPARE(desk.view()->places().active(), 1);
    QTest::keyClick(desk.view(), Qt::Key_Down);
    QCOMPARE(desk.view()->places().active(), 3);
    QTest::keyClick(desk.view(), Qt::Key_Up);
    QCOMPARE(desk.view()->places().active(), 1);
    // In the note digits are text.
    desk.trigger("notePicture");
    QTest::keyClicks(desk.workspace->note(), QStringLiteral("1 px off"));
    QCOMPARE(desk.workspace->note()->toPlainText(), QStringLiteral("1 px off"));
    QCOMPARE(desk.view()->places().active(), 1);
    QCOMPARE(desk.judgement(1).pick, PickState::None);
}

void TestCompareWorkspace::zoomStaysWhileStepping()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(6)));
    desk.view()->setPanes(2);
    desk.trigger("compareActual");
    QCOMPARE(desk.view()->zoom(), 1.0);
    desk.trigger("compareZoomIn");
    desk.view()->panBy({-40, 20}, false);
    const LinkedView before = desk.view()->view();
    for (int i = 0; i < 4; ++i)
        desk.trigger("nextCompared");
    QCOMPARE(desk.view()->places().pictureAt(0), 4);
    QVERIFY(desk.view()->view() == before);
    // One alone, by key and by the link.
    desk.trigger("panLeftAlone");
    QVERIFY(desk.view()->view().isMoved(0));
    desk.trigger("resetPane");
    QVERIFY(!desk.view()->view().isMoved(0));
    desk.trigger("linkPanes");
    desk.trigger("panUp");
    QVERIFY(desk.view()->view().isMoved(0));
    QVERIFY(!desk.view()->view().isMoved(1));
    desk.trigger("compareFit");
    QVERIFY(desk.view()->view().isFitted());
}

void TestCompareWorkspace::pinnedPictureStays()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(5)));
    desk.view()->setPanes(2);
    desk.trigger("pinPane");
    QVERIFY(desk.action("pinPane")->isChecked());
    QList<int> stepped;
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(desk.view()->places().pictureAt(0), 0);
        stepped << desk.view()->places().pictureAt(1);
        desk.trigger("nextCompared");
    }
    QCOMPARE(stepped, (QList<int>{1, 2, 3, 4}));
    desk.trigger("pinPane");
    QCOMPARE(desk.view()->places().pinned(), -1);
}

void TestCompareWorkspace::pairModes_showTwo()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(3)));
    for (const char *mode : {"modeWipe", "modeFlicker", "modeOnion", "modeDifference"}) {
        desk.trigger(mode);
        QVERIFY(desk.view()->isPairMode());
        QVERIFY(desk.action(mode)->isChecked());
        QVERIFY(!desk.view()->grab().isNull());
    }
    QCOMPARE(desk.view()->activePlace(), 1);
    desk.trigger("nextCompared");  // the first stays
    QCOMPARE(desk.view()->places().first(), 0);
    QCOMPARE(desk.view()->places().second(), 2);
    desk.trigger("nextCompared");
    QCOMPARE(desk.view()->places().second(), 2);
    desk.trigger("swapPair");
    QCOMPARE(desk.view()->places().first(), 2);
    QCOMPARE(desk.view()->places().second(), 0);
    desk.trigger("modePanes");
    QVERIFY(!desk.view()->isPairMode());
    QVERIFY(desk.open(desk.addSome(1)));
    QVERIFY(!desk.action("modeWipe")->isEnabled());
}

void TestCompareWorkspace::wipe_showsBothSides()
{
    CompareDesk desk;
    QImage red(200, 200, QImage::Format_RGB32);
    red.fill(Qt::red);
    QImage blue(200, 200, QImage::Format_RGB32);
    blue.fill(Qt::blue);
    QVERIFY(desk.open({desk.library.add(madeBy(desk.models.at(0), 1, red)), desk.library.add(madeBy(desk.models.at(1), 1, blue))}));
    desk.trigger("modeWipe");
    const auto colorAt = [&](double x) {
        const QImage shot = desk.view()->grab().toImage();
        return QColor(shot.pixel(int(shot.width() * x), shot.height() / 3));
    };
    QCOMPARE(colorAt(0.45), QColor(Qt::red));
    QCOMPARE(colorAt(0.55), QColor(Qt::blue));
    desk.trigger("moreAmount");
    desk.trigger("moreAmount");
    QVERIFY(qAbs(desk.view()->wipe() - 0.6) < 0.001);
    QCOMPARE(colorAt(0.55), QColor(Qt::red));
    // By mouse: the line is taken and left.
    const QPoint line(int(desk.view()->width() * 0.6), desk.view()->height() / 2);
    QTest::mousePress(desk.view(), Qt::LeftButton, {}, line);
    QTest::mouseMove(desk.view(), {int(desk.view()->width() * 0.4), line.y()});
    QMouseEvent move(QEvent::MouseMove, QPointF(desk.view()->width() * 0.4, line.y()), desk.view()->mapToGlobal(QPointF(desk.view()->width() * 0.4, line.y())),
                     Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(desk.view(), &move);
    QTest::mouseRelease(desk.view(), Qt::LeftButton, {}, {int(desk.view()->width() * 0.4), line.y()});
    QVERIFY(qAbs(desk.view()->wipe() - 0.4) < 0.01);
    QVERIFY(desk.view()->view().isFitted());
    desk.trigger("modeOnion");
    desk.view()->setOpacity(1);
    QCOMPARE(colorAt(0.5), QColor(Qt::blue));
    desk.view()->setOpacity(0);
    QCOMPARE(colorAt(0.5), QColor(Qt::red));
}

void TestCompareWorkspace::spaceShowsTheOther()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(2)));
    QCOMPARE(desk.view()->shownPlace(0), 0);
    desk.trigger("flicker");
    QCOMPARE(desk.view()->shownPlace(0), 1);
    QCOMPARE(desk.view()->shownPlace(1), 1);
    desk.trigger("flicker");
    QCOMPARE(desk.view()->shownPlace(0), 0);
    desk.trigger("modeFlicker");
    QCOMPARE(desk.view()->activePlace(), 1);
    desk.trigger("flicker");
    QCOMPARE(desk.view()->activePlace(), 0);
    desk.view()->setAutoFlicker(true);
    QTRY_COMPARE(desk.view()->activePlace(), 1);
    desk.trigger("modePanes");
    QVERIFY(!desk.view()->isAutoFlicker());
}

void TestCompareWorkspace::pairBars_areToPress_data()
{
    QTest::addColumn<int>("mode");
    QTest::addColumn<int>("bar");
    for (const int bar : {0, 1}) {
        QTest::addRow("wipe %d", bar) << int(CompareMode::Wipe) << bar;
        QTest::addRow("onion skin %d", bar) << int(CompareMode::OnionSkin) << bar;
        QTest::addRow("difference %d", bar) << int(CompareMode::Difference) << bar;
        QTest::addRow("flicker %d", bar) << int(CompareMode::Flicker) << bar;
    }
}

void TestCompareWorkspace::pairBars_areToPress()
{
    QFETCH(int, mode);
    QFETCH(int, bar);
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(2)));
    CompareView *view = desk.view();
    view->setMode(CompareMode(mode));
    if (mode == int(CompareMode::Flicker) && bar == 0)
        view->flicker();
    const PaneBar line(view->barRect(bar));
    QVERIFY(line.hasButtons());
    const auto press = [&](const QPoint &point) { QTest::mouseClick(view, Qt::LeftButton, {}, point); };
    press(line.partRect(PaneBar::Part::Pick).center());
    QCOMPARE(desk.judgement(bar).pick, PickState::Picked);
    press(line.partRect(PaneBar::Part::Reject).center());
    QCOMPARE(desk.judgement(bar).pick, PickState::Rejected);
    press(line.partRect(PaneBar::Part::Stars).center());
    QCOMPARE(desk.judgement(bar).rating, std::optional<int>(3));
    QVERIFY(desk.judgement(1 - bar) == Judgement());
    QHelpEvent help(QEvent::ToolTip, line.partRect(PaneBar::Part::Pick).center(), {});
    QApplication::sendEvent(view, &help);
    QVERIFY(QToolTip::text().contains(QStringLiteral("Pick")));
}

void TestCompareWorkspace::difference_isMeasured()
{
    CompareDesk desk;
    QImage one(100, 100, QImage::Format_RGB32);
    one.fill(QColor(100, 100, 100));
    QImage two = one;
    for (int x = 0; x < 25; ++x) {
        for (int y = 0; y < 100; ++y)
            two.setPixelColor(x, y, QColor(110, 100, 100));
    }
    QVERIFY(desk.open({desk.library.add(madeBy(desk.models.at(0), 1, one)), desk.library.add(madeBy(desk.models.at(1), 1, two))}));
    desk.trigger("modeDifference");
    QTRY_VERIFY(desk.view()->differenceText().contains(QStringLiteral("25")));
    desk.view()->setTolerance(10);
    QTRY_VERIFY(desk.view()->differenceText().startsWith(QStringLiteral("No pixel")));
    // Another size is scaled, and said.
    QVERIFY(desk.open({desk.library.add(madeBy(desk.models.at(0), 1, one)), desk.library.add(madeBy(desk.models.at(1), 1, two.scaled(50, 50)))}));
    desk.trigger("modeDifference");
    QTRY_VERIFY(desk.view()->differenceText().contains(QStringLiteral("scaled")));
}

/// Of the pair that is shown, in its own time, and with what it can tell.
void TestCompareWorkspace::difference_saysHowSimilarTheyAre()
{
    CompareDesk desk;
    QImage black(64, 64, QImage::Format_RGB32);
    black.fill(Qt::black);
    QImage white = black;
    white.fill(Qt::white);
    QImage tiny = black.scaled(6, 6);
    QVERIFY(desk.open({desk.library.add(madeBy(desk.models.at(0), 1, black)), desk.library.add(madeBy(desk.models.at(1), 1, white)),
                       desk.library.add(madeBy(desk.models.at(2), 1, black))}));
    desk.trigger("modeDifference");
    QTRY_VERIFY2(desk.view()->differenceText().contains(QStringLiteral("SSIM 0.000.")), qPrintable(desk.view()->differenceText()));
    const auto *label = desk.workspace->findChild<QToolButton *>(QStringLiteral("differenceLimits"));
    QVERIFY(label && label->isVisible() && label->isEnabled());
    QVERIFY(label->toolTip().contains(QStringLiteral("SSIM")) && label->toolTip().contains(QStringLiteral("not which one is better")));
    // Another tolerance: the same similarity, at once.
    desk.view()->setTolerance(30);
    QTRY_VERIFY(desk.view()->differenceText().contains(QStringLiteral("more than 30")));
    QVERIFY(desk.view()->differenceText().contains(QStringLiteral("SSIM 0.000.")));
    desk.trigger("nextCompared");
    QTRY_VERIFY2(desk.view()->differenceText().contains(QStringLiteral("SSIM 1.000.")), qPrintable(desk.view()->differenceText()));
    desk.trigger("modePanes");
    QVERIFY(!label->isVisible());
    // Smaller than what SSIM looks at: nothing is said rather than something wrong.
    QVERIFY(desk.open({desk.library.add(madeBy(desk.models.at(0), 1, tiny)), desk.library.add(madeBy(desk.models.at(1), 1, tiny))}));
    desk.trigger("modeDifference");
    QTRY_VERIFY(desk.view()->differenceText().startsWith(QStringLiteral("No pixel")));
    QTest::qWait(50);
    QVERIFY2(!desk.view()->differenceText().contains(QStringLiteral("SSIM")), qPrintable(desk.view()->differenceText()));
}

void TestCompareWorkspace::difference_isOfTheTwoThatAreShown()
{
    CompareDesk desk;
    QImage black(100, 100, QImage::Format_RGB32);
    black.fill(Qt::black);
    QImage white = black;
    white.fill(Qt::white);
    QVERIFY(desk.open({desk.library.add(madeBy(desk.models.at(0), 1, black)), desk.library.add(madeBy(desk.models.at(1), 1, white)),
                       desk.library.add(madeBy(desk.models.at(2), 1, black))}));
    desk.trigger("modeDifference");
    const auto middle = [&] {
        const QRect area = desk.view()->rect();
        return QColor(desk.view()->grab().toImage().pixel(area.center())).lightness();
    };
    QTRY_VERIFY(desk.view()->differenceText().contains(QStringLiteral("100")));
    QVERIFY(middle() > 200);
    // Black beside black: at no time is the difference from white shown for it.
    desk.trigger("nextCompared");
    QCOMPARE(desk.view()->places().second(), 2);
    QVERIFY(desk.view()->differenceText().isEmpty());
    QVERIFY(middle() < 50);
    QTRY_VERIFY(desk.view()->differenceText().startsWith(QStringLiteral("No pixel")));
    QVERIFY(middle() < 50);
}

void TestCompareWorkspace::table_showsOnlyWhatDiffers()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(2)));
    QTableWidget *table = desk.workspace->parameters()->table();
    const auto titles = [&] {
        QStringList all;
        for (int row = 0; row < table->rowCount(); ++row)
            all << table->verticalHeaderItem(row)->text();
        return all;
    };
    QTRY_VERIFY(titles().contains(QStringLiteral("Backend")));
    QVERIFY(titles().contains(QStringLiteral("Model")));
    QVERIFY(!titles().contains(QStringLiteral("Served model")));  // the same as requested and routed
    QVERIFY(desk.workspace->parameters()->tabbed().contains(QStringLiteral("Backend\tbackend-of-ideogram-4\tbackend-of-gpt-image-2\n")));
    QVERIFY(titles().contains(QStringLiteral("Cost")));
    QVERIFY(!titles().contains(QStringLiteral("Seed")));
    QVERIFY(!titles().contains(QStringLiteral("Template")));
    QCOMPARE(table->columnCount(), 2);
    // Of what is on screen only: two panes of one model show no difference of models.
    QVERIFY(desk.open({desk.library.add(madeBy(desk.models.at(0), 1, striped(1))), desk.library.add(madeBy(desk.models.at(0), 2, striped(2)))}));
    QTRY_COMPARE(titles(), QStringList{QStringLiteral("Row")});
}

void TestCompareWorkspace::damagedPictureIsNeverShown()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(2);
    desk.library.find(ids.at(1))->isDamaged = true;
    QVERIFY(desk.open(ids));
    QTRY_VERIFY(desk.set()->at(1).problem.contains(QStringLiteral("altered")));
    QTRY_VERIFY(!desk.set()->image(1));
    QVERIFY(desk.view()->paneSentence(1).contains(QStringLiteral("cannot be shown")));
    QVERIFY(!desk.view()->grab().isNull());
}

void TestCompareWorkspace::aThumbnailAsksForNothingTwice()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(2);
    // Pictures wait, thumbnails do not.
    desk.library.answersAtOnce = false;
    connect(desk.set(), &CompareSet::opened, this, [&desk] { desk.library.answersAtOnce = true; });
    desk.workspace->open(ids);
    QTRY_VERIFY(desk.set()->count() == 2 && desk.set()->image(0) && desk.set()->image(1));
    QVERIFY(!desk.set()->isLoaded(0));
    desk.set()->want({0, 1});
    desk.library.answer();
    QTRY_VERIFY(desk.isShown());
    for (const qint64 id : ids)
        QCOMPARE(desk.library.calls.count(QStringLiteral("picture %1").arg(id)), 1);
}

void TestCompareWorkspace::originals_rightAfterOpening()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(3)));
    const QList<qint64> ids = desk.addSome(2);
    CompareGuest draft;
    draft.image = striped(200);
    draft.card.templateId = QStringLiteral("market");
    desk.workspace->open({draft}, ids);
    desk.trigger("compareOriginals");
    QTRY_COMPARE(desk.set()->count(), 3);
    desk.set()->setOriginals(false);  // while all of them are on their way
    QTRY_VERIFY(desk.isShown());
    QVERIFY(desk.set()->isLoaded(0));
    QTRY_VERIFY(!desk.set()->at(1).scores.isEmpty());
}

void TestCompareWorkspace::drift_isSaidWhenThePictureIsThere()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(2);
    Drift drift;
    drift.sentence = QStringLiteral("The final differs from the draft you approved in 1 place: the title moved.");
    desk.workspace->open(ids);
    desk.workspace->showDrift(ids.at(1), drift);  // measured sooner than the library answers
    QCOMPARE(desk.set()->count(), 0);
    QTRY_COMPARE(desk.set()->count(), 2);
    QVERIFY2(desk.workspace->bar()->text().startsWith(drift.sentence), qPrintable(desk.workspace->bar()->text()));
    // Once, not again with every change.
    desk.workspace->bar()->dismiss();
    desk.set()->setOriginals(true);
    QVERIFY(!desk.workspace->bar()->isVisible());
}

void TestCompareWorkspace::lastComparison_waitsUntilItIsSeen()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(3);
    desk.settings.setValue(QStringLiteral("compare/last"), QStringLiteral("%1 %2").arg(ids.at(2)).arg(ids.at(0)));
    desk.library.calls.clear();
    CompareWorkspace later({&desk.library, &desk.settings});
    QTest::qWait(1);
    QVERIFY(desk.library.calls.isEmpty());
    later.saveState();  // closed without having been looked at: it stays what it was
    later.show();
    QTRY_COMPARE(later.set()->ids(), (QList<qint64>{ids.at(2), ids.at(0)}));
}

void TestCompareWorkspace::models_haveOneNameAndHueInTheWindow()
{
    FakeFinalService finals;
    finals.models.models.first().label = QStringLiteral("Ideogram Four");
    FakeLibraryService library;
    QTemporaryDir home;
    QSettings settings(home.filePath(QStringLiteral("galley.conf")), QSettings::IniFormat);
    ModelNames ofWindow;
    CompareWorkspace workspace({&library, &settings, &finals, ofWindow});
    workspace.show();
    // The order of the set is not that of the catalogue, and it does not know the second.
    const QStringList models{QStringLiteral("sd3.5-medium"), QStringLiteral("elsewhere"), QStringLiteral("ideogram-4")};
    QList<qint64> ids;
    for (const QString &model : models)
        ids << library.add(madeBy(model, 1, striped(int(ids.size()) * 50)));
    library.setPick({ids.at(2)}, PickState::Picked);
    library.addPick(ids.at(2), ids.at(0));
    workspace.open(ids);
    QTRY_COMPARE(workspace.set()->count(), 3);
    QCOMPARE(workspace.set()->label(2), QStringLiteral("Ideogram Four"));
    QTRY_VERIFY(workspace.preferences()->text().contains(QStringLiteral("Ideogram Four")));
    QSet<int> hues;
    for (int place = 0; place < 3; ++place) {
        QCOMPARE(workspace.set()->modelHue(place), ofWindow.hue(models.at(place)));
        hues.insert(ofWindow.hue(models.at(place)));
    }
    QCOMPARE(hues.size(), 3);
    QCOMPARE(ofWindow.hue(QStringLiteral("ideogram-4")), 0);
    workspace.set()->setBlind(true);
    for (int place = 0; place < 3; ++place) {
        QCOMPARE(workspace.set()->modelHue(place), -1);
        QVERIFY(!workspace.set()->sentence(place).contains(QStringLiteral("Ideogram Four")));
    }
}

/// Reading the text of a picture takes seconds: its scores come while it is looked at.
void TestCompareWorkspace::laterScores_areShown()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(2)));
    QTRY_COMPARE(desk.set()->at(1).scores.size(), 1);
    VERIFY_RESULT(desk.library.setScores(desk.set()->ids().at(1), {{.name = QStringLiteral("contrast"), .value = 0.25}}).result());
    QTRY_COMPARE(desk.set()->at(1).scores.size(), 2);
    QCOMPARE(desk.set()->at(0).scores.size(), 1);
    const auto *table = desk.workspace->findChild<QTableWidget *>(QStringLiteral("parameterTable"));
    QTRY_VERIFY(!table->findItems(QLocale().toString(0.25, 'f', 2), Qt::MatchExactly).isEmpty());
}

void TestCompareWorkspace::readers_hearEveryPane()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(3)));
    desk.set()->setRating(1, 3);
    desk.set()->setPick(1, PickState::Picked);
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(desk.view());
    QVERIFY(face);
    QCOMPARE(face->childCount(), 3);
    const QString name = face->child(1)->text(QAccessible::Name);
    QVERIFY2(name.contains(QStringLiteral("Pane 2")) && name.contains(desk.models.at(1)) && name.contains(QStringLiteral("picked")), qPrintable(name));
    QVERIFY(!face->child(1)->state().selected);
    face->child(1)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(face->child(1)->state().selected);
    QVERIFY(face->child(2)->rect().isValid());
    for (QWidget *widget : desk.workspace->findChildren<QWidget *>()) {
        const bool isReached = widget->focusPolicy() & Qt::TabFocus && widget->isVisible();
        const QAccessibleInterface *each = isReached ? QAccessible::queryAccessibleInterface(widget) : nullptr;
        if (each && !qobject_cast<QAbstractScrollArea *>(widget->parentWidget()))
            QVERIFY2(!each->text(QAccessible::Name).isEmpty(), qPrintable(QString(QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName())));
    }
}

void TestCompareWorkspace::actionsHaveNamesAndNoSharedKeys()
{
    CompareDesk desk;
    QMap<QString, QString> keys;
    for (const QAction *action : desk.workspace->actions()->all()) {
        QVERIFY(!action->objectName().isEmpty());
        QVERIFY(!action->text().isEmpty());
        for (const QKeySequence &key : action->shortcuts()) {
            QVERIFY2(!keys.contains(key.toString()), qPrintable(QString(key.toString() + u' ' + action->objectName() + u' ' + keys.value(key.toString()))));
            keys.insert(key.toString(), action->objectName());
        }
    }
    QVERIFY(keys.size() > 40);
}

QTEST_MAIN(TestCompareWorkspace)
#include "tst_compareworkspace.moc"
