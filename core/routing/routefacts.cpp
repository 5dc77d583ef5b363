#include "core/routing/routefacts.h"

#include "core/prompt/promptcompiler.h"

#include <algorithm>

namespace Galley {

namespace {

int countCharacters(const QString &text)
{
    return int(std::count_if(text.begin(), text.end(), [](QChar c) { return !c.isLowSurrogate(); }));
}

} // namespace

QStringList RouteFacts::values(RouteCondition::Field field) const
{
    switch (field) {
    case RouteCondition::Field::Prompt: return {prompt};
    case RouteCondition::Field::Intent: return intents;
    case RouteCondition::Field::Fidelity: return {fidelity};
    case RouteCondition::Field::Template: return templates;
    case RouteCondition::Field::Project: return {project};
    case RouteCondition::Field::Tag: return tags;
    default: return {};
    }
}

double RouteFacts::number(RouteCondition::Field field) const
{
    switch (field) {
    case RouteCondition::Field::Tokens: return tokens;
    case RouteCondition::Field::PromptChars: return promptChars;
    case RouteCondition::Field::TextChars: return textChars;
    case RouteCondition::Field::Width: return canvas.width();
    case RouteCondition::Field::Height: return canvas.height();
    default: return 0;
    }
}

void RouteFacts::takeText(const RouteFacts &other)
{
    hasText = other.hasText;
    prompt = other.prompt;
    promptChars = other.promptChars;
    textChars = other.textChars;
    tokens = other.tokens;
}

bool needsText(RouteCondition::Field field)
{
    switch (field) {
    case RouteCondition::Field::Prompt:
    case RouteCondition::Field::PromptChars:
    case RouteCondition::Field::TextChars:
    case RouteCondition::Field::Tokens: return true;
    default: return false;
    }
}

Result<RouteFacts> routeFactsOf(const RenderRequest &request, bool withText)
{
    RouteFacts facts;
    facts.intents = {request.intent.isEmpty() ? request.source.intent : request.intent};
    facts.fidelity = fidelityName(request.fidelity);
    facts.isDraft = request.fidelity == Fidelity::Draft;
    if (facts.isDraft && facts.intents.first() != QLatin1String("preview"))
        facts.intents.append(QStringLiteral("preview"));
    facts.templates = {request.source.name};
    if (!request.source.id.isEmpty())
        facts.templates.append(request.source.id);
    facts.project = request.source.project;
    facts.tags = request.source.tags;
    facts.canvas = request.source.canvas.size;
    if (!withText)
        return facts;
    const auto variant = resolve(request.source, request.row, request.folder);
    if (!variant)
        return fail(variant.error());
    facts.hasText = true;
    facts.prompt = compilePrompt(*variant, Dialect::Prose, frameFor(variant->canvas)).text;
    facts.promptChars = countCharacters(facts.prompt);
    facts.tokens = int(variant->tokens.size());
    for (const ResolvedToken &token : variant->tokens)
        facts.textChars += countCharacters(token.text.text);
    return facts;
}

} // namespace Galley
