#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QStringList>

namespace Galley {

/// Cuts the worker's standard error into lines and appends them to a file, which becomes `FILE.1` when it has grown to 1 MiB.
/// A line is cut at 4,096 bytes; a file that cannot be written costs the file, not the lines. Not thread-safe.
class WorkerLog
{
public:
    static constexpr qsizetype maxLineBytes = 4096;
    static constexpr qint64 maxFileBytes = 1024 * 1024;

    /// Empty \a file: no file.
    explicit WorkerLog(const QString &file);

    /// The lines that \a bytes completed, without their ends.
    QStringList append(const QByteArray &bytes);
    /// What stands after the last line end; empties it. For a worker that died in the middle of a line.
    QStringList finish();

    QStringList lastLines() const { return m_last; }

private:
    void write(const QString &line);

    QFile m_file;
    QByteArray m_partial;
    QStringList m_last;
};

} // namespace Galley
