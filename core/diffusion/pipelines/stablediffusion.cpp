#include "core/diffusion/pipelines/stablediffusion.h"

#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/mappedfile.h"
#include "core/diffusion/checkpoint/safetensors.h"
#include "core/diffusion/checkpoint/statedict.h"
#include "core/diffusion/memory/lru.h"
#include "core/diffusion/models/tiles.h"
#include "core/diffusion/pipelines/stablediffusionmodules.h"
#include "core/diffusion/tokenizers/cliptokenizer.h"
#include "core/diffusion/tokenizers/promptweights.h"

#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
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
constexpr std::int64_t leastTile = 8;  // latents of a side
constexpr double mostRestored = 10;    // of the mean of weighted features

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

/// Whether each part's file has its tensors; the modules take no memory for it.
Result<void> checkWeights(const StableDiffusionParts &parts)
{
    const auto check = [](const torch::nn::Module &module, const WeightsSource &weights) -> Result<void> {
        const auto file = SafeTensors::open(weights.file);
        return file ? checkStateDict(module, *file, weights.names) : tl::unexpected(file.error());
    };
    Result<void> done = check(*UNet2DConditionModel(parts.unet), parts.unetWeights);
    for (const TextPart &text : parts.texts)
        if (done)
            done = check(*ClipTextModel(text.config), text.weights);
    if (done)
        done = parts.vae ? check(*AutoencoderKl(*parts.vae), parts.vaeWeights) : check(*AutoencoderTiny(*parts.tinyVae), parts.vaeWeights);
    if (done && parts.preview)
        done = check(*AutoencoderTiny(*parts.preview), parts.previewWeights);
    return done;
}

double usualGuidanceOf(const StableDiffusionParts &parts)
{
    return parts.isLcm() ? lcmGuidance : parts.isDistilled() ? 0 : parts.isXl() ? xlGuidance : usualGuidance;
}

struct Tokenizer
{
    ClipTokenizer words;
    std::int64_t pad = 0;
};

Result<Tokenizer> tokenizerOf(const TextPart &text)
{
    auto words = tokenizerIn(text.merges);
    if (!words)
        return tl::unexpected(words.error());
    if (static_cast<std::int64_t>(words->size()) > text.config.vocabSize) {
        return fail(ErrorCode::ModelFile, text.merges.string() + " has " + std::to_string(words->size()) + " pieces, and the text encoder knows "
                                              + std::to_string(text.config.vocabSize) + ". Put the model's own merges.txt back.");
    }
    const std::int64_t pad = text.padsWithEnd ? words->endId() : 0;
    return Tokenizer{std::move(*words), pad};
}

/// What a text encoder reads.
struct TokenRow
{
    at::Tensor ids;      ///< [1, positions] int64: begin, at most positions − 2 tokens, end, padding
    at::Tensor weights;  ///< [1, positions, 1] fp32; undefined: all count alike
};

TokenRow tokensOf(const Tokenizer &tokenizer, const std::string &prompt, std::int64_t positions, bool isWeighted)
{
    const auto limit = static_cast<std::size_t>(positions - 2);
    const WeightedIds tokens = isWeighted ? encodeWeighted(tokenizer.words, prompt, limit) : WeightedIds{tokenizer.words.encode(prompt, limit), {}};
    std::vector<std::int64_t> ids{tokenizer.words.beginId()};
    ids.insert(ids.end(), tokens.ids.begin(), tokens.ids.end());
    ids.push_back(tokenizer.words.endId());
    ids.resize(static_cast<std::size_t>(positions), tokenizer.pad);
    TokenRow row{at::tensor(ids, at::kLong).unsqueeze(0), {}};
    if (tokens.hasWeights()) {
        std::vector<float> weights{1};
        weights.insert(weights.end(), tokens.weights.begin(), tokens.weights.end());
        weights.resize(static_cast<std::size_t>(positions), 1);
        row.weights = at::tensor(weights, at::kFloat).view({1, positions, 1});
    }
    return row;
}

