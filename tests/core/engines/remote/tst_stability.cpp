#include "core/engines/remote/stability/stabilitycall.h"
#include "tests/support/fakestability.h"
#include "tests/support/hostedcases.h"

using namespace Galley;

class TestStability : public HostedTest<FakeStability>
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(QStringLiteral("stability")); }
    void cleanup() { tearDown(); }

    void form_isExact_data();
    void form_isExact();
    void startPicture_isSentAsItIs();
    void picture_hasSeedAndId();
    void jpeg_isReadAsWell();
    void json_isReadAsWell();
    void seedZero_isNotRandom();
    void unknownSeed_isNotClaimed();
    void filteredPicture_isRefused_data();
    void filteredPicture_isRefused();
    void failure_hasItsClass_data();
    void failure_hasItsClass();
    void commonFailure_hasItsClass_data();
    void commonFailure_hasItsClass();
    void lostOrder_isAmbiguous();
    void strangeAnswer_isAmbiguous_data();
    void strangeAnswer_isAmbiguous();
    void wrongOption_isNotSent();
    void cancel_closesTheSocket();
    void cancelBeforeTheStart_sendsNothing();
    void lookUp_isNotOffered();
    void connection_isTestedWithTheBalance();

private:
    EngineRequest request(const Json &options = Json::object()) const
    {
        EngineRequest made = hostedRequest(QStringLiteral("stability"), QStringLiteral("sd3.5-medium"));
        made.options = options;
        return made;
    }
};

void TestStability::form_isExact_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QStringList>("parts");

    const auto row = [](const char *name, const Change &change, const QByteArray &path, const QStringList &parts) {
        QTest::newRow(name) << change << path << parts;
    };
    const QString prompt = QStringLiteral("prompt=sign that says “OPEN”");
    row("sd3.5-medium", [](EngineRequest &r) { r.options = {{"cfg_scale", 4.5}}; r.negativePrompt = QStringLiteral("blur"); },
        "/v2beta/stable-image/generate/sd3",
        {prompt, QStringLiteral("model=sd3.5-medium"), QStringLiteral("mode=text-to-image"), QStringLiteral("aspect_ratio=16:9"),
         QStringLiteral("negative_prompt=blur"), QStringLiteral("seed=7"), QStringLiteral("cfg_scale=4.5"), QStringLiteral("output_format=png")});
    row("without a seed", [](EngineRequest &r) { r.seedWanted = false; r.upstream = QStringLiteral("sd3.5-large-turbo"); r.ratio = QStringLiteral("9x21"); },
        "/v2beta/stable-image/generate/sd3",
        {prompt, QStringLiteral("model=sd3.5-large-turbo"), QStringLiteral("mode=text-to-image"), QStringLiteral("aspect_ratio=9:21"),
         QStringLiteral("output_format=png")});
    row("a size becomes the nearest ratio", [](EngineRequest &r) { r.ratio.clear(); r.size = {1080, 1350}; }, "/v2beta/stable-image/generate/sd3",
        {prompt, QStringLiteral("model=sd3.5-medium"), QStringLiteral("mode=text-to-image"), QStringLiteral("aspect_ratio=4:5"), QStringLiteral("seed=7"),
         QStringLiteral("output_format=png")});
    row("core", [](EngineRequest &r) { r.options = {{"api", "core"}, {"style_preset", "line-art"}}; r.references = {hostedStart()}; r.strength = 0.5; },
        "/v2beta/stable-image/generate/core",
        {prompt, QStringLiteral("aspect_ratio=16:9"), QStringLiteral("seed=7"), QStringLiteral("style_preset=line-art"), QStringLiteral("output_format=png")});
    row("ultra with a start", [](EngineRequest &r) { r.options = {{"api", "ultra"}}; r.references = {hostedStart()}; r.strength = 0.25; },
        "/v2beta/stable-image/generate/ultra",
        {prompt, QStringLiteral("aspect_ratio=16:9"), QStringLiteral("seed=7"), QStringLiteral("strength=0.25"), QStringLiteral("output_format=png"),
         QStringLiteral("image=<start.png, image/png>")});
    row("sd3 with a start", [](EngineRequest &r) { r.references = {hostedStart()}; r.strength = 0.6; }, "/v2beta/stable-image/generate/sd3",
        {prompt, QStringLiteral("model=sd3.5-medium"), QStringLiteral("mode=image-to-image"), QStringLiteral("seed=7"), QStringLiteral("strength=0.6"),
         QStringLiteral("output_format=png"), QStringLiteral("image=<start.png, image/png>")});
}

