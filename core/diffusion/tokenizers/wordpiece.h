#pragma once

#include "core/diffusion/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace Galley::Diffusion {

/// The WordPiece tokenizer of uncased BERT: controls dropped, accents dropped, lower case, split at spaces, punctuation and CJK, then the
/// longest pieces of the vocabulary from the left. Adds no [CLS] or [SEP]. Immutable; any thread may use it.
class WordPiece
{
public:
    /// \a vocabulary: one piece a line, the line number being its id.
    static Result<WordPiece> fromVocabulary(std::string vocabulary);

    WordPiece(WordPiece &&) noexcept = default;
    WordPiece &operator=(WordPiece &&) noexcept = default;

    /// Ids of \a text in UTF-8, at most \a limit of them. Bytes that are not UTF-8 are skipped.
    std::vector<std::int32_t> encode(std::string_view text, std::size_t limit = SIZE_MAX) const;

    std::size_t size() const { return m_ids.size(); }

private:
    WordPiece() = default;

    void encodePlain(std::string_view text, std::size_t limit, std::vector<std::int32_t> &ids) const;
    void encodeWord(std::u32string_view word, std::vector<std::int32_t> &ids) const;

    std::vector<char> m_vocabulary;  // never moves its bytes, unlike a short std::string: the keys below look into it
    std::unordered_map<std::string_view, std::int32_t> m_ids;
    std::int32_t m_unknown = 0;
};

} // namespace Galley::Diffusion
