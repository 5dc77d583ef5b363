#include "core/engines/remote/bfl/bflcall.h"
#include "tests/support/fakebfl.h"
#include "tests/support/hostedcases.h"

using namespace Galley;

class TestBfl : public HostedTest<FakeBfl>
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(QStringLiteral("bfl")); }
    void cleanup() { tearDown(); }

    void request_isExact_data();
    void request_isExact();
    void startPicture_goesAlong();
    void job_isPolledAndFetched();
    void job_thatIsKnown_isOnlyLookedUp_data();
    void job_thatIsKnown_isOnlyLookedUp();
    void job_thatIsForgotten_isAmbiguous();
    void ending_hasItsClass_data();
    void ending_hasItsClass();
    void job_thatNeverEnds_isGivenUp();
    void key_followsToItsOwnHosts_data();
    void key_followsToItsOwnHosts();
    void strangePollingAddress_isNeverAsked_data();
    void strangePollingAddress_isNeverAsked();
    void strangeRemoteId_isNeverAsked();
    void pollingAddressThatMoves_isNotFollowed();
    void missingPollingAddress_isMadeFromTheId();
    void changedPrompt_isSaid();
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
    void cancel_closesTheSocket_data();
    void cancel_closesTheSocket();
    void cancelBetweenPolls_endsThem();
    void cancelBeforeTheStart_sendsNothing();
    void connection_isTestedWithTheCredits();

private:
    EngineRequest request(const Json &options = Json::object()) const
    {
        EngineRequest made = hostedRequest(QStringLiteral("bfl"), QStringLiteral("flux-2-pro"));
        made.options = options;
        made.ratio.clear();
        made.size = {1024, 768};
        return made;
    }
};

void TestBfl::request_isExact_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("body");
    const auto row = [](const char *name, const Change &change, const QByteArray &path, const char *body) {
        QTest::newRow(name) << change << path << QString::fromUtf8(body);
    };
    row("pro", [](EngineRequest &r) { r.options = {{"safety_tolerance", 2}}; }, "/v1/flux-2-pro",
        R"({"prompt":"sign that says “OPEN”","width":1024,"height":768,"seed":7,"safety_tolerance":2,"output_format":"png"})");
    row("flex with its own controls", [](EngineRequest &r) { r.upstream = QStringLiteral("flux-2-flex"); r.options = {{"steps", 30}, {"guidance", 4.5}}; r.seedWanted = false; },
        "/v1/flux-2-flex",
        R"({"prompt":"sign that says “OPEN”","width":1024,"height":768,"steps":30,"guidance":4.5,"output_format":"png"})");
    row("kontext takes ratios", [](EngineRequest &r) { r.upstream = QStringLiteral("flux-kontext-pro"); }, "/v1/flux-kontext-pro",
        R"({"prompt":"sign that says “OPEN”","aspect_ratio":"4:3","seed":7,"output_format":"png"})");
    row("ultra, jpeg", [](EngineRequest &r) { r.upstream = QStringLiteral("flux-pro-1.1-ultra"); r.ratio = QStringLiteral("21x9"); r.options = {{"output_format", "jpeg"}}; },
        "/v1/flux-pro-1.1-ultra",
        R"({"prompt":"sign that says “OPEN”","aspect_ratio":"21:9","seed":7,"output_format":"jpeg"})");
    row("a structured prompt is text", [](EngineRequest &r) { r.dialect = Dialect::FluxJson; r.prompt = QStringLiteral(R"({"scene":"a"})"); }, "/v1/flux-2-pro",
        R"({"prompt":"{\"scene\":\"a\"}","width":1024,"height":768,"seed":7,"output_format":"png"})");
}

void TestBfl::request_isExact()
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
    QCOMPARE(sent.header("x-key"), FakeHosted::rightKey);
    QCOMPARE(sent.header("Content-Type"), "application/json");
    QCOMPARE(QString::fromUtf8(sent.body), body);
    QCOMPARE(fake->orders(), 1);
}

void TestBfl::startPicture_goesAlong()
{
    EngineRequest asked = request();
    asked.references = {hostedStart()};
    QVERIFY(rig->render(asked));
    const Json body = jsonOf(server->requests().first());
    QCOMPARE(QByteArray::fromBase64(toQString(body["input_image"]).toLatin1()), asked.references.first().png);
}

