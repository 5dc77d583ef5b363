#include "tests/core/net/fetch.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testcertificates.h"
#include "tests/support/tunnelproxy.h"

#include <QTest>

using namespace Galley;

namespace {

const QUrl outside(QStringLiteral("http://198.51.100.7/picture"));

/// A proxy that plays the server behind it as well.
void grantTunnel(const ReceivedRequest &, const ScriptedConnection &connection)
{
    connection.write("HTTP/1.1 200 Connection established\r\n\r\n");
}

QString addressOf(const ScriptedServer &server, const QString &user = {})
{
    return QStringLiteral("http://") + user + QStringLiteral("127.0.0.1:") + QString::number(server.port());
}

} // namespace

class TestProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tunnel_carriesTheRequest();
    void loopback_isNeverProxied();
    void proxy_thatWantsAName_data();
    void proxy_thatWantsAName();
    void proxy_thatGetsOne();
    void proxy_thatIsAway();
    void proxy_thatSaysNo();
    void setting_thatIsNonsense();
    void anyProxy_leadsToTheServer_data();
    void anyProxy_leadsToTheServer();
    void anyProxy_keepsCertificatesChecked_data();
    void anyProxy_keepsCertificatesChecked();
    void anyProxy_thatIsInTheWay_data();
    void anyProxy_thatIsInTheWay();

private:
    TestCertificates m_certificates;
};

void TestProxy::initTestCase()
{
    QVERIFY(m_certificates.begin());
    QVERIFY(m_certificates.make(QStringLiteral("right"), QStringLiteral("DNS:studio.example"), QStringLiteral("trusted"), 30));
    QVERIFY(m_certificates.make(QStringLiteral("elsewhere"), QStringLiteral("DNS:api.example.com"), QStringLiteral("trusted"), 30));
    QVERIFY(m_certificates.make(QStringLiteral("expired"), QStringLiteral("DNS:studio.example"), QStringLiteral("trusted"), -1));
    QVERIFY(m_certificates.make(QStringLiteral("self-signed"), QStringLiteral("DNS:studio.example"), {}, 30));
}

void TestProxy::tunnel_carriesTheRequest()
{
    ScriptedServer proxy;
    proxy.on("CONNECT", "", grantTunnel);
    proxy.on("POST", "/picture", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respond(200, {}, "through"); });
    HttpClient client;
    client.setProxy({.url = addressOf(proxy)});
    const Fetched fetched = fetch(client, {.method = "POST", .url = outside, .body = "x", .plain = PlainHttp::Allowed});
    QVERIFY2(fetched.isReply(), fetched.isError() ? qPrintable(fetched.error().message) : "");
    QCOMPARE(fetched.reply().body, QByteArray("through"));
    QCOMPARE(proxy.requests().value(0).target, QByteArray("198.51.100.7:80"));
    QCOMPARE(proxy.count("POST", "/picture"), 1);
}

void TestProxy::loopback_isNeverProxied()
{
    ScriptedServer proxy;
    ScriptedServer server;
    HttpClient client;
    client.setProxy({.url = addressOf(proxy)});
    QVERIFY(fetch(client, {.url = server.url()}).isReply());
    QCOMPARE(proxy.connections(), 0);
}

void TestProxy::proxy_thatWantsAName_data()
{
    QTest::addColumn<QString>("user");
    QTest::newRow("none given") << QString();
    QTest::newRow("a wrong one") << QStringLiteral("me:wrong@");
}

void TestProxy::proxy_thatWantsAName()
{
    QFETCH(QString, user);
    ScriptedServer proxy;
    proxy.on("CONNECT", "", [](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respond(407, {{"Proxy-Authenticate", "Basic realm=\"office\""}}, {});
    });
    HttpClient client;
    client.setProxy({.url = addressOf(proxy, user)});
    const Fetched fetched = fetch(client, {.method = "POST", .url = outside, .body = "x", .plain = PlainHttp::Allowed});
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::NotSent);
    QVERIFY2(fetched.error().message.contains(QStringLiteral("proxy 127.0.0.1 wants a name")), qPrintable(fetched.error().message));
    QCOMPARE(client.requestsSent(), 0);
    QVERIFY2(fetched.longestTurnMs < 50, qPrintable(QString::number(fetched.longestTurnMs)));
}

