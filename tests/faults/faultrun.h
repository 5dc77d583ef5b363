#pragma once

#include "core/store/store.h"
#include "tests/faults/faults.h"

#include <optional>

namespace Galley {

/// What came of one job.
struct FaultOutcome
{
    bool ended = false;            ///< it came to rest
    JobRecord atRest;              ///< as on disk
    QString ledgerAtRest;          ///< "reserved 0.06", "settled price 0.06": what is in force, with the sum
    JobRecord atLast;              ///< after what rested undecided was given up
    QString ledgerAtLast;
    QList<QByteArray> pictures;    ///< of the library
    int paid = 0;                  ///< requests that may cost money, as the server saw them, incomplete ones included
    int asked = 0;                 ///< requests of the stage
    int complete = 0;              ///< requests that may cost money and arrived whole
    int openConnections = 0;       ///< that were left after a stop
    double wallMs = 0;             ///< the longest turn of the event loop
    double cpuMs = 0;              ///< the same in CPU time of its thread
};

/// Sends one job of \a profile through the real queue, engine, client and \a store to a server that misbehaves as \a fault says, until it rests; then
/// gives up what is undecided and cancels what waits. The queue's clock stands still, so that nothing is sent again by itself.
FaultOutcome runFault(const ServiceProfile &profile, const Fault &fault, Store &store);

} // namespace Galley
