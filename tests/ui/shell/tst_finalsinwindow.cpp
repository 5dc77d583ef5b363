#include "tests/ui/shell/windowfixture.h"
#include "ui/document/templatedocument.h"
#include "ui/finals/finalpane.h"
#include "ui/finals/finalsheet.h"
#include "ui/queue/queuedrawer.h"
#include "ui/settings/servicesdialog.h"
#include "ui/shell/designworkspace.h"
#include "ui/shell/filecontroller.h"
#include "ui/shell/finalscontroller.h"
#include "ui/shell/issues.h"
#include "ui/widgets/countbutton.h"

#include <QApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QTreeView>

using namespace Galley;

namespace {

struct Fixture : WindowFixture
{
    explicit Fixture(bool withFinals = true)
    {
        parts.finals = withFinals ? &finals : nullptr;
        open();
    }

    void open()
    {
        WindowFixture::open();
        window->files()->openFirst();
        window->show();
    }

    FinalsController *controller() const { return window->finals(); }

    qint64 submit(Lane lane = Lane::Final)
    {
        RenderRequest request;
        request.source = window->document()->value();
        return finals.submit(request, lane, {}).result().value();
    }

    int issues() const { return int(window->issues()->issues().size()); }
};

} // namespace

class TestFinalsInWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        applyStyle();
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
    }
    void button_tellsModelAndPrice();
    void ctrlEnter_opensTheSheet_andAgainSends();
    void choice_isRememberedForEachTemplate();
    void statusBar_countsAndOpensTheQueue();
    void drawer_remembersItsHeight();
    void finishedFinal_showsBesideItsDraft();
    void failedJob_isAnIssueThatLeadsToTheQueue();
    void undecidedJob_opensTheQueue_withoutABox();
    void ruleThatAsks_isAnIssue_andOpensTheQueue();
    void withoutFinals_actionsSayWhy();
    void closing_withRunningJobs_saysWhatHappens();
    void services_openAtTheirPlace();
    void focus_reachesTheFinal();
};

void TestFinalsInWindow::button_tellsModelAndPrice()
{
    Fixture fixture;
    QTRY_COMPARE(fixture.controller()->renderButton()->text(), QStringLiteral("Render Final → ideogram-4 · $0.06"));
    QVERIFY(fixture.controller()->renderButton()->isVisible());
    fixture.finals.models.models[0].price.usd = 0.03;
    Q_EMIT fixture.finals.catalogueChanged();
    QTRY_COMPARE(fixture.controller()->renderButton()->text(), QStringLiteral("Render Final → ideogram-4 · $0.03"));
    QVERIFY(fixture.finals.submitted.isEmpty());
}

void TestFinalsInWindow::ctrlEnter_opensTheSheet_andAgainSends()
{
    Fixture fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
    QTest::keyClick(fixture.window.get(), Qt::Key_Return, Qt::ControlModifier);
    FinalSheet *sheet = fixture.controller()->sheet();
    QVERIFY(sheet && sheet->isVisible());
    QVERIFY(fixture.finals.submitted.isEmpty());
    QTRY_COMPARE(QApplication::activeWindow(), sheet);  // a window counts as active while its parent is
    QTest::keyClick(sheet, Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!sheet->isVisible());
    QCOMPARE(fixture.finals.submitted.size(), 1);
    QVERIFY(fixture.controller()->pane()->isVisible());
    QCOMPARE(fixture.controller()->pane()->job(), 1);
}

void TestFinalsInWindow::choice_isRememberedForEachTemplate()
{
    Fixture fixture;
    fixture.controller()->showSheet();
    FinalSheet *sheet = fixture.controller()->sheet();
    FinalChoice choice;
    choice.model = QStringLiteral("studio-flux");
    sheet->setChoice(choice);
    Q_EMIT sheet->choiceChanged(choice);
    QTRY_COMPARE(fixture.controller()->renderButton()->text(), QStringLiteral("Render Final → studio-flux · free"));
    const Template first = fixture.window->document()->value();
    Template other = first;
    other.id = QStringLiteral("another");
    fixture.window->document()->openValue(other, {});
    QTRY_VERIFY(fixture.controller()->renderButton()->text().contains(QStringLiteral("ideogram-4")));
    fixture.window->document()->openValue(first, {});
    QTRY_VERIFY(fixture.controller()->renderButton()->text().contains(QStringLiteral("studio-flux")));
}

void TestFinalsInWindow::statusBar_countsAndOpensTheQueue()
{
    Fixture fixture;
    CountButton *button = fixture.controller()->queueButton();
    QCOMPARE(button->text(), QStringLiteral("0 running · 0 waiting · $0.42 today"));
    const qint64 id = fixture.submit();
    fixture.submit();
    fixture.finals.fakeQueue()->change(id, [](Job &job) { job.record.state = JobState::Running; });
    QCOMPARE(button->text(), QStringLiteral("1 running · 1 waiting · $0.42 today"));
    QVERIFY(!fixture.controller()->drawer()->isVisible());
    button->click();
    QVERIFY(fixture.controller()->drawer()->isVisible());
    QTest::keyClick(fixture.controller()->drawer()->view(), Qt::Key_Escape);
    QVERIFY(!fixture.controller()->drawer()->isVisible());
    QVERIFY(!fixture.action("showQueue")->isChecked());
}

void TestFinalsInWindow::drawer_remembersItsHeight()
{
    Fixture fixture;
    fixture.settings.raw()->setValue(QStringLiteral("queue/height"), 300);
    fixture.action("showQueue")->trigger();
    QTRY_COMPARE(fixture.controller()->drawer()->height(), 300);
    QVERIFY(fixture.window->close());
    fixture.open();
    QVERIFY(fixture.controller()->drawer()->isVisible());
    QTRY_COMPARE(fixture.controller()->drawer()->height(), 300);
}

