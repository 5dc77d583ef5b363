#pragma once

#include "core/routing/routepolicy.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Galley {

/// One render as the judge sees it, of either arm.
struct CanarySample
{
    QDateTime at;
    bool failed = false;           ///< the model's failure, not the request's
    double milliseconds = -1;      ///< of the service; -1: not known (failed)
    std::optional<double> costUsd;
    std::optional<double> quality; ///< 0–1, higher is better: text read back, layout, sharpness as one number
    std::optional<bool> picked;    ///< a person chose it over, or left it for, the other arm's picture

    bool operator==(const CanarySample &) const = default;
};

/// Where a canary stands: kept in the library, append-only history beside it.
struct CanaryState
{
    enum class Phase { Waiting, Running, Held, Done, RolledBack };  ///< Waiting: seen in the file, not started by anybody yet: runs at its first step

    QString rule;
    QString candidate;
    Phase phase = Phase::Waiting;
    int step = 0;             ///< index into RouteCanary::steps
    QDateTime startedAt;
    QDateTime stepSince;      ///< when this step began
    qint64 stepMonotonicMs = 0;  ///< time really spent at this step, awake or not but without jumps of the clock
    int looks = 0;            ///< how often it has been judged: the total error is spent over all looks
    double spentAlpha = 0;

    /// Percent of the cohorts that the candidate takes now.
    double sharePercent(const RouteCanary &canary) const;
    bool operator==(const CanaryState &) const = default;
};

enum class CanaryVerdict { NotEnoughData, Hold, Promote, RollBack };
QString canaryVerdictName(CanaryVerdict verdict);  ///< "not enough data", "hold", "promote", "roll back"

/// One compared metric and its numbers.
struct CanaryFinding
{
    QString metric;           ///< "failures", "latency", "cost", "quality", "picks"
    CanaryVerdict verdict = CanaryVerdict::NotEnoughData;
    double candidate = 0;     ///< share, median, or mean in the metric's own unit
    double control = 0;
    int nCandidate = 0;
    int nControl = 0;
    double p = 1;             ///< one-sided: candidate is worse
    QString sentence;

    bool operator==(const CanaryFinding &) const = default;
};

struct CanaryReport
{
    CanaryVerdict verdict = CanaryVerdict::NotEnoughData;
    QList<CanaryFinding> findings;
    QStringList reasons;      ///< sentences, the deciding one first
    int rendersWanted = 0;    ///< more renders of the candidate until it can be promoted; 0: enough
    qint64 bakeLeftMs = 0;

    bool operator==(const CanaryReport &) const = default;
};

/// Everything that one look depends on.
struct CanaryLook
{
    RouteCanary canary;
    CanaryState state;
    QList<CanarySample> candidate;  ///< since startedAt, oldest first
    QList<CanarySample> control;    ///< of the same rule in the same time
    QDateTime now;
};

/// Judges one canary. Pure. A total error of 1 % (a good candidate stopped) is spent over all looks and metrics; missing data never promotes and never
/// stops. Sources: SPRT for failures (Wald 1945), Mann-Whitney U with alpha spending (Lan & DeMets 1983) for the rest.
CanaryReport judgeCanary(const CanaryLook &look);

/// Whether \a project is among the cohorts of a canary at \a percent: buckets salted by rule, so that raising the share only adds projects and two
/// canaries do not always take the same ones.
bool isInCanary(const QString &rule, const QString &project, double percent);

} // namespace Galley
