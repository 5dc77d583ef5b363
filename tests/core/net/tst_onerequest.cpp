#include "tests/core/net/fetch.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

using namespace Galley;

namespace {

enum class Moment { Connecting, AfterRequestHead, BeforeAnswer, InStatusLine, InHeaders, AfterHeaders, InBody, InChunk, WhileIdle };
enum class Body { Get, EmptyPost, Post, Multipart };

/// What the server has written by the time it breaks the connection.
QByteArray answerUntil(Moment moment)
{
    switch (moment) {
    case Moment::InStatusLine: return "HTTP/1.1 20";
    case Moment::InHeaders: return "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Len";
    case Moment::AfterHeaders: return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";
    case Moment::InBody: return "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789";
    case Moment::InChunk: return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n0123456789";
    default: return {};
    }
}

HttpRequest requestOf(Body body, const QUrl &url)
{
    HttpRequest request{.method = "POST", .url = url};
    // Larger than every buffer on the way, so that a break after the head hits a request that is still leaving.
    const QByteArray large(8 << 20, 'p');
    switch (body) {
    case Body::Get: request.method = "GET"; break;
    case Body::EmptyPost: break;
    case Body::Post: request.body = large; break;
    case Body::Multipart: request.parts = {{"prompt", "a cat"}, {"image", large, "a.png", "image/png"}}; break;
    }
    return request;
}

void breakIt(const ScriptedConnection &connection, bool reset)
{
    if (reset)
        connection.reset();
    else
        connection.closeFin();
}

} // namespace

/// The first promise of the client: whatever the server does with the connection, one send() is never two requests, and what may have arrived is
/// never called NotSent.
class TestOneRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void brokenConnection_data();
    void brokenConnection();
};

void TestOneRequest::brokenConnection_data()
{
    QTest::addColumn<Moment>("moment");
    QTest::addColumn<Body>("body");
    QTest::addColumn<bool>("reset");
    QTest::addColumn<bool>("secondRequest");
    const std::pair<Moment, const char *> moments[] = {
        {Moment::Connecting, "connecting"}, {Moment::AfterRequestHead, "after the request's head"}, {Moment::BeforeAnswer, "before the answer"},
        {Moment::InStatusLine, "in the status line"}, {Moment::InHeaders, "in the headers"}, {Moment::AfterHeaders, "after the headers"},
        {Moment::InBody, "in the body"}, {Moment::InChunk, "in a chunk"}, {Moment::WhileIdle, "while idle"}};
    const std::pair<Body, const char *> bodies[] = {
        {Body::Get, "GET"}, {Body::EmptyPost, "POST without a body"}, {Body::Post, "POST"}, {Body::Multipart, "multipart POST"}};
    for (const auto &[moment, when] : moments) {
        for (const auto &[body, what] : bodies) {
            for (const bool reset : {false, true}) {
                for (const bool second : {false, true}) {
                    QTest::addRow("%s %s, %s%s", reset ? "RST" : "FIN", when, what, second ? ", after an earlier request" : "")
                        << moment << body << reset << second;
                }
            }
        }
    }
}

void TestOneRequest::brokenConnection()
{
    QFETCH(Moment, moment);
    QFETCH(Body, body);
    QFETCH(bool, reset);
    QFETCH(bool, secondRequest);
    ScriptedServer server;
    server.on("", "/earlier", [moment, reset](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respond(200, {{"Connection", "keep-alive"}, {"Keep-Alive", "timeout=60"}}, "ok");
        if (moment == Moment::WhileIdle)
            connection.later(0, [connection, reset] { breakIt(connection, reset); });
    });
    server.on("", "/paid", [moment, reset](const ReceivedRequest &, const ScriptedConnection &connection) {
        if (moment == Moment::WhileIdle) {
            connection.respond(200, {}, "ok");
            return;
        }
        connection.write(answerUntil(moment));
        connection.later(5, [connection, reset] { breakIt(connection, reset); });
    });
    HttpClient client;
    if (secondRequest)
        QVERIFY(fetch(client, {.method = body == Body::Get ? "GET" : "POST", .url = server.url("/earlier")}).isReply());
    const int earlier = server.connections();
    if (moment == Moment::Connecting)
        server.onConnect([reset](const ScriptedConnection &connection) { breakIt(connection, reset); });
    if (moment == Moment::AfterRequestHead) {
        server.onHeaders([reset](const ReceivedRequest &, const ScriptedConnection &connection) {
            breakIt(connection, reset);
            return false;
        });
    }
    server.clearRequests();

    const Fetched fetched = fetch(client, requestOf(body, server.url("/paid")));
    QCOMPARE(fetched.callbacks, 1);
    QVERIFY2(fetched.longestTurnMs < 50, qPrintable(QString::number(fetched.longestTurnMs)));
    QVERIFY2(server.headersSeen() <= 1, "the request was sent again");
    QVERIFY2(server.count("", "/paid") <= 1, "the request was sent again");
    // Qt calls connect() a second time on a socket that was reset meanwhile, which opens another connection; nothing has been sent by then.
    if (moment != Moment::Connecting)
        QCOMPARE(server.connections(), earlier + 1);
    if (moment == Moment::WhileIdle) {
        QVERIFY(fetched.isReply());
        QCOMPARE(server.count("", "/paid"), 1);
        return;
    }
    QVERIFY(fetched.isError());
    if (moment == Moment::Connecting) {
        // Whether the client noticed before it wrote is chance; what it says must agree with what it did.
        QVERIFY(fetched.error().failure == FailureClass::NotSent || fetched.error().failure == FailureClass::Ambiguous);
        QCOMPARE(fetched.error().failure == FailureClass::Ambiguous, client.requestsSent() == (secondRequest ? 2 : 1));
        return;
    }
    QCOMPARE(fetched.error().failure, FailureClass::Ambiguous);
    QCOMPARE(fetched.error().code, ErrorCode::ServiceFailed);
    QVERIFY2(fetched.error().message.contains(QStringLiteral("may have been carried out")), qPrintable(fetched.error().message));
    QCOMPARE(server.headersSeen(), 1);
    if (moment != Moment::AfterRequestHead)
        QCOMPARE(server.count("", "/paid"), 1);
}

QTEST_GUILESS_MAIN(TestOneRequest)
#include "tst_onerequest.moc"
