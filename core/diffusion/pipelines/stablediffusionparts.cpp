#include "core/diffusion/pipelines/stablediffusionparts.h"

#include <algorithm>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;

std::int64_t pixelsOfStages(std::size_t stages)
{
    return std::int64_t{1} << (stages - 1);
}

} // namespace

bool StableDiffusionParts::isDistilled() const
{
    // Turbo and Lightning predict noise or the picture; what predicts v and what names another solver was made for many steps.
    const bool isOfManySteps = scheduler.prediction == PredictionType::VPrediction || scheduler.isOtherSolver || scheduler.kind == SchedulerKind::Ddim;
    return isConsistent() || isSaidDistilled || (scheduler.spacing == TimestepSpacing::Trailing && !isOfManySteps);
}

std::string StableDiffusionParts::family() const
{
    if (isConsistent())
        return isXl() ? "SDXL LCM" : unet.linearProjection ? "SD 2.1 LCM" : "SD 1.5 LCM";
    if (isXl())
        return !isDistilled() ? "SDXL" : scheduler.kind == SchedulerKind::EulerAncestral ? "SDXL-Turbo" : "SDXL-Lightning";
    if (unet.linearProjection)
        return isDistilled() ? "SD-Turbo" : "SD 2.1";
    return "SD 1.5";
}

int StableDiffusionParts::defaultSteps() const
{
    if (steps > 0)
        return steps;
    return isConsistent() ? 4 : isDistilled() ? 1 : isXl() ? 30 : 20;
}

std::int64_t StableDiffusionParts::pixelsOfLatent() const
{
    return pixelsOfStages(vae ? vae->channels.size() : tinyVae->decoderBlocks.size());
}

std::vector<fs::path> StableDiffusionParts::files() const
{
    std::vector<fs::path> files{unetWeights.file};
    const auto add = [&](const fs::path &file) {
        if (std::find(files.begin(), files.end(), file) == files.end())
            files.push_back(file);
    };
    add(vaeWeights.file);
    for (const TextPart &text : texts)
        add(text.weights.file);
    if (preview)
        add(previewWeights.file);
    return files;
}

Result<void> checkTogether(const fs::path &place, const StableDiffusionParts &model)
{
    const auto bad = [&](const std::string &what) {
        return fail(ErrorCode::ModelFile, place.string() + ": " + what + " The parts are of different models; download the whole model again.");
    };
    std::int64_t width = 0;
    for (const TextPart &text : model.texts)
        width += text.config.hiddenSize;
    if (width != model.unet.crossAttentionDim)
        return bad("The text encoders give " + std::to_string(width) + " numbers a token, and the UNet takes " + std::to_string(model.unet.crossAttentionDim) + '.');
    if (model.unet.inChannels != model.latentChannels() || model.unet.outChannels != model.latentChannels())
        return bad("The UNet has " + std::to_string(model.unet.inChannels) + " channels, and the autoencoder " + std::to_string(model.latentChannels()) + '.');
    if (model.preview && model.preview->latentChannels != model.latentChannels())
        return bad("The autoencoder for previews has " + std::to_string(model.preview->latentChannels) + " channels.");
    if (model.preview && pixelsOfStages(model.preview->decoderBlocks.size()) != model.pixelsOfLatent())
        return bad("The autoencoder for previews makes pictures of another size.");
    if ((model.unet.additionTimeDim > 0) != model.isXl())
        return bad("Two text encoders and a UNet with sizes belong together.");
    if (model.isXl() && model.texts[1].config.projectionDim + 6 * model.unet.additionTimeDim != model.unet.additionInputDim)
        return bad("The second text encoder's projection does not fit the UNet.");
    return {};
}

Result<StableDiffusionParts> StableDiffusionParts::read(const ModelFiles &files)
{
    std::error_code ignored;
    return fs::is_directory(files.path, ignored) ? readStableDiffusionFolder(files.path) : readStableDiffusionFile(files.path, files.merges);
}

} // namespace Galley::Diffusion
