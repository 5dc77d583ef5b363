#include "tests/core/routing/canarytrial.h"

#include "core/routing/canarymetrics.h"

#include <QTest>

using namespace Galley;

Q_DECLARE_METATYPE(Galley::CanaryVerdict)
Q_DECLARE_METATYPE(Galley::CanaryState::Phase)

/// What one look says, and what becomes of a canary: from start to end by a clock of the test's own.
class TestCanary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looks_spendTheirError();
    void verdict_followsTheNumbers_data();
    void verdict_followsTheNumbers();
    void sentences_sayTheNumbers();
    void sameRenders_giveTheSameVerdict();
    void bothFailing_isNotTheCandidatesTrouble();
    void moves_arePure_data();
    void moves_arePure();
    void actions_makeSense_data();
    void actions_makeSense();
    void sevenDays_endInDone();
    void sevenDays_waitForAPerson();
    void badCandidate_isTakenBackAtSecondStep();
    void clockJumps_changeNothing_data();
    void clockJumps_changeNothing();
    void time_countsOfOneStartOnly();
    void bootTime_goesOn();
    void phaseNames_areStable();
};

namespace {

using Phase = CanaryState::Phase;
constexpr qint64 hourMs = 3'600'000;

RouteCanary sevenDayCanary(bool autoPromote)
{
    RouteCanary canary;
    canary.model = QStringLiteral("ideogram-4.5");
    canary.steps = {5, 10, 25, 50, 100};
    canary.bakeMs = 7 * 24 * hourMs / 5;
    canary.minRenders = 20;
    canary.autoPromote = autoPromote;
    return canary;
}

/// A machine that runs a canary hour by hour. Its wall clock may be set to anything.
class FakeStudio
{
public:
    explicit FakeStudio(const RouteCanary &canary)
        : look{canary, {}, {}, {}}
    {
        look.state.rule = QStringLiteral("posters");
        look.state.candidate = canary.model;
    }

    /// One hour with \a renders of the rule, then a look. Returns whether the phase or step changed.
    void hour(int renders = 20)
    {
        boot.ms += hourMs;
        wall = wall.addMSecs(hourMs);
        for (int i = 0; i < renders; ++i) {
            m_due += look.state.sharePercent(look.canary) / 100;
            const bool isCandidate = m_due >= 1;
            m_due -= isCandidate ? 1 : 0;
            QList<CanarySample> &arm = isCandidate ? look.candidate : look.control;
            arm.append(drawSample(isCandidate ? candidate : control, isCandidate, m_dice));
            arm.last().sequence = ++m_sequence;
            arm.last().at = wall;
        }
        judge();
    }

    void judge()
    {
        look.state = pass(look.state, boot);
        report = judgeCanary(look);
        const CanaryMove move = advance(look.state, look.canary, report, wall);
        look.state = move.state;
        if (!move.sentence.isEmpty())
            history.append(move.sentence);
    }

    bool act(CanaryAction action)
    {
        const Result<CanaryMove> move = applyAction(look.state, look.canary, action, wall, int(look.candidate.size()));
        if (!move)
            return false;
        look.state = move->state;
        history.append(move->sentence);
        return true;
    }

    CanaryLook look;
    ArmModel candidate, control;
    CanaryReport report;
    QStringList history;
    QDateTime wall{QDate(2026, 11, 25), QTime(9, 0), Qt::UTC};
    BootTime boot{QStringLiteral("first"), 5'000'000};

private:
    Dice m_dice{5};
    double m_due = 0;
    qint64 m_sequence = 0;
};

CanarySample sampleOf(qint64 sequence, double milliseconds, std::optional<double> cost = {}, std::optional<double> quality = {})
{
    CanarySample sample;
    sample.sequence = sequence;
    sample.failed = milliseconds < 0;
    sample.milliseconds = milliseconds;
    sample.costUsd = cost;
    sample.quality = quality;
    return sample;
}

/// Both arms alternate; failed renders first.
QList<CanarySample> arm(int n, int failures, double milliseconds, std::optional<double> cost = {}, std::optional<double> quality = {})
{
    QList<CanarySample> samples;
    for (int i = 0; i < n; ++i)
        samples.append(sampleOf(i, i < failures ? -1 : milliseconds + i, i < failures ? std::nullopt : cost, i < failures ? std::nullopt : quality));
    return samples;
}

} // namespace

