#include "core/diffusion/memory/parallel.h"

#include "core/diffusion/memory/cuda.h"

#include <ATen/Parallel.h>

#include <atomic>
#include <optional>

namespace Galley::Diffusion {

void inParallel(at::Device device, std::size_t count, const std::function<bool(std::size_t i)> &work)
{
    std::atomic<std::size_t> next{0};
    std::atomic<bool> goesOn{true};
    const auto threads = std::min<std::int64_t>(at::get_num_threads(), static_cast<std::int64_t>(count));
    // One range a thread; each takes the next number, since they take different times.
    at::parallel_for(0, threads, 1, [&](std::int64_t, std::int64_t) {
        std::optional<CudaStreamScope> stream;
        try {
            if (device.is_cuda())
                stream.emplace();
            for (std::size_t i = next++; i < count && goesOn; i = next++)
                if (!work(i))
                    goesOn = false;
        } catch (...) {
            goesOn = false;
            throw;
        }
    });
}

} // namespace Galley::Diffusion
