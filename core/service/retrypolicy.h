#pragma once

#include "core/base/error.h"
#include "core/store/jobrecord.h"
#include "core/store/ledger.h"

#include <optional>

namespace Galley {

/// What becomes of a job after a send that failed: product.md §4 as one pure function.
struct Verdict
{
    JobState state = JobState::Failed;  ///< Backoff, Undecided, Failed or Cancelled
    Error error;                        ///< for the job: the service's, or a sentence that says why it is not tried again
    bool countsAsTry = true;
    qint64 waitMs = 0;                  ///< Backoff
    bool mayHaveBeenBilled = false;     ///< the estimate is to be settled (Failed, Cancelled) or stays reserved (Undecided)
};

struct FailureContext
{
    bool isPaid = true;
    int tries = 0;         ///< sends that counted before this one
    int busyAnswers = 0;   ///< in a row, before this one
    bool wasSent = true;   ///< false: it was stopped before the engine had anything to do with it
    double random = 0.5;   ///< [0, 1): jitter
};

constexpr int mostTries = 3;
constexpr qint64 longestRetryAfterMs = 120'000;

Verdict judge(const Error &error, const FailureContext &context);

} // namespace Galley
