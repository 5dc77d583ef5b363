#pragma once

#include "core/diffusion/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace Galley::Diffusion {

/// The byte-level BPE of CLIP, as CLIPTokenizer of transformers does it: NFC, white space to one space, lower case, split into contractions, runs of
/// letters, single digits and runs of the rest, then merges by rank within each of them. Adds no begin or end. Immutable; any thread may use it.
class ClipTokenizer
{
public:
    /// \a merges: merges.txt, one pair a line in the order of their ranks. Ids follow from it, since all CLIP vocabularies are made alike: 256 bytes, the
    /// same at the end of a word, the merges, begin and end (Radford et al. 2021, their bpe_simple_vocab_16e6.txt).
    static Result<ClipTokenizer> fromMerges(std::string_view merges);

    /// Ids of \a text in UTF-8, at most \a limit of them. "<|startoftext|>" and "<|endoftext|>" in the text are these tokens; bytes that are not UTF-8
    /// are skipped.
    std::vector<std::int32_t> encode(std::string_view text, std::size_t limit = SIZE_MAX) const;

    std::int32_t beginId() const { return static_cast<std::int32_t>(m_size) - 2; }
    std::int32_t endId() const { return static_cast<std::int32_t>(m_size) - 1; }
    std::size_t size() const { return m_size; }

private:
    struct Merge
    {
        std::int32_t rank;
        std::int32_t id;
    };

    ClipTokenizer() = default;

    void encodePlain(std::string_view text, std::size_t limit, std::vector<std::int32_t> &ids) const;
    void encodeWord(std::string_view bytes, std::vector<std::int32_t> &ids) const;
    const Merge *merge(std::int32_t left, std::int32_t right) const;

    std::unordered_map<std::uint64_t, Merge> m_merges;  ///< by both ids
    std::size_t m_size = 0;
};

} // namespace Galley::Diffusion
