#pragma once

namespace Galley {

/// The desktop: builds everything, hands it on by constructors, runs the event loop. \a argv may name templates and CSV files.
/// The window is shown before the worker has answered. Returns the exit status; 1 with one sentence when there is no display.
int runDesktop(int argc, char **argv);

} // namespace Galley
