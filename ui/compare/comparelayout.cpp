#include "ui/compare/comparelayout.h"

#include <algorithm>

namespace Galley {

namespace {

/// How much of its size a picture keeps in one of the panes.
double shownScale(const CompareGrid &grid, const QSize &area, const QSize &picture)
{
    return std::min(double(area.width()) / grid.columns / picture.width(), double(area.height()) / grid.rows / picture.height());
}

/// \a count pieces of \a length with \a gap between them: where each begins, and one more for the end.
QList<int> cuts(int from, int length, int count, int gap)
{
    QList<int> places;
    for (int i = 0; i <= count; ++i)
        places << from + int((qint64(length) + gap) * i / count);
    return places;
}

} // namespace

QList<int> layoutSizes()
{
    return {1, 2, 3, 4, 6, 9};
}

int layoutFor(qsizetype pictures)
{
    for (const int size : layoutSizes()) {
        if (size >= pictures)
            return size;
    }
    return layoutSizes().last();
}

CompareGrid gridFor(int panes, const QSize &area, const QSize &picture)
{
    const CompareGrid across = panes == 9   ? CompareGrid{3, 3}
                               : panes == 6 ? CompareGrid{3, 2}
                               : panes == 4 ? CompareGrid{2, 2}
                                            : CompareGrid{std::clamp(panes, 1, 3), 1};
    const CompareGrid down{across.rows, across.columns};
    if (area.isEmpty() || picture.isEmpty())
        return across;
    return shownScale(down, area, picture) > shownScale(across, area, picture) ? down : across;
}

QList<QRect> paneRects(const QRect &area, const CompareGrid &grid, int gap)
{
    const QList<int> xs = cuts(area.x(), area.width(), grid.columns, gap);
    const QList<int> ys = cuts(area.y(), area.height(), grid.rows, gap);
    QList<QRect> rects;
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const QPoint from(xs.at(column), ys.at(row));
            const QSize size(xs.at(column + 1) - gap - from.x(), ys.at(row + 1) - gap - from.y());
            rects << QRect(from, size.expandedTo(QSize(1, 1)));
        }
    }
    return rects;
}

} // namespace Galley
