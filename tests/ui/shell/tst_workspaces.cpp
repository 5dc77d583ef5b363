#include "tests/ui/shell/windowfixture.h"
#include "ui/design/artboard.h"
#include "ui/document/templatedocument.h"
#include "ui/routes/routesworkspace.h"
#include "ui/routes/rulesdraft.h"
#include "ui/routes/ruleseditor.h"
#include "ui/routes/rulespanel.h"
#include "ui/shell/designworkspace.h"
#include "ui/shell/filecontroller.h"
#include "ui/shell/issues.h"
#include "ui/shell/workspaceswitch.h"
#include "ui/widgets/segmented.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QToolBar>
#include <QToolButton>
#include <QUndoStack>

using namespace Galley;

namespace {

const QByteArray rules("routes:\n  - match: \"prompt:poster\"\n    model: ideogram-4\n");

/// A whole window over fakes, with rules.
struct Fixture : WindowFixture
{
    Fixture()
    {
        routing.putFile(rules);
        parts.routing = &routing;
        open();
    }
};

} // namespace

class TestWorkspaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void keysSwitch_andTheWordsFollow();
    void onlyWhatExists_isOffered();
    void noKeyOfDesign_worksInRoutes();
    void shortcutsAreUnshared_inBothWorkspaces();
    void everyInteractiveWidget_hasAName();
    void rollBackFromDesign_asksInRoutesWithTheFocus();
    void theLastWorkspace_isRemembered();
    void unappliedText_survivesSwitchingAndAsksOnClosing();
    void brokenRules_areAnIssueThatLeadsThere();
    void issuesOfTheTemplate_leadBackToDesign();
};

void TestWorkspaces::keysSwitch_andTheWordsFollow()
{
    Fixture fixture;
    fixture.window->show();
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
    QCOMPARE(fixture.window->workspaces()->current(), QStringLiteral("design"));
    QTest::keyClick(fixture.window.get(), Qt::Key_5, Qt::AltModifier);
    QCOMPARE(fixture.window->workspaces()->current(), QStringLiteral("routes"));
    QVERIFY(fixture.window->routes()->isVisible());
    QVERIFY(!fixture.window->design()->isVisible());
    QVERIFY(!fixture.window->findChild<QToolBar *>(QStringLiteral("draftToolBar"))->isVisible());
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(fixture.window->routes()->rules()->editor()));
    auto *words = fixture.window->findChild<QToolBar *>(QStringLiteral("workspaceToolBar"))->findChild<Segmented *>();
    QCOMPARE(words->currentIndex(), 1);
    words->button(0)->click();
    QCOMPARE(fixture.window->workspaces()->current(), QStringLiteral("design"));
    QVERIFY(fixture.window->findChild<QToolBar *>(QStringLiteral("draftToolBar"))->isVisible());
    QVERIFY(fixture.action("design")->isChecked());
}

void TestWorkspaces::onlyWhatExists_isOffered()
{
    Fixture fixture;
    QCOMPARE(fixture.window->workspaces()->switchActions().size(), 2);
    fixture.parts.routing = nullptr;
    MainWindow alone(fixture.parts);
    alone.show();
    QCOMPARE(alone.workspaces()->switchActions().size(), 1);
    QVERIFY(!alone.routes());
    QVERIFY(!alone.findChild<QToolBar *>(QStringLiteral("workspaceToolBar"))->isVisible());
}

