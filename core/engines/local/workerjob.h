#pragma once

#include "core/engines/local/frames.h"
#include "core/engines/local/localengine.h"

#include <QImage>
#include <QPromise>

#include <functional>
#include <optional>
#include <stop_token>
#include <utility>

namespace Galley {

/// One question to the worker. Kept until the worker has answered it, even when nobody waits for the answer any more.
struct WorkerJob
{
    using Vectors = QList<QList<float>>;
    enum class Kind { Render, Embed, Add, Remove, Unload };

    Kind kind = Kind::Render;
    QString id;
    EngineRequest request;
    QImage start;            ///< what the picture begins with
    RenderObserver observer;
    QStringList texts;
    LocalModelFile model;    ///< Add, Remove, Unload
    bool finished = false;   ///< the future has its result
    bool hasBegun = false;   ///< a worker was given it
    int deaths = 0;
    QPromise<Result<RenderResult>> render;
    QPromise<Result<Vectors>> vectors;
    QPromise<Result<LocalModel>> added;
    QPromise<Result<void>> removed;  ///< Remove, Unload
    std::optional<std::stop_callback<std::function<void()>>> onStop;

    WorkerFrame message() const;
    /// The type of the worker's last word on it.
    const char *answerType() const;
};

template<typename T>
void finishPromise(QPromise<Result<T>> &promise, Result<T> result)
{
    promise.addResult(std::move(result));
    promise.finish();
}

/// The picture that \a request begins with, as the worker wants it: of the request's size, the middle of it where the shapes differ. Null: none.
/// Errors call it \a name. For any thread.
Result<QImage> readStart(const EngineRequest &request, const QString &name);

/// Ends \a job, unless it has its result already.
void fail(WorkerJob &job, const Error &error);

} // namespace Galley
