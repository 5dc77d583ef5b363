#include "core/diffusion/checkpoint/safetensors.h"

#include "core/diffusion/checkpoint/readwatch.h"
#include "core/diffusion/checkpoint/safetensorsheader.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

namespace Galley::Diffusion {

namespace {

struct TypeRow
{
    const char *name;
    std::uint64_t size;
};

constexpr std::array<TypeRow, 15> typeRows{{{"BOOL", 1}, {"U8", 1}, {"I8", 1}, {"F8_E5M2", 1}, {"F8_E4M3", 1},
                                            {"I16", 2}, {"U16", 2}, {"F16", 2}, {"BF16", 2}, {"I32", 4},
                                            {"U32", 4}, {"F32", 4}, {"I64", 8}, {"U64", 8}, {"F64", 8}}};

struct Signature
{
    std::string_view bytes;
    const char *what;
};

constexpr std::array<Signature, 9> signatures{{
    {"PK\x03\x04", "a PyTorch archive (a pickle in a zip file), which can run code when it is opened"},
    {"PK\x05\x06", "a zip archive"},
    {"\x80\x02", "a Python pickle, which can run code when it is opened"},
    {"\x80\x03", "a Python pickle, which can run code when it is opened"},
    {"\x80\x04", "a Python pickle, which can run code when it is opened"},
    {"\x80\x05", "a Python pickle, which can run code when it is opened"},
    {"GGUF", "a GGUF file"},
    {"version https://git-lfs", "a Git LFS pointer; the file itself was not fetched"},
    {"<", "a web page or XML"},
}};

std::uint64_t littleEndian64(const std::array<std::byte, 8> &bytes)
{
    std::uint64_t value = 0;
    for (int i = 7; i >= 0; --i)
        value = value << 8 | static_cast<std::uint64_t>(bytes[static_cast<std::size_t>(i)]);
    return value;
}

bool multiply(std::uint64_t a, std::uint64_t b, std::uint64_t &product)
{
    return !__builtin_mul_overflow(a, b, &product);
}

} // namespace

std::uint64_t tensorTypeSize(TensorType type)
{
    return typeRows[static_cast<std::size_t>(type)].size;
}

const char *tensorTypeName(TensorType type)
{
    return typeRows[static_cast<std::size_t>(type)].name;
}

std::optional<TensorType> tensorTypeFromName(std::string_view name)
{
    for (std::size_t i = 0; i < typeRows.size(); ++i)
        if (name == typeRows[i].name)
            return static_cast<TensorType>(i);
    return std::nullopt;
}

SafeTensors::SafeTensors(MappedFile file)
    : m_file(std::move(file))
{
}

Result<SafeTensors> SafeTensors::open(const std::filesystem::path &path)
{
    auto file = path.extension() == ".zst" ? MappedFile::openPacked(path) : MappedFile::open(path);
    if (!file)
        return tl::unexpected(file.error());
    SafeTensors result(std::move(*file));
    if (auto read = result.readHeader(); !read) {
        if (read.error().code == ErrorCode::OutOfMemory)
            return tl::unexpected(read.error());
        return fail(ErrorCode::ModelFile, path.string() + " is not a usable safetensors file: " + read.error().message
                                              + " Put the original file back.");
    }
    return result;
}

Result<void> SafeTensors::readHeader()
{
    const auto bad = [](std::string message) { return fail(ErrorCode::ModelFile, std::move(message)); };

    std::string start(std::min<std::uint64_t>(m_file.size(), 32), '\0');
    if (auto copied = m_file.copy(0, std::as_writable_bytes(std::span(start))); !copied)
        return copied;
    for (const Signature &signature : signatures)
        if (start.starts_with(signature.bytes))
            return bad(std::string("it is ") + signature.what + '.');
    if (m_file.size() < 10)
        return bad("it has only " + std::to_string(m_file.size()) + " bytes.");

    std::array<std::byte, 8> lengthBytes;
    std::memcpy(lengthBytes.data(), start.data(), lengthBytes.size());
    const std::uint64_t length = littleEndian64(lengthBytes);
    if (length > maxHeaderBytes)
        return bad("its header claims " + std::to_string(length) + " bytes, and at most 8,000,000 are allowed.");
    if (length > m_file.size() - 8)
        return bad("its header claims " + std::to_string(length) + " bytes, and the file ends before.");
    if (start[8] != '{')
        return bad("its header does not start with '{'.");

    std::string text(length, '\0');
    if (auto copied = m_file.copy(8, std::as_writable_bytes(std::span(text))); !copied)
        return copied;
    m_file.forget(0, 8 + length);
    auto header = parseSafetensorsHeader(text);
    if (!header)
        return tl::unexpected(header.error());
    m_tensors = std::move(header->tensors);
    m_metadata = std::move(header->metadata);
    m_bufferStart = 8 + length;
    std::sort(m_tensors.begin(), m_tensors.end(), [](const TensorInfo &a, const TensorInfo &b) {
        return std::tie(a.begin, a.end, a.name) < std::tie(b.begin, b.end, b.name);
    });
    m_byName.resize(m_tensors.size());
    std::iota(m_byName.begin(), m_byName.end(), std::size_t{0});
    std::sort(m_byName.begin(), m_byName.end(), [this](std::size_t a, std::size_t b) { return m_tensors[a].name < m_tensors[b].name; });
    return checkLayout(m_file.size() - m_bufferStart);
}

Result<void> SafeTensors::checkLayout(std::uint64_t bufferBytes) const
{
    const auto bad = [](const TensorInfo &tensor, const std::string &what) {
        return fail(ErrorCode::ModelFile, "tensor \"" + tensor.name + "\" " + what);
    };
    std::uint64_t position = 0;
    for (const TensorInfo &tensor : m_tensors) {
        if (tensor.end < tensor.begin)
            return bad(tensor, "ends before it begins.");
        if (tensor.begin < position)
            return bad(tensor, "overlaps the one before it.");
        if (tensor.begin > position)
            return bad(tensor, "leaves a hole of " + std::to_string(tensor.begin - position) + " bytes before it.");
        std::uint64_t bytes = tensorTypeSize(tensor.type);
        for (const std::int64_t side : tensor.shape)
            if (!multiply(bytes, static_cast<std::uint64_t>(side), bytes))
                return bad(tensor, "has a shape too large to count.");
        if (bytes != tensor.bytes()) {
            return bad(tensor, "should have " + std::to_string(bytes) + " bytes by its shape and type, and has "
                                   + std::to_string(tensor.bytes()) + '.');
        }
        position = tensor.end;
    }
    if (position != bufferBytes) {
        return fail(ErrorCode::ModelFile, "its tensors end at byte " + std::to_string(position) + " and the file has "
                                              + std::to_string(bufferBytes) + " bytes for them.");
    }
    return {};
}

const TensorInfo *SafeTensors::find(std::string_view name) const
{
    const auto found = std::lower_bound(m_byName.begin(), m_byName.end(), name, [this](std::size_t place, std::string_view text) { return m_tensors[place].name < text; });
    return found == m_byName.end() || m_tensors[*found].name != name ? nullptr : &m_tensors[*found];
}

Result<void> SafeTensors::copy(const TensorInfo &tensor, std::span<std::byte> target, std::uint64_t offset) const
{
    return read(tensor, target.size(), offset, [](const std::byte *bytes, std::size_t count, void *to) { std::memcpy(to, bytes, count); }, target.data());
}

Result<void> SafeTensors::read(const TensorInfo &tensor, std::uint64_t bytes, std::uint64_t offset, MappedFile::Reader reader, void *context) const
{
    if (offset > tensor.bytes() || bytes > tensor.bytes() - offset)
        return fail(ErrorCode::Internal, "Bytes outside of tensor \"" + tensor.name + "\" were asked for.");
    if (auto wanted = ReadWatch::reading(bytes); !wanted)
        return wanted;
    return m_file.read(m_bufferStart + tensor.begin + offset, bytes, reader, context);
}

} // namespace Galley::Diffusion
