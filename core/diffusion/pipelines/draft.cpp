#include "core/diffusion/pipelines/draft.h"

#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/safetensors.h"
#include "core/diffusion/checkpoint/statedict.h"
#include "core/diffusion/memory/lru.h"
#include "core/diffusion/memory/replay.h"
#include "core/diffusion/models/captiondetails.h"
#include "core/diffusion/models/draftmodel.h"
#include "core/diffusion/models/trainedcaptions.h"
#include "core/diffusion/pipelines/draftfolder.h"

#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <span>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t textCacheSize = 256;
constexpr const char *weightsName = "draft.safetensors";
constexpr const char *tableName = "text.safetensors";
constexpr const char *captionsName = "captions";  // what was trained, in words
constexpr const char *untaughtName = "untaught";  // words of what there is clip art of alone
constexpr std::uint64_t maxCaptionBytes = 1024 * 1024;

/// Bytes of what lives beside the weights while \a side × \a side pixels are made, an estimate.
std::uint64_t workOf(const DraftConfig &config, int side, const Device &device)
{
    constexpr std::uint64_t maps = 4;
    constexpr std::uint64_t scratch = 1024 * 1024;
    const auto width = static_cast<std::uint64_t>(std::max(config.stemChannels, config.refinerChannels));
    const auto drawn = static_cast<std::uint64_t>(side / config.enlargement());
    return maps * width * drawn * drawn * bytesOfNumber(device) + scratch;
}

/// Says no to a configuration that the weights cannot fill before memory is taken for it; smaller differences are listed by loadStateDict().
Result<void> checkSizes(const DraftConfig &config, const SafeTensors &weights)
{
    std::int64_t numbers = 0;
    for (const TensorInfo &tensor : weights.tensors())
        numbers += static_cast<std::int64_t>(tensor.bytes() / tensorTypeSize(tensor.type));
    if (config.parameterCount() <= 2 * numbers + 1'000'000)
        return {};
    return fail(ErrorCode::ModelFile, "draft.json describes a model of " + std::to_string(config.parameterCount()) + " numbers, and "
                                          + weights.path().string() + " holds " + std::to_string(numbers)
                                          + ". Use the weights that belong to this configuration.");
}

/// What the file says, which is not kept: unpacked it takes as much memory again.
Result<StaticTextModel> readTable(const fs::path &path)
{
    const auto file = SafeTensors::open(path);
    return file ? StaticTextModel::fromFile(*file) : tl::unexpected(file.error());
}

/// The words under \a name; nothing where there are none.
Result<TrainedCaptions> readWords(const SafeTensors &weights, const char *name, const StaticTextModel &text, std::int64_t maxTokens)
{
    const TensorInfo *words = weights.find(name);
    if (!words)
        return TrainedCaptions();
    if (words->type != TensorType::U8 || words->bytes() > maxCaptionBytes)
        return fail(ErrorCode::ModelFile, weights.path().string() + " must have \"" + name + "\" as U8 text of at most 1 MB, one caption a line.");
    std::string lines(words->bytes(), '\0');
    if (auto copied = weights.copy(*words, std::as_writable_bytes(std::span(lines))); !copied)
        return tl::unexpected(copied.error());
    auto captions = readTrainedCaptions(lines, text, static_cast<std::size_t>(maxTokens));
    if (!captions)
        return fail(ErrorCode::ModelFile, weights.path().string() + " cannot be used: " + captions.error().message + ". Put the model's own file back.");
    return captions;
}

/// [1, 4, H, W], premultiplied → bytes.
Picture pictureOf(const at::Tensor &shown)
{
    // [1, 4, H, W] → [H, W, 4]. Rounding is monotone, so colours stay at or below alpha.
    const at::Tensor bytes = shown[0].nan_to_num(0).mul(255).round().clamp(0, 255).to(at::kCPU, at::kByte).permute({1, 2, 0}).contiguous();
    Picture picture{{static_cast<int>(shown.size(3)), static_cast<int>(shown.size(2))}, {}};
    const auto *data = bytes.const_data_ptr<std::uint8_t>();
    picture.rgba.assign(data, data + bytes.numel());
    return picture;
}

} // namespace

