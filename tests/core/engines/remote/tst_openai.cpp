#include "core/engines/remote/openai/openaicall.h"
#include "tests/support/fakeopenai.h"
#include "tests/support/remoterig.h"
#include "tests/support/testpicture.h"

#include <QBuffer>
#include <QSemaphore>
#include <QTest>
#include <QThreadPool>

#include <atomic>
#include <functional>

using namespace Galley;

namespace {

using Fault = ScriptedServer::Handler;

BackendEntry backend(const ScriptedServer &server, const QString &dialect, bool isFree = false)
{
    BackendEntry entry;
    entry.id = QStringLiteral("studio");
    entry.label = QStringLiteral("Studio");
    entry.kind = QStringLiteral("openai");
    entry.dialect = dialect;
    entry.url = server.url("/v1");
    entry.key = QStringLiteral("studio");
    entry.free = isFree;
    return entry;
}

EngineRequest apples(const QString &upstream = QStringLiteral("gpt-image-2"))
{
    EngineRequest request;
    request.model = QStringLiteral("m");
    request.upstream = upstream;
    request.prompt = QStringLiteral("a basket of apples");
    request.size = {96, 64};
    request.seed = 7;
    request.steps = 0;
    request.dialect = Dialect::Prose;
    return request;
}

/// What the fake makes of apples().
QImage picture(qint64 seed, const QSize &size = {96, 64})
{
    return fakePicture("a basket of apples", seed, size).convertToFormat(QImage::Format_RGBA8888_Premultiplied);
}

Fault json(int status, const QByteArray &body, const QList<std::pair<QByteArray, QByteArray>> &headers = {})
{
    return [=](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respondJson(status, body, headers); };
}

Fault raw(const QByteArray &bytes, bool close = true)
{
    return [=](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.write(bytes);
        if (close)
            connection.closeFin();
    };
}

Fault events(const QList<QByteArray> &list, bool end = true)
{
    QByteArray bytes = FakeOpenAi::streamHead();
    for (const QByteArray &event : list)
        bytes += FakeOpenAi::chunk(event);
    return raw(end ? QByteArray(bytes + FakeOpenAi::chunk({})) : bytes);
}

QByteArray base64(const QSize &size = {96, 64})
{
    return fakePictureFile("a basket of apples", 7, size).toBase64();
}

QByteArray withPicture(const QByteArray &text)
{
    return "{\"created\":1,\"data\":[{\"b64_json\":\"" + text + "\"}]}";
}

QByteArray partial(const QByteArray &text)
{
    return "event: image_generation.partial_image\ndata: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"" + text + "\"}\n\n";
}

QByteArray completed(const QByteArray &text)
{
    return "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\"" + text + "\"}\n\n";
}

} // namespace

Q_DECLARE_METATYPE(Fault)

class TestOpenAi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDialect_makesThePicture_data();
    void everyDialect_makesThePicture();
    void answer_isKeptWithoutPictures();
    void key_isInNothingThatIsKept();
    void keyAtTheCut_isTakenOutWhole();
    void links_areFollowedWithTheKeyOnlyAtHome();
    void edit_sendsPicturesAndMask();
    void stream_showsPartialPictures();
    void fault_data();
    void fault();
    void streamFault_data();
    void streamFault();
    void cutStream_afterThePictureIsASuccess();
    void streamThatEnds_whileThePictureIsDecodedIsASuccess();
    void features_followTheDialect_data();
    void features_followTheDialect();
    void otherSizeOrCount_isSaid_data();
    void otherSizeOrCount_isSaid();
    void twentyMegabytesOfBase64_areRead();
    void chunksInsideACharacter_areRead();
    void rateLimitCounters_sayHowLongToWait();
    void unknownDialect_sendsNothing();
    void test_countsTheModels_data();
    void test_countsTheModels();
};

void TestOpenAi::everyDialect_makesThePicture_data()
{
    QTest::addColumn<QString>("dialect");
    for (const QString &dialect : openAiDialectNames())
        QTest::addRow("%s", qPrintable(dialect)) << dialect;
}

