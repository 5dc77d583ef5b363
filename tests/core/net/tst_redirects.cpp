#include "tests/core/net/fetch.h"
#include "tests/support/scriptedserver.h"

#include <QHostInfo>
#include <QTest>

using namespace Galley;

namespace {

ScriptedServer::Handler redirectTo(const QByteArray &location, int status = 302)
{
    return [location, status](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respond(status, {{"Location", location}}, "moved");
    };
}

void answerOk(const ReceivedRequest &, const ScriptedConnection &connection)
{
    connection.respond(200, {}, "here");
}

HttpRequest withKey(const QUrl &url)
{
    return {.url = url, .headers = {{"X-Api-Key", "plain"}}, .secrets = {{"Authorization", "Bearer ", Secret("sk-1")}}};
}

} // namespace

/// Redirects over the wire; the rules themselves are in tst_httpvalues.
class TestRedirects : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameOrigin_keepsTheKey();
    void otherOrigin_neverSeesTheKey_data();
    void otherOrigin_neverSeesTheKey();
    void backAgain_hasTheKeyAgain();
    void loop_ends();
    void hops_areCounted_data();
    void hops_areCounted();
    void post_takesARedirectForAnAnswer_data();
    void post_takesARedirectForAnAnswer();
    void forbiddenTargets_endTheRequest_data();
    void forbiddenTargets_endTheRequest();
    void publicOnly_reachesNothingInside_data();
    void publicOnly_reachesNothingInside();
    void deadline_holdsForAllHopsTogether();
    void stop_betweenHops();
};

void TestRedirects::sameOrigin_keepsTheKey()
{
    ScriptedServer server;
    server.on("GET", "/a", redirectTo("/b?c=d"));
    server.on("GET", "/b", answerOk);
    HttpClient client;
    const Fetched fetched = fetch(client, withKey(server.url("/a")));
    QVERIFY(fetched.isReply());
    QCOMPARE(fetched.reply().url, server.url("/b?c=d"));
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests().at(1).header("Authorization"), QByteArray("Bearer sk-1"));
    QCOMPARE(client.requestsSent(), 2);
}

void TestRedirects::otherOrigin_neverSeesTheKey_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {301, 302, 303, 307, 308})
        QTest::addRow("%d", status) << status;
}

void TestRedirects::otherOrigin_neverSeesTheKey()
{
    QFETCH(int, status);
    ScriptedServer first;
    ScriptedServer second;
    first.on("GET", "/a", redirectTo(second.url("/b").toEncoded(), status));
    second.on("GET", "/b", redirectTo("/c", status));
    second.on("GET", "/c", answerOk);
    HttpClient client;
    const Fetched fetched = fetch(client, withKey(first.url("/a")));
    QVERIFY(fetched.isReply());
    QCOMPARE(fetched.reply().body, QByteArray("here"));
    QCOMPARE(second.requests().size(), 2);
    for (const ReceivedRequest &request : second.requests()) {
        QVERIFY(request.header("Authorization").isEmpty());
        QVERIFY(request.header("X-Api-Key").isEmpty());
    }
}

void TestRedirects::backAgain_hasTheKeyAgain()
{
    ScriptedServer first;
    ScriptedServer second;
    first.on("GET", "/a", redirectTo(second.url("/b").toEncoded()));
    second.on("GET", "/b", redirectTo(first.url("/c").toEncoded()));
    first.on("GET", "/c", answerOk);
    HttpClient client;
    QVERIFY(fetch(client, withKey(first.url("/a"))).isReply());
    QCOMPARE(first.requests().value(1).header("Authorization"), QByteArray("Bearer sk-1"));
}

void TestRedirects::loop_ends()
{
    ScriptedServer server;
    server.on("GET", "/a", redirectTo("/b"));
    server.on("GET", "/b", redirectTo("/a"));
    HttpClient client;
    const Fetched fetched = fetch(client, withKey(server.url("/a")));
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::Rejected);
    QVERIFY2(fetched.error().message.contains(QStringLiteral("in a circle")), qPrintable(fetched.error().message));
    QCOMPARE(server.requests().size(), 2);
}

void TestRedirects::hops_areCounted_data()
{
    QTest::addColumn<int>("allowed");
    QTest::addColumn<int>("hops");
    QTest::addColumn<bool>("arrives");
    QTest::newRow("5 of 5") << 5 << 5 << true;
    QTest::newRow("6 of 5") << 5 << 6 << false;
    QTest::newRow("51 of 5") << 5 << 51 << false;
    QTest::newRow("50 of 50") << 50 << 50 << true;
    QTest::newRow("51 of 50") << 50 << 51 << false;
}

