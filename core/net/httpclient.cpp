#include "core/net/httpclient.h"

#include "core/base/log.h"
#include "core/base/hostpolicy.h"
#include "core/net/networkthread.h"
#include "core/net/redirect.h"

#include <QElapsedTimer>
#include <QHash>
#include <QPointer>

#include <algorithm>
#include <optional>
#include <utility>

namespace Galley {

namespace {

/// One send() from the call to its callback, on the client's thread.
struct Send
{
    HttpRequest request;  ///< of the hop under way
    RedirectTrail trail;
    std::stop_token stop;
    QPointer<QObject> guard;
    HttpClient::Done done;
    HttpClient::OnEvent onEvent;
    QElapsedTimer clock;
    QMetaObject::Connection guardConnection;
    std::optional<std::stop_callback<std::function<void()>>> onStop;
};

void writeLog(const Send &send, const Result<HttpReply> &outcome)
{
    const QString what = QString::fromLatin1(send.request.method) + QLatin1Char(' ') + loggableUrl(send.request.url) + QStringLiteral(" → ");
    const QString time = QStringLiteral(", %1 ms").arg(send.clock.elapsed());
    if (outcome) {
        logMessage(LogLevel::Info, what + QStringLiteral("%1, %2 bytes").arg(outcome->status).arg(outcome->timings.bytesReceived) + time);
        return;
    }
    const QString failure = outcome.error().failure == FailureClass::None ? errorCodeName(outcome.error().code)
                                                                          : failureClassName(outcome.error().failure);
    logMessage(LogLevel::Info, what + failure + time + QStringLiteral(": ") + outcome.error().message);
}

} // namespace

struct HttpClient::Private
{
    HttpClient *q = nullptr;
    std::unique_ptr<NetworkThread> network;
    HttpProxy proxy;
    QHash<quint64, std::shared_ptr<Send>> sends;
    quint64 lastId = 0;

