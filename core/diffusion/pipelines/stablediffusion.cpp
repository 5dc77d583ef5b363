#include "core/diffusion/pipelines/stablediffusion.h"

#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/mappedfile.h"
#include "core/diffusion/checkpoint/safetensors.h"
#include "core/diffusion/checkpoint/statedict.h"
#include "core/diffusion/memory/lru.h"
#include "core/diffusion/models/autoencoderkl.h"
#include "core/diffusion/models/cliptextmodel.h"
#include "core/diffusion/models/unet2dcondition.h"
#include "core/diffusion/pipelines/stablediffusionparts.h"
#include "core/diffusion/tokenizers/cliptokenizer.h"

#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <span>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t textCacheSize = 64;
constexpr std::uint64_t maxMergesBytes = 8 * 1024 * 1024;
constexpr double lcmGuidance = 8.5;
constexpr double usualGuidance = 7.5;
constexpr double xlGuidance = 5;
constexpr int maxSide = 2048;
constexpr double usualStrength = 0.8;  // of a start picture

Result<ClipTokenizer> tokenizerIn(const fs::path &path)
{
    const auto file = MappedFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    if (file->size() > maxMergesBytes)
        return fail(ErrorCode::ModelFile, path.string() + " is larger than 8 MiB. Put the model's own merges.txt back.");
    std::string text(file->size(), '\0');
    if (auto copied = file->copy(0, std::as_writable_bytes(std::span(text))); !copied)
        return tl::unexpected(copied.error());
    return ClipTokenizer::fromMerges(text);
}

/// Loads, moves and lays out one part.
Result<void> fill(torch::nn::Module &module, const WeightsSource &weights, const Device &device)
{
    const auto file = SafeTensors::open(weights.file);
    if (!file)
        return tl::unexpected(file.error());
    if (auto loaded = loadStateDict(module, *file, {weights.names, device.dtype == "bf16" ? at::kBFloat16 : at::kFloat}); !loaded)
        return loaded;
    module.eval();
    module.to(at::Device(device.kind));
    for (at::Tensor &parameter : module.parameters())
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    return {};
}

std::uint64_t bytesOf(const torch::nn::Module &module)
{
    std::uint64_t bytes = 0;
    for (const at::Tensor &parameter : module.parameters())
        bytes += parameter.nbytes();
    return bytes;
}

double usualGuidanceOf(const StableDiffusionParts &parts)
{
    return parts.isLcm() ? lcmGuidance : parts.isDistilled() ? 0 : parts.isXl() ? xlGuidance : usualGuidance;
}

std::uint64_t numbersOf(const torch::nn::Module &module)
{
    std::uint64_t numbers = 0;
    for (const at::Tensor &parameter : module.parameters())
        numbers += static_cast<std::uint64_t>(parameter.numel());
    return numbers;
}

/// Of one part: weights and what it works with at \a pixels, in bytes.
struct PartMemory
{
    std::uint64_t weights = 0;
    std::uint64_t work = 0;

    std::uint64_t sum() const { return weights + work; }
};

