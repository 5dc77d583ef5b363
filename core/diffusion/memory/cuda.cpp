#include "core/diffusion/memory/cuda.h"

#include <ATen/Context.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/ones.h>
#include <c10/core/CachingDeviceAllocator.h>
#include <c10/core/Event.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <torch/cuda.h>

#include <array>
#include <atomic>
#include <cstddef>
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

/// Bytes that only replays of graphs use: libtorch counts them as held and not as used.
std::atomic<std::uint64_t> graphBytes{0};

std::uint64_t heldBytes()
{
    auto *allocator = cudaAllocator();
    return allocator ? static_cast<std::uint64_t>(allocator->getDeviceStats(0).reserved_bytes[0].current) : 0;
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
    return {static_cast<std::uint64_t>(bytes.current) + graphBytes, static_cast<std::uint64_t>(bytes.peak) + graphBytes};
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
    const auto unused = static_cast<std::uint64_t>(stats.reserved_bytes[0].current - stats.allocated_bytes[0].current);
    return allocator->getMemoryInfo(0).first + unused - std::min(unused, graphBytes.load());
}

namespace {

/// at::cuda::CUDAGraph by the names that its functions have in libtorch_cuda, which this program does not link. Its size is not known here; it is a few
/// handles and tables.
struct GraphCalls
{
    using Pool = std::pair<unsigned long long, unsigned long long>;
    using Construct = void (*)(void *graph, bool keepsGraph);
    using Begin = void (*)(void *graph, Pool pool, int mode);
    using Call = void (*)(void *graph);
    using PoolHandle = Pool (*)();

    static constexpr std::size_t mostBytes = 16 * 1024;
    static constexpr int threadLocal = 1;  // cudaStreamCaptureModeThreadLocal

    Construct construct = symbol<Construct>(RTLD_DEFAULT, "_ZN2at4cuda9CUDAGraphC1Eb");
    Call destroy = symbol<Call>(RTLD_DEFAULT, "_ZN2at4cuda9CUDAGraphD1Ev");
    Begin begin = symbol<Begin>(RTLD_DEFAULT, "_ZN2at4cuda9CUDAGraph13capture_beginESt4pairIyyE21cudaStreamCaptureMode");
    Call end = symbol<Call>(RTLD_DEFAULT, "_ZN2at4cuda9CUDAGraph11capture_endEv");
    Call replay = symbol<Call>(RTLD_DEFAULT, "_ZN2at4cuda9CUDAGraph6replayEv");
    PoolHandle poolHandle = symbol<PoolHandle>(RTLD_DEFAULT, "_ZN2at4cuda17graph_pool_handleEv");

    bool areThere() const { return construct && destroy && begin && end && replay && poolHandle; }
};

/// Of the one thread that computes.
std::size_t livingGraphs = 0;
bool isRecordingBroken = false;
GraphCalls::Pool graphPool;

/// Looked up after openCuda().
const GraphCalls &graphCalls()
{
    static const GraphCalls calls;
    return calls;
}

} // namespace

namespace {

/// Makes another stream the current one.
struct StreamScope
{
    explicit StreamScope(c10::Stream stream)
        : guard(c10::DeviceType::CUDA)
        , before(guard.exchangeStream(stream))
    {
    }

    ~StreamScope() { guard.exchangeStream(before); }
    StreamScope(const StreamScope &) = delete;
    StreamScope &operator=(const StreamScope &) = delete;

    c10::impl::VirtualGuardImpl guard;
    c10::Stream before;
};

c10::Stream newStream()
{
    const c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
    return guard.getStreamFromGlobalPool(guard.getDevice());
}

// Always the same ones: libraries keep memory for each stream that they have met.
c10::Stream ours()
{
    static const c10::Stream stream = newStream();
    return stream;
}

c10::Stream beside()
{
    static const c10::Stream stream = newStream();
    return stream;
}

c10::Stream currentStream()
{
    const c10::impl::VirtualGuardImpl guard(c10::DeviceType::CUDA);
    return guard.getStream(guard.getDevice());
}

} // namespace

