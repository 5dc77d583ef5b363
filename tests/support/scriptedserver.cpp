#include "tests/support/scriptedserver.h"

#include <QHash>
#include <QMap>
#include <QMutex>
#include <QMutexLocker>
#include <QNetworkProxy>
#include <QPointer>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QThread>
#include <QTimer>
#include <QUrlQuery>

#include <sys/socket.h>

#include <algorithm>
#include <atomic>

namespace Galley {

namespace {

QByteArray reasonPhrase(int status)
{
    static const QHash<int, QByteArray> phrases{{200, "OK"}, {302, "Found"}, {400, "Bad Request"}, {401, "Unauthorized"}, {404, "Not Found"},
                                                {429, "Too Many Requests"}, {500, "Internal Server Error"}, {503, "Service Unavailable"}};
    return phrases.value(status, "Scripted");
}

/// Reads requests out of a byte stream; as lenient as a test wants.
class RequestReader
{
public:
    enum class Event { NeedMore, Headers, Complete };

    void append(const QByteArray &bytes) { m_buffer += bytes; }
    ReceivedRequest &request() { return m_request; }
    QByteArray takeRest() { return std::exchange(m_buffer, {}); }

    Event next()
    {
        if (!m_inBody)
            return readHead() ? Event::Headers : Event::NeedMore;
        if (!readBody())
            return Event::NeedMore;
        m_inBody = false;
        return Event::Complete;
    }

private:
    bool readHead()
    {
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return false;
        m_request = {};
        const QList<QByteArray> lines = m_buffer.left(end).split('\n');
        const QList<QByteArray> words = lines.value(0).trimmed().split(' ');
        m_request.method = words.value(0);
        m_request.target = words.value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            m_request.headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
        }
        m_buffer.remove(0, end + 4);
        m_chunked = m_request.header("Transfer-Encoding").toLower() == "chunked";
        m_length = m_request.header("Content-Length").toLongLong();
        m_inBody = true;
        return true;
    }

    bool readBody()
    {
        if (m_chunked)
            return readChunks();
        if (m_buffer.size() < m_length)
            return false;
        m_request.body = m_buffer.left(m_length);
        m_buffer.remove(0, m_length);
        return true;
    }

    bool readChunks()
    {
        while (true) {
            const qsizetype line = m_buffer.indexOf("\r\n");
            if (line < 0)
                return false;
            const qsizetype size = m_buffer.left(line).split(';').value(0).trimmed().toLongLong(nullptr, 16);
            if (m_buffer.size() < line + 2 + size + 2)
                return false;
            m_request.body += m_buffer.mid(line + 2, size);
            m_buffer.remove(0, line + 2 + size + 2);
            if (size == 0)
                return true;
        }
    }

    QByteArray m_buffer;
    ReceivedRequest m_request;
    qint64 m_length = 0;
    bool m_chunked = false;
    bool m_inBody = false;
};

} // namespace

QByteArray ReceivedRequest::header(const QByteArray &name) const
{
    for (const auto &[known, value] : headers) {
        if (known.compare(name, Qt::CaseInsensitive) == 0)
            return value;
    }
    return {};
}

QByteArray ReceivedRequest::path() const
{
    return target.split('?').value(0);
}

QByteArray ReceivedRequest::query(const QByteArray &name) const
{
    const QUrlQuery query(QString::fromLatin1(target.mid(path().size() + 1)));
    return query.queryItemValue(QString::fromLatin1(name), QUrl::FullyDecoded).toUtf8();
}

QByteArray ReceivedRequest::part(const QByteArray &name) const
{
    const QByteArray type = header("Content-Type");
    const qsizetype at = type.indexOf("boundary=");
    if (at < 0)
        return {};
    const QByteArray boundary = "--" + type.mid(at + 9).split(';').value(0).trimmed().replace('"', "");
    for (qsizetype from = body.indexOf(boundary); from >= 0;) {
        const qsizetype next = body.indexOf(QByteArray("\r\n" + boundary), from + boundary.size());
        const qsizetype head = body.indexOf("\r\n\r\n", from);
        if (next < 0 || head < 0 || head > next)
            return {};
        if (body.mid(from, head - from).contains(QByteArray("; name=\"" + name + '"'))) {
            const QByteArray content = body.mid(head + 4, next - head - 4);
            return content.isNull() ? QByteArray("") : content;
        }
        from = next + 2;
    }
    return {};
}

