#include "core/diffusion/tokenizers/unicode.h"

#include <algorithm>
#include <array>

namespace Galley::Diffusion {

bool isWhitespace(char32_t c)
{
    return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028
           || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

void appendUtf8(char32_t c, std::string &out)
{
    std::array<utf8proc_uint8_t, 4> bytes;
    const auto count = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes.data());
    out.append(reinterpret_cast<const char *>(bytes.data()), static_cast<std::size_t>(count));
}

std::u32string composed(std::string_view text)
{
    std::string valid;
    valid.reserve(text.size());
    forEachCharacter(text, [&](char32_t c) { appendUtf8(c, valid); });
    const auto *bytes = reinterpret_cast<const utf8proc_uint8_t *>(valid.data());
    const auto size = static_cast<utf8proc_ssize_t>(valid.size());
    constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const auto needed = utf8proc_decompose(bytes, size, nullptr, 0, options);
    if (needed <= 0)
        return {};
    std::u32string buffer(static_cast<std::size_t>(needed), 0);
    auto *characters = reinterpret_cast<utf8proc_int32_t *>(buffer.data());
    utf8proc_decompose(bytes, size, characters, needed, options);
    const auto length = utf8proc_normalize_utf32(characters, needed, options);
    buffer.resize(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(length, 0)));
    return buffer;
}

} // namespace Galley::Diffusion
