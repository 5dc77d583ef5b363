#include "core/review/preferences.h"

#include "core/base/statistics.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Preferences", text);
}

using Matrix = std::vector<std::vector<double>>;

double logistic(double x)
{
    return 1 / (1 + std::exp(-x));
}

/// The inverse of a small positive definite matrix (Gauss and Jordan; no pivoting is needed for those).
Matrix inverse(Matrix a)
{
    const size_t n = a.size();
    Matrix result(n, std::vector<double>(n, 0));
    for (size_t i = 0; i < n; ++i)
        result[i][i] = 1;
    for (size_t i = 0; i < n; ++i) {
        const double pivot = a[i][i];
        for (size_t k = 0; k < n; ++k) {
            a[i][k] /= pivot;
            result[i][k] /= pivot;
        }
        for (size_t j = 0; j < n; ++j) {
            const double factor = a[j][i];
            if (j == i || factor == 0)
                continue;
            for (size_t k = 0; k < n; ++k) {
                a[j][k] -= factor * a[i][k];
                result[j][k] -= factor * result[i][k];
            }
        }
    }
    return result;
}

/// wins[i][j]: how often i was preferred to j.
class Fit
{
public:
    explicit Fit(Matrix wins)
        : m_wins(std::move(wins))
        , m_strengths(m_wins.size(), 0)
    {
        // The penalised likelihood is strictly concave: Newton's steps, shortened where they are wild, end at its one maximum.
        for (int round = 0; round < 100; ++round) {
            const std::vector<double> step = newtonStep();
            double largest = 0;
            for (const double each : step)
                largest = std::max(largest, std::fabs(each));
            const double factor = largest > 2 ? 2 / largest : 1;
            for (size_t i = 0; i < step.size(); ++i)
                m_strengths[i] += factor * step[i];
            if (largest < 1e-10)
                break;
        }
        centre();
    }

    double strength(size_t i) const { return m_strengths[i]; }
    double error(size_t i) const { return std::sqrt(std::max(0.0, m_covariance[i][i])); }

private:
    /// The share of an average opponent that each model has met without a person's choice.
    static constexpr double prior = 0.5;

    Matrix information() const
    {
        const size_t n = m_wins.size();
        Matrix hessian(n, std::vector<double>(n, 0));
        for (size_t i = 0; i < n; ++i) {
            const double alone = logistic(m_strengths[i]);
            hessian[i][i] += 2 * prior * alone * (1 - alone);
            for (size_t j = 0; j < n; ++j) {
                const double games = i == j ? 0 : m_wins[i][j] + m_wins[j][i];
                const double chance = logistic(m_strengths[i] - m_strengths[j]);
                hessian[i][i] += games * chance * (1 - chance);
                hessian[i][j] -= games * chance * (1 - chance);
            }
        }
        return hessian;
    }

    std::vector<double> newtonStep() const
    {
        const size_t n = m_wins.size();
        std::vector<double> gradient(n, 0);
        for (size_t i = 0; i < n; ++i) {
            gradient[i] = prior - 2 * prior * logistic(m_strengths[i]);
            for (size_t j = 0; j < n; ++j) {
                if (i != j)
                    gradient[i] += m_wins[i][j] - (m_wins[i][j] + m_wins[j][i]) * logistic(m_strengths[i] - m_strengths[j]);
            }
        }
        const Matrix inverted = inverse(information());
        std::vector<double> step(n, 0);
        for (size_t i = 0; i < n; ++i)
            step[i] = std::inner_product(gradient.cbegin(), gradient.cend(), inverted[i].cbegin(), 0.0);
        return step;
    }

    /// Strengths relative to the mean of all models, and the covariance of those differences.
    void centre()
    {
        const size_t n = m_wins.size();
        if (n == 0)
            return;
        const double mean = std::accumulate(m_strengths.cbegin(), m_strengths.cend(), 0.0) / double(n);
        for (double &strength : m_strengths)
            strength -= mean;
        m_covariance = inverse(information());
        std::vector<double> means(n, 0);
        double total = 0;
        for (size_t i = 0; i < n; ++i) {
            means[i] = std::accumulate(m_covariance[i].cbegin(), m_covariance[i].cend(), 0.0) / double(n);
            total += means[i] / double(n);
        }
        for (size_t i = 0; i < n; ++i) {
            for (size_t j = 0; j < n; ++j)
                m_covariance[i][j] += total - means[i] - means[j];
        }
    }

