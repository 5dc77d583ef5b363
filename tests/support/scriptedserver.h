#pragma once

#include <QByteArray>
#include <QList>
#include <QUrl>

#include <functional>
#include <memory>
#include <utility>

namespace Galley {

/// One request as it came over the wire.
struct ReceivedRequest
{
    int connection = 0;  ///< counts from 1: the same number is the same kept-alive connection
    QByteArray method;
    QByteArray target;   ///< path and query as sent
    QList<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;     ///< decoded when chunked

    QByteArray header(const QByteArray &name) const;
    QByteArray path() const;                          ///< without the query
    QByteArray query(const QByteArray &name) const;   ///< percent-decoded
    /// The content of the multipart part \a name; null when there is none.
    QByteArray part(const QByteArray &name) const;
};

/// What a handler may do with the connection of its request, on the server's thread. A plain handle; outlives the connection safely.
class ScriptedConnection
{
public:
    struct Private;
    explicit ScriptedConnection(std::shared_ptr<Private> d);

    /// Raw bytes, exactly as given.
    void write(const QByteArray &bytes) const;
    /// A whole answer with a right Content-Length; keeps the connection open.
    void respond(int status, const QList<std::pair<QByteArray, QByteArray>> &headers, const QByteArray &body) const;
    void respondJson(int status, const QByteArray &json, const QList<std::pair<QByteArray, QByteArray>> &headers = {}) const;
    /// Runs \a fn after \a ms on the server's thread, unless the connection is gone by then.
    void later(int ms, std::function<void()> fn) const;
    /// From now on what the client sends goes to \a onBytes instead of being read as requests: for an upgrade. On the server's thread only.
    void takeOver(std::function<void(const QByteArray &)> onBytes) const;
    void closeFin() const;  ///< after what was written has left
    void reset() const;     ///< RST (SO_LINGER 0)
    bool isOpen() const;    ///< false as soon as the client has closed
    /// Bytes that were written and have not left yet: a script that sends without end waits until this is small. On the server's thread only.
    qint64 pending() const;

private:
    std::shared_ptr<Private> d;
};

/// An HTTP/1.1 server on loopback that does exactly what a script says, wrong lengths, half headers and resets included: raw sockets, since an HTTP
/// library cannot misbehave. Runs on a thread of its own, so that the client's event loop shows only the client's work. With a certificate it speaks
/// TLS. Thread-safe.
class ScriptedServer
{
public:
    using Handler = std::function<void(const ReceivedRequest &, ScriptedConnection)>;

    ScriptedServer();
    /// TLS with a certificate and an RSA key in PEM; \a newest: "TLSv1.1" makes a server from long ago.
    ScriptedServer(const QByteArray &certificate, const QByteArray &key, const QByteArray &newest = {});
    ~ScriptedServer();

    quint16 port() const;
    QUrl url(const QByteArray &path = "/") const;  ///< "http://127.0.0.1:port/path"

    /// Answers requests whose path begins with \a path (the longest match wins); \a method "" is any. Replaces an earlier handler of the same two.
    void on(const QByteArray &method, const QByteArray &path, Handler handler);
    /// Called when a connection opens, before any request: to stall, close or reset it.
    void onConnect(std::function<void(ScriptedConnection)> handler);
    /// Called as soon as a request's headers are complete, before its body; return false to take over the connection (no handler is called then).
    void onHeaders(std::function<bool(const ReceivedRequest &, ScriptedConnection)> handler);

    /// Called with a complete request before its handler, which \a proceed runs, at once or later; a filter that answers itself does not call it.
    using Proceed = std::function<void()>;
    void before(std::function<void(const ReceivedRequest &, ScriptedConnection, Proceed)> filter);
    /// Runs \a fn after \a ms on the server's thread, whatever becomes of the connections.
    void later(int ms, std::function<void()> fn);

    QList<ReceivedRequest> requests() const;      ///< complete ones, in order of arrival
    int count(const QByteArray &method, const QByteArray &path = "/") const;  ///< of requests(), by prefix
    int headersSeen() const;                      ///< requests whose headers arrived, complete or not
    int connections() const;                      ///< ever opened
    int openConnections() const;
    void clearRequests();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
