#include "core/engines/remote/failure.h"
#include "core/engines/remote/redaction.h"

#include <QTest>

using namespace Galley;

namespace {

HttpReply reply(int status, const QByteArray &body, const QList<HttpHeader> &headers = {})
{
    HttpReply out;
    out.status = status;
    out.body = body;
    out.headers = headers;
    return out;
}

constexpr qint64 now = 1795420800000;

} // namespace

class TestFailure : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void meaning_data();
    void meaning();
    void everyStatus_isASentenceThatNamesTheService_data();
    void everyStatus_isASentenceThatNamesTheService();
    void duration_data();
    void duration();
    void redaction_takesTheKeyOutInEveryForm();
};

void TestFailure::words_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("code");
    QTest::newRow("object") << QByteArray(R"({"error":{"message":"Unknown parameter: 'response_format'.","type":"invalid_request_error",)"
                                          R"("param":"response_format","code":"unknown_parameter"}})")
                            << "Unknown parameter: 'response_format'." << "unknown_parameter";
    QTest::newRow("object, no code") << QByteArray(R"({"error":{"message":"m","type":"server_error","param":null,"code":null}})") << "m" << "server_error";
    QTest::newRow("object, code is the status") << QByteArray(R"({"error":{"message":"m","code":400}})") << "m" << "";
    QTest::newRow("string") << QByteArray(R"({"error":"prompt required"})") << "prompt required" << "";
    QTest::newRow("code and message") << QByteArray(R"({"error":"server_error","message":"malformed"})") << "malformed" << "server_error";
    QTest::newRow("A1111") << QByteArray(R"({"error":"HTTPException","detail":"Sampler not found","body":"","errors":"x"})")
                           << "Sampler not found" << "HTTPException";
    QTest::newRow("detail string") << QByteArray(R"({"detail":"Model not loaded"})") << "Model not loaded" << "";
    QTest::newRow("detail list") << QByteArray(R"({"detail":[{"loc":["body","size"],"msg":"bad size","type":"value_error"},{"loc":["body","n",0],"msg":"≤ 10"}]})")
                                 << QStringLiteral("body.size: bad size; body.n.0: ≤ 10") << "";
    QTest::newRow("detail object") << QByteArray(R"({"detail":{"message":"inner"}})") << "inner" << "";
    QTest::newRow("errors list") << QByteArray(R"({"id":"a","name":"bad_request","errors":["cfg_scale: too high","seed: negative"]})")
                                 << "cfg_scale: too high; seed: negative" << "bad_request";
    QTest::newRow("RFC 7807") << QByteArray(R"({"title":"Unprocessable","detail":"input.prompt is required","status":422})")
                              << "input.prompt is required" << "";
    QTest::newRow("google") << QByteArray(R"({"error":{"code":400,"message":"Quota","status":"RESOURCE_EXHAUSTED"}})") << "Quota" << "";
    QTest::newRow("google, list") << QByteArray(R"([{"error":{"code":400,"message":"Quota","status":"X"}}])") << "Quota" << "";
    QTest::newRow("HTML from a proxy")
        << QByteArray("<html>\r\n<head><title>502 Bad Gateway</title><style>p{}</style></head><body><h1>Oops</h1><script>x()</script>nginx</body></html>")
        << "502 Bad Gateway. Oops nginx" << "";
    QTest::newRow("HTML, cut off") << QByteArray("<html><head><script>for(") << "" << "";
    QTest::newRow("text") << QByteArray("Internal Server Error") << "Internal Server Error" << "";
    QTest::newRow("empty") << QByteArray() << "" << "";
    QTest::newRow("not the JSON that it looks like") << QByteArray("{\"error\": oops") << "{\"error\": oops" << "";
    QTest::newRow("nothing useful") << QByteArray("{\"a\":{\"b\":[1,2]}}") << "{\"a\":{\"b\":[1,2]}}" << "";
    QTest::newRow("deep") << QByteArray(QByteArray(10'000, '[') + QByteArray(10'000, ']')) << QString(499, QLatin1Char('[')) + QChar(0x2026) << "";
    QTest::newRow("control characters") << QByteArray("{\"error\":\"a\\u0000b\\u001b[31mc\\nd\\u202e\"}") << "a b [31mc d" << "";
    QTest::newRow("wrong types") << QByteArray(R"({"error":{"message":17,"code":["x"]},"detail":null,"errors":{}})") << "17" << "";
}

void TestFailure::words()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    QFETCH(QString, code);
    const ErrorWords words = errorWords(reply(400, body));
    if (QByteArray(QTest::currentDataTag()) == "deep")
        QVERIFY(words.message.size() <= 500);
    else
        QCOMPARE(words.message, message);
    QCOMPARE(words.code, code);
}

