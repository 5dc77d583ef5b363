#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

namespace Galley::Diffusion {

/// Decodes \a latents in overlapping squares of \a side latents and blends them where they overlap, as diffusers' AutoencoderKL.tiled_decode() does: a quarter
/// of each square, linearly. \a decode makes a square of \a factor times its size. Norms and attention see one square at a time, so that the picture is close
/// to the one made at once and not equal to it.
at::Tensor decodeInTiles(const at::Tensor &latents, std::int64_t side, std::int64_t factor, const std::function<at::Tensor(const at::Tensor &)> &decode);

} // namespace Galley::Diffusion
