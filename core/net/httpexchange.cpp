#include "core/net/httpexchange.h"

#include "core/base/hostpolicy.h"
#include "core/net/connectionerror.h"

#include <QHostInfo>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace Galley {

namespace {

constexpr qsizetype writePiece = 128 * 1024;
constexpr qint64 readPiece = 256 * 1024;

} // namespace

HttpExchange::HttpExchange(Plan plan, QObject *parent)
    : QObject(parent)
    , m_plan(std::move(plan))
    , m_place(m_plan.request.url.host())
    , m_secure(m_plan.request.url.scheme() == QLatin1String("https"))
    , m_socket(new QSslSocket(this))
    , m_reader(m_plan.request.method, m_plan.request.limits, m_place)
{
    m_socket->setProxy(m_plan.proxy);
    m_socket->setReadBufferSize(4 * readPiece);
    connect(m_socket, &QSslSocket::connected, this, &HttpExchange::onConnected);
    connect(m_socket, &QSslSocket::encrypted, this, &HttpExchange::sendRequest);
    connect(m_socket, &QSslSocket::readyRead, this, &HttpExchange::onReadyRead);
    connect(m_socket, &QSslSocket::errorOccurred, this, &HttpExchange::onSocketError);
    connect(m_socket, &QSslSocket::disconnected, this, &HttpExchange::onEnd);
    connect(m_socket, &QSslSocket::bytesWritten, this, &HttpExchange::writeMore);
    connect(m_socket, &QSslSocket::encryptedBytesWritten, this, &HttpExchange::writeMore);
    connect(m_socket, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) {
        for (const QSslError &error : errors)
            m_certificateErrors.append(error.errorString());
    });
    m_nextTimer.setSingleShot(true);
    connect(&m_nextTimer, &QTimer::timeout, this, &HttpExchange::connectNext);
    for (auto [timer, which] : {std::pair(&m_connectTimer, "connect"), std::pair(&m_idleTimer, "idle"), std::pair(&m_totalTimer, "total")}) {
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this, which = which] { onTimeout(which); });
    }
}

HttpExchange::~HttpExchange()
{
    if (m_lookup >= 0)
        QHostInfo::abortHostLookup(m_lookup);
    m_socket->disconnect(this);
    m_socket->abort();
}

void HttpExchange::start()
{
    m_clock.start();
    const auto wire = writeRequest(m_plan.request);
    if (!wire) {
        end(fail(wire.error()));
        return;
    }
    m_wire = *wire;
    m_connectTimer.start(m_plan.request.limits.connectMs);
    m_totalTimer.start(m_plan.request.limits.totalMs);
    const QUrl &url = m_plan.request.url;
    if (m_plan.proxy.type() == QNetworkProxy::NoProxy)
        m_lookup = QHostInfo::lookupHost(url.host(QUrl::FullyEncoded), this, &HttpExchange::onAddresses);
    else
        m_socket->connectToHost(url.host(QUrl::FullyEncoded), port());
}

quint16 HttpExchange::port() const
{
    return quint16(m_plan.request.url.port(m_secure ? 443 : 80));
}

/// The client looks names up itself and connects to what it has judged: a name may resolve to something else the next time.
void HttpExchange::onAddresses(const QHostInfo &info)
{
    m_lookup = -1;
    if (m_ended)
        return;
    m_addresses = info.addresses();
    if (m_addresses.isEmpty()) {
        end(fail({.code = ErrorCode::Unavailable,
                  .message = tr("The address %1 was not found; nothing was sent. Check the network and the spelling of the address.").arg(m_place),
                  .detail = info.errorString(),
                  .failure = FailureClass::NotSent}));
        return;
    }
    const bool inside = std::any_of(m_addresses.begin(), m_addresses.end(), isInsideAddress);
    if (m_plan.request.publicOnly && inside) {
        end(fail({.code = ErrorCode::Refused,
                  .message = tr("A link of the service leads to %1, an address inside your own network. Galley does not follow it.").arg(m_place),
                  .failure = FailureClass::Rejected}));
        return;
    }
    m_socket->setPeerVerifyName(m_plan.request.url.host(QUrl::FullyEncoded));
    connectNext();
}

