#pragma once

#include "core/engines/local/frames.h"
#include "core/render/renderengine.h"

namespace Galley {

/// Turns the worker's messages into values, and refuses what does not fit the question. Pure, no process needed.

inline constexpr int workerProtocol = 1;

/// What the first message says. Fails on another protocol version.
Result<EngineCapabilities> readHello(const WorkerFrame &frame);

WorkerFrame renderMessage(const QString &id, const EngineRequest &request);
WorkerFrame embedMessage(const QString &id, const QStringList &texts);
WorkerFrame cancelMessage(const QString &id);

/// The answer to \a request. A picture of another size, seed, step count, model or revision is an error, never a picture: nothing may be
/// shown under a name that did not make it.
Result<RenderResult> readResult(const WorkerFrame &frame, const EngineRequest &request);
Result<QList<QList<float>>> readVectors(const WorkerFrame &frame, int texts);

/// The worker's own failure as a sentence.
Error readError(const WorkerFrame &frame);

} // namespace Galley
