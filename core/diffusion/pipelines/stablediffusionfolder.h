#pragma once

#include "core/diffusion/models/autoencoderkl.h"
#include "core/diffusion/models/cliptextmodel.h"
#include "core/diffusion/models/unet2dcondition.h"
#include "core/diffusion/schedulers/scheduler.h"

#include <filesystem>
#include <optional>

namespace Galley::Diffusion {

/// A text encoder with its tokenizer.
struct ClipFolder
{
    ClipTextConfig config;
    std::filesystem::path weights;
    std::filesystem::path merges;
    bool padsWithEnd = true;  ///< else with "!", id 0
};

/// What a folder of diffusers says, and where its weights are; nothing large has been read.
struct StableDiffusionFolder
{
    std::vector<ClipFolder> texts;  ///< one, or two for SDXL
    UNetConfig unet;
    std::filesystem::path unetWeights;
    std::int64_t sampleSize = 64;  ///< of the latents that the model was trained on
    std::optional<AutoencoderKlConfig> vae;
    std::optional<AutoencoderTinyConfig> tinyVae;  ///< in place of \c vae
    std::filesystem::path vaeWeights;
    std::optional<AutoencoderTinyConfig> preview;
    std::filesystem::path previewWeights;
    SchedulerConfig scheduler;
    bool zerosForEmptyPrompt = true;

    static Result<StableDiffusionFolder> read(const std::filesystem::path &folder);

    bool isXl() const { return texts.size() == 2; }
    bool isLcm() const { return unet.timeCondDim > 0; }
    /// Made for a few steps without guidance, as far as the folder tells.
    bool isDistilled() const;
    std::int64_t latentChannels() const { return vae ? vae->latentChannels : tinyVae->latentChannels; }
    double scalingFactor() const { return vae ? vae->scalingFactor : tinyVae->scalingFactor; }
    double shiftFactor() const { return vae ? vae->shiftFactor : 0; }
    /// Pixels of a latent's side.
    std::int64_t pixelsOfLatent() const;
    /// The names of the weights, in a fixed order.
    std::vector<std::filesystem::path> weights() const;
};

} // namespace Galley::Diffusion
