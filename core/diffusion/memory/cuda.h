#pragma once

#include <cstdint>
#include <string>

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

} // namespace Galley::Diffusion
