#include "tests/support/looptimer.h"
#include "tests/ui/routes/desk.h"
#include "ui/routes/findbar.h"
#include "ui/routes/findinglist.h"
#include "ui/routes/rulemodel.h"
#include "ui/routes/ruletable.h"
#include "ui/widgets/themeswitch.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QEventLoop>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QTimer>
#include <QTreeView>

using namespace Galley;

class TestRulesPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void splitFile_isShownWithoutProblems();
    void mistakes_areMarkedAtTheirLine();
    void aFinding_leadsToItsLine();
    void tabs_becomeSpaces();
    void newLine_keepsTheIndentation();
    void find_goesRoundAndSaysWhenThereIsNone();
    void ctrlS_asksForANoteAndApplies();
    void errors_areNotApplied();
    void anotherRevision_asksWhoseText();
    void showTheirs_canBeUndone();
    void keepMine_replacesTheirs();
    void aRefusedApply_saysWhy();
    void untouchedText_followsTheFile();
    void aBrokenFile_keepsTheRulesAndSaysSo();
    void unsavedText_isThereNextTime();
    void unsavedText_isKeptWhileItIsWritten();
    void rulesOfAnAddress_canOnlyBeRead();
    void closing_asksOnlyAboutChangedText();
    void carriageReturns_stay();
    void typing_doesNotStall();
    void table_tellsEverythingOfARule();
    void table_clickGoesToTheLine();
    void liveShares_standBesideTheIntended();
    void nothing_isAModalBox();
};

void TestRulesPanel::splitFile_isShownWithoutProblems()
{
    RoutesDesk desk;
    QVERIFY(desk.isReady());
    QCOMPARE(desk.editor()->toPlainText().toUtf8(), splitFile());
    QVERIFY(!desk.workspace->draft()->isModified());
    QVERIFY(!desk.workspace->draft()->policy().hasErrors());
    QVERIFY(!desk.workspace->rules()->applyAction()->isEnabled());
    QVERIFY(!desk.workspace->findChild<FindingList *>()->isVisible());
    QCOMPARE(desk.workspace->table()->model()->rowCount(), 3);  // two rules and everything else
}

void TestRulesPanel::mistakes_areMarkedAtTheirLine()
{
    RoutesDesk desk;
    desk.editor()->replaceText(QStringLiteral("routes:\n  - match: \"prompt:x\"\n    model: nobody-knows-it\n"));
    QVERIFY(desk.isReady());
    const auto *list = desk.workspace->findChild<FindingList *>();
    QVERIFY(list->isVisible());
    QVERIFY2(list->item(0)->text().contains(QStringLiteral("nobody-knows-it")), qPrintable(list->item(0)->text()));
    QVERIFY(!list->item(0)->icon().isNull());
    bool marked = false;
    for (const QTextEdit::ExtraSelection &each : desk.editor()->extraSelections())
        marked = marked || (each.format.underlineStyle() == QTextCharFormat::WaveUnderline && each.cursor.blockNumber() == 2);
    QVERIFY(marked);
}

void TestRulesPanel::aFinding_leadsToItsLine()
{
    RoutesDesk desk;
    desk.editor()->replaceText(QStringLiteral("routes:\n  - match: \"prompt:x\"\n    model: nobody-knows-it\n"));
    QVERIFY(desk.isReady());
    desk.editor()->goToLine(1);
    auto *list = desk.workspace->findChild<FindingList *>();
    list->setCurrentRow(0);
    list->setFocus();
    Q_EMIT list->itemActivated(list->item(0));
    QCOMPARE(desk.editor()->currentLine(), 3);
    desk.editor()->goToLine(1);
    desk.workspace->rules()->problemAction()->trigger();
    QCOMPARE(desk.editor()->currentLine(), 3);
}

