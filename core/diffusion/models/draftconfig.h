#pragma once

#include "core/diffusion/result.h"

#include <cstdint>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace Galley::Diffusion {

inline constexpr std::int64_t detailCell = 8;  ///< pixels of a detail cell's side

/// Dimensions; the object "config" of draft.json.
struct DraftConfig
{
    std::int64_t vocabSize = 27734;
    std::int64_t maxTokens = 24;
    std::int64_t textDim = 256;
    std::int64_t textHidden = 512;
    std::int64_t styleCount = 8;
    std::int64_t styleDim = 32;
    std::int64_t paletteSize = 5;
    std::int64_t noiseDim = 16;
    std::int64_t condDim = 512;
    std::int64_t basis = 8;
    std::int64_t stemChannels = 48;
    std::vector<std::int64_t> channels{256, 128, 64, 32};
    std::vector<std::int64_t> blocks{2, 2, 2, 1};
    std::int64_t refinerChannels = 96;
    std::int64_t refinerBlocks = 3;
    std::int64_t groups = 8;
    std::int64_t detailChannels = 0;  ///< numbers of a detail cell; 0: the model has no details
    std::int64_t upsamplerChannels = 0;  ///< 0: pictures are shown at the generator's size
    std::int64_t upsamplerBlocks = 3;

    /// Absent keys keep their defaults; unknown ones, wrong types and sizes outside sane limits are errors.
    static Result<DraftConfig> fromJson(const nlohmann::json &json);

    /// How many times as wide and high as the generator's a picture is that is shown.
    std::int64_t enlargement() const { return upsamplerChannels > 0 ? 2 : 1; }

    /// Height and width of a picture that is shown are multiples of this.
    std::int64_t sizeFactor() const;

    /// How many numbers a model of these dimensions holds.
    std::int64_t parameterCount() const;

    bool operator==(const DraftConfig &) const = default;
};

} // namespace Galley::Diffusion
