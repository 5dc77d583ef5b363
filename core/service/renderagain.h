#pragma once

#include "core/service/routingservice.h"

namespace Galley {

class Finals;
class Store;

/// Makes \a pictures again by the rules in force, one job for all pictures of a job, in the batch lane. Where the library has the result of the same
/// request by the model that is chosen now, that is taken instead. What was asked for by name stays with that model. Both outlive the future.
QFuture<Result<RenderAgainReport>> renderAgain(Finals *finals, Store *store, const QList<qint64> &pictures);

} // namespace Galley
