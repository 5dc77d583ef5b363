#include "core/diffusion/models/unetconfig.h"

#include "core/diffusion/checkpoint/configreader.h"

#include <algorithm>
#include <string>

namespace Galley::Diffusion {

namespace {

constexpr std::size_t maxBlocks = 8;
constexpr std::int64_t maxChannels = 8192;
constexpr std::int64_t maxTransformers = 512;  // SDXL has 70

/// One number for all blocks, or one for each.
std::vector<std::int64_t> forEachBlock(ConfigReader &reader, const nlohmann::json &json, const char *key, std::int64_t fallback, std::size_t blocks, std::int64_t max)
{
    const auto found = json.find(key);
    if (found != json.end() && found->is_array())
        return reader.list(key, {}, blocks, blocks, 1, max);
    return std::vector<std::int64_t>(blocks, reader.whole(key, fallback, 1, max));
}

/// Which blocks have transformers.
std::vector<bool> attentionOf(ConfigReader &reader, const char *key, const std::vector<std::string> &fallback, const char *with, const char *without)
{
    std::vector<bool> result;
    for (const std::string &name : reader.words(key, fallback, maxBlocks)) {
        if (name != with && name != without)
            reader.complain('"' + std::string(key) + "\" may only have \"" + with + "\" and \"" + without + "\".");
        result.push_back(name == with);
    }
    return result;
}

} // namespace

Result<UNetConfig> UNetConfig::fromJson(const nlohmann::json &json)
{
    ConfigReader reader(json);
    UNetConfig config;
    config.inChannels = reader.whole("in_channels", 4, 1, 256);
    config.outChannels = reader.whole("out_channels", 4, 1, 256);
    config.channels = reader.list("block_out_channels", config.channels, 1, maxBlocks, 1, maxChannels);
    const std::size_t blocks = config.channels.size();
    config.downHasAttention = attentionOf(reader, "down_block_types", {"CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"},
                                          "CrossAttnDownBlock2D", "DownBlock2D");
    config.upHasAttention = attentionOf(reader, "up_block_types", {"UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"},
                                        "CrossAttnUpBlock2D", "UpBlock2D");
    config.layersPerBlock = forEachBlock(reader, json, "layers_per_block", 2, blocks, 16);
    config.transformerLayers = forEachBlock(reader, json, "transformer_layers_per_block", 1, blocks, 64);
    config.heads = forEachBlock(reader, json, "attention_head_dim", 8, blocks, 256);
    config.crossAttentionDim = reader.whole("cross_attention_dim", 1280, 1, 16384);
    config.groups = reader.whole("norm_num_groups", 32, 1, 1024);
    config.eps = reader.number("norm_eps", config.eps);
    config.linearProjection = reader.flag("use_linear_projection", false);
    config.flipSinToCos = reader.flag("flip_sin_to_cos", true);
    config.freqShift = reader.number("freq_shift", 0);
    config.timeCondDim = reader.whole("time_cond_proj_dim", 0, 1, 16384);
    if (json.contains("addition_embed_type") && !json["addition_embed_type"].is_null()) {
        reader.word("addition_embed_type", "", {"text_time"});
        config.additionTimeDim = reader.whole("addition_time_embed_dim", 256, 2, 4096);
        config.additionInputDim = reader.whole("projection_class_embeddings_input_dim", 2816, 1, 65536);
    }
    // Each would need a block or an input that our families do not have.
    for (const char *key : {"center_input_sample", "dual_cross_attention", "only_cross_attention", "class_embeddings_concat", "resnet_skip_time_act",
                            "mid_block_only_cross_attention"})
        if (reader.flag(key, false))
            reader.complain('"' + std::string(key) + "\" must be false.");
    for (const char *key : {"class_embed_type", "num_class_embeds", "encoder_hid_dim", "encoder_hid_dim_type", "num_attention_heads", "time_embedding_dim",
                            "time_embedding_act_fn", "timestep_post_act", "reverse_transformer_layers_per_block", "cross_attention_norm"})
        if (json.contains(key) && !json[key].is_null())
            reader.complain('"' + std::string(key) + "\" must be null.");
    for (const char *key : {"mid_block_scale_factor", "resnet_out_scale_factor"})
        if (reader.number(key, 1) != 1)
            reader.complain('"' + std::string(key) + "\" must be 1.");
    // Null is no default here: it leaves a part out.
    for (const char *key : {"mid_block_type", "norm_num_groups"})
        if (json.contains(key) && json[key].is_null())
            reader.complain('"' + std::string(key) + "\" must not be null.");
    reader.word("attention_type", "default", {"default"});
    reader.word("act_fn", "silu", {"silu"});
    reader.word("mid_block_type", "UNetMidBlock2DCrossAttn", {"UNetMidBlock2DCrossAttn"});
    reader.word("resnet_time_scale_shift", "default", {"default"});
    reader.word("time_embedding_type", "positional", {"positional"});
    reader.whole("conv_in_kernel", 3, 3, 3);
    reader.whole("conv_out_kernel", 3, 3, 3);
    reader.whole("downsample_padding", 1, 1, 1);
    if (config.downHasAttention.size() != blocks || config.upHasAttention.size() != blocks)
        reader.complain("\"down_block_types\" and \"up_block_types\" must have as many entries as \"block_out_channels\".");
    for (std::size_t i = 0; i < blocks && reader.problem.empty(); ++i) {
        if (config.channels[i] % config.groups != 0)
            reader.complain("\"block_out_channels\" must be multiples of \"norm_num_groups\".");
        else if (config.channels[i] % config.heads[i] != 0)
            reader.complain("\"block_out_channels\" must be multiples of \"attention_head_dim\", which is the number of heads.");
    }
    std::int64_t transformers = 0;
    for (std::size_t i = 0; i < blocks && reader.problem.empty(); ++i)
        transformers += (2 * config.layersPerBlock[i] + 1) * config.transformerLayers[i];
    if (transformers > maxTransformers)
        reader.complain("\"layers_per_block\" and \"transformer_layers_per_block\" make " + std::to_string(transformers) + " transformers, more than "
                        + std::to_string(maxTransformers) + '.');
    if (config.channels.front() % 2 != 0)
        reader.complain("the first of \"block_out_channels\" must be even.");
    if (!(config.eps > 0))
        reader.complain("\"norm_eps\" must be greater than 0.");
    if (!reader.problem.empty())
        return fail(ErrorCode::ModelFile, reader.problem);
    return config;
}

} // namespace Galley::Diffusion
