#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace Galley::Diffusion {

// What libtorch computes in two or three passes over memory, in one: bf16 tensors on processors with AVX-512 BF16. Between, numbers are float32.

/// Whether normBf16() takes this tensor: [B, C, H, W] in channels-last order, C a multiple of 16, and this processor.
bool canNormBf16(const at::Tensor &x);

/// Group normalisation (Wu and He 2018) over channels and places, and SiLU of it where \a hasSilu. \a addend, [B, C] or undefined, is added to \a x before.
/// \a weight and \a bias: [C] bf16.
at::Tensor normBf16(const at::Tensor &x, const at::Tensor &addend, std::int64_t groups, const at::Tensor &weight, const at::Tensor &bias, double eps, bool hasSilu);

/// Whether gegluBf16() takes this tensor: [.., 2 n] bf16 in one piece, n a multiple of 16, and this processor.
bool canGegluBf16(const at::Tensor &x);

/// The first half of the last dimension times GELU of the second (Shazeer 2020), with the error function to 5 digits (Abramowitz and Stegun 1964, 7.1.26).
at::Tensor gegluBf16(const at::Tensor &x);

} // namespace Galley::Diffusion
