#pragma once

#include "core/base/async.h"
#include "core/engines/remote/remoteengine.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

namespace Galley {

/// A server on the user's own machine, which costs nothing.
inline BackendEntry ownBackend(const QString &kind, const ScriptedServer &server, int pollMs)
{
    BackendEntry backend;
    backend.id = QStringLiteral("studio");
    backend.label = QStringLiteral("Studio");
    backend.kind = kind;
    backend.url = server.url();
    backend.free = true;
    backend.userNamed = true;
    backend.options = {{"poll_ms", pollMs}};
    return backend;
}

inline EngineRequest ownRequest(const QString &upstream, int steps)
{
    EngineRequest request;
    request.model = QStringLiteral("local-sd");
    request.upstream = upstream;
    request.dialect = Dialect::Prose;
    request.prompt = QStringLiteral("a basket of apples");
    request.size = {96, 64};
    request.seed = 7;
    request.steps = steps;
    request.rgba = false;
    return request;
}

/// A remote engine with its client, and what an observer was told; for tests against a scripted server. Lives on the test's thread.
class RemoteRig
{
public:
    explicit RemoteRig(const BackendEntry &entry, const QByteArray &key = {})
        : engine(&client, entry, [key](const BackendEntry &) { return readyFuture<Result<Secret>>(Secret(key)); })
    {}

    RenderObserver observer()
    {
        return {.progress = [this](int step, int of) { progress.append({step, of}); },
                .preview = [this](int, const QImage &image) { previews.append(image); },
                .accepted = [this](const QString &id) { accepted.append(id); },
                .state = [this](const QString &word) { states.append(word); },
                .answered = [this] { ++answers; }};
    }

    QFuture<Result<RenderResult>> start(const EngineRequest &request, std::stop_token stop = {})
    {
        return engine.render(request, observer(), std::move(stop));
    }

    Result<RenderResult> render(const EngineRequest &request) { return wait(start(request)); }

    /// The outcome of \a future, at the latest after half a minute.
    template<typename T>
    static Result<T> wait(const QFuture<Result<T>> &future)
    {
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
            return fail(ErrorCode::Internal, QStringLiteral("the call did not end"));
        return future.result();
    }

    HttpClient client;
    RemoteEngine engine;
    QList<std::pair<int, int>> progress;
    QList<QImage> previews;
    QStringList accepted;
    QStringList states;
    int answers = 0;  ///< how often the service was said to be done
};

} // namespace Galley