void TestOpenAi::everyDialect_makesThePicture()
{
    QFETCH(QString, dialect);
    ScriptedServer server;
    const FakeOpenAi fake(server, dialect);
    RemoteRig rig(backend(server, dialect), "sk-test");
    EngineRequest request = apples();
    const bool isRay = dialect == QLatin1String("ray-serve");
    if (isRay)
        request.size = {64, 64};
    const auto result = rig.render(request);
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    const OpenAiDialect &record = *findOpenAiDialect(dialect);
    QCOMPARE(result->seedKnown, record.seed != nullptr);
    QCOMPARE(result->seed, record.seed ? 7 : 0);
    QCOMPARE(result->image, picture(record.seed ? 7 : 0, request.size));
    QCOMPARE(result->pictures.size(), 1);
    QCOMPARE(result->pictures.first().mediaType, QByteArray("image/png"));
    QCOMPARE(result->pictures.first().bytes, fakePictureFile("a basket of apples", record.seed ? 7 : 0, request.size));
    QVERIFY(result->model.isEmpty());  // what was asked for is not what was served
    QCOMPARE(result->backend, QStringLiteral("studio"));
    QCOMPARE(result->requestsSent, 1);
    QCOMPARE(server.requests().size(), 1);
    QVERIFY2(result->notes.isEmpty(), qPrintable(result->notes.join(QLatin1Char('|'))));
    QVERIFY(!result->costUsd);
    if (!isRay)
        QCOMPARE(result->requestId, QStringLiteral("req_42"));
    for (const char *stage : {"connect", "wait", "download", "decode", "total"})
        QVERIFY2(result->timingsMs.value(QLatin1String(stage), -1) >= 0, stage);
    QVERIFY(result->timingsMs.value(QStringLiteral("decode")) <= result->timingsMs.value(QStringLiteral("total")));
}

void TestOpenAi::key_isInNothingThatIsKept()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    const QByteArray body = "{\"data\":[{\"b64_json\":\"" + base64() + "\"}],\"model\":\"m of sk-test\",\"sk-test\":{\"sk-test\":1}}";
    fake.misbehave(json(200, body, {{"x-request-id", "req of sk-test"}}));
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    const auto result = rig.render(apples());
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->model, QStringLiteral("m of [key]"));
    QCOMPARE(result->requestId, QStringLiteral("req of [key]"));
    const QByteArray kept = dumpJson(result->answer);
    QVERIFY2(!kept.contains("sk-test") && kept.contains("[key]"), kept.constData());
}

void TestOpenAi::keyAtTheCut_isTakenOutWhole()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    for (const int before : {400, 493, 494, 495, 496, 497, 498}) {
        const QByteArray words = QByteArray(before, 'x') + "sk-test and more words";
        fake.misbehave(json(400, "{\"error\":{\"message\":\"" + words + "\"}}"));
        const auto result = rig.render(apples());
        QVERIFY(!result.has_value());
        QVERIFY2(!result.error().message.contains(QLatin1String("xs")), qPrintable(result.error().message));
        QVERIFY2(!result.error().detail.contains(QLatin1String("sk-t")), qPrintable(result.error().detail));
    }
}

void TestOpenAi::answer_isKeptWithoutPictures()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.setAnswerExtras({{"usage", {{"input_tokens", 20}, {"output_tokens", 4160}, {"input_tokens_details", {{"text_tokens", 20}, {"image_tokens", 0}}}}},
                          {"quality", "high"}, {"model", "gpt-image-2-2026-04-21"}, {"echo", "your key sk-test is fine"}});
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    EngineRequest request = apples();
    request.options = {{"usd_per_million_tokens", {{"text_in", 5}, {"image_in", 8}, {"image_out", 30}}}};
    const auto result = rig.render(request);
    QVERIFY(result.has_value());
    QCOMPARE(result->model, QStringLiteral("gpt-image-2-2026-04-21"));
    QVERIFY(result->costUsd.has_value());
    QVERIFY(std::abs(*result->costUsd - (20 * 5 + 4160 * 30) / 1e6) < 1e-12);
    const QByteArray kept = dumpJson(result->answer);
    QVERIFY(kept.contains("\"output_tokens\":4160"));
    QVERIFY(!kept.contains("b64_json"));
    QVERIFY(!kept.contains("sk-test"));
    // Without a price nothing is made up.
    QVERIFY(!rig.render(apples())->costUsd);
}

