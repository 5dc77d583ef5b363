#pragma once

#include "core/diffusion/pipelines/pipeline.h"

namespace Galley::Diffusion {

/// The draft's layers: words, style and palette → one premultiplied cut-out in one to a few steps. A folder of it holds draft.json,
/// draft.safetensors and text.safetensors, packed or not (draftFile()).
class DraftPipeline : public Pipeline
{
public:
    static bool recognises(const std::filesystem::path &path);
    static ModelInfo describe(const std::string &id, const ModelFiles &files, const Device &device = {});
    static Result<std::unique_ptr<Pipeline>> load(const ModelInfo &info, const ModelFiles &files, const Device &device, const Thrift &thrift = {});

    ~DraftPipeline() override;

    const ModelInfo &info() const override;
    Result<RenderResult> run(const RenderRequest &request, const RenderObserver &observer, std::stop_token stop) override;
    Result<std::vector<float>> embed(const std::string &text) override;
    std::uint64_t bytes() const override;
    TextCacheCounts textCacheCounts() const override;
    void freeCaches() override;

private:
    struct Private;
    explicit DraftPipeline(std::unique_ptr<Private> state);

    std::unique_ptr<Private> d;
};

} // namespace Galley::Diffusion
