#include "core/routing/canarymetrics.h"

#include "core/base/statistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <vector>

namespace Galley {

namespace {

constexpr int deadOnArrival = 3;       ///< so many failures right at the start need no comparison …
constexpr double tolerable = 0.2;      ///< … while the control fails no more often than this: 0.2³ is below the total error
constexpr int fewestForTolerable = 5;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Canary", text);
}

struct Arm
{
    double failures = 0;
    double renders = 0;

    double share() const { return renders > 0 ? failures / renders : 0; }
    /// The probability that the next one fails, from a Beta (a, b) prior.
    double next(double a, double b) const { return (a + failures) / (a + b + renders); }
    void add(bool failed)
    {
        failures += failed ? 1 : 0;
        renders += 1;
    }
};

/// How much likelier two rates made these failures than one, looked at after every render. Rates are worth Beta (1/2, 5) before anything is known (models
/// fail seldom), the candidate's own Beta (1, 1): it may be anything. If there is one rate only, the factor ever reaches 1/α with a probability of about
/// α: simulated, not more than that at rates up to 20 % and as many renders of both arms, and less with more of the control.
class FailureComparison
{
public:
    void add(bool isCandidate, bool failed)
    {
        const double together = m_all.next(rareA, rareB);
        const double apart = isCandidate ? m_candidate.next(1, 1) : m_control.next(rareA, rareB);
        m_logFactor += failed ? std::log(apart / together) : std::log((1 - apart) / (1 - together));
        m_all.add(failed);
        (isCandidate ? m_candidate : m_control).add(failed);
        if (isWorse())
            m_highest = std::max(m_highest, m_logFactor);
    }
    /// Of all looks so far.
    double p() const { return std::min(1.0, std::exp(-m_highest)); }
    double pNow() const { return isWorse() ? std::min(1.0, std::exp(-m_logFactor)) : 1; }
    const Arm &candidate() const { return m_candidate; }
    const Arm &control() const { return m_control; }

private:
    static constexpr double rareA = 0.5;
    static constexpr double rareB = 5;
    bool isWorse() const { return m_candidate.share() > m_control.share(); }

    Arm m_all, m_candidate, m_control;
    double m_logFactor = 0;
    double m_highest = 0;
};

/// Whether the control failed as well since the candidate's first failure: then the trouble is none of the candidate's own.
bool isTroubleOfBoth(const QList<CanarySample> &candidate, const QList<CanarySample> &control)
{
    const auto first = std::find_if(candidate.cbegin(), candidate.cend(), [](const CanarySample &sample) { return sample.failed; });
    Arm since;
    for (const CanarySample &sample : control) {
        if (first != candidate.cend() && !isEarlier(sample, *first))
            since.add(sample.failed);
    }
    return since.failures >= 2 && since.share() >= 0.5;
}

bool isDeadOnArrival(const QList<CanarySample> &candidate, const Arm &control)
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
    FailureComparison comparison;
    for (auto a = candidate.cbegin(), b = control.cbegin(); a != candidate.cend() || b != control.cend();) {
        const bool isCandidate = b == control.cend() || (a != candidate.cend() && isEarlier(*a, *b));
        comparison.add(isCandidate, isCandidate ? a->failed : b->failed);
        isCandidate ? ++a : ++b;
    }
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
