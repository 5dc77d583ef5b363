#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

class QFileDevice;
class QSaveFile;

namespace Galley {

/// Writes \a bytes to \a file so that they survive a crash and a power cut once this returns: a temporary file in the same folder, fsync, rename,
/// fsync of the folder. Makes the folder. A crash before the end leaves at most a temporary file (see isTemporaryName()). Thread-safe.
/// \a access ReadOnly: for nobody to write to, from the moment that it has its name; it can still be replaced and removed.
enum class FileAccess { Writable, ReadOnly };
Result<void> writeDurably(const QString &file, const QByteArray &bytes, FileAccess access = FileAccess::Writable);

/// Brings \a file, all of which has been written, to its name; false, with the file of before in place, where that fails. QSaveFile::commit() of Qt 6.4
/// says yes when only the last write out of its buffer fails, so that a full disk leaves half a file: never call it directly.
bool commitWhole(QSaveFile &file);

/// Why \a file could not be written, for a sentence. Qt says "Unknown error" of a last write that was only half done, which is what a full disk does.
QString writeReason(const QFileDevice &file);

/// Makes sure that \a file, which somebody else has just renamed to this name, survives a power cut as if writeDurably() had returned here. Thread-safe.
Result<void> syncDurably(const QString &file);

/// A name that writeDurably() uses while it writes.
bool isTemporaryName(const QString &fileName);

/// A file that one process holds as long as it lives, however it ends: the system lets go of it when the process is killed. Held by the object.
class ProcessLock
{
public:
    explicit ProcessLock(const QString &file);
    ~ProcessLock();
    ProcessLock(const ProcessLock &) = delete;
    ProcessLock &operator=(const ProcessLock &) = delete;

    /// Makes the file where it is missing. False when another object (of this or another process) holds it or the folder cannot be written.
    bool tryLock();
    /// The same, once whoever holds it has let go; false when that takes longer than \a mostMs. Blocks.
    bool lock(int mostMs);
    /// After tryLock() has said false: errno of what failed. EWOULDBLOCK: another object holds it.
    int reason() const { return m_reason; }
    /// Whether it was the file that could not be made, and not the lock that could not be had.
    bool hasNoFile() const { return m_hasNoFile; }
    bool isLocked() const { return m_descriptor >= 0; }
    /// Whether the file that is held still has its name: deleted with its folder, it keeps nobody out.
    bool isInPlace() const;
    /// Lets go and removes the file.
    void unlock();

private:
    QString m_file;
    int m_descriptor = -1;
    int m_reason = 0;
    bool m_hasNoFile = false;
};

} // namespace Galley
