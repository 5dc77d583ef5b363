#include "core/base/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace Galley {

namespace {

struct Ranked
{
    std::vector<int> doubled;  ///< twice the mid-rank of each value, from the smallest on
    std::vector<bool> isA;
    std::int64_t sumA = 0;     ///< of a's doubled ranks
    double tieTerm = 0;        ///< Σ t³ - t over the groups of equal values
};

Ranked rank(std::span<const double> a, std::span<const double> b)
{
    std::vector<std::pair<double, bool>> all;
    all.reserve(a.size() + b.size());
    for (const double value : a)
        all.emplace_back(value, true);
    for (const double value : b)
        all.emplace_back(value, false);
    std::sort(all.begin(), all.end());
    Ranked result;
    for (std::size_t first = 0; first < all.size();) {
        std::size_t end = first + 1;
        while (end < all.size() && all[end].first == all[first].first)
            ++end;
        const double t = double(end - first);
        result.tieTerm += t * t * t - t;
        for (std::size_t i = first; i < end; ++i) {
            result.doubled.push_back(int(first + end + 1));  // ranks first + 1 … end: twice their mean
            result.isA.push_back(all[i].second);
            result.sumA += all[i].second ? result.doubled.back() : 0;
        }
        first = end;
    }
    return result;
}

/// C(n, k) while it stays below 2^62, else 0.
std::int64_t arrangements(int n, int k)
{
    double about = 1;
    std::int64_t exact = 1;
    k = std::min(k, n - k);
    for (int i = 1; i <= k; ++i) {
        about = about * (n - k + i) / i;
        if (about >= 0x1.0p62)
            return 0;
        exact = std::int64_t(__int128(exact) * (n - k + i) / i);
    }
    return exact;
}

/// How many arrangements of \a n and \a m values have each U, 0 … n·m: the coefficients of the Gaussian binomial, by multiplying with
/// 1 - q^(m+i) and dividing by 1 - q^i. Every step is a count itself, so that whole numbers suffice.
std::vector<std::int64_t> countsOfU(int n, int m)
{
    std::vector<std::int64_t> counts(std::size_t(n) * std::size_t(m) + 1, 0);
    counts[0] = 1;
    for (int i = 1; i <= n; ++i) {
        for (std::size_t u = counts.size(); u-- > std::size_t(m + i);)
            counts[u] -= counts[u - std::size_t(m + i)];
        for (std::size_t u = std::size_t(i); u < counts.size(); ++u)
            counts[u] += counts[u - std::size_t(i)];
    }
    return counts;
}

struct Tails
{
    double less = 1;     ///< P(as small or smaller)
    double greater = 1;
};

Tails exactTails(std::int64_t u, int n, int m)
{
    const std::vector<std::int64_t> counts = countsOfU(std::min(n, m), std::max(n, m));
    double less = 0, greater = 0, all = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const auto count = double(counts[i]);
        all += count;
        less += std::int64_t(i) <= u ? count : 0;
        greater += std::int64_t(i) >= u ? count : 0;
    }
    return {less / all, greater / all};
}

/// The permutation distribution of the rank sum with its ties: subsets of each size by their sum.
Tails exactTailsWithTies(const Ranked &ranked, int n)
{
    std::int64_t most = 0;
    for (const int value : ranked.doubled)
        most += value;
    const auto width = std::size_t(most) + 1;
    std::vector<double> counts(std::size_t(n + 1) * width, 0);
    counts[0] = 1;
    for (const int value : ranked.doubled) {
        for (int size = n; size >= 1; --size) {
            double *to = counts.data() + std::size_t(size) * width;
            const double *from = to - width;
            for (std::size_t sum = std::size_t(value); sum < width; ++sum)
                to[sum] += from[sum - std::size_t(value)];
        }
    }
    const double *last = counts.data() + std::size_t(n) * width;
    double less = 0, greater = 0, all = 0;
    for (std::size_t sum = 0; sum < width; ++sum) {
        all += last[sum];
        less += std::int64_t(sum) <= ranked.sumA ? last[sum] : 0;
        greater += std::int64_t(sum) >= ranked.sumA ? last[sum] : 0;
    }
    return {less / all, greater / all};
}

Tails normalTails(double u, double n, double m, double tieTerm)
{
    const double all = n + m;
    const double variance = n * m / 12 * (all + 1 - tieTerm / (all * (all - 1)));
    if (variance <= 0)
        return {};
    const double away = u - n * m / 2;
    const double deviation = std::sqrt(variance);
    return {normalCdf((away + 0.5) / deviation), normalCdf(-(away - 0.5) / deviation)};
}

} // namespace

double mannWhitney(std::span<const double> a, std::span<const double> b, Tail tail)
{
    if (a.empty() || b.empty())
        return 1;
    constexpr int mostWithTies = 40;
    const int n = int(a.size());
    const int m = int(b.size());
    const Ranked ranked = rank(a, b);
    const std::int64_t doubledU = ranked.sumA - std::int64_t(n) * (n + 1);
    Tails tails;
    if (ranked.doubled.front() == ranked.doubled.back())
        return 1;  // all of them equal
    if (ranked.tieTerm == 0 && arrangements(n + m, n) > 0)
        tails = exactTails(doubledU / 2, n, m);
    else if (ranked.tieTerm > 0 && n + m <= mostWithTies)
        tails = exactTailsWithTies(ranked, n);
    else
        tails = normalTails(double(doubledU) / 2, n, m, ranked.tieTerm);
    switch (tail) {
    case Tail::Less: return tails.less;
    case Tail::Greater: return tails.greater;
    case Tail::TwoSided: break;
    }
    return std::min(1.0, 2 * std::min(tails.less, tails.greater));
}

} // namespace Galley
