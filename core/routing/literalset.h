#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace Galley {

/// Finds which of many words are in a text, in one pass over it whatever their number (Aho & Corasick 1975). Bytes are compared as they are. Immutable
/// and thread-safe; its size is linear in that of the words.
class LiteralSet
{
public:
    /// \a words: different from each other, none of them empty.
    explicit LiteralSet(const std::vector<std::string> &words = {});

    /// Indices of the words that are in \a text, each once, in no particular order.
    std::vector<int> find(std::string_view text) const;

private:
    struct Node
    {
        std::int32_t firstEdge = 0;
        std::int32_t edges = 0;
        std::int32_t fallback = 0;  ///< of the longest end of this node's text that begins a word too
        std::int32_t word = -1;     ///< that ends here
        std::int32_t shorter = 0;   ///< the next node on the way of fallbacks where a word ends; 0: none
    };
    struct Edge
    {
        unsigned char byte = 0;
        std::int32_t node = 0;
    };

    std::int32_t child(std::int32_t node, unsigned char byte) const;
    std::int32_t next(std::int32_t node, unsigned char byte) const;

    std::vector<Node> m_nodes;
    std::vector<Edge> m_edges;  ///< those of one node lie together, sorted
    std::vector<std::int32_t> m_first;  ///< of the root, by byte: most of a text stays there
    std::size_t m_words = 0;
};

} // namespace Galley
