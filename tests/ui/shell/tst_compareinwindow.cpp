#include "tests/ui/shell/windowfixture.h"
#include "ui/compare/compareactions.h"
#include "ui/compare/compareset.h"
#include "ui/compare/compareview.h"
#include "ui/compare/compareworkspace.h"
#include "ui/design/artboard.h"
#include "ui/document/templatedocument.h"
#include "ui/finals/finalpane.h"
#include "ui/shell/finalscontroller.h"
#include "ui/shell/workspaceswitch.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>
#include <QMenu>
#include <QStatusBar>
#include <QTest>

using namespace Galley;

namespace {

/// A whole window over fakes, with a library.
struct Fixture : WindowFixture
{
    Fixture()
    {
        parts.library = &library;
        open();
    }

    QString shown() const { return window->workspaces()->current(); }

    qint64 addPicture(const QString &model)
    {
        FakeLibraryService::Picture picture;
        picture.request = RenderRequest();
        picture.request->source = window->document()->value();
        picture.record.servedModel = picture.record.routedModel = model;
        picture.record.templateName = window->document()->value().name;
        picture.record.size = {80, 100};
        return library.add(picture);
    }
};

} // namespace

/// Compare as one of the window's workspaces.
class TestCompareInWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void keySwitches_andTheMenuFollows();
    void empty_leadsToTheLibrary();
    void draftIsComparedWithItsFinal_data();
    void draftIsComparedWithItsFinal();
    void shuffled_goesWithTheReveal();
    void lastComparison_isThereAgain();
};

void TestCompareInWindow::keySwitches_andTheMenuFollows()
{
    Fixture fixture;
    fixture.window->show();
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
    QVERIFY(!fixture.window->compare()->menu()->menuAction()->isVisible());
    QTest::keyClick(fixture.window.get(), Qt::Key_3, Qt::AltModifier);
    QCOMPARE(fixture.shown(), QStringLiteral("compare"));
    QVERIFY(fixture.window->compare()->isVisible());
    QVERIFY(fixture.window->compare()->menu()->menuAction()->isVisible());
    QVERIFY(!fixture.action("undo")->isVisible());
    QVERIFY(fixture.action("compareUndo")->isVisible());
    fixture.window->workspaces()->choose(QStringLiteral("design"));
    QVERIFY(fixture.action("undo")->isVisible());
    QVERIFY(!fixture.action("compareUndo")->isVisible());
    // Whoever opens pictures is led there.
    fixture.window->compare()->open({fixture.addPicture(QStringLiteral("ideogram-4")), fixture.addPicture(QStringLiteral("gpt-image"))});
    QCOMPARE(fixture.shown(), QStringLiteral("compare"));
    QTRY_COMPARE(fixture.window->compare()->set()->count(), 2);
    QTRY_VERIFY(fixture.window->compare()->view()->isVisible());
}

void TestCompareInWindow::empty_leadsToTheLibrary()
{
    Fixture fixture;
    fixture.window->show();
    fixture.window->workspaces()->choose(QStringLiteral("compare"));
    QAbstractButton *lead = nullptr;
    for (QAbstractButton *button : fixture.window->compare()->findChildren<QAbstractButton *>())
        lead = button->isVisible() && button->text() == QStringLiteral("Choose in the Library") ? button : lead;
    QVERIFY(lead);
    lead->click();
    QCOMPARE(fixture.shown(), QStringLiteral("library"));
}

void TestCompareInWindow::draftIsComparedWithItsFinal_data()
{
    QTest::addColumn<bool>("isApproved");
    QTest::addColumn<QString>("said");
    QTest::newRow("with the one that was approved") << true << QStringLiteral("differs from the draft you approved");
    QTest::newRow("with one drawn anew") << false << QStringLiteral("No draft was on screen when this final was sent.");
}

