#include "core/diffusion/models/fusedcpu.h"

#include "core/diffusion/memory/avx512.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace Galley::Diffusion {

#if defined(__x86_64__)

namespace {

constexpr std::int64_t momentRows = 64;     // summed up in float32 before they are added to what is float64
constexpr std::int64_t momentChannels = 64;  // at once: what a row has of them is two cache lines
constexpr std::int64_t leastNumbers = 32'768;  // for a thread

const std::uint16_t *numbersOf(const at::Tensor &x)
{
    return static_cast<const std::uint16_t *>(x.const_data_ptr());
}

GALLEY_BF16 inline void addTo(double *sums, __m512 numbers)
{
    alignas(64) std::array<float, lanes> floats;
    _mm512_store_ps(floats.data(), numbers);
    for (std::size_t i = 0; i < floats.size(); ++i)
        sums[i] += double(floats[i]);
}

/// Sums and sums of squares of up to momentRows rows for \a count ≤ momentChannels channels, a multiple of 16.
GALLEY_BF16 void addMoments(const std::uint16_t *x, std::int64_t rows, std::int64_t channels, std::int64_t count, double *sums, double *squares)
{
    constexpr std::size_t registers = momentChannels / lanes;
    __m512 sum[registers], square[registers];
    for (std::size_t i = 0; i < registers; ++i)
        sum[i] = square[i] = _mm512_setzero_ps();
    const auto used = static_cast<std::size_t>(count / lanes);
    for (std::int64_t row = 0; row < rows; ++row, x += channels) {
        for (std::size_t i = 0; i < used; ++i) {
            const __m512 numbers = loadBf16(x + static_cast<std::int64_t>(i) * lanes);
            sum[i] = _mm512_add_ps(sum[i], numbers);
            square[i] = _mm512_fmadd_ps(numbers, numbers, square[i]);
        }
    }
    for (std::size_t i = 0; i < used; ++i) {
        addTo(sums + i * lanes, sum[i]);
        addTo(squares + i * lanes, square[i]);
    }
}

GALLEY_BF16 void normRows(const std::uint16_t *x, std::uint16_t *out, std::int64_t rows, std::int64_t channels, const float *scales, const float *shifts, bool hasSilu)
{
    const __m512 one = _mm512_set1_ps(1);
    const __m512 log2e = _mm512_set1_ps(-std::numbers::log2e_v<float>);
    for (std::int64_t row = 0; row < rows; ++row) {
        for (std::int64_t i = 0; i < channels; i += lanes, x += lanes, out += lanes) {
            __m512 y = _mm512_fmadd_ps(loadBf16(x), _mm512_loadu_ps(scales + i), _mm512_loadu_ps(shifts + i));
            if (hasSilu)
                y = _mm512_div_ps(y, _mm512_add_ps(one, exp2Of(_mm512_mul_ps(y, log2e))));
            storeBf16(out, y);
        }
    }
}

/// x · Φ(x), Φ the normal distribution's.
GALLEY_BF16 inline __m512 geluOf(__m512 x)
{
    const __m512 size = _mm512_abs_ps(x);
    const __m512 one = _mm512_set1_ps(1);
    const __m512 t = _mm512_div_ps(one, _mm512_fmadd_ps(size, _mm512_set1_ps(0.3275911f / std::numbers::sqrt2_v<float>), one));
    __m512 sum = _mm512_set1_ps(1.061405429f);
    sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-1.453152027f));
    sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(1.421413741f));
    sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(-0.284496736f));
    sum = _mm512_fmadd_ps(sum, t, _mm512_set1_ps(0.254829592f));
    const __m512 falls = exp2Of(_mm512_mul_ps(_mm512_mul_ps(x, x), _mm512_set1_ps(-0.5f * std::numbers::log2e_v<float>)));
    const __m512 tail = _mm512_mul_ps(_mm512_mul_ps(sum, t), _mm512_mul_ps(falls, _mm512_set1_ps(0.5f)));  // Φ(−|x|)
    const __mmask16 isNegative = _mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_LT_OQ);
    return _mm512_mul_ps(x, _mm512_mask_mov_ps(_mm512_sub_ps(one, tail), isNegative, tail));
}

GALLEY_BF16 void gegluRow(const std::uint16_t *x, std::uint16_t *out, std::int64_t count)
{
    for (std::int64_t i = 0; i < count; i += lanes)
        storeBf16(out + i, _mm512_mul_ps(loadBf16(x + i), geluOf(loadBf16(x + count + i))));
}

/// Of one picture: y = x · scale + shift for each channel.
struct Affine
{
    std::vector<float> scales, shifts;
};

/// \a sums and \a squares: [C]; \a addend: [C] or nothing.
Affine affineOf(const double *sums, const double *squares, const float *addend, std::int64_t rows, std::int64_t groups, const float *weight, const float *bias, double eps,
                std::int64_t channels)
{
    Affine affine{std::vector<float>(static_cast<std::size_t>(channels)), std::vector<float>(static_cast<std::size_t>(channels))};
    const std::int64_t width = channels / groups;
    for (std::int64_t first = 0; first < channels; first += width) {
        double sum = 0, square = 0;
        for (std::int64_t i = first; i < first + width; ++i) {
            const double more = addend ? double(addend[i]) : 0;
            sum += sums[i] + double(rows) * more;
            square += squares[i] + 2 * more * sums[i] + double(rows) * more * more;
        }
        const double mean = sum / double(rows * width);
        const double inverse = 1 / std::sqrt(std::max(0.0, square / double(rows * width) - mean * mean) + eps);
        for (std::int64_t i = first; i < first + width; ++i) {
            const double scale = double(weight[i]) * inverse;
            affine.scales[static_cast<std::size_t>(i)] = static_cast<float>(scale);
            affine.shifts[static_cast<std::size_t>(i)] = static_cast<float>(double(bias[i]) + ((addend ? double(addend[i]) : 0) - mean) * scale);
        }
    }
    return affine;
}

} // namespace

