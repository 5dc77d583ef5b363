#include "core/base/log.h"
#include "tests/core/net/fetch.h"
#include "tests/support/canary.h"
#include "tests/support/scriptedserver.h"

#include <QDir>
#include <QTest>

using namespace Galley;

/// A key leaves this process in the headers of its own request and nowhere else: not in a log, a message or a file, whatever goes wrong.
class TestKeySafety : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void request_logsNoKey_data();
    void request_logsNoKey();
    void proxyWord_isNotLogged();
    void noFile_holdsTheKey();

private:
    QString m_home = qEnvironmentVariable("GALLEY_HOME");
};

void TestKeySafety::initTestCase()
{
    QVERIFY(!m_home.isEmpty());
    QDir(m_home).removeRecursively();
    startLog(m_home + QStringLiteral("/data/log"));
}

void TestKeySafety::request_logsNoKey_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QByteArray>("method");
    QTest::newRow("answer") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") << QByteArray("POST");
    QTest::newRow("refused") << QByteArray("HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno") << QByteArray("POST");
    // Some services repeat the key in their complaint.
    QTest::newRow("echoed in a status line") << QByteArray("HTTP/1.1 4x1 " + canaryKey() + "\r\n\r\n") << QByteArray("POST");
    QTest::newRow("echoed in a bad header") << QByteArray("HTTP/1.1 200 OK\r\n" + canaryKey() + "\r\n\r\n") << QByteArray("POST");
    QTest::newRow("echoed in a link") << QByteArray("HTTP/1.1 302 Found\r\nLocation: ftp://" + canaryKey() + "/\r\nContent-Length: 0\r\n\r\n")
                                      << QByteArray("GET");
    QTest::newRow("echoed as another protocol") << QByteArray(canaryKey()) << QByteArray("POST");
    QTest::newRow("closed") << QByteArray() << QByteArray("POST");
}

void TestKeySafety::request_logsNoKey()
{
    QFETCH(QByteArray, answer);
    QFETCH(QByteArray, method);
    ScriptedServer server;
    server.on("", "/", [answer](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.write(answer);
        connection.closeFin();
    });
    HttpClient client;
    const Fetched fetched = fetch(client, {.method = method,
                                           .url = server.url("/v1?key=" + canaryKey()),
                                           .secrets = {{"Authorization", "Bearer ", Secret(canaryKey())}}});
    QCOMPARE(server.requests().value(0).header("Authorization"), QByteArray("Bearer " + canaryKey()));
    if (fetched.isError()) {
        const QString key = QString::fromLatin1(canaryKey());
        QVERIFY(!fetched.error().message.contains(key));
        QVERIFY(!fetched.error().detail.contains(key));
    }
}

void TestKeySafety::proxyWord_isNotLogged()
{
    ScriptedServer proxy;
    proxy.on("CONNECT", "", [](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respond(407, {{"Proxy-Authenticate", "Basic realm=\"office\""}}, {});
    });
    HttpClient client;
    client.setProxy({.url = QStringLiteral("http://me:%1@127.0.0.1:%2").arg(QString::fromLatin1(canaryKey())).arg(proxy.port())});
    const Fetched fetched = fetch(client, {.url = QUrl(QStringLiteral("https://198.51.100.7/"))});
    QVERIFY(fetched.isError());
    QVERIFY(!fetched.error().message.contains(QString::fromLatin1(canaryKey())));
    QVERIFY(!fetched.error().detail.contains(QString::fromLatin1(canaryKey())));
}

void TestKeySafety::noFile_holdsTheKey()
{
    // Enough lines to push everything before them out of the log's buffer; the last one proves that the file is really written.
    logMessage(LogLevel::Warning, QStringLiteral("the end of the key test"));
    QCOMPARE(filesThatHold("the end of the key test", m_home).size(), 1);
    QVERIFY(filesThatHold("POST http://127.0.0.1", m_home).size() == 1);
    QCOMPARE(filesThatHold(canaryKey(), m_home), QStringList());
}


QTEST_GUILESS_MAIN(TestKeySafety)
#include "tst_keysafety.moc"
