#pragma once

#include "core/template/finding.h"
#include "core/template/template.h"

namespace Galley {

/// The limits of the format (product.md §3).
struct TemplateLimits
{
    static constexpr int tokens = 500;
    static constexpr int slotCount = 200;
    static constexpr int valueLength = 10'000;
    static constexpr int tokenPalette = 5;
    static constexpr int stylePalette = 16;
    static constexpr int minSide = 16;
    static constexpr int maxSide = 16'384;
    static constexpr qint64 maxPixels = 64'000'000;
};

/// Builds the value from \a json. What has the wrong type is reported (an error with its JSON pointer) and left at its default,
/// so that one pass finds everything. Unknown keys are kept, and reported when they look like a slip of the pen.
Template readTemplate(const Json &json, QList<Finding> &findings);

/// Brings \a json, a file of version \a from, up to today's form.
///
/// Version 0 never shipped; it stands for every older form that will. Its files have `"format": 0`, or no version at all, and
/// tokens with `"rect"`: x, y, width and height in percent of the canvas, where `"box"` now has fractions, and `"colour"` for `"color"`.
void migrateTemplate(Json &json, int from);

} // namespace Galley
