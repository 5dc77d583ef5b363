#include "core/engines/remote/custom/customspec.h"
#include "tests/support/fakecustom.h"
#include "tests/support/remoterig.h"
#include "tests/support/testpicture.h"

#include <QTest>

using namespace Galley;

namespace {

const char *const houseOptions = R"({
 "request": {"path": "api/v1/generate", "headers": {"X-Team": "design"}, "key_header": "X-Api-Key",
             "body": {"text": "{prompt}", "size": {"w": "{width}", "h": "{height}"}, "seed": "{seed}", "steps": "{steps}", "init": "{image}"}},
 "answer": {"picture": "/images/0/data", "seed": "/seed", "model": "/engine", "cost_usd": "/usd", "error": "/failure/text"},
 "test": "health"})";
const char *const rayOptions = R"({"request": {"path": "imagine?prompt={prompt}&img_size={width}"}})";

BackendEntry backend(const QUrl &url, const QByteArray &options = houseOptions)
{
    BackendEntry entry;
    entry.id = QStringLiteral("house");
    entry.kind = QStringLiteral("custom");
    entry.url = url;
    entry.key = QStringLiteral("house");
    entry.options = Json::parse(options.toStdString());
    return entry;
}

EngineRequest apples()
{
    EngineRequest request;
    request.upstream = QStringLiteral("big");
    request.prompt = QStringLiteral("apples & pears, 100 %");
    request.size = {96, 64};
    request.seed = 7;
    request.steps = 4;
    request.dialect = Dialect::Prose;
    return request;
}

} // namespace

class TestCustom : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyForm_bringsThePicture_data();
    void everyForm_bringsThePicture();
    void request_saysExactlyWhatTheTemplateSays();
    void getWithQuery_isAskedLikeRayServe();
    void paidGet_followsNoLink();
    void features_areThePlaceholders();
    void noSeed_leavesItOutAndLearnsIt();
    void placeholders_data();
    void placeholders();
    void mistakes_data();
    void mistakes();
    void failures_data();
    void failures();
    void test_asksTheNamedPath();
};

void TestCustom::everyForm_bringsThePicture_data()
{
    QTest::addColumn<int>("form");
    QTest::addColumn<QByteArray>("picture");
    QTest::addColumn<int>("pictures");
    const QByteArray pointer = "/images/0/data";
    QTest::newRow("body") << int(FakeCustom::Form::Body) << QByteArray("body") << 1;
    QTest::newRow("base64") << int(FakeCustom::Form::Base64) << pointer << 1;
    QTest::newRow("data URL") << int(FakeCustom::Form::DataUrl) << pointer << 1;
    QTest::newRow("link") << int(FakeCustom::Form::Link) << pointer << 1;
    QTest::newRow("relative link") << int(FakeCustom::Form::RelativeLink) << pointer << 1;
    QTest::newRow("list") << int(FakeCustom::Form::List) << pointer << 2;
}

void TestCustom::everyForm_bringsThePicture()
{
    QFETCH(int, form);
    QFETCH(QByteArray, picture);
    QFETCH(int, pictures);
    ScriptedServer server;
    const FakeCustom fake(server, FakeCustom::Form(form));
    BackendEntry entry = backend(server.url());
    entry.options["answer"]["picture"] = picture.toStdString();
    RemoteRig rig(entry, "house-key");
    const auto result = rig.render(apples());
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->image, fakePicture("apples & pears, 100 %", 7, {96, 64}).convertToFormat(QImage::Format_RGBA8888_Premultiplied));
    QCOMPARE(result->pictures.size(), pictures);
    QVERIFY(result->seedKnown);
    QCOMPARE(result->seed, 7);
    QCOMPARE(result->requestsSent, 1);
    QCOMPARE(server.count("POST"), 1);
    if (picture != "body") {
        QCOMPARE(result->model, QStringLiteral("house-2"));
        QCOMPARE(result->costUsd, std::optional(0.004));
        QVERIFY(!dumpJson(result->answer).contains("base64"));
    } else {
        QVERIFY(result->model.isEmpty());
    }
}

