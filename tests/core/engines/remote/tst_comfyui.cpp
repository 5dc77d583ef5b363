#include "core/engines/remote/comfyui/comfyevents.h"
#include "core/engines/remote/comfyui/comfygraph.h"
#include "tests/support/fakecomfyui.h"
#include "tests/support/remoterig.h"
#include "tests/support/testpicture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

using Course = FakeComfyUI::Course;
using Behaviour = FakeComfyUI::Behaviour;

constexpr int longMs = 20'000;

const char *ownGraph = R"({
    "12": {"class_type": "KSampler", "inputs": {"noise_seed": 1, "steps": 9, "cfg": 2.5, "denoise": 1.0, "sampler_name": "euler", "model": ["20", 0]}},
    "20": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux-dev.safetensors"}},
    "21": {"class_type": "CLIPTextEncode", "inputs": {"text": "old", "clip": ["20", 1]}},
    "9": {"class_type": "SaveImage", "inputs": {"images": ["12", 0]}}})";

BackendEntry backendAt(const ScriptedServer &server)
{
    return ownBackend(QStringLiteral("comfyui"), server, 20);
}

EngineRequest makeRequest()
{
    return ownRequest(QStringLiteral("sd35.safetensors"), 5);
}

ReferencePicture picture(ReferencePicture::Use use)
{
    ReferencePicture reference;
    reference.use = use;
    reference.png = testPicture({16, 16}, use == ReferencePicture::Use::Mask ? Qt::black : Qt::green);
    reference.size = {16, 16};
    reference.digest = QStringLiteral("00ff");
    return reference;
}

Json inputOf(const QByteArray &graph, const char *node, const char *input)
{
    const Json json = Json::parse(graph.toStdString(), nullptr, false);
    return json.contains(node) ? json[node]["inputs"].value(input, Json()) : Json();
}

} // namespace

/// ComfyUI's calls against a scripted server with a real WebSocket.
class TestComfyUI : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void render_sendsTheGraphAndReportsEverything();
    void course_endsAsItShould_data();
    void course_endsAsItShould();
    void event1_isShownAsPreview();
    void startPictureAndMask_areUploaded();
    void ownWorkflow_isFilledWhereTheOptionsSay();
    void workflowFile_isReadBesideModelsYaml();
    void badWorkflow_isRejectedBeforeSending_data();
    void badWorkflow_isRejectedBeforeSending();
    void cancel_stopsWhatIsUnderWay_data();
    void cancel_stopsWhatIsUnderWay();
    void lookUp_findsTheRender_data();
    void lookUp_findsTheRender();
    void noServer_isNotSent();
    void testConnection_saysTheVersion();
    void notNumbers_becomeNull_data();
    void notNumbers_becomeNull();
    void brokenFrames_areNothing_data();
    void brokenFrames_areNothing();
};

void TestComfyUI::render_sendsTheGraphAndReportsEverything()
{
    ScriptedServer server;
    FakeComfyUI comfy(server);
    RemoteRig rig(backendAt(server));
    EngineRequest request = makeRequest();
    request.negativePrompt = QStringLiteral("blurry");
    request.guidance = 3.5;
    const auto result = rig.render(request);
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    QCOMPARE(result->image.size(), QSize(96, 64));
    QCOMPARE(result->image.pixelColor(5, 5).rgb(), colorOfSeed(7).rgb());
    QCOMPARE(result->model, QStringLiteral("sd35.safetensors"));
    QCOMPARE(result->seed, 7);
    QVERIFY(result->seedKnown);
    QCOMPARE(result->requestsSent, 1);
    QCOMPARE(result->remoteId, comfy.accepted().value(0));
    QCOMPARE(rig.accepted, QStringList{result->remoteId});
    QCOMPARE(result->timingsMs.value(QStringLiteral("service")), 12000.0);
    QVERIFY(result->timingsMs.contains(QStringLiteral("total")));
    QVERIFY(result->answer.contains("status"));
    QVERIFY2(result->notes.isEmpty(), qPrintable(result->notes.join(u' ')));
    QCOMPARE(rig.states.last(), QStringLiteral("processing"));
    const auto lastStep = std::pair<int, int>(4, 4);
    QCOMPARE(rig.progress.last(), lastStep);
    QVERIFY(!rig.previews.isEmpty());
    QCOMPARE(rig.previews.first().size(), QSize(8, 8));
    QVERIFY(comfy.hasFeatureFlags());
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "6", "text")), dumpJson(Json("a basket of apples")));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "7", "text")), dumpJson(Json("blurry")));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "3", "seed")), dumpJson(Json(7)));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "3", "steps")), dumpJson(Json(5)));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "3", "cfg")), dumpJson(Json(3.5)));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "4", "ckpt_name")), dumpJson(Json("sd35.safetensors")));
    // The socket comes before the prompt and both name the same client.
    const ReceivedRequest first = server.requests().first();
    QCOMPARE(first.path(), QByteArray("/ws"));
    for (const ReceivedRequest &seen : server.requests()) {
        QVERIFY(seen.header("Origin").isNull());
        if (seen.path() == "/prompt")
            QCOMPARE(dumpJson(Json::parse(seen.body.toStdString())["client_id"]), dumpJson(Json(first.query("clientId").toStdString())));
    }
    QCOMPARE(server.count("POST", "/prompt"), 1);
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
}

