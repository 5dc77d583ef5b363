#include "core/engines/remote/a1111/a1111body.h"
#include "core/base/json.h"
#include "core/imaging/imagefile.h"
#include "tests/support/fakea1111.h"
#include "tests/support/remoterig.h"
#include "tests/support/testpicture.h"

#include <QBuffer>
#include <QTest>

using namespace Galley;

namespace {

using Behaviour = FakeA1111::Behaviour;
using Info = FakeA1111::Info;

constexpr int longMs = 20'000;

BackendEntry backendAt(const ScriptedServer &server)
{
    return ownBackend(QStringLiteral("a1111"), server, 10);
}

EngineRequest makeRequest()
{
    return ownRequest(QStringLiteral("sd35"), 20);
}

/// Left half transparent: that is to be drawn anew.
ReferencePicture halfMask()
{
    QImage image(16, 16, QImage::Format_ARGB32);
    image.fill(Qt::black);
    for (int y = 0; y < 16; ++y) {
        for (int x = 0; x < 8; ++x)
            image.setPixelColor(x, y, Qt::transparent);
    }
    ReferencePicture mask;
    mask.use = ReferencePicture::Use::Mask;
    QBuffer buffer(&mask.png);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    mask.size = image.size();
    return mask;
}

ReferencePicture startPicture()
{
    ReferencePicture start;
    start.png = testPicture({16, 16}, Qt::green);
    start.size = {16, 16};
    return start;
}

} // namespace

/// The Stable Diffusion web UI's calls against a scripted server.
class TestA1111 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void render_sendsTheRequestAndReportsEverything();
    void behaviour_endsAsItShould_data();
    void behaviour_endsAsItShould();
    void failure_isClassified_data();
    void failure_isClassified();
    void progress_isAskedWhilePostHangs_data();
    void progress_isAskedWhilePostHangs();
    void startPictureAndMask_areSentAsTheServerWants();
    void maskAlone_isRejectedBeforeSending();
    void options_goAlongButDoNotReplaceTheRequest();
    void waitingBehindSomebody_showsNothingOfTheirs();
    void cancel_interruptsOnlyOurs_data();
    void cancel_interruptsOnlyOurs();
    void basicAuthentication_data();
    void basicAuthentication();
    void testConnection_countsCheckpoints();
};

void TestA1111::render_sendsTheRequestAndReportsEverything()
{
    ScriptedServer server;
    FakeA1111 webUi(server);
    Behaviour behaviour;
    behaviour.stepMs = 150;
    webUi.setBehaviour(behaviour);
    RemoteRig rig(backendAt(server));
    EngineRequest request = makeRequest();
    request.negativePrompt = QStringLiteral("blurry");
    request.guidance = 3.5;
    request.count = 2;
    const auto result = rig.render(request);
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    QCOMPARE(result->pictures.size(), 2);
    QCOMPARE(result->image.size(), QSize(96, 64));
    QCOMPARE(result->image.pixelColor(5, 5).rgb(), colorOfSeed(7).rgb());
    QCOMPARE(result->pictures.at(1).seed, std::optional<qint64>(8));
    QCOMPARE(result->model, QStringLiteral("sd35"));
    QCOMPARE(result->revision, QStringLiteral("6ce0161689"));
    QCOMPARE(result->seed, 7);
    QVERIFY(result->seedKnown);
    QCOMPARE(result->requestsSent, 1);
    QVERIFY2(result->notes.isEmpty(), qPrintable(result->notes.join(u' ')));
    QVERIFY(result->answer.contains("info"));
    QVERIFY(rig.states.contains(QStringLiteral("processing")));
    QVERIFY(!rig.progress.isEmpty());
    QCOMPARE(rig.progress.first().second, 20);
    QVERIFY(!rig.previews.isEmpty());
    const Json body = Json::parse(webUi.lastBody().toStdString());
    QCOMPARE(dumpJson(body["prompt"]), dumpJson(Json("a basket of apples")));
    QCOMPARE(dumpJson(body["negative_prompt"]), dumpJson(Json("blurry")));
    QCOMPARE(dumpJson(body["cfg_scale"]), dumpJson(Json(3.5)));
    QCOMPARE(dumpJson(body["steps"]), dumpJson(Json(20)));
    QCOMPARE(dumpJson(body["batch_size"]), dumpJson(Json(2)));
    QCOMPARE(dumpJson(body["override_settings"]["sd_model_checkpoint"]), dumpJson(Json("sd35")));
    QVERIFY(QString::fromStdString(body["force_task_id"].get<std::string>()).startsWith(QLatin1String("task(galley-")));
    QVERIFY(!body.contains("init_images"));
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
    QCOMPARE(webUi.interrupts() + webUi.uselessInterrupts(), 0);
}

