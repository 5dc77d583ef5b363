#include "core/review/measure.h"

#include "core/imaging/colormath.h"
#include "core/review/maincolors.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace Galley {

namespace {

/// The frame along the four edges, as one picture: what it shows is taken for the ground.
QImage edgesOf(const QImage &picture)
{
    const int depth = std::max(1, std::min(picture.width(), picture.height()) / 16);
    QImage edges(2 * std::max(picture.width(), picture.height()), 2 * depth, QImage::Format_ARGB32);
    edges.fill(Qt::transparent);
    QPainter painter(&edges);
    painter.drawImage(0, 0, picture, 0, 0, picture.width(), depth);
    painter.drawImage(picture.width(), 0, picture, 0, picture.height() - depth, picture.width(), depth);
    painter.translate(0, 2 * depth);
    painter.rotate(-90);
    painter.drawImage(0, 0, picture, 0, 0, depth, picture.height());
    painter.drawImage(0, picture.height(), picture, picture.width() - depth, 0, depth, picture.height());
    return edges;
}

/// From where to where \a share of the middle of \a sums lies, as fractions of their number.
std::pair<double, double> middleOf(const std::vector<double> &sums, double share)
{
    const double total = std::accumulate(sums.cbegin(), sums.cend(), 0.0);
    const auto quantile = [&](double wanted) {
        double before = 0;
        for (size_t i = 0; i < sums.size(); ++i) {
            if (before + sums[i] >= wanted * total)
                return (double(i) + (sums[i] > 0 ? (wanted * total - before) / sums[i] : 0)) / double(sums.size());
            before += sums[i];
        }
        return 1.0;
    };
    return {quantile((1 - share) / 2), quantile((1 + share) / 2)};
}

} // namespace

QImage scaledToEdge(const QImage &picture, int edge)
{
    if (picture.isNull())
        return {};
    QImage scaled = picture;
    if (std::max(picture.width(), picture.height()) != edge)
        scaled = picture.scaled(edge, edge, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return scaled.convertToFormat(QImage::Format_RGB32);
}

Plane lumaOf(const QImage &picture)
{
    const QImage rgb = picture.convertToFormat(QImage::Format_RGB32);
    Plane plane{rgb.width(), rgb.height(), std::vector<float>(size_t(rgb.width()) * size_t(rgb.height()))};
    size_t next = 0;
    for (int y = 0; y < rgb.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(rgb.constScanLine(y));
        for (int x = 0; x < rgb.width(); ++x)
            plane.values[next++] = 0.299F * float(qRed(line[x])) + 0.587F * float(qGreen(line[x])) + 0.114F * float(qBlue(line[x]));
    }
    return plane;
}

QRect pixelsOf(const Box &box, const QSize &size)
{
    return box.toRect(size).toAlignedRect().intersected(QRect(QPoint(0, 0), size));
}

Box inkBox(const ReviewText &text)
{
    if (text.typeset.isNull())
        return text.box;
    const QImage rgb = text.typeset.convertToFormat(QImage::Format_RGB32);
    const QRgb ground = rgb.pixel(0, 0);
    QRect ink;
    for (int y = 0; y < rgb.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(rgb.constScanLine(y));
        for (int x = 0; x < rgb.width(); ++x) {
            if (std::abs(qGray(line[x]) - qGray(ground)) > 32)
                ink |= QRect(x, y, 1, 1);
        }
    }
    if (ink.isEmpty())
        return text.box;
    const double width = text.box.width / rgb.width();
    const double height = text.box.height / rgb.height();
    return {text.box.x + ink.x() * width, text.box.y + ink.y() * height, ink.width() * width, ink.height() * height};
}

QImage coveredAt(const QImage &covered, const QSize &size)
{
    if (covered.isNull() || size.isEmpty())
        return {};
    const QImage scaled = covered.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation).convertToFormat(QImage::Format_Alpha8);
    QImage grown(size, QImage::Format_Alpha8);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            bool isNear = false;
            for (int v = std::max(0, y - 1); v <= std::min(size.height() - 1, y + 1); ++v) {
                for (int u = std::max(0, x - 1); u <= std::min(size.width() - 1, x + 1); ++u)
                    isNear |= isCovered(scaled, u, v);
            }
            grown.scanLine(y)[x] = isNear ? 255 : 0;
        }
    }
    return grown;
}

