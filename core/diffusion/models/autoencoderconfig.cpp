#include "core/diffusion/models/autoencoderconfig.h"

#include "core/diffusion/checkpoint/configreader.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace Galley::Diffusion {

namespace {

constexpr std::size_t maxBlocks = 8;

} // namespace

Result<AutoencoderKlConfig> AutoencoderKlConfig::fromJson(const nlohmann::json &json)
{
    ConfigReader reader(json);
    AutoencoderKlConfig config;
    config.inChannels = reader.whole("in_channels", 3, 1, 16);
    config.outChannels = reader.whole("out_channels", 3, 1, 16);
    config.latentChannels = reader.whole("latent_channels", 4, 1, 256);
    config.channels = reader.list("block_out_channels", {64}, 1, maxBlocks, 1, 4096);
    config.layersPerBlock = reader.whole("layers_per_block", 1, 1, 16);
    config.groups = reader.whole("norm_num_groups", 32, 1, 1024);
    config.scalingFactor = reader.number("scaling_factor", config.scalingFactor);
    config.shiftFactor = reader.number("shift_factor", 0);
    config.forceUpcast = reader.flag("force_upcast", true);
    config.hasQuantConvs = reader.flag("use_quant_conv", true);
    if (reader.flag("use_post_quant_conv", config.hasQuantConvs) != config.hasQuantConvs)
        reader.complain("\"use_quant_conv\" and \"use_post_quant_conv\" must be the same.");
    if (!reader.flag("mid_block_add_attention", true))
        reader.complain("\"mid_block_add_attention\" must be true.");
    // Of each channel of the latents, in place of one factor.
    for (const char *key : {"latents_mean", "latents_std"})
        if (json.contains(key) && !json[key].is_null())
            reader.complain('"' + std::string(key) + "\" must be null.");
    reader.word("act_fn", "silu", {"silu"});
    for (const auto &[key, name] : {std::pair{"down_block_types", "DownEncoderBlock2D"}, std::pair{"up_block_types", "UpDecoderBlock2D"}}) {
        const auto types = reader.words(key, std::vector<std::string>(config.channels.size(), name), maxBlocks);
        if (types != std::vector<std::string>(config.channels.size(), name))
            reader.complain('"' + std::string(key) + "\" must have \"" + name + "\" for each of \"block_out_channels\".");
    }
    if (std::any_of(config.channels.begin(), config.channels.end(), [&](std::int64_t c) { return c % config.groups != 0; }))
        reader.complain("\"block_out_channels\" must be multiples of \"norm_num_groups\".");
    if (config.scalingFactor == 0)
        reader.complain("\"scaling_factor\" must not be 0.");
    if (!reader.problem.empty())
        return fail(ErrorCode::ModelFile, reader.problem);
    return config;
}

WeightNames autoencoderNames()
{
    const auto originOf = [](const std::string &name, const SafeTensors &file) -> TensorOrigin {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 4> old{{{".to_q.", ".query."}, {".to_k.", ".key."}, {".to_v.", ".value."}, {".to_out.0.", ".proj_attn."}}};
        for (const auto &[today, before] : old) {
            const auto place = name.find(today);
            if (place != std::string::npos && !file.find(name))
                if (std::string older = std::string(name).replace(place, today.size(), before); file.find(older))
                    return {std::move(older)};
        }
        return {name};
    };
    return {.originOf = originOf};
}

Result<AutoencoderTinyConfig> AutoencoderTinyConfig::fromJson(const nlohmann::json &json)
{
    ConfigReader reader(json);
    AutoencoderTinyConfig config;
    reader.whole("in_channels", 3, 3, 3);
    reader.whole("out_channels", 3, 3, 3);
    config.latentChannels = reader.whole("latent_channels", 4, 1, 256);
    config.encoderBlocks = reader.list("num_encoder_blocks", config.encoderBlocks, 1, maxBlocks, 0, 16);
    config.decoderBlocks = reader.list("num_decoder_blocks", config.decoderBlocks, 1, maxBlocks, 0, 16);
    config.scalingFactor = reader.number("scaling_factor", 1);
    if (reader.number("shift_factor", 0) != 0)
        reader.complain("\"shift_factor\" must be 0.");
    for (const auto &[key, count] : {std::pair{"encoder_block_out_channels", config.encoderBlocks.size()}, std::pair{"decoder_block_out_channels", config.decoderBlocks.size()}}) {
        const auto widths = reader.list(key, std::vector<std::int64_t>(count, config.channels), count, count, 1, 4096);
        if (!widths.empty())
            config.channels = widths.front();
        if (widths != std::vector<std::int64_t>(count, config.channels))
            reader.complain('"' + std::string(key) + "\" must be the same number for all blocks.");
    }
    reader.word("act_fn", "relu", {"relu"});
    reader.word("upsample_fn", "nearest", {"nearest"});
    reader.whole("upsampling_scaling_factor", 2, 2, 2);
    if (!reader.problem.empty())
        return fail(ErrorCode::ModelFile, reader.problem);
    return config;
}

} // namespace Galley::Diffusion
