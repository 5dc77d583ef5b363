#include "core/diffusion/models/ldmnames.h"

#include <array>
#include <map>
#include <span>
#include <string_view>
#include <utility>

namespace Galley::Diffusion {

namespace {

using Renaming = std::pair<std::string_view, std::string_view>;  // ours, theirs

constexpr std::array<Renaming, 6> unetResnet{{{"norm1.", "in_layers.0."},
                                              {"conv1.", "in_layers.2."},
                                              {"time_emb_proj.", "emb_layers.1."},
                                              {"norm2.", "out_layers.0."},
                                              {"conv2.", "out_layers.3."},
                                              {"conv_shortcut.", "skip_connection."}}};
constexpr std::array<Renaming, 1> autoencoderResnet{{{"conv_shortcut.", "nin_shortcut."}}};
constexpr std::array<Renaming, 5> autoencoderAttention{{{"group_norm.", "norm."}, {"to_q.", "q."}, {"to_k.", "k."}, {"to_v.", "v."}, {"to_out.0.", "proj_out."}}};
constexpr std::array<Renaming, 5> clipLayer{{{"layer_norm1.", "ln_1."},
                                             {"layer_norm2.", "ln_2."},
                                             {"mlp.fc1.", "mlp.c_fc."},
                                             {"mlp.fc2.", "mlp.c_proj."},
                                             {"self_attn.out_proj.", "attn.out_proj."}}};
constexpr std::array<std::string_view, 3> clipFused{"self_attn.q_proj.", "self_attn.k_proj.", "self_attn.v_proj."};

std::string renamed(std::string_view name, std::span<const Renaming> renamings)
{
    for (const auto &[ours, theirs] : renamings)
        if (name.starts_with(ours))
            return std::string(theirs).append(name.substr(ours.size()));
    return std::string(name);
}

/// Blocks by our names, each with a dot at the end; none is the beginning of another.
class Blocks
{
public:
    void add(std::string ours, std::string theirs, std::span<const Renaming> inside = {}) { m_blocks.emplace(std::move(ours), Block{std::move(theirs), inside}); }