void TestComfyUI::course_endsAsItShould_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<FailureClass>("failure");
    QTest::addColumn<QString>("words");  // of the message, or of the notes when it succeeds
    const auto row = [](const char *name, FailureClass failure, const char *words, const auto &change) {
        Behaviour behaviour;
        change(behaviour);
        QTest::newRow(name) << behaviour << failure << QString::fromUtf8(words);
    };
    constexpr FailureClass fine = FailureClass::None;
    row("no preview", fine, "", [](Behaviour &b) { b.previewEvent = 0; });
    row("preview event 1", fine, "", [](Behaviour &b) { b.previewEvent = 1; });
    row("broken frames", fine, "", [](Behaviour &b) { b.brokenFrames = true; });
    row("events of others", fine, "", [](Behaviour &b) { b.otherEvents = true; });
    row("old server with ids of its own", fine, "", [](Behaviour &b) { b.ownIds = true; });
    row("no socket at all", fine, "", [](Behaviour &b) { b.hasSocket = false; });
    row("socket closed", fine, "", [](Behaviour &b) { b.closesSocket = true; });
    row("socket reset", fine, "", [](Behaviour &b) { b.resetsSocket = true; });
    row("socket closed, no new one", fine, "", [](Behaviour &b) { b.closesSocket = true; b.hasSocketAgain = false; });
    row("socket closed, failed unseen", FailureClass::Rejected, "KSampler (3): mat1", [](Behaviour &b) {
        b.closesSocket = true; b.hasSocketAgain = false; b.course = Course::Fail; });
    row("NaN in history and queue", fine, "", [](Behaviour &b) { b.oddNumbers = true; b.hasSocket = false; });
    row("history cleared", fine, "history was cleared", [](Behaviour &b) { b.forgetsHistory = true; });
    row("pictures over the socket", fine, "", [](Behaviour &b) { b.sendsPictures = true; });
    row("temporary picture only", fine, "", [](Behaviour &b) { b.onlyTemporary = true; });
    row("two pictures", fine, "2 pictures instead of 1", [](Behaviour &b) { b.pictures = 2; });
    row("part of the workflow left out", fine, "node 30 (SaveImage)", [](Behaviour &b) {
        b.partErrors = R"({"30":{"errors":[{"type":"required_input_missing","message":"Required input is missing","details":"images"}],"class_type":"SaveImage"}})"; });
    row("node errors", FailureClass::Rejected, "node 4 (CheckpointLoaderSimple): Value not in list – ckpt_name: 'x' not in [...]", [](Behaviour &b) {
        b.nodeErrors = R"({"4":{"errors":[{"type":"value_not_in_list","message":"Value not in list","details":"ckpt_name: 'x' not in [...]","extra_info":{}}],)"
                       R"("dependent_outputs":["9"],"class_type":"CheckpointLoaderSimple"}})"; });
    row("node errors of odd types", FailureClass::Rejected, "rejected", [](Behaviour &b) { b.nodeErrors = R"({"4":{"errors":7},"5":null})"; });
    row("node fails", FailureClass::Rejected, "KSampler (3): mat1 and mat2", [](Behaviour &b) { b.course = Course::Fail; });
    row("out of memory", FailureClass::Rejected, "too little GPU memory", [](Behaviour &b) { b.course = Course::OutOfMemory; });
    row("interrupted by somebody", FailureClass::Rejected, "Somebody stopped", [](Behaviour &b) { b.course = Course::Interrupt; });
    row("interrupted, unseen", FailureClass::Rejected, "Somebody stopped", [](Behaviour &b) {
        b.course = Course::Interrupt; b.hasSocket = false; });
    row("server forgets it", FailureClass::Ambiguous, "no longer knows this render", [](Behaviour &b) {
        b.course = Course::Vanish; b.closesSocket = true; });
    row("no picture saved", FailureClass::Ambiguous, "SaveImage", [](Behaviour &b) { b.noPicture = true; });
}

