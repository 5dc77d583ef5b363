#include "core/service/benchcompare.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr double alpha = 0.01;
constexpr double mattersRatio = 1.05;   // latency: less is noise of machines, not worth a failed build
constexpr double plannedRatio = 1.10;   // what the number of requests should be able to show
constexpr double mattersShare = 0.01;   // failures and drawn text, in parts of 1
constexpr double plannedShare = 0.05;
constexpr int leastValues = 9;          // below it no test has anything to say at this level
constexpr int resamples = 2000;
constexpr int mostNeeded = 1'000'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Bench", text);
}

std::span<const double> spanOf(const QList<double> &values)
{
    return {values.constData(), std::size_t(values.size())};
}

/// The times of requests that went well in both runs, by request.
std::pair<QList<double>, QList<double>> pairedTimes(const BenchRun &before, const BenchRun &after)
{
    std::pair<QList<double>, QList<double>> pairs;
    auto other = after.samples.cbegin();
    for (const BenchSample &sample : before.samples) {
        while (other != after.samples.cend() && other->index < sample.index)
            ++other;
        if (other == after.samples.cend())
            break;
        if (other->index == sample.index && other->isOk() && sample.isOk()) {
            pairs.first.append(sample.ms);
            pairs.second.append(other->ms);
        }
    }
    return pairs;
}

/// How many values the observed noise needs so that a change of \a planned is told from \a matters in both of two rounds, 19 times in 20. \a width: of
/// the 95 % interval that \a n values gave.
int valuesNeeded(int n, double width, double planned, double matters)
{
    constexpr double both = 1.96;  // 97.5 % for each round
    const double deviation = width / (2 * 1.96);
    const double needed = n * std::pow(deviation * (1.96 + both) / (planned - matters), 2);
    return int(std::clamp(std::ceil(needed), double(leastValues), double(mostNeeded)));
}

BenchChange latencyChange(const BenchResult &before, const BenchResult &after)
{
    BenchChange change;
    change.metric = QStringLiteral("latency");
    const bool isPaired = before.inputs > 1 && before.inputs == after.inputs && before.inputsDigest == after.inputsDigest;
    QList<double> a = okMilliseconds(before.run);
    QList<double> b = okMilliseconds(after.run);
    if (isPaired)
        std::tie(a, b) = pairedTimes(before.run, after.run);
    change.before = int(a.size());
    change.after = int(b.size());
    if (std::min(change.before, change.after) < leastValues) {
        change.effect = {1, 0, INFINITY};
        change.pairsNeeded = 30;
        return change;
    }
    change.p = mannWhitney(spanOf(b), spanOf(a), Tail::Greater);
    change.pBetter = mannWhitney(spanOf(b), spanOf(a), Tail::Less);
    change.effect = bootstrapMedianRatio(spanOf(b), spanOf(a), isPaired, 0.95, resamples);
    return change;
}

BenchChange failureChange(const BenchRun &before, const BenchRun &after)
{
    BenchChange change;
    change.metric = QStringLiteral("failures");
    change.before = int(before.samples.size());
    change.after = int(after.samples.size());
    if (change.before == 0 || change.after == 0) {
        change.effect = {0, -1, 1};
        return change;
    }
    const int failedBefore = change.before - int(okMilliseconds(before).size());
    const int failedAfter = change.after - int(okMilliseconds(after).size());
    change.p = fisherExact(failedBefore, change.before, failedAfter, change.after);
    change.pBetter = fisherExact(failedAfter, change.after, failedBefore, change.before);
    const double a = double(failedBefore) / change.before;
    const double b = double(failedAfter) / change.after;
    // Agresti and Caffo: one success and one failure more in each arm, so that 0 of 30 is not certainty.
    const double shareA = (failedBefore + 1.0) / (change.before + 2.0);
    const double shareB = (failedAfter + 1.0) / (change.after + 2.0);
    const double error = std::sqrt(shareA * (1 - shareA) / (change.before + 2) + shareB * (1 - shareB) / (change.after + 2));
    change.effect = {b - a, shareB - shareA - 1.96 * error, shareB - shareA + 1.96 * error};
    return change;
}