/// Each token's features times its weight, then all of them times what brings their mean back, as AUTOMATIC1111's web UI does it (modules/sd_emphasis.py,
/// "Original"). A mean so near to 0 that bringing it back would make noise of the features stays what it is.
at::Tensor weighted(const at::Tensor &features, const at::Tensor &weights)
{
    const at::Tensor plain = features.to(at::kFloat);
    const at::Tensor result = plain * weights.to(features.device());
    const double factor = plain.mean().item<double>() / result.mean().item<double>();
    const bool isUsable = factor >= 1 / mostRestored && factor <= mostRestored;  // and a number
    return (isUsable ? result * factor : result).to(features.scalar_type());
}

} // namespace

/// What the UNet gets of a prompt.
struct PromptFeatures
{
    at::Tensor tokens;  ///< [1, N, crossAttentionDim]
    at::Tensor pooled;  ///< SDXL: [1, projection]
};

/// A picture that only has to be decoded. When that runs out of memory, the next try of the same request starts here.
struct Undecoded
{
    RenderRequest request;
    at::Tensor latents;
    RenderResult result;
};

struct StableDiffusionPipeline::Private
{
    Private(const ModelInfo &modelInfo, StableDiffusionParts &&modelParts, const Device &chosenDevice)
        : info(modelInfo)
        , parts(std::move(modelParts))
        , device(chosenDevice)
        , modules(parts, device)
    {
    }

    double guidanceOf(const RenderRequest &request) const;
    Result<std::vector<PromptFeatures>> encodePrompts(const std::vector<std::string> &prompts, bool isWeighted, bool &cached);
    Result<UNetCondition> conditionOf(const RenderRequest &request, double guidance, bool isDoubled, bool &cached);
    Result<at::Tensor> denoise(const RenderRequest &request, const RenderObserver &observer, const std::stop_token &stop, RenderResult &result);
    at::Tensor predict(const at::Tensor &x, const SchedulerStep &step, const UNetCondition &condition, double guidance, bool isDoubled);
    Result<at::Tensor> encode(const Picture &picture, const std::function<at::Tensor()> &noise);
    Result<Picture> decode(const at::Tensor &latents, bool isPreview);
    at::Device torchDevice() const { return at::Device(device.kind); }
    at::ScalarType type() const { return device.dtype == "bf16" ? at::kBFloat16 : at::kFloat; }

    ModelInfo info;
    StableDiffusionParts parts;
    Device device;
    std::vector<Tokenizer> tokenizers;
    StableDiffusionModules modules;
    Thrift thrift;
    std::optional<Undecoded> undecoded;
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
    info.inputs = {"prompt", "negative_prompt", "guidance", "seed", "steps", "image", "strength", "weights"};
    info.palette = 0;
    info.confidenceThreshold = 0;
    const auto described = StableDiffusionParts::read(files);
    if (!described) {
        info.error = described.error().message;
        return info;
    }
    info.family = described->family();
    info.maxSteps = described->isConsistent() ? described->scheduler.originalSteps : 100;
    info.defaultSteps = described->defaultSteps();
    info.sizeMultiple = static_cast<int>(described->pixelsOfLatent());
    info.sizeMin = 8 * info.sizeMultiple;
    info.sizeMax = maxSide;
    info.native = std::clamp(static_cast<int>(described->sampleSize) * info.sizeMultiple, info.sizeMin, info.sizeMax);
    info.buckets = {{info.native, info.native}};
    info.defaultGuidance = usualGuidanceOf(*described);
    if (const auto checked = checkWeights(*described); !checked) {
        info.error = checked.error().message;
        return info;
    }
    for (const fs::path &file : described->files()) {
        std::error_code ignored;
        if (const auto size = fs::file_size(file, ignored); !ignored)
            info.fileBytes += size;
    }
    estimateMemory(*described, device, info.defaultGuidance > 1 && !described->isLcm() ? 2 : 1, &info);
    if (const auto revision = revisionOf(described->files()))
        info.revision = *revision;
    else
        info.error = revision.error().message;
    return info;
}

