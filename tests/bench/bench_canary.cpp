#include "testpaths.h"
#include "tests/bench/bench.h"
#include "tests/core/routing/canarytrial.h"

#include <QCoreApplication>

using namespace Galley;

namespace {

struct Scenario
{
    QString name;
    CanaryTrial trial;
    bool isBad = false;
    int most = 0;  ///< renders until a bad one must be stopped (issue 5, Reach); 0: no goal
};

QList<Scenario> scenarios(int controls)
{
    const ArmModel good;
    const auto changed = [&good](auto change) {
        ArmModel model = good;
        change(model);
        return model;
    };
    const auto bad = [&](const QString &name, const ArmModel &model, int most) { return Scenario{name, {model, good, controls, 100}, true, most}; };
    const auto fine = [&](const QString &name, const ArmModel &model, const ArmModel &control) { return Scenario{name, {model, control, controls, 100}}; };
    const ArmModel flaky = changed([](ArmModel &model) { model.failureShare = 0.1; });
    const ArmModel noisy = changed([](ArmModel &model) { model.spread = 1; });
    return {bad(QStringLiteral("fails always"), changed([](ArmModel &model) { model.failureShare = 1; }), 3),
            bad(QStringLiteral("fails in half of the cases"), changed([](ArmModel &model) { model.failureShare = 0.5; }), 0),
            bad(QStringLiteral("fails in 20 %"), changed([](ArmModel &model) { model.failureShare = 0.2; }), 0),
            bad(QStringLiteral("twice as slow, CV 20 %"), changed([&good](ArmModel &model) { model.medianMs = 2 * good.medianMs; }), 20),
            bad(QStringLiteral("half as slow again, CV 20 %"), changed([&good](ArmModel &model) { model.medianMs = 1.5 * good.medianMs; }), 0),
            bad(QStringLiteral("garbles all text"), changed([](ArmModel &model) { model.garbledShare = 1; }), 20),
            bad(QStringLiteral("garbles text in half of the pictures"), changed([](ArmModel &model) { model.garbledShare = 0.5; }), 0),
            bad(QStringLiteral("twice as dear"), changed([&good](ArmModel &model) { model.costUsd = 2 * good.costUsd; }), 20),
            fine(QStringLiteral("good: 1 % failures like the control"), good, good),
            fine(QStringLiteral("good: 10 % failures like the control"), flaky, flaky),
            fine(QStringLiteral("good: CV 100 % like the control"), noisy, noisy),
            fine(QStringLiteral("good: a tenth slower"), changed([](ArmModel &model) { model.medianMs *= 1.1; }), good)};
}

/// Whether the goal was reached.
bool measure(BenchReport &report, const Scenario &scenario, int canaries)
{
    Dice dice(2026);
    BenchSeries renders;
    for (int i = 0; i < canaries; ++i) {
        const TrialOutcome outcome = runTrial(scenario.trial, dice);
        if (outcome.stoppedAfter > 0)
            renders.add(outcome.stoppedAfter);
    }
    const QString name = scenario.name + QStringLiteral(", %1 of the control each: ").arg(scenario.trial.controls);
    report.addValue(name + QStringLiteral("percent stopped"), 100.0 * renders.count() / canaries);
    if (scenario.isBad) {
        report.addValue(name + QStringLiteral("renders until stopped, median"), renders.median());
        report.addValue(name + QStringLiteral("renders until stopped, most"), renders.quantile(1));
        return scenario.most == 0 || (renders.count() == canaries && renders.quantile(1) <= scenario.most);
    }
    return renders.count() <= canaries * canaryTotalError;
}

} // namespace

/// Simulated canaries, looked at after each of up to 100 renders of the candidate; results/canary.json. GALLEY_CANARIES: how many of each, 1,000 if unset.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int canaries = trialCount(1000);
    BenchReport report(QStringLiteral("canary"));
    report.addValue(QStringLiteral("canaries of each"), canaries);
    bool ok = true;
    for (const int controls : {1, 4}) {
        for (const Scenario &scenario : scenarios(controls))
            ok = measure(report, scenario, canaries) && ok;
    }
    Dice dice(2026);
    int stopped = 0;
    for (int i = 0; i < canaries; ++i)
        stopped += runNaiveTrial({}, dice).stoppedAfter > 0 ? 1 : 0;
    report.addValue(QStringLiteral("good, by naive looks at 1 % each: percent stopped"), 100.0 * stopped / canaries);
    return report.write(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results")) && ok ? 0 : 1;
}
