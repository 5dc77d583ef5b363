#pragma once

#include "core/diffusion/checkpoint/safetensors.h"
#include "core/diffusion/tokenizers/wordpiece.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace Galley::Diffusion {

/// Captions as unit vectors by a static table: the mean of the rows of their word pieces. The table stays int8 in memory (8 MB), and only
/// the rows of one caption are scaled. Immutable; any thread may use it.
class StaticTextModel
{
public:
    /// Takes "table" (I8 [vocabulary, dim]), "scale" (F16 [vocabulary]) and "vocab" (U8, one piece a line) and nothing else.
    static Result<StaticTextModel> fromFile(const SafeTensors &file);

    std::size_t dim() const { return m_dim; }
    std::uint64_t bytes() const { return m_table.size() + m_scale.size() * sizeof(float); }
    const WordPiece &tokenizer() const { return m_tokenizer; }

    /// The sum of the rows of the first \a maxTokens pieces: sums of texts add up, unit vectors do not.
    std::vector<float> captionSum(std::string_view caption, std::size_t maxTokens) const;
    /// A unit vector of dim() numbers from the first \a maxTokens pieces; zeros for a caption without words.
    std::vector<float> captionVector(std::string_view caption, std::size_t maxTokens) const;

private:
    explicit StaticTextModel(WordPiece tokenizer);

    WordPiece m_tokenizer;
    std::vector<std::int8_t> m_table;
    std::vector<float> m_scale;
    std::size_t m_dim = 0;
};

/// IEEE half precision → float.
float halfToFloat(std::uint16_t half);

} // namespace Galley::Diffusion
