#pragma once

// For what is computed with AVX-512 BF16 by hand: bf16 in memory, float32 in registers, sixteen numbers of each.
#if defined(__x86_64__)

#include <immintrin.h>

#include <cstdint>

#define GALLEY_BF16 __attribute__((target("avx512f,avx512bw,avx512vl,avx512bf16")))

namespace Galley::Diffusion {

constexpr std::int64_t lanes = 16;  // float32 of a register

/// Whether this processor has what GALLEY_BF16 compiles for.
inline bool hasAvx512Bf16()
{
    static const bool isThere = [] {
        __builtin_cpu_init();
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bf16");
    }();
    return isThere;
}

GALLEY_BF16 inline __m512 loadBf16(const std::uint16_t *numbers)
{
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i *>(numbers))), 16));
}

GALLEY_BF16 inline void storeBf16(std::uint16_t *place, __m512 numbers)
{
    _mm256_storeu_si256(reinterpret_cast<__m256i *>(place), reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(numbers)));
}

/// 2^x to 17 bits; below −126 as there, above 128 infinite.
GALLEY_BF16 inline __m512 exp2Of(__m512 x)
{
    const __m512 least = _mm512_max_ps(_mm512_set1_ps(-126), x);  // in this order what is no number stays none
    const __m512 whole = _mm512_roundscale_ps(least, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m512 rest = _mm512_sub_ps(least, whole);
    // Taylor's series of 2^rest, |rest| ≤ 1/2.
    __m512 sum = _mm512_set1_ps(1.3333558e-3f);
    sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(9.6181291e-3f));
    sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(5.5504109e-2f));
    sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(2.4022651e-1f));
    sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(6.9314718e-1f));
    sum = _mm512_fmadd_ps(sum, rest, _mm512_set1_ps(1.0f));
    return _mm512_scalef_ps(sum, whole);
}

} // namespace Galley::Diffusion

#endif
