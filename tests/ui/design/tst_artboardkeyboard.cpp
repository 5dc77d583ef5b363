#include "tests/ui/design/desk.h"

#include <QAccessible>
#include <QAction>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace Galley;

/// The artboard without a mouse: by keys and by a screen reader.
class TestArtboardKeyboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tab_goesThroughTokensByStacking_andLeaves();
    void arrows_nudgeByPixels_asOneStep();
    void ctrlArrows_resize();
    void enter_opensTheWords();
    void draw_andEnter_placesAToken();
    void shortcuts_leaveTextFieldsAlone();
    void escape_leavesTheInnermostFirst();
    void tree_hasOneChildForEachToken();
    void tree_followsTheDocument();
    void tree_childAt_isTheTopmost();
    void tree_actions_selectAndEdit();
};

void TestArtboardKeyboard::tab_goesThroughTokensByStacking_andLeaves()
{
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *before = new QLineEdit(&window);
    Desk desk;
    auto *after = new QLineEdit(&window);
    layout->addWidget(before);
    layout->addWidget(&desk.artboard);
    layout->addWidget(after);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QWidget::setTabOrder(before, &desk.artboard);
    QWidget::setTabOrder(&desk.artboard, after);
    before->setFocus();
    QStringList visited;
    QTest::keyClick(before, Qt::Key_Tab);
    for (int i = 0; i < 5; ++i) {
        QVERIFY(desk.artboard.hasFocus());
        visited << desk.document.selection().join(u'+');
        QTest::keyClick(&desk.artboard, Qt::Key_Tab);
    }
    QCOMPARE(visited, desk.artboard.tokenOrder());
    QVERIFY(after->hasFocus());
    QTest::keyClick(after, Qt::Key_Backtab);
    QVERIFY(desk.artboard.hasFocus());
    QTest::keyClick(&desk.artboard, Qt::Key_Backtab);
    QCOMPARE(desk.document.selection(), QStringList{visited.at(3)});
    desk.artboard.setParent(nullptr);
}

void TestArtboardKeyboard::arrows_nudgeByPixels_asOneStep()
{
    Desk desk;
    desk.select({QStringLiteral("title")});
    const QRectF before = desk.rect("title");
    for (int i = 0; i < 3; ++i)
        desk.key(Qt::Key_Right);
    desk.key(Qt::Key_Up, Qt::ShiftModifier);
    COMPARE_RECT(desk.rect("title"), before.translated(3, -10));
    QCOMPARE(desk.steps(), 1);
    QCOMPARE(desk.lastStep(), QStringLiteral("Move title"));
    desk.select({QStringLiteral("note")});
    desk.key(Qt::Key_Down);
    QCOMPARE(desk.steps(), 2);
}

void TestArtboardKeyboard::ctrlArrows_resize()
{
    Desk desk;
    desk.select({QStringLiteral("title")});
    desk.key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
    desk.key(Qt::Key_Up, Qt::ControlModifier);
    COMPARE_RECT(desk.rect("title"), QRectF(210, 110, 410, 99));
    QCOMPARE(desk.lastStep(), QStringLiteral("Resize title"));
}

void TestArtboardKeyboard::enter_opensTheWords()
{
    Desk desk;
    QSignalSpy spy(&desk.artboard, &Artboard::editRequested);
    desk.select({QStringLiteral("hero")});
    desk.key(Qt::Key_Return);
    QCOMPARE(spy.size(), 1);
    desk.select({QStringLiteral("note")});
    desk.key(Qt::Key_F2);
    QVERIFY(desk.artboard.findChild<QPlainTextEdit *>());
}

void TestArtboardKeyboard::draw_andEnter_placesAToken()
{
    Desk desk;
    desk.key(Qt::Key_P);
    desk.key(Qt::Key_Return);
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("panel-2")});
    QVERIFY(QRectF(0, 0, 1000, 1000).contains(desk.rect("panel-2")));
    QVERIFY(!desk.artboard.drawRole());
    desk.key(Qt::Key_D, Qt::ControlModifier);
    COMPARE_RECT(desk.rect("panel-3"), desk.rect("panel-2").translated(16, 16));
    QCOMPARE(desk.lastStep(), QStringLiteral("Duplicate panel-2"));
    desk.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(desk.document.selection().size(), 7);
}

