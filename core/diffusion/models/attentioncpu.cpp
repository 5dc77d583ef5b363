#include "core/diffusion/models/attentioncpu.h"

#include "core/diffusion/memory/parallel.h"
#include "core/diffusion/memory/avx512.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <c10/util/Exception.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <numbers>

namespace Galley::Diffusion {

#if defined(__x86_64__)

namespace {

constexpr std::int64_t headNumbers = 64;
constexpr std::int64_t pairs = headNumbers / 2;
constexpr std::int64_t keyPadding = 32;  // keys that are multiplied at once
constexpr std::int64_t keyBlock = 256;   // their keys and values stay in a core's cache for all rows of a block
constexpr std::int64_t rowBlock = 64;
constexpr std::int64_t rowsAtOnce = 8;

/// Two neighbouring bf16 numbers.
using Pair = std::uint32_t;

struct alignas(64) RowState
{
    std::array<std::array<float, headNumbers>, rowBlock> sums;
    std::array<float, rowBlock> maxima;
    std::array<float, rowBlock> weights;
};

struct alignas(64) Scores
{
    std::array<std::array<float, keyBlock>, rowsAtOnce> scores;
    std::array<std::array<Pair, keyBlock / 2>, rowsAtOnce> probabilities;
    std::array<std::array<Pair, pairs>, rowsAtOnce> query;
};

/// Keys of one head, 16 beside each other: [M / 16][pairs][16].
void packKeys(const std::uint16_t *keys, std::int64_t stride, std::int64_t count, std::int64_t padded, Pair *packed)
{
    for (std::int64_t key = 0; key < padded; ++key) {
        Pair *const place = packed + key / lanes * pairs * lanes + key % lanes;
        for (std::int64_t pair = 0; pair < pairs; ++pair) {
            Pair numbers = 0;
            if (key < count)
                std::memcpy(&numbers, keys + key * stride + 2 * pair, sizeof(numbers));
            place[pair * lanes] = numbers;
        }
    }
}

/// Values of one head, each number beside that of the next key: [M / 2][64].
void packValues(const std::uint16_t *values, std::int64_t stride, std::int64_t count, std::int64_t padded, Pair *packed)
{
    for (std::int64_t key = 0; key < padded; key += 2) {
        for (std::int64_t i = 0; i < headNumbers; ++i) {
            const Pair first = key < count ? values[key * stride + i] : 0;
            const Pair second = key + 1 < count ? values[(key + 1) * stride + i] : 0;
            *packed++ = first | second << 16;
        }
    }
}

GALLEY_BF16 inline __m512bh broadcast(const Pair *numbers)
{
    return reinterpret_cast<__m512bh>(_mm512_set1_epi32(static_cast<int>(*numbers)));
}

GALLEY_BF16 inline __m512bh loadPairs(const Pair *numbers)
{
    return reinterpret_cast<__m512bh>(_mm512_load_si512(numbers));
}

/// Products of eight rows with \a count keys, a multiple of 32.
GALLEY_BF16 void scoreRows(Scores &block, const Pair *keys, std::int64_t count)
{
    for (std::int64_t key = 0; key < count; key += keyPadding) {
        const Pair *const left = keys + key * pairs;
        const Pair *const right = left + pairs * lanes;
        __m512 sums[rowsAtOnce][2];
        for (auto &row : sums)
            row[0] = row[1] = _mm512_setzero_ps();
        for (std::int64_t pair = 0; pair < pairs; ++pair) {
            const __m512bh a = loadPairs(left + pair * lanes);
            const __m512bh b = loadPairs(right + pair * lanes);
#pragma GCC unroll 8
            for (std::size_t row = 0; row < rowsAtOnce; ++row) {
                const __m512bh query = broadcast(&block.query[row][static_cast<std::size_t>(pair)]);
                sums[row][0] = _mm512_dpbf16_ps(sums[row][0], query, a);
                sums[row][1] = _mm512_dpbf16_ps(sums[row][1], query, b);
            }
        }
        for (std::size_t row = 0; row < rowsAtOnce; ++row) {
            _mm512_store_ps(block.scores[row].data() + key, sums[row][0]);
            _mm512_store_ps(block.scores[row].data() + key + lanes, sums[row][1]);
        }
    }
}

/// Turns the scores of a row into probabilities below its new maximum, and what it has summed up so far with them. \a scale is that of the scores, times
/// log2 e; only \a valid of \a count keys are there.
GALLEY_BF16 void weighRow(Scores &block, std::size_t row, RowState &state, std::size_t place, std::int64_t valid, std::int64_t count, float scale)
{
    float *const scores = block.scores[row].data();
    for (std::int64_t key = valid; key < count; ++key)
        scores[key] = -std::numeric_limits<float>::infinity();
    __m512 most = _mm512_set1_ps(state.maxima[place]);
    const __m512 scales = _mm512_set1_ps(scale);
    for (std::int64_t key = 0; key < count; key += lanes) {
        const __m512 scaled = _mm512_mul_ps(_mm512_load_ps(scores + key), scales);
        _mm512_store_ps(scores + key, scaled);
        most = _mm512_max_ps(most, scaled);
    }
    const float maximum = _mm512_reduce_max_ps(most);
    const __m512 maxima = _mm512_set1_ps(maximum);
    __m512 sum = _mm512_setzero_ps();
    for (std::int64_t key = 0; key < count; key += 2 * lanes) {
        const __m512 low = exp2Of(_mm512_sub_ps(_mm512_load_ps(scores + key), maxima));
        const __m512 high = exp2Of(_mm512_sub_ps(_mm512_load_ps(scores + key + lanes), maxima));
        sum = _mm512_add_ps(sum, _mm512_add_ps(low, high));
        _mm512_store_si512(block.probabilities[row].data() + key / 2, reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(high, low)));
    }
    const float before = std::exp2(state.maxima[place] - maximum);  // 0 at the first block
    state.maxima[place] = maximum;
    state.weights[place] = state.weights[place] * before + _mm512_reduce_add_ps(sum);
    if (before != 1) {
        const __m512 factor = _mm512_set1_ps(before);
        float *const sums = state.sums[place].data();
        for (std::int64_t i = 0; i < headNumbers; i += lanes)
            _mm512_store_ps(sums + i, _mm512_mul_ps(_mm512_load_ps(sums + i), factor));
    }
}

/// Adds probabilities times values for four rows, from \a row on.
GALLEY_BF16 void addValues(const Scores &block, std::size_t row, RowState &state, std::size_t place, const Pair *values, std::int64_t count)
{
    constexpr std::size_t rows = 4;
    constexpr std::size_t registers = headNumbers / lanes;
    __m512 sums[rows][registers];
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < registers; ++j)
            sums[i][j] = _mm512_load_ps(state.sums[place + i].data() + j * lanes);
    for (std::int64_t pair = 0; pair < count / 2; ++pair) {
        const Pair *const line = values + pair * headNumbers;
        const __m512bh parts[registers] = {loadPairs(line), loadPairs(line + lanes), loadPairs(line + 2 * lanes), loadPairs(line + 3 * lanes)};
#pragma GCC unroll 4
        for (std::size_t i = 0; i < rows; ++i) {
            const __m512bh probability = broadcast(&block.probabilities[row + i][static_cast<std::size_t>(pair)]);
#pragma GCC unroll 4
            for (std::size_t j = 0; j < registers; ++j)
                sums[i][j] = _mm512_dpbf16_ps(sums[i][j], probability, parts[j]);
        }
    }
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < registers; ++j)
            _mm512_store_ps(state.sums[place + i].data() + j * lanes, sums[i][j]);
}

