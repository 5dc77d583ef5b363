#include "core/base/async.h"
#include "core/service/draftservice.h"
#include "core/service/libraryservice.h"
#include "core/template/templatefile.h"
#include "tests/support/fakeengine.h"
#include "tests/support/fakefinalservice.h"
#include "ui/document/templatedocument.h"
#include "ui/finals/finalsheet.h"
#include "ui/finals/quoteview.h"
#include "ui/widgets/noticeline.h"
#include "ui/widgets/numberfield.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/themeswitch.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace Galley;

namespace {

struct Fixture
{
    Fixture()
        : draft(&engine, nullptr)
    {
        document.openValue(poster(), {});
        DraftOptions options;
        options.seed = 7;
        draft.setInput(document.value(), document.row(), {}, options);
        sheet = std::make_unique<FinalSheet>(&finals, &document, &draft);
    }

    static Template poster()
    {
        Template value = newTemplate(QStringLiteral("Poster"), {1080, 1350});
        Slot slot;
        slot.name = QStringLiteral("headline");
        slot.defaultValue = QStringLiteral("Hello");
        value.slotList << slot;
        return value;
    }

    void rows(int count)
    {
        QFile file(folder.filePath(QStringLiteral("rows.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("headline\n");
        for (int i = 0; i < count; ++i)
            file.write("Row " + QByteArray::number(i + 1) + "\n");
        file.close();
        QVERIFY(document.openRows(file.fileName()));
    }

    template<typename T>
    T *named(const QString &name) const
    {
        for (T *each : sheet->findChildren<T *>()) {
            if (each->accessibleName() == name)
                return each;
        }
        return nullptr;
    }

    NoticeLine *obstacle() const { return sheet->findChild<NoticeLine *>(QStringLiteral("finalObstacle")); }
    QString price() const { return sheet->findChild<QLabel *>(QStringLiteral("finalPrice"))->text(); }
    QCheckBox *box(int index) const { return sheet->findChildren<QCheckBox *>().at(index); }

    QTemporaryDir folder;
    FakeEngine engine;
    DraftService draft;
    FakeFinalService finals;
    TemplateDocument document;
    std::unique_ptr<FinalSheet> sheet;
};

FinalEdit editOf(const char *model)
{
    QImage picture(400, 500, QImage::Format_RGB32);
    picture.fill(Qt::darkCyan);
    return {42, QStringLiteral("title"), QString::fromLatin1(model), picture};
}

} // namespace

class TestFinalSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        applyStyle();
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
    }
    void sheet_saysEverythingAndSpendsNothing();
    void price_followsTheTemplate();
    void price_isOfThePicturesThatAreMade();
    void controls_followWhatTheModelSupports_data();
    void controls_followWhatTheModelSupports();
    void smallerPictures_areForModelsOfThisMachine();
    void retiredModels_areListedButCannotBeChosen();
    void tier_reachesTheMidModel();
    void ctrlEnter_sendsOnce();
    void heldKey_sendsNothing();
    void enterInAField_sendsNothing();
    void escape_closesAndSendsNothing();
    void sheet_isNotModal();
    void obstacle_offersItsRemedy_data();
    void obstacle_offersItsRemedy();
    void blocked_cannotBeSent();
    void seed_isTheDraftsOrAny();
    void draft_goesAlongAsStartPicture();
    void failedSubmit_saysWhy();
    void unknownModel_saysWhy();
    void allRows_areAddedUpAndSentIntoTheBatchLane();
    void draftOnScreen_isKeptAndNamed_data();
    void draftOnScreen_isKeptAndNamed();
    void part_isAskedForAndSaid();
    void part_goesToAModelThatCan();
    void part_leavesOtherFinalsAlone();
    void unknownPrice_isNotFree();
    void height_fitsWhatIsSaid();
    void everyControl_hasAName();
};

void TestFinalSheet::sheet_saysEverythingAndSpendsNothing()
{
    Fixture fixture;
    fixture.sheet->show();
    QStringList texts;
    for (const QLabel *label : fixture.sheet->quoteView()->findChildren<QLabel *>())
        texts << label->text();
    const QString all = texts.join(u'\n');
    for (const char *word : {"$0.06", "$0.42", "$20.00", "ideogram-typography → ideogram-4", "default", "sd3.5-medium", "is busy"})
        QVERIFY2(all.contains(QString::fromUtf8(word)), word);
    QCOMPARE(fixture.sheet->sendButton()->text(), QStringLiteral("Render · $0.06"));
    QVERIFY(fixture.finals.submitted.isEmpty());
}

void TestFinalSheet::price_followsTheTemplate()
{
    Fixture fixture;
    fixture.finals.models.models[0].price.per = Price::Per::Megapixel;
    fixture.sheet->show();
    const QString before = fixture.price();
    fixture.document.apply(QStringLiteral("Canvas"), [](Template &value) { value.canvas.size = {3000, 1000}; });
    QTRY_VERIFY(fixture.price() != before);
}

void TestFinalSheet::price_isOfThePicturesThatAreMade()
{
    Fixture fixture;
    FinalChoice choice;
    choice.count = 4;
    choice.model = QStringLiteral("ideogram-4");  // makes one for each request
    fixture.sheet->setChoice(choice);
    fixture.sheet->show();
    QCOMPARE(fixture.price(), QStringLiteral("$0.06"));
    choice.model = QStringLiteral("studio-flux");
    fixture.sheet->setChoice(choice);
    QVERIFY(fixture.price().contains(QStringLiteral("4 pictures")));
}

void TestFinalSheet::controls_followWhatTheModelSupports_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("count");
    QTest::addColumn<bool>("negative");
    QTest::addColumn<bool>("image");
    QTest::addColumn<bool>("strength");
    QTest::addColumn<bool>("guidance");
    QTest::newRow("ideogram-4, whose format has no start picture") << "ideogram-4" << false << false << false << false << false;
    QTest::newRow("sd3.5-medium") << "sd3.5-medium" << false << true << true << true << false;
    QTest::newRow("studio-flux") << "studio-flux" << true << true << false << false << false;
    QTest::newRow("gpt, which has no strength") << "gpt" << true << false << true << false << false;
    QTest::newRow("own, a server that takes all") << "own" << true << true << true << true << true;
}

