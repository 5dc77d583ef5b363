#pragma once

#include "core/service/benchresult.h"

namespace Galley {

/// What a comparison says, of one metric or of all.
enum class BenchVerdict {
    NoRegression,  ///< a change for the worse by 10 % is ruled out
    Faster,        ///< better by more than 5 %, as sure as a regression would have to be
    CannotTell,    ///< too much noise for the number of requests
    Regression     ///< worse by more than 5 %, and no chance
};
QString benchVerdictName(BenchVerdict verdict);  ///< "no regression", "faster", "cannot tell", "regression"

/// One metric before and after.
struct BenchChange
{
    QString metric;        ///< "latency", "failures", "quality"
    int before = 0;        ///< how many values
    int after = 0;
    Interval effect;       ///< latency: median after / before, bootstrap 95 %; failures: share after − before; quality: mean after − before
    double p = 1;          ///< one-sided, that the worse could be chance
    double pBetter = 1;    ///< one-sided, that the better could be chance
    bool isSignificant = false;  ///< p < 0.01 after Holm over the metrics
    BenchVerdict verdict = BenchVerdict::CannotTell;
    int pairsNeeded = 0;   ///< CannotTell: so many would show a change of 10 % at this noise
};

struct BenchComparison
{
    QList<BenchChange> changes;
    BenchVerdict verdict = BenchVerdict::CannotTell;
    int rounds = 1;        ///< 2: repeated
    QStringList notes;     ///< sentences: in what else the runs differ
    QStringList sentences; ///< the verdict in words, one for each metric

    bool isRegression() const { return verdict == BenchVerdict::Regression; }
};

/// The rule (figures.md §5.3): a regression is p < 0.01 after Holm over the metrics AND an interval of the effect wholly beyond what matters: median
/// ratio above 1.05, failures more by over 1 point, drawn text worse by over 1 point. Latency by Mann-Whitney, paired in the bootstrap when the runs
/// asked the same list of different things; failures by Fisher's exact test. One comparison is only a suspicion: see confirmComparison(). Pure.
BenchComparison compareRuns(const BenchResult &before, const BenchResult &after);

/// Both rounds together: a metric has regressed (or is faster) only where both say so.
BenchComparison confirmComparison(const BenchComparison &first, const BenchComparison &second);

Json toJson(const BenchComparison &comparison);

/// P(at least \a k of \a b's failures by chance) in a 2 × 2 table, one-sided: that \a failedAfter of \a after are no more than \a failedBefore of \a before.
double fisherExact(int failedBefore, int before, int failedAfter, int after);

} // namespace Galley
