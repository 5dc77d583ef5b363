#include "core/net/websocket.h"
#include "tests/support/testcertificates.h"
#include "tests/support/tunnelproxy.h"
#include "tests/support/websocketpeer.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>

using namespace Galley;

namespace {

constexpr int longMs = 20'000;

struct Outcome
{
    explicit Outcome(WebSocket &socket)
        : opened(&socket, &WebSocket::opened)
        , texts(&socket, &WebSocket::textReceived)
        , binaries(&socket, &WebSocket::binaryReceived)
        , failed(&socket, &WebSocket::failed)
    {}

    bool waitForFailure() { return QTest::qWaitFor([this] { return !failed.isEmpty(); }, longMs); }
    Error error() const { return failed.isEmpty() ? Error{} : failed.first().first().value<Error>(); }

    QSignalSpy opened;
    QSignalSpy texts;
    QSignalSpy binaries;
    QSignalSpy failed;
};

/// Answers each text with itself and a large message of bytes.
void echo(const ReceivedRequest &request, const ScriptedConnection &connection)
{
    auto answer = std::make_shared<std::function<void(const QByteArray &)>>();
    const WebSocketPeer peer(request, connection, [answer](const QByteArray &text) { (*answer)(text); });
    *answer = [peer](const QByteArray &text) {
        peer.sendText("you said " + text);
        peer.sendBinary(QByteArray(100'000, 'x'));
    };
}

} // namespace

/// WebSocket against a scripted server over real sockets.
class TestWebSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void open_sendsNoOriginAndTheKey();
    void messages_goBothWays();
    void badServer_fails_data();
    void badServer_fails();
    void forbiddenAddress_isNotAsked_data();
    void forbiddenAddress_isNotAsked();
    void keyWithLineBreak_isRefused();
    void close_closesTheSocketAndIsSilent();
    void destroyedWhileConnecting_isHarmless();
    void anyWay_carriesMessages_data();
    void anyWay_carriesMessages();
    void wrongCertificate_isNotToldTheKey_data();
    void wrongCertificate_isNotToldTheKey();
    void proxyInTheWay_isNamed_data();
    void proxyInTheWay_isNamed();

private:
    std::unique_ptr<ScriptedServer> secureServer(const QString &certificate) const;

    TestCertificates m_certificates;
};

void TestWebSocket::initTestCase()
{
    QVERIFY(m_certificates.begin());
    const QString here = QStringLiteral("IP:127.0.0.1,DNS:comfy.example");
    QVERIFY(m_certificates.make(QStringLiteral("right"), here, QStringLiteral("trusted"), 30));
    QVERIFY(m_certificates.make(QStringLiteral("expired"), here, QStringLiteral("trusted"), -1));
    QVERIFY(m_certificates.make(QStringLiteral("elsewhere"), QStringLiteral("DNS:api.example.com"), QStringLiteral("trusted"), 30));
    QVERIFY(m_certificates.make(QStringLiteral("self-signed"), here, {}, 30));
    QVERIFY(m_certificates.make(QStringLiteral("unknown"), here, QStringLiteral("stranger"), 30));
}

void TestWebSocket::open_sendsNoOriginAndTheKey()
{
    ScriptedServer server;
    server.on("GET", "/ws", [](const ReceivedRequest &request, ScriptedConnection connection) { WebSocketPeer(request, connection, {}); });
    WebSocket socket({});
    Outcome outcome(socket);
    socket.open({.url = server.url("/ws?clientId=7"), .secrets = {{"Authorization", "Bearer ", Secret("sesame")}}});
    QCOMPARE(outcome.opened.size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(outcome.opened.size(), 1, longMs);
    const ReceivedRequest request = server.requests().value(0);
    QVERIFY(request.header("Origin").isNull());
    QCOMPARE(request.header("Authorization"), QByteArray("Bearer sesame"));
    QCOMPARE(request.target, QByteArray("/ws?clientId=7"));
    QVERIFY(socket.isOpen());
}

void TestWebSocket::messages_goBothWays()
{
    ScriptedServer server;
    server.on("GET", "/ws", echo);
    WebSocket socket({});
    Outcome outcome(socket);
    connect(&socket, &WebSocket::opened, this, [&] { socket.sendText(QStringLiteral("gr\u00fc\u00df dich")); });
    socket.open({.url = server.url("/ws")});
    QTRY_COMPARE_WITH_TIMEOUT(outcome.binaries.size(), 1, longMs);
    QCOMPARE(outcome.texts.first().first().toString(), QStringLiteral("you said gr\u00fc\u00df dich"));
    QCOMPARE(outcome.binaries.first().first().toByteArray().size(), 100'000);
    QCOMPARE(outcome.failed.size(), 0);
}

void TestWebSocket::badServer_fails_data()
{
    using Script = std::function<void(const ReceivedRequest &, ScriptedConnection)>;
    QTest::addColumn<Script>("script");
    QTest::addColumn<bool>("opens");
    const auto row = [](const char *name, bool opens, Script script) { QTest::newRow(name) << script << opens; };
    row("404", false, [](const auto &, const auto &connection) { connection.respond(404, {}, "no"); });
    row("redirect", false, [](const auto &, const auto &connection) { connection.respond(302, {{"Location", "http://127.0.0.2/"}}, ""); });
    row("200 and a page", false, [](const auto &, const auto &connection) { connection.respond(200, {{"Content-Type", "text/html"}}, "<html>"); });
    row("silence", false, [](const auto &, const auto &) {});
    row("FIN", false, [](const auto &, const auto &connection) { connection.closeFin(); });
    row("RST", false, [](const auto &, const auto &connection) { connection.reset(); });
    row("wrong accept", false, [](const auto &, const auto &connection) {
        connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n");
    });
    row("handshake without end", false, [](const auto &, const auto &connection) {
        connection.write("HTTP/1.1 101 Switching Protocols\r\n");
        auto more = std::make_shared<std::function<void()>>();
        *more = [connection, weak = std::weak_ptr(more)] {
            connection.write("X-More: " + QByteArray(20'000, 'x') + "\r\n");
            if (const auto again = weak.lock())
                connection.later(5, [again] { (*again)(); });
        };
        (*more)();
    });
    row("message over the limit", true, [](const auto &request, const auto &connection) {
        WebSocketPeer(request, connection, {}).sendBinary(QByteArray(300'000, 'x'));
    });
    row("length that lies", true, [](const auto &request, const auto &connection) {
        WebSocketPeer(request, connection, {}).sendFrame(2, "abc", 1LL << 40);
    });
    row("reserved opcode", true, [](const auto &request, const auto &connection) { WebSocketPeer(request, connection, {}).sendFrame(5, "abc", 3); });
    row("text that is no UTF-8", true, [](const auto &request, const auto &connection) {
        WebSocketPeer(request, connection, {}).sendText("\xff\xfe\xff");
    });
    row("RST after opening", true, [](const auto &request, const auto &connection) {
        WebSocketPeer(request, connection, {});
        connection.later(20, [connection] { connection.reset(); });
    });
    row("FIN after opening", true, [](const auto &request, const auto &connection) {
        WebSocketPeer(request, connection, {});
        connection.later(20, [connection] { connection.closeFin(); });
    });
    row("no answer to pings", true, [](const auto &request, const auto &connection) {
        WebSocketPeer(request, connection, {});
        connection.takeOver([](const QByteArray &) {});
    });
    row("frame that never ends", true, [](const auto &request, const auto &connection) {
        WebSocketPeer(request, connection, {}).sendFrame(2, "abc", 100'000);
        connection.takeOver([](const QByteArray &) {});
    });
}

void TestWebSocket::badServer_fails()
{
    using Script = std::function<void(const ReceivedRequest &, ScriptedConnection)>;
    QFETCH(const Script, script);
    QFETCH(const bool, opens);
    ScriptedServer server;
    server.on("GET", "/ws", script);
    WebSocket socket({});
    Outcome outcome(socket);
    socket.open({.url = server.url("/ws"), .limits = {.connectMs = 1000, .silenceMs = 600, .messageBytes = 200'000}});
    QVERIFY(outcome.waitForFailure());
    QCOMPARE(outcome.opened.size(), opens ? 1 : 0);
    QCOMPARE(outcome.error().failure, opens ? FailureClass::Ambiguous : FailureClass::NotSent);
    QVERIFY2(outcome.error().message.contains(server.url().host()), qPrintable(outcome.error().message));
    QVERIFY(!socket.isOpen());
    QTest::qWait(50);
    QCOMPARE(outcome.failed.size(), 1);
    QCOMPARE(outcome.binaries.size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
}

void TestWebSocket::forbiddenAddress_isNotAsked_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<bool>("offline");
    QTest::addColumn<FailureClass>("failure");
    QTest::newRow("plain and hosted") << QStringLiteral("ws://comfy.example/ws") << false << FailureClass::Rejected;
    QTest::newRow("plain in the network") << QStringLiteral("http://192.168.1.7:8188/ws") << false << FailureClass::Rejected;
    QTest::newRow("offline") << QStringLiteral("wss://comfy.example/ws") << true << FailureClass::Offline;
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false << FailureClass::Rejected;
    QTest::newRow("no host") << QStringLiteral("ws:///ws") << false << FailureClass::Rejected;
}

void TestWebSocket::forbiddenAddress_isNotAsked()
{
    QFETCH(const QString, address);
    QFETCH(const bool, offline);
    QFETCH(const FailureClass, failure);
    WebSocket socket({.offline = offline});
    Outcome outcome(socket);
    socket.open({.url = QUrl(address)});
    QCOMPARE(outcome.failed.size(), 0);
    QVERIFY(outcome.waitForFailure());
    QCOMPARE(outcome.error().failure, failure);
}

void TestWebSocket::keyWithLineBreak_isRefused()
{
    ScriptedServer server;
    WebSocket socket({});
    Outcome outcome(socket);
    socket.open({.url = server.url("/ws"), .secrets = {{"X-API-Key", "", Secret("one\r\nX-Evil: two")}}});
    QVERIFY(outcome.waitForFailure());
    QCOMPARE(outcome.error().failure, FailureClass::Rejected);
    QVERIFY(!outcome.error().message.contains(QLatin1String("Evil")));
    QCOMPARE(server.connections(), 0);
}

void TestWebSocket::close_closesTheSocketAndIsSilent()
{
    ScriptedServer server;
    server.on("GET", "/ws", [](const ReceivedRequest &request, ScriptedConnection connection) { WebSocketPeer(request, connection, {}); });
    WebSocket socket({});
    Outcome outcome(socket);
    socket.open({.url = server.url("/ws")});
    QTRY_COMPARE_WITH_TIMEOUT(outcome.opened.size(), 1, longMs);
    socket.close();
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
    QCOMPARE(outcome.failed.size(), 0);
}

void TestWebSocket::destroyedWhileConnecting_isHarmless()
{
    ScriptedServer server;
    server.on("GET", "/ws", [](const ReceivedRequest &, ScriptedConnection) {});
    auto socket = std::make_unique<WebSocket>(HttpProxy{});
    socket->open({.url = server.url("/ws")});
    QTRY_COMPARE_WITH_TIMEOUT(server.connections(), 1, longMs);
    socket.reset();
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
    auto early = std::make_unique<WebSocket>(HttpProxy{});
    early->open({.url = server.url("/ws")});
    early.reset();
    QTest::qWait(50);
    QCOMPARE(server.connections(), 1);
}

std::unique_ptr<ScriptedServer> TestWebSocket::secureServer(const QString &certificate) const
{
    auto server = std::make_unique<ScriptedServer>(m_certificates.certificate(certificate), m_certificates.key());
    server->on("GET", "/ws", echo);
    return server;
}

void TestWebSocket::anyWay_carriesMessages_data()
{
    QTest::addColumn<std::optional<TunnelProxy::Kind>>("proxy");
    QTest::addColumn<QString>("address");
    const QString hosted = QStringLiteral("://comfy.example/ws");
    QTest::newRow("wss") << std::optional<TunnelProxy::Kind>() << QString();
    for (const auto &[name, kind] : {std::pair{"http", TunnelProxy::Kind::Http}, std::pair{"socks5", TunnelProxy::Kind::Socks5}}) {
        for (const char *scheme : {"ws", "wss", "https"})
            QTest::addRow("%s through %s", scheme, name) << std::optional(kind) << QString(QString::fromLatin1(scheme) + hosted);
    }
}

void TestWebSocket::anyWay_carriesMessages()
{
    QFETCH(const std::optional<TunnelProxy::Kind>, proxy);
    QFETCH(const QString, address);
    std::unique_ptr<ScriptedServer> server = secureServer(QStringLiteral("right"));
    if (address.startsWith(QLatin1String("ws:"))) {
        server = std::make_unique<ScriptedServer>();
        server->on("GET", "/ws", echo);
    }
    std::unique_ptr<TunnelProxy> tunnel;
    if (proxy)
        tunnel = std::make_unique<TunnelProxy>(*proxy, server->port(), "me", "right");
    WebSocket socket({.url = tunnel ? tunnel->url(QStringLiteral("me:right")) : QString()});
    Outcome outcome(socket);
    connect(&socket, &WebSocket::opened, this, [&] { socket.sendText(QStringLiteral("hello")); });
    socket.open({.url = proxy ? QUrl(address) : server->url("/ws"), .secrets = {{"Authorization", "Bearer ", Secret("sesame")}},
                 .plain = PlainHttp::Allowed});
    QTRY_VERIFY_WITH_TIMEOUT(outcome.binaries.size() == 1 || !outcome.failed.isEmpty(), longMs);
    QVERIFY2(outcome.failed.isEmpty(), qPrintable(outcome.error().message + outcome.error().detail));
    QCOMPARE(outcome.texts.first().first().toString(), QStringLiteral("you said hello"));
    QCOMPARE(outcome.binaries.first().first().toByteArray().size(), 100'000);
    QCOMPARE(server->requests().value(0).header("Authorization"), QByteArray("Bearer sesame"));
    if (tunnel)
        QCOMPARE(tunnel->asked().last(), address.startsWith(QLatin1String("ws:")) ? QStringLiteral("comfy.example:80") : QStringLiteral("comfy.example:443"));
}

void TestWebSocket::wrongCertificate_isNotToldTheKey_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<bool>("proxied");
    for (const char *certificate : {"expired", "elsewhere", "self-signed", "unknown"}) {
        QTest::addRow("%s", certificate) << QString::fromLatin1(certificate) << false;
        QTest::addRow("%s, through a proxy", certificate) << QString::fromLatin1(certificate) << true;
    }
}

void TestWebSocket::wrongCertificate_isNotToldTheKey()
{
    QFETCH(const QString, certificate);
    QFETCH(const bool, proxied);
    const auto server = secureServer(certificate);
    const TunnelProxy proxy(TunnelProxy::Kind::Socks5, server->port());
    WebSocket socket({.url = proxied ? proxy.url() : QString()});
    Outcome outcome(socket);
    socket.open({.url = proxied ? QUrl(QStringLiteral("wss://comfy.example/ws")) : server->url("/ws"),
                 .secrets = {{"Authorization", "Bearer ", Secret("sesame")}}});
    QVERIFY(outcome.waitForFailure());
    QCOMPARE(outcome.opened.size(), 0);
    QCOMPARE(outcome.error().failure, FailureClass::NotSent);
    QVERIFY2(outcome.error().message.startsWith(QStringLiteral("No safe connection to ")), qPrintable(outcome.error().message));
    QVERIFY2(outcome.error().message.contains(QStringLiteral("certificate")), qPrintable(outcome.error().message));
    QCOMPARE(server->headersSeen(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(server->openConnections(), 0, longMs);
    QCOMPARE(outcome.failed.size(), 1);
}

void TestWebSocket::proxyInTheWay_isNamed_data()
{
    QTest::addColumn<TunnelProxy::Kind>("kind");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("phrase");
    for (const auto &[name, kind] : {std::pair{"http", TunnelProxy::Kind::Http}, std::pair{"socks5", TunnelProxy::Kind::Socks5}}) {
        QTest::addRow("%s, a wrong word", name) << kind << QStringLiteral("me:wrong") << QStringLiteral("wants a name and a password");
        QTest::addRow("%s, that refuses", name) << kind << QStringLiteral("me:right") << QStringLiteral("does not connect to");
    }
}

void TestWebSocket::proxyInTheWay_isNamed()
{
    QFETCH(const TunnelProxy::Kind, kind);
    QFETCH(const QString, user);
    QFETCH(const QString, phrase);
    ScriptedServer server;
    TunnelProxy proxy(kind, server.port(), "me", "right");
    proxy.refuse();
    WebSocket socket({.url = proxy.url(user)});
    Outcome outcome(socket);
    socket.open({.url = QUrl(QStringLiteral("ws://comfy.example/ws")), .plain = PlainHttp::Allowed});
    QVERIFY(outcome.waitForFailure());
    QCOMPARE(outcome.error().failure, FailureClass::NotSent);
    QVERIFY2(outcome.error().message.contains(phrase), qPrintable(outcome.error().message + outcome.error().detail));
    QCOMPARE(server.connections(), 0);
}

QTEST_GUILESS_MAIN(TestWebSocket)
#include "tst_websocket.moc"
