#include "core/composition/cutoutlines.h"

#include "core/composition/planes.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

namespace Galley {

namespace {

/// Darker tones may be drawn lines.
constexpr double inkLightness = 0.42;
constexpr double inkChroma = 0.09;

/// Colour steps below this are shading, not an edge: the sum of three channels.
constexpr float leastStep = 46;
constexpr int stepReach = 4;

using Mask = std::vector<signed char>;

/// Marks connected parts of \a mask that have at most \a most pixels.
Mask smallParts(const Mask &mask, int width, int height, std::size_t most)
{
    Mask result(mask.size(), 0);
    Mask seen(mask.size(), 0);
    for (std::size_t start = 0; start < mask.size(); ++start) {
        if (!mask[start] || seen[start])
            continue;
        const std::vector<std::size_t> part = connectedPart(mask, width, height, start, seen);
        if (part.size() <= most) {
            for (const std::size_t i : part)
                result[i] = 1;
        }
    }
    return result;
}

/// The step of colour over a few pixels around one.
int stepAt(const QImage &picture, int x, int y)
{
    const int left = std::max(0, x - stepReach) * 4;
    const int right = std::min(picture.width() - 1, x + stepReach) * 4;
    const uchar *line = picture.constScanLine(y);
    const uchar *above = picture.constScanLine(std::max(0, y - stepReach));
    const uchar *below = picture.constScanLine(std::min(picture.height() - 1, y + stepReach));
    int across = 0;
    int down = 0;
    for (int c = 0; c < 3; ++c) {
        across += std::abs(line[right + c] - line[left + c]);
        down += std::abs(below[x * 4 + c] - above[x * 4 + c]);
    }
    return std::max(across, down);
}

} // namespace

std::vector<std::size_t> connectedPart(const std::vector<signed char> &mask, int width, int height, std::size_t start,
                                       std::vector<signed char> &seen)
{
    constexpr int steps[4][2] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
    std::vector<std::size_t> part{start};
    seen[start] = 1;
    for (std::size_t at = 0; at < part.size(); ++at) {
        const int x = int(part[at] % std::size_t(width));
        const int y = int(part[at] / std::size_t(width));
        for (const auto &step : steps) {
            if (x + step[0] < 0 || y + step[1] < 0 || x + step[0] >= width || y + step[1] >= height)
                continue;
            const std::size_t next = std::size_t(y + step[1]) * std::size_t(width) + std::size_t(x + step[0]);
            if (mask[next] && !seen[next]) {
                seen[next] = 1;
                part.push_back(next);
            }
        }
    }
    return part;
}

PointDistances::PointDistances(int width, int height, float reach)
    : m_width(width)
    , m_height(height)
    , m_stride((width + 7) / 4 * 4)
    , m_reach(reach)
    , m_squares(std::size_t(m_stride) * std::size_t(height), reach * reach)
{}

void PointDistances::add(float x, float y)
{
    const int left = std::max(0, int(x - m_reach));
    const int right = std::min(m_width - 1, int(x + m_reach) + 1);
    for (int row = std::max(0, int(y - m_reach)); row <= std::min(m_height - 1, int(y + m_reach) + 1); ++row) {
        const Vec down = vec((float(row) - y) * (float(row) - y));
        float *out = m_squares.data() + std::size_t(row) * std::size_t(m_stride) + left;
        Vec across = Vec{0, 1, 2, 3} + vec(float(left) - x);
        for (int column = left; column <= right; column += 4, out += 4) {
            Vec known;
            std::memcpy(&known, out, sizeof known);
            known = least(known, across * across + down);
            std::memcpy(out, &known, sizeof known);
            across += vec(4);
        }
    }
}

std::vector<float> PointDistances::distances() const
{
    std::vector<float> result(std::size_t(m_width) * std::size_t(m_height));
    for (int y = 0; y < m_height; ++y) {
        const float *in = m_squares.data() + std::size_t(y) * std::size_t(m_stride);
        for (int x = 0; x < m_width; ++x)
            result[std::size_t(y) * std::size_t(m_width) + std::size_t(x)] = std::sqrt(in[x]);
    }
    return result;
}

NearestPixels::NearestPixels(const std::vector<signed char> &mask, int width, int height)
    : m_width(width)
    , m_height(height)
    , m_pixels(mask.size())
{
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const std::size_t i = std::size_t(y) * std::size_t(width) + std::size_t(x);
            if (mask[i])
                m_pixels[i] = {short(x), short(y)};
        }
    }
    for (int y = 0; y < height; ++y)
        sweep(y, y - 1);
    for (int y = height - 1; y >= 0; --y)
        sweep(y, y + 1);
}