Result<std::unique_ptr<Pipeline>> StableDiffusionPipeline::load(const ModelInfo &info, const ModelFiles &files, const Device &device, const Thrift &thrift)
{
    auto described = StableDiffusionParts::read(files);
    if (!described)
        return tl::unexpected(described.error());
    auto d = std::make_unique<Private>(info, std::move(*described), device);
    for (const TextPart &text : d->parts.texts) {
        auto tokenizer = tokenizerOf(text);
        if (!tokenizer)
            return tl::unexpected(tokenizer.error());
        d->tokenizers.push_back(std::move(*tokenizer));
    }
    if (!thrift.parts)
        if (auto loaded = d->modules.needAll(); !loaded)
            return tl::unexpected(loaded.error());
    auto pipeline = std::unique_ptr<Pipeline>(new StableDiffusionPipeline(std::move(d)));
    pipeline->setThrift(thrift);
    return pipeline;
}

void StableDiffusionPipeline::setThrift(const Thrift &thrift)
{
    d->thrift = thrift;
    d->modules.isOneByOne = thrift.parts;
    if (thrift.parts)
        d->modules.dropAll();
}

void StableDiffusionPipeline::freeCaches()
{
    d->modules.forgetRecordings();
}

void StableDiffusionPipeline::forgetUnfinished()
{
    d->undecoded.reset();
}

const ModelInfo &StableDiffusionPipeline::info() const
{
    return d->info;
}

std::uint64_t StableDiffusionPipeline::bytes() const
{
    return d->modules.bytes();
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

/// Each text encoder reads all prompts that are not cached before the next one does, so that it need not stay.
Result<std::vector<PromptFeatures>> StableDiffusionPipeline::Private::encodePrompts(const std::vector<std::string> &prompts, bool isWeighted, bool &cached)
{
    std::vector<PromptFeatures> features(prompts.size());
    std::vector<std::string> keys;
    std::vector<std::size_t> fresh;
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        Sha256 sum;
        sum.add(prompts[i]);
        keys.push_back(info.revision + sum.hex() + (isWeighted ? "w" : ""));
        const PromptFeatures *found = textCache.find(keys.back());
        ++(found ? hits : misses);
        if (found)
            features[i] = *found;
        else
            fresh.push_back(i);
    }
    cached = fresh.empty();
    std::vector<std::vector<at::Tensor>> tokens(prompts.size());
    for (std::size_t encoder = 0; encoder < tokenizers.size() && !fresh.empty(); ++encoder) {
        if (auto there = modules.need(encoder == 0 ? ModelPart::Text : ModelPart::Text2); !there)
            return tl::unexpected(there.error());
        ClipTextModel model = modules.texts[encoder];
        for (const std::size_t i : fresh) {
            const Tokenizer &tokenizer = tokenizers[encoder];
            const auto read = [&](const Replayed::Tensors &in) {
                const ClipTextFeatures part = model(in[0], tokenizer.words.endId());
                return Replayed::Tensors{parts.isXl() ? part.penultimate : part.last, part.pooled};
            };
            const TokenRow row = tokensOf(tokenizer, prompts[i], model->config.positions, isWeighted);
            const auto part = modules.compute(encoder == 0 ? ModelPart::Text : ModelPart::Text2, {row.ids.to(torchDevice())}, read);
            tokens[i].push_back(row.weights.defined() ? weighted(part[0], row.weights) : part[0]);
            features[i].pooled = part[1];  // of the whole prompt: no weights
        }
    }
    for (const std::size_t i : fresh) {
        features[i].tokens = at::cat(tokens[i], 2);
        textCache.insert(keys[i], features[i]);
    }
    return features;
}

