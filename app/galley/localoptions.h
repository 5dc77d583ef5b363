#pragma once

#include "core/base/paths.h"
#include "core/engines/local/localengine.h"
#include "core/settings/settings.h"

namespace Galley {

/// How the local engine is started on this machine: worker, models and log from \a paths, device and threads from \a settings. Used by the
/// desktop and by the command line alike.
LocalEngineOptions localEngineOptions(const Paths &paths, const Settings &settings);

} // namespace Galley
