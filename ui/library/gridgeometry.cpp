#include "ui/library/gridgeometry.h"

#include <algorithm>

namespace Galley {

int GridGeometry::columns() const
{
    return std::max(1, (width - gap) / (cellWidth() + gap));
}

int GridGeometry::rows() const
{
    return (count + columns() - 1) / columns();
}

int GridGeometry::height() const
{
    return rows() == 0 ? 0 : rows() * pitch() + gap;
}

QRect GridGeometry::cell(int index) const
{
    // What is left over lies between the columns, so that the grid fills its width.
    const int across = columns();
    const int room = std::max(width, across * (cellWidth() + gap) + gap) - gap;
    const int left = gap + (index % across) * room / across + (room / across - gap - cellWidth()) / 2;
    return {left, gap + index / across * pitch(), cellWidth(), cellHeight()};
}

int GridGeometry::indexAt(const QPoint &point) const
{
    if (point.x() < 0 || point.y() < 0)
        return -1;
    const int row = point.y() / pitch();
    const int column = std::min(columns() - 1, point.x() * columns() / std::max(1, width));
    for (int near = std::max(0, column - 1); near <= std::min(columns() - 1, column + 1); ++near) {
        const int index = row * columns() + near;
        if (index < count && cell(index).contains(point))
            return index;
    }
    return -1;
}

int GridGeometry::firstIn(int top) const
{
    return std::clamp(top / pitch() * columns(), 0, count);
}

int GridGeometry::endIn(int bottom) const
{
    return std::clamp((bottom / pitch() + 1) * columns(), 0, count);
}

} // namespace Galley
