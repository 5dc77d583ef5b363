#include "core/engines/local/workerjob.h"

#include "core/engines/local/answers.h"
#include "core/imaging/imagefile.h"

#include <algorithm>

namespace Galley {

WorkerFrame WorkerJob::message() const
{
    switch (kind) {
    case Kind::Render: return renderMessage(id, request, start);
    case Kind::Embed: return embedMessage(id, texts);
    case Kind::Add: return addMessage(id, model.id, model.path);
    case Kind::Remove: return removeMessage(id, model.id);
    case Kind::Unload: return unloadMessage(id, model.id);
    }
    return {};
}

const char *WorkerJob::answerType() const
{
    switch (kind) {
    case Kind::Render: return "result";
    case Kind::Embed: return "vectors";
    case Kind::Add: return "added";
    case Kind::Remove: return "removed";
    case Kind::Unload: return "unloaded";
    }
    return "";
}

void fail(WorkerJob &job, const Error &error)
{
    if (std::exchange(job.finished, true))
        return;
    job.onStop.reset();
    switch (job.kind) {
    case WorkerJob::Kind::Render: finishPromise<RenderResult>(job.render, Galley::fail(error)); return;
    case WorkerJob::Kind::Embed: finishPromise<WorkerJob::Vectors>(job.vectors, Galley::fail(error)); return;
    case WorkerJob::Kind::Add: finishPromise<LocalModel>(job.added, Galley::fail(error)); return;
    case WorkerJob::Kind::Remove:
    case WorkerJob::Kind::Unload: finishPromise<void>(job.removed, Galley::fail(error)); return;
    }
}

Result<QImage> readStart(const EngineRequest &request, const QString &name)
{
    const auto start = std::find_if(request.references.cbegin(), request.references.cend(),
                                    [](const ReferencePicture &picture) { return picture.use == ReferencePicture::Use::Start; });
    if (start == request.references.cend())
        return QImage();
    const auto image = decodeImage(start->png, name);
    if (!image)
        return Galley::fail(image.error());
    const QImage covering = image->scaled(request.size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    const QPoint corner((covering.width() - request.size.width()) / 2, (covering.height() - request.size.height()) / 2);
    return covering.copy(QRect(corner, request.size)).convertToFormat(QImage::Format_RGBA8888_Premultiplied);
}

} // namespace Galley
