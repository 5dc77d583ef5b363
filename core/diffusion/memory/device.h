#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace Galley::Diffusion {

/// Where models run and with which numbers.
struct Device
{
    std::string kind = "cpu";    ///< "cpu" or "cuda"
    std::string name;            ///< of the processor or GPU
    std::string dtype = "fp32";  ///< "fp32" or "bf16"
    int threads = 1;
    std::vector<std::string> notes;  ///< sentences, for instance why a GPU that was asked for is not used

    bool operator==(const Device &) const = default;
};

/// Of one number of a model.
inline std::uint64_t bytesOfNumber(const Device &device)
{
    return device.dtype == "bf16" ? 2 : 4;
}

/// \a wanted is "auto", "cpu" or "cuda"; \a threads 0 stands for defaultThreads().
/// The number type follows from what the device says of itself, never from a timing, so that one machine always gives the same pictures.
/// Sets libtorch's thread count. To be called once, before any other use of libtorch.
Device chooseDevice(const std::string &wanted, int threads);

/// Physical cores among the processors that this process may run on, limited by the CPU quota of its control group; at least 1.
int usableCores();

/// One core fewer than there are, at most 8: the last one stays with the desktop, whose repaint would otherwise wait for a layer, and whose work
/// would hold up every step here, as all threads of a step wait for the slowest. Layers are too small to gain from more.
int defaultThreads();

} // namespace Galley::Diffusion