void TestStability::form_isExact()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, path);
    QFETCH(QStringList, parts);
    EngineRequest asked = request();
    change(asked);

    const auto outcome = rig->render(asked);

    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    const ReceivedRequest sent = server->requests().first();
    QCOMPARE(sent.method, "POST");
    QCOMPARE(sent.target, path);
    QCOMPARE(sent.header("Authorization"), QByteArray("Bearer ") + FakeHosted::rightKey);
    QCOMPARE(sent.header("Accept"), "image/*");
    QVERIFY(sent.header("Content-Type").startsWith("multipart/form-data; boundary="));
    QCOMPARE(partWords(sent), parts);
    QCOMPARE(fake->orders(), 1);
    QCOMPARE(server->requests().size(), 1);
}

void TestStability::startPicture_isSentAsItIs()
{
    EngineRequest asked = request();
    asked.references = {hostedStart()};
    asked.strength = 0.6;
    QVERIFY(rig->render(asked));
    QCOMPARE(server->requests().first().part("image"), asked.references.first().png);
}

void TestStability::picture_hasSeedAndId()
{
    const auto outcome = rig->render(request());
    QVERIFY(outcome);
    QCOMPARE(outcome->seed, 7);
    QVERIFY(outcome->seedKnown);
    QCOMPARE(outcome->requestId, QStringLiteral("req-7"));
    QVERIFY(outcome->model.isEmpty());  // it does not say
    QCOMPARE(outcome->pictures.first().mediaType, "image/png");
    QCOMPARE(outcome->image.pixelColor(5, 5).rgb(), colorOfSeed(7).rgb());
    QCOMPARE(outcome->requestsSent, 1);
    QVERIFY(outcome->answer.value("finish_reason", Json()) == "SUCCESS");
    QVERIFY(outcome->notes.isEmpty());
}

void TestStability::jpeg_isReadAsWell()
{
    const auto outcome = rig->render(request({{"output_format", "jpeg"}}));
    QVERIFY(outcome);
    QCOMPARE(outcome->pictures.first().mediaType, "image/jpeg");
}

void TestStability::json_isReadAsWell()
{
    fake->answerJson();
    const auto outcome = rig->render(request());
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    QCOMPARE(outcome->seed, 7);
    QCOMPARE(outcome->image.pixelColor(5, 5).rgb(), colorOfSeed(7).rgb());
    QVERIFY(!outcome->answer.contains("image"));
}

void TestStability::seedZero_isNotRandom()
{
    EngineRequest asked = request();
    asked.seed = 0;
    const auto outcome = rig->render(asked);
    QVERIFY(outcome);
    QCOMPARE(server->requests().first().part("seed"), "4294967294");
    QCOMPARE(outcome->pictures.first().seed, std::optional<qint64>(0));
    QVERIFY(outcome->seedKnown);
    QCOMPARE(outcome->seed, 0);
    QVERIFY(outcome->answer.value("seed", Json()) == 4294967294);
    QVERIFY(outcome->notes.join(u' ').contains(QLatin1String("4294967294")));
}

void TestStability::unknownSeed_isNotClaimed()
{
    fake->answerOrder({200, testPicture({1344, 768}, Qt::red), {{"finish-reason", "SUCCESS"}}, "image/png"});
    EngineRequest asked = request();
    asked.seedWanted = false;
    const auto outcome = rig->render(asked);
    QVERIFY(outcome);
    QVERIFY(!outcome->seedKnown);
    QVERIFY(!outcome->pictures.first().seed);
}

void TestStability::filteredPicture_isRefused_data()
{
    QTest::addColumn<bool>("json");
    QTest::newRow("bytes") << false;
    QTest::newRow("json") << true;
}

void TestStability::filteredPicture_isRefused()
{
    QFETCH(bool, json);
    if (json)
        fake->answerJson();
    fake->filter();
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("refused"));
    QCOMPARE(outcome.error().serviceCode, QStringLiteral("CONTENT_FILTERED"));
    QCOMPARE(fake->orders(), 1);
}

