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

/// Whether \a pattern (RE2 syntax, not empty) may be in a rule: valid, and such that a search takes little for each character. RE2 is never exponential in
/// the text, but what counts is in the pattern: after `a.{20}` it keeps up to a million states apart, and `(a?){500}a{500}b` takes seconds on 100 KB.
/// Such patterns are refused here, by counting and not by a clock, because a limit at match time would read as "no match". A count behind a word, as in
/// `poster.{0,40}sale`, begins seldom and may be longer. Pure.
std::optional<PatternProblem> checkRoutePattern(const QString &pattern);

/// The same of a pattern that has been compiled as \a regex.
std::optional<PatternProblem> checkRoutePattern(const QString &pattern, const re2::RE2 &regex);

} // namespace Galley