void TestArtboardKeyboard::shortcuts_leaveTextFieldsAlone()
{
    Desk desk;
    desk.select({QStringLiteral("note")});
    desk.key(Qt::Key_F2);
    auto *editor = desk.artboard.findChild<QPlainTextEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("Top Sport"));
    QTest::keyClick(editor, Qt::Key_Backspace);
    QTest::keyClick(editor, Qt::Key_Delete);
    QCOMPARE(desk.document.value().tokens.size(), 5);
    QVERIFY(!desk.artboard.drawRole());
    QCOMPARE(desk.document.value().findToken(QStringLiteral("note"))->text, QStringLiteral("Top Spor"));
}

void TestArtboardKeyboard::escape_leavesTheInnermostFirst()
{
    Desk desk;
    desk.select({QStringLiteral("note")});
    desk.key(Qt::Key_T);
    desk.key(Qt::Key_Escape);
    QVERIFY(!desk.artboard.drawRole());
    QCOMPARE(desk.document.selection().size(), 1);
    desk.key(Qt::Key_Escape);
    QVERIFY(desk.document.selection().isEmpty());
}

void TestArtboardKeyboard::tree_hasOneChildForEachToken()
{
    Desk desk;
    QAccessibleInterface *board = QAccessible::queryAccessibleInterface(&desk.artboard);
    QVERIFY(board);
    QCOMPARE(board->text(QAccessible::Name), QStringLiteral("Artboard"));
    QCOMPARE(board->childCount(), 5);
    const QStringList order = desk.artboard.tokenOrder();
    desk.select({QStringLiteral("title")});
    for (int i = 0; i < order.size(); ++i) {
        QAccessibleInterface *child = board->child(i);
        QVERIFY(child && child->isValid());
        QCOMPARE(board->indexOfChild(child), i);
        QCOMPARE(child->parent(), board);
        QVERIFY(child->text(QAccessible::Name).startsWith(order.at(i)));
        QVERIFY(child->state().selectable && child->state().focusable);
        QCOMPARE(bool(child->state().selected), order.at(i) == QLatin1String("title"));
        const QRect local = desk.artboard.tokenRect(order.at(i)).toAlignedRect();
        QCOMPARE(child->rect(), QRect(desk.artboard.mapToGlobal(local.topLeft()), local.size()));
    }
    QAccessibleInterface *title = board->child(3);
    QVERIFY(title->text(QAccessible::Name).contains(QStringLiteral("Spring Market")));
    QCOMPARE(title->text(QAccessible::Value), QStringLiteral("x 210, y 110, 400 wide, 100 high"));
    QCOMPARE(title->role(), QAccessible::StaticText);
    QCOMPARE(board->child(1)->role(), QAccessible::Graphic);
    QVERIFY(board->child(1)->text(QAccessible::Name).contains(QStringLiteral("a red apple")));
    QVERIFY(board->child(1)->text(QAccessible::Description).contains(QStringLiteral("Generated")));
    QVERIFY(title->state().focused);
    QCOMPARE(board->focusChild(), title);
}

void TestArtboardKeyboard::tree_followsTheDocument()
{
    Desk desk;
    QAccessibleInterface *board = QAccessible::queryAccessibleInterface(&desk.artboard);
    QAccessibleInterface *title = board->child(3);
    desk.select({QStringLiteral("title")});
    desk.key(Qt::Key_Delete);
    QCOMPARE(board->childCount(), 4);
    QVERIFY(!title->isValid());
    QVERIFY(title->state().invalid);
    desk.document.undoStack()->undo();
    QCOMPARE(board->childCount(), 5);
    QVERIFY(board->child(3)->isValid());
    QVERIFY(!board->child(5));
}

void TestArtboardKeyboard::tree_childAt_isTheTopmost()
{
    Desk desk;
    QAccessibleInterface *board = QAccessible::queryAccessibleInterface(&desk.artboard);
    const QPoint global = desk.artboard.mapToGlobal(desk.at(300, 500));
    QAccessibleInterface *found = board->childAt(global.x(), global.y());
    QVERIFY(found);
    QVERIFY(found->text(QAccessible::Name).startsWith(QStringLiteral("panel")));
}

void TestArtboardKeyboard::tree_actions_selectAndEdit()
{
    Desk desk;
    QSignalSpy spy(&desk.artboard, &Artboard::editRequested);
    QAccessibleInterface *hero = QAccessible::queryAccessibleInterface(&desk.artboard)->child(1);
    QAccessibleActionInterface *actions = hero->actionInterface();
    QVERIFY(actions);
    actions->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(desk.document.selection(), QStringList{QStringLiteral("hero")});
    actions->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(spy.size(), 1);
}

QTEST_MAIN(TestArtboardKeyboard)
#include "tst_artboardkeyboard.moc"
