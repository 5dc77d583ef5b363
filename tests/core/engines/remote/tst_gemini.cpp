#include "core/engines/remote/gemini/geminicall.h"
#include "tests/support/fakegemini.h"
#include "tests/support/hostedcases.h"

using namespace Galley;

class TestGemini : public HostedTest<FakeGemini>
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(QStringLiteral("gemini")); }
    void cleanup() { tearDown(); }

    void request_isExact_data();
    void request_isExact();
    void startPicture_goesAlong();
    void picture_saysWhoDrewIt();
    void lastPictureThatIsNoThought_counts_data();
    void lastPictureThatIsNoThought_counts();
    void withoutPicture_hasItsClass_data();
    void withoutPicture_hasItsClass();
    void blockedPrompt_isRefused_data();
    void blockedPrompt_isRefused();
    void wishesThatCannotBeSent_areSaid();
    void failure_hasItsClass_data();
    void failure_hasItsClass();
    void commonFailure_hasItsClass_data();
    void commonFailure_hasItsClass();
    void lostOrder_isAmbiguous();
    void strangeAnswer_isAmbiguous_data();
    void strangeAnswer_isAmbiguous();
    void unknownModel_isRetired();
    void cancel_closesTheSocket();
    void cancelBeforeTheStart_sendsNothing();
    void connection_isTestedWithTheModels();

private:
    EngineRequest request(const Json &options = Json::object()) const
    {
        EngineRequest made = hostedRequest(QStringLiteral("gemini"), QStringLiteral("gemini-nano-banana-2.1"));
        made.options = options;
        made.seedWanted = false;
        made.seed = 0;
        return made;
    }
};

void TestGemini::request_isExact_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("body");
    const auto row = [](const char *name, const Change &change, const char *body) { QTest::newRow(name) << change << QString::fromUtf8(body); };
    row("ratio and size", [](EngineRequest &r) { r.options = {{"imageConfig", {{"imageSize", "2K"}}}}; },
        R"({"contents":[{"role":"user","parts":[{"text":"sign that says “OPEN”"}]}],"generationConfig":{"imageConfig":{"imageSize":"2K","aspectRatio":"16:9"},"responseModalities":["IMAGE"]}})");
    row("nothing but a prompt", [](EngineRequest &r) { r.ratio.clear(); },
        R"({"contents":[{"role":"user","parts":[{"text":"sign that says “OPEN”"}]}],"generationConfig":{"responseModalities":["IMAGE"]}})");
    row("a size becomes the nearest ratio", [](EngineRequest &r) { r.ratio.clear(); r.size = {1080, 1350}; r.seedWanted = true; r.seed = 7; },
        R"({"contents":[{"role":"user","parts":[{"text":"sign that says “OPEN”"}]}],"generationConfig":{"responseModalities":["IMAGE"],"imageConfig":{"aspectRatio":"4:5"}}})");
    row("options of the model", [](EngineRequest &r) { r.options = {{"responseModalities", {"TEXT", "IMAGE"}}, {"temperature", 0.4}}; r.ratio = QStringLiteral("8x1"); },
        R"({"contents":[{"role":"user","parts":[{"text":"sign that says “OPEN”"}]}],"generationConfig":{"responseModalities":["TEXT","IMAGE"],"temperature":0.4,"imageConfig":{"aspectRatio":"8:1"}}})");
}

void TestGemini::request_isExact()
{
    QFETCH(Change, change);
    QFETCH(QString, body);
    EngineRequest asked = request();
    change(asked);

    const auto outcome = rig->render(asked);

    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    const ReceivedRequest sent = server->requests().first();
    QCOMPARE(sent.method, "POST");
    QCOMPARE(sent.target, "/v1beta/models/gemini-nano-banana-2.1:generateContent");
    QCOMPARE(sent.header("x-goog-api-key"), FakeHosted::rightKey);
    QCOMPARE(sent.header("Content-Type"), "application/json");
    QCOMPARE(QString::fromUtf8(sent.body), body);
    QCOMPARE(server->requests().size(), 1);
}

void TestGemini::startPicture_goesAlong()
{
    EngineRequest asked = request();
    asked.references = {hostedStart()};
    QVERIFY(rig->render(asked));
    const Json parts = jsonOf(server->requests().first())["contents"][0]["parts"];
    QCOMPARE(parts.size(), std::size_t(2));
    QCOMPARE(toQString(parts[1]["inlineData"]["mimeType"]), QStringLiteral("image/png"));
    QCOMPARE(QByteArray::fromBase64(toQString(parts[1]["inlineData"]["data"]).toLatin1()), asked.references.first().png);
}

