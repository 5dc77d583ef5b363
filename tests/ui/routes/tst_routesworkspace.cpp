#include "tests/ui/routes/desk.h"

#include "core/template/templatefile.h"
#include "ui/routes/canarycard.h"
#include "ui/routes/canarypanel.h"
#include "ui/routes/chartpanel.h"
#include "ui/routes/dryrunpanel.h"
#include "ui/routes/healthpanel.h"
#include "ui/routes/historypanel.h"
#include "ui/routes/routesactions.h"
#include "ui/routes/rulemodel.h"
#include "ui/routes/ruletable.h"
#include "ui/widgets/themeswitch.h"

#include <QAbstractButton>
#include <QAction>
#include <QChartView>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTableWidget>
#include <QTreeWidget>

using namespace Galley;

namespace {

CanaryStatus canary(CanaryVerdict verdict, CanaryState::Phase phase = CanaryState::Phase::Running)
{
    CanaryStatus status;
    status.rule = QStringLiteral("posters");
    status.canary.model = QStringLiteral("studio-flux");
    status.canary.minRenders = 20;
    status.control = QStringLiteral("ideogram-4");
    status.state.rule = status.rule;
    status.state.candidate = status.canary.model;
    status.state.phase = phase;
    status.state.step = 1;
    status.cohorts = 1000;
    status.report.verdict = verdict;
    status.report.reasons = {QStringLiteral("Only 14 of 20 renders.")};
    status.report.renders = 14;
    status.report.rendersWanted = 6;
    status.report.bakeLeftMs = 6 * 3600 * 1000;
    status.report.findings = {
        {QStringLiteral("failures"), CanaryVerdict::Hold, 0.0714, 0.01, 14, 120, 0.2, 0.001, QStringLiteral("1 of 14 failed, 1 of 120 of the control.")},
        {QStringLiteral("latency"), CanaryVerdict::NotEnoughData, 2400, 1900, 14, 120, 0.08, 0.001, QStringLiteral("The median is 26 % higher.")}};
    return status;
}

ModelMetrics measured(const QString &model, int renders, double p50, double p95, double p99, double cost)
{
    ModelMetrics metrics;
    metrics.model = model;
    metrics.renders = renders;
    metrics.p50 = p50;
    metrics.p95 = p95;
    metrics.p99 = p99;
    metrics.costUsd = cost;
    return metrics;
}

RoutesActions *actionsOf(const RoutesDesk &desk)
{
    return desk.workspace->actions();
}

} // namespace

class TestRoutesWorkspace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyStyle(); }
    void everyInteractiveWidget_hasAName();
    void panels_takeTheFocusInTurn();
    void canaryCard_saysWhereItStands();
    void promote_asksFirstAndTellsTheVerdict();
    void hold_needsNoQuestion();
    void rollBackOfACanary_reportsWhatIsMarked();
    void rollBack_withoutACanaryPutsTheRevisionBefore();
    void rollBack_withSeveralCanariesAsksWhich();
    void rollBack_isDisabledWithoutAnywhereToGo();
    void aFailedAction_isSaidInTheBar();
    void finishedCanary_offersNoPromotion();
    void dryRun_tellsModelRuleAndReasons();
    void dryRun_listsWhatWouldChange();
    void dryRun_ofBrokenTextSaysSo();
    void dryRun_isOneAtATime();
    void history_showsWhatEachChanged();
    void history_putsOneBack();
    void health_tellsWhyAndHowLong();
    void health_holdsAndLetsGo();
    void charts_data();
    void charts();
    void charts_leaveOutWhatIsTooFew();
    void chartTable_hasTheSameNumbers();
    void emptyCharts_saySo();
    void liveShares_comeFromTheMetrics();
    void state_isRemembered();
    void themeChange_isLive();
    void nothing_isAModalBox();
};

