#include "ui/compare/comparelayout.h"

#include <algorithm>
#include <cstdlib>

namespace Galley {

namespace {

constexpr int mostPanes = 9;

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

/// The ways to lay \a panes that may be the best; the first is taken where no other shows the pictures larger. Nothing stands alone, and three rows of two
/// and a half are no grid that anybody finds his way in.
QList<CompareGrid> arrangements(int panes)
{
    switch (panes) {
    case 4:
        return {{2, 2}};
    case 5:
        return {{3, 2, 1}, {2, 3, 1}, {5, 1}, {1, 5}};
    case 6:
        return {{3, 2}, {2, 3}};
    case 7:
        return {{4, 2, 1}, {3, 3, 2}, {2, 4, 1}};
    case 8:
        return {{4, 2}, {2, 4}, {3, 3, 1}};
    case 9:
        return {{3, 3}};
    default:
        return {{panes, 1}, {1, panes}};
    }
}

} // namespace

QList<int> layoutSizes()
{
    QList<int> sizes;
    for (int panes = 1; panes <= mostPanes; ++panes)
        sizes << panes;
    return sizes;
}

int layoutFor(qsizetype pictures)
{
    return int(std::clamp<qsizetype>(pictures, 1, mostPanes));
}

CompareGrid gridFor(int panes, const QSize &area, const QSize &picture)
{
    const QList<CompareGrid> ways = arrangements(std::clamp(panes, 1, mostPanes));
    CompareGrid best = ways.first();
    if (area.isEmpty() || picture.isEmpty())
        return best;
    for (const CompareGrid &way : ways) {
        if (shownScale(way, area, picture) > shownScale(best, area, picture))
            best = way;
    }
    return best;
}

QList<QRect> paneRects(const QRect &area, const CompareGrid &grid, int gap)
{
    const QList<int> xs = cuts(area.x(), area.width(), grid.columns, gap);
    const QList<int> ys = cuts(area.y(), area.height(), grid.rows, gap);
    const int shift = grid.holes * (area.width() + gap) / grid.columns / 2;  // a short row lies in the middle
    QList<QRect> rects;
    for (int pane = 0; pane < grid.panes(); ++pane) {
        const int row = grid.rowOf(pane);
        const int column = pane % grid.columns;
        const QPoint from(xs.at(column) + (row == grid.rows - 1 ? shift : 0), ys.at(row));
        const QSize size(xs.at(column + 1) - gap - xs.at(column), ys.at(row + 1) - gap - from.y());
        rects << QRect(from, size.expandedTo(QSize(1, 1)));
    }
    return rects;
}

int paneInNextRow(const QList<QRect> &panes, int pane, int by)
{
    if (pane < 0 || pane >= panes.size())
        return -1;
    constexpr int alike = 2;  // rows may be shifted by a pixel
    const QRect from = panes.at(pane);
    const auto isFurther = [by](int y, int than) { return by > 0 ? y > than : y < than; };
    int found = -1;
    for (int i = 0; i < panes.size(); ++i) {
        const QRect &rect = panes.at(i);
        if (!isFurther(rect.y(), from.y()) || (found >= 0 && isFurther(rect.y(), panes.at(found).y())))
            continue;
        const auto distance = [&from](const QRect &each) { return std::abs(each.center().x() - from.center().x()); };
        if (found < 0 || rect.y() != panes.at(found).y() || distance(rect) < distance(panes.at(found)) - alike)
            found = i;
    }
    return found;
}

} // namespace Galley
