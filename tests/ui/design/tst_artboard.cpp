#include "tests/ui/design/desk.h"

#include <QAction>
#include <QClipboard>
#include <QPlainTextEdit>
#include <QSignalSpy>

#include <algorithm>

using namespace Galley;

namespace {

/// Of any channel of any pixel.
int largestDifference(const QImage &a, const QImage &b)
{
    int largest = a.size() == b.size() ? 0 : 256;
    for (int y = 0; largest < 256 && y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const QRgb p = a.pixel(x, y);
            const QRgb q = b.pixel(x, y);
            largest = std::max({largest, qAbs(qRed(p) - qRed(q)), qAbs(qGreen(p) - qGreen(q)), qAbs(qBlue(p) - qBlue(q))});
        }
    }
    return largest;
}

} // namespace

class TestArtboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void drag_movesByTheExactAmount_asOneStep();
    void drag_ofSeveral_movesAllByTheSame();
    void drag_withShift_staysOnOneAxis();
    void drag_thereAndBack_leavesNoStep();
    void drag_escape_putsEverythingBack();
    void drag_locked_doesNothing();
    void drag_onTheGround_selects_andMovesNothing();
    void altDrag_carriesACopy_asOneStep();
    void altDrag_escape_leavesNoCopy();
    void resize_eachHandle_data();
    void resize_eachHandle();
    void resize_withShift_keepsTheRatio();
    void resize_ofSeveral_keepsTheirShares();
    void snap_toTheCenter_andCtrlSuspendsIt();
    void click_picksTopmost_shiftToggles();
    void altClick_picksWhatLiesBelow();
    void secondClick_picksWhatLiesBelow();
    void doubleClick_slotText_asksForTheForm();
    void doubleClick_plainText_isEditedInPlace();
    void alignAndDistribute_numbers();
    void order_actionsChangeTheStacking();
    void clipboard_worksBetweenWindows();
    void delete_andUndo_bringsItBackSelected();
    void draw_addsATokenWithThatBox();
    void draw_click_takesTheUsualSize();
    void readOnly_refusesAndSaysWhy();
    void actions_sayWhyTheyAreDisabled();
    void wheelZoom_keepsThePoint();
    void spaceAndMiddleButton_pan();
    void dragging_neverAsksTheEngine();
    void repaint_fromTheCache_equalsAFreshPaint();
    void earlierDraft_isShownAndTakenAway();
};

void TestArtboard::drag_movesByTheExactAmount_asOneStep()
{
    Desk desk;
    const QRectF before = desk.rect("title");
    const Template original = desk.document.value();
    desk.drag(desk.at(300, 130), desk.at(337, 109), Qt::ControlModifier);
    COMPARE_RECT(desk.rect("title"), before.translated(37, -21));
    QCOMPARE(desk.steps(), 1);
    QCOMPARE(desk.lastStep(), QStringLiteral("Move title"));
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("title")});
    for (const Token &token : original.tokens) {
        if (token.id != QLatin1String("title"))
            QCOMPARE(*desk.document.value().findToken(token.id), token);
    }
    desk.document.undoStack()->undo();
    QCOMPARE(desk.document.value(), original);
    // The next drag is a step of its own.
    desk.drag(desk.at(300, 130), desk.at(320, 130), Qt::ControlModifier);
    desk.drag(desk.at(320, 130), desk.at(350, 130), Qt::ControlModifier);
    QCOMPARE(desk.steps(), 2);
}

void TestArtboard::drag_ofSeveral_movesAllByTheSame()
{
    Desk desk;
    desk.select({QStringLiteral("title"), QStringLiteral("note")});
    const QRectF title = desk.rect("title");
    const QRectF note = desk.rect("note");
    desk.drag(desk.at(700, 850), desk.at(690, 862), Qt::ControlModifier);
    COMPARE_RECT(desk.rect("title"), title.translated(-10, 12));
    COMPARE_RECT(desk.rect("note"), note.translated(-10, 12));
    QCOMPARE(desk.lastStep(), QStringLiteral("Move 2 tokens"));
    QCOMPARE(desk.document.selection().size(), 2);
}

