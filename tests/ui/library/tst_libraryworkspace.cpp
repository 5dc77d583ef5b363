#include "tests/ui/library/desk.h"
#include "ui/library/chiprow.h"
#include "ui/library/detailspanel.h"
#include "ui/library/filterpopups.h"
#include "ui/library/judgementform.h"
#include "ui/library/librarycare.h"
#include "ui/library/nomatchpage.h"
#include "ui/library/quicklook.h"
#include "ui/library/savedsearches.h"
#include "ui/library/starsfield.h"
#include "ui/widgets/themeswitch.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTreeWidget>
#include <QUndoStack>

using namespace Galley;

class TestLibraryWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void nothingIsAsked_beforeItIsShown();
    void keysOfJudging_judge_data();
    void keysOfJudging_judge();
    void undo_takesBackStarsTagsNotesAndBin();
    void aFailedEdit_isSaidAndNothingIsToUndo();
    void words_areLookedForAfterTheLastKey();
    void firstPictures_comeBeforeTheRest();
    void chips_takeFiltersAway();
    void costs_areFilteredToATenthOfACent_eitherWayRound();
    void whenNothingMatches_filtersAreOffered();
    void anEmptyLibrary_saysWhatMakesPictures();
    void searches_areSavedReplacedAndRemoved();
    void details_ofOneAndOfSeveral();
    void aNote_isKeptWhenAnotherPictureIsChosen();
    void aTagThatWasBegun_staysWithItsPictures();
    void enter_compares_andNeverMoreThanNine();
    void quickLook_stepsAndJudges();
    void quickLook_closesBeforeWhatLeadsElsewhere_data();
    void quickLook_closesBeforeWhatLeadsElsewhere();
    void aDamagedPicture_isNeverShownAsThePicture();
    void madeByThisModel_showsMarksAndRendersAgain();
    void fromCache_isSaid_andRenderedAnew();
    void theBin_isAskedBeforeItIsEmptied();
    void files_areTheOriginals_withoutDamagedOnes();
    void whatWasNeverOnScreen_isTakenAsWell();
    void verify_reportsAndOffersRepair();
    void readOnly_disablesEdits();
    void everyInteractiveWidget_hasAName();
};

void TestLibraryWorkspace::nothingIsAsked_beforeItIsShown()
{
    FakeLibraryService library;
    QTemporaryDir home;
    Settings settings(home.filePath(QStringLiteral("galley.conf")));
    LibraryWorkspace workspace({&library, nullptr, nullptr, &settings});
    QTest::qWait(1);
    QVERIFY(library.calls.isEmpty());
    workspace.show();
    QVERIFY(library.calls.contains(QStringLiteral("firstIds")));
}

void TestLibraryWorkspace::keysOfJudging_judge_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("stars");
    QTest::addColumn<QString>("pick");
    QTest::addColumn<bool>("inBin");
    for (int stars = 1; stars <= 5; ++stars)
        QTest::addRow("%d", stars) << int(Qt::Key_0) + stars << stars << QStringLiteral("none") << false;
    QTest::newRow("0") << int(Qt::Key_0) << 0 << QStringLiteral("none") << false;
    QTest::newRow("P") << int(Qt::Key_P) << 0 << QStringLiteral("picked") << false;
    QTest::newRow("X") << int(Qt::Key_X) << 0 << QStringLiteral("rejected") << false;
    QTest::newRow("Del") << int(Qt::Key_Delete) << 0 << QStringLiteral("none") << true;
}

void TestLibraryWorkspace::keysOfJudging_judge()
{
    QFETCH(int, key);
    QFETCH(int, stars);
    QFETCH(QString, pick);
    QFETCH(bool, inBin);
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    QVERIFY(QTest::qWaitForWindowActive(desk.workspace.get()));
    const QList<qint64> two = desk.shelf()->ids().mid(1, 2);
    desk.library.setRating(two, {});
    desk.grid()->setFocus();
    desk.grid()->setCurrentIndex(1);
    desk.grid()->setCurrentIndex(2, GridSelection::Extend::Range);
    QTest::keyClick(desk.grid(), Qt::Key(key));
    for (const qint64 id : two) {
        QTRY_COMPARE(desk.judgement(id).rating.value_or(0), stars);
        QTRY_COMPARE(pickStateName(desk.judgement(id).pick), pick);
        QTRY_COMPARE(desk.judgement(id).deletedAt.isValid(), inBin);
    }
    QVERIFY(!inBin || !desk.shelf()->ids().contains(two.first()) || QTest::qWaitFor([&] { return !desk.shelf()->ids().contains(two.first()); }));
}

