#pragma once

#include "core/base/boottime.h"
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
    qint64 sequence = 0;           ///< rises in the order in which the library got them, over both arms: an order without jumps of the clock
    QDateTime at;                  ///< for people; orders samples of the same sequence only
    bool failed = false;           ///< the model's failure, not the request's: modelFailure() says NotSent or Ambiguous
    double milliseconds = -1;      ///< of the service; -1: not known (failed)
    std::optional<double> costUsd;
    std::optional<double> quality; ///< 0–1, higher is better: text read back, layout, sharpness as one number
    std::optional<bool> picked;    ///< a person chose it over, or left it for, the other arm's picture

    bool operator==(const CanarySample &) const = default;
};

/// Where a canary stands: kept in the library, append-only history beside it.
struct CanaryState
{
    /// Waiting: seen in the file, not started by anybody yet: runs at its first step. Held: a person stopped it where it is.
    enum class Phase { Waiting, Running, Held, Done, RolledBack };

    QString rule;
    QString candidate;
    Phase phase = Phase::Waiting;
    int step = 0;             ///< index into RouteCanary::steps
    QDateTime startedAt;
    QDateTime stepSince;      ///< when this step began
    qint64 stepMonotonicMs = 0;  ///< time really spent at this step, awake or not but without jumps of the clock
    BootTime seen;            ///< up to when stepMonotonicMs is counted
    int stepRenders = 0;      ///< the candidate's renders before this step began: what counts for min_renders is what came after
    int looks = 0;            ///< at how many counts of renders it has been judged: the total error is spent over all of them
    double spentAlpha = 0;    ///< of the total error, so far

    /// Percent of the cohorts that the candidate takes now.
    double sharePercent(const RouteCanary &canary) const;
    bool operator==(const CanaryState &) const = default;
};

QString canaryPhaseName(CanaryState::Phase phase);  ///< "waiting", "running", "held", "done", "rolled back": stable, stored
std::optional<CanaryState::Phase> canaryPhaseFromName(const QString &name);

enum class CanaryVerdict { NotEnoughData, Hold, Promote, RollBack };
QString canaryVerdictName(CanaryVerdict verdict);  ///< "not enough data", "hold", "promote", "roll back"

/// One compared metric and its numbers.
struct CanaryFinding
{
    QString metric;           ///< "failures", "latency", "cost", "quality", "picks"
    CanaryVerdict verdict = CanaryVerdict::NotEnoughData;
    double candidate = 0;     ///< share (failures, picks), median in ms (latency), mean in USD (cost) or 0–1 (quality)
    double control = 0;
    int nCandidate = 0;
    int nControl = 0;
    double p = 1;             ///< one-sided: candidate is worse
    double alpha = 0;         ///< what p had to be at this look for a rollback
    QString sentence;

    bool operator==(const CanaryFinding &) const = default;
};

struct CanaryReport
{
    CanaryVerdict verdict = CanaryVerdict::NotEnoughData;
    QList<CanaryFinding> findings;
    QStringList reasons;      ///< sentences, the deciding one first
    int renders = 0;          ///< of the candidate since it started, failed ones too
    int rendersWanted = 0;    ///< more renders of the candidate until it can be promoted; 0: enough
    qint64 bakeLeftMs = 0;
    int looks = 0;            ///< for CanaryState
    double spentAlpha = 0;

    bool operator==(const CanaryReport &) const = default;
};

/// Everything that one look depends on.
struct CanaryLook
{
    RouteCanary canary;
    CanaryState state;
    QList<CanarySample> candidate;  ///< since it started, oldest first; counted by the library's order, never by time
    QList<CanarySample> control;    ///< of the same rule since then, first choices only
};

/// What a wrong rollback may cost in all, over all looks and metrics.
constexpr double canaryTotalError = 0.01;

/// Judges one canary. Pure, as often as one likes: only counts of renders decide what is looked at, so that the same renders give the same verdict. A
/// total error of 1 % (a good candidate stopped) is spent over all looks and metrics; missing data never promotes and never stops.
/// Failures: a sequential Bayes factor, valid at every look (Ville 1939; the mixture form of Wald's SPRT, Robbins 1970). The rest: Mann-Whitney U, or
/// the binomial for picks, at rising counts of renders with alpha spending (Lan & DeMets 1983) by the union bound. Both arms' times are compared as they
/// are: a candidate that gets other work than the control (larger pictures) is compared with other work.
CanaryReport judgeCanary(const CanaryLook &look);

/// What becomes of a canary, and the sentence for its history (empty: nothing worth one).
struct CanaryMove
{
    CanaryState state;
    QString sentence;
};

/// Lets the time up to \a now pass: it counts for the bake time when it is of the same start of the machine, whatever the wall clock says, and also while
/// Galley was closed. Time in which the machine was switched off does not count: nobody can tell it from a jump of the clock, and later is safer than
/// earlier. Call it before judgeCanary() and when Galley starts.
CanaryState pass(CanaryState state, const BootTime &now);

/// What \a report does by itself: it starts a waiting canary, takes a bad one back and promotes a good one only where the file allows it. Never touches
/// one that is held (but for taking it back), done or rolled back. \a wallNow is written down, nothing depends on it.
CanaryMove advance(CanaryState state, const RouteCanary &canary, const CanaryReport &report, const QDateTime &wallNow);

/// What a person does.
enum class CanaryAction { Promote, Hold, Resume, RollBack, Restart };
/// An Error (Refused) with a sentence where it makes no sense, such as promoting what was rolled back. Restart begins anew, with all of the error to
/// spend: the caller drops the samples of before. \a renders: of the candidate so far (CanaryReport::renders).
Result<CanaryMove> applyAction(CanaryState state, const RouteCanary &canary, CanaryAction action, const QDateTime &wallNow, int renders);

/// Whether \a project is among the cohorts of a canary at \a percent: buckets salted by rule, so that raising the share only adds projects and two
/// canaries do not always take the same ones.
bool isInCanary(const QString &rule, const QString &project, double percent);

} // namespace Galley