void TestStability::failure_hasItsClass_data()
{
    addFailureColumns();
    addFailure("bad input", 400, R"({"id":"a","name":"bad_request","errors":["cfg_scale: must be <= 10"]})", "rejected", "cfg_scale: must be <= 10");
    addFailure("two mistakes", 422, R"({"id":"a","name":"invalid","errors":["a: one","b: two"]})", "rejected", "b: two");
    addFailure("key", 401, R"({"id":"a","name":"unauthorized","errors":["missing or invalid"]})", "rejected", "key");
    addFailure("no credits", 402, R"({"id":"a","name":"payment_required","errors":["no credits"]})", "rejected", "nothing left to spend");
    addFailure("moderation", 403, R"({"id":"a","name":"content_moderation","errors":["Your request was flagged by our content moderation system."]})",
               "refused", "safety");
    addFailure("forbidden", 403, R"({"id":"a","name":"permission_denied","errors":["no"]})", "rejected", "does not allow");
    addFailure("route is gone", 404, R"({"id":"a","name":"not_found","errors":["gone"]})", "retired", "sd3.5-medium");
    addFailure("too many, no header", 429, R"({"id":"a","name":"rate_limit_exceeded","errors":["slow down"]})", "busy", "slow down", 60'000);
    addFailure("too many, with a header", 429, R"({"id":"a","name":"rate_limit_exceeded","errors":["slow down"]})", "busy", "slow down", 2000,
               "Retry-After: 2");
    addFailure("server", 500, R"({"id":"a","name":"internal_error","errors":["oops"]})", "ambiguous", "oops");
}

void TestStability::failure_hasItsClass()
{
    checkFailure(*fake, *rig, request());
}

void TestStability::commonFailure_hasItsClass_data()
{
    addCommonFailures();
}

void TestStability::commonFailure_hasItsClass()
{
    checkFailure(*fake, *rig, request());
}

void TestStability::lostOrder_isAmbiguous()
{
    checkLostOrder(*fake, *rig, request());
}

void TestStability::strangeAnswer_isAmbiguous_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("nothing") << QByteArray("image/png") << QByteArray() << QByteArray("SUCCESS");
    QTest::newRow("html as a picture") << QByteArray("image/png") << QByteArray("<html></html>") << QByteArray("SUCCESS");
    QTest::newRow("half a picture") << QByteArray("image/png") << testPicture({512, 512}, Qt::red).left(300) << QByteArray("SUCCESS");
    QTest::newRow("another reason") << QByteArray("image/png") << testPicture({8, 8}, Qt::red) << QByteArray("ERROR");
    QTest::newRow("json without a picture") << QByteArray("application/json") << QByteArray(R"({"finish_reason":"SUCCESS"})") << QByteArray();
    QTest::newRow("json with a number") << QByteArray("application/json") << QByteArray(R"({"image":5})") << QByteArray();
    QTest::newRow("broken base64") << QByteArray("application/json") << QByteArray(R"({"image":"%%%%"})") << QByteArray();
    QTest::newRow("broken json") << QByteArray("application/json") << QByteArray("{") << QByteArray();
}

void TestStability::strangeAnswer_isAmbiguous()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, reason);
    checkStrangeAnswer(*fake, *rig, request(), {200, body, {{"finish-reason", reason}}, type});
}

void TestStability::wrongOption_isNotSent()
{
    const auto outcome = rig->render(request({{"api", "sd9"}}));
    QVERIFY(!outcome);
    QCOMPARE(errorCodeName(outcome.error().code), QStringLiteral("invalid_input"));
    QCOMPARE(server->connections(), 0);
}

void TestStability::cancel_closesTheSocket()
{
    checkCancel(*server, *fake, *rig, request(), FakeHold::Order);
}

void TestStability::cancelBeforeTheStart_sendsNothing()
{
    checkNotSent(*server, *rig, request());
}

void TestStability::lookUp_isNotOffered()
{
    const auto outcome = RemoteRig::wait(rig->engine.lookUp(request(), QStringLiteral("x"), {}, {}));
    QVERIFY(!outcome);
    QCOMPARE(errorCodeName(outcome.error().code), QStringLiteral("unsupported"));
    QCOMPARE(server->connections(), 0);
}

void TestStability::connection_isTestedWithTheBalance()
{
    const auto good = RemoteRig::wait(rig->engine.testConnection({}));
    QVERIFY2(good, qPrintable(good ? QString() : good.error().message));
    QCOMPARE(*good, QStringLiteral("The service answers and takes the key; 123.4 credits are left."));

    RemoteRig other(hostedBackend(QStringLiteral("stability"), *server), "wrong-key");
    const auto bad = RemoteRig::wait(other.engine.testConnection({}));
    QVERIFY(!bad);
    QCOMPARE(bad.error().httpStatus, 401);
    QCOMPARE(fake->orders(), 0);
}

QTEST_GUILESS_MAIN(TestStability)

#include "tst_stability.moc"
