#pragma once

namespace Galley {

/// For QProcess::setChildProcessModifier(): gives the child a process group of its own, so that signals of the terminal (Ctrl-C) reach
/// only Galley. Runs between fork and exec: async-signal-safe.
void leaveTerminalGroup();

/// Has the calling thread, of a pool that works for the window, give way to the window's own: both cores are often busy. QThread's priorities below normal
/// do nothing on Linux. For good; cheap when it has been done.
void giveWayToTheWindow();

} // namespace Galley