    /// \a name itself where no block has it.
    std::string nameOf(const std::string &name) const
    {
        auto found = m_blocks.upper_bound(name);
        if (found == m_blocks.begin() || !name.starts_with((--found)->first))
            return name;
        return found->second.theirs + renamed(std::string_view(name).substr(found->first.size()), found->second.inside);
    }

private:
    struct Block
    {
        std::string theirs;
        std::span<const Renaming> inside;
    };
    std::map<std::string, Block> m_blocks;
};

std::string numbered(const char *name, std::size_t i)
{
    return std::string(name).append(std::to_string(i)).append(1, '.');
}

WeightNames namesOf(Blocks blocks, const std::string &prefix)
{
    return {.prefix = prefix,
            .others = {},
            .originOf = [blocks = std::move(blocks), prefix](const std::string &name, const SafeTensors &) { return TensorOrigin{prefix + blocks.nameOf(name)}; }};
}

/// Theirs count the layers and resamplers of all levels in one row.
void addDownBlocks(const UNetConfig &config, Blocks &blocks)
{
    std::size_t next = 1;  // 0 is conv_in
    for (std::size_t level = 0; level < config.channels.size(); ++level) {
        const std::string ours = numbered("down_blocks.", level);
        for (std::size_t i = 0; i < static_cast<std::size_t>(config.layersPerBlock[level]); ++i) {
            const std::string theirs = numbered("input_blocks.", next++);
            blocks.add(ours + numbered("resnets.", i), theirs + "0.", unetResnet);
            blocks.add(ours + numbered("attentions.", i), theirs + "1.");
        }
        if (level + 1 < config.channels.size())
            blocks.add(ours + "downsamplers.0.conv.", numbered("input_blocks.", next++) + "0.op.");
    }
}

void addUpBlocks(const UNetConfig &config, Blocks &blocks)
{
    std::size_t next = 0;
    for (std::size_t level = 0; level < config.channels.size(); ++level) {
        const std::string ours = numbered("up_blocks.", level);
        std::string theirs;
        for (std::size_t i = 0; i <= static_cast<std::size_t>(config.layersPerBlock[config.channels.size() - 1 - level]); ++i) {
            theirs = numbered("output_blocks.", next++);
            blocks.add(ours + numbered("resnets.", i), theirs + "0.", unetResnet);
            blocks.add(ours + numbered("attentions.", i), theirs + "1.");
        }
        blocks.add(ours + "upsamplers.0.", theirs + (config.upHasAttention[level] ? "2." : "1."));
    }
}

} // namespace

WeightNames ldmUNetNames(const UNetConfig &config, const std::string &prefix)
{
    Blocks blocks;
    blocks.add("conv_in.", "input_blocks.0.0.");
    blocks.add("time_embedding.linear_1.", "time_embed.0.");
    blocks.add("time_embedding.linear_2.", "time_embed.2.");
    blocks.add("add_embedding.linear_1.", "label_emb.0.0.");
    blocks.add("add_embedding.linear_2.", "label_emb.0.2.");
    addDownBlocks(config, blocks);
    blocks.add("mid_block.resnets.0.", "middle_block.0.", unetResnet);
    blocks.add("mid_block.attentions.0.", "middle_block.1.");
    blocks.add("mid_block.resnets.1.", "middle_block.2.", unetResnet);
    addUpBlocks(config, blocks);
    blocks.add("conv_norm_out.", "out.0.");
    blocks.add("conv_out.", "out.2.");
    return namesOf(std::move(blocks), prefix);
}

WeightNames ldmAutoencoderNames(const AutoencoderKlConfig &config, const std::string &prefix)
{
    Blocks blocks;
    const std::size_t levels = config.channels.size();
    for (const std::string half : {"encoder.", "decoder."}) {
        const bool isEncoder = half == "encoder.";
        for (std::size_t level = 0; level < levels; ++level) {
            const std::string ours = half + numbered(isEncoder ? "down_blocks." : "up_blocks.", level);
            const std::string theirs = half + numbered(isEncoder ? "down." : "up.", isEncoder ? level : levels - 1 - level);
            for (std::size_t i = 0; i <= static_cast<std::size_t>(config.layersPerBlock); ++i)
                blocks.add(ours + numbered("resnets.", i), theirs + numbered("block.", i), autoencoderResnet);
            blocks.add(ours + (isEncoder ? "downsamplers.0." : "upsamplers.0."), theirs + (isEncoder ? "downsample." : "upsample."));
        }
        blocks.add(half + "mid_block.resnets.0.", half + "mid.block_1.", autoencoderResnet);
        blocks.add(half + "mid_block.attentions.0.", half + "mid.attn_1.", autoencoderAttention);
        blocks.add(half + "mid_block.resnets.1.", half + "mid.block_2.", autoencoderResnet);
        blocks.add(half + "conv_norm_out.", half + "norm_out.");
    }
    return namesOf(std::move(blocks), prefix);
}

WeightNames openClipNames(const std::string &prefix)
{
    const auto originOf = [prefix](const std::string &name, const SafeTensors &) -> TensorOrigin {
        static constexpr std::string_view layers = "text_model.encoder.layers.";
        if (name == "text_projection.weight")
            return {.name = prefix + "text_projection", .isTransposed = true};
        if (name == "text_model.embeddings.position_embedding.weight")
            return {prefix + "positional_embedding"};
        if (!name.starts_with(layers))
            return {prefix + renamed(name, std::array<Renaming, 2>{{{"text_model.embeddings.", ""}, {"text_model.final_layer_norm.", "ln_final."}}})};
        const std::size_t dot = name.find('.', layers.size());
        const std::string block = prefix + "transformer.resblocks." + name.substr(layers.size(), dot + 1 - layers.size());
        const std::string inside = name.substr(dot + 1);
        for (std::size_t i = 0; i < clipFused.size(); ++i)
            if (inside.starts_with(clipFused[i]))
                return {block + "attn.in_proj_" + inside.substr(clipFused[i].size()), static_cast<std::int64_t>(i), static_cast<std::int64_t>(clipFused.size())};
        return {block + renamed(inside, clipLayer)};
    };
    return {.prefix = prefix, .others = {}, .originOf = originOf};
}

WeightNames clipNames(const std::string &prefix, bool lacksModel)
{
    if (!lacksModel)
        return {.prefix = prefix};
    const auto originOf = [prefix](const std::string &name, const SafeTensors &) { return TensorOrigin{prefix + renamed(name, std::array<Renaming, 1>{{{"text_model.", ""}}})}; };
    return {.prefix = prefix, .others = {}, .originOf = originOf};
}

} // namespace Galley::Diffusion