struct ScriptedConnection::Private
{
    QThread *thread = nullptr;
    QPointer<QSslSocket> socket;  ///< touched on the server's thread only
    std::atomic<bool> open{true};
    bool takenOver = false;
    std::function<void(const QByteArray &)> onBytes;
    bool closing = false;
    int number = 0;
    RequestReader reader;

    /// Runs \a fn on the server's thread with a socket that is still there.
    template<typename Function>
    static void run(const std::shared_ptr<Private> &d, Function fn)
    {
        if (!d->open)
            return;
        if (QThread::currentThread() == d->thread) {
            if (d->socket)
                fn(d->socket.data());
            return;
        }
        if (QSslSocket *socket = d->socket.data())
            QMetaObject::invokeMethod(socket, [d, fn] { run(d, fn); }, Qt::QueuedConnection);
    }
};

ScriptedConnection::ScriptedConnection(std::shared_ptr<Private> connection)
    : d(std::move(connection))
{}

void ScriptedConnection::write(const QByteArray &bytes) const
{
    Private::run(d, [bytes](QSslSocket *socket) { socket->write(bytes); });
}

void ScriptedConnection::respond(int status, const QList<std::pair<QByteArray, QByteArray>> &headers, const QByteArray &body) const
{
    QByteArray answer = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    for (const auto &[name, value] : headers)
        answer += name + ": " + value + "\r\n";
    answer += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
    write(answer + body);
}

void ScriptedConnection::respondJson(int status, const QByteArray &json, const QList<std::pair<QByteArray, QByteArray>> &headers) const
{
    QList<std::pair<QByteArray, QByteArray>> all = headers;
    all.append(std::pair<QByteArray, QByteArray>("Content-Type", "application/json"));
    respond(status, all, json);
}

void ScriptedConnection::later(int ms, std::function<void()> fn) const
{
    Private::run(d, [ms, fn = std::move(fn), d = d](QSslSocket *socket) {
        QTimer::singleShot(ms, socket, [fn, d] {
            if (d->open)
                fn();
        });
    });
}

void ScriptedConnection::takeOver(std::function<void(const QByteArray &)> onBytes) const
{
    d->takenOver = true;
    d->onBytes = std::move(onBytes);
    // Later, so that a handler which holds a lock can take a connection over.
    later(0, [d = d] {
        if (const QByteArray rest = d->reader.takeRest(); !rest.isEmpty())
            d->onBytes(rest);
    });
}

void ScriptedConnection::closeFin() const
{
    Private::run(d, [d = d](QSslSocket *socket) {
        if (d->closing)
            return;
        d->closing = true;
        // Only the sending half: a close with unread bytes in the receive buffer would send RST instead of FIN.
        const auto finish = [socket] {
            if (socket->bytesToWrite() == 0 && socket->encryptedBytesToWrite() == 0)
                ::shutdown(int(socket->socketDescriptor()), SHUT_WR);
        };
        QObject::connect(socket, &QSslSocket::bytesWritten, socket, finish);
        QObject::connect(socket, &QSslSocket::encryptedBytesWritten, socket, finish);
        socket->flush();
        finish();
    });
}

