#include "tests/support/fakeopenai.h"
#include "tests/support/remoterig.h"
#include "tests/support/testpicture.h"

#include <QTest>

#include <thread>

using namespace Galley;

namespace {

BackendEntry backend(const ScriptedServer &server)
{
    BackendEntry entry;
    entry.id = QStringLiteral("studio 2");
    entry.label = QStringLiteral("Studio");
    entry.kind = QStringLiteral("openai");
    entry.url = server.url("/v1");
    entry.key = QStringLiteral("studio-2");
    return entry;
}

EngineRequest apples()
{
    EngineRequest request;
    request.upstream = QStringLiteral("gpt-image-2");
    request.prompt = QStringLiteral("a basket of apples");
    request.size = {96, 64};
    request.steps = 0;
    return request;
}

QFuture<Result<Secret>> ready(const QByteArray &key)
{
    return readyFuture<Result<Secret>>(Secret(key));
}

/// Takes the request and says nothing.
void swallow(const ReceivedRequest &, const ScriptedConnection &) {}

} // namespace

class TestRemoteEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKind_isThereAndComplete();
    void key_isAskedForAtEveryCall();
    void missingKey_namesWhereToPutIt();
    void needsKey_followsAddressAndName_data();
    void needsKey_followsAddressAndName();
    void keyThatNeverComes_canBeCancelled();
    void keychainFailure_isPassedOn();
    void noKeyNeeded_asksForNone();
    void unknownKindOrAddress_sendsNothing();
    void stop_closesTheSocketAndSaysWhatHadLeft_data();
    void stop_closesTheSocketAndSaysWhatHadLeft();
    void destroyedEngine_finishesItsFutures();
    void download_isTriedAgain();
    void download_thatFailsForGoodIsAmbiguous();
    void downloadFaults_data();
    void downloadFaults();
    void silence_endsAtTheTimeout();
    void lookUp_isUnsupportedHere();
};

void TestRemoteEngine::everyKind_isThereAndComplete()
{
    for (const char *name : {"openai", "custom"})
        QVERIFY2(serviceKindNames().contains(QLatin1String(name)), name);
    for (const QString &name : serviceKindNames()) {
        const ServiceKind *kind = findServiceKind(name);
        QVERIFY(kind && kind->makeCall && kind->testRequest && kind->readTest);
        QCOMPARE(kind->name, name);
        QVERIFY(!kind->title.isEmpty());
        // Whatever is asked without having been named is asked in secret, or is this machine.
        const QUrl &url = kind->defaultUrl;
        QVERIFY(url.isEmpty() || url.scheme() == QLatin1String("https") || url.host() == QLatin1String("127.0.0.1"));
    }
    QVERIFY(!findServiceKind(QStringLiteral("nobody")));
}

void TestRemoteEngine::key_isAskedForAtEveryCall()
{
    ScriptedServer server;
    const FakeOpenAi fake(server, QStringLiteral("openai"), "second");
    HttpClient client;
    QStringList asked;
    RemoteEngine engine(&client, backend(server), [&asked](const BackendEntry &entry) {
        asked.append(entry.key);
        return ready(asked.size() == 1 ? "first-key" : "second");
    });
    const auto first = RemoteRig::wait(engine.render(apples(), {}, {}));
    QVERIFY(!first.has_value());
    QVERIFY(first.error().message.contains(QStringLiteral("Services and Keys")));
    QVERIFY(!first.error().message.contains(QStringLiteral("first-key")));
    QVERIFY(RemoteRig::wait(engine.render(apples(), {}, {})).has_value());
    QCOMPARE(asked, QStringList({QStringLiteral("studio-2"), QStringLiteral("studio-2")}));
}

void TestRemoteEngine::needsKey_followsAddressAndName_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QUrl>("url");
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("needed");
    const auto row = [](const char *name, const char *kind, const char *url, const char *key, bool needed) {
        QTest::newRow(name) << QString::fromLatin1(kind) << QUrl(QString::fromLatin1(url)) << QString::fromLatin1(key) << needed;
    };
    row("the hosted service", "openai", "https://api.openai.com/v1", "", true);
    row("the hosted service without its address", "openai", "", "", true);
    row("an own server", "openai", "http://127.0.0.1:8000/v1", "", false);
    row("an own server with a key", "openai", "http://127.0.0.1:8000/v1", "studio", true);
    row("a kind without keys", "comfyui", "", "", false);
    row("a custom service", "custom", "https://pictures.example.com", "", false);
    row("no kind", "nonsense", "", "", false);
}

void TestRemoteEngine::needsKey_followsAddressAndName()
{
    QFETCH(QString, kind);
    QFETCH(QUrl, url);
    QFETCH(QString, key);
    QFETCH(bool, needed);
    BackendEntry entry;
    entry.kind = kind;
    entry.url = url;
    entry.key = key;
    QCOMPARE(needsKey(entry), needed);
}

