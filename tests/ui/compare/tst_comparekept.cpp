#include "tests/ui/compare/desk.h"
#include "ui/compare/parameterview.h"
#include "ui/compare/savedcomparisons.h"
#include "ui/compare/sheetexport.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/progressline.h"
#include "ui/widgets/themeswitch.h"

#include <QAbstractButton>
#include <QFileDialog>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>

using namespace Galley;

/// What outlives the look: contact sheets and tables, comparisons that are kept by name.
class TestCompareKept : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void sheet_isWrittenAsShown();
    void sheet_failsInWords_data();
    void sheet_failsInWords();
    void sheet_canBeStopped();
    void sheet_isRefusedBlind();
    void comparison_isKeptAndFoundAgain();
    void comparison_isReplacedRenamedRemoved();
    void comparison_saysWhatIsMissing();
    void hostileView_isNotFollowed();
};

/// In the order on screen, the draft with its own pixels, and as it is looked at.
void TestCompareKept::sheet_isWrittenAsShown()
{
    CompareDesk desk;
    desk.library.report.sentence = QStringLiteral("Saved sheet.pdf.");
    CompareGuest draft;
    draft.card.templateName = QStringLiteral("Spring market");
    draft.image = striped(10);
    const QList<qint64> ids = desk.addSome(2);
    desk.workspace->open({draft}, ids);
    QTRY_COMPARE(desk.set()->count(), 3);
    QTRY_VERIFY(desk.isShown());
    desk.workspace->sheets()->write(QStringLiteral("/tmp/sheet.pdf"));
    QTRY_VERIFY(!desk.workspace->sheets()->isBusy());
    QCOMPARE(desk.library.calls.last(), QStringLiteral("sheet draft %1 %2 /tmp/sheet.pdf").arg(ids[0]).arg(ids[1]));
    QCOMPARE(desk.workspace->bar()->kind(), MessageBar::Kind::Done);
    QCOMPARE(desk.workspace->bar()->text(), QStringLiteral("Saved sheet.pdf."));
    QVERIFY(buttonOf(desk.workspace->bar(), QStringLiteral("Show in Folder")));
    desk.trigger("compareOriginals");
    QTRY_VERIFY(desk.isShown());
    desk.workspace->sheets()->write(QStringLiteral("/tmp/sheet.csv"));
    QVERIFY(desk.library.calls.last().endsWith(QStringLiteral("as made /tmp/sheet.csv")));
}

void TestCompareKept::sheet_failsInWords_data()
{
    QTest::addColumn<bool>("fails");
    QTest::addColumn<MessageBar::Kind>("kind");
    QTest::newRow("not written") << true << MessageBar::Kind::Error;
    QTest::newRow("a picture cannot be read") << false << MessageBar::Kind::Warning;
}

void TestCompareKept::sheet_failsInWords()
{
    QFETCH(bool, fails);
    QFETCH(MessageBar::Kind, kind);
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(2)));
    desk.library.report.sentence = QStringLiteral("Something is to be said.");
    desk.library.report.items.append({.picture = 1, .file = {}, .kind = QStringLiteral("missing"), .message = QStringLiteral("Gone.")});
    if (fails)
        desk.library.reportError = Error{ErrorCode::Io, QStringLiteral("Something is to be said."), {}};
    desk.workspace->sheets()->write(QStringLiteral("/tmp/sheet.pdf"));
    QTRY_VERIFY(!desk.workspace->sheets()->isBusy());
    QCOMPARE(desk.workspace->bar()->kind(), kind);
    QCOMPARE(desk.workspace->bar()->text(), QStringLiteral("Something is to be said."));
}

void TestCompareKept::sheet_canBeStopped()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(2)));
    desk.library.answersAtOnce = false;
    QSignalSpy said(desk.workspace.get(), &CompareWorkspace::message);
    desk.workspace->sheets()->write(QStringLiteral("/tmp/sheet.pdf"));
    auto *line = desk.workspace->findChild<ProgressLine *>();
    QVERIFY(!line->isVisible());      // not for what is quick
    QTRY_VERIFY(line->isVisible());
    desk.workspace->sheets()->write(QStringLiteral("/tmp/other.pdf"));  // one at a time
    QCOMPARE(desk.library.calls.filter(QStringLiteral("sheet")).size(), 1);
    line->cancelButton()->click();
    desk.library.answer();
    QTRY_VERIFY(!desk.workspace->sheets()->isBusy());
    QVERIFY(!line->isVisible());
    QCOMPARE(said.size(), 1);
    QVERIFY(!desk.workspace->bar()->isVisible());
}

/// A sheet names the models: blind there is none, and nothing is asked of the library.
void TestCompareKept::sheet_isRefusedBlind()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(3)));
    desk.trigger("blind");
    for (const char *name : {"exportSheet", "exportTable"}) {
        desk.trigger(name);
        QCOMPARE(desk.workspace->bar()->kind(), MessageBar::Kind::Info);
        QVERIFY(!desk.workspace->findChild<QFileDialog *>());
    }
    desk.workspace->sheets()->write(QStringLiteral("/tmp/sheet.csv"));
    QVERIFY(desk.library.calls.filter(QStringLiteral("sheet")).isEmpty());
    QVERIFY(desk.set()->isBlind());
    buttonOf(desk.workspace->bar(), QStringLiteral("Reveal Who Made Them"))->click();
    QVERIFY(!desk.set()->isBlind());
    desk.workspace->sheets()->write(QStringLiteral("/tmp/sheet.csv"));
    QCOMPARE(desk.library.calls.filter(QStringLiteral("sheet")).size(), 1);
}

