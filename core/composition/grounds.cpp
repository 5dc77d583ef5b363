#include "core/composition/grounds.h"

#include "core/imaging/colormath.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>
#include <array>
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

/// Three channels of 8.8 fixed point in one word (red highest), so that a pixel is one addition.
using Fixed = quint64;

Fixed toFixed(const Rgb &color)
{
    const auto channel = [](float value) { return Fixed(std::clamp(value, 0.0F, 255.0F) * 256); };
    return channel(color.r) << 32 | channel(color.g) << 16 | channel(color.b);
}

/// Thresholds that round a fixed-point colour up or down by chance of its fraction: slow gradients show no bands.
class Dither
{
public:
    Dither()
    {
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x)
                m_rows[std::size_t(y)][std::size_t(x)] = (hashed(quint32(x), quint32(y) + 77777U) & 0xFF) * 0x000100010001ULL;
        }
    }
    /// What pixel (\a x, \a y) adds to a Fixed.
    Fixed at(int x, int y) const { return m_rows[std::size_t(y) % side][std::size_t(x) % side]; }

private:
    static constexpr int side = 64;
    std::array<std::array<Fixed, side>, side> m_rows;
};

const Dither &dither()
{
    static const Dither result;
    return result;
}

QRgb toPixel(Fixed color, int x, int y)
{
    const Fixed rounded = color + dither().at(x, y);
    return 0xFF000000U | (quint32(rounded >> 24) & 0xFF0000U) | (quint32(rounded >> 16) & 0xFF00U) | (quint32(rounded >> 8) & 0xFFU);
}

/// A way through some colours in OKLab, bent by a curve, as a table.
class Ramp
{
public:
    template<typename Curve>
    Ramp(const QList<QColor> &colors, Curve curve)
        : m_table(entries)
    {
        for (int i = 0; i < entries; ++i) {
            const double t = std::clamp(double(curve(double(i) / (entries - 1))), 0.0, 1.0) * double(colors.size() - 1);
            const int from = std::min(int(t), int(colors.size()) - 2);
            m_table[std::size_t(i)] = toFixed(toRgb(mixColors(colors.at(from), colors.at(from + 1), t - from)));
        }
    }
    explicit Ramp(const QList<QColor> &colors)
        : Ramp(colors, [](double t) { return t; })
    {}
    Fixed at(float t) const { return m_table[std::size_t(std::clamp(t, 0.0F, 1.0F) * (entries - 1) + 0.5F)]; }

private:
    static constexpr int entries = 1024;
    std::vector<Fixed> m_table;
};

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

/// Every pixel of \a image from \a ramp at \a position(x, y).
template<typename Position>
void shade(QImage &image, const Ramp &ramp, Position position)
{
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<quint32 *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x)
            line[x] = toPixel(ramp.at(position(float(x) + 0.5F, float(y) + 0.5F)), x, y);
    }
}

/// Shades by the squared distance from \a centre, as a share of the squared \a reach: no root for each pixel, the ramp's curve
/// takes it.
void shadeAround(QImage &image, const Ramp &ramp, const QPointF &centre, double reach)
{
    const float cx = float(centre.x());
    const float cy = float(centre.y());
    const float scale = float(1 / (reach * reach));
    shade(image, ramp, [=](float x, float y) { return ((x - cx) * (x - cx) + (y - cy) * (y - cy)) * scale; });
}

void paintGradient(Ground &g)
{
    const double angle = g.says("horizontal") ? 0.0 : (g.says("diagonal") ? pi / 4 : pi * 0.46);
    const double length = std::cos(angle) * g.width + std::sin(angle) * g.height;
    const float dx = float(std::cos(angle) / length);
    const float dy = float(std::sin(angle) / length);
    shade(g.image, Ramp(g.colors.mid(0, std::clamp(g.given, 2, 4))), [=](float x, float y) { return x * dx + y * dy; });
}

