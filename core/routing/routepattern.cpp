#include "core/routing/routepattern.h"

#include "core/routing/re2options.h"

#include <QCoreApplication>

namespace Galley {

namespace {

constexpr qsizetype maxPatternLength = 1000;
constexpr int maxProgramSize = 1500;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RoutePolicy", text);
}

} // namespace

std::optional<PatternProblem> checkRoutePattern(const QString &pattern)
{
    if (pattern.size() > maxPatternLength)
        return PatternProblem{"pattern_too_long", tr("The pattern is %1 characters long; the limit is %2.").arg(pattern.size()).arg(maxPatternLength)};
    const QByteArray utf8 = pattern.toUtf8();
    const re2::RE2 regex(re2::StringPiece(utf8.constData(), std::size_t(utf8.size())), routePatternOptions());
    if (!regex.ok()) {
        const QString where = QString::fromStdString(regex.error_arg());
        PatternProblem problem;
        problem.sentence = tr("The pattern \"%1\" cannot be used: %2.").arg(pattern.left(60), QString::fromStdString(regex.error()));
        problem.fix = tr("Put a \\ before a character that stands for itself.");
        problem.offset = int(std::max<qsizetype>(0, where.isEmpty() ? 0 : pattern.lastIndexOf(where)));
        return problem;
    }
    if (regex.ProgramSize() > maxProgramSize) {
        return PatternProblem{"pattern_too_large", tr("The pattern \"%1\" is too large to be searched for quickly.").arg(pattern.left(60)),
                              tr("Use smaller counts in braces, or * and + instead.")};
    }
    return std::nullopt;
}

} // namespace Galley
