#include "core/diffusion/checkpoint/readwatch.h"

#include <atomic>
#include <utility>

namespace Galley::Diffusion {

namespace {

std::atomic<ReadWatch *> innermost = nullptr;

} // namespace

ReadWatch::ReadWatch(std::function<void(std::uint64_t)> report, std::stop_token stop)
    : m_report(std::move(report))
    , m_stop(std::move(stop))
    , m_before(innermost.exchange(this))
{
}

ReadWatch::~ReadWatch()
{
    innermost = m_before;
}

Result<void> ReadWatch::reading(std::uint64_t bytes)
{
    ReadWatch *const watch = innermost;
    if (!watch)
        return {};
    const std::lock_guard lock(watch->m_mutex);
    if (watch->m_stop.stop_requested())
        return fail(ErrorCode::Cancelled, "Loading the model was cancelled.");
    watch->m_bytes += bytes;
    if (watch->m_report)
        watch->m_report(watch->m_bytes);
    return {};
}

} // namespace Galley::Diffusion
