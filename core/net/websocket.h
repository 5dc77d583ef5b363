#pragma once

#include "core/net/httpclient.h"

#include <QObject>

#include <memory>

namespace Galley {

/// What a WebSocket connection may take and carry. Times run on a monotonic clock.
struct WebSocketLimits
{
    int connectMs = 10'000;    ///< DNS, TCP, TLS and the handshake
    int silenceMs = 30'000;    ///< a server that answers no ping for so long is gone
    qint64 messageBytes = 32LL << 20;

    bool operator==(const WebSocketLimits &) const = default;
};

struct WebSocketRequest
{
    QUrl url;                            ///< ws or wss; http and https are taken for them
    QList<SecretHeader> secrets = {};    ///< sent to this origin only: a WebSocket follows no redirect
    WebSocketLimits limits = {};
    PlainHttp plain = PlainHttp::LoopbackOnly;

    bool operator==(const WebSocketRequest &) const = default;
};

/// One WebSocket connection (RFC 6455) under the rules of HttpClient: plain only for loopback and for what the user named, certificates always
/// checked, no Origin header (servers on loopback take one for a web page's and refuse it), deadlines and a size limit for messages.
///
/// Lives on a thread with an event loop; signals come there and never from inside open(). Either opened() and later at most one failed(), or one
/// failed() alone; nothing after close() and nothing after failed(). A receiver that is done with the object calls deleteLater(). An error's class is NotSent or Offline before opened(), Ambiguous after it.
class WebSocket : public QObject
{
    Q_OBJECT

public:
    explicit WebSocket(const HttpProxy &proxy, QObject *parent = nullptr);
    ~WebSocket() override;

    /// Once for each object.
    void open(const WebSocketRequest &request);
    void sendText(const QString &text);
    /// Closes the socket at once.
    void close();
    bool isOpen() const;

Q_SIGNALS:
    void opened();
    void textReceived(const QString &text);
    void binaryReceived(const QByteArray &bytes);
    void failed(const Galley::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
