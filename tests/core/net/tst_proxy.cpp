#include "tests/core/net/fetch.h"
#include "tests/support/scriptedserver.h"

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
    void tunnel_carriesTheRequest();
    void loopback_isNeverProxied();
    void proxy_thatWantsAName_data();
    void proxy_thatWantsAName();
    void proxy_thatGetsOne();
    void proxy_thatIsAway();
    void proxy_thatSaysNo();
    void setting_thatIsNonsense();
};

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

QTEST_GUILESS_MAIN(TestProxy)
#include "tst_proxy.moc"
