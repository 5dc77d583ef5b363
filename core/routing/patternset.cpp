#include "core/routing/patternset.h"

#include "core/routing/re2options.h"
#include "core/routing/routepattern.h"

#include <re2/filtered_re2.h>

#include <QMap>
#include <QMutexLocker>

namespace Galley {

namespace {

constexpr int keptBytes = 2 << 20;
constexpr int shortestWord = 2;  ///< one letter is in every text

char32_t folded(char32_t code)
{
    // RE2 goes by Unicode's simple folding; QChar leaves alone what also has a folding to two letters (ẞ, ᾈ), which the lower case makes up for.
    return QChar::toCaseFolded(QChar::toLower(code));
}

/// \a pattern without a `.*` at its ends, which changes nothing about whether it is found, and keeps RE2 from looking for its first letters.
std::string withoutEnds(const QString &pattern)
{
    static const QString anything = QStringLiteral(".*");
    if (pattern.contains(QLatin1String("\\Q"))) // there it would be two characters
        return pattern.toStdString();
    QStringView inner(pattern);
    while (inner.startsWith(anything) && (inner.size() == 2 || !QStringView(u"?*+{").contains(inner[2])))
        inner = inner.sliced(2);
    while (inner.endsWith(anything) && !inner.chopped(2).endsWith(u'\\'))
        inner.chop(2);
    return inner.toString().toStdString();
}

} // namespace

std::string foldedUtf8(const QString &text)
{
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.unicode() < 0x80) {
            result += c.toLower();
        } else if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            const char32_t code = folded(QChar::surrogateToUcs4(c, text[++i]));
            result += QChar(QChar::highSurrogate(code));
            result += QChar(QChar::lowSurrogate(code));
        } else {
            result += QChar(char16_t(folded(c.unicode())));
        }
    }
    return result.toStdString();
}

PatternSet::PatternSet(const QStringList &patterns)
    : m_filter(std::make_unique<re2::FilteredRE2>(shortestWord))
    , m_count(std::size_t(patterns.size()))
    , m_kept(keptBytes)
{
    for (const QString &pattern : patterns) {
        int id = 0;
        const bool isAdded = m_filter->Add(withoutEnds(pattern), routePatternOptions(), &id) == re2::RE2::NoError;
        if (const auto wrong = isAdded ? checkRoutePattern(pattern, m_filter->GetRE2(id)) : checkRoutePattern(pattern)) {
            m_problem = wrong->sentence;
            m_count = 0; // its numbers would not be those of the patterns
        }
    }
    if (m_count == 0)
        return;
    std::vector<std::string> atoms;
    m_filter->Compile(&atoms);
    QMap<std::string, std::size_t> known;
    std::vector<std::string> words;
    for (std::size_t i = 0; i < atoms.size(); ++i) {
        const std::string word = foldedUtf8(QString::fromStdString(atoms[i]));
        const auto found = known.constFind(word);
        if (found != known.constEnd()) {
            m_atomsOfWord[*found].push_back(int(i));
            continue;
        }
        known.insert(word, words.size());
        words.push_back(word);
        m_atomsOfWord.push_back({int(i)});
    }
    m_words = LiteralSet(words);
}

PatternSet::~PatternSet() = default;

PatternSet::Outcome PatternSet::match(const QString &text) const
{
    {
        const QMutexLocker locker(&m_mutex);
        if (const Outcome *kept = m_kept.object(text))
            return *kept;
    }
    auto outcome = std::make_shared<const std::vector<bool>>(matchAnew(text));
    const QMutexLocker locker(&m_mutex);
    m_kept.insert(text, new Outcome(outcome), text.size() * qsizetype(sizeof(QChar)) + qsizetype(m_count / 8) + 64);
    return outcome;
}

std::vector<bool> PatternSet::matchAnew(const QString &text) const
{
    std::vector<bool> outcome(m_count, false);
    if (m_count == 0)
        return outcome;
    std::vector<int> atoms;
    for (const int word : m_words.find(foldedUtf8(text)))
        atoms.insert(atoms.end(), m_atomsOfWord[std::size_t(word)].begin(), m_atomsOfWord[std::size_t(word)].end());
    std::vector<int> possible;
    m_filter->AllPotentials(atoms, &possible);
    const std::string utf8 = text.toStdString();
    for (const int pattern : possible)
        outcome[std::size_t(pattern)] = re2::RE2::PartialMatch(utf8, m_filter->GetRE2(pattern));
    return outcome;
}

} // namespace Galley