void TestCustom::request_saysExactlyWhatTheTemplateSays()
{
    ScriptedServer server;
    const FakeCustom fake(server, FakeCustom::Form::Base64);
    RemoteRig rig(backend(server.url()), "house-key");
    EngineRequest request = apples();
    request.references = {{ReferencePicture::Use::Start, "png", {96, 64}, QStringLiteral("d")}};
    QVERIFY(rig.render(request).has_value());
    const ReceivedRequest seen = server.requests().value(0);
    QCOMPARE(seen.method, QByteArray("POST"));
    QCOMPARE(seen.target, QByteArray("/api/v1/generate"));
    QCOMPARE(seen.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(seen.header("X-Team"), QByteArray("design"));
    QCOMPARE(seen.header("X-Api-Key"), QByteArray("house-key"));
    QVERIFY(seen.header("Authorization").isEmpty());
    QCOMPARE(seen.body, QByteArray("{\"text\":\"apples & pears, 100 %\",\"size\":{\"w\":96,\"h\":64},\"seed\":7,\"steps\":4,\"init\":\"cG5n\"}"));
}

void TestCustom::getWithQuery_isAskedLikeRayServe()
{
    ScriptedServer server;
    const FakeCustom fake(server, FakeCustom::Form::Body);
    BackendEntry entry = backend(server.url(), rayOptions);
    entry.key.clear();
    RemoteRig rig(entry);
    EngineRequest request = apples();
    request.size = {64, 64};
    const auto result = rig.render(request);
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QCOMPARE(result->image.size(), QSize(64, 64));
    QVERIFY(!result->seedKnown);
    QCOMPARE(result->seed, 0);
    const ReceivedRequest seen = server.requests().value(0);
    QCOMPARE(seen.method, QByteArray("GET"));
    QCOMPARE(seen.target, QByteArray("/imagine?prompt=apples%20%26%20pears%2C%20100%20%25&img_size=64"));
    QVERIFY(seen.body.isEmpty());
    QVERIFY(seen.header("Authorization").isEmpty());
}

void TestCustom::paidGet_followsNoLink()
{
    ScriptedServer server;
    server.on("GET", "/imagine", [](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respond(302, {{"Location", "/elsewhere"}}, {});
    });
    const BackendEntry entry = backend(server.url(), rayOptions);
    RemoteRig rig(entry, "house-key");
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    QCOMPARE(failureClassName(result.error().failure), QStringLiteral("rejected"));
    QCOMPARE(server.requests().size(), 1);
}

void TestCustom::features_areThePlaceholders()
{
    const ServiceKind *kind = findServiceKind(QStringLiteral("custom"));
    const auto features = [kind](const QByteArray &options) { return kind->featuresOf(backend(QUrl(), options)).join(u' '); };
    QCOMPARE(features(houseOptions), QStringLiteral("json seed image steps"));
    QCOMPARE(features(rayOptions), QStringLiteral("json"));
    QCOMPARE(features(R"({"request": {"body": ["{strength} of {count}", {"a": "{mask}", "b": "{negative}{guidance}"}]}})"),
             QStringLiteral("json negative mask count guidance strength"));
    QCOMPARE(features(R"({"request": {"body": "{nonsense}"}})"), QString());
}

void TestCustom::noSeed_leavesItOutAndLearnsIt()
{
    ScriptedServer server;
    const FakeCustom fake(server, FakeCustom::Form::Base64);
    RemoteRig rig(backend(server.url()), "house-key");
    EngineRequest request = apples();
    request.seedWanted = false;
    request.seed = 0;
    const auto result = rig.render(request);
    QVERIFY(result.has_value());
    QVERIFY(!server.requests().first().body.contains("\"seed\""));
    QVERIFY(result->seedKnown);
    QCOMPARE(result->seed, 99);
    QCOMPARE(result->pictures.first().seed, std::optional<qint64>(99));
}

void TestCustom::placeholders_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("filled");
    QTest::newRow("typed") << QByteArray(R"({"a":"{width}","b":"{count}","c":"{seed}"})") << QByteArray(R"({"a":96,"b":1,"c":7})");
    QTest::newRow("inside words") << QByteArray(R"({"size":"{width}x{height}","p":"photo: {prompt}!"})")
                                  << QByteArray(R"({"size":"96x64","p":"photo: apples & pears, 100 %!"})");
    QTest::newRow("absent ones go") << QByteArray(R"({"n":"{negative}","i":"{image}","g":"{guidance}","r":"{ratio}","s":"{strength}","k":1})") << QByteArray(R"({"k":1})");
    QTest::newRow("absent in words") << QByteArray(R"({"a":"[{negative}]"})") << QByteArray(R"({"a":"[]"})");
    QTest::newRow("absent in a list stays null") << QByteArray(R"(["{image}","{model}"])") << QByteArray(R"([null,"big"])");
    QTest::newRow("braces") << QByteArray(R"({"a":"{{prompt}}","b":"}}{{"})") << QByteArray(R"({"a":"{prompt}","b":"}{"})");
    QTest::newRow("other types stay") << QByteArray(R"({"a":[1,true,null,2.5,{"b":"{prompt}"}]})")
                                      << QByteArray(R"({"a":[1,true,null,2.5,{"b":"apples & pears, 100 %"}]})");
    QTest::newRow("keys stay") << QByteArray(R"({"{prompt}":1})") << QByteArray(R"({"{prompt}":1})");
}

