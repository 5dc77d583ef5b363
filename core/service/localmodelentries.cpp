#include "core/engines/local/answers.h"
#include "core/engines/local/localengine.h"
#include "core/routing/modelcatalogue.h"
#include "core/service/localmodels.h"

#include <algorithm>

namespace Galley {

namespace {

constexpr int mostDraftSteps = 8;  ///< distilled models: made to be quick
constexpr int leastMultiple = 8;   ///< of the sides of any latent picture
constexpr qint64 leastRoom = 4;    ///< times the least square

} // namespace

QList<LocalModelFile> localModelFiles(const QString &folder)
{
    QList<LocalModelFile> files;
    for (const AddedModel &model : readAddedModels(folder).models)
        files.append({model.id, model.path});
    return files;
}

ModelEntry localModelEntry(const AddedModel &model, const LocalModel &said)
{
    ModelEntry entry;
    entry.id = model.id;
    entry.label = said.family.isEmpty() || said.family.compare(model.id, Qt::CaseInsensitive) == 0
        ? model.id
        : QStringLiteral("%1 (%2)").arg(model.id, said.family);
    entry.backend = QStringLiteral("local");
    entry.upstream = model.id;
    entry.dialect = Dialect::Prose;
    entry.defaultSteps = said.basic.defaultSteps;
    entry.tier = said.basic.defaultSteps <= mostDraftSteps ? Fidelity::Draft : Fidelity::Mid;
    entry.licence = licenceName(model.path);
    const int native = said.basic.nativeSize;
    entry.sizes.multiple = std::max(said.sizeMultiple, leastMultiple);
    // As many pixels as it was trained on, in any shape; a small model must have room for a shape at all.
    entry.sizes.maxPixels = std::max(qint64(native) * native, leastRoom * said.minSide * said.minSide);
    entry.sizes.minPixels = entry.sizes.maxPixels * 3 / 4;
    entry.sizes.maxEdge = said.maxSide;
    entry.supports = {QStringLiteral("seed"), QStringLiteral("steps"), QStringLiteral("stream")};
    for (const char *feature : {"guidance", "image", "weights"}) {
        if (said.takes(feature))
            entry.supports.append(QLatin1String(feature));
    }
    // What is distilled runs without guidance, and then nothing is compared with the negative prompt.
    if ((said.takes("negative") || said.takes("negative_prompt")) && said.defaultGuidance > 1)
        entry.supports.append(QStringLiteral("negative"));
    // Other weights under the same id make other pictures: part of every request, and so of every cache's key.
    if (!said.basic.revision.isEmpty())
        entry.options["revision"] = said.basic.revision.toStdString();
    return entry;
}

QList<ModelEntry> localModelEntries(const QString &folder)
{
    QList<ModelEntry> entries;
    for (const AddedModel &model : readAddedModels(folder).models)
        entries.append(localModelEntry(model, readLocalModel(model.said)));
    return entries;
}

void mergeLocalModels(ModelCatalogue &catalogue, const QList<ModelEntry> &entries)
{
    for (const ModelEntry &entry : entries) {
        if (!catalogue.findModel(entry.id))
            catalogue.models.append(entry);
    }
}

} // namespace Galley
