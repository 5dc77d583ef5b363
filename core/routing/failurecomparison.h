#pragma once

#include "core/routing/canarymetrics.h"

#include <algorithm>
#include <cmath>

namespace Galley {

/// Renders of one arm and how many of them failed.
struct FailureCount
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
    const FailureCount &candidate() const { return m_candidate; }
    const FailureCount &control() const { return m_control; }

private:
    static constexpr double rareA = 0.5;
    static constexpr double rareB = 5;
    bool isWorse() const { return m_candidate.share() > m_control.share(); }

    FailureCount m_all, m_candidate, m_control;
    double m_logFactor = 0;
    double m_highest = 0;
};

/// Both arms in the library's order. \a failed says of one render whether it failed; nothing: it does not count.
template<typename Failed>
FailureComparison compareFailures(const QList<CanarySample> &candidate, const QList<CanarySample> &control, Failed failed)
{
    FailureComparison comparison;
    for (auto a = candidate.cbegin(), b = control.cbegin(); a != candidate.cend() || b != control.cend();) {
        const bool isCandidate = b == control.cend() || (a != candidate.cend() && isEarlier(*a, *b));
        if (const std::optional<bool> value = failed(isCandidate ? *a++ : *b++))
            comparison.add(isCandidate, *value);
    }
    return comparison;
}

} // namespace Galley
