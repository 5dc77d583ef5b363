#include "core/composition/grounds.h"

#include "core/imaging/colormath.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QRadialGradient>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace Galley {

namespace {

constexpr double pi = std::numbers::pi;

struct FamilyWords
{
    GroundFamily family;
    const char *name;
    const char *words;  ///< separated by spaces
};

constexpr std::array families{
    FamilyWords{GroundFamily::Plain, "plain", "plain solid flat"},
    FamilyWords{GroundFamily::Gradient, "gradient", "gradient sky dusk dawn sunset fade"},
    FamilyWords{GroundFamily::Glow, "glow", "glow glowing spotlight halo vignette"},
    FamilyWords{GroundFamily::Stripes, "stripes", "stripes striped stripe lines"},
    FamilyWords{GroundFamily::Dots, "dots", "dots dotted polka spots"},
    FamilyWords{GroundFamily::Sunburst, "sunburst", "sunburst rays sunrays burst"},
    FamilyWords{GroundFamily::Waves, "waves", "waves wavy sea ocean water"},
    FamilyWords{GroundFamily::Hills, "hills", "hills landscape mountains meadow field"},
    FamilyWords{GroundFamily::Confetti, "confetti", "confetti party celebration"},
    FamilyWords{GroundFamily::Grain, "grain", "grain grainy noise sand"},
    FamilyWords{GroundFamily::Paper, "paper", "paper canvas cardboard linen"},
    FamilyWords{GroundFamily::Bokeh, "bokeh", "bokeh lights blurred blur"},
};

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

/// A value in ±1 for a grid point, by integer hashing.
double lattice(int x, int y)
{
    quint32 h = quint32(x) * 0x8DA6B343U ^ quint32(y) * 0xD8163841U;
    h = (h ^ (h >> 13)) * 0x5BD1E995U;
    return double((h ^ (h >> 15)) & 0xFFFF) / 32767.5 - 1;
}

QColor shifted(const QColor &color, double lightness)
{
    OkLab lab = toOkLab(color);
    lab.L = std::clamp(lab.L + (lab.L + lightness > 1 ? -lightness : lightness), 0.0, 1.0);
    return fromOkLab(lab);
}

struct Ground
{
    QPainter &painter;
    QSizeF size;
    QList<QColor> colors;  ///< at least three
    Random random;
    double unit;           ///< a hundredth of the geometric mean side

