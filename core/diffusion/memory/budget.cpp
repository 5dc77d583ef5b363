#include "core/diffusion/memory/budget.h"

#include "core/diffusion/memory/cuda.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

/// The number after \a key in a file of lines "key number"; 0 when it has none.
std::uint64_t numberAfter(const fs::path &path, const std::string &key)
{
    std::ifstream file(path);
    for (std::string word; file >> word;) {
        std::uint64_t value = 0;
        if (word == key && file >> value)
            return value;
    }
    return 0;
}

/// "max" is none.
std::uint64_t numberIn(const fs::path &path, std::uint64_t fallback)
{
    std::uint64_t value = fallback;
    std::ifstream file(path);
    return file >> value ? value : fallback;
}

std::uint64_t freeIn(const fs::path &group)
{
    const std::uint64_t limit = numberIn(group / "memory.max", unlimited);
    if (limit == unlimited)
        return unlimited;
    const std::uint64_t used = numberIn(group / "memory.current", 0);
    const std::uint64_t files = numberAfter(group / "memory.stat", "inactive_file");
    const std::uint64_t held = used - std::min(used, files);
    return limit - std::min(limit, held);
}

} // namespace

std::uint64_t freeInControlGroup(const fs::path &process, const fs::path &groups)
{
    // "0::/user.slice/session.scope": version 2, the path below the mount.
    std::string name = "/";
    std::ifstream file(process);
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("0::/"))
            name = line.substr(3);
    std::uint64_t least = freeIn(groups);
    fs::path group = groups;
    for (const fs::path &part : fs::path(name).relative_path()) {
        if (part == "..")  // seen from outside of its name space
            break;
        group /= part;
        least = std::min(least, freeIn(group));
    }
    return least;
}

std::uint64_t freeMemory(const Device &device)
{
    if (device.kind == "cuda")
        return freeCudaMemory();
    const std::uint64_t available = numberAfter("/proc/meminfo", "MemAvailable:");
    return std::min(available > 0 ? available * 1024 : unlimited, freeInControlGroup());
}

} // namespace Galley::Diffusion
