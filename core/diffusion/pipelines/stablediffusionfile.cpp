#include "core/diffusion/models/ldmnames.h"
#include "core/diffusion/pipelines/stablediffusionparts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <string_view>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char *unetPrefix = "model.diffusion_model.";
constexpr const char *autoencoderPrefix = "first_stage_model.";
constexpr const char *firstClip = "cond_stage_model.transformer.";          // SD 1.x
constexpr const char *firstOpenClip = "cond_stage_model.model.";            // SD 2.x
constexpr const char *xlClip = "conditioner.embedders.0.transformer.";
constexpr const char *xlOpenClip = "conditioner.embedders.1.model.";
constexpr const char *refinerOpenClip = "conditioner.embedders.0.model.";
constexpr std::int64_t headSize = 64;
constexpr std::size_t maxBlocks = 64;
constexpr std::size_t maxLayers = 128;

enum class Kind { Sd1, Sd2, Xl };

/// A file that is something else, by the beginning or a piece of a name in it.
struct Other
{
    std::string_view piece;
    const char *what;
    const char *remedy = "Galley runs SD 1.5, SD 2.1, SD-Turbo, SDXL and what is distilled from them.";
};

constexpr std::array<Other, 16> others{{
    {"lora_", "a LoRA: a change to a model, not a model", "Add the model that it belongs to; Galley cannot apply LoRAs yet."},
    {".lora_A.", "a LoRA: a change to a model, not a model", "Add the model that it belongs to; Galley cannot apply LoRAs yet."},
    {"lycoris_", "a LoRA: a change to a model, not a model", "Add the model that it belongs to; Galley cannot apply LoRAs yet."},
    {"hada_w1_a", "a LoRA: a change to a model, not a model", "Add the model that it belongs to; Galley cannot apply LoRAs yet."},
    {"joint_blocks.", "a Stable Diffusion 3 model"},
    {"single_stream_modulation.", "a FLUX.2 model"},
    {"double_blocks.", "a FLUX model"},
    {"single_transformer_blocks.", "a FLUX model"},
    {"control_model.", "a ControlNet"},
    {"controlnet_", "a ControlNet"},
    {"motion_modules.", "a motion module for animations"},
    {"emb_params", "an embedding: words for a model, not a model"},
    {"clip_l", "a text encoder alone"},
    {"edm_mean", "a Playground 2.5 model"},
    {"transformer_blocks.0.scale_shift_table", "a PixArt model"},
    {"refiner_unet.", "an SDXL refiner"},
}};

/// What is in the files of training and not needed for a picture.
constexpr std::array<std::string_view, 19> trainingNames{
    "model_ema.", "betas", "alphas_cumprod", "alphas_cumprod_prev", "sqrt_alphas_cumprod", "sqrt_one_minus_alphas_cumprod", "log_one_minus_alphas_cumprod",
    "sqrt_recip_alphas_cumprod", "sqrt_recipm1_alphas_cumprod", "posterior_variance", "posterior_log_variance_clipped", "posterior_mean_coef1", "posterior_mean_coef2",
    "lvlb_weights", "logvar", "scale_factor", "global_step", "denoiser.sigmas", "v_pred"};
constexpr std::array<std::string_view, 4> trainingEndings{"logit_scale", "position_ids", "attn_mask", "num_batches_tracked"};

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

std::string metadataOf(const SafeTensors &file, const char *key)
{
    const auto found = file.metadata().find(key);
    return found == file.metadata().end() ? std::string() : lower(found->second);
}

/// Whether \a text has \a word with no letter beside it.
bool hasWord(const std::string &text, std::string_view word)
{
    const auto isLetter = [&](std::size_t i) { return i < text.size() && std::isalpha(static_cast<unsigned char>(text[i])); };
    for (std::size_t place = text.find(word); place != std::string::npos; place = text.find(word, place + 1))
        if ((place == 0 || !isLetter(place - 1)) && !isLetter(place + word.size()))
            return true;
    return false;
}

/// 4 of "4step", "4-step" and "4 steps"; 0 where there is none.
int stepsIn(const std::string &text)
{
    const std::size_t word = text.find("step");
    if (word == std::string::npos || word == 0)
        return 0;
    std::size_t end = word;
    if (text[end - 1] == '-' || text[end - 1] == '_' || text[end - 1] == ' ')
        --end;
    std::size_t begin = end;
    while (begin > 0 && end - begin < 2 && std::isdigit(static_cast<unsigned char>(text[begin - 1])))
        --begin;
    return begin == end ? 0 : std::atoi(text.substr(begin, end - begin).c_str());
}

