#include "core/prompt/promptcompiler.h"

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

double ratioError(const QSize &size, double ratio)
{
    return std::fabs(std::log(double(size.width()) / size.height() / ratio));
}

/// Nearer to the ratio first; among equals the one with more pixels.
bool isBetter(const QSize &size, const QSize &than, double ratio)
{
    const double difference = ratioError(size, ratio) - ratioError(than, ratio);
    if (std::fabs(difference) > 1e-9)
        return difference < 0;
    return qint64(size.width()) * size.height() > qint64(than.width()) * than.height();
}

QSize bestMultiple(const QSize &canvas, const SizeRules &rules)
{
    const double ratio = double(canvas.width()) / canvas.height();
    const qint64 most = rules.maxPixels > 0 ? rules.maxPixels : qint64(canvas.width()) * canvas.height();
    const qint64 least = std::max<qint64>(1, rules.minPixels);
    QSize best;
    const int step = rules.multiple;
    const int limit = int(std::sqrt(double(most) * std::max(ratio, 1.0))) + step;
    for (int width = step; width <= limit; width += step) {
        for (const double raw : {std::floor(width / ratio / step), std::ceil(width / ratio / step)}) {
            const QSize size(width, std::max(1, int(raw)) * step);
            const qint64 pixels = qint64(size.width()) * size.height();
            if (pixels <= most && pixels >= least && (best.isEmpty() || isBetter(size, best, ratio)))
                best = size;
        }
    }
    return best.isEmpty() ? canvas : best;
}

} // namespace

QRectF Frame::visible() const
{
    const double scale = std::min(double(picture.width()) / canvas.width(), double(picture.height()) / canvas.height());
    const double width = canvas.width() * scale;
    const double height = canvas.height() * scale;
    return {(picture.width() - width) / 2, (picture.height() - height) / 2, width, height};
}

double Frame::cropShare() const
{
    const QRectF shown = visible();
    return 1 - shown.width() * shown.height() / (double(picture.width()) * picture.height());
}

Box Frame::toPicture(const Box &box) const
{
    const QRectF shown = visible();
    return {(shown.x() + box.x * shown.width()) / picture.width(), (shown.y() + box.y * shown.height()) / picture.height(),
            box.width * shown.width() / picture.width(), box.height * shown.height() / picture.height()};
}

Frame frameFor(const QSize &canvas, const SizeRules &rules)
{
    if (!rules.list.isEmpty()) {
        const double ratio = double(canvas.width()) / canvas.height();
        const QSize best = *std::min_element(rules.list.begin(), rules.list.end(),
                                             [&](const QSize &a, const QSize &b) { return isBetter(a, b, ratio); });
        return {best, canvas};
    }
    if (rules.multiple > 0)
        return {bestMultiple(canvas, rules), canvas};
    return {canvas, canvas};
}

} // namespace Galley
