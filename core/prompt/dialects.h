#pragma once

#include "core/prompt/promptcompiler.h"
#include "core/prompt/promptwriter.h"

namespace Galley::Prompts {

// One function for each dialect, in a file of its own; and what they share. Internal to core/prompt.

CompiledPrompt compileDraft(const Variant &variant);
CompiledPrompt compileProse(const Variant &variant, const Frame &frame);
CompiledPrompt compileIdeogram(const Variant &variant, const Frame &frame);
CompiledPrompt compileFlux(const Variant &variant, const Frame &frame);

/// True for a subject that the model is asked for.
bool isDrawnSubject(const ResolvedToken &token);
/// True for words that the model is asked to draw.
bool isDrawnText(const ResolvedToken &token);
/// True for what Galley sets over the picture and what therefore needs calm ground.
bool isSet(const ResolvedToken &token);

/// The summary with `<token>` turned into what that token is and where it lies.
ResolvedText summaryWithPlaces(const Variant &variant);
/// The words of the background token, or the colour of the canvas.
ResolvedText backgroundWords(const Variant &variant);
/// "across the top and at the bottom": where set things lie; empty when nothing is set.
QString calmPlaces(const Variant &variant);
/// Art style, or medium where there is none.
ResolvedText artStyleOf(const Variant &variant);
/// "bold sans-serif lettering, centred, dark green (#1F3B2C)".
QString letteringWords(const ResolvedToken &token);
/// Sentences about what a model is likely to get wrong.
QStringList commonWarnings(const Variant &variant, const Frame &frame);

} // namespace Galley::Prompts
