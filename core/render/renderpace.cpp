#include "core/render/renderpace.h"

#include <algorithm>

namespace Galley {

void RenderPace::begin(qint64 nowMs)
{
    *this = {};
    beganMs = loadedMs = stepMs = nowMs;
}

void RenderPace::load(qint64 bytes, qint64 ofBytes, qint64 nowMs)
{
    loadedBytes = bytes;
    loadBytes = ofBytes;
    if (of == 0)  // parts that are loaded between steps belong to the steps
        loadedMs = nowMs;
}

void RenderPace::advance(int toStep, int ofSteps, qint64 nowMs)
{
    step = toStep;
    of = ofSteps;
    stepMs = nowMs;
}

qint64 RenderPace::msLeft(qint64 nowMs) const
{
    // One step of a large model may take a minute: meanwhile the time left goes down, and is not reckoned from a step that lasts longer and longer.
    if (of > 0 && step > 0)
        return std::max<qint64>(0, (stepMs - loadedMs) * (of - step) / step - (nowMs - stepMs));
    constexpr double leastShare = 0.05;
    const double share = isLoading() ? double(loadedBytes) / double(loadBytes) : 0;
    if (share < leastShare || share >= 1)  // all is read, and the first step, of which nothing is known, still to come
        return -1;
    return qint64(double(nowMs - beganMs) * (1 - share) / share);
}

} // namespace Galley
