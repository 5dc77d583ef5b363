#include "core/routing/canary.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <utility>

namespace Galley {

namespace {

using Phase = CanaryState::Phase;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Canary", text);
}

constexpr std::array<std::pair<Phase, const char *>, 5> phaseNames{{
    {Phase::Waiting, "waiting"},
    {Phase::Running, "running"},
    {Phase::Held, "held"},
    {Phase::Done, "done"},
    {Phase::RolledBack, "rolled back"},
}};

qsizetype lastStep(const RouteCanary &canary)
{
    return std::max<qsizetype>(canary.steps.size() - 1, 0);
}

QString percent(double value)
{
    return QLocale::c().toString(value, 'g', 4);
}

void beginStep(CanaryState &state, const QDateTime &wallNow, int renders)
{
    state.phase = Phase::Running;
    state.stepSince = wallNow;
    state.stepMonotonicMs = 0;
    state.stepRenders = renders;
}

void start(CanaryState &state, const QDateTime &wallNow, int renders)
{
    state.step = 0;
    state.startedAt = wallNow;
    beginStep(state, wallNow, renders);
}

CanaryMove toNextStep(CanaryState state, const RouteCanary &canary, const QDateTime &wallNow, int renders)
{
    if (state.step >= lastStep(canary)) {
        state.phase = Phase::Done;
        return {state, canary.shadow ? tr("The comparison with %1 is complete.").arg(state.candidate)
                                     : tr("%1 has passed its last step and takes over.").arg(state.candidate)};
    }
    ++state.step;
    beginStep(state, wallNow, renders);
    return {state, tr("%1 goes up to %2 % of the cohorts.").arg(state.candidate, percent(state.sharePercent(canary)))};
}

Result<CanaryMove> refuse(const QString &sentence)
{
    return fail(ErrorCode::Refused, sentence);
}

} // namespace

double CanaryState::sharePercent(const RouteCanary &canary) const
{
    if (phase == Phase::RolledBack || canary.steps.isEmpty())
        return 0;
    if (phase == Phase::Done)
        return canary.shadow ? 0 : 100;  // what was only compared takes nothing over
    return canary.steps.at(std::clamp<qsizetype>(step, 0, lastStep(canary)));
}

QString canaryPhaseName(Phase phase)
{
    for (const auto &[known, name] : phaseNames) {
        if (known == phase)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<Phase> canaryPhaseFromName(const QString &name)
{
    for (const auto &[known, word] : phaseNames) {
        if (name == QLatin1String(word))
            return known;
    }
    return std::nullopt;
}

QString canaryVerdictName(CanaryVerdict verdict)
{
    switch (verdict) {
    case CanaryVerdict::NotEnoughData: return QStringLiteral("not enough data");
    case CanaryVerdict::Hold: return QStringLiteral("hold");
    case CanaryVerdict::Promote: return QStringLiteral("promote");
    case CanaryVerdict::RollBack: return QStringLiteral("roll back");
    }
    return {};
}

CanaryState pass(CanaryState state, const BootTime &now)
{
    if (state.phase == Phase::Running && state.seen.boot == now.boot)
        state.stepMonotonicMs += std::max<qint64>(0, now.ms - state.seen.ms);
    state.seen = now;
    return state;
}

CanaryMove advance(CanaryState state, const RouteCanary &canary, const CanaryReport &report, const QDateTime &wallNow)
{
    if (state.phase == Phase::Done || state.phase == Phase::RolledBack)
        return {state, {}};
    CanaryMove move{std::move(state), {}};
    move.state.step = std::clamp(move.state.step, 0, int(lastStep(canary)));
    move.state.looks = report.looks;
    move.state.spentAlpha = report.spentAlpha;
    if (move.state.phase == Phase::Waiting) {
        start(move.state, wallNow, 0);
        move.sentence = tr("%1 begins with %2 % of the cohorts.").arg(move.state.candidate, percent(move.state.sharePercent(canary)));
    }
    if (report.verdict == CanaryVerdict::RollBack) {
        move.state.phase = Phase::RolledBack;
        move.sentence = tr("%1 was taken back. %2").arg(move.state.candidate, report.reasons.value(0));
    } else if (report.verdict == CanaryVerdict::Promote && canary.autoPromote && move.state.phase == Phase::Running) {
        return toNextStep(std::move(move.state), canary, wallNow, report.renders);
    }
    return move;
}

Result<CanaryMove> applyAction(CanaryState state, const RouteCanary &canary, CanaryAction action, const QDateTime &wallNow, int renders)
{
    const QString name = state.candidate;
    const Phase phase = state.phase;
    const bool isOver = phase == Phase::Done || phase == Phase::RolledBack;
    switch (action) {
    case CanaryAction::Promote:
        if (isOver) {
            return refuse(phase == Phase::Done ? tr("%1 has passed its last step already.").arg(name)
                                               : tr("%1 was taken back. Start it again before you promote it.").arg(name));
        }
        if (phase == Phase::Waiting)
            start(state, wallNow, 0);
        return toNextStep(std::move(state), canary, wallNow, renders);
    case CanaryAction::Hold:
        if (isOver)
            return refuse(tr("The canary of %1 is over; there is nothing to hold.").arg(name));
        if (phase == Phase::Waiting)
            start(state, wallNow, 0);
        state.phase = Phase::Held;
        return CanaryMove{state, tr("%1 is held at %2 % of the cohorts.").arg(name, percent(state.sharePercent(canary)))};
    case CanaryAction::Resume:
        if (phase != Phase::Held)
            return refuse(tr("%1 is not held.").arg(name));
        state.phase = Phase::Running;
        return CanaryMove{state, tr("%1 goes on at %2 % of the cohorts.").arg(name, percent(state.sharePercent(canary)))};
    case CanaryAction::RollBack:
        if (phase == Phase::RolledBack)
            return refuse(tr("%1 was taken back already.").arg(name));
        state.phase = Phase::RolledBack;
        return CanaryMove{state, tr("%1 was taken back by hand.").arg(name)};
    case CanaryAction::Restart:
        state.looks = 0;
        state.spentAlpha = 0;
        start(state, wallNow, 0);
        return CanaryMove{state, tr("%1 starts again with %2 % of the cohorts.").arg(name, percent(state.sharePercent(canary)))};
    }
    return refuse({});
}

} // namespace Galley
