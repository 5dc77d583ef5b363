#include "core/composition/cutoutpicture.h"

#include "core/imaging/colormath.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace Galley {

namespace {

/// Four taps per output position of one axis.
struct Taps
{
    std::array<int, 4> index;
    std::array<float, 4> weight;
};

std::vector<Taps> catmullRom(int from, int to)
{
    std::vector<Taps> taps(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) {
        const double position = (i + 0.5) * from / to - 0.5;
        const int base = int(std::floor(position));
        const float t = float(position - base);
        Taps &tap = taps[std::size_t(i)];
        tap.weight = {((-0.5F * t + 1) * t - 0.5F) * t, (1.5F * t - 2.5F) * t * t + 1, ((-1.5F * t + 2) * t + 0.5F) * t,
                      (0.5F * t - 0.5F) * t * t};
        for (int k = 0; k < 4; ++k)
            tap.index[std::size_t(k)] = std::clamp(base - 1 + k, 0, from - 1);
    }
    return taps;
}

/// Steepens alpha about one half by \a gain; colours follow.
void writePixel(uchar *out, const float *rgba, float gain)
{
    const float alpha = std::clamp(rgba[3], 0.0F, 255.0F);
    const float steep = std::clamp((alpha - 127.5F) * gain + 127.5F, 0.0F, 255.0F);
    const float factor = alpha > 0.5F ? steep / alpha : 0.0F;
    for (int c = 0; c < 3; ++c)
        out[c] = uchar(std::clamp(rgba[c] * factor, 0.0F, steep) + 0.5F);
    out[3] = uchar(steep + 0.5F);
}

QImage enlarged(const QImage &picture, const QSize &size)
{
    const int w = size.width();
    const std::vector<Taps> tapsX = catmullRom(picture.width(), w);
    const std::vector<Taps> tapsY = catmullRom(picture.height(), size.height());
    std::vector<float> rows(std::size_t(picture.height()) * std::size_t(w) * 4); // first across, then down
    for (int y = 0; y < picture.height(); ++y) {
        const uchar *in = picture.constScanLine(y);
        float *out = rows.data() + std::size_t(y) * std::size_t(w) * 4;
        for (int x = 0; x < w; ++x, out += 4) {
            const Taps &tap = tapsX[std::size_t(x)];
            for (int c = 0; c < 4; ++c) {
                out[c] = tap.weight[0] * in[tap.index[0] * 4 + c] + tap.weight[1] * in[tap.index[1] * 4 + c]
                         + tap.weight[2] * in[tap.index[2] * 4 + c] + tap.weight[3] * in[tap.index[3] * 4 + c];
            }
        }
    }
    const double scale = std::sqrt(double(w) / picture.width() * size.height() / picture.height());
    const float gain = float(std::clamp(scale * 0.55, 1.0, 6.0));
    QImage result(size, QImage::Format_RGBA8888_Premultiplied);
    for (int y = 0; y < size.height(); ++y) {
        const Taps &tap = tapsY[std::size_t(y)];
        const float *in[4];
        for (std::size_t k = 0; k < 4; ++k)
            in[k] = rows.data() + std::size_t(tap.index[k]) * std::size_t(w) * 4;
        uchar *out = result.scanLine(y);
        for (int x = 0; x < w * 4; x += 4) {
            float rgba[4];
            for (int c = 0; c < 4; ++c) {
                rgba[c] = tap.weight[0] * in[0][x + c] + tap.weight[1] * in[1][x + c] + tap.weight[2] * in[2][x + c]
                          + tap.weight[3] * in[3][x + c];
            }
            writePixel(out + x, rgba, gain);
        }
    }
    return result;
}

/// Straight OKLab of a premultiplied pixel.
OkLab labOf(const uchar *pixel)
{
    const double alpha = pixel[3];
    return toOkLab(std::min(1.0, pixel[0] / alpha), std::min(1.0, pixel[1] / alpha), std::min(1.0, pixel[2] / alpha));
}

/// Mean of \a picture in OKLab weighted by alpha and by chroma to the power \a power.
OkLab meanLab(const QImage &picture, double power)
{
    OkLab sum;
    double total = 0;
    for (int y = 0; y < picture.height(); ++y) {
        const uchar *line = picture.constScanLine(y);
        for (int x = 0; x < picture.width(); ++x, line += 4) {
            if (line[3] < 64)
                continue;
            const OkLab lab = labOf(line);
            const double weight = line[3] * (std::pow(std::hypot(lab.a, lab.b), power) + 1e-6);
            sum.L += weight * lab.L;
            sum.a += weight * lab.a;
            sum.b += weight * lab.b;
            total += weight;
        }
    }
    return total > 0 ? OkLab{sum.L / total, sum.a / total, sum.b / total} : OkLab{};
}

} // namespace

