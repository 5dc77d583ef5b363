#pragma once

#include <QtGlobal>

namespace Galley {

/// How far a render has come, and how long the rest takes at its own pace. A plain value; all times are the caller's, in milliseconds of one clock.
struct RenderPace
{
    int step = 0;
    int of = 0;  ///< steps; 0: there is none yet
    qint64 loadedBytes = 0;
    qint64 loadBytes = 0;  ///< of the model's weights; 0: nothing is loaded
    qint64 beganMs = 0;
    qint64 loadedMs = 0;  ///< steps are counted from here on
    qint64 stepMs = 0;    ///< the last step came

    /// It begins, or begins once more after its worker ended.
    void begin(qint64 nowMs);
    void load(qint64 bytes, qint64 ofBytes, qint64 nowMs);
    void advance(int toStep, int ofSteps, qint64 nowMs);

    bool isLoading() const { return of == 0 && loadBytes > 0; }
    /// Of the steps where there are any, else of the loading; -1: nobody can tell yet.
    qint64 msLeft(qint64 nowMs) const;

    bool operator==(const RenderPace &) const = default;
};

} // namespace Galley
