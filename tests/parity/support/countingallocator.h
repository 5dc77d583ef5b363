#pragma once

#include <c10/core/Allocator.h>

#include <cstdint>
#include <limits>
#include <mutex>
#include <unordered_map>

namespace Galley {

/// libtorch's memory of the CPU: counts what lives, and refuses when it is told to. For any thread; stays for the rest of the process.
class CountingAllocator : public c10::Allocator
{
public:
    static constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();

    static CountingAllocator &instance();
    /// From now on; what lives already is not counted.
    void install();

    std::int64_t liveBytes() const;
    std::int64_t allocations() const;
    /// After \a successes more allocations, \a refusals are refused as libtorch's own allocator does.
    void failAfter(std::int64_t successes, std::int64_t refusals);
    std::int64_t refused() const;  ///< since failAfter() or refuseAbove()
    /// Blocks of more than \a bytes are refused from now on.
    void refuseAbove(std::int64_t bytes);

    c10::DataPtr allocate(std::size_t bytes) override;
    c10::DeleterFnPtr raw_deleter() const override { return &release; }
    void copy_data(void *to, const void *from, std::size_t bytes) const override { default_copy_data(to, from, bytes); }

private:
    static void release(void *block);

    mutable std::mutex m_mutex;
    std::unordered_map<void *, std::size_t> m_blocks;
    std::int64_t m_live = 0;
    std::int64_t m_allocations = 0;
    std::int64_t m_successes = 0;
    std::int64_t m_refusals = 0;
    std::int64_t m_refused = 0;
    std::int64_t m_largest = always;
};

} // namespace Galley
