#include "core/base/durable.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QThread>
#include <QUuid>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace Galley {

namespace {

constexpr QLatin1String temporaryMark(".part-");
constexpr int pollMs = 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Durable", text);
}

tl::unexpected<Error> writeError(const QString &file, const QString &reason)
{
    return fail(ErrorCode::Io, tr("%1 cannot be written: %2. Free some space or check the folder's permissions.").arg(file, reason));
}

/// A rename is on disk only when its folder is.
bool syncFolder(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL;  // EINVAL: a file system that has no such thing
    ::close(descriptor);
    return synced;
}

/// Makes \a folder with whatever is missing above it, each new entry on disk.
bool makeFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.isDir())
        return true;
    const QString parent = info.absolutePath();
    if (parent == folder || !makeFolder(parent))
        return false;
    return (QDir(parent).mkdir(info.fileName()) || QFileInfo(folder).isDir()) && syncFolder(parent);
}

/// Whether \a name leads to the file that is open.
bool isNamed(int descriptor, const QByteArray &name)
{
    struct stat held = {};
    struct stat named = {};
    return ::fstat(descriptor, &held) == 0 && ::stat(name.constData(), &named) == 0 && held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

/// Takes the permission to write from everybody and leaves what the umask allows. A file system without permissions (EPERM, ENOTSUP) has none to take.
bool takeWriting(int descriptor)
{
    struct stat open = {};
    if (::fstat(descriptor, &open) != 0)
        return false;
    return ::fchmod(descriptor, open.st_mode & 0555) == 0 || errno == EPERM || errno == ENOTSUP;
}

} // namespace

bool isTemporaryName(const QString &fileName)
{
    return fileName.contains(temporaryMark);
}

Result<void> writeDurably(const QString &file, const QByteArray &bytes, FileAccess access)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (!makeFolder(folder))
        return writeError(file, tr("its folder cannot be made"));
    QFile out(file + temporaryMark + QUuid::createUuid().toString(QUuid::Id128).left(12));
    if (!out.open(QIODevice::WriteOnly | QIODevice::NewOnly | QIODevice::Unbuffered))
        return writeError(file, out.errorString());
    const bool isReady = access == FileAccess::Writable || takeWriting(out.handle());
    const bool written = isReady && out.write(bytes) == bytes.size() && ::fsync(out.handle()) == 0;
    const QString reason = out.error() == QFileDevice::NoError ? QString::fromLocal8Bit(std::strerror(errno)) : out.errorString();
    out.close();
    if (!written) {
        out.remove();
        return writeError(file, reason);
    }
    if (::rename(QFile::encodeName(out.fileName()).constData(), QFile::encodeName(file).constData()) != 0) {
        const QString renameReason = QString::fromLocal8Bit(std::strerror(errno));
        out.remove();
        return writeError(file, renameReason);
    }
    if (!syncFolder(folder))
        return writeError(file, tr("its folder cannot be brought to disk"));
    return {};
}

bool commitWhole(QSaveFile &file)
{
    return file.flush() && file.commit();
}

QString writeReason(const QFileDevice &file)
{
    static constexpr char nothing[] = "Unknown error";  // Qt's own text, translated by Qt
    const bool isSaid = file.error() != QFileDevice::NoError && file.errorString() != QCoreApplication::translate("QIODevice", nothing);
    return isSaid ? file.errorString() : tr("there is no room left on the disk");
}

Result<void> syncDurably(const QString &file)
{
    const QFileInfo info(file);
    const int descriptor = ::open(QFile::encodeName(file).constData(), O_RDONLY | O_CLOEXEC);
    bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0)
        ::close(descriptor);
    // Whoever made the folder may not have come to its name yet either.
    synced = synced && syncFolder(info.absolutePath()) && syncFolder(QFileInfo(info.absolutePath()).absolutePath());
    if (!synced)
        return writeError(file, QString::fromLocal8Bit(std::strerror(errno)));
    return {};
}

ProcessLock::ProcessLock(const QString &file)
    : m_file(file)
{}

ProcessLock::~ProcessLock()
{
    unlock();
}

bool ProcessLock::tryLock()
{
    if (isLocked())
        return true;
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    const QByteArray name = QFile::encodeName(m_file);
    const int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    m_hasNoFile = descriptor < 0;
    m_reason = errno;
    if (m_hasNoFile)
        return false;
    // Whoever let go has removed the file: a lock on what no longer has this name says nothing.
    const bool isHeld = ::flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    m_reason = isHeld ? EWOULDBLOCK : errno;
    if (!isHeld || !isNamed(descriptor, name)) {
        ::close(descriptor);
        return false;
    }
    m_descriptor = descriptor;
    return true;
}

bool ProcessLock::lock(int mostMs)
{
    const QDeadlineTimer deadline(mostMs);
    while (!tryLock()) {
        // A file that cannot be made is nobody's: on a full disk the wait would be for nothing.
        if (deadline.hasExpired() || m_hasNoFile)
            return false;
        QThread::msleep(pollMs);
    }
    return true;
}

bool ProcessLock::isInPlace() const
{
    return isLocked() && isNamed(m_descriptor, QFile::encodeName(m_file));
}

void ProcessLock::unlock()
{
    if (!isLocked())
        return;
    ::unlink(QFile::encodeName(m_file).constData());
    ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace Galley