void TestWorkspaces::noKeyOfDesign_worksInRoutes()
{
    Fixture fixture;
    fixture.window->show();
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
    fixture.window->document()->apply(QStringLiteral("Rename"), [](Template &value) { value.name = QStringLiteral("x"); });
    fixture.window->workspaces()->choose(QStringLiteral("routes"));
    QVERIFY(!fixture.action("undo")->isVisible());
    // Not even where no text has the focus.
    fixture.window->routes()->focusNextPanel(true);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(fixture.window->document()->value().name, QStringLiteral("x"));
    fixture.window->workspaces()->choose(QStringLiteral("design"));
    QVERIFY(fixture.action("undo")->isVisible());
    QTest::keyClick(fixture.window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(fixture.window->document()->value().name != QStringLiteral("x"));
}

void TestWorkspaces::shortcutsAreUnshared_inBothWorkspaces()
{
    Fixture fixture;
    for (const char *workspace : {"design", "routes"}) {
        fixture.window->workspaces()->choose(QLatin1String(workspace));
        QMap<QString, QString> owners;
        QSet<QString> places;
        for (const CommandPalette::Command &command : fixture.window->commands()) {
            places.insert(command.place.section(QStringLiteral(" › "), 0, 0));
            for (const QKeySequence &key : command.action->shortcuts()) {
                QVERIFY2(!owners.contains(key.toString()), qPrintable(key.toString() + QStringLiteral(" belongs to ") + owners.value(key.toString())
                                                                      + QStringLiteral(" and to ") + command.action->text()));
                owners.insert(key.toString(), command.action->text());
            }
        }
        QVERIFY(places.contains(QStringLiteral("Routes")));
        QCOMPARE(places.contains(QStringLiteral("Token")), qstrcmp(workspace, "design") == 0);
    }
}

void TestWorkspaces::everyInteractiveWidget_hasAName()
{
    Fixture fixture;
    fixture.window->show();
    fixture.window->workspaces()->choose(QStringLiteral("routes"));
    for (const QWidget *widget : fixture.window->findChildren<QWidget *>()) {
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool interactive = button || qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
                                 || qobject_cast<const QAbstractItemView *>(widget) || (widget->focusPolicy() & Qt::TabFocus);
        if (!interactive || widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 qPrintable(QStringLiteral("%1 \"%2\"").arg(QLatin1String(widget->metaObject()->className()), widget->objectName())));
    }
}

void TestWorkspaces::rollBackFromDesign_asksInRoutesWithTheFocus()
{
    Fixture fixture;
    fixture.routing.putFile(rules + "# two\n");
    CanaryStatus canary;
    canary.rule = QStringLiteral("posters");
    canary.canary.model = QStringLiteral("studio-flux");
    canary.state.phase = CanaryState::Phase::Running;
    fixture.routing.setCanaries({canary});
    fixture.window->show();
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
    for (int again = 0; again < 2; ++again) {  // from Design, and where Routes shows already
        fixture.action("rollBack")->trigger();
        QCOMPARE(fixture.window->workspaces()->current(), QStringLiteral("routes"));
        QCoreApplication::processEvents();
        auto *answer = qobject_cast<QPushButton *>(QApplication::focusWidget());
        QVERIFY(answer);
        QCOMPARE(answer->text(), QStringLiteral("Roll Back"));
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QCOMPARE(fixture.routing.calls.filter(QStringLiteral("rollback")), QStringList{QStringLiteral("rollback 0 posters")});
}

void TestWorkspaces::theLastWorkspace_isRemembered()
{
    Fixture fixture;
    fixture.window->show();
    fixture.window->workspaces()->choose(QStringLiteral("routes"));
    QVERIFY(fixture.window->close());
    MainWindow next(fixture.parts);
    QCOMPARE(next.workspaces()->current(), QStringLiteral("routes"));
    fixture.parts.routing = nullptr;
    MainWindow without(fixture.parts);
    QCOMPARE(without.workspaces()->current(), QStringLiteral("design"));
}

void TestWorkspaces::unappliedText_survivesSwitchingAndAsksOnClosing()
{
    Fixture fixture;
    fixture.window->show();
    fixture.window->workspaces()->choose(QStringLiteral("routes"));
    RulesEditor *editor = fixture.window->routes()->rules()->editor();
    editor->moveCursor(QTextCursor::End);
    QTest::keyClicks(editor, QStringLiteral("# mine"));
    fixture.window->workspaces()->choose(QStringLiteral("design"));
    fixture.window->workspaces()->choose(QStringLiteral("routes"));
    QVERIFY(editor->toPlainText().endsWith(QStringLiteral("# mine")));
    QVERIFY(!fixture.window->close());
    auto *box = fixture.window->findChild<QMessageBox *>();
    QVERIFY(box);
    for (QAbstractButton *button : box->buttons()) {
        if (button->text() == QStringLiteral("Discard It"))
            button->click();
    }
    QVERIFY(!fixture.window->isVisible());
    MainWindow next(fixture.parts);
    QVERIFY(!next.routes()->draft()->isModified());
}

void TestWorkspaces::brokenRules_areAnIssueThatLeadsThere()
{
    Fixture fixture;
    fixture.window->show();
    const qsizetype before = fixture.window->issues()->issues().size();
    fixture.routing.putFile("routes:\n  - match: \"prompt:poster\"\n    model: nobody-knows-it\n");
    QCOMPARE(fixture.window->issues()->issues().size(), before + 1);
    QVERIFY(fixture.window->routes()->jumpTo(QStringLiteral("routes.yaml")));
    QCOMPARE(fixture.window->workspaces()->current(), QStringLiteral("routes"));
    fixture.routing.putFile(rules);
    QCOMPARE(fixture.window->issues()->issues().size(), before);
}

void TestWorkspaces::issuesOfTheTemplate_leadBackToDesign()
{
    Fixture fixture;
    fixture.window->files()->openFirst();
    fixture.window->show();
    fixture.window->workspaces()->choose(QStringLiteral("routes"));
    QVERIFY(!fixture.window->routes()->jumpTo(QStringLiteral("unknown_slot")));
    fixture.window->workspaces()->choose(QStringLiteral("design"));
    QVERIFY(fixture.window->design()->isVisible());
}

QTEST_MAIN(TestWorkspaces)
#include "tst_workspaces.moc"
