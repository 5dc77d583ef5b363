#pragma once

#include <QString>

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
    Internal       ///< a broken invariant
};

/// The stable word of \a code in JSON output, such as "invalid_input".
QString errorCodeName(ErrorCode code);

/// The exit status of product.md §5 for \a code: 1 failed, 2 bad input or usage, 3 refused, 130 cancelled.
int exitStatus(ErrorCode code);

/// Why something failed: a full sentence for the user, a detail for the log.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString message;  ///< a sentence that names the thing, the place and the remedy
    QString detail;   ///< for the log and the "details" fold-out; may be empty

    bool operator==(const Error &) const = default;
};

} // namespace Galley
