#include "core/engines/remote/ideogram/ideogramcall.h"
#include "tests/support/fakeideogram.h"
#include "tests/support/hostedcases.h"

using namespace Galley;

class TestIdeogram : public HostedTest<FakeIdeogram>
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(QStringLiteral("ideogram")); }
    void cleanup() { tearDown(); }

    void jsonRequest_isExact_data();
    void jsonRequest_isExact();
    void form_isExact_data();
    void form_isExact();
    void everyEndpoint_bringsPictures_data();
    void everyEndpoint_bringsPictures();
    void job_isReportedAndAskedFor();
    void job_thatIsKnown_isOnlyLookedUp();
    void job_ofTheFirstApi_isLookedUpThere();
    void job_thatIsForgotten_isAmbiguous();
    void job_thatFails_isNotBilled_data();
    void job_thatFails_isNotBilled();
    void job_thatNeverEnds_isGivenUp();
    void poll_thatFails_isRepeated();
    void unsafePicture_isRefusedAndBilled();
    void unsafePictures_areSaid();
    void everyPicture_hasItsSeed();
    void whatIsOutOfDate_isSaid();
    void changedPrompt_isSaid();
    void wishesThatCannotBeSent_areSaid();
    void runOutLink_isAmbiguous_data();
    void runOutLink_isAmbiguous();
    void failure_hasItsClass_data();
    void failure_hasItsClass();
    void commonFailure_hasItsClass_data();
    void commonFailure_hasItsClass();
    void lostOrder_isAmbiguous();
    void lostReading_isRepeated_data();
    void lostReading_isRepeated();
    void strangeAnswer_isAmbiguous_data();
    void strangeAnswer_isAmbiguous();
    void wrongOption_isNotSent();
    void cancel_closesTheSocket_data();
    void cancel_closesTheSocket();
    void cancelBetweenPolls_endsThem();
    void cancelBeforeTheStart_sendsNothing();
    void connection_isTestedForFree();

private:
    EngineRequest request(const Json &options = Json::object()) const
    {
        EngineRequest made = hostedRequest(QStringLiteral("ideogram"), QStringLiteral("ideogram-2a"));
        made.options = options;
        return made;
    }
};