void TestArtboard::drag_withShift_staysOnOneAxis()
{
    Desk desk;
    desk.select({QStringLiteral("title")});
    const QRectF before = desk.rect("title");
    desk.press(desk.at(300, 130));
    desk.moveTo(desk.at(360, 141), Qt::ShiftModifier | Qt::ControlModifier);
    desk.release(desk.at(360, 141), Qt::ShiftModifier | Qt::ControlModifier);
    COMPARE_RECT(desk.rect("title"), before.translated(60, 0));
}

void TestArtboard::drag_thereAndBack_leavesNoStep()
{
    Desk desk;
    const Template original = desk.document.value();
    desk.press(desk.at(300, 130), Qt::ControlModifier);
    desk.moveTo(desk.at(400, 230), Qt::ControlModifier);
    QVERIFY(desk.document.value() != original);
    desk.moveTo(desk.at(300, 130), Qt::ControlModifier);
    desk.release(desk.at(300, 130), Qt::ControlModifier);
    QCOMPARE(desk.document.value(), original);
    QCOMPARE(desk.steps(), 0);
}

void TestArtboard::drag_escape_putsEverythingBack()
{
    Desk desk;
    const Template original = desk.document.value();
    desk.press(desk.at(300, 130));
    desk.moveTo(desk.at(400, 230));
    desk.key(Qt::Key_Escape);
    QCOMPARE(desk.document.value(), original);
    desk.moveTo(desk.at(450, 280));
    desk.release(desk.at(450, 280));
    QCOMPARE(desk.document.value(), original);
    QCOMPARE(desk.document.undoStack()->count(), 0);
}

void TestArtboard::drag_locked_doesNothing()
{
    Template value = deskTemplate();
    value.findToken(QStringLiteral("title"))->locked = true;
    Desk desk(value);
    desk.drag(desk.at(300, 130), desk.at(400, 230));  // nothing but the ground can be picked there
    QCOMPARE(desk.document.value(), value);
    desk.select({QStringLiteral("title")});  // from the token list
    desk.drag(desk.at(300, 130), desk.at(400, 230));
    desk.key(Qt::Key_Left);
    desk.key(Qt::Key_Delete);
    QCOMPARE(desk.document.value(), value);
}

void TestArtboard::drag_onTheGround_selects_andMovesNothing()
{
    Desk desk;
    desk.drag(desk.at(150, 60), desk.at(560, 160));
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("title")});
    QCOMPARE(desk.steps(), 0);
    desk.press(desk.at(520, 800), Qt::ShiftModifier);
    desk.moveTo(desk.at(650, 870), Qt::ShiftModifier);
    desk.release(desk.at(650, 870), Qt::ShiftModifier);
    QCOMPARE(desk.document.selection(), QStringList({QStringLiteral("title"), QStringLiteral("note")}));
    desk.click(desk.at(30, 960));
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("ground")});
    desk.drag(desk.at(30, 960), desk.at(200, 990));
    QCOMPARE(desk.steps(), 0);
}

void TestArtboard::altDrag_carriesACopy_asOneStep()
{
    Desk desk;
    const QRectF before = desk.rect("title");
    desk.select({QStringLiteral("title")});
    desk.drag(desk.at(300, 130), desk.at(340, 330), Qt::AltModifier | Qt::ControlModifier);
    COMPARE_RECT(desk.rect("title"), before);
    COMPARE_RECT(desk.rect("title-2"), before.translated(40, 200));
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("title-2")});
    QCOMPARE(desk.steps(), 1);
    desk.document.undoStack()->undo();
    QVERIFY(!desk.document.value().findToken(QStringLiteral("title-2")));
}

void TestArtboard::altDrag_escape_leavesNoCopy()
{
    Desk desk;
    desk.press(desk.at(300, 130), Qt::AltModifier);
    desk.moveTo(desk.at(340, 330), Qt::AltModifier);
    QVERIFY(desk.document.value().findToken(QStringLiteral("title-2")));
    desk.key(Qt::Key_Escape);
    desk.release(desk.at(340, 330));
    QVERIFY(!desk.document.value().findToken(QStringLiteral("title-2")));
    QCOMPARE(desk.document.undoStack()->count(), 0);
}