void TestCustom::placeholders()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, filled);
    BackendEntry entry = backend(QUrl(QStringLiteral("http://127.0.0.1/")));
    entry.options["request"]["body"] = Json::parse(body.toStdString());
    const auto spec = readCustomSpec(entry);
    QVERIFY2(spec.has_value(), spec ? "" : qPrintable(spec.error().message));
    QCOMPARE(dumpJson(fillCustomSpec(*spec, apples()).body), filled);
    // What a placeholder brought in is never read as one.
    EngineRequest request = apples();
    request.prompt = QStringLiteral("{seed} {{ }");
    const auto again = readCustomSpec(backend(entry.url));
    QCOMPARE(toQString(fillCustomSpec(*again, request).body["text"]), request.prompt);
}

void TestCustom::mistakes_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QByteArray("{}") << "no request";
    QTest::newRow("request is text") << QByteArray(R"({"request":"POST"})") << "must be a map";
    QTest::newRow("unknown key") << QByteArray(R"({"request":{"url":"x"}})") << "no key \"url\"";
    QTest::newRow("method") << QByteArray(R"({"request":{"method":"DELETE"}})") << "GET, POST or PUT";
    QTest::newRow("GET with body") << QByteArray(R"({"request":{"method":"get","body":{}}})") << "no body";
    QTest::newRow("unknown placeholder") << QByteArray(R"({"request":{"body":{"a":"{promt}"}}})") << "no placeholder {promt}";
    QTest::newRow("unknown placeholder in path") << QByteArray(R"({"request":{"path":"x/{id}"}})") << "no placeholder {id}";
    QTest::newRow("lonely brace") << QByteArray(R"({"request":{"body":{"a":"a { b"}}})") << "stands alone";
    QTest::newRow("lonely closing brace") << QByteArray(R"({"request":{"body":["}"]}})") << "stands alone";
    QTest::newRow("header of ours") << QByteArray(R"({"request":{"headers":{"Content-Length":"1"}}})") << "Content-Length cannot be sent";
    QTest::newRow("header with a line") << QByteArray(R"({"request":{"headers":{"X":"a\r\nY: b"}}})") << "cannot be sent";
    QTest::newRow("header name") << QByteArray(R"({"request":{"headers":{"X Y":"a"}}})") << "cannot be sent";
    QTest::newRow("header number") << QByteArray(R"({"request":{"headers":{"X":1}}})") << "cannot be sent";
    QTest::newRow("headers list") << QByteArray(R"({"request":{"headers":[]}})") << "must be a map";
    QTest::newRow("path number") << QByteArray(R"({"request":{"path":5}})") << "path must be text";
    QTest::newRow("pointer") << QByteArray(R"({"request":{},"answer":{"picture":"images.0"}})") << "JSON pointer";
    QTest::newRow("pointer escape") << QByteArray(R"({"request":{},"answer":{"seed":"/a~2"}})") << "JSON pointer";
    QTest::newRow("answer list") << QByteArray(R"({"request":{},"answer":[]})") << "must be a map";
    QTest::newRow("answer key") << QByteArray(R"({"request":{},"answer":{"image":"/a"}})") << "no key \"image\"";
    QTest::newRow("deep") << QByteArray(R"({"request":{"body":)" + QByteArray(60, '[') + QByteArray(60, ']') + "}}") << "nested deeper";
    QTest::newRow("test number") << QByteArray(R"({"request":{},"test":1})") << "test must be text";
}

