#pragma once

#include "core/render/renderengine.h"

// How Ideogram's generations of models are told the size of a picture (image-apis.md §2). Each adds one member to the body, or none without a size.
namespace Galley {

/// POST /generate: RESOLUTION_W_H for V_2 and V_2_TURBO, else ASPECT_W_H.
void addLegacySize(Json &body, const EngineRequest &request);
/// aspect_ratio "16x9", the nearest there is.
void addRatio(Json &body, const EngineRequest &request);
/// Ideogram 3: resolution where the size is one of its 69, else aspect_ratio.
void addThirdSize(Json &body, const EngineRequest &request);
/// Ideogram 4: \a member is the size; for a ratio the 4-megapixel size that has it.
void addFourthSize(Json &body, const EngineRequest &request, const char *member);

} // namespace Galley
