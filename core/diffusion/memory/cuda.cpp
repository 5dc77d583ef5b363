#include "core/diffusion/memory/cuda.h"

#include <ATen/Context.h>
#include <ATen/ops/ones.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <torch/cuda.h>

#include <array>
#include <filesystem>
#include <vector>

#include <dlfcn.h>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;

/// The few entries of the driver that libtorch's CPU half has no words for.
struct Driver
{
    using Init = int (*)(unsigned);
    using DeviceGet = int (*)(int *, int);
    using DeviceGetName = int (*)(char *, int, int);
    using DeviceGetAttribute = int (*)(int *, int, int);
    static constexpr int computeCapabilityMajor = 75;  // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR
};

template<class F>
F symbol(void *library, const char *name)
{
    return reinterpret_cast<F>(::dlsym(library, name));
}

std::string linkerSays()
{
    const char *text = ::dlerror();
    return text ? text : "no reason was given";
}

/// The folder that holds the libtorch_cpu this process runs.
fs::path torchFolder()
{
    Dl_info info = {};
    if (::dladdr(reinterpret_cast<const void *>(&at::globalContext), &info) == 0 || !info.dli_fname)
        return {};
    return fs::path(info.dli_fname).parent_path();
}

/// Opens every CUDA library that lies beside libtorch as pip lays them out, for builds whose own search path does not reach them.
void preloadCudaLibraries(const fs::path &torch)
{
    std::error_code ignored;
    std::vector<fs::path> waiting;
    for (const auto &family : fs::directory_iterator(torch.parent_path().parent_path() / "nvidia", ignored))
        for (const auto &file : fs::directory_iterator(family.path() / "lib", ignored))
            if (file.path().filename().string().find(".so") != std::string::npos)
                waiting.push_back(file.path());
    // They need one another in no order that names tell, so try until nothing moves.
    for (std::size_t before = waiting.size() + 1; waiting.size() < before && !waiting.empty();) {
        before = waiting.size();
        std::erase_if(waiting, [](const fs::path &path) { return ::dlopen(path.c_str(), RTLD_NOW | RTLD_GLOBAL) != nullptr; });
    }
}

bool readDevice(void *driver, CudaState &state)
{
    const auto init = symbol<Driver::Init>(driver, "cuInit");
    const auto deviceGet = symbol<Driver::DeviceGet>(driver, "cuDeviceGet");
    const auto getName = symbol<Driver::DeviceGetName>(driver, "cuDeviceGetName");
    const auto getAttribute = symbol<Driver::DeviceGetAttribute>(driver, "cuDeviceGetAttribute");
    int device = 0;
    std::array<char, 256> name{};
    if (!init || !deviceGet || !getName || !getAttribute || init(0) != 0 || deviceGet(&device, 0) != 0)
        return false;
    if (getName(name.data(), static_cast<int>(name.size()) - 1, device) == 0)
        state.deviceName = name.data();
    getAttribute(&state.computeMajor, Driver::computeCapabilityMajor, device);
    return true;
}

bool openCudaHalf(CudaState &state)
{
    const fs::path folder = torchFolder();
    const fs::path library = folder / "libtorch_cuda.so";
    std::error_code ignored;
    if (!fs::exists(library, ignored)) {
        state.problem = "There is an NVIDIA driver, but libtorch's CUDA half is not in " + folder.string()
                        + "; run packaging/setup.sh again to fetch it.";
        return false;
    }
    if (::dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL))
        return true;
    const std::string first = linkerSays();
    preloadCudaLibraries(folder);
    if (::dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL))
        return true;
    state.problem = "libtorch's CUDA half cannot be opened: " + first + '.';
    return false;
}

bool tryDevice(CudaState &state)
{
    try {
        if (!torch::cuda::is_available()) {
            state.problem = "libtorch cannot use the GPU of this machine; the driver may be too old.";
            return false;
        }
        const at::Tensor ones = at::ones({4}, at::TensorOptions().device(at::kCUDA));
        if (ones.sum().item<float>() == 4.0f)
            return true;
        state.problem = "The GPU gave a wrong sum.";
    } catch (const std::exception &error) {
        const std::string text = error.what();
        state.problem = "The GPU failed its first computation: " + text.substr(0, text.find('\n')) + '.';
    }
    return false;
}

} // namespace

CudaState openCuda()
{
    CudaState state;
    void *driver = ::dlopen("libcuda.so.1", RTLD_NOW | RTLD_GLOBAL);
    if (!driver) {
        state.problem = "No NVIDIA driver (libcuda.so.1) was found on this machine.";
        return state;
    }
    if (!readDevice(driver, state)) {
        state.problem = "There is an NVIDIA driver, but it reports no GPU.";
        return state;
    }
    state.usable = openCudaHalf(state) && tryDevice(state);
    return state;
}

namespace {

/// Null without CUDA.
c10::DeviceAllocator *cudaAllocator()
{
    return at::hasCUDA() ? dynamic_cast<c10::DeviceAllocator *>(c10::GetAllocator(c10::DeviceType::CUDA)) : nullptr;
}

} // namespace

void emptyCudaCache()
{
    if (auto *allocator = cudaAllocator())
        allocator->emptyCache();
}

CudaUse cudaUse()
{
    auto *allocator = cudaAllocator();
    if (!allocator)
        return {};
    const auto bytes = allocator->getDeviceStats(0).allocated_bytes[0];
    return {static_cast<std::uint64_t>(bytes.current), static_cast<std::uint64_t>(bytes.peak)};
}

void resetCudaPeak()
{
    if (auto *allocator = cudaAllocator())
        allocator->resetPeakStats(0);
}

std::uint64_t freeCudaMemory()
{
    auto *allocator = cudaAllocator();
    if (!allocator)
        return 0;
    const auto stats = allocator->getDeviceStats(0);
    return allocator->getMemoryInfo(0).first + static_cast<std::uint64_t>(stats.reserved_bytes[0].current - stats.allocated_bytes[0].current);
}

} // namespace Galley::Diffusion