bool starts(const SafeTensors &file, std::string_view prefix)
{
    return std::any_of(file.tensors().begin(), file.tensors().end(), [&](const TensorInfo &tensor) { return tensor.name.starts_with(prefix); });
}

/// A side of a tensor's shape; 0 where it has none.
std::int64_t side(const SafeTensors &file, const std::string &name, std::size_t which)
{
    const TensorInfo *tensor = file.find(name);
    return tensor && which < tensor->shape.size() ? tensor->shape[which] : 0;
}

/// How many of "<before>0<after>", "<before>1<after>", … there are.
std::size_t countOf(const SafeTensors &file, const std::string &before, const std::string &after, std::size_t most)
{
    std::size_t count = 0;
    while (count < most && file.find(before + std::to_string(count) + after))
        ++count;
    return count;
}

tl::unexpected<Error> bad(const SafeTensors &file, const std::string &what)
{
    return fail(ErrorCode::ModelFile, file.path().string() + ' ' + what);
}

/// Reads a configuration that was made from shapes.
template<class Config>
Result<Config> configOf(const SafeTensors &file, const Json &json)
{
    auto config = Config::fromJson(json);
    if (!config)
        return bad(file, "has tensors that belong to no model that Galley runs: " + config.error().message + " Use the model's original file.");
    return config;
}

Result<Kind> kindOf(const SafeTensors &file)
{
    for (const Other &other : others)
        for (const TensorInfo &tensor : file.tensors())
            if (tensor.name.find(other.piece) != std::string::npos)
                return bad(file, std::string("is ").append(other.what).append(". ").append(other.remedy));
    if (starts(file, unetPrefix) && starts(file, autoencoderPrefix)) {
        if (starts(file, xlClip) && starts(file, xlOpenClip))
            return Kind::Xl;
        if (starts(file, firstOpenClip))
            return Kind::Sd2;
        if (starts(file, firstClip))
            return Kind::Sd1;
        if (starts(file, refinerOpenClip))
            return bad(file, "is an SDXL refiner, which only goes over finished pictures. Add the file of SDXL itself.");
    }
    if (starts(file, unetPrefix) || starts(file, "input_blocks.") || starts(file, "down_blocks."))
        return bad(file, "has a UNet without text encoder or autoencoder. Put it into the folder \"unet\" of its family's model, in place of the file there.");
    if (starts(file, autoencoderPrefix) || (starts(file, "encoder.") && starts(file, "decoder.")))
        return bad(file, "is an autoencoder alone. Add the file of the whole model.");
    return bad(file, "is no model that Galley knows. Galley runs SD 1.5, SD 2.1, SD-Turbo, SDXL and what is distilled from them.");
}

Result<AutoencoderKlConfig> autoencoderConfig(const SafeTensors &file, double scalingFactor)
{
    const std::string encoder = std::string(autoencoderPrefix) + "encoder.down.";
    Json channels = Json::array();
    for (std::size_t level = 0; level < maxBlocks; ++level) {
        const std::int64_t width = side(file, encoder + std::to_string(level) + ".block.0.conv1.weight", 0);
        if (width == 0)
            break;
        channels.push_back(width);
    }
    return configOf<AutoencoderKlConfig>(file, {{"block_out_channels", channels},
                                                {"layers_per_block", countOf(file, encoder + "0.block.", ".conv1.weight", maxBlocks)},
                                                {"latent_channels", side(file, std::string(autoencoderPrefix) + "decoder.conv_in.weight", 1)},
                                                {"use_quant_conv", file.find(std::string(autoencoderPrefix) + "quant_conv.weight") != nullptr},
                                                {"scaling_factor", scalingFactor},
                                                {"force_upcast", scalingFactor < 0.18}});
}

std::int64_t headsOf(std::int64_t width)
{
    return std::max<std::int64_t>(width / headSize, 1);
}