void TestLibraryWorkspace::undo_takesBackStarsTagsNotesAndBin()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    const qint64 id = desk.shelf()->ids().at(3);
    const Judgement before = desk.judgement(id);
    LibraryActions *actions = desk.workspace->actions();
    const QList<JudgementEdit> edits{{.rating = std::optional<int>(2)}, {.pick = PickState::Picked}, {.note = QStringLiteral("too dark")},
                                     {.addTags = {QStringLiteral("cover two")}}, {.deleted = true}};
    QUndoStack *stack = desk.workspace->edits()->undoStack();
    for (const JudgementEdit &edit : edits)
        actions->judge({id}, edit);
    QTRY_COMPARE(stack->count(), int(edits.size()));
    QVERIFY(desk.judgement(id).deletedAt.isValid());
    QVERIFY(!stack->undoText().isEmpty());
    const Judgement after = desk.judgement(id);
    for (int i = 0; i < edits.size(); ++i)
        stack->undo();
    QTRY_VERIFY(desk.judgement(id) == before);
    for (int i = 0; i < edits.size(); ++i)
        stack->redo();
    QTRY_VERIFY(desk.judgement(id).deletedAt.isValid());
    QCOMPARE(desk.judgement(id).note, after.note);
    QCOMPARE(desk.judgement(id).tags, after.tags);
    stack->undo();
    QTRY_VERIFY(desk.shelf()->ids().contains(id));
}

void TestLibraryWorkspace::aFailedEdit_isSaidAndNothingIsToUndo()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    desk.library.editError = Error{ErrorCode::Io, QStringLiteral("The disk is full.")};
    desk.workspace->actions()->judge({desk.shelf()->ids().first()}, {.rating = std::optional<int>(1)});
    QTRY_COMPARE(desk.workspace->bar()->text(), QStringLiteral("The disk is full."));
    QCOMPARE(desk.workspace->edits()->undoStack()->count(), 0);
}

void TestLibraryWorkspace::words_areLookedForAfterTheLastKey()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    const auto asked = [&] { return desk.library.calls.count(QStringLiteral("firstIds")); };
    const auto before = asked();
    QLineEdit *search = desk.workspace->filters()->searchField();
    search->setFocus();
    QTest::keyClicks(search, QStringLiteral("17 apples"));
    QCOMPARE(asked(), before);
    QTRY_COMPARE(desk.shelf()->query().text, QStringLiteral("17 apples"));
    QCOMPARE(asked(), before + 1);
    QTRY_COMPARE(desk.shelf()->count(), 1);
    QCOMPARE(int(desk.shelf()->query().sort), int(LibraryQuery::Sort::Relevance));
    search->clear();
    QTRY_COMPARE(desk.shelf()->count(), 60);
    QCOMPARE(int(desk.shelf()->query().sort), int(LibraryQuery::Sort::Created));
}

/// What is found first is on screen while the rest is looked for; what means all of it waits until all is known.
void TestLibraryWorkspace::firstPictures_comeBeforeTheRest()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    desk.library.mostFirst = 7;
    desk.library.answersAtOnce = false;
    desk.workspace->showQuery({.models = {QStringLiteral("ideogram-4")}});
    QTRY_COMPARE(desk.shelf()->count(), 7);
    QVERIFY(!desk.shelf()->isWhole());
    const QList<qint64> first = desk.shelf()->ids();
    QTRY_VERIFY(desk.shelf()->card(first.last()));
    desk.grid()->selectAll();
    QCOMPARE(desk.grid()->selectedCount(), 0);
    QTRY_VERIFY(desk.library.calls.contains(QStringLiteral("ids")));
    desk.library.answer();
    QTRY_COMPARE(desk.shelf()->count(), 20);
    QVERIFY(desk.shelf()->isWhole());
    QCOMPARE(desk.shelf()->ids().mid(0, 7), first);
    QTRY_COMPARE(desk.grid()->selectedCount(), 20);
    // A picture that is asked for by name and comes with the rest.
    const qint64 oldest = desk.shelf()->ids().last();
    desk.workspace->showQuery({}, oldest);
    QTRY_COMPARE(desk.shelf()->count(), 7);
    QVERIFY(desk.grid()->current() != oldest);
    QTest::qWait(1);
    desk.library.answer();
    QTRY_COMPARE(desk.grid()->current(), oldest);
}

