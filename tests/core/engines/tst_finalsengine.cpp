#include "core/engines/local/finalsengine.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace Galley;

namespace {

template<typename T>
bool wait(const QFuture<T> &future, int milliseconds = 20000)
{
    return QTest::qWaitFor([&] { return future.isFinished(); }, milliseconds);
}

EngineRequest request(const QString &words, const QString &model = QStringLiteral("galley-draft"))
{
    EngineRequest result;
    result.model = model;
    result.prompt = words;
    result.size = {64, 64};
    result.steps = 2;
    return result;
}

} // namespace

/// FinalsEngine and the drafts' engine, each with a real child process (tests/support/fakeworker.cpp). The runs of the script are those of both, by their start.
class TestFinalsEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void longFinal_leavesDraftsAlone();
    void finals_shareTheWorkerOfLargeDrafts();
    void ownWorker_endsWhenNobodyAsks();
    void ownWorker_isNotStartedBeforeItIsNeeded();
    void ownWorker_isTriedAgainAfterItBroke();
    void models_areThoseOfTheDrafts();
    void models_keepUpDuringALongFinal();
    void replacedFiles_areDescribedAnewForBoth();
    void largeModels_areInOneWorkerAtATime();
    void largeDraft_waitsForTheFinal();
    void ownWorker_givesWayToDrafts();

private:
    void make(const QByteArray &runs);
    QByteArray read(const char *name) const;
    int unloaded() const { return int(read("requests").count("\"unload\"")); }
    int starts() const { return int(read("starts").size()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    LocalEngineOptions m_options;
    bool m_areDraftsLarge = false;
    std::unique_ptr<LocalEngine> m_drafts;
    std::unique_ptr<FinalsEngine> m_finals;
};

void TestFinalsEngine::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_options = {};
    m_options.workerBinary = QStringLiteral(GALLEY_FAKE_WORKER);
    m_options.modelsFolder = m_folder->path();
    m_options.startTimeoutMs = 15000;
    m_options.firstBackOffMs = 5;
    m_areDraftsLarge = false;
}

void TestFinalsEngine::cleanup()
{
    m_finals.reset();
    m_drafts.reset();
}

