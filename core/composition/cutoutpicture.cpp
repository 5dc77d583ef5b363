#include "core/composition/cutoutpicture.h"
#include "core/composition/planes.h"

#include "core/imaging/colormath.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace Galley {

namespace {

/// Pixels around the picture. An outline that touches the edge ends there; a picture that is cut off opaque goes on.
constexpr int margin = 2;

Plane toPlane(const QImage &picture)
{
    Plane plane(picture.width() + 2 * margin, picture.height() + 2 * margin);
    for (int y = -margin; y < picture.height() + margin; ++y) {
        const uchar *in = picture.constScanLine(std::clamp(y, 0, picture.height() - 1));
        Vec *out = plane.row(y + margin);
        for (int x = -margin; x < picture.width() + margin; ++x) {
            const uchar *p = in + std::clamp(x, 0, picture.width() - 1) * 4;
            const bool inside = x >= 0 && y >= 0 && x < picture.width() && y < picture.height();
            out[x + margin] = inside || p[3] > 250 ? Vec{float(p[0]), float(p[1]), float(p[2]), float(p[3])} : vec(0);
        }
    }
    return plane;
}

/// Least and greatest value of each channel around each pixel. Colours are straight, and what is transparent has none.
struct Range
{
    Plane low;
    Plane high;
};

Range rangeAround(const Plane &source, int height)
{
    constexpr int reach = 2;
    Plane straightLow(source.width, height);
    Plane straightHigh(source.width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < source.width; ++x) {
            const Vec p = source.row(y)[x];
            const float alpha = p[3];
            const bool colored = alpha > 48;
            const Vec straight = least(p * vec(colored ? 255 / alpha : 0), vec(255));
            straightLow.row(y)[x] = colored ? Vec{straight[0], straight[1], straight[2], alpha} : Vec{255, 255, 255, alpha};
            straightHigh.row(y)[x] = colored ? Vec{straight[0], straight[1], straight[2], alpha} : Vec{0, 0, 0, alpha};
        }
    }
    Range range{Plane(source.width, height), Plane(source.width, height)};
    for (int y = 0; y < height; ++y) { // across
        for (int x = 0; x < source.width; ++x) {
            Vec low = straightLow.row(y)[x];
            Vec high = straightHigh.row(y)[x];
            for (int k = std::max(0, x - reach); k <= std::min(source.width - 1, x + reach); ++k) {
                low = least(low, straightLow.row(y)[k]);
                high = greatest(high, straightHigh.row(y)[k]);
            }
            range.low.row(y)[x] = low;
            range.high.row(y)[x] = high;
        }
    }
    straightLow = range.low;
    straightHigh = range.high;
    for (int y = 0; y < height; ++y) { // down
        for (int k = std::max(0, y - reach); k <= std::min(height - 1, y + reach); ++k) {
            for (int x = 0; x < source.width; ++x) {
                range.low.row(y)[x] = least(range.low.row(y)[x], straightLow.row(k)[x]);
                range.high.row(y)[x] = greatest(range.high.row(y)[x], straightHigh.row(k)[x]);
            }
        }
    }
    return range;
}

Plane linearAcross(const Plane &source, int height, const std::vector<Taps> &taps)
{
    Plane result(int(taps.size()), height);
    for (int y = 0; y < height; ++y) {
        const Vec *in = source.row(y);
        Vec *out = result.row(y);
        for (const Taps &tap : taps)
            *out++ = in[tap.index[1]] + (in[tap.index[2]] - in[tap.index[1]]) * vec(tap.share);
    }
    return result;
}

/// Steepens \a value about the middle of [low, high]; keeps to that range, so that nothing rings. What hardly differs, such as
/// compression noise, stays as it is.
Vec steepened(Vec value, Vec low, Vec high, Vec gain)
{
    const Vec clear = least(greatest((high - low - vec(16)) * vec(1 / 64.0F), vec(0)), vec(1));
    gain = vec(1) + (gain - vec(1)) * clear;
    const Vec middle = (low + high) * vec(0.5F);
    return least(greatest(middle + (value - middle) * gain, low), greatest(high, low));
}

void writePixel(uchar *out, Vec pixel, Vec low, Vec high, Vec gain)
{
    const float alpha = pixel[3];
    if (alpha < 0.5F && high[3] < 1) {
        out[0] = out[1] = out[2] = out[3] = 0;
        return;
    }
    Vec straight = pixel * vec(255 / std::max(alpha, 1.0F));
    straight[3] = alpha;
    const Vec steep = steepened(straight, low, high, gain);
    const Vec factor = vec(steep[3] / 255);
    const Vec result = least(greatest(steep * factor, vec(0)), vec(steep[3])) + vec(0.5F);
    out[0] = uchar(result[0]);
    out[1] = uchar(result[1]);
    out[2] = uchar(result[2]);
    out[3] = uchar(std::clamp(steep[3], 0.0F, 255.0F) + 0.5F);
}