/// What the model needs of a prompt.
struct TextFeatures
{
    at::Tensor vector;  ///< [1, textDim] on the model's device
    at::Tensor detail;  ///< [1, detailChannels, h / 8, w / 8] there, h, w: what the generator draws for the native size; undefined: the words have none
    double confidence = 1;
};

struct DraftPipeline::Private
{
    Private(ModelInfo modelInfo, DraftFolder draftFolder, Device chosenDevice, StaticTextModel textModel)
        : info(std::move(modelInfo))
        , folder(std::move(draftFolder))
        , device(std::move(chosenDevice))
        , text(std::move(textModel))
        , model(folder.config)
    {
    }

    const TextFeatures &encodePrompt(const std::string &prompt, bool &cached);
    at::Tensor prepareCondition(const RenderRequest &request, const TextFeatures &features);
    at::Tensor detailOf(const RenderRequest &request, const TextFeatures &features) const;
    at::Tensor step(const at::Tensor &x, const at::Tensor &cond, const at::Tensor &detail, PictureSize size);
    at::Tensor show(const at::Tensor &x);
    at::Device torchDevice() const { return at::Device(device.kind); }

    ModelInfo info;
    DraftFolder folder;
    Device device;
    StaticTextModel text;
    DraftModel model;
    TrainedCaptions captions;
    CaptionDetails details;
    std::uint64_t weightBytes = 0;
    Replayed replayed;
    Lru<TextFeatures> textCache{textCacheSize};
    std::atomic<std::uint64_t> hits{0};
    std::atomic<std::uint64_t> misses{0};
};

DraftPipeline::DraftPipeline(std::unique_ptr<Private> state)
    : d(std::move(state))
{
}

DraftPipeline::~DraftPipeline() = default;

bool DraftPipeline::recognises(const fs::path &path)
{
    std::error_code ignored;
    return fs::exists(path / "draft.json", ignored);
}

ModelInfo DraftPipeline::describe(const std::string &id, const ModelFiles &files, const Device &device)
{
    ModelInfo info;
    info.id = id;
    info.inputs = {"prompt", "style", "palette", "seed", "steps"};
    const auto described = DraftFolder::read(files.path);
    if (!described) {
        info.error = described.error().message;
        return info;
    }
    info.defaultSteps = described->defaultSteps;
    info.maxSteps = described->maxSteps;
    info.native = described->native;
    info.buckets = described->buckets;
    info.styles = described->styles;
    info.confidenceThreshold = described->confidenceThreshold;
    info.palette = static_cast<int>(described->config.paletteSize);
    info.sizeMultiple = std::max(32, static_cast<int>(described->config.sizeFactor()));
    info.sizeMin = info.sizeMultiple;
    info.family = "Galley draft";
    for (const char *name : {weightsName, tableName}) {
        const auto file = SafeTensors::open(draftFile(files.path, name));
        if (!file) {
            info.error = file.error().message;
            return info;
        }
        // The table of words and the details stay as they are stored.
        const bool isTable = name == std::string_view(tableName);
        for (const TensorInfo &tensor : file->tensors())
            info.weightsBytes += isTable || tensor.type == TensorType::U8 ? tensor.bytes() : tensor.bytes() / tensorTypeSize(tensor.type) * bytesOfNumber(device);
    }
    info.neededBytes = info.weightsBytes + workOf(described->config, info.native, device);
    info.leastBytes = info.neededBytes;
    const auto revision = revisionOf({draftFile(files.path, weightsName), draftFile(files.path, tableName)});
    if (revision)
        info.revision = *revision;
    else
        info.error = revision.error().message;
    return info;
}

