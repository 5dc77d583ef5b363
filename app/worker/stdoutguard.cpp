#include "app/worker/stdoutguard.h"

#include <fcntl.h>
#include <unistd.h>

namespace Galley {

namespace {

int s_frameOutput = -1;

void keepStandardOutput()
{
    s_frameOutput = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (::dup2(STDERR_FILENO, STDOUT_FILENO) >= 0)
        return;
    const int null = ::open("/dev/null", O_WRONLY);
    if (null >= 0 && null != STDOUT_FILENO) {
        ::dup2(null, STDOUT_FILENO);
        ::close(null);
    }
}

// The dynamic linker runs this array before the initialisers of any shared library, libtorch's among them.
[[gnu::section(".preinit_array"), gnu::used]] void (*const s_beforeLibraries)() = keepStandardOutput;

} // namespace

int frameOutput()
{
    return s_frameOutput;
}

} // namespace Galley