/// \a isDoubled: the negative prompt in the first row, the prompt in the second.
Result<UNetCondition> StableDiffusionPipeline::Private::conditionOf(const RenderRequest &request, double guidance, bool isDoubled, bool &cached)
{
    const bool isNegativeZero = parts.zerosForEmptyPrompt && request.negativePrompt.empty();
    std::vector<std::string> prompts{request.prompt};
    if (isDoubled && !isNegativeZero)
        prompts.push_back(request.negativePrompt);
    const auto encoded = encodePrompts(prompts, request.weights, cached);
    if (!encoded)
        return tl::unexpected(encoded.error());
    const PromptFeatures &features = encoded->front();
    UNetCondition condition{features.tokens, features.pooled, {}, {}};
    if (isDoubled) {
        const PromptFeatures negative = isNegativeZero ? PromptFeatures{at::zeros_like(features.tokens), at::zeros_like(features.pooled)} : encoded->back();
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
    const auto unet = [this](const Replayed::Tensors &in) { return Replayed::Tensors{modules.unet(in[0], in[1], UNetCondition{in[2], in[3], in[4], in[5]})}; };
    const at::Tensor output =
        modules.compute(ModelPart::UNet, {input, timestep, condition.text, condition.pooled, condition.timeIds, condition.timeCond}, unet)[0].to(at::kFloat);
    if (!isDoubled)
        return output;
    // Ho and Salimans 2021, classifier-free guidance.
    return output.narrow(0, 0, 1) + guidance * (output.narrow(0, 1, 1) - output.narrow(0, 0, 1));
}

/// Over white where it is transparent.
Result<at::Tensor> StableDiffusionPipeline::Private::encode(const Picture &picture, const std::function<at::Tensor()> &noise)
{
    if (auto there = modules.need(ModelPart::Autoencoder); !there)
        return tl::unexpected(there.error());
    // [H, W, 4] bytes → [1, 3, H, W] in -1…1
    const at::Tensor bytes = at::tensor(picture.rgba, at::kByte).view({picture.size.height, picture.size.width, 4}).to(torchDevice()).to(at::kFloat) / 255;
    const at::Tensor colours = (bytes.narrow(2, 0, 3) + 1 - bytes.narrow(2, 3, 1)).clamp(0, 1);
    const at::Tensor x = (colours.permute({2, 0, 1}).unsqueeze(0) * 2 - 1).to(type());
    if (AutoencoderTiny tiny = modules.tinyVae)
        return tiny->encode(x).to(at::kFloat) * tiny->config.scalingFactor;
    const LatentDistribution latents = modules.vae->encode(x);
    return (latents.mean + latents.deviation * noise() - parts.shiftFactor()) * parts.scalingFactor();
}

Result<Picture> StableDiffusionPipeline::Private::decode(const at::Tensor &latents, bool isPreview)
{
    if (auto there = modules.need(isPreview ? ModelPart::Preview : ModelPart::Autoencoder); !there)
        return tl::unexpected(there.error());
    // The small autoencoder takes latents as the UNet has them.
    AutoencoderTiny tiny = isPreview ? modules.preview : modules.tinyVae;
    const at::Tensor z = (tiny ? latents / tiny->config.scalingFactor : latents / parts.scalingFactor() + parts.shiftFactor()).to(type());
    const auto decoded = [&](const at::Tensor &part) {
        if (!tiny || thrift.tiles > 0)  // the large one keeps the GPU busy by itself, and its feature maps are too large to keep
            return tiny ? tiny->decode(part) : modules.vae->decode(part);
        return modules.compute(isPreview ? ModelPart::Preview : ModelPart::Autoencoder, {part}, [&](const Replayed::Tensors &in) { return Replayed::Tensors{tiny->decode(in[0])}; })[0];
    };
    const std::int64_t side = std::max(leastTile, std::max(z.size(2), z.size(3)) >> thrift.tiles);
    const at::Tensor x = thrift.tiles > 0 ? decodeInTiles(z, side, parts.pixelsOfLatent(), decoded) : decoded(z);
    // [1, 3, H, W] in -1…1 → [H, W, 4] bytes
    const at::Tensor colours = ((x[0].to(at::kFloat) / 2 + 0.5).nan_to_num(0).clamp(0, 1) * 255).round().to(at::kByte);
    const at::Tensor bytes = at::cat({colours, at::full({1, x.size(2), x.size(3)}, 255, colours.options())}, 0).permute({1, 2, 0}).to(at::kCPU).contiguous();
    Picture picture{{static_cast<int>(x.size(3)), static_cast<int>(x.size(2))}, {}};
    const auto *data = bytes.const_data_ptr<std::uint8_t>();
    picture.rgba.assign(data, data + bytes.numel());
    return picture;
}

/// The latents of the picture; \a result gets what is known of it until then.
Result<at::Tensor> StableDiffusionPipeline::Private::denoise(const RenderRequest &request, const RenderObserver &observer, const std::stop_token &stop, RenderResult &result)
{
    const auto start = Clock::now();
    const double strength = request.strength > 0 ? request.strength : usualStrength;
    const auto schedule = makeSchedule(parts.scheduler, result.steps, request.hasImage() ? strength : 1);
    if (!schedule)
        return tl::unexpected(schedule.error());
    const auto cancelled = [] { return fail(ErrorCode::Cancelled, "The render was cancelled."); };
    if (stop.stop_requested())
        return cancelled();

    const double guidance = guidanceOf(request);
    const bool isDoubled = guidance > 1 && !parts.isLcm();
    const auto condition = conditionOf(request, guidance, isDoubled, result.textCached);
    if (!condition)
        return tl::unexpected(condition.error());
    result.timingsMs.text = millisecondsSince(start);
    if (stop.stop_requested())
        return cancelled();

    const auto denoiseStart = Clock::now();
    // Noise is drawn on the CPU, so that a seed means the same picture on every device.
    at::Generator generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(request.seed));
    const std::int64_t factor = parts.pixelsOfLatent();
    const auto noise = [&] { return at::randn({1, parts.latentChannels(), request.size.height / factor, request.size.width / factor}, generator, at::kFloat).to(torchDevice()); };
    at::Tensor x;
    if (request.hasImage()) {
        const auto encoded = encode(request.image, noise);
        if (!encoded)
            return tl::unexpected(encoded.error());
        x = *encoded * schedule->startSample;
        x = x + noise() * schedule->startNoise;
    } else {
        x = noise() * schedule->initNoiseSigma;
    }
    if (auto there = modules.need(ModelPart::UNet); !there)
        return tl::unexpected(there.error());
    // Before the loop, which then never waits for a GPU: all noise that the steps will add.
    std::vector<at::Tensor> added;
    for (const SchedulerStep &step : schedule->steps)
        added.push_back(step.noise != 0 ? noise() * step.noise : at::Tensor());
    const int steps = static_cast<int>(schedule->steps.size());
    for (int step = 1; step <= steps; ++step) {
        const SchedulerStep &now = schedule->steps[static_cast<std::size_t>(step - 1)];
        const at::Tensor output = predict(x, now, *condition, guidance, isDoubled);
        x = x * now.sample + output * now.model;
        if (const at::Tensor &more = added[static_cast<std::size_t>(step - 1)]; more.defined())
            x = x + more;
        if (observer.progress)
            observer.progress(step, steps);
        if (stop.stop_requested())
            return cancelled();
        if (observer.preview && parts.preview && request.previewEvery > 0 && step % request.previewEvery == 0 && step < steps)
            if (const auto preview = decode(x, true))
                observer.preview(step, *preview);
    }
    result.timingsMs.denoise = millisecondsSince(denoiseStart);
    return x;
}

