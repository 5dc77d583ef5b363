#include "core/engines/local/localengine.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Galley;

namespace {

template<typename T>
bool wait(const QFuture<T> &future, int milliseconds = 20000)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, milliseconds);
}

EngineRequest request(const QString &words = QStringLiteral("red apple"))
{
    EngineRequest result;
    result.model = QStringLiteral("galley-draft");
    result.prompt = words;
    result.size = {64, 64};
    result.steps = 2;
    return result;
}

} // namespace

/// LocalEngine against a real child process that misbehaves as told (tests/support/fakeworker.cpp).
class TestLocalEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void hello_tellsCapabilities();
    void render_givesThePicture();
    void manyRequests_areAnsweredInOrderOneAtATime();
    void previews_arriveBeforeTheResult();
    void previews_mayBeSmallerThanThePicture();
    void loading_isToldApartFromSteps();
    void smallerPicture_isTakenOnlyWhereItMayBe();
    void embed_givesOneVectorEach();
    void cancelOfTheRunning_reachesTheWorker();
    void cancelOfAQueued_neverReachesTheWorker();
    void stopBeforeTheCall_asksNothing();
    void workerFault_isRepairedOnce_data();
    void workerFault_isRepairedOnce();
    void workerFaultTwice_isASentence_data();
    void workerFaultTwice_isASentence();
    void wrongAnswer_isNotRepeated_data();
    void wrongAnswer_isNotRepeated();
    void badStart_endsWithASentence_data();
    void badStart_endsWithASentence();
    void slowStart_isWaitedForWhereThereAreModels();
    void missingBinary_isASentenceAtOnce();
    void afterGivingUp_restartHelps();
    void killWhileRendering_theJobIsDoneAnyway();
    void deathWhileIdle_isRepaired();
    void embedDeath_isRepaired();
    void modelProblem_isToldWithoutAsking();
    void unknownModel_isToldWithoutAsking();
    void otherRevision_isToldWithoutAsking();
    void replacedFiles_areDescribedAnew_data();
    void replacedFiles_areDescribedAnew();
    void unreadableModel_isNoNews();
    void firstRender_mayTakeAsLongAsLoading();
    void restart_runsOpenRequestsAgain();
    void destruction_cancelsWhatIsOpen();
    void workerLines_goToTheLogFile();
    void tooLargeRequest_isRefusedAndTheNextOneRuns();

private:
    void script(const QByteArray &runs) const;
    QByteArray read(const char *name) const;
    int starts() const { return int(read("starts").size()); }
    int requests(const char *type) const { return int(read("requests").count(QByteArray("\"type\":\"").append(type))); }
    void make();

    std::unique_ptr<QTemporaryDir> m_folder;
    LocalEngineOptions m_options;
    std::unique_ptr<LocalEngine> m_engine;
};

void TestLocalEngine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_options = {};
    m_options.workerBinary = QStringLiteral(GALLEY_FAKE_WORKER);
    m_options.modelsFolder = m_folder->path();
    m_options.startTimeoutMs = 15000;
    m_options.silenceTimeoutMs = 10000;
    m_options.firstBackOffMs = 5;
    script(R"([{}])");
    make();
}

void TestLocalEngine::cleanup()
{
    m_engine.reset();
}

void TestLocalEngine::make()
{
    m_engine = std::make_unique<LocalEngine>(m_options);
}

