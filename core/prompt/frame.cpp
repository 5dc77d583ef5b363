#include "core/prompt/promptcompiler.h"

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

/// Ratios this near to each other look the same; among them a larger picture is the better one.
constexpr double sameRatio = 0.01;

double ratioError(const QSize &size, const QSize &canvas)
{
    const double ratio = double(size.width()) / size.height();
    const double wanted = double(canvas.width()) / canvas.height();
    return std::abs(std::log(ratio / wanted));
}

qint64 pixelsOf(const QSize &size)
{
    return qint64(size.width()) * size.height();
}

/// Keeps the better of the sizes that are offered to it.
class BestSize
{
public:
    explicit BestSize(const QSize &canvas)
        : m_canvas(canvas)
    {}

    void offer(const QSize &size)
    {
        if (size.width() <= 0 || size.height() <= 0)
            return;
        const double error = ratioError(size, m_canvas);
        const bool same = std::max(error, m_error) <= sameRatio || error == m_error;
        if (same ? pixelsOf(size) > pixelsOf(m_size) : error < m_error) {
            m_size = size;
            m_error = error;
        }
    }

    QSize size() const { return m_size; }

private:
    QSize m_canvas;
    QSize m_size;
    double m_error = 1e9;
};

/// The ratio of \a rules that is nearest to the canvas, and the size of about the model's pixels that has it.
void takeRatio(Frame &frame, const SizeRules &rules)
{
    constexpr qint64 usualPixels = 1024 * 1024;
    double smallest = 1e9;
    for (const QString &ratio : rules.ratios) {
        const QStringList sides = ratio.split(QLatin1Char('x'));
        const QSize unit(sides.value(0).toInt(), sides.value(1).toInt());
        if (unit.isEmpty() || ratioError(unit, frame.canvas) >= smallest)
            continue;
        smallest = ratioError(unit, frame.canvas);
        const double scale = std::sqrt(double(rules.maxPixels > 0 ? rules.maxPixels : usualPixels) / double(pixelsOf(unit)));
        frame.ratio = ratio;
        frame.picture = (QSizeF(unit) * scale).toSize();
    }
}

QSize sizeOfMultiples(const QSize &canvas, const SizeRules &rules)
{
    const qint64 step = rules.multiple;
    const qint64 most = rules.maxPixels > 0 ? rules.maxPixels : std::max(pixelsOf(canvas), rules.minPixels);
    BestSize best(canvas);
    const qint64 edge = rules.maxEdge > 0 ? rules.maxEdge : 16'384;
    for (qint64 width = step; width * step <= most && width <= edge; width += step) {
        const double exact = double(width) * canvas.height() / canvas.width() / double(step);
        for (const qint64 count : {qint64(std::floor(exact)), qint64(std::ceil(exact))}) {
            const QSize size(int(width), int(std::clamp<qint64>(count, 1, std::max<qint64>(1, edge / step)) * step));
            if (pixelsOf(size) >= rules.minPixels && pixelsOf(size) <= most)
                best.offer(size);
        }
    }
    return best.size();
}

} // namespace

QRectF Frame::visible() const
{
    if (picture.isEmpty() || canvas.isEmpty())
        return QRectF(QPointF(), QSizeF(picture));
    const QSizeF size = QSizeF(canvas).scaled(QSizeF(picture), Qt::KeepAspectRatio);
    return {(picture.width() - size.width()) / 2, (picture.height() - size.height()) / 2, size.width(), size.height()};
}

double Frame::cropShare() const
{
    if (picture.isEmpty())
        return 0;
    const QRectF shown = visible();
    return std::clamp(1 - shown.width() * shown.height() / double(pixelsOf(picture)), 0.0, 1.0);
}

Box Frame::toPicture(const Box &box) const
{
    if (picture.isEmpty())
        return box;
    const QRectF shown = visible();
    const double x = shown.width() / picture.width();
    const double y = shown.height() / picture.height();
    return {shown.x() / picture.width() + box.x * x, shown.y() / picture.height() + box.y * y, box.width * x, box.height * y};
}

Frame frameFor(const QSize &canvas, const SizeRules &rules)
{
    Frame frame{canvas, canvas};
    if (canvas.isEmpty())
        return frame;
    if (!rules.list.isEmpty()) {
        BestSize best(canvas);
        for (const QSize &size : rules.list)
            best.offer(size);
        frame.picture = best.size();
    } else if (!rules.ratios.isEmpty()) {
        takeRatio(frame, rules);
    } else if (rules.multiple > 0) {
        frame.picture = sizeOfMultiples(canvas, rules);
    }
    if (frame.picture.isEmpty())
        frame.picture = canvas;
    return frame;
}

} // namespace Galley
