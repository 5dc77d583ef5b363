#include "core/engines/remote/remoteengine.h"

#include "core/base/async.h"
#include "core/base/keyvariable.h"
#include "core/engines/remote/failure.h"
#include "core/engines/remote/redaction.h"
#include "core/engines/remote/wire.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QPointer>

#include <algorithm>
#include <utility>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::RemoteEngine", text);
}

Error cancelled(const BackendEntry &backend)
{
    Error error{ErrorCode::Cancelled, tr("The request to %1 was cancelled.").arg(backend.title())};
    error.failure = FailureClass::NotSent;
    return error;
}

} // namespace

bool needsKey(const BackendEntry &backend)
{
    if (!backend.key.isEmpty())
        return true;
    const ServiceKind *kind = findServiceKind(backend.kind);
    return kind && kind->needsKey && (backend.url.isEmpty() || backend.url.host() == kind->defaultUrl.host());
}

/// One question to the engine whose answer somebody waits for.
template<typename T>
struct RemoteEngine::Pending
{
    QPromise<Result<T>> promise;
    std::optional<std::stop_callback<std::function<void()>>> onStop;  ///< while the key is awaited
    QPointer<RemoteCall> call;
    std::stop_source request;  ///< stops a test
    bool finished = false;

    void finish(Result<T> outcome)
    {
        if (std::exchange(finished, true))
            return;
        onStop.reset();
        promise.addResult(std::move(outcome));
        promise.finish();
    }
};

