#pragma once

#include <ATen/core/Tensor.h>

namespace Galley::Diffusion {

/// A bilateral filter (Tomasi and Manduchi 1998), \a passes times, on a premultiplied picture [B, 4, H, W] in float32: drawings have flat areas where the
/// draft model leaves blotches. The twin of `smoothed` in packaging/draft-model/model.py, which says what it does with a pixel. On a CPU a loop of our own, which
/// goes over the picture once a pass; libtorch's operators would do so a dozen times, over all neighbours.
at::Tensor smoothed(const at::Tensor &x, std::int64_t passes);

/// The same by libtorch's operators, on any device.
at::Tensor smoothedByOperators(const at::Tensor &x, std::int64_t passes);

} // namespace Galley::Diffusion
