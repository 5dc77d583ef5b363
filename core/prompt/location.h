#pragma once

#include "core/template/template.h"

#include <QString>

namespace Galley {

/// Where a box lies, in words.
struct Location
{
    QString noun;    ///< "the upper left third": what shows something
    QString phrase;  ///< "in the upper left third": where something is

    bool operator==(const Location &) const = default;
};

/// \a box is in fractions of the picture and clamped to it.
Location locationOf(const Box &box);

/// The same exactly, for when two things would have the same place in words: "the strip from 30% to 45% of the height".
QString exactPlace(const Box &box);

/// The part of \a box inside 0–1; no size when there is none.
Box clampedBox(const Box &box);

double areaOf(const Box &box);
double overlapArea(const Box &a, const Box &b);

} // namespace Galley
