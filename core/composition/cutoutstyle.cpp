#include "core/composition/cutoutstyle.h"

#include "core/composition/cutoutpicture.h"
#include "core/composition/cutoutsheets.h"
#include "core/composition/planes.h"
#include "core/imaging/colormath.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace Galley {

namespace {

CutoutManner mannerOf(const QString &style)
{
    const qsizetype index = StyledCutout::styles().indexOf(style);
    return index < 0 ? CutoutManner::None : CutoutManner(index + 1);
}

/// Dark without being black: what a printer would use for line art.
QColor defaultInk()
{
    return QColor(30, 32, 40);
}

/// A darker colour would not look lit.
constexpr double leastLight = 0.66;

Vec over(Vec top, Vec bottom)
{
    return top + bottom * vec(1 - top[3]);
}

float distanceOf(float byte)
{
    return CutoutSheets::distanceOf(byte);
}

Plane planeOf(const QImage &sheet)
{
    Plane plane(sheet.width(), sheet.height());
    for (int y = 0; y < sheet.height(); ++y) {
        const uchar *in = sheet.constScanLine(y);
        Vec *out = plane.row(y);
        for (int x = 0; x < sheet.width(); ++x, in += 4)
            out[x] = Vec{float(in[0]), float(in[1]), float(in[2]), float(in[3])};
    }
    return plane;
}

void write(uchar *out, Vec color)
{
    const Vec value = least(greatest(color, vec(0)), vec(1));
    const Vec bytes = least(value, vec(value[3])) * vec(255) + vec(0.5F);
    out[0] = uchar(bytes[0]);
    out[1] = uchar(bytes[1]);
    out[2] = uchar(bytes[2]);
    out[3] = uchar(bytes[3]);
}

} // namespace

struct StyledCutout::Data
{
    CutoutManner manner = CutoutManner::None;
    QImage picture;  ///< None and Sticker: at its own size
    QColor ink;
    std::optional<CutoutSheets> look;

    template<typename Pixel>
    QImage shaded(const QSize &size, Pixel pixel) const;
    QImage flat(const QSize &size) const;
    QImage paperCut(const QSize &size) const;
    QImage outline(const QSize &size) const;
    QImage silhouette(const QSize &size) const;
    QImage sticker(const QSize &size) const;
    QImage neon(const QSize &size) const;
    QImage halftone(const QSize &size) const;
};

/// Calls \a pixel(values, scale, x, y) for each pixel, with what the sheets hold there; scale is in pixels of the result.
template<typename Pixel>
QImage StyledCutout::Data::shaded(const QSize &size, Pixel pixel) const
{
    constexpr qsizetype mostSheets = 3;
    const QRectF &frame = look->frame;
    const QSize from = look->sheets.constFirst().size();
    const std::vector<Taps> tapsX = splineTaps(from.width(), size.width(), 0, frame.left(), frame.width());
    const std::vector<Taps> tapsY = splineTaps(from.height(), size.height(), 0, frame.top(), frame.height());
    std::vector<Plane> rows;
    for (const QImage &sheet : look->sheets)
        rows.push_back(cubicAcross(planeOf(sheet), from.height(), tapsX));
    const float scale = float(std::sqrt(size.width() / frame.width() * size.height() / frame.height()));
    QImage result(size, QImage::Format_RGBA8888_Premultiplied);
    for (int y = 0; y < size.height(); ++y) {
        const Taps &tap = tapsY[std::size_t(y)];
        const Vec *in[mostSheets][4] = {};
        for (std::size_t s = 0; s < rows.size(); ++s) {
            for (std::size_t k = 0; k < 4; ++k)
                in[s][k] = rows[s].row(tap.index[k]);
        }
        const Vec weight[4] = {vec(tap.weight[0]), vec(tap.weight[1]), vec(tap.weight[2]), vec(tap.weight[3])};
        uchar *out = result.scanLine(y);
        for (int x = 0; x < size.width(); ++x, out += 4) {
            Vec values[mostSheets];
            for (std::size_t s = 0; s < rows.size(); ++s)
                values[s] = in[s][0][x] * weight[0] + in[s][1][x] * weight[1] + in[s][2][x] * weight[2] + in[s][3][x] * weight[3];
            write(out, pixel(values, scale, x, y));
        }
    }
    return result;
}

QImage StyledCutout::Data::silhouette(const QSize &size) const
{
    const Vec color = solid(ink.isValid() ? ink : defaultInk());
    return shaded(size, [&](const Vec *values, float scale, int, int) { return color * vec(covered(distanceOf(values[0][0]) * scale)); });
}