Result<TextPart> clipIn(const SafeTensors &file, const std::string &prefix, const fs::path &merges)
{
    const bool lacksModel = !file.find(prefix + "text_model.embeddings.token_embedding.weight");
    const std::string text = prefix + (lacksModel ? "" : "text_model.");
    const std::int64_t width = side(file, text + "embeddings.token_embedding.weight", 1);
    const auto config = configOf<ClipTextConfig>(file, {{"vocab_size", side(file, text + "embeddings.token_embedding.weight", 0)},
                                                        {"hidden_size", width},
                                                        {"intermediate_size", side(file, text + "encoder.layers.0.mlp.fc1.weight", 0)},
                                                        {"num_hidden_layers", countOf(file, text + "encoder.layers.", ".layer_norm1.weight", maxLayers)},
                                                        {"num_attention_heads", headsOf(width)},
                                                        {"max_position_embeddings", side(file, text + "embeddings.position_embedding.weight", 0)}});
    if (!config)
        return tl::unexpected(config.error());
    return TextPart{*config, {file.path(), clipNames(prefix, lacksModel)}, merges, true};
}

/// \a isPenultimate: SD 2.x takes what the last layer but one gives; a file that was made from a folder of diffusers has neither the last nor the projection.
Result<TextPart> openClipIn(const SafeTensors &file, const std::string &prefix, const fs::path &merges, bool isPenultimate)
{
    const bool isLastUnused = isPenultimate && file.find(prefix + "text_projection");
    const std::string blocks = prefix + "transformer.resblocks.";
    const std::size_t count = countOf(file, blocks, ".ln_1.weight", maxLayers);
    const std::int64_t width = side(file, prefix + "token_embedding.weight", 1);
    const std::int64_t layers = static_cast<std::int64_t>(count) - (isLastUnused ? 1 : 0);
    Json json{{"vocab_size", side(file, prefix + "token_embedding.weight", 0)},
              {"hidden_size", width},
              {"intermediate_size", side(file, blocks + "0.mlp.c_fc.weight", 0)},
              {"num_hidden_layers", layers},
              {"num_attention_heads", headsOf(width)},
              {"max_position_embeddings", side(file, prefix + "positional_embedding", 0)},
              {"hidden_act", "gelu"}};
    if (!isPenultimate) {
        json["architectures"] = {"CLIPTextModelWithProjection"};
        json["projection_dim"] = side(file, prefix + "text_projection", 1);
    }
    const auto config = configOf<ClipTextConfig>(file, json);
    if (!config)
        return tl::unexpected(config.error());
    TextPart part{*config, {file.path(), openClipNames(prefix)}, merges, false};
    if (isLastUnused) {
        part.weights.names.others.insert(prefix + "text_projection");
        for (const TensorInfo &tensor : file.tensors())
            if (tensor.name.starts_with(blocks + std::to_string(layers) + '.'))
                part.weights.names.others.insert(tensor.name);
    }
    return part;
}

