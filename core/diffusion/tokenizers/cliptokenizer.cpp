#include "core/diffusion/tokenizers/cliptokenizer.h"

#include "core/diffusion/tokenizers/unicode.h"

#include <algorithm>
#include <array>
#include <queue>
#include <tuple>

namespace Galley::Diffusion {

namespace {

constexpr std::string_view beginToken = "<|startoftext|>";
constexpr std::string_view endToken = "<|endoftext|>";
constexpr std::string_view endOfWord = "</w>";
constexpr std::size_t byteCount = 256;
constexpr std::size_t maxMerges = 1'000'000;
constexpr std::array<std::u32string_view, 7> contractions{U"'s", U"'t", U"'re", U"'ve", U"'m", U"'ll", U"'d"};

bool isLetter(char32_t c)
{
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

bool isNumber(char32_t c)
{
    const auto kind = category(c);
    return kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO;
}

/// A byte that is printable stands for itself, the others for U+0100 and what follows.
bool isPrintableByte(std::size_t byte)
{
    return (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
}

/// The id of each byte: in the vocabulary the printable ones come first.
const std::array<std::int32_t, byteCount> &byteIds()
{
    static const auto ids = [] {
        std::array<std::int32_t, byteCount> result{};
        std::int32_t next = 0;
        for (const bool printable : {true, false}) {
            for (std::size_t byte = 0; byte < byteCount; ++byte)
                if (isPrintableByte(byte) == printable)
                    result[byte] = next++;
        }
        return result;
    }();
    return ids;
}

/// The pieces that merges.txt may name so far, in UTF-8.
std::unordered_map<std::string, std::int32_t> firstPieces()
{
    std::unordered_map<std::string, std::int32_t> pieces;
    char32_t other = 0x100;
    for (std::size_t byte = 0; byte < byteCount; ++byte) {
        std::string name;
        appendUtf8(isPrintableByte(byte) ? static_cast<char32_t>(byte) : other++, name);
        pieces.emplace(name, byteIds()[byte]);
        pieces.emplace(name.append(endOfWord), byteIds()[byte] + static_cast<std::int32_t>(byteCount));
    }
    return pieces;
}

/// NFC with every run of white space as one space, in lower case.
std::u32string normalized(std::string_view text)
{
    std::u32string result;
    for (const char32_t c : composed(text)) {
        if (isWhitespace(c)) {
            if (result.empty() || result.back() != ' ')
                result.push_back(' ');
        } else if (c == 0x130) {  // the only letter whose lower case is two
            result.append(U"i\u0307");
        } else {
            result.push_back(static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c))));
        }
    }
    return result;
}

/// How many characters the next word of \a text has: 's|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+, tried in this order.
std::size_t wordLength(std::u32string_view text)
{
    for (const std::u32string_view contraction : contractions)
        if (text.starts_with(contraction))
            return contraction.size();
    if (isNumber(text.front()))
        return 1;
    const bool letters = isLetter(text.front());
    const auto end = std::find_if(text.begin(), text.end(), [letters](char32_t c) { return letters ? !isLetter(c) : isWhitespace(c) || isLetter(c) || isNumber(c); });
    return static_cast<std::size_t>(end - text.begin());
}

std::uint64_t keyOf(std::int32_t left, std::int32_t right)
{
    return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(left)) << 32) | static_cast<std::uint32_t>(right);
}

tl::unexpected<Error> refused(std::size_t line, const std::string &why)
{
    return fail(ErrorCode::ModelFile, "Line " + std::to_string(line) + " of the tokenizer's merges " + why + ". Put the model's own merges.txt back.");
}

} // namespace