    QRectF rect() const { return QRectF(QPointF(), size); }
    QColor color(int i) const { return colors.at(i % colors.size()); }
};

void paintGradient(Ground &g)
{
    QLinearGradient gradient(0, 0, g.size.width() * 0.25, g.size.height());
    for (int i = 0; i <= 8; ++i) // many stops: the way between the colours runs through OKLab
        gradient.setColorAt(i / 8.0, mixColors(g.color(0), g.color(1), i / 8.0));
    g.painter.fillRect(g.rect(), gradient);
}

void paintGlow(Ground &g)
{
    QRadialGradient gradient(g.size.width() * 0.5, g.size.height() * 0.46, std::hypot(g.size.width(), g.size.height()) * 0.55);
    for (int i = 0; i <= 8; ++i)
        gradient.setColorAt(i / 8.0, mixColors(g.color(1), g.color(0), std::pow(i / 8.0, 0.8)));
    g.painter.fillRect(g.rect(), gradient);
}

void paintStripes(Ground &g)
{
    g.painter.fillRect(g.rect(), g.color(0));
    const double width = g.unit * 7;
    const double reach = g.size.width() + g.size.height();
    g.painter.setBrush(g.color(1));
    for (double x = -g.size.height(); x < reach; x += 2 * width) {
        g.painter.drawPolygon(QPolygonF({QPointF(x, g.size.height()), QPointF(x + width, g.size.height()),
                                         QPointF(x + width + g.size.height(), 0), QPointF(x + g.size.height(), 0)}));
    }
}

void paintDots(Ground &g)
{
    g.painter.fillRect(g.rect(), g.color(0));
    g.painter.setBrush(g.color(1));
    const double pitch = g.unit * 6;
    int row = 0;
    for (double y = pitch / 2; y < g.size.height() + pitch; y += pitch, ++row) {
        for (double x = row % 2 ? pitch : pitch / 2; x < g.size.width() + pitch; x += pitch)
            g.painter.drawEllipse(QPointF(x, y), pitch * 0.18, pitch * 0.18);
    }
}

void paintSunburst(Ground &g)
{
    g.painter.fillRect(g.rect(), g.color(0));
    const QPointF centre(g.size.width() * 0.5, g.size.height() * 0.55);
    const double reach = std::hypot(g.size.width(), g.size.height());
    constexpr int rays = 18;
    g.painter.setBrush(g.color(1));
    for (int i = 0; i < rays; ++i) {
        const double from = (i - 0.25) * 2 * pi / rays - pi / 2;
        const double to = (i + 0.25) * 2 * pi / rays - pi / 2;
        g.painter.drawPolygon(QPolygonF({centre, centre + reach * QPointF(std::cos(from), std::sin(from)),
                                         centre + reach * QPointF(std::cos(to), std::sin(to))}));
    }
}

/// A band whose upper edge is a sum of two sines.
void paintBand(Ground &g, double top, double amplitude, double length, double phase, const QColor &color)
{
    QPainterPath path(QPointF(0, g.size.height()));
    const double step = std::max(2.0, g.unit * 0.5);
    for (double x = 0; x <= g.size.width() + step; x += step) {
        const double t = x / length * 2 * pi + phase;
        path.lineTo(x, top + amplitude * (std::sin(t) + 0.4 * std::sin(2.3 * t + 1)));
    }
    path.lineTo(g.size.width(), g.size.height());
    g.painter.setBrush(color);
    g.painter.drawPath(path);
}

void paintWaves(Ground &g)
{
    g.painter.fillRect(g.rect(), g.color(0));
    for (int i = 0; i < 5; ++i) {
        paintBand(g, g.size.height() * (0.62 + 0.08 * i), g.unit * 2, g.unit * 42, 1.7 * i,
                  mixColors(g.color(0), g.color(1), 0.35 + 0.16 * i));
    }
}

void paintHills(Ground &g)
{
    QLinearGradient sky(0, 0, 0, g.size.height());
    sky.setColorAt(0, g.color(0));
    sky.setColorAt(1, mixColors(g.color(0), QColor(Qt::white), 0.5));
    g.painter.fillRect(g.rect(), sky);
    g.painter.setBrush(mixColors(g.color(2), QColor(Qt::white), 0.55));
    g.painter.drawEllipse(QPointF(g.size.width() * 0.76, g.size.height() * 0.24), g.unit * 8, g.unit * 8);
    for (int i = 0; i < 3; ++i) {
        paintBand(g, g.size.height() * (0.62 + 0.12 * i), g.unit * (5 - i), g.unit * (95 - 20 * i), 2.1 * i + 0.6,
                  mixColors(g.color(0), g.color(1), 0.5 + 0.25 * i));
    }
}

void paintConfetti(Ground &g)
{
    g.painter.fillRect(g.rect(), g.color(0));
    const int count = int(g.size.width() * g.size.height() / (g.unit * g.unit * 55));
    for (int i = 0; i < count; ++i) {
        const QPointF at(g.random.next() * g.size.width(), g.random.next() * g.size.height());
        // Denser towards the edges, so that what lies in the middle stays readable.
        const double edge = std::max(std::fabs(at.x() / g.size.width() - 0.5), std::fabs(at.y() / g.size.height() - 0.5)) * 2;
        const double angle = g.random.next() * 180;
        const bool round = g.random.next() < 0.35;
        if (g.random.next() > edge * edge)
            continue;
        g.painter.save();
        g.painter.translate(at);
        g.painter.rotate(angle);
        g.painter.setBrush(g.color(1 + i % (int(g.colors.size()) - 1)));
        if (round)
            g.painter.drawEllipse(QPointF(), g.unit * 0.7, g.unit * 0.7);
        else
            g.painter.drawRoundedRect(QRectF(-g.unit * 1.1, -g.unit * 0.45, g.unit * 2.2, g.unit * 0.9), g.unit * 0.2, g.unit * 0.2);
        g.painter.restore();
    }
}

void paintBokeh(Ground &g)
{
    paintGradient(g);
    for (int i = 0; i < 34; ++i) {
        const QPointF at(g.random.next() * g.size.width(), g.random.next() * g.size.height());
        const double radius = g.unit * (3 + 10 * g.random.next());
        QColor color = mixColors(g.color(1 + i % (int(g.colors.size()) - 1)), QColor(Qt::white), 0.45);
        QRadialGradient light(at, radius);
        color.setAlphaF(0.10F + 0.16F * float(g.random.next()));
        light.setColorAt(0, color);
        light.setColorAt(0.86, color);
        color.setAlphaF(0);
        light.setColorAt(1, color);
        g.painter.setBrush(light);
        g.painter.drawEllipse(at, radius, radius);
    }
}

/// Adds \a amount (of 255) of fine noise, and for paper a slower unevenness, in units of the canvas so that scale does not matter.
void addNoise(QImage &image, double unit, double fine, double coarse)
{
    const double finePitch = unit * 0.22;
    const double coarsePitch = unit * 1.6;
    QList<int> fineX(image.width());
    for (int x = 0; x < image.width(); ++x)
        fineX[x] = int(x / finePitch);
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<quint32 *>(image.scanLine(y));
        const int fy = int(y / finePitch);
        const double cy = y / coarsePitch;
        for (int x = 0; x < image.width(); ++x) {
            double delta = fine * lattice(fineX.at(x), fy);
            if (coarse > 0) {
                const double cx = x / coarsePitch;
                const int ix = int(cx);
                const int iy = int(cy);
                const double top = std::lerp(lattice(ix + 7919, iy), lattice(ix + 7920, iy), cx - ix);
                const double bottom = std::lerp(lattice(ix + 7919, iy + 1), lattice(ix + 7920, iy + 1), cx - ix);
                delta += coarse * std::lerp(top, bottom, cy - iy);
            }
            const int d = int(std::lround(delta));
            const QRgb p = line[x];
            line[x] = qRgb(std::clamp(qRed(p) + d, 0, 255), std::clamp(qGreen(p) + d, 0, 255), std::clamp(qBlue(p) + d, 0, 255));
        }
    }
}

