#include "tests/support/tunnelproxy.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtEndian>

namespace Galley {

namespace {

constexpr char socksVersion = 5;
constexpr char noPassword = 0;
constexpr char byPassword = 2;
constexpr char nothingFits = char(0xff);

QString hostAndPort(const QString &host, quint16 port)
{
    return host + QLatin1Char(':') + QString::number(port);
}

} // namespace

struct TunnelProxy::Private : public QTcpServer
{
    enum class Stage { Greeting, Password, Request, Open };

    struct Client
    {
        QTcpSocket *socket = nullptr;
        QTcpSocket *target = nullptr;
        QByteArray buffer;
        Stage stage = Stage::Greeting;
    };

    Kind kind = Kind::Http;
    quint16 port = 0;
    QByteArray user;
    QByteArray password;
    bool refuses = false;
    QStringList asked;
    int tunnels = 0;

    void take(const std::shared_ptr<Client> &client);
    bool takeConnect(const std::shared_ptr<Client> &client);
    bool takeGreeting(Client &client) const;
    bool takePassword(Client &client) const;
    bool takeRequest(const std::shared_ptr<Client> &client);
    void open(const std::shared_ptr<Client> &client, const QByteArray &said);

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto client = std::make_shared<Client>();
        client->socket = new QTcpSocket(this);
        client->socket->setSocketDescriptor(descriptor);
        client->stage = kind == Kind::Http ? Stage::Request : Stage::Greeting;
        connect(client->socket, &QTcpSocket::readyRead, this, [this, client] { take(client); });
        connect(client->socket, &QTcpSocket::disconnected, client->socket, &QObject::deleteLater);
    }
};

void TunnelProxy::Private::take(const std::shared_ptr<Client> &client)
{
    client->buffer += client->socket->readAll();
    bool goesOn = true;
    while (goesOn && client->stage != Stage::Open) {
        if (kind == Kind::Http)
            goesOn = takeConnect(client);
        else if (client->stage == Stage::Greeting)
            goesOn = takeGreeting(*client);
        else if (client->stage == Stage::Password)
            goesOn = takePassword(*client);
        else
            goesOn = takeRequest(client);
    }
    if (client->stage == Stage::Open && client->target)
        client->target->write(std::exchange(client->buffer, {}));
}

bool TunnelProxy::Private::takeConnect(const std::shared_ptr<Client> &client)
{
    const qsizetype end = client->buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray head = client->buffer.left(end);
    client->buffer.remove(0, end + 4);
    asked.append(QString::fromLatin1(head.split(' ').value(1)));
    const QByteArray word = "Basic " + QByteArray(user + ':' + password).toBase64();
    if (!user.isEmpty() && !head.contains(word)) {
        client->socket->write("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"office\"\r\nContent-Length: 0\r\n\r\n");
    } else if (refuses) {
        client->socket->write("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
        client->socket->disconnectFromHost();
    } else {
        open(client, "HTTP/1.1 200 Connection established\r\n\r\n");
    }
    return client->stage != Stage::Open;
}

bool TunnelProxy::Private::takeGreeting(Client &client) const
{
    const QByteArray &bytes = client.buffer;
    if (bytes.size() < 2 || bytes.size() < 2 + quint8(bytes[1]))
        return false;
    const QByteArray offered = bytes.mid(2, quint8(bytes[1]));
    const char wanted = user.isEmpty() ? noPassword : byPassword;
    const bool fits = bytes[0] == socksVersion && offered.contains(wanted);
    client.socket->write(QByteArray(1, socksVersion) + (fits ? wanted : nothingFits));
    client.stage = user.isEmpty() ? Stage::Request : Stage::Password;
    client.buffer.remove(0, 2 + offered.size());
    if (!fits)
        client.socket->disconnectFromHost();
    return fits;
}

bool TunnelProxy::Private::takePassword(Client &client) const
{
    const QByteArray &bytes = client.buffer;
    if (bytes.size() < 2 || bytes.size() < 3 + quint8(bytes[1]))
        return false;
    const qsizetype nameLength = quint8(bytes[1]);
    const qsizetype wordLength = quint8(bytes[2 + nameLength]);
    if (bytes.size() < 3 + nameLength + wordLength)
        return false;
    const bool fits = bytes.mid(2, nameLength) == user && bytes.mid(3 + nameLength, wordLength) == password;
    client.socket->write(QByteArray("\x01", 1) + char(fits ? 0 : 1));
    client.stage = Stage::Request;
    client.buffer.remove(0, 3 + nameLength + wordLength);
    if (!fits)
        client.socket->disconnectFromHost();
    return fits;
}

bool TunnelProxy::Private::takeRequest(const std::shared_ptr<Client> &client)
{
    const QByteArray &bytes = client->buffer;
    if (bytes.size() < 5)
        return false;
    const bool isName = bytes[3] == 3;
    const qsizetype from = isName ? 5 : 4;
    const qsizetype length = isName ? quint8(bytes[4]) : bytes[3] == 1 ? 4 : 16;
    if (bytes.size() < from + length + 2)
        return false;
    const QByteArray host = bytes.mid(from, length);
    const quint16 wanted = qFromBigEndian<quint16>(bytes.constData() + from + length);
    asked.append(hostAndPort(isName ? QString::fromLatin1(host) : QHostAddress(qFromBigEndian<quint32>(host.constData())).toString(), wanted));
    client->buffer.remove(0, from + length + 2);
    const QByteArray rest("\x00\x01\x00\x00\x00\x00\x00\x00", 8);
    if (refuses) {
        client->socket->write(QByteArray("\x05\x02", 2) + rest);
        client->socket->disconnectFromHost();
        return false;
    }
    open(client, QByteArray("\x05\x00", 2) + rest);
    return false;
}

void TunnelProxy::Private::open(const std::shared_ptr<Client> &client, const QByteArray &said)
{
    client->stage = Stage::Open;
    ++tunnels;
    client->target = new QTcpSocket(client->socket);
    QTcpSocket *const target = client->target;
    QTcpSocket *const socket = client->socket;
    target->setProxy(QNetworkProxy::NoProxy);
    connect(target, &QTcpSocket::readyRead, socket, [target, socket] { socket->write(target->readAll()); });
    connect(target, &QTcpSocket::disconnected, socket, &QTcpSocket::disconnectFromHost);
    target->connectToHost(QHostAddress::LocalHost, port);
    socket->write(said);
}

TunnelProxy::TunnelProxy(Kind kind, quint16 target, const QByteArray &user, const QByteArray &password)
    : d(std::make_unique<Private>())
{
    d->kind = kind;
    d->port = target;
    d->user = user;
    d->password = password;
    d->setProxy(QNetworkProxy::NoProxy);
    d->listen(QHostAddress::LocalHost);
}

TunnelProxy::~TunnelProxy() = default;

void TunnelProxy::refuse()
{
    d->refuses = true;
}

QString TunnelProxy::url(const QString &user) const
{
    const QString scheme = d->kind == Kind::Http ? QStringLiteral("http://") : QStringLiteral("socks5://");
    const QString name = user.isEmpty() ? QString() : QString(user + QLatin1Char('@'));
    return scheme + name + hostAndPort(QStringLiteral("127.0.0.1"), d->serverPort());
}

QStringList TunnelProxy::asked() const
{
    return d->asked;
}

int TunnelProxy::tunnels() const
{
    return d->tunnels;
}

} // namespace Galley