void TestRemoteEngine::missingKey_namesWhereToPutIt()
{
    ScriptedServer server;
    RemoteRig rig(backend(server), {});
    for (const auto &error : {rig.render(apples()).error(), RemoteRig::wait(rig.engine.testConnection({})).error()}) {
        QCOMPARE(error.failure, FailureClass::Rejected);
        for (const char *words : {"Studio", "Services and Keys", "GALLEY_KEY_STUDIO_2"})
            QVERIFY2(error.message.contains(QLatin1String(words)), qPrintable(error.message));
    }
    QCOMPARE(server.connections(), 0);
}

void TestRemoteEngine::keyThatNeverComes_canBeCancelled()
{
    ScriptedServer server;
    HttpClient client;
    QPromise<Result<Secret>> never;
    never.start();
    RemoteEngine engine(&client, backend(server), [&never](const BackendEntry &) { return never.future(); });
    std::stop_source stop;
    const auto render = engine.render(apples(), {}, stop.get_token());
    const auto test = engine.testConnection(stop.get_token());
    QTest::qWait(5);
    QVERIFY(!render.isFinished());
    stop.request_stop();
    QCOMPARE(RemoteRig::wait(render).error().code, ErrorCode::Cancelled);
    QCOMPARE(RemoteRig::wait(render).error().failure, FailureClass::NotSent);
    QCOMPARE(RemoteRig::wait(test).error().code, ErrorCode::Cancelled);
    never.addResult(Secret("late"));
    never.finish();
    QTest::qWait(5);
    QCOMPARE(server.connections(), 0);
}

void TestRemoteEngine::keychainFailure_isPassedOn()
{
    ScriptedServer server;
    HttpClient client;
    RemoteEngine engine(&client, backend(server), [](const BackendEntry &) {
        return readyFuture<Result<Secret>>(fail(ErrorCode::Unavailable, QStringLiteral("The keychain is locked.")));
    });
    const auto result = RemoteRig::wait(engine.render(apples(), {}, {}));
    QCOMPARE(result.error().message, QStringLiteral("The keychain is locked."));
    QCOMPARE(result.error().failure, FailureClass::Rejected);
    QCOMPARE(server.connections(), 0);
}

void TestRemoteEngine::noKeyNeeded_asksForNone()
{
    ScriptedServer server;
    const FakeOpenAi fake(server, QStringLiteral("sd-server"), {});
    BackendEntry entry = backend(server);
    entry.key.clear();
    entry.dialect = QStringLiteral("sd-server");
    HttpClient client;
    int asked = 0;
    RemoteEngine engine(&client, entry, [&asked](const BackendEntry &) {
        ++asked;
        return ready({});
    });
    QVERIFY(RemoteRig::wait(engine.render(apples(), {}, {})).has_value());
    QCOMPARE(asked, 0);
    QVERIFY(server.requests().first().header("Authorization").isEmpty());
}

void TestRemoteEngine::unknownKindOrAddress_sendsNothing()
{
    ScriptedServer server;
    BackendEntry entry = backend(server);
    entry.kind = QStringLiteral("telegraph");
    RemoteRig rig(entry, "key");
    const auto unknown = rig.render(apples());
    QVERIFY2(unknown.error().message.contains(QStringLiteral("telegraph")), qPrintable(unknown.error().message));
    QVERIFY(!RemoteRig::wait(rig.engine.capabilities()).has_value());
    entry = backend(server);
    entry.kind = QStringLiteral("custom");
    entry.url = QUrl();
    RemoteRig nowhere(entry, "key");
    QVERIFY(nowhere.render(apples()).error().message.contains(QStringLiteral("url:")));
    QCOMPARE(server.connections(), 0);
}

void TestRemoteEngine::stop_closesTheSocketAndSaysWhatHadLeft_data()
{
    QTest::addColumn<bool>("otherThread");
    QTest::newRow("same thread") << false;
    QTest::newRow("another thread") << true;
}

void TestRemoteEngine::stop_closesTheSocketAndSaysWhatHadLeft()
{
    QFETCH(bool, otherThread);
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave(swallow);
    RemoteRig rig(backend(server), "sk-test");
    std::stop_source stop;
    const auto future = rig.start(apples(), stop.get_token());
    QTRY_COMPARE(server.requests().size(), 1);
    QVERIFY(!future.isFinished());
    if (otherThread)
        std::thread([&stop] { stop.request_stop(); }).join();
    else
        stop.request_stop();
    const auto result = RemoteRig::wait(future);
    QCOMPARE(result.error().code, ErrorCode::Cancelled);
    QCOMPARE(result.error().failure, FailureClass::Ambiguous);  // it had left: it may be billed
    QTRY_COMPARE(server.openConnections(), 0);
    QCOMPARE(server.requests().size(), 1);
    // One that was stopped before it began sends nothing.
    const auto early = rig.start(apples(), stop.get_token());
    QCOMPARE(RemoteRig::wait(early).error().failure, FailureClass::NotSent);
    QCOMPARE(server.requests().size(), 1);
}