QList<QColor> groundColors(const QColor &base, const QList<QColor> &palette)
{
    QList<QColor> colors = palette.isEmpty() ? QList<QColor>{base} : palette;
    for (QColor &color : colors)
        color.setAlpha(255);
    if (colors.size() < 2)
        colors.append(shifted(colors.first(), -0.07));
    if (colors.size() < 3)
        colors.append(shifted(colors.first(), 0.12));
    return colors;
}

} // namespace

GroundFamily groundFamily(const QString &words)
{
    QString word;
    const QString text = words.toLower() + QLatin1Char(' ');
    for (const QChar c : text) {
        if (c.isLetter()) {
            word += c;
            continue;
        }
        for (const FamilyWords &entry : families) {
            if (!word.isEmpty() && QString::fromLatin1(entry.words).split(QLatin1Char(' ')).contains(word)
                && entry.family != GroundFamily::Plain)
                return entry.family;
        }
        word.clear();
    }
    return GroundFamily::Plain;
}

QString groundFamilyName(GroundFamily family)
{
    return QString::fromLatin1(families.at(std::size_t(family)).name);
}

QImage renderGround(const QString &words, const QColor &base, const QList<QColor> &palette, const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    const GroundFamily family = groundFamily(words);
    const double unit = std::sqrt(double(size.width()) * size.height()) / 100;
    const QList<QColor> colors = groundColors(base, palette);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        Ground ground{painter, QSizeF(size), colors, Random(words), unit};
        switch (family) {
        case GroundFamily::Gradient: paintGradient(ground); break;
        case GroundFamily::Glow: paintGlow(ground); break;
        case GroundFamily::Stripes: paintStripes(ground); break;
        case GroundFamily::Dots: paintDots(ground); break;
        case GroundFamily::Sunburst: paintSunburst(ground); break;
        case GroundFamily::Waves: paintWaves(ground); break;
        case GroundFamily::Hills: paintHills(ground); break;
        case GroundFamily::Confetti: paintConfetti(ground); break;
        case GroundFamily::Bokeh: paintBokeh(ground); break;
        case GroundFamily::Plain:
        case GroundFamily::Grain:
        case GroundFamily::Paper: image.fill(colors.first()); break;
        }
    }
    if (family == GroundFamily::Grain)
        addNoise(image, unit, 9, 0);
    else if (family == GroundFamily::Paper)
        addNoise(image, unit, 3, 4);
    return image;
}

} // namespace Galley
