#pragma once

#include "core/base/result.h"
#include "core/render/renderrequest.h"
#include "core/routing/canary.h"
#include "core/routing/modelcatalogue.h"
#include "core/routing/routepolicy.h"

#include <QDateTime>
#include <QMap>
#include <QSet>

namespace Galley {

/// How one model does at the moment of a decision.
struct ModelCondition
{
    QString outOfRouting;  ///< why it may not be asked now (cool-down, held by a person), a sentence; empty: it may
    int waiting = 0;       ///< jobs of it in the queue, running ones too
    qint64 p95Ms = -1;     ///< of its last renders; -1: too few
    bool isLoaded = false; ///< in memory already: wins ties
};

/// Everything about the world that a decision depends on; taken by the caller, so that deciding is pure.
struct RouteSnapshot
{
    QDateTime now;
    bool offline = false;
    QSet<QString> backendsWithoutKey;   ///< ids of backends that need a key and have none
    QMap<QString, QString> retired;     ///< model id → sentence: the service said so (model_not_found)
    QMap<QString, ModelCondition> conditions;  ///< by model id; absent: nothing is known against it
    QMap<QString, double> spentByRuleUsd;      ///< today
    QMap<QString, CanaryState> canaries;       ///< by rule
};

/// The bucket of \a project, 0–9999: the SHA-256 digest as one big-endian number, mod 10000.
int cohortOf(const QString &project);

/// Whether \a backend is on this machine, so that it works without a network.
bool isOnThisMachine(const BackendEntry &backend);

/// Which model renders \a request by the rules of \a policy (empty: built-in defaults). Pure: no clock, no I/O, no randomness.
///
/// A model that was asked for, and a default, is never exchanged: an unknown one is an Error (NotFound), a retired one too (ServiceFailed with
/// FailureClass::Retired), whose sentence names the replacement; what is only in the way now is a sentence in `skipped`, so that the request can wait.
///
/// Else the first rule that matches decides: of its models the one that the project's cohort prefers by weighted rendezvous on (rule, project, model),
/// unless the rule's canary takes the project or its burst limit is passed. What cannot be taken now (out of routing, over the rule's budget, offline,
/// no key, retired) is skipped with its reason; then the cohort's next model of the split is taken, then the first fallback that names the kind of
/// failure. A tie is two models of equal weight behind the cohort's own: the loaded one comes first. When nothing is left, the decision stays with the
/// model that was wanted and says so.
Result<RouteDecision> decideRoute(const RenderRequest &request, const RoutePolicy &policy, const ModelCatalogue &catalogue,
                                  const RouteSnapshot &snapshot);

} // namespace Galley
