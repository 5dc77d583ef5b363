#pragma once

#include "core/diffusion/checkpoint/weightnames.h"
#include "core/diffusion/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <vector>

namespace Galley::Diffusion {

/// config.json of diffusers' AutoencoderKL.
struct AutoencoderKlConfig
{
    std::int64_t inChannels = 3;
    std::int64_t outChannels = 3;
    std::int64_t latentChannels = 4;
    std::vector<std::int64_t> channels{128, 256, 512, 512};
    std::int64_t layersPerBlock = 2;
    std::int64_t groups = 32;
    double scalingFactor = 0.18215;  ///< also where the file says none
    double shiftFactor = 0;
    bool hasQuantConvs = true;
    bool forceUpcast = false;        ///< overflows in fp16

    static Result<AutoencoderKlConfig> fromJson(const nlohmann::json &json);

    bool operator==(const AutoencoderKlConfig &) const = default;
};

/// What diffusers' files of it call its tensors, those of before 2023 as well.
WeightNames autoencoderNames();

/// config.json of diffusers' AutoencoderTiny.
struct AutoencoderTinyConfig
{
    std::int64_t latentChannels = 4;
    std::int64_t channels = 64;
    std::vector<std::int64_t> encoderBlocks{1, 3, 3, 3};
    std::vector<std::int64_t> decoderBlocks{3, 3, 3, 1};
    double scalingFactor = 1;

    static Result<AutoencoderTinyConfig> fromJson(const nlohmann::json &json);

    bool operator==(const AutoencoderTinyConfig &) const = default;
};

} // namespace Galley::Diffusion