void TestArtboard::resize_eachHandle_data()
{
    QTest::addColumn<QPointF>("grip");
    QTest::addColumn<QRectF>("expected");
    // title: 210, 110, 400 × 100
    QTest::newRow("top left") << QPointF(210, 110) << QRectF(223, 117, 387, 93);
    QTest::newRow("top") << QPointF(410, 110) << QRectF(210, 117, 400, 93);
    QTest::newRow("top right") << QPointF(610, 110) << QRectF(210, 117, 413, 93);
    QTest::newRow("right") << QPointF(610, 160) << QRectF(210, 110, 413, 100);
    QTest::newRow("bottom right") << QPointF(610, 210) << QRectF(210, 110, 413, 107);
    QTest::newRow("bottom") << QPointF(410, 210) << QRectF(210, 110, 400, 107);
    QTest::newRow("bottom left") << QPointF(210, 210) << QRectF(223, 110, 387, 107);
    QTest::newRow("left") << QPointF(210, 160) << QRectF(223, 110, 387, 100);
}

void TestArtboard::resize_eachHandle()
{
    QFETCH(QPointF, grip);
    QFETCH(QRectF, expected);
    Desk desk;
    desk.select({QStringLiteral("title")});
    const QPoint from = desk.at(grip.x(), grip.y());
    desk.drag(from, from + QPoint(13, 7), Qt::ControlModifier);
    COMPARE_RECT(desk.rect("title"), expected);
    QCOMPARE(desk.steps(), 1);
    QCOMPARE(desk.lastStep(), QStringLiteral("Resize title"));
}

void TestArtboard::resize_withShift_keepsTheRatio()
{
    Desk desk;
    desk.select({QStringLiteral("title")});
    const QPoint from = desk.at(610, 210);
    desk.drag(from, from + QPoint(200, 3), Qt::ControlModifier | Qt::ShiftModifier);
    COMPARE_RECT(desk.rect("title"), QRectF(210, 110, 600, 150));
}

void TestArtboard::resize_ofSeveral_keepsTheirShares()
{
    Desk desk;
    desk.select({QStringLiteral("title"), QStringLiteral("note")});
    // Around both: 210, 110 to 810, 890.
    const QPoint from = desk.at(810, 890);
    desk.drag(from, from + QPoint(60, 0), Qt::ControlModifier);
    COMPARE_RECT(desk.rect("title"), QRectF(210, 110, 440, 100));
    COMPARE_RECT(desk.rect("note"), QRectF(650, 830, 220, 60));
    QCOMPARE(desk.lastStep(), QStringLiteral("Resize 2 tokens"));
}

void TestArtboard::snap_toTheCenter_andCtrlSuspendsIt()
{
    Desk desk;
    // The title's center is at 410; 88 to the right it is 2 short of the middle of the canvas.
    desk.drag(desk.at(300, 130), desk.at(388, 135));
    QCOMPARE(desk.rect("title").center().x(), 500.0);
    desk.document.undoStack()->undo();
    desk.drag(desk.at(300, 130), desk.at(388, 135), Qt::ControlModifier);
    QCOMPARE(qRound(desk.rect("title").center().x()), 498);
    desk.document.undoStack()->undo();
    desk.artboard.findAction(QStringLiteral("snapping"))->setChecked(false);
    desk.drag(desk.at(300, 130), desk.at(388, 135));
    QCOMPARE(qRound(desk.rect("title").center().x()), 498);
    desk.document.undoStack()->undo();
    // An edge to the edge of another token: note begins at 610, the title's right edge comes to 608.
    desk.artboard.findAction(QStringLiteral("snapping"))->setChecked(true);
    desk.select({QStringLiteral("panel")});
    const QPoint grip = desk.at(430, 520);
    desk.drag(grip, grip + QPoint(178, 0));
    COMPARE_RECT(desk.rect("panel"), QRectF(230, 470, 380, 100));
}

