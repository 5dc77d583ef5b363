#include "core/service/subjectplanner.h"

#include "core/prompt/draftwords.h"
#include "core/template/tokenseed.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QtMath>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::DraftService", text);
}

SubjectOutcome failed(const Error &error)
{
    SubjectOutcome outcome;
    outcome.kind = SubjectOutcome::Kind::Failed;
    outcome.error = error;
    return outcome;
}

SubjectOutcome waiting(const Need &need)
{
    SubjectOutcome outcome;
    outcome.kind = SubjectOutcome::Kind::Waiting;
    outcome.need = need;
    return outcome;
}

SubjectOutcome ready(const SubjectTask &task, SubjectSource took)
{
    SubjectOutcome outcome;
    outcome.kind = SubjectOutcome::Kind::Ready;
    outcome.info.tokenId = task.tokenId;
    outcome.info.words = task.words;
    outcome.info.took = took;
    return outcome;
}

/// The model for drafts; an error when it cannot be used, a need when nobody has asked yet.
std::variant<const ModelCapabilities *, SubjectOutcome> findModel(const SubjectTask &task, const DraftResources &resources, DraftMemory &memory)
{
    if (!resources.engine) {
        return failed({ErrorCode::Unavailable,
                       tr("This build of Galley has no drawing worker. Take clip art, or build galley-worker."), {}});
    }
    if (const Error *error = memory.findError(capabilitiesKey()))
        return failed(*error);
    if (!resources.capabilities)
        return waiting({Need::Kind::Capabilities, capabilitiesKey(), {}, {}});
    const ModelCapabilities *model = resources.capabilities->findModel(draftModelId(task.model));
    if (!model && !task.model.isEmpty()) {
        return failed({ErrorCode::NotFound,
                       tr("There is no model %1 on this machine any more. Choose another draft model, or add it again under Models.").arg(task.model), {}});
    }
    if (!model)
        return failed({ErrorCode::NotFound, tr("The draft model is not installed. Take clip art, or install Galley again."), {}});
    if (!model->problem.isEmpty())
        return failed({ErrorCode::Unavailable, model->problem, {}});
    return model;
}

/// Layers of another device or number type are other pictures.
QString layerKey(const EngineRequest &request, const EngineCapabilities &capabilities)
{
    return capabilities.device + QLatin1Char('/') + capabilities.dtype + QLatin1Char('/') + request.digest();
}

const RenderResult *findLayer(const QString &key, DraftResources &resources, DraftMemory &memory)
{
    memory.used.insert(key);
    if (const auto own = memory.layers.constFind(key); own != memory.layers.cend())
        return &*own;
    const RenderResult *cached = resources.layers.find(key);
    if (!cached)
        return nullptr;
    RenderResult copy = *cached;
    copy.fromCache = true;
    return &*memory.layers.insert(key, copy);
}

SubjectOutcome showLayer(const SubjectTask &task, const EngineRequest &request, const RenderResult &layer)
{
    SubjectOutcome outcome = ready(task, SubjectSource::Generated);
    outcome.picture = layer.image;
    SubjectInfo &info = outcome.info;
    info.label = tr("Generated");
    info.confidence = layer.confidence;
    info.milliseconds = layer.timingsMs.value(QStringLiteral("total"));
    info.steps = layer.steps;
    info.model = layer.model;
    info.revision = layer.revision;
    info.device = layer.device;
    info.dtype = layer.dtype;
    info.digest = request.digest();
    info.fromCache = layer.fromCache;
    info.timingsMs = layer.timingsMs;
    info.memoryBytes = peakMemory(layer);
    info.reason = layer.notes.join(QLatin1Char(' '));
    if (task.steps > layer.steps)
        info.reason = tr("This model has at most %1 steps, so %2 were not possible.").arg(layer.steps).arg(task.steps);
    return outcome;
}

SubjectOutcome planGenerated(const SubjectTask &task, DraftResources &resources, DraftMemory &memory)
{
    const auto found = findModel(task, resources, memory);
    if (const auto *outcome = std::get_if<SubjectOutcome>(&found))
        return *outcome;
    const ModelCapabilities &model = *std::get<const ModelCapabilities *>(found);
    if (task.strictSteps && (task.steps < 1 || task.steps > model.maxSteps)) {
        return failed({ErrorCode::InvalidInput,
                       tr("%1 cannot be drawn in %2 steps; it has 1 to %3.").arg(model.model).arg(task.steps).arg(model.maxSteps), {}});
    }
    const EngineRequest request = layerRequest(task, model);
    const QString key = layerKey(request, *resources.capabilities);
    if (const RenderResult *layer = findLayer(key, resources, memory))
        return showLayer(task, request, *layer);
    if (const Error *error = memory.findError(key))
        return failed(*error);
    return waiting({Need::Kind::Render, key, request, {}});
}

