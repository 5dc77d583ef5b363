// Loaded into a process with LD_PRELOAD: writes down, in order, everything that it does to the files below GALLEY_WRITES_UNDER and when it asked for
// them to be brought to disk. writelog.h reads it. No Qt: this runs inside of every call that SQLite and Qt make.

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <map>
#include <mutex>
#include <string>

namespace {

/// The last two are lengths of what follows.
struct Record
{
    char what;
    std::uint64_t handle;
    std::uint64_t at;
    std::uint64_t first;
    std::uint64_t second;
};

// A process may open files before this library's constructors have run and after its destructors: none of it is ever destroyed.
std::recursive_mutex &mutex()
{
    static auto *instance = new std::recursive_mutex;
    return *instance;
}

std::map<int, std::uint64_t> &handles()
{
    static auto *instance = new std::map<int, std::uint64_t>;
    return *instance;
}

std::uint64_t nextHandle = 1;

const std::string &under()
{
    static auto *instance = new std::string(std::getenv("GALLEY_WRITES_UNDER") ? std::getenv("GALLEY_WRITES_UNDER") : "");
    return *instance;
}

int logFile()
{
    static const int file = [] {
        const char *name = std::getenv("GALLEY_WRITES_LOG");
        return name ? int(::syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) : -1;
    }();
    return file;
}

bool isWatched(const char *path)
{
    return path && !under().empty() && std::strncmp(path, under().c_str(), under().size()) == 0;
}

void put(const void *bytes, std::size_t length)
{
    const char *at = static_cast<const char *>(bytes);
    while (length > 0) {
        const long written = ::syscall(SYS_write, logFile(), at, length);
        if (written <= 0)
            std::abort();
        at += written;
        length -= std::size_t(written);
    }
}

void note(char what, std::uint64_t handle, std::uint64_t at, const void *first, std::size_t firstLength, const void *second = nullptr, std::size_t secondLength = 0)
{
    const int before = errno;
    const Record record{what, handle, at, firstLength, secondLength};
    put(&record, sizeof record);
    put(first, firstLength);
    put(second, secondLength);
    errno = before;
}

void notePaths(char what, const char *first, const char *second = "")
{
    note(what, 0, 0, first, std::strlen(first), second, std::strlen(second));
}

std::uint64_t handleOf(int file)
{
    const auto found = handles().find(file);
    return found == handles().end() ? 0 : found->second;
}

template<typename Function>
Function next(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

int openFile(int folder, const char *path, int flags, mode_t mode)
{
    const std::lock_guard lock(mutex());
    const int file = int(::syscall(SYS_openat, folder, path, flags, mode));
    if (file >= 0) {
        handles().erase(file);
        if (isWatched(path)) {
            handles()[file] = nextHandle;
            note('o', nextHandle++, std::uint64_t((flags & O_TRUNC) != 0), path, std::strlen(path));
        }
    }
    return file;
}

mode_t modeOf(int flags, va_list arguments)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

ssize_t writeAt(int file, const void *bytes, std::size_t length, off64_t at)
{
    const std::lock_guard lock(mutex());
    const ssize_t written = ::syscall(SYS_pwrite64, file, bytes, length, at);
    if (const std::uint64_t handle = handleOf(file); handle != 0 && written > 0)
        note('w', handle, std::uint64_t(at), bytes, std::size_t(written));
    return written;
}

int syncFile(long call, int file)
{
    const std::lock_guard lock(mutex());
    const int done = int(::syscall(call, file));
    if (const std::uint64_t handle = handleOf(file); handle != 0 && done == 0)
        note('s', handle, 0, "", 0);
    return done;
}

int truncateFile(int file, off64_t length)
{
    const std::lock_guard lock(mutex());
    const int done = int(::syscall(SYS_ftruncate, file, length));
    if (const std::uint64_t handle = handleOf(file); handle != 0 && done == 0)
        note('t', handle, std::uint64_t(length), "", 0);
    return done;
}

int renameFile(const char *from, const char *to, unsigned flags)
{
    const std::lock_guard lock(mutex());
    const int done = int(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags));
    if (done == 0 && isWatched(to))
        notePaths('r', from, to);
    return done;
}

int unlinkFile(int folder, const char *path, int flags)
{
    const std::lock_guard lock(mutex());
    const int done = int(::syscall(SYS_unlinkat, folder, path, flags));
    if (done == 0 && isWatched(path))
        notePaths('u', path);
    return done;
}

} // namespace

extern "C" {

/// What is a promise from now on: everything that was to be on disk is.
void galleyPromise(const char *text)
{
    const std::lock_guard lock(mutex());
    notePaths('p', text);
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    return openFile(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    return openFile(AT_FDCWD, path, flags, mode);
}

int openat(int folder, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    return openFile(folder, path, flags, mode);
}

int openat64(int folder, const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    return openFile(folder, path, flags, mode);
}

int close(int file)
{
    const std::lock_guard lock(mutex());
    handles().erase(file);
    return int(::syscall(SYS_close, file));
}

ssize_t write(int file, const void *bytes, std::size_t length)
{
    {
        const std::lock_guard lock(mutex());
        if (const std::uint64_t handle = handleOf(file); handle != 0) {
            const long at = ::syscall(SYS_lseek, file, 0, SEEK_CUR);
            const ssize_t written = ::syscall(SYS_write, file, bytes, length);
            if (written > 0)
                note('w', handle, std::uint64_t(at), bytes, std::size_t(written));
            return written;
        }
    }
    return ::syscall(SYS_write, file, bytes, length);  // a pipe may wait for long
}

ssize_t pwrite(int file, const void *bytes, std::size_t length, off_t at)
{
    return writeAt(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void *bytes, std::size_t length, off64_t at)
{
    return writeAt(file, bytes, length, at);
}

int fsync(int file)
{
    return syncFile(SYS_fsync, file);
}

int fdatasync(int file)
{
    return syncFile(SYS_fdatasync, file);
}

int ftruncate(int file, off_t length)
{
    return truncateFile(file, length);
}

int ftruncate64(int file, off64_t length)
{
    return truncateFile(file, length);
}

int rename(const char *from, const char *to)
{
    return renameFile(from, to, 0);
}

int renameat2(int, const char *from, int, const char *to, unsigned flags)
{
    return renameFile(from, to, flags);
}

int unlink(const char *path)
{
    return unlinkFile(AT_FDCWD, path, 0);
}

int unlinkat(int folder, const char *path, int flags)
{
    return unlinkFile(folder, path, flags);
}

int rmdir(const char *path)
{
    return unlinkFile(AT_FDCWD, path, AT_REMOVEDIR);
}

int mkdir(const char *path, mode_t mode)
{
    const std::lock_guard lock(mutex());
    const int done = int(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
    if (done == 0 && isWatched(path))
        notePaths('d', path);
    return done;
}

// Nothing of Galley writes like this; a log without it would lie.
ssize_t pwritev(int file, const struct iovec *pieces, int count, off_t at)
{
    if (handleOf(file) != 0)
        std::abort();
    return next<ssize_t (*)(int, const struct iovec *, int, off_t)>("pwritev")(file, pieces, count, at);
}

int link(const char *from, const char *to)
{
    if (isWatched(to))
        std::abort();
    return next<int (*)(const char *, const char *)>("link")(from, to);
}

} // extern "C"
