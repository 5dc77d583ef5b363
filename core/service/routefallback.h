#pragma once

#include "core/service/finalplan.h"
#include "core/service/jobqueue.h"
#include "core/store/jobrecord.h"

#include <optional>

namespace Galley {

/// How many models one job may be sent to, the first one included.
constexpr int longestChain = 5;

/// Whether the model has been asked and failed, or cannot be asked now.
enum class FallbackCause { Failed, Waiting };

/// The first fallback of \a job's decision for a failure like \a error that has not been tried and may be asked now; nothing: it stays with what the
/// queue does by itself. The price is that of the other model. Pure.
std::optional<Detour> nextFallback(const JobRecord &job, const Error &error, const ModelCatalogue &catalogue, const QuoteWorld &world,
                                   FallbackCause cause = FallbackCause::Failed);

} // namespace Galley
