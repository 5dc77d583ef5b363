#include "core/diffusion/checkpoint/mappedfile.h"

#include <algorithm>
#include <atomic>
#include <bit>
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
#include <zstd_errors.h>

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

tl::unexpected<Error> tooLittleMemory(const std::filesystem::path &path)
{
    return fail(ErrorCode::OutOfMemory, "This machine has too little memory for " + path.string() + '.');
}

tl::unexpected<Error> systemError(const std::filesystem::path &path, const char *what, int code)
{
    return fail(ErrorCode::ModelFile, path.string() + ' ' + what + ": " + std::strerror(code) + '.');
}

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
                return tooLittleMemory(path);
            return systemError(path, "cannot be mapped into memory", code);
        }
        ::madvise(data, size, MADV_SEQUENTIAL);
    }
    ::close(fd);
    return MappedFile(path, static_cast<const std::byte *>(data), identityOf(info));
}

/// A packed file and how far it is unpacked; what is behind that is never written again.
struct MappedFile::Packed
{
    using Context = std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)>;

    explicit Packed(MappedFile whole)
        : file(std::move(whole))
        , context(ZSTD_createDCtx(), ZSTD_freeDCtx)
    {
        // A frame of one segment has a window as large as what is in it.
        if (context)
            ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, std::countr_zero(maxUnpacked));
    }

    static constexpr std::uint64_t beginning = 256 * 1024;  // the header of most files of weights: who lists models wants nothing else

    MappedFile file;
    std::mutex mutex;
    Context context;  ///< until all is unpacked, or could not be
    std::size_t in = 0;
    std::size_t out = 0;
};

Result<MappedFile> MappedFile::openPacked(const std::filesystem::path &path)
{
    auto packed = open(path);
    if (!packed)
        return packed;
    const auto bad = [&](const char *what) { return fail(ErrorCode::ModelFile, path.string() + ' ' + what + " Put the original file back."); };
    struct Sizes
    {
        unsigned long long unpacked;
        std::size_t packed;
    } sizes{ZSTD_CONTENTSIZE_ERROR, 0};
    const auto measure = [](const std::byte *bytes, std::size_t count, void *to) {
        *static_cast<Sizes *>(to) = {ZSTD_getFrameContentSize(bytes, count), ZSTD_findFrameCompressedSize(bytes, count)};
    };
    if (auto read = packed->read(0, packed->size(), measure, &sizes); !read)
        return tl::unexpected(read.error());
    if (sizes.unpacked == ZSTD_CONTENTSIZE_ERROR || sizes.unpacked == ZSTD_CONTENTSIZE_UNKNOWN || sizes.unpacked == 0)
        return bad("is not packed with Zstandard in one frame that says its size.");
    if (sizes.unpacked > maxUnpacked)
        return bad("says that more than 256 MB are packed in it.");
    if (sizes.packed != packed->size())
        return bad("is damaged: it does not end where what is packed in it ends.");
    void *data = ::mmap(nullptr, sizes.unpacked, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED)
        return tooLittleMemory(path);
    MappedFile result(path, static_cast<const std::byte *>(data), packed->identity());
    result.m_size = sizes.unpacked;
    result.m_packed = std::make_unique<Packed>(std::move(*packed));
    if (!result.m_packed->context)
        return tooLittleMemory(path);
    return result;
}

/// Sees to it that the bytes before \a end are there.
Result<void> MappedFile::unpack(std::uint64_t end) const
{
    const std::lock_guard lock(m_packed->mutex);
    if (end <= m_packed->out)
        return {};
    const auto damaged = [this] {
        return fail(ErrorCode::ModelFile, m_path.string() + " is damaged: what is packed in it cannot be unpacked. Put the original file back.");
    };
    if (!m_packed->context)
        return damaged();
    struct Work
    {
        ZSTD_DCtx *context;
        ZSTD_outBuffer out;
        std::size_t in;
        std::size_t result;  ///< 0 where the frame has ended
        bool whole;
    };
    const std::uint64_t wanted = std::min(m_size, std::max(end, Packed::beginning));
    const bool whole = wanted == m_size;
    Work work{m_packed->context.get(), {const_cast<std::byte *>(m_data), wanted, m_packed->out}, m_packed->in, 0, whole};
    const auto reader = [](const std::byte *bytes, std::size_t count, void *to) {
        auto *job = static_cast<Work *>(to);
        ZSTD_inBuffer in{bytes, count, job->in};
        do {
            job->result = ZSTD_decompressStream(job->context, &job->out, &in);
        } while (!ZSTD_isError(job->result) && job->result != 0 && in.pos < in.size && (job->whole || job->out.pos < job->out.size));
        job->in = in.pos;
    };
    if (auto read = m_packed->file.read(0, m_packed->file.size(), reader, &work); !read) {
        m_packed->context.reset();  // it was left in the middle
        return read;
    }
    const bool isGood = !ZSTD_isError(work.result) && work.out.pos == work.out.size && (!whole || work.result == 0);
    if (whole || !isGood)
        m_packed->context.reset();
    if (ZSTD_getErrorCode(work.result) == ZSTD_error_memory_allocation)
        return tooLittleMemory(m_path);
    if (!isGood)
        return damaged();
    m_packed->in = work.in;
    m_packed->out = work.out.pos;
    m_packed->file.forget(0, m_packed->in);
    return {};
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
    , m_packed(std::move(other.m_packed))
{
}

MappedFile &MappedFile::operator=(MappedFile &&other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    std::swap(m_identity, other.m_identity);
    std::swap(m_packed, other.m_packed);
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
    if (m_packed) {
        if (auto there = unpack(offset + bytes); !there)
            return there;
    }
    if (bytes == 0 || guardedRead(m_data + offset, bytes, reader, context))
        return {};
    return fail(ErrorCode::ModelFile, m_path.string() + " became shorter while it was read. Put the whole file back and load it again.");
}

void MappedFile::forget(std::uint64_t offset, std::uint64_t bytes) const
{
    if (m_packed || offset > m_size || bytes > m_size - offset)
        return;
    // Whole pages only: what shares one with them may be in use.
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    const std::uint64_t begin = (offset + page - 1) / page * page;
    const std::uint64_t end = (offset + bytes) / page * page;
    if (begin < end)
        ::madvise(const_cast<std::byte *>(m_data) + begin, end - begin, MADV_DONTNEED);
}

} // namespace Galley::Diffusion
