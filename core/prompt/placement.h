#pragma once

#include "core/template/template.h"

#include <QString>

namespace Galley {

/// Where \a box lies, in words that go after a noun: "in the upper left", "across the top", "filling the whole picture".
QString placePhrase(const Box &box);

/// \a box cut to the canvas; empty (zero size) when it lies outside.
Box clampedToCanvas(const Box &box);

} // namespace Galley
