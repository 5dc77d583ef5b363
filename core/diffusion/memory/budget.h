#pragma once

#include "core/diffusion/memory/device.h"

#include <cstdint>
#include <filesystem>

namespace Galley::Diffusion {

/// Bytes that this process can still take without anybody's memory being paged out or killed for it: on the CPU what the system calls available, limited by
/// its control group; on CUDA what the driver and the caches of libtorch have free. The largest number where neither says.
std::uint64_t freeMemory(const Device &device);

/// What the control group of \a process (its file "cgroup") and the groups above it leave free, as told by the files below \a groups; the largest number
/// without a limit. Pages of files that nobody needs count as free.
std::uint64_t freeInControlGroup(const std::filesystem::path &process = "/proc/self/cgroup", const std::filesystem::path &groups = "/sys/fs/cgroup");

} // namespace Galley::Diffusion