bool isForTraining(std::string_view name)
{
    if (name.starts_with("model_ema.") || name.starts_with("first_stage_model.loss."))
        return true;
    return std::find(trainingNames.begin(), trainingNames.end(), name) != trainingNames.end()
           || std::any_of(trainingEndings.begin(), trainingEndings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
}

/// Every tensor is a part's, or for training, or listed.
Result<void> shareOut(const SafeTensors &file, StableDiffusionParts *out)
{
    std::vector<WeightsSource *> sources{&out->unetWeights, &out->vaeWeights};
    for (TextPart &text : out->texts)
        sources.push_back(&text.weights);
    std::vector<std::string> unknown;
    for (const TensorInfo &tensor : file.tensors()) {
        const bool isUnused = isForTraining(tensor.name);
        bool isOwned = false;
        for (WeightsSource *source : sources) {
            if (!tensor.name.starts_with(source->names.prefix))
                continue;
            isOwned = true;
            if (isUnused)
                source->names.others.insert(tensor.name);
        }
        if (!isOwned && !isUnused)
            unknown.push_back(tensor.name);
    }
    if (unknown.empty())
        return {};
    return bad(file, "does not fit the model. Unexpected: " + listed(unknown) + ". Use the model's original file.");
}

bool predictsV(const SafeTensors &file, Kind kind, bool isDistilled)
{
    if (file.find("v_pred"))
        return true;
    const std::string said = metadataOf(file, "modelspec.prediction_type");
    if (!said.empty())
        return said.starts_with("v");
    const std::string name = lower(file.path().stem().string());
    for (const char *word : {"v-pred", "vpred", "v_pred"})
        if (name.find(word) != std::string::npos)
            return true;
    if (kind != Kind::Sd2 || isDistilled)
        return false;
    return name.find("768") != std::string::npos || (name.find("512") == std::string::npos && !hasWord(name, "base"));
}

/// Pixels of a side; 0 where the metadata does not say.
std::int64_t resolutionOf(const SafeTensors &file)
{
    const std::string said = metadataOf(file, "modelspec.resolution");  // "1024x1024"
    const std::int64_t pixels = std::atoi(said.substr(0, said.find('x')).substr(0, 5).c_str());
    return pixels >= 64 && pixels <= 8192 ? pixels : 0;
}

void chooseScheduler(const SafeTensors &file, Kind kind, StableDiffusionParts *out)
{
    const DistillationHints hints = distillationOf(file);
    const bool isDistilled = hints.isTurbo || hints.isLightning || hints.isLcm;
    out->scheduler = {};
    out->scheduler.kind = kind == Kind::Sd2 ? SchedulerKind::Ddim : SchedulerKind::Euler;
    const bool isV = predictsV(file, kind, isDistilled);
    if (isV)
        out->scheduler.prediction = PredictionType::VPrediction;
    distil(hints, out);
    const std::int64_t usual = kind == Kind::Xl && !hints.isTurbo ? 1024 : kind == Kind::Sd2 && isV ? 768 : 512;
    const std::int64_t said = resolutionOf(file);
    out->sampleSize = (said ? said : usual) / out->pixelsOfLatent();
}

Result<void> readTexts(const SafeTensors &file, Kind kind, const fs::path &merges, StableDiffusionParts *out)
{
    const auto add = [out](Result<TextPart> text) -> Result<void> {
        if (!text)
            return tl::unexpected(text.error());
        out->texts.push_back(std::move(*text));
        return {};
    };
    switch (kind) {
    case Kind::Sd1:
        return add(clipIn(file, firstClip, merges));
    case Kind::Sd2:
        return add(openClipIn(file, firstOpenClip, merges, true));
    case Kind::Xl:
        break;
    }
    if (auto added = add(clipIn(file, xlClip, merges)); !added)
        return added;
    return add(openClipIn(file, xlOpenClip, merges, false));
}

} // namespace

DistillationHints distillationOf(const SafeTensors &file)
{
    DistillationHints hints;
    for (const std::string &text : {metadataOf(file, "modelspec.title"), lower(file.path().stem().string())}) {
        hints.isLightning = text.find("lightning") != std::string::npos;
        hints.isTurbo = !hints.isLightning && text.find("turbo") != std::string::npos;
        hints.isLcm = !hints.isLightning && !hints.isTurbo && hasWord(text, "lcm");
        hints.steps = stepsIn(text);
        if (hints.isLightning || hints.isTurbo || hints.isLcm)
            return hints;
    }
    return {};
}

void distil(const DistillationHints &hints, StableDiffusionParts *out)
{
    SchedulerConfig &scheduler = out->scheduler;
    if (hints.isLcm) {
        scheduler.kind = SchedulerKind::Lcm;
    } else if (hints.isTurbo || hints.isLightning) {
        scheduler.kind = hints.isTurbo && out->isXl() ? SchedulerKind::EulerAncestral : SchedulerKind::Euler;
        scheduler.spacing = TimestepSpacing::Trailing;
        if (hints.isLightning && hints.steps == 1)
            scheduler.prediction = PredictionType::Sample;
        else if (scheduler.prediction == PredictionType::Sample)
            scheduler.prediction = PredictionType::Epsilon;
    } else {
        return;
    }
    out->isSaidDistilled = true;
    out->steps = hints.steps > 0 ? hints.steps : hints.isLightning ? 4 : 0;
}

