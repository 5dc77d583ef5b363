#include "core/diffusion/pipelines/stablediffusion.h"

#include "core/diffusion/checkpoint/digest.h"
#include "core/diffusion/checkpoint/safetensors.h"
#include "core/diffusion/checkpoint/statedict.h"
#include "core/diffusion/guarded.h"
#include "core/diffusion/memory/cuda.h"
#include "core/diffusion/models/tiles.h"
#include "core/diffusion/pipelines/promptencoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <c10/core/InferenceMode.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double lcmGuidance = 8.5;
constexpr double usualGuidance = 7.5;
constexpr double xlGuidance = 5;
constexpr int maxSide = 2048;
constexpr double usualStrength = 0.8;  // of a start picture
constexpr std::int64_t leastTile = 8;  // latents of a side

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

/// Thrown out of a module between two of its layers.
struct Stopped
{
};

std::function<void()> stopsOn(const std::stop_token &stop)
{
    return [stop] {
        if (stop.stop_requested())
            throw Stopped();
    };
}

tl::unexpected<Error> cancelled()
{
    return fail(ErrorCode::Cancelled, "The render was cancelled.");
}

/// [1, 3, H, W] in -1…1 → [H, W, 4] bytes
at::Tensor bytesOf(const at::Tensor &x)
{
    const at::Tensor colours = ((x[0].to(at::kFloat) / 2 + 0.5).nan_to_num(0).clamp(0, 1) * 255).round().to(at::kByte);
    return at::cat({colours, at::full({1, x.size(2), x.size(3)}, 255, colours.options())}, 0).permute({1, 2, 0}).contiguous();
}

Picture pictureOf(const at::Tensor &bytes)
{
    Picture picture{{static_cast<int>(bytes.size(1)), static_cast<int>(bytes.size(0))}, {}};
    const auto *data = bytes.const_data_ptr<std::uint8_t>();
    picture.rgba.assign(data, data + bytes.numel());
    return picture;
}