void TestComfyUI::course_endsAsItShould()
{
    QFETCH(const Behaviour, behaviour);
    QFETCH(const FailureClass, failure);
    QFETCH(const QString, words);
    ScriptedServer server;
    FakeComfyUI comfy(server);
    comfy.setBehaviour(behaviour);
    RemoteRig rig(backendAt(server));
    EngineRequest request = makeRequest();
    if (behaviour.sendsPictures) {
        request.options["workflow"] = Json::parse(R"({"3":{"class_type":"KSampler","inputs":{"seed":1}},"6":{"class_type":"CLIPTextEncode","inputs":{"text":""}},
            "5":{"class_type":"EmptyLatentImage","inputs":{"width":96,"height":64}},"9":{"class_type":"SaveImageWebsocket","inputs":{}}})");
        request.options["inputs"] = {{"prompt", "6.text"}, {"seed", "3.seed"}, {"width", "5.width"}, {"height", "5.height"}};
        request.steps = 0;
    }
    const auto result = rig.render(request);
    if (failure == FailureClass::None) {
        QVERIFY2(result, qPrintable(result ? QString() : result.error().message + result.error().detail));
        QCOMPARE(result->image.pixelColor(5, 5).rgb(), colorOfSeed(7).rgb());
        const QString notes = result->notes.join(u' ');
        QVERIFY2(words.isEmpty() ? notes.isEmpty() : notes.contains(words), qPrintable(notes));
    } else {
        QVERIFY(!result);
        QCOMPARE(failureClassName(result.error().failure), failureClassName(failure));
        QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
        QVERIFY2(result.error().message.contains(QStringLiteral("Studio")), qPrintable(result.error().message));
    }
    QCOMPARE(server.count("POST", "/prompt"), 1);
    QVERIFY(comfy.interrupted().isEmpty());
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
}

void TestComfyUI::event1_isShownAsPreview()
{
    ScriptedServer server;
    FakeComfyUI comfy(server);
    Behaviour behaviour;
    behaviour.previewEvent = 1;
    behaviour.stepMs = 30;
    comfy.setBehaviour(behaviour);
    RemoteRig rig(backendAt(server));
    QVERIFY(rig.render(makeRequest()));
    QVERIFY(!rig.previews.isEmpty());
}

void TestComfyUI::startPictureAndMask_areUploaded()
{
    ScriptedServer server;
    FakeComfyUI comfy(server);
    RemoteRig rig(backendAt(server));
    EngineRequest request = makeRequest();
    request.references = {picture(ReferencePicture::Use::Start), picture(ReferencePicture::Use::Mask)};
    request.strength = 0.4;
    const auto result = rig.render(request);
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    const QByteArray graph = comfy.graph();
    QVERIFY(inputOf(graph, "10", "image").get<std::string>().starts_with("galley/upload-"));
    QVERIFY(inputOf(graph, "13", "image").get<std::string>().starts_with("galley/upload-"));
    QVERIFY(inputOf(graph, "10", "image") != inputOf(graph, "13", "image"));
    QCOMPARE(dumpJson(inputOf(graph, "3", "denoise")), dumpJson(Json(0.4)));
    QCOMPARE(dumpJson(inputOf(graph, "11", "width")), dumpJson(Json(96)));
    QCOMPARE(dumpJson(inputOf(graph, "3", "latent_image")), dumpJson(Json::array({"15", 0})));
    QCOMPARE(server.count("POST", "/upload/image"), 2);
    for (const ReceivedRequest &seen : server.requests()) {
        if (seen.path() == "/upload/image")
            QCOMPARE(seen.part("overwrite"), QByteArray("true"));
    }
}