void TestOpenAi::links_areFollowedWithTheKeyOnlyAtHome()
{
    for (const bool relative : {true, false}) {
        ScriptedServer server;
        FakeOpenAi fake(server, QStringLiteral("sglang"));
        fake.answerWithLinks(relative);
        RemoteRig rig(backend(server, QStringLiteral("sglang")), "sk-test");
        const auto result = rig.render(apples());
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->image, picture(7));
        QCOMPARE(result->requestsSent, 1);
        QCOMPARE(server.requests().last().header("Authorization"), QByteArray("Bearer sk-test"));
        QVERIFY(!dumpJson(result->answer).contains("/files/"));
    }
    ScriptedServer home;
    ScriptedServer elsewhere;
    FakeOpenAi fake(home, QStringLiteral("openai"));
    fake.misbehave(json(200, "{\"data\":[{\"url\":\"" + elsewhere.url("/cdn.png?sig=1").toEncoded() + "\"}]}"));
    elsewhere.on("GET", "/", [](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respond(200, {}, fakePictureFile("a basket of apples", 7, {96, 64}));
    });
    RemoteRig rig(backend(home, QStringLiteral("openai")), "sk-test");
    const auto result = rig.render(apples());
    QVERIFY(result.has_value());
    QCOMPARE(result->image, picture(7));
    QCOMPARE(elsewhere.requests().size(), 1);
    QVERIFY(elsewhere.requests().first().header("Authorization").isEmpty());
}

void TestOpenAi::edit_sendsPicturesAndMask()
{
    ScriptedServer server;
    const FakeOpenAi fake(server, QStringLiteral("openai"));
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    EngineRequest request = apples();
    const QByteArray start = fakePictureFile("start", 1, {96, 64});
    const QByteArray mask = fakePictureFile("mask", 2, {96, 64});
    request.references = {{ReferencePicture::Use::Start, start, {96, 64}, QStringLiteral("s")},
                          {ReferencePicture::Use::Mask, mask, {96, 64}, QStringLiteral("m")}};
    const auto result = rig.render(request);
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    const ReceivedRequest seen = server.requests().value(0);
    QCOMPARE(seen.path(), QByteArray("/v1/images/edits"));
    QCOMPARE(seen.part("image[]"), start);
    QCOMPARE(seen.part("mask"), mask);
    QCOMPARE(seen.part("n"), QByteArray("1"));
    QCOMPARE(seen.part("prompt"), QByteArray("a basket of apples"));
    QVERIFY(seen.part("seed").isNull());
    QVERIFY(seen.part("response_format").isNull());
    QCOMPARE(result->notes.size(), 1);  // it cannot be told how far to leave the start picture
}

void TestOpenAi::stream_showsPartialPictures()
{
    ScriptedServer server;
    const FakeOpenAi fake(server, QStringLiteral("openai"));
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    EngineRequest request = apples();
    request.previewEvery = 1;
    const auto result = rig.render(request);
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->image, picture(0));
    QVERIFY(rig.previews.size() <= 2);
    for (const QImage &shown : std::as_const(rig.previews))
        QCOMPARE(shown.size(), QSize(24, 16));
    QVERIFY(FakeOpenAi::fields(server.requests().first())["partial_images"] == 2);
    // Edits stream as well.
    request.references = {{ReferencePicture::Use::Start, fakePictureFile("start", 1, {96, 64}), {96, 64}, QStringLiteral("s")}};
    const auto edited = rig.render(request);
    QVERIFY2(edited.has_value(), edited ? "" : qPrintable(edited.error().message));
    QCOMPARE(server.requests().last().part("stream"), QByteArray("true"));
}