void TestFailure::meaning_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<qint64>("wait");
    QTest::addColumn<QString>("says");
    const QByteArray none;
    const auto error = [](const char *code, const char *message = "words") -> QByteArray {
        return QByteArray("{\"error\":{\"message\":\"") + message + "\",\"type\":\"t\",\"code\":\"" + code + "\"}}";
    };
    QTest::newRow("redirect") << 302 << none << none << "rejected" << qint64(-1) << "address";
    QTest::newRow("bad request") << 400 << error("unknown_parameter") << none << "rejected" << qint64(-1) << "words";
    QTest::newRow("moderation") << 400 << error("moderation_blocked") << none << "refused" << qint64(-1) << "safety";
    QTest::newRow("content policy") << 400 << error("content_policy_violation") << none << "refused" << qint64(-1) << "safety";
    QTest::newRow("moderation in words") << 403 << QByteArray(R"({"detail":"Your request was rejected by our safety system."})") << none << "refused" << qint64(-1) << "safety";
    QTest::newRow("bad key") << 401 << error("invalid_api_key") << none << "rejected" << qint64(-1) << "Services and Keys";
    QTest::newRow("key with the word model") << 401 << QByteArray(R"({"detail":"model not found for this key"})") << none << "rejected" << qint64(-1) << "Services and Keys";
    QTest::newRow("no credit") << 402 << none << none << "rejected" << qint64(-1) << "Top it up";
    QTest::newRow("region") << 403 << error("") << none << "rejected" << qint64(-1) << "Services and Keys";
    QTest::newRow("model gone, 404") << 404 << error("model_not_found") << none << "retired" << qint64(-1) << "another model";
    QTest::newRow("model gone, 400") << 400 << error("model_not_found") << none << "retired" << qint64(-1) << "another model";
    QTest::newRow("model gone, in words") << 404 << QByteArray(R"({"detail":"The model `sd9` does not exist."})") << none << "retired" << qint64(-1) << "another model";
    QTest::newRow("LiteLLM's words") << 400 << error("400", "Invalid model name passed in model=x") << none << "retired" << qint64(-1) << "another model";
    QTest::newRow("address unknown") << 404 << QByteArray(R"({"detail":"Not Found"})") << none << "rejected" << qint64(-1) << "models.yaml";
    QTest::newRow("gone") << 410 << QByteArray(R"({"error":"job expired"})") << none << "rejected" << qint64(-1) << "job expired";
    QTest::newRow("proxy") << 407 << none << none << "rejected" << qint64(-1) << "proxy";
    QTest::newRow("timeout") << 408 << none << none << "ambiguous" << qint64(-1) << "may have been carried out";
    QTest::newRow("conflict") << 409 << none << none << "rejected" << qint64(-1) << "409";
    QTest::newRow("too large") << 413 << none << none << "rejected" << qint64(-1) << "too large";
    QTest::newRow("invalid") << 422 << QByteArray(R"({"detail":[{"loc":["body","n"],"msg":"no"}]})") << none << "rejected" << qint64(-1) << "body.n: no";
    QTest::newRow("rate limit") << 429 << error("rate_limit_exceeded") << QByteArray("20") << "busy" << qint64(20'000) << "again later";
    QTest::newRow("rate limit, fractional") << 429 << none << QByteArray("0.5") << "busy" << qint64(500) << "again later";
    QTest::newRow("rate limit, no wait") << 429 << none << none << "busy" << qint64(-1) << "again later";
    QTest::newRow("rate limit, negative") << 429 << none << QByteArray("-5") << "busy" << qint64(-1) << "again later";
    QTest::newRow("quota") << 429 << error("insufficient_quota") << QByteArray("20") << "rejected" << qint64(-1) << "Top it up";
    QTest::newRow("quota in words") << 429 << error("", "You exceeded your current quota.") << none << "rejected" << qint64(-1) << "Top it up";
    QTest::newRow("teapot") << 418 << none << none << "rejected" << qint64(-1) << "418";
    for (const int status : {500, 502, 503, 504, 520, 599})
        QTest::addRow("%d", status) << status << QByteArray("<html>Bad</html>") << none << "ambiguous" << qint64(-1) << "may have been carried out";
    QTest::newRow("503 with a wait") << 503 << none << QByteArray("3") << "busy" << qint64(3000) << "again later";
    QTest::newRow("500 with a wait") << 500 << none << QByteArray("3") << "ambiguous" << qint64(3000) << "may have been carried out";
    QTest::newRow("500 that says moderation") << 500 << error("moderation_blocked") << none << "refused" << qint64(-1) << "safety";
    QTest::newRow("status 999") << 999 << none << none << "ambiguous" << qint64(-1) << "999";
}

