#include "core/composition/grounds.h"

#include "core/imaging/colormath.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace Galley {

namespace {

constexpr double pi = std::numbers::pi;

/// SplitMix64: small, and the same everywhere.
class Random
{
public:
    explicit Random(const QString &seed)
    {
        for (const QChar c : seed)
            m_state = (m_state ^ c.unicode()) * 0x100000001B3ULL;
    }
    double next()
    {
        m_state += 0x9E3779B97F4A7C15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return double((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
    }

private:
    quint64 m_state = 0xCBF29CE484222325ULL;
};

quint32 hashed(quint32 x, quint32 y)
{
    quint32 h = x * 0x8DA6B343U ^ y * 0xD8163841U;
    h = (h ^ (h >> 13)) * 0x5BD1E995U;
    return h ^ (h >> 15);
}

/// A value in ±1 for a grid point.
float lattice(int x, int y)
{
    return float(hashed(quint32(x), quint32(y)) & 0xFFFF) / 32767.5F - 1;
}

/// Rounds up or down by chance of the fraction, so that slow gradients do not show bands.
int dithered(float value, int x, int y)
{
    return std::clamp(int(value + float(hashed(quint32(x), quint32(y) + 77777U) & 0xFF) / 256.0F), 0, 255);
}

struct Rgb
{
    float r = 0;
    float g = 0;
    float b = 0;
};

Rgb toRgb(const QColor &color)
{
    return {color.redF() * 255, color.greenF() * 255, color.blueF() * 255};
}

Rgb mixed(const Rgb &a, const Rgb &b, float t)
{
    return {a.r + (b.r - a.r) * t, a.g + (b.g - a.g) * t, a.b + (b.b - a.b) * t};
}

/// A way through some colours in OKLab, as a table.
class Ramp
{
public:
    explicit Ramp(const QList<QColor> &colors)
        : m_table(entries)
    {
        for (int i = 0; i < entries; ++i) {
            const double at = double(i) / (entries - 1) * double(colors.size() - 1);
            const int from = std::min(int(at), int(colors.size()) - 2);
            m_table[std::size_t(i)] = toRgb(mixColors(colors.at(from), colors.at(from + 1), at - from));
        }
    }
    const Rgb &at(float t) const { return m_table[std::size_t(std::clamp(t, 0.0F, 1.0F) * (entries - 1) + 0.5F)]; }

private:
    static constexpr int entries = 768;
    std::vector<Rgb> m_table;
};

void putPixel(quint32 *line, int x, int y, const Rgb &color)
{
    line[x] = qRgb(dithered(color.r, x, y), dithered(color.g, x, y), dithered(color.b, x, y));
}

QColor shifted(const QColor &color, double lightness)
{
    OkLab lab = toOkLab(color);
    lab.L = std::clamp(lab.L + (lab.L + lightness > 1 || lab.L + lightness < 0 ? -lightness : lightness), 0.0, 1.0);
    return fromOkLab(lab);
}

/// What every family works on.
struct Ground
{
    QImage &image;
    QStringList words;
    QList<QColor> colors;  ///< at least three
    int given = 0;         ///< how many of them were asked for
    Random random;
    double width = 0;
    double height = 0;
    double unit = 0;       ///< a hundredth of the geometric mean side

    QColor color(int i) const { return colors.at(i % colors.size()); }
    quint32 *line(int y) { return reinterpret_cast<quint32 *>(image.scanLine(y)); }
    bool says(const char *word) const { return words.contains(QString::fromLatin1(word)); }
};

/// A painter for solid, antialiased shapes.
class Shapes : public QPainter
{
public:
    explicit Shapes(QImage &image)
        : QPainter(&image)
    {
        setRenderHint(QPainter::Antialiasing);
        setPen(Qt::NoPen);
    }
};

/// Every pixel from \a ramp at \a position(x, y).
template<typename Position>
void shade(Ground &g, const Ramp &ramp, Position position)
{
    for (int y = 0; y < g.image.height(); ++y) {
        quint32 *line = g.line(y);
        for (int x = 0; x < g.image.width(); ++x)
            putPixel(line, x, y, ramp.at(position(float(x) + 0.5F, float(y) + 0.5F)));
    }
}

void paintGradient(Ground &g)
{
    const double angle = g.says("horizontal") ? 0.0 : (g.says("diagonal") ? pi / 4 : pi * 0.46);
    const float dx = float(std::cos(angle));
    const float dy = float(std::sin(angle));
    const float length = dx * float(g.width) + dy * float(g.height);
    shade(g, Ramp(g.colors.mid(0, std::clamp(g.given, 2, 4))), [=](float x, float y) { return (x * dx + y * dy) / length; });
}

void paintGlow(Ground &g)
{
    QList<QColor> colors = g.colors.mid(0, std::clamp(g.given, 2, 3));
    if (g.given < 2)
        colors = {g.color(0), g.color(2)};
    std::reverse(colors.begin(), colors.end());
    const float cx = float(g.width) * 0.5F;
    const float cy = float(g.height) * 0.45F;
    const float reach = float(std::hypot(g.width, g.height)) * 0.56F;
    shade(g, Ramp(colors), [=](float x, float y) {
        const float t = std::min(1.0F, std::sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) / reach);
        return t * t * (3 - 2 * t);
    });
}

void paintStripes(Ground &g)
{
    g.image.fill(g.color(0));
    Shapes painter(g.image);
    const double width = g.unit * (g.says("thin") || g.says("fine") ? 2.2 : 6.5);
    const int kinds = std::max(1, g.given - 1);
    int i = 0;
    if (g.says("horizontal")) {
        for (double y = width; y < g.height; y += 2 * width)
            painter.fillRect(QRectF(0, y, g.width, width), g.color(1 + i++ % kinds));
        return;
    }
    if (g.says("vertical")) {
        const double step = g.width / (2 * std::max(1.0, std::round(g.width / (2 * width))) + 1); // both edges look alike
        for (double x = step; x < g.width - step / 2; x += 2 * step)
            painter.fillRect(QRectF(x, 0, step, g.height), g.color(1 + i++ % kinds));
        return;
    }
    const double across = width * std::numbers::sqrt2;
    for (double x = -g.height; x < g.width; x += 2 * across) {
        painter.setBrush(g.color(1 + i++ % kinds));
        painter.drawPolygon(QPolygonF({QPointF(x, g.height), QPointF(x + across, g.height), QPointF(x + across + g.height, 0),
                                       QPointF(x + g.height, 0)}));
    }
}

void paintDots(Ground &g)
{
    g.image.fill(g.color(0));
    Shapes painter(g.image);
    const int columns = std::max(2, int(std::lround(g.width / (g.unit * 8))));
    const double pitch = g.width / columns; // whole columns: left and right edge look alike
    const int kinds = std::max(1, g.given - 1);
    int row = 0;
    for (double y = pitch / 4; y < g.height + pitch; y += pitch / 2, ++row) {
        for (int i = 0; i <= columns; ++i) {
            painter.setBrush(g.color(1 + (row / 2 + i) % kinds));
            painter.drawEllipse(QPointF((i + (row % 2 ? 0.0 : 0.5)) * pitch, y), pitch * 0.13, pitch * 0.13);
        }
    }
}

void paintSunburst(Ground &g)
{
    const QPointF centre(g.width * 0.5, g.height * 0.54);
    const double reach = std::hypot(g.width, g.height);
    QImage mask(g.image.size(), QImage::Format_Grayscale8);
    mask.fill(0);
    {
        Shapes painter(mask);
        painter.setBrush(Qt::white);
        constexpr int rays = 20;
        for (int i = 0; i < rays; ++i) {
            const double from = (i - 0.25) * 2 * pi / rays - pi / 2;
            const double to = (i + 0.25) * 2 * pi / rays - pi / 2;
            painter.drawPolygon(QPolygonF({centre, centre + reach * QPointF(std::cos(from), std::sin(from)),
                                           centre + reach * QPointF(std::cos(to), std::sin(to))}));
        }
    }
    // The rays melt together around the centre and grow clearer outwards: calm where things stand, lively at the edge.
    const Rgb ground = toRgb(g.color(0));
    const Rgb ray = toRgb(g.color(1));
    const Rgb heart = toRgb(mixColors(g.color(0), g.color(1), 0.5));
    const float inner = float(g.unit) * 10;
    const float outer = float(g.unit) * 46;
    for (int y = 0; y < g.image.height(); ++y) {
        quint32 *line = g.line(y);
        const uchar *coverage = mask.constScanLine(y);
        const float dy = float(y) + 0.5F - float(centre.y());
        for (int x = 0; x < g.image.width(); ++x) {
            const float dx = float(x) + 0.5F - float(centre.x());
            const float t = std::clamp((std::sqrt(dx * dx + dy * dy) - inner) / outer, 0.0F, 1.0F);
            const Rgb flat = coverage[x] == 0     ? ground
                             : coverage[x] == 255 ? ray
                                                  : mixed(ground, ray, float(coverage[x]) / 255);
            putPixel(line, x, y, mixed(heart, flat, 0.15F + 0.85F * t * (2 - t)));
        }
    }
}

/// A rolling edge with its own colour from the edge down.
struct Band
{
    std::vector<float> edge;  ///< height for each column
    Rgb top;
    Rgb bottom;
    float depth = 1;          ///< how far down the colour changes
};

Band makeBand(const Ground &g, double top, double amplitude, double length, double phase)
{
    Band band;
    band.edge.resize(std::size_t(g.image.width()));
    for (std::size_t x = 0; x < band.edge.size(); ++x) {
        const double t = double(x) / length * 2 * pi + phase;
        band.edge[x] = float(top + amplitude * (std::sin(t) + 0.35 * std::sin(2.3 * t + 1)));
    }
    return band;
}

/// \a bands, back to front, over \a sky. The edges are so flat that coverage down the column is smooth.
void paintBands(Ground &g, const Ramp &sky, const std::vector<Band> &bands)
{
    for (int y = 0; y < g.image.height(); ++y) {
        quint32 *line = g.line(y);
        const Rgb back = sky.at(float(y) / float(g.height));
        for (int x = 0; x < g.image.width(); ++x) {
            Rgb color = back;
            std::size_t from = bands.size(); // the front band that covers the pixel hides all behind it
            while (from > 0 && float(y) - bands[from - 1].edge[std::size_t(x)] < 1)
                --from;
            for (std::size_t i = from > 0 ? from - 1 : 0; i < bands.size(); ++i) {
                const Band &band = bands[i];
                const float below = float(y) + 1 - band.edge[std::size_t(x)];
                if (below > 0)
                    color = mixed(color, mixed(band.top, band.bottom, std::min(1.0F, below / band.depth)), std::min(1.0F, below));
            }
            putPixel(line, x, y, color);
        }
    }
}

void paintWaves(Ground &g)
{
    std::vector<Band> bands;
    for (int i = 0; i < 5; ++i) {
        Band band = makeBand(g, g.height * (0.60 + 0.085 * i), g.unit * (1.5 + 0.25 * i), g.unit * (38 + 7 * i), 1.9 * i);
        const QColor color = mixColors(g.color(0), g.color(1), 0.30 + 0.175 * i);
        band.top = toRgb(mixColors(color, Qt::white, 0.05));
        band.bottom = toRgb(color);
        band.depth = float(g.height * 0.14);
        bands.push_back(band);
    }
    paintBands(g, Ramp({g.color(0), mixColors(g.color(0), Qt::white, 0.35)}), bands);
}

void paintHills(Ground &g)
{
    std::vector<Band> bands;
    for (int i = 0; i < 4; ++i) {
        Band band = makeBand(g, g.height * (0.60 + 0.09 * i), g.unit * (4.6 - 0.8 * i), g.unit * (92 - 13 * i), 2.1 * i + 0.6);
        const QColor color = mixColors(g.color(0), g.color(1), 0.40 + 0.2 * i); // far hills take the colour of the air
        band.top = toRgb(mixColors(color, Qt::white, 0.03));
        band.bottom = toRgb(i < 3 ? color : shifted(color, -0.05));
        band.depth = float(g.height * 0.16);
        bands.push_back(band);
    }
    paintBands(g, Ramp({g.color(0), mixColors(g.color(0), Qt::white, 0.55), mixColors(g.color(0), Qt::white, 0.75)}), bands);
    if (g.given < 3)
        return;
    Shapes painter(g.image);
    const QPointF sun(g.width * 0.78, g.height * 0.2);
    for (const auto &[radius, alpha] : {std::pair(11.0, 40), std::pair(9.0, 70), std::pair(7.0, 255)}) {
        QColor color = mixColors(g.color(2), Qt::white, 0.25);
        color.setAlpha(alpha);
        painter.setBrush(color);
        painter.drawEllipse(sun, g.unit * radius, g.unit * radius);
    }
}

void paintConfetti(Ground &g)
{
    g.image.fill(g.color(0));
    Shapes painter(g.image);
    const int count = int(g.width * g.height / (g.unit * g.unit * 24));
    const int kinds = std::max(1, int(g.colors.size()) - 1);
    for (int i = 0; i < count; ++i) {
        const QPointF at(g.random.next() * g.width, g.random.next() * g.height);
        const double edge = std::max(std::fabs(at.x() / g.width - 0.5), std::fabs(at.y() / g.height - 0.5)) * 2;
        const double angle = g.random.next() * 180;
        const double size = g.unit * (0.7 + 0.9 * g.random.next());
        const double shape = g.random.next();
        // Denser towards the edges, so that what lies in the middle stays readable.
        if (g.random.next() > 0.06 + 0.94 * std::pow(edge, 3.5))
            continue;
        painter.save();
        painter.translate(at);
        painter.rotate(angle);
        painter.setBrush(g.color(1 + i % kinds));
        if (shape < 0.3)
            painter.drawEllipse(QPointF(), size * 0.5, size * 0.5);
        else if (shape < 0.5)
            painter.drawPolygon(QPolygonF({QPointF(0, -size * 0.7), QPointF(size * 0.65, size * 0.5), QPointF(-size * 0.65, size * 0.5)}));
        else
            painter.drawRoundedRect(QRectF(-size, -size * 0.36, 2 * size, size * 0.72), size * 0.12, size * 0.12);
        painter.restore();
    }
}

/// Lays a disc of light over the picture; \a rim: how much brighter its edge is.
void paintDisc(Ground &g, const QPointF &at, double radius, const Rgb &color, float alpha, double softness, float rim)
{
    const int top = std::max(0, int(at.y() - radius) - 1);
    const int bottom = std::min(g.image.height() - 1, int(at.y() + radius) + 1);
    const int left = std::max(0, int(at.x() - radius) - 1);
    const int right = std::min(g.image.width() - 1, int(at.x() + radius) + 1);
    const float fade = float(std::max(1.0, radius * softness));
    for (int y = top; y <= bottom; ++y) {
        quint32 *line = g.line(y);
        for (int x = left; x <= right; ++x) {
            const float dx = float(x) + 0.5F - float(at.x());
            const float dy = float(y) + 0.5F - float(at.y());
            const float distance = std::sqrt(dx * dx + dy * dy);
            const float inside = std::clamp((float(radius) - distance) / fade, 0.0F, 1.0F);
            if (inside <= 0)
                continue;
            const float ring = rim * std::clamp((distance / float(radius) - 0.75F) * 4, 0.0F, 1.0F);
            const QRgb p = line[x];
            const Rgb under{float(qRed(p)), float(qGreen(p)), float(qBlue(p))};
            const float a = std::min(1.0F, (alpha + ring * alpha) * inside);
            putPixel(line, x, y, mixed(under, color, a));
        }
    }
}

void paintBokeh(Ground &g)
{
    // Dark, with a breath of the second colour from below.
    const Ramp ramp({g.color(0), mixColors(g.color(0), g.color(1), 0.35)});
    const float length = float(g.height);
    shade(g, ramp, [=](float, float y) { return y / length * y / length; });
    const int kinds = std::max(1, std::max(g.given, 2) - 1);
    for (int i = 0; i < 44; ++i) {
        const double across = g.random.next();
        const double down = g.random.next();
        const double size = g.random.next();
        const double radius = g.unit * (1.6 + 9 * size * size);
        const Rgb color = toRgb(mixColors(g.color(1 + i % kinds), Qt::white, 0.2));
        paintDisc(g, QPointF(across * g.width, (1 - down * down) * g.height), radius, color,
                  0.09F + 0.17F * float(g.random.next()), 0.05 + 0.5 * g.random.next() * g.random.next(), 0.35F);
    }
}

/// Adds smooth random unevenness of \a pitch pixels and ±\a amount.
void addNoise(Ground &g, double pitch, float amount, int salt)
{
    const int width = g.image.width();
    const int points = int(width / pitch) + 3;
    std::vector<int> cell(std::size_t(width), 0);
    std::vector<float> share(std::size_t(width), 0.0F);
    const auto ease = [](float t) { return t * t * (3 - 2 * t); };
    for (int x = 0; x < width; ++x) {
        cell[std::size_t(x)] = int(x / pitch);
        share[std::size_t(x)] = ease(float(x / pitch - int(x / pitch)));
    }
    std::vector<float> row(std::size_t(points), 0.0F);
    for (int y = 0; y < g.image.height(); ++y) {
        const int cellY = int(y / pitch);
        const float shareY = ease(float(y / pitch - cellY));
        for (int i = 0; i < points; ++i) {
            const float above = lattice(i + salt, cellY);
            row[std::size_t(i)] = (above + (lattice(i + salt, cellY + 1) - above) * shareY) * amount;
        }
        quint32 *line = g.line(y);
        for (int x = 0; x < width; ++x) {
            const float *at = row.data() + cell[std::size_t(x)];
            const float delta = at[0] + (at[1] - at[0]) * share[std::size_t(x)];
            const QRgb p = line[x];
            putPixel(line, x, y, {float(qRed(p)) + delta, float(qGreen(p)) + delta, float(qBlue(p)) + delta});
        }
    }
}

/// A surface of the first colour, a little darker towards the corners.
void paintSurface(Ground &g)
{
    const float cx = float(g.width) / 2;
    const float cy = float(g.height) / 2;
    shade(g, Ramp({g.color(0), g.color(0), shifted(g.color(0), -0.035)}),
          [=](float x, float y) { return ((x - cx) * (x - cx) / (cx * cx) + (y - cy) * (y - cy) / (cy * cy)) / 2; });
}

void paintGrain(Ground &g)
{
    paintSurface(g);
    addNoise(g, std::max(1.0, g.unit * 0.17), 9, 101);
}

void paintPaper(Ground &g)
{
    paintSurface(g);
    addNoise(g, g.unit * 3.1, 3.2F, 211);
    addNoise(g, g.unit * 0.9, 2.4F, 307);
    addNoise(g, std::max(1.0, g.unit * 0.2), 4.5F, 401);
}

bool hasPattern(GroundFamily family)
{
    return family != GroundFamily::Plain && family != GroundFamily::Grain && family != GroundFamily::Paper;
}

/// The colours to paint with: those asked for, then derived ones.
QList<QColor> groundColors(GroundFamily family, const QColor &base, const QList<QColor> &palette)
{
    QList<QColor> colors = palette;
    if (colors.isEmpty() || (colors.size() == 1 && hasPattern(family)))
        colors.prepend(base);
    for (QColor &color : colors)
        color.setAlpha(255);
    if (colors.size() == 2 && deltaE2000(colors.at(0), colors.at(1)) < 1)
        colors.removeLast(); // the pattern would not be seen
    return colors;
}

} // namespace

QImage renderGround(const QString &words, const QColor &base, const QList<QColor> &palette, const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    const GroundFamily family = groundFamily(words);
    QList<QColor> colors = groundColors(family, base, palette);
    const int given = int(colors.size());
    if (colors.size() < 2)
        colors.append(shifted(colors.first(), -0.06));
    if (colors.size() < 3)
        colors.append(shifted(colors.first(), 0.10));
    Ground ground{image, groundWords(words), colors, given, Random(words), double(size.width()), double(size.height()),
                  std::sqrt(double(size.width()) * size.height()) / 100};
    switch (family) {
    case GroundFamily::Plain: image.fill(colors.first()); break;
    case GroundFamily::Gradient: paintGradient(ground); break;
    case GroundFamily::Glow: paintGlow(ground); break;
    case GroundFamily::Stripes: paintStripes(ground); break;
    case GroundFamily::Dots: paintDots(ground); break;
    case GroundFamily::Sunburst: paintSunburst(ground); break;
    case GroundFamily::Waves: paintWaves(ground); break;
    case GroundFamily::Hills: paintHills(ground); break;
    case GroundFamily::Confetti: paintConfetti(ground); break;
    case GroundFamily::Grain: paintGrain(ground); break;
    case GroundFamily::Paper: paintPaper(ground); break;
    case GroundFamily::Bokeh: paintBokeh(ground); break;
    }
    return image;
}

} // namespace Galley