void TestFinalSheet::controls_followWhatTheModelSupports()
{
    QFETCH(QString, model);
    QFETCH(bool, count);
    QFETCH(bool, negative);
    QFETCH(bool, image);
    QFETCH(bool, strength);
    QFETCH(bool, guidance);
    Fixture fixture;
    ModelEntry gpt = fixture.finals.models.models.last();
    gpt.id = QStringLiteral("gpt");
    gpt.supports = {QStringLiteral("seed"), QStringLiteral("negative"), QStringLiteral("count"), QStringLiteral("image")};
    BackendEntry a1111 = fixture.finals.models.backends.last();
    a1111.id = a1111.kind = QStringLiteral("a1111");
    ModelEntry own = gpt;
    own.id = QStringLiteral("own");
    own.backend = a1111.id;
    own.supports << QStringLiteral("guidance");
    fixture.finals.models.backends << a1111;
    fixture.finals.models.models << gpt << own;
    FinalChoice choice;
    choice.model = model;
    choice.sendDraft = true;
    fixture.sheet->setChoice(choice);
    fixture.sheet->show();
    QCOMPARE(fixture.named<NumberField>(QStringLiteral("Number of pictures"))->isVisible(), count);
    QCOMPARE(fixture.named<QLineEdit>(QStringLiteral("Negative prompt"))->isVisible(), negative);
    QCOMPARE(fixture.box(0)->isVisible(), image);
    QCOMPARE(fixture.named<NumberField>(QStringLiteral("How far the model may go from the draft"))->isVisible(), strength);
    auto *field = fixture.named<NumberField>(QStringLiteral("How closely the model keeps to the prompt"));
    QCOMPARE(field->isVisible(), guidance);
    if (!guidance)
        return;
    QCOMPARE(fixture.sheet->choice().guidance, 0.0);
    field->stepBy(9);
    QCOMPARE(fixture.sheet->choice().guidance, 4.5);
    fixture.sheet->send();
    QTRY_COMPARE(fixture.finals.submitted.size(), 1);  // the draft is put together first
    QCOMPARE(fixture.finals.submitted.last().guidance, std::optional(4.5));
}

