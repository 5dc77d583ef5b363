#include "core/base/statistics.h"
#include "core/review/preferences.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Galley;

class TestPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noPicks_sayNothing();
    void workedExample();
    void neverLost_staysFinite();
    void evenPicks_areEven();
    void itselfAndNobody_areNotCounted();
    void strangers_areToldApart();
    void order_doesNotMatter();
    void intervals_coverTheTruth();
    void leaders_areRarelyWrong();
};

namespace {

const ModelStrength &of(const Preferences &preferences, const QString &model)
{
    static const ModelStrength none;
    const auto found = std::find_if(preferences.models.cbegin(), preferences.models.cend(), [&](const ModelStrength &each) { return each.model == model; });
    return found == preferences.models.cend() ? none : *found;
}

QList<Preference> times(int count, const QString &chosen, const QString &leftOut)
{
    return QList<Preference>(count, {chosen, leftOut});
}

QString name(size_t i)
{
    return QStringLiteral("model-%1").arg(i);
}

/// Picks between all pairs of models with \a strengths, \a games each.
QList<Preference> simulated(Dice &dice, const QList<double> &strengths, int games)
{
    QList<Preference> picks;
    for (qsizetype i = 0; i < strengths.size(); ++i) {
        for (qsizetype j = i + 1; j < strengths.size(); ++j) {
            const double chance = 1 / (1 + std::exp(strengths[j] - strengths[i]));
            for (int game = 0; game < games; ++game)
                picks += dice.uniform() < chance ? Preference{name(size_t(i)), name(size_t(j))} : Preference{name(size_t(j)), name(size_t(i))};
        }
    }
    return picks;
}

} // namespace

void TestPreferences::noPicks_sayNothing()
{
    const Preferences preferences = modelPreferences({});
    QVERIFY(preferences.models.isEmpty());
    QCOMPARE(preferences.picks, 0);
    QVERIFY(!preferences.sentence.isEmpty());
    QCOMPARE(preferenceChance(preferences, QStringLiteral("a"), QStringLiteral("b")), 0.5);
}

/// The American League East of 1987 (Agresti, Categorical Data Analysis, 10.6), 13 games a pair: strengths relative to Baltimore as R's BradleyTerry2
/// gives them, without a prior. Ours pulls 78 games by one towards the mean.
void TestPreferences::workedExample()
{
    const QStringList teams{QStringLiteral("Milwaukee"), QStringLiteral("Detroit"), QStringLiteral("Toronto"), QStringLiteral("New York"),
                            QStringLiteral("Boston"), QStringLiteral("Cleveland"), QStringLiteral("Baltimore")};
    constexpr std::array<std::array<int, 7>, 7> wins{{{0, 7, 9, 7, 7, 9, 11},
                                                      {6, 0, 7, 5, 11, 9, 9},
                                                      {4, 6, 0, 7, 7, 8, 12},
                                                      {6, 8, 6, 0, 6, 7, 10},
                                                      {6, 2, 6, 7, 0, 7, 12},
                                                      {4, 4, 5, 6, 6, 0, 6},
                                                      {2, 4, 1, 3, 1, 7, 0}}};
    constexpr std::array<double, 7> expected{1.5814, 1.4364, 1.2945, 1.2476, 1.1077, 0.6839, 0};
    QList<Preference> picks;
    for (size_t i = 0; i < 7; ++i) {
        for (size_t j = 0; j < 7; ++j)
            picks += times(wins[i][j], teams[qsizetype(i)], teams[qsizetype(j)]);
    }
    const Preferences preferences = modelPreferences(picks);
    QCOMPARE(preferences.picks, 21 * 13);
    double sum = 0;
    for (size_t i = 0; i < 7; ++i) {
        QCOMPARE(preferences.models[qsizetype(i)].model, teams[qsizetype(i)]);
        const double relative = preferences.models[qsizetype(i)].strength - of(preferences, QStringLiteral("Baltimore")).strength;
        QVERIFY2(std::abs(relative - expected[i]) < 0.06, qPrintable(QStringLiteral("%1: %2").arg(teams[qsizetype(i)]).arg(relative)));
        sum += preferences.models[qsizetype(i)].strength;
    }
    QVERIFY(std::abs(sum) < 1e-9);
    QVERIFY(std::abs(preferenceChance(preferences, QStringLiteral("Milwaukee"), QStringLiteral("Baltimore")) - 1 / (1 + std::exp(-1.5814))) < 0.02);
}

