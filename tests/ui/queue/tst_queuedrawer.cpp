#include "tests/support/fakefinalservice.h"
#include "ui/queue/jobmodel.h"
#include "ui/queue/jobtext.h"
#include "ui/queue/queueactions.h"
#include "ui/queue/queuedrawer.h"
#include "ui/widgets/icon.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/numbers.h"
#include "ui/widgets/themeswitch.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeView>

using namespace Galley;

namespace {

Job job(const QString &name, Lane lane = Lane::Final, JobState state = JobState::Queued)
{
    Job result;
    result.record.request.source.name = name;
    result.record.lane = lane;
    result.record.state = state;
    result.record.decision.requested = QStringLiteral("sd-medium");
    result.record.decision.model = QStringLiteral("sd3.5-medium");
    result.record.decision.rule = QStringLiteral("default");
    result.record.estimateUsd = 0.035;
    return result;
}

struct Fixture
{
    Fixture()
        : drawer(&queue)
    {
        drawer.resize(1200, 320);
        drawer.show();
    }

    QStringList titles() const
    {
        QStringList list;
        for (int row = 0; row < drawer.view()->model()->rowCount(); ++row)
            list << drawer.view()->model()->index(row, 0).data().toString();
        return list;
    }

    QPushButton *barButton(const QString &text) const
    {
        for (QPushButton *button : drawer.bar()->findChildren<QPushButton *>()) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    }

    FakeQueue queue;
    QueueDrawer drawer;
};

} // namespace

class TestQueueDrawer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void states_haveAWordAndAShapeEach();
    void money_and_time_data();
    void money_and_time();
    void tabularDigits_areEquallyWide();
    void models_areShownWhereTheyDiffer();
    void waitingForAKey_isSaidAndLeadsToIt();
    void namesOfRulesAndStates_areWordsForPeople();
    void progress_tellsLoadingFromSteps();
    void list_followsTheQueue();
    void waitingJobs_moveByKeyboardAndDrag();
    void sentAndForeignJobs_cannotBeDragged();
    void delete_cancelsWhatIsChosen();
    void undecided_asksWithThreeAnswers();
    void undecided_withoutLookUp_offersTwo();
    void severalUndecided_areAskedOneAfterTheOther();
    void rule_thatAsks_isAnswered_data();
    void rule_thatAsks_isAnswered();
    void heldByAPerson_isNoQuestion();
    void startNow_saysWhatItDrops();
    void cancelAll_asksFirst();
    void question_isNotReplacedByNews();
    void pause_isAnActionThatNamesTheOther();
    void emptyList_saysWhatComesHere();
    void escape_closes();
    void contextMenu_offersOnlyWhatCanBeDone();
    void nothing_isAModalBox();
};

void TestQueueDrawer::states_haveAWordAndAShapeEach()
{
    QSet<QString> words;
    QSet<QString> shapes;
    const QStringList icons = iconNames();
    for (int state = 0; state <= int(JobState::Cancelled); ++state) {
        words.insert(stateWord(JobState(state)));
        shapes.insert(stateIcon(JobState(state)));
        QVERIFY2(icons.contains(stateIcon(JobState(state))), qPrintable(stateIcon(JobState(state))));
    }
    QCOMPARE(words.size(), int(JobState::Cancelled) + 1);
    QCOMPARE(shapes.size(), words.size());
}