Result<std::unique_ptr<Pipeline>> DraftPipeline::load(const ModelInfo &info, const ModelFiles &files, const Device &device, const Thrift &)
{
    auto described = DraftFolder::read(files.path);
    if (!described)
        return tl::unexpected(described.error());
    const fs::path table = draftFile(files.path, tableName);
    auto text = readTable(table);
    if (!text)
        return tl::unexpected(text.error());
    if (static_cast<std::int64_t>(text->dim()) != described->config.textDim) {
        return fail(ErrorCode::ModelFile, table.string() + " has vectors of " + std::to_string(text->dim())
                                              + " numbers, and draft.json asks for " + std::to_string(described->config.textDim) + '.');
    }
    const auto weights = SafeTensors::open(draftFile(files.path, weightsName));
    if (!weights)
        return tl::unexpected(weights.error());

    if (auto fits = checkSizes(described->config, *weights); !fits)
        return tl::unexpected(fits.error());
    auto d = std::make_unique<Private>(info, std::move(*described), device, std::move(*text));
    if (auto loaded = loadStateDict(*d->model, *weights, {.names = {.others = {captionsName, untaughtName, detailMasksName, detailLevelsName, detailScalesName}}}); !loaded)
        return tl::unexpected(loaded.error());
    auto captions = readWords(*weights, captionsName, d->text, d->folder.config.maxTokens);
    if (!captions)
        return tl::unexpected(captions.error());
    d->captions = std::move(*captions);
    const auto untaught = readWords(*weights, untaughtName, d->text, d->folder.config.maxTokens);
    if (!untaught)
        return tl::unexpected(untaught.error());
    d->captions.untaught = untaught->vectors;
    auto details = CaptionDetails::read(*weights, d->folder.config, d->captions.lineCount, info.native / static_cast<int>(d->folder.config.enlargement()));
    if (!details)
        return tl::unexpected(details.error());
    d->details = std::move(*details);
    d->model->eval();
    d->model->convert(d->torchDevice(), device.dtype == "bf16" ? at::kBFloat16 : at::kFloat);
    for (const at::Tensor &parameter : d->model->parameters())
        d->weightBytes += parameter.nbytes();
    return std::unique_ptr<Pipeline>(new DraftPipeline(std::move(d)));
}

const ModelInfo &DraftPipeline::info() const
{
    return d->info;
}

std::uint64_t DraftPipeline::bytes() const
{
    std::uint64_t bytes = d->weightBytes + d->text.bytes() + d->details.bytes();
    for (const at::Tensor &vectors : {d->captions.vectors, d->captions.untaught})
        bytes += vectors.defined() ? vectors.nbytes() : 0;
    return bytes;
}

void DraftPipeline::freeCaches()
{
    d->replayed.clear();
}

TextCacheCounts DraftPipeline::textCacheCounts() const
{
    return {d->hits, d->misses};
}

Result<std::vector<float>> DraftPipeline::embed(const std::string &text)
{
    if (characters(text) > maxPromptCharacters)
        return fail(ErrorCode::Invalid, "A text has more than 10,000 characters.");
    return d->text.captionVector(text, static_cast<std::size_t>(d->folder.config.maxTokens));
}

const TextFeatures &DraftPipeline::Private::encodePrompt(const std::string &prompt, bool &cached)
{
    Sha256 sum;
    sum.add(prompt);
    const std::string key = info.revision + sum.hex();
    const TextFeatures *found = textCache.find(key);
    cached = found != nullptr;
    ++(cached ? hits : misses);
    if (found)
        return *found;
    const GroundedCaption grounded = ground(prompt, text, static_cast<std::size_t>(folder.config.maxTokens), captions, folder.grounding);
    TextFeatures features;
    features.vector = grounded.vector.unsqueeze(0).to(torchDevice());
    if (const at::Tensor detail = details.of(grounded.line); detail.defined())
        features.detail = detail.to(torchDevice());
    if (captions.vectors.defined())
        features.confidence = 1 / (1 + std::exp(-(folder.confidenceA * grounded.nearest + folder.confidenceB)));
    return textCache.insert(key, std::move(features));
}

