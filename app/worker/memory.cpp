#include "app/worker/memory.h"

#include <fstream>
#include <string>

namespace Galley {

ProcessMemory processMemory()
{
    ProcessMemory memory;
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        std::uint64_t kibibytes = 0;
        if (word == "VmRSS:" && status >> kibibytes)
            memory.resident = kibibytes * 1024;
        else if (word == "VmHWM:" && status >> kibibytes)
            memory.peak = kibibytes * 1024;
    }
    return memory;
}

} // namespace Galley
