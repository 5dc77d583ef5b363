#include "ui/finals/finalchoice.h"

#include "ui/document/templatedocument.h"

namespace Galley {

RenderRequest finalRequest(const TemplateDocument *document, const Row &row, const FinalChoice &choice, int draftSeed)
{
    RenderRequest request;
    request.source = document->value();
    request.row = row;
    request.folder = document->folder();
    request.intent = document->value().intent;
    request.fidelity = choice.tier;
    request.model = choice.model;
    if (choice.draftSeed)
        request.seed = draftSeed;
    request.negativePrompt = choice.negativePrompt.trimmed();
    request.sendDraft = choice.sendDraft;
    request.strength = choice.strength;
    request.count = choice.count;
    request.mayShrink = choice.mayShrink;
    if (choice.guidance > 0)
        request.guidance = choice.guidance;
    return request;
}

} // namespace Galley
