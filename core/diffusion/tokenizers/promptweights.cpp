#include "core/diffusion/tokenizers/promptweights.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace Galley::Diffusion {

namespace {

constexpr double bracketWeight = 1.1;
constexpr double mostWeight = 10;
constexpr std::string_view escapable = "()[]\\";
constexpr std::size_t wayBackToComma = 20;  // tokens

double kept(double weight)
{
    return std::clamp(weight, -mostWeight, mostWeight);
}

/// A bracket, or a piece of text between brackets.
struct Piece
{
    enum class Kind { Text, Open, Close };

    Kind kind = Kind::Text;
    char bracket = '(';     ///< of Open and Close: which of the two kinds
    std::string_view text;  ///< as it stands; an escaped character without its backslash
    double weight = 1;      ///< of Open, once its partner is known
    std::size_t partner = 0;
    bool isPaired = false;
};

struct Number
{
    double value = 1;
    std::size_t length = 0;  ///< with the colon and the closing bracket
};

/// Of ":1.3)" at the start of \a text.
std::optional<Number> closingNumber(std::string_view text)
{
    const std::string_view blanks = " \t\n\r";
    std::size_t begin = text.find_first_not_of(blanks, 1);
    if (begin == std::string_view::npos)
        return std::nullopt;
    const std::size_t end = text.find_first_not_of("+-.0123456789", begin);
    if (end == std::string_view::npos || end == begin)
        return std::nullopt;
    const std::size_t close = text.find_first_not_of(blanks, end);
    if (close == std::string_view::npos || text[close] != ')')
        return std::nullopt;
    if (text[begin] == '+' && end - begin > 1 && text[begin + 1] != '-')
        ++begin;
    double value = 0;
    const auto [rest, error] = std::from_chars(text.data() + begin, text.data() + end, value, std::chars_format::fixed);
    if (error == std::errc::invalid_argument || rest != text.data() + end)
        return std::nullopt;
    if (error == std::errc::result_out_of_range) {
        const std::string_view whole = text.substr(begin, text.find('.', begin) - begin);
        const bool isHuge = whole.find_first_of("123456789") < end - begin;
        value = !isHuge ? 0 : text[begin] == '-' ? -mostWeight : mostWeight;
    }
    return Number{kept(value), close + 1};
}

std::vector<Piece> piecesOf(std::string_view prompt)
{
    std::vector<Piece> pieces;
    std::vector<std::size_t> rounds, squares;  // open ones
    const auto open = [&](std::vector<std::size_t> &stack, char bracket, std::string_view text) {
        stack.push_back(pieces.size());
        pieces.push_back({Piece::Kind::Open, bracket, text});
    };
    const auto close = [&](std::vector<std::size_t> &stack, char bracket, std::string_view text, double weight) {
        Piece piece{Piece::Kind::Close, bracket, text};
        if (!stack.empty()) {
            piece.partner = stack.back();
            piece.isPaired = true;
            pieces[stack.back()].weight = weight;
            pieces[stack.back()].isPaired = true;
            stack.pop_back();
        }
        pieces.push_back(piece);
    };
    while (!prompt.empty()) {
        const char c = prompt.front();
        std::size_t length = 1;
        if (c == '\\' && prompt.size() > 1 && escapable.find(prompt[1]) != std::string_view::npos) {
            pieces.push_back({Piece::Kind::Text, '(', prompt.substr(1, 1)});
            length = 2;
        } else if (c == '(') {
            open(rounds, '(', prompt.substr(0, 1));
        } else if (c == '[') {
            open(squares, '[', prompt.substr(0, 1));
        } else if (c == ')') {
            close(rounds, '(', prompt.substr(0, 1), bracketWeight);
        } else if (c == ']') {
            close(squares, '[', prompt.substr(0, 1), 1 / bracketWeight);
        } else if (const auto number = c == ':' && !rounds.empty() ? closingNumber(prompt) : std::nullopt) {
            length = number->length;
            close(rounds, '(', prompt.substr(0, length), number->value);
        } else {
            length = std::min(prompt.find_first_of("()[]\\:", 1), prompt.size());
            pieces.push_back({Piece::Kind::Text, '(', prompt.substr(0, length)});
        }
        prompt.remove_prefix(length);
    }
    return pieces;
}

} // namespace

std::vector<WeightedText> weightedTexts(std::string_view prompt)
{
    struct Open
    {
        std::size_t piece;
        double weight;  ///< with those around it
    };
    const std::vector<Piece> pieces = piecesOf(prompt);
    std::vector<Open> open;
    std::vector<WeightedText> texts;
    const auto weightBelow = [&](std::size_t depth) { return depth == 0 ? 1.0 : open[depth - 1].weight; };
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Piece &piece = pieces[i];
        if (piece.kind != Piece::Kind::Text && piece.isPaired) {
            if (piece.kind == Piece::Kind::Open) {
                open.push_back({i, kept(weightBelow(open.size()) * piece.weight)});
                continue;
            }
            // Usually the innermost one; the two kinds may overlap, "(a [b) c]".
            auto gone = std::find_if(open.rbegin(), open.rend(), [&](const Open &one) { return one.piece == piece.partner; });
            std::size_t depth = static_cast<std::size_t>(open.rend() - gone) - 1;
            open.erase(open.begin() + static_cast<std::ptrdiff_t>(depth));
            for (; depth < open.size(); ++depth)
                open[depth].weight = kept(weightBelow(depth) * pieces[open[depth].piece].weight);
            continue;
        }
        const double weight = weightBelow(open.size());
        if (texts.empty() || texts.back().weight != weight)
            texts.push_back({{}, weight});
        texts.back().text.append(piece.text);
    }
    return texts;
}

bool WeightedIds::hasWeights() const
{
    return std::any_of(weights.begin(), weights.end(), [](float weight) { return weight != 1; });
}

WeightedIds encodeWeighted(const ClipTokenizer &tokenizer, std::string_view prompt)
{
    WeightedIds result;
    for (const WeightedText &part : weightedTexts(prompt)) {
        const auto ids = tokenizer.encode(part.text);
        result.ids.insert(result.ids.end(), ids.begin(), ids.end());
        result.weights.resize(result.ids.size(), static_cast<float>(part.weight));
    }
    return result;
}

std::vector<WeightedIds> inChunks(const WeightedIds &tokens, std::size_t limit, std::int32_t comma)
{
    std::vector<WeightedIds> chunks;
    std::size_t begin = 0;
    std::optional<std::size_t> lastComma;
    const auto cutAt = [&](std::size_t end) {
        const auto part = [&](const auto &all) {
            const auto from = all.begin() + static_cast<std::ptrdiff_t>(begin), to = all.begin() + static_cast<std::ptrdiff_t>(end);
            return std::decay_t<decltype(all)>(from, to);
        };
        chunks.push_back({part(tokens.ids), tokens.weights.empty() ? std::vector<float>() : part(tokens.weights)});
        begin = end;
        lastComma.reset();
    };
    for (std::size_t i = 0; i < tokens.ids.size(); ++i) {
        const bool isComma = tokens.ids[i] == comma;
        if (i - begin == limit)
            cutAt(!isComma && lastComma && i - *lastComma <= wayBackToComma ? *lastComma + 1 : i);
        if (isComma)
            lastComma = i;
    }
    cutAt(tokens.ids.size());
    return chunks;
}

} // namespace Galley::Diffusion
