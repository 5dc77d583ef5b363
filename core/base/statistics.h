#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace Galley {

/// The statistics that canaries and benchmarks rest on. Pure and without global state: whatever draws takes its seed and gives the same numbers on
/// every machine. Values are finite; nothing fails, what cannot be computed is said at each function. Any thread.

/// A value with its confidence interval.
struct Interval
{
    double value = 0;
    double low = 0;
    double high = 0;
};

/// The middle value, or the mean of the two in the middle; 0 without values.
double medianOf(std::span<const double> values);

/// A quantile with its interval from order statistics, which assumes no distribution.
struct QuantileEstimate
{
    Interval ms;             ///< in the unit of the values; low and high are the extremes when n is too small
    int n = 0;
    bool isCovered = false;  ///< the interval reaches the confidence; false: n is too small
};
/// The \a share quantile (nearest rank). All zero without values.
QuantileEstimate quantileOf(std::span<const double> values, double share, double confidence = 0.95);
/// How many values an interval of the \a share quantile needs at least: 6 for the median, 59 for p95, 299 for p99 at 95 %.
int leastCountForQuantile(double share, double confidence = 0.95);
/// How many values an arm needs so that a share of \a worse is told from one of \a base (one-sided \a alpha): 224 for 1 % → 5 % (figures.md 2.3).
int leastCountForShares(double base, double worse, double alpha = 0.05, double power = 0.8);

enum class Tail { Less, Greater, TwoSided };
/// Mann-Whitney U: the p of values as large as those of \a a (Greater: worse latency) if both came from one distribution. Exact while the arrangements
/// can be counted (without ties below 2^62: 30 an arm, 15 beside 100; with ties 40 values together), else normal with tie and continuity correction.
/// 1 when an arm is empty.
double mannWhitney(std::span<const double> a, std::span<const double> b, Tail tail);

/// Bootstrap interval (percentile, \a resamples draws) of median(a) / median(b); paired when \a isPaired (same length): pairs are drawn together.
/// Values are positive (times, prices). All zero when an arm is empty, the lengths of pairs differ, or median(b) is not positive.
Interval bootstrapMedianRatio(std::span<const double> a, std::span<const double> b, bool isPaired, double confidence = 0.95, int resamples = 2000,
                              std::uint64_t seed = 1);

/// Holm's step-down (1979): which of the p values are significant at \a alpha together; same order.
std::vector<bool> holm(std::span<const double> p, double alpha);

double normalCdf(double z);
/// -∞ and ∞ at 0 and 1.
double normalQuantile(double p);
/// P(X ≥ k) for X binomial (n, p).
double binomialTail(int k, int n, double p);
/// The largest share that \a k of \a n still speak for (Clopper and Pearson 1934, one-sided): 0 of 20 → 13.9 %. 1 without anything.
double shareUpperBound(int k, int n, double confidence = 0.95);

/// A small random generator (SplitMix64, Steele et al. 2014): the same numbers on every machine, which the standard library's distributions do not give.
class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_state(seed)
    {}

    std::uint64_t next();
    std::uint64_t below(std::uint64_t bound);  ///< 0 … bound - 1; \a bound far below 2^32
    double uniform();                          ///< [0, 1)
    double normal();                           ///< mean 0, deviation 1

private:
    std::uint64_t m_state;
};

} // namespace Galley
