#include "tests/core/net/fetch.h"
#include "tests/support/scriptedserver.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTemporaryDir>
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
    bool openssl(const QStringList &arguments);
    /// A certificate for \a names, signed by \a authority ("" signs itself).
    bool makeCertificate(const QString &name, const QString &subjectNames, const QString &authority, int days);
    QByteArray pem(const QString &name) const;
    HttpRequest post(const QUrl &url) const;

    QTemporaryDir m_folder;
};

bool TestTls::openssl(const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("openssl"), arguments);
    process.closeWriteChannel();
    const bool ok = process.waitForFinished(60'000) && process.exitCode() == 0;
    if (!ok)
        qWarning("%s", process.readAll().constData());
    return ok;
}

bool TestTls::makeCertificate(const QString &name, const QString &subjectNames, const QString &authority, int days)
{
    QFile extensions(m_folder.filePath(QStringLiteral("ext")));
    if (!extensions.open(QIODevice::WriteOnly) || extensions.write("subjectAltName=" + subjectNames.toLatin1() + '\n') < 0)
        return false;
    extensions.close();
    QStringList sign{QStringLiteral("x509"), QStringLiteral("-req"), QStringLiteral("-in"), QStringLiteral("server.csr"),
                     QStringLiteral("-extfile"), QStringLiteral("ext"), QStringLiteral("-days"), QString::number(days),
                     QStringLiteral("-out"), name + QStringLiteral(".pem")};
    if (authority.isEmpty()) {
        sign += {QStringLiteral("-signkey"), QStringLiteral("server.key")};
    } else {
        sign += {QStringLiteral("-CA"), authority + QStringLiteral(".pem"), QStringLiteral("-CAkey"), authority + QStringLiteral(".key"),
                 QStringLiteral("-CAcreateserial")};
    }
    return openssl(sign);
}

QByteArray TestTls::pem(const QString &name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

HttpRequest TestTls::post(const QUrl &url) const
{
    return {.method = "POST", .url = url, .secrets = {{"Authorization", "Bearer ", Secret("sk-1")}}, .body = "{}"};
}

void TestTls::initTestCase()
{
    for (const char *authority : {"trusted", "stranger"}) {
        const QString name = QString::fromLatin1(authority);
        QVERIFY(openssl({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"), QStringLiteral("-nodes"),
                         QStringLiteral("-keyout"), name + QStringLiteral(".key"), QStringLiteral("-out"), name + QStringLiteral(".pem"),
                         QStringLiteral("-subj"), QStringLiteral("/CN=Galley test authority ") + name, QStringLiteral("-days"), QStringLiteral("30")}));
    }
    QVERIFY(openssl({QStringLiteral("req"), QStringLiteral("-newkey"), QStringLiteral("rsa:2048"), QStringLiteral("-nodes"), QStringLiteral("-keyout"),
                     QStringLiteral("server.key"), QStringLiteral("-out"), QStringLiteral("server.csr"), QStringLiteral("-subj"),
                     QStringLiteral("/CN=Galley test server")}));
    const QString here = QStringLiteral("IP:127.0.0.1,DNS:localhost");
    QVERIFY(makeCertificate(QStringLiteral("right"), here, QStringLiteral("trusted"), 30));
    QVERIFY(makeCertificate(QStringLiteral("expired"), here, QStringLiteral("trusted"), -1));
    QVERIFY(makeCertificate(QStringLiteral("elsewhere"), QStringLiteral("DNS:api.example.com"), QStringLiteral("trusted"), 30));
    QVERIFY(makeCertificate(QStringLiteral("self-signed"), here, {}, 30));
    QVERIFY(makeCertificate(QStringLiteral("unknown"), here, QStringLiteral("stranger"), 30));

    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.addCaCertificates(QSslCertificate::fromData(pem(QStringLiteral("trusted.pem"))));
    QSslConfiguration::setDefaultConfiguration(configuration);
}

void TestTls::rightCertificate_isTrusted()
{
    ScriptedServer server(pem(QStringLiteral("right.pem")), pem(QStringLiteral("server.key")));
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
    ScriptedServer server(pem(certificate + QStringLiteral(".pem")), pem(QStringLiteral("server.key")), newest);
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
    ScriptedServer server(pem(QStringLiteral("right.pem")), pem(QStringLiteral("server.key")), "TLSv1.1");
    QVERIFY(openssl({QStringLiteral("s_client"), QStringLiteral("-connect"), QStringLiteral("127.0.0.1:%1").arg(server.port()), QStringLiteral("-tls1_1"),
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
    ScriptedServer server(pem(QStringLiteral("right.pem")), pem(QStringLiteral("server.key")));
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
