#pragma once

#include "core/diffusion/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <vector>

namespace Galley::Diffusion {

/// config.json of diffusers' UNet2DConditionModel, as far as SD 1.5, SD 2.1, SDXL and what is distilled from them use it.
struct UNetConfig
{
    std::int64_t inChannels = 4;
    std::int64_t outChannels = 4;
    std::vector<std::int64_t> channels{320, 640, 1280, 1280};
    std::vector<bool> downHasAttention{true, true, true, false};
    std::vector<bool> upHasAttention{false, true, true, true};
    std::vector<std::int64_t> layersPerBlock{2, 2, 2, 2};
    std::vector<std::int64_t> transformerLayers{1, 1, 1, 1};
    std::vector<std::int64_t> heads{8, 8, 8, 8};  ///< "attention_head_dim" is, in all published files, their number
    std::int64_t crossAttentionDim = 768;
    std::int64_t groups = 32;
    double eps = 1e-5;
    bool linearProjection = false;
    bool flipSinToCos = true;
    double freqShift = 0;
    std::int64_t timeCondDim = 0;       ///< LCM: of the guidance's embedding; 0: none
    std::int64_t additionTimeDim = 0;   ///< SDXL: of each of its six sizes; 0: none
    std::int64_t additionInputDim = 0;  ///< SDXL: of all that with the pooled text

    static Result<UNetConfig> fromJson(const nlohmann::json &json);

    bool operator==(const UNetConfig &) const = default;
};

} // namespace Galley::Diffusion
