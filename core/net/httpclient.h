#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QUrl>

#include <functional>
#include <memory>
#include <stop_token>

namespace Galley {

struct HttpHeader
{
    QByteArray name;
    QByteArray value;

    bool operator==(const HttpHeader &) const = default;
};

/// A header that carries a key, such as `Authorization: Bearer …` (prefix "Bearer "). Sent to the origin (scheme, host, port) of the request's
/// own URL and to no other; never logged.
struct SecretHeader
{
    QByteArray name;
    QByteArray prefix;
    Secret secret;

    bool operator==(const SecretHeader &) const = default;
};

/// One part of a multipart/form-data body (RFC 7578).
struct HttpPart
{
    QByteArray name;
    QByteArray content;
    QByteArray fileName = {};   ///< empty: a plain field
    QByteArray mediaType = {};  ///< empty: none is written

    bool operator==(const HttpPart &) const = default;
};

/// What a request may take and what an answer may be. Times run on a monotonic clock.
struct HttpLimits
{
    int connectMs = 10'000;       ///< DNS, TCP and TLS
    int idleMs = 30'000;          ///< nothing sent and nothing received; synchronous image services need much more
    int totalMs = 600'000;
    qint64 bodyBytes = 64LL << 20;
    qint64 headerBytes = 256 * 1024;

    bool operator==(const HttpLimits &) const = default;
};

/// Where plain http is allowed. Loopback always is; hosted services never are.
enum class PlainHttp { LoopbackOnly, Allowed };

struct HttpRequest
{
    QByteArray method = "GET";
    QUrl url;
    QList<HttpHeader> headers = {};
    QList<SecretHeader> secrets = {};
    QByteArray body = {};
    QByteArray contentType = {};
    QList<HttpPart> parts = {};   ///< not empty: the body is these parts, and body and contentType are ignored
    HttpLimits limits = {};
    PlainHttp plain = PlainHttp::LoopbackOnly;
    int maxRedirects = 5;         ///< GET only; any other method treats a redirect as an answer
    bool events = false;          ///< hand text/event-stream answers out event by event
    bool publicOnly = false;      ///< the URL came from a service outside: an address inside the own network is refused

    bool operator==(const HttpRequest &) const = default;
};

struct HttpTimings
{
    double connectMs = 0;    ///< until the request began to leave; each request has a connection of its own
    double firstByteMs = 0;  ///< from the start until the answer's headers
    double totalMs = 0;
    qint64 bytesReceived = 0;
};

/// An answer of any status. A body of an event stream is empty: its events were handed out.
struct HttpReply
{
    int status = 0;
    QList<HttpHeader> headers = {};
    QByteArray body = {};
    QUrl url = {};  ///< where the answer came from, after redirects
    HttpTimings timings = {};

    /// The value of the first header \a name (any case), trimmed; empty when absent.
    QByteArray header(const QByteArray &name) const;
    /// The media type without parameters, in lower case: "image/png".
    QByteArray mediaType() const;
};

/// One server-sent event (WHATWG HTML §9.2): data lines joined by "\n"; no limit to a line but HttpLimits::bodyBytes for the whole.
struct ServerEvent
{
    QByteArray name;  ///< "message" when the server gave none
    QByteArray data;
    HttpReply head = {};  ///< of the answer that it came in: what its headers say is known before the answer ends
};

/// How to reach the network: the system's settings unless said otherwise.
struct HttpProxy
{
    QString url = {};       ///< "http://host:3128", "socks5://host:1080"; empty: the system's
    bool offline = false;   ///< nothing leaves but loopback: every other request fails as Offline at once
};

/// The one way out to the network: HTTP/1.1 over Qt's sockets, TLS and proxies. One send() is one request on the wire (and one more for each
/// redirect of a GET): it has a connection of its own and is written once. QNetworkAccessManager promises that for a POST from a sequential device
/// only; it sent a GET or a buffered POST up to four times when the server closed early (Qt 6.4.2, measured), and it hides the addresses it reaches.
/// No redirect is followed unseen and none carries a key to another origin, deadlines and size limits hold while bytes come in, HTTPS is required
/// for anything but loopback and what the user named, and certificates are always checked. No cookies, no cache, no credentials of its own.
///
/// Lives on one thread with an event loop (the GUI thread); callbacks come there, exactly one for each send(), never from inside send() and none
/// after the client has died. Sockets, TLS and parsing have a thread of their own. Stopping closes the socket at once. Failures are Errors with
/// FailureClass Rejected (the request may not be sent at all, or is led where it may not go), NotSent, Offline, Ambiguous (the request may have
/// arrived; also for an answer that breaks a limit or the protocol); ErrorCode::Cancelled after a stop.
class HttpClient : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(Result<HttpReply>)>;
    using OnEvent = std::function<void(const ServerEvent &)>;

    explicit HttpClient(QObject *parent = nullptr);
    ~HttpClient() override;

    void setProxy(const HttpProxy &proxy);
    HttpProxy proxy() const;

    /// \a guard: when it dies the request is stopped and no callback comes.
    void send(const HttpRequest &request, std::stop_token stop, QObject *guard, Done done, OnEvent onEvent = {});

    /// Requests put on the wire since the start, redirects included (tests and the log).
    int requestsSent() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The wait that \a reply asks for: retry-after-ms, Retry-After as seconds (whole or fractional) or HTTP-date. -1 when it says nothing usable
/// (negative, unreadable); never more than a year. \a nowMs: milliseconds since the epoch, for dates.
qint64 retryAfterMs(const HttpReply &reply, qint64 nowMs);

/// \a url without user, password and query: what may stand in logs and messages.
QString loggableUrl(const QUrl &url);

} // namespace Galley
