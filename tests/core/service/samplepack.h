#pragma once

#include "core/composition/cutouts.h"
#include "core/template/template.h"

namespace Galley {

/// A clip-art pack of three (red apple, sailing boat, unsure thing), written into \a folder; vectors as FakeEngine makes them.
std::shared_ptr<const CutoutLibrary> writeSamplePack(const QString &folder, bool withVectors = true);

/// Subjects "hero" ({subject}) and "side" ("a pear"), headline "title" ({headline}); 400 × 500.
Template sampleTemplate();

} // namespace Galley