void TestFinalSheet::smallerPictures_areForModelsOfThisMachine()
{
    Fixture fixture;
    BackendEntry local = fixture.finals.models.backends.last();
    local.id = local.kind = QStringLiteral("local");
    ModelEntry own = fixture.finals.models.models.last();
    own.id = own.label = QStringLiteral("own");
    own.backend = local.id;
    fixture.finals.models.backends << local;
    fixture.finals.models.models << own;
    FinalChoice choice;
    choice.model = QStringLiteral("studio-flux");
    fixture.sheet->setChoice(choice);
    fixture.sheet->show();
    auto *box = fixture.sheet->findChild<QCheckBox *>(QStringLiteral("mayShrink"));
    QVERIFY(!box->isVisible());
    choice.model = QStringLiteral("own");
    fixture.sheet->setChoice(choice);
    QVERIFY(box->isVisible());
    QVERIFY(!box->isChecked());
    box->click();
    QVERIFY(fixture.sheet->choice().mayShrink);
    fixture.sheet->send();
    QTRY_COMPARE(fixture.finals.submitted.size(), 1);
    QVERIFY(fixture.finals.submitted.last().mayShrink);
}

void TestFinalSheet::retiredModels_areListedButCannotBeChosen()
{
    Fixture fixture;
    auto *combo = fixture.named<QComboBox>(QStringLiteral("Model"));
    const int at = combo->findData(QStringLiteral("dall-e-3-hd"));
    QVERIFY(at > 0);
    const auto *items = qobject_cast<QStandardItemModel *>(combo->model());
    QVERIFY(!items->item(at)->isEnabled());
    QVERIFY(combo->itemData(at, Qt::ToolTipRole).toString().contains(QStringLiteral("gpt-image")));
    QVERIFY(combo->itemText(at).contains(QStringLiteral("retired")));
}

void TestFinalSheet::tier_reachesTheMidModel()
{
    Fixture fixture;
    fixture.sheet->show();
    QSignalSpy changed(fixture.sheet.get(), &FinalSheet::choiceChanged);
    fixture.named<Segmented>(QStringLiteral("Care"))->button(1)->click();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(fixture.sheet->sendButton()->text(), QStringLiteral("Render · $0.035"));
    fixture.sheet->send();
    QCOMPARE(fixture.finals.submitted.first().fidelity, Fidelity::Mid);
}

void TestFinalSheet::ctrlEnter_sendsOnce()
{
    Fixture fixture;
    fixture.sheet->show();
    QVERIFY(QTest::qWaitForWindowActive(fixture.sheet.get()));
    QSignalSpy submitted(fixture.sheet.get(), &FinalSheet::submitted);
    QTest::keyClick(fixture.sheet.get(), Qt::Key_Return, Qt::ControlModifier);
    QTest::keyClick(fixture.sheet.get(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(submitted.count(), 1);
    QCOMPARE(fixture.finals.submitted.size(), 1);
    QCOMPARE(fixture.finals.lanes.first(), Lane::Final);
    QVERIFY(!fixture.sheet->isVisible());
}

void TestFinalSheet::heldKey_sendsNothing()
{
    Fixture fixture;
    for (const QAction *action : fixture.sheet->actions())
        QVERIFY(!action->autoRepeat());
}

void TestFinalSheet::enterInAField_sendsNothing()
{
    Fixture fixture;
    FinalChoice choice;
    choice.model = QStringLiteral("studio-flux");
    fixture.sheet->setChoice(choice);
    fixture.sheet->show();
    auto *count = fixture.named<NumberField>(QStringLiteral("Number of pictures"));
    count->setFocus();
    count->selectAll();
    QTest::keyClicks(count, QStringLiteral("4"));
    QTest::keyClick(count, Qt::Key_Return);
    QCOMPARE(fixture.sheet->choice().count, 4);
    QTest::keyClick(fixture.named<QLineEdit>(QStringLiteral("Negative prompt")), Qt::Key_Return);
    QVERIFY(fixture.sheet->isVisible());
    QVERIFY(fixture.finals.submitted.isEmpty());
}

void TestFinalSheet::escape_closesAndSendsNothing()
{
    Fixture fixture;
    fixture.sheet->show();
    QTest::keyClick(fixture.sheet.get(), Qt::Key_Escape);
    QVERIFY(!fixture.sheet->isVisible());
    QVERIFY(fixture.finals.submitted.isEmpty());
}

void TestFinalSheet::sheet_isNotModal()
{
    Fixture fixture;
    fixture.sheet->show();
    QVERIFY(!fixture.sheet->isModal());
    QVERIFY(!QApplication::activeModalWidget());
}

void TestFinalSheet::obstacle_offersItsRemedy_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<bool>("blocked");
    QTest::addColumn<QString>("place");
    QTest::newRow("no key") << "sd3.5-medium" << false << "stability";
    QTest::newRow("offline, and no key") << "sd3.5-medium" << false << "network";
    QTest::newRow("offline") << "ideogram-4" << false << "network";
    QTest::newRow("over budget") << "ideogram-4" << true << "budget";
}

void TestFinalSheet::obstacle_offersItsRemedy()
{
    QFETCH(QString, model);
    QFETCH(bool, blocked);
    QFETCH(QString, place);
    Fixture fixture;
    fixture.finals.obstacle = QStringLiteral("It cannot be sent now.");
    fixture.finals.blocked = blocked;
    fixture.finals.waitsForNetwork = place == QLatin1String("network");
    FinalChoice choice;
    choice.model = model;
    fixture.sheet->setChoice(choice);
    fixture.sheet->show();
    QVERIFY(fixture.obstacle()->isVisible());
    QSignalSpy wanted(fixture.sheet.get(), &FinalSheet::servicesWanted);
    fixture.obstacle()->button()->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toString(), place);
    if (!blocked) {
        QVERIFY(fixture.sheet->sendButton()->text().startsWith(QStringLiteral("Queue It")));
        QVERIFY(fixture.sheet->sendButton()->isEnabled());
    }
}