void TestComfyUI::ownWorkflow_isFilledWhereTheOptionsSay()
{
    ScriptedServer server;
    FakeComfyUI comfy(server);
    BackendEntry backend = backendAt(server);
    backend.options["workflow"] = Json::parse(ownGraph);
    backend.options["inputs"] = {{"prompt", Json::array({"21.text"})}, {"seed", "12.noise_seed"}};
    backend.options["set"] = {{"12.sampler_name", "dpmpp_2m"}};
    RemoteRig rig(backend);
    EngineRequest request = makeRequest();
    request.negativePrompt = QStringLiteral("blurry");
    request.seedWanted = false;
    request.count = 3;
    const auto result = rig.render(request);
    QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "21", "text")), dumpJson(Json("a basket of apples")));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "12", "sampler_name")), dumpJson(Json("dpmpp_2m")));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "12", "steps")), dumpJson(Json(9)));
    // Served is what the graph loads, whatever the entry calls it; the seed is the one that the graph ran with.
    QCOMPARE(result->model, QStringLiteral("flux-dev.safetensors"));
    QCOMPARE(dumpJson(inputOf(comfy.graph(), "12", "noise_seed")), dumpJson(Json(result->seed)));
    QVERIFY(result->seedKnown);
    const QString notes = result->notes.join(u' ');
    for (const char *words : {"negative prompt", "number of steps", "size of its pictures", "how many pictures", "Galley chose"})
        QVERIFY2(notes.contains(QLatin1String(words)), words);
}

void TestComfyUI::workflowFile_isReadBesideModelsYaml()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("flows.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(ownGraph);
    file.close();
    BackendEntry backend;
    backend.id = QStringLiteral("studio");
    backend.file = folder.filePath(QStringLiteral("models.yaml"));
    EngineRequest request = makeRequest();
    request.options = {{"workflow", "flows.json"}, {"inputs", {{"prompt", "21.text"}}}, {"output", "9"}};
    const auto workflow = loadWorkflow(request, backend);
    QVERIFY2(workflow, qPrintable(workflow ? QString() : workflow.error().message));
    QCOMPARE(workflow->graph.size(), std::size_t(4));
    QCOMPARE(workflow->outputNode, QStringLiteral("9"));
    QVERIFY(!workflow->builtIn);
}

void TestComfyUI::badWorkflow_isRejectedBeforeSending_data()
{
    QTest::addColumn<QString>("options");
    QTest::addColumn<bool>("withPicture");
    QTest::addColumn<QString>("words");
    const QString graph = QString::fromUtf8(ownGraph);
    const auto row = [](const char *name, const QString &options, const char *words, bool withPicture = false) {
        QTest::newRow(name) << options << withPicture << QString::fromUtf8(words);
    };
    row("missing file", QStringLiteral(R"({"workflow": "no/such.json", "inputs": {"prompt": "6.text"}})"), "such.json");
    row("editor format", QStringLiteral(R"({"workflow": {"nodes": [], "links": []}, "inputs": {"prompt": "6.text"}})"), "Export (API)");
    row("not a graph", QStringLiteral(R"({"workflow": [1, 2], "inputs": {"prompt": "6.text"}})"), "no node graph");
    row("node without class", QStringLiteral(R"({"workflow": {"6": {"inputs": {}}}, "inputs": {"prompt": "6.text"}})"), "Node 6");
    row("no inputs", QStringLiteral(R"({"workflow": %1})").arg(graph), "where the prompt goes");
    row("unknown name", QStringLiteral(R"({"workflow": %1, "inputs": {"prompt": "21.text", "colour": "21.text"}})").arg(graph), "\"colour\"");
    row("unknown node", QStringLiteral(R"({"workflow": %1, "inputs": {"prompt": "99.text"}})").arg(graph), "99.text");
    row("unknown input", QStringLiteral(R"({"workflow": %1, "inputs": {"prompt": "21.txt"}})").arg(graph), "21.txt");
    row("no dot", QStringLiteral(R"({"workflow": %1, "inputs": {"prompt": "21"}})").arg(graph), "node.input");
    row("number as place", QStringLiteral(R"({"workflow": %1, "inputs": {"prompt": 21}})").arg(graph), "node.input");
    row("unknown setting", QStringLiteral(R"({"set": {"3.smapler": "x"}})"), "3.smapler");
    row("start picture without an input", QStringLiteral(R"({"workflow": %1, "inputs": {"prompt": "21.text"}})").arg(graph), "start picture", true);
}

