#include "core/composition/planes.h"

#include <algorithm>
#include <cmath>

namespace Galley {

std::vector<Taps> splineTaps(int from, int to, int margin)
{
    return splineTaps(from, to, margin, 0, from);
}

std::vector<Taps> splineTaps(int from, int to, int margin, double first, double length)
{
    std::vector<Taps> taps(static_cast<std::size_t>(to));
    for (int i = 0; i < to; ++i) {
        const double position = first + (i + 0.5) * length / to - 0.5;
        const int base = int(std::floor(position));
        const float t = float(position - base);
        Taps &tap = taps[std::size_t(i)];
        tap.share = t;
        const float u = 1 - t;
        tap.weight = {u * u * u / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * u * u * u - 6 * u * u + 4) / 6, t * t * t / 6};
        for (int k = 0; k < 4; ++k)
            tap.index[std::size_t(k)] = std::clamp(base - 1 + k, -margin, from - 1 + margin) + margin;
    }
    return taps;
}

Plane cubicAcross(const Plane &source, int height, const std::vector<Taps> &taps)
{
    Plane result(int(taps.size()), height);
    for (int y = 0; y < height; ++y) {
        const Vec *in = source.row(y);
        Vec *out = result.row(y);
        for (const Taps &tap : taps) {
            *out++ = in[tap.index[0]] * vec(tap.weight[0]) + in[tap.index[1]] * vec(tap.weight[1])
                     + in[tap.index[2]] * vec(tap.weight[2]) + in[tap.index[3]] * vec(tap.weight[3]);
        }
    }
    return result;
}

namespace {

/// Tap by tap over whole rows, which the compiler makes four and more at a time of.
template<typename Pixel>
void blurByTaps(Pixel *pixels, int width, int height, float sigma)
{
    const int reach = std::max(1, int(std::ceil(sigma * 2.3F)));
    std::vector<float> weights(std::size_t(reach) + 1);
    float sum = 0;
    for (int k = 0; k <= reach; ++k) {
        weights[std::size_t(k)] = std::exp(-float(k * k) / (2 * sigma * sigma));
        sum += weights[std::size_t(k)] * (k == 0 ? 1.0F : 2.0F);
    }
    for (float &weight : weights)
        weight /= sum;
    const auto row = [&](Pixel *of, int y) { return of + std::size_t(y) * std::size_t(width); };
    std::vector<Pixel> line(std::size_t(width + 2 * reach), Pixel{});
    for (int y = 0; y < height; ++y) {
        Pixel *out = row(pixels, y);
        std::copy(out, out + width, line.begin() + reach);
        const Pixel *in = line.data() + reach;
        for (int x = 0; x < width; ++x)
            out[x] = in[x] * weights[0];
        for (int k = 1; k <= reach; ++k) {
            const float weight = weights[std::size_t(k)];
            for (int x = 0; x < width; ++x)
                out[x] += (in[x - k] + in[x + k]) * weight;
        }
    }
    std::vector<Pixel> source(pixels, pixels + std::size_t(width) * std::size_t(height));
    for (int y = 0; y < height; ++y) {
        Pixel *out = row(pixels, y);
        const Pixel *middle = row(source.data(), y);
        for (int x = 0; x < width; ++x)
            out[x] = middle[x] * weights[0];
        for (int k = 1; k <= reach; ++k) {
            const float weight = weights[std::size_t(k)];
            for (const int from : {y - k, y + k}) {
                if (from < 0 || from >= height)
                    continue;
                const Pixel *in = row(source.data(), from);
                for (int x = 0; x < width; ++x)
                    out[x] += in[x] * weight;
            }
        }
    }
}

/// Three running means across and three down come close to a Gaussian, at the same cost for any width.
void blurByBoxes(Plane &plane, int height, float sigma)
{
    const int radius = std::max(1, int(std::lround((std::sqrt(4 * sigma * sigma + 1) - 1) / 2)));
    const int width = plane.width;
    const Vec share = vec(1.0F / float(2 * radius + 1));
    std::vector<Vec> line(std::size_t(width + 2 * radius + 1), vec(0));
    for (int y = 0; y < height; ++y) {
        Vec *row = plane.row(y);
        for (int pass = 0; pass < 3; ++pass) {
            std::copy(row, row + width, line.begin() + radius + 1);
            Vec sum = vec(0);
            for (int i = 1; i <= 2 * radius; ++i)
                sum += line[std::size_t(i)];
            for (int x = 0; x < width; ++x) {
                sum += line[std::size_t(x + 2 * radius + 1)];
                row[x] = sum * share;
                sum -= line[std::size_t(x + 1)];
            }
        }
    }
    for (int pass = 0; pass < 3; ++pass) {
        const Plane source = plane;
        std::vector<Vec> sums(std::size_t(width), vec(0));
        const auto add = [&](int y, float sign) {
            if (y < 0 || y >= height)
                return;
            const Vec *row = source.row(y);
            for (int x = 0; x < width; ++x)
                sums[std::size_t(x)] += row[x] * vec(sign);
        };
        for (int y = 0; y < radius; ++y)
            add(y, 1);
        for (int y = 0; y < height; ++y) {
            add(y + radius, 1);
            Vec *out = plane.row(y);
            for (int x = 0; x < width; ++x)
                out[x] = sums[std::size_t(x)] * share;
            add(y - radius, -1);
        }
    }
}

} // namespace

void blur(Plane &plane, int height, float sigma)
{
    if (sigma > 2.5F)
        blurByBoxes(plane, height, sigma);
    else
        blurByTaps(plane.pixels.data(), plane.width, height, sigma);
}

void blur(std::vector<float> &values, int width, int height, float sigma)
{
    blurByTaps(values.data(), width, height, sigma);
}

} // namespace Galley
