#pragma once

#include "core/base/result.h"
#include "core/render/renderrequest.h"
#include "core/routing/modelcatalogue.h"

#include <QDateTime>
#include <QMap>
#include <QSet>

namespace Galley {

/// Everything about the world that a decision depends on; taken by the caller, so that deciding is pure.
struct RouteSnapshot
{
    QDateTime now;
    bool offline = false;
    QSet<QString> backendsWithoutKey;   ///< ids of backends that need a key and have none
    QMap<QString, QString> retired;     ///< model id → sentence: the service said so (model_not_found)
};

/// The bucket of \a project, 0–9999: the SHA-256 digest as one big-endian number, mod 10000.
int cohortOf(const QString &project);

/// Whether \a backend is on this machine, so that it works without a network.
bool isOnThisMachine(const BackendEntry &backend);

/// Which model renders \a request. Pure: no clock, no I/O, no randomness. An unknown or retired model that was asked for is an Error
/// (NotFound, or ServiceFailed with FailureClass::Retired) whose sentence names the replacement; it is never exchanged silently. What is only
/// in the way now (no key, offline) does not stop the decision: it is a sentence in `skipped`, so that the request can be queued.
Result<RouteDecision> decideRoute(const RenderRequest &request, const ModelCatalogue &catalogue, const RouteSnapshot &snapshot);

} // namespace Galley