Result<UNetConfig> ldmUNetConfig(const SafeTensors &file, const std::string &prefix)
{
    Json channels = Json::array(), layers = Json::array(), depths = Json::array(), heads = Json::array(), down = Json::array(), up = Json::array();
    std::int64_t width = 0, resnets = 0;
    std::size_t depth = 0;
    std::string transformer;  // one of them
    for (std::size_t i = 1; i < maxBlocks; ++i) {
        const std::string block = prefix + "input_blocks." + std::to_string(i);
        const std::int64_t next = side(file, block + ".0.in_layers.2.weight", 0);
        if (next > 0) {
            width = next;
            ++resnets;
            depth = countOf(file, block + ".1.transformer_blocks.", ".norm1.weight", maxLayers);
            if (depth > 0)
                transformer = block + ".1.";
            continue;
        }
        const bool hasAttention = depth > 0;
        channels.push_back(width);
        layers.push_back(resnets);
        down.push_back(hasAttention ? "CrossAttnDownBlock2D" : "DownBlock2D");
        up.insert(up.begin(), hasAttention ? "CrossAttnUpBlock2D" : "UpBlock2D");
        depths.push_back(std::max<std::size_t>(depth, 1));
        resnets = 0;
        if (!file.find(block + ".0.op.weight"))
            break;
    }
    const bool isLinear = !transformer.empty() && file.find(transformer + "proj_in.weight") && file.find(transformer + "proj_in.weight")->shape.size() == 2;
    for (const Json &channel : channels)
        heads.push_back(isLinear ? headsOf(channel.get<std::int64_t>()) : 8);
    // The last level's number is that of the middle, which always has a transformer.
    if (const std::size_t middle = countOf(file, prefix + "middle_block.1.transformer_blocks.", ".norm1.weight", maxLayers); middle > 0 && !depths.empty())
        depths.back() = middle;
    Json json{{"in_channels", side(file, prefix + "input_blocks.0.0.weight", 1)},
              {"out_channels", side(file, prefix + "out.2.weight", 0)},
              {"block_out_channels", channels},
              {"layers_per_block", layers},
              {"down_block_types", down},
              {"up_block_types", up},
              {"transformer_layers_per_block", depths},
              {"attention_head_dim", heads},
              {"cross_attention_dim", side(file, transformer + "transformer_blocks.0.attn2.to_k.weight", 1)},
              {"use_linear_projection", isLinear}};
    if (file.find(prefix + "label_emb.0.0.weight")) {
        json["addition_embed_type"] = "text_time";
        json["addition_time_embed_dim"] = 256;
        json["projection_class_embeddings_input_dim"] = side(file, prefix + "label_emb.0.0.weight", 1);
    }
    return configOf<UNetConfig>(file, json);
}

Result<StableDiffusionParts> readStableDiffusionFile(const fs::path &path, const fs::path &merges)
{
    const auto file = SafeTensors::open(path);
    if (!file)
        return tl::unexpected(file.error());
    const auto kind = kindOf(*file);
    if (!kind)
        return tl::unexpected(kind.error());
    if (file->find("ztsnr"))
        return bad(*file, "was trained on a noise schedule that ends without any signal (ztsnr), which Galley does not have. Use another model.");
    StableDiffusionParts model;
    if (auto read = readTexts(*file, *kind, merges, &model); !read)
        return tl::unexpected(read.error());
    const auto unet = ldmUNetConfig(*file, unetPrefix);
    if (!unet)
        return tl::unexpected(unet.error());
    model.unet = *unet;
    model.unetWeights = {path, ldmUNetNames(*unet, unetPrefix)};
    const auto autoencoder = autoencoderConfig(*file, *kind == Kind::Xl ? 0.13025 : 0.18215);
    if (!autoencoder)
        return tl::unexpected(autoencoder.error());
    if (unet->inChannels != autoencoder->latentChannels)
        return bad(*file, "takes " + std::to_string(unet->inChannels) + " channels: it was made for filling in or changing pictures. Use the model that makes whole pictures.");
    model.vae = *autoencoder;
    model.vaeWeights = {path, ldmAutoencoderNames(*autoencoder, autoencoderPrefix)};
    model.zerosForEmptyPrompt = *kind == Kind::Xl;
    chooseScheduler(*file, *kind, &model);
    if (auto shared = shareOut(*file, &model); !shared)
        return tl::unexpected(shared.error());
    if (auto fits = checkTogether(path, model); !fits)
        return tl::unexpected(fits.error());
    // What lies beside the file is nobody's own: one that does not fit is none.
    StableDiffusionParts withSmall = model;
    const bool isUsable = readSmallAutoencoder(path.parent_path(), &withSmall) && checkTogether(path, withSmall);
    return isUsable ? withSmall : model;
}

} // namespace Galley::Diffusion