void TestBfl::job_isPolledAndFetched()
{
    fake->pendFor(3);
    const auto outcome = rig->render(request());
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    const QString address = server->url("/v1/get_result?id=job-1").toString();
    QCOMPARE(rig->accepted, QStringList{address});
    QCOMPARE(outcome->remoteId, address);
    QCOMPARE(rig->states, QStringList(4, QStringLiteral("Pending")));
    QCOMPARE(rig->answers, 1);
    QCOMPARE(outcome->costUsd, std::optional(0.03));
    QCOMPARE(outcome->seed, 7);
    QVERIFY(outcome->seedKnown);
    QCOMPARE(outcome->image.size(), QSize(1024, 768));
    QCOMPARE(outcome->image.pixelColor(4, 4).rgb(), colorOfSeed(7).rgb());
    QCOMPARE(outcome->requestsSent, 1);
    QVERIFY(!dumpJson(outcome->answer).contains("sig="));
    QCOMPARE(server->requests().at(1).header("x-key"), FakeHosted::rightKey);
    QCOMPARE(server->requests().last().header("x-key"), QByteArray());
    QCOMPARE(fake->polls(), 4);
    QCOMPARE(fake->pictures(), 1);
}

void TestBfl::job_thatIsKnown_isOnlyLookedUp_data()
{
    QTest::addColumn<bool>("bare");
    QTest::newRow("address") << false;
    QTest::newRow("bare id") << true;
}

void TestBfl::job_thatIsKnown_isOnlyLookedUp()
{
    QFETCH(bool, bare);
    fake->addJob("job-9", {1024, 768});
    const QString id = bare ? QStringLiteral("job-9") : server->url("/v1/get_result?id=job-9").toString();
    const auto outcome = RemoteRig::wait(rig->engine.lookUp(request(), id, {}, {}));
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    QCOMPARE(outcome->image.size(), QSize(1024, 768));
    QCOMPARE(outcome->remoteId, id);
    QCOMPARE(outcome->requestsSent, 0);
    QCOMPARE(fake->orders(), 0);
}

void TestBfl::job_thatIsForgotten_isAmbiguous()
{
    const auto outcome = RemoteRig::wait(rig->engine.lookUp(request(), QStringLiteral("job-x"), {}, {}));
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QVERIFY(outcome.error().message.contains(QLatin1String("does not know this job")));
    QCOMPARE(fake->orders(), 0);
}

void TestBfl::ending_hasItsClass_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::addColumn<QString>("failure");
    QTest::newRow("request") << QByteArray("Request Moderated") << QStringLiteral("refused");
    QTest::newRow("content") << QByteArray("Content Moderated") << QStringLiteral("refused");
    QTest::newRow("error") << QByteArray("Error") << QStringLiteral("ambiguous");
    QTest::newRow("failed") << QByteArray("Failed") << QStringLiteral("ambiguous");
    QTest::newRow("not found") << QByteArray("Task not found") << QStringLiteral("ambiguous");
    QTest::newRow("unheard of") << QByteArray("Melted") << QStringLiteral("ambiguous");
}

void TestBfl::ending_hasItsClass()
{
    QFETCH(QByteArray, status);
    QFETCH(QString, failure);
    fake->endWith(status);
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), failure);
    QCOMPARE(outcome.error().serviceCode, QString::fromUtf8(status));
    QVERIFY2(outcome.error().message.endsWith(u'.'), qPrintable(outcome.error().message));
    QCOMPARE(fake->orders(), 1);
    QCOMPARE(fake->pictures(), 0);
}

void TestBfl::job_thatNeverEnds_isGivenUp()
{
    fake->pendFor(1'000'000);
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QCOMPARE(fake->orders(), 1);
    QVERIFY(fake->polls() > 100 && fake->polls() < 200);
}

