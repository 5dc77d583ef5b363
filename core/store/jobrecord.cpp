#include "core/store/jobrecord.h"

namespace Galley {

QString laneName(Lane lane)
{
    switch (lane) {
    case Lane::Interactive: return QStringLiteral("interactive");
    case Lane::Final: return QStringLiteral("final");
    case Lane::Batch: return QStringLiteral("batch");
    }
    return {};
}

QString jobStateName(JobState state)
{
    switch (state) {
    case JobState::Queued: return QStringLiteral("queued");
    case JobState::Held: return QStringLiteral("held");
    case JobState::Sending: return QStringLiteral("sending");
    case JobState::Running: return QStringLiteral("running");
    case JobState::Backoff: return QStringLiteral("backoff");
    case JobState::Undecided: return QStringLiteral("undecided");
    case JobState::Done: return QStringLiteral("done");
    case JobState::Failed: return QStringLiteral("failed");
    case JobState::Cancelled: return QStringLiteral("cancelled");
    }
    return {};
}

} // namespace Galley