void TestCanary::looks_spendTheirError()
{
    double sum = 0;
    int last = 0;
    for (int n = 0; n <= 5000; ++n) {
        const CanaryLookPlan plan = planLook(n, 4, 0.0025);
        QVERIFY(plan.count <= n);
        if (plan.number == last)
            continue;
        QCOMPARE(plan.number, last + 1);
        last = plan.number;
        sum += plan.alpha;
        QVERIFY(qFuzzyCompare(plan.spent, sum));
    }
    QVERIFY(sum <= 0.0025);
    QVERIFY(sum >= 0.0024);
    QCOMPARE(planLook(3, 4, 0.0025).number, 0);
}

void TestCanary::verdict_followsTheNumbers_data()
{
    QTest::addColumn<QList<CanarySample>>("candidate");
    QTest::addColumn<QList<CanarySample>>("control");
    QTest::addColumn<qint64>("bakedMs");
    QTest::addColumn<CanaryVerdict>("verdict");
    QTest::addColumn<QString>("first");  // what the deciding sentence begins with
    const auto row = [](const char *name, const QList<CanarySample> &candidate, const QList<CanarySample> &control, qint64 bakedMs,
                        CanaryVerdict verdict, const char *first) {
        QTest::newRow(name) << candidate << control << bakedMs << verdict << QString::fromLatin1(first);
    };
    const qint64 baked = 24 * hourMs;
    const auto few = CanaryVerdict::NotEnoughData, hold = CanaryVerdict::Hold, up = CanaryVerdict::Promote, back = CanaryVerdict::RollBack;
    row("nothing", {}, {}, baked, few, "20 more renders");
    row("19 of 20", arm(19, 0, 1000), arm(100, 0, 1000), baked, few, "1 more renders");
    row("20, not baked", arm(20, 0, 1000), arm(100, 0, 1000), baked - hourMs, hold, "Nothing speaks against it; this step lasts for another 1 h 0 min");
    row("20, baked", arm(20, 0, 1000), arm(100, 0, 1000), baked, up, "Nothing speaks against it after 20 renders");
    row("nothing of the control", arm(20, 0, 1000), {}, baked, few, "Failures: 0 of 20 renders against 0 of 0");
    row("three failures at once", arm(3, 3, 1000), arm(3, 0, 1000), 0, back, "Failures: 3 of 3");
    row("two failures", arm(2, 2, 1000), arm(2, 0, 1000), 0, few, "18 more");
    row("three of three, and so does the control", arm(3, 3, 1000), arm(30, 30, 1000), 0, few, "17 more");
    row("as many failures as the control", arm(40, 10, 1000), arm(40, 10, 1000), baked, up, "Nothing");
    row("far more failures", arm(60, 20, 1000), arm(200, 0, 1000), baked, back, "Failures: 20 of 60");
    row("twice as slow", arm(20, 0, 2000), arm(40, 0, 1000), 0, back, "Latency: median 2.0 s");
    row("a tenth slower", arm(60, 0, 1100), arm(60, 0, 1000), baked, up, "Nothing");
    QList<CanarySample> uneven = arm(20, 0, 2000);
    for (qsizetype i = 0; i < uneven.size(); i += 5)
        uneven[i].milliseconds = 600;
    row("probably slower", uneven, arm(40, 0, 1000), baked, hold, "Latency: median 2.0 s");
    row("quality away", arm(20, 0, 1000, {}, 0.4), arm(40, 0, 1000, {}, 0.9), 0, back, "Quality: 40 %");
    row("quality a little less", arm(20, 0, 1000, {}, 0.87), arm(40, 0, 1000, {}, 0.9), baked, hold, "Quality: 87 %");
    row("quality of the control only", arm(20, 0, 1000), arm(40, 0, 1000, {}, 0.9), baked, few, "Quality: 0 scores");
    row("twice as dear", arm(20, 0, 1000, 0.12), arm(40, 0, 1000, 0.06), 0, back, "Cost: 0.1200 USD");
    row("a third dearer", arm(20, 0, 1000, 0.08), arm(40, 0, 1000, 0.06), baked, hold, "Cost: 0.0800 USD");
    row("free before", arm(20, 0, 1000, 0.01), arm(40, 0, 1000, 0.0), 0, back, "Cost: 0.0100 USD");
    row("free both", arm(20, 0, 1000, 0.0), arm(40, 0, 1000, 0.0), baked, up, "Nothing");
    QList<CanarySample> disliked = arm(24, 0, 1000), liked = arm(24, 0, 1000), undecided = arm(24, 0, 1000);
    for (qsizetype i = 0; i < disliked.size(); ++i) {
        disliked[i].picked = false;
        liked[i].picked = true;
        if (i < 5)
            undecided[i].picked = false;
    }
    row("never picked", disliked, arm(40, 0, 1000), 0, back, "Picks: 0 of 22");
    row("always picked", liked, arm(40, 0, 1000), baked, up, "Nothing");
    row("five picks keep nobody waiting", undecided, arm(40, 0, 1000), baked, up, "Nothing");
}

