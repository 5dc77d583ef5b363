#include "core/engines/local/workerjob.h"

#include "core/engines/local/answers.h"

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

} // namespace Galley