at::Tensor DraftPipeline::Private::prepareCondition(const RenderRequest &request, const TextFeatures &features)
{
    const auto word = std::find(info.styles.begin(), info.styles.end(), request.style);
    const std::int64_t style = request.style.empty() ? 0 : word - info.styles.begin() + 1;
    at::Tensor palette = at::zeros({1, folder.config.paletteSize, 4});
    auto cells = palette.accessor<float, 3>();
    for (std::size_t i = 0; i < request.palette.size(); ++i) {
        const auto row = static_cast<std::int64_t>(i);
        for (std::size_t channel = 0; channel < 3; ++channel)
            cells[0][row][static_cast<std::int64_t>(channel)] = static_cast<float>(request.palette[i][channel]) / 255.0f;
        cells[0][row][3] = 1;
    }
    const at::Tensor noise = noiseFromSeed(static_cast<std::uint64_t>(request.seed), folder.config);
    return model->condition(features.vector, at::full({1}, style, at::kLong).to(torchDevice()), palette.to(torchDevice()),
                            noise.to(torchDevice()));
}

/// Details were learnt of natural pictures of the native size; undefined only where the model has none for anything.
at::Tensor DraftPipeline::Private::detailOf(const RenderRequest &request, const TextFeatures &features) const
{
    const bool fits = request.size.width == info.native && request.size.height == info.native && request.style.empty();
    const std::int64_t enlargement = folder.config.enlargement();
    return fits && features.detail.defined() ? features.detail : model->noDetail(request.size.height / enlargement, request.size.width / enlargement);
}

/// \a x is undefined before the first step.
at::Tensor DraftPipeline::Private::step(const at::Tensor &x, const at::Tensor &cond, const at::Tensor &detail, PictureSize size)
{
    if (x.defined())
        return replayed.call({x, cond, detail}, [this](const Replayed::Tensors &in) { return Replayed::Tensors{model->refine(in[0], in[1], in[2])}; })[0];
    const std::int64_t enlargement = folder.config.enlargement();
    const auto generate = [&](const Replayed::Tensors &in) { return Replayed::Tensors{model->generate(in[0], in[1], size.height / enlargement, size.width / enlargement)}; };
    return replayed.call({cond, detail}, generate, std::to_string(size.width).append(1, 'x').append(std::to_string(size.height)))[0];
}

at::Tensor DraftPipeline::Private::show(const at::Tensor &x)
{
    return replayed.call({x}, [this](const Replayed::Tensors &in) { return Replayed::Tensors{model->show(in[0])}; }, "show")[0];
}

Result<RenderResult> DraftPipeline::run(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop)
{
    const c10::InferenceMode inference;
    const auto start = std::chrono::steady_clock::now();
    if (auto checked = checkRequest(request, d->info); !checked)
        return tl::unexpected(checked.error());
    const auto cancelled = [] { return fail(ErrorCode::Cancelled, "The render was cancelled."); };
    if (stop.stop_requested())
        return cancelled();

    RenderResult result;
    result.revision = d->info.revision;
    result.steps = request.steps > 0 ? request.steps : d->info.defaultSteps;
    const TextFeatures &features = d->encodePrompt(request.prompt, result.textCached);
    result.confidence = features.confidence;
    const at::Tensor cond = d->prepareCondition(request, features);
    const at::Tensor detail = d->detailOf(request, features);
    result.timingsMs.text = millisecondsSince(start);

    const auto denoiseStart = std::chrono::steady_clock::now();
    at::Tensor x;
    for (int step = 1; step <= result.steps; ++step) {
        x = d->step(x, cond, detail, request.size);
        if (observer.progress)
            observer.progress(step, result.steps);
        if (stop.stop_requested())
            return cancelled();
        if (observer.preview && request.previewEvery > 0 && step % request.previewEvery == 0 && step < result.steps)
            observer.preview(step, pictureOf(x));  // the next step replaces it: of the generator's size, which is quicker
    }
    result.timingsMs.denoise = millisecondsSince(denoiseStart);

    const auto postprocessStart = std::chrono::steady_clock::now();
    result.picture = pictureOf(d->show(x));
    result.timingsMs.postprocess = millisecondsSince(postprocessStart);
    result.timingsMs.total = millisecondsSince(start);
    return result;
}

} // namespace Galley::Diffusion