/// Counted on modules without values, so that it needs no file. The work is that of the widest place of each part, in feature maps of its size that live at
/// the same time.
void estimateMemory(const StableDiffusionParts &model, const Device &device, ModelInfo *info)
{
    constexpr std::uint64_t mapsOfDecoder = 4;
    constexpr std::uint64_t mapsOfUNet = 24;  // with those that wait for the way up
    const std::uint64_t number = bytesOfNumber(device);
    const std::uint64_t pixels = static_cast<std::uint64_t>(info->native) * static_cast<std::uint64_t>(info->native);
    const std::uint64_t latents = pixels / static_cast<std::uint64_t>(info->sizeMultiple * info->sizeMultiple);
    const auto maps = [&](std::uint64_t count, std::uint64_t places, std::int64_t channels) { return count * places * static_cast<std::uint64_t>(channels) * number; };
    std::vector<PartMemory> parts;
    for (const TextPart &text : model.texts)
        parts.push_back({numbersOf(*ClipTextModel(text.config)) * number, 0});
    const std::uint64_t rows = usualGuidanceOf(model) > 1 && !model.isLcm() ? 2 : 1;
    parts.push_back({numbersOf(*UNet2DConditionModel(model.unet)) * number, maps(rows * mapsOfUNet, latents, model.unet.channels.front())});
    if (model.vae) {
        const auto &widths = model.vae->channels;
        parts.push_back({numbersOf(*AutoencoderKl(*model.vae)) * number, maps(mapsOfDecoder, pixels, widths[std::min<std::size_t>(1, widths.size() - 1)])});
    } else {
        parts.push_back({numbersOf(*AutoencoderTiny(*model.tinyVae)) * number, maps(mapsOfDecoder, pixels, model.tinyVae->channels)});
    }
    std::uint64_t work = 0;
    for (const PartMemory &part : parts) {
        info->weightsBytes += part.weights;
        work = std::max(work, part.work);
        info->leastBytes = std::max(info->leastBytes, part.sum());
    }
    if (model.preview)
        info->weightsBytes += numbersOf(*AutoencoderTiny(*model.preview)) * number;
    info->neededBytes = info->weightsBytes + work;
}

/// A text encoder that is ready.
struct Text
{
    ClipTokenizer tokenizer;
    ClipTextModel model{nullptr};
    std::int64_t pad = 0;
};

/// [1, positions] int64: begin, at most positions − 2 tokens, end, padding.
at::Tensor idsOf(const Text &text, const std::string &prompt, std::int64_t positions)
{
    std::vector<std::int64_t> ids{text.tokenizer.beginId()};
    for (const std::int32_t id : text.tokenizer.encode(prompt, static_cast<std::size_t>(positions - 2)))
        ids.push_back(id);
    ids.push_back(text.tokenizer.endId());
    ids.resize(static_cast<std::size_t>(positions), text.pad);
    return at::tensor(ids, at::kLong).unsqueeze(0);
}

} // namespace

/// What the UNet gets of a prompt.
struct PromptFeatures
{
    at::Tensor tokens;  ///< [1, N, crossAttentionDim]
    at::Tensor pooled;  ///< SDXL: [1, projection]
};

struct StableDiffusionPipeline::Private
{
    double guidanceOf(const RenderRequest &request) const;
    const PromptFeatures &encodePrompt(const std::string &prompt, bool &cached);
    UNetCondition conditionOf(const RenderRequest &request, double guidance, bool isDoubled, bool &cached);
    at::Tensor predict(const at::Tensor &x, const SchedulerStep &step, const UNetCondition &condition, double guidance, bool isDoubled);
    at::Tensor encode(const Picture &picture, const std::function<at::Tensor()> &noise);
    Picture decode(const at::Tensor &latents, bool isPreview);
    at::Device torchDevice() const { return at::Device(device.kind); }
    at::ScalarType type() const { return device.dtype == "bf16" ? at::kBFloat16 : at::kFloat; }

    ModelInfo info;
    StableDiffusionParts parts;
    Device device;
    std::vector<Text> texts;
    UNet2DConditionModel unet{nullptr};
    AutoencoderKl vae{nullptr};
    AutoencoderTiny tinyVae{nullptr};
    AutoencoderTiny preview{nullptr};
    std::uint64_t weightBytes = 0;
    Lru<PromptFeatures> textCache{textCacheSize};
    std::atomic<std::uint64_t> hits{0};
    std::atomic<std::uint64_t> misses{0};
};

StableDiffusionPipeline::StableDiffusionPipeline(std::unique_ptr<Private> state)
    : d(std::move(state))
{
}

StableDiffusionPipeline::~StableDiffusionPipeline() = default;

bool StableDiffusionPipeline::recognises(const fs::path &path)
{
    std::error_code ignored;
    return fs::exists(path / "model_index.json", ignored) || fs::is_regular_file(path, ignored);
}

