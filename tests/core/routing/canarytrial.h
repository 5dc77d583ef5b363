#pragma once

#include "core/base/statistics.h"
#include "core/routing/canary.h"

namespace Galley {

/// What one model's renders are like in a simulated canary.
struct ArmModel
{
    double failureShare = 0.01;
    double medianMs = 4000;
    double spread = 0.2;          ///< coefficient of variation of the time
    double quality = 0.92;        ///< of a good picture; ± 0.05
    double garbledShare = 0;      ///< of the pictures: their text reads back as 0.35 ± 0.15
    double costUsd = 0.06;
    double pickedShare = 0.5;     ///< only the candidate's
    int picksEvery = 4;           ///< one of so many renders is compared by a person; 0: none
};

/// One canary that is looked at after every render of the candidate.
struct CanaryTrial
{
    ArmModel candidate;
    ArmModel control;
    int controls = 1;   ///< renders of the control for each of the candidate: 19 at 5 % of the cohorts
    int renders = 100;  ///< of the candidate
};

struct TrialOutcome
{
    int stoppedAfter = 0;  ///< renders of the candidate; 0: not stopped
    QString metric;        ///< that did it
};

CanarySample drawSample(const ArmModel &model, bool isCandidate, Dice &dice);

/// By judgeCanary().
TrialOutcome runTrial(const CanaryTrial &trial, Dice &dice);

/// By what looks right: the same metrics, each tested at 1 % after every render, as if it were the only time.
TrialOutcome runNaiveTrial(const CanaryTrial &trial, Dice &dice);

/// Full runs take GALLEY_CANARIES=1000; what ctest does is shorter.
int trialCount(int usual);

} // namespace Galley