void paintGlow(Ground &g)
{
    QList<QColor> colors = g.colors.mid(0, std::clamp(g.given, 2, 3));
    if (g.given < 2)
        colors = {g.color(0), g.color(2)};
    std::reverse(colors.begin(), colors.end());
    const Ramp ramp(colors, [](double squared) {
        const double t = std::sqrt(squared);
        return t * t * (3 - 2 * t);
    });
    shadeAround(g.image, ramp, QPointF(g.width * 0.5, g.height * 0.45), std::hypot(g.width, g.height) * 0.56);
}

void paintStraightStripes(Ground &g, double width, int kinds)
{
    Shapes painter(g.image);
    const bool down = g.says("vertical");
    const double length = down ? g.width : g.height;
    const double step = length / (2 * std::max(1.0, std::round(length / (2 * width))) + 1); // both edges look alike
    int i = 0;
    for (double at = step; at < length - step / 2; at += 2 * step, ++i)
        painter.fillRect(down ? QRectF(at, 0, step, g.height) : QRectF(0, at, g.width, step), g.color(1 + i % kinds));
}

void paintStripes(Ground &g)
{
    g.image.fill(g.color(0));
    const double width = g.unit * (g.says("thin") || g.says("fine") ? 2.2 : 6.5);
    const int kinds = std::max(1, g.given - 1);
    if (g.says("horizontal") || g.says("vertical")) {
        paintStraightStripes(g, width, kinds);
        return;
    }
    // Along x + y every row is the row above, one pixel on: one long row serves all.
    const double across = width * std::numbers::sqrt2;
    const int total = g.image.width() + g.image.height();
    std::vector<QRgb> pattern(static_cast<std::size_t>(total));
    for (int n = 0; n < total; ++n) {
        const double at = (n + 1) / across; // the pixel's middle, in stripes
        const int stripe = int(at);
        const double edge = std::min(at - stripe, stripe + 1 - at) * across / std::numbers::sqrt2; // pixels to the nearest edge
        const double inside = std::min(1.0, 0.5 + edge / std::numbers::sqrt2 * 1.4);
        const auto colorOf = [&](int s) { return s % 2 ? g.color(1 + s / 2 % kinds) : g.color(0); };
        const int other = at - stripe < 0.5 ? std::max(0, stripe - 1) : stripe + 1;
        const QColor own = colorOf(stripe);
        const QColor next = colorOf(other);
        const auto mix = [&](int x, int y) { return int(std::lround(x * inside + y * (1 - inside))); };
        pattern[std::size_t(n)] = qRgb(mix(own.red(), next.red()), mix(own.green(), next.green()), mix(own.blue(), next.blue()));
    }
    for (int y = 0; y < g.image.height(); ++y)
        std::copy_n(pattern.begin() + y, g.image.width(), g.line(y));
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

Fixed mixedFixed(Fixed below, Fixed above, float share)
{
    const quint64 a = quint64(share * 256 + 0.5F);
    const auto channel = [&](int shift) {
        return ((((below >> shift) & 0xFFFF) * (256 - a) + ((above >> shift) & 0xFFFF) * a) >> 8) << shift;
    };
    return channel(32) | channel(16) | channel(0);
}

/// Sectors of equal angle around a point; tells each pixel of a row, from left to right, how far inside its sector it lies.
/// Along a row the angle only grows or only falls, so that the sector is known from the pixel before: no arc tangent.
class Sectors
{
public:
    explicit Sectors(int count)
    {
        for (int k = 0; k < count; ++k) {
            const double angle = (k - 0.5) * 2 * pi / count - pi / 2; // a sector's middle points straight up
            m_directions.push_back({float(std::cos(angle)), float(std::sin(angle))});
        }
    }

    void startRow(float dx, float dy)
    {
        const double turn = (std::atan2(double(dy), double(dx)) + pi / 2) / (2 * pi) * double(m_directions.size()) + 0.5;
        m_current = int(std::floor(turn) + double(m_directions.size())) % int(m_directions.size());
        m_step = dy < 0 ? 1 : -1;
    }

    /// Moves on to the sector of (dx, dy); returns the pixels to its nearest side.
    float enter(float dx, float dy)
    {
        const int count = int(m_directions.size());
        float low = beyond(m_current, dx, dy);
        float high = -beyond((m_current + 1) % count, dx, dy);
        for (int guard = 0; guard < count && (m_step > 0 ? high < 0 : low < 0); ++guard) {
            m_current = (m_current + m_step + count) % count;
            low = beyond(m_current, dx, dy);
            high = -beyond((m_current + 1) % count, dx, dy);
        }
        return std::max(0.0F, std::min(low, high));
    }

    int current() const { return m_current; }

private:
    struct Direction
    {
        float x;
        float y;
    };

    float beyond(int k, float dx, float dy) const
    {
        const Direction &d = m_directions[std::size_t(k)];
        return d.x * dy - d.y * dx;
    }

    std::vector<Direction> m_directions;
    int m_current = 0;
    int m_step = 1;
};

void paintSunburst(Ground &g)
{
    // The rays melt together around the centre and grow clearer outwards: calm where things stand, lively at the edge.
    const float cx = float(g.width * 0.5);
    const float cy = float(g.height * 0.54);
    const double reach = std::hypot(g.width, g.height);
    const double inner = g.unit * 10 / reach;
    const double outer = g.unit * 46 / reach;
    const auto clearer = [&](double squared) {
        const double t = std::clamp((std::sqrt(squared) - inner) / outer, 0.0, 1.0);
        return 0.15 + 0.85 * t * (2 - t);
    };
    const QColor heart = mixColors(g.color(0), g.color(1), 0.5);
    const Ramp ramps[2] = {Ramp({heart, g.color(1)}, clearer), Ramp({heart, g.color(0)}, clearer)};
    const float scale = float(1 / (reach * reach));
    Sectors sectors(40);
    for (int y = 0; y < g.image.height(); ++y) {
        quint32 *line = g.line(y);
        const float dy = float(y) + 0.5F - cy;
        sectors.startRow(0.5F - cx, dy);
        for (int x = 0; x < g.image.width(); ++x) {
            const float dx = float(x) + 0.5F - cx;
            const float inside = 0.5F + sectors.enter(dx, dy);
            const float squared = (dx * dx + dy * dy) * scale;
            const int kind = sectors.current() % 2;
            Fixed color = ramps[kind].at(squared);
            if (inside < 1)
                color = mixedFixed(ramps[1 - kind].at(squared), color, inside);
            line[x] = toPixel(color, x, y);
        }
    }
}

/// A rolling edge with its own colour from the edge down.
struct Band
{
    std::vector<float> edge;  ///< height for each column
    Ramp ramp;                ///< from the edge down
    float depth = 1;          ///< how far down the colour changes
};

Band makeBand(const Ground &g, const QColor &color, double top, double amplitude, double length, double phase)
{
    Band band{std::vector<float>(std::size_t(g.image.width())), Ramp({mixColors(color, Qt::white, 0.05), color}),
              float(g.height * 0.15)};
    for (std::size_t x = 0; x < band.edge.size(); ++x) {
        const double t = double(x) / length * 2 * pi + phase;
        band.edge[x] = float(top + amplitude * (std::sin(t) + 0.35 * std::sin(2.3 * t + 1)));
    }
    return band;
}

/// \a bands, back to front, over \a sky. The edges are so flat that coverage down the column is smooth.
void paintBands(Ground &g, const Ramp &sky, const std::vector<Band> &bands)
{
    std::vector<float> peaks;
    for (const Band &band : bands)
        peaks.push_back(*std::min_element(band.edge.begin(), band.edge.end()));
    for (int y = 0; y < g.image.height(); ++y) {
        quint32 *line = g.line(y);
        const Fixed back = sky.at(float(y) / float(g.height));
        const float lower = float(y) + 1;
        const auto reached = std::size_t(std::count_if(peaks.begin(), peaks.end(), [&](float peak) { return peak < lower; }));
        for (int x = 0; x < g.image.width(); ++x) {
            std::size_t front = reached; // the front band that covers the pixel hides all behind it
            while (front > 0 && lower - bands[front - 1].edge[std::size_t(x)] < 1)
                --front;
            Fixed color = back;
            if (front > 0)
                color = bands[front - 1].ramp.at((lower - bands[front - 1].edge[std::size_t(x)]) / bands[front - 1].depth);
            for (std::size_t i = front; i < reached; ++i) {
                const float covered = lower - bands[i].edge[std::size_t(x)];
                if (covered > 0)
                    color = mixedFixed(color, bands[i].ramp.at(0), covered);
            }
            line[x] = toPixel(color, x, y);
        }
    }
}

void paintWaves(Ground &g)
{
    std::vector<Band> bands;
    for (int i = 0; i < 5; ++i) {
        bands.push_back(makeBand(g, mixColors(g.color(0), g.color(1), 0.30 + 0.175 * i), g.height * (0.60 + 0.085 * i),
                                 g.unit * (1.5 + 0.25 * i), g.unit * (38 + 7 * i), 1.9 * i));
    }
    paintBands(g, Ramp({g.color(0), mixColors(g.color(0), Qt::white, 0.35)}), bands);
}

void paintHills(Ground &g)
{
    std::vector<Band> bands;
    for (int i = 0; i < 4; ++i) { // far hills take the colour of the air
        bands.push_back(makeBand(g, mixColors(g.color(0), g.color(1), 0.40 + 0.2 * i), g.height * (0.60 + 0.09 * i),
                                 g.unit * (4.6 - 0.8 * i), g.unit * (92 - 13 * i), 2.1 * i + 0.6));
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
void paintDisc(Ground &g, const QPointF &at, double radius, const QColor &color, double alpha, double softness, double rim)
{
    constexpr int entries = 512;
    std::array<int, entries + 1> shares{}; // of 65536, by the squared distance
    const double fade = std::max(1.0, radius * softness);
    for (int i = 0; i < entries; ++i) {
        const double distance = std::sqrt(double(i) / entries);
        const double inside = std::clamp((1 - distance) * radius / fade, 0.0, 1.0);
        shares[std::size_t(i)] = int(std::min(1.0, alpha * inside * (1 + rim * std::clamp((distance - 0.75) * 4, 0.0, 1.0))) * 65536);
    }
    const int top = std::max(0, int(at.y() - radius) - 1);
    const int bottom = std::min(g.image.height() - 1, int(at.y() + radius) + 1);
    const int left = std::max(0, int(at.x() - radius) - 1);
    const int right = std::min(g.image.width() - 1, int(at.x() + radius) + 1);
    const float scale = float(entries / (radius * radius));
    const int light[3] = {color.red(), color.green(), color.blue()};
    for (int y = top; y <= bottom; ++y) {
        quint32 *line = g.line(y);
        const float dy = float(y) + 0.5F - float(at.y());
        for (int x = left; x <= right; ++x) {
            const float dx = float(x) + 0.5F - float(at.x());
            const int share = shares[std::size_t(std::min((dx * dx + dy * dy) * scale, float(entries)))];
            if (share == 0)
                continue;
            const int noise = int(dither().at(x, y) & 0xFF) << 8;
            const QRgb p = line[x];
            const auto mix = [&](int under, int over) { return ((under << 16) + (over - under) * share + noise) >> 16; };
            line[x] = qRgb(mix(qRed(p), light[0]), mix(qGreen(p), light[1]), mix(qBlue(p), light[2]));
        }
    }
}

void paintBokeh(Ground &g)
{
    // Dark, with a breath of the second colour from below.
    const Ramp ramp({g.color(0), mixColors(g.color(0), g.color(1), 0.35)}, [](double t) { return t * t; });
    const float length = float(g.height);
    shade(g.image, ramp, [=](float, float y) { return y / length; });
    const int kinds = std::max(1, std::max(g.given, 2) - 1);
    for (int i = 0; i < 44; ++i) {
        const double across = g.random.next();
        const double down = g.random.next();
        const double size = g.random.next();
        const double radius = g.unit * (1.6 + 9 * size * size);
        const QColor color = mixColors(g.color(1 + i % kinds), Qt::white, 0.2);
        paintDisc(g, QPointF(across * g.width, (1 - down * down) * g.height), radius, color,
                  0.09 + 0.17 * g.random.next(), 0.05 + 0.5 * g.random.next() * g.random.next(), 0.35);
    }
}

/// One layer of smooth random unevenness, made row by row.
class NoiseLayer
{
public:
    NoiseLayer(int width, double pitch, float amount, int salt)
        : m_pitch(pitch)
        , m_amount(amount)
        , m_salt(salt)
        , m_above(std::size_t(width / pitch) + 3)
        , m_below(m_above.size())
        , m_row(m_above.size())
        , m_cell(std::size_t(width), 0)
        , m_share(std::size_t(width), 0.0F)
    {
        for (int x = 0; x < width; ++x) {
            m_cell[std::size_t(x)] = int(x / pitch);
            m_share[std::size_t(x)] = ease(float(x / pitch - int(x / pitch)));
        }
    }

    void addRow(int y, std::vector<float> &sum)
    {
        const int cell = int(y / m_pitch);
        if (cell != m_current) {
            m_current = cell;
            for (std::size_t i = 0; i < m_above.size(); ++i) {
                m_above[i] = lattice(int(i) + m_salt, cell) * m_amount;
                m_below[i] = lattice(int(i) + m_salt, cell + 1) * m_amount;
            }
        }
        const float share = ease(float(y / m_pitch - cell));
        for (std::size_t i = 0; i < m_row.size(); ++i)
            m_row[i] = m_above[i] + (m_below[i] - m_above[i]) * share;
        for (std::size_t x = 0; x < sum.size(); ++x) {
            const float *at = m_row.data() + m_cell[x];
            sum[x] += at[0] + (at[1] - at[0]) * m_share[x];
        }
    }

private:
    static float ease(float t) { return t * t * (3 - 2 * t); }

    double m_pitch;
    float m_amount;
    int m_salt;
    int m_current = -1;
    std::vector<float> m_above;
    std::vector<float> m_below;
    std::vector<float> m_row;
    std::vector<int> m_cell;
    std::vector<float> m_share;
};

void addNoise(Ground &g, std::vector<NoiseLayer> layers)
{
    std::vector<float> sum(std::size_t(g.image.width()));
    for (int y = 0; y < g.image.height(); ++y) {
        std::fill(sum.begin(), sum.end(), 0.0F);
        for (NoiseLayer &layer : layers)
            layer.addRow(y, sum);
        quint32 *line = g.line(y);
        for (int x = 0; x < g.image.width(); ++x) {
            const int delta = int(sum[std::size_t(x)] + 512.5F) - 512;
            const QRgb p = line[x];
            line[x] = qRgb(std::clamp(qRed(p) + delta, 0, 255), std::clamp(qGreen(p) + delta, 0, 255),
                           std::clamp(qBlue(p) + delta, 0, 255));
        }
    }
}

/// A surface of the first colour, a little darker towards the corners.
void paintSurface(Ground &g)
{
    const float cx = float(g.width) / 2;
    const float cy = float(g.height) / 2;
    shade(g.image, Ramp({g.color(0), g.color(0), shifted(g.color(0), -0.035)}),
          [=](float x, float y) { return ((x - cx) * (x - cx) / (cx * cx) + (y - cy) * (y - cy) / (cy * cy)) / 2; });
}

void paintGrain(Ground &g)
{
    paintSurface(g);
    addNoise(g, {NoiseLayer(g.image.width(), std::max(1.0, g.unit * 0.17), 9, 101)});
}

void paintPaper(Ground &g)
{
    paintSurface(g);
    const int width = g.image.width();
    addNoise(g, {NoiseLayer(width, std::max(1.0, g.unit * 3.1), 3.2F, 211), NoiseLayer(width, std::max(1.0, g.unit * 0.9), 2.4F, 307),
                 NoiseLayer(width, std::max(1.0, g.unit * 0.2), 4.5F, 401)});
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
