#include "core/diffusion/pipelines/stablediffusionmodules.h"

#include "core/diffusion/checkpoint/statedict.h"

#include <c10/core/InferenceMode.h>

#include <malloc.h>

#include <algorithm>

namespace Galley::Diffusion {

namespace {

constexpr std::array<ModelPart, modelPartCount> allParts{ModelPart::Text, ModelPart::Text2, ModelPart::UNet, ModelPart::Autoencoder, ModelPart::Preview};
constexpr int smallestTile = 128;  // pixels of a side

/// In memory, packed where the weights are on a CPU.
std::uint64_t numbersOf(const torch::nn::Module &module, const Device &device)
{
    std::uint64_t numbers = device.kind == "cpu" ? numbersOfPacking(module) : 0;
    for (const at::Tensor &parameter : module.parameters())
        numbers += static_cast<std::uint64_t>(parameter.numel());
    return numbers;
}

/// Bytes that loading takes beside the weights: each thread has a layer as it is read, and on the CPU as it is packed.
std::uint64_t loadingOf(const torch::nn::Module &module, const Device &device)
{
    std::uint64_t largest = 0;
    for (const at::Tensor &parameter : module.parameters())
        largest = std::max(largest, static_cast<std::uint64_t>(parameter.numel()));
    return device.kind == "cpu" ? 2 * largest * bytesOfNumber(device) * static_cast<std::uint64_t>(std::max(1, device.threads)) : 0;
}

/// Weights of one part and what it works with, in bytes.
struct PartMemory
{
    std::uint64_t weights = 0;
    std::uint64_t work = 0;
    std::uint64_t leastWork = 0;
};

} // namespace

StableDiffusionModules::StableDiffusionModules(const StableDiffusionParts &parts, const Device &device, const std::map<std::filesystem::path, FileIdentity> &files)
    : m_parts(parts)
    , m_device(device)
    , m_files(files)
{
    for (std::size_t i = 0; i < parts.texts.size(); ++i)
        texts.emplace_back(nullptr);
}

template<class Holder, class Config>
Result<void> StableDiffusionModules::load(Holder &place, const Config &config, const WeightsSource &weights)
{
    if (place)
        return {};
    const auto file = SafeTensors::open(weights.file);
    if (!file)
        return tl::unexpected(file.error());
    if (const auto known = m_files.find(weights.file); known == m_files.end() || known->second != file->identity())
        return fail(ErrorCode::ModelFile, weights.file.string() + " was replaced or written to while the model was in use. Try again, with the files that are there now.");
    // A picture that is under way needs parts of the model as well, and what it makes in inference mode, which holds for its thread alone, cannot be filled by others.
    const c10::InferenceMode normal(false);
    Holder module(config);
    const auto type = m_device.dtype == "bf16" ? at::kBFloat16 : at::kFloat;
    // On the CPU they are packed out of the order that the file has.
    const bool isCpu = m_device.kind == "cpu";
    StateDictOptions options{weights.names, type, at::Device(m_device.kind), !isCpu};
    if (isCpu)
        options.filled = packWeights;
    if (auto loaded = loadStateDict(*module, *file, options); !loaded)
        return loaded;
    module->eval();
    place = std::move(module);
    m_bytes += numbersOf(*place, m_device) * bytesOfNumber(m_device);
    return {};
}

template<class Holder>
void StableDiffusionModules::free(Holder &place)
{
    if (!place)
        return;
    m_bytes -= numbersOf(*place, m_device) * bytesOfNumber(m_device);
    place = nullptr;
}

bool StableDiffusionModules::isThere(ModelPart part) const
{
    switch (part) {
    case ModelPart::Text:
        return static_cast<bool>(texts[0]);
    case ModelPart::Text2:
        return texts.size() > 1 && texts[1];
    case ModelPart::UNet:
        return static_cast<bool>(unet);
    case ModelPart::Autoencoder:
        return vae || tinyVae;
    case ModelPart::Preview:
        return static_cast<bool>(preview);
    }
    return false;
}

Result<void> StableDiffusionModules::need(ModelPart part)
{
    if (isThere(part))
        return {};
    if (isOneByOne && part != ModelPart::Preview) {
        for (const ModelPart other : allParts)
            if (other != part && other != ModelPart::Preview)
                drop(other);
        ::malloc_trim(0);
    }
    switch (part) {
    case ModelPart::Text:
        return load(texts[0], m_parts.texts[0].config, m_parts.texts[0].weights);
    case ModelPart::Text2:
        return texts.size() > 1 ? load(texts[1], m_parts.texts[1].config, m_parts.texts[1].weights) : Result<void>();
    case ModelPart::UNet:
        return load(unet, m_parts.unet, m_parts.unetWeights);
    case ModelPart::Autoencoder:
        return m_parts.vae ? load(vae, *m_parts.vae, m_parts.vaeWeights) : load(tinyVae, *m_parts.tinyVae, m_parts.vaeWeights);
    case ModelPart::Preview:
        return m_parts.preview ? load(preview, *m_parts.preview, m_parts.previewWeights) : Result<void>();
    }
    return {};
}

Result<void> StableDiffusionModules::needAll()
{
    for (const ModelPart part : allParts)
        if (auto there = need(part); !there)
            return there;
    return {};
}

Replayed::Tensors StableDiffusionModules::compute(ModelPart part, const Replayed::Tensors &inputs, const Replayed::Work &work)
{
    return isOneByOne ? work(inputs) : m_replayed[static_cast<std::size_t>(part)].call(inputs, work);
}

void StableDiffusionModules::forgetRecordings()
{
    for (Replayed &replayed : m_replayed)
        replayed.clear();
}

void StableDiffusionModules::drop(ModelPart part)
{
    m_replayed[static_cast<std::size_t>(part)].clear();  // it reads the weights where they were
    switch (part) {
    case ModelPart::Text:
        return free(texts[0]);
    case ModelPart::Text2:
        return texts.size() > 1 ? free(texts[1]) : void();
    case ModelPart::UNet:
        return free(unet);
    case ModelPart::Autoencoder:
        free(vae);
        return free(tinyVae);
    case ModelPart::Preview:
        return free(preview);
    }
}

void StableDiffusionModules::dropAll()
{
    for (const ModelPart part : allParts)
        drop(part);
}

void estimateMemory(const StableDiffusionParts &model, const Device &device, int rows, ModelInfo *info)
{
    // Feature maps that live at the same time: of the decoder at the picture's size, of the UNet with those that wait for the way up. And what oneDNN works with.
    constexpr std::uint64_t mapsOfDecoder = 5;
    constexpr std::uint64_t mapsOfUNet = 24;
    constexpr std::uint64_t scratch = 1024 * 1024;
    const std::uint64_t number = bytesOfNumber(device);
    const auto square = [](int side) { return static_cast<std::uint64_t>(side) * static_cast<std::uint64_t>(side); };
    const auto maps = [&](std::uint64_t count, std::uint64_t places, std::int64_t channels) { return count * places * static_cast<std::uint64_t>(channels) * number; };
    const std::uint64_t pixels = square(info->native);
    const std::uint64_t leastPixels = square(std::min(info->native, smallestTile));
    const std::uint64_t latents = pixels / square(info->sizeMultiple);
    // Modules without values are counted, so that this needs no file.
    std::vector<PartMemory> parts;
    const auto add = [&](const torch::nn::Module &module, std::uint64_t work, std::uint64_t leastWork) {
        const std::uint64_t loading = loadingOf(module, device);
        parts.push_back({numbersOf(module, device) * number, std::max(work, loading), std::max(leastWork, loading)});
    };
    for (const TextPart &text : model.texts)
        add(*ClipTextModel(text.config), scratch, scratch);
    const std::uint64_t unetWork = maps(static_cast<std::uint64_t>(rows) * mapsOfUNet, latents, model.unet.channels.front()) + scratch;
    add(*UNet2DConditionModel(model.unet), unetWork, unetWork);
    const auto &widths = model.vae ? model.vae->channels : std::vector{model.tinyVae->channels};
    const std::int64_t width = widths[std::min<std::size_t>(1, widths.size() - 1)];
    const std::uint64_t vaeWork = maps(mapsOfDecoder, pixels, width) + scratch, leastVaeWork = maps(mapsOfDecoder, leastPixels, width) + scratch;
    if (model.vae)
        add(*AutoencoderKl(*model.vae), vaeWork, leastVaeWork);
    else
        add(*AutoencoderTiny(*model.tinyVae), vaeWork, leastVaeWork);
    std::uint64_t work = 0;
    for (const PartMemory &part : parts) {
        info->weightsBytes += part.weights;
        work = std::max(work, part.work);
        info->leastBytes = std::max(info->leastBytes, part.weights + part.leastWork);
    }
    if (model.preview)
        info->weightsBytes += numbersOf(*AutoencoderTiny(*model.preview), device) * number;
    info->neededBytes = info->weightsBytes + work;
}

} // namespace Galley::Diffusion