void TestBfl::key_followsToItsOwnHosts_data()
{
    QTest::addColumn<QString>("backend");
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("may");
    const auto row = [](const char *backend, const char *url, bool may) {
        QTest::newRow(qPrintable(QStringLiteral("%1 → %2").arg(QLatin1String(backend), QLatin1String(url))))
            << QString::fromLatin1(backend) << QString::fromLatin1(url) << may;
    };
    row("https://api.bfl.ai", "https://api.bfl.ai/v1/get_result?id=1", true);
    row("https://api.bfl.ai", "https://api.eu2.bfl.ai/v1/get_result?id=1", true);
    row("https://api.bfl.ai", "https://bfl.ai/", true);
    row("https://api.bfl.ai", "https://API.EU.BFL.AI:443/", true);
    row("https://api.bfl.ai", "http://api.bfl.ai/", false);
    row("https://api.bfl.ai", "https://api.bfl.ai:8443/", false);
    row("https://api.bfl.ai", "https://api.bfl.ai.example.com/", false);
    row("https://api.bfl.ai", "https://evil-bfl.ai/", false);
    row("https://api.bfl.ai", "https://key@api.bfl.ai/", false);
    row("https://api.bfl.ai", "https://api.bfl.ai@127.0.0.1/", false);
    row("https://api.bfl.ai", "ftp://api.bfl.ai/", false);
    row("https://api.bfl.ai", "/v1/get_result?id=1", false);
    row("https://api.bfl.ai", "", false);
    row("http://127.0.0.1:9000", "http://127.0.0.1:9000/v1/get_result", true);
    row("http://127.0.0.1:9000", "http://127.0.0.1:9001/v1/get_result", false);
    row("http://127.0.0.1:9000", "https://api.bfl.ai/v1/get_result", false);
    row("https://flux.studio.example/bfl", "https://flux.studio.example/other", true);
    row("https://flux.studio.example/bfl", "https://api.bfl.ai/v1/get_result", false);
}

void TestBfl::key_followsToItsOwnHosts()
{
    QFETCH(QString, backend);
    QFETCH(QString, url);
    QFETCH(bool, may);
    BackendEntry entry;
    entry.url = QUrl(backend);
    QCOMPARE(BflCall::mayHaveKey(QUrl(url, QUrl::StrictMode), entry), may);
}

void TestBfl::strangePollingAddress_isNeverAsked_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("another port") << QByteArray("http://127.0.0.1:%1/v1/get_result?id=1");
    QTest::newRow("another name") << QByteArray("http://localhost:%1/v1/get_result?id=1");
    QTest::newRow("user in front") << QByteArray("http://api.bfl.ai@127.0.0.1:%1/");
    QTest::newRow("the real service") << QByteArray("https://api.bfl.ai/v1/get_result?id=1");
    QTest::newRow("no address") << QByteArray("://");
    QTest::newRow("file") << QByteArray("file:///etc/passwd");
}

void TestBfl::strangePollingAddress_isNeverAsked()
{
    QFETCH(QByteArray, address);
    ScriptedServer stranger;
    fake->pollAt(address.replace("%1", QByteArray::number(stranger.port())));
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QVERIFY2(outcome.error().message.contains(QLatin1String("not its own")), qPrintable(outcome.error().message));
    QCOMPARE(stranger.connections(), 0);
    QCOMPARE(fake->orders(), 1);
    QCOMPARE(fake->polls(), 0);
    QCOMPARE(server->requests().size(), 1);
}

void TestBfl::strangeRemoteId_isNeverAsked()
{
    ScriptedServer stranger;
    const auto outcome = RemoteRig::wait(rig->engine.lookUp(request(), stranger.url("/v1/get_result?id=1").toString(), {}, {}));
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QCOMPARE(stranger.connections(), 0);
    QCOMPARE(server->connections(), 0);
}

void TestBfl::pollingAddressThatMoves_isNotFollowed()
{
    ScriptedServer stranger;
    fake->answerPoll({302, {}, {{"Location", stranger.url("/v1/get_result?id=1").toEncoded()}}});
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QCOMPARE(stranger.connections(), 0);
    QCOMPARE(fake->orders(), 1);
}

void TestBfl::missingPollingAddress_isMadeFromTheId()
{
    fake->pollAt({});
    const auto outcome = rig->render(request());
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    QCOMPARE(outcome->remoteId, QStringLiteral("job-1"));
}

void TestBfl::changedPrompt_isSaid()
{
    fake->changePrompts(QStringLiteral("a majestic sign"));
    const auto outcome = rig->render(request());
    QVERIFY(outcome);
    QVERIFY(outcome->notes.join(u' ').contains(QLatin1String("a majestic sign")));
}

void TestBfl::runOutLink_isAmbiguous_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("forbidden") << 403;
    QTest::newRow("not found") << 404;
}

void TestBfl::runOutLink_isAmbiguous()
{
    QFETCH(int, status);
    fake->answerPicture({status, "<Error/>", {}, "application/xml"});
    const auto outcome = rig->render(request());
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QVERIFY2(outcome.error().message.contains(QLatin1String("run out")), qPrintable(outcome.error().message));
    QCOMPARE(fake->orders(), 1);
    QCOMPARE(fake->pictures(), 1);
}

