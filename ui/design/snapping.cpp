#include "ui/design/snapping.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace Galley {

namespace {

/// Lines closer than this are touched at the same time, and all of them are shown.
constexpr double same = 0.01;

/// The correction that brings one of \a values onto a line of \a orientation, if one is near enough.
std::optional<double> nearestCorrection(const QList<SnapLine> &lines, Qt::Orientation orientation, const QList<double> &values,
                                        double tolerance)
{
    std::optional<double> best;
    for (const SnapLine &line : lines) {
        if (line.orientation != orientation)
            continue;
        for (double value : values) {
            const double correction = line.position - value;
            if (std::abs(correction) <= tolerance && (!best || std::abs(correction) < std::abs(*best)))
                best = correction;
        }
    }
    return best;
}

/// The lines of \a orientation that one of \a values lies on, each long enough to reach from its token to \a rect.
void addTouched(QList<SnapLine> &touched, const QList<SnapLine> &lines, Qt::Orientation orientation,
                const QList<double> &values, const QRectF &rect)
{
    for (SnapLine line : lines) {
        const bool hit = line.orientation == orientation && std::any_of(values.begin(), values.end(), [&](double value) {
                             return std::abs(value - line.position) < same;
                         });
        if (!hit)
            continue;
        const bool vertical = orientation == Qt::Vertical;
        line.begin = std::min(line.begin, vertical ? rect.top() : rect.left());
        line.end = std::max(line.end, vertical ? rect.bottom() : rect.right());
        const auto twin = std::find_if(touched.begin(), touched.end(), [&line](const SnapLine &other) {
            return other.orientation == line.orientation && std::abs(other.position - line.position) < same;
        });
        if (twin == touched.end()) {
            touched << line;
        } else {
            twin->begin = std::min(twin->begin, line.begin);
            twin->end = std::max(twin->end, line.end);
        }
    }
}

} // namespace

QRectF safeAreaRect(const QSize &canvas, double share)
{
    const double x = canvas.width() * share;
    const double y = canvas.height() * share;
    return QRectF(x, y, canvas.width() - 2 * x, canvas.height() - 2 * y);
}

SnapTargets::SnapTargets(const QSize &canvas, double safeArea, const QList<QRectF> &others)
{
    const double width = canvas.width();
    const double height = canvas.height();
    const auto across = [&](double x, SnapLine::Kind kind) { m_lines << SnapLine{Qt::Vertical, x, kind, 0, height}; };
    const auto down = [&](double y, SnapLine::Kind kind) { m_lines << SnapLine{Qt::Horizontal, y, kind, 0, width}; };
    for (double share : {0.0, 1.0}) {
        across(share * width, SnapLine::Kind::CanvasEdge);
        down(share * height, SnapLine::Kind::CanvasEdge);
    }
    across(width / 2, SnapLine::Kind::CanvasCenter);
    down(height / 2, SnapLine::Kind::CanvasCenter);
    for (int third : {1, 2}) {
        across(width * third / 3, SnapLine::Kind::Third);
        down(height * third / 3, SnapLine::Kind::Third);
    }
    if (safeArea > 0) {
        const QRectF safe = safeAreaRect(canvas, safeArea);
        across(safe.left(), SnapLine::Kind::SafeArea);
        across(safe.right(), SnapLine::Kind::SafeArea);
        down(safe.top(), SnapLine::Kind::SafeArea);
        down(safe.bottom(), SnapLine::Kind::SafeArea);
    }
    for (const QRectF &other : others) {
        const auto vertical = [&](double x, SnapLine::Kind kind) {
            m_lines << SnapLine{Qt::Vertical, x, kind, other.top(), other.bottom()};
        };
        const auto horizontal = [&](double y, SnapLine::Kind kind) {
            m_lines << SnapLine{Qt::Horizontal, y, kind, other.left(), other.right()};
        };
        vertical(other.left(), SnapLine::Kind::TokenEdge);
        vertical(other.center().x(), SnapLine::Kind::TokenCenter);
        vertical(other.right(), SnapLine::Kind::TokenEdge);
        horizontal(other.top(), SnapLine::Kind::TokenEdge);
        horizontal(other.center().y(), SnapLine::Kind::TokenCenter);
        horizontal(other.bottom(), SnapLine::Kind::TokenEdge);
    }
}

Snap SnapTargets::nearest(const QList<double> &xs, const QList<double> &ys, const QRectF &rect, double tolerance) const
{
    Snap snap;
    const auto x = nearestCorrection(m_lines, Qt::Vertical, xs, tolerance);
    const auto y = nearestCorrection(m_lines, Qt::Horizontal, ys, tolerance);
    snap.correction = QPointF(x.value_or(0), y.value_or(0));
    const auto shifted = [](QList<double> values, double by) {
        for (double &value : values)
            value += by;
        return values;
    };
    const QRectF corrected = rect.translated(snap.correction);
    if (x)
        addTouched(snap.lines, m_lines, Qt::Vertical, shifted(xs, *x), corrected);
    if (y)
        addTouched(snap.lines, m_lines, Qt::Horizontal, shifted(ys, *y), corrected);
    return snap;
}

Snap SnapTargets::forMove(const QRectF &rect, double tolerance) const
{
    return nearest({rect.left(), rect.center().x(), rect.right()}, {rect.top(), rect.center().y(), rect.bottom()}, rect,
                   tolerance);
}

Snap SnapTargets::forResize(const QRectF &rect, Handle handle, double tolerance) const
{
    QList<double> xs;
    QList<double> ys;
    if (movesLeft(handle))
        xs << rect.left();
    if (movesRight(handle))
        xs << rect.right();
    if (movesTop(handle))
        ys << rect.top();
    if (movesBottom(handle))
        ys << rect.bottom();
    return nearest(xs, ys, rect, tolerance);
}

Snap SnapTargets::forPoint(const QPointF &point, double tolerance) const
{
    return nearest({point.x()}, {point.y()}, QRectF(point, QSizeF(0, 0)), tolerance);
}

} // namespace Galley
