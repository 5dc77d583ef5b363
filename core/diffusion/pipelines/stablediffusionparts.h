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
    std::optional<AutoencoderTinyConfig> preview;  ///< for previews and quick pictures
    WeightsSource previewWeights;
    SchedulerConfig scheduler;
    bool zerosForEmptyPrompt = true;
    int steps = 0;  ///< that it was distilled for; 0: not said
    bool isSaidDistilled = false;  ///< by the name of its file or in it

    static Result<StableDiffusionParts> read(const ModelFiles &files);

    bool isXl() const { return texts.size() == 2; }
    bool isLcm() const { return unet.timeCondDim > 0; }
    /// By LCM, with the guidance embedded or not.
    bool isConsistent() const { return isLcm() || scheduler.kind == SchedulerKind::Lcm; }
    /// Made for a few steps without guidance, as far as the model tells.
    bool isDistilled() const;
    std::int64_t latentChannels() const { return vae ? vae->latentChannels : tinyVae->latentChannels; }
    double scalingFactor() const { return vae ? vae->scalingFactor : tinyVae->scalingFactor; }
    double shiftFactor() const { return vae ? vae->shiftFactor : 0; }
    /// Pixels of a latent's side.
    std::int64_t pixelsOfLatent() const;
    /// A name for people: "SD 1.5", "SD-Turbo", "SDXL-Lightning".
    std::string family() const;
    int defaultSteps() const;
    /// Each file with weights once, in a fixed order.
    std::vector<std::filesystem::path> files() const;
};

/// A folder of diffusers. Its "unet" may have a single other file in place of diffusers' own, in diffusers' layout or the original one: the UNet of
/// SDXL-Lightning. That file's name then says for how many steps, by the rules of readStableDiffusionFile().
Result<StableDiffusionParts> readStableDiffusionFolder(const std::filesystem::path &folder);

/// A single .safetensors file in the original layout (CompVis, Stability): SD 1.x, SD 2.x, SDXL and what is distilled from them.
///
/// Names say which of the three it is, shapes the configurations, and what is for training (averaged weights, noise schedules, the loss, the scale of CLIP's
/// logits) is left out; any other tensor is refused by name. \a merges is CLIP's vocabulary. What no tensor says comes from these rules, the first that applies:
///  * distilled: the words "lightning", "turbo" and "lcm" in the metadata's modelspec.title or else in the file's name, with "4step" for the number of steps;
///    "lightning … 1step" predicts the picture. Turbo and Lightning run on trailing timesteps (SDXL-Turbo ancestral, the others Euler's), LCM on its own.
///  * prediction: a tensor "v_pred"; the metadata's modelspec.prediction_type; "v-pred", "vpred" or, for SD 2.x, "768" in the file's name; for SD 2.x v unless
///    the name has "512" or "base" or it is distilled; else ε.
///  * size: the metadata's modelspec.resolution; 1024 for SDXL, 768 for SD 2.x with v, else 512, as SDXL-Turbo.
///  * scheduler of what is not distilled: DDIM for SD 2.x, else Euler on leading timesteps, as the folders of these models say.
Result<StableDiffusionParts> readStableDiffusionFile(const std::filesystem::path &path, const std::filesystem::path &merges);

/// TAESD, for previews and quick pictures, from "taesd" (for SDXL "taesdxl") in \a folder: the model's own, where "taesd" is its as well, or the one that a single file
/// lies in. Nothing where there is none; an error where there is half of one.
Result<void> readSmallAutoencoder(const std::filesystem::path &folder, StableDiffusionParts *out);

/// What the name of a file and its metadata tell of a model.
struct DistillationHints
{
    bool isTurbo = false;
    bool isLightning = false;
    bool isLcm = false;
    int steps = 0;  ///< 0: not said
};
DistillationHints distillationOf(const SafeTensors &file);

/// The scheduler of a distilled UNet; nothing else changes.
void distil(const DistillationHints &hints, StableDiffusionParts *out);

/// The configuration of a UNet in the original layout, as config.json of diffusers would say it. Heads are no shape: 8 where the transformers have
/// convolutions (SD 1.x), else channels of 64.
Result<UNetConfig> ldmUNetConfig(const SafeTensors &file, const std::string &prefix);

/// Parts of one model fit each other; \a place is named if they do not.
Result<void> checkTogether(const std::filesystem::path &place, const StableDiffusionParts &model);

} // namespace Galley::Diffusion