void HttpExchange::connectNext()
{
    m_nextTimer.stop();
    m_socket->blockSignals(true);
    m_socket->abort();
    m_socket->blockSignals(false);
    m_socket->connectToHost(m_addresses.takeFirst(), port());
    // An address that does not answer (IPv6 without a route, often) leaves half of the time to the others.
    if (!m_addresses.isEmpty())
        m_nextTimer.start(std::max(250, m_connectTimer.remainingTime() / 2));
}

void HttpExchange::cancel()
{
    end(fail({.code = ErrorCode::Cancelled, .message = tr("The request to %1 was cancelled.").arg(m_place)}));
}

void HttpExchange::onConnected()
{
    if (m_ended)
        return;
    m_nextTimer.stop();
    m_insidePeer = m_plan.proxy.type() == QNetworkProxy::NoProxy && isInsideAddress(m_socket->peerAddress());
    m_connected = true;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (m_secure)
        m_socket->startClientEncryption();
    else
        sendRequest();
}

void HttpExchange::sendRequest()
{
    if (m_ended || m_sent)
        return;
    m_connectTimer.stop();
    m_timings.connectMs = elapsedMs();
    m_sent = true;
    if (m_plan.sentCounter)
        ++*m_plan.sentCounter;
    m_idleTimer.start(m_plan.request.limits.idleMs);
    m_lastLife.start();
    m_socket->write(m_wire.head);
    writeMore();
}

void HttpExchange::writeMore()
{
    if (m_ended || !m_sent)
        return;
    stayAlive();
    // In pieces, so that a deadline notices an upload that does not move, and so that an early answer ends it.
    while (m_written < m_wire.body.size() && m_socket->bytesToWrite() + m_socket->encryptedBytesToWrite() < writePiece) {
        const qint64 taken = m_socket->write(m_wire.body.constData() + m_written, std::min(writePiece, m_wire.body.size() - m_written));
        if (taken <= 0)
            return;
        m_written += taken;
    }
}

void HttpExchange::stayAlive()
{
    m_lastLife.start();
}

void HttpExchange::onReadyRead()
{
    while (!m_ended && m_socket->bytesAvailable() > 0) {
        if (!m_sent) {
            // Nobody may talk before it was asked; this is no HTTP server.
            end(fail({.code = ErrorCode::Unavailable,
                      .message = tr("%1 is not a web service: it talks before it was asked. Check the address and the port.").arg(m_place),
                      .failure = FailureClass::NotSent}));
            return;
        }
        stayAlive();
        takeBytes(m_socket->read(readPiece));
    }
}

void HttpExchange::takeBytes(const QByteArray &bytes)
{
    const bool hadHeaders = m_reader.hasHeaders();
    const auto taken = m_reader.append(bytes);
    if (!taken) {
        end(fail(taken.error()));
        return;
    }
    if (!hadHeaders && m_reader.hasHeaders()) {
        m_timings.firstByteMs = elapsedMs();
        m_isEventStream = m_plan.request.events && m_reader.status() < 300 && m_reader.reply().mediaType() == "text/event-stream";
    }
    takeEvents();
    if (m_reader.isComplete())
        end(HttpReply());
}

void HttpExchange::takeEvents()
{
    if (!m_isEventStream)
        return;
    QList<ServerEvent> events = m_events.append(m_reader.takeBody());
    if (m_reader.isComplete())
        events += m_events.finish();
    for (ServerEvent &event : events)
        event.head = m_reader.reply();
    if (!events.isEmpty() && onEvents)
        onEvents(std::move(events));
}

void HttpExchange::onSocketError()
{
    onReadyRead();  // what came before the error still counts: a server may answer and reset
    if (m_ended)
        return;
    if (m_socket->error() == QAbstractSocket::RemoteHostClosedError && m_sent)
        onEnd();
    else if (!m_connected && !m_addresses.isEmpty())
        connectNext();
    else
        end(fail(transportError()));
}

