#pragma once

#include "core/routing/routepolicy.h"

#include <tl/expected.hpp>

namespace Galley {

/// Why a condition of a rule cannot be taken.
struct ConditionProblem
{
    const char *code = "wrong_value";
    QString sentence;
    QString fix = {};
    int offset = 0;  ///< characters from the start of the text to where it goes wrong

    bool operator==(const ConditionProblem &) const = default;
};

/// Reads `field:regex` or `field op number`. Spaces around field, operator, pattern and number are not part of them. A pattern must be valid RE2 and
/// small enough to be searched for in linear time (see routepattern.h). Pure.
tl::expected<RouteCondition, ConditionProblem> parseRouteCondition(const QString &text);

/// The word of \a field in the file, such as "prompt_chars".
QString routeFieldName(RouteCondition::Field field);
/// Every field, those of patterns first.
QStringList routeFieldNames();
bool isNumberField(RouteCondition::Field field);

/// "<", "<=", "=", "!=", ">=", ">"; ":" for Matches.
QString routeOperatorName(RouteCondition::Operator op);
bool holds(RouteCondition::Operator op, double value, double number);

/// The words that a pattern searches for when it is nothing but words, with or without `.*` around it; nothing otherwise. "" matches everything.
std::optional<QString> wordsOfPattern(const QString &pattern);

} // namespace Galley
