#pragma once

#include <cstddef>
#include <cstdint>

namespace Galley::Diffusion {

/// Whether halfToBf16() works on this processor.
bool canConvertHalf();

/// F16 → bf16, rounded to the nearest as libtorch does it, which needs two passes by way of float32. False if a number is not finite.
/// \a numbers may lie anywhere. Has nothing to tidy up.
bool halfToBf16(const std::byte *numbers, std::uint16_t *out, std::size_t count);

} // namespace Galley::Diffusion
