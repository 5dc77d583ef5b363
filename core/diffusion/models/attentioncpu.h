#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace Galley::Diffusion {

/// Whether attendBf16() works on this processor and with heads of this many numbers.
bool canAttendBf16(std::int64_t headSize);

/// Attention without a mask in bf16 on processors that multiply it (AVX-512 BF16): rows of scores are never all in memory, and scores, maxima and sums are
/// float32 (Dao et al. 2022, FlashAttention; Milakov and Gimelshein 2018, online softmax). libtorch's own keeps scores of 4,096 tokens in float32 too, and takes
/// more than twice as long.
///
/// [B, N, heads · 64] and twice [B, M, heads · 64] → [B, N, heads · 64], all bf16.
at::Tensor attendBf16(const at::Tensor &query, const at::Tensor &key, const at::Tensor &value, std::int64_t heads);

} // namespace Galley::Diffusion