    Matrix m_wins;
    std::vector<double> m_strengths;
    Matrix m_covariance;
};

/// Whether picks link all models with each other.
bool allLinked(const Matrix &wins)
{
    std::vector<size_t> open{0};
    std::vector<bool> seen(wins.size(), false);
    seen[0] = true;
    for (size_t next = 0; next < open.size(); ++next) {
        for (size_t j = 0; j < wins.size(); ++j) {
            if (!seen[j] && wins[open[next]][j] + wins[j][open[next]] > 0) {
                seen[j] = true;
                open.push_back(j);
            }
        }
    }
    return open.size() == wins.size();
}

QString sentenceFor(const Preferences &preferences)
{
    if (preferences.picks == 0)
        return tr("Nobody has picked between pictures of two models yet.");
    const ModelStrength &first = preferences.models.first();
    const QString counted = QCoreApplication::translate("Galley::Preferences", "%n pick(s)", nullptr, preferences.picks);
    if (!preferences.isConnected) {
        return tr("After %1 some models have never been compared with the others; their places say little. Compare them side by side.").arg(counted);
    }
    const bool leads = first.low > 0.5;
    if (!leads)
        return tr("Not enough data: after %1 no model is clearly preferred.").arg(counted);
    return tr("%1 is preferred to an average model in %2 % of the cases (%3–%4 %), after %5.")
        .arg(first.model)
        .arg(qRound(100 * first.share))
        .arg(qRound(100 * first.low))
        .arg(qRound(100 * first.high))
        .arg(counted);
}

} // namespace

QList<Preference> preferencesOf(const QList<PickPair> &picks)
{
    QList<Preference> preferences;
    for (const PickPair &pick : picks)
        preferences.append({pick.chosenModel, pick.leftOutModel});
    return preferences;
}

Preferences modelPreferences(const QList<Preference> &picks, double confidence)
{
    QMap<QString, size_t> numbers;
    for (const Preference &pick : picks) {
        if (pick.chosen.isEmpty() || pick.leftOut.isEmpty() || pick.chosen == pick.leftOut)
            continue;
        numbers.insert(pick.chosen, 0);
        numbers.insert(pick.leftOut, 0);
    }
    size_t number = 0;
    for (size_t &each : numbers)
        each = number++;
    Preferences result;
    result.models.resize(qsizetype(number));
    Matrix wins(number, std::vector<double>(number, 0));
    for (const Preference &pick : picks) {
        if (!numbers.contains(pick.chosen) || !numbers.contains(pick.leftOut) || pick.chosen == pick.leftOut)
            continue;
        const size_t winner = numbers.value(pick.chosen);
        const size_t loser = numbers.value(pick.leftOut);
        wins[winner][loser] += 1;
        ++result.models[qsizetype(winner)].chosen;
        ++result.models[qsizetype(loser)].leftOut;
        ++result.picks;
    }
    if (number == 0) {
        result.sentence = sentenceFor(result);
        return result;
    }
    result.isConnected = allLinked(wins);
    const Fit fit(wins);
    const double z = normalQuantile(0.5 + confidence / 2);
    for (auto model = numbers.cbegin(); model != numbers.cend(); ++model) {
        ModelStrength &strength = result.models[qsizetype(model.value())];
        strength.model = model.key();
        strength.strength = fit.strength(model.value());
        strength.error = fit.error(model.value());
        strength.share = logistic(strength.strength);
        strength.low = logistic(strength.strength - z * strength.error);
        strength.high = logistic(strength.strength + z * strength.error);
    }
    std::stable_sort(result.models.begin(), result.models.end(), [](const ModelStrength &a, const ModelStrength &b) { return a.strength > b.strength; });
    result.sentence = sentenceFor(result);
    return result;
}

double preferenceChance(const Preferences &preferences, const QString &a, const QString &b)
{
    const auto find = [&](const QString &model) {
        return std::find_if(preferences.models.cbegin(), preferences.models.cend(), [&](const ModelStrength &each) { return each.model == model; });
    };
    const auto first = find(a);
    const auto second = find(b);
    if (first == preferences.models.cend() || second == preferences.models.cend())
        return 0.5;
    return logistic(first->strength - second->strength);
}

} // namespace Galley