double visibleShare(const QImage &covered, const Box &box)
{
    const QRect area = covered.isNull() ? QRect() : pixelsOf(box, covered.size());
    if (area.isEmpty())
        return 1;
    const QImage part = coveredAt(covered.copy(area), area.size());
    int visible = 0;
    for (int y = 0; y < part.height(); ++y) {
        for (int x = 0; x < part.width(); ++x)
            visible += isCovered(part, x, y) ? 0 : 1;
    }
    return double(visible) / (double(area.width()) * area.height());
}

double busyness(const QImage &picture, const Box &box, const QImage &covered)
{
    constexpr int edge = 640;
    constexpr float visible = 12;  // of 255, from one pixel to the next
    const QImage small = scaledToEdge(picture, edge);
    const QRect area = pixelsOf(box, small.size());
    if (area.width() < 3 || area.height() < 3)
        return 0;
    const Plane luma = lumaOf(small.copy(area));
    const QImage hidden = coveredAt(covered, small.size()).copy(area);
    int busy = 0, seen = 0;
    for (int y = 1; y < luma.height; ++y) {
        for (int x = 1; x < luma.width; ++x) {
            if (isCovered(hidden, x, y) || isCovered(hidden, x - 1, y) || isCovered(hidden, x, y - 1))
                continue;
            ++seen;
            const float across = luma.at(x, y) - luma.at(x - 1, y);
            const float down = luma.at(x, y) - luma.at(x, y - 1);
            busy += std::hypot(across, down) > visible;
        }
    }
    return seen > 0 ? double(busy) / seen : 0;
}

Plane standingOut(const QImage &picture, const QList<Box> &without)
{
    constexpr float noticed = 0.06F;
    const QImage small = scaledToEdge(picture, 160);
    if (small.isNull())
        return {};
    std::vector<OkLab> ground;
    for (const MainColor &color : mainColors(edgesOf(small), 4)) {
        if (color.share > 0.12)  // what lies across the edge is no ground
            ground.push_back(toOkLab(color.color));
    }
    Plane plane{small.width(), small.height(), std::vector<float>(size_t(small.width()) * size_t(small.height()), 0)};
    for (int y = 0; y < plane.height; ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(small.constScanLine(y));
        for (int x = 0; x < plane.width; ++x) {
            const OkLab lab = toOkLab(qRed(line[x]) / 255.0, qGreen(line[x]) / 255.0, qBlue(line[x]) / 255.0);
            double nearest = 1;
            for (const OkLab &color : ground)
                nearest = std::min(nearest, std::sqrt(std::pow(lab.L - color.L, 2) + std::pow(lab.a - color.a, 2) + std::pow(lab.b - color.b, 2)));
            plane.values[size_t(y) * size_t(plane.width) + size_t(x)] = std::max(0.0F, float(nearest) - noticed);
        }
    }
    for (const Box &box : without) {
        const QRect area = pixelsOf(box, small.size());
        for (int y = area.top(); y <= area.bottom(); ++y)
            std::fill_n(plane.values.begin() + y * plane.width + area.left(), area.width(), 0.0F);
    }
    return plane;
}

Box boxOfMost(const Plane &plane, const Box &within)
{
    const QRect area = pixelsOf(within, {plane.width, plane.height});
    if (plane.isEmpty() || area.isEmpty())
        return {};
    std::vector<double> columns(size_t(area.width()), 0);
    std::vector<double> rows(size_t(area.height()), 0);
    double total = 0;
    for (int y = 0; y < area.height(); ++y) {
        for (int x = 0; x < area.width(); ++x) {
            const double value = plane.at(area.x() + x, area.y() + y);
            columns[size_t(x)] += value;
            rows[size_t(y)] += value;
            total += value;
        }
    }
    if (total / (double(area.width()) * area.height()) < 0.002)
        return {};
    const auto [left, right] = middleOf(columns, 0.9);
    const auto [top, bottom] = middleOf(rows, 0.9);
    return Box::fromRect({area.x() + left * area.width(), area.y() + top * area.height(), (right - left) * area.width(), (bottom - top) * area.height()},
                         {plane.width, plane.height});
}

} // namespace Galley
