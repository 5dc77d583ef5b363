#include "core/net/httpclient.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

#include <optional>

using namespace Galley;

namespace {

/// Sends and waits; the result stays empty when no callback came.
std::optional<Result<HttpReply>> fetch(HttpClient &client, const HttpRequest &request, std::stop_token stop = {}, HttpClient::OnEvent onEvent = {})
{
    QObject guard;
    std::optional<Result<HttpReply>> outcome;
    client.send(request, stop, &guard, [&outcome](Result<HttpReply> reply) { outcome = std::move(reply); }, std::move(onEvent));
    (void)QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000);
    return outcome;
}

} // namespace

class TestHttpClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void get_bringsStatusHeadersAndBody();
    void post_sendsBodyTypeAndKey();
    void post_multipartArrivesPartByPart();
    void stop_closesTheSocketAndSaysCancelled();
    void guard_thatDiesTakesTheCallbackWithIt();
    void refusedConnection_isNotSent();
    void offline_sendsNothingButToLoopback();
    void plainHttp_isRefusedOutsideLoopback();
    void events_comeOneByOne();
};

void TestHttpClient::get_bringsStatusHeadersAndBody()
{
    ScriptedServer server;
    server.on("GET", "/hello", [](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respondJson(418, "{\"a\":1}", {{"X-Thing", " some "}});
    });
    HttpClient client;
    const auto reply = fetch(client, {.url = server.url("/hello?q=a%20b")});
    QVERIFY(reply && *reply);
    QCOMPARE((*reply)->status, 418);
    QCOMPARE((*reply)->body, QByteArray("{\"a\":1}"));
    QCOMPARE((*reply)->header("x-thing"), QByteArray("some"));
    QCOMPARE((*reply)->mediaType(), QByteArray("application/json"));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().first().target, QByteArray("/hello?q=a%20b"));
    QCOMPARE(server.requests().first().query("q"), QByteArray("a b"));
    QCOMPARE(client.requestsSent(), 1);
}

void TestHttpClient::post_sendsBodyTypeAndKey()
{
    ScriptedServer server;
    server.on("POST", "/", [](const ReceivedRequest &request, const ScriptedConnection &connection) { connection.respond(200, {}, request.body); });
    HttpClient client;
    const QByteArray body(3'000'000, 'x');
    const auto reply = fetch(client, {.method = "POST",
                                      .url = server.url("/v1/images"),
                                      .secrets = {{"Authorization", "Bearer ", Secret("sk-123")}},
                                      .body = body,
                                      .contentType = "application/json"});
    QVERIFY(reply && *reply);
    QCOMPARE((*reply)->body, body);
    const ReceivedRequest seen = server.requests().value(0);
    QCOMPARE(seen.header("Authorization"), QByteArray("Bearer sk-123"));
    QCOMPARE(seen.header("Content-Type"), QByteArray("application/json"));
}

void TestHttpClient::post_multipartArrivesPartByPart()
{
    ScriptedServer server;
    server.on("", "/", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respond(200, {}, "ok"); });
    HttpClient client;
    HttpRequest request{.method = "POST", .url = server.url("/edit")};
    request.parts = {{"prompt", "a \"cat\""}, {"image", QByteArray("\x89PNG\r\n\0--", 9), "a\"b.png", "image/png"}, {"empty", ""}};
    const auto reply = fetch(client, request);
    QVERIFY(reply && *reply);
    const ReceivedRequest seen = server.requests().value(0);
    for (const HttpPart &part : request.parts)
        QCOMPARE(seen.part(part.name), part.content);
    QVERIFY(seen.part("other").isNull());
    QVERIFY(seen.body.contains("filename=\"a%22b.png\""));
}

void TestHttpClient::stop_closesTheSocketAndSaysCancelled()
{
    ScriptedServer server;
    server.on("POST", "/", [](const ReceivedRequest &, const ScriptedConnection &) {});  // never answers
    HttpClient client;
    std::stop_source stop;
    QObject guard;
    std::optional<Result<HttpReply>> outcome;
    client.send({.method = "POST", .url = server.url(), .body = "x"}, stop.get_token(), &guard,
                [&outcome](Result<HttpReply> reply) { outcome = std::move(reply); });
    QTRY_COMPARE(server.requests().size(), 1);
    QCOMPARE(server.openConnections(), 1);
    stop.request_stop();
    QVERIFY(!outcome);
    QTRY_VERIFY(outcome);
    QCOMPARE(outcome->error().code, ErrorCode::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestHttpClient::guard_thatDiesTakesTheCallbackWithIt()
{
    ScriptedServer server;
    server.on("GET", "/", [](const ReceivedRequest &, const ScriptedConnection &) {});
    HttpClient client;
    bool called = false;
    {
        QObject guard;
        client.send({.url = server.url()}, {}, &guard, [&called](const Result<HttpReply> &) { called = true; });
        QTRY_COMPARE(server.requests().size(), 1);
    }
    QTRY_COMPARE(server.openConnections(), 0);
    QVERIFY(!called);
}

void TestHttpClient::refusedConnection_isNotSent()
{
    QUrl gone;
    {
        ScriptedServer server;
        gone = server.url();
    }
    HttpClient client;
    const auto reply = fetch(client, {.method = "POST", .url = gone, .body = "x"});
    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().failure, FailureClass::NotSent);
    QVERIFY2(reply->error().message.contains(QStringLiteral("refuses connections")), qPrintable(reply->error().message));
    QCOMPARE(client.requestsSent(), 0);
}

void TestHttpClient::offline_sendsNothingButToLoopback()
{
    ScriptedServer server;
    HttpClient client;
    client.setProxy({.offline = true});
    const auto outside = fetch(client, {.url = QUrl(QStringLiteral("https://198.51.100.7/"))});
    QVERIFY(outside && !*outside);
    QCOMPARE(outside->error().failure, FailureClass::Offline);
    const auto inside = fetch(client, {.url = server.url()});
    QVERIFY(inside && *inside);
    QCOMPARE((*inside)->status, 404);
}

void TestHttpClient::plainHttp_isRefusedOutsideLoopback()
{
    HttpClient client;
    const auto reply = fetch(client, {.url = QUrl(QStringLiteral("http://198.51.100.7/"))});
    QVERIFY(reply && !*reply);
    QCOMPARE(reply->error().failure, FailureClass::Rejected);
    QVERIFY2(reply->error().message.contains(QStringLiteral("not encrypted")), qPrintable(reply->error().message));
    QCOMPARE(client.requestsSent(), 0);
}

void TestHttpClient::events_comeOneByOne()
{
    ScriptedServer server;
    server.on("POST", "/", [](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nConnection: close\r\n\r\n");
        connection.write("event: one\ndata: {\"a\":\ndata: 1}\n\n");
        connection.later(20, [connection] {
            connection.write("data: two\r\n\r\n");
            connection.closeFin();
        });
    });
    HttpClient client;
    QList<ServerEvent> events;
    const auto reply = fetch(client, {.method = "POST", .url = server.url(), .body = "{}", .events = true}, {},
                             [&events](const ServerEvent &event) { events.append(event); });
    QVERIFY(reply && *reply);
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.at(0).name, QByteArray("one"));
    QCOMPARE(events.at(0).data, QByteArray("{\"a\":\n1}"));
    QCOMPARE(events.at(1).name, QByteArray("message"));
    QCOMPARE(events.at(0).head.mediaType(), QByteArray("text/event-stream"));
    QVERIFY((*reply)->body.isEmpty());
}

QTEST_GUILESS_MAIN(TestHttpClient)
#include "tst_httpclient.moc"