/// Percentile bootstrap of mean(b) − mean(a).
Interval meanDifference(const QList<double> &a, const QList<double> &b)
{
    Dice dice(1);
    const auto meanOf = [](const QList<double> &values, auto pick) {
        double sum = 0;
        for (qsizetype i = 0; i < values.size(); ++i)
            sum += values[pick(i)];
        return sum / double(values.size());
    };
    const auto drawn = [&](const QList<double> &values) {
        return meanOf(values, [&](qsizetype) { return qsizetype(dice.below(std::uint64_t(values.size()))); });
    };
    const auto all = [](qsizetype i) { return i; };
    std::vector<double> differences;
    for (int i = 0; i < resamples; ++i)
        differences.push_back(drawn(b) - drawn(a));
    std::sort(differences.begin(), differences.end());
    return {meanOf(b, all) - meanOf(a, all), differences[std::size_t(0.025 * resamples)], differences[std::size_t(0.975 * resamples)]};
}

BenchChange qualityChange(const QList<double> &before, const QList<double> &after)
{
    BenchChange change;
    change.metric = QStringLiteral("quality");
    change.before = int(before.size());
    change.after = int(after.size());
    if (std::min(change.before, change.after) < leastValues) {
        change.effect = {0, -1, 1};
        return change;
    }
    change.p = mannWhitney(spanOf(after), spanOf(before), Tail::Less);
    change.pBetter = mannWhitney(spanOf(after), spanOf(before), Tail::Greater);
    change.effect = meanDifference(before, after);
    return change;
}

/// \a low and \a high: the interval of the effect with "more" meaning "worse".
BenchVerdict verdictOf(const BenchChange &change, bool isBetterSignificant, double low, double high, double matters, double better, double planned)
{
    if (change.isSignificant && low > matters)
        return BenchVerdict::Regression;
    if (isBetterSignificant && high < better)
        return BenchVerdict::Faster;
    return high < planned ? BenchVerdict::NoRegression : BenchVerdict::CannotTell;
}

void judge(BenchChange &change, bool isBetterSignificant)
{
    const Interval &effect = change.effect;
    const int n = std::min(change.before, change.after);
    if (change.metric == QLatin1String("latency")) {
        change.verdict = verdictOf(change, isBetterSignificant, effect.low, effect.high, mattersRatio, 1 / mattersRatio, plannedRatio);
        if (change.verdict == BenchVerdict::CannotTell && n >= leastValues)
            change.pairsNeeded = std::max(n + 1, valuesNeeded(n, std::log(effect.high / effect.low), std::log(plannedRatio), std::log(mattersRatio)));
        return;
    }
    const bool isQuality = change.metric == QLatin1String("quality");
    const double low = isQuality ? -effect.high : effect.low;
    const double high = isQuality ? -effect.low : effect.high;
    change.verdict = verdictOf(change, isBetterSignificant, low, high, mattersShare, -mattersShare, plannedShare);
    if (change.verdict == BenchVerdict::CannotTell)
        change.pairsNeeded = std::max(n + 1, n < leastValues ? 30 : valuesNeeded(n, high - low, plannedShare, mattersShare));
}

QString percent(double share)
{
    return QString::number(share * 100, 'f', 1);
}

QString measured(const BenchChange &change)
{
    const Interval &effect = change.effect;
    const double p = change.verdict == BenchVerdict::Faster ? change.pBetter : change.p;
    if (change.metric == QLatin1String("latency")) {
        return tr("the median is %1 times the baseline's (95 %: %2 to %3; p %4)")
            .arg(effect.value, 0, 'f', 3).arg(effect.low, 0, 'f', 3).arg(effect.high, 0, 'f', 3).arg(p, 0, 'g', 2);
    }
    return tr("%1 points against the baseline (95 %: %2 to %3; p %4)").arg(percent(effect.value), percent(effect.low), percent(effect.high)).arg(p, 0, 'g', 2);
}