bool canNormBf16(const at::Tensor &x)
{
    return x.is_cpu() && x.scalar_type() == at::kBFloat16 && x.dim() == 4 && x.numel() > 0 && x.size(1) % lanes == 0 && x.is_contiguous(at::MemoryFormat::ChannelsLast)
        && hasAvx512Bf16();
}

at::Tensor normBf16(const at::Tensor &x, const at::Tensor &addend, std::int64_t groups, const at::Tensor &weight, const at::Tensor &bias, double eps, bool hasSilu)
{
    const std::int64_t channels = x.size(1), rows = x.size(2) * x.size(3);
    TORCH_CHECK(canNormBf16(x) && channels % groups == 0 && weight.numel() == channels && bias.numel() == channels);
    TORCH_CHECK(!addend.defined() || (addend.size(0) == x.size(0) && addend.size(1) == channels));
    const at::Tensor weights = weight.to(at::kFloat).contiguous(), biases = bias.to(at::kFloat).contiguous();
    const at::Tensor addends = addend.defined() ? addend.to(at::kFloat).contiguous() : at::Tensor();
    at::Tensor out = at::empty_like(x);
    const std::int64_t threads = std::clamp<std::int64_t>(rows * channels / leastNumbers, 1, at::get_num_threads());
    const std::int64_t share = (rows + threads - 1) / threads;  // rows of a thread
    // [threads][sums of C, squares of C]
    std::vector<double> moments(static_cast<std::size_t>(threads * 2 * channels));
    for (std::int64_t batch = 0; batch < x.size(0); ++batch) {
        const std::uint16_t *const from = numbersOf(x) + batch * rows * channels;
        auto *const to = const_cast<std::uint16_t *>(numbersOf(out)) + batch * rows * channels;
        std::fill(moments.begin(), moments.end(), 0);
        at::parallel_for(0, threads, 1, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t thread = first; thread < last; ++thread) {
                double *const sums = moments.data() + thread * 2 * channels;
                const std::int64_t end = std::min(rows, (thread + 1) * share);
                for (std::int64_t row = thread * share; row < end; row += momentRows)
                    for (std::int64_t i = 0; i < channels; i += momentChannels)
                        addMoments(from + row * channels + i, std::min(momentRows, end - row), channels, std::min(momentChannels, channels - i), sums + i, sums + channels + i);
            }
        });
        for (std::int64_t thread = 1; thread < threads; ++thread)
            for (std::int64_t i = 0; i < 2 * channels; ++i)
                moments[static_cast<std::size_t>(i)] += moments[static_cast<std::size_t>(thread * 2 * channels + i)];
        const float *const more = addends.defined() ? addends.const_data_ptr<float>() + batch * channels : nullptr;
        const Affine affine = affineOf(moments.data(), moments.data() + channels, more, rows, groups, weights.const_data_ptr<float>(), biases.const_data_ptr<float>(), eps, channels);
        at::parallel_for(0, threads, 1, [&](std::int64_t first, std::int64_t last) {
            const std::int64_t row = first * share;
            if (const std::int64_t count = std::min(rows, last * share) - row; count > 0)
                normRows(from + row * channels, to + row * channels, count, channels, affine.scales.data(), affine.shifts.data(), hasSilu);
        });
    }
    return out;
}

bool canGegluBf16(const at::Tensor &x)
{
    return x.is_cpu() && x.scalar_type() == at::kBFloat16 && x.dim() > 0 && x.numel() > 0 && x.size(-1) % (2 * lanes) == 0 && x.is_contiguous() && hasAvx512Bf16();
}

at::Tensor gegluBf16(const at::Tensor &x)
{
    TORCH_CHECK(canGegluBf16(x));
    const std::int64_t count = x.size(-1) / 2, rows = x.numel() / (2 * count);
    std::vector<std::int64_t> shape = x.sizes().vec();
    shape.back() = count;
    at::Tensor out = at::empty(shape, x.options());
    at::parallel_for(0, rows, std::max<std::int64_t>(1, leastNumbers / count), [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t row = first; row < last; ++row)
            gegluRow(numbersOf(x) + row * 2 * count, const_cast<std::uint16_t *>(numbersOf(out)) + row * count, count);
    });
    return out;
}

#else

bool canNormBf16(const at::Tensor &)
{
    return false;
}

at::Tensor normBf16(const at::Tensor &x, const at::Tensor &, std::int64_t, const at::Tensor &, const at::Tensor &, double, bool)
{
    return x;
}

bool canGegluBf16(const at::Tensor &)
{
    return false;
}

at::Tensor gegluBf16(const at::Tensor &x)
{
    return x;
}

#endif

} // namespace Galley::Diffusion
