#include "core/diffusion/pipelines/stablediffusionfolder.h"

#include "core/diffusion/checkpoint/configreader.h"

#include <algorithm>
#include <array>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t maxClassName = 100;

/// The config of one part; its mistakes name the file.
template<class Config>
Result<Config> configIn(const fs::path &file)
{
    const auto json = readJsonObject(file);
    if (!json)
        return tl::unexpected(json.error());
    auto config = Config::fromJson(*json);
    if (!config)
        return fail(ErrorCode::ModelFile, file.string() + ": " + config.error().message + " Use the model's original file.");
    return config;
}

/// The weights of a part under the names that are in use; the smaller ones first.
Result<fs::path> weightsIn(const fs::path &folder, const std::string &stem)
{
    std::error_code ignored;
    for (const char *ending : {".fp16.safetensors", ".safetensors"})
        if (fs::path file = folder / (stem + ending); fs::exists(file, ignored))
            return file;
    const bool hasPickle = fs::exists(folder / (stem + ".bin"), ignored);
    return fail(ErrorCode::ModelFile, "There is no " + (folder / (stem + ".safetensors")).string()
                                          + (hasPickle ? ". Its .bin is a pickle, which can run programs and is never read; download the .safetensors file." :
                                                         ". Download the whole model again."));
}

Result<ClipFolder> clipIn(const fs::path &folder, const std::string &suffix)
{
    ClipFolder clip;
    const auto config = configIn<ClipTextConfig>(folder / ("text_encoder" + suffix) / "config.json");
    if (!config)
        return tl::unexpected(config.error());
    clip.config = *config;
    auto weights = weightsIn(folder / ("text_encoder" + suffix), "model");
    if (!weights)
        return tl::unexpected(weights.error());
    clip.weights = std::move(*weights);
    const fs::path tokenizer = folder / ("tokenizer" + suffix);
    clip.merges = tokenizer / "merges.txt";
    if (const auto special = readJsonObject(tokenizer / "special_tokens_map.json"); special && special->contains("pad_token")) {
        const Json &pad = (*special)["pad_token"];
        const Json &word = pad.is_object() && pad.contains("content") ? pad["content"] : pad;
        clip.padsWithEnd = !(word.is_string() && word.get_ref<const std::string &>() == "!");
    }
    return clip;
}

Result<void> readAutoencoder(const fs::path &folder, StableDiffusionFolder *out)
{
    const fs::path file = folder / "vae" / "config.json";
    const auto json = readJsonObject(file);
    if (!json)
        return tl::unexpected(json.error());
    if (json->value("_class_name", Json()) == "AutoencoderTiny") {
        const auto config = configIn<AutoencoderTinyConfig>(file);
        if (!config)
            return tl::unexpected(config.error());
        out->tinyVae = *config;
    } else {
        const auto config = configIn<AutoencoderKlConfig>(file);
        if (!config)
            return tl::unexpected(config.error());
        out->vae = *config;
    }
    auto weights = weightsIn(folder / "vae", "diffusion_pytorch_model");
    if (!weights)
        return tl::unexpected(weights.error());
    out->vaeWeights = std::move(*weights);
    std::error_code ignored;
    if (!fs::exists(folder / "taesd", ignored))
        return {};
    const auto preview = configIn<AutoencoderTinyConfig>(folder / "taesd" / "config.json");
    auto previewWeights = weightsIn(folder / "taesd", "diffusion_pytorch_model");
    if (!preview || !previewWeights)
        return tl::unexpected(preview ? previewWeights.error() : preview.error());
    out->preview = *preview;
    out->previewWeights = std::move(*previewWeights);
    return {};
}

Result<void> readUNet(const fs::path &folder, StableDiffusionFolder *out)
{
    const fs::path file = folder / "unet" / "config.json";
    const auto config = configIn<UNetConfig>(file);
    if (!config)
        return tl::unexpected(config.error());
    out->unet = *config;
    const auto json = readJsonObject(file);
    if (!json)
        return tl::unexpected(json.error());
    ConfigReader reader(*json);
    out->sampleSize = reader.whole("sample_size", 64, 1, 1024);
    if (!reader.problem.empty())
        return fail(ErrorCode::ModelFile, file.string() + ": " + reader.problem + " Use the model's original file.");
    auto weights = weightsIn(folder / "unet", "diffusion_pytorch_model");
    if (!weights)
        return tl::unexpected(weights.error());
    out->unetWeights = std::move(*weights);
    return {};
}

