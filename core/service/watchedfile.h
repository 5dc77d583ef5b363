#pragma once

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <optional>

namespace Galley {

/// Tells when a file has been changed, replaced, made or removed. Editors write in several steps: changed() comes once nothing has happened for
/// \a settleMs, and while it goes on, every four times that. Lives on one thread with an event loop.
class WatchedFile : public QObject
{
    Q_OBJECT

public:
    /// \a file need not exist, nor its folder.
    WatchedFile(const QString &file, int settleMs, QObject *parent = nullptr);

    const QString &file() const { return m_file; }
    /// Its text; empty when there is no file, nothing when it cannot be read or has more than \a mostBytes. What is written after this call is told.
    std::optional<QByteArray> read(qint64 mostBytes);

Q_SIGNALS:
    void changed();

private:
    void touched();
    void watch();

    QString m_file;
    QFileSystemWatcher m_watcher;
    QTimer m_settle;
    QElapsedTimer m_busySince;
};

} // namespace Galley