void TestRoutesWorkspace::everyInteractiveWidget_hasAName()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::Hold)});
    QVERIFY(desk.isReady());
    const auto check = [&desk] {
        int seen = 0;
        for (const QWidget *widget : desk.workspace->findChildren<QWidget *>()) {
            const bool inner = widget->objectName().startsWith(QLatin1String("qt_")) || qobject_cast<const QLineEdit *>(widget->parentWidget())
                               || qobject_cast<const QComboBox *>(widget->parentWidget())
                               || widget->parentWidget()->inherits("QComboBoxPrivateContainer");
            const bool interactive = qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
                                     || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractItemView *>(widget)
                                     || (widget->focusPolicy() & Qt::TabFocus);
            if (!interactive || inner || widget->focusPolicy() == Qt::NoFocus || !widget->isVisible())
                continue;
            ++seen;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                     qPrintable(QStringLiteral("%1 \"%2\" in %3 has no name")
                                    .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                         QLatin1String(widget->parentWidget()->metaObject()->className()))));
        }
        QVERIFY2(seen > 15, qPrintable(QString::number(seen)));
    };
    check();
    desk.workspace->showHistory();
    check();
    for (const QAction *action : desk.workspace->menu()->actions())
        QVERIFY(action->isSeparator() || (!action->text().isEmpty() && !action->objectName().isEmpty()));
}

void TestRoutesWorkspace::panels_takeTheFocusInTurn()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::Hold)});
    desk.routing.setHealth({{QStringLiteral("ideogram-4"), ModelHealth::State::Closed, false, 0, {}}});
    QVERIFY(QTest::qWaitForWindowActive(desk.workspace.get()));
    desk.workspace->takeFocus();
    QSet<QWidget *> seen;
    for (int i = 0; i < 6; ++i) {
        QVERIFY(QApplication::focusWidget());
        seen.insert(QApplication::focusWidget());
        desk.workspace->focusNextPanel(true);
    }
    QCOMPARE(seen.size(), 6);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(desk.editor()));
}

void TestRoutesWorkspace::canaryCard_saysWhereItStands()
{
    RoutesDesk desk(grownFile());
    QVERIFY(desk.workspace->canaries()->cards().isEmpty());
    desk.routing.setCanaries({canary(CanaryVerdict::NotEnoughData)});
    QCOMPARE(desk.workspace->canaries()->cards().size(), 1);
    const QString words = desk.workspace->canaries()->cards().first()->words();
    for (const char *word : {"posters", "studio-flux", "ideogram-4", "14 of 20 renders", "6 h", "1000 of 10,000", "not enough data", "running",
                             "1 of 14 failed", "The median is 26"})
        QVERIFY2(words.contains(QLatin1String(word)), qPrintable(QLatin1String(word) + QStringLiteral(" in\n") + words));
    QCOMPARE(desk.workspace->canaries()->cards().first()->accessibleName(), words);
    // The card stays when numbers come: nothing vanishes under a finger.
    CanaryCard *card = desk.workspace->canaries()->cards().first();
    desk.routing.setCanaries({canary(CanaryVerdict::Promote)});
    QCOMPARE(desk.workspace->canaries()->cards().first(), card);
    QVERIFY(card->words().contains(QStringLiteral("Verdict: promote.")));
    desk.routing.setCanaries({});
    QVERIFY(desk.workspace->canaries()->cards().isEmpty());
}

void TestRoutesWorkspace::promote_asksFirstAndTellsTheVerdict()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::NotEnoughData)});
    CanaryCard *card = desk.workspace->canaries()->cards().first();
    QSignalSpy said(desk.workspace.get(), &RoutesWorkspace::message);
    card->findChild<QPushButton *>(QStringLiteral("promoteCanary"))->click();
    QVERIFY(desk.routing.calls.filter(QStringLiteral("promote")).isEmpty());
    QVERIFY(desk.workspace->bar()->isVisible());
    QVERIFY(desk.workspace->bar()->text().contains(QStringLiteral("not enough data")));
    QVERIFY(desk.workspace->bar()->text().contains(QStringLiteral("25")));
    QCOMPARE(desk.workspace->focusWidget(), static_cast<QWidget *>(RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Promote"))));
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Promote"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("promote")), QStringList{QStringLiteral("promote posters")});
    QTRY_VERIFY(!said.isEmpty());
    QVERIFY(!desk.workspace->bar()->isVisible());
    desk.routing.setCanaries({canary(CanaryVerdict::Promote)});
    card->findChild<QPushButton *>(QStringLiteral("promoteCanary"))->click();
    QVERIFY(!desk.workspace->bar()->text().contains(QStringLiteral("verdict")));
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Leave It"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("promote")).size(), 1);
}

void TestRoutesWorkspace::hold_needsNoQuestion()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::Hold)});
    auto *button = desk.workspace->canaries()->cards().first()->findChild<QPushButton *>(QStringLiteral("holdCanary"));
    QCOMPARE(button->text(), QStringLiteral("Hold"));
    button->click();
    desk.routing.setCanaries({canary(CanaryVerdict::Hold, CanaryState::Phase::Held)});
    QCOMPARE(button->text(), QStringLiteral("Go On"));
    button->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("hold")), (QStringList{QStringLiteral("hold posters 1"), QStringLiteral("hold posters 0")}));
}

