#include "core/routing/rulematcher.h"

#include "core/routing/patternset.h"
#include "core/routing/routecondition.h"

#include <QHash>
#include <QMutex>
#include <QMutexLocker>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace Galley {

namespace {

using Field = RouteCondition::Field;
using Operator = RouteCondition::Operator;

constexpr std::size_t patternFields = std::size_t(Field::Tag) + 1;  ///< they come first in the enum

/// One condition: a pattern of its field's set, or a comparison.
struct Test
{
    Field field = Field::Prompt;
    Operator op = Operator::Matches;
    qsizetype pattern = -1;
    double number = 0;
};

/// Its conditions are those from `first` to before `end` in one list: a thousand small lists cost as much as the rest of a decision.
struct CompiledRule
{
    std::size_t first = 0;
    std::size_t end = 0;
    bool namesDrafts = false;
};

/// The patterns of one request that match, looked up when the first rule asks for their field.
class Matched
{
public:
    Matched(const RouteFacts &facts, const std::array<std::unique_ptr<PatternSet>, patternFields> &sets)
        : m_facts(facts)
        , m_sets(sets)
    {}

    bool has(Field field, qsizetype pattern)
    {
        const auto at = std::size_t(field);
        if (!m_isKnown[at]) {
            m_isKnown[at] = true;
            look(field);
        }
        return m_outcomes[at] && (*m_outcomes[at])[std::size_t(pattern)];
    }

private:
    /// One outcome for all values of \a field: a rule needs one that matches.
    void look(Field field)
    {
        PatternSet::Outcome &outcome = m_outcomes[std::size_t(field)];
        for (const QString &value : m_facts.values(field)) {
            const PatternSet::Outcome next = m_sets[std::size_t(field)]->match(value);
            if (!outcome) {
                outcome = next;
                continue;
            }
            auto either = std::make_shared<std::vector<bool>>(*outcome);
            for (std::size_t i = 0; i < either->size(); ++i)
                (*either)[i] = (*either)[i] || (*next)[i];
            outcome = either;
        }
    }

    const RouteFacts &m_facts;
    const std::array<std::unique_ptr<PatternSet>, patternFields> &m_sets;
    std::array<PatternSet::Outcome, patternFields> m_outcomes;
    std::array<bool, patternFields> m_isKnown{};
};

/// What was found for one request, and what of the request it depends on.
struct Kept
{
    Template source;
    Row row;
    QString folder;
    QString intent;
    Fidelity fidelity = Fidelity::Final;
    RuleMatcher::Match match;

    bool hasTextOf(const RenderRequest &request) const { return source == request.source && row == request.row && folder == request.folder; }
    bool hasWishesOf(const RenderRequest &request) const { return intent == request.intent && fidelity == request.fidelity; }
};

} // namespace

struct RuleMatcher::Parts
{
    static constexpr qsizetype mostKept = 8;

    std::vector<Test> tests;
    std::vector<CompiledRule> rules;
    std::array<std::unique_ptr<PatternSet>, patternFields> sets;
    bool needsText = false;
    QMutex mutex;      ///< of kept
    QList<Kept> kept;  ///< the last one first
};

RuleMatcher::RuleMatcher(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{}

RuleMatcher::~RuleMatcher() = default;

Result<std::shared_ptr<const RuleMatcher>> RuleMatcher::make(const QList<RouteRule> &rules)
{
    auto parts = std::make_unique<Parts>();
    std::array<QStringList, patternFields> patterns;
    std::array<QHash<QString, qsizetype>, patternFields> known;
    for (const RouteRule &rule : rules) {
        CompiledRule compiled;
        compiled.namesDrafts = namesDrafts(rule);
        compiled.first = parts->tests.size();
        for (const RouteCondition &condition : rule.match) {
            parts->needsText = parts->needsText || Galley::needsText(condition.field);
            Test test{condition.field, condition.op, -1, condition.number};
            if (condition.op == Operator::Matches) {
                const auto field = std::size_t(condition.field);
                if (!known[field].contains(condition.pattern)) {
                    known[field].insert(condition.pattern, patterns[field].size());
                    patterns[field].append(condition.pattern);
                }
                test.pattern = known[field].value(condition.pattern);
            }
            parts->tests.push_back(test);
        }
        compiled.end = parts->tests.size();
        parts->rules.push_back(compiled);
    }
    for (std::size_t field = 0; field < patternFields; ++field) {
        parts->sets[field] = std::make_unique<PatternSet>(patterns[field]);
        if (const QString problem = parts->sets[field]->problem(); !problem.isEmpty())
            return fail(ErrorCode::InvalidInput, problem);
    }
    return std::shared_ptr<const RuleMatcher>(new RuleMatcher(std::move(parts)));
}

bool RuleMatcher::needsText() const
{
    return m_parts->needsText;
}

Result<RuleMatcher::Match> RuleMatcher::match(const RenderRequest &request) const
{
    std::shared_ptr<const RouteFacts> sameText;
    {
        const QMutexLocker locker(&m_parts->mutex);
        QList<Kept> &kept = m_parts->kept;
        for (qsizetype i = 0; i < kept.size(); ++i) {
            if ((sameText && !kept.at(i).hasWishesOf(request)) || !kept.at(i).hasTextOf(request))
                continue;
            if (kept.at(i).hasWishesOf(request)) {
                kept.move(i, 0);
                return kept.first().match;
            }
            sameText = kept.at(i).match.facts;
        }
    }
    auto facts = routeFactsOf(request, m_parts->needsText && !sameText);
    if (!facts)
        return fail(facts.error());
    if (m_parts->needsText && sameText)
        facts->takeText(*sameText);
    const int rule = firstMatch(*facts);
    const Match found{std::make_shared<const RouteFacts>(std::move(*facts)), rule};
    const QMutexLocker locker(&m_parts->mutex);
    m_parts->kept.prepend({request.source, request.row, request.folder, request.intent, request.fidelity, found});
    while (m_parts->kept.size() > Parts::mostKept)
        m_parts->kept.removeLast();
    return found;
}

int RuleMatcher::firstMatch(const RouteFacts &facts) const
{
    Matched matched(facts, m_parts->sets);
    const auto isMet = [&](const Test &test) {
        return test.op == Operator::Matches ? matched.has(test.field, test.pattern) : holds(test.op, facts.number(test.field), test.number);
    };
    for (std::size_t i = 0; i < m_parts->rules.size(); ++i) {
        const CompiledRule &rule = m_parts->rules[i];
        const Test *tests = m_parts->tests.data();
        if ((!facts.isDraft || rule.namesDrafts) && std::all_of(tests + rule.first, tests + rule.end, isMet))
            return int(i);
    }
    return -1;
}

bool namesDrafts(const RouteRule &rule)
{
    return std::any_of(rule.match.begin(), rule.match.end(), [](const RouteCondition &condition) {
        const auto names = [&](Field field, const char *word) {
            return condition.field == field && condition.pattern.contains(QLatin1String(word), Qt::CaseInsensitive);
        };
        return names(Field::Fidelity, "draft") || names(Field::Intent, "preview");
    });
}

} // namespace Galley