void TestRulesPanel::tabs_becomeSpaces()
{
    RoutesDesk desk("");
    desk.editor()->setFocus();
    QTest::keyClick(desk.editor(), Qt::Key_Tab);
    QTest::keyClicks(desk.editor(), QStringLiteral("a"));
    QCOMPARE(desk.editor()->toPlainText(), QStringLiteral("  a"));
    QTest::keyClick(desk.editor(), Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(desk.editor()->toPlainText(), QStringLiteral("a"));
    QVERIFY(!desk.editor()->toPlainText().contains(u'\t'));
}

void TestRulesPanel::newLine_keepsTheIndentation()
{
    RoutesDesk desk("");
    QTest::keyClicks(desk.editor(), QStringLiteral("routes:"));
    QTest::keyClick(desk.editor(), Qt::Key_Return);
    QTest::keyClicks(desk.editor(), QStringLiteral("- model: x"));
    QTest::keyClick(desk.editor(), Qt::Key_Return);
    QCOMPARE(desk.editor()->toPlainText(), QStringLiteral("routes:\n  - model: x\n  "));
}

void TestRulesPanel::find_goesRoundAndSaysWhenThereIsNone()
{
    RoutesDesk desk;
    desk.workspace->rules()->findAction()->trigger();
    auto *bar = desk.workspace->findChild<FindBar *>();
    QVERIFY(bar->isVisible());
    auto *words = bar->findChild<QLineEdit *>();
    QTest::keyClicks(words, QStringLiteral("WEIGHT"));
    QCOMPARE(desk.editor()->currentLine(), 4);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(desk.editor()->currentLine(), 7);
    QTest::keyClick(words, Qt::Key_Return);
    QCOMPARE(desk.editor()->currentLine(), 4);
    QVERIFY(!desk.editor()->findWords(QStringLiteral("no such words"), true));
    QTest::keyClick(words, Qt::Key_Escape);
    QVERIFY(!bar->isVisible());
}

void TestRulesPanel::ctrlS_asksForANoteAndApplies()
{
    RoutesDesk desk;
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# more"));
    QVERIFY(desk.workspace->draft()->isModified());
    QVERIFY(desk.isReady());
    QTest::keyClick(desk.editor(), Qt::Key_S, Qt::ControlModifier);
    auto *note = desk.workspace->findChild<QLineEdit *>(QStringLiteral("applyNote"));
    QVERIFY(note->isVisible());
    QVERIFY(desk.routing.calls.filter(QStringLiteral("apply")).isEmpty());
    QTest::keyClicks(note, QStringLiteral("a word more"));
    QTest::keyClick(note, Qt::Key_Return);
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("apply")), QStringList{QStringLiteral("apply 1 a word more")});
    QTRY_VERIFY(!desk.workspace->draft()->isModified());
    QVERIFY(!note->isVisible());
    QCOMPARE(desk.routing.text(), splitFile() + "# more");
    QCOMPARE(desk.workspace->draft()->basedOn(), 2);
    QTest::keyClick(desk.editor(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(desk.workspace->draft()->isModified());
}

void TestRulesPanel::errors_areNotApplied()
{
    RoutesDesk desk;
    desk.editor()->replaceText(QStringLiteral("routes:\n  - match: \"prompt:x\"\n    model: nobody-knows-it\n"));
    QVERIFY(desk.isReady());
    QVERIFY(desk.workspace->draft()->policy().hasErrors());
    desk.workspace->rules()->applyAction()->trigger();
    QVERIFY(!desk.workspace->findChild<QLineEdit *>(QStringLiteral("applyNote"))->isVisible());
    QCOMPARE(desk.editor()->currentLine(), 3);
    QVERIFY(desk.routing.calls.filter(QStringLiteral("apply")).isEmpty());
}

void TestRulesPanel::anotherRevision_asksWhoseText()
{
    RoutesDesk desk;
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# mine"));
    desk.routing.putFile(splitFile() + "# theirs\n");
    QVERIFY(desk.workspace->draft()->isOvertaken());
    QVERIFY(desk.editor()->toPlainText().endsWith(QStringLiteral("# mine")));
    auto *bar = desk.workspace->rules()->findChild<MessageBar *>();
    QVERIFY(bar->isVisible());
    QVERIFY2(bar->text().contains(QStringLiteral("Revision 2")), qPrintable(bar->text()));
    desk.workspace->rules()->applyAction()->trigger();
    QVERIFY(desk.routing.calls.filter(QStringLiteral("apply")).isEmpty());
}

void TestRulesPanel::showTheirs_canBeUndone()
{
    RoutesDesk desk;
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# mine"));
    desk.routing.putFile(splitFile() + "# theirs\n");
    RoutesDesk::buttonOf(desk.workspace->rules(), QStringLiteral("Show Theirs"))->click();
    QVERIFY(desk.editor()->toPlainText().endsWith(QStringLiteral("# theirs\n")));
    QVERIFY(!desk.workspace->draft()->isModified());
    desk.editor()->undo();
    QVERIFY(desk.editor()->toPlainText().endsWith(QStringLiteral("# mine")));
    QVERIFY(desk.workspace->draft()->isModified());
    QCOMPARE(desk.workspace->draft()->basedOn(), 2);
}

void TestRulesPanel::keepMine_replacesTheirs()
{
    RoutesDesk desk;
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# mine"));
    desk.routing.putFile(splitFile() + "# theirs\n");
    RoutesDesk::buttonOf(desk.workspace->rules(), QStringLiteral("Keep Mine"))->click();
    QVERIFY(!desk.workspace->draft()->isOvertaken());
    desk.workspace->draft()->apply(QStringLiteral("on purpose"));
    QTRY_COMPARE(desk.routing.text(), splitFile() + "# mine");
}

void TestRulesPanel::aRefusedApply_saysWhy()
{
    RoutesDesk desk;
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# mine"));
    desk.routing.applyError = Error{ErrorCode::Io, QStringLiteral("The disk is full.")};
    desk.workspace->draft()->apply({});
    auto *bar = desk.workspace->rules()->findChild<MessageBar *>();
    QTRY_COMPARE(bar->text(), QStringLiteral("The disk is full."));
    QVERIFY(desk.workspace->draft()->isModified());
    QVERIFY(!desk.workspace->draft()->isApplying());
}

void TestRulesPanel::untouchedText_followsTheFile()
{
    RoutesDesk desk;
    desk.routing.putFile(splitFile() + "# theirs\n");
    QVERIFY(desk.editor()->toPlainText().endsWith(QStringLiteral("# theirs\n")));
    QCOMPARE(desk.workspace->draft()->basedOn(), 2);
    QVERIFY(!desk.workspace->draft()->isOvertaken());
}

void TestRulesPanel::aBrokenFile_keepsTheRulesAndSaysSo()
{
    RoutesDesk desk;
    QSignalSpy trouble(desk.workspace.get(), &RoutesWorkspace::trouble);
    desk.routing.putFile("routes:\n  - match: \"prompt:x\"\n    model: nobody-knows-it\n");
    QVERIFY(!trouble.isEmpty());
    QCOMPARE(trouble.last().first().toString(), QStringLiteral("routes.yaml"));
    QVERIFY(!trouble.last().at(1).toString().isEmpty());
    auto *bar = desk.workspace->rules()->findChild<MessageBar *>();
    QVERIFY(bar->isVisible());
    QCOMPARE(desk.routing.revision(), 1);
    desk.routing.putFile(splitFile());
    QVERIFY(!bar->isVisible());
    QVERIFY(trouble.last().at(1).toString().isEmpty());
}

void TestRulesPanel::unsavedText_isThereNextTime()
{
    RoutesDesk desk;
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# mine"));
    desk.workspace->saveState();
    RoutesWorkspace next({&desk.routing, &desk.finals, &desk.document, &desk.settings});
    QVERIFY(next.rules()->editor()->toPlainText().endsWith(QStringLiteral("# mine")));
    QVERIFY(next.draft()->isModified());
    QVERIFY(!next.bar()->isHidden());
    RoutesDesk::buttonOf(next.bar(), QStringLiteral("Discard It"))->click();
    QVERIFY(!next.draft()->isModified());
    next.saveState();
    RoutesWorkspace last({&desk.routing, &desk.finals, &desk.document, &desk.settings});
    QVERIFY(!last.draft()->isModified());
}

/// As another process sees it after a crash of this one: nothing is closed, nothing asks for it.
void TestRulesPanel::unsavedText_isKeptWhileItIsWritten()
{
    RoutesDesk desk;
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# mine"));
    const auto onDisk = [&desk] {
        QFile file(desk.settings.fileName());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QVERIFY(QTest::qWaitFor([&] { return onDisk().contains("# mine"); }, 10000));
    QSettings afterwards(desk.settings.fileName(), QSettings::IniFormat);
    RoutesWorkspace next({&desk.routing, &desk.finals, &desk.document, &afterwards});
    QVERIFY(next.rules()->editor()->toPlainText().endsWith(QStringLiteral("# mine")));
    desk.workspace->draft()->discard();
    QVERIFY(QTest::qWaitFor([&] { return !onDisk().contains("# mine"); }, 10000));
}

void TestRulesPanel::rulesOfAnAddress_canOnlyBeRead()
{
    RoutesDesk desk;
    QVERIFY(desk.isReady());
    desk.routing.editable = false;
    Q_EMIT desk.routing.policyChanged();
    QVERIFY(desk.editor()->isReadOnly());
    const QString before = desk.editor()->toPlainText();
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# mine"));
    QTest::keyClick(desk.editor(), Qt::Key_Tab);
    QTest::keyClick(desk.editor(), Qt::Key_Return);
    QCOMPARE(desk.editor()->toPlainText(), before);
    QVERIFY(!desk.workspace->draft()->isModified());
    QVERIFY(!desk.workspace->rules()->applyAction()->isEnabled());
    auto *button = desk.workspace->findChild<QPushButton *>(QStringLiteral("applyButton"));
    QVERIFY(!button->isEnabled());
    QVERIFY2(button->toolTip().contains(QStringLiteral("change them there")), qPrintable(button->toolTip()));
    QTest::keyClick(desk.editor(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(!desk.workspace->findChild<QLineEdit *>(QStringLiteral("applyNote"))->isVisible());
    QVERIFY(desk.routing.calls.filter(QStringLiteral("apply")).isEmpty());
    QCOMPARE(desk.workspace->table()->model()->rowCount(), 3);  // still told in the table, and the rest works
    desk.routing.editable = true;
    Q_EMIT desk.routing.policyChanged();
    QVERIFY(!desk.editor()->isReadOnly());
}

void TestRulesPanel::closing_asksOnlyAboutChangedText()
{
    RoutesDesk desk;
    QVERIFY(!desk.workspace->askBeforeClosing([] {}));
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# mine"));
    int closed = 0;
    QVERIFY(desk.workspace->askBeforeClosing([&closed] { ++closed; }));
    for (QAbstractButton *button : desk.workspace->findChild<QMessageBox *>()->buttons()) {
        if (button->text() == QStringLiteral("Keep the Text"))
            button->click();
    }
    QCOMPARE(closed, 1);
    desk.workspace->saveState();
    QVERIFY(desk.settings.value(QStringLiteral("routes/unsaved")).toString().endsWith(QStringLiteral("# mine")));
}

void TestRulesPanel::carriageReturns_stay()
{
    RoutesDesk desk(QByteArray(splitFile()).replace("\n", "\r\n"));
    QVERIFY(!desk.workspace->draft()->isModified());
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# more"));
    desk.workspace->draft()->apply({});
    QTRY_COMPARE(desk.routing.text(), QByteArray(splitFile()).replace("\n", "\r\n") + "# more");
}

void TestRulesPanel::typing_doesNotStall()
{
    QByteArray text("routes:\n");
    for (int i = 0; i < 1000; ++i)
        text += "  - match: \"prompt:word" + QByteArray::number(i) + "\"\n    model: sd-medium\n";
    RoutesDesk desk(text);
    QVERIFY(desk.isReady());
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# "));
    QEventLoop loop;
    LoopTimer timer;
    // The loop's own start and the first paint belong to nobody's typing.
    QTimer::singleShot(200, &loop, [&timer] { timer.restart(); });
    int typed = 0;
    QTimer keys;
    QObject::connect(&keys, &QTimer::timeout, &loop, [&desk, &typed] {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_X, Qt::NoModifier, QStringLiteral("x"));
        QCoreApplication::sendEvent(desk.editor(), &press);
        ++typed;
    });
    keys.start(230);  // slower than the wait before a check, so that every key is followed by one
    QTimer::singleShot(3000, &loop, &QEventLoop::quit);
    loop.exec();
    QVERIFY(typed > 5);
    QVERIFY2(timer.longestCpuMs() <= 50, qPrintable(QString::number(timer.longestCpuMs())));
}

void TestRulesPanel::table_tellsEverythingOfARule()
{
    RoutesDesk desk(grownFile());
    QVERIFY(desk.isReady());
    RuleModel *model = desk.workspace->table()->model();
    QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model->rowCount(), 3);
    const QString shares = model->index(0, RuleModel::SharesColumn).data().toString();
    QVERIFY2(shares.contains(QStringLiteral("70")) && shares.contains(QStringLiteral("30")), qPrintable(shares));
    const QString otherwise = model->index(0, RuleModel::OtherwiseColumn).data().toString();
    for (const char *word : {"busy", "over 8 waiting", "20.00", "canary"})
        QVERIFY2(otherwise.contains(QLatin1String(word)), qPrintable(otherwise));
    // One entry alone gets everything.
    QVERIFY(model->index(1, RuleModel::SharesColumn).data().toString().startsWith(QStringLiteral("100")));
    QVERIFY(model->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Line 2")));
}

void TestRulesPanel::table_clickGoesToTheLine()
{
    RoutesDesk desk(grownFile());
    QVERIFY(desk.isReady());
    QTreeView *view = desk.workspace->table()->view();
    const QRect row = view->visualRect(view->model()->index(1, 0));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, row.center());
    QCOMPARE(desk.editor()->currentLine(), 10);
    // And the other way: the rule of the line is marked.
    desk.editor()->goToLine(5);
    QCOMPARE(view->currentIndex().row(), 0);
    desk.editor()->goToLine(1);
    QVERIFY(!view->currentIndex().isValid());
}

void TestRulesPanel::liveShares_standBesideTheIntended()
{
    RoutesDesk desk(grownFile());
    QVERIFY(desk.isReady());
    RuleModel *model = desk.workspace->table()->model();
    QVERIFY(!model->index(0, RuleModel::SharesColumn).data().toString().contains(QStringLiteral("now")));
    Q_EMIT desk.routing.decided(QStringLiteral("posters"), QStringLiteral("ideogram-4"));
    Q_EMIT desk.routing.decided(QStringLiteral("posters"), QStringLiteral("ideogram-4"));
    Q_EMIT desk.routing.decided(QStringLiteral("posters"), QStringLiteral("ideogram-4"));
    Q_EMIT desk.routing.decided(QStringLiteral("posters"), QStringLiteral("studio-flux"));
    QVERIFY(model->index(0, RuleModel::SharesColumn).data().toString().contains(QStringLiteral("now 75")));
    QCOMPARE(model->lineAt(model->index(0, 0))->decisions, 4);
    QVERIFY(!model->index(1, RuleModel::SharesColumn).data().toString().contains(QStringLiteral("now")));
}

void TestRulesPanel::nothing_isAModalBox()
{
    RoutesDesk desk;
    for (const QDialog *dialog : desk.workspace->findChildren<QDialog *>())
        QVERIFY(!dialog->isVisible());
}

QTEST_MAIN(TestRulesPanel)
#include "tst_rulespanel.moc"
