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
            for (const QString &value : m_facts.values(field))
                m_outcomes[at].push_back(m_sets[at]->match(value));
        }
        return std::any_of(m_outcomes[at].begin(), m_outcomes[at].end(),
                           [pattern](const PatternSet::Outcome &outcome) { return (*outcome)[std::size_t(pattern)]; });
    }

private:
    const RouteFacts &m_facts;
    const std::array<std::unique_ptr<PatternSet>, patternFields> &m_sets;
    std::array<std::vector<PatternSet::Outcome>, patternFields> m_outcomes;
    std::array<bool, patternFields> m_isKnown{};
};

/// What was compiled of one template and row.
struct KeptText
{
    Template source;
    Row row;
    QString folder;
    RouteFacts facts;

    bool isOf(const RenderRequest &request) const { return source == request.source && row == request.row && folder == request.folder; }
};

} // namespace

struct RuleMatcher::Parts
{
    static constexpr qsizetype mostKept = 8;

    std::vector<Test> tests;
    std::vector<CompiledRule> rules;
    std::array<std::unique_ptr<PatternSet>, patternFields> sets;
    bool needsText = false;
    QMutex mutex;          ///< of kept
    QList<KeptText> kept;  ///< the last one first
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

Result<RouteFacts> RuleMatcher::factsOf(const RenderRequest &request) const
{
    auto facts = routeFactsOf(request, false);
    if (!facts || !m_parts->needsText)
        return facts;
    {
        const QMutexLocker locker(&m_parts->mutex);
        QList<KeptText> &kept = m_parts->kept;
        for (qsizetype i = 0; i < kept.size(); ++i) {
            if (!kept.at(i).isOf(request))
                continue;
            kept.move(i, 0);
            facts->takeText(kept.first().facts);
            return facts;
        }
    }
    auto made = routeFactsOf(request, true);
    if (!made)
        return made;
    const QMutexLocker locker(&m_parts->mutex);
    m_parts->kept.prepend({request.source, request.row, request.folder, *made});
    while (m_parts->kept.size() > Parts::mostKept)
        m_parts->kept.removeLast();
    return made;
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