void TestRoutesWorkspace::rollBackOfACanary_reportsWhatIsMarked()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::RollBack)});
    desk.routing.report = {QStringLiteral("studio-flux gets no more requests of posters."), QStringLiteral("studio-flux"), QStringLiteral("posters"),
                           {3, 5, 8}};
    actionsOf(desk)->rollBackAction()->trigger();
    QVERIFY(desk.routing.calls.filter(QStringLiteral("rollback")).isEmpty());
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Roll Back"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("rollback")), QStringList{QStringLiteral("rollback 0 posters")});
    QTRY_COMPARE(desk.workspace->bar()->kind(), MessageBar::Kind::Done);
    QVERIFY2(desk.workspace->bar()->text().contains(QStringLiteral("3 pictures were made by studio-flux")), qPrintable(desk.workspace->bar()->text()));
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Render Them Again"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("again")), QStringList{QStringLiteral("again 3")});
    QTRY_VERIFY(desk.workspace->bar()->text().contains(QStringLiteral("queue")));
}

void TestRoutesWorkspace::rollBack_withoutACanaryPutsTheRevisionBefore()
{
    RoutesDesk desk;
    desk.routing.putFile(splitFile() + "# two\n", QStringLiteral("anna"), QStringLiteral("worse"));
    desk.routing.report.sentence = QStringLiteral("Revision 1 is in force again.");
    actionsOf(desk)->rollBackAction()->trigger();
    QTRY_VERIFY(desk.workspace->bar()->isVisible());
    QVERIFY(desk.workspace->bar()->text().contains(QStringLiteral("first")));  // the note of what comes back
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Put Revision 1 Back"))->click();
    QCOMPARE(desk.routing.text(), splitFile());
    QCOMPARE(desk.editor()->toPlainText().toUtf8(), splitFile());
    QTRY_COMPARE(desk.workspace->bar()->text(), QStringLiteral("Revision 1 is in force again."));
    QCOMPARE(desk.routing.revision(), 3);
}

void TestRoutesWorkspace::rollBack_withSeveralCanariesAsksWhich()
{
    RoutesDesk desk(grownFile());
    CanaryStatus second = canary(CanaryVerdict::Hold);
    second.rule = QStringLiteral("thumbs");
    desk.routing.setCanaries({canary(CanaryVerdict::Hold), second});
    actionsOf(desk)->rollBackAction()->trigger();
    QVERIFY(RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("posters: studio-flux")));
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("thumbs: studio-flux"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("rollback")), QStringList{QStringLiteral("rollback 0 thumbs")});
}

void TestRoutesWorkspace::rollBack_isDisabledWithoutAnywhereToGo()
{
    RoutesDesk desk;
    QVERIFY(!actionsOf(desk)->rollBackAction()->isEnabled());
    QVERIFY(!actionsOf(desk)->rollBackAction()->toolTip().isEmpty());
    auto *button = desk.workspace->findChild<QPushButton *>(QStringLiteral("rollBackButton"));
    QVERIFY(!button->isEnabled());
    desk.routing.putFile(splitFile() + "# two\n");
    QVERIFY(button->isEnabled());
}

void TestRoutesWorkspace::aFailedAction_isSaidInTheBar()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::Promote)});
    desk.routing.canaryError = Error{ErrorCode::Io, QStringLiteral("The library cannot be written.")};
    desk.workspace->canaries()->cards().first()->findChild<QPushButton *>(QStringLiteral("promoteCanary"))->click();
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Promote"))->click();
    QTRY_COMPARE(desk.workspace->bar()->text(), QStringLiteral("The library cannot be written."));
    QCOMPARE(desk.workspace->bar()->kind(), MessageBar::Kind::Error);
}

