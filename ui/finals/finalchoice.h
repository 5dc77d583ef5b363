#pragma once

#include "core/render/renderrequest.h"

namespace Galley {

class TemplateDocument;

/// What a person has chosen for the finals of a template; remembered for the session. A plain value.
struct FinalChoice
{
    Fidelity tier = Fidelity::Final;
    QString model;            ///< empty: the rules choose
    bool draftSeed = true;    ///< the draft's seed; false: the service may take any
    QString negativePrompt;
    bool sendDraft = false;
    double strength = 0.6;
    int count = 1;

    bool operator==(const FinalChoice &) const = default;
};

/// What is asked for: the template as it is on screen with \a row, and the choice.
RenderRequest finalRequest(const TemplateDocument *document, const Row &row, const FinalChoice &choice, int draftSeed);

} // namespace Galley