void TestRedirects::hops_areCounted()
{
    QFETCH(int, allowed);
    QFETCH(int, hops);
    QFETCH(bool, arrives);
    ScriptedServer server;
    server.on("GET", "/", [hops](const ReceivedRequest &request, const ScriptedConnection &connection) {
        const int number = request.target.mid(1).toInt();
        if (number == hops)
            connection.respond(200, {}, "here");
        else
            connection.respond(302, {{"Location", "/" + QByteArray::number(number + 1)}}, {});
    });
    HttpClient client;
    HttpRequest request{.url = server.url("/0")};
    request.maxRedirects = allowed;
    const Fetched fetched = fetch(client, request);
    QCOMPARE(fetched.isReply(), arrives);
    QCOMPARE(server.requests().size(), std::min(hops, allowed) + 1);
    if (!arrives)
        QVERIFY2(fetched.error().message.contains(QStringLiteral("more than %1 links").arg(allowed)), qPrintable(fetched.error().message));
}

void TestRedirects::post_takesARedirectForAnAnswer_data()
{
    otherOrigin_neverSeesTheKey_data();
}

void TestRedirects::post_takesARedirectForAnAnswer()
{
    QFETCH(int, status);
    ScriptedServer server;
    server.on("", "/a", redirectTo("/b", status));
    server.on("", "/b", answerOk);
    HttpClient client;
    HttpRequest request = withKey(server.url("/a"));
    request.method = "POST";
    const Fetched fetched = fetch(client, request);
    QVERIFY(fetched.isReply());
    QCOMPARE(fetched.reply().status, status);
    QCOMPARE(server.requests().size(), 1);
}

void TestRedirects::forbiddenTargets_endTheRequest_data()
{
    QTest::addColumn<QByteArray>("location");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
    QTest::newRow("ftp") << QByteArray("ftp://127.0.0.1/a");
    QTest::newRow("plain http elsewhere") << QByteArray("http://198.51.100.7/a");
    QTest::newRow("nonsense") << QByteArray("http://[bad");
}

void TestRedirects::forbiddenTargets_endTheRequest()
{
    QFETCH(QByteArray, location);
    ScriptedServer server;
    server.on("GET", "/", redirectTo(location));
    HttpClient client;
    const Fetched fetched = fetch(client, withKey(server.url("/a")));
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::Rejected);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(client.requestsSent(), 1);
}

void TestRedirects::publicOnly_reachesNothingInside_data()
{
    QTest::addColumn<QString>("host");
    QTest::newRow("address") << QStringLiteral("127.0.0.1");
    QTest::newRow("name") << QStringLiteral("localhost");
    QTest::newRow("mapped") << QStringLiteral("[::ffff:127.0.0.1]");
    // A name that gives nothing away and resolves to an inside address, as a rebinding name server's would.
    QTest::newRow("this machine's name") << QSysInfo::machineHostName();
}

void TestRedirects::publicOnly_reachesNothingInside()
{
    QFETCH(QString, host);
    if (QHostInfo::fromName(host).addresses().isEmpty() && !host.startsWith(QLatin1Char('[')))
        QSKIP("this machine's name does not resolve");
    ScriptedServer server;
    HttpClient client;
    const QUrl url(QStringLiteral("http://%1:%2/a").arg(host).arg(server.port()));
    const Fetched fetched = fetch(client, {.url = url, .plain = PlainHttp::Allowed, .publicOnly = true});
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().failure, FailureClass::Rejected);
    QVERIFY2(fetched.error().message.contains(QStringLiteral("inside your own network")), qPrintable(fetched.error().message));
    QCOMPARE(server.connections(), 0);
}

void TestRedirects::deadline_holdsForAllHopsTogether()
{
    ScriptedServer server;
    server.on("GET", "/", [](const ReceivedRequest &request, const ScriptedConnection &connection) {
        const QByteArray next = "/" + QByteArray::number(request.target.mid(1).toInt() + 1);
        connection.later(100, [connection, next] { connection.respond(302, {{"Location", next}}, {}); });
    });
    HttpClient client;
    HttpRequest request{.url = server.url("/0"), .limits = {.totalMs = 450}};
    request.maxRedirects = 50;
    const Fetched fetched = fetch(client, request);
    QVERIFY(fetched.isError());
    QVERIFY(server.requests().size() <= 5);
}

void TestRedirects::stop_betweenHops()
{
    ScriptedServer server;
    std::stop_source stop;
    server.on("GET", "/", [&stop](const ReceivedRequest &request, const ScriptedConnection &connection) {
        const int number = request.target.mid(1).toInt();
        if (number == 3)
            stop.request_stop();
        connection.respond(302, {{"Location", "/" + QByteArray::number(number + 1)}}, {});
    });
    HttpClient client;
    HttpRequest request{.url = server.url("/0")};
    request.maxRedirects = 50;
    const Fetched fetched = fetch(client, request, stop.get_token());
    QVERIFY(fetched.isError());
    QCOMPARE(fetched.error().code, ErrorCode::Cancelled);
    QVERIFY(server.requests().size() <= 5);
}

QTEST_GUILESS_MAIN(TestRedirects)
#include "tst_redirects.moc"