void TestFinalsInWindow::finishedFinal_showsBesideItsDraft()
{
    Fixture fixture;
    const qint64 batch = fixture.submit(Lane::Batch);
    const qint64 id = fixture.submit();
    FinalPicture final;
    final.composed = QImage(100, 125, QImage::Format_RGB32);
    final.composed.fill(Qt::blue);
    fixture.finals.pictures.insert(id, final);
    fixture.finals.fakeQueue()->change(batch, [](Job &job) { job.record.state = JobState::Done; });
    QVERIFY(!fixture.controller()->pane()->isVisible());
    fixture.finals.fakeQueue()->change(id, [](Job &job) { job.record.state = JobState::Done; });
    QVERIFY(fixture.controller()->pane()->isVisible());
    QTRY_COMPARE(fixture.controller()->pane()->shownPicture().size(), QSize(100, 125));
    QVERIFY(fixture.window->design()->isVisible());
}

void TestFinalsInWindow::failedJob_isAnIssueThatLeadsToTheQueue()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    const int before = fixture.issues();
    fixture.finals.fakeQueue()->change(id, [](Job &job) {
        job.record.state = JobState::Failed;
        job.record.error.message = QStringLiteral("Ideogram refused the prompt.");
    });
    QTRY_COMPARE(fixture.issues(), before + 1);
    QVERIFY(fixture.controller()->jumpTo(QStringLiteral("job-%1").arg(id)));
    QVERIFY(fixture.controller()->drawer()->isVisible());
    fixture.finals.fakeQueue()->retry(id);
    QTRY_COMPARE(fixture.issues(), before);
    QVERIFY(!fixture.controller()->jumpTo(QStringLiteral("worker")));
}

void TestFinalsInWindow::undecidedJob_opensTheQueue_withoutABox()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.finals.fakeQueue()->change(id, [](Job &job) { job.record.state = JobState::Undecided; });
    QVERIFY(fixture.controller()->drawer()->isVisible());
    QVERIFY(!QApplication::activeModalWidget());
    QVERIFY(fixture.window->findChildren<QMessageBox *>().isEmpty());
}

void TestFinalsInWindow::ruleThatAsks_isAnIssue_andOpensTheQueue()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    const int before = fixture.issues();
    const QString question = QStringLiteral("The rule asks a person first.");
    fixture.finals.fakeQueue()->change(id, [&](Job &job) {
        job.record.decision.reasons = {question};
        job.record.error.message = question;
        job.record.state = JobState::Held;
    });
    QVERIFY(fixture.controller()->drawer()->isVisible());
    QTRY_COMPARE(fixture.issues(), before + 1);
    QVERIFY(fixture.controller()->jumpTo(QStringLiteral("job-%1").arg(id)));
    fixture.finals.fakeQueue()->hold(id, false);
    QTRY_COMPARE(fixture.issues(), before);
}

void TestFinalsInWindow::withoutFinals_actionsSayWhy()
{
    Fixture fixture(false);
    for (const char *name : {"renderFinal", "renderRows", "showQueue", "showFinal", "services"}) {
        QVERIFY2(!fixture.action(name)->isEnabled(), name);
        QVERIFY2(fixture.action(name)->toolTip().contains(QStringLiteral("Issues")), name);
    }
    QVERIFY(!fixture.controller()->renderButton()->isEnabled());
    QVERIFY(!fixture.controller()->queueButton()->isEnabled());
    QVERIFY(fixture.window->close());
}

void TestFinalsInWindow::closing_withRunningJobs_saysWhatHappens()
{
    Fixture fixture;
    const qint64 id = fixture.submit();
    fixture.submit();
    fixture.finals.fakeQueue()->change(id, [](Job &job) { job.record.state = JobState::Running; });
    QVERIFY(!fixture.window->close());
    auto *box = fixture.window->findChild<QMessageBox *>();
    QVERIFY(box);
    QVERIFY(box->informativeText().contains(QStringLiteral("billed")));
    QTest::keyClick(box, Qt::Key_Escape);
    QVERIFY(fixture.window->isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QVERIFY(!fixture.window->close());
    for (QAbstractButton *button : fixture.window->findChild<QMessageBox *>()->buttons()) {
        if (button->text() == QLatin1String("Close Galley"))
            button->click();
    }
    QVERIFY(!fixture.window->isVisible());
    QVERIFY(fixture.finals.fakeQueue()->calls.isEmpty());
}

void TestFinalsInWindow::services_openAtTheirPlace()
{
    Fixture fixture;
    fixture.controller()->showServices(QStringLiteral("stability"));
    auto *dialog = fixture.window->findChild<ServicesDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    QVERIFY(!dialog->isModal());
    fixture.controller()->showServices(QStringLiteral("network"));
    QCOMPARE(fixture.window->findChildren<ServicesDialog *>().size(), 1);
}

void TestFinalsInWindow::focus_reachesTheFinal()
{
    Fixture fixture;
    QVERIFY(QTest::qWaitForWindowActive(fixture.window.get()));
    fixture.submit();
    fixture.controller()->showFinal(1);
    bool reached = false;
    for (int i = 0; i < 10 && !reached; ++i) {
        fixture.window->design()->focusNextPanel(true);
        reached = fixture.controller()->pane()->isAncestorOf(QApplication::focusWidget());
    }
    QVERIFY(reached);
}

QTEST_MAIN(TestFinalsInWindow)
#include "tst_finalsinwindow.moc"
