#pragma once

#include "core/engines/local/frames.h"
#include "core/engines/local/localmodel.h"
#include "core/render/renderengine.h"

namespace Galley {

/// Turns the worker's messages into values, and refuses what does not fit the question. Pure, no process needed.

inline constexpr int workerProtocol = 1;

/// What the first message says. Fails on another protocol version.
Result<EngineCapabilities> readHello(const WorkerFrame &frame);
/// The models of a hello that was read.
QList<LocalModel> readHelloModels(const WorkerFrame &frame);

/// What the worker says of one model. Hostile: whatever is out of bounds reads as not said.
LocalModel readLocalModel(const Json &entry);

/// The answer to an "add": the description of the model called \a id.
Result<LocalModel> readAdded(const WorkerFrame &frame, const QString &id);

/// \a start: what image-to-image begins with, of the request's size; null: noise.
WorkerFrame renderMessage(const QString &id, const EngineRequest &request, const QImage &start = {});
WorkerFrame embedMessage(const QString &id, const QStringList &texts);
WorkerFrame addMessage(const QString &id, const QString &model, const QString &path);
WorkerFrame removeMessage(const QString &id, const QString &model);
WorkerFrame unloadMessage(const QString &id, const QString &model);
WorkerFrame cancelMessage(const QString &id);

/// The answer to \a request. A picture of another size, seed, step count, model or revision is an error, never a picture: nothing may be
/// shown under a name that did not make it.
/// Another revision is ErrorCode::Unavailable: the model's files were replaced.
Result<RenderResult> readResult(const WorkerFrame &frame, const EngineRequest &request);
/// \a request is for files that are gone: \a here is what the model is now.
Error otherRevision(const EngineRequest &request, const QString &here);
Result<QList<QList<float>>> readVectors(const WorkerFrame &frame, int texts);

/// The worker's own failure as a sentence.
Error readError(const WorkerFrame &frame);

} // namespace Galley
