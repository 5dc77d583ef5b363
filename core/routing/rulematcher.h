#pragma once

#include "core/base/result.h"
#include "core/routing/routefacts.h"
#include "core/routing/routepolicy.h"

#include <memory>

namespace Galley {

/// The conditions of all rules, compiled. Patterns are not searched for one by one: what a pattern cannot match without (its words) is looked for in
/// one pass, and only patterns whose words are there are searched for; the outcome for the last texts is kept. Thread-safe; share it.
class RuleMatcher
{
public:
    ~RuleMatcher();
    RuleMatcher(const RuleMatcher &) = delete;
    RuleMatcher &operator=(const RuleMatcher &) = delete;

    /// Fails with the sentence of the first pattern that checkRoutePattern() refuses.
    static Result<std::shared_ptr<const RuleMatcher>> make(const QList<RouteRule> &rules);

    /// What was found for one request.
    struct Match
    {
        std::shared_ptr<const RouteFacts> facts;  ///< with their text where a rule looks at the prompt
        int rule = -1;  ///< the first one whose conditions all hold; -1: none
    };

    /// The first rule for \a request. The prompt is compiled once for the same template and row, and the rules are gone through once for the same wishes
    /// too: the last few are kept. Fails as resolve() does.
    Result<Match> match(const RenderRequest &request) const;
    /// The first rule whose conditions all hold; -1 when there is none. \a facts must have their text where needsText().
    int firstMatch(const RouteFacts &facts) const;
    /// Whether a rule looks at the prompt, so that facts have to be made with their text.
    bool needsText() const;

private:
    struct Parts;
    explicit RuleMatcher(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

/// Whether \a rule may decide about drafts: it names fidelity:draft or intent:preview, in so many words.
bool namesDrafts(const RouteRule &rule);

} // namespace Galley