float NearestPixels::distance(int x, int y) const
{
    const Pixel pixel = at(x, y);
    return std::hypot(float(pixel.x - x), float(pixel.y - y));
}

/// From the row \a from, then along the row both ways.
void NearestPixels::sweep(int y, int from)
{
    Pixel *row = m_pixels.data() + std::size_t(y) * std::size_t(m_width);
    const auto offer = [y, row](int x, Pixel other) {
        Pixel &own = row[x];
        const int theirs = (other.x - x) * (other.x - x) + (other.y - y) * (other.y - y);
        if (theirs < (own.x - x) * (own.x - x) + (own.y - y) * (own.y - y))
            own = other;
    };
    if (from >= 0 && from < m_height) {
        const Pixel *other = m_pixels.data() + std::size_t(from) * std::size_t(m_width);
        for (int x = 0; x < m_width; ++x) {
            offer(x, other[x]);
            offer(x, other[std::max(0, x - 1)]);
            offer(x, other[std::min(m_width - 1, x + 1)]);
        }
    }
    for (int x = 1; x < m_width; ++x)
        offer(x, row[x - 1]);
    for (int x = m_width - 2; x >= 0; --x)
        offer(x, row[x + 1]);
}

std::vector<float> signedDistances(const std::vector<float> &values, int width, int height, float level, float reach)
{
    PointDistances points(width, height, reach);
    const auto at = [&](int x, int y) { return values[std::size_t(y) * std::size_t(width) + std::size_t(x)] - level; };
    for (int y = 0; y < height; ++y) {
        const float *row = values.data() + std::size_t(y) * std::size_t(width);
        const float *above = row - (y > 0 ? width : 0);
        const float *below = row + (y + 1 < height ? width : 0);
        for (int x = 0; x < width; ++x) {
            const bool inside = row[x] > level;
            const int left = std::max(0, x - 1);
            const int right = std::min(width - 1, x + 1);
            if ((row[left] > level) == inside && (row[right] > level) == inside && (above[x] > level) == inside && (below[x] > level) == inside)
                continue;
            // Along the gradient: a slanting edge lies where it is, not where the row meets it.
            const float gx = (row[right] - row[left]) / 2;
            const float gy = (below[x] - above[x]) / 2;
            const float steep = gx * gx + gy * gy;
            const float share = steep > 1e-6F ? (level - row[x]) / steep : 0;
            const float length = std::fabs(share) * std::sqrt(steep);
            const float kept = length > 1 ? share / length : share;
            points.add(float(x) + gx * kept, float(y) + gy * kept);
        }
    }
    std::vector<float> result = points.distances();
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (at(x, y) <= 0)
                result[std::size_t(y) * std::size_t(width) + std::size_t(x)] *= -1;
        }
    }
    return result;
}

namespace {

/// What lies far enough from other tones to be an area. The rest is thin: a line that somebody drew, a whisker, a seam.
Mask areasOf(const Tones &tones, float least)
{
    const int width = tones.width;
    const int height = tones.height;
    PointDistances points(width, height, least + 1);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            if (x + 1 < width && tones.label(x, y) != tones.label(x + 1, y))
                points.add(float(x) + 0.5F, float(y));
            if (y + 1 < height && tones.label(x, y) != tones.label(x, y + 1))
                points.add(float(x), float(y) + 0.5F);
        }
    }
    const std::vector<float> edges = points.distances();
    Mask cores(edges.size());
    for (std::size_t i = 0; i < cores.size(); ++i)
        cores[i] = tones.labels[i] == Tones::outside || edges[i] >= least;
    const NearestPixels nearest(cores, width, height);
    Mask areas(edges.size(), 0);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const NearestPixels::Pixel core = nearest.at(x, y);
            // Corners lie farther from the core than edges.
            areas[std::size_t(y) * std::size_t(width) + std::size_t(x)]
                = core.x >= 0 && nearest.distance(x, y) < 1.6F * least && tones.label(core.x, core.y) == tones.label(x, y);
        }
    }
    return areas;
}

