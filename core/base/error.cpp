#include "core/base/error.h"

namespace Galley {

QString errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return QStringLiteral("cancelled");
    case ErrorCode::InvalidInput: return QStringLiteral("invalid_input");
    case ErrorCode::NotFound: return QStringLiteral("not_found");
    case ErrorCode::Io: return QStringLiteral("io");
    case ErrorCode::TooLarge: return QStringLiteral("too_large");
    case ErrorCode::Unsupported: return QStringLiteral("unsupported");
    case ErrorCode::Unavailable: return QStringLiteral("unavailable");
    case ErrorCode::WorkerFailed: return QStringLiteral("worker_failed");
    case ErrorCode::OutOfMemory: return QStringLiteral("out_of_memory");
    case ErrorCode::Refused: return QStringLiteral("refused");
    case ErrorCode::Internal: return QStringLiteral("internal");
    }
    return QStringLiteral("internal");
}

int exitStatus(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Cancelled: return 130;
    case ErrorCode::InvalidInput:
    case ErrorCode::NotFound:
    case ErrorCode::TooLarge:
    case ErrorCode::Unsupported: return 2;
    case ErrorCode::Refused: return 3;
    case ErrorCode::Io:
    case ErrorCode::Unavailable:
    case ErrorCode::WorkerFailed:
    case ErrorCode::OutOfMemory:
    case ErrorCode::Internal: return 1;
    }
    return 1;
}

} // namespace Galley