void TestFailure::meaning()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, retryAfter);
    QFETCH(QString, failure);
    QFETCH(qint64, wait);
    QFETCH(QString, says);
    QList<HttpHeader> headers;
    if (!retryAfter.isEmpty())
        headers.append(HttpHeader{"Retry-After", retryAfter});
    const Error error = failureOf(reply(status, body, headers), QStringLiteral("Studio"), now);
    QCOMPARE(failureClassName(error.failure), failure);
    QCOMPARE(error.httpStatus, status);
    QCOMPARE(error.retryAfterMs, wait);
    QVERIFY2(error.message.contains(says), qPrintable(error.message));
    QCOMPARE(error.code == ErrorCode::Refused, error.failure == FailureClass::Refused);
}

void TestFailure::everyStatus_isASentenceThatNamesTheService_data()
{
    QTest::addColumn<int>("status");
    for (int status = 300; status < 600; ++status)
        QTest::addRow("%d", status) << status;
}

void TestFailure::everyStatus_isASentenceThatNamesTheService()
{
    QFETCH(int, status);
    for (const QByteArray &body : {QByteArray(), QByteArray(R"({"error":{"message":"100% %1 %2 %3","code":"x"}})")}) {
        const Error error = failureOf(reply(status, body), QStringLiteral("Studio %2"), now);
        QVERIFY(error.failure != FailureClass::None);
        QVERIFY2(error.message.contains(QLatin1String("Studio")), qPrintable(error.message));
        QVERIFY(error.message.endsWith(QLatin1Char('.')));
    }
}

void TestFailure::duration_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("Google") << "32s" << qint64(32'000);
    QTest::newRow("fraction") << "1.5s" << qint64(1500);
    QTest::newRow("Google, nine digits") << "0.847655010s" << qint64(848);
    QTest::newRow("Go") << "1m30s" << qint64(90'000);
    QTest::newRow("milliseconds") << "12ms" << qint64(12);
    QTest::newRow("hours") << "2h" << qint64(7'200'000);
    QTest::newRow("all") << "1h2m3s4ms" << qint64(3'723'004);
    QTest::newRow("microseconds") << QStringLiteral("1500µs") << qint64(2);
    QTest::newRow("nothing") << "" << qint64(-1);
    QTest::newRow("no unit") << "32" << qint64(-1);
    QTest::newRow("negative") << "-5s" << qint64(-1);
    QTest::newRow("rubbish") << "soon" << qint64(-1);
    QTest::newRow("absurd") << "999999999h" << qint64(31'536'000'000);
    QTest::newRow("long") << QString(100, QLatin1Char('1')) + QLatin1Char('s') << qint64(-1);
}

void TestFailure::duration()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    QCOMPARE(durationMs(text), ms);
}

void TestFailure::redaction_takesTheKeyOutInEveryForm()
{
    const Redaction redaction(Secret("sk-canary/1+2"));
    Error error;
    error.message = QStringLiteral("Incorrect API key provided: sk-canary/1+2.");
    error.detail = QStringLiteral("Basic ") + QString::fromLatin1(QByteArray("sk-canary/1+2").toBase64());
    redaction.clean(error);
    QCOMPARE(error.message, QStringLiteral("Incorrect API key provided: [key]."));
    QCOMPARE(error.detail, QStringLiteral("Basic [key]"));
    Json json{{"a", {{"b", "x sk-canary/1+2 y"}}}, {"url", "https://h/?k=sk-canary%2F1%2B2"}, {"n", 3}, {"long", std::string(5000, 'x')},
              {"sk-canary/1+2", {{"of sk-canary/1+2", true}}}};
    redaction.clean(json);
    const QByteArray cleaned(R"x({"a":{"b":"x [key] y"},"url":"https://h/?k=[key]","n":3,"long":"(5000 characters)","[key]":{"of [key]":true}})x");
    QCOMPARE(dumpJson(json), cleaned);
    HttpReply reply;
    reply.headers = {{"X-Request-Id", "of sk-canary/1+2"}};
    reply.body = R"({"message":"sk-canary\/1+2 is no key"})";
    redaction.clean(reply);
    QCOMPARE(reply.header("X-Request-Id"), QByteArray("of [key]"));
    QCOMPARE(reply.body, QByteArray(R"({"message":"[key] is no key"})"));
    // Nothing is spoiled by a key that is hardly one.
    QString words = QStringLiteral("a cat");
    Redaction(Secret("a")).clean(words);
    Redaction(Secret()).clean(words);
    QCOMPARE(words, QStringLiteral("a cat"));
}

QTEST_GUILESS_MAIN(TestFailure)
#include "tst_failure.moc"
