#include "core/routing/routepattern.h"

#include "core/routing/patternscan.h"
#include "core/routing/re2options.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

// With these, the worst patterns of tst_routepattern stay at some 10 ms of CPU time on 100 KB of the worst text, 30 with spans (RE2 2022-06-01).
constexpr qsizetype maxPatternLength = 500;
constexpr int maxOpenPlaces = 8;       ///< each may double the states of the automaton
constexpr int maxCountedPlaces = 200;
constexpr int maxSpanPlaces = 60;      ///< behind words; a text of nothing but such words costs some 30 ms for 100 KB
constexpr int maxProgramSize = 4000;   ///< instructions; one \pL+ has 1,200

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RoutePolicy", text);
}

PatternProblem tooLarge(const QString &pattern, const QString &why)
{
    return {"pattern_too_large", tr("The pattern \"%1\" could not be searched for quickly: %2").arg(pattern.left(60), why),
            tr("Use .* or + instead of counts, or put a word before a count, as in poster.{0,40}sale.")};
}

} // namespace

std::optional<PatternProblem> checkRoutePattern(const QString &pattern)
{
    if (pattern.size() > maxPatternLength)
        return PatternProblem{"pattern_too_long", tr("The pattern is %1 characters long; the limit is %2.").arg(pattern.size()).arg(maxPatternLength)};
    return checkRoutePattern(pattern, re2::RE2(pattern.toStdString(), routePatternOptions()));
}

std::optional<PatternProblem> checkRoutePattern(const QString &pattern, const re2::RE2 &regex)
{
    if (!regex.ok()) {
        const QString where = QString::fromStdString(regex.error_arg());
        PatternProblem problem;
        problem.sentence = tr("The pattern \"%1\" cannot be used: %2.").arg(pattern.left(60), QString::fromStdString(regex.error()));
        problem.fix = tr("Put a \\ before a character that stands for itself.");
        problem.offset = int(std::max<qsizetype>(0, where.isEmpty() ? 0 : pattern.lastIndexOf(where)));
        return problem;
    }
    const PatternCounts counts = countPattern(pattern);
    if (counts.open > maxOpenPlaces)
        return tooLarge(pattern, tr("it has %1 places of a fixed number where several characters may stand; the limit is %2.").arg(counts.open).arg(maxOpenPlaces));
    if (counts.spans > maxSpanPlaces)
        return tooLarge(pattern, tr("its counts behind words come to %1 places; the limit is %2.").arg(counts.spans).arg(maxSpanPlaces));
    if (counts.counted > maxCountedPlaces)
        return tooLarge(pattern, tr("its counts in braces come to %1 places; the limit is %2.").arg(counts.counted).arg(maxCountedPlaces));
    if (regex.ProgramSize() > maxProgramSize)
        return tooLarge(pattern, tr("it has %1 steps; the limit is %2.").arg(regex.ProgramSize()).arg(maxProgramSize));
    return std::nullopt;
}

} // namespace Galley
