#include "core/diffusion/pipelines/stablediffusionparts.h"

#include <algorithm>

namespace Galley::Diffusion {

namespace {

namespace fs = std::filesystem;

} // namespace

bool StableDiffusionParts::isDistilled() const
{
    return isLcm() || (scheduler.spacing == TimestepSpacing::Trailing && scheduler.kind != SchedulerKind::Ddim);
}

std::int64_t StableDiffusionParts::pixelsOfLatent() const
{
    const std::size_t stages = vae ? vae->channels.size() : tinyVae->decoderBlocks.size();
    return std::int64_t{1} << (stages - 1);
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
    if ((model.unet.additionTimeDim > 0) != model.isXl())
        return bad("Two text encoders and a UNet with sizes belong together.");
    if (model.isXl() && model.texts[1].config.projectionDim + 6 * model.unet.additionTimeDim != model.unet.additionInputDim)
        return bad("The second text encoder's projection does not fit the UNet.");
    return {};
}

Result<StableDiffusionParts> StableDiffusionParts::read(const ModelFiles &files)
{
    return readStableDiffusionFolder(files.path);
}

} // namespace Galley::Diffusion
