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

    int panes() const { return columns * rows; }
    bool operator==(const CompareGrid &) const = default;
};

/// 1, 2, 3, 4, 6, 9: how many panes there may be.
QList<int> layoutSizes();
/// The smallest of them that holds \a pictures; 9 when there are more.
int layoutFor(qsizetype pictures);

/// \a panes (one of layoutSizes()) so that pictures of the shape \a picture are as large as they can be in \a area; side by side when both ways are
/// equally good. Without a shape: side by side.
CompareGrid gridFor(int panes, const QSize &area = {}, const QSize &picture = {});

/// One rectangle for each pane, row by row, \a gap apart; together they fill \a area to the pixel. Sizes differ by one pixel at most.
QList<QRect> paneRects(const QRect &area, const CompareGrid &grid, int gap);

} // namespace Galley