QRect visibleRect(const QImage &picture)
{
    int left = picture.width();
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < picture.height(); ++y) {
        const uchar *line = picture.constScanLine(y);
        bool any = false;
        for (int x = 0; x < picture.width(); ++x) {
            if (line[x * 4 + 3] <= 8)
                continue;
            any = true;
            left = std::min(left, x);
            right = std::max(right, x);
        }
        if (any) {
            top = top < 0 ? y : top;
            bottom = y;
        }
    }
    return right < 0 ? picture.rect() : QRect(QPoint(left, top), QPoint(right, bottom));
}

QImage scaledCutout(const QImage &picture, const QSize &size)
{
    const QImage source = picture.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    if (size == source.size())
        return source;
    if (size.width() <= source.width() && size.height() <= source.height())
        return source.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    return enlarged(source, size);
}

QColor dominantColor(const QImage &picture)
{
    return fromOkLab(meanLab(picture.convertToFormat(QImage::Format_RGBA8888_Premultiplied), 1.5));
}

QImage recolored(const QImage &picture, const QColor &target)
{
    QImage result = picture.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    const OkLab from = meanLab(result, 1.5);
    const OkLab to = toOkLab(target);
    const double fromChroma = std::hypot(from.a, from.b);
    const double toChroma = std::hypot(to.a, to.b);
    const bool neutral = fromChroma < 0.03; // line art and greys have no hue to turn
    const double fromHue = std::atan2(from.b, from.a);
    const double turn = std::atan2(to.b, to.a) - fromHue;
    const double gain = neutral ? 1 : std::clamp(toChroma / fromChroma, 0.0, 4.0);
    for (int y = 0; y < result.height(); ++y) {
        uchar *pixel = result.scanLine(y);
        for (int x = 0; x < result.width(); ++x, pixel += 4) {
            if (pixel[3] == 0)
                continue;
            OkLab lab = labOf(pixel);
            const double chroma = std::hypot(lab.a, lab.b);
            if (neutral) {
                const double mid = 4 * lab.L * (1 - lab.L); // black and white stay
                lab = {lab.L + (to.L - from.L) * 0.6 * mid, lab.a + to.a * mid, lab.b + to.b * mid};
            } else {
                const double distance = std::fabs(std::remainder(std::atan2(lab.b, lab.a) - fromHue, 2 * std::numbers::pi));
                const double near = std::clamp((1.3 - distance) / 0.5, 0.0, 1.0) * std::clamp(chroma / 0.04, 0.0, 1.0);
                const double hue = std::atan2(lab.b, lab.a) + turn * near;
                const double scaled = chroma * std::lerp(1.0, gain, near);
                lab = {std::clamp(lab.L + (to.L - from.L) * near, 0.0, 1.0), scaled * std::cos(hue), scaled * std::sin(hue)};
            }
            const QColor color = fromOkLab(lab);
            pixel[0] = uchar(color.redF() * pixel[3] + 0.5F);
            pixel[1] = uchar(color.greenF() * pixel[3] + 0.5F);
            pixel[2] = uchar(color.blueF() * pixel[3] + 0.5F);
        }
    }
    return result;
}

} // namespace Galley
