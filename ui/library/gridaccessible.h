#pragma once

namespace Galley {

class PictureGrid;

/// The grid for screen readers: a list with one child for each picture, made when it is asked for, with everything its cell shows in words and the actions
/// "select" and "open". Made by Qt on demand for every PictureGrid.

/// Once per process is enough; more do nothing.
void installGridAccessibility();

/// Tell a listening screen reader about another current picture, and about another list.
void notifyAccessibleCurrent(PictureGrid *grid);
void notifyAccessibleList(PictureGrid *grid);

} // namespace Galley
