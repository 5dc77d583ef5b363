#include "ui/compare/picturepyramid.h"

#include <QPainter>

#include <algorithm>

namespace Galley {

namespace {

constexpr int smallestLevel = 64;
constexpr double pixelsAreShownFrom = 2;

QRgb brightest(QRgb a, QRgb b)
{
    return std::max(qRed(a), std::max(qGreen(a), qBlue(a))) >= std::max(qRed(b), std::max(qGreen(b), qBlue(b))) ? a : b;
}

/// The mean of four pixels, two channels at a time.
QRgb mean(QRgb a, QRgb b, QRgb c, QRgb d)
{
    constexpr quint32 mask = 0x00FF00FF;
    const quint32 low = ((a & mask) + (b & mask) + (c & mask) + (d & mask) + 0x00020002) >> 2;
    const quint32 high = (((a >> 8) & mask) + ((b >> 8) & mask) + ((c >> 8) & mask) + ((d >> 8) & mask) + 0x00020002) >> 2;
    return (low & mask) | ((high & mask) << 8);
}

QImage halved(const QImage &source, PicturePyramid::Shrink shrink)
{
    QImage half(std::max(1, (source.width() + 1) / 2), std::max(1, (source.height() + 1) / 2), source.format());
    for (int y = 0; y < half.height(); ++y) {
        const auto *upper = reinterpret_cast<const QRgb *>(source.constScanLine(2 * y));
        const auto *lower = reinterpret_cast<const QRgb *>(source.constScanLine(std::min(2 * y + 1, source.height() - 1)));
        auto *out = reinterpret_cast<QRgb *>(half.scanLine(y));
        const int last = source.width() - 1;
        for (int x = 0; x < half.width(); ++x) {
            const int left = 2 * x;
            const int right = std::min(left + 1, last);
            out[x] = shrink == PicturePyramid::Shrink::Average
                         ? mean(upper[left], upper[right], lower[left], lower[right])
                         : brightest(brightest(upper[left], upper[right]), brightest(lower[left], lower[right]));
        }
    }
    return half;
}

} // namespace

PicturePyramid::Ptr PicturePyramid::make(const QImage &picture, Shrink shrink)
{
    if (picture.isNull())
        return nullptr;
    const std::shared_ptr<PicturePyramid> pyramid(new PicturePyramid);
    QImage level = picture.convertToFormat(picture.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
    pyramid->m_levels << level;
    while (!level.isNull() && std::max(level.width(), level.height()) > smallestLevel) {
        level = halved(level, shrink);
        pyramid->m_levels << level;
    }
    return level.isNull() ? nullptr : pyramid;
}

const QImage &PicturePyramid::levelFor(double zoom) const
{
    int level = 0;
    for (double step = 0.5; level + 1 < m_levels.size() && zoom <= step; step /= 2)
        ++level;
    return m_levels.at(level);
}

qint64 PicturePyramid::bytes() const
{
    qint64 sum = 0;
    for (const QImage &level : m_levels)
        sum += level.sizeInBytes();
    return sum;
}

QImage shownPart(const PicturePyramid &pyramid, const QSizeF &full, const QRect &part, bool isQuick)
{
    const double zoom = full.width() / pyramid.size().width();
    const QImage &level = pyramid.levelFor(zoom);
    if (full == QSizeF(level.size()))
        return level.copy(part);
    QImage shown(part.size(), level.format());
    if (shown.isNull())
        return shown;
    if (level.hasAlphaChannel())
        shown.fill(Qt::transparent);
    const double perX = level.width() / full.width();
    const double perY = level.height() / full.height();
    QPainter painter(&shown);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !isQuick && zoom < pixelsAreShownFrom);
    painter.drawImage(QRectF(QPointF(0, 0), part.size()), level,
                      QRectF(part.x() * perX, part.y() * perY, part.width() * perX, part.height() * perY));
    return shown;
}

} // namespace Galley
