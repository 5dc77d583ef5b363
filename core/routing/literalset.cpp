#include "core/routing/literalset.h"

#include <algorithm>
#include <numeric>

namespace Galley {

namespace {

/// The words, in order, that begin with the text of one node.
struct Range
{
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t depth = 0;
};

} // namespace

LiteralSet::LiteralSet(const std::vector<std::string> &words)
    : m_nodes(1)
    , m_first(256, 0)
    , m_words(words.size())
{
    std::vector<int> order(words.size());
    std::iota(order.begin(), order.end(), 0);
    const auto word = [&](std::size_t i) -> const std::string & { return words[std::size_t(order[i])]; };
    std::sort(order.begin(), order.end(), [&](int a, int b) { return words[std::size_t(a)] < words[std::size_t(b)]; });

    // Breadth first: when a node's turn comes, its fallback, which is nearer to the root, has its edges already.
    std::vector<Range> ranges{{0, words.size(), 0}};
    for (std::size_t at = 0; at < ranges.size(); ++at) {
        Range range = ranges[at];
        if (range.begin < range.end && word(range.begin).size() == range.depth)
            m_nodes[at].word = order[range.begin++];
        m_nodes[at].firstEdge = std::int32_t(m_edges.size());
        while (range.begin < range.end) {
            const char byte = word(range.begin)[range.depth];
            std::size_t end = range.begin + 1;
            while (end < range.end && word(end)[range.depth] == byte)
                ++end;
            Node node;
            node.fallback = at == 0 ? 0 : next(m_nodes[at].fallback, static_cast<unsigned char>(byte));
            if (at == 0)
                m_first[static_cast<unsigned char>(byte)] = std::int32_t(m_nodes.size());
            m_edges.push_back({static_cast<unsigned char>(byte), std::int32_t(m_nodes.size())});
            ++m_nodes[at].edges;
            m_nodes.push_back(node);
            ranges.push_back({range.begin, end, range.depth + 1});
            range.begin = end;
        }
    }
    for (Node &node : m_nodes) {
        const Node &fallback = m_nodes[std::size_t(node.fallback)];
        node.shorter = fallback.word >= 0 ? node.fallback : fallback.shorter;
    }
}

std::int32_t LiteralSet::child(std::int32_t node, unsigned char byte) const
{
    if (node == 0)
        return m_first[byte];
    const Node &parent = m_nodes[std::size_t(node)];
    const auto begin = m_edges.begin() + parent.firstEdge, end = begin + parent.edges;
    const auto found = std::lower_bound(begin, end, byte, [](const Edge &edge, unsigned char wanted) { return edge.byte < wanted; });
    return found != end && found->byte == byte ? found->node : 0;
}

std::int32_t LiteralSet::next(std::int32_t node, unsigned char byte) const
{
    for (;;) {
        const std::int32_t found = child(node, byte);
        if (found != 0 || node == 0)
            return found;
        node = m_nodes[std::size_t(node)].fallback;
    }
}

std::vector<int> LiteralSet::find(std::string_view text) const
{
    std::vector<int> found;
    if (m_words == 0)
        return found;
    std::vector<char> seen(m_nodes.size(), 0);
    std::int32_t node = 0;
    for (const char byte : text) {
        node = next(node, static_cast<unsigned char>(byte));
        // Whoever has come by a node before has taken every shorter word of it too.
        for (std::int32_t at = node; at != 0 && !seen[std::size_t(at)]; at = m_nodes[std::size_t(at)].shorter) {
            seen[std::size_t(at)] = 1;
            if (m_nodes[std::size_t(at)].word >= 0)
                found.push_back(m_nodes[std::size_t(at)].word);
        }
    }
    return found;
}

} // namespace Galley
