#include "core/base/statistics.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace Galley {

namespace {

std::vector<double> sorted(std::span<const double> values)
{
    std::vector<double> result(values.begin(), values.end());
    std::sort(result.begin(), result.end());
    return result;
}

/// Reorders \a values.
double medianInPlace(std::vector<double> &values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return values.size() % 2 == 1 ? *middle : (*middle + *std::max_element(values.begin(), middle)) / 2;
}

double clampedShare(double share)
{
    return std::clamp(share, 0.0, 1.0);
}

} // namespace

double medianOf(std::span<const double> values)
{
    std::vector<double> copy(values.begin(), values.end());
    return medianInPlace(copy);
}

QuantileEstimate quantileOf(std::span<const double> values, double share, double confidence)
{
    QuantileEstimate result;
    result.n = int(values.size());
    if (values.empty())
        return result;
    const std::vector<double> order = sorted(values);
    const int n = result.n;
    const auto at = [&order, n](int rank) { return order[std::size_t(std::clamp(rank, 1, n)) - 1]; };
    share = clampedShare(share);
    result.ms = {at(int(std::ceil(share * n))), order.front(), order.back()};
    // The true quantile lies below the smallest value with probability (1 - share)^n and above the largest with share^n. Half of the error belongs to
    // each end; an end that cannot keep to it takes more, and the other one gets the rest.
    const double error = 1 - confidence;
    const double aboveAll = std::pow(share, n);
    const double belowAll = std::pow(1 - share, n);
    if (aboveAll + belowAll > error)
        return result;
    result.isCovered = true;
    const double above = std::max(std::min(error / 2, error - belowAll), aboveAll);
    const double below = error - above;
    const int rank = std::max(1, int(std::ceil(share * n)));
    int low = rank;
    while (low > 1 && 1 - binomialTail(low, n, share) > below)  // P(X < low)
        --low;
    int high = rank;
    while (high < n && binomialTail(high, n, share) > above)
        ++high;
    result.ms.low = at(low);
    result.ms.high = at(high);
    return result;
}

int leastCountForQuantile(double share, double confidence)
{
    share = clampedShare(share);
    constexpr int most = 10'000'000;
    for (int n = 1; n < most; ++n) {
        if (std::pow(share, n) + std::pow(1 - share, n) <= 1 - confidence)
            return n;
    }
    return most;
}

int leastCountForShares(double base, double worse, double alpha, double power)
{
    // Fleiss, Statistical Methods for Rates and Proportions, without continuity correction.
    const double mean = (base + worse) / 2;
    const double spread = normalQuantile(1 - alpha) * std::sqrt(2 * mean * (1 - mean))
        + normalQuantile(power) * std::sqrt(base * (1 - base) + worse * (1 - worse));
    return worse == base ? std::numeric_limits<int>::max() : int(std::ceil(std::pow(spread / (worse - base), 2)));
}

Interval bootstrapMedianRatio(std::span<const double> a, std::span<const double> b, bool isPaired, double confidence, int resamples, std::uint64_t seed)
{
    const double bottom = medianOf(b);
    if (a.empty() || b.empty() || (isPaired && a.size() != b.size()) || bottom <= 0)
        return {};
    Dice dice(seed);
    std::vector<double> drawnA(a.size());
    std::vector<double> drawnB(b.size());
    std::vector<double> ratios;
    ratios.reserve(std::size_t(std::max(resamples, 1)));
    for (int i = 0; i < resamples; ++i) {
        for (std::size_t j = 0; j < a.size(); ++j) {
            const auto index = dice.below(a.size());
            drawnA[j] = a[index];
            if (isPaired)
                drawnB[j] = b[index];
        }
        for (std::size_t j = 0; !isPaired && j < b.size(); ++j)
            drawnB[j] = b[dice.below(b.size())];
        const double median = medianInPlace(drawnB);
        if (median > 0)
            ratios.push_back(medianInPlace(drawnA) / median);
    }
    const double value = medianOf(a) / bottom;
    if (ratios.empty())
        return {value, value, value};
    std::sort(ratios.begin(), ratios.end());
    const auto at = [&ratios](double share) {
        return ratios[std::clamp<std::size_t>(std::size_t(std::ceil(share * double(ratios.size()))), 1, ratios.size()) - 1];
    };
    return {value, at((1 - confidence) / 2), at((1 + confidence) / 2)};
}

std::vector<bool> holm(std::span<const double> p, double alpha)
{
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [p](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<bool> result(p.size(), false);
    for (std::size_t i = 0; i < order.size() && p[order[i]] <= alpha / double(order.size() - i); ++i)
        result[order[i]] = true;
    return result;
}

double normalCdf(double z)
{
    return std::erfc(-z / std::sqrt(2.0)) / 2;
}

double normalQuantile(double p)
{
    if (!(p > 0))
        return -std::numeric_limits<double>::infinity();
    if (p >= 1)
        return std::numeric_limits<double>::infinity();
    return boost::math::quantile(boost::math::normal(), p);
}

double binomialTail(int k, int n, double p)
{
    if (k <= 0)
        return 1;
    if (k > n)
        return 0;
    const boost::math::binomial distribution(n, clampedShare(p));
    return boost::math::cdf(boost::math::complement(distribution, k - 1));
}

double shareUpperBound(int k, int n, double confidence)
{
    if (n <= 0 || k >= n)
        return 1;
    return boost::math::binomial_distribution<>::find_upper_bound_on_p(n, std::max(k, 0), 1 - confidence);
}

std::uint64_t Dice::next()
{
    m_state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t mixed = m_state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31);
}

std::uint64_t Dice::below(std::uint64_t bound)
{
    return ((next() >> 32) * bound) >> 32;
}

double Dice::uniform()
{
    return double(next() >> 11) * 0x1.0p-53;
}

double Dice::normal()
{
    // Box and Muller (1958); the second value is thrown away, so that a draw depends on nothing before it but the state.
    const double radius = std::sqrt(-2 * std::log(1 - uniform()));
    return radius * std::cos(2 * 3.14159265358979323846 * uniform());
}

} // namespace Galley