double usualGuidanceOf(const StableDiffusionParts &parts)
{
    return parts.isLcm() ? lcmGuidance : parts.isDistilled() ? 0 : parts.isXl() ? xlGuidance : usualGuidance;
}

} // namespace

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
        , modules(parts, device, info.files)
    {
    }

    double guidanceOf(const RenderRequest &request) const;
    Result<UNetCondition> conditionOf(const RenderRequest &request, double guidance, bool isDoubled, const std::stop_token &stop, bool &cached);
    Result<at::Tensor> denoise(const RenderRequest &request, const RenderObserver &observer, const std::stop_token &stop, RenderResult &result);
    at::Tensor predict(const at::Tensor &x, const SchedulerStep &step, const UNetCondition &condition, double guidance, bool isDoubled);
    Result<at::Tensor> encode(const Picture &picture, const std::function<at::Tensor()> &noise, const std::stop_token &stop);
    at::Tensor decode(const at::Tensor &latents, bool isSmall, bool mayRecord, const std::stop_token &stop = {});
    Result<Picture> finish(const at::Tensor &latents, bool isSmall, const std::stop_token &stop);
    bool isGpu() const { return device.kind == "cuda"; }
    at::Device torchDevice() const { return at::Device(device.kind); }
    at::ScalarType type() const { return device.dtype == "bf16" ? at::kBFloat16 : at::kFloat; }

    ModelInfo info;
    StableDiffusionParts parts;
    Device device;
    StableDiffusionModules modules;
    std::unique_ptr<PromptEncoder> prompts;
    Thrift thrift;
    std::optional<Undecoded> undecoded;
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
    for (const fs::path &file : described->files())
        info.files.emplace(file, FileIdentity::of(file));
    // Its guidance is an input of the UNet: nothing is compared with a negative prompt.
    if (described->isLcm())
        std::erase(info.inputs, "negative_prompt");
    info.family = described->family();
    info.maxSteps = described->isConsistent() ? described->scheduler.originalSteps : 100;
    info.defaultSteps = described->defaultSteps();
    info.sizeMultiple = static_cast<int>(described->pixelsOfLatent());
    info.sizeMin = 8 * info.sizeMultiple;
    info.sizeMax = maxSide;
    info.native = std::clamp(static_cast<int>(described->sampleSize) * info.sizeMultiple, info.sizeMin, info.sizeMax);
    info.buckets = {{info.native, info.native}};
    info.defaultGuidance = usualGuidanceOf(*described);
    auto checked = checkWeights(*described);
    if (checked)
        checked = PromptEncoder::checkVocabularies(*described);
    if (!checked) {
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
    auto prompts = PromptEncoder::load(d->info, d->parts, d->modules, d->torchDevice());
    if (!prompts)
        return tl::unexpected(prompts.error());
    d->prompts = std::move(*prompts);
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
    return d->prompts->counts();
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

/// \a isDoubled: the negative prompt in the first row, the prompt in the second.
Result<UNetCondition> StableDiffusionPipeline::Private::conditionOf(const RenderRequest &request, double guidance, bool isDoubled, const std::stop_token &stop, bool &cached)
{
    const bool isNegativeZero = parts.zerosForEmptyPrompt && request.negativePrompt.empty();
    std::vector<std::string> texts{request.prompt};
    if (isDoubled && !isNegativeZero)
        texts.push_back(request.negativePrompt);
    const auto encoded = prompts->encode(std::move(texts), request.weights, stop, cached);
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
Result<at::Tensor> StableDiffusionPipeline::Private::encode(const Picture &picture, const std::function<at::Tensor()> &noise, const std::stop_token &stop)
{
    if (auto there = modules.need(ModelPart::Autoencoder); !there)
        return tl::unexpected(there.error());
    // [H, W, 4] bytes → [1, 3, H, W] in -1…1
    const at::Tensor bytes = at::tensor(picture.rgba, at::kByte).view({picture.size.height, picture.size.width, 4}).to(torchDevice()).to(at::kFloat) / 255;
    const at::Tensor colours = (bytes.narrow(2, 0, 3) + 1 - bytes.narrow(2, 3, 1)).clamp(0, 1);
    const at::Tensor x = (colours.permute({2, 0, 1}).unsqueeze(0) * 2 - 1).to(type());
    if (AutoencoderTiny tiny = modules.tinyVae)
        return tiny->encode(x).to(at::kFloat) * tiny->config.scalingFactor;
    const LatentDistribution latents = modules.vae->encode(x, stopsOn(stop));
    return (latents.mean + latents.deviation * noise() - parts.shiftFactor()) * parts.scalingFactor();
}

/// [1, 3, H, W], about -1…1. \a isSmall: by the model's small autoencoder, which must be there.
at::Tensor StableDiffusionPipeline::Private::decode(const at::Tensor &latents, bool isSmall, bool mayRecord, const std::stop_token &stop)
{
    // The small autoencoder takes latents as the UNet has them.
    AutoencoderTiny tiny = isSmall ? modules.preview : modules.tinyVae;
    const at::Tensor z = (tiny ? latents / tiny->config.scalingFactor : latents / parts.scalingFactor() + parts.shiftFactor()).to(type());
    const auto decoded = [&](const at::Tensor &part) {
        if (!tiny || thrift.tiles > 0 || !mayRecord)  // the large one keeps the GPU busy by itself, and its feature maps are too large to keep
            return tiny ? tiny->decode(part) : modules.vae->decode(part, stopsOn(stop));
        return modules.compute(isSmall ? ModelPart::Preview : ModelPart::Autoencoder, {part}, [&](const Replayed::Tensors &in) { return Replayed::Tensors{tiny->decode(in[0])}; })[0];
    };
    const std::int64_t side = std::max(leastTile, std::max(z.size(2), z.size(3)) >> thrift.tiles);
    return thrift.tiles > 0 ? decodeInTiles(z, side, parts.pixelsOfLatent(), decoded) : decoded(z);
}

Result<Picture> StableDiffusionPipeline::Private::finish(const at::Tensor &latents, bool isSmall, const std::stop_token &stop)
{
    if (auto there = modules.need(isSmall ? ModelPart::Preview : ModelPart::Autoencoder); !there)
        return tl::unexpected(there.error());
    const at::Tensor x = decode(latents, isSmall, true, stop);
    if (!at::isfinite(x).all().item<bool>())
        return fail(ErrorCode::Internal, info.id + " made a picture of values that are no numbers, which is not shown. Take another seed, more steps or less guidance; if it happens again, put the model's original files back.");
    return pictureOf(bytesOf(x).to(at::kCPU));
}

/// The latents of the picture; \a result gets what is known of it until then.
Result<at::Tensor> StableDiffusionPipeline::Private::denoise(const RenderRequest &request, const RenderObserver &observer, const std::stop_token &stop, RenderResult &result)
{
    const auto start = Clock::now();
    // Noise is drawn on the CPU, so that a seed means the same picture on every device.
    at::Generator generator = at::detail::createCPUGenerator(static_cast<std::uint64_t>(request.seed));
    const std::int64_t factor = parts.pixelsOfLatent();
    const auto noise = [&] { return at::randn({1, parts.latentChannels(), request.size.height / factor, request.size.width / factor}, generator, at::kFloat).to(torchDevice()); };
    const double strength = request.hasImage() ? request.strength.value_or(usualStrength) : 1;
    if (strength == 0)  // no step is left, and no word is read
        return encode(request.image, noise, stop);
    const auto schedule = makeSchedule(parts.scheduler, result.steps, strength);
    if (!schedule)
        return tl::unexpected(schedule.error());
    if (stop.stop_requested())
        return cancelled();

    const double guidance = guidanceOf(request);
    const bool isDoubled = guidance > 1 && !parts.isLcm();
    const auto condition = conditionOf(request, guidance, isDoubled, stop, result.textCached);
    if (!condition)
        return tl::unexpected(condition.error());
    result.timingsMs.text = millisecondsSince(start);
    if (stop.stop_requested())
        return cancelled();

    const auto denoiseStart = Clock::now();
    at::Tensor x;
    if (request.hasImage()) {
        const auto encoded = encode(request.image, noise, stop);
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
    // The picture is worth more than what it looks like on the way: without memory for it there is no preview.
    bool isPreviewed = observer.preview && parts.preview && request.previewEvery > 0 && guarded<void>([&] { return modules.need(ModelPart::Preview); });
    const auto previewOf = [this](const at::Tensor &latents) { return bytesOf(decode(latents, true, !isGpu())); };
    std::optional<CudaPace> pace;
    if (isGpu())
        pace.emplace();
    std::unique_ptr<CudaSideWork> preview;
    int previewStep = 0;
    for (int step = 1; step <= steps; ++step) {
        const SchedulerStep &now = schedule->steps[static_cast<std::size_t>(step - 1)];
        const at::Tensor output = predict(x, now, *condition, guidance, isDoubled);
        const at::Tensor original = x * now.originalSample + output * now.originalModel;
        x = x * now.sample + output * now.model;
        if (const at::Tensor &more = added[static_cast<std::size_t>(step - 1)]; more.defined())
            x = x + more;
        if (pace)
            pace->step();
        if (observer.progress)
            observer.progress(step, steps);
        if (stop.stop_requested())
            return cancelled();
        if (preview && preview->isDone())
            observer.preview(previewStep, pictureOf(std::exchange(preview, nullptr)->result()));
        if (!isPreviewed || step % request.previewEvery != 0 || step == steps)
            continue;
        if (preview)
            continue;  // the last one is still being made: fewer previews rather than later steps
        previewStep = step;
        const auto made = guarded<at::Tensor>([&]() -> Result<at::Tensor> {
            if (!isGpu())
                return previewOf(original);
            preview = std::make_unique<CudaSideWork>(original, previewOf);
            return at::Tensor();
        });
        if (!made)
            isPreviewed = false;
        else if (made->defined())
            observer.preview(step, pictureOf(*made));
    }
    result.timingsMs.denoise = millisecondsSince(denoiseStart);
    return x;
}

Result<RenderResult> StableDiffusionPipeline::run(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop)
{
    const c10::InferenceMode inference;
    try {
        return make(request, observer, stop);
    } catch (const Stopped &) {
        d->undecoded.reset();
        return cancelled();
    }
}

Result<RenderResult> StableDiffusionPipeline::make(const RenderRequest &request, const RenderObserver &observer, const std::stop_token &stop)
{
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
    }
    if (stop.stop_requested()) {
        d->undecoded.reset();
        return cancelled();
    }

    const auto postprocessStart = Clock::now();
    auto picture = d->finish(d->undecoded->latents, request.quick && d->parts.preview, stop);
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