void TestCompareKept::comparison_isKeptAndFoundAgain()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(4);
    QVERIFY(desk.open(ids));
    desk.trigger("modeDifference");
    desk.view()->setTolerance(20);
    desk.trigger("compareOriginals");
    SavedComparisons *saved = desk.workspace->saved();
    QVERIFY(saved->saveAction()->isEnabled());
    Q_EMIT saved->saveWanted(QStringLiteral("Four & more"));
    QTRY_COMPARE(saved->comparisons().size(), 1);
    QVERIFY(saved->current());
    QVERIFY(saved->toolTip().contains(QLatin1String("Four & more")));
    QVERIFY(desk.open(desk.addSome(2)));
    QVERIFY(!saved->current());
    desk.trigger("modePanes");
    desk.view()->setTolerance(4);
    desk.trigger("compareOriginals");
    Q_EMIT saved->menu()->aboutToShow();
    QCOMPARE(saved->menu()->actions().first()->text(), QStringLiteral("Four && more"));
    saved->menu()->actions().first()->trigger();
    QTRY_COMPARE(desk.set()->ids(), ids);
    QCOMPARE(desk.view()->mode(), CompareMode::Difference);
    QCOMPARE(desk.view()->tolerance(), 20);
    QVERIFY(desk.set()->showsOriginals());
    QVERIFY(!desk.workspace->bar()->isVisible());
    // What is exported is called so.
    desk.trigger("exportSheet");
    auto *dialog = desk.workspace->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->selectedFiles().value(0).endsWith(QLatin1String("Four & more.pdf")));
    dialog->reject();
}

void TestCompareKept::comparison_isReplacedRenamedRemoved()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(2)));
    SavedComparisons *saved = desk.workspace->saved();
    Q_EMIT saved->saveWanted(QStringLiteral("Best"));
    QTRY_COMPARE(saved->comparisons().size(), 1);
    const QList<qint64> others = desk.addSome(3);
    QVERIFY(desk.open(others));
    Q_EMIT saved->saveWanted(QStringLiteral("Best"));
    QTRY_COMPARE(saved->comparisons().first().pictures, others);
    QCOMPARE(saved->comparisons().size(), 1);
    Q_EMIT saved->renameWanted(0, QStringLiteral("Better"));
    QTRY_COMPARE(saved->names(), QStringList{QStringLiteral("Better")});
    Q_EMIT saved->saveWanted(QStringLiteral("Copy"));
    QTRY_COMPARE(saved->names().size(), 2);
    // A name is of one comparison.
    Q_EMIT saved->renameWanted(int(saved->names().indexOf(QStringLiteral("Copy"))), QStringLiteral("Better"));
    QCOMPARE(desk.workspace->bar()->kind(), MessageBar::Kind::Error);
    QCOMPARE(QStringList(saved->names()).removeAll(QStringLiteral("Better")), 1);
    Q_EMIT saved->removeWanted(int(saved->names().indexOf(QStringLiteral("Copy"))));
    QTRY_COMPARE(saved->names(), QStringList{QStringLiteral("Better")});
    buttonOf(desk.workspace->bar(), QStringLiteral("Put It Back"))->click();
    QTRY_COMPARE(saved->names().size(), 2);
}

void TestCompareKept::comparison_saysWhatIsMissing()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(3);
    QVERIFY(desk.open(ids));
    const auto keep = [&](const char *name, const QList<qint64> &pictures) {
        desk.workspace->open(ComparisonSet{.id = 0, .name = QString::fromLatin1(name), .pictures = pictures});
    };
    keep("Some", {ids[0], 4711, ids[1]});
    QTRY_COMPARE(desk.set()->count(), 2);
    QVERIFY(desk.workspace->bar()->isVisible());
    QVERIFY2(desk.workspace->bar()->text().contains(QLatin1String("Some")), qPrintable(desk.workspace->bar()->text()));
    keep("None", {4711, 4712});
    QTRY_VERIFY(desk.set()->isEmpty());
    QVERIFY(desk.workspace->bar()->text().startsWith(QLatin1String("None of the pictures of “None”")) || desk.workspace->bar()->text().contains(QLatin1String("None")));
    QVERIFY(!desk.workspace->saved()->saveAction()->isEnabled());
}

/// What another program wrote into the library changes nothing that it must not.
void TestCompareKept::hostileView_isNotFollowed()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(2);
    const QList<Json> views{Json(), Json(7), Json::array({1}), {{"mode", 99}, {"panes", 7000}, {"tolerance", -3}, {"originals", "yes"}},
                            {{"mode", -1}, {"panes", 5}, {"tolerance", 1e300}}, {{"mode", "wipe"}}};
    for (const Json &view : views) {
        desk.workspace->open(ComparisonSet{.id = 1, .name = QStringLiteral("Strange"), .pictures = ids, .view = view});
        QTRY_COMPARE(desk.set()->ids(), ids);
        QCOMPARE(desk.view()->mode(), CompareMode::Panes);
        QVERIFY(layoutSizes().contains(desk.view()->places().panes()));
        QCOMPARE(desk.view()->tolerance(), 8);
        QVERIFY(!desk.set()->showsOriginals());
        desk.workspace->open(QList<qint64>());
    }
}

QTEST_MAIN(TestCompareKept)
#include "tst_comparekept.moc"
