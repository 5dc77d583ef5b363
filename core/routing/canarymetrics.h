#pragma once

#include "core/routing/canary.h"

namespace Galley {

/// The metrics that judgeCanary() compares, one function each. Both lists are oldest first. Pure.

/// By the library's order.
inline bool isEarlier(const CanarySample &a, const CanarySample &b)
{
    return a.sequence != b.sequence ? a.sequence < b.sequence : a.at < b.at;
}

/// A sequence of looks at rising counts of renders (each a fifth more than the one before), and the error that each may spend: α / (k (k + 1)), which adds
/// up to α over as many as there may be.
struct CanaryLookPlan
{
    int number = 0;    ///< k, from 1; 0: there was none yet
    int count = 0;     ///< renders of the candidate that this look takes
    double alpha = 0;  ///< of this look
    double spent = 0;  ///< by this one and those before
};
CanaryLookPlan planLook(int renders, int first, double alpha);

/// The share of canaryTotalError that each metric may spend.
struct CanaryErrors
{
    double failures = 0.0025;
    double latency = 0.0025;
    double quality = 0.00125;
    double spoilt = 0.00125;   ///< pictures that are no good at all, counted like failures
    double picks = 0.0015;
    double cost = 0.001;
};
static_assert(CanaryErrors{}.failures + CanaryErrors{}.latency + CanaryErrors{}.quality + CanaryErrors{}.spoilt + CanaryErrors{}.picks
                  + CanaryErrors{}.cost
              < canaryTotalError * 1.000001);

/// Its looks, to be added to the finding.
struct JudgedMetric
{
    CanaryFinding finding;
    CanaryLookPlan look;
    bool isKnown = true;   ///< false: neither arm has this number at all, so that nobody waits for it
};

JudgedMetric judgeFailures(const QList<CanarySample> &candidate, const QList<CanarySample> &control);
JudgedMetric judgeLatency(const QList<CanarySample> &candidate, const QList<CanarySample> &control);
JudgedMetric judgeCost(const QList<CanarySample> &candidate, const QList<CanarySample> &control);
JudgedMetric judgeQuality(const QList<CanarySample> &candidate, const QList<CanarySample> &control);
JudgedMetric judgePicks(const QList<CanarySample> &candidate);

} // namespace Galley