void TestCanary::verdict_followsTheNumbers()
{
    QFETCH(QList<CanarySample>, candidate);
    QFETCH(QList<CanarySample>, control);
    QFETCH(qint64, bakedMs);
    QFETCH(QString, first);
    CanaryLook look;
    look.candidate = candidate;
    look.control = control;
    look.state.phase = Phase::Running;
    look.state.stepMonotonicMs = bakedMs;
    const CanaryReport report = judgeCanary(look);
    QVERIFY2(report.reasons.value(0).startsWith(first), qPrintable(report.reasons.join(QLatin1Char('\n'))));
    QTEST(report.verdict, "verdict");
    QVERIFY(report.spentAlpha <= canaryTotalError);
    for (const QString &reason : report.reasons)
        QVERIFY2(!reason.contains(QLatin1Char('%') + QString::number(1)) && reason.endsWith(QLatin1Char('.')), qPrintable(reason));
}

void TestCanary::sentences_sayTheNumbers()
{
    CanaryLook look;
    look.candidate = arm(20, 0, 2000);
    look.control = arm(40, 0, 1000);
    const CanaryReport report = judgeCanary(look);
    QCOMPARE(report.findings.value(1).metric, QStringLiteral("latency"));
    QCOMPARE(report.findings.value(1).nCandidate, 18);
    QCOMPARE(report.findings.value(1).nControl, 18);  // what there was when the candidate had 18
    QCOMPARE(report.reasons.value(0),
             QStringLiteral("Latency: median 2.0 s, p95 2.0 s of 18 renders against 1.0 s and 1.0 s of 18 of the control (1.99 times). "
                            "If it were at most a tenth slower, chance would make it look so bad in 1 of 1000000000 cases."));
    QVERIFY(report.reasons.contains(QStringLiteral("Failures: 0 of 20 renders against 0 of 40 of the control. So many renders show that it fails in less "
                                                   "than 14 % of the cases (95 % confidence), not more.")));
}

void TestCanary::sameRenders_giveTheSameVerdict()
{
    // Looked at a hundred times or once, in any order in the list: no look costs more than the first at that count.
    Dice dice(3);
    CanaryLook look;
    for (int i = 0; i < 60; ++i) {
        look.candidate.append(drawSample({}, true, dice));
        look.candidate.last().sequence = 2 * i;
        look.control.append(drawSample({}, false, dice));
        look.control.last().sequence = 2 * i + 1;
    }
    const CanaryReport report = judgeCanary(look);
    for (int i = 0; i < 100; ++i)
        QCOMPARE(judgeCanary(look), report);
    std::reverse(look.candidate.begin(), look.candidate.end());
    QCOMPARE(judgeCanary(look), report);
    // More of the control alone is no new look for what is compared at counts of the candidate.
    look.control.append(sampleOf(1000, 1));
    const CanaryReport more = judgeCanary(look);
    QCOMPARE(more.findings.value(1), report.findings.value(1));
    QCOMPARE(more.spentAlpha, report.spentAlpha);
}

void TestCanary::bothFailing_isNotTheCandidatesTrouble()
{
    CanaryLook look;
    for (int i = 0; i < 40; ++i)
        look.control.append(sampleOf(i, 1000));
    for (int i = 40; i < 60; ++i) {  // the network is away: everything fails
        look.candidate.append(sampleOf(2 * i, -1));
        look.control.append(sampleOf(2 * i + 1, -1));
    }
    const CanaryReport report = judgeCanary(look);
    QCOMPARE(report.findings.value(0).verdict, CanaryVerdict::Hold);
    QVERIFY(report.verdict != CanaryVerdict::RollBack);
}