void TestRoutesWorkspace::finishedCanary_offersNoPromotion()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::RollBack, CanaryState::Phase::RolledBack)});
    const CanaryCard *card = desk.workspace->canaries()->cards().first();
    for (const char *name : {"promoteCanary", "holdCanary", "rollBackCanary"})
        QVERIFY(!card->findChild<QPushButton *>(QLatin1String(name))->isVisible());
    auto *restart = card->findChild<QPushButton *>(QStringLiteral("restartCanary"));
    QVERIFY(restart->isVisible());
    restart->click();
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Start Again"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("restart")), QStringList{QStringLiteral("restart posters")});
}

void TestRoutesWorkspace::dryRun_tellsModelRuleAndReasons()
{
    RoutesDesk desk;
    Template poster = newTemplate(QStringLiteral("Spring market"), {1000, 1000});
    poster.style.summary = QStringLiteral("A cheerful poster");
    desk.document.openValue(poster, {});
    QTRY_VERIFY2(desk.workspace->dryRun()->answer().contains(QStringLiteral("ideogram-4")), qPrintable(desk.workspace->dryRun()->answer()));
    QVERIFY(desk.workspace->dryRun()->answer().startsWith(QStringLiteral("Spring market")));
    QVERIFY(desk.workspace->dryRun()->because().contains(QStringLiteral("ohort")));
    // The text that is being edited decides, not what is in force.
    desk.editor()->replaceText(QString::fromUtf8(splitFile()).replace(QStringLiteral("ideogram-typography"), QStringLiteral("studio-flux")));
    QTRY_VERIFY(desk.workspace->dryRun()->answer().contains(QStringLiteral("studio-flux")));
    QCOMPARE(desk.routing.revision(), 1);
}

void TestRoutesWorkspace::dryRun_listsWhatWouldChange()
{
    RoutesDesk desk;
    desk.routing.changes = {{1, QStringLiteral("Autumn"), QStringLiteral("ideogram-4"), QStringLiteral("sd3.5-medium"), QStringLiteral("thumbs")},
                            {2, QStringLiteral("Winter"), QStringLiteral("ideogram-4"), QStringLiteral("studio-flux"), QStringLiteral("posters")}};
    QVERIFY(desk.isReady());
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("# more"));
    QTRY_COMPARE(desk.workspace->dryRun()->list()->topLevelItemCount(), 2);
    QVERIFY2(desk.workspace->dryRun()->summary().contains(QStringLiteral("2 of the last 100")), qPrintable(desk.workspace->dryRun()->summary()));
    QVERIFY(desk.workspace->dryRun()->list()->topLevelItem(0)->toolTip(0).contains(QStringLiteral("thumbs")));
    desk.routing.changes.clear();
    desk.routing.requests = 0;
    QTest::keyClicks(desk.editor(), QStringLiteral("!"));
    QTRY_VERIFY(desk.workspace->dryRun()->summary().startsWith(QStringLiteral("Nothing has been rendered")));
}

void TestRoutesWorkspace::dryRun_ofBrokenTextSaysSo()
{
    RoutesDesk desk;
    desk.editor()->replaceText(QStringLiteral("routes:\n  - match: \"prompt:x\"\n    model: nobody-knows-it\n"));
    QTRY_VERIFY(desk.workspace->dryRun()->summary().contains(QStringLiteral("errors")));
    QCOMPARE(desk.workspace->dryRun()->list()->topLevelItemCount(), 0);
}

void TestRoutesWorkspace::dryRun_isOneAtATime()
{
    RoutesDesk desk;
    QTRY_VERIFY(!desk.routing.calls.filter(QStringLiteral("dryRun")).isEmpty());
    desk.routing.answersAtOnce = false;
    const auto tries = [&desk] { return desk.routing.calls.filter(QStringLiteral("dryRun")).size(); };
    const qsizetype before = tries();
    desk.editor()->moveCursor(QTextCursor::End);
    QTest::keyClicks(desk.editor(), QStringLiteral("#"));
    QTRY_COMPARE(tries(), before + 1);
    QTest::keyClicks(desk.editor(), QStringLiteral("#"));
    QTRY_VERIFY(desk.workspace->draft()->isChecked());
    QTest::qWait(300);
    QCOMPARE(tries(), before + 1);  // the first one has not answered
    desk.routing.answersAtOnce = true;
    desk.routing.finishDryRun();
    QTRY_COMPARE(tries(), before + 2);
}