void TestArtboard::click_picksTopmost_shiftToggles()
{
    Desk desk;
    desk.click(desk.at(300, 500));
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("panel")});
    desk.click(desk.at(300, 150), Qt::ShiftModifier);
    QCOMPARE(desk.document.selection(), QStringList({QStringLiteral("panel"), QStringLiteral("title")}));
    desk.click(desk.at(300, 500), Qt::ShiftModifier);
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("title")});
    desk.click(desk.at(-30, 500));
    QVERIFY(desk.document.selection().isEmpty());
    QCOMPARE(desk.steps(), 0);
}

void TestArtboard::altClick_picksWhatLiesBelow()
{
    Desk desk;
    const QPoint point = desk.at(300, 500);
    desk.click(point);
    QStringList seen;
    for (int i = 0; i < 3; ++i) {
        desk.click(point, Qt::AltModifier);
        seen << desk.document.selection().join(u'+');
    }
    QCOMPARE(seen, QStringList({QStringLiteral("hero"), QStringLiteral("ground"), QStringLiteral("panel")}));
    QCOMPARE(desk.steps(), 0);
}

void TestArtboard::secondClick_picksWhatLiesBelow()
{
    Desk desk;
    const QPoint point = desk.at(300, 500);
    desk.click(point);
    QTest::qWait(QApplication::doubleClickInterval() + 20);
    desk.click(point);
    QTRY_COMPARE(desk.document.selection(), QStringList{QStringLiteral("hero")});
    // What lies below can then be dragged, although something lies over it.
    const QRectF before = desk.rect("hero");
    QTest::qWait(QApplication::doubleClickInterval() + 20);
    desk.drag(point, point + QPoint(11, 13), Qt::ControlModifier);
    COMPARE_RECT(desk.rect("hero"), before.translated(11, 13));
}

void TestArtboard::doubleClick_slotText_asksForTheForm()
{
    Desk desk;
    QSignalSpy spy(&desk.artboard, &Artboard::editRequested);
    QTest::mouseDClick(&desk.artboard, Qt::LeftButton, {}, desk.at(300, 130));
    QCOMPARE(spy.size(), 1);
    QCOMPARE(spy.first().first().toString(), QStringLiteral("title"));
}

void TestArtboard::doubleClick_plainText_isEditedInPlace()
{
    Desk desk;
    QSignalSpy spy(&desk.artboard, &Artboard::editRequested);
    QTest::mouseDClick(&desk.artboard, Qt::LeftButton, {}, desk.at(700, 850));
    QVERIFY(spy.isEmpty());
    auto *editor = desk.artboard.findChild<QPlainTextEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("Come in"));
    QCOMPARE(desk.document.value().findToken(QStringLiteral("note"))->text, QStringLiteral("Come in"));
    QCOMPARE(desk.steps(), 1);
    QCOMPARE(desk.lastStep(), QStringLiteral("Edit text of note"));
    QTest::keyClick(editor, Qt::Key_Escape);
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("note")});
    desk.document.undoStack()->undo();
    QCOMPARE(desk.document.value().findToken(QStringLiteral("note"))->text, QStringLiteral("Free entry"));
}

void TestArtboard::alignAndDistribute_numbers()
{
    Desk desk;
    desk.select({QStringLiteral("title")});
    desk.trigger("alignCenterX");
    COMPARE_RECT(desk.rect("title"), QRectF(300, 110, 400, 100));
    QCOMPARE(desk.lastStep(), QStringLiteral("Align title"));
    desk.select({QStringLiteral("title"), QStringLiteral("note")});
    desk.trigger("alignRight");
    COMPARE_RECT(desk.rect("title"), QRectF(410, 110, 400, 100));
    COMPARE_RECT(desk.rect("note"), QRectF(610, 830, 200, 60));
    desk.select({QStringLiteral("title"), QStringLiteral("panel"), QStringLiteral("note")});
    desk.trigger("distributeY");
    // From 110 to 890 with 260 filled: two gaps of 260.
    COMPARE_RECT(desk.rect("panel"), QRectF(230, 470, 200, 100));
    QCOMPARE(desk.steps(), 2);
    desk.trigger("alignTop");
    desk.trigger("distributeX");
    COMPARE_RECT(desk.rect("title"), QRectF(320, 110, 400, 100));
    QCOMPARE(desk.lastStep(), QStringLiteral("Distribute 3 tokens"));
}