void TestOpenAi::fault_data()
{
    QTest::addColumn<Fault>("answer");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<QString>("code");
    QTest::addColumn<qint64>("wait");
    const auto error = [](const char *type, const char *code) -> QByteArray {
        return QByteArray("{\"error\":{\"message\":\"Words of sk-test.\",\"type\":\"") + type + "\",\"param\":null,\"code\":\"" + code + "\"}}";
    };
    QTest::newRow("unknown parameter") << json(400, error("invalid_request_error", "unknown_parameter")) << "rejected" << "unknown_parameter" << qint64(-1);
    QTest::newRow("moderation") << json(400, R"({"error":{"message":"m","type":"image_generation_user_error","code":"moderation_blocked","moderation_details":{"moderation_stage":"input"}}})")
                                << "refused" << "moderation_blocked" << qint64(-1);
    QTest::newRow("content policy") << json(400, error("invalid_request_error", "content_policy_violation")) << "refused" << "content_policy_violation" << qint64(-1);
    QTest::newRow("bad key") << json(401, error("invalid_request_error", "invalid_api_key")) << "rejected" << "invalid_api_key" << qint64(-1);
    QTest::newRow("region") << json(403, error("invalid_request_error", "")) << "rejected" << "invalid_request_error" << qint64(-1);
    QTest::newRow("model gone, 404") << json(404, error("invalid_request_error", "model_not_found")) << "retired" << "model_not_found" << qint64(-1);
    QTest::newRow("model gone, 400") << json(400, error("invalid_request_error", "model_not_found")) << "retired" << "model_not_found" << qint64(-1);
    QTest::newRow("429 with ms") << json(429, error("requests", "rate_limit_exceeded"), {{"retry-after-ms", "1500"}, {"retry-after", "9"}}) << "busy" << "rate_limit_exceeded" << qint64(1500);
    QTest::newRow("429 with s") << json(429, error("tokens", "rate_limit_exceeded"), {{"Retry-After", "9"}}) << "busy" << "rate_limit_exceeded" << qint64(9000);
    QTest::newRow("429, quota") << json(429, error("insufficient_quota", "insufficient_quota")) << "rejected" << "insufficient_quota" << qint64(-1);
    QTest::newRow("429, quota as type") << json(429, R"({"error":{"message":"m","type":"insufficient_quota","code":null}})") << "rejected" << "insufficient_quota" << qint64(-1);
    QTest::newRow("500") << json(500, error("server_error", "")) << "ambiguous" << "server_error" << qint64(-1);
    QTest::newRow("503 with a wait") << json(503, error("server_error", ""), {{"Retry-After", "2"}}) << "busy" << "server_error" << qint64(2000);
    QTest::newRow("503") << json(503, error("server_error", "")) << "ambiguous" << "server_error" << qint64(-1);
    QTest::newRow("detail string") << json(503, R"({"detail":"no engine"})") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("detail list") << json(422, R"({"detail":[{"loc":["body","size"],"msg":"bad","type":"x"}]})") << "rejected" << "" << qint64(-1);
    QTest::newRow("error string") << json(400, R"({"error":"prompt required"})") << "rejected" << "" << qint64(-1);
    QTest::newRow("numeric code") << json(400, R"({"error":{"message":"m","code":400}})") << "rejected" << "" << qint64(-1);
    QTest::newRow("HTML from a proxy") << json(502, "<html><title>502 Bad Gateway</title></html>") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("empty 500") << json(500, {}) << "ambiguous" << "" << qint64(-1);
    QTest::newRow("redirect of a POST") << json(302, {}, {{"Location", "https://elsewhere.example/"}}) << "rejected" << "" << qint64(-1);
    QTest::newRow("200 with an error") << json(200, error("invalid_request_error", "moderation_blocked")) << "refused" << "moderation_blocked" << qint64(-1);
    QTest::newRow("200 without data") << json(200, R"({"created":1})") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("200 with null data") << json(200, R"({"created":1,"data":null})") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("200 with empty data") << json(200, R"({"created":1,"data":[]})") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("200 with wrong types") << json(200, R"({"created":"x","data":[17,{"b64_json":5},{"url":{}},null]})") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("200 with HTML") << json(200, "<html>hello</html>") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("200, empty") << json(200, {}) << "ambiguous" << "" << qint64(-1);
    QTest::newRow("10,000 deep") << json(200, QByteArray(10'000, '[') + QByteArray(10'000, ']')) << "ambiguous" << "" << qint64(-1);
    QTest::newRow("bad base64") << json(200, withPicture("!!!!")) << "ambiguous" << "" << qint64(-1);
    QTest::newRow("base64 of no picture") << json(200, withPicture(QByteArray("<html></html>").toBase64())) << "ambiguous" << "" << qint64(-1);
    QTest::newRow("cut picture") << json(200, withPicture(base64({512, 512}).left(400))) << "ambiguous" << "" << qint64(-1);
    QTest::newRow("link into the void") << json(200, R"({"data":[{"url":"file:///etc/passwd"}]})") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("link that is gone") << json(200, R"({"data":[{"url":"/v1/nothing.png"}]})") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("invalid UTF-8") << json(200, "{\"created\":1,\"x\":\"\xff\xfe\",\"data\":[]}") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("FIN before the answer") << raw({}) << "ambiguous" << "" << qint64(-1);
    QTest::newRow("FIN inside the headers") << raw("HTTP/1.1 200 OK\r\nContent-Le") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("FIN inside the body") << raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"data\":[") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("not HTTP") << raw("SSH-2.0-OpenSSH\r\n") << "ambiguous" << "" << qint64(-1);
    QTest::newRow("RST") << Fault([](const ReceivedRequest &, const ScriptedConnection &connection) { connection.reset(); }) << "ambiguous" << "" << qint64(-1);
}

void TestOpenAi::fault()
{
    QFETCH(Fault, answer);
    QFETCH(QString, failure);
    QFETCH(QString, code);
    QFETCH(qint64, wait);
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave(answer);
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    rig.engine.backOffMs = 1;
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    const Error &error = result.error();
    QCOMPARE(failureClassName(error.failure), failure);
    QCOMPARE(error.serviceCode, code);
    QCOMPARE(error.retryAfterMs, wait);
    QVERIFY2(error.message.endsWith(QLatin1Char('.')) || error.message.endsWith(QLatin1Char(':')), qPrintable(error.message));
    QVERIFY2(error.message.size() > 20, qPrintable(error.message));
    QVERIFY(!error.message.contains(QLatin1String("sk-test")) && !error.detail.contains(QLatin1String("sk-test")));
    // One request that may be billed, whatever came of it.
    QCOMPARE(server.count("POST"), 1);
}

void TestOpenAi::streamFault_data()
{
    QTest::addColumn<Fault>("answer");
    QTest::addColumn<QString>("failure");
    QTest::newRow("ends without a picture") << events({partial(base64())}) << "ambiguous";
    QTest::newRow("empty") << events({}) << "ambiguous";
    QTest::newRow("only [DONE]") << events({"data: [DONE]\n\n"}) << "ambiguous";
    QTest::newRow("cut in the middle") << events({partial(base64()), "event: image_generation.completed\ndata: {\"b64"}, false) << "ambiguous";
    QTest::newRow("error event") << events({"event: error\ndata: {\"message\":\"m\",\"type\":\"server_error\"}\n\n"}) << "ambiguous";
    QTest::newRow("error member, moderation")
        << events({partial(base64()), "data: {\"error\":{\"message\":\"m\",\"code\":\"moderation_blocked\"}}\n\n"}) << "refused";
    QTest::newRow("error member, rate limit") << events({"data: {\"error\":{\"message\":\"m\",\"code\":\"rate_limit_exceeded\"}}\n\n"}) << "busy";
    QTest::newRow("error member, invalid") << events({"data: {\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\"}}\n\n"}) << "rejected";
    QTest::newRow("no JSON") << events({"data: <html>\n\n"}) << "ambiguous";
    QTest::newRow("bad base64") << events({completed("!!!")}) << "ambiguous";
    QTest::newRow("completed without a picture") << events({"data: {\"type\":\"image_generation.completed\"}\n\n"}) << "ambiguous";
    QTest::newRow("JSON error instead of a stream") << json(400, R"({"error":{"message":"m","code":"moderation_blocked"}})") << "refused";
}

void TestOpenAi::streamFault()
{
    QFETCH(Fault, answer);
    QFETCH(QString, failure);
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave(answer);
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    EngineRequest request = apples();
    request.previewEvery = 1;
    const auto result = rig.render(request);
    QVERIFY(!result.has_value());
    QCOMPARE(failureClassName(result.error().failure), failure);
    QCOMPARE(server.count("POST"), 1);
}

void TestOpenAi::cutStream_afterThePictureIsASuccess()
{
    const QList<Fault> faults{events({"data: {\"type\":\"x\"}\n\n", completed(base64())}, false),
                              events({": comment\n\n", partial("!!!"), completed(base64()), "data: [DONE]\n\n"}),
                              json(200, withPicture("data:image/png;base64," + base64()))};
    for (const Fault &answer : faults) {
        ScriptedServer server;
        FakeOpenAi fake(server, QStringLiteral("openai"));
        fake.misbehave(answer);
        RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
        EngineRequest request = apples();
        request.previewEvery = 1;
        const auto result = rig.render(request);
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->image, picture(7));
    }
}