void TestCustom::mistakes()
{
    QFETCH(QByteArray, options);
    QFETCH(QString, says);
    ScriptedServer server;
    BackendEntry entry = backend(server.url(), options);
    entry.file = QStringLiteral("models.yaml");
    entry.line = 12;
    RemoteRig rig(entry, "house-key");
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    QVERIFY2(result.error().message.contains(says), qPrintable(result.error().message));
    QVERIFY(result.error().message.startsWith(QStringLiteral("models.yaml:12: ")));
    QCOMPARE(result.error().failure, FailureClass::Rejected);
    QCOMPARE(server.connections(), 0);
}

void TestCustom::failures_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<QString>("says");
    QTest::newRow("its own words") << 400 << QByteArray(R"({"failure":{"text":"the muse sleeps"}})") << "rejected" << "the muse sleeps";
    QTest::newRow("other words") << 400 << QByteArray(R"({"detail":"no"})") << "rejected" << "\"no\"";
    QTest::newRow("words in 200") << 200 << QByteArray(R"({"failure":{"text":"the muse sleeps"}})") << "rejected" << "the muse sleeps";
    QTest::newRow("500") << 500 << QByteArray(R"({"failure":{"text":"oops"}})") << "ambiguous" << "oops";
    QTest::newRow("no picture there") << 200 << QByteArray(R"({"images":[]})") << "ambiguous" << "/images/0/data";
    QTest::newRow("a number there") << 200 << QByteArray(R"({"images":[{"data":5}]})") << "ambiguous" << "/images/0/data";
    QTest::newRow("rubbish there") << 200 << QByteArray(R"({"images":[{"data":"file:///etc/passwd"}]})") << "ambiguous" << "link";
    QTest::newRow("not JSON") << 200 << QByteArray("<html>") << "ambiguous" << "cannot be read";
    QTest::newRow("long rubbish") << 200 << QByteArray("{\"images\":[{\"data\":\"" + QByteArray(20'000, '!') + "\"}]}") << "ambiguous" << "base64";
}

void TestCustom::failures()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, failure);
    QFETCH(QString, says);
    ScriptedServer server;
    FakeCustom fake(server, FakeCustom::Form::Base64);
    fake.misbehave([=](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respondJson(status, body); });
    RemoteRig rig(backend(server.url()), "house-key");
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    QCOMPARE(failureClassName(result.error().failure), failure);
    QVERIFY2(result.error().message.contains(says), qPrintable(result.error().message));
    QCOMPARE(server.count("POST"), 1);
}

void TestCustom::test_asksTheNamedPath()
{
    ScriptedServer server;
    const FakeCustom fake(server, FakeCustom::Form::Base64);
    RemoteRig rig(backend(server.url()), "house-key");
    const auto told = RemoteRig::wait(rig.engine.testConnection({}));
    QVERIFY(told.has_value());
    QCOMPARE(*told, QStringLiteral("house answers."));
    QCOMPARE(server.requests().first().target, QByteArray("/health"));
    QCOMPARE(server.requests().first().header("X-Api-Key"), QByteArray("house-key"));
    RemoteRig wrong(backend(server.url(), R"({"request":{"path":"{oops}"}})"), "house-key");
    QVERIFY(!RemoteRig::wait(wrong.engine.testConnection({})).has_value());
}

QTEST_GUILESS_MAIN(TestCustom)
#include "tst_custom.moc"