void TestCanary::moves_arePure_data()
{
    QTest::addColumn<Phase>("before");
    QTest::addColumn<int>("step");
    QTest::addColumn<CanaryVerdict>("verdict");
    QTest::addColumn<bool>("autoPromote");
    QTest::addColumn<Phase>("after");
    QTest::addColumn<int>("stepAfter");
    const auto few = CanaryVerdict::NotEnoughData, hold = CanaryVerdict::Hold, up = CanaryVerdict::Promote, back = CanaryVerdict::RollBack;
    for (const CanaryVerdict verdict : {few, hold})
        for (const bool allowed : {false, true})
            for (const Phase phase : {Phase::Running, Phase::Held, Phase::Done, Phase::RolledBack})
                QTest::addRow("%s stays %s", qPrintable(canaryPhaseName(phase)), qPrintable(canaryVerdictName(verdict))) << phase << 1 << verdict << allowed << phase << 1;
    QTest::newRow("begins") << Phase::Waiting << 0 << few << false << Phase::Running << 0;
    QTest::newRow("begins and ends") << Phase::Waiting << 0 << back << false << Phase::RolledBack << 0;
    QTest::newRow("up if allowed") << Phase::Running << 1 << up << true << Phase::Running << 2;
    QTest::newRow("not up if not allowed") << Phase::Running << 1 << up << false << Phase::Running << 1;
    QTest::newRow("held does not go up") << Phase::Held << 1 << up << true << Phase::Held << 1;
    QTest::newRow("the last step ends") << Phase::Running << 4 << up << true << Phase::Done << 4;
    QTest::newRow("a step that the file no longer has") << Phase::Running << 9 << up << true << Phase::Done << 4;
    QTest::newRow("back from running") << Phase::Running << 1 << back << false << Phase::RolledBack << 1;
    QTest::newRow("back from held") << Phase::Held << 1 << back << false << Phase::RolledBack << 1;
    QTest::newRow("done is over") << Phase::Done << 4 << back << true << Phase::Done << 4;
    QTest::newRow("rolled back stays so") << Phase::RolledBack << 1 << up << true << Phase::RolledBack << 1;
}

void TestCanary::moves_arePure()
{
    QFETCH(Phase, before);
    QFETCH(int, step);
    QFETCH(CanaryVerdict, verdict);
    QFETCH(bool, autoPromote);
    CanaryState state;
    state.candidate = QStringLiteral("x");
    state.phase = before;
    state.step = step;
    CanaryReport report;
    report.verdict = verdict;
    report.renders = 33;
    report.reasons = {QStringLiteral("Because.")};
    const QDateTime now(QDate(2026, 1, 1), QTime(0, 0), Qt::UTC);
    const CanaryMove move = advance(state, sevenDayCanary(autoPromote), report, now);
    QTEST(move.state.phase, "after");
    QTEST(move.state.step, "stepAfter");
    const bool hasMoved = move.state.phase != before || move.state.step > step;
    QCOMPARE(!move.sentence.isEmpty(), hasMoved);
    if (hasMoved && move.state.phase == Phase::Running && before == Phase::Running) {
        QCOMPARE(move.state.stepRenders, 33);
        QCOMPARE(move.state.stepSince, now);
        QCOMPARE(move.state.stepMonotonicMs, 0);
    }
}

void TestCanary::actions_makeSense_data()
{
    QTest::addColumn<Phase>("before");
    QTest::addColumn<int>("action");
    QTest::addColumn<bool>("isTaken");
    QTest::addColumn<Phase>("after");
    QTest::addColumn<int>("stepAfter");
    const auto row = [](Phase before, CanaryAction action, bool isTaken, Phase after, int step) {
        QTest::addRow("%s, action %d", qPrintable(canaryPhaseName(before)), int(action)) << before << int(action) << isTaken << after << step;
    };
    row(Phase::Waiting, CanaryAction::Promote, true, Phase::Running, 1);
    row(Phase::Running, CanaryAction::Promote, true, Phase::Running, 2);
    row(Phase::Held, CanaryAction::Promote, true, Phase::Running, 2);
    row(Phase::Done, CanaryAction::Promote, false, Phase::Done, 1);
    row(Phase::RolledBack, CanaryAction::Promote, false, Phase::RolledBack, 1);
    row(Phase::Waiting, CanaryAction::Hold, true, Phase::Held, 0);
    row(Phase::Running, CanaryAction::Hold, true, Phase::Held, 1);
    row(Phase::RolledBack, CanaryAction::Hold, false, Phase::RolledBack, 1);
    row(Phase::Held, CanaryAction::Resume, true, Phase::Running, 1);
    row(Phase::Running, CanaryAction::Resume, false, Phase::Running, 1);
    row(Phase::RolledBack, CanaryAction::Resume, false, Phase::RolledBack, 1);
    row(Phase::Waiting, CanaryAction::RollBack, true, Phase::RolledBack, 1);
    row(Phase::Done, CanaryAction::RollBack, true, Phase::RolledBack, 1);
    row(Phase::RolledBack, CanaryAction::RollBack, false, Phase::RolledBack, 1);
    row(Phase::RolledBack, CanaryAction::Restart, true, Phase::Running, 0);
    row(Phase::Running, CanaryAction::Restart, true, Phase::Running, 0);
}

