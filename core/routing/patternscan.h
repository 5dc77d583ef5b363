#pragma once

#include <QStringView>

namespace Galley {

/// What makes a pattern slow, counted over the pattern as it is written out: `[ab]{3}` is three places.
struct PatternCounts
{
    int open = 0;     ///< places of a fixed number where more than one character may stand: `.`, `[a-z]`, `\d`, `(a|b)`; loops are none
    int counted = 0;  ///< places that come from counts in braces
    int spans = 0;    ///< of these, open ones right behind a word, as in `poster.{0,40}sale`: few begin at a time, so they are not among `open`
};

/// Counts \a pattern, which RE2 takes. What would be larger than a million is a million.
PatternCounts countPattern(QStringView pattern);

} // namespace Galley