void TestFinalsEngine::make(const QByteArray &runs)
{
    QFile file(m_folder->filePath(QStringLiteral("fake.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("{\"runs\":") + runs + "}");
    file.close();
    LocalEngineOptions drafts = m_options;
    drafts.idleEndMs = 0;
    m_drafts = std::make_unique<LocalEngine>(drafts);
    m_finals = std::make_unique<FinalsEngine>(m_drafts.get(), m_options, [this] { return m_areDraftsLarge; });
    QVERIFY(wait(m_drafts->capabilities()));
}

QByteArray TestFinalsEngine::read(const char *name) const
{
    QFile file(m_folder->filePath(QString::fromLatin1(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestFinalsEngine::longFinal_leavesDraftsAlone()
{
    make(R"([{}, {"render": ["wait_cancel"]}])");
    std::stop_source stop;
    bool hasBegun = false;
    RenderObserver observer;
    observer.progress = [&](int, int) { hasBegun = true; };
    const auto final = m_finals->render(request(QStringLiteral("final")), observer, stop.get_token());
    QTRY_VERIFY(hasBegun);
    QVERIFY(m_finals->processId() > 0);
    QVERIFY(m_finals->processId() != m_drafts->processId());
    for (int i = 0; i < 5; ++i) {
        const auto draft = m_drafts->render(request(QStringLiteral("draft %1").arg(i)), {}, {});
        QVERIFY(wait(draft) && draft.result());
        QVERIFY(!final.isFinished());
    }
    stop.request_stop();
    QVERIFY(wait(final));
    QCOMPARE(final.result().error().code, ErrorCode::Cancelled);
}

void TestFinalsEngine::finals_shareTheWorkerOfLargeDrafts()
{
    make("[{}]");
    m_areDraftsLarge = true;
    const auto shared = m_finals->render(request(QStringLiteral("a")), {}, {});
    QVERIFY(wait(shared) && shared.result());
    QCOMPARE(m_finals->processId(), 0);
    QCOMPARE(starts(), 1);
    m_areDraftsLarge = false;
    const auto own = m_finals->render(request(QStringLiteral("a")), {}, {});
    QVERIFY(wait(own) && own.result());
    QCOMPARE(starts(), 2);
    QCOMPARE(own.result()->image, shared.result()->image);
}

void TestFinalsEngine::ownWorker_endsWhenNobodyAsks()
{
    m_options.idleEndMs = 100;
    make(R"([{}, {"render": ["slow400"]}, {}])");
    const qint64 drafts = m_drafts->processId();
    // A long picture is no idleness.
    const auto first = m_finals->render(request(QStringLiteral("a")), {}, {});
    QVERIFY(wait(first));
    QVERIFY2(first.result(), first.result() ? "" : qPrintable(first.result().error().message));
    QTRY_COMPARE(m_finals->processId(), 0);
    const int before = starts();
    const auto second = m_finals->render(request(QStringLiteral("b")), {}, {});
    QVERIFY(wait(second) && second.result());
    QCOMPARE(starts(), before + 1);
    QCOMPARE(m_drafts->processId(), drafts);
}

void TestFinalsEngine::ownWorker_isNotStartedBeforeItIsNeeded()
{
    make("[{}]");
    m_finals->restart(m_options);
    const auto capabilities = m_finals->capabilities();
    QVERIFY(wait(capabilities) && capabilities.result());
    QVERIFY(wait(m_finals->embed({QStringLiteral("a")})));
    QCOMPARE(m_finals->processId(), 0);
    QCOMPARE(starts(), 1);
}

void TestFinalsEngine::ownWorker_isTriedAgainAfterItBroke()
{
    m_options.maxRestarts = 0;
    make(R"([{}, {"start": "exit"}, {}])");
    const auto broken = m_finals->render(request(QStringLiteral("a")), {}, {});
    QVERIFY(wait(broken));
    QVERIFY(!broken.result());
    const auto good = m_finals->render(request(QStringLiteral("a")), {}, {});
    QVERIFY(wait(good));
    QVERIFY2(good.result(), good.result() ? "" : qPrintable(good.result().error().message));
    const auto draft = m_drafts->render(request(QStringLiteral("a")), {}, {});
    QVERIFY(wait(draft) && draft.result());
}

void TestFinalsEngine::models_areThoseOfTheDrafts()
{
    make("[{}]");
    const auto render = [this](const char *model) {
        const auto future = m_finals->render(request(QStringLiteral("a"), QString::fromLatin1(model)), {}, {});
        return wait(future) && future.result();
    };
    QVERIFY(!render("one"));
    const auto one = m_drafts->addModel({QStringLiteral("one"), QStringLiteral("/one")});
    QVERIFY(wait(one) && one.result());
    QVERIFY(render("one"));  // added to a worker that ran
    m_finals->restart(m_options);  // with no models, until it hears of them again
    const auto two = m_drafts->addModel({QStringLiteral("two"), QStringLiteral("/two")});
    QVERIFY(wait(two) && two.result());
    QVERIFY(render("two"));
    QVERIFY(render("one"));
}

/// What happens to models meanwhile waits behind the final; it must not be reckoned from what there was before.
void TestFinalsEngine::models_keepUpDuringALongFinal()
{
    make(R"([{}, {"render": ["ok", "slow700", "ok"]}])");
    const auto render = [this](const char *model) {
        const auto future = m_finals->render(request(QStringLiteral("a"), QString::fromLatin1(model)), {}, {});
        return wait(future) && future.result();
    };
    const auto add = [this](const char *model) {
        const auto future = m_drafts->addModel({QString::fromLatin1(model), QStringLiteral("/weights")});
        return wait(future) && future.result();
    };
    const auto remove = [this](const char *model) {
        const auto future = m_drafts->removeModel(QString::fromLatin1(model));
        return wait(future) && future.result();
    };
    QVERIFY(add("kept"));
    QVERIFY(render("kept"));
    const auto final = m_finals->render(request(QStringLiteral("long"), QStringLiteral("kept")), {}, {});
    QVERIFY(remove("kept"));
    QVERIFY(add("kept"));  // as Undo does
    QVERIFY(add("one"));
    QVERIFY(add("two"));
    QVERIFY(remove("one"));
    QVERIFY(!final.isFinished());
    QVERIFY(wait(final) && final.result());
    QVERIFY(render("kept"));
    QVERIFY(render("two"));
    QVERIFY(!render("one"));
    // Each model is told once: describing a large one takes its time.
    const QByteArrayList requests = read("requests").split('\n');
    const auto isAdded = [](const QByteArray &line) { return line.contains("\"type\":\"add\"") && line.contains("\"model\":\"two\""); };
    QCOMPARE(std::count_if(requests.cbegin(), requests.cend(), isAdded), 2);  // each worker
}

/// What can be asked for is what the drafts' worker says of a model, and the finals' worker is who noticed.
void TestFinalsEngine::replacedFiles_areDescribedAnewForBoth()
{
    make(R"([{"revisions_when_added": ["fake-1", "other"]}, {"render": ["replaced", "ok"]}])");
    const auto big = m_drafts->addModel({QStringLiteral("big"), QStringLiteral("/big")});
    QVERIFY(wait(big) && big.result());
    EngineRequest wanted = request(QStringLiteral("a"), QStringLiteral("big"));
    wanted.revision = QStringLiteral("fake-1");
    QSignalSpy said(m_drafts.get(), &LocalEngine::modelsChanged);
    const auto final = m_finals->render(wanted, {}, {});
    QVERIFY(wait(final) && !final.result());
    QCOMPARE(final.result().error().code, ErrorCode::Unavailable);
    QTRY_COMPARE(said.count(), 1);
    QTRY_VERIFY(read("requests").count("\"type\":\"add\"") >= 3);  // once at first, and each worker anew
    const auto capabilities = m_drafts->capabilities();
    QVERIFY(wait(capabilities) && capabilities.result());
    QCOMPARE(capabilities.result()->findModel(QStringLiteral("big"))->revision, QStringLiteral("other"));
}

void TestFinalsEngine::largeModels_areInOneWorkerAtATime()
{
    make("[{}]");
    const auto big = m_drafts->addModel({QStringLiteral("big"), QStringLiteral("/big")});
    QVERIFY(wait(big) && big.result());
    const auto draw = [](RenderEngine &engine, const char *model) {
        const auto future = engine.render(request(QStringLiteral("a"), QString::fromLatin1(model)), {}, {});
        return wait(future) && future.result();
    };
    QVERIFY(draw(*m_drafts, "big"));
    QVERIFY(draw(*m_drafts, "big"));
    QVERIFY(draw(*m_drafts, "galley-draft"));
    QCOMPARE(unloaded(), 0);  // nobody else wants the memory
    QVERIFY(draw(*m_finals, "big"));
    QCOMPARE(unloaded(), 1);  // by the drafts' worker, before
    QVERIFY(read("requests").indexOf("\"unload\"") < read("requests").lastIndexOf("\"render\""));
    QVERIFY(draw(*m_finals, "big"));
    QVERIFY(draw(*m_drafts, "galley-draft"));
    QCOMPARE(unloaded(), 1);
    QVERIFY(draw(*m_drafts, "big"));
    QCOMPARE(unloaded(), 2);  // by the finals' worker
    // A worker that is gone holds nothing, and is not started to say so.
    QVERIFY(draw(*m_finals, "big"));
    QCOMPARE(unloaded(), 3);
    m_options.idleEndMs = 1;
    m_finals->restart(m_options);
    QTRY_COMPARE(m_finals->processId(), 0);
    const int before = starts();
    QVERIFY(draw(*m_drafts, "big"));
    QCOMPARE(unloaded(), 3);
    QCOMPARE(starts(), before);
}

void TestFinalsEngine::largeDraft_waitsForTheFinal()
{
    make(R"([{}, {"render": ["wait_cancel"]}])");
    const auto big = m_drafts->addModel({QStringLiteral("big"), QStringLiteral("/big")});
    QVERIFY(wait(big) && big.result());
    std::stop_source stop;
    bool hasBegun = false;
    RenderObserver observer;
    observer.progress = [&](int, int) { hasBegun = true; };
    const auto final = m_finals->render(request(QStringLiteral("final"), QStringLiteral("big")), observer, stop.get_token());
    QTRY_VERIFY(hasBegun);
    std::stop_source impatient;
    const auto given = m_drafts->render(request(QStringLiteral("a"), QStringLiteral("big")), {}, impatient.get_token());
    const auto kept = m_drafts->render(request(QStringLiteral("b"), QStringLiteral("big")), {}, {});
    const auto small = m_drafts->render(request(QStringLiteral("c")), {}, {});
    QVERIFY(wait(small) && small.result());
    impatient.request_stop();
    QVERIFY(wait(given));
    QCOMPARE(given.result().error().code, ErrorCode::Cancelled);
    QVERIFY(!kept.isFinished());
    QVERIFY(!final.isFinished());
    stop.request_stop();
    QVERIFY(wait(final) && wait(kept));
    QVERIFY(kept.result());
    QVERIFY(!read("requests").contains("\"prompt\":\"a\""));
}

void TestFinalsEngine::ownWorker_givesWayToDrafts()
{
    LocalEngineOptions options = FinalsEngine::ownOptions({});
    QVERIFY(options.isBackground);
    QVERIFY(options.idleEndMs > 0);
    QVERIFY(options.logFile.isEmpty());
    options = {};
    options.logFile = QStringLiteral("/log/worker.log");
    QCOMPARE(FinalsEngine::ownOptions(options).logFile, QStringLiteral("/log/finals-worker.log"));
}

QTEST_GUILESS_MAIN(TestFinalsEngine)
#include "tst_finalsengine.moc"