void TestIdeogram::jsonRequest_isExact_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("body");

    const auto row = [](const char *name, const Change &change, const QByteArray &path, const char *body) {
        QTest::newRow(name) << change << path << QString::fromUtf8(body);
    };
    row("v2, turbo", [](EngineRequest &r) { r.options = {{"api", "v2"}, {"rendering_speed", "turbo"}}; }, "/v2/image/generate/ideogram-2a",
        R"({"prompt":"sign that says “OPEN”","aspect_ratio":"16x9","num_images":1,"seed":7,"rendering_speed":"turbo","magic_prompt":"off","async":true})");
    row("v2 without saying so, at once", [](EngineRequest &r) { r.options = {{"async", false}}; r.seedWanted = false; }, "/v2/image/generate/ideogram-2a",
        R"({"prompt":"sign that says “OPEN”","aspect_ratio":"16x9","num_images":1,"magic_prompt":"off"})");
    row("v2, a size becomes the nearest ratio", [](EngineRequest &r) { r.ratio.clear(); r.size = {800, 1010}; }, "/v2/image/generate/ideogram-2a",
        R"({"prompt":"sign that says “OPEN”","aspect_ratio":"4x5","num_images":1,"seed":7,"magic_prompt":"off","async":true})");
    row("v2, 2a has no negative prompt", [](EngineRequest &r) { r.negativePrompt = QStringLiteral("blur"); }, "/v2/image/generate/ideogram-2a",
        R"({"prompt":"sign that says “OPEN”","aspect_ratio":"16x9","num_images":1,"seed":7,"magic_prompt":"off","async":true})");
    row("v2, 2 has one", [](EngineRequest &r) { r.upstream = QStringLiteral("ideogram-2"); r.negativePrompt = QStringLiteral("blur"); r.count = 3; },
        "/v2/image/generate/ideogram-2",
        R"({"prompt":"sign that says “OPEN”","aspect_ratio":"16x9","negative_prompt":"blur","num_images":3,"seed":7,"magic_prompt":"off","async":true})");
    row("v2, 3 takes sizes and colours",
        [](EngineRequest &r) { r.upstream = QStringLiteral("ideogram-3"); r.ratio.clear(); r.size = {1312, 736}; r.palette = {QColor(255, 0, 0)}; },
        "/v2/image/generate/ideogram-3",
        R"({"prompt":"sign that says “OPEN”","resolution":"1312x736","color_palette":{"members":[{"color_hex":"#FF0000"}]},"num_images":1,"seed":7,"magic_prompt":"off","async":true})");
    row("v2, 4 takes sizes only", [](EngineRequest &r) { r.upstream = QStringLiteral("ideogram-4"); r.ratio = QStringLiteral("4x5"); },
        "/v2/image/generate/ideogram-4",
        R"({"prompt":"sign that says “OPEN”","resolution":"1792x2240","num_images":1,"seed":7,"magic_prompt":"off","async":true})");
    row("v2, magic where a model turns it on", [](EngineRequest &r) { r.options = {{"magic_prompt", "auto"}}; }, "/v2/image/generate/ideogram-2a",
        R"({"prompt":"sign that says “OPEN”","aspect_ratio":"16x9","num_images":1,"seed":7,"magic_prompt":"auto","async":true})");
    row("legacy, ratio", [](EngineRequest &r) { r.options = {{"api", "legacy"}, {"style_type", "DESIGN"}}; r.upstream = QStringLiteral("V_2A_TURBO"); },
        "/generate",
        R"({"image_request":{"prompt":"sign that says “OPEN”","model":"V_2A_TURBO","aspect_ratio":"ASPECT_16_9","num_images":1,"seed":7,"style_type":"DESIGN","magic_prompt_option":"OFF"}})");
    row("legacy, resolution of V_2",
        [](EngineRequest &r) {
            r.options = {{"api", "legacy"}};
            r.upstream = QStringLiteral("V_2_TURBO");
            r.ratio.clear();
            r.size = {1312, 736};
            r.negativePrompt = QStringLiteral("blur");
            r.seed = 0;
        },
        "/generate",
        R"({"image_request":{"prompt":"sign that says “OPEN”","model":"V_2_TURBO","resolution":"RESOLUTION_1312_736","negative_prompt":"blur","num_images":1,"seed":0,"magic_prompt_option":"OFF"}})");
    row("legacy, V_2A has neither resolution nor negative prompt",
        [](EngineRequest &r) {
            r.options = {{"api", "legacy"}};
            r.upstream = QStringLiteral("V_2A_TURBO");
            r.ratio.clear();
            r.size = {1312, 736};
            r.negativePrompt = QStringLiteral("blur");
        },
        "/generate",
        R"({"image_request":{"prompt":"sign that says “OPEN”","model":"V_2A_TURBO","aspect_ratio":"ASPECT_16_9","num_images":1,"seed":7,"magic_prompt_option":"OFF"}})");
    row("legacy, a ratio that it does not have", [](EngineRequest &r) { r.options = {{"api", "legacy"}}; r.upstream = QStringLiteral("V_2"); r.ratio = QStringLiteral("4x5"); },
        "/generate",
        R"({"image_request":{"prompt":"sign that says “OPEN”","model":"V_2","aspect_ratio":"ASPECT_3_4","num_images":1,"seed":7,"magic_prompt_option":"OFF"}})");
}

void TestIdeogram::jsonRequest_isExact()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, path);
    QFETCH(QString, body);
    EngineRequest asked = request();
    change(asked);

    const auto outcome = rig->render(asked);

    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    const ReceivedRequest sent = server->requests().first();
    QCOMPARE(sent.method, "POST");
    QCOMPARE(sent.target, path);
    QCOMPARE(sent.header("Api-Key"), FakeHosted::rightKey);
    QCOMPARE(sent.header("Content-Type"), "application/json");
    QCOMPARE(QString::fromUtf8(sent.body), body);
    QCOMPARE(outcome->requestsSent, 1);
    QCOMPARE(fake->orders(), 1);
}

