#include "core/routing/canarymetrics.h"
#include "core/routing/failurecomparison.h"

#include "core/base/statistics.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

namespace Galley {

namespace {

constexpr int firstLook = 4;       ///< fewer say nothing: 4 against 4 is the least that Mann-Whitney can tell apart
constexpr int firstPicksLook = 8;
constexpr double suspicious = 0.05;  ///< a p that is no proof, but no reason to go up either

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Canary", text);
}

QString percent(double share)
{
    return QString::number(share * 100, 'f', share > 0 && share < 0.1 ? 1 : 0);
}

QString seconds(double milliseconds)
{
    return QString::number(milliseconds / 1000, 'f', milliseconds < 1000 ? 2 : 1);
}

/// What p means; \a seldom has a place for the number of cases.
QString chanceSentence(double p, const QString &seldom)
{
    if (p > 0.2)
        return tr("Chance alone often makes such a difference.");
    const double cases = 1 / std::max(p, 1e-9);
    const double step = std::pow(10, std::floor(std::log10(cases)) - 1);
    return seldom.arg(qint64(std::floor(cases / step + 1e-9) * step));
}

using Number = std::function<std::optional<double>(const CanarySample &)>;

/// What both arms had when the candidate had so many values: a look at the same count sees the same values whenever it is taken.
struct Arms
{
    std::vector<double> candidate;
    std::vector<double> control;
    CanaryLookPlan look;
    bool isKnown = false;
    int candidateNow = 0;
    int controlNow = 0;
};

Arms takeArms(const QList<CanarySample> &candidate, const QList<CanarySample> &control, double alpha, const Number &number)
{
    Arms arms;
    const auto values = [&number](const QList<CanarySample> &samples) { return std::count_if(samples.cbegin(), samples.cend(), number); };
    arms.candidateNow = int(values(candidate));
    arms.controlNow = int(values(control));
    arms.isKnown = arms.candidateNow + arms.controlNow > 0;
    arms.look = planLook(arms.candidateNow, firstLook, alpha);
    const CanarySample *last = nullptr;
    for (const CanarySample &sample : candidate) {
        const std::optional<double> value = number(sample);
        if (!value || int(arms.candidate.size()) >= arms.look.count)
            continue;
        arms.candidate.push_back(*value);
        last = &sample;
    }
    for (const CanarySample &sample : control) {
        const std::optional<double> value = number(sample);
        if (value && last && !isEarlier(*last, sample))
            arms.control.push_back(*value);
    }
    return arms;
}

double mean(const std::vector<double> &values)
{
    return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

/// What still counts as good as the control: the error is kept for a candidate that is worse by no more than this.
struct Tolerance
{
    Tail worse = Tail::Greater;
    double factor = 1;
    double offset = 0;
};

/// Fills in what all compared numbers have in common; true when there is enough to compare.
bool begin(JudgedMetric &metric, const char *name, const Arms &arms, const Tolerance &tolerance)
{
    CanaryFinding &finding = metric.finding;
    finding.metric = QString::fromLatin1(name);
    finding.nCandidate = int(arms.candidate.size());
    finding.nControl = int(arms.control.size());
    metric.look = arms.look;
    metric.isKnown = arms.isKnown;
    if (finding.nCandidate < firstLook || finding.nControl < firstLook) {
        finding.nCandidate = arms.candidateNow;
        finding.nControl = arms.controlNow;
        return false;
    }
    std::vector<double> tolerated = arms.control;
    for (double &value : tolerated)
        value = value * tolerance.factor + tolerance.offset;
    finding.p = mannWhitney(arms.candidate, tolerated, tolerance.worse);
    finding.alpha = arms.look.alpha;
    return true;
}

/// \a isFar: the difference matters; \a isVisible: it is worth a person's look.
CanaryVerdict verdictOf(const CanaryFinding &finding, bool isFar, bool isVisible)
{
    if (isFar && finding.p <= finding.alpha)
        return CanaryVerdict::RollBack;
    return isVisible && finding.p <= suspicious ? CanaryVerdict::Hold : CanaryVerdict::Promote;
}

} // namespace

CanaryLookPlan planLook(int renders, int first, double alpha)
{
    CanaryLookPlan plan;
    for (int count = first; count <= renders; count = std::max(count + 1, int(std::ceil(count * 1.2)))) {
        ++plan.number;
        plan.count = count;
    }
    if (plan.number > 0) {
        plan.alpha = alpha / (double(plan.number) * (plan.number + 1));
        plan.spent = alpha * plan.number / (plan.number + 1);
    }
    return plan;
}

JudgedMetric judgeLatency(const QList<CanarySample> &candidate, const QList<CanarySample> &control)
{
    constexpr double worst = 1.25;  // figures.md 2.4
    const Arms arms = takeArms(candidate, control, CanaryErrors{}.latency, [](const CanarySample &sample) {
        return sample.failed || sample.milliseconds < 0 ? std::nullopt : std::optional(sample.milliseconds);
    });
    JudgedMetric metric;
    CanaryFinding &finding = metric.finding;
    if (!begin(metric, "latency", arms, {.factor = 1.1})) {
        finding.sentence = tr("Latency: %1 times of it and %2 of the control are too few to compare; %3 of each are the least.")
                               .arg(finding.nCandidate).arg(finding.nControl).arg(firstLook);
        return metric;
    }
    finding.candidate = medianOf(arms.candidate);
    finding.control = medianOf(arms.control);
    const auto p95 = [](const std::vector<double> &times) { return seconds(quantileOf(times, 0.95).ms.value); };
    // The mean sees a tail that the median does not.
    const bool isSlower = finding.candidate > worst * finding.control || mean(arms.candidate) > worst * mean(arms.control);
    finding.verdict = verdictOf(finding, isSlower, isSlower);
    finding.sentence = tr("Latency: median %1 s, p95 %2 s of %3 renders against %4 s and %5 s of %6 of the control (%7 times).")
                           .arg(seconds(finding.candidate), p95(arms.candidate)).arg(finding.nCandidate)
                           .arg(seconds(finding.control), p95(arms.control)).arg(finding.nControl)
                           .arg(finding.control > 0 ? finding.candidate / finding.control : 0, 0, 'f', 2)
        + QLatin1Char(' ')
        + chanceSentence(finding.p, tr("If it were at most a tenth slower, chance would make it look so bad in 1 of %1 cases."));
    return metric;
}

JudgedMetric judgeCost(const QList<CanarySample> &candidate, const QList<CanarySample> &control)
{
    // A price list that is a little dearer is a person's decision, so that it holds; twice the price is taken back.
    constexpr double far = 2;
    constexpr double visible = 1.25;
    const Arms arms = takeArms(candidate, control, CanaryErrors{}.cost, [](const CanarySample &sample) { return sample.costUsd; });
    JudgedMetric metric;
    CanaryFinding &finding = metric.finding;
    if (!begin(metric, "cost", arms, {.factor = 1.01})) {
        finding.sentence = tr("Cost: %1 prices of it and %2 of the control are too few to compare.").arg(finding.nCandidate).arg(finding.nControl);
        return metric;
    }
    finding.candidate = mean(arms.candidate);
    finding.control = mean(arms.control);
    // What was free and costs something now is dearer by any factor. A mean of many 0.12 is not quite 0.12.
    const auto isOver = [&finding](double factor) { return finding.candidate > 0 && finding.candidate >= factor * finding.control * (1 - 1e-9); };
    finding.verdict = verdictOf(finding, isOver(far), isOver(visible));
    finding.sentence = tr("Cost: %1 USD a render in the mean of %2 against %3 USD of %4 of the control.")
                           .arg(finding.candidate, 0, 'f', 4).arg(finding.nCandidate).arg(finding.control, 0, 'f', 4).arg(finding.nControl);
    if (finding.verdict == CanaryVerdict::Hold)
        finding.sentence += QLatin1Char(' ') + tr("Whether it is worth that is for a person to say.");
    return metric;
}

JudgedMetric judgeQuality(const QList<CanarySample> &candidate, const QList<CanarySample> &control)
{
    constexpr double far = 0.05;
    constexpr double visible = 0.02;
    const Arms arms = takeArms(candidate, control, CanaryErrors{}.quality, [](const CanarySample &sample) { return sample.quality; });
    JudgedMetric metric;
    CanaryFinding &finding = metric.finding;
    if (!begin(metric, "quality", arms, {.worse = Tail::Less, .offset = -visible})) {
        finding.sentence = tr("Quality: %1 scores of it and %2 of the control are too few to compare.").arg(finding.nCandidate).arg(finding.nControl);
        return metric;
    }
    finding.candidate = mean(arms.candidate);
    finding.control = mean(arms.control);
    const double drop = finding.control - finding.candidate;
    finding.verdict = verdictOf(finding, drop > far, drop > visible);
    // Half of its pictures garbled and the other half good: ranks take long to see that.
    const FailureComparison spoilt = compareFailures(candidate, control, [](const CanarySample &sample) {
        return sample.quality ? std::optional(*sample.quality < 0.5) : std::nullopt;
    });
    metric.look.spent += CanaryErrors{}.spoilt;
    const bool isSpoilt = spoilt.p() <= CanaryErrors{}.spoilt;
    if (isSpoilt)
        finding.verdict = CanaryVerdict::RollBack;
    finding.sentence = tr("Quality: %1 % in the mean of %2 pictures against %3 % of %4 of the control.")
                           .arg(percent(finding.candidate)).arg(finding.nCandidate).arg(percent(finding.control)).arg(finding.nControl)
        + QLatin1Char(' ')
        + chanceSentence(finding.p, tr("If it were at most two points worse, chance would make it look so bad in 1 of %1 cases."));
    if (isSpoilt) {
        finding.sentence += QLatin1Char(' ')
            + tr("%1 of %2 pictures are worth less than 50 % against %3 of %4 of the control.")
                  .arg(spoilt.candidate().failures).arg(spoilt.candidate().renders).arg(spoilt.control().failures).arg(spoilt.control().renders);
    }
    return metric;
}

JudgedMetric judgePicks(const QList<CanarySample> &candidate)
{
    JudgedMetric metric;
    CanaryFinding &finding = metric.finding;
    finding.metric = QStringLiteral("picks");
    std::vector<bool> picks;
    for (const CanarySample &sample : candidate) {
        if (sample.picked)
            picks.push_back(*sample.picked);
    }
    metric.isKnown = !picks.empty();
    metric.look = planLook(int(picks.size()), firstPicksLook, CanaryErrors{}.picks);
    finding.nCandidate = finding.nControl = int(picks.size());
    if (metric.look.number == 0) {
        finding.sentence = QCoreApplication::translate("Galley::CanaryMetrics", "Picks: %n comparisons with the control are too few; %1 are the least.", nullptr, int(picks.size()))
                               .arg(firstPicksLook);
        return metric;
    }
    const int n = metric.look.count;
    const auto lost = int(std::count(picks.cbegin(), picks.cbegin() + n, false));
    finding.nCandidate = finding.nControl = n;
    finding.candidate = double(n - lost) / n;
    finding.control = double(lost) / n;
    finding.p = binomialTail(lost, n, 0.5);
    finding.alpha = metric.look.alpha;
    finding.verdict = verdictOf(finding, true, true);
    finding.sentence = tr("Picks: %1 of %2 comparisons with the control were decided for it.").arg(n - lost).arg(n) + QLatin1Char(' ')
        + chanceSentence(finding.p, tr("If people liked both equally, chance would decide so in 1 of %1 cases."));
    return metric;
}

} // namespace Galley
