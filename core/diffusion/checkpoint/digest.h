#pragma once

#include "core/diffusion/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Galley::Diffusion {

/// SHA-256 of bytes that arrive in parts.
class Sha256
{
public:
    void add(std::span<const std::byte> bytes);
    void add(std::string_view text) { add(std::as_bytes(std::span(text))); }
    /// In lower-case hexadecimal digits; ends the computation.
    std::string hex();

private:
    void blocks(const std::uint8_t *bytes, std::size_t count);
    void block(const std::uint8_t *bytes);

    std::array<std::uint32_t, 8> m_state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::uint8_t, 64> m_pending{};
    std::uint64_t m_total = 0;
};

/// The first 12 digits of the digest of the bytes of \a files, in that order: a model's revision. Of a file above 64 MiB, which would take seconds at every
/// start, 64 pieces of 256 KiB count, and its size.
Result<std::string> revisionOf(const std::vector<std::filesystem::path> &files);

} // namespace Galley::Diffusion
