#include "core/base/hostpolicy.h"
#include "core/net/redirect.h"
#include "core/net/requestwriter.h"

#include <QTest>

using namespace Galley;

namespace {

constexpr qint64 now = 1'795'000'000'000;  // 2026-11-18 11:06:40 GMT
constexpr qint64 yearMs = 366LL * 24 * 3600 * 1000;

} // namespace

/// The parts of the client that are plain arithmetic.
class TestHttpValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void retryAfter_data();
    void retryAfter();
    void insideHosts_data();
    void insideHosts();
    void redirect_data();
    void redirect();
    void redirect_takesKeysToTheirOwnOriginOnly();
    void writer_refusesLineBreaks_data();
    void writer_refusesLineBreaks();
    void writer_saysLengthForEveryPost();
    void loggableUrl_hidesUserAndQuery();
};

void TestHttpValues::retryAfter_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<qint64>("expected");
    const auto row = [](const char *header, const char *value, qint64 expected) {
        QTest::addRow("%s: %s", header, value) << QByteArray(header) << QByteArray(value) << expected;
    };
    row("Retry-After", "0", 0);
    row("Retry-After", "7", 7000);
    row("Retry-After", " 7 ", 7000);
    row("retry-after", "120", 120'000);
    row("Retry-After", "1.5", 1500);
    row("Retry-After", ".25", 250);
    row("Retry-After", "-1", -1);
    row("Retry-After", "+5", -1);
    row("Retry-After", "1e3", -1);
    row("Retry-After", "1.2.3", -1);
    row("Retry-After", ".", -1);
    row("Retry-After", "soon", -1);
    row("Retry-After", "", -1);
    row("Retry-After", "nan", -1);
    row("Retry-After", "inf", -1);
    row("Retry-After", "99999999999999999999999999", yearMs);
    row("Retry-After", "Wed, 18 Nov 2026 11:07:10 GMT", 30'000);
    row("Retry-After", "Wed, 18 Nov 2026 11:00:00 GMT", 0);
    row("Retry-After", "Wednesday, 18-Nov-26 11:07:10 GMT", 30'000);
    row("Retry-After", "Wed Nov 18 11:07:10 2026", 30'000);
    row("Retry-After", "Thu, 18 Nov 2996 11:07:10 GMT", yearMs);
    row("Retry-After", "Wed, 31 Feb 2026 11:07:10 GMT", -1);
    row("retry-after-ms", "1234", 1234);
    row("retry-after-ms", "12.5", 13);
    row("retry-after-ms", "-5", -1);
    row("X-Other", "7", -1);
}

void TestHttpValues::retryAfter()
{
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    QFETCH(qint64, expected);
    QCOMPARE(retryAfterMs({.headers = {{header, value}}}, now), expected);
    // The exact header wins; an unusable one does not hide the other.
    const qint64 both = retryAfterMs({.headers = {{"Retry-After", "9"}, {"retry-after-ms", value}}}, now);
    QVERIFY(header != "retry-after-ms" || both == (expected >= 0 ? expected : 9000));
}

void TestHttpValues::insideHosts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("inside");
    QTest::addColumn<bool>("loopback");
    const auto row = [](const char *host, bool inside, bool loopback = false) {
        QTest::newRow(host) << QString::fromLatin1(host) << inside << loopback;
    };
    row("localhost", true, true);
    row("LocalHost.", true, true);
    row("a.localhost", true, true);
    row("127.0.0.1", true, true);
    row("127.9.9.9", true, true);
    row("::1", true, true);
    row("::ffff:127.0.0.1", true, true);
    row("::127.0.0.1", true, true);
    row("64:ff9b::7f00:1", true, true);
    row("2002:7f00:1::", true, true);
    row("0.0.0.0", true);
    row("::", true);
    row("10.1.2.3", true);
    row("172.16.0.1", true);
    row("172.31.255.255", true);
    row("172.32.0.1", false);
    row("192.168.1.1", true);
    row("169.254.169.254", true);
    row("::ffff:169.254.169.254", true);
    row("100.64.0.1", true);
    row("100.128.0.1", false);
    row("224.0.0.1", true);
    row("255.255.255.255", true);
    row("fd00::1", true);
    row("fe80::1", true);
    row("ff02::1", true);
    row("2606:4700::1111", false);
    row("8.8.8.8", false);
    row("::ffff:8.8.8.8", false);
    row("localhost.example.com", false);
    row("api.openai.com", false);
}

void TestHttpValues::insideHosts()
{
    QFETCH(QString, host);
    QFETCH(bool, inside);
    QFETCH(bool, loopback);
    QCOMPARE(isInsideHost(host), inside);
    QCOMPARE(isLoopbackHost(host), loopback);
}

void TestHttpValues::redirect_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<bool>("insidePeer");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("expected");  ///< the next address, or a phrase of the refusal
    const auto row = [](const char *name, const char *from, bool inside, const char *location, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(from) << inside << QByteArray(location) << QString::fromLatin1(expected);
    };
    const char *host = "https://api.example.com/v1/a?b=c";
    row("relative", host, false, "../d", "https://api.example.com/d");
    row("absolute", host, false, "https://cdn.example.net/x.png?sig=1", "https://cdn.example.net/x.png?sig=1");
    row("without scheme", host, false, "//cdn.example.net/x", "https://cdn.example.net/x");
    row("user and fragment go", host, false, "https://u:p@cdn.example.net/x#f", "https://cdn.example.net/x");
    row("https to http", host, false, "http://api.example.com/v1/a", "not encrypted");
    row("http to https", "http://studio/a", true, "https://studio/a", "https://studio/a");
    row("file", host, false, "file:///etc/passwd", "no web address");
    row("ftp", host, false, "ftp://example.com/a", "no web address");
    row("data", host, false, "data:text/plain,a", "no web address");
    row("javascript", host, false, "javascript:alert(1)", "no web address");
    row("no host", host, false, "https:///a", "no web address");
    row("to itself", host, false, "https://api.example.com/v1/a?b=c", "in a circle");
    row("loopback", host, false, "https://127.0.0.1/a", "inside your own network");
    row("localhost", host, false, "https://localhost:8080/a", "inside your own network");
    row("loopback in other digits", host, false, "https://2130706433/a", "inside your own network");
    row("loopback in hex", host, false, "https://0x7f.1/a", "inside your own network");
    row("metadata service", host, false, "https://169.254.169.254/latest", "inside your own network");
    row("mapped metadata service", host, false, "https://[::ffff:169.254.169.254]/latest", "inside your own network");
    row("private", host, false, "https://192.168.0.1/a", "inside your own network");
    row("inside to inside", "http://127.0.0.1:8188/a", true, "http://127.0.0.1:8189/b", "http://127.0.0.1:8189/b");
}

void TestHttpValues::redirect()
{
    QFETCH(QString, from);
    QFETCH(bool, insidePeer);
    QFETCH(QByteArray, location);
    QFETCH(QString, expected);
    const HttpRequest request{.url = QUrl(from)};
    const HttpReply reply{.status = 302, .headers = {{"Location", location}}, .url = request.url};
    RedirectTrail trail(request);
    QVERIFY(trail.isRedirect(reply));
    const auto next = trail.follow(request, reply, insidePeer);
    if (expected.contains(QStringLiteral("://"))) {
        QVERIFY2(next, next ? "" : qPrintable(next.error().message));
        QCOMPARE(next->url.toString(), expected);
        QCOMPARE(next->publicOnly, !insidePeer);
        return;
    }
    QVERIFY2(!next, next ? qPrintable(next->url.toString()) : "");
    QCOMPARE(next.error().failure, FailureClass::Rejected);
    QVERIFY2(next.error().message.contains(expected), qPrintable(next.error().message));

    HttpRequest post = request;
    post.method = "POST";
    QVERIFY(!RedirectTrail(post).isRedirect(reply));
}

void TestHttpValues::redirect_takesKeysToTheirOwnOriginOnly()
{
    const HttpRequest request{.url = QUrl(QStringLiteral("https://api.example.com/a")),
                              .headers = {{"Accept", "image/png"}, {"Cookie", "a=b"}},
                              .secrets = {{"Authorization", "Bearer ", Secret("k")}},
                              .maxRedirects = 10};
    RedirectTrail trail(request);
    const auto hop = [&trail, &request](const QByteArray &location) {
        return trail.follow(request, {.status = 302, .headers = {{"Location", location}}, .url = request.url}, false).value_or(HttpRequest{});
    };
    QCOMPARE(hop("https://api.example.com:443/b").secrets.size(), 1);
    QCOMPARE(hop("https://API.example.com/c").secrets.size(), 1);
    for (const char *other : {"https://api.example.com:8443/b", "https://example.com/b", "https://api.example.com.evil.net/b"}) {
        const HttpRequest next = hop(other);
        QCOMPARE(next.url.toString(), QString::fromLatin1(other));
        QVERIFY(next.secrets.isEmpty());
        QCOMPARE(next.headers, (QList<HttpHeader>{{"Accept", "image/png"}}));
    }
    QCOMPARE(hop("https://api.example.com/back").secrets.size(), 1);
}

void TestHttpValues::writer_refusesLineBreaks_data()
{
    QTest::addColumn<HttpRequest>("request");
    const QUrl url(QStringLiteral("https://a/b"));
    QTest::newRow("value") << HttpRequest{.url = url, .headers = {{"X-A", "b\r\nX-C: d"}}};
    QTest::newRow("name") << HttpRequest{.url = url, .headers = {{"X-A: b\r\nX-C", "d"}}};
    QTest::newRow("empty name") << HttpRequest{.url = url, .headers = {{"", "d"}}};
    QTest::newRow("key") << HttpRequest{.url = url, .secrets = {{"Authorization", "Bearer ", Secret("a\nb")}}};
    QTest::newRow("null in the key") << HttpRequest{.url = url, .secrets = {{"Authorization", "Bearer ", Secret(QByteArray("a\0b", 3))}}};
    QTest::newRow("type") << HttpRequest{.method = "POST", .url = url, .contentType = "a\r\nb"};
    QTest::newRow("method") << HttpRequest{.method = "GET / HTTP/1.1\r\nX: y\r\n\r\nGET", .url = url};
    QTest::newRow("part's type") << HttpRequest{.method = "POST", .url = url, .parts = {{"a", "b", "c", "image/png\r\nX: y"}}};
}

void TestHttpValues::writer_refusesLineBreaks()
{
    QFETCH(HttpRequest, request);
    const auto wire = writeRequest(request);
    QVERIFY(!wire);
    QCOMPARE(wire.error().failure, FailureClass::Rejected);
    QVERIFY(!wire.error().message.contains(QLatin1Char('\n')));
}

void TestHttpValues::writer_saysLengthForEveryPost()
{
    const auto head = [](const HttpRequest &request) { return writeRequest(request).value_or(WireRequest{}).head; };
    const QUrl url(QStringLiteral("https://b\u00fccher.example:8443/a b?q=\u00e4&r=1%2F2#f"));
    QVERIFY(head({.method = "POST", .url = url}).contains("\r\nContent-Length: 0\r\n"));
    QVERIFY(!head({.url = url}).contains("Content-Length"));
    QVERIFY(head({.url = url}).startsWith("GET /a%20b?q=%C3%A4&r=1%2F2 HTTP/1.1\r\nHost: xn--bcher-kva.example:8443\r\n"));
    QVERIFY(head({.url = QUrl(QStringLiteral("http://[::1]:81"))}).startsWith("GET / HTTP/1.1\r\nHost: [::1]:81\r\n"));
    QVERIFY(!head({.url = QUrl(QStringLiteral("https://user:word@host/"))}).contains("word"));
}

void TestHttpValues::loggableUrl_hidesUserAndQuery()
{
    QCOMPARE(loggableUrl(QUrl(QStringLiteral("https://u:p@host:1/a/b?key=sk-1#f"))), QStringLiteral("https://host:1/a/b"));
}

QTEST_GUILESS_MAIN(TestHttpValues)
#include "tst_httpvalues.moc"
