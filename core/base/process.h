#pragma once

namespace Galley {

/// For QProcess::setChildProcessModifier(): gives the child a process group of its own, so that signals of the terminal (Ctrl-C) reach
/// only Galley. Runs between fork and exec: async-signal-safe.
void leaveTerminalGroup();

} // namespace Galley