void TestRoutesWorkspace::history_showsWhatEachChanged()
{
    RoutesDesk desk;
    desk.routing.putFile(QByteArray(splitFile()).replace("70", "90"), QStringLiteral("ben"), QStringLiteral("more thumbnails"));
    desk.workspace->showHistory();
    QTreeWidget *list = desk.workspace->history()->list();
    QTRY_COMPARE(list->topLevelItemCount(), 2);
    QCOMPARE(list->topLevelItem(0)->text(0), QStringLiteral("2"));
    QCOMPARE(list->topLevelItem(0)->text(2), QStringLiteral("ben"));
    QCOMPARE(list->topLevelItem(0)->text(3), QStringLiteral("more thumbnails"));
    QVERIFY(list->topLevelItem(0)->text(1).contains(QStringLiteral("in force")));
    const QString difference = desk.workspace->history()->difference()->toPlainText();
    QVERIFY2(difference.contains(QStringLiteral("−     weight: 70")) && difference.contains(QStringLiteral("+     weight: 90")), qPrintable(difference));
    // A revision that comes while the panel shows is there.
    desk.routing.putFile(splitFile());
    QTRY_COMPARE(list->topLevelItemCount(), 3);
}

void TestRoutesWorkspace::history_putsOneBack()
{
    RoutesDesk desk;
    desk.routing.putFile(splitFile() + "# two\n");
    desk.workspace->showHistory();
    QTreeWidget *list = desk.workspace->history()->list();
    QTRY_COMPARE(list->topLevelItemCount(), 2);
    QVERIFY(!desk.workspace->history()->putBackButton()->isEnabled());  // it is in force
    list->setCurrentItem(list->topLevelItem(1));
    QVERIFY(desk.workspace->history()->putBackButton()->isEnabled());
    desk.workspace->history()->putBackButton()->click();
    QVERIFY(desk.routing.calls.filter(QStringLiteral("rollback")).isEmpty());
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Put Revision 1 Back"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("rollback")), QStringList{QStringLiteral("rollback 1 ")});
    QTRY_COMPARE(list->topLevelItemCount(), 3);
}

void TestRoutesWorkspace::health_tellsWhyAndHowLong()
{
    RoutesDesk desk(grownFile());
    QVERIFY(desk.isReady());
    desk.routing.setHealth({{QStringLiteral("studio-flux"), ModelHealth::State::Closed, false, 0, {}},
                            {QStringLiteral("ideogram-4"), ModelHealth::State::Open, false, 25'000, QStringLiteral("It failed twice in a row.")}});
    const QListWidget *list = desk.workspace->health()->list();
    QCOMPARE(list->count(), 3);
    QVERIFY2(list->item(0)->text().startsWith(QStringLiteral("ideogram-4: out of routing")), qPrintable(list->item(0)->text()));
    QVERIFY(list->item(0)->text().contains(QStringLiteral("25 s left")));
    QVERIFY(list->item(0)->text().contains(QStringLiteral("It failed twice in a row.")));
    QVERIFY(list->item(1)->text().contains(QStringLiteral("in routing")));
}

void TestRoutesWorkspace::health_holdsAndLetsGo()
{
    RoutesDesk desk(grownFile());
    QVERIFY(desk.isReady());
    QPushButton *button = desk.workspace->health()->button();
    QVERIFY(!button->isEnabled());
    desk.workspace->health()->list()->setCurrentRow(0);
    button->click();
    QVERIFY(desk.routing.calls.filter(QStringLiteral("model")).isEmpty());
    RoutesDesk::buttonOf(desk.workspace->bar(), QStringLiteral("Take It Out"))->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("model")).size(), 1);
    const QString model = desk.routing.calls.filter(QStringLiteral("model")).first().section(u' ', 1, 1);
    desk.routing.setHealth({{model, ModelHealth::State::Closed, true, -1, QStringLiteral("Held by a person.")}});
    desk.workspace->health()->list()->setCurrentRow(0);
    QCOMPARE(button->text(), QStringLiteral("Let It Go"));
    button->click();
    QCOMPARE(desk.routing.calls.filter(QStringLiteral("model")).last(), QStringLiteral("model %1 0").arg(model));
}

void TestRoutesWorkspace::charts_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("latency") << int(MetricKind::Latency) << QStringList{QStringLiteral("ideogram-4 (n = 120)"), QStringLiteral("p50 1.90 s"), QStringLiteral("p99 4.20 s")};
    QTest::newRow("failures") << int(MetricKind::Failures) << QStringList{QStringLiteral("ideogram-4 (n = 123)"), QStringLiteral("busy 2"), QStringLiteral("ambiguous 1"), QStringLiteral("Without a failure")};
    QTest::newRow("cost") << int(MetricKind::Cost) << QStringList{QStringLiteral("$7.20"), QStringLiteral("Free: studio-flux")};
    QTest::newRow("memory") << int(MetricKind::Memory) << QStringList{QStringLiteral("8.0 GiB"), QStringLiteral("Not reported: ideogram-4")};
    QTest::newRow("quality") << int(MetricKind::Quality) << QStringList{QStringLiteral("0.83"), QStringLiteral("(n = 120)")};
}