void TestA1111::behaviour_endsAsItShould_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<FailureClass>("failure");
    QTest::addColumn<QString>("words");  // of the message, or of the notes when it succeeds
    QTest::addColumn<QString>("model");
    const auto row = [](const char *name, FailureClass failure, const char *words, const auto &change, const char *model = "sd35") {
        Behaviour behaviour;
        change(behaviour);
        QTest::newRow(name) << behaviour << failure << QString::fromUtf8(words) << QString::fromUtf8(model);
    };
    constexpr FailureClass fine = FailureClass::None;
    row("info as text", fine, "", [](Behaviour &) {});
    row("info as an object", fine, "", [](Behaviour &b) { b.info = Info::Object; });
    row("info empty, as sd-server", fine, "does not say which model", [](Behaviour &b) { b.info = Info::Empty; }, "");
    row("info broken", fine, "does not say which model", [](Behaviour &b) { b.info = Info::Broken; }, "");
    row("info absent", fine, "does not say which model", [](Behaviour &b) { b.info = Info::Absent; }, "");
    row("grid first", fine, "", [](Behaviour &b) { b.grid = true; });
    row("data URLs", fine, "", [](Behaviour &b) { b.dataUrls = true; });
    row("no task progress", fine, "", [](Behaviour &b) { b.hasTaskProgress = false; });
    row("no progress at all", fine, "", [](Behaviour &b) { b.hasTaskProgress = false; b.hasProgress = false; });
    row("progress hangs", fine, "", [](Behaviour &b) { b.answersProgress = false; });
    row("no picture", FailureClass::Ambiguous, "no picture", [](Behaviour &b) { b.fewer = 1; });
    row("no picture behind the grid", FailureClass::Ambiguous, "no picture", [](Behaviour &b) { b.fewer = 1; b.grid = true; });
    row("something else as picture", FailureClass::Ambiguous, "Studio", [](Behaviour &b) { b.picture = "<html>no picture</html>"; });
    row("cut picture", FailureClass::Ambiguous, "Studio", [](Behaviour &b) { b.picture = testPicture({96, 64}, Qt::red).left(60); });
    row("another size", fine, "48 × 32", [](Behaviour &b) { b.picture = testPicture({48, 32}, colorOfSeed(7)); });
    row("stopped by somebody", FailureClass::Rejected, "Somebody stopped", [](Behaviour &b) { b.somebodyStops = true; });
    row("stopped by somebody, server progress only", FailureClass::Rejected, "Somebody stopped", [](Behaviour &b) {
        b.somebodyStops = true; b.hasTaskProgress = false; });
}

void TestA1111::behaviour_endsAsItShould()
{
    QFETCH(const Behaviour, behaviour);
    QFETCH(const FailureClass, failure);
    QFETCH(const QString, words);
    QFETCH(const QString, model);
    ScriptedServer server;
    FakeA1111 webUi(server);
    webUi.setBehaviour(behaviour);
    RemoteRig rig(backendAt(server));
    const auto result = rig.render(makeRequest());
    if (failure == FailureClass::None) {
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message + result.error().detail));
        QCOMPARE(result->image.pixelColor(5, 5).rgb(), colorOfSeed(7).rgb());
        QCOMPARE(result->model, model);
        QCOMPARE(result->pictures.size(), 1);
        const QString notes = result->notes.join(u' ');
        QVERIFY2(words.isEmpty() ? notes.isEmpty() : notes.contains(words), qPrintable(notes));
    } else {
        QVERIFY(!result);
        QCOMPARE(failureClassName(result.error().failure), failureClassName(failure));
        QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
        QVERIFY2(result.error().message.contains(QStringLiteral("Studio")), qPrintable(result.error().message));
    }
    QCOMPARE(server.count("POST", "/sdapi/v1/txt2img"), 1);
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
}

