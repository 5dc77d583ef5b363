#pragma once

#include "core/composition/scene.h"

namespace Galley {

/// The items of one token, fill below picture below text: the same for drafts and finals.
void appendToken(QList<SceneItem> &items, const ResolvedToken &token, const Variant &variant);

} // namespace Galley
