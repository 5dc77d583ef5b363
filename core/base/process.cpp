#include "core/base/process.h"

#include <sys/resource.h>
#include <unistd.h>

namespace Galley {

void leaveTerminalGroup()
{
    ::setpgid(0, 0);
}

void giveWayToTheWindow()
{
    constexpr int nicer = 5;
    // On Linux this is the thread's own. Not lower than it is: whoever started Galley may have been nicer still.
    static thread_local const int done = ::getpriority(PRIO_PROCESS, 0) < nicer ? ::setpriority(PRIO_PROCESS, 0, nicer) : 0;
    static_cast<void>(done);
}

} // namespace Galley
