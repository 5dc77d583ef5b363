#pragma once

#include "core/diffusion/checkpoint/weightnames.h"
#include "core/diffusion/models/autoencoderconfig.h"
#include "core/diffusion/models/clipconfig.h"
#include "core/diffusion/models/unetconfig.h"
#include "core/diffusion/pipelines/pipeline.h"
#include "core/diffusion/schedulers/scheduler.h"

#include <filesystem>
#include <optional>

namespace Galley::Diffusion {

/// A text encoder with its tokenizer.
struct TextPart
{
    ClipTextConfig config;
    WeightsSource weights;
    std::filesystem::path merges;
    bool padsWithEnd = true;  ///< else with "!", id 0
};

/// What a model says of its parts, and where the tensors of each are; nothing large has been read. A folder of diffusers and a single file both become this.
struct StableDiffusionParts
{
    std::vector<TextPart> texts;  ///< one, or two for SDXL
    UNetConfig unet;
    WeightsSource unetWeights;
    std::int64_t sampleSize = 64;  ///< of the latents that the model was trained on
    std::optional<AutoencoderKlConfig> vae;
    std::optional<AutoencoderTinyConfig> tinyVae;  ///< in place of \c vae
    WeightsSource vaeWeights;
    std::optional<AutoencoderTinyConfig> preview;
    WeightsSource previewWeights;
    SchedulerConfig scheduler;
    bool zerosForEmptyPrompt = true;

    static Result<StableDiffusionParts> read(const ModelFiles &files);

    bool isXl() const { return texts.size() == 2; }
    bool isLcm() const { return unet.timeCondDim > 0; }
    /// Made for a few steps without guidance, as far as the model tells.
    bool isDistilled() const;
    std::int64_t latentChannels() const { return vae ? vae->latentChannels : tinyVae->latentChannels; }
    double scalingFactor() const { return vae ? vae->scalingFactor : tinyVae->scalingFactor; }
    double shiftFactor() const { return vae ? vae->shiftFactor : 0; }
    /// Pixels of a latent's side.
    std::int64_t pixelsOfLatent() const;
    /// Each file with weights once, in a fixed order.
    std::vector<std::filesystem::path> files() const;
};

/// A folder of diffusers.
Result<StableDiffusionParts> readStableDiffusionFolder(const std::filesystem::path &folder);

/// Parts of one model fit each other; \a place is named if they do not.
Result<void> checkTogether(const std::filesystem::path &place, const StableDiffusionParts &model);

} // namespace Galley::Diffusion
