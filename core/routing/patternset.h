#pragma once

#include "core/routing/literalset.h"

#include <QCache>
#include <QMutex>
#include <QString>
#include <QStringList>

#include <memory>
#include <string>
#include <vector>

namespace re2 {
class FilteredRE2;
}

namespace Galley {

/// Tells which of many patterns match a text. Each pattern has words that it cannot match without; all of these are looked for in one pass, and only
/// patterns whose words are there are searched for with RE2. The outcome for the last texts is kept. Thread-safe.
class PatternSet
{
public:
    /// By pattern: whether it matches.
    using Outcome = std::shared_ptr<const std::vector<bool>>;

    /// With a pattern that checkRoutePattern() refuses it cannot be used: see problem().
    explicit PatternSet(const QStringList &patterns);
    ~PatternSet();

    /// Why a pattern is refused; empty when none is.
    QString problem() const { return m_problem; }

    Outcome match(const QString &text) const;
    /// The same without what was kept.
    std::vector<bool> matchAnew(const QString &text) const;

private:
    std::unique_ptr<re2::FilteredRE2> m_filter;
    std::size_t m_count = 0;
    QString m_problem;
    LiteralSet m_words;
    std::vector<std::vector<int>> m_atomsOfWord;  ///< numbers that m_filter gave to the words
    mutable QMutex m_mutex;                       ///< of m_kept
    mutable QCache<QString, Outcome> m_kept;      ///< costs are bytes
};

/// \a text as UTF-8, with everything that RE2 takes for the same letter in either case made the same letter.
std::string foldedUtf8(const QString &text);

} // namespace Galley