/// One thread for all decoding, and work between the reading of the event and the decoding of its picture that lasts until the stream has ended.
void TestOpenAi::streamThatEnds_whileThePictureIsDecodedIsASuccess()
{
    QSemaphore first;
    QSemaphore second;
    std::atomic_bool between = false;
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    QThreadPool &pool = *QThreadPool::globalInstance();
    fake.misbehave([&](const ReceivedRequest &, const ScriptedConnection &connection) {
        // The order was made on the pool; from here on the pool is busy.
        pool.start([&] { first.acquire(); });
        pool.start([&] {
            between = true;
            second.acquire();
        }, -1);
        connection.write(FakeOpenAi::streamHead() + FakeOpenAi::chunk(completed(base64())));
        server.later(300, [&] { first.release(); });
        server.later(600, [connection] {
            connection.write(FakeOpenAi::chunk({}));
            connection.closeFin();
        });
        server.later(900, [&] { second.release(); });
    });
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    EngineRequest request = apples();
    request.previewEvery = 1;
    const int threads = pool.maxThreadCount();
    pool.setMaxThreadCount(1);

    const auto result = rig.render(request);

    pool.waitForDone();
    pool.setMaxThreadCount(threads);
    QVERIFY(between);
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->image, picture(7));
}

void TestOpenAi::features_followTheDialect_data()
{
    QTest::addColumn<QString>("features");
    const auto row = [](const char *dialect, const char *features) { QTest::newRow(dialect) << QString::fromLatin1(features); };
    row("openai", "image mask count stream");
    row("vllm-omni", "seed negative image mask count steps guidance");
    row("sglang", "seed negative image count steps guidance");
    row("localai", "seed negative image mask count steps");
    row("xinference", "seed negative image mask count steps guidance strength");
    row("litellm", "image mask count");
    row("together", "seed negative image count steps guidance");
    row("sd-server", "seed negative image mask count steps guidance strength");
    row("ray-serve", "");
    row("no-such-dialect", "");
}

