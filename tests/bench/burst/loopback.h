#pragma once

#include "tests/bench/burst/burst.h"

namespace Galley {

/// The same against real servers on loopback: arrivals are decided by decideRoute() and go through JobQueue, RemoteEngine and Store to one server for each
/// model, whose pool of GPUs is the simulation's, \a scale times as fast. Latencies are scaled back, Galley's own time in them too. Drafts stay on the
/// designer's machine: their measured times. Needs an event loop's thread; takes minutes / scale.
Result<QList<BurstServed>> runOnLoopback(const BurstRun &run, const BurstSetup &setup, const QList<BurstArrival> &arrivals, const ModelCatalogue &catalogue,
                                         double scale);

} // namespace Galley