QString clipArtLabel(const Cutout &cutout)
{
    QStringList origin{cutout.source, cutout.licence};
    origin.removeAll(QString());
    const QString label = tr("Clip art: %1").arg(cutout.caption);
    return origin.isEmpty() ? label : label + QStringLiteral(" (") + origin.join(QStringLiteral(", ")) + QLatin1Char(')');
}

bool isZero(const QList<float> &vector)
{
    return std::all_of(vector.cbegin(), vector.cend(), [](float value) { return value == 0; });
}

SubjectOutcome planClipArt(const SubjectTask &task, DraftResources &resources, DraftMemory &memory)
{
    if (!resources.cutouts || resources.cutouts->count() == 0)
        return failed({ErrorCode::Unavailable, tr("The clip-art pack is missing. Install Galley again."), {}});
    const CutoutLibrary &cutouts = *resources.cutouts;
    QList<CutoutMatch> matches;
    const QString key = QStringLiteral("words/") + task.words;
    const auto vector = resources.vectors.constFind(task.words);
    const bool noWorker = !resources.engine || memory.findError(capabilitiesKey()) || memory.findError(key);
    if (cutouts.hasVectors() && vector == resources.vectors.cend() && !noWorker)
        return waiting({Need::Kind::Vector, key, {}, task.words});
    if (cutouts.hasVectors() && vector != resources.vectors.cend() && !isZero(*vector))
        matches = cutouts.nearest(*vector);
    if (matches.isEmpty())
        matches = cutouts.nearestByWords(task.words);
    if (matches.isEmpty()) {
        return failed({ErrorCode::NotFound,
                       tr("The clip-art pack has nothing for “%1”. Try other words, or take Generated.").arg(task.words), {}});
    }
    const Cutout &cutout = cutouts.at(matches.first().index);
    const auto picture = cutouts.image(matches.first().index);
    if (!picture)
        return failed(picture.error());
    SubjectOutcome outcome = ready(task, SubjectSource::ClipArt);
    outcome.picture = *picture;
    outcome.info.label = clipArtLabel(cutout);
    outcome.info.cutoutId = cutout.id;
    outcome.info.ownStyle = cutout.style;
    outcome.info.confidence = matches.first().score;
    return outcome;
}

SubjectOutcome planAuto(const SubjectTask &task, DraftResources &resources, DraftMemory &memory)
{
    SubjectOutcome generated = planGenerated(task, resources, memory);
    if (generated.kind == SubjectOutcome::Kind::Waiting)
        return generated;
    if (generated.kind == SubjectOutcome::Kind::Failed) {
        // Only a model that cannot be used at all makes way by itself; a request that failed is told and kept.
        const auto model = findModel(task, resources, memory);
        if (std::holds_alternative<const ModelCapabilities *>(model))
            return generated;
        SubjectOutcome clipArt = planClipArt(task, resources, memory);
        if (clipArt.kind == SubjectOutcome::Kind::Failed)
            return generated;
        clipArt.info.reason = tr("The draft model cannot be used: %1").arg(generated.error.message);
        return clipArt;
    }
    if (!task.model.isEmpty())
        return generated; // it knows nothing of being sure
    const ModelCapabilities *model = resources.capabilities->findModel(draftModelId(task.model));
    const QString measure = tr("%1 % sure, %2 % needed")
                                .arg(qFloor(generated.info.confidence * 100)) // never "90 of 90 needed" for a refusal
                                .arg(qRound(model->confidenceThreshold * 100));
    const auto because = [&](const QString &sentence) { return sentence.arg(measure); };
    if (generated.info.confidence >= model->confidenceThreshold) {
        const QString why = because(tr("The draft model knows these words (%1)."));
        generated.info.reason = generated.info.reason.isEmpty() ? why : why + QLatin1Char(' ') + generated.info.reason;
        return generated;
    }
    SubjectOutcome clipArt = planClipArt(task, resources, memory);
    if (clipArt.kind == SubjectOutcome::Kind::Failed) {
        generated.info.reason = because(tr("The draft model is not sure about these words (%1), but there is no clip art for them."));
        return generated;
    }
    clipArt.info.reason = because(tr("The draft model is not sure about these words (%1)."));
    return clipArt;
}

