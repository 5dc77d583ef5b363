#pragma once

#include <re2/re2.h>

namespace Galley {

/// How the patterns of rules are meant: UTF-8, searched without regard to case, the dot matches a new line (product.md §4).
inline re2::RE2::Options routePatternOptions()
{
    re2::RE2::Options options;
    options.set_case_sensitive(false);
    options.set_dot_nl(true);
    options.set_log_errors(false);
    options.set_max_mem(4 << 20);
    return options;
}

} // namespace Galley