QString sentenceOf(const BenchChange &change)
{
    const QString name = change.metric == QLatin1String("latency") ? tr("Latency") : change.metric == QLatin1String("failures") ? tr("Failures") : tr("Drawn text");
    const bool isEmpty = std::min(change.before, change.after) < leastValues && change.metric != QLatin1String("failures");
    const QString numbers = isEmpty ? tr("only %1 and %2 values").arg(change.before).arg(change.after) : measured(change);
    switch (change.verdict) {
    case BenchVerdict::Regression: return tr("%1: regression, %2.").arg(name, numbers);
    case BenchVerdict::Faster: return tr("%1: better, %2.").arg(name, numbers);
    case BenchVerdict::NoRegression: return tr("%1: no regression, %2.").arg(name, numbers);
    case BenchVerdict::CannotTell: break;
    }
    if (change.metric == QLatin1String("latency"))
        return tr("%1: cannot tell, %2; a change of 10 % needs %3 pairs at this noise.").arg(name, numbers).arg(change.pairsNeeded);
    return tr("%1: cannot tell, %2; a change of 5 points needs %3 pairs at this noise.").arg(name, numbers).arg(change.pairsNeeded);
}

/// The worst decides; what only failures and drawn text cannot tell does not hide what the times say.
BenchVerdict overall(const QList<BenchChange> &changes)
{
    for (const BenchChange &change : changes) {
        if (change.verdict == BenchVerdict::Regression)
            return BenchVerdict::Regression;
    }
    return changes.isEmpty() ? BenchVerdict::CannotTell : changes.first().verdict;
}

void summarise(BenchComparison &comparison)
{
    comparison.verdict = overall(comparison.changes);
    comparison.sentences.clear();
    for (const BenchChange &change : std::as_const(comparison.changes))
        comparison.sentences.append(sentenceOf(change));
}

QStringList differencesOf(const BenchResult &before, const BenchResult &after)
{
    QStringList notes;
    if (before.inputsDigest != after.inputsDigest)
        notes.append(tr("The two runs did not send the same requests."));
    const BenchPlan &a = before.plan;
    const BenchPlan &b = after.plan;
    if (a.concurrency != b.concurrency || a.ratePerSecond != b.ratePerSecond || (a.isOpenLoop() && a.arrivals != b.arrivals))
        notes.append(tr("The two runs did not ask at the same pace."));
    const std::pair<const char *, const char *> members[]{{"cpu", QT_TRANSLATE_NOOP("Galley::Bench", "processor")},
                                                          {"threads", QT_TRANSLATE_NOOP("Galley::Bench", "number of threads")},
                                                          {"device", QT_TRANSLATE_NOOP("Galley::Bench", "device")},
                                                          {"dtype", QT_TRANSLATE_NOOP("Galley::Bench", "number type")},
                                                          {"build", QT_TRANSLATE_NOOP("Galley::Bench", "build type")}};
    for (const auto &[key, name] : members) {
        const auto memberOf = [key = key](const Json &json) { return json.is_object() && json.contains(key) ? json[key] : Json(nullptr); };
        if (memberOf(before.environment) != memberOf(after.environment))
            notes.append(tr("The two runs had another %1.").arg(tr(name)));
    }
    if (before.run.isCancelled || after.run.isCancelled)
        notes.append(tr("A run was stopped before its end."));
    return notes;
}

} // namespace

QString benchVerdictName(BenchVerdict verdict)
{
    switch (verdict) {
    case BenchVerdict::NoRegression: return QStringLiteral("no regression");
    case BenchVerdict::Faster: return QStringLiteral("faster");
    case BenchVerdict::CannotTell: return QStringLiteral("cannot tell");
    case BenchVerdict::Regression: return QStringLiteral("regression");
    }
    return {};
}