void TestOpenAi::features_followTheDialect()
{
    QFETCH(QString, features);
    const ServiceKind *kind = findServiceKind(QStringLiteral("openai"));
    BackendEntry entry;
    entry.kind = kind->name;
    entry.dialect = QString::fromLatin1(QTest::currentDataTag());
    const QStringList said = kind->featuresOf(entry);
    QCOMPARE(said.join(u' '), features);
    for (const QString &feature : said)
        QVERIFY2(kind->features.contains(feature), qPrintable(feature));
}

void TestOpenAi::otherSizeOrCount_isSaid_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("count");
    QTest::addColumn<QString>("says");
    QTest::newRow("another size") << withPicture(base64({64, 64})) << 1 << "64 × 64 pixels instead of 96 × 64";
    QTest::newRow("one of two is bad") << QByteArray("{\"data\":[{\"b64_json\":\"" + base64() + "\"},{\"b64_json\":\"AAAA\"}]}") << 2
                                       << "Picture 2 of 2";
    QTest::newRow("one instead of two") << withPicture(base64()) << 2 << "1 pictures instead of 2";
    QTest::newRow("two instead of one") << QByteArray("{\"data\":[{\"b64_json\":\"" + base64() + "\"},{\"b64_json\":\"" + base64() + "\"}]}") << 1
                                        << "2 pictures instead of 1";
    QTest::newRow("rewritten prompt") << QByteArray("{\"data\":[{\"b64_json\":\"" + base64() + "\",\"revised_prompt\":\"A wicker basket\"}]}") << 1
                                      << "rewrote the prompt: \"A wicker basket\"";
}

void TestOpenAi::otherSizeOrCount_isSaid()
{
    QFETCH(QByteArray, body);
    QFETCH(int, count);
    QFETCH(QString, says);
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave(json(200, body));
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    EngineRequest request = apples();
    request.count = count;
    const auto result = rig.render(request);
    QVERIFY(result.has_value());
    QCOMPARE(result->notes.size(), 1);
    QVERIFY2(result->notes.first().contains(says), qPrintable(result->notes.first()));
}