void ScriptedConnection::reset() const
{
    Private::run(d, [](QSslSocket *socket) {
        socket->flush();
        const linger hard{1, 0};
        ::setsockopt(int(socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
        socket->abort();
    });
}

bool ScriptedConnection::isOpen() const
{
    return d->open;
}

qint64 ScriptedConnection::pending() const
{
    return d->socket ? d->socket->bytesToWrite() + d->socket->encryptedBytesToWrite() : 0;
}

struct ScriptedServer::Private : public QTcpServer
{
    QThread thread;
    QByteArray certificate;
    QByteArray key;
    QByteArray newest;
    quint16 listening = 0;
    QSslConfiguration tls;

    mutable QMutex mutex;  ///< guards what follows
    QMap<std::pair<QByteArray, QByteArray>, Handler> handlers;  ///< by path, method
    std::function<void(ScriptedConnection)> connectHandler;
    std::function<bool(const ReceivedRequest &, ScriptedConnection)> headersHandler;
    std::function<void(const ReceivedRequest &, ScriptedConnection, Proceed)> filter;
    QList<ReceivedRequest> received;
    int headers = 0;
    int connected = 0;
    int open = 0;

    void begin()
    {
        setProxy(QNetworkProxy::NoProxy);
        setListenBacklogSize(1024);
        moveToThread(&thread);
        thread.start();
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (!key.isEmpty()) {
                    tls = QSslConfiguration::defaultConfiguration();
                    tls.setLocalCertificateChain(QSslCertificate::fromData(certificate));
                    tls.setPrivateKey(QSslKey(key, QSsl::Rsa));
                    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
                    if (!newest.isEmpty()) {
                        tls.setProtocol(QSsl::AnyProtocol);
                        tls.setBackendConfigurationOption("MinProtocol", QByteArray("TLSv1"));
                        tls.setBackendConfigurationOption("MaxProtocol", newest);
                        tls.setBackendConfigurationOption("CipherString", QByteArray("DEFAULT@SECLEVEL=0"));
                    }
                }
                listen(QHostAddress::LocalHost);
                listening = serverPort();
            },
            Qt::BlockingQueuedConnection);
    }

    void end()
    {
        QMetaObject::invokeMethod(
            this,
            [this] {
                close();
                qDeleteAll(findChildren<QSslSocket *>());
            },
            Qt::BlockingQueuedConnection);
        thread.quit();
        thread.wait();
    }

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        socket->setSocketDescriptor(descriptor);
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        auto connection = std::make_shared<ScriptedConnection::Private>();
        connection->thread = &thread;
        connection->socket = socket;
        QMutexLocker lock(&mutex);
        connection->number = ++connected;
        ++open;
        const auto onOpen = connectHandler;
        lock.unlock();
        connect(socket, &QSslSocket::readyRead, this, [this, connection] { read(connection); });
        const auto gone = [this, connection] {
            if (!connection->open.exchange(false))
                return;
            if (connection->socket)
                connection->socket->deleteLater();
            const QMutexLocker guard(&mutex);
            --open;
        };
        connect(socket, &QSslSocket::disconnected, this, gone);
        connect(socket, &QObject::destroyed, this, gone);
        if (onOpen)
            onOpen(ScriptedConnection(connection));
        if (!key.isEmpty() && connection->open) {
            socket->setSslConfiguration(tls);
            socket->startServerEncryption();
        }
    }

