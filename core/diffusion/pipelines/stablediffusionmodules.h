#pragma once

#include "core/diffusion/memory/replay.h"
#include "core/diffusion/models/autoencoderkl.h"
#include "core/diffusion/models/cliptextmodel.h"
#include "core/diffusion/models/unet2dcondition.h"
#include "core/diffusion/pipelines/stablediffusionparts.h"

#include <array>
#include <atomic>

namespace Galley::Diffusion {

enum class ModelPart { Text, Text2, UNet, Autoencoder, Preview };
inline constexpr std::size_t modelPartCount = 5;

/// The modules of one model that are in memory: whatever was needed since, or, where memory is short, the one that is needed now. One thread at a time; bytes()
/// from any. Keeps references to \a parts and \a files, which are those of ModelInfo: a file that was replaced since is not read, for what else is there would be of
/// another model.
class StableDiffusionModules
{
public:
    StableDiffusionModules(const StableDiffusionParts &parts, const Device &device, const std::map<std::filesystem::path, FileIdentity> &files);

    Result<void> needAll();
    /// Loads \a part unless it is there, out of the model's file. With isOneByOne the others are freed before; not that for previews, which is small and works
    /// beside the UNet.
    Result<void> need(ModelPart part);
    void drop(ModelPart part);
    void dropAll();

    /// What \a work, a computation with \a part alone, gives for \a inputs; on a GPU recorded and replayed where the part stays in memory.
    Replayed::Tensors compute(ModelPart part, const Replayed::Tensors &inputs, const Replayed::Work &work);
    /// Of all parts.
    void forgetRecordings();

    bool isThere(ModelPart part) const;
    /// Of the weights that are there.
    std::uint64_t bytes() const { return m_bytes; }

    bool isOneByOne = false;
    std::vector<ClipTextModel> texts;
    UNet2DConditionModel unet{nullptr};
    AutoencoderKl vae{nullptr};
    AutoencoderTiny tinyVae{nullptr};
    AutoencoderTiny preview{nullptr};

private:
    template<class Holder, class Config>
    Result<void> load(Holder &place, const Config &config, const WeightsSource &weights);
    template<class Holder>
    void free(Holder &place);

    const StableDiffusionParts &m_parts;
    const Device &m_device;
    const std::map<std::filesystem::path, FileIdentity> &m_files;
    std::atomic<std::uint64_t> m_bytes = 0;
    std::array<Replayed, modelPartCount> m_replayed;
};

/// Fills in what \a model weighs and needs, in the numbers of \a device, for \a info's native size; \a rows go through the UNet at once.
void estimateMemory(const StableDiffusionParts &model, const Device &device, int rows, ModelInfo *info);

} // namespace Galley::Diffusion
