#pragma once

namespace Galley {

class CompareView;

/// The comparison for screen readers: one child per pane with the picture's name (as far as it may be known), stars and decision. Made by Qt on demand.

/// Once per process is enough; more do nothing.
void installCompareAccessibility();

/// Tell a listening screen reader that panes show something else, or that another one is active.
void notifyAccessiblePanes(CompareView *view);

} // namespace Galley
