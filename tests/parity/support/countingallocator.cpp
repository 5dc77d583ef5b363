#include "tests/parity/support/countingallocator.h"

#include <c10/core/CPUAllocator.h>
#include <c10/util/Exception.h>

#include <cstdlib>

namespace Galley {

namespace {

constexpr std::size_t alignment = 64;  // libtorch's own
constexpr std::uint8_t priority = 100;

} // namespace

CountingAllocator &CountingAllocator::instance()
{
    static CountingAllocator *allocator = new CountingAllocator;  // tensors of other statics may outlive any object
    return *allocator;
}

void CountingAllocator::install()
{
    c10::SetCPUAllocator(this, priority);
}

std::int64_t CountingAllocator::liveBytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_live;
}

std::int64_t CountingAllocator::allocations() const
{
    const std::lock_guard lock(m_mutex);
    return m_allocations;
}

void CountingAllocator::failAfter(std::int64_t successes, std::int64_t refusals)
{
    const std::lock_guard lock(m_mutex);
    m_successes = successes;
    m_refusals = refusals;
    m_refused = 0;
}

void CountingAllocator::refuseAbove(std::int64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_largest = bytes;
    m_refused = 0;
}

std::int64_t CountingAllocator::refused() const
{
    const std::lock_guard lock(m_mutex);
    return m_refused;
}

c10::DataPtr CountingAllocator::allocate(std::size_t bytes)
{
    const c10::Device cpu(c10::DeviceType::CPU);
    if (bytes == 0)
        return {nullptr, nullptr, &release, cpu};
    const std::lock_guard lock(m_mutex);
    const bool isTooLarge = static_cast<std::int64_t>(bytes) > m_largest;
    if (isTooLarge || (m_refusals > 0 && m_successes-- <= 0)) {
        m_refusals -= !isTooLarge;
        ++m_refused;
        TORCH_CHECK(false, "DefaultCPUAllocator: can't allocate memory: you tried to allocate ", bytes, " bytes.");
    }
    void *block = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
    TORCH_CHECK(block, "DefaultCPUAllocator: can't allocate memory: you tried to allocate ", bytes, " bytes.");
    m_blocks[block] = bytes;
    m_live += static_cast<std::int64_t>(bytes);
    ++m_allocations;
    return {block, block, &release, cpu};
}

void CountingAllocator::release(void *block)
{
    if (!block)
        return;
    CountingAllocator &self = instance();
    {
        const std::lock_guard lock(self.m_mutex);
        const auto found = self.m_blocks.find(block);
        if (found != self.m_blocks.end()) {
            self.m_live -= static_cast<std::int64_t>(found->second);
            self.m_blocks.erase(found);
        }
    }
    std::free(block);
}

} // namespace Galley
