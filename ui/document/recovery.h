#pragma once

#include "core/base/result.h"
#include "core/template/csv.h"
#include "core/template/template.h"

#include <QDateTime>
#include <QLockFile>

#include <memory>

namespace Galley {

/// Work that was not saved: everything that a window needs to go on where it was.
struct UnsavedWork
{
    Template value;
    QString file;    ///< empty: never saved
    QString folder;
    QString rowsFile;
    int currentRow = 0;
    QList<Row> editedRows;  ///< rows that differ from rowsFile
    QDateTime time;
};

/// One entry of the recovery folder whose process is gone. While somebody holds this value no other process offers it.
struct RecoverableWork
{
    QString id;
    UnsavedWork work;
    std::shared_ptr<QLockFile> lock;
};

/// The folder data/recovery: `<id>.json` beside `<id>.lock`, which the process holds as long as it lives. Stateless and thread-safe;
/// a file that cannot be read is left where it is, with a line in the log.
class RecoveryFolder
{
public:
    explicit RecoveryFolder(const QString &folder);

    /// A lock of our own for a new entry; null when the folder cannot be written.
    std::shared_ptr<QLockFile> claim(const QString &id) const;
    Result<void> write(const QString &id, const UnsavedWork &work) const;  ///< atomic
    void remove(const QString &id) const;
    Result<UnsavedWork> read(const QString &id) const;
    /// What dead processes left, newest first.
    QList<RecoverableWork> find() const;

    QString file(const QString &id) const;

private:
    QString m_folder;
};

/// The rows of \a work: its CSV read again with the edited rows put in. A CSV that is gone leaves the edited rows alone.
RowSet rowsOf(const UnsavedWork &work);

} // namespace Galley
