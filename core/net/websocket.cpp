#include "core/net/websocket.h"

#include "core/base/async.h"
#include "core/base/hostpolicy.h"
#include "core/net/connectionerror.h"
#include "core/net/networkproxy.h"

#include <QElapsedTimer>
#include <QNetworkRequest>
#include <QSslError>
#include <QTimer>
#include <QWebSocket>

namespace Galley {

namespace {

/// What a frame's header and the handshake need besides the message itself.
constexpr qint64 spareBytes = 64 * 1024;
constexpr int pingsPerSilence = 3;

QUrl socketUrl(QUrl url)
{
    if (url.scheme() == QLatin1String("http"))
        url.setScheme(QStringLiteral("ws"));
    else if (url.scheme() == QLatin1String("https"))
        url.setScheme(QStringLiteral("wss"));
    return url;
}

bool isHeaderText(const QByteArray &text)
{
    return !text.contains('\r') && !text.contains('\n') && !text.contains('\0');
}

} // namespace

struct WebSocket::Private
{
    explicit Private(WebSocket *owner)
        : q(owner)
        , socket(QString(), QWebSocketProtocol::VersionLatest)  // no origin: QWebSocket then sends no such header
    {}

    Result<QNetworkRequest> prepare(const WebSocketRequest &request) const;
    void watch();
    void end(const Error &error);
    void sayNotOpened(const QString &detail);
    Error notOpened(const QString &detail) const;

    WebSocket *q;
    HttpProxy proxy;
    QWebSocket socket;
    QTimer connectTimer;
    QTimer pingTimer;
    QElapsedTimer lastHeard;
    WebSocketLimits limits;
    QString place;
    QStringList certificateErrors;
    bool wasOpen = false;
    bool ended = false;
};

Result<QNetworkRequest> WebSocket::Private::prepare(const WebSocketRequest &request) const
{
    const QUrl url = socketUrl(request.url);
    const bool secure = url.scheme() == QLatin1String("wss");
    const auto refuse = [](FailureClass failure, ErrorCode code, const QString &message) {
        return Galley::fail(Error{.code = code, .message = message, .failure = failure});
    };
    if (!url.isValid() || url.host().isEmpty() || (!secure && url.scheme() != QLatin1String("ws")))
        return refuse(FailureClass::Rejected, ErrorCode::InvalidInput,
                      tr("\"%1\" is no address of a WebSocket; it begins with ws:// or wss://.").arg(place));
    if (!secure && request.plain == PlainHttp::LoopbackOnly && !isLoopbackHost(url.host()))
        return refuse(FailureClass::Rejected, ErrorCode::InvalidInput,
                      tr("%1 would be reached without encryption. Use a wss address, or name the address in models.yaml yourself.").arg(place));
    if (proxy.offline && !isLoopbackHost(url.host()))
        return refuse(FailureClass::Offline, ErrorCode::Unavailable,
                      tr("%1 was not asked because the network is switched off in the settings.").arg(place));
    QNetworkRequest result(url);
    for (const SecretHeader &header : request.secrets) {
        const QByteArray value = header.prefix + header.secret.reveal();
        if (!isHeaderText(header.name) || !isHeaderText(value))
            return refuse(FailureClass::Rejected, ErrorCode::InvalidInput,
                          tr("The key for %1 holds a line break. Enter it again under \"Services and Keys\".").arg(place));
        result.setRawHeader(header.name, value);
    }
    return result;
}

void WebSocket::Private::watch()
{
    QObject::connect(&socket, &QWebSocket::connected, q, [this] {
        if (ended)
            return;
        connectTimer.stop();
        wasOpen = true;
        lastHeard.start();
        pingTimer.start(limits.silenceMs / pingsPerSilence);
        Q_EMIT q->opened();
    });
    QObject::connect(&socket, &QWebSocket::textMessageReceived, q, [this](const QString &text) {
        lastHeard.start();
        if (!ended)
            Q_EMIT q->textReceived(text);
    });
    QObject::connect(&socket, &QWebSocket::binaryMessageReceived, q, [this](const QByteArray &bytes) {
        lastHeard.start();
        if (!ended)
            Q_EMIT q->binaryReceived(bytes);
    });
    QObject::connect(&socket, &QWebSocket::pong, q, [this] { lastHeard.start(); });
    QObject::connect(&socket, &QWebSocket::sslErrors, q, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            certificateErrors.append(error.errorString());
    });
    const auto lost = [this] { sayNotOpened(socket.errorString()); };
    QObject::connect(&socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), q, lost);
    QObject::connect(&socket, &QWebSocket::disconnected, q, lost);
    QObject::connect(&connectTimer, &QTimer::timeout, q, [this] { sayNotOpened(QStringLiteral("no handshake in time")); });
    QObject::connect(&pingTimer, &QTimer::timeout, q, [this] {
        if (lastHeard.elapsed() > limits.silenceMs)
            sayNotOpened(QStringLiteral("no answer to a ping"));
        else
            socket.ping();
    });
}