void TestQueueDrawer::money_and_time_data()
{
    QTest::addColumn<QString>("made");
    QTest::addColumn<QString>("expected");
    const QLocale before;
    QLocale::setDefault(QLocale::c());
    QTest::newRow("cents") << moneyText(0.06) << "$0.06";
    QTest::newRow("half cents") << moneyText(0.035) << "$0.035";
    QTest::newRow("dollars") << moneyText(12) << "$12.00";
    QTest::newRow("sum of tenths") << moneyText(0.1 + 0.2) << "$0.30";
    QTest::newRow("free") << priceText(0) << "free";
    QTest::newRow("tenths of seconds") << durationText(830) << "0.8 s";
    QTest::newRow("seconds") << durationText(12'000) << "12 s";
    QTest::newRow("minutes") << durationText(200'000) << "3 min";
    QTest::newRow("hours") << durationText(3'900'000) << "1 h 5 min";
    QLocale::setDefault(QLocale(QStringLiteral("de_DE")));
    QTest::newRow("German cents") << moneyText(0.06) << QStringLiteral("0,06\u00a0$");
    QLocale::setDefault(before);
}

void TestQueueDrawer::money_and_time()
{
    QFETCH(QString, made);
    QTEST(made, "expected");
}

void TestQueueDrawer::tabularDigits_areEquallyWide()
{
    const QFontMetrics metrics(Theme::secondaryFont());
    QCOMPARE(tabularWidth(metrics, QStringLiteral("$1.11")), tabularWidth(metrics, QStringLiteral("$8.88")));
}

void TestQueueDrawer::models_areShownWhereTheyDiffer()
{
    Job one = job(QStringLiteral("A"));
    QCOMPARE(modelsText(one), QStringLiteral("sd-medium → sd3.5-medium"));
    JobAttempt attempt;
    attempt.served = QStringLiteral("sd3.5-medium-0911");
    one.record.attempts << attempt;
    QCOMPARE(modelsText(one), QStringLiteral("sd-medium → sd3.5-medium → sd3.5-medium-0911"));
    one.record.attempts.first().served = QStringLiteral("sd3.5-medium");
    one.record.decision.requested = QStringLiteral("sd3.5-medium");
    QCOMPARE(modelsText(one), QStringLiteral("sd3.5-medium"));
}

void TestQueueDrawer::waitingForAKey_isSaidAndLeadsToIt()
{
    Fixture fixture;
    const qint64 id = fixture.queue.add(job(QStringLiteral("A")));
    const auto services = [&] {
        for (QPushButton *button : fixture.drawer.findChildren<QPushButton *>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Services and Keys …"))
                return button;
        }
        return static_cast<QPushButton *>(nullptr);
    };
    QVERIFY(!services());
    QVERIFY(jobSentence(*fixture.queue.find(id)).isEmpty());
    const QString sentence = QStringLiteral("Ideogram needs a key.");
    fixture.queue.change(id, [&](Job &job) { job.waitsFor = sentence; });
    QCOMPARE(fixture.drawer.view()->model()->index(0, 0).data(JobModel::SentenceRole).toString(), sentence);
    QVERIFY(services());
    QSignalSpy wanted(&fixture.drawer, &QueueDrawer::servicesWanted);
    services()->click();
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.first().first().toLongLong(), id);
    fixture.queue.change(id, [](Job &job) { job.record.state = JobState::Running; });
    QVERIFY(!services());
}

void TestQueueDrawer::namesOfRulesAndStates_areWordsForPeople()
{
    QCOMPARE(ruleText(QStringLiteral("posters for print")), QStringLiteral("posters for print"));
    Job running = job(QStringLiteral("A"), Lane::Final, JobState::Running);
    for (const char *word : {"pending", "queued", "processing"}) {
        running.remoteState = QString::fromLatin1(word);
        QVERIFY(progressText(running) != running.remoteState);
    }
    running.remoteState = QStringLiteral("Upscaling");
    QCOMPARE(progressText(running), QStringLiteral("Upscaling"));
}

void TestQueueDrawer::progress_tellsLoadingFromSteps()
{
    Job running = job(QStringLiteral("A"), Lane::Final, JobState::Running);
    QCOMPARE(progressShare(running), -1.0);
    running.loadedBytes = 600'000'000;
    running.loadBytes = 2'400'000'000;
    running.msLeft = 3000;
    QCOMPARE(progressShare(running), 0.25);
    QVERIFY2(progressText(running).startsWith(QStringLiteral("loading the model, 600.0 MB of 2.4 GB · ")), qPrintable(progressText(running)));
    running.step = 5;
    running.of = 20;
    QCOMPARE(progressShare(running), 0.25);
    QVERIFY2(progressText(running).startsWith(QStringLiteral("step 5 of 20 · ")), qPrintable(progressText(running)));
}

void TestQueueDrawer::list_followsTheQueue()
{
    Fixture fixture;
    QAbstractItemModelTester tester(fixture.drawer.view()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    const qint64 a = fixture.queue.add(job(QStringLiteral("A")));
    fixture.queue.add(job(QStringLiteral("B"), Lane::Batch));
    const qint64 c = fixture.queue.add(job(QStringLiteral("C"), Lane::Interactive));
    QCOMPARE(fixture.titles(), QStringList({QStringLiteral("C"), QStringLiteral("A"), QStringLiteral("B")}));
    fixture.drawer.choose(c);
    fixture.queue.change(c, [](Job &each) {
        each.record.state = JobState::Done;
        each.record.costUsd = 0.04;
    });
    QCOMPARE(fixture.titles(), QStringList({QStringLiteral("A"), QStringLiteral("B"), QStringLiteral("C")}));
    QCOMPARE(fixture.drawer.view()->currentIndex().row(), 2);
    QCOMPARE(fixture.drawer.view()->model()->index(2, JobModel::StateColumn).data().toString(), QStringLiteral("done"));
    fixture.queue.change(a, [](Job &each) {
        each.record.state = JobState::Running;
        each.step = 3;
        each.of = 8;
        each.msLeft = 12'000;
    });
    QCOMPARE(fixture.drawer.view()->model()->index(0, JobModel::ProgressColumn).data().toString(), QStringLiteral("step 3 of 8 · 12 s left"));
    fixture.drawer.actions()->action("clearEnded")->trigger();
    QCOMPARE(fixture.titles(), QStringList({QStringLiteral("A"), QStringLiteral("B")}));
    QVERIFY(!fixture.drawer.actions()->action("clearEnded")->isEnabled());
}

void TestQueueDrawer::waitingJobs_moveByKeyboardAndDrag()
{
    Fixture fixture;
    QVERIFY(QTest::qWaitForWindowActive(&fixture.drawer));
    const qint64 a = fixture.queue.add(job(QStringLiteral("A")));
    fixture.queue.add(job(QStringLiteral("B")));
    const qint64 c = fixture.queue.add(job(QStringLiteral("C")));
    fixture.drawer.view()->setFocus();
    fixture.drawer.choose(c);
    QTest::keyClick(fixture.drawer.view(), Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(fixture.titles(), QStringList({QStringLiteral("A"), QStringLiteral("C"), QStringLiteral("B")}));
    fixture.drawer.choose(a);
    QTest::keyClick(fixture.drawer.view(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(fixture.titles(), QStringList({QStringLiteral("C"), QStringLiteral("A"), QStringLiteral("B")}));
    QTest::keyClick(fixture.drawer.view(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(fixture.titles(), QStringList({QStringLiteral("C"), QStringLiteral("B"), QStringLiteral("A")}));
    QVERIFY(!fixture.drawer.actions()->action("moveJobDown")->isEnabled());

    QAbstractItemModel *model = fixture.drawer.view()->model();
    const std::unique_ptr<QMimeData> data(model->mimeData({model->index(2, 0)}));
    QVERIFY(model->canDropMimeData(data.get(), Qt::MoveAction, 0, 0, {}));
    model->dropMimeData(data.get(), Qt::MoveAction, 0, 0, {});
    QCOMPARE(fixture.titles(), QStringList({QStringLiteral("A"), QStringLiteral("C"), QStringLiteral("B")}));
    QCOMPARE(model->rowCount(), 3);
}

void TestQueueDrawer::sentAndForeignJobs_cannotBeDragged()
{
    Fixture fixture;
    fixture.queue.add(job(QStringLiteral("A"), Lane::Final, JobState::Running));
    fixture.queue.add(job(QStringLiteral("B")));
    fixture.queue.add(job(QStringLiteral("C"), Lane::Batch));
    fixture.queue.add(job(QStringLiteral("D"), Lane::Batch));
    QAbstractItemModel *model = fixture.drawer.view()->model();
    QVERIFY(!(model->flags(model->index(0, 0)) & Qt::ItemIsDragEnabled));
    QVERIFY(model->flags(model->index(1, 0)) & Qt::ItemIsDragEnabled);
    const std::unique_ptr<QMimeData> data(model->mimeData({model->index(3, 0)}));
    QVERIFY(!model->canDropMimeData(data.get(), Qt::MoveAction, 1, 0, {}));  // another lane
    QMimeData foreign;
    foreign.setText(QStringLiteral("7"));
    QVERIFY(!model->canDropMimeData(&foreign, Qt::MoveAction, 0, 0, {}));
}

void TestQueueDrawer::delete_cancelsWhatIsChosen()
{
    Fixture fixture;
    const qint64 a = fixture.queue.add(job(QStringLiteral("A")));
    fixture.queue.add(job(QStringLiteral("B")));
    fixture.drawer.view()->selectAll();
    QTest::keyClick(fixture.drawer.view(), Qt::Key_Delete);
    QCOMPARE(fixture.queue.waitingCount(), 0);
    fixture.drawer.choose(a);
    QVERIFY(!fixture.drawer.actions()->action("cancelJob")->isEnabled());
    fixture.drawer.actions()->action("retryJob")->trigger();
    QCOMPARE(fixture.queue.find(a)->record.state, JobState::Queued);
    fixture.drawer.actions()->action("holdJob")->trigger();
    QCOMPARE(fixture.queue.find(a)->record.state, JobState::Held);
    QCOMPARE(fixture.drawer.actions()->action("holdJob")->text(), QStringLiteral("Let Go"));
}

void TestQueueDrawer::undecided_asksWithThreeAnswers()
{
    Fixture fixture;
    const qint64 a = fixture.queue.add(job(QStringLiteral("A"), Lane::Final, JobState::Running));
    QVERIFY(!fixture.drawer.bar()->isVisible());
    fixture.queue.change(a, [](Job &each) {
        each.record.state = JobState::Undecided;
        each.canLookUp = true;
    });
    QVERIFY(fixture.drawer.bar()->isVisible());
    QVERIFY(fixture.drawer.bar()->text().contains(QStringLiteral("may have been carried out and billed")));
    QCOMPARE(fixture.drawer.bar()->findChildren<QPushButton *>().size(), 3);
    QPushButton *again = fixture.barButton(sendAgainWord());
    QVERIFY(again && again->text().contains(QStringLiteral("Twice")));
    fixture.barButton(lookUpWord())->click();
    QCOMPARE(fixture.queue.calls.last(), QStringLiteral("decide 1 LookUp"));
    QVERIFY(!fixture.drawer.bar()->isVisible());
}

void TestQueueDrawer::undecided_withoutLookUp_offersTwo()
{
    Fixture fixture;
    fixture.queue.add(job(QStringLiteral("A"), Lane::Final, JobState::Undecided));
    QVERIFY(!fixture.barButton(lookUpWord()));
    QVERIFY(!fixture.drawer.actions()->action("lookUpJob")->isEnabled());
    fixture.barButton(giveUpWord())->click();
    QCOMPARE(fixture.queue.calls.last(), QStringLiteral("decide 1 GiveUp"));
}

void TestQueueDrawer::severalUndecided_areAskedOneAfterTheOther()
{
    Fixture fixture;
    fixture.queue.add(job(QStringLiteral("A"), Lane::Final, JobState::Undecided));
    fixture.queue.add(job(QStringLiteral("B"), Lane::Final, JobState::Undecided));
    QVERIFY(fixture.drawer.bar()->text().startsWith(QStringLiteral("A:")));
    fixture.barButton(giveUpWord())->click();
    QVERIFY(fixture.drawer.bar()->isVisible());
    QVERIFY(fixture.drawer.bar()->text().startsWith(QStringLiteral("B:")));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    fixture.barButton(sendAgainWord())->click();
    QVERIFY(!fixture.drawer.bar()->isVisible());
    QCOMPARE(fixture.queue.calls, QStringList({QStringLiteral("decide 1 GiveUp"), QStringLiteral("decide 2 SendAgain")}));
}

void TestQueueDrawer::rule_thatAsks_isAnswered_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("call");
    QTest::addColumn<bool>("isAnother");
    QTest::newRow("another model takes over") << QStringLiteral("Send It to ideogram-4") << QStringLiteral("release 1") << true;
    QTest::newRow("once more") << QStringLiteral("Send It Again") << QStringLiteral("release 1") << false;
    QTest::newRow("no") << QStringLiteral("Cancel") << QStringLiteral("cancel 1") << true;
}

/// Its rule says "ask: true": the job is held with its question, and the bar has the answers.
void TestQueueDrawer::rule_thatAsks_isAnswered()
{
    QFETCH(QString, button);
    QFETCH(QString, call);
    QFETCH(bool, isAnother);
    Fixture fixture;
    const qint64 a = fixture.queue.add(job(QStringLiteral("A"), Lane::Final, JobState::Running));
    const QString question = QStringLiteral("The rule \"posters\" asks a person first.");
    fixture.queue.change(a, [&](Job &each) {
        JobAttempt attempt;
        attempt.model = each.record.decision.model;
        each.record.attempts = {attempt};
        if (isAnother)
            each.record.decision.model = QStringLiteral("ideogram-4");
        each.record.decision.reasons = {question};
        each.record.error.message = QStringLiteral("It was refused. ") + question;
        each.record.state = JobState::Held;
    });
    QVERIFY(fixture.drawer.bar()->isVisible());
    QVERIFY(fixture.drawer.bar()->text().contains(question));
    QCOMPARE(fixture.drawer.bar()->findChildren<QPushButton *>().size(), 2);
    fixture.drawer.choose(a);
    QCOMPARE(fixture.drawer.actions()->action("holdJob")->text(), isAnother ? QStringLiteral("Send It to ideogram-4") : QStringLiteral("Send It Again"));
    QVERIFY(fixture.barButton(button));
    fixture.barButton(button)->click();
    QCOMPARE(fixture.queue.calls.last(), call);
    QVERIFY(!fixture.drawer.bar()->isVisible());
}

void TestQueueDrawer::heldByAPerson_isNoQuestion()
{
    Fixture fixture;
    Job held = job(QStringLiteral("A"), Lane::Final, JobState::Held);
    held.record.decision.reasons = {QStringLiteral("Rule \"posters\" matches everything.")};
    held.record.error.message = QStringLiteral("The service was too busy.");
    fixture.queue.add(held);
    QVERIFY(!fixture.drawer.bar()->isVisible());
    QCOMPARE(fixture.drawer.actions()->action("holdJob")->text(), QStringLiteral("Let Go"));
}

void TestQueueDrawer::startNow_saysWhatItDrops()
{
    Fixture fixture;
    fixture.queue.add(job(QStringLiteral("A"), Lane::Final, JobState::Running));
    fixture.queue.add(job(QStringLiteral("B")));
    const qint64 c = fixture.queue.add(job(QStringLiteral("C")));
    fixture.drawer.choose(c);
    fixture.drawer.actions()->action("startJobNow")->trigger();
    QVERIFY(fixture.queue.calls.isEmpty());
    QVERIFY(fixture.drawer.bar()->text().contains(QStringLiteral("bill")));
    fixture.barButton(QStringLiteral("Start Now"))->click();
    QCOMPARE(fixture.queue.calls, QStringList{QStringLiteral("start 3")});
}

void TestQueueDrawer::cancelAll_asksFirst()
{
    Fixture fixture;
    fixture.queue.add(job(QStringLiteral("A")));
    fixture.queue.add(job(QStringLiteral("B")));
    fixture.drawer.actions()->action("cancelAllJobs")->trigger();
    fixture.barButton(QStringLiteral("Leave It"))->click();
    QCOMPARE(fixture.queue.waitingCount(), 2);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    fixture.drawer.actions()->action("cancelAllJobs")->trigger();
    fixture.barButton(QStringLiteral("Cancel All"))->click();
    QCOMPARE(fixture.queue.waitingCount(), 0);
}

void TestQueueDrawer::question_isNotReplacedByNews()
{
    Fixture fixture;
    fixture.queue.add(job(QStringLiteral("A")));
    fixture.drawer.actions()->action("cancelAllJobs")->trigger();
    const QString question = fixture.drawer.bar()->text();
    fixture.queue.add(job(QStringLiteral("B"), Lane::Final, JobState::Undecided));
    QCOMPARE(fixture.drawer.bar()->text(), question);
    fixture.barButton(QStringLiteral("Leave It"))->click();
    QVERIFY(fixture.drawer.bar()->text().startsWith(QStringLiteral("B:")));
}

void TestQueueDrawer::pause_isAnActionThatNamesTheOther()
{
    Fixture fixture;
    QAction *pause = fixture.drawer.actions()->action("pauseQueue");
    QCOMPARE(pause->text(), QStringLiteral("Pause Queue"));
    pause->trigger();
    QVERIFY(fixture.queue.isPaused());
    QCOMPARE(pause->text(), QStringLiteral("Resume Queue"));
}

void TestQueueDrawer::emptyList_saysWhatComesHere()
{
    Fixture fixture;
    QVERIFY(!fixture.drawer.view()->isVisible());
    fixture.queue.add(job(QStringLiteral("A")));
    QVERIFY(fixture.drawer.view()->isVisible());
}

void TestQueueDrawer::escape_closes()
{
    Fixture fixture;
    fixture.queue.add(job(QStringLiteral("A")));
    QSignalSpy closed(&fixture.drawer, &QueueDrawer::closeRequested);
    QTest::keyClick(fixture.drawer.view(), Qt::Key_Escape);
    QCOMPARE(closed.count(), 1);
}

void TestQueueDrawer::contextMenu_offersOnlyWhatCanBeDone()
{
    Fixture fixture;
    fixture.queue.add(job(QStringLiteral("A"), Lane::Final, JobState::Failed));
    QMenu menu;
    fixture.drawer.actions()->fillMenu(&menu);
    QStringList names;
    for (const QAction *action : menu.actions())
        names << action->objectName();
    QVERIFY(names.contains(QStringLiteral("retryJob")));
    QVERIFY(!names.contains(QStringLiteral("cancelJob")));
    QVERIFY(!names.contains(QStringLiteral("sendAgainJob")));
    QVERIFY(names.contains(QStringLiteral("clearEnded")));
}

void TestQueueDrawer::nothing_isAModalBox()
{
    Fixture fixture;
    const qint64 a = fixture.queue.add(job(QStringLiteral("A"), Lane::Final, JobState::Running));
    fixture.queue.change(a, [](Job &each) { each.record.state = JobState::Undecided; });
    fixture.queue.change(a, [](Job &each) {
        each.record.state = JobState::Failed;
        each.record.error.message = QStringLiteral("Ideogram refused it.");
    });
    QVERIFY(!QApplication::activeModalWidget());
    QVERIFY(fixture.drawer.findChildren<QDialog *>().isEmpty());
}

QTEST_MAIN(TestQueueDrawer)
#include "tst_queuedrawer.moc"
