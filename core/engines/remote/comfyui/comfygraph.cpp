#include "core/engines/remote/comfyui/comfygraph.h"

#include "core/base/paths.h"
#include "core/engines/remote/wire.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace Galley {

namespace {

constexpr JsonLimits fileLimits{.bytes = 16 * 1024 * 1024, .depth = 64};
constexpr std::size_t maxNodes = 2000;
constexpr int defaultSteps = 20;
constexpr double defaultGuidance = 7;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ComfyUI", text);
}

auto wrong(const QString &message)
{
    return fail(Error{.code = ErrorCode::InvalidInput, .message = message, .failure = FailureClass::Rejected});
}

/// The model's own option comes before the backend's.
const Json &option(const EngineRequest &request, const BackendEntry &backend, const char *name)
{
    const Json &own = memberOf(request.options, name);
    return own.is_null() ? memberOf(backend.options, name) : own;
}

bool hasPicture(const EngineRequest &request, ReferencePicture::Use use)
{
    return std::any_of(request.references.cbegin(), request.references.cend(),
                       [use](const ReferencePicture &picture) { return picture.use == use; });
}

Result<Json> readGraphFile(const QString &path, const BackendEntry &backend)
{
    const QString folder = backend.file.isEmpty() ? Paths::fromEnvironment().config : QFileInfo(backend.file).absolutePath();
    const QString name = QDir(folder).absoluteFilePath(path);
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(tr("The workflow %1 of \"%2\" cannot be read: %3. Check its path in models.yaml.").arg(name, backend.title(), file.errorString()));
    if (file.size() > fileLimits.bytes)
        return wrong(tr("The workflow %1 of \"%2\" is larger than 16 MiB.").arg(name, backend.title()));
    return parseJson(file.readAll(), name, fileLimits);
}

Result<void> checkGraph(const Json &graph, const BackendEntry &backend)
{
    if (memberOf(graph, "nodes").is_array())
        return wrong(tr("The workflow of \"%1\" was saved for ComfyUI's editor. Save it again with Workflow > Export (API).").arg(backend.title()));
    if (!graph.is_object() || graph.empty() || graph.size() > maxNodes)
        return wrong(tr("The workflow of \"%1\" is no node graph in ComfyUI's API format.").arg(backend.title()));
    for (const auto &[id, node] : graph.items()) {
        if (!memberOf(node, "class_type").is_string() || !memberOf(node, "inputs").is_object())
            return wrong(tr("Node %1 in the workflow of \"%2\" has no class_type or no inputs. Save it again with Workflow > Export (API).")
                             .arg(QString::fromStdString(id).left(40), backend.title()));
    }
    return {};
}

/// "6.text" as a place in \a graph.
Result<ComfyInput> readPlace(const Json &graph, const QString &text, const QString &name, const BackendEntry &backend)
{
    const qsizetype dot = text.indexOf(QLatin1Char('.'));
    const ComfyInput place{text.left(dot), dot < 0 ? QString() : text.mid(dot + 1)};
    const Json &inputs = memberOf(memberOf(graph, place.node.toUtf8().constData()), "inputs");
    if (dot < 0 || !inputs.is_object() || !inputs.contains(place.input.toStdString()))
        return wrong(tr("models.yaml puts \"%1\" into \"%2\" of the workflow of \"%3\", which has no such node and input. Write it as node.input, such as 6.text.")
                         .arg(name, text.left(60), backend.title()));
    return place;
}

Result<void> readInputs(ComfyWorkflow &workflow, const Json &map, const BackendEntry &backend)
{
    const QStringList known = comfyInputNames();
    if (!map.is_object() || !map.contains("prompt"))
        return wrong(tr("The workflow of \"%1\" does not say where the prompt goes. Add inputs: {prompt: \"6.text\"} with the node's number to models.yaml.")
                         .arg(backend.title()));
    for (const auto &[key, value] : map.items()) {
        const QString name = QString::fromStdString(key);
        if (!known.contains(name))
            return wrong(tr("models.yaml names the input \"%1\" for the workflow of \"%2\"; it can be one of: %3.")
                             .arg(name.left(40), backend.title(), known.join(QStringLiteral(", "))));
        const Json places = value.is_array() ? value : Json::array({value});
        for (const Json &entry : places) {
            auto place = readPlace(workflow.graph, toQString(entry), name, backend);
            if (!place)
                return fail(place.error());
            workflow.inputs[name].append(*place);
        }
    }
    return {};
}

void put(Json &graph, const ComfyInput &place, const Json &value)
{
    graph[place.node.toStdString()]["inputs"][place.input.toStdString()] = value;
}

