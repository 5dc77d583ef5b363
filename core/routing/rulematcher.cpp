#include "core/routing/rulematcher.h"

#include "core/routing/re2options.h"
#include "core/routing/routecondition.h"
#include "core/routing/routepattern.h"

#include <algorithm>
#include <vector>

namespace Galley {

namespace {

using Field = RouteCondition::Field;

/// One condition: a pattern of its field's set, or a comparison.
struct Test
{
    Field field = Field::Prompt;
    RouteCondition::Operator op = RouteCondition::Operator::Matches;
    std::unique_ptr<re2::RE2> pattern;
    double number = 0;
};

struct CompiledRule
{
    std::vector<Test> tests;
    bool namesDrafts = false;
};

} // namespace

struct RuleMatcher::Parts
{
    std::vector<CompiledRule> rules;
    bool needsText = false;
};

RuleMatcher::RuleMatcher(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts))
{}

RuleMatcher::~RuleMatcher() = default;

Result<std::shared_ptr<const RuleMatcher>> RuleMatcher::make(const QList<RouteRule> &rules)
{
    auto parts = std::make_unique<Parts>();
    for (const RouteRule &rule : rules) {
        CompiledRule compiled;
        compiled.namesDrafts = namesDrafts(rule);
        for (const RouteCondition &condition : rule.match) {
            parts->needsText = parts->needsText || Galley::needsText(condition.field);
            Test test{condition.field, condition.op, nullptr, condition.number};
            if (condition.op == RouteCondition::Operator::Matches) {
                if (const auto wrong = checkRoutePattern(condition.pattern))
                    return fail(ErrorCode::InvalidInput, wrong->sentence);
                test.pattern = std::make_unique<re2::RE2>(condition.pattern.toStdString(), routePatternOptions());
            }
            compiled.tests.push_back(std::move(test));
        }
        parts->rules.push_back(std::move(compiled));
    }
    return std::shared_ptr<const RuleMatcher>(new RuleMatcher(std::move(parts)));
}

bool RuleMatcher::needsText() const
{
    return m_parts->needsText;
}

int RuleMatcher::firstMatch(const RouteFacts &facts) const
{
    const auto holdsTest = [&](const Test &test) {
        if (!test.pattern)
            return holds(test.op, facts.number(test.field), test.number);
        const QStringList values = facts.values(test.field);
        return std::any_of(values.begin(), values.end(),
                           [&](const QString &value) { return re2::RE2::PartialMatch(value.toStdString(), *test.pattern); });
    };
    for (std::size_t i = 0; i < m_parts->rules.size(); ++i) {
        const CompiledRule &rule = m_parts->rules[i];
        if ((!facts.isDraft || rule.namesDrafts) && std::all_of(rule.tests.begin(), rule.tests.end(), holdsTest))
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
