#pragma once

#include "core/diffusion/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>

namespace Galley::Diffusion {

/// config.json of transformers' CLIPTextModel and CLIPTextModelWithProjection.
struct ClipTextConfig
{
    std::int64_t vocabSize = 49408;
    std::int64_t hiddenSize = 768;
    std::int64_t intermediateSize = 3072;
    std::int64_t layers = 12;
    std::int64_t heads = 12;
    std::int64_t positions = 77;
    std::int64_t projectionDim = 0;  ///< 0: no projection
    double eps = 1e-5;
    bool quickGelu = true;  ///< x · σ(1.702 x), else the exact GELU

    static Result<ClipTextConfig> fromJson(const nlohmann::json &json);

    bool operator==(const ClipTextConfig &) const = default;
};

} // namespace Galley::Diffusion