void TestIdeogram::form_isExact_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QStringList>("parts");

    const auto row = [](const char *name, const Change &change, const QByteArray &path, const QStringList &parts) {
        QTest::newRow(name) << change << path << parts;
    };
    const QString prompt = QStringLiteral("sign that says “OPEN”");
    row("v3", [](EngineRequest &r) { r.options = {{"api", "v3"}, {"rendering_speed", "TURBO"}, {"style_codes", {"AABBCCDD", "00112233"}}}; r.count = 2; },
        "/v1/ideogram-v3/generate",
        {QStringLiteral("prompt=") + prompt, QStringLiteral("seed=7"), QStringLiteral("aspect_ratio=16x9"), QStringLiteral("num_images=2"),
         QStringLiteral("rendering_speed=TURBO"), QStringLiteral("style_codes=AABBCCDD"), QStringLiteral("style_codes=00112233"),
         QStringLiteral("magic_prompt=OFF")});
    row("v3 with everything",
        [](EngineRequest &r) {
            r.options = {{"api", "v3"}};
            r.ratio.clear();
            r.size = {1024, 1024};
            r.negativePrompt = QStringLiteral("blur");
            r.palette = {QColor(1, 2, 255)};
        },
        "/v1/ideogram-v3/generate",
        {QStringLiteral("prompt=") + prompt, QStringLiteral("seed=7"), QStringLiteral("resolution=1024x1024"), QStringLiteral("negative_prompt=blur"),
         QStringLiteral("color_palette=<application/json> {\"members\":[{\"color_hex\":\"#0102FF\"}]}"), QStringLiteral("num_images=1"),
         QStringLiteral("magic_prompt=OFF")});
    const QString structured = QStringLiteral(R"({"high_level_description":"a sign, “OPEN”","compositional_deconstruction":{"background":"b","elements":[]}})");
    row("v4, structured", [structured](EngineRequest &r) {
            r.options = {{"api", "v4"}, {"rendering_speed", "DEFAULT"}};
            r.dialect = Dialect::IdeogramJson;
            r.prompt = structured;
        },
        "/v1/ideogram-v4/async/generate",
        {QStringLiteral("json_prompt=<application/json> ") + structured, QStringLiteral("resolution=2560x1440"), QStringLiteral("rendering_speed=DEFAULT")});
    row("v4, prose, at once", [](EngineRequest &r) { r.options = {{"api", "v4"}, {"async", false}}; r.ratio.clear(); r.size = {2048, 2048}; },
        "/v1/ideogram-v4/generate", {QStringLiteral("text_prompt=") + prompt, QStringLiteral("resolution=2048x2048")});
    row("v45", [](EngineRequest &r) { r.options = {{"api", "v45"}, {"quality", "low"}, {"enable_copyright_detection", true}}; r.ratio = QStringLiteral("1x1"); },
        "/v1/ideogram-v45/async/generate",
        {QStringLiteral("text_prompt=") + prompt, QStringLiteral("resolution=2048x2048"), QStringLiteral("quality=low"),
         QStringLiteral("enable_copyright_detection=true")});
}

void TestIdeogram::form_isExact()
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
    QCOMPARE(sent.header("Api-Key"), FakeHosted::rightKey);
    QVERIFY(sent.header("Content-Type").startsWith("multipart/form-data; boundary="));
    QCOMPARE(partWords(sent), parts);
    QCOMPARE(fake->orders(), 1);
}

void TestIdeogram::everyEndpoint_bringsPictures_data()
{
    QTest::addColumn<QString>("api");
    QTest::addColumn<QString>("upstream");
    QTest::addColumn<bool>("async");
    QTest::addColumn<bool>("seedKnown");
    QTest::newRow("legacy") << QStringLiteral("legacy") << QStringLiteral("V_2_TURBO") << false << true;
    QTest::newRow("v2 job") << QStringLiteral("v2") << QStringLiteral("ideogram-2a") << true << true;
    QTest::newRow("v2 at once") << QStringLiteral("v2") << QStringLiteral("ideogram-2") << false << true;
    QTest::newRow("v3") << QStringLiteral("v3") << QString() << false << true;
    QTest::newRow("v4 job") << QStringLiteral("v4") << QStringLiteral("ideogram-4") << true << true;
    QTest::newRow("v45 job") << QStringLiteral("v45") << QStringLiteral("ideogram-4.5") << true << true;
    QTest::newRow("v45 at once") << QStringLiteral("v45") << QStringLiteral("ideogram-4.5") << false << true;
}

