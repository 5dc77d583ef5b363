#pragma once

#include <QString>

#include <optional>

namespace Galley {

/// What kind of failure it is. The command line derives its exit status from it, the queue its retry class.
enum class ErrorCode {
    Cancelled,     ///< the user or a newer request stopped it
    InvalidInput,  ///< a file, a value or an argument is wrong; the sentence names the place
    NotFound,      ///< a file, model, slot or token that was named does not exist
    Io,            ///< reading or writing failed
    TooLarge,      ///< a limit of the format was exceeded
    Unsupported,   ///< a newer version, an unknown kind
    Unavailable,   ///< the worker or a service cannot be used now
    WorkerFailed,  ///< the worker died, sent garbage or stopped answering
    OutOfMemory,   ///< the model did not fit
    Refused,       ///< policy, budget or safety
    ServiceFailed, ///< a service answered with a failure, or may have carried the request out without an answer
    Internal       ///< a broken invariant
};

/// The stable word of \a code in JSON output, such as "invalid_input".
QString errorCodeName(ErrorCode code);

/// The exit status of product.md §5 for \a code: 1 failed, 2 bad input or usage, 3 refused, 130 cancelled.
int exitStatus(ErrorCode code);

/// How a request to a service failed: the one list for rules, queue and interface (product.md §4).
enum class FailureClass {
    None,        ///< no service was asked
    NotSent,     ///< DNS, refused connection, TLS: the service never saw the request; repeats by itself
    Busy,        ///< 429, or 503 with Retry-After: repeats by itself and uses up no try
    Rejected,    ///< 400, 401, 403, 404, 413, 422: never repeats
    Refused,     ///< safety: never repeats
    Retired,     ///< the model is gone: never repeats
    OverBudget,  ///< the budget is used up: never repeats
    Offline,     ///< network is switched off or absent: never repeats
    Ambiguous    ///< may have been carried out (and billed): waits for a person when paid, repeats when free
};

/// The word of \a failure in rules, JSON and the library: "not_sent", "busy" … ; empty for None.
QString failureClassName(FailureClass failure);
std::optional<FailureClass> failureClassFromName(const QString &name);

/// Why something failed: a full sentence for the user, a detail for the log.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message = {};  ///< a sentence that names the thing, the place and the remedy
    QString detail = {};   ///< for the log and the "details" fold-out; may be empty
    FailureClass failure = FailureClass::None;  ///< set by services and by whatever decides about repeating
    int httpStatus = 0;                         ///< of the answer, 0 without one
    QString serviceCode = {};                   ///< the service's own word for it, such as "moderation_blocked"
    qint64 retryAfterMs = -1;                   ///< what the service asked to wait; -1: it did not say
    bool billed = false;                        ///< the service says that it charges for this failure

    bool operator==(const Error &) const = default;
};

} // namespace Galley
