#include "ui/document/documentsession.h"

#include "core/base/log.h"
#include "core/template/templatefile.h"
#include "ui/document/templatedocument.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace Galley {

namespace {

const auto recentKey = QStringLiteral("files/recent");

/// The same file by any of its names.
QString identity(const QString &file)
{
    const QFileInfo info(file);
    const QString canonical = info.canonicalFilePath();
    return canonical.isEmpty() ? info.absoluteFilePath() : canonical;
}

} // namespace

DocumentSession::DocumentSession(TemplateDocument *document, const Paths &paths, QSettings *store, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_paths(paths)
    , m_store(store)
    , m_recovery(paths.recovery())
    , m_autosave(document, paths.recovery())
{}

DocumentSession::~DocumentSession() = default;

Result<void> DocumentSession::open(const QString &file)
{
    // The lock of the file that is open now goes only when the other one could be read.
    auto oldLock = std::move(m_lock);
    const QString oldHolder = m_lockHolder;
    const bool ours = takeLock(file);
    const auto opened = m_document->open(file);
    if (!opened) {
        m_lock = std::move(oldLock);
        m_lockHolder = oldHolder;
        return opened;
    }
    if (!ours)
        m_document->setReadOnly(true);
    remember(m_document->file());
    return {};
}

void DocumentSession::create(const QString &name, const QSize &canvas)
{
    m_lock.reset();
    m_lockHolder.clear();
    m_document->openValue(newTemplate(name, canvas), {});
}

Result<void> DocumentSession::openSample(const QString &file)
{
    const auto loaded = loadTemplate(file);
    if (!loaded)
        return fail(loaded.error());
    m_lock.reset();
    m_lockHolder.clear();
    m_document->openValue(loaded->value, QFileInfo(file).absolutePath());
    return {};
}

Result<void> DocumentSession::save(const QString &file)
{
    if (identity(file) != identity(m_document->file()) || !m_lock) {
        auto oldLock = std::move(m_lock);
        if (!takeLock(file)) {
            m_lock = std::move(oldLock);
            return fail(ErrorCode::Unavailable,
                        tr("%1 is open in another window of Galley. Save under another name.").arg(QFileInfo(file).fileName()));
        }
    }
    m_lockHolder.clear();
    const auto saved = m_document->save(file);
    if (saved)
        remember(m_document->file());
    return saved;
}

void DocumentSession::detach()
{
    const Template value = m_document->value();
    const QString folder = m_document->folder();
    const RowSet rows = m_document->rows();
    const int row = m_document->currentRow();
    m_lock.reset();
    m_lockHolder.clear();
    m_document->restoreWork(value, folder, {}, rows, row);
}

void DocumentSession::finish()
{
    m_autosave.discard();
    m_autosave.flush();
    m_lock.reset();
}

QStringList DocumentSession::recentFiles() const
{
    QStringList files = m_store->value(recentKey).toStringList();
    files.removeIf([](const QString &file) { return !QFileInfo::exists(file); });
    return files;
}

void DocumentSession::clearRecentFiles()
{
    m_store->remove(recentKey);
    Q_EMIT recentFilesChanged();
}

QList<RecoverableWork> DocumentSession::findRecoverable() const
{
    return m_recovery.find();
}

void DocumentSession::recover(const RecoverableWork &work)
{
    m_lock.reset();
    const bool ours = work.work.file.isEmpty() || takeLock(work.work.file);
    const QString file = ours ? work.work.file : QString();
    m_document->restoreWork(work.work.value, work.work.folder, file, rowsOf(work.work), work.work.currentRow);
    m_lockHolder.clear();
    m_autosave.adopt(work);
}

void DocumentSession::forget(const RecoverableWork &work)
{
    m_recovery.remove(work.id);
    if (work.lock)
        work.lock->unlock();
}

bool DocumentSession::takeLock(const QString &file)
{
    m_lockHolder.clear();
    const QString folder = m_paths.data + QStringLiteral("/locks");
    QDir().mkpath(folder);
    const QByteArray name = QCryptographicHash::hash(identity(file).toUtf8(), QCryptographicHash::Sha256).toHex().left(32);
    auto lock = std::make_unique<QLockFile>(folder + u'/' + QString::fromLatin1(name) + QStringLiteral(".lock"));
    lock->setStaleLockTime(0);
    if (lock->tryLock(0)) {
        m_lock = std::move(lock);
        return true;
    }
    if (lock->error() != QLockFile::LockFailedError) {
        // A home that cannot be written keeps nobody from working; only the warning to others is missing.
        logMessage(LogLevel::Warning, QStringLiteral("No lock can be made in %1.").arg(folder));
        m_lock.reset();
        return true;
    }
    qint64 process = 0;
    QString host;
    QString application;
    lock->getLockInfo(&process, &host, &application);
    m_lockHolder = tr("%1 is open in another window of Galley (process %2), so it can only be looked at here.")
                       .arg(QFileInfo(file).fileName())
                       .arg(process);
    return false;
}

void DocumentSession::remember(const QString &file)
{
    QStringList files = m_store->value(recentKey).toStringList();
    files.removeAll(file);
    files.prepend(file);
    while (files.size() > longestRecentList)
        files.removeLast();
    m_store->setValue(recentKey, files);
    Q_EMIT recentFilesChanged();
}

} // namespace Galley
