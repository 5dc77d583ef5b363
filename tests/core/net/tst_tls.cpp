#include "tests/core/net/fetch.h"
#include "tests/support/scriptedserver.h"
#include "tests/support/testcertificates.h"

#include <QTest>

using namespace Galley;

/// Certificates are always checked. The test's own authority is made known to the process as the system's would be; there is no other way to make
/// the client trust anything.
class TestTls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rightCertificate_isTrusted();
    void wrongServer_isNotSentAnything_data();
    void wrongServer_isNotSentAnything();
    void oldServer_isRealButRefused();
    void cutInMidStream_isAmbiguous_data();
    void cutInMidStream_isAmbiguous();
    void plainServer_isNotSentAnything();

private:
    HttpRequest post(const QUrl &url) const;

    TestCertificates m_certificates;
};

HttpRequest TestTls::post(const QUrl &url) const
{
    return {.method = "POST", .url = url, .secrets = {{"Authorization", "Bearer ", Secret("sk-1")}}, .body = "{}"};
}

void TestTls::initTestCase()
{
    QVERIFY(m_certificates.begin());
    const QString here = QStringLiteral("IP:127.0.0.1,DNS:localhost");
    QVERIFY(m_certificates.make(QStringLiteral("right"), here, QStringLiteral("trusted"), 30));
    QVERIFY(m_certificates.make(QStringLiteral("expired"), here, QStringLiteral("trusted"), -1));
    QVERIFY(m_certificates.make(QStringLiteral("elsewhere"), QStringLiteral("DNS:api.example.com"), QStringLiteral("trusted"), 30));
    QVERIFY(m_certificates.make(QStringLiteral("self-signed"), here, {}, 30));
    QVERIFY(m_certificates.make(QStringLiteral("unknown"), here, QStringLiteral("stranger"), 30));
}

void TestTls::rightCertificate_isTrusted()
{
    ScriptedServer server(m_certificates.certificate(QStringLiteral("right")), m_certificates.key());
    server.on("POST", "/", [](const ReceivedRequest &request, const ScriptedConnection &connection) { connection.respond(200, {}, request.body); });
    HttpClient client;
    HttpRequest request = post(server.url());
    request.body = QByteArray(4 << 20, 'x');
    const Fetched fetched = fetch(client, request);
    QVERIFY2(fetched.isReply(), fetched.isError() ? qPrintable(fetched.error().message) : "");
    QCOMPARE(fetched.reply().body, request.body);
    QCOMPARE(server.requests().value(0).header("Authorization"), QByteArray("Bearer sk-1"));
    QVERIFY2(fetched.longestTurnMs < 50, qPrintable(QString::number(fetched.longestTurnMs)));
}

void TestTls::wrongServer_isNotSentAnything_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QByteArray>("newest");
    QTest::addColumn<QString>("phrase");
    QTest::newRow("expired") << QStringLiteral("expired") << QByteArray() << QStringLiteral("expired");
    QTest::newRow("for another host") << QStringLiteral("elsewhere") << QByteArray() << QStringLiteral("host name did not match");
    QTest::newRow("self-signed") << QStringLiteral("self-signed") << QByteArray() << QStringLiteral("self-signed");
    QTest::newRow("unknown authority") << QStringLiteral("unknown") << QByteArray() << QStringLiteral("issuer certificate");
    QTest::newRow("TLS 1.0") << QStringLiteral("right") << QByteArray("TLSv1") << QStringLiteral("No safe connection");
    QTest::newRow("TLS 1.1") << QStringLiteral("right") << QByteArray("TLSv1.1") << QStringLiteral("No safe connection");
}

void TestTls::wrongServer_isNotSentAnything()
{
    QFETCH(QString, certificate);
    QFETCH(QByteArray, newest);
    QFETCH(QString, phrase);
    ScriptedServer server(m_certificates.certificate(certificate), m_certificates.key(), newest);
    HttpClient client;
    const Fetched fetched = fetch(client, post(server.url()));
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::NotSent);
    QVERIFY2(fetched.error().message.contains(phrase), qPrintable(fetched.error().message));
    QVERIFY(fetched.error().message.contains(QStringLiteral("nothing was sent")));
    QCOMPARE(server.headersSeen(), 0);
    QCOMPARE(client.requestsSent(), 0);
    QVERIFY2(fetched.longestTurnMs < 50, qPrintable(QString::number(fetched.longestTurnMs)));
}

/// The rows above would pass with a server that cannot speak at all.
void TestTls::oldServer_isRealButRefused()
{
    ScriptedServer server(m_certificates.certificate(QStringLiteral("right")), m_certificates.key(), "TLSv1.1");
    QVERIFY(m_certificates.openssl({QStringLiteral("s_client"), QStringLiteral("-connect"), QStringLiteral("127.0.0.1:%1").arg(server.port()), QStringLiteral("-tls1_1"),
                     QStringLiteral("-cipher"), QStringLiteral("DEFAULT@SECLEVEL=0")}));
}

void TestTls::cutInMidStream_isAmbiguous_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("FIN without a farewell") << false;
    QTest::newRow("RST") << true;
}

void TestTls::cutInMidStream_isAmbiguous()
{
    QFETCH(bool, reset);
    ScriptedServer server(m_certificates.certificate(QStringLiteral("right")), m_certificates.key());
    server.on("POST", "/", [reset](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789");
        connection.later(20, [connection, reset] { reset ? connection.reset() : connection.closeFin(); });
    });
    HttpClient client;
    const Fetched fetched = fetch(client, post(server.url()));
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::Ambiguous);
    QVERIFY2(fetched.error().message.contains(QStringLiteral("may have been carried out")), qPrintable(fetched.error().message));
    QCOMPARE(server.count("POST"), 1);
    QCOMPARE(server.headersSeen(), 1);
}

void TestTls::plainServer_isNotSentAnything()
{
    ScriptedServer server;
    server.onConnect([](const ScriptedConnection &connection) { connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"); });
    QUrl url = server.url();
    url.setScheme(QStringLiteral("https"));
    HttpClient client;
    const Fetched fetched = fetch(client, post(url));
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::NotSent);
    QCOMPARE(server.headersSeen(), 0);
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