void TestIdeogram::everyEndpoint_bringsPictures()
{
    QFETCH(QString, api);
    QFETCH(QString, upstream);
    QFETCH(bool, async);
    QFETCH(bool, seedKnown);
    EngineRequest asked = request({{"api", api.toStdString()}, {"async", async}});
    asked.upstream = upstream;
    asked.ratio = QStringLiteral("1x1");

    const auto outcome = rig->render(asked);

    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    const bool takesSeed = !api.startsWith(QLatin1String("v4"));
    QCOMPARE(outcome->pictures.size(), 1);
    QCOMPARE(outcome->pictures.first().mediaType, "image/png");
    QCOMPARE(outcome->seedKnown, seedKnown);
    QCOMPARE(outcome->seed, takesSeed ? 7 : 4711);
    QCOMPARE(outcome->image.pixelColor(3, 3).rgb(), colorOfSeed(outcome->seed).rgb());
    QCOMPARE(outcome->backend, QStringLiteral("ideogram"));
    QVERIFY(outcome->model.isEmpty());  // it does not say
    QCOMPARE(outcome->requestsSent, 1);
    QCOMPARE(outcome->costUsd.has_value(), async);
    QVERIFY(!dumpJson(outcome->answer).contains("sig="));
    QCOMPARE(rig->accepted.size(), async ? 1 : 0);
    QCOMPARE(fake->orders(), 1);
    QCOMPARE(fake->pictures(), 1);
    QCOMPARE(fake->polls(), async ? 3 : 0);
}

void TestIdeogram::job_isReportedAndAskedFor()
{
    fake->pendFor(4);
    const auto outcome = rig->render(request());
    QVERIFY(outcome);
    QCOMPARE(rig->accepted, QStringList{QStringLiteral("gen_1")});
    QCOMPARE(outcome->remoteId, QStringLiteral("gen_1"));
    QCOMPARE(rig->states, QStringList(5, QStringLiteral("pending")));
    QCOMPARE(outcome->costUsd, std::optional(0.025));
    QCOMPARE(server->count("GET", "/v2/generations/gen_1"), 5);
    const auto requests = server->requests();
    QCOMPARE(requests.at(1).header("Api-Key"), FakeHosted::rightKey);
    QVERIFY(requests.last().path().startsWith("/api/images/"));
    QCOMPARE(requests.last().header("Api-Key"), QByteArray());
}

void TestIdeogram::job_thatIsKnown_isOnlyLookedUp()
{
    fake->addJob("gen_9", {1344, 768}, 2);
    const auto outcome = RemoteRig::wait(rig->engine.lookUp(request(), QStringLiteral("gen_9"), {}, {}));

    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    QCOMPARE(outcome->pictures.size(), 2);
    QCOMPARE(outcome->remoteId, QStringLiteral("gen_9"));
    QCOMPARE(outcome->requestsSent, 0);
    QCOMPARE(fake->orders(), 0);
}

void TestIdeogram::job_ofTheFirstApi_isLookedUpThere()
{
    const EngineRequest asked = request({{"api", "v4"}});
    const auto ordered = rig->render(asked);
    QVERIFY2(ordered, qPrintable(ordered ? QString() : ordered.error().message));

    const auto outcome = RemoteRig::wait(rig->engine.lookUp(asked, ordered->remoteId, {}, {}));

    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    QCOMPARE(outcome->pictures.first().bytes, ordered->pictures.first().bytes);
    QVERIFY(server->count("GET", "/v1/generations/gen_1") > 1);
    QCOMPARE(server->count("GET", "/v2/"), 0);
    QCOMPARE(fake->orders(), 1);
}