void TestLibraryWorkspace::chips_takeFiltersAway()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    LibraryQuery query;
    query.models = {QStringLiteral("ideogram-4"), QStringLiteral("gpt-image")};
    query.leastRating = 3;
    query.scores = {{QStringLiteral("text"), 0.5, {}}};
    setDays(query, QDate(2026, 11, 1), QDate(2026, 11, 2));
    desk.workspace->showQuery(query);
    ChipRow *chips = desk.workspace->filters()->chips();
    QCOMPARE(chips->chips().size(), 5);
    QVERIFY(chips->chips().contains(QStringLiteral("3 stars or more")));
    // Each chip takes away just its own.
    while (!chips->chips().isEmpty()) {
        const auto before = chips->chips().size();
        auto *button = chips->findChildren<QToolButton *>().first();
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Delete);
        QCOMPARE(chips->chips().size(), before - 1);
        QTest::qWait(1);
    }
    QCOMPARE(desk.shelf()->query(), LibraryQuery());
    QTRY_COMPARE(desk.shelf()->count(), 60);
    // Typing narrows what a menu offers; what is ticked is a filter at once.
    desk.workspace->filters()->edit(ActiveFilter::Kind::Model);
    auto *picker = desk.workspace->filters()->findChild<ValuePicker *>();
    QVERIFY(picker);
    picker->list()->item(0)->setCheckState(Qt::Checked);
    QCOMPARE(desk.shelf()->query().models.size(), 1);
    picker->close();
}

void TestLibraryWorkspace::costs_areFilteredToATenthOfACent_eitherWayRound()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    LibraryQuery query;
    query.leastCostUsd = 0.003;
    desk.workspace->showQuery(query);
    desk.workspace->filters()->edit(ActiveFilter::Kind::Cost);
    auto *popup = desk.workspace->filters()->findChild<RangePopup *>();
    QVERIFY(popup);
    const QList<QDoubleSpinBox *> fields = popup->findChildren<QDoubleSpinBox *>();
    QCOMPARE(fields.size(), 2);
    QVERIFY(qAbs(fields.at(0)->value() - 0.003) < 1e-9);
    fields.at(0)->setValue(0.045);
    fields.at(1)->setValue(0.015);
    LibraryDesk::buttonOf(popup, QStringLiteral("Filter"))->click();
    QVERIFY(qAbs(desk.shelf()->query().leastCostUsd.value_or(0) - 0.015) < 1e-9);
    QVERIFY(qAbs(desk.shelf()->query().mostCostUsd.value_or(0) - 0.045) < 1e-9);
}

void TestLibraryWorkspace::whenNothingMatches_filtersAreOffered()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    LibraryQuery query;
    query.models = {QStringLiteral("ideogram-4")};
    query.tags = {QStringLiteral("nobody has this")};
    desk.workspace->showQuery(query);
    auto *page = desk.workspace->findChild<NoMatchPage *>();
    QTRY_VERIFY(page->isVisible());
    QPushButton *drop = nullptr;
    QTRY_VERIFY((drop = LibraryDesk::buttonOf(page, QStringLiteral("Drop “Tag: nobody has this”: 20 pictures"))));
    drop->click();
    QTRY_COMPARE(desk.shelf()->count(), 20);
    QVERIFY(desk.grid()->isVisible());
}

void TestLibraryWorkspace::anEmptyLibrary_saysWhatMakesPictures()
{
    LibraryDesk desk(0);
    QVERIFY(desk.isReady());
    QPushButton *go = LibraryDesk::buttonOf(desk.workspace.get(), QStringLiteral("Go to Design"));
    QVERIFY(go && go->isVisible());
    QSignalSpy wanted(desk.workspace.get(), &LibraryWorkspace::designWanted);
    go->click();
    QCOMPARE(wanted.size(), 1);
    FakeLibraryService::Picture picture;
    desk.library.add(picture);
    QTRY_VERIFY(desk.grid()->isVisible());
}