Result<RenderResult> StableDiffusionPipeline::run(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop)
{
    const c10::InferenceMode inference;
    const auto start = Clock::now();
    if (auto checked = checkRequest(request, d->info); !checked)
        return tl::unexpected(checked.error());
    if (!d->undecoded || !(d->undecoded->request == request)) {
        d->undecoded.reset();
        Undecoded fresh{request, {}, {}};
        fresh.result.revision = d->info.revision;
        fresh.result.steps = request.steps > 0 ? request.steps : d->info.defaultSteps;
        auto latents = d->denoise(request, observer, stop, fresh.result);
        if (!latents)
            return tl::unexpected(latents.error());
        fresh.latents = std::move(*latents);
        d->undecoded = std::move(fresh);
    } else if (stop.stop_requested()) {
        return fail(ErrorCode::Cancelled, "The render was cancelled.");
    }

    const auto postprocessStart = Clock::now();
    auto picture = d->decode(d->undecoded->latents, false);
    if (!picture)
        return tl::unexpected(picture.error());
    RenderResult result = std::move(d->undecoded->result);
    d->undecoded.reset();
    if (d->thrift.parts)
        d->modules.dropAll();
    result.picture = std::move(*picture);
    result.timingsMs.postprocess = millisecondsSince(postprocessStart);
    result.timingsMs.total = millisecondsSince(start);
    return result;
}

} // namespace Galley::Diffusion
