#include "tests/core/net/fetch.h"
#include "tests/support/scriptedserver.h"

#include <QTest>

#include <zlib.h>

using namespace Galley;

namespace {

using Script = std::function<void(const ScriptedConnection &)>;

constexpr int expectReply = 0;

/// Sends \a piece for ever, as fast as the client reads.
void pour(const ScriptedConnection &connection, const QByteArray &piece)
{
    while (connection.isOpen() && connection.pending() < 1 << 20)
        connection.write(piece);
    connection.later(1, [connection, piece] { pour(connection, piece); });
}

Script raw(const QByteArray &bytes, bool close = false)
{
    return [bytes, close](const ScriptedConnection &connection) {
        connection.write(bytes);
        if (close)
            connection.closeFin();
    };
}

Script endless(const QByteArray &start, const QByteArray &piece)
{
    return [start, piece](const ScriptedConnection &connection) {
        connection.write(start);
        pour(connection, piece);
    };
}

/// One byte every \a ms.
void trickle(const ScriptedConnection &connection, const QByteArray &bytes, int ms)
{
    if (bytes.isEmpty())
        return;
    connection.write(bytes.left(1));
    connection.later(ms, [connection, rest = bytes.mid(1), ms] { trickle(connection, rest, ms); });
}

QByteArray gzipped(const QByteArray &bytes)
{
    z_stream z{};
    deflateInit2(&z, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    QByteArray out(qsizetype(deflateBound(&z, uLong(bytes.size()))) + 64, Qt::Uninitialized);
    z.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    z.avail_in = uInt(bytes.size());
    z.next_out = reinterpret_cast<Bytef *>(out.data());
    z.avail_out = uInt(out.size());
    deflate(&z, Z_FINISH);
    out.truncate(qsizetype(z.total_out));
    deflateEnd(&z);
    return out;
}

QByteArray withLength(const QByteArray &body, const QByteArray &headers = {})
{
    return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

} // namespace

/// Answers that no honest server gives, and some odd ones that are right. The client takes them or says what is wrong, within its limits, without
/// asking again and without keeping the loop busy.
class TestHostileAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answer_data();
    void answer();

private:
    static void honest();
    static void malformed();
    static void tooMuch();
    static void tooSlow();
};

void TestHostileAnswers::answer_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<int>("failure");      ///< FailureClass, or expectReply
    QTest::addColumn<QString>("phrase");   ///< of the message; for a reply its body
    honest();
    malformed();
    tooMuch();
    tooSlow();
}

