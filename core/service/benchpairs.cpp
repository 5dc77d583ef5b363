#include "core/service/benchpairs.h"

namespace Galley {

bool AlternatingTarget::isFirst(int index)
{
    const int turn = index < 0 ? -(index + 1) % 4 : index % 4;
    return turn == 0 || turn == 3;
}

void AlternatingTarget::send(int index, std::stop_token stop, Done done)
{
    const int own = index < 0 ? -(-(index + 1) / 2) - 1 : index / 2;
    (isFirst(index) ? m_first : m_second)->send(own, std::move(stop), std::move(done));
}

std::pair<BenchRun, BenchRun> AlternatingTarget::split(const BenchRun &run, int concurrency)
{
    std::pair<BenchRun, BenchRun> runs;
    for (BenchRun *each : {&runs.first, &runs.second})
        each->isCancelled = run.isCancelled;
    runs.second.abandoned = run.abandoned;
    runs.second.hostPeakBytes = run.hostPeakBytes;
    runs.second.gpuPeakBytes = run.gpuPeakBytes;
    for (BenchSample sample : run.samples) {
        BenchRun &own = isFirst(sample.index) ? runs.first : runs.second;
        sample.index /= 2;
        own.wallMs += sample.ms / concurrency;  // without the other's turns
        own.costUsd += sample.costUsd;
        own.samples.append(sample);
    }
    return runs;
}

} // namespace Galley