void TestFinalSheet::blocked_cannotBeSent()
{
    Fixture fixture;
    fixture.finals.obstacle = QStringLiteral("Today's budget is used up.");
    fixture.finals.blocked = true;
    fixture.sheet->show();
    QVERIFY(!fixture.sheet->sendButton()->isEnabled());
    QCOMPARE(fixture.sheet->sendButton()->toolTip(), fixture.finals.obstacle);
    QVERIFY(fixture.sheet->sendButton()->text().startsWith(QStringLiteral("Render")));  // nor will it wait in the queue
    fixture.sheet->send();
    QVERIFY(fixture.finals.submitted.isEmpty());
}

void TestFinalSheet::seed_isTheDraftsOrAny()
{
    Fixture fixture;
    fixture.sheet->show();
    auto *seed = fixture.named<Segmented>(QStringLiteral("Seed"));
    QVERIFY(seed->button(0)->text().contains(u'7'));
    fixture.sheet->send();
    QCOMPARE(fixture.finals.submitted.last().seed, std::optional<int>(7));
    QTRY_VERIFY(!fixture.sheet->isVisible());
    fixture.sheet->show();
    seed->button(1)->click();
    fixture.sheet->send();
    QTRY_COMPARE(fixture.finals.submitted.size(), 2);
    QCOMPARE(fixture.finals.submitted.last().seed, std::nullopt);
}

void TestFinalSheet::draft_goesAlongAsStartPicture()
{
    Fixture fixture;
    FinalChoice choice;
    choice.model = QStringLiteral("sd3.5-medium");
    fixture.sheet->setChoice(choice);
    fixture.sheet->show();
    QVERIFY(!fixture.named<NumberField>(QStringLiteral("How far the model may go from the draft"))->isVisible());
    fixture.box(0)->click();
    QVERIFY(fixture.named<NumberField>(QStringLiteral("How far the model may go from the draft"))->isVisible());
    QSignalSpy submitted(fixture.sheet.get(), &FinalSheet::submitted);
    fixture.sheet->send();
    QTRY_COMPARE(submitted.count(), 1);
    QVERIFY(fixture.finals.submitted.first().sendDraft);
    QCOMPARE(fixture.finals.drafts.first(), QSize(1080, 1350));
}

void TestFinalSheet::failedSubmit_saysWhy()
{
    Fixture fixture;
    fixture.finals.submitError = Error{ErrorCode::Io, QStringLiteral("The library cannot be written.")};
    fixture.sheet->show();
    QSignalSpy failed(fixture.sheet.get(), &FinalSheet::failed);
    fixture.sheet->send();
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(fixture.sheet->isVisible());
    QVERIFY(fixture.obstacle()->text().contains(QStringLiteral("library")));
    QVERIFY(!QApplication::activeModalWidget());
}

void TestFinalSheet::unknownModel_saysWhy()
{
    Fixture fixture;
    FinalChoice choice;
    choice.model = QStringLiteral("gone");
    fixture.sheet->setChoice(choice);
    fixture.sheet->show();
    QVERIFY(!fixture.sheet->sendButton()->isEnabled());
    QVERIFY(fixture.obstacle()->text().contains(QStringLiteral("gone")));
}