private:
    void read(const std::shared_ptr<ScriptedConnection::Private> &connection)
    {
        if (!connection->socket)
            return;
        if (connection->onBytes) {
            const QByteArray rest = connection->reader.takeRest();
            connection->onBytes(rest + connection->socket->readAll());
            return;
        }
        connection->reader.append(connection->socket->readAll());
        while (connection->open && !connection->takenOver) {
            const RequestReader::Event event = connection->reader.next();
            if (event == RequestReader::Event::NeedMore)
                return;
            ReceivedRequest &request = connection->reader.request();
            request.connection = connection->number;
            if (event == RequestReader::Event::Headers)
                takeHeaders(request, connection);
            else
                takeRequest(request, connection);
        }
    }

    void takeHeaders(const ReceivedRequest &request, const std::shared_ptr<ScriptedConnection::Private> &connection)
    {
        QMutexLocker lock(&mutex);
        ++headers;
        const auto handler = headersHandler;
        lock.unlock();
        if (handler && !handler(request, ScriptedConnection(connection)))
            connection->takenOver = true;
    }

    void takeRequest(const ReceivedRequest &request, const std::shared_ptr<ScriptedConnection::Private> &connection)
    {
        QMutexLocker lock(&mutex);
        received.append(request);
        const Handler handler = findHandler(request);
        const auto asked = filter;
        lock.unlock();
        const auto proceed = [handler, request, connection] {
            if (handler)
                handler(request, ScriptedConnection(connection));
            else
                ScriptedConnection(connection).respondJson(404, "{\"error\":{\"message\":\"no script for this path\"}}");
        };
        if (asked)
            asked(request, ScriptedConnection(connection), proceed);
        else
            proceed();
    }

    Handler findHandler(const ReceivedRequest &request) const
    {
        Handler best;
        qsizetype length = -1;
        for (auto it = handlers.cbegin(); it != handlers.cend(); ++it) {
            const auto &[path, method] = it.key();
            if (request.target.startsWith(path) && (method.isEmpty() || method == request.method) && path.size() >= length) {
                length = path.size();
                best = it.value();
            }
        }
        return best;
    }
};

ScriptedServer::ScriptedServer()
    : ScriptedServer(QByteArray(), QByteArray())
{}

ScriptedServer::ScriptedServer(const QByteArray &certificate, const QByteArray &key, const QByteArray &newest)
    : d(std::make_unique<Private>())
{
    d->certificate = certificate;
    d->key = key;
    d->newest = newest;
    d->begin();
}

ScriptedServer::~ScriptedServer()
{
    d->end();
}

quint16 ScriptedServer::port() const
{
    return d->listening;
}

QUrl ScriptedServer::url(const QByteArray &path) const
{
    const QByteArray scheme = d->key.isEmpty() ? "http" : "https";
    return QUrl::fromEncoded(scheme + "://127.0.0.1:" + QByteArray::number(d->listening) + path);
}

void ScriptedServer::on(const QByteArray &method, const QByteArray &path, Handler handler)
{
    const QMutexLocker lock(&d->mutex);
    d->handlers[{path, method}] = std::move(handler);
}

void ScriptedServer::onConnect(std::function<void(ScriptedConnection)> handler)
{
    const QMutexLocker lock(&d->mutex);
    d->connectHandler = std::move(handler);
}

void ScriptedServer::onHeaders(std::function<bool(const ReceivedRequest &, ScriptedConnection)> handler)
{
    const QMutexLocker lock(&d->mutex);
    d->headersHandler = std::move(handler);
}

void ScriptedServer::before(std::function<void(const ReceivedRequest &, ScriptedConnection, Proceed)> filter)
{
    const QMutexLocker lock(&d->mutex);
    d->filter = std::move(filter);
}

void ScriptedServer::later(int ms, std::function<void()> fn)
{
    // A timer belongs to the thread that starts it.
    QMetaObject::invokeMethod(d.get(), [this, ms, fn = std::move(fn)] { QTimer::singleShot(ms, d.get(), fn); }, Qt::QueuedConnection);
}

QList<ReceivedRequest> ScriptedServer::requests() const
{
    const QMutexLocker lock(&d->mutex);
    return d->received;
}

int ScriptedServer::count(const QByteArray &method, const QByteArray &path) const
{
    const QMutexLocker lock(&d->mutex);
    return int(std::count_if(d->received.cbegin(), d->received.cend(), [&](const ReceivedRequest &request) {
        return (method.isEmpty() || request.method == method) && request.target.startsWith(path);
    }));
}

int ScriptedServer::headersSeen() const
{
    const QMutexLocker lock(&d->mutex);
    return d->headers;
}

int ScriptedServer::connections() const
{
    const QMutexLocker lock(&d->mutex);
    return d->connected;
}

int ScriptedServer::openConnections() const
{
    const QMutexLocker lock(&d->mutex);
    return d->open;
}

void ScriptedServer::clearRequests()
{
    const QMutexLocker lock(&d->mutex);
    d->received.clear();
    d->headers = 0;
}

} // namespace Galley