void TestRemoteEngine::destroyedEngine_finishesItsFutures()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave(swallow);
    HttpClient client;
    auto engine = std::make_unique<RemoteEngine>(&client, backend(server), [](const BackendEntry &) { return ready("sk-test"); });
    const auto running = engine->render(apples(), {}, {});
    QTRY_COMPARE(server.requests().size(), 1);
    const auto waiting = engine->render(apples(), {}, {});
    const auto test = engine->testConnection({});
    engine.reset();
    QVERIFY(running.isFinished() && waiting.isFinished() && test.isFinished());
    QCOMPARE(running.result().error().code, ErrorCode::Cancelled);
    QCOMPARE(waiting.result().error().code, ErrorCode::Cancelled);
    QCOMPARE(test.result().error().code, ErrorCode::Cancelled);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestRemoteEngine::download_isTriedAgain()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave([](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respondJson(200, R"({"data":[{"url":"/cdn/a.png"}]})");
    });
    const auto count = std::make_shared<std::atomic<int>>(0);
    server.on("GET", "/cdn/", [count](const ReceivedRequest &, const ScriptedConnection &connection) {
        switch ((*count)++) {
        case 0: connection.reset(); break;
        case 1: connection.respond(503, {}, "later"); break;
        case 2: connection.respond(429, {{"Retry-After", "0"}}, "later"); break;
        default: connection.respond(200, {}, fakePictureFile("x", 1, {96, 64}));
        }
    });
    RemoteRig rig(backend(server), "sk-test");
    rig.engine.backOffMs = 1;
    const auto result = rig.render(apples());
    QVERIFY2(result.has_value(), result ? "" : qPrintable(result.error().message));
    QCOMPARE(count->load(), 4);
    QCOMPARE(server.count("POST"), 1);
    QCOMPARE(result->requestsSent, 1);
}

void TestRemoteEngine::download_thatFailsForGoodIsAmbiguous()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave([](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respondJson(200, R"({"data":[{"url":"/cdn/a.png"}]})");
    });
    server.on("GET", "/cdn/", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.reset(); });
    RemoteRig rig(backend(server), "sk-test");
    rig.engine.backOffMs = 1;
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().failure, FailureClass::Ambiguous);
    QCOMPARE(server.count("GET", "/cdn/"), 5);
    QCOMPARE(server.count("POST"), 1);
}

void TestRemoteEngine::downloadFaults_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("retryAfter");
    QTest::newRow("expired") << 403 << QByteArray("<Error>expired</Error>") << QByteArray();
    QTest::newRow("gone") << 404 << QByteArray() << QByteArray();
    QTest::newRow("HTML") << 200 << QByteArray("<html>sign in</html>") << QByteArray();
    QTest::newRow("empty") << 200 << QByteArray() << QByteArray();
    QTest::newRow("half a picture") << 200 << fakePictureFile("x", 1, {256, 256}).left(300) << QByteArray();
    QTest::newRow("a wait of an hour") << 429 << QByteArray() << QByteArray("3600");
}

void TestRemoteEngine::downloadFaults()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, retryAfter);
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave([](const ReceivedRequest &, const ScriptedConnection &connection) {
        connection.respondJson(200, R"({"data":[{"url":"/cdn/a.png"}]})");
    });
    server.on("GET", "/cdn/", [=](const ReceivedRequest &, const ScriptedConnection &connection) {
        QList<std::pair<QByteArray, QByteArray>> headers{{"Content-Type", "image/png"}};
        if (!retryAfter.isEmpty())
            headers.append({QByteArray("Retry-After"), retryAfter});
        connection.respond(status, headers, body);
    });
    RemoteRig rig(backend(server), "sk-test");
    rig.engine.backOffMs = 1;
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().failure, FailureClass::Ambiguous);
    QCOMPARE(server.count("GET", "/cdn/"), 1);
    QCOMPARE(server.count("POST"), 1);
}

void TestRemoteEngine::silence_endsAtTheTimeout()
{
    ScriptedServer server;
    FakeOpenAi fake(server, QStringLiteral("openai"));
    fake.misbehave(swallow);
    BackendEntry entry = backend(server);
    entry.options = {{"timeout_s", 1}};
    RemoteRig rig(entry, "sk-test");
    const auto result = rig.render(apples());
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().failure, FailureClass::Ambiguous);
    QCOMPARE(server.requests().size(), 1);
    QTRY_COMPARE(server.openConnections(), 0);
}

void TestRemoteEngine::lookUp_isUnsupportedHere()
{
    ScriptedServer server;
    RemoteRig rig(backend(server), "sk-test");
    QCOMPARE(RemoteRig::wait(rig.engine.lookUp(apples(), QStringLiteral("job-1"), {}, {})).error().code, ErrorCode::Unsupported);
    QCOMPARE(RemoteRig::wait(rig.engine.embed({})).error().code, ErrorCode::Unsupported);
    QVERIFY(RemoteRig::wait(rig.engine.capabilities()).has_value());
    QCOMPARE(server.connections(), 0);
}

QTEST_GUILESS_MAIN(TestRemoteEngine)
#include "tst_remoteengine.moc"
