#include "core/routing/canarymetrics.h"
#include "core/routing/failurecomparison.h"

#include "core/base/statistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr int deadOnArrival = 3;       ///< so many failures right at the start need no comparison …
constexpr double tolerable = 0.2;      ///< … while the control fails no more often than this: 0.2³ is below the total error
constexpr int fewestForTolerable = 5;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Canary", text);
}

/// Whether the control failed as well since the candidate's first failure: then the trouble is none of the candidate's own.
bool isTroubleOfBoth(const QList<CanarySample> &candidate, const QList<CanarySample> &control)
{
    const auto first = std::find_if(candidate.cbegin(), candidate.cend(), [](const CanarySample &sample) { return sample.failed; });
    FailureCount since;
    for (const CanarySample &sample : control) {
        if (first != candidate.cend() && !isEarlier(sample, *first))
            since.add(sample.failed);
    }
    return since.failures >= 2 && since.share() >= 0.5;
}

bool isDeadOnArrival(const QList<CanarySample> &candidate, const FailureCount &control)
{
    if (candidate.size() < deadOnArrival || (control.renders >= fewestForTolerable && control.share() > tolerable))
        return false;
    return std::all_of(candidate.cbegin(), candidate.cbegin() + deadOnArrival, [](const CanarySample &sample) { return sample.failed; });
}

QString share(int failures, int renders)
{
    return tr("%1 of %2").arg(failures).arg(renders);
}

} // namespace

JudgedMetric judgeFailures(const QList<CanarySample> &candidate, const QList<CanarySample> &control)
{
    const FailureComparison comparison = compareFailures(candidate, control, [](const CanarySample &sample) { return std::optional(sample.failed); });
    JudgedMetric metric;
    CanaryFinding &finding = metric.finding;
    finding.metric = QStringLiteral("failures");
    finding.nCandidate = int(candidate.size());
    finding.nControl = int(control.size());
    finding.candidate = comparison.candidate().share();
    finding.control = comparison.control().share();
    finding.p = comparison.p();
    finding.alpha = CanaryErrors{}.failures;
    metric.look = {candidate.isEmpty() ? 0 : 1, finding.nCandidate, finding.alpha, candidate.isEmpty() ? 0 : finding.alpha};

    const bool isDead = isDeadOnArrival(candidate, comparison.control());
    const bool isProven = finding.p <= finding.alpha;
    if (isDead || isProven)
        finding.verdict = isTroubleOfBoth(candidate, control) ? CanaryVerdict::Hold : CanaryVerdict::RollBack;
    else if (candidate.isEmpty() || control.isEmpty())
        finding.verdict = CanaryVerdict::NotEnoughData;
    else
        finding.verdict = comparison.pNow() <= 0.2 ? CanaryVerdict::Hold : CanaryVerdict::Promote;

    finding.sentence = tr("Failures: %1 renders against %2 of the control.")
                           .arg(share(int(comparison.candidate().failures), finding.nCandidate), share(int(comparison.control().failures), finding.nControl));
    if (isDead && !isProven)
        finding.sentence += QLatin1Char(' ') + tr("Its first %1 renders failed, all of them.").arg(deadOnArrival);
    if ((isDead || isProven) && finding.verdict == CanaryVerdict::Hold)
        finding.sentence += QLatin1Char(' ') + tr("The control fails too since then, so that it is not the candidate's own trouble.");
    else if (finding.nCandidate > 0 && finding.verdict == CanaryVerdict::Promote)
        finding.sentence += QLatin1Char(' ') + tr("So many renders show that it fails in less than %1 % of the cases (95 % confidence), not more.")
            .arg(std::ceil(100 * shareUpperBound(int(comparison.candidate().failures), finding.nCandidate)));
    return metric;
}

} // namespace Galley