void TestFinalSheet::allRows_areAddedUpAndSentIntoTheBatchLane()
{
    Fixture fixture;
    fixture.rows(3);
    fixture.sheet->setAllRows(true);
    fixture.sheet->show();
    QTRY_COMPARE(fixture.price(), QStringLiteral("3 pictures: about $0.18"));
    QCOMPARE(fixture.sheet->sendButton()->text(), QStringLiteral("Render All · $0.18"));
    QSignalSpy sent(fixture.sheet.get(), &FinalSheet::batchSubmitted);
    fixture.sheet->send();
    QTRY_COMPARE(sent.count(), 1);
    QCOMPARE(fixture.finals.submitted.size(), 3);
    QCOMPARE(fixture.finals.lanes, QList<Lane>(3, Lane::Batch));
    QCOMPARE(fixture.finals.submitted.at(2).row.number, 3);
}

/// What was on screen when it was sent, and nothing else: not a draft of an earlier template, not one that is still being drawn, not another row's.
void TestFinalSheet::draftOnScreen_isKeptAndNamed_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QStringList>("named");
    QTest::newRow("one final") << QStringLiteral("one") << QStringList{QStringLiteral("digest")};
    QTest::newRow("an older template") << QStringLiteral("older") << QStringList{QString()};
    QTest::newRow("cannot be kept") << QStringLiteral("full") << QStringList{QString()};
    QTest::newRow("nowhere to keep it") << QStringLiteral("none") << QStringList{QString()};
    QTest::newRow("all rows, the second on screen") << QStringLiteral("rows") << QStringList{QString(), QStringLiteral("digest"), QString()};
}

void TestFinalSheet::draftOnScreen_isKeptAndNamed()
{
    QFETCH(QString, what);
    QFETCH(QStringList, named);
    Fixture fixture;
    QList<int> kept;
    if (what != QLatin1String("none")) {
        fixture.sheet->keepDraft = [&](const Draft &draft) -> QFuture<Result<KeptDraft>> {
            kept << draft.options.seed;
            if (what == QLatin1String("full"))
                return readyFuture<Result<KeptDraft>>(fail(ErrorCode::Io, QStringLiteral("The disk is full.")));
            return readyFuture<Result<KeptDraft>>(KeptDraft{5, QStringLiteral("digest"), true});
        };
    }
    if (what == QLatin1String("rows")) {
        fixture.rows(3);
        fixture.document.setCurrentRow(2);
        fixture.sheet->setAllRows(true);
    }
    fixture.draft.setInput(fixture.document.value(), fixture.document.row(), {}, fixture.draft.draft().options);
    QTRY_COMPARE(fixture.draft.state(), DraftService::State::Current);
    if (what == QLatin1String("older")) {
        Template changed = fixture.document.value();
        changed.canvas.background = QStringLiteral("#102030");
        fixture.draft.setInput(changed, fixture.document.row(), {}, fixture.draft.draft().options);
    }
    fixture.sheet->show();
    QTRY_VERIFY(fixture.sheet->sendButton()->isEnabled());
    fixture.sheet->send();
    QTRY_COMPARE(fixture.finals.submitted.size(), named.size());
    QStringList sent;
    for (const RenderRequest &request : std::as_const(fixture.finals.submitted))
        sent << request.approvedDraft;
    QCOMPARE(sent, named);
    QCOMPARE(kept.size(), what == QLatin1String("older") || what == QLatin1String("none") ? 0 : 1);
}

void TestFinalSheet::part_isAskedForAndSaid()
{
    Fixture fixture;
    fixture.rows(2);
    fixture.finals.models.models[2].supports << QStringLiteral("image") << QStringLiteral("mask");
    fixture.sheet->setEdit(editOf("studio-flux"));
    fixture.sheet->show();
    QCOMPARE(fixture.sheet->windowTitle(), QStringLiteral("Redo a Part"));
    const auto *words = fixture.sheet->findChild<NoticeLine *>(QStringLiteral("redoWords"));
    QVERIFY(words->isVisible());
    QVERIFY2(words->text().contains(QStringLiteral("Only the marked area of \"title\"")), qPrintable(words->text()));
    QVERIFY(!fixture.box(0)->isVisible());  // the draft is not what it begins with
    QVERIFY(!fixture.box(1)->isVisible());  // and it is of one row
    QVERIFY(fixture.named<NumberField>(QStringLiteral("How far the model may go from the draft"))->isVisible());
    QCOMPARE(fixture.sheet->sendButton()->text(), QStringLiteral("Redo · free"));
    QVERIFY(fixture.finals.submitted.isEmpty());
    fixture.sheet->send();
    QTRY_COMPARE(fixture.finals.submitted.size(), 1);
    const RenderRequest sent = fixture.finals.submitted.first();
    QCOMPARE(sent.startAsset, 42);
    QCOMPARE(sent.redo, QStringList{QStringLiteral("title")});
    QVERIFY(!sent.sendDraft);
    QCOMPARE(sent.model, QStringLiteral("studio-flux"));
}

