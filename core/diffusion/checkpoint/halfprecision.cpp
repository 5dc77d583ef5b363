#include "core/diffusion/checkpoint/halfprecision.h"

#include "core/diffusion/memory/avx512.h"

#include <algorithm>

namespace Galley::Diffusion {

#if defined(__x86_64__)

namespace {

GALLEY_BF16 bool convert(const std::byte *numbers, std::uint16_t *out, std::size_t count)
{
    constexpr std::size_t step = lanes;
    const __m256i exponent = _mm256_set1_epi16(0x7c00);
    __mmask16 isOdd = 0;  // all ones in the exponent: infinite or no number
    for (std::size_t i = 0; i < count; i += step) {
        const auto used = static_cast<__mmask16>((1u << std::min(step, count - i)) - 1u);
        const __m256i halves = _mm256_maskz_loadu_epi16(used, numbers + 2 * i);
        isOdd |= _mm256_cmpeq_epi16_mask(_mm256_and_si256(halves, exponent), exponent);
        _mm256_mask_storeu_epi16(out + i, used, reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(_mm512_cvtph_ps(halves))));
    }
    return isOdd == 0;
}

} // namespace

bool canConvertHalf()
{
    return hasAvx512Bf16();
}

bool halfToBf16(const std::byte *numbers, std::uint16_t *out, std::size_t count)
{
    return convert(numbers, out, count);
}

#else

bool canConvertHalf()
{
    return false;
}

bool halfToBf16(const std::byte *, std::uint16_t *, std::size_t)
{
    return false;
}

#endif

} // namespace Galley::Diffusion
