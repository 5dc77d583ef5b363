#include "ui/shell/commandpalette.h"
#include "ui/widgets/themeswitch.h"

#include <QAction>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace Galley;

class TestCommandPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void score_ranks_data();
    void score_ranks();
    void typing_narrowsTheList();
    void enter_runsTheBestMatch();
    void disabledCommand_isShownButNotRun();
    void escape_givesTheFocusBack();
};

void TestCommandPalette::score_ranks_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    const auto row = [](const char *name, const char *typed, const char *better, const char *worse) {
        QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(better) << QString::fromUtf8(worse);
    };
    row("start of the name", "zoom", "Zoom In", "Reset Zoom");
    row("start of a word", "rows", "Open Rows", "Borrows");
    row("letters in order", "opnrws", "Open Rows", "Save");
    row("any order of words", "rows open", "Open Rows", "Open");
    row("accents", "ubersicht", "Übersicht", "Suche");
}

void TestCommandPalette::score_ranks()
{
    QFETCH(QString, typed);
    QFETCH(QString, better);
    QFETCH(QString, worse);
    QVERIFY(commandScore(better, typed) > 0);
    QVERIFY(commandScore(better, typed) > commandScore(worse, typed));
}

namespace {

struct Window
{
    Window()
    {
        widget.resize(800, 600);
        focus = new QLineEdit(&widget);
        palette = new CommandPalette(&widget);
        for (const char *name : {"&Save", "Save &As …", "Undo Move title", "Align Left"}) {
            actions.append(new QAction(QString::fromUtf8(name), &widget));
            commands.append({actions.last(), QStringLiteral("Menu")});
        }
        widget.show();
        focus->setFocus();
    }
    QWidget widget;
    QLineEdit *focus = nullptr;
    CommandPalette *palette = nullptr;
    QList<QAction *> actions;
    QList<CommandPalette::Command> commands;
};

QLineEdit *search(CommandPalette *palette)
{
    return palette->findChild<QLineEdit *>();
}

} // namespace

void TestCommandPalette::typing_narrowsTheList()
{
    Window window;
    window.palette->open(window.commands);
    QCOMPARE(window.palette->shown().size(), 4);
    QTest::keyClicks(search(window.palette), QStringLiteral("save"));
    QCOMPARE(window.palette->shown(), QStringList({QStringLiteral("Save"), QStringLiteral("Save As …")}));
    QTest::keyClicks(search(window.palette), QStringLiteral(" nothing like it"));
    QVERIFY(window.palette->shown().isEmpty());
}

void TestCommandPalette::enter_runsTheBestMatch()
{
    Window window;
    QSignalSpy spy(window.actions.at(1), &QAction::triggered);
    window.palette->open(window.commands);
    QTest::keyClicks(search(window.palette), QStringLiteral("save"));
    QTest::keyClick(search(window.palette), Qt::Key_Down);
    QTest::keyClick(search(window.palette), Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QVERIFY(!window.palette->isVisible());
}

void TestCommandPalette::disabledCommand_isShownButNotRun()
{
    Window window;
    window.actions.at(3)->setEnabled(false);
    QSignalSpy spy(window.actions.at(3), &QAction::triggered);
    window.palette->open(window.commands);
    QTest::keyClicks(search(window.palette), QStringLiteral("align"));
    QCOMPARE(window.palette->shown(), QStringList{QStringLiteral("Align Left")});
    QTest::keyClick(search(window.palette), Qt::Key_Return);
    QCOMPARE(spy.count(), 0);
    QVERIFY(window.palette->isVisible());
}

void TestCommandPalette::escape_givesTheFocusBack()
{
    Window window;
    QVERIFY(QTest::qWaitForWindowActive(&window.widget));
    window.focus->setFocus();
    window.palette->open(window.commands);
    QVERIFY(search(window.palette)->hasFocus());
    QTest::keyClick(search(window.palette), Qt::Key_Escape);
    QVERIFY(!window.palette->isVisible());
    QVERIFY(window.focus->hasFocus());
}

QTEST_MAIN(TestCommandPalette)
#include "tst_commandpalette.moc"
