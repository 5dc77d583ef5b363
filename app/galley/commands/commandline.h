#pragma once

namespace Galley {

/// Whether the arguments ask for a subcommand, for help or for the version, rather than for the desktop.
bool isCommand(int argc, char **argv);

/// Runs one subcommand (product.md §5) and returns the exit status. Makes its own application object; needs no display.
int runCommandLine(int argc, char **argv);

} // namespace Galley