void TestIdeogram::job_thatIsForgotten_isAmbiguous()
{
    const auto outcome = RemoteRig::wait(rig->engine.lookUp(request(), QStringLiteral("gen_x"), {}, {}));
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QVERIFY2(outcome.error().message.contains(QLatin1String("gen_x")), qPrintable(outcome.error().message));
    QCOMPARE(fake->orders(), 0);
}

void TestIdeogram::job_thatFails_isNotBilled_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("failure");
    QTest::newRow("safety") << QStringLiteral("Prompt failed safety check") << QStringLiteral("refused");
    QTest::newRow("copyright") << QStringLiteral("copyright_detected") << QStringLiteral("refused");
    QTest::newRow("worker") << QStringLiteral("internal_error") << QStringLiteral("rejected");
}

void TestIdeogram::job_thatFails_isNotBilled()
{
    QFETCH(QString, reason);
    QFETCH(QString, failure);
    fake->failJobs(reason);
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), failure);
    QVERIFY2(outcome.error().message.contains(reason), qPrintable(outcome.error().message));
    QVERIFY(!outcome.error().billed);
    QCOMPARE(fake->orders(), 1);
    QCOMPARE(fake->pictures(), 0);
}

void TestIdeogram::job_thatNeverEnds_isGivenUp()
{
    fake->pendFor(1'000'000);
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QVERIFY2(outcome.error().message.contains(QLatin1String("gen_1")), qPrintable(outcome.error().message));
    QCOMPARE(fake->orders(), 1);
    QVERIFY(fake->polls() > 100 && fake->polls() < 200);
}

void TestIdeogram::poll_thatFails_isRepeated()
{
    fake->answerPoll({429, R"({"error":"slow down"})", {{"Retry-After", "0"}}});
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QVERIFY2(outcome.error().message.contains(QLatin1String("had accepted the request")), qPrintable(outcome.error().message));
    QCOMPARE(fake->polls(), 5);
    QCOMPARE(fake->orders(), 1);
}

void TestIdeogram::unsafePicture_isRefusedAndBilled()
{
    fake->withhold({0});
    for (const bool async : {true, false}) {
        const auto outcome = rig->render(request({{"async", async}}));
        QVERIFY(!outcome);
        QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("refused"));
        QCOMPARE(errorCodeName(outcome.error().code), QStringLiteral("refused"));
        QVERIFY(outcome.error().billed);
    }
    QCOMPARE(fake->orders(), 2);
    QCOMPARE(fake->pictures(), 0);
}

void TestIdeogram::unsafePictures_areSaid()
{
    fake->withhold({0, 2});
    EngineRequest asked = request();
    asked.count = 3;
    const auto outcome = rig->render(asked);
    QVERIFY(outcome);
    QCOMPARE(outcome->pictures.size(), 1);
    QCOMPARE(outcome->pictures.first().seed, std::optional<qint64>(8));
    QVERIFY(outcome->notes.join(u' ').contains(QLatin1String("withheld 2 of 3")));
}

void TestIdeogram::everyPicture_hasItsSeed()
{
    EngineRequest asked = request();
    asked.count = 4;
    const auto outcome = rig->render(asked);
    QVERIFY(outcome);
    QCOMPARE(outcome->pictures.size(), 4);
    for (int i = 0; i < 4; ++i) {
        QCOMPARE(outcome->pictures[i].seed, std::optional<qint64>(7 + i));
        QCOMPARE(outcome->pictures[i].image.pixelColor(9, 9).rgb(), colorOfSeed(7 + i).rgb());
    }
}

void TestIdeogram::whatIsOutOfDate_isSaid()
{
    fake->deprecate();
    EngineRequest asked = request({{"api", "legacy"}});
    asked.upstream = QStringLiteral("V_2");
    const auto outcome = rig->render(asked);
    QVERIFY(outcome);
    const QString notes = outcome->notes.join(u' ');
    QVERIFY2(notes.contains(QLatin1String("2026-04-29")), qPrintable(notes));
    QVERIFY(notes.contains(QLatin1String("https://api.ideogram.ai/v2/image/generate/ideogram-2")));
    QVERIFY(notes.contains(QLatin1String("Please move to v2.")));
    QCOMPARE(outcome->requestId, QStringLiteral("req_1"));
}