/// Parts of one model fit each other.
Result<void> checkTogether(const fs::path &folder, const StableDiffusionFolder &model)
{
    const auto bad = [&](const std::string &what) {
        return fail(ErrorCode::ModelFile, folder.string() + ": " + what + " The parts are of different models; download the whole model again.");
    };
    std::int64_t width = 0;
    for (const ClipFolder &text : model.texts)
        width += text.config.hiddenSize;
    if (width != model.unet.crossAttentionDim)
        return bad("The text encoders give " + std::to_string(width) + " numbers a token, and the UNet takes " + std::to_string(model.unet.crossAttentionDim) + '.');
    if (model.unet.inChannels != model.latentChannels() || model.unet.outChannels != model.latentChannels())
        return bad("The UNet has " + std::to_string(model.unet.inChannels) + " channels, and the autoencoder " + std::to_string(model.latentChannels()) + '.');
    if (model.preview && model.preview->latentChannels != model.latentChannels())
        return bad("The autoencoder for previews has " + std::to_string(model.preview->latentChannels) + " channels.");
    if ((model.unet.additionTimeDim > 0) != model.isXl())
        return bad("Two text encoders and a UNet with sizes belong together.");
    if (model.isXl() && model.texts[1].config.projectionDim + 6 * model.unet.additionTimeDim != model.unet.additionInputDim)
        return bad("The second text encoder's projection does not fit the UNet.");
    return {};
}

} // namespace

bool StableDiffusionFolder::isDistilled() const
{
    return isLcm() || (scheduler.spacing == TimestepSpacing::Trailing && scheduler.kind != SchedulerKind::Ddim);
}

std::int64_t StableDiffusionFolder::pixelsOfLatent() const
{
    const std::size_t stages = vae ? vae->channels.size() : tinyVae->decoderBlocks.size();
    return std::int64_t{1} << (stages - 1);
}

std::vector<fs::path> StableDiffusionFolder::weights() const
{
    std::vector<fs::path> files{unetWeights, vaeWeights};
    for (const ClipFolder &text : texts)
        files.push_back(text.weights);
    if (preview)
        files.push_back(previewWeights);
    return files;
}

Result<StableDiffusionFolder> StableDiffusionFolder::read(const fs::path &folder)
{
    const auto index = readJsonObject(folder / "model_index.json");
    if (!index)
        return tl::unexpected(index.error());
    const Json name = index->value("_class_name", Json());
    static constexpr std::array known{"StableDiffusionPipeline", "LatentConsistencyModelPipeline", "StableDiffusionXLPipeline"};
    if (std::none_of(known.begin(), known.end(), [&](const char *one) { return name == one; })) {
        const std::string word = name.is_string() ? name.get<std::string>().substr(0, maxClassName) : "no class";
        return fail(ErrorCode::ModelFile, folder.string() + " is a " + word + ". Galley runs SD 1.5, SD 2.1, SD-Turbo, SDXL and what is distilled from them.");
    }
    StableDiffusionFolder model;
    const int texts = name == "StableDiffusionXLPipeline" ? 2 : 1;
    for (int i = 0; i < texts; ++i) {
        auto clip = clipIn(folder, i == 0 ? "" : "_2");
        if (!clip)
            return tl::unexpected(clip.error());
        model.texts.push_back(std::move(*clip));
    }
    if (const auto read = readUNet(folder, &model); !read)
        return tl::unexpected(read.error());
    if (const auto read = readAutoencoder(folder, &model); !read)
        return tl::unexpected(read.error());
    const auto scheduler = configIn<SchedulerConfig>(folder / "scheduler" / "scheduler_config.json");
    if (!scheduler)
        return tl::unexpected(scheduler.error());
    model.scheduler = *scheduler;
    ConfigReader reader(*index);
    model.zerosForEmptyPrompt = reader.flag("force_zeros_for_empty_prompt", texts == 2);
    if (const auto fits = checkTogether(folder, model); !fits)
        return tl::unexpected(fits.error());
    return model;
}

} // namespace Galley::Diffusion