void TestArtboard::order_actionsChangeTheStacking()
{
    Desk desk;
    desk.select({QStringLiteral("hero")});
    desk.trigger("bringToFront");
    QCOMPARE(desk.artboard.tokenOrder().last(), QStringLiteral("hero"));
    desk.trigger("sendBackward");
    QCOMPARE(desk.artboard.tokenOrder().indexOf(QStringLiteral("hero")), 3);
    desk.click(desk.at(300, 500));
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("hero")});
}

void TestArtboard::clipboard_worksBetweenWindows()
{
    Desk desk;
    desk.select({QStringLiteral("title"), QStringLiteral("panel")});
    desk.trigger("copy");
    Desk other(newTemplate(QStringLiteral("Other"), {500, 500}));
    QVERIFY(other.artboard.findAction(QStringLiteral("paste"))->isEnabled());
    other.trigger("paste");
    QCOMPARE(other.artboard.tokenOrder(), QStringList({QStringLiteral("panel"), QStringLiteral("title")}));
    COMPARE_RECT(other.rect("title"), QRectF(105, 55, 200, 50));
    QVERIFY(other.document.value().findSlot(QStringLiteral("headline")));
    QCOMPARE(other.steps(), 1);
    desk.trigger("cut");
    QVERIFY(!desk.document.value().findToken(QStringLiteral("title")));
    desk.trigger("paste");
    COMPARE_RECT(desk.rect("title"), QRectF(210, 110, 400, 100));
    QGuiApplication::clipboard()->setText(QStringLiteral("words"));
    QVERIFY(!desk.artboard.findAction(QStringLiteral("paste"))->isEnabled());
}

void TestArtboard::delete_andUndo_bringsItBackSelected()
{
    Desk desk;
    const Template original = desk.document.value();
    desk.select({QStringLiteral("title"), QStringLiteral("note")});
    desk.key(Qt::Key_Delete);
    QCOMPARE(desk.document.value().tokens.size(), 3);
    QCOMPARE(desk.lastStep(), QStringLiteral("Delete 2 tokens"));
    desk.document.undoStack()->undo();
    QCOMPARE(desk.document.value(), original);
}

void TestArtboard::draw_addsATokenWithThatBox()
{
    Desk desk;
    QSignalSpy edit(&desk.artboard, &Artboard::editRequested);
    desk.key(Qt::Key_S);
    QCOMPARE(desk.artboard.drawRole(), std::optional<Role>(Role::Subject));
    QVERIFY(desk.artboard.findAction(QStringLiteral("drawSubject"))->isChecked());
    desk.drag(desk.at(641, 233), desk.at(777, 411), Qt::ControlModifier);
    COMPARE_RECT(desk.rect("subject"), QRectF(641, 233, 136, 178));
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("subject")});
    QCOMPARE(desk.lastStep(), QStringLiteral("Add subject"));
    QVERIFY(!desk.artboard.drawRole());
    QCOMPARE(edit.size(), 1);
    desk.key(Qt::Key_P);
    desk.press(desk.at(700, 700));
    desk.moveTo(desk.at(800, 800));
    desk.key(Qt::Key_Escape);
    desk.release(desk.at(800, 800));
    QCOMPARE(desk.steps(), 1);
    QVERIFY(desk.artboard.drawRole());
    desk.key(Qt::Key_Escape);
    QVERIFY(!desk.artboard.drawRole());
}

void TestArtboard::draw_click_takesTheUsualSize()
{
    Desk desk;
    desk.key(Qt::Key_P);
    desk.click(desk.at(647, 413), Qt::ControlModifier);
    COMPARE_RECT(desk.rect("panel-2"), QRectF(347, 263, 600, 300));
}

