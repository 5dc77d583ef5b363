#include "ui/design/boxgeometry.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Galley {

QList<Handle> allHandles()
{
    return {Handle::TopLeft,     Handle::Top,    Handle::TopRight,   Handle::Right,
            Handle::BottomRight, Handle::Bottom, Handle::BottomLeft, Handle::Left};
}

bool movesLeft(Handle handle)
{
    return handle == Handle::TopLeft || handle == Handle::Left || handle == Handle::BottomLeft;
}

bool movesRight(Handle handle)
{
    return handle == Handle::TopRight || handle == Handle::Right || handle == Handle::BottomRight;
}

bool movesTop(Handle handle)
{
    return handle == Handle::TopLeft || handle == Handle::Top || handle == Handle::TopRight;
}

bool movesBottom(Handle handle)
{
    return handle == Handle::BottomLeft || handle == Handle::Bottom || handle == Handle::BottomRight;
}

QPointF handlePoint(const QRectF &rect, Handle handle)
{
    const double x = movesLeft(handle) ? rect.left() : movesRight(handle) ? rect.right() : rect.center().x();
    const double y = movesTop(handle) ? rect.top() : movesBottom(handle) ? rect.bottom() : rect.center().y();
    return {x, y};
}

QRectF resized(const QRectF &rect, Handle handle, const QPointF &delta, const ResizeOptions &options)
{
    const double horizontal = movesLeft(handle) ? -1 : movesRight(handle) ? 1 : 0;
    const double vertical = movesTop(handle) ? -1 : movesBottom(handle) ? 1 : 0;
    const double factor = options.fromCenter ? 2 : 1;
    double width = rect.width() + factor * horizontal * delta.x();
    double height = rect.height() + factor * vertical * delta.y();
    if (options.keepRatio && rect.width() > 0 && rect.height() > 0) {
        // A side handle says how far by itself, a corner by the axis that was pulled further.
        const double x = width / rect.width();
        const double y = height / rect.height();
        double scale = horizontal == 0 ? y : vertical == 0 ? x : std::abs(x - 1) > std::abs(y - 1) ? x : y;
        scale = std::max({scale, options.minimum / rect.width(), options.minimum / rect.height()});
        width = rect.width() * scale;
        height = rect.height() * scale;
    } else {
        width = horizontal == 0 ? rect.width() : std::max(width, options.minimum);
        height = vertical == 0 ? rect.height() : std::max(height, options.minimum);
    }
    const auto start = [&](double first, double length, double newLength, double direction) {
        if (options.fromCenter || direction == 0)
            return first + (length - newLength) / 2;
        return direction < 0 ? first + length - newLength : first;
    };
    return QRectF(start(rect.left(), rect.width(), width, horizontal), start(rect.top(), rect.height(), height, vertical),
                  width, height);
}

QRectF unitedRect(const QList<QRectF> &rects)
{
    if (rects.isEmpty())
        return {};
    QRectF all = rects.first();
    for (const QRectF &rect : rects) {
        const double left = std::min(all.left(), rect.left());
        const double top = std::min(all.top(), rect.top());
        const double right = std::max(all.right(), rect.right());
        const double bottom = std::max(all.bottom(), rect.bottom());
        all = QRectF(left, top, right - left, bottom - top);
    }
    return all;
}

QRectF mappedRect(const QRectF &rect, const QRectF &from, const QRectF &to)
{
    const double x = from.width() > 0 ? to.width() / from.width() : 1;
    const double y = from.height() > 0 ? to.height() / from.height() : 1;
    return QRectF(to.left() + (rect.left() - from.left()) * x, to.top() + (rect.top() - from.top()) * y, rect.width() * x,
                  rect.height() * y);
}

QList<QRectF> aligned(const QList<QRectF> &rects, Alignment alignment, const QRectF &reference)
{
    QList<QRectF> result = rects;
    for (QRectF &rect : result) {
        switch (alignment) {
        case Alignment::Left:
            rect.moveLeft(reference.left());
            break;
        case Alignment::CenterX:
            rect.moveLeft(reference.center().x() - rect.width() / 2);
            break;
        case Alignment::Right:
            rect.moveRight(reference.right());
            break;
        case Alignment::Top:
            rect.moveTop(reference.top());
            break;
        case Alignment::CenterY:
            rect.moveTop(reference.center().y() - rect.height() / 2);
            break;
        case Alignment::Bottom:
            rect.moveBottom(reference.bottom());
            break;
        }
    }
    return result;
}

QList<QRectF> distributed(const QList<QRectF> &rects, Qt::Orientation orientation)
{
    if (rects.size() < 3)
        return rects;
    const bool across = orientation == Qt::Horizontal;
    const auto length = [across](const QRectF &rect) { return across ? rect.width() : rect.height(); };
    const auto center = [across](const QRectF &rect) { return across ? rect.center().x() : rect.center().y(); };
    QList<int> order(rects.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return center(rects.at(a)) < center(rects.at(b)); });

    const QRectF &first = rects.at(order.first());
    const QRectF &last = rects.at(order.last());
    const double begin = across ? first.left() : first.top();
    const double end = across ? last.right() : last.bottom();
    double filled = 0;
    for (const QRectF &rect : rects)
        filled += length(rect);
    const double gap = (end - begin - filled) / double(rects.size() - 1);

    QList<QRectF> result = rects;
    double position = begin;
    for (int index : std::as_const(order)) {
        if (across)
            result[index].moveLeft(position);
        else
            result[index].moveTop(position);
        position += length(rects.at(index)) + gap;
    }
    return result;
}

} // namespace Galley
