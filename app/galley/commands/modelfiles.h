#pragma once

#include "core/base/paths.h"
#include "core/routing/modelcatalogue.h"
#include "core/routing/routepolicy.h"
#include "core/service/cataloguefile.h"

#include <QString>

namespace Galley {

/// What models.yaml as shipped says, laid over by the user's, with the models of this machine that people added. A file that cannot be read is a finding.
ModelCatalogue loadCatalogue(const Paths &paths);

/// Findings of \a file as a models.yaml over the one of \a paths.
QList<Finding> checkModels(const Paths &paths, const QString &file);

/// Findings of \a file as a routes.yaml, with the models of \a paths.
QList<Finding> checkRules(const Paths &paths, const QString &file);

} // namespace Galley
