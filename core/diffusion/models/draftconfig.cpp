#include "core/diffusion/models/draftconfig.h"

#include <algorithm>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

namespace Galley::Diffusion {

namespace {

struct Limit
{
    std::int64_t DraftConfig::*member;
    std::int64_t min;
    std::int64_t max;
};

const std::map<std::string, Limit> &limits()
{
    static const std::map<std::string, Limit> table{
        {"vocab_size", {&DraftConfig::vocabSize, 1, 1'000'000}},
        {"max_tokens", {&DraftConfig::maxTokens, 1, 512}},
        {"text_dim", {&DraftConfig::textDim, 1, 4096}},
        {"text_hidden", {&DraftConfig::textHidden, 1, 16384}},
        {"style_count", {&DraftConfig::styleCount, 1, 1024}},
        {"style_dim", {&DraftConfig::styleDim, 1, 4096}},
        {"palette_size", {&DraftConfig::paletteSize, 1, 64}},
        {"noise_dim", {&DraftConfig::noiseDim, 1, 4096}},
        {"cond_dim", {&DraftConfig::condDim, 1, 16384}},
        {"basis", {&DraftConfig::basis, 1, 64}},
        {"stem_channels", {&DraftConfig::stemChannels, 1, 4096}},
        {"refiner_channels", {&DraftConfig::refinerChannels, 1, 4096}},
        {"refiner_blocks", {&DraftConfig::refinerBlocks, 0, 64}},
        {"groups", {&DraftConfig::groups, 1, 1024}},
        {"detail_channels", {&DraftConfig::detailChannels, 0, 256}},
        {"upsampler_channels", {&DraftConfig::upsamplerChannels, 0, 1024}},
        {"upsampler_blocks", {&DraftConfig::upsamplerBlocks, 0, 64}},
    };
    return table;
}

tl::unexpected<Error> bad(const std::string &key, const std::string &what)
{
    return fail(ErrorCode::ModelFile, "\"config." + key + "\" " + what);
}

Result<std::vector<std::int64_t>> readList(const std::string &key, const nlohmann::json &json, std::int64_t max)
{
    if (!json.is_array() || json.empty() || json.size() > 8)
        return bad(key, "must be a list of 1 to 8 whole numbers.");
    std::vector<std::int64_t> list;
    for (const auto &item : json) {
        if (!item.is_number_unsigned() || item.get<std::uint64_t>() > static_cast<std::uint64_t>(max))
            return bad(key, "must hold whole numbers from 0 to " + std::to_string(max) + '.');
        list.push_back(item.get<std::int64_t>());
    }
    return list;
}

} // namespace

Result<DraftConfig> DraftConfig::fromJson(const nlohmann::json &json)
{
    if (!json.is_object())
        return fail(ErrorCode::ModelFile, "\"config\" must be an object.");
    DraftConfig config;
    for (const auto &[key, value] : json.items()) {
        if (key == "channels" || key == "blocks") {
            auto list = readList(key, value, key == "channels" ? 4096 : 64);
            if (!list)
                return tl::unexpected(list.error());
            (key == "channels" ? config.channels : config.blocks) = std::move(*list);
            continue;
        }
        const auto limit = limits().find(key);
        if (limit == limits().end())
            return bad(key, "is not a key of this model.");
        const auto [member, min, max] = limit->second;
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() < static_cast<std::uint64_t>(min)
            || value.get<std::uint64_t>() > static_cast<std::uint64_t>(max)) {
            return bad(key, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max) + '.');
        }
        config.*member = value.get<std::int64_t>();
    }
    if (config.channels.size() != config.blocks.size())
        return bad("blocks", "must have as many numbers as \"channels\".");
    std::vector<std::int64_t> grouped = config.channels;
    grouped.push_back(config.refinerChannels);
    if (std::any_of(grouped.begin(), grouped.end(), [&](std::int64_t c) { return c < 1 || c % config.groups != 0; }))
        return bad("channels", "and \"refiner_channels\" must be multiples of \"groups\".");
    if (config.detailChannels % 2 != 0)
        return bad("detail_channels", "must be even: the file has two numbers in a byte.");
    return config;
}

std::int64_t DraftConfig::parameterCount() const
{
    const auto linear = [](std::int64_t in, std::int64_t out) { return (in + 1) * out; };
    const auto conv = [](std::int64_t in, std::int64_t out) { return (9 * in + 1) * out; };
    const auto resnet = [&](std::int64_t c) { return 4 * c + 2 * conv(c, c) + linear(condDim, 2 * c); };
    std::int64_t count = linear(textDim, textHidden) + linear(textHidden, textDim) + styleCount * styleDim
                         + linear(textDim + styleDim + 4 * paletteSize + noiseDim, condDim) + linear(condDim, condDim)
                         + linear(condDim, stemChannels * basis * basis);
    std::int64_t width = stemChannels;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        count += conv(width, channels[i]) + blocks[i] * resnet(channels[i]);
        width = channels[i];
    }
    count += 2 * width + conv(width, 16);
    count += 4 * detailCell * detailCell * detailChannels;
    if (upsamplerChannels > 0) {
        count += conv(16, upsamplerChannels) + upsamplerBlocks * 2 * conv(upsamplerChannels, upsamplerChannels)
                 + conv(upsamplerChannels, 64);
    }
    return count + conv(64 + detailChannels, refinerChannels) + refinerBlocks * resnet(refinerChannels) + 2 * refinerChannels + conv(refinerChannels, 64);
}

std::int64_t DraftConfig::sizeFactor() const
{
    // The refiner works on 4 × 4 patches and details are laid out in cells, whatever the number of stages.
    return enlargement() * std::max<std::int64_t>(detailChannels > 0 ? detailCell : 4, std::int64_t{1} << channels.size());
}

} // namespace Galley::Diffusion
