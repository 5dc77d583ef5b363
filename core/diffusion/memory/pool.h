#pragma once

#include "core/diffusion/memory/device.h"

#include <cstdint>
#include <memory>

namespace Galley::Diffusion {

class CudaStreamScope;

/// The memory of one model. Counted are the bytes of every tensor that was taken, by whatever thread, while a MemoryScope of this pool was open, until it is
/// freed, wherever that is. On the CPU an allocator of ours counts what libtorch asks for, oneDNN's scratch memory included; what std containers hold is not
/// in it. On CUDA the differences of the caching allocator's own numbers are taken when a scope ends.
class MemoryPool
{
public:
    explicit MemoryPool(const Device &device);
    ~MemoryPool();
    MemoryPool(const MemoryPool &) = delete;
    MemoryPool &operator=(const MemoryPool &) = delete;

    // From any thread.
    std::uint64_t live() const;
    std::uint64_t peak() const;  ///< of live() since resetPeak()

    void resetPeak();
    /// What would bring live() above \a bytes is refused as if this machine had no more, so that the system is never brought to end a process. On the CPU only.
    void setLimit(std::uint64_t bytes);

    struct Counters;

private:
    friend class MemoryScope;

    bool m_isCuda;
    std::shared_ptr<Counters> m_counters;
};

/// While it lives, what libtorch takes belongs to \a pool, and a GPU works on a stream where it can record. One thread at a time makes them; they may be nested.
class MemoryScope
{
public:
    explicit MemoryScope(MemoryPool &pool);
    ~MemoryScope();
    MemoryScope(const MemoryScope &) = delete;
    MemoryScope &operator=(const MemoryScope &) = delete;

private:
    MemoryPool &m_pool;
    std::shared_ptr<MemoryPool::Counters> m_before;
    std::uint64_t m_cudaBytes = 0;
    std::unique_ptr<CudaStreamScope> m_stream;
};

} // namespace Galley::Diffusion
