#include "core/diffusion/pipelines/draft.h"

namespace Galley::Diffusion {

const std::vector<PipelineFamily> &pipelineFamilies()
{
    static const std::vector<PipelineFamily> families{
        {"draft.json", &DraftPipeline::describe, &DraftPipeline::load},
    };
    return families;
}

} // namespace Galley::Diffusion