void TestLibraryWorkspace::searches_areSavedReplacedAndRemoved()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    SavedSearches *saved = desk.workspace->savedSearches();
    LibraryQuery good;
    good.leastRating = 4;
    desk.workspace->showQuery(good);
    saved->save(QStringLiteral("Good ones"));
    QTRY_COMPARE(saved->searches().size(), 1);
    QCOMPARE(saved->searches().first().query, good);
    good.leastRating = 5;
    desk.workspace->showQuery(good);
    saved->save(QStringLiteral("Good ones"));
    QTRY_COMPARE(saved->searches().first().query, good);
    QCOMPARE(saved->searches().size(), 1);
    desk.workspace->showQuery({});
    Q_EMIT saved->menu()->aboutToShow();
    saved->menu()->actions().first()->trigger();
    QCOMPARE(desk.shelf()->query(), good);
    saved->remove(QStringLiteral("Good ones"));
    QTRY_VERIFY(saved->searches().isEmpty());
}

void TestLibraryWorkspace::details_ofOneAndOfSeveral()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    const qint64 id = desk.shelf()->ids().first();
    AssetRecord &record = desk.library.find(id)->record;
    record.requestedModel = QStringLiteral("ideogram-4");
    record.provenance = Json{{"decision", {{"reasons", {"The rule posters matches: intent is poster."}}}}, {"timings_ms", {{"render", 2100.0}}}};
    Q_EMIT desk.library.changed({id});
    desk.grid()->setCurrentIndex(0);
    DetailsPanel *details = desk.workspace->details();
    QTRY_VERIFY2(details->text().contains(QStringLiteral("intent is poster")), qPrintable(details->text()));
    for (const char *word : {"→", "Cohort", "Seed", "render: 2.1 s", "A poster of 59 apples"})
        QTRY_VERIFY2(details->text().contains(QString::fromUtf8(word)), word);
    desk.grid()->setCurrentIndex(3, GridSelection::Extend::Range);
    QTRY_VERIFY2(details->text().contains(QStringLiteral("4 pictures")), qPrintable(details->text()));
    QVERIFY2(details->text().contains(QStringLiteral("2 × ")), qPrintable(details->text()));
    // Stars of several that differ are no stars of theirs.
    desk.library.setRating({id}, 5);
    desk.library.setRating({desk.shelf()->ids().at(1)}, 1);
    auto *stars = details->findChild<StarsField *>();
    QTRY_VERIFY(stars->accessibleName().contains(QStringLiteral("differ")));
}

void TestLibraryWorkspace::aNote_isKeptWhenAnotherPictureIsChosen()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    const QList<qint64> ids = desk.shelf()->ids();
    desk.grid()->setCurrentIndex(0);
    auto *note = desk.workspace->details()->judgement()->findChild<QPlainTextEdit *>();
    QTRY_VERIFY(note->isVisible());
    note->setFocus();
    QTest::keyClicks(note, QStringLiteral("Ask for more light"));
    desk.grid()->setCurrentIndex(1);
    QTRY_COMPARE(desk.judgement(ids.at(0)).note, QStringLiteral("Ask for more light"));
    QTRY_VERIFY(note->toPlainText().isEmpty());
    QVERIFY(desk.judgement(ids.at(1)).note.isEmpty());
}

void TestLibraryWorkspace::aTagThatWasBegun_staysWithItsPictures()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    desk.grid()->setCurrentIndex(0);
    auto *tag = desk.workspace->details()->judgement()->findChild<QLineEdit *>();
    QTRY_VERIFY(tag->isVisible());
    QTest::keyClicks(tag, QStringLiteral("cover two"));
    const qint64 second = desk.shelf()->ids().at(1);
    desk.grid()->setCurrentIndex(1);
    QTRY_VERIFY(tag->text().isEmpty());
    QTest::keyClick(tag, Qt::Key_Return);
    QVERIFY(!desk.judgement(second).tags.contains(QStringLiteral("cover two")));
}

void TestLibraryWorkspace::enter_compares_andNeverMoreThanNine()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    QSignalSpy compared(desk.workspace.get(), &LibraryWorkspace::compareRequested);
    desk.grid()->setCurrentIndex(2);
    QTest::keyClick(desk.grid(), Qt::Key_Return);
    QCOMPARE(compared.takeFirst().first().value<QList<qint64>>(), QList<qint64>{desk.shelf()->ids().at(2)});
    desk.grid()->selectAll();
    desk.action("openInCompare")->trigger();
    QCOMPARE(compared.takeFirst().first().value<QList<qint64>>(), desk.shelf()->ids().mid(0, 9));
}