/// The box of all pixels whose alpha is above \a alpha; empty when none is.
QRect boxAbove(const QImage &picture, int alpha)
{
    int left = picture.width();
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int y = 0; y < picture.height(); ++y) {
        const uchar *line = picture.constScanLine(y);
        int first = 0;
        while (first < picture.width() && line[first * 4 + 3] <= alpha)
            ++first;
        if (first == picture.width())
            continue;
        int last = picture.width() - 1;
        while (line[last * 4 + 3] <= alpha)
            --last;
        left = std::min(left, first);
        right = std::max(right, last);
        top = top < 0 ? y : top;
        bottom = y;
    }
    return right < 0 ? QRect() : QRect(QPoint(left, top), QPoint(right, bottom));
}

/// A picture at a larger size, of which any part can be had.
class Enlargement
{
public:
    Enlargement(const QImage &picture, const QSize &size)
        : m_size(size)
        , m_taps(splineTaps(picture.height(), size.height(), margin))
    {
        // The spline smooths the steps of an antialiased outline, and what it softens is steepened afterwards.
        const std::vector<Taps> across = splineTaps(picture.width(), size.width(), margin);
        const int from = picture.height() + 2 * margin;
        const Plane source = toPlane(picture);
        const Range around = rangeAround(source, from);
        m_rows = cubicAcross(source, from, across);
        m_lows = linearAcross(around.low, from, across);
        m_highs = linearAcross(around.high, from, across);
        const float scale = std::sqrt(float(size.width()) / float(picture.width()) * float(size.height()) / float(picture.height()));
        const float colorGain = std::clamp(0.4F + scale * 0.7F, 1.2F, 4.0F);
        m_gain = Vec{colorGain, colorGain, colorGain, std::clamp(0.5F + scale * 0.9F, 1.4F, 10.0F)};
    }

    QImage part(const QRect &area) const
    {
        QImage result(area.size(), QImage::Format_RGBA8888_Premultiplied);
        for (int y = 0; y < area.height(); ++y) {
            const Taps &tap = m_taps[std::size_t(area.y() + y)];
            const Vec *in[4] = {m_rows.row(tap.index[0]), m_rows.row(tap.index[1]), m_rows.row(tap.index[2]), m_rows.row(tap.index[3])};
            const Vec *low[2] = {m_lows.row(tap.index[1]), m_lows.row(tap.index[2])};
            const Vec *high[2] = {m_highs.row(tap.index[1]), m_highs.row(tap.index[2])};
            const Vec weight[4] = {vec(tap.weight[0]), vec(tap.weight[1]), vec(tap.weight[2]), vec(tap.weight[3])};
            const Vec share = vec(tap.share);
            uchar *out = result.scanLine(y);
            for (int x = area.left(); x <= area.right(); ++x, out += 4) {
                writePixel(out, in[0][x] * weight[0] + in[1][x] * weight[1] + in[2][x] * weight[2] + in[3][x] * weight[3],
                           low[0][x] + (low[1][x] - low[0][x]) * share, high[0][x] + (high[1][x] - high[0][x]) * share, m_gain);
            }
        }
        return result;
    }

    /// The box of all pixels whose alpha is above \a alpha, from outside inwards: a few rows and columns mostly.
    QRect shown(int alpha) const
    {
        const auto shows = [&](const QRect &line) { return !boxAbove(part(line), alpha).isEmpty(); };
        QRect box(QPoint(), m_size);
        while (!box.isEmpty() && !shows({box.left(), box.top(), box.width(), 1}))
            box.setTop(box.top() + 1);
        while (!box.isEmpty() && !shows({box.left(), box.bottom(), box.width(), 1}))
            box.setBottom(box.bottom() - 1);
        while (!box.isEmpty() && !shows({box.left(), box.top(), 1, box.height()}))
            box.setLeft(box.left() + 1);
        while (!box.isEmpty() && !shows({box.right(), box.top(), 1, box.height()}))
            box.setRight(box.right() - 1);
        return box;
    }

private:
    QSize m_size;
    std::vector<Taps> m_taps;
    Plane m_rows{0, 0};
    Plane m_lows{0, 0};
    Plane m_highs{0, 0};
    Vec m_gain{};
};

