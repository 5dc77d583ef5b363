#pragma once

#include "core/diffusion/memory/lru.h"

#include <ATen/core/Tensor.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace Galley::Diffusion {

/// A computation on the GPU whose shapes repeat. The second call with the same shapes records what the GPU is told (a CUDA graph), further ones replay it:
/// one launch instead of a thousand, which takes a small model longer than its arithmetic. Numbers and bytes stay the same. On the CPU, and where recording
/// fails (a line in the log says why), it only calls.
///
/// What is recorded keeps its memory until clear(); weights must stay where they are until then. One thread at a time.
class Replayed
{
public:
    using Tensors = std::vector<at::Tensor>;
    /// Of shapes alone: no look at a number, no copy from or to the CPU. An input may be undefined.
    using Work = std::function<Tensors(const Tensors &inputs)>;

    Replayed();
    ~Replayed();
    Replayed(const Replayed &) = delete;
    Replayed &operator=(const Replayed &) = delete;

    /// All inputs are on one device. The results are the caller's own. \a key says what else than shapes makes the work another one.
    Tensors call(const Tensors &inputs, const Work &work, const std::string &key = {});
    void clear();

    /// How often calls of all objects were replayed, for tests.
    static std::uint64_t replays();

private:
    struct Recording;

    std::shared_ptr<Recording> record(const Tensors &inputs, const Work &work);

    Lru<std::shared_ptr<Recording>> m_recordings;
    bool m_isOff = false;
};

} // namespace Galley::Diffusion