void TestCanary::actions_makeSense()
{
    QFETCH(Phase, before);
    QFETCH(int, action);
    QFETCH(bool, isTaken);
    CanaryState state;
    state.candidate = QStringLiteral("ideogram-4.5");
    state.phase = before;
    state.step = 1;
    const Result<CanaryMove> move = applyAction(state, sevenDayCanary(false), CanaryAction(action), QDateTime::currentDateTimeUtc(), 12);
    QCOMPARE(bool(move), isTaken);
    if (!move) {
        QCOMPARE(move.error().code, ErrorCode::Refused);
        QVERIFY(move.error().message.contains(state.candidate));
        return;
    }
    QVERIFY(move->sentence.contains(state.candidate));
    QTEST(move->state.phase, "after");
    QTEST(move->state.step, "stepAfter");
}

void TestCanary::sevenDays_endInDone()
{
    FakeStudio studio(sevenDayCanary(true));
    int hours = 0;
    while (studio.look.state.phase != Phase::Done && hours < 24 * 14) {
        studio.hour();
        ++hours;
        QVERIFY(studio.look.state.phase != Phase::RolledBack);
    }
    // Five steps of 33.6 hours each, found out on the hour; the first hour only begins.
    QVERIFY2(hours >= 7 * 24 && hours <= 7 * 24 + 6, qPrintable(QString::number(hours)));
    QCOMPARE(studio.history.size(), 6);
    QVERIFY(studio.history.first().contains(QStringLiteral("begins with 5 %")));
    QVERIFY(studio.history.at(2).contains(QStringLiteral("goes up to 25 %")));
    QVERIFY(studio.history.last().contains(QStringLiteral("takes over")));
    QCOMPARE(studio.look.state.sharePercent(studio.look.canary), 100.0);
}

void TestCanary::sevenDays_waitForAPerson()
{
    FakeStudio studio(sevenDayCanary(false));
    for (int hours = 0; hours < 60; ++hours)
        studio.hour();
    QCOMPARE(studio.report.verdict, CanaryVerdict::Promote);
    QCOMPARE(studio.look.state.step, 0);
    QVERIFY(studio.act(CanaryAction::Promote));
    QCOMPARE(studio.look.state.step, 1);
    studio.hour();
    QCOMPARE(studio.report.verdict, CanaryVerdict::NotEnoughData);  // a new step asks for renders and time of its own
    QVERIFY(studio.act(CanaryAction::Hold));
    const qint64 baked = studio.look.state.stepMonotonicMs;
    for (int hours = 0; hours < 60; ++hours)
        studio.hour();
    QCOMPARE(studio.look.state.stepMonotonicMs, baked);
    QVERIFY(studio.act(CanaryAction::Resume));
    studio.hour();
    QCOMPARE(studio.look.state.stepMonotonicMs, baked + hourMs);
    // Nobody renders any more: it neither goes up nor down.
    FakeStudio quiet(sevenDayCanary(true));
    for (int hours = 0; hours < 24 * 30; ++hours)
        quiet.hour(0);
    QCOMPARE(quiet.report.verdict, CanaryVerdict::NotEnoughData);
    QCOMPARE(quiet.look.state.step, 0);
}

