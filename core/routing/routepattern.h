#pragma once

#include <QString>

#include <optional>

namespace re2 {
class RE2;
}

namespace Galley {

/// Why a pattern cannot be used.
struct PatternProblem
{
    const char *code = "wrong_pattern";
    QString sentence;
    QString fix = {};
    int offset = 0;  ///< characters from the start of the pattern
};

/// Whether \a pattern (RE2 syntax, not empty) may be in a rule: valid, and so small that a search is linear in the text with a small factor.
/// RE2 never runs exponentially, but with a large counted repetition each character costs as many steps as it counts, so that
/// `(a?){500}a{500}b` takes seconds on 100 KB. Such patterns are refused here, because a limit at match time would read as "no match". Pure.
std::optional<PatternProblem> checkRoutePattern(const QString &pattern);

} // namespace Galley
