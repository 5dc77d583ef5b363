#include "core/diffusion/memory/device.h"

#include "core/diffusion/memory/cuda.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <utility>

#include <sched.h>

namespace Galley::Diffusion {

namespace {

std::string processorName()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with("model name"))
            continue;
        const auto begin = line.find_first_not_of(" \t", line.find(':') + 1);
        if (begin != std::string::npos)
            return line.substr(begin);
    }
    return "unknown processor";
}

int readNumber(const std::string &path, int fallback)
{
    int value = fallback;
    std::ifstream(path) >> value;
    return value;
}

/// "max 100000" or "150000 100000": microseconds of processor time in each period.
double quotaCores()
{
    std::ifstream file("/sys/fs/cgroup/cpu.max");
    double quota = 0;
    double period = 0;
    if (file >> quota >> period && quota > 0 && period > 0)
        return quota / period;
    return 0;
}

/// The processor multiplies bfloat16 in hardware; elsewhere bfloat16 is emulated and slower than float32.
bool hasFastBfloat16()
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bf16") != 0;
#else
    return false;
#endif
}

} // namespace

int usableCores()
{
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    std::set<std::pair<int, int>> cores;
    if (::sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
        for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
            if (!CPU_ISSET(cpu, &allowed))
                continue;
            const std::string folder = "/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/";
            cores.emplace(readNumber(folder + "physical_package_id", 0), readNumber(folder + "core_id", cpu));
        }
    }
    int count = std::max<int>(1, static_cast<int>(cores.size()));
    if (const double quota = quotaCores(); quota > 0)
        count = std::min(count, std::max(1, static_cast<int>(std::ceil(quota))));
    return count;
}

int defaultThreads()
{
    constexpr int enough = 8;
    return std::clamp(usableCores() - 1, 1, enough);
}

Device chooseDevice(const std::string &wanted, int threads)
{
    Device device;
    device.threads = threads > 0 ? threads : defaultThreads();
    device.name = processorName();
    device.dtype = hasFastBfloat16() ? "bf16" : "fp32";
    if (wanted != "cpu") {
        const CudaState cuda = openCuda();
        if (cuda.usable) {
            device.kind = "cuda";
            device.name = cuda.deviceName;
            device.dtype = cuda.computeMajor >= 8 ? "bf16" : "fp32";
            at::globalContext().setAllowTF32CuDNN(false);  // who asks for fp32 means all of its digits
        } else if (wanted == "cuda") {
            device.notes.push_back("CUDA was asked for, but drafts run on the CPU. " + cuda.problem);
        } else if (!cuda.deviceName.empty()) {
            device.notes.push_back(cuda.problem + " Drafts run on the CPU.");
        }
    }
    at::set_num_threads(device.threads);
    return device;
}

} // namespace Galley::Diffusion
