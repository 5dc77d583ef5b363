#include "tests/ui/compare/desk.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/themeswitch.h"

#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QUndoStack>

using namespace Galley;

/// What people decide in the Compare workspace: picks, stars and notes, their undo, and which picks say something of two models.
class TestCompareDecisions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void decisionsCanBeTakenBack();
    void failedEditsAreSaid();
    void whatIsShown_isJudged();
    void picksBecomePairs_ofOneRow();
    void picks_beatOnlyOtherModelsOfTheirRequest_data();
    void picks_beatOnlyOtherModelsOfTheirRequest();
    void picksOfAnIncompleteGrid_stayInTheirRow();
    void pickTakenBack_isNoPair();
    void note_isOneStep();
};

void TestCompareDecisions::decisionsCanBeTakenBack()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(2);
    QVERIFY(desk.open(ids));
    QUndoStack *undo = desk.set()->undoStack();
    desk.set()->setRating(0, 3);
    desk.set()->setRating(0, 5);
    desk.set()->setPick(1, PickState::Rejected);
    desk.set()->setPick(1, PickState::Rejected);  // nothing to do
    QCOMPARE(undo->count(), 3);
    QVERIFY(undo->undoText().contains(QStringLiteral("Reject")));
    undo->undo();
    undo->undo();
    QCOMPARE(desk.judgement(0).rating, std::optional<int>(3));
    QCOMPARE(desk.judgement(1).pick, PickState::None);
    QTRY_COMPARE(desk.library.find(ids.at(0))->judgement.rating, std::optional<int>(3));
    undo->undo();
    QTRY_COMPARE(desk.library.find(ids.at(0))->judgement.rating, std::optional<int>());
    undo->redo();
    undo->redo();
    QTRY_COMPARE(desk.library.find(ids.at(0))->judgement.rating, std::optional<int>(5));
    // Other pictures: nothing of these is left to be taken back.
    QVERIFY(desk.open(desk.addSome(3)));
    QVERIFY(!undo->canUndo());
}

void TestCompareDecisions::failedEditsAreSaid()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(2);
    QVERIFY(desk.open(ids));
    desk.library.editError = Error{ErrorCode::Io, QStringLiteral("The library cannot be written: the disk is full. Make room and try again."), {}};
    desk.set()->setRating(0, 2);
    QTRY_COMPARE(desk.workspace->bar()->kind(), MessageBar::Kind::Error);
    QVERIFY(desk.workspace->bar()->text().contains(QStringLiteral("disk is full")));
    QTRY_COMPARE(desk.judgement(0).rating, std::optional<int>());
}

void TestCompareDecisions::whatIsShown_isJudged()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(2)));
    desk.set()->setPick(1, PickState::Rejected);
    desk.set()->setNote(1, QStringLiteral("too dark"));
    QVERIFY(!desk.action("rejectPicture")->isChecked());
    desk.trigger("flicker");
    QCOMPARE(desk.view()->shownPlace(0), 1);
    QCOMPARE(desk.view()->activePlace(), 1);
    QVERIFY(desk.action("rejectPicture")->isChecked());
    QCOMPARE(desk.workspace->note()->toPlainText(), QStringLiteral("too dark"));
    desk.trigger("stars4");
    QCOMPARE(desk.judgement(1).rating, std::optional<int>(4));
    QCOMPARE(desk.judgement(0).rating, std::optional<int>());
    // By mouse as well.
    const PaneBar bar(desk.view()->barRect(0));
    QTest::mouseClick(desk.view(), Qt::LeftButton, {}, bar.partRect(PaneBar::Part::Pick).center());
    QCOMPARE(desk.view()->shownPlace(0), 1);
    QCOMPARE(desk.judgement(1).pick, PickState::Picked);
    QCOMPARE(desk.judgement(0).pick, PickState::None);
    desk.trigger("flicker");
    QVERIFY(!desk.action("pickPicture")->isChecked());
    QCOMPARE(desk.workspace->note()->toPlainText(), QString());
    // A note that is being typed stays with its picture.
    desk.trigger("modeFlicker");
    desk.view()->setAutoFlicker(true);
    desk.workspace->activateWindow();
    desk.workspace->note()->setFocus();
    QTRY_VERIFY(!desk.view()->isAutoFlicker());
}

void TestCompareDecisions::picksBecomePairs_ofOneRow()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addGrid(3);
    QVERIFY(desk.open(ids));
    desk.set()->setPick(0, PickState::Picked);  // row 1, first model
    desk.set()->setPick(5, PickState::Picked);  // row 2, third model
    QCOMPARE(desk.set()->newPicks().size(), 4);
    QVERIFY(desk.library.calls.filter(QStringLiteral("pick ")).isEmpty());
    desk.workspace->hide();
    const QStringList pairs = desk.library.calls.filter(QRegularExpression(QStringLiteral("^pick ")));
    QCOMPARE(pairs.size(), 4);
    const auto id = [&](int place) { return desk.set()->at(place).id(); };
    QVERIFY(pairs.contains(QStringLiteral("pick %1 %2").arg(id(0)).arg(id(1))));
    QVERIFY(pairs.contains(QStringLiteral("pick %1 %2").arg(id(5)).arg(id(3))));
    // Never twice.
    desk.workspace->show();
    desk.workspace->hide();
    desk.workspace->saveState();
    QCOMPARE(desk.library.calls.filter(QRegularExpression(QStringLiteral("^pick "))).size(), 4);
}