GALLEY_BF16 void storeRow(const RowState &state, std::size_t place, std::uint16_t *row)
{
    const __m512 weight = _mm512_set1_ps(1 / state.weights[place]);
    const float *const sums = state.sums[place].data();
    for (std::int64_t i = 0; i < headNumbers; i += 2 * lanes) {
        const __m512 low = _mm512_mul_ps(_mm512_load_ps(sums + i), weight);
        const __m512 high = _mm512_mul_ps(_mm512_load_ps(sums + i + lanes), weight);
        _mm512_storeu_si512(row + i, reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(high, low)));
    }
}

/// Of a tensor [B, N, heads · 64] whose numbers of a row lie together.
const std::uint16_t *rowOf(const at::Tensor &x, std::int64_t batch, std::int64_t row, std::int64_t head)
{
    return static_cast<const std::uint16_t *>(x.const_data_ptr()) + batch * x.stride(0) + row * x.stride(1) + head * headNumbers;
}

/// Rows \a begin to \a end of one head, at most rowBlock.
void attendRows(const at::Tensor &query, at::Tensor &out, std::int64_t batch, std::int64_t head, std::int64_t begin, std::int64_t end, const Pair *keys, const Pair *values,
                std::int64_t keyCount)
{
    const auto scale = static_cast<float>(std::numbers::log2e / std::sqrt(double(headNumbers)));
    RowState state;
    for (auto &sums : state.sums)
        sums.fill(0);
    state.maxima.fill(-std::numeric_limits<float>::infinity());
    state.weights.fill(0);
    Scores block;
    for (std::int64_t key = 0; key < keyCount; key += keyBlock) {
        const std::int64_t valid = std::min(keyBlock, keyCount - key);
        const std::int64_t count = (valid + keyPadding - 1) / keyPadding * keyPadding;
        for (std::int64_t first = begin; first < end; first += rowsAtOnce) {
            for (std::int64_t i = 0; i < rowsAtOnce; ++i) {
                auto &row = block.query[static_cast<std::size_t>(i)];
                if (first + i < end)
                    std::memcpy(row.data(), rowOf(query, batch, first + i, head), sizeof(row));
                else
                    row.fill(0);
            }
            scoreRows(block, keys + key * pairs, count);
            const auto place = static_cast<std::size_t>(first - begin);
            for (std::size_t i = 0; i < rowsAtOnce; ++i)
                weighRow(block, i, state, place + i, valid, count, scale);
            for (std::size_t i = 0; i < rowsAtOnce; i += 4)
                addValues(block, i, state, place + i, values + key / 2 * headNumbers, count);
        }
    }
    for (std::int64_t row = begin; row < end; ++row)
        storeRow(state, static_cast<std::size_t>(row - begin), const_cast<std::uint16_t *>(rowOf(out, batch, row, head)));
}

} // namespace