/// `set` of the options: {"3.sampler_name": "dpmpp_2m"}.
Result<void> applySettings(Json &graph, const Json &settings, const BackendEntry &backend)
{
    if (!settings.is_object())
        return {};
    for (const auto &[key, value] : settings.items()) {
        auto place = readPlace(graph, QString::fromStdString(key), QStringLiteral("set"), backend);
        if (!place)
            return fail(place.error());
        put(graph, *place, value);
    }
    return {};
}

Json node(const char *type, Json inputs)
{
    return {{"class_type", type}, {"inputs", std::move(inputs)}};
}

Json link(const char *from, int slot)
{
    return Json::array({from, slot});
}

/// The latents that the sampler of the built-in graph begins with, when there is a start picture: scaled to the size, masked, repeated.
void addStartPicture(ComfyWorkflow &workflow, bool withMask)
{
    Json &graph = workflow.graph;
    graph.erase("5");
    graph["10"] = node("LoadImage", {{"image", ""}});
    graph["11"] = node("ImageScale", {{"image", link("10", 0)}, {"upscale_method", "lanczos"}, {"width", 512}, {"height", 512}, {"crop", "center"}});
    graph["12"] = node("VAEEncode", {{"pixels", link("11", 0)}, {"vae", link("4", 2)}});
    const char *latents = "12";
    if (withMask) {
        // The alpha channel of LoadImageMask is 1 where the picture is transparent: what is to be drawn anew, as in Galley.
        graph["13"] = node("LoadImageMask", {{"image", ""}, {"channel", "alpha"}});
        graph["14"] = node("SetLatentNoiseMask", {{"samples", link("12", 0)}, {"mask", link("13", 0)}});
        latents = "14";
    }
    graph["15"] = node("RepeatLatentBatch", {{"samples", link(latents, 0)}, {"amount", 1}});
    graph["3"]["inputs"]["latent_image"] = link("15", 0);
    workflow.inputs[QStringLiteral("image")] = {{QStringLiteral("10"), QStringLiteral("image")}};
    if (withMask)
        workflow.inputs[QStringLiteral("mask")] = {{QStringLiteral("13"), QStringLiteral("image")}};
    workflow.inputs[QStringLiteral("width")] = {{QStringLiteral("11"), QStringLiteral("width")}};
    workflow.inputs[QStringLiteral("height")] = {{QStringLiteral("11"), QStringLiteral("height")}};
    workflow.inputs[QStringLiteral("count")] = {{QStringLiteral("15"), QStringLiteral("amount")}};
}

ComfyWorkflow builtInWorkflow(const EngineRequest &request)
{
    ComfyWorkflow workflow;
    workflow.builtIn = true;
    workflow.graph = {
        {"3", node("KSampler", {{"seed", 0}, {"steps", defaultSteps}, {"cfg", defaultGuidance}, {"sampler_name", "euler"}, {"scheduler", "normal"},
                                {"denoise", 1.0}, {"model", link("4", 0)}, {"positive", link("6", 0)}, {"negative", link("7", 0)},
                                {"latent_image", link("5", 0)}})},
        {"4", node("CheckpointLoaderSimple", {{"ckpt_name", ""}})},
        {"5", node("EmptyLatentImage", {{"width", 512}, {"height", 512}, {"batch_size", 1}})},
        {"6", node("CLIPTextEncode", {{"text", ""}, {"clip", link("4", 1)}})},
        {"7", node("CLIPTextEncode", {{"text", ""}, {"clip", link("4", 1)}})},
        {"8", node("VAEDecode", {{"samples", link("3", 0)}, {"vae", link("4", 2)}})},
        {"9", node("SaveImage", {{"filename_prefix", "galley"}, {"images", link("8", 0)}})}};
    const auto at = [&](const char *name, const char *id, const char *input) {
        workflow.inputs[QString::fromLatin1(name)] = {{QString::fromLatin1(id), QString::fromLatin1(input)}};
    };
    at("prompt", "6", "text");
    at("negative", "7", "text");
    at("seed", "3", "seed");
    at("steps", "3", "steps");
    at("guidance", "3", "cfg");
    at("strength", "3", "denoise");
    at("width", "5", "width");
    at("height", "5", "height");
    at("count", "5", "batch_size");
    at("model", "4", "ckpt_name");
    if (hasPicture(request, ReferencePicture::Use::Start))
        addStartPicture(workflow, hasPicture(request, ReferencePicture::Use::Mask));
    return workflow;
}

} // namespace

