#include "core/diffusion/pipelines/draft.h"
#include "core/diffusion/pipelines/stablediffusion.h"

namespace Galley::Diffusion {

const std::vector<PipelineFamily> &pipelineFamilies()
{
    static const std::vector<PipelineFamily> families{
        {"draft.json", &DraftPipeline::describe, &DraftPipeline::load},
        {"model_index.json", &StableDiffusionPipeline::describe, &StableDiffusionPipeline::load},
    };
    return families;
}

} // namespace Galley::Diffusion