void TestPreferences::neverLost_staysFinite()
{
    double before = 0.5;
    for (const int count : {1, 3, 10, 100, 10'000}) {
        const Preferences preferences = modelPreferences(times(count, QStringLiteral("new"), QStringLiteral("old")));
        const ModelStrength &best = preferences.models.first();
        QCOMPARE(best.model, QStringLiteral("new"));
        QVERIFY(std::isfinite(best.strength) && std::isfinite(best.error));
        QVERIFY(best.share > before && best.share < 1);  // more picks, more sure
        QVERIFY(best.low < best.share && best.share < best.high);
        before = best.share;
    }
    // One pick is no lead, ten are.
    QVERIFY(modelPreferences(times(1, QStringLiteral("new"), QStringLiteral("old"))).models.first().low < 0.5);
    QVERIFY(modelPreferences(times(10, QStringLiteral("new"), QStringLiteral("old"))).models.first().low > 0.5);
}

void TestPreferences::evenPicks_areEven()
{
    const Preferences preferences = modelPreferences(times(20, QStringLiteral("a"), QStringLiteral("b")) + times(20, QStringLiteral("b"), QStringLiteral("a")));
    for (const ModelStrength &model : preferences.models) {
        QVERIFY(std::abs(model.share - 0.5) < 1e-9);
        QVERIFY(model.low < 0.5 && model.high > 0.5);
        QCOMPARE(model.chosen, 20);
        QCOMPARE(model.leftOut, 20);
    }
}

void TestPreferences::itselfAndNobody_areNotCounted()
{
    const Preferences preferences = modelPreferences(times(3, QStringLiteral("a"), QStringLiteral("a")) + times(1, QStringLiteral("a"), {})
                                                     + times(2, QStringLiteral("b"), QStringLiteral("a")) + times(5, QStringLiteral("c"), QStringLiteral("c")));
    QCOMPARE(preferences.picks, 2);
    QCOMPARE(preferences.models.size(), 2);
    QCOMPARE(of(preferences, QStringLiteral("a")).leftOut, 2);
    QCOMPARE(of(preferences, QStringLiteral("a")).chosen, 0);
}

void TestPreferences::strangers_areToldApart()
{
    const auto apart = times(8, QStringLiteral("a"), QStringLiteral("b")) + times(8, QStringLiteral("c"), QStringLiteral("d"));
    QVERIFY(!modelPreferences(apart).isConnected);
    QVERIFY(modelPreferences(apart + times(1, QStringLiteral("b"), QStringLiteral("c"))).isConnected);
}

void TestPreferences::order_doesNotMatter()
{
    Dice dice(5);
    QList<Preference> picks = simulated(dice, {0.8, 0.1, -0.9}, 7);
    const Preferences first = modelPreferences(picks);
    std::reverse(picks.begin(), picks.end());
    QCOMPARE(modelPreferences(picks), first);
}

/// 95 % intervals hold the true share in about 95 % of the cases, for close and for far models, from few picks and from many.
void TestPreferences::intervals_coverTheTruth()
{
    constexpr int runs = 400;
    const QList<double> truth{0.9, 0.3, -0.2, -1.0};  // they add up to 0
    for (const int games : {3, 10, 40}) {
        Dice dice{quint64(games)};
        int covered = 0;
        for (int run = 0; run < runs; ++run) {
            const Preferences preferences = modelPreferences(simulated(dice, truth, games));
            for (qsizetype i = 0; i < truth.size(); ++i) {
                const double share = 1 / (1 + std::exp(-truth[i]));
                const ModelStrength &found = of(preferences, name(size_t(i)));
                covered += found.low <= share && share <= found.high;
            }
        }
        const double coverage = double(covered) / (runs * double(truth.size()));
        QVERIFY2(coverage > 0.93 && coverage < 0.99, qPrintable(QStringLiteral("%1 games: %2").arg(games).arg(coverage)));
    }
}

/// Of equal models, one is said to lead no more often than the intervals allow.
void TestPreferences::leaders_areRarelyWrong()
{
    constexpr int runs = 400;
    Dice dice(11);
    int wrong = 0;
    for (int run = 0; run < runs; ++run)
        wrong += modelPreferences(simulated(dice, {0, 0}, 20)).models.first().low > 0.5;
    QVERIFY2(wrong < runs * 0.08, qPrintable(QString::number(wrong)));
}

QTEST_GUILESS_MAIN(TestPreferences)
#include "tst_preferences.moc"
