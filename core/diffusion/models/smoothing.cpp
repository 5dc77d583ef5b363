#include "core/diffusion/models/smoothing.h"

#include <ATen/Parallel.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/im2col.h>
#include <ATen/ops/replication_pad2d.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace Galley::Diffusion {

namespace {

constexpr std::int64_t radius = 2;
constexpr std::int64_t side = 2 * radius + 1;
constexpr std::int64_t channels = 4;
constexpr double spread = 1.5;      // pixels
constexpr double tolerance = 0.09;  // distance of two colours
constexpr std::int64_t leastRows = 16;  // for a thread

// The same loop for what vectors a processor has, chosen at its first call.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define GALLEY_VECTORS __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define GALLEY_VECTORS
#endif

float nearness(std::int64_t dy, std::int64_t dx)
{
    return static_cast<float>(std::exp(-static_cast<double>(dy * dy + dx * dx) / (2 * spread * spread)));
}

/// Planes with their edges repeated, and the sums of one row.
struct Planes
{
    std::int64_t height, width, stride;
    std::vector<float> values;

    const float *row(std::int64_t channel, std::int64_t y) const  // y from −radius
    {
        return values.data() + (channel * (height + 2 * radius) + y + radius) * stride + radius;
    }
};

Planes padded(const float *picture, std::int64_t height, std::int64_t width)
{
    Planes planes{height, width, width + 2 * radius, {}};
    planes.values.reserve(static_cast<std::size_t>(channels * (height + 2 * radius) * planes.stride));
    for (std::int64_t channel = 0; channel < channels; ++channel) {
        for (std::int64_t y = -radius; y < height + radius; ++y) {
            const float *const from = picture + (channel * height + std::clamp<std::int64_t>(y, 0, height - 1)) * width;
            planes.values.insert(planes.values.end(), radius, from[0]);
            planes.values.insert(planes.values.end(), from, from + width);
            planes.values.insert(planes.values.end(), radius, from[width - 1]);
        }
    }
    return planes;
}

/// Adds what the pixels \a other count for those of \a own, \a sums: of the four channels, then of the weights.
GALLEY_VECTORS void addNeighbours(const std::array<const float *, channels> &own, const std::array<const float *, channels> &other, float near,
                   const std::array<float *, channels + 1> &sums, std::int64_t width)
{
    constexpr auto sharpness = static_cast<float>(1 / (tolerance * tolerance));
    const float *__restrict const o0 = own[0], *__restrict const o1 = own[1], *__restrict const o2 = own[2], *__restrict const o3 = own[3];
    const float *__restrict const n0 = other[0], *__restrict const n1 = other[1], *__restrict const n2 = other[2], *__restrict const n3 = other[3];
    float *__restrict const s0 = sums[0], *__restrict const s1 = sums[1], *__restrict const s2 = sums[2], *__restrict const s3 = sums[3];
    float *__restrict const total = sums[4];
    for (std::int64_t x = 0; x < width; ++x) {
        const float d0 = n0[x] - o0[x], d1 = n1[x] - o1[x], d2 = n2[x] - o2[x], d3 = n3[x] - o3[x];
        const float far = 1 + (d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3) * sharpness;
        const float weight = near / (far * far);
        s0[x] += weight * n0[x];
        s1[x] += weight * n1[x];
        s2[x] += weight * n2[x];
        s3[x] += weight * n3[x];
        total[x] += weight;
    }
}

void smoothRow(const Planes &planes, std::int64_t y, float *out, std::vector<float> &work)
{
    const std::int64_t width = planes.width;
    work.assign(static_cast<std::size_t>((channels + 1) * width), 0);
    std::array<float *, channels + 1> sums{};
    for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] = work.data() + static_cast<std::int64_t>(i) * width;
    std::array<const float *, channels> own{}, other{};
    for (std::int64_t channel = 0; channel < channels; ++channel)
        own[static_cast<std::size_t>(channel)] = planes.row(channel, y);
    for (std::int64_t dy = -radius; dy <= radius; ++dy) {
        for (std::int64_t dx = -radius; dx <= radius; ++dx) {
            for (std::int64_t channel = 0; channel < channels; ++channel)
                other[static_cast<std::size_t>(channel)] = planes.row(channel, y + dy) + dx;
            addNeighbours(own, other, nearness(dy, dx), sums, width);
        }
    }
    for (std::int64_t channel = 0; channel < channels; ++channel)
        for (std::int64_t x = 0; x < width; ++x)
            out[(channel * planes.height + y) * width + x] = sums[static_cast<std::size_t>(channel)][x] / sums[channels][x];
}

} // namespace

at::Tensor smoothed(const at::Tensor &x, std::int64_t passes)
{
    if (!x.is_cpu() || x.scalar_type() != at::kFloat || x.size(1) != channels || x.numel() == 0)
        return smoothedByOperators(x, passes);
    at::Tensor result = x.contiguous();
    const std::int64_t height = x.size(2), width = x.size(3), numbers = channels * height * width;
    for (std::int64_t pass = 0; pass < passes; ++pass) {
        const at::Tensor next = at::empty_like(result);
        for (std::int64_t batch = 0; batch < x.size(0); ++batch) {
            const Planes planes = padded(result.const_data_ptr<float>() + batch * numbers, height, width);
            float *const out = next.mutable_data_ptr<float>() + batch * numbers;
            at::parallel_for(0, height, leastRows, [&](std::int64_t first, std::int64_t last) {
                std::vector<float> work;
                for (std::int64_t y = first; y < last; ++y)
                    smoothRow(planes, y, out, work);
            });
        }
        result = next;
    }
    return result;
}

at::Tensor smoothedByOperators(const at::Tensor &x, std::int64_t passes)
{
    const at::Tensor offset = at::arange(-radius, radius + 1, x.options()).square();
    const at::Tensor near = at::exp(-(offset.unsqueeze(1) + offset.unsqueeze(0)) / (2 * spread * spread)).flatten().unsqueeze(1);  // [25, 1]
    at::Tensor result = x;
    for (std::int64_t pass = 0; pass < passes; ++pass) {
        const at::Tensor around = at::im2col(at::replication_pad2d(result, {radius, radius, radius, radius}), {side, side}, {1, 1}, {0, 0}, {1, 1})
                                      .unflatten(1, {x.size(1), side * side});                                     // [B, 4, 25, H · W]
        const at::Tensor distance = (around - result.flatten(2).unsqueeze(2)).square().sum(1);                        // [B, 25, H · W]
        const at::Tensor weight = near / (1 + distance / (tolerance * tolerance)).square();
        result = ((around * weight.unsqueeze(1)).sum(2) / weight.sum(1).unsqueeze(1)).view(x.sizes());
    }
    return result;
}

} // namespace Galley::Diffusion
