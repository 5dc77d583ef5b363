#include "core/diffusion/memory/pool.h"

#include "core/diffusion/memory/cuda.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <unordered_map>

namespace Galley::Diffusion {

/// Guarded by the mutex of PoolAllocator.
struct MemoryPool::Counters
{
    std::uint64_t live = 0;
    std::uint64_t peak = 0;
    std::uint64_t limit = std::numeric_limits<std::uint64_t>::max();
};

namespace {

constexpr std::uint8_t priority = 200;

using Counters = MemoryPool::Counters;

/// Hands out the memory of the allocator that was there before, and knows of each block how large it is and whose.
class PoolAllocator : public c10::Allocator
{
public:
    static PoolAllocator &instance()
    {
        static auto *allocator = new PoolAllocator;  // tensors of other statics may outlive any object
        return *allocator;
    }

    /// Returns the pool before.
    std::shared_ptr<Counters> enter(std::shared_ptr<Counters> pool)
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_pool, std::move(pool));
    }

    template<class Work>
    auto locked(Work &&work)
    {
        const std::lock_guard lock(m_mutex);
        return work();
    }

    c10::DataPtr allocate(std::size_t bytes) override
    {
        std::shared_ptr<Counters> pool;
        {
            // Counted before it is there: several threads ask at once.
            const std::lock_guard lock(m_mutex);
            pool = m_pool;
            if (pool) {
                const bool isRefused = bytes > pool->limit - std::min(pool->limit, pool->live);
                TORCH_CHECK(!isRefused, "DefaultCPUAllocator: can't allocate memory: ", bytes, " bytes are more than the models may take.");
                pool->live += bytes;
            }
        }
        c10::DataPtr block;
        try {
            block = m_inner->allocate(bytes);
        } catch (...) {
            forget(pool, bytes);
            throw;
        }
        void *const data = block.get();
        if (!data) {
            forget(pool, bytes);
            return block;
        }
        if (pool) {
            const std::lock_guard lock(m_mutex);
            pool->peak = std::max(pool->peak, pool->live);
            m_blocks.insert_or_assign(data, Block{bytes, std::move(pool)});
        }
        (void)block.release_context();
        return {data, data, &release, c10::Device(c10::DeviceType::CPU)};
    }

    c10::DeleterFnPtr raw_deleter() const override { return &release; }
    void copy_data(void *to, const void *from, std::size_t bytes) const override { default_copy_data(to, from, bytes); }

private:
    struct Block
    {
        std::size_t bytes;
        std::shared_ptr<Counters> pool;
    };

    PoolAllocator()
        : m_inner(c10::GetCPUAllocator())
    {
        c10::SetCPUAllocator(this, priority);
    }

    void forget(const std::shared_ptr<Counters> &pool, std::size_t bytes)
    {
        const std::lock_guard lock(m_mutex);
        if (pool)
            pool->live -= bytes;
    }

    static void release(void *data)
    {
        PoolAllocator &self = instance();
        {
            // Before its memory can come back as another block.
            const std::lock_guard lock(self.m_mutex);
            if (const auto found = self.m_blocks.find(data); found != self.m_blocks.end()) {
                found->second.pool->live -= found->second.bytes;
                self.m_blocks.erase(found);
            }
        }
        self.m_inner->raw_deleter()(data);
    }

    c10::Allocator *m_inner;
    std::mutex m_mutex;
    std::shared_ptr<Counters> m_pool;
    std::unordered_map<void *, Block> m_blocks;
};

} // namespace

MemoryPool::MemoryPool(const Device &device)
    : m_isCuda(device.kind == "cuda")
    , m_counters(std::make_shared<Counters>())
{
    PoolAllocator::instance();
}

MemoryPool::~MemoryPool() = default;

std::uint64_t MemoryPool::live() const
{
    return PoolAllocator::instance().locked([&] { return m_counters->live; });
}

std::uint64_t MemoryPool::peak() const
{
    return PoolAllocator::instance().locked([&] { return m_counters->peak; });
}

void MemoryPool::resetPeak()
{
    PoolAllocator::instance().locked([&] { m_counters->peak = m_counters->live; });
}

void MemoryPool::setLimit(std::uint64_t bytes)
{
    PoolAllocator::instance().locked([&] { m_counters->limit = bytes; });
}

MemoryScope::MemoryScope(MemoryPool &pool)
    : m_pool(pool)
{
    if (pool.m_isCuda) {
        m_stream = std::make_unique<CudaStreamScope>();
        m_cudaBytes = cudaUse().live;
        resetCudaPeak();
    } else {
        m_before = PoolAllocator::instance().enter(pool.m_counters);
    }
}

MemoryScope::~MemoryScope()
{
    if (!m_pool.m_isCuda) {
        PoolAllocator::instance().enter(std::move(m_before));
        return;
    }
    const CudaUse use = cudaUse();
    PoolAllocator::instance().locked([&] {
        Counters &counters = *m_pool.m_counters;
        counters.peak = std::max(counters.peak, counters.live + use.peak - std::min(use.peak, m_cudaBytes));
        counters.live += use.live;
        counters.live -= std::min(counters.live, m_cudaBytes);
    });
}

} // namespace Galley::Diffusion