std::size_t pairOf(signed char a, signed char b)
{
    return std::size_t(std::min(a, b)) * 16 + std::size_t(std::max(a, b));
}

/// How steep the picture is on average where two tones meet: a whole edge is a line, or none of it is.
std::vector<float> meanSteps(const QImage &picture, const Tones &tones, const std::vector<signed char> &labels)
{
    std::vector<float> sums(16 * 16, 0.0F);
    std::vector<float> counts(16 * 16, 0.0F);
    for (int y = 0; y + 1 < tones.height; ++y) {
        for (int x = 0; x + 1 < tones.width; ++x) {
            const std::size_t i = std::size_t(y) * std::size_t(tones.width) + std::size_t(x);
            for (const std::size_t next : {i + 1, i + std::size_t(tones.width)}) {
                if (labels[i] == labels[next] || labels[i] == Tones::outside || labels[next] == Tones::outside)
                    continue;
                sums[pairOf(labels[i], labels[next])] += float(stepAt(picture, x, y));
                counts[pairOf(labels[i], labels[next])] += 1;
            }
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] /= std::max(1.0F, counts[i]);
    return sums;
}

} // namespace

CutoutLines linesOf(const QImage &picture, const Tones &tones, const std::vector<float> &depth, float stroke)
{
    const int width = tones.width;
    const int height = tones.height;
    const auto index = [&](int x, int y) { return std::size_t(y) * std::size_t(width) + std::size_t(x); };
    const Mask areas = areasOf(tones, stroke / 2);
    CutoutLines result;
    Mask spots(areas.size(), 0);
    std::size_t opaque = 0;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const signed char label = tones.labels[i];
        if (label == Tones::outside)
            continue;
        ++opaque;
        const OkLab &color = tones.tones[std::size_t(label)].color;
        spots[i] = areas[i] && color.L < inkLightness && std::hypot(color.a, color.b) < inkChroma;
    }
    result.inked = smallParts(spots, width, height, opaque / 60);
    // The sides of what is thin are taken for those of its neighbours, which meet in its middle: one line, not two.
    const NearestPixels sides(areas, width, height);
    std::vector<signed char> labels = tones.labels;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const NearestPixels::Pixel side = sides.at(x, y);
            if (!areas[index(x, y)] && side.x >= 0)
                labels[index(x, y)] = tones.label(side.x, side.y);
        }
    }
    const std::vector<float> steps = meanSteps(picture, tones, labels);
    Mask seeds(labels.size(), 0);
    PointDistances lines(width, height, 9);
    const auto isLine = [&](int x, int y, int dx, int dy) {
        const std::size_t a = index(x, y);
        const std::size_t b = index(x + dx, y + dy);
        if (labels[a] == Tones::outside || labels[b] == Tones::outside || depth[a] < 0 || depth[b] < 0)
            return false;
        if (labels[a] != labels[b])
            return steps[pairOf(labels[a], labels[b])] >= leastStep || float(stepAt(picture, x, y)) >= 2.5F * leastStep;
        if (areas[a] || areas[b])
            return false;
        // A line through one colour: its two sides are far from each other.
        const NearestPixels::Pixel p = sides.at(x, y);
        const NearestPixels::Pixel q = sides.at(x + dx, y + dy);
        return std::hypot(float(p.x - q.x), float(p.y - q.y)) > std::max(2.2F, 1.6F * sides.distance(x, y));
    };
    const auto forEachPair = [&](auto call) {
        for (int y = 0; y + 1 < height; ++y) {
            for (int x = 0; x + 1 < width; ++x) {
                call(x, y, 1, 0);
                call(x, y, 0, 1);
            }
        }
    };
    forEachPair([&](int x, int y, int dx, int dy) {
        if (isLine(x, y, dx, dy))
            seeds[index(x, y)] = seeds[index(x + dx, y + dy)] = 1;
    });
    const Mask specks = smallParts(seeds, width, height, std::size_t(4 * stroke));
    forEachPair([&](int x, int y, int dx, int dy) {
        const std::size_t a = index(x, y);
        const std::size_t b = index(x + dx, y + dy);
        if (!seeds[a] || !seeds[b] || specks[a] || specks[b] || !isLine(x, y, dx, dy))
            return;
        lines.add(float(x) + float(dx) / 2, float(y) + float(dy) / 2);
    });
    result.distances = lines.distances();
    return result;
}

} // namespace Galley
