#pragma once

#include <QString>

namespace Galley {

struct Draft;

/// What made \a draft, in one line: "galley-draft · 2 steps · 118 ms · CPU", "large · 20 steps · 11 s · CPU", or "clip art · 4 ms". Only what is known is said.
QString madeBy(const Draft &draft);

/// The same and each subject's source, seed and reason, a line each: for tool tips and screen readers.
QString fullStory(const Draft &draft);

} // namespace Galley
