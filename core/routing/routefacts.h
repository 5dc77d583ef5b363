#pragma once

#include "core/base/result.h"
#include "core/render/renderrequest.h"
#include "core/routing/routepolicy.h"

#include <QStringList>

namespace Galley {

/// What rules may look at, of one request. A plain value.
struct RouteFacts
{
    QStringList intents;    ///< the request's own; of a draft "preview" too
    QString fidelity;
    QStringList templates;  ///< its name and its id
    QString project;
    QStringList tags;
    QSize canvas;
    bool isDraft = false;   ///< only rules that name fidelity:draft or intent:preview decide about it

    bool hasText = false;   ///< whether the rest was asked for
    QString prompt;         ///< the prose compilation for the canvas as frame
    int promptChars = 0;    ///< code points
    int textChars = 0;      ///< of all texts, set and drawn
    int tokens = 0;         ///< layout tokens that are left in the variant

    bool operator==(const RouteFacts &) const = default;

    /// The values of a pattern's field: one, or several of which one has to match.
    QStringList values(RouteCondition::Field field) const;
    double number(RouteCondition::Field field) const;
    /// Takes what belongs to hasText from \a other, of the same template and row.
    void takeText(const RouteFacts &other);
};

/// Whether a condition on \a field needs RouteFacts::hasText.
bool needsText(RouteCondition::Field field);

/// What \a request is. \a withText: the prompt and what is counted in it, which costs a compilation and can fail as resolve() does. Pure.
Result<RouteFacts> routeFactsOf(const RenderRequest &request, bool withText);

} // namespace Galley