void TestA1111::failure_isClassified_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<FailureClass>("failure");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, int status, const char *body, FailureClass failure, const char *words,
                        ErrorCode code = ErrorCode::ServiceFailed) {
        QTest::newRow(name) << status << QByteArray(body) << failure << code << QString::fromUtf8(words);
    };
    row("started without --api", 404, R"({"detail":"Not Found"})", FailureClass::Rejected, "--api");
    row("wrong password", 401, R"({"detail":"Incorrect username or password"})", FailureClass::Rejected, "user:password");
    row("unknown sampler", 404, R"({"error":"HTTPException","detail":"Sampler not found","body":"","errors":""})", FailureClass::Rejected,
        "Sampler not found");
    row("field of a wrong type", 422, R"({"detail":[{"loc":["body","steps"],"msg":"value is not a valid integer","type":"type_error.integer"}]})",
        FailureClass::Rejected, "value is not a valid integer");
    row("out of memory", 500, R"({"error":"OutOfMemoryError","detail":"","body":"","errors":"CUDA out of memory. Tried to allocate 2.00 GiB"})",
        FailureClass::Rejected, "too little GPU memory", ErrorCode::OutOfMemory);
    row("server fails", 500, R"({"error":"RuntimeError","detail":"","body":"","errors":"mat1 and mat2"})", FailureClass::Ambiguous, "status 500");
    row("Forge fails", 500, "Internal Server Error", FailureClass::Ambiguous, "Internal Server Error");
    row("sd-server fails", 500, R"({"error":"generate_image returned no results"})", FailureClass::Ambiguous, "no results");
    row("proxy gives up", 504, "<html><title>504 Gateway Time-out</title></html>", FailureClass::Ambiguous, "504");
}

void TestA1111::failure_isClassified()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    QFETCH(const FailureClass, failure);
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, words);
    ScriptedServer server;
    FakeA1111 webUi(server);
    Behaviour behaviour;
    behaviour.failStatus = status;
    behaviour.failBody = body;
    webUi.setBehaviour(behaviour);
    RemoteRig rig(backendAt(server));
    const auto result = rig.render(makeRequest());
    QVERIFY(!result);
    QCOMPARE(failureClassName(result.error().failure), failureClassName(failure));
    QCOMPARE(errorCodeName(result.error().code), errorCodeName(code));
    QCOMPARE(result.error().httpStatus, status);
    QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
    QCOMPARE(server.count("POST", "/sdapi/v1/txt2img"), 1);
}

void TestA1111::progress_isAskedWhilePostHangs_data()
{
    QTest::addColumn<bool>("hasTaskProgress");
    QTest::newRow("of the task") << true;
    QTest::newRow("of the server") << false;
}

void TestA1111::progress_isAskedWhilePostHangs()
{
    QFETCH(const bool, hasTaskProgress);
    ScriptedServer server;
    FakeA1111 webUi(server);
    Behaviour behaviour;
    behaviour.hasTaskProgress = hasTaskProgress;
    behaviour.holds = true;
    behaviour.stepMs = 20;
    webUi.setBehaviour(behaviour);
    RemoteRig rig(backendAt(server));
    std::stop_source stop;
    const auto future = rig.start(makeRequest(), stop.get_token());
    QTRY_VERIFY_WITH_TIMEOUT(rig.progress.size() >= 3 && !rig.previews.isEmpty(), longMs);
    QCOMPARE(rig.previews.first().size(), QSize(8, 8));
    const bool asksServer = server.count("GET", "/sdapi/v1/progress") > 0;
    QCOMPARE(asksServer, !hasTaskProgress);
    if (!hasTaskProgress)
        QCOMPARE(server.count("POST", "/internal/progress"), 1);
    stop.request_stop();
    QVERIFY(!RemoteRig::wait(future));
}