void TestIdeogram::changedPrompt_isSaid()
{
    fake->changePrompts(QStringLiteral("a majestic sign"));
    const auto outcome = rig->render(request());
    QVERIFY(outcome);
    QVERIFY(outcome->notes.join(u' ').contains(QLatin1String("a majestic sign")));
}

void TestIdeogram::wishesThatCannotBeSent_areSaid()
{
    EngineRequest asked = request({{"api", "v4"}});
    asked.negativePrompt = QStringLiteral("blur");
    asked.references = {hostedStart()};
    asked.count = 2;
    const auto outcome = rig->render(asked);
    QVERIFY(outcome);
    const QString notes = outcome->notes.join(u' ');
    for (const char *words : {"no seed", "no negative prompt", "no start picture", "one picture at a time"})
        QVERIFY2(notes.contains(QLatin1String(words)), qPrintable(notes));
}

void TestIdeogram::runOutLink_isAmbiguous_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("forbidden") << 403;
    QTest::newRow("not found") << 404;
    QTest::newRow("gone") << 410;
}

void TestIdeogram::runOutLink_isAmbiguous()
{
    QFETCH(int, status);
    fake->answerPicture({status, "<Error><Code>AccessDenied</Code></Error>", {}, "application/xml"});
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QVERIFY2(outcome.error().message.contains(QLatin1String("link")) && outcome.error().message.contains(QLatin1String("run out")),
             qPrintable(outcome.error().message));
    QCOMPARE(fake->orders(), 1);
    QCOMPARE(fake->pictures(), 1);
}

void TestIdeogram::failure_hasItsClass_data()
{
    addFailureColumns();
    addFailure("bad input", 400, R"({"error":"seed must be an integer"})", "rejected", "seed must be an integer");
    addFailure("key", 401, R"({"error":"Invalid API key"})", "rejected", "key");
    addFailure("no funds", 402, R"({"error":"x","reject_reason":"insufficient_funds"})", "rejected", "enough credit");
    addFailure("no subscription", 402, R"({"error":"x","reject_reason":"subscription_required"})", "rejected", "subscription");
    addFailure("daily limit", 402, R"({"error":"x","reject_reason":"daily_limit"})", "rejected", "day's limit");
    addFailure("priority", 402, R"({"error":"x","reject_reason":"priority_credit_required"})", "rejected", "priority credits");
    addFailure("feature", 402, R"({"error":"x","reject_reason":"feature_limit"})", "rejected", "feature");
    addFailure("402 of another shape", 402, R"(["x"])", "rejected", "enough credit");
    addFailure("forbidden", 403, R"({"error":"Forbidden"})", "rejected", "Forbidden");
    addFailure("model is gone", 404, R"({"error":"Not Found"})", "retired", "ideogram-2a");
    addFailure("safety", 422, R"({"error":"Prompt provided failed safety check due to the inclusion of prohibited content."})", "refused", "safety");
    addFailure("in flight", 429, R"({"error":"x","reject_reason":"inflight_limit","max_inflight_requests":10,"task_completion_speed":"fast"})", "busy",
               "10 pictures");
    addFailure("in flight, with a wait", 429, R"({"error":"x","reject_reason":"inflight_limit"})", "busy", "at the same time", 3000, "Retry-After: 3");
    addFailure("too many", 429, R"({"error":"Too many requests"})", "busy", "Too many requests", 1500, "Retry-After: 1.5");
}

void TestIdeogram::failure_hasItsClass()
{
    checkFailure(*fake, *rig, request());
}

void TestIdeogram::commonFailure_hasItsClass_data()
{
    addCommonFailures();
}

void TestIdeogram::commonFailure_hasItsClass()
{
    checkFailure(*fake, *rig, request());
}

void TestIdeogram::lostOrder_isAmbiguous()
{
    checkLostOrder(*fake, *rig, request());
}

void TestIdeogram::lostReading_isRepeated_data()
{
    QTest::addColumn<FakeHold>("where");
    QTest::newRow("poll") << FakeHold::Poll;
    QTest::newRow("picture") << FakeHold::Picture;
}

