#pragma once

#include "core/net/eventstream.h"
#include "core/net/requestwriter.h"
#include "core/net/responsereader.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QNetworkProxy>
#include <QObject>
#include <QTimer>

#include <atomic>
#include <functional>

QT_FORWARD_DECLARE_CLASS(QHostInfo)
QT_FORWARD_DECLARE_CLASS(QSslSocket)
QT_FORWARD_DECLARE_CLASS(QSslError)

namespace Galley {

/// One request on one connection of its own, from the look-up of the name to the last byte of the answer; never more than one request, whatever
/// happens. Lives on the client's network thread. Reports through the callbacks, there; onDone comes exactly once, unless it is destroyed before.
class HttpExchange : public QObject
{
    Q_OBJECT

public:
    struct Plan
    {
        HttpRequest request;
        QNetworkProxy proxy;
        std::atomic<int> *sentCounter = nullptr;
    };

    HttpExchange(Plan plan, QObject *parent);
    ~HttpExchange() override;

    std::function<void(Result<HttpReply>)> onDone;
    std::function<void(QList<ServerEvent>)> onEvents;

    void start();
    /// Closes the socket now; ends as Cancelled.
    void cancel();
    /// The server that was reached has an address inside the own network (loopback included). Unknown behind a proxy, hence false there.
    bool hasInsidePeer() const { return m_insidePeer; }

private:
    void onAddresses(const QHostInfo &info);
    void connectNext();
    quint16 port() const;
    void onConnected();
    void sendRequest();
    void writeMore();
    void onReadyRead();
    void onSocketError();
    void onTimeout(const char *which);
    void takeBytes(const QByteArray &bytes);
    void takeEvents();
    void onEnd();
    void stayAlive();
    void end(Result<HttpReply> outcome);
    Error transportError() const;
    double elapsedMs() const { return double(m_clock.nsecsElapsed()) / 1e6; }

    Plan m_plan;
    QString m_place;
    bool m_secure;
    QSslSocket *m_socket;
    WireRequest m_wire;
    qsizetype m_written = 0;  ///< of the body
    ResponseReader m_reader;
    EventStream m_events;
    bool m_isEventStream = false;
    QList<QHostAddress> m_addresses;  ///< not tried yet
    int m_lookup = -1;
    QTimer m_connectTimer;
    QTimer m_nextTimer;               ///< until the next address gets its turn
    QTimer m_idleTimer;
    QTimer m_totalTimer;
    QElapsedTimer m_clock;
    QElapsedTimer m_lastLife;
    HttpTimings m_timings;
    QStringList m_certificateErrors;
    bool m_connected = false;
    bool m_sent = false;   ///< the first byte was handed to the socket
    bool m_insidePeer = false;
    bool m_ended = false;
};

} // namespace Galley
