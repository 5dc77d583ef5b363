#pragma once

#include <QString>

#include <QtGlobal>

namespace Galley {

/// A clock that never jumps: milliseconds since the machine was switched on, the time in which it slept included, and which start that was. Two readings
/// of the same start are really so far apart, also across restarts of Galley; of two different starts nothing is known.
struct BootTime
{
    QString boot;   ///< names the start of the machine (where the system has no name for it: of this process)
    qint64 ms = 0;

    bool operator==(const BootTime &) const = default;
};

/// Now. Any thread.
BootTime bootTime();

} // namespace Galley