Result<ClipTokenizer> ClipTokenizer::fromMerges(std::string_view merges)
{
    ClipTokenizer result;
    auto pieces = firstPieces();
    std::size_t line = 0;
    while (!merges.empty()) {
        const std::size_t end = std::min(merges.find('\n'), merges.size());
        std::string_view pair = merges.substr(0, end);
        merges.remove_prefix(std::min(end + 1, merges.size()));
        ++line;
        if (pair.ends_with('\r'))
            pair.remove_suffix(1);
        if (pair.empty() || (line == 1 && (pair.starts_with("#version") || pair.starts_with("\"bpe_simple_vocab"))))
            continue;
        const std::size_t space = pair.find(' ');
        if (space == std::string_view::npos || pair.find(' ', space + 1) != std::string_view::npos)
            return refused(line, "is no pair of pieces");
        const auto left = pieces.find(std::string(pair.substr(0, space)));
        const auto right = pieces.find(std::string(pair.substr(space + 1)));
        if (left == pieces.end() || right == pieces.end())
            return refused(line, "names a piece that no line before it makes");
        const auto rank = static_cast<std::int32_t>(result.m_merges.size());
        const auto id = static_cast<std::int32_t>(2 * byteCount) + rank;
        if (result.m_merges.size() >= maxMerges || !pieces.emplace(left->first + right->first, id).second
            || !result.m_merges.emplace(keyOf(left->second, right->second), Merge{rank, id}).second)
            return refused(line, "makes a piece that is there already");
    }
    if (result.m_merges.empty())
        return refused(line, "is the last, and there is no pair in them");
    result.m_size = 2 * byteCount + result.m_merges.size() + 2;
    return result;
}

std::vector<std::int32_t> ClipTokenizer::encode(std::string_view text, std::size_t limit) const
{
    std::vector<std::int32_t> ids;
    while (ids.size() < limit) {
        const std::size_t begin = text.find(beginToken);
        const std::size_t end = text.find(endToken);
        const std::size_t special = std::min(begin, end);
        encodePlain(text.substr(0, special), limit, ids);
        if (special == std::string_view::npos)
            break;
        ids.push_back(begin < end ? beginId() : endId());
        text.remove_prefix(special + (begin < end ? beginToken : endToken).size());
    }
    if (ids.size() > limit)
        ids.resize(limit);
    return ids;
}

void ClipTokenizer::encodePlain(std::string_view text, std::size_t limit, std::vector<std::int32_t> &ids) const
{
    const std::u32string clean = normalized(text);
    std::u32string_view rest = clean;
    std::string bytes;
    while (!rest.empty() && ids.size() < limit) {
        if (isWhitespace(rest.front())) {
            rest.remove_prefix(1);
            continue;
        }
        const std::size_t length = wordLength(rest);
        bytes.clear();
        for (const char32_t c : rest.substr(0, length))
            appendUtf8(c, bytes);
        encodeWord(bytes, ids);
        rest.remove_prefix(length);
    }
}

const ClipTokenizer::Merge *ClipTokenizer::merge(std::int32_t left, std::int32_t right) const
{
    const auto found = m_merges.find(keyOf(left, right));
    return found == m_merges.end() ? nullptr : &found->second;
}

/// Merges the pair of the lowest rank, the leftmost first, until there is none: with a queue, since a word may have thousands of bytes.
void ClipTokenizer::encodeWord(std::string_view bytes, std::vector<std::int32_t> &ids) const
{
    struct Symbol
    {
        std::int32_t id;
        std::size_t before, after;
    };
    constexpr std::size_t none = SIZE_MAX;
    std::vector<Symbol> symbols;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        symbols.push_back({byteIds()[static_cast<unsigned char>(bytes[i])], i == 0 ? none : i - 1, i + 1 == bytes.size() ? none : i + 1});
    symbols.back().id += static_cast<std::int32_t>(byteCount);

    using Candidate = std::tuple<std::int32_t, std::size_t, std::int32_t, std::int32_t>;  // rank, place, left id, right id
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue;
    const auto consider = [&](std::size_t left) {
        const std::size_t right = left == none ? none : symbols[left].after;
        if (right == none)
            return;
        if (const Merge *found = merge(symbols[left].id, symbols[right].id))
            queue.emplace(found->rank, left, symbols[left].id, symbols[right].id);
    };
    for (std::size_t i = 0; i < symbols.size(); ++i)
        consider(i);
    while (!queue.empty()) {
        const auto [rank, place, leftId, rightId] = queue.top();
        queue.pop();
        Symbol &left = symbols[place];
        if (left.id != leftId || left.after == none || symbols[left.after].id != rightId)
            continue;  // one of them has been merged since
        Symbol &right = symbols[left.after];
        left.id = merge(leftId, rightId)->id;
        left.after = right.after;
        right.id = -1;
        if (left.after != none)
            symbols[left.after].before = place;
        consider(place);
        consider(left.before);
    }
    for (std::size_t i = 0; i != none; i = symbols[i].after)
        ids.push_back(symbols[i].id);
}

} // namespace Galley::Diffusion