QImage StyledCutout::Data::flat(const QSize &size) const
{
    Vec colors[8];
    for (std::size_t i = 0; i < 8; ++i)
        colors[i] = i < look->tones.size() ? solid(fromOkLab(look->tones[i])) : vec(0);
    const int count = int(look->tones.size());
    return shaded(size, [&](const Vec *values, float scale, int, int) {
        const float alpha = covered(distanceOf(values[1][3]) * scale);
        if (alpha <= 0)
            return vec(0);
        int best = 0;
        int second = 0;
        float most = -1;
        float next = -1;
        for (int i = 0; i < count; ++i) {
            const float share = values[i / 4][i % 4];
            if (share > most) {
                next = most;
                second = best;
                most = share;
                best = i;
            } else if (share > next) {
                next = share;
                second = i;
            }
        }
        const float mine = covered((most - next) / (255 * CutoutSheets::shareSlope) * scale);
        return (colors[best] * vec(mine) + colors[second] * vec(1 - mine)) * vec(alpha);
    });
}

QImage StyledCutout::Data::paperCut(const QSize &size) const
{
    Vec colors[5];
    for (std::size_t i = 0; i < 5; ++i)
        colors[i] = i < look->tones.size() ? solid(fromOkLab(look->tones[i])) : vec(0);
    const int count = int(look->tones.size());
    constexpr float darkness = 0.42F;
    return shaded(size, [&](const Vec *values, float scale, int, int) {
        const float alpha = covered(distanceOf(values[2][0]) * scale);
        const Vec below{0, 0, 0, values[2][1] / 255};
        if (alpha <= 0)
            return below;
        Vec color = colors[0];
        for (int i = 1; i < count; ++i) {
            const float shadow = 1 - darkness * values[1][i - 1] / 255;
            color *= Vec{shadow, shadow, shadow, 1};
            const float mine = covered((2 * values[0][i - 1] / 255 - 1) / CutoutSheets::shareSlope * scale);
            color = colors[i] * vec(mine) + color * vec(1 - mine);
        }
        return over(color * vec(alpha), below);
    });
}

QImage StyledCutout::Data::outline(const QSize &size) const
{
    const QColor color = ink.isValid() ? ink : defaultInk();
    const Vec line = solid(color);
    // Light lines would not show on white: they lie on nothing.
    const Vec paper = contrastRatio(color, Qt::white) >= 1.8 ? vec(1) : vec(0);
    return shaded(size, [&](const Vec *values, float scale, int, int) {
        const float alpha = covered(distanceOf(values[0][0]) * scale);
        const float drawn = covered(distanceOf(values[0][1]) * scale);
        return (line * vec(drawn) + paper * vec(1 - drawn)) * vec(alpha);
    });
}

QImage StyledCutout::Data::sticker(const QSize &size) const
{
    const double across = size.width() / look->frame.width();
    const double down = size.height() / look->frame.height();
    const int left = int(std::lround((look->drawn.left() - look->frame.left()) * across));
    const int top = int(std::lround((look->drawn.top() - look->frame.top()) * down));
    const QSize part(std::max(1, int(std::lround(look->drawn.width() * across))), std::max(1, int(std::lround(look->drawn.height() * down))));
    const QImage drawn = scaledCutout(picture, part);
    return shaded(size, [&](const Vec *values, float scale, int x, int y) {
        const float rim = covered(distanceOf(values[0][0]) * scale);
        Vec result = over(vec(rim), Vec{0.05F, 0.06F, 0.1F, 1} * vec(values[0][1] / 255));
        if (x >= left && y >= top && x - left < part.width() && y - top < part.height()) {
            const uchar *p = drawn.constScanLine(y - top) + (x - left) * 4;
            if (p[3] > 0)
                result = over(Vec{float(p[0]), float(p[1]), float(p[2]), float(p[3])} * vec(1 / 255.0F), result);
        }
        return result;
    });
}

QImage StyledCutout::Data::neon(const QSize &size) const
{
    const bool inked = ink.isValid();
    const OkLab lab = toOkLab(inked ? ink : QColor(Qt::white));
    const Vec wish = inked ? solid(fromOkLab({std::max(lab.L, leastLight), lab.a, lab.b})) : vec(0);
    return shaded(size, [&](const Vec *values, float scale, int, int) {
        const float body = covered(distanceOf(values[1][0]) * scale);
        const float halo = std::min(1.0F, values[1][1] / 255 * 1.1F);
        const float wide = std::min(1.0F, values[1][2] / 255 * 1.3F);
        Vec color = inked ? wish : values[0] * vec(1 / 255.0F);
        color[3] = 1;
        const float tube = distanceOf(values[0][3]);
        const float lit = covered(tube * scale);
        const float core = std::clamp((tube - 0.2F * CutoutSheets::tubeWidth) / (0.18F * CutoutSheets::tubeWidth), 0.0F, 1.0F);
        // A dark plate behind the tubes: they glow on white paper too.
        const Vec plate = Vec{0.055F, 0.05F, 0.11F, 1} * vec(0.94F * body);
        const float glow = 1 - (1 - 0.75F * halo) * (1 - 0.55F * wide);
        Vec result = over(color * vec(glow), plate);
        result = over(color * vec(lit), result);
        return over(vec(0.8F * core * lit), result);
    });
}

