#pragma once

#include "core/diffusion/pipelines/pipeline.h"

namespace Galley::Diffusion {

/// Folders of diffusers' StableDiffusionPipeline, LatentConsistencyModelPipeline and StableDiffusionXLPipeline: SD 1.5 and LCM, SD 2.1 and SD-Turbo, SDXL,
/// SDXL-Turbo and SDXL-Lightning. A subfolder "taesd" with an AutoencoderTiny makes previews; as "vae" it makes the pictures too. Pickles are not read.
///
/// Guidance 0 is the model's default: none for distilled models, embedded for LCM. Above 1 others are run twice a step, with the negative prompt.
class StableDiffusionPipeline : public Pipeline
{
public:
    static bool recognises(const std::filesystem::path &path);
    static ModelInfo describe(const std::string &id, const ModelFiles &files, const Device &device = {});
    static Result<std::unique_ptr<Pipeline>> load(const ModelInfo &info, const ModelFiles &files, const Device &device, const Thrift &thrift);

    ~StableDiffusionPipeline() override;

    const ModelInfo &info() const override;
    Result<RenderResult> run(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop) override;
    /// Unsupported: these models have no vectors that could be compared with captions.
    Result<std::vector<float>> embed(const std::string &text) override;
    std::uint64_t bytes() const override;
    TextCacheCounts textCacheCounts() const override;
    bool isThrifty() const override { return true; }
    void setThrift(const Thrift &thrift) override;
    void freeCaches() override;
    void forgetUnfinished() override;

private:
    struct Private;
    explicit StableDiffusionPipeline(std::unique_ptr<Private> state);

    Result<RenderResult> make(const RenderRequest &request, const RenderObserver &observer, const std::stop_token &stop);

    std::unique_ptr<Private> d;
};

} // namespace Galley::Diffusion