void TestHostileAnswers::honest()
{
    const auto row = [](const char *name, const Script &script, const QString &body = QStringLiteral("hello")) {
        QTest::newRow(name) << script << expectReply << body;
    };
    row("length", raw(withLength("hello")));
    row("empty", raw(withLength("")), {});
    row("204", raw("HTTP/1.1 204 No Content\r\n\r\n"), {});
    row("until close", raw("HTTP/1.1 200 OK\r\n\r\nhello", true));
    row("HTTP/1.0", raw("HTTP/1.0 200 OK\r\n\r\nhello", true));
    row("no reason", raw("HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello"));
    row("bare line feeds", raw("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"));
    row("folded header", raw("HTTP/1.1 200 OK\r\nX-A: 1\r\n 2\r\nContent-Length: 5\r\n\r\nhello"));
    row("the same length twice", raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello"));
    row("more than the length", raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello and goodbye"));
    row("chunks", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b\r\nhe\r\n3\r\nllo\r\n0\r\nX-Sum: 1\r\n\r\n"));
    row("chunks and a length", raw("HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"));
    row("100 before", raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + withLength("hello")));
    row("gzip", raw(withLength(gzipped("hello"), "Content-Encoding: gzip\r\n")));
    row("byte by byte", [](const ScriptedConnection &connection) {
        trickle(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 1);
    });
    row("answer, then reset", [](const ScriptedConnection &connection) {
        connection.write(withLength("hello"));
        connection.reset();
    });
}

void TestHostileAnswers::malformed()
{
    const auto row = [](const char *name, const Script &script, const char *phrase = "is not valid HTTP") {
        QTest::newRow(name) << script << int(FailureClass::Ambiguous) << QString::fromLatin1(phrase);
    };
    const char *cut = "closed the connection before its answer was complete";
    row("another protocol", raw("SSH-2.0-OpenSSH_9.2\r\n"));
    row("TLS where none is expected", raw(QByteArray("\x15\x03\x01\x00\x02\x02\x16", 7)));
    row("HTTP/2", raw("HTTP/2 200 OK\r\n\r\n"));
    row("no status", raw("HTTP/1.1 \r\n\r\n"));
    row("status in words", raw("HTTP/1.1 abc OK\r\n\r\n"));
    row("status 99", raw("HTTP/1.1 099 OK\r\n\r\n"));
    row("status 1000", raw("HTTP/1.1 1000 OK\r\n\r\n"));
    row("status 101", raw("HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n"));
    row("header without a colon", raw("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n"));
    row("header name with a space", raw("HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello"));
    row("negative length", raw("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"));
    row("length in words", raw("HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello"));
    row("length beyond 64 bits", raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n"));
    row("two lengths", raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"));
    row("unknown transfer encoding", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello", true));
    row("chunk size in words", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello"));
    row("negative chunk size", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello"));
    row("chunk size beyond 64 bits", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFF\r\nhello"));
    row("chunk longer than its size", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n"));
    row("compression not asked for", raw(withLength("hello", "Content-Encoding: br\r\n")));
    row("gzip that is none", raw(withLength("hello", "Content-Encoding: gzip\r\n")));
    row("gzip that ends early", raw(withLength(gzipped("hello").left(15), "Content-Encoding: gzip\r\n")));
    row("nothing at all", raw("", true), cut);
    row("less than the length", raw("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", true), cut);
    row("cut in a chunk", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhello", true), cut);
    row("cut between chunks", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", true), cut);
    row("cut before the last line", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n", true), cut);
}

void TestHostileAnswers::tooMuch()
{
    const auto row = [](const char *name, const Script &script, const char *phrase) {
        QTest::newRow(name) << script << int(FailureClass::Ambiguous) << QString::fromLatin1(phrase);
    };
    const QByteArray many(64 * 1024, 'a');
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    row("endless header line", endless("HTTP/1.1 200 OK\r\nX-A: ", many), "head of the answer");
    row("endless header lines", endless("HTTP/1.1 200 OK\r\n", QByteArray("X-A: b\r\n").repeated(1000)), "head of the answer");
    row("endless interim answers", endless("", QByteArray("HTTP/1.1 100 Continue\r\n\r\n").repeated(1000)), "head of the answer");
    row("endless trailers", endless(chunked + "0\r\n", QByteArray("X-A: b\r\n").repeated(1000)), "head of the answer");
    row("2,000 headers", raw("HTTP/1.1 200 OK\r\n" + QByteArray("X-A: b\r\n").repeated(2000) + "\r\n"), "not valid HTTP");
    row("endless status line", endless("HTTP/1.1 200 ", many), "head of the answer");
    row("endless chunk line", endless(chunked + "5;", many), "not valid HTTP");
    row("endless chunks", endless(chunked, QByteArray("1000\r\n") + QByteArray(4096, 'a') + "\r\n"), "body of the answer");
    row("10 GB announced", endless("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n", many), "body of the answer");
    row("10 GB until close", endless("HTTP/1.1 200 OK\r\n\r\n", many), "body of the answer");
    row("10 GB in one chunk", endless(chunked + "280000000\r\n", many), "body of the answer");
    const QByteArray bomb = gzipped(QByteArray(64 << 20, '\0'));
    row("gzip bomb", raw(withLength(bomb, "Content-Encoding: gzip\r\n")), "body of the answer");
    row("gzip bomb in chunks", endless("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
                                           + QByteArray::number(bomb.size(), 16) + "\r\n" + bomb + "\r\n",
                                       "1\r\na\r\n"),
        "body of the answer");
}

void TestHostileAnswers::tooSlow()
{
    const auto row = [](const char *name, const Script &script, const char *phrase) {
        QTest::newRow(name) << script << int(FailureClass::Ambiguous) << QString::fromLatin1(phrase);
    };
    row("silence", raw(""), "Nothing came from");
    row("silence after the headers", raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"), "Nothing came from");
    row("stall at 99 %", raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + QByteArray(99, 'a')), "Nothing came from");
    row("slow loris in the headers", [](const ScriptedConnection &connection) {
        trickle(connection, "HTTP/1.1 200 OK\r\nX-Long: " + QByteArray(10'000, 'a'), 20);
    }, "did not finish its answer");
    row("slow loris in the body", [](const ScriptedConnection &connection) {
        trickle(connection, withLength(QByteArray(10'000, 'a')), 20);
    }, "did not finish its answer");
}

void TestHostileAnswers::answer()
{
    QFETCH(Script, script);
    QFETCH(int, failure);
    QFETCH(QString, phrase);
    ScriptedServer server;
    server.on("POST", "/", [script](const ReceivedRequest &, const ScriptedConnection &connection) { script(connection); });
    HttpClient client;
    const Fetched fetched = fetch(client, {.method = "POST",
                                           .url = server.url("/v1/images"),
                                           .body = "{}",
                                           .contentType = "application/json",
                                           .limits = {.connectMs = 5'000, .idleMs = 400, .totalMs = 1'500, .bodyBytes = 16 << 20}});
    QCOMPARE(fetched.callbacks, 1);
    QCOMPARE(server.headersSeen(), 1);
    QCOMPARE(client.requestsSent(), 1);
    QVERIFY2(fetched.longestTurnMs < 50, qPrintable(QString::number(fetched.longestTurnMs)));
    if (failure == expectReply) {
        QVERIFY2(fetched.isReply(), fetched.isError() ? qPrintable(fetched.error().message + fetched.error().detail) : "");
        QCOMPARE(fetched.reply().body, phrase.toLatin1());
        return;
    }
    QVERIFY(fetched.isError());
    QCOMPARE(int(fetched.error().failure), failure);
    QVERIFY2(fetched.error().message.contains(phrase), qPrintable(fetched.error().message));
    QVERIFY(fetched.error().message.contains(QStringLiteral("127.0.0.1")));
    QTRY_COMPARE(server.openConnections(), 0);
}

QTEST_GUILESS_MAIN(TestHostileAnswers)
#include "tst_hostileanswers.moc"
