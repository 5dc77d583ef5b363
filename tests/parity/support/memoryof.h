#pragma once

#include <fstream>
#include <string>

namespace Galley {

/// Memory of this process in bytes, by its name in /proc/self/status: "VmRSS:", resident now, "VmHWM:", at its peak; 0 when the system does not say.
inline long long memoryOf(const std::string &key)
{
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
        long long kibibytes = 0;
        if (word == key && status >> kibibytes)
            return kibibytes * 1024;
    }
    return 0;
}

} // namespace Galley
