#include "core/service/picturedifference.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace Galley {

std::optional<PictureDifference> comparePictures(const QImage &first, const QImage &second, int tolerance)
{
    if (first.isNull() || first.size() != second.size())
        return std::nullopt;
    const QImage a = first.convertToFormat(QImage::Format_RGB32);
    const QImage b = second.convertToFormat(QImage::Format_RGB32);
    double squares = 0;
    qint64 visible = 0;
    for (int y = 0; y < a.height(); ++y) {
        const auto *p = reinterpret_cast<const QRgb *>(a.constScanLine(y));
        const auto *q = reinterpret_cast<const QRgb *>(b.constScanLine(y));
        for (int x = 0; x < a.width(); ++x) {
            int most = 0;
            for (const int step : {qRed(p[x]) - qRed(q[x]), qGreen(p[x]) - qGreen(q[x]), qBlue(p[x]) - qBlue(q[x])}) {
                squares += step * step;
                most = std::max(most, std::abs(step));
            }
            visible += most > tolerance;
        }
    }
    const double pixels = double(a.width()) * a.height();
    PictureDifference difference;
    difference.share = double(visible) / pixels;
    if (squares > 0)
        difference.psnrDb = 10 * std::log10(255.0 * 255.0 / (squares / (3 * pixels)));
    return difference;
}

} // namespace Galley