void TestArtboard::readOnly_refusesAndSaysWhy()
{
    Desk desk;
    desk.document.setReadOnly(true);
    QSignalSpy spy(&desk.artboard, &Artboard::message);
    desk.drag(desk.at(300, 130), desk.at(400, 230));
    desk.key(Qt::Key_Right);
    QTest::mouseDClick(&desk.artboard, Qt::LeftButton, {}, desk.at(700, 850));
    QCOMPARE(spy.size(), 3);
    for (const QList<QVariant> &arguments : spy)
        QVERIFY(arguments.first().toString().contains(QStringLiteral("read-only")));
    QCOMPARE(desk.document.undoStack()->count(), 0);
    QVERIFY(!desk.artboard.findAction(QStringLiteral("delete"))->isEnabled());
    QVERIFY(!desk.artboard.findAction(QStringLiteral("drawSubject"))->isEnabled());
    QVERIFY(desk.artboard.findAction(QStringLiteral("drawSubject"))->toolTip().contains(QStringLiteral("read-only")));
    QVERIFY(desk.artboard.findAction(QStringLiteral("copy"))->isEnabled());
}

void TestArtboard::actions_sayWhyTheyAreDisabled()
{
    Desk desk;
    QStringList names;
    for (QAction *action : desk.artboard.allActions()) {
        QVERIFY(!action->text().isEmpty() && !action->toolTip().isEmpty() && !action->objectName().isEmpty());
        QVERIFY2(!names.contains(action->objectName()), qPrintable(action->objectName()));
        names << action->objectName();
        if (!action->isEnabled())
            QVERIFY2(action->toolTip().contains(QLatin1String(": ")), qPrintable(action->toolTip()));
    }
    QVERIFY(!desk.artboard.findAction(QStringLiteral("distributeX"))->isEnabled());
    desk.select({QStringLiteral("title"), QStringLiteral("note")});
    QVERIFY(desk.artboard.findAction(QStringLiteral("alignLeft"))->isEnabled());
    QVERIFY(desk.artboard.findAction(QStringLiteral("distributeX"))->toolTip().contains(u'3'));
}

void TestArtboard::wheelZoom_keepsThePoint()
{
    Desk desk;
    const QPointF at = desk.at(312, 277);
    const QPointF fixed = desk.artboard.view().toCanvas(at);
    for (int notch : {120, 120, 120, -120, 240, -480}) {
        QWheelEvent event(at, desk.artboard.mapToGlobal(at), {}, {0, notch}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&desk.artboard, &event);
        QVERIFY((desk.artboard.view().toView(fixed) - at).manhattanLength() <= 2);
    }
    QVERIFY(qAbs(desk.artboard.zoom() - 1) < 1e-9);
    desk.trigger("zoomFit");
    QVERIFY(desk.artboard.isFitted());
    QVERIFY(desk.artboard.view().viewport().contains(desk.artboard.view().canvasRect()));
    desk.trigger("zoomActual");
    QCOMPARE(desk.artboard.zoom(), 1.0);
}

void TestArtboard::spaceAndMiddleButton_pan()
{
    Desk desk;
    const QPointF before = desk.artboard.view().origin();
    QTest::keyPress(&desk.artboard, Qt::Key_Space);
    desk.drag(QPoint(400, 400), QPoint(430, 380));
    QTest::keyRelease(&desk.artboard, Qt::Key_Space);
    QCOMPARE(desk.artboard.view().origin(), before + QPointF(30, -20));
    QTest::mousePress(&desk.artboard, Qt::MiddleButton, {}, QPoint(400, 400));
    desk.moveTo(QPoint(390, 410), {}, Qt::MiddleButton);
    QTest::mouseRelease(&desk.artboard, Qt::MiddleButton, {}, QPoint(390, 410));
    QCOMPARE(desk.artboard.view().origin(), before + QPointF(20, -10));
    // A touchpad tells pixels, and they are taken as they are.
    QWheelEvent event(QPointF(400, 400), QPointF(400, 400), {-7, 9}, {-56, 72}, Qt::NoButton, {}, Qt::ScrollUpdate, false);
    QApplication::sendEvent(&desk.artboard, &event);
    QCOMPARE(desk.artboard.view().origin(), before + QPointF(13, -1));
    QCOMPARE(desk.steps(), 0);
}

