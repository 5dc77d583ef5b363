#pragma once

namespace Galley {

/// The descriptor for frames: what standard output was when the process started. Standard output itself points at standard error from before
/// the first library initialiser on, so that nothing a library prints can fall between frames. -1 when standard output was closed.
int frameOutput();

} // namespace Galley
