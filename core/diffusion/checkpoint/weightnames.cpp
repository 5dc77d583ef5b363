#include "core/diffusion/checkpoint/weightnames.h"

#include <algorithm>

namespace Galley::Diffusion {

std::string listed(const std::vector<std::string> &names)
{
    constexpr std::size_t most = 12;
    constexpr std::size_t longest = 160;
    std::string text;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i)
        text.append(i ? ", " : "").append(names[i], 0, longest);
    if (names.size() > most)
        text.append(" and ").append(std::to_string(names.size() - most)).append(" more");
    return text;
}

} // namespace Galley::Diffusion