ModelInfo StableDiffusionPipeline::describe(const std::string &id, const ModelFiles &files, const Device &device)
{
    ModelInfo info;
    info.id = id;
    info.inputs = {"prompt", "negative_prompt", "guidance", "seed", "steps", "image", "strength"};
    info.palette = 0;
    info.confidenceThreshold = 0;
    const auto described = StableDiffusionParts::read(files);
    if (!described) {
        info.error = described.error().message;
        return info;
    }
    info.maxSteps = described->isLcm() ? described->scheduler.originalSteps : 100;
    info.defaultSteps = described->isLcm() ? 4 : described->isDistilled() ? 1 : described->isXl() ? 30 : 20;
    info.sizeMultiple = static_cast<int>(described->pixelsOfLatent());
    info.sizeMin = 8 * info.sizeMultiple;
    info.sizeMax = maxSide;
    info.native = std::clamp(static_cast<int>(described->sampleSize) * info.sizeMultiple, info.sizeMin, info.sizeMax);
    info.buckets = {{info.native, info.native}};
    info.defaultGuidance = usualGuidanceOf(*described);
    estimateMemory(*described, device, &info);
    for (const fs::path &weights : described->files()) {
        if (const auto file = SafeTensors::open(weights); !file) {
            info.error = file.error().message;
            return info;
        }
    }
    if (const auto revision = revisionOf(described->files()))
        info.revision = *revision;
    else
        info.error = revision.error().message;
    return info;
}

Result<std::unique_ptr<Pipeline>> StableDiffusionPipeline::load(const ModelInfo &info, const ModelFiles &files, const Device &device)
{
    auto described = StableDiffusionParts::read(files);
    if (!described)
        return tl::unexpected(described.error());
    auto d = std::make_unique<Private>();
    d->info = info;
    d->parts = std::move(*described);
    d->device = device;
    Result<void> done;
    const auto take = [&](torch::nn::Module &module, const WeightsSource &weights) {
        if (done)
            done = fill(module, weights, device);
        d->weightBytes += bytesOf(module);
    };
    for (const TextPart &text : d->parts.texts) {
        auto tokenizer = tokenizerIn(text.merges);
        if (!tokenizer)
            return tl::unexpected(tokenizer.error());
        if (static_cast<std::int64_t>(tokenizer->size()) > text.config.vocabSize) {
            return fail(ErrorCode::ModelFile, text.merges.string() + " has " + std::to_string(tokenizer->size()) + " pieces, and the text encoder knows "
                                                  + std::to_string(text.config.vocabSize) + ". Put the model's own merges.txt back.");
        }
        const std::int64_t pad = text.padsWithEnd ? tokenizer->endId() : 0;
        d->texts.push_back({std::move(*tokenizer), ClipTextModel(text.config), pad});
        take(*d->texts.back().model, text.weights);
    }
    d->unet = UNet2DConditionModel(d->parts.unet);
    take(*d->unet, d->parts.unetWeights);
    if (d->parts.vae) {
        d->vae = AutoencoderKl(*d->parts.vae);
        take(*d->vae, d->parts.vaeWeights);
    } else {
        d->tinyVae = AutoencoderTiny(*d->parts.tinyVae);
        take(*d->tinyVae, d->parts.vaeWeights);
    }
    if (d->parts.preview) {
        d->preview = AutoencoderTiny(*d->parts.preview);
        take(*d->preview, d->parts.previewWeights);
    }
    if (!done)
        return tl::unexpected(done.error());
    return std::unique_ptr<Pipeline>(new StableDiffusionPipeline(std::move(d)));
}

const ModelInfo &StableDiffusionPipeline::info() const
{
    return d->info;
}

std::uint64_t StableDiffusionPipeline::bytes() const
{
    return d->weightBytes;
}

TextCacheCounts StableDiffusionPipeline::textCacheCounts() const
{
    return {d->hits, d->misses};
}

Result<std::vector<float>> StableDiffusionPipeline::embed(const std::string &)
{
    return fail(ErrorCode::Unsupported, d->info.id + " has no vectors of captions.");
}

double StableDiffusionPipeline::Private::guidanceOf(const RenderRequest &request) const
{
    if (request.guidance > 0)
        return request.guidance;
    return usualGuidanceOf(parts);
}

