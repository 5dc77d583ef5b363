#pragma once

#include "core/base/paths.h"
#include "ui/document/autosave.h"

#include <QLockFile>
#include <QObject>
#include <QSize>
#include <QStringList>

class QSettings;

namespace Galley {

class TemplateDocument;

/// The document and the world round it: which file it is, whether somebody else has it open, recent files, backup of unsaved
/// work. Lives on the GUI thread; owned by the window, the document outlives it. Asks nobody anything: the window does.
class DocumentSession : public QObject
{
    Q_OBJECT

public:
    static constexpr int longestRecentList = 10;

    /// \a store remembers the recent files.
    DocumentSession(TemplateDocument *document, const Paths &paths, QSettings *store, QObject *parent = nullptr);
    ~DocumentSession() override;

    TemplateDocument *document() const { return m_document; }
    Autosave *autosave() { return &m_autosave; }

    /// Opens \a file; when another window or process has it, read-only (lockHolder() says who).
    Result<void> open(const QString &file);
    void create(const QString &name, const QSize &canvas);
    /// A template that ships with Galley: opened without a file name, so that it can never be overwritten.
    Result<void> openSample(const QString &file);
    Result<void> save(const QString &file);
    /// Goes on with an unsaved copy of what is open read-only.
    void detach();
    /// Everything is saved or given up: nothing is offered back next time.
    void finish();

    /// A sentence about who has the file open; empty when it is ours.
    QString lockHolder() const { return m_lockHolder; }

    QStringList recentFiles() const;  ///< those that still exist, newest first
    void clearRecentFiles();

    QList<RecoverableWork> findRecoverable() const;
    void recover(const RecoverableWork &work);
    void forget(const RecoverableWork &work);

Q_SIGNALS:
    void recentFilesChanged();

private:
    bool takeLock(const QString &file);
    void remember(const QString &file);

    TemplateDocument *m_document;
    Paths m_paths;
    QSettings *m_store;
    RecoveryFolder m_recovery;
    Autosave m_autosave;
    std::unique_ptr<QLockFile> m_lock;
    QString m_lockHolder;
};

} // namespace Galley
