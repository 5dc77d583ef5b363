#include "app/galley/commands/modelfiles.h"

#include "app/galley/finalparts.h"
#include "core/base/yaml.h"
#include "core/service/localmodels.h"

#include <QFileInfo>

namespace Galley {

ModelCatalogue loadCatalogue(const Paths &paths)
{
    ModelCatalogue catalogue = readCatalogue(shippedModelsFile(paths), userModelsFile(paths));
    mergeLocalModels(catalogue, localModelEntries(localModelsFolder(paths)));
    return catalogue;
}

QList<Finding> checkRules(const Paths &paths, const QString &file)
{
    const auto text = readSmallFile(file, YamlLimits().bytes);
    if (!text)
        return {unreadableFile(file, text.error())};
    return readRoutePolicy(*text, loadCatalogue(paths), file).findings;
}

QList<Finding> checkModels(const Paths &paths, const QString &file)
{
    const auto text = readSmallFile(file, YamlLimits().bytes);
    if (!text)
        return {unreadableFile(file, text.error())};
    return checkModelFile(readSmallFile(shippedModelsFile(paths), YamlLimits().bytes).value_or(QByteArray()), *text, file);
}

} // namespace Galley
