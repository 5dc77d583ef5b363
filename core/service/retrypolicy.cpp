#include "core/service/retrypolicy.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr double firstWaitMs = 1000;
constexpr double firstBusyWaitMs = 500;
constexpr double longestWaitMs = 60'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RenderQueue", text);
}

/// 1, 2, 4 … times \a first, between half and the whole of it by \a random: many jobs that failed together do not come back together.
qint64 backOff(double first, int round, double random)
{
    const double whole = std::min(longestWaitMs, first * std::exp2(std::min(round, 16)));
    return qint64(whole * (0.5 + random / 2));
}

/// Engines name the class of everything that a service has to do with. What a service failed at without a class may have been carried out.
FailureClass classOf(const Error &error)
{
    if (error.failure == FailureClass::None && error.code == ErrorCode::ServiceFailed)
        return FailureClass::Ambiguous;
    return error.failure;
}

Verdict again(const Error &error, const FailureContext &context)
{
    Verdict verdict{JobState::Backoff, error};
    if (context.tries + 1 >= mostTries)
        verdict.state = JobState::Failed;
    else
        verdict.waitMs = std::max(backOff(firstWaitMs, context.tries, context.random), std::min(error.retryAfterMs, longestRetryAfterMs));
    return verdict;
}

Verdict busy(const Error &error, const FailureContext &context)
{
    Verdict verdict{JobState::Backoff, error};
    verdict.countsAsTry = false;
    if (error.retryAfterMs > longestRetryAfterMs) {
        verdict.state = JobState::Failed;
        verdict.error.message = tr("%1 The service asks to wait for %2 minutes, which is longer than the queue waits by itself. Retry the job later.")
                                    .arg(error.message)
                                    .arg((error.retryAfterMs + 59'999) / 60'000);
    } else if (error.retryAfterMs >= 0) {
        // Not before what it asked for; a little later, so that not everything comes back in the same moment.
        verdict.waitMs = error.retryAfterMs + qint64(context.random * std::min<double>(1000, double(error.retryAfterMs) / 10 + 50));
    } else {
        verdict.waitMs = backOff(firstBusyWaitMs, context.busyAnswers, context.random);
    }
    return verdict;
}

Verdict cancelled(const Error &error, const FailureContext &context)
{
    Verdict verdict{JobState::Cancelled, error};
    verdict.countsAsTry = false;
    // An engine that knows that nothing had left says NotSent; without a word it may have.
    verdict.mayHaveBeenBilled = context.isPaid && context.wasSent && error.failure != FailureClass::NotSent;
    return verdict;
}

} // namespace

Verdict judge(const Error &error, const FailureContext &context)
{
    if (error.code == ErrorCode::Cancelled)
        return cancelled(error, context);
    switch (classOf(error)) {
    case FailureClass::NotSent:
        return again(error, context);
    case FailureClass::Busy:
        return busy(error, context);
    case FailureClass::Ambiguous:
        if (!context.isPaid)
            return again(error, context);
        return {JobState::Undecided, error, true, 0, true};
    case FailureClass::None:
    case FailureClass::Rejected:
    case FailureClass::Refused:
    case FailureClass::Retired:
    case FailureClass::OverBudget:
    case FailureClass::Offline:
        break;
    }
    return {JobState::Failed, error, true, 0, context.isPaid && error.billed};
}

} // namespace Galley