void TestCompareDecisions::picks_beatOnlyOtherModelsOfTheirRequest_data()
{
    QTest::addColumn<bool>("isPair");
    QTest::newRow("another model, the same row") << true;
    QTest::newRow("another row") << false;
    QTest::newRow("another template") << false;
    QTest::newRow("the same model") << false;
    QTest::newRow("a row with other values") << false;
    QTest::newRow("the template as it was before") << false;
    QTest::newRow("of no template") << false;
    QTest::newRow("a draft") << false;
}

void TestCompareDecisions::picks_beatOnlyOtherModelsOfTheirRequest()
{
    QFETCH(bool, isPair);
    const QByteArray what = QTest::currentDataTag();
    CompareDesk desk;
    FakeLibraryService::Picture chosen = madeBy(desk.models.at(0), 1, striped(10));
    FakeLibraryService::Picture left = madeBy(what == "the same model" ? desk.models.at(0) : desk.models.at(1), what == "another row" ? 2 : 1, striped(90));
    for (FakeLibraryService::Picture *picture : {&chosen, &left}) {
        picture->record.provenance["row"]["digest"] = "aa";
        picture->record.provenance["template"]["digest"] = "bb";
        if (what == "of no template")
            picture->record.templateId.clear();
    }
    if (what == "a draft")
        left.record.provenance["kind"] = "draft";
    if (what == "another template")
        left.record.templateId = QStringLiteral("sale");
    if (what == "a row with other values")
        left.record.provenance["row"]["digest"] = "cc";
    if (what == "the template as it was before")
        left.record.provenance["template"]["digest"] = "cc";
    // The third: another model's picture of the same request, whatever the second is; the fourth makes it a set that is no grid.
    FakeLibraryService::Picture rival = madeBy(desk.models.at(2), 1, striped(170));
    rival.record.templateId = chosen.record.templateId;
    const QList<qint64> ids{desk.library.add(chosen), desk.library.add(left), desk.library.add(rival), desk.library.add(madeBy(desk.models.at(2), 7, striped(250)))};
    QVERIFY(desk.open(ids));
    QVERIFY(!desk.set()->matrix());
    QTRY_VERIFY(!desk.set()->at(0).record.provenance.is_null() && !desk.set()->at(1).record.provenance.is_null());
    desk.set()->setPick(desk.set()->placeOf(ids.at(0)), PickState::Picked);
    const auto pairs = desk.set()->newPicks();
    QCOMPARE(pairs.contains(QPair(ids.at(0), ids.at(1))), isPair);
    QCOMPARE(pairs.contains(QPair(ids.at(0), ids.at(2))), what != "of no template");
    QVERIFY(!pairs.contains(QPair(ids.at(0), ids.at(3))));
    // Rows that are no grid, since a picture of it is missing: each row counts for itself.
    QCOMPARE(pairs.size(), (isPair ? 1 : 0) + (what != "of no template" ? 1 : 0));
}

void TestCompareDecisions::picksOfAnIncompleteGrid_stayInTheirRow()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addGrid(3).mid(0, 8);
    QVERIFY(desk.open(ids));
    QVERIFY(!desk.set()->matrix());
    for (const qint64 id : {ids.at(0), ids.at(4), ids.at(7)})  // of rows 1, 2 and 2
        desk.set()->setPick(desk.set()->placeOf(id), PickState::Picked);
    const auto pairs = desk.set()->newPicks();
    QCOMPARE(pairs.size(), 4);
    for (const auto &pair : pairs) {
        QCOMPARE(desk.set()->at(desk.set()->placeOf(pair.first)).card.row, desk.set()->at(desk.set()->placeOf(pair.second)).card.row);
        QVERIFY(desk.set()->at(desk.set()->placeOf(pair.first)).card.model() != desk.set()->at(desk.set()->placeOf(pair.second)).card.model());
    }
}

void TestCompareDecisions::pickTakenBack_isNoPair()
{
    CompareDesk desk;
    QVERIFY(desk.open(desk.addSome(3)));
    desk.set()->setPick(1, PickState::Picked);
    desk.set()->undoStack()->undo();
    desk.workspace->hide();
    QVERIFY(desk.library.calls.filter(QRegularExpression(QStringLiteral("^pick "))).isEmpty());
}

void TestCompareDecisions::note_isOneStep()
{
    CompareDesk desk;
    const QList<qint64> ids = desk.addSome(2);
    QVERIFY(desk.open(ids));
    QPlainTextEdit *note = desk.workspace->note();
    note->setFocus();
    QTest::keyClicks(note, QStringLiteral("Too dark"));
    QTRY_COMPARE(desk.judgement(0).note, QStringLiteral("Too dark"));
    QTest::keyClicks(note, QStringLiteral(" below"));
    // What is typed belongs to the picture that it was typed for.
    desk.view()->setActive(1);
    QCOMPARE(desk.judgement(0).note, QStringLiteral("Too dark below"));
    QCOMPARE(note->toPlainText(), QString());
    QCOMPARE(desk.set()->undoStack()->count(), 1);
    desk.view()->setActive(0);
    QCOMPARE(note->toPlainText(), QStringLiteral("Too dark below"));
    desk.set()->undoStack()->undo();
    QTRY_COMPARE(desk.library.find(ids.first())->judgement.note, QString());
    QCOMPARE(note->toPlainText(), QString());
}

QTEST_MAIN(TestCompareDecisions)
#include "tst_comparedecisions.moc"
