#pragma once

namespace Galley {

class Artboard;

/// The artboard for screen readers: a canvas with one child per visible token, bottom first, each with its name, role, words,
/// rectangle and states, and with the actions "select" and "edit". Made by Qt on demand for every Artboard.

/// Once per process is enough; more do nothing.
void installArtboardAccessibility();

/// Tell a listening screen reader about another selection, and about tokens that came, went or moved.
void notifyAccessibleSelection(Artboard *artboard);
void notifyAccessibleTokens(Artboard *artboard);

} // namespace Galley
