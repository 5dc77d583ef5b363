#pragma once

#include "core/diffusion/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

namespace Galley::Diffusion {

/// Whether a file is still what it was: what a path leads to may be replaced at any time. Without device and inode, which the same file may get anew on mounted and
/// remote file systems.
struct FileIdentity
{
    std::uint64_t size = 0;
    std::int64_t modified = 0;  ///< nanoseconds

    /// Of what \a path leads to now; all zeros if that is nothing.
    static FileIdentity of(const std::filesystem::path &path);

    bool operator==(const FileIdentity &) const = default;
};

/// A file mapped into memory, read-only and private, or what a packed one says. Movable; the mapping ends with the object. Any thread may read.
///
/// A file that somebody truncates while it is mapped raises SIGBUS on access: bytes are therefore only taken out through copy() and read(),
/// which turn that into an error.
class MappedFile
{
public:
    static constexpr std::uint64_t maxUnpacked = 256 * 1024 * 1024;

    static Result<MappedFile> open(const std::filesystem::path &path);
    /// What a file of one Zstandard frame (RFC 8878) says, in memory. The frame must say how many bytes that are, at most maxUnpacked. Only its beginning is
    /// unpacked until more is asked for: a damage further on is an error of that copy() or read(), found where the structure or the checksum, which the
    /// last bytes wait for, shows it.
    static Result<MappedFile> openPacked(const std::filesystem::path &path);

    MappedFile(MappedFile &&other) noexcept;
    MappedFile &operator=(MappedFile &&other) noexcept;
    ~MappedFile();

    const std::filesystem::path &path() const { return m_path; }
    std::uint64_t size() const { return m_size; }
    /// When it was opened.
    const FileIdentity &identity() const { return m_identity; }

    /// Copies \a target.size() bytes from \a offset; the range must lie inside size(). Fails when the file shrank meanwhile.
    Result<void> copy(std::uint64_t offset, std::span<std::byte> target) const;
    /// What looks at the bytes where they lie, in any alignment. It may be left in the middle, and so must have nothing to tidy up: no lock, no destructor.
    using Reader = void (*)(const std::byte *bytes, std::size_t count, void *context);
    /// As copy(), without a copy.
    Result<void> read(std::uint64_t offset, std::size_t bytes, Reader reader, void *context) const;
    /// These bytes need not stay in this process's memory; they can be read again. Of a packed file they stay.
    void forget(std::uint64_t offset, std::uint64_t bytes) const;

private:
    MappedFile(std::filesystem::path path, const std::byte *data, const FileIdentity &identity);
    Result<void> unpack(std::uint64_t end) const;

    std::filesystem::path m_path;
    const std::byte *m_data = nullptr;
    std::uint64_t m_size = 0;
    FileIdentity m_identity;
    struct Packed;
    std::unique_ptr<Packed> m_packed;  ///< null for a file that is mapped as it is
};

} // namespace Galley::Diffusion
