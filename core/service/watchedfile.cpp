#include "core/service/watchedfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace Galley {

namespace {

constexpr int longestSettle = 4;  ///< times the settle time, while somebody goes on writing

/// \a folder, or the nearest folder above it that there is.
QString existing(QString folder)
{
    while (!QFileInfo(folder).isDir()) {
        const QString above = QFileInfo(folder).path();
        if (above == folder)
            break;
        folder = above;
    }
    return folder;
}

} // namespace

WatchedFile::WatchedFile(const QString &file, int settleMs, QObject *parent)
    : QObject(parent)
    , m_file(file)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(settleMs);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        m_busySince.invalidate();
        watch();
        Q_EMIT changed();
    });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &WatchedFile::touched);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &WatchedFile::touched);
    watch();
}

void WatchedFile::touched()
{
    if (!m_busySince.isValid())
        m_busySince.start();
    if (m_busySince.elapsed() < qint64(m_settle.interval()) * (longestSettle - 1) || !m_settle.isActive())
        m_settle.start();
    watch();
}

/// Editors replace the file, which ends the watch on it or leaves it on the one that has gone; the folder tells of the new one.
void WatchedFile::watch()
{
    if (m_watcher.files().contains(m_file))
        m_watcher.removePath(m_file);
    if (QFileInfo::exists(m_file))
        m_watcher.addPath(m_file);
    const QString folder = existing(QFileInfo(m_file).absolutePath());
    const QStringList watched = m_watcher.directories();
    if (watched.contains(folder))
        return;
    if (!watched.isEmpty())
        m_watcher.removePaths(watched);
    m_watcher.addPath(folder);
}

std::optional<QByteArray> WatchedFile::read(qint64 mostBytes)
{
    watch();
    QFile source(m_file);
    if (!source.exists())
        return QByteArray();
    if (source.size() > mostBytes || !source.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray text = source.read(mostBytes + 1);
    return text.size() > mostBytes ? std::nullopt : std::optional(text);
}

} // namespace Galley