bool canAttendBf16(std::int64_t headSize)
{
    return hasAvx512Bf16() && headSize == headNumbers;
}

at::Tensor attendBf16(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value, std::int64_t heads)
{
    const auto dense = [](const at::Tensor &x) { return x.stride(2) == 1 ? x : x.contiguous(); };
    const at::Tensor q = dense(query), k = dense(key), v = dense(value);
    TORCH_CHECK(q.dim() == 3 && k.dim() == 3 && k.sizes() == v.sizes() && k.size(0) == q.size(0) && k.size(1) > 0 && k.size(2) == q.size(2)
                && q.size(2) == heads * headNumbers && q.scalar_type() == at::kBFloat16 && k.scalar_type() == q.scalar_type() && v.scalar_type() == q.scalar_type());
    const std::int64_t batches = q.size(0), rows = q.size(1), keyCount = k.size(1);
    const std::int64_t padded = (keyCount + keyPadding - 1) / keyPadding * keyPadding;
    // [batches · heads, padded · pairs], four bytes a pair
    const at::Tensor keys = at::empty({batches * heads, padded * pairs}, at::TensorOptions().dtype(at::kInt));
    const at::Tensor values = at::empty_like(keys);
    const auto packed = [](const at::Tensor &x, std::int64_t head) { return static_cast<Pair *>(x.mutable_data_ptr()) + head * x.stride(0); };
    inParallel(at::kCPU, static_cast<std::size_t>(batches * heads), [&](std::size_t i) {
        const auto place = static_cast<std::int64_t>(i);
        packKeys(rowOf(k, place / heads, 0, place % heads), k.stride(1), keyCount, padded, packed(keys, place));
        packValues(rowOf(v, place / heads, 0, place % heads), v.stride(1), keyCount, padded, packed(values, place));
        return true;
    });
    at::Tensor out = at::empty({batches, rows, heads * headNumbers}, q.options());
    const std::int64_t blocks = (rows + rowBlock - 1) / rowBlock;
    inParallel(at::kCPU, static_cast<std::size_t>(batches * heads * blocks), [&](std::size_t i) {
        const std::int64_t head = static_cast<std::int64_t>(i) / blocks;
        const std::int64_t begin = static_cast<std::int64_t>(i) % blocks * rowBlock;
        attendRows(q, out, head / heads, head % heads, begin, std::min(rows, begin + rowBlock), packed(keys, head), packed(values, head), keyCount);
        return true;
    });
    return out;
}

#else

bool canAttendBf16(std::int64_t)
{
    return false;
}

at::Tensor attendBf16(const at::Tensor &query, const at::Tensor &, const at::Tensor &, std::int64_t)
{
    return query;
}

#endif

} // namespace Galley::Diffusion