void TestLibraryWorkspace::quickLook_stepsAndJudges()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    desk.grid()->setCurrentIndex(0);
    Q_EMIT desk.grid()->quickLookWanted();
    QuickLook *look = desk.workspace->quickLook();
    QVERIFY(look->isVisible());
    QTest::keyClick(look, Qt::Key_Right);
    const qint64 second = desk.shelf()->ids().at(1);
    QCOMPARE(look->picture(), second);
    QTest::keyClick(look, Qt::Key_4);
    QTRY_COMPARE(desk.judgement(second).rating.value_or(0), 4);
    QTest::keyClick(look, Qt::Key_Escape);
    QVERIFY(!look->isVisible());
    QCOMPARE(desk.grid()->currentIndex(), 1);
}

void TestLibraryWorkspace::quickLook_closesBeforeWhatLeadsElsewhere_data()
{
    QTest::addColumn<QString>("action");
    for (const char *name : {"openInCompare", "tagPictures", "notePictures", "another workspace"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestLibraryWorkspace::quickLook_closesBeforeWhatLeadsElsewhere()
{
    QFETCH(QString, action);
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    QVERIFY(QTest::qWaitForWindowActive(desk.workspace.get()));
    desk.grid()->setCurrentIndex(0);
    desk.action("quickLook")->trigger();
    QVERIFY(desk.workspace->quickLook()->isVisible());
    if (QAction *leads = desk.action(qPrintable(action))) {
        QTest::keyClick(desk.workspace->quickLook(), Qt::Key(leads->shortcut()[0].key()));
    } else {
        desk.workspace->hide();
        desk.workspace->show();
    }
    QVERIFY(!desk.workspace->quickLook()->isVisible());
    const QWidget *focus = desk.workspace->focusWidget();
    QVERIFY(action != QLatin1String("tagPictures") || qobject_cast<const QLineEdit *>(focus));
    QVERIFY(action != QLatin1String("notePictures") || qobject_cast<const QPlainTextEdit *>(focus));
}

void TestLibraryWorkspace::aDamagedPicture_isNeverShownAsThePicture()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    const qint64 id = desk.shelf()->ids().first();
    desk.library.find(id)->isDamaged = true;
    Q_EMIT desk.library.changed({id});
    QTRY_VERIFY(desk.shelf()->card(id)->isDamaged);
    desk.grid()->setCurrentIndex(0);
    Q_EMIT desk.grid()->quickLookWanted();
    QTRY_VERIFY(desk.workspace->quickLook()->problem().contains(QStringLiteral("altered")));
    QTRY_VERIFY(desk.workspace->details()->text().contains(QStringLiteral("only the thumbnail")));
}

void TestLibraryWorkspace::madeByThisModel_showsMarksAndRendersAgain()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    desk.grid()->setCurrentIndex(0);
    const QString model = desk.shelf()->card(desk.shelf()->ids().first())->model();
    desk.action("showRevision")->trigger();
    QCOMPARE(desk.shelf()->query().models, QStringList{model});
    QCOMPARE(desk.shelf()->query().revisions.size(), 1);
    QTRY_COMPARE(desk.shelf()->count(), 10);
    desk.grid()->selectAll();
    desk.action("markWithdrawn")->trigger();
    QVERIFY(desk.library.find(desk.shelf()->ids().first())->record.mark.isEmpty());  // asked first
    LibraryDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Mark"))->click();
    for (const qint64 id : desk.shelf()->ids())
        QTRY_COMPARE(desk.library.find(id)->record.mark, QStringLiteral("withdrawn"));
    desk.action("renderAgain")->trigger();
    QVERIFY(desk.routing.calls.filter(QStringLiteral("again")).isEmpty());  // asked first
    LibraryDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Render Again"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("again")), QStringList{QStringLiteral("again 10")});  // those, and once
    QTRY_COMPARE(desk.workspace->bar()->text(), QStringLiteral("10 renders are in the queue."));
    // Why some were left belongs to that message alone.
    desk.workspace->bar()->setToolTip(QStringLiteral("why some were left"));
    desk.workspace->bar()->showMessage(MessageBar::Kind::Info, QStringLiteral("Another."));
    QVERIFY(desk.workspace->bar()->toolTip().isEmpty());
}

/// A picture out of the cache says so, and is rendered anew after the price was shown; others can not be.
void TestLibraryWorkspace::fromCache_isSaid_andRenderedAnew()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    const qint64 cached = desk.shelf()->ids().at(1);
    Job job;
    job.record.request.seed = 77;
    FakeLibraryService::Picture *picture = desk.library.find(cached);
    picture->record.provenance["from_cache"] = true;
    picture->record.job = desk.finals.fakeQueue()->add(job);
    picture->request = job.record.request;
    auto *chip = desk.workspace->details()->findChild<QWidget *>(QStringLiteral("libraryCachedChip"));
    auto *button = desk.workspace->details()->findChild<QPushButton *>(QStringLiteral("libraryAnewButton"));
    QVERIFY(chip && button);
    desk.grid()->setCurrentIndex(0);
    QTest::qWait(300);  // longer than the panel rests
    QVERIFY(!chip->isVisible());
    QVERIFY(!desk.action("renderAnew")->isEnabled());
    desk.grid()->setCurrentIndex(1);
    QTRY_VERIFY(chip->isVisible());
    QVERIFY(desk.workspace->details()->text().contains(QStringLiteral("from cache")));
    QVERIFY(desk.action("renderAnew")->isEnabled());
    button->click();
    QTRY_VERIFY(desk.workspace->bar()->text().contains(QStringLiteral("past the cache")));
    QVERIFY(desk.finals.submitted.isEmpty());  // the price first
    QPushButton *yes = nullptr;
    for (QPushButton *each : desk.workspace->bar()->findChildren<QPushButton *>())
        yes = each->text().startsWith(QStringLiteral("Render Anew ·")) ? each : yes;
    QVERIFY(yes);
    yes->click();
    QTRY_COMPARE(desk.finals.submitted.size(), 1);
    QVERIFY(desk.finals.submitted.first().anew);
    QCOMPARE(desk.finals.submitted.first().seed, std::optional(77));
    // Several: nothing is said of one of them.
    desk.grid()->setCurrentIndex(2, GridSelection::Extend::Range);
    QTRY_VERIFY(!chip->isVisible());
    QVERIFY(!desk.action("renderAnew")->isEnabled());
}