void TestProxy::proxy_thatGetsOne()
{
    ScriptedServer proxy;
    proxy.on("CONNECT", "", [](const ReceivedRequest &request, const ScriptedConnection &connection) {
        if (request.header("Proxy-Authorization") == "Basic " + QByteArray("me:right").toBase64())
            grantTunnel(request, connection);
        else
            connection.respond(407, {{"Proxy-Authenticate", "Basic realm=\"office\""}}, {});
    });
    proxy.on("POST", "/picture", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respond(200, {}, "through"); });
    HttpClient client;
    client.setProxy({.url = addressOf(proxy, QStringLiteral("me:right@"))});
    const Fetched fetched = fetch(client, {.method = "POST", .url = outside, .body = "x", .plain = PlainHttp::Allowed});
    QVERIFY2(fetched.isReply(), fetched.isError() ? qPrintable(fetched.error().message) : "");
    QCOMPARE(proxy.count("POST", "/picture"), 1);
    QVERIFY(proxy.requests().last().header("Proxy-Authorization").isEmpty());
}

void TestProxy::proxy_thatIsAway()
{
    QString gone;
    {
        ScriptedServer proxy;
        gone = addressOf(proxy);
    }
    HttpClient client;
    client.setProxy({.url = gone});
    const Fetched fetched = fetch(client, {.url = outside, .plain = PlainHttp::Allowed});
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::NotSent);
    QVERIFY2(fetched.error().message.contains(QStringLiteral("proxy 127.0.0.1 does not connect")), qPrintable(fetched.error().message));
}

void TestProxy::proxy_thatSaysNo()
{
    ScriptedServer proxy;
    proxy.on("CONNECT", "", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respond(403, {}, "no"); });
    HttpClient client;
    client.setProxy({.url = addressOf(proxy)});
    const Fetched fetched = fetch(client, {.url = outside, .plain = PlainHttp::Allowed});
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::NotSent);
    QCOMPARE(client.requestsSent(), 0);
}

void TestProxy::setting_thatIsNonsense()
{
    HttpClient client;
    client.setProxy({.url = QStringLiteral("ftp://me:word@host/")});
    const Fetched fetched = fetch(client, {.url = outside, .plain = PlainHttp::Allowed});
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::Rejected);
    QVERIFY(!fetched.error().message.contains(QStringLiteral("word")));
}

void TestProxy::anyProxy_leadsToTheServer_data()
{
    QTest::addColumn<TunnelProxy::Kind>("kind");
    QTest::addColumn<bool>("secure");
    QTest::addColumn<QByteArray>("user");
    for (const auto &[name, kind] : {std::pair{"http", TunnelProxy::Kind::Http}, std::pair{"socks5", TunnelProxy::Kind::Socks5}}) {
        for (const bool secure : {false, true}) {
            for (const char *user : {"", "me"})
                QTest::addRow("%s, %s%s", name, secure ? "https" : "http", *user ? ", with a name" : "") << kind << secure << QByteArray(user);
        }
    }
}

/// The name is left to the proxy: offices let nobody else look names up.
void TestProxy::anyProxy_leadsToTheServer()
{
    QFETCH(TunnelProxy::Kind, kind);
    QFETCH(bool, secure);
    QFETCH(QByteArray, user);
    const auto server = secure ? std::make_unique<ScriptedServer>(m_certificates.certificate(QStringLiteral("right")), m_certificates.key())
                               : std::make_unique<ScriptedServer>();
    server->on("POST", "/picture", [](const ReceivedRequest &request, const ScriptedConnection &connection) { connection.respond(200, {}, request.body); });
    const TunnelProxy proxy(kind, server->port(), user, "right");
    HttpClient client;
    client.setProxy({.url = proxy.url(user.isEmpty() ? QString() : QString(QString::fromLatin1(user) + QStringLiteral(":right")))});
    const QByteArray body(1 << 20, 'x');
    const Fetched fetched = fetch(client, {.method = "POST",
                                           .url = QUrl(secure ? QStringLiteral("https://studio.example/picture") : QStringLiteral("http://studio.example/picture")),
                                           .secrets = {{"Authorization", "Bearer ", Secret("sk-1")}},
                                           .body = body,
                                           .plain = PlainHttp::Allowed});
    QVERIFY2(fetched.isReply(), fetched.isError() ? qPrintable(fetched.error().message + fetched.error().detail) : "");
    QCOMPARE(fetched.reply().body, body);
    QCOMPARE(proxy.asked().last(), secure ? QStringLiteral("studio.example:443") : QStringLiteral("studio.example:80"));
    QCOMPARE(server->count("POST", "/picture"), 1);
    QCOMPARE(server->requests().value(0).header("Authorization"), QByteArray("Bearer sk-1"));
    QCOMPARE(client.requestsSent(), 1);
}