void TestComfyUI::badWorkflow_isRejectedBeforeSending()
{
    QFETCH(const QString, options);
    QFETCH(const bool, withPicture);
    QFETCH(const QString, words);
    ScriptedServer server;
    FakeComfyUI comfy(server);
    RemoteRig rig(backendAt(server));
    EngineRequest request = makeRequest();
    request.options = Json::parse(options.toStdString());
    if (withPicture)
        request.references = {picture(ReferencePicture::Use::Start)};
    const auto result = rig.render(request);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidInput);
    QCOMPARE(failureClassName(result.error().failure), QStringLiteral("rejected"));
    QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
    QCOMPARE(server.count("POST", "/prompt"), 0);
}

void TestComfyUI::cancel_stopsWhatIsUnderWay_data()
{
    QTest::addColumn<Behaviour>("behaviour");
    QTest::addColumn<QByteArray>("awaited");  // cancel when this many bytes of the path were requested …
    QTest::addColumn<QString>("state");       // … and this state was told
    QTest::addColumn<bool>("deletes");
    QTest::addColumn<bool>("interrupts");
    Behaviour behaviour;
    QTest::newRow("before anything") << behaviour << QByteArray() << QString() << false << false;
    behaviour.course = Course::Hold;
    QTest::newRow("running") << behaviour << QByteArray("/prompt") << QStringLiteral("processing") << false << true;
    behaviour.hasSocket = false;
    QTest::newRow("running, without a socket") << behaviour << QByteArray("/queue") << QStringLiteral("processing") << false << true;
    behaviour = {};
    behaviour.course = Course::Wait;
    QTest::newRow("pending") << behaviour << QByteArray("/prompt") << QStringLiteral("queued") << true << false;
    behaviour.course = Course::Hold;
    behaviour.holdPromptMs = 10'000;
    QTest::newRow("submitted, not answered") << behaviour << QByteArray("/prompt") << QStringLiteral("processing") << false << true;
    behaviour.course = Course::Wait;
    QTest::newRow("submitted, not answered, pending") << behaviour << QByteArray("/prompt") << QString() << true << false;
}

void TestComfyUI::cancel_stopsWhatIsUnderWay()
{
    QFETCH(const Behaviour, behaviour);
    QFETCH(const QByteArray, awaited);
    QFETCH(const QString, state);
    QFETCH(const bool, deletes);
    QFETCH(const bool, interrupts);
    ScriptedServer server;
    FakeComfyUI comfy(server);
    comfy.setBehaviour(behaviour);
    RemoteRig rig(backendAt(server));
    std::stop_source stop;
    const auto future = rig.start(makeRequest(), stop.get_token());
    if (!awaited.isEmpty())
        QTRY_VERIFY_WITH_TIMEOUT(server.count("", awaited) > 0, longMs);
    if (!state.isEmpty())
        QTRY_VERIFY_WITH_TIMEOUT(rig.states.contains(state), longMs);
    stop.request_stop();
    const auto result = RemoteRig::wait(future);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    const QString id = comfy.accepted().value(0);
    if (interrupts)
        QTRY_COMPARE_WITH_TIMEOUT(comfy.interrupted(), QStringList{id}, longMs);
    if (deletes)
        QTRY_VERIFY_WITH_TIMEOUT(!comfy.deleted().isEmpty() && comfy.accepted().isEmpty(), longMs);
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, longMs);
    if (!interrupts)
        QVERIFY(comfy.interrupted().isEmpty());
    if (awaited.isEmpty())
        QCOMPARE(server.count("POST"), 0);
}

void TestComfyUI::lookUp_findsTheRender_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("found");
    QTest::newRow("known") << QString() << true;
    QTest::newRow("unknown") << QStringLiteral("11111111-2222") << false;
    QTest::newRow("odd characters") << QStringLiteral("../queue?x=1") << false;
}