void TestGemini::picture_saysWhoDrewIt()
{
    fake->serve("gemini-nano-banana-2.1-preview");
    const auto outcome = rig->render(request());
    QVERIFY(outcome);
    QCOMPARE(outcome->model, QStringLiteral("gemini-nano-banana-2.1-preview"));
    QCOMPARE(outcome->requestId, QStringLiteral("resp-1"));
    QVERIFY(!outcome->seedKnown);
    QVERIFY(outcome->notes.isEmpty());
    QVERIFY(outcome->answer["usageMetadata"]["totalTokenCount"] == 1132);
    QVERIFY(!dumpJson(outcome->answer).contains("inlineData"));
    QCOMPARE(outcome->requestsSent, 1);
}

void TestGemini::lastPictureThatIsNoThought_counts_data()
{
    QTest::addColumn<bool>("snake");
    QTest::newRow("camel case") << false;
    QTest::newRow("snake case") << true;
}

void TestGemini::lastPictureThatIsNoThought_counts()
{
    QFETCH(bool, snake);
    fake->think();
    if (snake)
        fake->speakSnakeCase();
    const auto outcome = rig->render(request());
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    QCOMPARE(outcome->pictures.size(), 1);
    QCOMPARE(outcome->image.pixelColor(3, 3), QColor(Qt::green));
    QCOMPARE(outcome->model, QStringLiteral("gemini-nano-banana-2.1"));
    QCOMPARE(outcome->notes, QStringList{QStringLiteral("The service wrote beside the picture: Here it is.")});
}

void TestGemini::withoutPicture_hasItsClass_data()
{
    QTest::addColumn<QByteArray>("reason");
    QTest::addColumn<QString>("failure");
    for (const char *reason : {"SAFETY", "IMAGE_SAFETY", "PROHIBITED_CONTENT", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION", "RECITATION"})
        QTest::newRow(reason) << QByteArray(reason) << QStringLiteral("refused");
    for (const char *reason : {"NO_IMAGE", "MAX_TOKENS", "IMAGE_OTHER", "STOP"})
        QTest::newRow(reason) << QByteArray(reason) << QStringLiteral("ambiguous");
}

void TestGemini::withoutPicture_hasItsClass()
{
    QFETCH(QByteArray, reason);
    QFETCH(QString, failure);
    fake->finishWith(reason);
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), failure);
    QVERIFY2(outcome.error().message.contains(QLatin1String(reason)), qPrintable(outcome.error().message));
    QCOMPARE(fake->orders(), 1);
}

void TestGemini::blockedPrompt_isRefused_data()
{
    lastPictureThatIsNoThought_counts_data();
}

void TestGemini::blockedPrompt_isRefused()
{
    QFETCH(bool, snake);
    if (snake)
        fake->speakSnakeCase();
    fake->block("SAFETY");
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("refused"));
    QCOMPARE(outcome.error().serviceCode, QStringLiteral("SAFETY"));
}

void TestGemini::wishesThatCannotBeSent_areSaid()
{
    EngineRequest asked = request();
    asked.seedWanted = true;
    asked.seed = 5;
    asked.negativePrompt = QStringLiteral("blur");
    asked.count = 2;
    const auto outcome = rig->render(asked);
    QVERIFY(outcome);
    const QString notes = outcome->notes.join(u' ');
    for (const char *words : {"no seed", "no negative prompt", "one picture at a time"})
        QVERIFY2(notes.contains(QLatin1String(words)), qPrintable(notes));
    QVERIFY(!outcome->seedKnown);
    QCOMPARE(outcome->seed, 0);
}

