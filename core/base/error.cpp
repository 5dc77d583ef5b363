#include "core/base/error.h"

#include <array>
#include <utility>

namespace Galley {

namespace {

constexpr std::array<std::pair<FailureClass, const char *>, 8> failureNames{{
    {FailureClass::NotSent, "not_sent"},
    {FailureClass::Busy, "busy"},
    {FailureClass::Rejected, "rejected"},
    {FailureClass::Refused, "refused"},
    {FailureClass::Retired, "retired"},
    {FailureClass::OverBudget, "over_budget"},
    {FailureClass::Offline, "offline"},
    {FailureClass::Ambiguous, "ambiguous"},
}};

} // namespace

QString failureClassName(FailureClass failure)
{
    for (const auto &[known, name] : failureNames) {
        if (known == failure)
            return QString::fromLatin1(name);
    }
    return {};
}

std::optional<FailureClass> failureClassFromName(const QString &name)
{
    for (const auto &[known, word] : failureNames) {
        if (name == QLatin1String(word))
            return known;
    }
    return std::nullopt;
}

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
    case ErrorCode::ServiceFailed: return QStringLiteral("service_failed");
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
    case ErrorCode::ServiceFailed:
    case ErrorCode::Internal: return 1;
    }
    return 1;
}

} // namespace Galley