RemoteEngine::RemoteEngine(HttpClient *client, const BackendEntry &backend, KeySource keys, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_backend(backend)
    , m_keys(std::move(keys))
    , m_kind(findServiceKind(backend.kind))
{
    if (m_kind && m_backend.url.isEmpty())
        m_backend.url = m_kind->defaultUrl;
}

RemoteEngine::~RemoteEngine()
{
    for (const auto &pending : std::exchange(m_renders, {})) {
        pending->onStop.reset();
        if (RemoteCall *call = pending->call) {
            call->disconnect(this);
            call->cancel();
            pending->finish(call->future().takeResult());
        }
        pending->finish(fail(cancelled(m_backend)));
    }
    for (const auto &pending : std::exchange(m_tests, {})) {
        pending->finish(fail(cancelled(m_backend)));
        pending->request.request_stop();
    }
}

QFuture<Result<EngineCapabilities>> RemoteEngine::capabilities()
{
    if (const auto can = usable(); !can)
        return readyFuture<Result<EngineCapabilities>>(fail(can.error()));
    EngineCapabilities capabilities;
    capabilities.library = m_kind->title;
    return readyFuture<Result<EngineCapabilities>>(capabilities);
}

QFuture<Result<RenderResult>> RemoteEngine::render(const EngineRequest &request, RenderObserver observer, std::stop_token stop)
{
    return begin(request, {}, std::move(observer), std::move(stop));
}

QFuture<Result<RenderResult>> RemoteEngine::lookUp(const EngineRequest &request, const QString &remoteId, RenderObserver observer,
                                                   std::stop_token stop)
{
    if (!m_kind || !m_kind->canLookUp || remoteId.isEmpty())
        return RenderEngine::lookUp(request, remoteId, std::move(observer), std::move(stop));
    return begin(request, remoteId, std::move(observer), std::move(stop));
}

QFuture<Result<RenderResult>> RemoteEngine::begin(const EngineRequest &request, const QString &remoteId, RenderObserver observer,
                                                  std::stop_token stop)
{
    return withKey<RenderResult>(stop, [=, this](const std::shared_ptr<PendingRender> &pending, const Secret &key) {
        startCall(pending, {request, m_backend, key, observer, stop, remoteId, backOffMs, readLimits, transferLimits});
    });
}

void RemoteEngine::startCall(const std::shared_ptr<PendingRender> &pending, CallContext context)
{
    RemoteCall *call = m_kind->makeCall(m_client, std::move(context), this);
    pending->call = call;
    connect(call, &RemoteCall::ended, this, [this, call, pending] {
        m_renders.erase(std::remove(m_renders.begin(), m_renders.end(), pending), m_renders.end());
        call->deleteLater();
        pending->finish(call->future().takeResult());
    });
    call->run();
}

QFuture<Result<QString>> RemoteEngine::testConnection(std::stop_token stop)
{
    return withKey<QString>(stop, [=, this](const std::shared_ptr<PendingTest> &pending, const Secret &key) { startTest(pending, key, stop); });
}

void RemoteEngine::startTest(const std::shared_ptr<PendingTest> &pending, const Secret &key, std::stop_token stop)
{
    HttpRequest http = m_kind->testRequest(m_backend, key);
    http.plain = m_backend.userNamed ? PlainHttp::Allowed : PlainHttp::LoopbackOnly;
    m_client->send(http, std::move(stop), this, [this, pending, key](Result<HttpReply> reply) {
        const Redaction redaction(key);
        if (reply && (reply->status < 200 || reply->status >= 300))
            redaction.clean(*reply);
        Result<QString> outcome;
        if (!reply)
            outcome = fail(reply.error());
        else if (reply->status >= 200 && reply->status < 300)
            outcome = m_kind->readTest(m_backend, *reply);
        else if (m_kind->readTestFailure)
            outcome = m_kind->readTestFailure(m_backend, *reply);
        else
            outcome = fail(failureOf(*reply, m_backend.title(), QDateTime::currentMSecsSinceEpoch()));
        if (outcome)
            redaction.clean(*outcome);
        else
            redaction.clean(outcome.error());
        m_tests.erase(std::remove(m_tests.begin(), m_tests.end(), pending), m_tests.end());
        pending->finish(std::move(outcome));
    });
}

QFuture<Result<QList<QList<float>>>> RemoteEngine::embed(const QStringList &)
{
    return readyFuture<Result<QList<QList<float>>>>(fail(ErrorCode::Unsupported, tr("%1 makes pictures, no vectors.").arg(m_backend.title())));
}

Result<void> RemoteEngine::usable() const
{
    if (!m_kind) {
        return fail(ErrorCode::Unsupported, tr("The backend %1 has the kind \"%2\", which does not exist. Use one of %3 in models.yaml.")
                                                .arg(m_backend.id, m_backend.kind, serviceKindNames().join(QStringLiteral(", "))));
    }
    if (!m_backend.url.isValid() || m_backend.url.host().isEmpty()) {
        return fail(ErrorCode::InvalidInput, tr("The backend %1 has no address. Give it a url: in models.yaml, such as http://127.0.0.1:8000/v1.")
                                                 .arg(m_backend.id));
    }
    return {};
}

Error RemoteEngine::missingKey() const
{
    const QString name = m_backend.key.isEmpty() ? m_backend.id : m_backend.key;
    Error error{ErrorCode::Unavailable, tr("%1 needs a key, and there is none. Enter it under \"Services and Keys\", or set %2 in the environment.")
                                            .arg(m_backend.title(), keyVariable(name))};
    error.failure = FailureClass::Rejected;
    error.serviceCode = QStringLiteral("key_missing");
    return error;
}

template<typename T>
QFuture<Result<T>> RemoteEngine::withKey(std::stop_token stop, std::function<void(const std::shared_ptr<Pending<T>> &, const Secret &)> next)
{
    if (const auto can = usable(); !can) {
        Error error = can.error();
        error.failure = FailureClass::Rejected;
        return readyFuture<Result<T>>(fail(error));
    }
    auto pending = std::make_shared<Pending<T>>();
    pending->promise.start();
    const QFuture<Result<T>> future = pending->promise.future();
    if constexpr (std::is_same_v<T, RenderResult>)
        m_renders.push_back(pending);
    else
        m_tests.push_back(pending);
    const auto drop = [this, weak = std::weak_ptr<Pending<T>>(pending)](const Error &error) {
        const auto waiting = weak.lock();
        if (!waiting)
            return;
        if constexpr (std::is_same_v<T, RenderResult>)
            m_renders.erase(std::remove(m_renders.begin(), m_renders.end(), waiting), m_renders.end());
        else
            m_tests.erase(std::remove(m_tests.begin(), m_tests.end(), waiting), m_tests.end());
        waiting->finish(fail(error));
    };
    pending->onStop.emplace(stop, [this, drop] {
        QMetaObject::invokeMethod(this, [this, drop] { drop(cancelled(m_backend)); }, Qt::QueuedConnection);
    });
    const QFuture<Result<Secret>> key = needsKey(m_backend) && m_keys ? m_keys(m_backend) : readyFuture<Result<Secret>>(Secret());
    onFinished(key, this, [this, drop, next, weak = std::weak_ptr<Pending<T>>(pending)](const QFuture<Result<Secret>> &answer) {
        const auto waiting = weak.lock();
        if (!waiting || waiting->finished)
            return;
        const Result<Secret> secret = answer.isValid() && answer.resultCount() > 0 ? answer.result() : Result<Secret>(fail(missingKey()));
        if (!secret) {
            Error error = secret.error();
            error.failure = FailureClass::Rejected;
            drop(error);
        } else if (needsKey(m_backend) && secret->isEmpty()) {
            drop(missingKey());
        } else {
            waiting->onStop.reset();
            next(waiting, *secret);
        }
    });
    return future;
}

} // namespace Galley
