#include "ui/document/autosave.h"

#include "core/base/async.h"
#include "ui/document/templatedocument.h"

#include <QUuid>

namespace Galley {

Autosave::Autosave(TemplateDocument *document, const QString &folder, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_folder(folder)
    , m_id(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    m_pool.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(delayMs);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::write);
    connect(document, &TemplateDocument::changed, this, &Autosave::schedule);
    connect(document, &TemplateDocument::currentRowChanged, this, &Autosave::schedule);
    connect(document, &TemplateDocument::saved, this, &Autosave::schedule);
    connect(document, &TemplateDocument::rowsChanged, this, [this] { m_openedRows = m_document->rows(); });
    connect(document, &TemplateDocument::replaced, this, &Autosave::discard);
}

Autosave::~Autosave()
{
    m_pool.waitForDone();
}

void Autosave::adopt(const RecoverableWork &work)
{
    discard();
    m_pool.waitForDone();
    m_id = work.id;
    m_lock = work.lock;
    m_hasEntry = true;
    const auto opened = rowsOf({work.work.value, {}, {}, work.work.rowsFile, 0, {}, {}});
    m_openedRows = opened;
    schedule();
}

void Autosave::discard()
{
    m_timer.stop();
    if (!std::exchange(m_hasEntry, false))
        return;
    runOn(&m_pool, [folder = m_folder, id = m_id] { folder.remove(id); });
}

void Autosave::flush()
{
    if (m_timer.isActive()) {
        m_timer.stop();
        write();
    }
    m_pool.waitForDone();
}

void Autosave::schedule()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void Autosave::write()
{
    if (!hasUnsavedWork()) {
        discard();
        return;
    }
    if (!m_lock)
        m_lock = m_folder.claim(m_id);
    m_hasEntry = true;
    const auto outcome = runOn(&m_pool, [folder = m_folder, id = m_id, content = work()] { return folder.write(id, content); });
    onFinished(outcome, this, [this](const QFuture<Result<void>> &future) {
        const Result<void> result = future.result();
        if (result) {
            m_failed = false;
            Q_EMIT written();
        } else if (!std::exchange(m_failed, true)) {
            Q_EMIT failed(result.error().message);
        }
    });
}

UnsavedWork Autosave::work() const
{
    UnsavedWork work;
    work.value = m_document->value();
    work.file = m_document->file();
    work.folder = m_document->folder();
    work.rowsFile = m_document->rows().file;
    work.currentRow = m_document->currentRow();
    work.time = QDateTime::currentDateTimeUtc();
    const QList<Row> &rows = m_document->rows().rows;
    for (int i = 0; i < rows.size(); ++i) {
        if (i >= m_openedRows.rows.size() || !(rows.at(i) == m_openedRows.rows.at(i)))
            work.editedRows << rows.at(i);
    }
    return work;
}

bool Autosave::hasUnsavedWork() const
{
    return m_document->isModified() || !(m_document->rows().rows == m_openedRows.rows);
}

} // namespace Galley