void TestA1111::startPictureAndMask_areSentAsTheServerWants()
{
    ScriptedServer server;
    FakeA1111 webUi(server);
    RemoteRig rig(backendAt(server));
    EngineRequest request = makeRequest();
    request.references = {startPicture(), halfMask()};
    request.strength = 0.4;
    const auto result = rig.render(request);
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    QCOMPARE(server.count("POST", "/sdapi/v1/img2img"), 1);
    const Json body = Json::parse(webUi.lastBody().toStdString());
    QCOMPARE(dumpJson(body["denoising_strength"]), dumpJson(Json(0.4)));
    QCOMPARE(QByteArray::fromBase64(QByteArray::fromStdString(body["init_images"][0].get<std::string>())), request.references.first().png);
    const auto mask = decodeImage(QByteArray::fromBase64(QByteArray::fromStdString(body["mask"].get<std::string>())), QStringLiteral("mask"));
    QVERIFY(mask);
    QCOMPARE(mask->pixelColor(2, 2), QColor(Qt::white));
    QCOMPARE(mask->pixelColor(12, 2), QColor(Qt::black));
    // Pictures that went along do not stay in what is kept.
    QVERIFY(!result->answer["parameters"].contains("init_images"));
    QVERIFY(!result->answer["parameters"].contains("mask"));
}

void TestA1111::maskAlone_isRejectedBeforeSending()
{
    ScriptedServer server;
    FakeA1111 webUi(server);
    RemoteRig rig(backendAt(server));
    EngineRequest request = makeRequest();
    request.references = {halfMask()};
    const auto result = rig.render(request);
    QVERIFY(!result);
    QCOMPARE(failureClassName(result.error().failure), QStringLiteral("rejected"));
    QCOMPARE(server.connections(), 0);
}

void TestA1111::options_goAlongButDoNotReplaceTheRequest()
{
    EngineRequest request = makeRequest();
    request.steps = 0;
    request.seedWanted = false;
    request.options = {{"sampler_name", "DPM++ 2M"}, {"steps", 30}, {"prompt", "other"}, {"send_images", false},
                       {"override_settings", {{"CLIP_stop_at_last_layers", 2}}}};
    const auto made = makeA1111Body(request, QStringLiteral("task(x)"));
    QVERIFY(made);
    const Json body = Json::parse(made->json.toStdString());
    QCOMPARE(dumpJson(body["sampler_name"]), dumpJson(Json("DPM++ 2M")));
    QCOMPARE(dumpJson(body["steps"]), dumpJson(Json(30)));
    QCOMPARE(dumpJson(body["seed"]), dumpJson(Json(-1)));
    QCOMPARE(dumpJson(body["prompt"]), dumpJson(Json("a basket of apples")));
    QCOMPARE(dumpJson(body["send_images"]), dumpJson(Json(true)));
    QCOMPARE(dumpJson(body["override_settings"]), dumpJson(Json({{"CLIP_stop_at_last_layers", 2}, {"sd_model_checkpoint", "sd35"}})));
    QVERIFY(!body.contains("cfg_scale"));
}

void TestA1111::waitingBehindSomebody_showsNothingOfTheirs()
{
    ScriptedServer server;
    FakeA1111 webUi(server);
    webUi.occupy(300);
    RemoteRig rig(backendAt(server));
    const auto result = rig.render(makeRequest());
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    QCOMPARE(rig.states.value(0), QStringLiteral("queued"));
    QCOMPARE(result->image.pixelColor(5, 5).rgb(), colorOfSeed(7).rgb());
}