void TestBfl::failure_hasItsClass_data()
{
    addFailureColumns();
    addFailure("bad input", 400, R"({"detail":"bad"})", "rejected", "bad");
    addFailure("no credits", 402, R"({"detail":"Insufficient credits"})", "rejected", "nothing left to spend");
    addFailure("key", 403, R"({"detail":"Not authenticated - Invalid Authentication"})", "rejected", "key");
    addFailure("model is gone", 404, R"({"detail":"Not Found"})", "retired", "flux-2-pro");
    addFailure("list", 422, R"({"detail":[{"loc":["body","width"],"msg":"must be a multiple of 16","type":"value_error"}]})", "rejected",
               "body.width: must be a multiple of 16");
    addFailure("too many, wait in the body", 429, R"({"error":"rate_limit_exceeded","message":"slow down","retry_after":4})", "busy", "slow down", 4000);
    addFailure("too many, wait in the header", 429, R"({"error":"rate_limit_exceeded","message":"slow down","retry_after":4})", "busy", "slow down", 9000,
               "Retry-After: 9");
    addFailure("too many, strange wait", 429, R"({"error":"rate_limit_exceeded","message":"slow down","retry_after":"soon"})", "busy", "slow down");
    addFailure("too many, negative wait", 429, R"({"error":"rate_limit_exceeded","message":"slow down","retry_after":-4})", "busy", "slow down");
    addFailure("too many, absurd wait", 429, R"({"error":"rate_limit_exceeded","message":"slow down","retry_after":1e300})", "busy", "slow down",
               365LL * 24 * 3600 * 1000);
    addFailure("server", 500, R"({"detail":"oops"})", "ambiguous", "oops");
}

void TestBfl::failure_hasItsClass()
{
    checkFailure(*fake, *rig, request());
}

void TestBfl::commonFailure_hasItsClass_data()
{
    addCommonFailures();
}

void TestBfl::commonFailure_hasItsClass()
{
    checkFailure(*fake, *rig, request());
}

void TestBfl::lostOrder_isAmbiguous()
{
    checkLostOrder(*fake, *rig, request());
}

void TestBfl::lostReading_isRepeated_data()
{
    QTest::addColumn<FakeHold>("where");
    QTest::newRow("poll") << FakeHold::Poll;
    QTest::newRow("picture") << FakeHold::Picture;
}

void TestBfl::lostReading_isRepeated()
{
    QFETCH(FakeHold, where);
    checkLostReading(*fake, *rig, request(), where);
}

void TestBfl::strangeAnswer_isAmbiguous_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("empty object") << QByteArray("{}");
    QTest::newRow("list") << QByteArray("[]");
    QTest::newRow("id that is a number") << QByteArray(R"({"id":5})");
    QTest::newRow("endless address") << "{\"polling_url\":\"http://127.0.0.1/" + QByteArray(5000, 'x') + "\"}";
}

void TestBfl::strangeAnswer_isAmbiguous()
{
    QFETCH(QByteArray, body);
    checkStrangeAnswer(*fake, *rig, request(), {200, body});
    QCOMPARE(server->requests().size(), 1);
}

void TestBfl::cancel_closesTheSocket_data()
{
    QTest::addColumn<FakeHold>("hold");
    QTest::newRow("while it is ordered") << FakeHold::Order;
    QTest::newRow("while it is asked for") << FakeHold::Poll;
    QTest::newRow("while it comes") << FakeHold::Picture;
}

void TestBfl::cancel_closesTheSocket()
{
    QFETCH(FakeHold, hold);
    checkCancel(*server, *fake, *rig, request(), hold);
}

void TestBfl::cancelBetweenPolls_endsThem()
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

void TestBfl::cancelBeforeTheStart_sendsNothing()
{
    checkNotSent(*server, *rig, request());
}

void TestBfl::connection_isTestedWithTheCredits()
{
    const auto good = RemoteRig::wait(rig->engine.testConnection({}));
    QVERIFY2(good, qPrintable(good ? QString() : good.error().message));
    QCOMPARE(*good, QStringLiteral("The service answers and takes the key; 55.5 credits are left."));

    RemoteRig other(hostedBackend(QStringLiteral("bfl"), *server), "wrong-key");
    const auto bad = RemoteRig::wait(other.engine.testConnection({}));
    QVERIFY(!bad);
    QCOMPARE(bad.error().httpStatus, 403);
    QCOMPARE(fake->orders(), 0);
}

QTEST_GUILESS_MAIN(TestBfl)

#include "tst_bfl.moc"
