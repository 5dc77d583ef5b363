#pragma once

#include <string>
#include <string_view>

#include <utf8proc.h>

// What the tokenizers ask of Unicode alike.
namespace Galley::Diffusion {

inline utf8proc_category_t category(char32_t c)
{
    return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

/// White_Space of Unicode.
bool isWhitespace(char32_t c);
void appendUtf8(char32_t c, std::string &out);
/// Calls \a take with each character of \a text; bytes that are not UTF-8 are skipped.
template<class Take>
void forEachCharacter(std::string_view text, Take &&take)
{
    const auto *bytes = reinterpret_cast<const utf8proc_uint8_t *>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t value = 0;
        const auto used = utf8proc_iterate(bytes, left, &value);
        const auto step = used > 0 ? used : 1;
        bytes += step;
        left -= step;
        if (used > 0)
            take(static_cast<char32_t>(value));
    }
}
/// \a text in NFC; bytes that are not UTF-8 are skipped.
std::u32string composed(std::string_view text);

} // namespace Galley::Diffusion
