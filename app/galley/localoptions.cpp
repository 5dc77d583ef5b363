#include "app/galley/localoptions.h"

#include "app/galley/finalparts.h"
#include "core/service/localmodels.h"

namespace Galley {

LocalEngineOptions localEngineOptions(const Paths &paths, const Settings &settings)
{
    LocalEngineOptions options;
    options.workerBinary = paths.worker;
    options.modelsFolder = paths.resources + QStringLiteral("/models");
    options.models = localModelFiles(localModelsFolder(paths));
    options.device = settings.draftDevice.value();
    options.threads = settings.draftThreads.value();
    options.memoryBytes = qint64(settings.modelMemoryGb.value()) * 1'000'000'000;
    options.logFile = paths.log() + QStringLiteral("/worker.log");
    return options;
}

} // namespace Galley
