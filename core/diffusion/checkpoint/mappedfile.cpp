#include "core/diffusion/checkpoint/mappedfile.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csetjmp>
#include <csignal>
#include <cstring>
#include <memory>
#include <mutex>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zstd.h>

namespace Galley::Diffusion {

namespace {

thread_local sigjmp_buf *volatile t_busJump = nullptr;

void onBusError(int signal)
{
    if (t_busJump)
        siglongjmp(*t_busJump, 1);
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

void installBusHandler()
{
    static std::once_flag once;
    std::call_once(once, [] {
        struct sigaction action = {};
        action.sa_handler = onBusError;
        sigemptyset(&action.sa_mask);
        action.sa_flags = SA_NODEFER;
        ::sigaction(SIGBUS, &action, nullptr);
    });
}

// Kept apart and free of destructors, as leaving it by siglongjmp requires.
[[gnu::noinline]] bool guardedRead(const std::byte *source, std::size_t bytes, MappedFile::Reader reader, void *context)
{
    sigjmp_buf jump;
    if (sigsetjmp(jump, 1) != 0) {
        t_busJump = nullptr;
        return false;
    }
    t_busJump = &jump;
    // The compiler may know that the reader cannot read t_busJump, and does not know that the handler does.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    reader(source, bytes, context);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    t_busJump = nullptr;
    return true;
}

tl::unexpected<Error> systemError(const std::filesystem::path &path, const char *what, int code)
{
    return fail(ErrorCode::ModelFile, path.string() + ' ' + what + ": " + std::strerror(code) + '.');
}

struct Unpacking
{
    ZSTD_DCtx *context;
    void *target;
    std::size_t size;
    std::size_t result;  ///< ZSTD_decompressDCtx()'s
};

FileIdentity identityOf(const struct stat &info)
{
    constexpr std::int64_t nanoseconds = 1'000'000'000;
    return {static_cast<std::uint64_t>(info.st_size), static_cast<std::int64_t>(info.st_mtim.tv_sec) * nanoseconds + info.st_mtim.tv_nsec};
}

} // namespace

FileIdentity FileIdentity::of(const std::filesystem::path &path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 ? identityOf(info) : FileIdentity{};
}

Result<MappedFile> MappedFile::open(const std::filesystem::path &path)
{
    installBusHandler();
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe would wait for its writer
    if (fd < 0)
        return systemError(path, "cannot be opened", errno);
    struct stat info = {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        ::close(fd);
        return fail(ErrorCode::ModelFile, path.string() + " is not a file.");
    }
    const auto size = static_cast<std::uint64_t>(info.st_size);
    void *data = nullptr;
    if (size > 0) {
        data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data == MAP_FAILED) {
            const int code = errno;
            ::close(fd);
            if (code == ENOMEM)
                return fail(ErrorCode::OutOfMemory, "This machine has too little memory for " + path.string() + '.');
            return systemError(path, "cannot be mapped into memory", code);
        }
        ::madvise(data, size, MADV_SEQUENTIAL);
    }
    ::close(fd);
    return MappedFile(path, static_cast<const std::byte *>(data), identityOf(info));
}

Result<MappedFile> MappedFile::openPacked(const std::filesystem::path &path)
{
    auto packed = open(path);
    if (!packed)
        return packed;
    const auto bad = [&](const char *what) { return fail(ErrorCode::ModelFile, path.string() + ' ' + what + " Put the original file back."); };
    std::array<std::byte, 18> start{};  // the longest header of a frame
    const std::size_t known = std::min<std::uint64_t>(start.size(), packed->size());
    if (auto copied = packed->copy(0, std::span(start).first(known)); !copied)
        return tl::unexpected(copied.error());
    const unsigned long long size = ZSTD_getFrameContentSize(start.data(), known);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size == 0)
        return bad("is not packed with Zstandard in one frame that says its size.");
    if (size > maxUnpacked)
        return bad("says that more than 256 MB are packed in it.");
    void *data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), ZSTD_freeDCtx);
    if (data == MAP_FAILED || !context) {
        if (data != MAP_FAILED)
            ::munmap(data, size);
        return fail(ErrorCode::OutOfMemory, "This machine has too little memory for " + path.string() + '.');
    }
    MappedFile result(path, static_cast<const std::byte *>(data), packed->identity());
    result.m_size = size;
    result.m_isUnpacked = true;
    Unpacking unpacking{context.get(), data, size, 0};
    const auto unpack = [](const std::byte *bytes, std::size_t count, void *to) {
        auto *work = static_cast<Unpacking *>(to);
        work->result = ZSTD_decompressDCtx(work->context, work->target, work->size, bytes, count);
    };
    if (auto read = packed->read(0, packed->size(), unpack, &unpacking); !read)
        return tl::unexpected(read.error());
    if (unpacking.result != size)
        return bad("is damaged: what is packed in it cannot be unpacked.");
    return result;
}

MappedFile::MappedFile(std::filesystem::path path, const std::byte *data, const FileIdentity &identity)
    : m_path(std::move(path))
    , m_data(data)
    , m_size(identity.size)
    , m_identity(identity)
{
}

MappedFile::MappedFile(MappedFile &&other) noexcept
    : m_path(std::move(other.m_path))
    , m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_identity(other.m_identity)
    , m_isUnpacked(other.m_isUnpacked)
{
}

MappedFile &MappedFile::operator=(MappedFile &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    std::swap(m_identity, other.m_identity);
    std::swap(m_isUnpacked, other.m_isUnpacked);
    return *this;
}

MappedFile::~MappedFile()
{
    if (m_data)
        ::munmap(const_cast<std::byte *>(m_data), m_size);
}

Result<void> MappedFile::copy(std::uint64_t offset, std::span<std::byte> target) const
{
    return read(offset, target.size(), [](const std::byte *bytes, std::size_t count, void *to) { std::memcpy(to, bytes, count); }, target.data());
}

Result<void> MappedFile::read(std::uint64_t offset, std::size_t bytes, Reader reader, void *context) const
{
    if (offset > m_size || bytes > m_size - offset)
        return fail(ErrorCode::Internal, "A read outside of " + m_path.string() + " was refused.");
    if (bytes == 0 || guardedRead(m_data + offset, bytes, reader, context))
        return {};
    return fail(ErrorCode::ModelFile, m_path.string() + " became shorter while it was read. Put the whole file back and load it again.");
}

void MappedFile::forget(std::uint64_t offset, std::uint64_t bytes) const
{
    if (m_isUnpacked || offset > m_size || bytes > m_size - offset)
        return;
    // Whole pages only: what shares one with them may be in use.
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const std::uint64_t begin = (offset + page - 1) / page * page;
    const std::uint64_t end = (offset + bytes) / page * page;
    if (begin < end)
        ::madvise(const_cast<std::byte *>(m_data) + begin, end - begin, MADV_DONTNEED);
}

} // namespace Galley::Diffusion