void TestCanary::badCandidate_isTakenBackAtSecondStep()
{
    FakeStudio studio(sevenDayCanary(true));
    while (studio.look.state.step == 0)
        studio.hour();
    studio.candidate.medianMs *= 3;  // the service got slow
    int hours = 0;
    while (studio.look.state.phase == Phase::Running && ++hours < 400)
        studio.hour();
    QCOMPARE(studio.look.state.phase, Phase::RolledBack);
    QCOMPARE(studio.look.state.sharePercent(studio.look.canary), 0.0);
    QVERIFY2(studio.history.last().contains(QStringLiteral("was taken back. Latency: ")), qPrintable(studio.history.last()));
    QVERIFY(!studio.act(CanaryAction::Promote));
    const CanaryState state = studio.look.state;
    studio.hour();
    QCOMPARE(studio.look.state.phase, state.phase);
    // From the first step again, without what was before.
    QVERIFY(studio.act(CanaryAction::Restart));
    studio.look.candidate.clear();
    studio.look.control.clear();
    studio.candidate = studio.control;
    studio.hour();
    QCOMPARE(studio.look.state.phase, Phase::Running);
    QCOMPARE(studio.look.state.step, 0);
}

void TestCanary::clockJumps_changeNothing_data()
{
    QTest::addColumn<qint64>("seconds");
    for (const qint64 seconds : {3600LL, -3600LL, 365LL * 86'400, -365LL * 86'400})
        QTest::addRow("%+lld s", seconds) << seconds;
}

void TestCanary::clockJumps_changeNothing()
{
    QFETCH(qint64, seconds);
    FakeStudio studio(sevenDayCanary(true)), undisturbed(sevenDayCanary(true));
    for (int hours = 0; hours < 33; ++hours) {
        studio.hour(30);
        undisturbed.hour(30);
    }
    QCOMPARE(studio.look.state.step, 0);
    studio.wall = studio.wall.addSecs(seconds);
    studio.judge();
    QCOMPARE(studio.look.state.step, 0);
    QCOMPARE(studio.look.state.phase, Phase::Running);
    // And afterwards all goes on as if nothing had been: the same steps in the same hours.
    for (int hours = 0; hours < 24 * 7; ++hours) {
        studio.hour(30);
        undisturbed.hour(30);
        QCOMPARE(studio.look.state.step, undisturbed.look.state.step);
        QCOMPARE(studio.look.state.phase, undisturbed.look.state.phase);
        QCOMPARE(studio.report.verdict, undisturbed.report.verdict);
    }
    QCOMPARE(studio.look.state.phase, Phase::Done);
    // A bad one is found in spite of a clock that has gone back.
    FakeStudio bad(sevenDayCanary(true));
    bad.hour(30);
    bad.wall = bad.wall.addSecs(seconds);
    bad.candidate.failureShare = 1;
    for (int hours = 0; hours < 24 && bad.look.state.phase == Phase::Running; ++hours)
        bad.hour(30);
    QCOMPARE(bad.look.state.phase, Phase::RolledBack);
}

void TestCanary::time_countsOfOneStartOnly()
{
    CanaryState state;
    state.phase = Phase::Running;
    state = pass(state, {QStringLiteral("a"), 50'000});
    QCOMPARE(state.stepMonotonicMs, 0);  // nothing is known of before
    state = pass(state, {QStringLiteral("a"), 60'000});
    QCOMPARE(state.stepMonotonicMs, 10'000);
    state = pass(state, {QStringLiteral("b"), 999'000});  // switched off and on again
    QCOMPARE(state.stepMonotonicMs, 10'000);
    state = pass(state, {QStringLiteral("b"), 1'000'000});
    QCOMPARE(state.stepMonotonicMs, 11'000);
    state = pass(state, {QStringLiteral("b"), 900'000});
    QCOMPARE(state.stepMonotonicMs, 11'000);
    state.phase = Phase::Held;
    state = pass(state, {QStringLiteral("b"), 5'000'000});
    state.phase = Phase::Running;
    state = pass(state, {QStringLiteral("b"), 5'001'000});
    QCOMPARE(state.stepMonotonicMs, 12'000);  // what it was held for is not counted
}

void TestCanary::bootTime_goesOn()
{
    const BootTime before = bootTime();
    QTest::qSleep(5);
    const BootTime after = bootTime();
    QVERIFY(!before.boot.isEmpty());
    QCOMPARE(before.boot, after.boot);
    QVERIFY(after.ms >= before.ms + 4);
}

void TestCanary::phaseNames_areStable()
{
    for (const Phase phase : {Phase::Waiting, Phase::Running, Phase::Held, Phase::Done, Phase::RolledBack})
        QCOMPARE(canaryPhaseFromName(canaryPhaseName(phase)), phase);
    QVERIFY(!canaryPhaseFromName(QStringLiteral("")));
    QVERIFY(!canaryPhaseFromName(QStringLiteral("Running")));
}

QTEST_GUILESS_MAIN(TestCanary)
#include "tst_canary.moc"