void WebSocket::Private::sayNotOpened(const QString &detail)
{
    if (wasOpen)
        end({.code = ErrorCode::Unavailable, .message = tr("The connection to %1 was lost.").arg(place), .detail = detail,
             .failure = FailureClass::Ambiguous});
    else
        end(notOpened(detail));
}

Error WebSocket::Private::notOpened(const QString &detail) const
{
    if (!certificateErrors.isEmpty() || socket.error() == QAbstractSocket::SslHandshakeFailedError)
        return certificateError(place, certificateErrors, detail);
    if (const auto proxied = proxyError(socket.error(), socket.proxy(), place, detail))
        return *proxied;
    return {.code = ErrorCode::Unavailable,
            .message = tr("No connection to %1 could be made. Check that the server runs and that its address in models.yaml is right.").arg(place),
            .detail = detail,
            .failure = FailureClass::NotSent};
}

void WebSocket::Private::end(const Error &error)
{
    if (ended)
        return;
    q->close();
    Q_EMIT q->failed(error);
}

WebSocket::WebSocket(const HttpProxy &proxy, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
    d->proxy = proxy;
    d->connectTimer.setSingleShot(true);
}

WebSocket::~WebSocket()
{
    close();
}

void WebSocket::open(const WebSocketRequest &request)
{
    d->place = loggableUrl(socketUrl(request.url));
    d->limits = request.limits;
    auto prepared = d->prepare(request);
    if (!prepared) {
        QTimer::singleShot(0, this, [this, error = prepared.error()] { d->end(error); });
        return;
    }
    d->watch();
    // QWebSocket keeps a whole frame in the socket's buffer; without a limit it would also take an endless handshake.
    d->socket.setReadBufferSize(request.limits.messageBytes + spareBytes);
    d->socket.setMaxAllowedIncomingFrameSize(quint64(request.limits.messageBytes));
    d->socket.setMaxAllowedIncomingMessageSize(quint64(request.limits.messageBytes));
    d->connectTimer.start(request.limits.connectMs);
    const auto findProxy = [url = prepared->url(), setting = d->proxy] { return proxyFor(url, setting); };
    onFinished(runOn(QThreadPool::globalInstance(), findProxy), this, [this, http = *prepared](const QFuture<Result<QNetworkProxy>> &future) {
        const Result<QNetworkProxy> proxy = future.result();
        if (d->ended)
            return;
        if (!proxy) {
            d->end(proxy.error());
            return;
        }
        d->socket.setProxy(*proxy);
        d->socket.open(http);
    });
}

void WebSocket::sendText(const QString &text)
{
    if (isOpen())
        d->socket.sendTextMessage(text);
}

void WebSocket::close()
{
    d->ended = true;
    d->connectTimer.stop();
    d->pingTimer.stop();
    d->socket.abort();
}

bool WebSocket::isOpen() const
{
    return d->wasOpen && !d->ended;
}

} // namespace Galley
