#include "core/base/process.h"

#include <unistd.h>

namespace Galley {

void leaveTerminalGroup()
{
    ::setpgid(0, 0);
}

} // namespace Galley