const PromptFeatures &StableDiffusionPipeline::Private::encodePrompt(const std::string &prompt, bool &cached)
{
    Sha256 sum;
    sum.add(prompt);
    const std::string key = info.revision + sum.hex();
    const PromptFeatures *found = textCache.find(key);
    cached = found != nullptr;
    ++(cached ? hits : misses);
    if (found)
        return *found;
    PromptFeatures features;
    std::vector<at::Tensor> tokens;
    for (Text &text : texts) {
        const ClipTextFeatures part = text.model(idsOf(text, prompt, text.model->config.positions).to(torchDevice()), text.tokenizer.endId());
        tokens.push_back(parts.isXl() ? part.penultimate : part.last);
        features.pooled = part.pooled;
    }
    features.tokens = at::cat(tokens, 2);
    return textCache.insert(key, std::move(features));
}

/// \a isDoubled: the negative prompt in the first row, the prompt in the second.
UNetCondition StableDiffusionPipeline::Private::conditionOf(const RenderRequest &request, double guidance, bool isDoubled, bool &cached)
{
    PromptFeatures features = encodePrompt(request.prompt, cached);  // a copy of handles: the next call may drop the entry
    UNetCondition condition{features.tokens, features.pooled, {}, {}};
    if (isDoubled) {
        bool isNegativeCached = false;
        PromptFeatures negative = encodePrompt(request.negativePrompt, isNegativeCached);
        cached = cached && isNegativeCached;
        if (parts.zerosForEmptyPrompt && request.negativePrompt.empty())
            negative = {at::zeros_like(features.tokens), at::zeros_like(features.pooled)};
        condition.text = at::cat({negative.tokens, features.tokens}, 0);
        condition.pooled = at::cat({negative.pooled, features.pooled}, 0);
    }
    if (parts.isXl()) {
        const auto height = static_cast<float>(request.size.height);
        const auto width = static_cast<float>(request.size.width);
        condition.timeIds = at::tensor(std::vector<float>{height, width, 0, 0, height, width}).to(torchDevice()).repeat({isDoubled ? 2 : 1, 1});
    }
    if (parts.isLcm())
        condition.timeCond = timestepEmbedding(at::full({1}, (guidance - 1) * 1000, at::kFloat).to(torchDevice()), parts.unet.timeCondDim, false, 1);
    return condition;
}

at::Tensor StableDiffusionPipeline::Private::predict(const at::Tensor &x, const SchedulerStep &step, const UNetCondition &condition, double guidance, bool isDoubled)
{
    const at::Tensor scaled = x * step.inputScale;
    const at::Tensor input = isDoubled ? at::cat({scaled, scaled}, 0) : scaled;
    const at::Tensor timestep = at::full({input.size(0)}, step.timestep, x.options());
    const at::Tensor output = unet(input, timestep, condition).to(at::kFloat);
    if (!isDoubled)
        return output;
    // Ho and Salimans 2021, classifier-free guidance.
    return output.narrow(0, 0, 1) + guidance * (output.narrow(0, 1, 1) - output.narrow(0, 0, 1));
}

/// Over white where it is transparent.
at::Tensor StableDiffusionPipeline::Private::encode(const Picture &picture, const std::function<at::Tensor()> &noise)
{
    // [H, W, 4] bytes → [1, 3, H, W] in -1…1
    const at::Tensor bytes = at::tensor(picture.rgba, at::kByte).view({picture.size.height, picture.size.width, 4}).to(torchDevice()).to(at::kFloat) / 255;
    const at::Tensor colours = (bytes.narrow(2, 0, 3) + 1 - bytes.narrow(2, 3, 1)).clamp(0, 1);
    const at::Tensor x = (colours.permute({2, 0, 1}).unsqueeze(0) * 2 - 1).to(type());
    if (tinyVae)
        return tinyVae->encode(x).to(at::kFloat) * tinyVae->config.scalingFactor;
    const LatentDistribution latents = vae->encode(x);
    return (latents.mean + latents.deviation * noise() - parts.shiftFactor()) * parts.scalingFactor();
}

