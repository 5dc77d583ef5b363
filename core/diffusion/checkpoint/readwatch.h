#pragma once

#include "core/diffusion/result.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>

namespace Galley::Diffusion {

/// While it lives, hears of every piece of a tensor that is read out of a file, by whatever thread, and lets nothing more be read once it is told to stop: files
/// of gigabytes are read deep inside of what loads models, by several threads, between a person who waits and one who cancels. One thread at a time makes them
/// and outlasts all that read; may be nested, the innermost one hears.
class ReadWatch
{
public:
    /// \a report is called with all bytes since construction, on the reading threads and never by two at once; it may be empty.
    ReadWatch(std::function<void(std::uint64_t bytes)> report, std::stop_token stop);
    ~ReadWatch();
    ReadWatch(const ReadWatch &) = delete;
    ReadWatch &operator=(const ReadWatch &) = delete;

    /// Of whoever is about to read \a bytes. ErrorCode::Cancelled when they are not wanted any more.
    static Result<void> reading(std::uint64_t bytes);

private:
    std::function<void(std::uint64_t)> m_report;
    std::stop_token m_stop;
    std::mutex m_mutex;
    std::uint64_t m_bytes = 0;
    ReadWatch *m_before;
};

} // namespace Galley::Diffusion
