#pragma once

#include <QString>

namespace Galley {

enum class LogLevel { Debug, Info, Warning, Error };

/// Sends all later messages to a rotating file in \a folder (3 files of 5 MB) and warnings also to standard error.
/// Qt's own messages go the same way. Without a call everything of level Warning and above goes to standard error.
/// spdlog stays hidden behind these functions. Thread-safe.
void startLog(const QString &folder);

/// Writes one line. Never pass keys; prompts only at Debug.
void logMessage(LogLevel level, const QString &message);

} // namespace Galley