/// Table look-ups instead of powers: a recolouring of a cut-out while a colour is dragged takes a few milliseconds.
class GammaTables
{
public:
    GammaTables()
    {
        for (int i = 0; i < 256; ++i)
            m_linear[std::size_t(i)] = i <= 10 ? i / 255.0 / 12.92 : std::pow((i / 255.0 + 0.055) / 1.055, 2.4);
        for (int i = 0; i <= steps; ++i) {
            const double v = double(i) / steps;
            m_gamma[std::size_t(i)] = v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
        }
    }
    /// Straight OKLab of a premultiplied pixel.
    OkLab labOf(const uchar *pixel) const
    {
        const auto linear = [&](int c) { return m_linear[std::size_t(std::min(255, (pixel[c] * 255 + pixel[3] / 2) / pixel[3]))]; };
        return linearToOkLab(linear(0), linear(1), linear(2));
    }
    void write(uchar *pixel, const OkLab &lab) const
    {
        double linear[3];
        okLabToLinear(lab, linear);
        for (int c = 0; c < 3; ++c) {
            const double gamma = m_gamma[std::size_t(std::clamp(linear[c], 0.0, 1.0) * steps + 0.5)];
            pixel[c] = uchar(gamma * pixel[3] + 0.5);
        }
    }

private:
    static constexpr int steps = 8192;
    std::array<double, 256> m_linear;
    std::array<double, steps + 1> m_gamma;
};

const GammaTables &tables()
{
    static const GammaTables result;
    return result;
}

double hueDistance(const OkLab &lab, double hue)
{
    return std::fabs(std::remainder(std::atan2(lab.b, lab.a) - hue, 2 * std::numbers::pi));
}

/// How a picture is coloured.
struct Dominant
{
    OkLab color;
    double hue = 0;
    bool neutral = true;  ///< no hue that shows on a fair part of it
};

/// Below, a colour counts as grey.
constexpr double leastChroma = 0.035;
/// Hues within this angle of the strongest one count as the same thing, up to twice of it less and less.
constexpr double hueReach = 0.55;

struct LabPixel
{
    OkLab lab;
    double weight;
};

std::vector<LabPixel> labPixels(const QImage &picture)
{
    std::vector<LabPixel> result;
    for (int y = 0; y < picture.height(); ++y) {
        const uchar *line = picture.constScanLine(y);
        for (int x = 0; x < picture.width(); ++x, line += 4) {
            if (line[3] >= 96)
                result.push_back({tables().labOf(line), line[3] / 255.0});
        }
    }
    return result;
}

double strongestHue(const std::vector<LabPixel> &pixels)
{
    constexpr int bins = 48;
    std::array<double, bins> weights{};
    for (const LabPixel &pixel : pixels) {
        const double chroma = std::hypot(pixel.lab.a, pixel.lab.b);
        if (chroma < leastChroma)
            continue;
        const double turn = std::atan2(pixel.lab.b, pixel.lab.a) / (2 * std::numbers::pi) + 1;
        weights[std::size_t(int(turn * bins) % bins)] += pixel.weight * chroma;
    }
    int best = 0;
    double most = -1;
    for (int i = 0; i < bins; ++i) {
        double sum = 0;
        for (int k = -2; k <= 2; ++k)
            sum += weights[std::size_t((i + k + bins) % bins)];
        if (sum > most) {
            most = sum;
            best = i;
        }
    }
    return std::remainder((best + 0.5) / bins * 2 * std::numbers::pi, 2 * std::numbers::pi);
}

Dominant dominantOf(const QImage &picture)
{
    const std::vector<LabPixel> pixels = labPixels(picture);
    Dominant result;
    result.hue = strongestHue(pixels);
    OkLab colored{};
    OkLab all{};
    double coloredWeight = 0;
    double allWeight = 0;
    for (const auto &[lab, weight] : pixels) {
        const bool counts = std::hypot(lab.a, lab.b) >= leastChroma && hueDistance(lab, result.hue) < hueReach;
        for (auto [sum, total, share] : {std::tuple(&all, &allWeight, weight), std::tuple(&colored, &coloredWeight, counts ? weight : 0)}) {
            sum->L += lab.L * share;
            sum->a += lab.a * share;
            sum->b += lab.b * share;
            *total += share;
        }
    }
    result.neutral = coloredWeight < 0.12 * allWeight || coloredWeight <= 0;
    const OkLab &sum = result.neutral ? all : colored;
    const double total = result.neutral ? allWeight : coloredWeight;
    if (total > 0)
        result.color = {sum.L / total, sum.a / total, sum.b / total};
    if (!result.neutral)
        result.hue = std::atan2(result.color.b, result.color.a);
    return result;
}