QStringList comfyInputNames()
{
    return {QStringLiteral("prompt"), QStringLiteral("negative"), QStringLiteral("seed"), QStringLiteral("steps"),
            QStringLiteral("width"), QStringLiteral("height"), QStringLiteral("guidance"), QStringLiteral("image"),
            QStringLiteral("mask"), QStringLiteral("strength"), QStringLiteral("count"), QStringLiteral("model")};
}

Result<ComfyWorkflow> loadWorkflow(const EngineRequest &request, const BackendEntry &backend)
{
    const Json &source = option(request, backend, "workflow");
    ComfyWorkflow workflow;
    if (source.is_null()) {
        if (request.upstream.isEmpty())
            return wrong(tr("models.yaml gives \"%1\" no upstream, the checkpoint that ComfyUI is to load, and no workflow. Add one of them.")
                             .arg(request.model));
        workflow = builtInWorkflow(request);
    } else {
        auto graph = source.is_string() ? readGraphFile(toQString(source), backend) : Result<Json>(source);
        if (!graph)
            return fail(graph.error());
        workflow.graph = std::move(*graph);
        if (auto checked = checkGraph(workflow.graph, backend); !checked)
            return fail(checked.error());
        if (auto read = readInputs(workflow, option(request, backend, "inputs"), backend); !read)
            return fail(read.error());
        workflow.outputNode = toQString(option(request, backend, "output"));
    }
    if (auto applied = applySettings(workflow.graph, option(request, backend, "set"), backend); !applied)
        return fail(applied.error());
    return workflow;
}

Result<QStringList> fillWorkflow(ComfyWorkflow &workflow, const EngineRequest &request, const ComfyUploads &uploads, int seed)
{
    const auto set = [&](const char *name, const Json &value) {
        const QList<ComfyInput> places = workflow.inputs.value(QString::fromLatin1(name));
        for (const ComfyInput &place : places)
            put(workflow.graph, place, value);
        return !places.isEmpty();
    };
    QStringList notes;
    set("prompt", request.prompt.toStdString());
    set("seed", seed);
    if (!request.upstream.isEmpty())
        set("model", request.upstream.toStdString());
    if (!set("negative", request.negativePrompt.toStdString()) && !request.negativePrompt.isEmpty())
        notes.append(tr("The workflow has no input for the negative prompt; it was left out."));
    if (request.steps > 0 && !set("steps", request.steps))
        notes.append(tr("The workflow sets its own number of steps."));
    if (request.guidance > 0 && !set("guidance", request.guidance))
        notes.append(tr("The workflow sets its own guidance."));
    if (request.size.isValid() && !(set("width", request.size.width()) & set("height", request.size.height())))
        notes.append(tr("The workflow sets the size of its pictures."));
    if (!set("count", request.count) && request.count > 1)
        notes.append(tr("The workflow decides how many pictures it makes."));
    if (!request.seedWanted)
        notes.append(tr("ComfyUI chooses no seeds; Galley chose %1.").arg(seed));
    if (!uploads.start.isEmpty()) {
        if (!set("image", uploads.start.toStdString()))
            return wrong(tr("The workflow has no input for a start picture. Name one as image in models.yaml, or render without the draft."));
        if (!set("strength", request.strength))
            notes.append(tr("The workflow sets how much of the start picture stays."));
    }
    if (!uploads.mask.isEmpty() && !set("mask", uploads.mask.toStdString()))
        return wrong(tr("The workflow has no input for a mask. Name one as mask in models.yaml."));
    return notes;
}

QString weightsOf(const Json &graph)
{
    if (!graph.is_object())
        return {};
    for (const char *input : {"ckpt_name", "unet_name"}) {
        for (const auto &[id, entry] : graph.items()) {
            const bool loads = textOf(entry, "class_type").contains(QLatin1String("Loader"));
            const QString name = loads ? textOf(memberOf(entry, "inputs"), input) : QString();
            if (!name.isEmpty())
                return name;
        }
    }
    return {};
}

std::optional<qint64> seedOf(const Json &graph)
{
    if (!graph.is_object())
        return std::nullopt;
    for (const char *input : {"seed", "noise_seed"}) {
        for (const auto &[id, entry] : graph.items()) {
            if (const auto seed = wholeNumberOf(memberOf(entry, "inputs"), input))
                return seed;
        }
    }
    return std::nullopt;
}

QStringList socketOutputs(const Json &graph)
{
    QStringList ids;
    if (!graph.is_object())
        return ids;
    for (const auto &[id, entry] : graph.items()) {
        if (textOf(entry, "class_type") == QLatin1String("SaveImageWebsocket"))
            ids.append(QString::fromStdString(id));
    }
    return ids;
}

} // namespace Galley