struct CudaStreamScope::Private
{
    StreamScope scope{ours()};
};

CudaStreamScope::CudaStreamScope()
    : d(at::hasCUDA() ? std::make_unique<Private>() : nullptr)
{
}

CudaStreamScope::~CudaStreamScope() = default;

struct CudaPace::Private
{
    c10::Event before{c10::DeviceType::CUDA};  ///< of the last step; not recorded yet: done
    c10::Event now{c10::DeviceType::CUDA};
};

CudaPace::CudaPace()
    : d(at::hasCUDA() ? std::make_unique<Private>() : nullptr)
{
}

CudaPace::~CudaPace() = default;

void CudaPace::step()
{
    if (!d)
        return;
    d->now.record(currentStream());
    d->before.synchronize();
    std::swap(d->before, d->now);
}

struct CudaSideWork::Private
{
    c10::Event done{c10::DeviceType::CUDA};
    at::Tensor result;
};

CudaSideWork::CudaSideWork(const at::Tensor &input, const std::function<at::Tensor(const at::Tensor &)> &work)
    : d(std::make_unique<Private>())
{
    c10::Event begin(c10::DeviceType::CUDA);
    begin.record(currentStream());
    const StreamScope scope(beside());
    begin.block(beside());
    input.record_stream(beside());  // its memory is the other stream's, which may be done with it first
    d->result = work(input).to(at::kCPU, true);
    d->done.record(beside());
}

CudaSideWork::~CudaSideWork()
{
    try {
        d->done.synchronize();
    } catch (const std::exception &) {  // of a GPU that is gone, which the next call will say
    }
}

bool CudaSideWork::isDone() const
{
    return d->done.query();
}

const at::Tensor &CudaSideWork::result() const
{
    return d->result;
}

struct CudaGraph::Private
{
    Private()
    {
        graphCalls().construct(memory.data(), false);
        ++livingGraphs;
    }

    ~Private()
    {
        graphCalls().destroy(memory.data());
        --livingGraphs;
        graphBytes -= bytes;
    }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    alignas(std::max_align_t) std::array<std::byte, GraphCalls::mostBytes> memory{};
    std::uint64_t bytes = 0;
};

CudaGraph::CudaGraph(std::unique_ptr<Private> state)
    : d(std::move(state))
{
}

CudaGraph::~CudaGraph() = default;

Result<std::unique_ptr<CudaGraph>> CudaGraph::record(const std::function<void()> &work)
{
    if (!at::hasCUDA() || !graphCalls().areThere() || isRecordingBroken)
        return fail(ErrorCode::Unsupported, "This libtorch cannot record what a GPU does.");
    if (livingGraphs == 0)
        graphPool = graphCalls().poolHandle();  // libtorch takes none back that nobody uses
    const std::uint64_t before = heldBytes();
    std::unique_ptr<Private> state;
    try {
        state = std::make_unique<Private>();
        graphCalls().begin(state->memory.data(), graphPool, GraphCalls::threadLocal);
        try {
            work();
        } catch (...) {
            try {
                graphCalls().end(state->memory.data());
            } catch (const std::exception &) {  // that it was broken off
            }
            throw;
        }
        graphCalls().end(state->memory.data());
    } catch (const c10::OutOfMemoryError &) {
        throw;
    } catch (const std::exception &error) {
        // The allocator may go on sending memory to this graph, so it stays, and nothing else is recorded.
        isRecordingBroken = true;
        (void)state.release();
        return fail(ErrorCode::Unsupported, "The GPU could not record a computation.", error.what());
    }
    const std::uint64_t after = heldBytes();
    state->bytes = after - std::min(after, before);
    graphBytes += state->bytes;
    return std::unique_ptr<CudaGraph>(new CudaGraph(std::move(state)));
}

void CudaGraph::replay()
{
    graphCalls().replay(d->memory.data());
}

} // namespace Galley::Diffusion