void TestFinalSheet::part_goesToAModelThatCan()
{
    Fixture fixture;
    fixture.sheet->setEdit(editOf("ideogram-4"));  // nobody can: the picture's own model, and the words promise nothing
    fixture.sheet->show();
    QCOMPARE(fixture.sheet->choice().model, QStringLiteral("ideogram-4"));
    QVERIFY(fixture.sheet->findChild<NoticeLine *>(QStringLiteral("redoWords"))->text().contains(QStringLiteral("cannot begin with a picture")));
    fixture.finals.models.models[2].supports << QStringLiteral("image") << QStringLiteral("mask");
    fixture.sheet->setEdit({});
    fixture.sheet->setEdit(editOf("ideogram-4"));
    QCOMPARE(fixture.sheet->choice().model, QStringLiteral("studio-flux"));
    QVERIFY(fixture.sheet->findChild<NoticeLine *>(QStringLiteral("redoWords"))->text().contains(QStringLiteral("Only")));
}

void TestFinalSheet::part_leavesOtherFinalsAlone()
{
    Fixture fixture;
    QSignalSpy changed(fixture.sheet.get(), &FinalSheet::choiceChanged);
    fixture.sheet->setEdit(editOf("ideogram-4"));
    fixture.sheet->show();
    fixture.named<Segmented>(QStringLiteral("Care"))->button(1)->click();
    QCOMPARE(changed.count(), 0);
    fixture.sheet->setEdit({});
    fixture.sheet->setChoice({});
    QCOMPARE(fixture.sheet->windowTitle(), QStringLiteral("Render Final"));
    QVERIFY(!fixture.sheet->findChild<NoticeLine *>(QStringLiteral("redoWords"))->isVisible());
    fixture.sheet->send();
    QTRY_COMPARE(fixture.finals.submitted.size(), 1);
    QVERIFY(!fixture.finals.submitted.first().hasStart());
}

void TestFinalSheet::unknownPrice_isNotFree()
{
    Fixture fixture;
    fixture.finals.models.models[0].price = {};
    fixture.rows(2);
    fixture.sheet->show();
    QCOMPARE(fixture.price(), QStringLiteral("Price not known"));
    QCOMPARE(fixture.sheet->sendButton()->text(), QStringLiteral("Render · price not known"));
    fixture.sheet->setAllRows(true);
    QTRY_COMPARE(fixture.sheet->sendButton()->text(), QStringLiteral("Render All · price not known"));
    QCOMPARE(fixture.price(), QStringLiteral("2 pictures: price not known"));
}

void TestFinalSheet::height_fitsWhatIsSaid()
{
    Fixture fixture;
    fixture.sheet->show();
    QVERIFY(QTest::qWaitForWindowExposed(fixture.sheet.get()));
    const int before = fixture.sheet->height();
    // No gap below the last line that is wider than the one between sections.
    const QWidget *view = fixture.sheet->quoteView();
    const int gap = view->height() - view->layout()->heightForWidth(view->width());
    QVERIFY2(gap <= 16, qPrintable(QString::number(gap)));
    fixture.finals.obstacle = QStringLiteral("There is no key for it. ").repeated(6);
    Q_EMIT fixture.finals.backendsChanged();
    QTRY_VERIFY(fixture.sheet->height() > before);
}

void TestFinalSheet::everyControl_hasAName()
{
    Fixture fixture;
    fixture.rows(2);
    fixture.sheet->show();
    for (const QWidget *widget : fixture.sheet->findChildren<QWidget *>()) {
        const bool inner = widget->objectName().startsWith(QLatin1String("qt_")) || widget->parentWidget()->inherits("QComboBoxPrivateContainer");
        if (!(widget->focusPolicy() & Qt::TabFocus) || inner)
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()), widget->metaObject()->className());
    }
}

QTEST_MAIN(TestFinalSheet)
#include "tst_finalsheet.moc"