void TestIdeogram::lostReading_isRepeated()
{
    QFETCH(FakeHold, where);
    checkLostReading(*fake, *rig, request(), where);
}

void TestIdeogram::strangeAnswer_isAmbiguous_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("html") << QByteArray("<html>hello</html>");
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("list") << QByteArray("[1]");
    QTest::newRow("no pictures") << QByteArray(R"({"data":[]})");
    QTest::newRow("pictures that are numbers") << QByteArray(R"({"data":[1,2]})");
    QTest::newRow("no link") << QByteArray(R"({"data":[{"is_image_safe":true,"url":null}]})");
    QTest::newRow("link that is none") << QByteArray(R"({"data":[{"is_image_safe":true,"url":"::"}]})");
    QTest::newRow("link into this machine's files") << QByteArray(R"({"data":[{"is_image_safe":true,"url":"file:///etc/passwd"}]})");
    QTest::newRow("id that is a number") << QByteArray(R"({"generation_id":5})");
    QTest::newRow("endless id") << QByteArray("{\"generation_id\":\"") + QByteArray(5000, 'x') + "\"}";
    QTest::newRow("deep") << QByteArray(10'000, '[');
}

void TestIdeogram::strangeAnswer_isAmbiguous()
{
    QFETCH(QByteArray, body);
    checkStrangeAnswer(*fake, *rig, request(), {200, body});
    QCOMPARE(fake->polls(), 0);
}

void TestIdeogram::wrongOption_isNotSent()
{
    for (const Json &options : {Json{{"api", "v9"}}, Json{{"api", 2}}}) {
        const auto outcome = rig->render(request(options));
        QVERIFY(!outcome);
        QCOMPARE(errorCodeName(outcome.error().code), QStringLiteral("invalid_input"));
        QVERIFY(outcome.error().message.contains(QLatin1String("the-model")));
    }
    EngineRequest asked = request({{"api", "v4"}});
    asked.dialect = Dialect::IdeogramJson;
    QVERIFY(!rig->render(asked));
    QCOMPARE(server->connections(), 0);
}

void TestIdeogram::cancel_closesTheSocket_data()
{
    QTest::addColumn<FakeHold>("hold");
    QTest::newRow("while it is ordered") << FakeHold::Order;
    QTest::newRow("while it is asked for") << FakeHold::Poll;
    QTest::newRow("while it comes") << FakeHold::Picture;
}

void TestIdeogram::cancel_closesTheSocket()
{
    QFETCH(FakeHold, hold);
    checkCancel(*server, *fake, *rig, request(), hold);
}

void TestIdeogram::cancelBetweenPolls_endsThem()
{
    fake->pendFor(1'000'000);
    std::stop_source stop;
    RenderObserver observer;
    observer.accepted = [&stop](const QString &) { stop.request_stop(); };
    const auto outcome = RemoteRig::wait(rig->engine.render(request(), observer, stop.get_token()));
    QVERIFY(!outcome);
    QCOMPARE(errorCodeName(outcome.error().code), QStringLiteral("cancelled"));
    const int polls = fake->polls();
    QTest::qWait(60);
    QCOMPARE(fake->polls(), polls);
    QCOMPARE(fake->orders(), 1);
}

void TestIdeogram::cancelBeforeTheStart_sendsNothing()
{
    checkNotSent(*server, *rig, request());
}

void TestIdeogram::connection_isTestedForFree()
{
    const auto good = RemoteRig::wait(rig->engine.testConnection({}));
    QVERIFY2(good, qPrintable(good ? QString() : good.error().message));
    QCOMPARE(*good, QStringLiteral("The service answers and takes the key."));

    RemoteRig other(hostedBackend(QStringLiteral("ideogram"), *server), "wrong-key");
    const auto bad = RemoteRig::wait(other.engine.testConnection({}));
    QVERIFY(!bad);
    QCOMPARE(bad.error().httpStatus, 401);
    QVERIFY(bad.error().message.contains(QLatin1String("key")));
    QCOMPARE(fake->orders(), 0);
}

QTEST_GUILESS_MAIN(TestIdeogram)

#include "tst_ideogram.moc"