void TestA1111::cancel_interruptsOnlyOurs_data()
{
    QTest::addColumn<bool>("somebodyRuns");
    QTest::addColumn<bool>("hasTaskProgress");
    QTest::addColumn<bool>("beforeSending");
    QTest::newRow("before anything") << false << true << true;
    QTest::newRow("ours runs") << false << true << false;
    QTest::newRow("ours runs, server progress only") << false << false << false;
    QTest::newRow("ours waits") << true << true << false;
    QTest::newRow("ours waits, server progress only") << true << false << false;
}

void TestA1111::cancel_interruptsOnlyOurs()
{
    QFETCH(const bool, somebodyRuns);
    QFETCH(const bool, hasTaskProgress);
    QFETCH(const bool, beforeSending);
    ScriptedServer server;
    FakeA1111 webUi(server);
    Behaviour behaviour;
    behaviour.holds = true;
    behaviour.hasTaskProgress = hasTaskProgress;
    webUi.setBehaviour(behaviour);
    if (somebodyRuns)
        webUi.occupy(60'000);
    RemoteRig rig(backendAt(server));
    std::stop_source stop;
    const auto future = rig.start(makeRequest(), stop.get_token());
    if (!beforeSending) {
        const char *progress = hasTaskProgress ? "/internal/progress" : "/sdapi/v1/progress";
        QTRY_VERIFY_WITH_TIMEOUT(server.count("POST", "/sdapi/v1/txt2img") == 1 && server.count("", progress) > 1, longMs);
        QTRY_COMPARE_WITH_TIMEOUT(webUi.isRunning(), !somebodyRuns, longMs);
    }
    stop.request_stop();
    const auto result = RemoteRig::wait(future);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
    const bool ours = !somebodyRuns && !beforeSending;
    QTRY_COMPARE_WITH_TIMEOUT(webUi.interrupts(), ours ? 1 : 0, longMs);
    QCOMPARE(webUi.uselessInterrupts(), 0);
    if (beforeSending)
        QCOMPARE(server.count("POST"), 0);
}

void TestA1111::basicAuthentication_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<bool>("works");
    QTest::newRow("right") << QByteArray("ann:p:ss\xc3\xbc") << true;
    QTest::newRow("wrong") << QByteArray("ann:other") << false;
}

void TestA1111::basicAuthentication()
{
    QFETCH(const QByteArray, key);
    QFETCH(const bool, works);
    ScriptedServer server;
    FakeA1111 webUi(server);
    Behaviour behaviour;
    behaviour.user = "ann:p:ss\xc3\xbc";
    webUi.setBehaviour(behaviour);
    BackendEntry backend = backendAt(server);
    backend.key = QStringLiteral("studio");
    RemoteRig rig(backend, key);
    const auto sentence = RemoteRig::wait(rig.engine.testConnection({}));
    QCOMPARE(bool(sentence), works);
    const auto result = rig.render(makeRequest());
    QCOMPARE(bool(result), works);
    if (!works) {
        QCOMPARE(failureClassName(result.error().failure), QStringLiteral("rejected"));
        QVERIFY(result.error().message.contains(QLatin1String("user:password")));
        QVERIFY(sentence.error().message.contains(QLatin1String("user:password")));
        QVERIFY(!result.error().detail.contains(QLatin1String("other")));
    }
}

void TestA1111::testConnection_countsCheckpoints()
{
    ScriptedServer server;
    FakeA1111 webUi(server);
    RemoteRig rig(backendAt(server));
    const auto sentence = RemoteRig::wait(rig.engine.testConnection({}));
    QVERIFY2(sentence, qPrintable(sentence ? QString() : sentence.error().message));
    QVERIFY(sentence->contains(u'2'));
    Behaviour behaviour;
    behaviour.hasApi = false;
    webUi.setBehaviour(behaviour);
    const auto other = RemoteRig::wait(rig.engine.testConnection({}));
    QVERIFY(!other);
    QVERIFY(other.error().message.contains(QLatin1String("--api")));
}

QTEST_GUILESS_MAIN(TestA1111)
#include "tst_a1111.moc"