void TestOpenAi::twentyMegabytesOfBase64_areRead()
{
    // A picture that cannot be packed, in one line of a stream and in one string of a body.
    QImage noise(2400, 2200, QImage::Format_RGB32);
    quint32 state = 1;
    for (int y = 0; y < noise.height(); ++y) {
        auto *line = reinterpret_cast<quint32 *>(noise.scanLine(y));
        for (int x = 0; x < noise.width(); ++x) {
            state = state * 1664525 + 1013904223;
            line[x] = 0xFF000000 | state >> 8;
        }
    }
    QByteArray file;
    QBuffer buffer(&file);
    buffer.open(QIODevice::WriteOnly);
    noise.save(&buffer, "PNG", 100);
    const QByteArray text = file.toBase64();
    QVERIFY(text.size() > 20'000'000);
    for (const bool streamed : {false, true}) {
        ScriptedServer server;
        FakeOpenAi fake(server, QStringLiteral("openai"));
        fake.misbehave(streamed ? events({completed(text)}) : json(200, withPicture(text)));
        RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
        EngineRequest request = apples();
        request.size = noise.size();
        request.previewEvery = streamed ? 1 : 0;
        const auto result = rig.render(request);
        QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->pictures.first().bytes, file);
    }
}

void TestOpenAi::chunksInsideACharacter_areRead()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    const QByteArray body = "{\"data\":[{\"b64_json\":\"" + base64() + "\",\"revised_prompt\":\"Grüße aus Köln 🍎\"}]}";
    fake.misbehave([body](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (qsizetype at = 0; at < body.size(); ++at)
            connection.write(FakeOpenAi::chunk(body.mid(at, 1)));
        connection.write(FakeOpenAi::chunk({}));
    });
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    const auto result = rig.render(apples());
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QVERIFY(result->notes.value(0).contains(QStringLiteral("Grüße aus Köln 🍎")));
}

void TestOpenAi::rateLimitCounters_sayHowLongToWait()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave(json(429, R"({"error":{"message":"m","code":"rate_limit_exceeded"}})",
                        {{"x-ratelimit-remaining-requests", "3"}, {"x-ratelimit-reset-requests", "1s"}, {"x-ratelimit-remaining-tokens", "0"},
                         {"x-ratelimit-reset-tokens", "1m30s"}}));
    RemoteRig rig(backend(server, QStringLiteral("openai")), "sk-test");
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().retryAfterMs, 90'000);
}

void TestOpenAi::unknownDialect_sendsNothing()
{
    ScriptedServer server;
    RemoteRig rig(backend(server, QStringLiteral("nobody")), "sk-test");
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().failure, FailureClass::Rejected);
    QVERIFY(result.error().message.contains(QStringLiteral("vllm-omni")));
    QCOMPARE(server.connections(), 0);
}

void TestOpenAi::test_countsTheModels_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("says");
    QTest::newRow("openai") << "openai" << QByteArray("sk-test") << "Studio answers and knows 2 models.";
    QTest::newRow("together") << "together" << QByteArray("sk-test") << "Studio answers and knows 2 models.";
    QTest::newRow("ray-serve") << "ray-serve" << QByteArray("sk-test") << "Studio answers.";
    QTest::newRow("bad key") << "openai" << QByteArray("sk-wrong") << "Services and Keys";
}

void TestOpenAi::test_countsTheModels()
{
    QFETCH(QString, dialect);
    QFETCH(QByteArray, key);
    QFETCH(QString, says);
    ScriptedServer server;
    const FakeOpenAi fake(server, dialect);
    RemoteRig rig(backend(server, dialect), key);
    const auto told = RemoteRig::wait(rig.engine.testConnection({}));
    const QString words = told ? *told : told.error().message;
    QVERIFY2(words.contains(says), qPrintable(words));
    QVERIFY(!words.contains(QLatin1String("sk-")));
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests().first().method, QByteArray("GET"));
}

QTEST_GUILESS_MAIN(TestOpenAi)
#include "tst_openai.moc"
