#include "core/routing/routecondition.h"

#include "core/routing/modelreader.h"
#include "core/routing/routepattern.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace Galley {

namespace {

using Field = RouteCondition::Field;
using Operator = RouteCondition::Operator;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RoutePolicy", text);
}

struct FieldName
{
    Field field;
    const char *name;
    bool isNumber;
};

constexpr std::array fieldNames{
    FieldName{Field::Prompt, "prompt", false},     FieldName{Field::Intent, "intent", false},
    FieldName{Field::Fidelity, "fidelity", false}, FieldName{Field::Template, "template", false},
    FieldName{Field::Project, "project", false},   FieldName{Field::Tag, "tag", false},
    FieldName{Field::Tokens, "tokens", true},      FieldName{Field::PromptChars, "prompt_chars", true},
    FieldName{Field::TextChars, "text_chars", true}, FieldName{Field::Width, "width", true},
    FieldName{Field::Height, "height", true},
};

struct OperatorName
{
    Operator op;
    const char *name;
};

/// Longer ones first, as they are looked for in this order.
constexpr std::array operatorNames{
    OperatorName{Operator::LessOrEqual, "<="}, OperatorName{Operator::GreaterOrEqual, ">="}, OperatorName{Operator::NotEqual, "!="},
    OperatorName{Operator::Equal, "=="},       OperatorName{Operator::Less, "<"},            OperatorName{Operator::Greater, ">"},
    OperatorName{Operator::Equal, "="},
};

const FieldName *findField(const QString &word)
{
    const auto found = std::find_if(fieldNames.begin(), fieldNames.end(), [&](const FieldName &name) { return word == QLatin1String(name.name); });
    return found == fieldNames.end() ? nullptr : &*found;
}

tl::unexpected<ConditionProblem> problem(const char *code, const QString &sentence, const QString &fix = {}, qsizetype offset = 0)
{
    return tl::unexpected(ConditionProblem{code, sentence, fix, int(offset)});
}

tl::expected<RouteCondition, ConditionProblem> readPattern(RouteCondition condition, const QString &text, qsizetype from)
{
    const QString rest = text.mid(from);
    const QString pattern = rest.trimmed();
    const qsizetype start = from + rest.indexOf(pattern);
    if (pattern.isEmpty())
        return problem("empty_pattern", tr("\"%1\" says nothing after the colon.").arg(text.left(60)), tr("Write .* there for \"whatever it is\"."), from);
    if (const auto wrong = checkRoutePattern(pattern))
        return problem(wrong->code, wrong->sentence, wrong->fix, start + wrong->offset);
    condition.op = Operator::Matches;
    condition.pattern = pattern;
    return condition;
}

tl::expected<RouteCondition, ConditionProblem> readNumber(RouteCondition condition, const QString &text, qsizetype from)
{
    const QString name = routeFieldName(condition.field);
    const QString form = tr("Write it as %1>400, with one of < <= = != >= >.").arg(name);
    const QString rest = text.mid(from);
    const qsizetype start = from + (rest.size() - rest.trimmed().size() > 0 ? rest.indexOf(rest.trimmed().left(1)) : 0);
    const auto op = std::find_if(operatorNames.begin(), operatorNames.end(),
                                 [&](const OperatorName &known) { return QStringView(text).mid(start).startsWith(QLatin1String(known.name)); });
    if (op == operatorNames.end())
        return problem("wrong_operator", tr("%1 is a number, so it is compared and not matched.").arg(name), form, start);
    const qsizetype numberAt = start + qsizetype(qstrlen(op->name));
    const QString word = text.mid(numberAt).trimmed();
    bool ok = false;
    const double number = word.toDouble(&ok);
    if (!ok || !std::isfinite(number) || std::abs(number) > 1e12)
        return problem("wrong_number", tr("\"%1\" after %2 is no number.").arg(word.left(40), name), form, numberAt);
    condition.op = op->op;
    condition.number = number;
    return condition;
}

} // namespace

tl::expected<RouteCondition, ConditionProblem> parseRouteCondition(const QString &text)
{
    const auto isWord = [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-'; };
    qsizetype begin = 0;
    while (begin < text.size() && text[begin].isSpace())
        ++begin;
    qsizetype end = begin;
    while (end < text.size() && isWord(text[end]))
        ++end;
    const QString word = text.mid(begin, end - begin);
    qsizetype mark = end;
    while (mark < text.size() && text[mark].isSpace())
        ++mark;
    if (word.isEmpty() || mark == text.size())
        return problem("wrong_condition", tr("\"%1\" is no condition.").arg(text.left(60)), tr("Write it as intent:poster or prompt_chars>400."), begin);
    const FieldName *field = findField(word);
    if (!field)
        return problem("unknown_field", tr("There is no field \"%1\" to match.").arg(word.left(40)), didYouMean(word, routeFieldNames()), begin);
    RouteCondition condition;
    condition.field = field->field;
    condition.text = text.trimmed();
    if (field->isNumber)
        return readNumber(condition, text, mark);
    if (text[mark] != u':')
        return problem("wrong_operator", tr("%1 is a text, so it is matched and not compared.").arg(word), tr("Write it as %1:pattern.").arg(word), mark);
    return readPattern(condition, text, mark + 1);
}

QString routeFieldName(Field field)
{
    const auto found = std::find_if(fieldNames.begin(), fieldNames.end(), [&](const FieldName &name) { return name.field == field; });
    return QString::fromLatin1(found->name);
}

QStringList routeFieldNames()
{
    QStringList names;
    for (const FieldName &name : fieldNames)
        names.append(QString::fromLatin1(name.name));
    return names;
}

bool isNumberField(Field field)
{
    return std::any_of(fieldNames.begin(), fieldNames.end(), [&](const FieldName &name) { return name.field == field && name.isNumber; });
}

QString routeOperatorName(Operator op)
{
    if (op == Operator::Equal)
        return QStringLiteral("=");
    const auto found = std::find_if(operatorNames.begin(), operatorNames.end(), [&](const OperatorName &name) { return name.op == op; });
    return found == operatorNames.end() ? QStringLiteral(":") : QString::fromLatin1(found->name);
}

bool holds(Operator op, double value, double number)
{
    switch (op) {
    case Operator::Less: return value < number;
    case Operator::LessOrEqual: return value <= number;
    case Operator::Equal: return value == number;
    case Operator::NotEqual: return value != number;
    case Operator::GreaterOrEqual: return value >= number;
    case Operator::Greater: return value > number;
    case Operator::Matches: break;
    }
    return false;
}

std::optional<QString> wordsOfPattern(const QString &pattern)
{
    QStringView words(pattern);
    while (words.startsWith(QLatin1String(".*")))
        words = words.sliced(2);
    while (words.endsWith(QLatin1String(".*")))
        words.chop(2);
    const bool isPlain = std::none_of(words.begin(), words.end(), [](QChar c) { return QStringView(u"\\.+*?()|[]{}^$").contains(c); });
    return isPlain ? std::optional(words.toString()) : std::nullopt;
}

} // namespace Galley
