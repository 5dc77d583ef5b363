#pragma once

#include "ui/document/recovery.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace Galley {

class TemplateDocument;

/// Keeps one entry of the recovery folder up to date with the document: at most half a second after an edit it is on its way to
/// the disk, on a thread of its own; as soon as nothing is unsaved, and at a clean end, the entry is gone. Lives on the GUI
/// thread; a disk that refuses is told once by failed().
class Autosave : public QObject
{
    Q_OBJECT

public:
    static constexpr int delayMs = 400;

    Autosave(TemplateDocument *document, const QString &folder, QObject *parent = nullptr);
    ~Autosave() override;  ///< leaves the entry when there is unsaved work; call discard() after a clean close

    /// Goes on with the entry that \a work came from instead of an own one.
    void adopt(const RecoverableWork &work);
    /// The person does not want this work any more (or it is saved): the entry is removed.
    void discard();
    /// Writes now and waits: for a session that ends by a signal.
    void flush();

Q_SIGNALS:
    void written();
    void failed(const QString &sentence);

private:
    void schedule();
    void write();
    UnsavedWork work() const;
    bool hasUnsavedWork() const;

    TemplateDocument *m_document;
    RecoveryFolder m_folder;
    QString m_id;
    std::shared_ptr<QLockFile> m_lock;
    RowSet m_openedRows;
    QTimer m_timer;
    QThreadPool m_pool;  ///< one thread: writes and removals keep their order
    bool m_hasEntry = false;
    bool m_failed = false;
};

} // namespace Galley