SubjectOutcome planImage(const SubjectTask &task, DraftMemory &memory)
{
    const QFileInfo file(task.imagePath);
    // A picture that was saved again is another picture.
    const QString key = QStringLiteral("image/") + task.imagePath + QLatin1Char('/')
        + QString::number(file.lastModified().toMSecsSinceEpoch()) + QLatin1Char('/') + QString::number(file.size());
    SubjectOutcome outcome = ready(task, SubjectSource::MyImage);
    outcome.info.label = tr("My image");
    if (const Error *error = memory.findError(key)) {
        outcome.info.label = tr("Image missing");
        outcome.info.reason = error->message;
        return outcome;
    }
    const auto image = memory.images.constFind(key);
    if (image == memory.images.cend())
        return waiting({Need::Kind::Image, key, {}, task.imagePath});
    outcome.picture = *image;
    return outcome;
}

} // namespace

const Error *DraftMemory::findError(const QString &key)
{
    used.insert(key);
    const auto found = errors.constFind(key);
    return found == errors.cend() ? nullptr : &*found;
}

void DraftMemory::forgetUnused()
{
    const auto unused = [this](const auto &entry) { return !used.contains(entry.key()); };
    layers.removeIf(unused);
    images.removeIf(unused);
    errors.removeIf(unused);
}

EngineRequest layerRequest(const SubjectTask &task, const ModelCapabilities &model)
{
    EngineRequest request;
    request.model = model.model;
    request.revision = model.revision;
    request.prompt = task.words;
    if (!task.model.isEmpty()) {
        // A model of the world at large reads the style in its words, and paints the whole square. To cut-outs composition gives it.
        request.prompt = task.style.isEmpty() ? task.words : task.words + QStringLiteral(", ") + task.style;
        request.rgba = false;
        request.quick = true;
    }
    request.size = {model.nativeSize, model.nativeSize};
    request.seed = task.seed;
    request.steps = std::clamp(task.steps, 1, model.maxSteps);
    return request;
}

QString draftModelId(const QString &chosen)
{
    return chosen.isEmpty() ? QStringLiteral("galley-draft") : chosen;
}

QList<SubjectTask> subjectTasks(const Scene &scene, const Variant &variant, const CompiledPrompt &prompt, const DraftOptions &options)
{
    QList<SubjectTask> tasks;
    for (const SceneItem &item : scene.items) {
        SubjectTask task;
        task.tokenId = item.tokenId;
        if (item.kind == SceneItem::Kind::Picture) {
            const ResolvedToken *token = variant.findToken(item.tokenId);
            task.imagePath = item.imagePath;
            task.isSubject = token && token->token.role == Role::Subject;
            task.words = token ? token->show.text : QString();
        } else if (item.kind == SceneItem::Kind::Subject) {
            const auto layer = std::find_if(prompt.layers.cbegin(), prompt.layers.cend(),
                                            [&](const DraftLayerPrompt &entry) { return entry.tokenId == item.tokenId; });
            task.words = layer == prompt.layers.cend() ? item.words : layer->words;
            task.style = layer == prompt.layers.cend() ? QString() : layer->style;
            task.source = options.source;
            task.model = options.model;
            task.seed = options.seed;
            if (const ResolvedToken *token = variant.findToken(item.tokenId)) {
                task.seed = tokenSeed(token->token).value_or(options.seed);
                task.written = writtenSubject(*token, variant);
            }
            task.steps = options.steps;
        }
        if (!task.imagePath.isEmpty() || !task.words.trimmed().isEmpty())
            tasks.append(task);
    }
    return tasks;
}

SubjectOutcome planSubject(const SubjectTask &task, DraftResources &resources, DraftMemory &memory)
{
    if (!task.imagePath.isEmpty())
        return planImage(task, memory);
    SubjectOutcome outcome = task.source == SubjectSource::Generated ? planGenerated(task, resources, memory)
                             : task.source == SubjectSource::ClipArt ? planClipArt(task, resources, memory)
                                                                     : planAuto(task, resources, memory);
    SubjectInfo &info = outcome.info;
    if (outcome.kind == SubjectOutcome::Kind::Ready && !task.written.isEmpty() && task.written != task.words) {
        const QString asked = tr("“%1” is asked for as “%2”.").arg(task.written, task.words);
        info.reason = info.reason.isEmpty() ? asked : asked + QLatin1Char(' ') + info.reason;
    }
    return outcome;
}

} // namespace Galley