void TestLibraryWorkspace::theBin_isAskedBeforeItIsEmptied()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    QTRY_VERIFY(!desk.action("emptyBin")->isEnabled());
    const QList<qint64> gone = desk.shelf()->ids().mid(0, 3);
    desk.workspace->actions()->judge(gone, {.deleted = true});
    QTRY_VERIFY(desk.action("emptyBin")->isEnabled());
    desk.action("showBin")->trigger();
    QTRY_COMPARE(desk.shelf()->count(), 3);
    // The key works wherever the focus is: also where no grid is, as in an empty bin.
    QVERIFY(QTest::qWaitForWindowActive(desk.workspace.get()));
    desk.workspace->filters()->searchField()->setFocus();
    QTest::keyClick(desk.workspace->filters()->searchField(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(desk.shelf()->count(), 57);
    desk.action("showBin")->trigger();
    QTRY_COMPARE(desk.shelf()->count(), 3);
    desk.action("emptyBin")->trigger();
    QVERIFY(desk.library.find(gone.first()));
    LibraryDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Delete for Good"))->click();
    QTRY_VERIFY(!desk.library.find(gone.first()));
    QTRY_COMPARE(desk.workspace->edits()->undoStack()->count(), 0);
}

void TestLibraryWorkspace::files_areTheOriginals_withoutDamagedOnes()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    desk.library.find(desk.shelf()->ids().at(1))->isDamaged = true;
    Q_EMIT desk.library.changed({});
    QTRY_VERIFY(desk.shelf()->card(desk.shelf()->ids().at(1)) && desk.shelf()->card(desk.shelf()->ids().at(1))->isDamaged);
    desk.grid()->setCurrentIndex(0);
    desk.grid()->setCurrentIndex(2, GridSelection::Extend::Range);
    const std::unique_ptr<QMimeData> data(desk.workspace->actions()->files());
    QVERIFY(data);
    QCOMPARE(data->urls().size(), 2);
    QCOMPARE(data->urls().first().toLocalFile(), desk.library.originalFile(*desk.shelf()->card(desk.shelf()->ids().first())));
}

