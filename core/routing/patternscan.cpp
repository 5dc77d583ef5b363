#include "core/routing/patternscan.h"

#include <QString>

#include <algorithm>
#include <utility>

namespace Galley {

namespace {

constexpr int most = 1'000'000;
constexpr int shortestWord = 4;  ///< letters before a count that make it a span

int times(int a, int b)
{
    return int(std::min<qint64>(most, qint64(a) * b));
}

int plus(int a, int b)
{
    return std::min(most, a + b);
}

/// One part of a pattern, as far as it matters here.
struct Part
{
    int open = 0;
    int counted = 0;
    int places = 0;  ///< all of them, each once
    int spans = 0;
    int word = 0;    ///< plain characters at its end, next to each other
    bool isWord = false;  ///< it is nothing else
};

/// Walks over RE2's syntax. The pattern is known to be valid, so that nothing is checked; what it does not know counts as open.
class Scanner
{
public:
    explicit Scanner(QStringView pattern)
        : m_pattern(pattern)
    {}

    Part alternatives(int depth)
    {
        Part all = sequence(depth);
        if (!at(u'|'))
            return all;
        while (at(u'|')) {
            ++m_at;
            const Part next = sequence(depth);
            all.open = std::max(all.open, next.open);
            all.counted = std::max(all.counted, next.counted);
            all.places = plus(all.places, next.places);
            all.spans = std::max(all.spans, next.spans);
            all.word = std::min(all.word, next.word);
            all.isWord = all.isWord && next.isWord;
        }
        all.open = plus(all.open, 1);
        return all;
    }

private:
    bool isEnd() const { return m_at >= m_pattern.size(); }
    bool at(QChar c) const { return !isEnd() && m_pattern[m_at] == c; }
    bool at(QStringView text) const { return m_pattern.mid(m_at).startsWith(text); }

    Part sequence(int depth)
    {
        Part all;
        all.isWord = true;
        while (!isEnd() && !at(u'|') && !at(u')')) {
            Part part = atom(depth);
            const bool isOneOpenPlace = part.open == 1 && part.places == 1;
            bool isRepeated = false;
            while (repeat(part))
                isRepeated = true;
            if (isRepeated && isOneOpenPlace && part.open > 1 && all.word >= shortestWord)
                part.spans = std::exchange(part.open, 0);
            all.open = plus(all.open, part.open);
            all.counted = plus(all.counted, part.counted);
            all.spans = plus(all.spans, part.spans);
            all.places = plus(all.places, part.places);
            if (part.places == 0) // an anchor
                continue;
            const bool isWord = part.isWord && !isRepeated;
            all.word = isRepeated ? 0 : isWord ? plus(all.word, part.word) : part.word;
            all.isWord = all.isWord && isWord;
        }
        return all;
    }

    Part atom(int depth)
    {
        if (at(u'('))
            return group(depth);
        if (at(u'['))
            return characterClass();
        if (at(u'\\'))
            return escape();
        const bool isOpen = at(u'.');
        const bool isPlace = !at(u'^') && !at(u'$');
        ++m_at;
        return isOpen ? openPlace() : plain(isPlace ? 1 : 0);
    }

    static Part openPlace()
    {
        Part part;
        part.open = part.places = 1;
        return part;
    }

    static Part plain(int characters)
    {
        Part part;
        part.places = part.word = characters;
        part.isWord = characters > 0;
        return part;
    }

    Part group(int depth)
    {
        constexpr int deepest = 1000; // RE2 has refused deeper ones
        ++m_at;
        if (at(u'?')) { // (?i) (?:…) (?P<name>…): the flags stand for no character
            while (!isEnd() && !at(u':') && !at(u')') && !at(u'>'))
                ++m_at;
            if (at(u':') || at(u'>'))
                ++m_at;
        }
        if (depth > deepest)
            {
            Part deep;
            deep.open = deep.counted = deep.places = most;
            return deep;
        }
        const Part inner = alternatives(depth + 1);
        if (at(u')'))
            ++m_at;
        return inner;
    }

    Part characterClass()
    {
        ++m_at;
        if (at(u'^'))
            ++m_at;
        bool isFirst = true;
        while (!isEnd() && (isFirst || !at(u']'))) {
            isFirst = false;
            if (at(u"[:")) {
                const qsizetype end = m_pattern.indexOf(u":]", m_at);
                m_at = end < 0 ? m_at + 1 : end + 2;
            } else {
                m_at += at(u'\\') ? 2 : 1;
            }
        }
        ++m_at;
        return openPlace();
    }

    Part escape()
    {
        ++m_at;
        if (isEnd())
            return openPlace();
        const QChar kind = m_pattern[m_at++];
        if (kind == u'Q') { // \Q…\E: characters that stand for themselves
            const qsizetype end = m_pattern.indexOf(u"\\E", m_at);
            const qsizetype from = m_at;
            m_at = end < 0 ? m_pattern.size() : end + 2;
            return plain(int((end < 0 ? m_pattern.size() : end) - from));
        }
        if (QStringView(u"bBAzE").contains(kind))
            return {};
        if (QStringView(u"pPx").contains(kind) && at(u'{')) {
            const qsizetype end = m_pattern.indexOf(u'}', m_at);
            m_at = end < 0 ? m_pattern.size() : end + 1;
        } else if (kind == u'p' || kind == u'P') {
            ++m_at;
        } else if (kind == u'x') {
            m_at += 2;
        }
        return QStringView(u"dDsSwWpPC").contains(kind) ? openPlace() : plain(1);
    }

    /// Takes one of * + ? {n} {n,} {n,m}; false when there is none.
    bool repeat(Part &part)
    {
        if (at(u'*') || at(u'+') || at(u'?')) {
            // A loop over one place keeps no count of how often it went round.
            if (!at(u'?') && part.places <= 1)
                part.open = 0;
            ++m_at;
            return true;
        }
        int least = 0, largest = 0;
        if (!at(u'{') || !count(least, largest))
            return false;
        const int n = std::max(least, largest);
        part.open = times(part.open, n);
        part.spans = times(part.spans, n);
        part.places = times(std::max(part.places, 1), n);
        part.counted = n > 1 ? part.places : part.counted;
        return true;
    }

    bool count(int &least, int &largest)
    {
        const qsizetype end = m_pattern.indexOf(u'}', m_at);
        if (end < 0)
            return false;
        const QStringView inside = m_pattern.sliced(m_at + 1, end - m_at - 1);
        const qsizetype comma = inside.indexOf(u',');
        bool ok = false, okToo = true;
        least = (comma < 0 ? inside : inside.first(comma)).toInt(&ok);
        largest = comma < 0 || comma + 1 == inside.size() ? least : inside.sliced(comma + 1).toInt(&okToo);
        if (!ok || !okToo) // "{" stands for itself
            return false;
        m_at = end + 1;
        return true;
    }

    QStringView m_pattern;
    qsizetype m_at = 0;
};

} // namespace

PatternCounts countPattern(QStringView pattern)
{
    Scanner scanner(pattern);
    const Part all = scanner.alternatives(0);
    return {all.open, all.counted, all.spans};
}

} // namespace Galley
