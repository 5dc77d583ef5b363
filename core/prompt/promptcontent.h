#pragma once

#include "core/prompt/location.h"
#include "core/prompt/phrase.h"
#include "core/prompt/promptcompiler.h"

namespace Galley {

/// One thing that the model is asked to draw.
struct PromptItem
{
    enum class Kind { Object, Text };

    Kind kind = Kind::Object;
    const ResolvedToken *token = nullptr;
    Phrase words;  ///< Object: what it is; Text: what it says, exactly
    Box box;       ///< in fractions of the picture, clamped
    Location location;
    QString relation;  ///< to the object before it: "in front of", "to the right of"; mostly empty
};

/// A variant as all dialects for large models see it: what is to be drawn, where, and what is to stay calm.
struct PromptContent
{
    Phrase summary;  ///< with `<token>` turned into words and place
    Phrase background;
    Phrase medium;
    Phrase artStyle;
    Phrase photo;
    Phrase aesthetics;
    Phrase lighting;
    QList<PromptItem> items;  ///< from back to front
    QStringList calm;         ///< nouns of the places that set text and set pictures need
    bool drawsText = false;   ///< there is a drawn text
    bool asksForText = false; ///< other words speak of lettering: "a sign that says OPEN"
    QStringList warnings;
};

/// Reads \a variant, which must outlive the result.
PromptContent readContent(const Variant &variant, const Frame &frame);

/// "the headline", "the button label": what a drawn text is.
QString textNoun(const ResolvedToken &token);
/// "bold italic red (#C0392B) letters".
QString letteringWords(const ResolvedToken &token);
/// "Keep the top third and the bottom center calm and uncluttered"; empty when nothing needs it.
QString calmWords(const PromptContent &content);

CompiledPrompt compileDraft(const Variant &variant);
CompiledPrompt compileProse(const Variant &variant, const Frame &frame);
CompiledPrompt compileIdeogram(const Variant &variant, const Frame &frame);
CompiledPrompt compileFlux(const Variant &variant, const Frame &frame);

} // namespace Galley
