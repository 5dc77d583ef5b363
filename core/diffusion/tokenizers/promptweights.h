#pragma once

#include "core/diffusion/tokenizers/cliptokenizer.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Galley::Diffusion {

/// A run of words that count alike.
struct WeightedText
{
    std::string text;
    double weight = 1;

    bool operator==(const WeightedText &) const = default;
};

/// What the brackets of \a prompt say, as AUTOMATIC1111's web UI reads them (stable-diffusion-webui, modules/prompt_parser.py, parse_prompt_attention()):
/// "(words)" count 1.1-fold, "[words]" a 1.1th, "(words:1.3)" 1.3-fold; nested brackets multiply; "\(", "\)", "\[", "\]" and "\\" are the characters
/// themselves. Otherwise than there, a bracket without a partner is a character (there an opening one counts to the end of the prompt), a backslash before
/// anything else stays, and what the web UI reads before it comes to weights, "[from:to:when]", "BREAK" and "AND", are words. Numbers are kept within ±10, one by one and multiplied.
/// Neighbours of one weight are one text; no text is empty.
std::vector<WeightedText> weightedTexts(std::string_view prompt);

struct WeightedIds
{
    std::vector<std::int32_t> ids;
    std::vector<float> weights;  ///< one for each id

    /// False: all count 1.
    bool hasWeights() const;
};

/// The ids of \a prompt. Each of weightedTexts() is encoded by itself, as the web UI does it: a word ends where its weight does.
WeightedIds encodeWeighted(const ClipTokenizer &tokenizer, std::string_view prompt);

/// \a tokens in pieces of at most \a limit, at least one, as the web UI cuts them (modules/sd_hijack_clip.py, tokenize_line()): where a piece is full it
/// ends behind its last \a comma if that is no more than 20 tokens back, so that what stands between commas is read together.
std::vector<WeightedIds> inChunks(const WeightedIds &tokens, std::size_t limit, std::int32_t comma);

} // namespace Galley::Diffusion