/// Lightness \a value after \a from has become \a to; black stays black and white stays white.
double movedLightness(double value, double from, double to)
{
    from = std::clamp(from, 0.12, 0.92);
    to = std::clamp(to, 0.05, 0.98);
    return value <= from ? value * to / from : 1 - (1 - value) * (1 - to) / (1 - from);
}

OkLab tinted(const OkLab &lab, const Dominant &from, const OkLab &to)
{
    const double L = movedLightness(lab.L, from.color.L, to.L);
    const double share = std::clamp(1.15 * (L * (1 - L)) / std::max(0.02, to.L * (1 - to.L)), 0.0, 1.0);
    return {L, to.a * share, to.b * share};
}

OkLab turned(const OkLab &lab, const Dominant &from, const OkLab &to)
{
    const double chroma = std::hypot(lab.a, lab.b);
    const double near = std::clamp(2 - hueDistance(lab, from.hue) / hueReach, 0.0, 1.0) * std::clamp(chroma / leastChroma, 0.0, 1.0);
    if (near <= 0)
        return lab;
    const double fromChroma = std::hypot(from.color.a, from.color.b);
    const double gain = std::clamp(std::hypot(to.a, to.b) / fromChroma, 0.0, 4.0);
    const double hue = std::atan2(lab.b, lab.a) + std::atan2(to.b, to.a) - from.hue;
    const OkLab full{movedLightness(lab.L, from.color.L, to.L), chroma * gain * std::cos(hue), chroma * gain * std::sin(hue)};
    return {std::lerp(lab.L, full.L, near), std::lerp(lab.a, full.a, near), std::lerp(lab.b, full.b, near)};
}

} // namespace

QRect visibleRect(const QImage &input)
{
    const QImage picture = input.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    const QRect all = boxAbove(picture, 8);
    const QRect body = boxAbove(picture, 96);
    if (all.isEmpty())
        return picture.rect();
    if (body.isEmpty())
        return all;
    // The rim of an outline vanishes when the outline is steepened; a wider fringe is a shadow or a glow and stays.
    constexpr int rim = 2;
    const auto side = [](int outer, int inner) { return std::abs(outer - inner) <= rim ? inner : outer; };
    return {QPoint(side(all.left(), body.left()), side(all.top(), body.top())),
            QPoint(side(all.right(), body.right()), side(all.bottom(), body.bottom()))};
}

QImage scaledCutout(const QImage &picture, const QSize &size)
{
    const QImage source = picture.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    if (source.isNull() || size.isEmpty() || size == source.size())
        return source;
    if (size.width() <= source.width() && size.height() <= source.height()) {
        return source.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
            .convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    }
    const Enlargement enlargement(source, size);
    constexpr int faint = 8;
    const QRect shown = enlargement.shown(faint);
    const auto isShort = [](int length, int wanted) { return wanted - length > 1 && wanted < 2 * length; };
    if ((!isShort(shown.width(), size.width()) && !isShort(shown.height(), size.height())) || boxAbove(source, faint) != source.rect())
        return enlargement.part(QRect(QPoint(), size));
    // A tip, or a side that is covered by half, was steepened away, as wide as the scale: what is left of the picture becomes as large as the whole.
    const double across = double(size.width()) / shown.width();
    const double down = double(size.height()) / shown.height();
    const QSize larger(int(std::lround(size.width() * across)), int(std::lround(size.height() * down)));
    return Enlargement(source, larger).part(QRect(QPoint(int(std::lround(shown.x() * across)), int(std::lround(shown.y() * down))), size));
}

QColor dominantColor(const QImage &picture)
{
    return fromOkLab(dominantOf(picture.convertToFormat(QImage::Format_RGBA8888_Premultiplied)).color);
}

QImage recolored(const QImage &picture, const QColor &target)
{
    QImage result = picture.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    const Dominant from = dominantOf(result);
    const OkLab to = toOkLab(target);
    for (int y = 0; y < result.height(); ++y) {
        uchar *pixel = result.scanLine(y);
        for (int x = 0; x < result.width(); ++x, pixel += 4) {
            if (pixel[3] == 0)
                continue;
            const OkLab lab = tables().labOf(pixel);
            tables().write(pixel, from.neutral ? tinted(lab, from, to) : turned(lab, from, to));
        }
    }
    return result;
}

} // namespace Galley
