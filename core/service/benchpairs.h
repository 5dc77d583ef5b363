#pragma once

#include "core/service/benchrun.h"

#include <utility>

namespace Galley {

/// Two targets that are asked in turns, first, second, second, first, so that whatever changes with time (heat, other programs, a service at noon) meets
/// both alike. The plan has twice the requests; request n of either is the same for both. Owns neither.
class AlternatingTarget : public BenchTarget
{
public:
    AlternatingTarget(BenchTarget *first, BenchTarget *second)
        : m_first(first)
        , m_second(second)
    {}

    void send(int index, std::stop_token stop, Done done) override;
    BenchMemory memory() override { return m_second->memory(); }

    /// The run of a plan over both as the run of each; \a concurrency: of the plan.
    static std::pair<BenchRun, BenchRun> split(const BenchRun &run, int concurrency);

private:
    static bool isFirst(int index);

    BenchTarget *m_first;
    BenchTarget *m_second;
};

} // namespace Galley
