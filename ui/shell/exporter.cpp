#include "ui/shell/exporter.h"

#include "core/base/async.h"
#include "core/service/provenance.h"

#include <QCoreApplication>

namespace Galley {

Exporter::Exporter(DraftService *draft, const Settings *settings, QObject *parent)
    : QObject(parent)
    , m_draft(draft)
    , m_settings(settings)
{
    m_pool.setMaxThreadCount(1);
}

Exporter::~Exporter()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

void Exporter::start(const QString &file, const QSize &size)
{
    if (m_busy)
        return;
    m_busy = true;
    m_stop = {};
    Q_EMIT busyChanged(true);
    const Draft &live = m_draft->draft();
    const auto future = m_draft->render(live.source, live.row, live.folder, live.options, m_stop.get_token());
    onFinished(future, this, [this, file, size](const QFuture<Result<Draft>> &done) {
        if (done.isCanceled() || done.resultCount() == 0 || m_stop.stop_requested()) {
            end();
            Q_EMIT cancelled();
            return;
        }
        const Result<Draft> result = done.result();
        if (result) {
            compose(*result, file, size);
            return;
        }
        end();
        if (result.error().code == ErrorCode::Cancelled)
            Q_EMIT cancelled();
        else
            Q_EMIT failed(result.error().message);
    });
}

void Exporter::cancel()
{
    m_stop.request_stop();
}

void Exporter::compose(const Draft &draft, const QString &file, const QSize &size)
{
    ExportOptions options = exportOptions(*m_settings, file);
    options.format = PictureFormat::Png;
    const auto future = runOn(&m_pool, [draft, file, size, options] { return writeDraftPng(draft, file, size, options); });
    onFinished(future, this, [this, draft, file, size](const QFuture<Result<void>> &done) {
        const Result<void> result = done.result();
        end();
        if (!result) {
            Q_EMIT failed(result.error().message);
            return;
        }
        Q_EMIT exported(draft);
        Q_EMIT finished(file, size);
    });
}

void Exporter::end()
{
    m_busy = false;
    Q_EMIT busyChanged(false);
}

Result<void> writeDraftPng(const Draft &draft, const QString &file, const QSize &size, const ExportOptions &options)
{
    ScenePainter painter;
    const QImage image = painter.compose(draft.scene, draft.pictures, size);
    if (image.isNull()) {
        return fail(ErrorCode::OutOfMemory,
                    QCoreApplication::translate("Galley::Exporter", "There is no memory for a picture of %1 × %2. Choose a smaller size.")
                        .arg(size.width())
                        .arg(size.height()));
    }
    const auto saved = exportPicture({draftRecord(draft), {}, image}, file, options);
    return saved ? Result<void>() : fail(saved.error());
}

} // namespace Galley