void TestGemini::failure_hasItsClass_data()
{
    const auto body = [](int code, const QByteArray &status, const QByteArray &message, const QByteArray &details = "[]") -> QByteArray {
        return "{\"error\":{\"code\":" + QByteArray::number(code) + ",\"message\":\"" + message + "\",\"status\":\"" + status + "\",\"details\":" + details + "}}";
    };
    const QByteArray retry = R"([{"@type":"type.googleapis.com/google.rpc.Help"},{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"32s"}])";
    addFailureColumns();
    addFailure("bad input", 400, body(400, "INVALID_ARGUMENT", "aspect_ratio is wrong"), "rejected", "aspect_ratio is wrong");
    addFailure("key", 400, body(400, "INVALID_ARGUMENT", "API key not valid.", R"([{"@type":"ErrorInfo","reason":"API_KEY_INVALID"}])"), "rejected",
               "does not accept the key");
    addFailure("region", 400, body(400, "FAILED_PRECONDITION", "User location is not supported"), "rejected", "User location");
    addFailure("forbidden", 403, body(403, "PERMISSION_DENIED", "no"), "rejected", "key");
    addFailure("model is gone", 404, body(404, "NOT_FOUND", "models/x is not found"), "retired", "gemini-nano-banana-2.1");
    addFailure("too many", 429, body(429, "RESOURCE_EXHAUSTED", "slow down", retry), "busy", "slow down", 32'000);
    addFailure("too many, part of a second", 429, body(429, "RESOURCE_EXHAUSTED", "slow down", R"([{"retryDelay":"1.5s"}])"), "busy", "slow down", 1500);
    addFailure("too many, strange wait", 429, body(429, "RESOURCE_EXHAUSTED", "slow down", R"([{"retryDelay":"soon"},{"retryDelay":5},7])"), "busy",
               "slow down");
    addFailure("as a list", 429, '[' + body(429, "RESOURCE_EXHAUSTED", "slow down", retry) + ']', "busy", "slow down", 32'000);
    addFailure("server", 500, body(500, "INTERNAL", "oops"), "ambiguous", "oops");
    addFailure("overloaded", 503, body(503, "UNAVAILABLE", "overloaded"), "ambiguous", "overloaded");
    addFailure("overloaded, with a wait", 503, body(503, "UNAVAILABLE", "overloaded", retry), "busy", "overloaded", 32'000);
    addFailure("deadline", 504, body(504, "DEADLINE_EXCEEDED", "late"), "ambiguous", "late");
}

void TestGemini::failure_hasItsClass()
{
    checkFailure(*fake, *rig, request());
}

void TestGemini::commonFailure_hasItsClass_data()
{
    addCommonFailures();
}

void TestGemini::commonFailure_hasItsClass()
{
    checkFailure(*fake, *rig, request());
}

void TestGemini::lostOrder_isAmbiguous()
{
    checkLostOrder(*fake, *rig, request());
}

void TestGemini::strangeAnswer_isAmbiguous_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("no candidates") << QByteArray(R"({"candidates":[]})");
    QTest::newRow("candidates that are numbers") << QByteArray(R"({"candidates":[1]})");
    QTest::newRow("parts that are an object") << QByteArray(R"({"candidates":[{"content":{"parts":{"inlineData":{"data":"AAAA"}}}}]})");
    QTest::newRow("data that is a number") << QByteArray(R"({"candidates":[{"content":{"parts":[{"inlineData":{"data":7}}]}}]})");
    QTest::newRow("data that is no picture") << QByteArray(R"({"candidates":[{"content":{"parts":[{"inlineData":{"data":"AAAA"}}]}}]})");
    QTest::newRow("only a thought") << QByteArray(R"({"candidates":[{"content":{"parts":[{"thought":true,"inlineData":{"data":"AAAA"}}]}}]})");
    QTest::newRow("deep") << QByteArray(10'000, '[');
}

void TestGemini::strangeAnswer_isAmbiguous()
{
    QFETCH(QByteArray, body);
    checkStrangeAnswer(*fake, *rig, request(), {200, body});
}

void TestGemini::unknownModel_isRetired()
{
    EngineRequest asked = request();
    asked.upstream = QStringLiteral("imagen-4.0 generate/001");
    const auto outcome = rig->render(asked);
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("retired"));
    QCOMPARE(server->requests().first().target, "/v1beta/models/imagen-4.0%20generate%2F001:generateContent");
}

void TestGemini::cancel_closesTheSocket()
{
    checkCancel(*server, *fake, *rig, request(), FakeHold::Order);
}

void TestGemini::cancelBeforeTheStart_sendsNothing()
{
    checkNotSent(*server, *rig, request());
}

void TestGemini::connection_isTestedWithTheModels()
{
    const auto good = RemoteRig::wait(rig->engine.testConnection({}));
    QVERIFY2(good, qPrintable(good ? QString() : good.error().message));
    QCOMPARE(*good, QStringLiteral("The service answers and knows 2 models."));

    RemoteRig other(hostedBackend(QStringLiteral("gemini"), *server), "wrong-key");
    const auto bad = RemoteRig::wait(other.engine.testConnection({}));
    QVERIFY(!bad);
    QVERIFY2(bad.error().message.contains(QLatin1String("API key not valid")), qPrintable(bad.error().message));
    QCOMPARE(fake->orders(), 0);
}

QTEST_GUILESS_MAIN(TestGemini)

#include "tst_gemini.moc"
