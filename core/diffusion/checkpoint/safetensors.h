#pragma once

#include "core/diffusion/checkpoint/mappedfile.h"
#include "core/diffusion/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace Galley::Diffusion {

enum class TensorType { Bool, U8, I8, F8E5M2, F8E4M3, I16, U16, F16, BF16, I32, U32, F32, I64, U64, F64 };

std::uint64_t tensorTypeSize(TensorType type);
const char *tensorTypeName(TensorType type);

/// One entry of the header; begin and end count from the first byte after it.
struct TensorInfo
{
    std::string name;
    TensorType type = TensorType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    std::uint64_t bytes() const { return end - begin; }
    bool operator==(const TensorInfo &) const = default;
};

/// A safetensors file, checked in full before anything is used: header of at most 8,000,000 bytes and 32,768 tensors (SDXL: 300 KB and 2,513), so that a
/// wrong one costs less than 64 MiB, '{' first, no key twice,
/// every size equal to shape × type in checked arithmetic, tensors one behind the other without hole or overlap, and the last one ending
/// where the file ends. Other formats (PyTorch pickles and archives, GGUF, …) are recognised by content and refused with a sentence.
class SafeTensors
{
public:
    static constexpr std::uint64_t maxHeaderBytes = 8'000'000;
    static constexpr std::size_t maxTensors = 32'768;
    static constexpr std::size_t maxMetadata = 4096;  ///< entries

    /// A file whose name ends in ".zst" is unpacked, as MappedFile::openPacked().
    static Result<SafeTensors> open(const std::filesystem::path &path);

    const std::filesystem::path &path() const { return m_file.path(); }
    const FileIdentity &identity() const { return m_file.identity(); }
    /// In the order of their bytes.
    const std::vector<TensorInfo> &tensors() const { return m_tensors; }
    const TensorInfo *find(std::string_view name) const;
    const std::map<std::string, std::string> &metadata() const { return m_metadata; }

    /// Copies \a target.size() bytes of \a tensor from its byte \a offset on; the range must lie inside of it. A ReadWatch hears of it and may end it.
    Result<void> copy(const TensorInfo &tensor, std::span<std::byte> target, std::uint64_t offset = 0) const;
    /// The same for \a bytes bytes without a copy, as MappedFile::read().
    Result<void> read(const TensorInfo &tensor, std::uint64_t bytes, std::uint64_t offset, MappedFile::Reader reader, void *context) const;
    /// Its bytes need not stay in memory.
    void forget(const TensorInfo &tensor) const { m_file.forget(m_bufferStart + tensor.begin, tensor.bytes()); }

private:
    explicit SafeTensors(MappedFile file);

    Result<void> readHeader();
    Result<void> checkLayout(std::uint64_t bufferBytes) const;

    MappedFile m_file;
    std::uint64_t m_bufferStart = 0;
    std::vector<TensorInfo> m_tensors;
    std::vector<std::size_t> m_byName;  ///< places in m_tensors
    std::map<std::string, std::string> m_metadata;
};

} // namespace Galley::Diffusion
