#pragma once

#include "core/template/template.h"

#include <limits>
#include <optional>

namespace Galley {

// The seed that a subject has for itself, "seed" of a token, 0–2147483647; absent: the draft's own. It lies among the token's extra keys,
// so that versions that do not know it write it back.

/// Nothing when the token has none, or one that is no seed (checkTemplate() reports that).
inline std::optional<int> tokenSeed(const Token &token)
{
    const auto seed = token.extra.find("seed");
    if (seed == token.extra.end() || !seed->is_number_integer())
        return {};
    const auto value = seed->get<std::int64_t>();
    return value >= 0 && value <= std::numeric_limits<int>::max() ? std::optional(int(value)) : std::nullopt;
}

inline void setTokenSeed(Token &token, std::optional<int> seed)
{
    if (seed)
        token.extra["seed"] = *seed;
    else
        token.extra.erase("seed");
}

} // namespace Galley