void TestArtboard::dragging_neverAsksTheEngine()
{
    Desk desk;
    QTRY_VERIFY(desk.draft.engineRequests() > 0);
    const int asked = desk.draft.engineRequests();
    const int rendered = int(desk.engine.renders.size());
    desk.select({QStringLiteral("hero")});
    desk.press(desk.at(150, 400));
    for (int i = 0; i < 100; ++i) {
        desk.moveTo(desk.at(150 + i, 400 + i / 2));
        QApplication::processEvents();
    }
    desk.release(desk.at(250, 450));
    desk.key(Qt::Key_Left, Qt::ShiftModifier);
    desk.trigger("alignCenterX");
    desk.trigger("bringToFront");
    QTest::qWait(50);
    QCOMPARE(desk.draft.engineRequests(), asked);
    QCOMPARE(int(desk.engine.renders.size()), rendered);
    QCOMPARE(desk.draft.state(), DraftService::State::Current);
}

void TestArtboard::repaint_fromTheCache_equalsAFreshPaint()
{
    Desk desk;
    const auto compare = [&desk](const char *what) {
        desk.select({});
        const QImage live = desk.artboard.grab().toImage();
        Artboard fresh(&desk.document, &desk.draft);
        fresh.resize(desk.artboard.size());
        fresh.grab();
        fresh.fitToView();
        fresh.setZoom(desk.artboard.zoom());
        const QImage expected = fresh.grab().toImage();
        QVERIFY2(fresh.view() == desk.artboard.view(), what);
        // Text is rastered at binned sub-pixel phases; at the edge of a bin a rounding gives a few levels, a stale layer far more.
        QVERIFY2(largestDifference(live, expected) <= 8, what);
    };
    const auto edit = [&desk](const std::function<void(Template &)> &change) {
        desk.document.apply(QStringLiteral("x"), change);
        desk.artboard.grab();  // what lies ready follows from what changed between two paints
    };
    desk.artboard.fitToView();
    desk.artboard.setZoom(0.75);
    compare("at first");
    edit([](Template &value) { value.findToken(QStringLiteral("title"))->box.x += 0.05; });
    compare("title moved");
    edit([](Template &value) { value.findToken(QStringLiteral("hero"))->box.width += 0.05; });
    compare("what lies below it resized");
    edit([](Template &value) { value.findToken(QStringLiteral("panel"))->fill = QStringLiteral("#AA3311"); });
    compare("fill");
    edit([](Template &value) { value.findToken(QStringLiteral("ground"))->palette = {QStringLiteral("#113355")}; });
    compare("ground");
    edit([](Template &value) { value.tokens.removeAt(2); });
    compare("one less");
    desk.artboard.fitToView();
    desk.artboard.setZoom(1.5);
    compare("zoom");
    desk.options.seed = 9;
    desk.draft.setInput(desk.document.value(), desk.document.row(), {}, desk.options);
    QTRY_COMPARE(desk.draft.state(), DraftService::State::Current);
    compare("another picture of the subject");
}

void TestArtboard::earlierDraft_isShownAndTakenAway()
{
    Desk desk;
    const QImage live = desk.artboard.grab().toImage();
    Draft earlier = desk.draft.draft();
    for (SceneItem &item : earlier.scene.items) {
        if (item.kind == SceneItem::Kind::Fill)
            item.fill = Qt::red;
    }
    desk.artboard.showDraft(earlier);
    QVERIFY(desk.artboard.grab().toImage() != live);
    desk.artboard.showLive();
    QCOMPARE(desk.artboard.grab().toImage(), live);
}

QTEST_MAIN(TestArtboard)
#include "tst_artboard.moc"
