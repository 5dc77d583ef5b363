#pragma once

#include <QPoint>
#include <QRect>

namespace Galley {

/// Where the cells of the grid lie: all of one size, row by row, in the coordinates of the whole grid (not of the viewport). A plain value; every answer is
/// arithmetic, so that a hundred thousand cells cost no more than ten.
struct GridGeometry
{
    static constexpr int least = 96;     ///< of side
    static constexpr int most = 320;
    static constexpr int usual = 176;
    static constexpr int padding = 8;    ///< round the picture, inside its cell
    static constexpr int gap = 8;        ///< between cells, and round all of them
    static constexpr int caption = 44;   ///< below the picture

    int count = 0;
    int width = 0;      ///< of the viewport
    int side = usual;   ///< of the square that a picture is fitted into

    int cellWidth() const { return side + 2 * padding; }
    int cellHeight() const { return side + 2 * padding + caption; }
    int columns() const;
    int rows() const;
    int height() const;
    int pitch() const { return cellHeight() + gap; }  ///< from row to row

    QRect cell(int index) const;
    int indexAt(const QPoint &point) const;  ///< -1: between cells, or none there

    /// The first and one past the last cell whose row shows between \a top and \a bottom.
    int firstIn(int top) const;
    int endIn(int bottom) const;

    bool operator==(const GridGeometry &) const = default;
};

} // namespace Galley
