#include "core/diffusion/pipelines/stablediffusionparts.h"

#include "core/diffusion/checkpoint/configreader.h"
#include "core/diffusion/models/ldmnames.h"

#include <algorithm>
#include <array>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t maxClassName = 100;
constexpr const char *unetStem = "diffusion_pytorch_model";

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

/// diffusers' own file, or the only one that there is.
Result<fs::path> unetWeightsIn(const fs::path &folder)
{
    auto weights = weightsIn(folder, unetStem);
    if (weights)
        return weights;
    std::vector<fs::path> others;
    std::error_code ignored;
    for (const auto &entry : fs::directory_iterator(folder, ignored))
        if (entry.path().extension() == ".safetensors" && fs::is_regular_file(entry.path(), ignored))
            others.push_back(entry.path());
    if (others.size() > 1)
        return fail(ErrorCode::ModelFile, folder.string() + " has " + std::to_string(others.size()) + " files of weights. Leave the one that is to be used.");
    return others.empty() ? weights : Result<fs::path>(others.front());
}

Result<TextPart> textIn(const fs::path &folder, const std::string &suffix)
{
    TextPart text;
    const auto config = configIn<ClipTextConfig>(folder / ("text_encoder" + suffix) / "config.json");
    if (!config)
        return tl::unexpected(config.error());
    text.config = *config;
    auto weights = weightsIn(folder / ("text_encoder" + suffix), "model");
    if (!weights)
        return tl::unexpected(weights.error());
    text.weights = {std::move(*weights), {.others = {"text_model.embeddings.position_ids"}}};
    const fs::path tokenizer = folder / ("tokenizer" + suffix);
    text.merges = tokenizer / "merges.txt";
    if (const auto special = readJsonObject(tokenizer / "special_tokens_map.json"); special && special->contains("pad_token")) {
        const Json &pad = (*special)["pad_token"];
        const Json &word = pad.is_object() && pad.contains("content") ? pad["content"] : pad;
        text.padsWithEnd = !(word.is_string() && word.get_ref<const std::string &>() == "!");
    }
    return text;
}

Result<void> readAutoencoder(const fs::path &folder, StableDiffusionParts *out)
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
    out->vaeWeights = {std::move(*weights), out->vae ? autoencoderNames() : WeightNames{}};
    return {};
}

Result<void> readUNet(const fs::path &folder, StableDiffusionParts *out)
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
    const auto weights = unetWeightsIn(folder / "unet");
    if (!weights)
        return tl::unexpected(weights.error());
    out->unetWeights = {*weights};
    return {};
}

/// Another file in the UNet's place may be of the original layout, and made for a few steps.
Result<void> readSwappedUNet(StableDiffusionParts *out)
{
    if (out->unetWeights.file.filename().string().starts_with(unetStem))
        return {};
    const auto file = SafeTensors::open(out->unetWeights.file);
    if (!file)
        return tl::unexpected(file.error());
    for (const char *prefix : {"model.diffusion_model.", ""})
        if (file->find(std::string(prefix).append("input_blocks.0.0.weight")))
            out->unetWeights.names = ldmUNetNames(out->unet, prefix);
    distil(distillationOf(*file), out);
    return {};
}

} // namespace

Result<void> readSmallAutoencoder(const fs::path &folder, StableDiffusionParts *out)
{
    std::error_code ignored;
    fs::path place = folder / (out->isXl() ? "taesdxl" : "taesd");
    if (!fs::exists(place, ignored) && fs::exists(folder / "model_index.json", ignored))
        place = folder / "taesd";  // in a model's own folder it is clear whose it is
    if (!fs::exists(place, ignored))
        return {};
    const auto config = configIn<AutoencoderTinyConfig>(place / "config.json");
    if (!config)
        return tl::unexpected(config.error());
    auto weights = weightsIn(place, "diffusion_pytorch_model");
    if (!weights)
        return tl::unexpected(weights.error());
    out->preview = *config;
    out->previewWeights = {std::move(*weights)};
    return {};
}

Result<StableDiffusionParts> readStableDiffusionFolder(const fs::path &folder)
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
    StableDiffusionParts model;
    const int texts = name == "StableDiffusionXLPipeline" ? 2 : 1;
    for (int i = 0; i < texts; ++i) {
        auto text = textIn(folder, i == 0 ? "" : "_2");
        if (!text)
            return tl::unexpected(text.error());
        model.texts.push_back(std::move(*text));
    }
    if (const auto read = readUNet(folder, &model); !read)
        return tl::unexpected(read.error());
    if (const auto read = readAutoencoder(folder, &model); !read)
        return tl::unexpected(read.error());
    if (const auto read = readSmallAutoencoder(folder, &model); !read)
        return tl::unexpected(read.error());
    const auto scheduler = configIn<SchedulerConfig>(folder / "scheduler" / "scheduler_config.json");
    if (!scheduler)
        return tl::unexpected(scheduler.error());
    model.scheduler = *scheduler;
    if (const auto read = readSwappedUNet(&model); !read)
        return tl::unexpected(read.error());
    ConfigReader reader(*index);
    model.zerosForEmptyPrompt = reader.flag("force_zeros_for_empty_prompt", texts == 2);
    if (const auto fits = checkTogether(folder, model); !fits)
        return tl::unexpected(fits.error());
    return model;
}

} // namespace Galley::Diffusion
