// Loaded into a process with LD_PRELOAD: a disk that becomes full. Below GALLEY_FULL_UNDER the step number GALLEY_FULL_AT that needs room (a write, a file
// or a folder that is made, a file that grows) is only half done, and from then on each of them fails with ENOSPC until galleyMakeRoom(). What takes no
// room goes on: reading, deleting, renaming. With GALLEY_NO_LOCKS no file can be locked, as on some network drives. No Qt: this runs inside of every call that SQLite and Qt make.

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <set>
#include <string>

namespace {

// A process may open files before this library's constructors have run and after its destructors: none of it is ever destroyed.
std::recursive_mutex &mutex()
{
    static auto *instance = new std::recursive_mutex;
    return *instance;
}

std::set<int> &watched()
{
    static auto *instance = new std::set<int>;
    return *instance;
}

const std::string &under()
{
    static auto *instance = new std::string(std::getenv("GALLEY_FULL_UNDER") ? std::getenv("GALLEY_FULL_UNDER") : "");
    return *instance;
}

long fullAt()
{
    static const long at = std::getenv("GALLEY_FULL_AT") ? std::atol(std::getenv("GALLEY_FULL_AT")) : -1;
    return at;
}

long steps = 0;      ///< that needed room
bool hasRoom = false;  ///< once and for all

bool isWatched(const char *path)
{
    return path && !under().empty() && std::strncmp(path, under().c_str(), under().size()) == 0;
}

enum class Room { Enough, Half, None };

/// What is left for one more step.
Room take()
{
    const long step = steps++;
    if (hasRoom || fullAt() < 0 || step < fullAt())
        return Room::Enough;
    return step == fullAt() ? Room::Half : Room::None;
}

int full()
{
    errno = ENOSPC;
    return -1;
}

int openFile(int folder, const char *path, int flags, mode_t mode)
{
    const std::lock_guard lock(mutex());
    const bool isOurs = isWatched(path);
    if (isOurs && (flags & O_CREAT) != 0 && ::syscall(SYS_faccessat, folder, path, F_OK) != 0 && take() != Room::Enough)
        return full();
    const int file = int(::syscall(SYS_openat, folder, path, flags, mode));
    if (file >= 0) {
        watched().erase(file);
        if (isOurs)
            watched().insert(file);
    }
    return file;
}

mode_t modeOf(int flags, va_list arguments)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(arguments, mode_t) : 0;
}

/// \a at: negative: where the file stands.
ssize_t writeTo(int file, const void *bytes, std::size_t length, off64_t at)
{
    {
        const std::lock_guard lock(mutex());
        if (watched().count(file) != 0 && length > 0) {
            const Room room = take();
            if (room == Room::None || (room == Room::Half && length < 2))
                return full();
            if (room == Room::Half)
                length /= 2;
        }
    }
    return at < 0 ? ::syscall(SYS_write, file, bytes, length) : ::syscall(SYS_pwrite64, file, bytes, length, at);
}

int truncateFile(int file, off64_t length)
{
    const std::lock_guard lock(mutex());
    struct stat now = {};
    if (watched().count(file) != 0 && ::fstat(file, &now) == 0 && length > now.st_size && take() != Room::Enough)
        return full();
    return int(::syscall(SYS_ftruncate, file, length));
}

} // namespace

extern "C" {

/// There is room again. Returns how many steps there were that needed some.
long galleyMakeRoom()
{
    const std::lock_guard lock(mutex());
    hasRoom = true;
    return steps;
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
    watched().erase(file);
    return int(::syscall(SYS_close, file));
}

ssize_t write(int file, const void *bytes, std::size_t length)
{
    return writeTo(file, bytes, length, -1);
}

ssize_t pwrite(int file, const void *bytes, std::size_t length, off_t at)
{
    return writeTo(file, bytes, length, at);
}

ssize_t pwrite64(int file, const void *bytes, std::size_t length, off64_t at)
{
    return writeTo(file, bytes, length, at);
}

int ftruncate(int file, off_t length)
{
    return truncateFile(file, length);
}

int ftruncate64(int file, off64_t length)
{
    return truncateFile(file, length);
}

// A struct has the same name.
int lockFile(int file, int operation) __asm__("flock");
int lockFile(int file, int operation)
{
    static const bool hasNone = std::getenv("GALLEY_NO_LOCKS") != nullptr;
    if (hasNone) {
        errno = ENOLCK;
        return -1;
    }
    return int(::syscall(SYS_flock, file, operation));
}

int mkdir(const char *path, mode_t mode)
{
    const std::lock_guard lock(mutex());
    if (isWatched(path) && ::syscall(SYS_faccessat, AT_FDCWD, path, F_OK) != 0 && take() != Room::Enough)
        return full();
    return int(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}

} // extern "C"