void TestLibraryWorkspace::whatWasNeverOnScreen_isTakenAsWell()
{
    constexpr int many = 3000;
    LibraryDesk desk(many);
    QVERIFY(desk.isReady());
    desk.grid()->selectAll();
    QCOMPARE(desk.grid()->selectedCount(), many);
    QVERIFY(desk.shelf()->cards(desk.shelf()->ids()).size() < many);
    QSignalSpy said(desk.workspace.get(), &LibraryWorkspace::message);
    desk.action("copyFiles")->trigger();
    QTRY_COMPARE(said.size(), 1);
    QVERIFY2(said.first().first().toString().contains(QString::number(many)), qPrintable(said.first().first().toString()));
    QCOMPARE(QApplication::clipboard()->mimeData()->urls().size(), many);
    // A drag cannot wait: it never takes a part, and works as soon as all are known.
    QVERIFY(!desk.workspace->actions()->files());
    QTRY_COMPARE(said.size(), 2);
    const std::unique_ptr<QMimeData> data(desk.workspace->actions()->files());
    QVERIFY(data);
    QCOMPARE(data->urls().size(), many);
}

void TestLibraryWorkspace::verify_reportsAndOffersRepair()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    const qint64 id = desk.shelf()->ids().at(5);
    desk.library.report.sentence = QStringLiteral("1 of 60 pictures is damaged.");
    desk.library.report.items = {{.picture = id, .file = {}, .kind = QStringLiteral("altered"), .message = QStringLiteral("The file has other bytes."), .mended = false}};
    desk.library.answersAtOnce = false;
    desk.action("verifyLibrary")->trigger();
    QVERIFY(!desk.action("verifyLibrary")->isEnabled());
    QVERIFY(desk.workspace->findChild<LibraryCare *>()->isVisible());
    desk.library.answer();
    ReportPage *report = desk.workspace->report();
    QTRY_VERIFY(report->isVisible());
    QCOMPARE(report->list()->topLevelItemCount(), 1);
    QPushButton *repair = LibraryDesk::buttonOf(report, QStringLiteral("Repair …"));
    QVERIFY(repair->isVisible());
    repair->click();
    QVERIFY(!desk.library.calls.contains(QStringLiteral("repair")));  // asked first
    LibraryDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Repair"))->click();
    QVERIFY(desk.library.calls.contains(QStringLiteral("repair")));
    desk.library.answer();
    QTRY_VERIFY(report->isVisible());
    QTest::keyClick(report, Qt::Key_Escape);
    QVERIFY(desk.grid()->isVisible());
}

void TestLibraryWorkspace::readOnly_disablesEdits()
{
    LibraryDesk desk(0);
    desk.workspace->hide();
    desk.library.fill(5);
    desk.library.readOnly = QStringLiteral("This library was written by a newer Galley, so that it can only be looked at.");
    desk.workspace->show();
    QTRY_COMPARE(desk.shelf()->count(), 5);
    desk.grid()->setCurrentIndex(0);
    for (const char *name : {"rate3", "pick", "toBin", "markWithdrawn", "repairLibrary", "importProject"}) {
        QVERIFY2(!desk.action(name)->isEnabled(), name);
        QCOMPARE(desk.action(name)->toolTip(), desk.library.readOnly);
    }
    QVERIFY(desk.action("copyFiles")->isEnabled());
    QCOMPARE(desk.workspace->bar()->text(), desk.library.readOnly);
}

void TestLibraryWorkspace::everyInteractiveWidget_hasAName()
{
    LibraryDesk desk;
    QVERIFY(desk.isReady());
    LibraryQuery query;
    query.leastRating = 1;
    desk.workspace->showQuery(query);
    desk.grid()->setCurrentIndex(0);
    QTest::qWait(1);
    for (const QWidget *widget : desk.workspace->findChildren<QWidget *>()) {
        const bool isInteractive = widget->focusPolicy() & Qt::TabFocus && widget->isVisible() && widget != desk.workspace->quickLook();
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (!isInteractive || (button && !button->text().isEmpty()) || widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName()));
    }
}

QTEST_MAIN(TestLibraryWorkspace)
#include "tst_libraryworkspace.moc"