QImage StyledCutout::Data::halftone(const QSize &size) const
{
    const bool inked = ink.isValid();
    const bool isLight = inked && contrastRatio(ink, Qt::white) < 1.8;  // light ink prints the lights, on nothing
    const Vec wish = inked ? solid(ink) : vec(0);
    const OkLab lab = inked ? toOkLab(ink) : OkLab();
    const Vec tint = isLight ? vec(0) : solid(fromOkLab(OkLab{std::lerp(lab.L, 1.0, 0.9), lab.a * 0.1, lab.b * 0.1}));
    const float turn = std::numbers::pi_v<float> * std::numbers::sqrt2_v<float> / CutoutSheets::screenPitch;
    const auto waves = [&](int pixels, double length) {
        std::vector<float> result(static_cast<std::size_t>(pixels));
        for (int i = 0; i < pixels; ++i)
            result[std::size_t(i)] = std::cos(turn * ((float(i) + 0.5F) / float(pixels) - 0.5F) * float(length));
        return result;
    };
    const std::vector<float> across = waves(size.width(), look->frame.width());
    const std::vector<float> down = waves(size.height(), look->frame.height());
    return shaded(size, [&](const Vec *values, float scale, int x, int y) {
        const float alpha = covered(distanceOf(values[1][3]) * scale);
        if (alpha <= 0)
            return vec(0);
        const float screen = 0.5F + 0.5F * across[std::size_t(x)] * down[std::size_t(y)];
        const float tone = isLight ? 1 - values[0][3] / 255 : values[0][3] / 255;
        const float dot = covered((screen - (1 - tone)) * 0.45F * CutoutSheets::screenPitch * scale);
        Vec dots = inked ? wish : values[1] * vec(1 / 255.0F);
        Vec paper = inked ? tint : values[0] * vec(1 / 255.0F);
        if (!inked)
            dots[3] = paper[3] = 1;
        return (dots * vec(dot) + paper * vec(1 - dot)) * vec(alpha);
    });
}

QStringList StyledCutout::styles()
{
    return {QStringLiteral("flat"), QStringLiteral("outline"), QStringLiteral("silhouette"), QStringLiteral("sticker"),
            QStringLiteral("neon"), QStringLiteral("paper cut"), QStringLiteral("halftone")};
}

StyledCutout::StyledCutout(const QImage &picture, const QString &style, const QColor &ink)
{
    const auto data = std::make_shared<Data>();
    d = data;
    data->manner = mannerOf(style);
    data->ink = ink;
    if (picture.isNull())
        return;
    QRect visible = visibleRect(picture);
    if (data->manner != CutoutManner::None)
        visible.adjust(-1, -1, 1, 1);  // an antialiased rim ends beyond the last pixel that is half there
    QImage whole = picture.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    const bool isColored = data->manner == CutoutManner::None || data->manner == CutoutManner::Flat || data->manner == CutoutManner::Sticker
                           || data->manner == CutoutManner::PaperCut;
    if (isColored && ink.isValid())
        whole = recolored(whole, ink);
    if (data->manner == CutoutManner::None || data->manner == CutoutManner::Sticker)
        data->picture = whole.copy(visible);
    if (data->manner != CutoutManner::None)
        data->look.emplace(whole, visible, data->manner, ink.isValid());
}

QSize StyledCutout::size() const
{
    // In small parts of a pixel, so that the ratio is right.
    return d->look ? (d->look->frame.size() * 16).toSize().expandedTo({1, 1}) : d->picture.size();
}

qsizetype StyledCutout::bytes() const
{
    qsizetype sum = d->picture.sizeInBytes();
    if (d->look) {
        for (const QImage &sheet : d->look->sheets)
            sum += sheet.sizeInBytes();
    }
    return sum;
}

QImage StyledCutout::rendered(const QSize &size) const
{
    if (StyledCutout::size().isEmpty() || size.isEmpty())
        return {};
    if (!d->look)
        return scaledCutout(d->picture, size);
    // Smaller than it was looked at: drawn at that size, then averaged.
    const QSize own = d->look->frame.size().toSize().expandedTo({1, 1});
    const bool isSmall = std::max(size.width(), size.height()) < std::max(own.width(), own.height());
    const QSize drawn = isSmall ? own : size;
    const QImage result = [&] {
        switch (d->manner) {
        case CutoutManner::Flat: return d->flat(drawn);
        case CutoutManner::Outline: return d->outline(drawn);
        case CutoutManner::Silhouette: return d->silhouette(drawn);
        case CutoutManner::Sticker: return d->sticker(drawn);
        case CutoutManner::Neon: return d->neon(drawn);
        case CutoutManner::PaperCut: return d->paperCut(drawn);
        case CutoutManner::Halftone: return d->halftone(drawn);
        case CutoutManner::None: break;
        }
        return QImage();
    }();
    return isSmall ? scaledCutout(result, size) : result;
}

} // namespace Galley
