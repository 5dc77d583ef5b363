#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace Galley {

/// The statistics that canaries and benchmarks rest on. Pure; no global state: whatever draws takes its seed.

/// A value with its confidence interval.
struct Interval
{
    double value = 0;
    double low = 0;
    double high = 0;
};

/// The \a share quantile (nearest rank) with a distribution-free interval from order statistics. low/high are the extremes when n is too small for
/// \a confidence; isWide then says so.
struct QuantileEstimate
{
    Interval ms;
    int n = 0;
    bool isCovered = false;  ///< the interval reaches the confidence; false: n is too small
};
QuantileEstimate quantileOf(std::span<const double> values, double share, double confidence = 0.95);
/// How many values a two-sided interval of the \a share quantile needs.
int leastCountForQuantile(double share, double confidence = 0.95);

enum class Tail { Less, Greater, TwoSided };
/// Mann-Whitney U: p that \a a is greater (Greater: worse latency) than \a b. Exact up to 20 values an arm without ties, else normal with tie and
/// continuity correction. 1 when an arm is empty.
double mannWhitney(std::span<const double> a, std::span<const double> b, Tail tail);

/// Bootstrap interval (percentile, \a resamples draws) of median(a) / median(b); paired when \a isPaired (same length): pairs are drawn together.
Interval bootstrapMedianRatio(std::span<const double> a, std::span<const double> b, bool isPaired, double confidence = 0.95, int resamples = 2000,
                              std::uint64_t seed = 1);

/// Holm's step-down: which of the p values are significant at \a alpha together; same order.
std::vector<bool> holm(std::span<const double> p, double alpha);

double normalCdf(double z);
double normalQuantile(double p);
/// P(X ≥ k) for X binomial (n, p).
double binomialTail(int k, int n, double p);

} // namespace Galley
