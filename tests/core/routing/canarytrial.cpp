#include "tests/core/routing/canarytrial.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace Galley {

namespace {

/// The renders of both arms up to one of the candidate's, and then the next.
class TrialRun
{
public:
    TrialRun(const CanaryTrial &trial, Dice &dice)
        : m_trial(trial)
        , m_dice(dice)
    {
        look.canary.minRenders = 20;
        look.state.phase = CanaryState::Phase::Running;
    }

    void next()
    {
        for (int i = 0; i < m_trial.controls; ++i)
            add(look.control, m_trial.control, false);
        add(look.candidate, m_trial.candidate, true);
    }

    CanaryLook look;

private:
    void add(QList<CanarySample> &samples, const ArmModel &model, bool isCandidate)
    {
        samples.append(drawSample(model, isCandidate, m_dice));
        samples.last().sequence = ++m_sequence;
    }

    const CanaryTrial &m_trial;
    Dice &m_dice;
    qint64 m_sequence = 0;
};

template<typename Number>
std::vector<double> numbers(const QList<CanarySample> &samples, Number number)
{
    std::vector<double> result;
    for (const CanarySample &sample : samples) {
        if (!sample.failed)
            result.push_back(number(sample));
    }
    return result;
}

} // namespace

CanarySample drawSample(const ArmModel &model, bool isCandidate, Dice &dice)
{
    // Always the same number of draws, so that one arm's luck does not change the other's.
    const double failure = dice.uniform();
    const double time = dice.normal();
    const double garbled = dice.uniform();
    const double quality = dice.normal();
    const double compared = dice.uniform();
    const double picked = dice.uniform();
    CanarySample sample;
    sample.failed = failure < model.failureShare;
    if (isCandidate && model.picksEvery > 0 && !sample.failed && compared < 1.0 / model.picksEvery)
        sample.picked = picked < model.pickedShare;
    if (sample.failed)
        return sample;
    sample.milliseconds = model.medianMs * std::exp(std::sqrt(std::log(1 + model.spread * model.spread)) * time);
    sample.costUsd = model.costUsd;
    sample.quality = std::clamp(garbled < model.garbledShare ? 0.35 + 0.15 * quality : model.quality + 0.05 * quality, 0.0, 1.0);
    return sample;
}

TrialOutcome runTrial(const CanaryTrial &trial, Dice &dice)
{
    TrialRun run(trial, dice);
    for (int render = 1; render <= trial.renders; ++render) {
        run.next();
        const CanaryReport report = judgeCanary(run.look);
        if (report.verdict != CanaryVerdict::RollBack)
            continue;
        for (const CanaryFinding &finding : report.findings) {
            if (finding.verdict == CanaryVerdict::RollBack)
                return {render, finding.metric};
        }
    }
    return {};
}

TrialOutcome runNaiveTrial(const CanaryTrial &trial, Dice &dice)
{
    constexpr double alpha = 0.01;
    TrialRun run(trial, dice);
    for (int render = 1; render <= trial.renders; ++render) {
        run.next();
        const auto time = [](const CanarySample &sample) { return sample.milliseconds; };
        const auto quality = [](const CanarySample &sample) { return *sample.quality; };
        if (mannWhitney(numbers(run.look.candidate, time), numbers(run.look.control, time), Tail::Greater) <= alpha)
            return {render, QStringLiteral("latency")};
        if (mannWhitney(numbers(run.look.candidate, quality), numbers(run.look.control, quality), Tail::Less) <= alpha)
            return {render, QStringLiteral("quality")};
        const auto failures = int(std::count_if(run.look.candidate.cbegin(), run.look.candidate.cend(), [](const auto &sample) { return sample.failed; }));
        if (failures > 0 && binomialTail(failures, render, trial.control.failureShare) <= alpha)
            return {render, QStringLiteral("failures")};
    }
    return {};
}

int trialCount(int usual)
{
    const int asked = qEnvironmentVariableIntValue("GALLEY_CANARIES");
    return asked > 0 ? asked : usual;
}

} // namespace Galley
