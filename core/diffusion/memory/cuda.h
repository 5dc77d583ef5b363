#pragma once

#include "core/diffusion/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace at {
class Tensor;
}

namespace Galley::Diffusion {

/// What came of opening the CUDA half of libtorch. The only place that knows CUDA: everything else names a device.
struct CudaState
{
    bool usable = false;
    std::string problem;     ///< a sentence when not usable
    std::string deviceName;
    int computeMajor = 0;    ///< compute capability
};

/// Opens libtorch_cuda from the folder of the libtorch in use, where a driver is present. Must run before anything else asks libtorch about
/// CUDA, since the answer is kept then. Tries the device with one small computation.
CudaState openCuda();

/// Gives cached blocks of the GPU back; nothing without CUDA.
void emptyCudaCache();

/// Of libtorch's tensors on the GPU, in bytes; zeros without CUDA.
struct CudaUse
{
    std::uint64_t live = 0;
    std::uint64_t peak = 0;  ///< since resetCudaPeak()
};

CudaUse cudaUse();
void resetCudaPeak();

/// Bytes that the driver has free and that libtorch holds without using them; 0 without CUDA.
std::uint64_t freeCudaMemory();

/// Until it goes, this thread's work on the GPU is done on a stream of its own, one for all scopes: the usual one cannot be recorded. Nothing without CUDA.
class CudaStreamScope
{
public:
    CudaStreamScope();
    ~CudaStreamScope();
    CudaStreamScope(const CudaStreamScope &) = delete;
    CudaStreamScope &operator=(const CudaStreamScope &) = delete;

private:
    struct Private;

    std::unique_ptr<Private> d;
};

/// Keeps this thread from telling the GPU about more than one step that it has not begun: a loop that never waited would have told all of them before the first is
/// done, and a stop would come last. For the current stream; nothing without CUDA.
class CudaPace
{
public:
    CudaPace();
    ~CudaPace();
    CudaPace(const CudaPace &) = delete;
    CudaPace &operator=(const CudaPace &) = delete;

    /// After a step has been told: waits until the one before is done, while the GPU goes on with this one.
    void step();

private:
    struct Private;

    std::unique_ptr<Private> d;
};

/// Work on a second stream beside the current one: it begins when what the current stream has to do by now is done, and that stream does not wait for it.
class CudaSideWork
{
public:
    /// \a work only tells the GPU what to do, without recordings, whose memory belongs to the other stream. It reads \a input, and its result is copied to the CPU.
    CudaSideWork(const at::Tensor &input, const std::function<at::Tensor(const at::Tensor &input)> &work);
    /// Waits for the work, which may read weights that go next.
    ~CudaSideWork();
    CudaSideWork(const CudaSideWork &) = delete;
    CudaSideWork &operator=(const CudaSideWork &) = delete;

    bool isDone() const;
    /// On the CPU; its numbers are there when isDone().
    const at::Tensor &result() const;

private:
    struct Private;

    std::unique_ptr<Private> d;
};

/// What the GPU was told to do, to be told again at once. The memory that the work took stays with the graph, and counts as used; all graphs share it, so
/// results must be copied before another one is replayed.
class CudaGraph
{
public:
    /// Runs \a work in a CudaStreamScope while the GPU records and computes nothing. An error when libtorch or the GPU cannot, or \a work does what cannot be
    /// recorded (anything that waits for the GPU); running out of memory passes through as an exception.
    static Result<std::unique_ptr<CudaGraph>> record(const std::function<void()> &work);
    ~CudaGraph();
    CudaGraph(const CudaGraph &) = delete;
    CudaGraph &operator=(const CudaGraph &) = delete;

    /// After what the current stream has to do; does not wait.
    void replay();

private:
    struct Private;

    explicit CudaGraph(std::unique_ptr<Private> state);

    std::unique_ptr<Private> d;
};

} // namespace Galley::Diffusion
