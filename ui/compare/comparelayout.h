#pragma once

#include <QList>
#include <QRect>
#include <QSize>

namespace Galley {

/// How the panes of a comparison are arranged. A plain value.
struct CompareGrid
{
    int columns = 1;
    int rows = 1;
    int holes = 0;  ///< panes that the last row lacks; the others of it lie in the middle

    int panes() const { return columns * rows - holes; }
    int rowOf(int pane) const { return pane / columns; }
    bool operator==(const CompareGrid &) const = default;
};

/// 1 to 9: how many panes there may be.
QList<int> layoutSizes();
/// The smallest of them that holds \a pictures; 9 when there are more.
int layoutFor(qsizetype pictures);

/// \a panes (one of layoutSizes()) so that pictures of the shape \a picture are as large as they can be in \a area; side by side when both ways are
/// equally good. Without a shape: side by side.
CompareGrid gridFor(int panes, const QSize &area = {}, const QSize &picture = {});

/// One rectangle for each pane, row by row, \a gap apart; without holes they fill \a area to the pixel. Sizes differ by one pixel at most: pictures are
/// zoomed alike in all of them, so that a short row gets no wider panes.
QList<QRect> paneRects(const QRect &area, const CompareGrid &grid, int gap);

/// The pane above (\a by -1) or below (1) \a pane whose middle is nearest; the first of two. -1: there is no such row.
int paneInNextRow(const QList<QRect> &panes, int pane, int by);

} // namespace Galley
