#pragma once

#include <cstdint>

namespace Galley {

/// Of this process, in bytes; zeros where the system does not say.
struct ProcessMemory
{
    std::uint64_t resident = 0;
    std::uint64_t peak = 0;
};

ProcessMemory processMemory();

} // namespace Galley
