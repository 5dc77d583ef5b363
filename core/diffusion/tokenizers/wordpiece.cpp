#include "core/diffusion/tokenizers/wordpiece.h"

#include "core/diffusion/tokenizers/unicode.h"

#include <algorithm>
#include <array>

namespace Galley::Diffusion {

namespace {

constexpr std::size_t maxWordLength = 100;
constexpr std::array<std::string_view, 5> specialTokens{"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};

bool isDropped(char32_t c)
{
    if (c == '\t' || c == '\n' || c == '\r')
        return false;
    if (c == 0xFFFD)
        return true;
    const auto kind = category(c);
    return kind == UTF8PROC_CATEGORY_CC || kind == UTF8PROC_CATEGORY_CF || kind == UTF8PROC_CATEGORY_CO || kind == UTF8PROC_CATEGORY_CS;
}

bool isIdeograph(char32_t c)
{
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F)
           || (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B920 && c <= 0x2CEAF) || (c >= 0xF900 && c <= 0xFAFF)
           || (c >= 0x2F800 && c <= 0x2FA1F);
}

bool isPunctuation(char32_t c)
{
    if ((c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126))
        return true;
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_PC && kind <= UTF8PROC_CATEGORY_PO;
}

void appendDecomposed(char32_t c, std::u32string &out)
{
    std::array<utf8proc_int32_t, 32> buffer;
    int boundClass = 0;
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), buffer.data(), buffer.size(), UTF8PROC_DECOMPOSE, &boundClass);
    if (count < 0 || count > static_cast<utf8proc_ssize_t>(buffer.size())) {
        out.push_back(c);
        return;
    }
    for (utf8proc_ssize_t i = 0; i < count; ++i)
        out.push_back(static_cast<char32_t>(buffer[static_cast<std::size_t>(i)]));
}

/// Moves combining marks into their canonical order, as NFD asks.
void orderMarks(std::u32string &text)
{
    const auto rank = [](char32_t c) { return utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->combining_class; };
    for (std::size_t i = 0; i < text.size();) {
        if (rank(text[i]) == 0) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && rank(text[end]) != 0)
            ++end;
        std::stable_sort(text.begin() + static_cast<std::ptrdiff_t>(i), text.begin() + static_cast<std::ptrdiff_t>(end),
                         [&](char32_t a, char32_t b) { return rank(a) < rank(b); });
        i = end;
    }
}

std::u32string normalized(std::string_view text)
{
    std::u32string decomposed;
    forEachCharacter(text, [&](char32_t c) {
        if (isDropped(c))
            return;
        if (isWhitespace(c)) {
            decomposed.push_back(' ');
        } else if (isIdeograph(c)) {
            decomposed.push_back(' ');
            appendDecomposed(c, decomposed);
            decomposed.push_back(' ');
        } else {
            appendDecomposed(c, decomposed);
        }
    });
    orderMarks(decomposed);
    std::u32string result;
    result.reserve(decomposed.size());
    for (const char32_t c : decomposed)
        if (category(c) != UTF8PROC_CATEGORY_MN)
            result.push_back(static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
    return result;
}

} // namespace

Result<WordPiece> WordPiece::fromVocabulary(std::string vocabulary)
{
    WordPiece result;
    result.m_vocabulary.assign(vocabulary.begin(), vocabulary.end());
    const std::string_view all(result.m_vocabulary.data(), result.m_vocabulary.size());
    result.m_ids.reserve(static_cast<std::size_t>(std::count(all.begin(), all.end(), '\n')) + 1);
    std::size_t begin = 0;
    while (begin < all.size()) {
        const std::size_t end = std::min(all.find('\n', begin), all.size());
        std::string_view piece = all.substr(begin, end - begin);
        if (piece.ends_with('\r'))
            piece.remove_suffix(1);
        if (!result.m_ids.emplace(piece, static_cast<std::int32_t>(result.m_ids.size())).second)
            return fail(ErrorCode::ModelFile, "The vocabulary has the piece \"" + std::string(piece.substr(0, 40)) + "\" twice.");
        begin = end + 1;
    }
    const auto unknown = result.m_ids.find("[UNK]");
    if (unknown == result.m_ids.end())
        return fail(ErrorCode::ModelFile, "The vocabulary has no [UNK] piece.");
    result.m_unknown = unknown->second;
    return result;
}

std::vector<std::int32_t> WordPiece::encode(std::string_view text, std::size_t limit) const
{
    std::vector<std::int32_t> ids;
    std::size_t plainBegin = 0;
    for (std::size_t i = text.find('['); i != std::string_view::npos && ids.size() < limit; i = text.find('[', i)) {
        const auto special = std::find_if(specialTokens.begin(), specialTokens.end(),
                                          [&](std::string_view token) { return text.substr(i).starts_with(token); });
        const auto known = special == specialTokens.end() ? m_ids.end() : m_ids.find(*special);
        if (known == m_ids.end()) {
            ++i;
            continue;
        }
        encodePlain(text.substr(plainBegin, i - plainBegin), limit, ids);
        ids.push_back(known->second);
        i += special->size();
        plainBegin = i;
    }
    encodePlain(text.substr(plainBegin), limit, ids);
    if (ids.size() > limit)
        ids.resize(limit);
    return ids;
}

void WordPiece::encodePlain(std::string_view text, std::size_t limit, std::vector<std::int32_t> &ids) const
{
    const std::u32string clean = normalized(text);
    const std::u32string_view view = clean;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= view.size() && ids.size() < limit; ++i) {
        const bool end = i == view.size();
        const bool space = !end && isWhitespace(view[i]);
        const bool mark = !end && !space && isPunctuation(view[i]);
        if (!end && !space && !mark)
            continue;
        if (i > begin)
            encodeWord(view.substr(begin, i - begin), ids);
        if (mark)
            encodeWord(view.substr(i, 1), ids);
        begin = i + 1;
    }
}

void WordPiece::encodeWord(std::u32string_view word, std::vector<std::int32_t> &ids) const
{
    if (word.size() > maxWordLength) {
        ids.push_back(m_unknown);
        return;
    }
    std::string bytes;
    std::vector<std::size_t> ends;  // after each character
    for (const char32_t c : word) {
        appendUtf8(c, bytes);
        ends.push_back(bytes.size());
    }
    std::vector<std::int32_t> pieces;
    std::string candidate;
    for (std::size_t first = 0; first < word.size();) {
        const std::size_t begin = first == 0 ? 0 : ends[first - 1];
        std::size_t last = word.size();
        auto found = m_ids.end();
        for (; last > first && found == m_ids.end(); --last) {
            candidate.assign(first == 0 ? "" : "##").append(bytes, begin, ends[last - 1] - begin);
            found = m_ids.find(candidate);
        }
        if (found == m_ids.end()) {
            ids.push_back(m_unknown);
            return;
        }
        pieces.push_back(found->second);
        first = last + 1;
    }
    ids.insert(ids.end(), pieces.begin(), pieces.end());
}

} // namespace Galley::Diffusion