void TestProxy::anyProxy_keepsCertificatesChecked_data()
{
    QTest::addColumn<TunnelProxy::Kind>("kind");
    QTest::addColumn<QString>("certificate");
    for (const auto &[name, kind] : {std::pair{"http", TunnelProxy::Kind::Http}, std::pair{"socks5", TunnelProxy::Kind::Socks5}}) {
        for (const char *certificate : {"elsewhere", "expired", "self-signed"})
            QTest::addRow("%s, %s", name, certificate) << kind << QString::fromLatin1(certificate);
    }
}

void TestProxy::anyProxy_keepsCertificatesChecked()
{
    QFETCH(TunnelProxy::Kind, kind);
    QFETCH(QString, certificate);
    ScriptedServer server(m_certificates.certificate(certificate), m_certificates.key());
    const TunnelProxy proxy(kind, server.port());
    HttpClient client;
    client.setProxy({.url = proxy.url()});
    const Fetched fetched = fetch(client, {.method = "POST", .url = QUrl(QStringLiteral("https://studio.example/picture")), .body = "x"});
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::NotSent);
    QVERIFY2(fetched.error().message.startsWith(QStringLiteral("No safe connection to studio.example, and nothing was sent")),
             qPrintable(fetched.error().message));
    QCOMPARE(proxy.tunnels(), 1);
    QCOMPARE(server.headersSeen(), 0);
    QCOMPARE(client.requestsSent(), 0);
}

void TestProxy::anyProxy_thatIsInTheWay_data()
{
    QTest::addColumn<TunnelProxy::Kind>("kind");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("phrase");
    for (const auto &[name, kind] : {std::pair{"http", TunnelProxy::Kind::Http}, std::pair{"socks5", TunnelProxy::Kind::Socks5}}) {
        QTest::addRow("%s, without a name", name) << kind << QString() << QStringLiteral("wants a name and a password");
        QTest::addRow("%s, with a wrong word", name) << kind << QStringLiteral("me:wrong") << QStringLiteral("wants a name and a password");
        QTest::addRow("%s, that refuses", name) << kind << QStringLiteral("me:right") << QStringLiteral("does not connect to studio.example");
    }
}

void TestProxy::anyProxy_thatIsInTheWay()
{
    QFETCH(TunnelProxy::Kind, kind);
    QFETCH(QString, user);
    QFETCH(QString, phrase);
    ScriptedServer server;
    TunnelProxy proxy(kind, server.port(), "me", "right");
    proxy.refuse();
    HttpClient client;
    client.setProxy({.url = proxy.url(user)});
    const Fetched fetched = fetch(client, {.method = "POST", .url = QUrl(QStringLiteral("http://studio.example/picture")), .body = "x", .plain = PlainHttp::Allowed});
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::NotSent);
    QVERIFY2(fetched.error().message.contains(QStringLiteral("The proxy 127.0.0.1")), qPrintable(fetched.error().message + fetched.error().detail));
    QVERIFY2(fetched.error().message.contains(phrase), qPrintable(fetched.error().message + fetched.error().detail));
    QVERIFY(!fetched.error().message.contains(QStringLiteral("wrong")));
    QCOMPARE(proxy.tunnels(), 0);
    QCOMPARE(server.connections(), 0);
    QCOMPARE(client.requestsSent(), 0);
}

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