    void startHop(quint64 id, const std::shared_ptr<Send> &send);
    void onHop(quint64 id, Result<HttpReply> outcome, bool insidePeer);
    void onEvents(quint64 id, const QList<ServerEvent> &events);
    void finish(quint64 id, Result<HttpReply> outcome);
    void finishLater(quint64 id, const Error &error);
    void drop(quint64 id);
    std::optional<Error> whyNot(const HttpRequest &request) const;
};

HttpClient::HttpClient(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>())
{
    d->q = this;
    d->network = std::make_unique<NetworkThread>();
}

HttpClient::~HttpClient()
{
    const auto sends = std::exchange(d->sends, {});
    for (const auto &send : sends) {
        send->onStop.reset();
        QObject::disconnect(send->guardConnection);
    }
}

void HttpClient::setProxy(const HttpProxy &proxy)
{
    d->proxy = proxy;
}

HttpProxy HttpClient::proxy() const
{
    return d->proxy;
}

int HttpClient::requestsSent() const
{
    return d->network->requestsSent();
}

void HttpClient::send(const HttpRequest &request, std::stop_token stop, QObject *guard, Done done, OnEvent onEvent)
{
    const quint64 id = ++d->lastId;
    auto send = std::make_shared<Send>();
    send->request = request;
    send->trail = RedirectTrail(request);
    send->stop = stop;
    send->guard = guard;
    send->done = std::move(done);
    send->onEvent = std::move(onEvent);
    send->clock.start();
    d->sends.insert(id, send);
    send->guardConnection = connect(guard, &QObject::destroyed, this, [this, id] { d->drop(id); });
    if (stop.stop_requested()) {
        d->finishLater(id, {.code = ErrorCode::Cancelled, .message = tr("The request to %1 was cancelled.").arg(request.url.host())});
        return;
    }
    if (const auto error = d->whyNot(request)) {
        d->finishLater(id, *error);
        return;
    }
    d->startHop(id, send);
    // The callback may run on any thread, so it only tells the network thread, which closes the socket at once.
    NetworkThread *network = d->network.get();
    send->onStop.emplace(stop, [network, id] { network->cancel(id); });
}

/// The reason why \a request may not leave at all.
std::optional<Error> HttpClient::Private::whyNot(const HttpRequest &request) const
{
    const QUrl &url = request.url;
    const bool secure = url.scheme() == QLatin1String("https");
    const bool loopback = isLoopbackHost(url.host());
    if (!url.isValid() || url.host().isEmpty() || (!secure && url.scheme() != QLatin1String("http"))) {
        return Error{.code = ErrorCode::InvalidInput,
                     .message = tr("%1 is no address of a web service. It must begin with https:// and name a host.").arg(loggableUrl(url)),
                     .failure = FailureClass::Rejected};
    }
    if (!secure && !loopback && request.plain != PlainHttp::Allowed) {
        return Error{.code = ErrorCode::Refused,
                     .message = tr("%1 is not encrypted, so nothing was sent. Use its https:// address.").arg(loggableUrl(url)),
                     .failure = FailureClass::Rejected};
    }
    if (request.publicOnly && isInsideHost(url.host())) {
        return Error{.code = ErrorCode::Refused,
                     .message = tr("A link of the service leads to %1, an address inside your own network. Galley does not follow it.").arg(url.host()),
                     .failure = FailureClass::Rejected};
    }
    if (proxy.offline && !loopback) {
        return Error{.code = ErrorCode::Unavailable,
                     .message = tr("%1 was not asked because Galley is set to work offline. Switch \"Work offline\" off in the settings.").arg(url.host()),
                     .failure = FailureClass::Offline};
    }
    return std::nullopt;
}

void HttpClient::Private::startHop(quint64 id, const std::shared_ptr<Send> &send)
{
    NetworkThread::Job job;
    job.id = id;
    job.request = send->request;
    job.request.limits.totalMs = std::max(1, int(send->request.limits.totalMs - send->clock.elapsed()));
    job.proxy = proxy;
    job.onDone = [this, id](Result<HttpReply> outcome, bool insidePeer) {
        QMetaObject::invokeMethod(
            q, [this, id, outcome = std::move(outcome), insidePeer]() mutable { onHop(id, std::move(outcome), insidePeer); }, Qt::QueuedConnection);
    };
    if (send->onEvent) {
        job.onEvents = [this, id](const QList<ServerEvent> &events) {
            QMetaObject::invokeMethod(q, [this, id, events] { onEvents(id, events); }, Qt::QueuedConnection);
        };
    }
    network->start(std::move(job));
}

void HttpClient::Private::onHop(quint64 id, Result<HttpReply> outcome, bool insidePeer)
{
    const auto send = sends.value(id);
    if (!send)
        return;
    if (send->stop.stop_requested()) {
        outcome = fail({.code = ErrorCode::Cancelled, .message = tr("The request to %1 was cancelled.").arg(send->request.url.host())});
    } else if (outcome && send->trail.isRedirect(*outcome)) {
        auto next = send->trail.follow(send->request, *outcome, insidePeer);
        if (next) {
            if (const auto error = whyNot(*next))
                next = fail(*error);
        }
        if (next) {
            writeLog(*send, outcome);
            send->request = *next;
            startHop(id, send);
            if (send->stop.stop_requested())
                network->cancel(id);  // between two hops there was nothing to cancel
            return;
        }
        outcome = fail(next.error());
    }
    finish(id, std::move(outcome));
}

void HttpClient::Private::onEvents(quint64 id, const QList<ServerEvent> &events)
{
    for (const ServerEvent &event : events) {
        const auto send = sends.value(id);  // anew each time: a callback may stop the request or delete its guard
        if (!send || send->stop.stop_requested())
            return;
        send->onEvent(event);
    }
}

void HttpClient::Private::finish(quint64 id, Result<HttpReply> outcome)
{
    const auto send = sends.take(id);
    if (!send)
        return;
    send->onStop.reset();
    QObject::disconnect(send->guardConnection);
    writeLog(*send, outcome);
    if (send->guard)
        send->done(std::move(outcome));
}

void HttpClient::Private::finishLater(quint64 id, const Error &error)
{
    QMetaObject::invokeMethod(q, [this, id, error] { finish(id, fail(error)); }, Qt::QueuedConnection);
}

void HttpClient::Private::drop(quint64 id)
{
    const auto send = sends.take(id);
    if (!send)
        return;
    send->onStop.reset();
    network->cancel(id);
}

} // namespace Galley
