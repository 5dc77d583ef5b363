#pragma once

#include "core/base/result.h"
#include "core/store/jobrecord.h"

namespace Galley {

/// Jobs as JSON: what the store keeps and what provenance shows. Reading tolerates unknown members (a newer version wrote them) and takes the default
/// for whatever has another type; only a template that cannot be read is an error. Times are ISO 8601 in UTC with milliseconds. Everything that has
/// been read once is written and read back exactly; a template made in code first takes the form that its file would have (four decimals).

Json requestJson(const RenderRequest &request);
Result<RenderRequest> requestFromJson(const Json &json);
Json decisionJson(const RouteDecision &decision);
RouteDecision decisionFromJson(const Json &json);
Json attemptJson(const JobAttempt &attempt);
JobAttempt attemptFromJson(const Json &json);
Json errorJson(const Error &error);
Error errorFromJson(const Json &json);

Json jobJson(const JobRecord &record);
Result<JobRecord> jobFromJson(const Json &json);

std::optional<Lane> laneFromName(const QString &name);
std::optional<JobState> jobStateFromName(const QString &name);

} // namespace Galley