void TestLocalEngine::script(const QByteArray &runs) const
{
    QFile file(m_folder->filePath(QStringLiteral("fake.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("{\"runs\":") + runs + "}");
}

QByteArray TestLocalEngine::read(const char *name) const
{
    QFile file(m_folder->filePath(QString::fromLatin1(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestLocalEngine::hello_tellsCapabilities()
{
    QSignalSpy started(m_engine.get(), &LocalEngine::workerStarted);
    const auto future = m_engine->capabilities();
    const auto second = m_engine->capabilities();
    QVERIFY(wait(future) && wait(second));
    QVERIFY(future.result());
    QCOMPARE(future.result()->models.size(), 1);
    QCOMPARE(*future.result(), *second.result());
    QCOMPARE(started.count(), 1);
    QCOMPARE(starts(), 1);
    QVERIFY(m_engine->processId() > 0);
    QVERIFY(m_engine->capabilities().isFinished());
}

void TestLocalEngine::render_givesThePicture()
{
    const auto one = m_engine->render(request(), {}, {});
    const auto same = m_engine->render(request(), {}, {});
    const auto other = m_engine->render(request(QStringLiteral("pear")), {}, {});
    QVERIFY(wait(one) && wait(same) && wait(other));
    QVERIFY2(one.result(), one.result() ? "" : qPrintable(one.result().error().message));
    QCOMPARE(one.result()->image.size(), QSize(64, 64));
    QCOMPARE(one.result()->model, QStringLiteral("galley-draft"));
    QCOMPARE(one.result()->image, same.result()->image);
    QVERIFY(one.result()->image != other.result()->image);
}

void TestLocalEngine::manyRequests_areAnsweredInOrderOneAtATime()
{
    QList<QFuture<Result<RenderResult>>> futures;
    for (int i = 0; i < 20; ++i)
        futures.append(m_engine->render(request(QString::number(i)), {}, {}));
    for (int i = 19; i >= 0; --i)
        QVERIFY(wait(futures[i]) && futures[i].result());
    const QList<QByteArray> lines = read("requests").trimmed().split('\n');
    QCOMPARE(lines.size(), 20);
    for (int i = 0; i < 20; ++i)
        QVERIFY(lines[i].contains(QByteArray("\"prompt\":\"").append(QByteArray::number(i)).append('"')));
}

void TestLocalEngine::previews_arriveBeforeTheResult()
{
    script(R"([{"render": ["previews"]}])");
    QList<int> previews;
    QList<int> progress;
    bool finished = false;
    EngineRequest wanted = request();
    wanted.steps = 4;
    QFuture<Result<RenderResult>> future;
    future = m_engine->render(wanted,
                              {[&](int step, int of) {
                                   progress.append(step);
                                   QCOMPARE(of, 4);
                               },
                               [&](int step, const QImage &preview) {
                                   finished = finished || future.isFinished();
                                   QCOMPARE(preview.size(), QSize(64, 64));
                                   previews.append(step);
                               },
                               {}, {}, {}},
                              {});
    QVERIFY(wait(future) && future.result());
    QVERIFY(!finished);
    QCOMPARE(previews, QList<int>({1, 2, 3}));
    QCOMPARE(progress, QList<int>({1, 2, 3}));
}

void TestLocalEngine::previews_mayBeSmallerThanThePicture()
{
    script(R"([{"render": ["low_previews", "high_previews"]}])");
    QList<QSize> sizes;
    const auto draw = [&] {
        EngineRequest wanted = request();
        wanted.steps = 2;
        QFuture<Result<RenderResult>> future = m_engine->render(wanted, {{}, [&](int, const QImage &preview) { sizes.append(preview.size()); }, {}, {}, {}}, {});
        return wait(future) && future.result();
    };
    QVERIFY(draw());
    QCOMPARE(sizes, QList<QSize>({QSize(64, 32)}));
    QVERIFY(draw());  // its preview is higher than the picture, and left out
    QCOMPARE(sizes.size(), 1);
}

void TestLocalEngine::loading_isToldApartFromSteps()
{
    script(R"([{"render": ["loading"]}])");
    QList<qint64> loaded;
    int steps = 0;
    RenderObserver observer;
    observer.progress = [&](int, int) { ++steps; };
    observer.loading = [&](qint64 bytes, qint64 of) {
        QCOMPARE(of, 4000);
        loaded.append(bytes);
    };
    const auto future = m_engine->render(request(), observer, {});
    QVERIFY(wait(future) && future.result());
    QCOMPARE(loaded, QList<qint64>({1000, 2000, 3000, 4000}));
    QCOMPARE(steps, 0);
    QVERIFY(wait(m_engine->render(request(), {}, {})));  // nobody need listen
}

void TestLocalEngine::smallerPicture_isTakenOnlyWhereItMayBe()
{
    script(R"([{"render": ["smaller", "smaller", "wrong_size"]}])");
    EngineRequest wanted = request();
    const auto refused = m_engine->render(wanted, {}, {});
    wanted.mayShrink = true;
    const auto taken = m_engine->render(wanted, {}, {});
    QVERIFY(wait(refused) && wait(taken));
    QVERIFY(!refused.result());
    QVERIFY2(taken.result(), taken.result() ? "" : qPrintable(taken.result().error().message));
    QCOMPARE(taken.result()->image.size(), QSize(32, 32));
    QVERIFY(read("requests").contains("\"may_shrink\":true"));
    QCOMPARE(read("requests").count("may_shrink"), 1);
}

void TestLocalEngine::embed_givesOneVectorEach()
{
    const auto future = m_engine->embed({QStringLiteral("a"), QStringLiteral("bb")});
    QVERIFY(wait(future) && future.result());
    QCOMPARE(future.result()->size(), 2);
    QCOMPARE(future.result()->at(1).size(), 256);
    QCOMPARE(future.result()->at(1).at('b'), 2.0f);
}

void TestLocalEngine::cancelOfTheRunning_reachesTheWorker()
{
    script(R"([{"render": ["wait_cancel", "ok"]}])");
    std::stop_source stop;
    bool running = false;
    const auto first = m_engine->render(request(), {[&](int, int) { running = true; }, {}, {}, {}, {}}, stop.get_token());
    const auto second = m_engine->render(request(QStringLiteral("next")), {}, {});
    QVERIFY(QTest::qWaitFor([&] { return running; }, 20000));
    stop.request_stop();
    QVERIFY(wait(first) && wait(second));
    QCOMPARE(first.result().error().code, ErrorCode::Cancelled);
    QVERIFY(second.result());
    QCOMPARE(requests("cancel"), 1);
    QCOMPARE(starts(), 1);
}

void TestLocalEngine::cancelOfAQueued_neverReachesTheWorker()
{
    script(R"([{"render": ["slow50"]}])");
    std::stop_source stop;
    const auto first = m_engine->render(request(), {}, {});
    const auto second = m_engine->render(request(QStringLiteral("unwanted")), {}, stop.get_token());
    const auto third = m_engine->render(request(QStringLiteral("wanted")), {}, {});
    stop.request_stop();
    QVERIFY(wait(second));
    QCOMPARE(second.result().error().code, ErrorCode::Cancelled);
    QVERIFY(wait(first) && first.result() && wait(third) && third.result());
    QVERIFY(!read("requests").contains("unwanted"));
    QCOMPARE(requests("render"), 2);
}

void TestLocalEngine::stopBeforeTheCall_asksNothing()
{
    std::stop_source stop;
    stop.request_stop();
    const auto future = m_engine->render(request(), {}, stop.get_token());
    QVERIFY(future.isFinished());
    QCOMPARE(future.result().error().code, ErrorCode::Cancelled);
    QCOMPARE(m_engine->processId(), 0);
}

namespace {

/// Everything after which the stream to this process is worth nothing.
const char *const faults[] = {"die",         "exit",           "garbage",      "wrong_length", "huge_attachment",    "zero_length",           "not_an_object",
                              "unknown_type", "bad_frame",     "wrong_id",     "silent",       "half_a_frame", "outside_attachment", "overflowing_attachment", "wrong_shape"};

} // namespace

void TestLocalEngine::workerFault_isRepairedOnce_data()
{
    QTest::addColumn<QByteArray>("fault");
    for (const char *fault : faults)
        QTest::newRow(fault) << QByteArray(fault);
}

void TestLocalEngine::workerFault_isRepairedOnce()
{
    QFETCH(QByteArray, fault);
    script(R"([{"render": [")" + fault + R"("]}, {}])");
    m_options.silenceTimeoutMs = 300;
    m_options.loadTimeoutMs = 300;
    make();
    int begunAgain = 0;
    RenderObserver observer;
    observer.again = [&] { ++begunAgain; };
    const auto first = m_engine->render(request(), observer, {});
    const auto second = m_engine->render(request(QStringLiteral("next")), observer, {});
    QVERIFY(wait(first) && wait(second));
    QCOMPARE(begunAgain, 1);
    QVERIFY2(first.result(), first.result() ? "" : qPrintable(first.result().error().message + first.result().error().detail));
    QVERIFY(second.result());
    QCOMPARE(starts(), 2);
    QCOMPARE(m_engine->restarts(), 1);
    QCOMPARE(requests("render"), 3);
}

void TestLocalEngine::workerFaultTwice_isASentence_data()
{
    workerFault_isRepairedOnce_data();
}

void TestLocalEngine::workerFaultTwice_isASentence()
{
    QFETCH(QByteArray, fault);
    script(R"([{"render": [")" + fault + R"("]}, {"render": [")" + fault + R"("]}, {}])");
    m_options.silenceTimeoutMs = 300;
    m_options.loadTimeoutMs = 300;
    make();
    const auto poison = m_engine->render(request(QStringLiteral("poison")), {}, {});
    const auto next = m_engine->render(request(QStringLiteral("next")), {}, {});
    QVERIFY(wait(poison) && wait(next));
    QVERIFY(!poison.result());
    QCOMPARE(poison.result().error().code, ErrorCode::WorkerFailed);
    QVERIFY(poison.result().error().message.contains(QStringLiteral("poison")));
    QVERIFY(next.result());
    QCOMPARE(starts(), 3);
}

void TestLocalEngine::wrongAnswer_isNotRepeated_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<ErrorCode>("code");
    for (const char *how : {"wrong_model", "wrong_seed", "wrong_steps", "wrong_size", "no_picture"})
        QTest::newRow(how) << QByteArray(how) << ErrorCode::WorkerFailed;
    QTest::newRow("error") << QByteArray("error") << ErrorCode::InvalidInput;
    QTest::newRow("oom") << QByteArray("oom") << ErrorCode::OutOfMemory;
}

void TestLocalEngine::wrongAnswer_isNotRepeated()
{
    QFETCH(QByteArray, how);
    QFETCH(ErrorCode, code);
    script(R"([{"render": [")" + how + R"(", "ok"]}])");
    EngineRequest wanted = request();
    wanted.revision = QStringLiteral("fake-1");
    const auto first = m_engine->render(wanted, {}, {});
    const auto second = m_engine->render(wanted, {}, {});
    QVERIFY(wait(first) && wait(second));
    QVERIFY(!first.result());
    QCOMPARE(first.result().error().code, code);
    QVERIFY(second.result());
    QCOMPARE(starts(), 1);
    QCOMPARE(requests("render"), 2);
}

void TestLocalEngine::badStart_endsWithASentence_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<int>("starts");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("exits") << QByteArray("exit") << 4 << ErrorCode::WorkerFailed;
    QTest::newRow("exits after hello") << QByteArray("exit_after_hello") << 4 << ErrorCode::WorkerFailed;
    QTest::newRow("says nothing") << QByteArray("silent") << 4 << ErrorCode::WorkerFailed;
    QTest::newRow("garbage") << QByteArray("garbage") << 4 << ErrorCode::WorkerFailed;
    QTest::newRow("newer protocol") << QByteArray("protocol2") << 1 << ErrorCode::Unsupported;
}

void TestLocalEngine::badStart_endsWithASentence()
{
    QFETCH(QByteArray, start);
    QFETCH(ErrorCode, code);
    script(R"([{"start": ")" + start + R"(", "render": ["silent"]}])");
    m_options.startTimeoutMs = 500;
    make();
    QSignalSpy failed(m_engine.get(), &LocalEngine::workerFailed);
    QVERIFY(QTest::qWaitFor([&] {
        const auto future = m_engine->render(request(), {}, {});
        return wait(future) && failed.count() > 0;
    }, 30000));
    QCOMPARE(failed.count(), 1);
    QTEST(starts(), "starts");
    const auto again = m_engine->capabilities();
    QVERIFY(again.isFinished());
    QCOMPARE(again.result().error().code, code);
    QVERIFY(again.result().error().message.endsWith(QLatin1Char('.')));
    QTEST(starts(), "starts");
}

/// Files of the user's on a slow disk are no broken worker.
void TestLocalEngine::slowStart_isWaitedForWhereThereAreModels()
{
    script(R"([{"start": "slow"}])");
    m_options.startTimeoutMs = 300;
    m_options.describeTimeoutMs = 10'000;
    m_options.models = {{QStringLiteral("large"), QStringLiteral("/share/large")}};
    make();
    const auto future = m_engine->capabilities();
    QVERIFY(wait(future));
    QVERIFY2(future.result(), future.result() ? "" : qPrintable(future.result().error().message));
    QCOMPARE(future.result()->models.size(), 2);
    QCOMPARE(starts(), 1);
}

void TestLocalEngine::missingBinary_isASentenceAtOnce()
{
    m_options.workerBinary = m_folder->filePath(QStringLiteral("not-here"));
    make();
    const auto future = m_engine->render(request(), {}, {});
    QVERIFY(wait(future));
    QCOMPARE(future.result().error().code, ErrorCode::Unavailable);
    QVERIFY(future.result().error().message.contains(QStringLiteral("not-here")));
    QCOMPARE(m_engine->restarts(), 0);
}

void TestLocalEngine::afterGivingUp_restartHelps()
{
    m_options.workerBinary = m_folder->filePath(QStringLiteral("not-here"));
    make();
    QVERIFY(wait(m_engine->capabilities()));
    m_options.workerBinary = QStringLiteral(GALLEY_FAKE_WORKER);
    m_engine->restart(m_options);
    const auto future = m_engine->render(request(), {}, {});
    QVERIFY(wait(future) && future.result());
}

void TestLocalEngine::killWhileRendering_theJobIsDoneAnyway()
{
    script(R"([{"render": ["wait_cancel"]}, {}])");
    bool running = false;
    const auto future = m_engine->render(request(), {[&](int, int) { running = true; }, {}, {}, {}, {}}, {});
    QVERIFY(QTest::qWaitFor([&] { return running; }, 20000));
    const qint64 first = m_engine->processId();
    QCOMPARE(::kill(pid_t(first), SIGKILL), 0);
    QVERIFY(wait(future));
    QVERIFY(future.result());
    QVERIFY(m_engine->processId() != first);
}

void TestLocalEngine::deathWhileIdle_isRepaired()
{
    QVERIFY(wait(m_engine->capabilities()));
    ::kill(pid_t(m_engine->processId()), SIGKILL);
    QVERIFY(QTest::qWaitFor([&] { return m_engine->restarts() == 1; }, 20000));
    const auto future = m_engine->render(request(), {}, {});
    QVERIFY(wait(future) && future.result());
}

void TestLocalEngine::embedDeath_isRepaired()
{
    script(R"([{"embed": ["die"]}, {"embed": ["ok", "short"]}])");
    const auto future = m_engine->embed({QStringLiteral("a")});
    QVERIFY(wait(future) && future.result());
    QCOMPARE(starts(), 2);
    const auto shorter = m_engine->embed({QStringLiteral("a")});
    QVERIFY(wait(shorter) && !shorter.result());
    QCOMPARE(starts(), 2);
}

void TestLocalEngine::modelProblem_isToldWithoutAsking()
{
    script(R"([{"model_error": "The file draft.safetensors is cut off."}])");
    const auto future = m_engine->render(request(), {}, {});
    QVERIFY(wait(future));
    QCOMPARE(future.result().error().message, QStringLiteral("The file draft.safetensors is cut off."));
    QCOMPARE(requests("render"), 0);
}

void TestLocalEngine::unknownModel_isToldWithoutAsking()
{
    EngineRequest wanted = request();
    wanted.model = QStringLiteral("sd-turbo");
    const auto future = m_engine->render(wanted, {}, {});
    QVERIFY(wait(future));
    QCOMPARE(future.result().error().code, ErrorCode::NotFound);
    QCOMPARE(requests("render"), 0);
}

void TestLocalEngine::otherRevision_isToldWithoutAsking()
{
    EngineRequest wanted = request();
    wanted.revision = QStringLiteral("yesterday");
    const auto future = m_engine->render(wanted, {}, {});
    QVERIFY(wait(future));
    QCOMPARE(future.result().error().code, ErrorCode::Unavailable);
    QCOMPARE(requests("render"), 0);
}

/// The worker loaded the model again and found other files: what it said of them before is asked anew, so that only this one request is lost.
void TestLocalEngine::replacedFiles_areDescribedAnew_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<bool>("isOfUser");
    QTest::newRow("another revision, of the user") << QByteArray("replaced") << true;
    QTest::newRow("a refusal, of the user") << QByteArray("replaced_error") << true;
    QTest::newRow("another revision, of Galley") << QByteArray("replaced") << false;
}

void TestLocalEngine::replacedFiles_areDescribedAnew()
{
    QFETCH(QByteArray, how);
    QFETCH(bool, isOfUser);
    script(R"([{"render": [")" + how + R"(", "ok"]}, {"revision": "other"}])");
    if (isOfUser)
        m_options.models = {{QStringLiteral("sd-turbo"), m_folder->path()}};
    make();
    QSignalSpy changed(m_engine.get(), &LocalEngine::filesChanged);
    EngineRequest wanted = request();
    if (isOfUser)
        wanted.model = QStringLiteral("sd-turbo");
    wanted.revision = QStringLiteral("fake-1");
    const auto first = m_engine->render(wanted, {}, {});
    QVERIFY(wait(first));
    QVERIFY(!first.result());
    QCOMPARE(first.result().error().code, ErrorCode::Unavailable);
    QCOMPARE(changed.count(), isOfUser ? 1 : 0);
    // What was asked for before is refused without the worker, and what is there now is drawn.
    const auto old = m_engine->render(wanted, {}, {});
    wanted.revision = QStringLiteral("other");
    const auto now = m_engine->render(wanted, {}, {});
    QVERIFY(wait(old) && wait(now));
    QVERIFY(!old.result());
    QVERIFY(old.result().error().message.contains(QStringLiteral("Render again")));
    QVERIFY2(now.result(), now.result() ? "" : qPrintable(now.result().error().message));
    QCOMPARE(now.result()->revision, QStringLiteral("other"));
    QCOMPARE(requests("render"), 2);
    QCOMPARE(requests("add"), isOfUser ? 1 : 0);
    QCOMPARE(starts(), isOfUser ? 1 : 2);
    const auto said = m_engine->capabilities();
    QVERIFY(wait(said) && said.result());
    QCOMPARE(said.result()->findModel(wanted.model)->revision, QStringLiteral("other"));
}

/// Whoever hears of news asks again, which would read the files for ever.
void TestLocalEngine::unreadableModel_isNoNews()
{
    script(R"([{"render": ["unreadable", "ok"]}])");
    m_options.models = {{QStringLiteral("sd-turbo"), m_folder->path()}};
    make();
    EngineRequest wanted = request();
    wanted.model = QStringLiteral("sd-turbo");
    const auto said = m_engine->capabilities();
    QVERIFY(wait(said) && said.result());
    QSignalSpy news(m_engine.get(), &LocalEngine::modelsChanged);
    const auto failed = m_engine->render(wanted, {}, {});
    QVERIFY(wait(failed) && !failed.result());
    QTRY_COMPARE(requests("add"), 1);
    const auto next = m_engine->render(wanted, {}, {});  // runs after the answer to "add"
    QVERIFY(wait(next) && next.result());
    QCOMPARE(news.count(), 0);
}

void TestLocalEngine::firstRender_mayTakeAsLongAsLoading()
{
    script(R"([{"render": ["slow600", "slow30000"]}, {}])");
    m_options.silenceTimeoutMs = 200;
    m_options.loadTimeoutMs = 20000;
    make();
    const auto first = m_engine->render(request(), {}, {});
    QVERIFY(wait(first) && first.result());
    QCOMPARE(starts(), 1);
    const auto second = m_engine->render(request(), {}, {});
    QVERIFY(wait(second) && second.result());
    QCOMPARE(starts(), 2);
}

void TestLocalEngine::restart_runsOpenRequestsAgain()
{
    script(R"([{"render": ["wait_cancel"]}, {}])");
    bool running = false;
    const auto first = m_engine->render(request(), {[&](int, int) { running = true; }, {}, {}, {}, {}}, {});
    const auto second = m_engine->render(request(QStringLiteral("next")), {}, {});
    QVERIFY(QTest::qWaitFor([&] { return running; }, 20000));
    m_options.threads = 2;
    m_engine->restart(m_options);
    QVERIFY(wait(first) && first.result() && wait(second) && second.result());
    QCOMPARE(starts(), 2);
}

void TestLocalEngine::destruction_cancelsWhatIsOpen()
{
    script(R"([{"render": ["wait_cancel"]}])");
    const auto first = m_engine->render(request(), {}, {});
    const auto second = m_engine->render(request(QStringLiteral("next")), {}, {});
    const auto third = m_engine->embed({QStringLiteral("a")});
    m_engine.reset();
    for (const auto &future : {first, second})
        QVERIFY(future.isFinished() && future.result().error().code == ErrorCode::Cancelled);
    QVERIFY(third.isFinished());
}

void TestLocalEngine::workerLines_goToTheLogFile()
{
    m_options.logFile = m_folder->filePath(QStringLiteral("worker.log"));
    make();
    QSignalSpy lines(m_engine.get(), &LocalEngine::workerLine);
    QVERIFY(wait(m_engine->render(request(), {}, {})));
    QVERIFY(QTest::qWaitFor([&] { return lines.count() >= 2; }, 20000));
    const QByteArray text = read("worker.log");
    QVERIFY(text.contains("fake worker: start ok"));
    QVERIFY(text.contains("fake worker: render ok"));
}

void TestLocalEngine::tooLargeRequest_isRefusedAndTheNextOneRuns()
{
    const auto large = m_engine->render(request(QString(2'000'000, QLatin1Char('x'))), {}, {});
    const auto next = m_engine->render(request(), {}, {});
    QVERIFY(wait(large) && wait(next));
    QCOMPARE(large.result().error().code, ErrorCode::TooLarge);
    QVERIFY(next.result());
    QCOMPARE(starts(), 1);
}

QTEST_GUILESS_MAIN(TestLocalEngine)
#include "tst_localengine.moc"