void HttpExchange::onEnd()
{
    onReadyRead();
    if (m_ended)
        return;
    if (!m_sent) {
        end(fail(transportError()));
        return;
    }
    if (const auto finished = m_reader.finish(); !finished) {
        end(fail(finished.error()));
        return;
    }
    takeEvents();
    end(HttpReply());
}

void HttpExchange::onTimeout(const char *which)
{
    const HttpLimits &limits = m_plan.request.limits;
    const QLatin1String name(which);
    if (name == QLatin1String("idle")) {
        // One timer for the whole request instead of one for each piece: it looks how long ago the last sign of life was.
        const qint64 left = limits.idleMs - m_lastLife.elapsed();
        if (left > 0) {
            m_idleTimer.start(int(left));
            return;
        }
        end(fail({.code = ErrorCode::ServiceFailed,
                  .message = tr("Nothing came from %1 for %2 s. The request may have been carried out; check the service's own list of requests "
                                "before trying again.").arg(m_place).arg(limits.idleMs / 1000.0),
                  .failure = FailureClass::Ambiguous}));
    } else if (m_sent) {
        end(fail({.code = ErrorCode::ServiceFailed,
                  .message = tr("%1 did not finish its answer within %2 s. The request may have been carried out; check the service's own list of "
                                "requests before trying again.").arg(m_place).arg(limits.totalMs / 1000.0),
                  .failure = FailureClass::Ambiguous}));
    } else {
        const int waited = name == QLatin1String("connect") ? limits.connectMs : limits.totalMs;
        end(fail({.code = ErrorCode::Unavailable,
                  .message = tr("No connection to %1 within %2 s; nothing was sent. Check the network and the address.").arg(m_place).arg(waited / 1000.0),
                  .failure = FailureClass::NotSent}));
    }
}

Error HttpExchange::transportError() const
{
    Error error{.code = ErrorCode::Unavailable, .detail = m_socket->errorString(), .failure = FailureClass::NotSent};
    if (m_sent) {
        error.code = ErrorCode::ServiceFailed;
        error.failure = FailureClass::Ambiguous;
        error.message = tr("The connection to %1 broke. The request may have been carried out; check the service's own list of requests before "
                           "trying again.").arg(m_place);
        return error;
    }
    if (const auto proxied = proxyError(m_socket->error(), m_plan.proxy, m_place, error.detail))
        return *proxied;
    switch (m_socket->error()) {
    case QAbstractSocket::HostNotFoundError:
        error.message = tr("The address %1 was not found; nothing was sent. Check the network and the spelling of the address.").arg(m_place);
        break;
    case QAbstractSocket::ConnectionRefusedError:
        error.message = tr("%1 refuses connections; nothing was sent. Check that the service runs and that address and port are right.").arg(m_place);
        break;
    case QAbstractSocket::NetworkError:
        error.failure = FailureClass::Offline;
        error.message = tr("There is no network to reach %1; nothing was sent. Connect this computer and try again.").arg(m_place);
        break;
    case QAbstractSocket::SslHandshakeFailedError:
        return certificateError(m_place, m_certificateErrors, m_socket->errorString());
    default:
        error.message = tr("%1 closed the connection before anything was sent. Check that the service runs and that address and port are right.")
                            .arg(m_place);
    }
    return error;
}

void HttpExchange::end(Result<HttpReply> outcome)
{
    if (std::exchange(m_ended, true))
        return;
    for (QTimer *timer : {&m_connectTimer, &m_nextTimer, &m_idleTimer, &m_totalTimer})
        timer->stop();
    m_socket->disconnect(this);
    m_socket->abort();
    if (outcome) {
        HttpReply reply = m_reader.reply();
        reply.body = m_reader.takeBody();
        reply.url = m_plan.request.url;
        reply.timings = m_timings;
        reply.timings.totalMs = elapsedMs();
        reply.timings.bytesReceived = m_reader.bytesReceived();
        outcome = std::move(reply);
    }
    if (onDone)
        onDone(std::move(outcome));
}

} // namespace Galley