void TestComfyUI::lookUp_findsTheRender()
{
    QFETCH(QString, id);
    QFETCH(const bool, found);
    ScriptedServer server;
    FakeComfyUI comfy(server);
    RemoteRig rig(backendAt(server));
    QVERIFY(rig.render(makeRequest()));
    if (id.isEmpty())
        id = comfy.accepted().value(0);
    const auto result = RemoteRig::wait(rig.engine.lookUp(makeRequest(), id, rig.observer(), {}));
    QCOMPARE(bool(result), found);
    QCOMPARE(server.count("POST", "/prompt"), 1);
    if (found) {
        QCOMPARE(result->image.pixelColor(5, 5).rgb(), colorOfSeed(7).rgb());
        QCOMPARE(result->model, QStringLiteral("sd35.safetensors"));
        QCOMPARE(result->seed, 7);
    } else {
        QCOMPARE(failureClassName(result.error().failure), QStringLiteral("ambiguous"));
    }
}

void TestComfyUI::noServer_isNotSent()
{
    BackendEntry backend;
    {
        ScriptedServer server;
        backend = backendAt(server);
    }
    RemoteRig rig(backend);
    const auto result = rig.render(makeRequest());
    QVERIFY(!result);
    QCOMPARE(failureClassName(result.error().failure), QStringLiteral("not_sent"));
}

void TestComfyUI::testConnection_saysTheVersion()
{
    ScriptedServer server;
    FakeComfyUI comfy(server);
    RemoteRig rig(backendAt(server));
    const auto sentence = RemoteRig::wait(rig.engine.testConnection({}));
    QVERIFY(sentence);
    QVERIFY(sentence->contains(QLatin1String("0.3.65")));
    server.on("GET", "/system_stats", [](const ReceivedRequest &, ScriptedConnection connection) { connection.respondJson(200, "{\"ok\":true}"); });
    const auto other = RemoteRig::wait(rig.engine.testConnection({}));
    QVERIFY(!other);
    QVERIFY(other.error().message.contains(QLatin1String("no ComfyUI")));
}

void TestComfyUI::notNumbers_becomeNull_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("clean");
    QTest::newRow("none") << QByteArray("{\"a\":1}") << QByteArray("{\"a\":1}");
    QTest::newRow("all") << QByteArray("[NaN,Infinity,-Infinity,-1]") << QByteArray("[null,null,null,-1]");
    QTest::newRow("in strings") << QByteArray(R"(["NaN","\"NaN","\\",NaN,"-Infinity"])") << QByteArray(R"(["NaN","\"NaN","\\",null,"-Infinity"])");
    QTest::newRow("cut in an escape") << QByteArray("[NaN,\"\\") << QByteArray("[null,\"\\");
    QTest::newRow("cut in a word") << QByteArray("[NaN,Infin") << QByteArray("[null,Infin");
}

void TestComfyUI::notNumbers_becomeNull()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArray, clean);
    QCOMPARE(withoutNotNumbers(text), clean);
}

void TestComfyUI::brokenFrames_areNothing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("three bytes") << QByteArray("\0\0\0", 3);
    QTest::newRow("only an event") << QByteArray("\0\0\0\1", 4);
    QTest::newRow("no picture") << QByteArray("\0\0\0\1\0\0\0\1", 8);
    QTest::newRow("length beyond the end") << QByteArray("\0\0\0\4\xff\xff\xff\xff{}", 10);
    QTest::newRow("length past a signed number") << QByteArray("\0\0\0\4\x80\0\0\0{}aaaaaaaa", 18);
    QTest::newRow("origin that is no JSON") << QByteArray("\0\0\0\4\0\0\0\2{]aaaa", 14);
    QTest::newRow("event 2") << QByteArray("\0\0\0\2\0\0\0\1aaaa", 12);
    QTest::newRow("event 4294967295") << QByteArray("\xff\xff\xff\xff\0\0\0\1aaaa", 12);
}

void TestComfyUI::brokenFrames_areNothing()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(!readComfyFrame(bytes));
}

QTEST_GUILESS_MAIN(TestComfyUI)
#include "tst_comfyui.moc"