double fisherExact(int failedBefore, int before, int failedAfter, int after)
{
    const int failed = failedBefore + failedAfter;
    const auto logChoose = [](int n, int k) { return std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0); };
    const double all = logChoose(before + after, failed);
    double p = 0;
    for (int k = failedAfter; k <= std::min(failed, after); ++k) {
        if (failed - k <= before)
            p += std::exp(logChoose(after, k) + logChoose(before, failed - k) - all);
    }
    return std::min(p, 1.0);
}

BenchComparison compareRuns(const BenchResult &before, const BenchResult &after)
{
    BenchComparison comparison;
    comparison.changes.append(latencyChange(before, after));
    comparison.changes.append(failureChange(before.run, after.run));
    const QList<double> qualityBefore = qualities(before.run);
    const QList<double> qualityAfter = qualities(after.run);
    if (!qualityBefore.isEmpty() && !qualityAfter.isEmpty())
        comparison.changes.append(qualityChange(qualityBefore, qualityAfter));
    std::vector<double> worse, better;
    for (const BenchChange &change : std::as_const(comparison.changes)) {
        worse.push_back(change.p);
        better.push_back(change.pBetter);
    }
    const std::vector<bool> isWorse = holm(worse, alpha);
    const std::vector<bool> isBetter = holm(better, alpha);
    for (std::size_t i = 0; i < isWorse.size(); ++i) {
        comparison.changes[qsizetype(i)].isSignificant = isWorse[i];
        judge(comparison.changes[qsizetype(i)], isBetter[i]);
    }
    comparison.notes = differencesOf(before, after);
    summarise(comparison);
    return comparison;
}

BenchComparison confirmComparison(const BenchComparison &first, const BenchComparison &second)
{
    BenchComparison both = first;
    both.rounds = 2;
    for (BenchChange &change : both.changes) {
        const auto again = std::find_if(second.changes.cbegin(), second.changes.cend(), [&](const BenchChange &other) { return other.metric == change.metric; });
        if (again == second.changes.cend() || again->verdict == change.verdict)
            continue;
        // What only one round has seen is not proven; the round that saw less speaks.
        const bool isExtreme = change.verdict == BenchVerdict::Regression || change.verdict == BenchVerdict::Faster;
        const bool isAgainExtreme = again->verdict == BenchVerdict::Regression || again->verdict == BenchVerdict::Faster;
        if (isExtreme && isAgainExtreme)
            change.verdict = BenchVerdict::CannotTell;
        else if (isExtreme || again->verdict == BenchVerdict::CannotTell)
            change = *again;
        if (change.verdict == BenchVerdict::CannotTell && change.pairsNeeded == 0)
            change.pairsNeeded = 2 * std::min(change.before, change.after);
    }
    for (const QString &note : second.notes) {
        if (!both.notes.contains(note))
            both.notes.append(note);
    }
    summarise(both);
    return both;
}

Json toJson(const BenchComparison &comparison)
{
    const auto finite = [](double value) { return std::isfinite(value) ? Json(std::round(value * 10000) / 10000) : Json(nullptr); };
    const auto list = [](const QStringList &sentences) {
        Json json = Json::array();
        for (const QString &sentence : sentences)
            json.push_back(sentence.toStdString());
        return json;
    };
    Json metrics = Json::array();
    for (const BenchChange &change : comparison.changes) {
        metrics.push_back({{"metric", change.metric.toStdString()},
                           {"verdict", benchVerdictName(change.verdict).toStdString()},
                           {"n", {change.before, change.after}},
                           {"effect", {{"value", finite(change.effect.value)}, {"low", finite(change.effect.low)}, {"high", finite(change.effect.high)}}},
                           {"p", change.p},
                           {"significant", change.isSignificant},
                           {"pairs_needed", change.pairsNeeded > 0 ? Json(change.pairsNeeded) : Json(nullptr)}});
    }
    return {{"verdict", benchVerdictName(comparison.verdict).toStdString()},
            {"repeated", comparison.rounds > 1},
            {"metrics", metrics},
            {"sentences", list(comparison.sentences)},
            {"notes", list(comparison.notes)}};
}

} // namespace Galley