/// The draft on screen is another one by then: it has no part in it.
void TestCompareInWindow::draftIsComparedWithItsFinal()
{
    QFETCH(bool, isApproved);
    QFETCH(QString, said);
    Fixture fixture;
    QAction *action = fixture.action("compareDraftWithFinal");
    QVERIFY(!action->isEnabled());
    QVERIFY(action->toolTip().contains(QStringLiteral("no final")));
    const qint64 asset = fixture.addPicture(QStringLiteral("ideogram-4"));
    QTRY_COMPARE(fixture.draft.state(), DraftService::State::Current);
    const Draft approved = fixture.draft.draft();
    const Template sent = fixture.window->document()->value();
    if (isApproved)
        fixture.library.find(asset)->request->approvedDraft = fixture.library.keepDraft(approved).result()->digest;
    Template later = sent;
    later.canvas.background = QStringLiteral("#0000FF");
    fixture.window->document()->openValue(later, {});
    QTRY_VERIFY(fixture.draft.draft().source.canvas.background == later.canvas.background && fixture.draft.state() == DraftService::State::Current);
    Job job;
    job.record.request.source = later;  // the pane shows finals of the template that is open
    job.record.state = JobState::Done;
    job.record.assets = {asset};
    FinalPicture final;
    final.assetId = asset;
    final.raw = QImage(80, 100, QImage::Format_RGB32);
    final.raw.fill(Qt::gray);
    const qint64 id = fixture.finals.fakeQueue()->add(job);
    final.jobId = id;
    fixture.finals.pictures.insert(id, final);
    fixture.window->finals()->pane()->showJob(id);
    QTRY_VERIFY(action->isEnabled());
    action->trigger();
    CompareSet *set = fixture.window->compare()->set();
    QTRY_COMPARE(set->count(), 2);
    QCOMPARE(fixture.shown(), QStringLiteral("compare"));
    QVERIFY(set->at(0).isDraft);
    QVERIFY(!set->takesJudgement(0));
    QCOMPARE(set->at(1).id(), asset);
    QVERIFY(set->takesJudgement(1));
    QTRY_VERIFY(set->isLoaded(0) && set->isLoaded(1));
    QCOMPARE(set->image(0)->size(), sent.canvas.size);
    QCOMPARE(set->image(0)->picture().convertToFormat(QImage::Format_RGB32),
             ScenePainter().compose(approved.scene, approved.pictures, sent.canvas.size).convertToFormat(QImage::Format_RGB32));
    // A picture of one colour has nothing of the draft in it, and that is said and can be shown.
    QAction *drift = fixture.action("showDrift");
    QTRY_VERIFY(drift->isEnabled());
    QVERIFY2(fixture.window->compare()->bar()->text().contains(said), qPrintable(fixture.window->compare()->bar()->text()));
    // Drift, and the stars that a draft does not take, tell which is which.
    QVERIFY(!fixture.action("blind")->isEnabled());
    set->setBlind(true);
    QVERIFY(!set->isBlind());
}

/// Nothing goes on saying that nobody can tell, once everybody can.
void TestCompareInWindow::shuffled_goesWithTheReveal()
{
    Fixture fixture;
    fixture.window->show();
    CompareWorkspace *compare = fixture.window->compare();
    compare->open({fixture.addPicture(QStringLiteral("ideogram-4")), fixture.addPicture(QStringLiteral("gpt-image"))});
    QTRY_COMPARE(compare->set()->count(), 2);
    const auto *status = fixture.window->findChild<QStatusBar *>();
    QVERIFY(status);
    compare->actions()->find("blind")->trigger();
    QVERIFY2(status->currentMessage().startsWith(QStringLiteral("Shuffled")), qPrintable(status->currentMessage()));
    compare->actions()->find("blind")->trigger();
    QCOMPARE(status->currentMessage(), QString());
    // What others have said meanwhile stays.
    compare->actions()->find("blind")->trigger();
    compare->actions()->find("copyTable")->trigger();
    const QString other = status->currentMessage();
    compare->actions()->find("blind")->trigger();
    QVERIFY(!other.isEmpty());
    QCOMPARE(status->currentMessage(), other);
}

void TestCompareInWindow::lastComparison_isThereAgain()
{
    Fixture fixture;
    const QList<qint64> ids{fixture.addPicture(QStringLiteral("ideogram-4")), fixture.addPicture(QStringLiteral("gpt-image"))};
    fixture.window->compare()->open(ids);
    QTRY_COMPARE(fixture.window->compare()->set()->count(), 2);
    fixture.window->close();
    MainWindow next(fixture.parts);
    next.show();
    QTRY_COMPARE(next.compare()->set()->ids(), ids);
    QCOMPARE(next.workspaces()->current(), QStringLiteral("compare"));
}

QTEST_MAIN(TestCompareInWindow)
#include "tst_compareinwindow.moc"
