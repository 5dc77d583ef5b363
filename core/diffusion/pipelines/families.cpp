#include "core/diffusion/pipelines/draft.h"
#include "core/diffusion/pipelines/stablediffusion.h"

namespace Galley::Diffusion {

const std::vector<PipelineFamily> &pipelineFamilies()
{
    static const std::vector<PipelineFamily> families{
        {&DraftPipeline::recognises, &DraftPipeline::describe, &DraftPipeline::load},
        {&StableDiffusionPipeline::recognises, &StableDiffusionPipeline::describe, &StableDiffusionPipeline::load},
    };
    return families;
}

} // namespace Galley::Diffusion