void TestRoutesWorkspace::charts()
{
    QFETCH(int, kind);
    QFETCH(QStringList, expected);
    RoutesDesk desk(grownFile());
    ModelMetrics ideogram = measured(QStringLiteral("ideogram-4"), 120, 1900, 3100, 4200, 7.2);
    ideogram.failures = {{QStringLiteral("busy"), 2}, {QStringLiteral("ambiguous"), 1}};
    ideogram.quality = 0.83;
    ModelMetrics flux = measured(QStringLiteral("studio-flux"), 14, 2400, 2900, 3000, 0);
    flux.peakMemoryBytes = 8LL * 1024 * 1024 * 1024;
    ChartPanel *charts = desk.workspace->charts();
    charts->setMetrics({ideogram, flux}, ModelNames());
    charts->choose(MetricKind(kind));
    const QString words = charts->chart().description();
    for (const QString &word : expected)
        QVERIFY2(words.contains(word), qPrintable(word + QStringLiteral(" in\n") + words));
    auto *view = charts->findChild<QChartView *>(QStringLiteral("chart"));
    QVERIFY(view->isVisible());
    QCOMPARE(view->accessibleDescription(), words);
    const QString from = QLocale().toString(QDate::currentDate().addDays(-7), QLocale::ShortFormat);
    const QList<QLabel *> labels = charts->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(from); }));
    QVERIFY(!view->grab().isNull());
}

void TestRoutesWorkspace::charts_leaveOutWhatIsTooFew()
{
    const MetricChart chart = metricChart(MetricKind::Latency, {measured(QStringLiteral("a"), 40, 1000, 2000, -1, 0),
                                                                measured(QStringLiteral("b"), 3, -1, -1, -1, 0)}, ModelNames());
    QCOMPARE(chart.categories, QStringList{QStringLiteral("a (n = 40)")});
    QVERIFY(chart.note.contains(QStringLiteral("b (n = 3)")));
    QCOMPARE(chart.valueText(chart.series.at(2).values.first()), QStringLiteral("too few"));
}

void TestRoutesWorkspace::chartTable_hasTheSameNumbers()
{
    RoutesDesk desk(grownFile());
    ChartPanel *charts = desk.workspace->charts();
    charts->setMetrics({measured(QStringLiteral("ideogram-4"), 120, 1900, 3100, 4200, 7.2)}, ModelNames());
    charts->tableAction()->trigger();
    QVERIFY(charts->table()->isVisible());
    QCOMPARE(charts->table()->rowCount(), 1);
    QCOMPARE(charts->table()->item(0, 2)->text(), QStringLiteral("3.10 s"));
    QVERIFY(!charts->findChild<QChartView *>(QStringLiteral("chart"))->isVisible());
}

