#include "core/routing/routereader.h"

#include "core/routing/routecondition.h"
#include "core/routing/rulematcher.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>
#include <vector>

namespace Galley {

namespace {

using Field = RouteCondition::Field;
using Operator = RouteCondition::Operator;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RoutePolicy", text);
}

/// A condition with what comparing it to many others needs.
struct Known
{
    RouteCondition condition;
    std::optional<QString> words = {};  ///< in lower case
    bool isAlwaysTrue = false;
};

struct KnownRule
{
    std::vector<Known> match;
    bool namesDrafts = false;
};

/// Whether every number that \a narrow lets through is let through by \a wide.
bool impliesNumber(const RouteCondition &narrow, const RouteCondition &wide)
{
    const double n = narrow.number, w = wide.number;
    switch (wide.op) {
    case Operator::Greater: return (narrow.op == Operator::Greater && n >= w) || ((narrow.op == Operator::GreaterOrEqual || narrow.op == Operator::Equal) && n > w);
    case Operator::GreaterOrEqual:
        return (narrow.op == Operator::Greater || narrow.op == Operator::GreaterOrEqual || narrow.op == Operator::Equal) && n >= w;
    case Operator::Less: return (narrow.op == Operator::Less && n <= w) || ((narrow.op == Operator::LessOrEqual || narrow.op == Operator::Equal) && n < w);
    case Operator::LessOrEqual: return (narrow.op == Operator::Less || narrow.op == Operator::LessOrEqual || narrow.op == Operator::Equal) && n <= w;
    case Operator::Equal: return narrow.op == Operator::Equal && n == w;
    case Operator::NotEqual: return (narrow.op == Operator::NotEqual && n == w) || (narrow.op == Operator::Equal && n != w);
    case Operator::Matches: break;
    }
    return false;
}

/// Whether everything that fulfils \a narrow fulfils \a wide too. False where that cannot be told.
bool implies(const Known &narrow, const Known &wide)
{
    if (narrow.condition.field != wide.condition.field)
        return false;
    const bool isPattern = narrow.condition.op == Operator::Matches;
    if (isPattern != (wide.condition.op == Operator::Matches))
        return false;
    if (!isPattern)
        return impliesNumber(narrow.condition, wide.condition);
    return narrow.condition.pattern == wide.condition.pattern || (narrow.words && wide.words && narrow.words->contains(*wide.words));
}

/// Whether no number fulfils both.
bool excludes(const RouteCondition &a, const RouteCondition &b)
{
    if (a.field != b.field || a.op == Operator::Matches || b.op == Operator::Matches)
        return false;
    const auto isUpper = [](Operator op) { return op == Operator::Less || op == Operator::LessOrEqual; };
    const auto isLower = [](Operator op) { return op == Operator::Greater || op == Operator::GreaterOrEqual; };
    if (a.op == Operator::Equal)
        return !holds(b.op, a.number, b.number);
    if (b.op == Operator::Equal)
        return !holds(a.op, b.number, a.number);
    if (isUpper(a.op) && isLower(b.op))
        return b.number > a.number || (b.number == a.number && (a.op == Operator::Less || b.op == Operator::Greater));
    return isUpper(b.op) && isLower(a.op) && excludes(b, a);
}

std::vector<KnownRule> knownRules(const QList<RouteRule> &rules)
{
    std::vector<KnownRule> result;
    for (const RouteRule &rule : rules) {
        KnownRule known;
        known.namesDrafts = namesDrafts(rule);
        for (const RouteCondition &condition : rule.match) {
            Known one{condition};
            if (condition.op == Operator::Matches) {
                if (const auto words = wordsOfPattern(condition.pattern))
                    one.words = words->toLower();
                // There may be no tag at all; everything else has a value, so that "whatever it is" holds.
                one.isAlwaysTrue = condition.field != Field::Tag && one.words && one.words->isEmpty();
            }
            known.match.push_back(one);
        }
        result.push_back(known);
    }
    return result;
}

bool covers(const KnownRule &earlier, const KnownRule &later)
{
    if (later.namesDrafts && !earlier.namesDrafts) // drafts pass the earlier one by
        return false;
    return std::all_of(earlier.match.begin(), earlier.match.end(), [&](const Known &wide) {
        return wide.isAlwaysTrue || std::any_of(later.match.begin(), later.match.end(), [&](const Known &narrow) { return implies(narrow, wide); });
    });
}

} // namespace

void warnOfUnreachable(const QList<RouteRule> &rules, FindingSink &sink)
{
    const std::vector<KnownRule> known = knownRules(rules);
    for (std::size_t i = 0; i < known.size(); ++i) {
        const RouteRule &rule = rules.at(qsizetype(i));
        for (const RouteCondition &one : rule.match) {
            if (std::any_of(rule.match.cbegin(), rule.match.cend(), [&](const RouteCondition &other) { return excludes(one, other); })) {
                sink.report(rule.line, {}, "unreachable", tr("The rule \"%1\" can never match: \"%2\" excludes another of its conditions.").arg(rule.name, one.text),
                            tr("Remove one of them."), Severity::Warning);
                break;
            }
        }
        const auto end = known.begin() + std::ptrdiff_t(i);
        const auto before = std::find_if(known.begin(), end, [&](const KnownRule &earlier) { return covers(earlier, known[i]); });
        if (before == end)
            continue;
        const RouteRule &taker = rules.at(before - known.begin());
        sink.report(rule.line, {}, "unreachable",
                    tr("The rule \"%1\" is never reached: \"%2\" in line %3 takes whatever it matches.").arg(rule.name, taker.name).arg(taker.line),
                    tr("Move it up, or remove it."), Severity::Warning);
    }
}

} // namespace Galley