Picture StableDiffusionPipeline::Private::decode(const at::Tensor &latents, bool isPreview)
{
    // The small autoencoder takes latents as the UNet has them.
    AutoencoderTiny tiny = isPreview ? preview : tinyVae;
    const at::Tensor x = tiny ? tiny->decode((latents / tiny->config.scalingFactor).to(type()))
                              : vae->decode((latents / parts.scalingFactor() + parts.shiftFactor()).to(type()));
    // [1, 3, H, W] in -1…1 → [H, W, 4] bytes
    const at::Tensor colours = ((x[0].to(at::kFloat) / 2 + 0.5).nan_to_num(0).clamp(0, 1) * 255).round().to(at::kByte);
    const at::Tensor bytes = at::cat({colours, at::full({1, x.size(2), x.size(3)}, 255, colours.options())}, 0).permute({1, 2, 0}).to(at::kCPU).contiguous();
    Picture picture{{static_cast<int>(x.size(3)), static_cast<int>(x.size(2))}, {}};
    const auto *data = bytes.const_data_ptr<std::uint8_t>();
    picture.rgba.assign(data, data + bytes.numel());
    return picture;
}

Result<RenderResult> StableDiffusionPipeline::run(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop)
{
    const c10::InferenceMode inference;
    const auto start = Clock::now();
    if (auto checked = checkRequest(request, d->info); !checked)
        return tl::unexpected(checked.error());
    RenderResult result;
    result.revision = d->info.revision;
    result.steps = request.steps > 0 ? request.steps : d->info.defaultSteps;
    const double strength = request.strength > 0 ? request.strength : usualStrength;
    const auto schedule = makeSchedule(d->parts.scheduler, result.steps, request.hasImage() ? strength : 1);
    if (!schedule)
        return tl::unexpected(schedule.error());
    const auto cancelled = [] { return fail(ErrorCode::Cancelled, "The render was cancelled."); };
    if (stop.stop_requested())
        return cancelled();

    const double guidance = d->guidanceOf(request);
    const bool isDoubled = guidance > 1 && !d->parts.isLcm();
    const UNetCondition condition = d->conditionOf(request, guidance, isDoubled, result.textCached);
    result.timingsMs.text = millisecondsSince(start);
    if (stop.stop_requested())
        return cancelled();

    const auto denoiseStart = Clock::now();
    // Noise is drawn on the CPU, so that a seed means the same picture on every device.
    at::Generator generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(request.seed));
    const std::int64_t factor = d->parts.pixelsOfLatent();
    const auto noise = [&] { return at::randn({1, d->parts.latentChannels(), request.size.height / factor, request.size.width / factor}, generator, at::kFloat).to(d->torchDevice()); };
    at::Tensor x;
    if (request.hasImage()) {
        x = d->encode(request.image, noise) * schedule->startSample;
        x = x + noise() * schedule->startNoise;
    } else {
        x = noise() * schedule->initNoiseSigma;
    }
    const int steps = static_cast<int>(schedule->steps.size());
    for (int step = 1; step <= steps; ++step) {
        const SchedulerStep &now = schedule->steps[static_cast<std::size_t>(step - 1)];
        const at::Tensor output = d->predict(x, now, condition, guidance, isDoubled);
        x = x * now.sample + output * now.model;
        if (now.noise != 0)
            x = x + noise() * now.noise;
        if (observer.progress)
            observer.progress(step, steps);
        if (stop.stop_requested())
            return cancelled();
        if (observer.preview && d->preview && request.previewEvery > 0 && step % request.previewEvery == 0 && step < steps)
            observer.preview(step, d->decode(x, true));
    }
    result.timingsMs.denoise = millisecondsSince(denoiseStart);

    const auto postprocessStart = Clock::now();
    result.picture = d->decode(x, false);
    result.timingsMs.postprocess = millisecondsSince(postprocessStart);
    result.timingsMs.total = millisecondsSince(start);
    result.memory = {bytes(), bytes()};
    return result;
}

} // namespace Galley::Diffusion