void TestRoutesWorkspace::emptyCharts_saySo()
{
    for (int kind = 0; kind <= int(MetricKind::Quality); ++kind) {
        const MetricChart chart = metricChart(MetricKind(kind), {}, ModelNames());
        QVERIFY(chart.isEmpty());
        QVERIFY(!chart.emptySentence.isEmpty());
        QCOMPARE(chart.description(), chart.emptySentence);
    }
    RoutesDesk desk;
    QVERIFY(!desk.workspace->charts()->findChild<QChartView *>(QStringLiteral("chart"))->isVisible());
    desk.workspace->charts()->setProblem(QStringLiteral("The library cannot be read."));
    QVERIFY(!desk.workspace->charts()->table()->isVisible());
}

void TestRoutesWorkspace::liveShares_comeFromTheMetrics()
{
    RoutesDesk desk(grownFile());
    ModelMetrics ideogram = measured(QStringLiteral("ideogram-4"), 12, -1, -1, -1, 0);
    ideogram.decisionsByRule.insert(QStringLiteral("posters"), 3);
    ModelMetrics flux = measured(QStringLiteral("studio-flux"), 12, -1, -1, -1, 0);
    flux.decisionsByRule.insert(QStringLiteral("posters"), 2);
    desk.routing.measured = {ideogram, flux};
    Q_EMIT desk.routing.decided(QStringLiteral("posters"), QStringLiteral("ideogram-4"));  // asks for them again in a moment
    RuleModel *model = desk.workspace->table()->model();
    QTRY_VERIFY(model->index(0, RuleModel::SharesColumn).data().toString().contains(QStringLiteral("now 60")));
    QCOMPARE(model->lineAt(model->index(0, 0))->decisions, 5);
}

void TestRoutesWorkspace::state_isRemembered()
{
    RoutesDesk desk;
    desk.workspace->showHistory();
    desk.workspace->charts()->setDays(30);
    desk.workspace->saveState();
    RoutesWorkspace next({&desk.routing, &desk.finals, &desk.document, &desk.settings});
    QCOMPARE(next.charts()->days(), 30);
    QVERIFY(!next.history()->isHidden());
    QVERIFY(next.dryRun()->isHidden());
}

void TestRoutesWorkspace::themeChange_isLive()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::Hold)});
    desk.routing.measured = {measured(QStringLiteral("ideogram-4"), 120, 1900, 3100, 4200, 7.2)};
    desk.workspace->charts()->setMetrics(desk.routing.measured, ModelNames());
    QVERIFY(desk.isReady());
    ThemeSwitch themes;
    const QString text = desk.editor()->toPlainText();
    for (const char *choice : {"dark", "light"}) {
        themes.setChoice(QLatin1String(choice));
        const bool dark = QLatin1String(choice) == QLatin1String("dark");
        QTRY_COMPARE(Theme::of(desk.editor()).isDark(), dark);
        const QImage shot = desk.workspace->grab().toImage();
        QCOMPARE(shot.pixelColor(2, 2), (dark ? Theme::dark() : Theme::light()).color(ThemeColor::Panel));
        const auto *view = desk.workspace->charts()->findChild<QChartView *>(QStringLiteral("chart"));
        QTRY_COMPARE(view->backgroundBrush().color(), (dark ? Theme::dark() : Theme::light()).color(ThemeColor::Panel));
    }
    QCOMPARE(desk.editor()->toPlainText(), text);
    QVERIFY(!desk.workspace->draft()->isModified());
}

void TestRoutesWorkspace::nothing_isAModalBox()
{
    RoutesDesk desk(grownFile());
    desk.routing.setCanaries({canary(CanaryVerdict::Hold)});
    actionsOf(desk)->rollBackAction()->trigger();
    desk.workspace->canaries()->cards().first()->findChild<QPushButton *>(QStringLiteral("promoteCanary"))->click();
    for (const QDialog *dialog : desk.workspace->findChildren<QDialog *>())
        QVERIFY(!dialog->isVisible());
    QTest::keyClick(desk.workspace->bar(), Qt::Key_Escape);
    QVERIFY(!desk.workspace->bar()->isVisible());
}

QTEST_MAIN(TestRoutesWorkspace)
#include "tst_routesworkspace.moc"
