#include "core/service/finals.h"
#include "core/template/templatefile.h"
#include "testpaths.h"
#include "tests/core/service/routingrig.h"
#include "tests/support/fakeengine.h"

#include <QSignalSpy>

using namespace Galley;

namespace {

constexpr int timeoutMs = 60'000;

/// A window with finals: everything but services.
struct Rig : RoutingWindow
{
    explicit Rig(const QString &home)
        : RoutingWindow(home)
    {}

    void openFinals()
    {
        open(false);
        FinalsParts parts;
        parts.store = &store;
        parts.keys = &keys;
        parts.models = &models;
        parts.routing = routing.get();
        parts.offline = [this] { return offline; };
        parts.engines = [this](const BackendEntry &backend) {
            auto engine = std::make_unique<FakeEngine>();
            engine->answersAtOnce = answersAtOnce;
            if (errors.contains(backend.id))
                engine->renderError = errors.value(backend.id);
            engines.insert(backend.id, engine.get());
            return engine;
        };
        finals = std::make_unique<Finals>(parts);
        routing->setFinals(finals.get());
        bool ready = false;
        finals->start([&](const Result<void> &) { ready = true; });
        if (!QTest::qWaitFor([&] { return ready && (onDisk().isEmpty() || routing->revision() > 0); }, timeoutMs))
            qFatal("the queue does not start");
    }
    ~Rig()
    {
        finals.reset();
        routing.reset();
    }
    qint64 submit(const RenderRequest &request) { return waitFor(finals->submit(request, Lane::Final)).value_or(0); }
    bool isDone(qint64 id)
    {
        return QTest::qWaitFor([&] { return finals->queue()->find(id) && finals->queue()->find(id)->record.state == JobState::Done; }, timeoutMs);
    }
    const JobRecord &record(qint64 id) const { return finals->queue()->find(id)->record; }

    KeyStore keys;
    bool answersAtOnce = true;
    bool offline = false;
    QHash<QString, Error> errors;
    QHash<QString, FakeEngine *> engines;
    std::unique_ptr<Finals> finals;
};

RenderRequest poster()
{
    RenderRequest request;
    request.source = loadTemplate(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley"))->value;
    request.intent = QStringLiteral("poster");
    return request;
}

} // namespace

/// Finals that are decided by rules: what each picture knows of it, fallbacks, shadows, and making pictures again.
class TestFinalRouting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void picture_knowsItsRule();
    void runningJob_keepsItsDecision();
    void failedModel_givesWayToTheFallback();
    void failingModel_isLeftOutOfTheNextDecision();
    void queuedJob_takesTheOfflineFallback_data();
    void queuedJob_takesTheOfflineFallback();
    void shadow_rendersTooAndIsNeverShown();
    void rollBack_canBeMadeAgainInOneGo();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Rig> m_rig;
};

void TestFinalRouting::init()
{
    qputenv("GALLEY_KEY_PLAIN", "sk-test");
    m_rig.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_rig = std::make_unique<Rig>(m_folder->path());
}

void TestFinalRouting::picture_knowsItsRule()
{
    m_rig->write(rulesFor("full"));
    m_rig->openFinals();
    QSignalSpy decided(m_rig->routing.get(), &RoutingService::decided);
    const qint64 id = m_rig->submit(poster());
    QVERIFY(m_rig->isDone(id));
    QCOMPARE(decided.count(), 1);
    const auto asset = waitFor(m_rig->store.asset(m_rig->record(id).assets.first()));
    QVERIFY(asset);
    QCOMPARE(asset->rule, QStringLiteral("all"));
    QCOMPARE(asset->routedModel, QStringLiteral("full"));
    const Json &decision = asset->provenance["decision"];
    QCOMPARE(decision["policy_revision"].get<int>(), 1);
    QCOMPARE(toQString(decision["policy"]), m_rig->routing->policy().digest);
    QVERIFY(!decision["reasons"].empty());
}

void TestFinalRouting::runningJob_keepsItsDecision()
{
    m_rig->answersAtOnce = false;
    m_rig->write(rulesFor("full"));
    m_rig->openFinals();
    const qint64 running = m_rig->submit(poster());
    const qint64 waiting = m_rig->submit(poster());
    QVERIFY(QTest::qWaitFor([&] { return m_rig->engines.contains(QStringLiteral("able")) && m_rig->engines[QStringLiteral("able")]->open() > 0; }, timeoutMs));
    m_rig->write(rulesFor("simple"));
    QVERIFY(m_rig->comesInForce(rulesFor("simple")));
    QCOMPARE(m_rig->finals->quote(poster())->decision.model, QStringLiteral("simple"));
    for (const qint64 id : {running, waiting}) {
        QVERIFY(QTest::qWaitFor([&] {
            m_rig->engines[QStringLiteral("able")]->answerOne();
            return m_rig->record(id).state == JobState::Done;
        }, timeoutMs));
        QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("full"));
        QCOMPARE(m_rig->record(id).decision.revision, 1);
    }
}

void TestFinalRouting::failedModel_givesWayToTheFallback()
{
    m_rig->errors.insert(QStringLiteral("steady"), Error{ErrorCode::ServiceFailed, QStringLiteral("Not there."), {}, FailureClass::NotSent});
    qputenv("GALLEY_KEY_STEADY", "sk-test");
    m_rig->write("routes:\n  - {name: all, match: \"intent:.\", model: steered, fallback: [{on: [not_sent], model: full}]}\n");
    m_rig->openFinals();
    const qint64 id = m_rig->submit(poster());
    QVERIFY(m_rig->isDone(id));
    const auto asset = waitFor(m_rig->store.asset(m_rig->record(id).assets.first()));
    QCOMPARE(asset->routedModel, QStringLiteral("full"));
    const Json &attempts = asset->provenance["attempts"];
    QCOMPARE(attempts.size(), std::size_t(2));
    QCOMPARE(toQString(attempts[0]["model"]), QStringLiteral("steered"));
    QCOMPARE(toQString(attempts[0]["outcome"]), QStringLiteral("not_sent"));
    QCOMPARE(toQString(attempts[1]["model"]), QStringLiteral("full"));
    QCOMPARE(toQString(asset->provenance["decision"]["tried"][0]), QStringLiteral("steered"));
}

void TestFinalRouting::failingModel_isLeftOutOfTheNextDecision()
{
    m_rig->errors.insert(QStringLiteral("steady"), Error{ErrorCode::ServiceFailed, QStringLiteral("Not there."), {}, FailureClass::NotSent});
    qputenv("GALLEY_KEY_STEADY", "sk-test");
    m_rig->write("routes:\n  - {name: all, match: \"intent:.\", model: steered, fallback: [{on: [not_sent, busy], model: full}]}\n");
    m_rig->openFinals();
    for (int i = 0; i < 2; ++i)
        QVERIFY(m_rig->isDone(m_rig->submit(poster())));
    QCOMPARE(m_rig->engines[QStringLiteral("steady")]->renders.size(), 2);
    QVERIFY(m_rig->isDone(m_rig->submit(poster())));
    QCOMPARE(m_rig->engines[QStringLiteral("steady")]->renders.size(), 2);
    const QList<HealthStatus> health = m_rig->routing->health();
    QVERIFY(std::any_of(health.cbegin(), health.cend(), [](const HealthStatus &status) {
        return status.model == QLatin1String("steered") && status.state == ModelHealth::State::Open && !status.reason.isEmpty();
    }));
}

void TestFinalRouting::queuedJob_takesTheOfflineFallback_data()
{
    QTest::addColumn<QByteArray>("fallback");
    QTest::addColumn<bool>("goes");
    QTest::newRow("on this machine") << QByteArray("[{on: [busy, offline], model: full}]") << true;
    QTest::newRow("as far away as the first") << QByteArray("[{on: [busy, offline], model: ratio}]") << false;
    QTest::newRow("not for this") << QByteArray("[{on: [busy], model: full}]") << false;
}

/// The network goes while the job waits: the rule says who renders it then.
void TestFinalRouting::queuedJob_takesTheOfflineFallback()
{
    QFETCH(QByteArray, fallback);
    QFETCH(bool, goes);
    m_rig->write("routes:\n  - {name: all, match: \"intent:.\", model: simple, fallback: " + fallback + "}\n");
    m_rig->openFinals();
    m_rig->finals->queue()->setPaused(true);
    const qint64 id = m_rig->submit(poster());
    QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("simple"));
    m_rig->offline = true;
    m_rig->finals->settingsChanged();
    QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("simple"));  // paused: it may be there again when its turn comes
    m_rig->finals->queue()->setPaused(false);
    if (!goes) {
        QVERIFY(QTest::qWaitFor([&] { return !m_rig->finals->queue()->find(id)->waitsFor.isEmpty(); }, timeoutMs));
        QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("simple"));
        return;
    }
    QVERIFY(m_rig->isDone(id));
    QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("full"));
    QCOMPARE(m_rig->record(id).decision.tried, QStringList{QStringLiteral("simple")});
    QVERIFY(!m_rig->engines.contains(QStringLiteral("plain")) || m_rig->engines[QStringLiteral("plain")]->renders.isEmpty());
}

void TestFinalRouting::shadow_rendersTooAndIsNeverShown()
{
    m_rig->write("routes:\n  - {name: all, match: \"intent:.\", model: full, canary: {model: simple, steps: [100], shadow: true}}\n");
    m_rig->openFinals();
    const qint64 id = m_rig->submit(poster());
    QVERIFY(m_rig->isDone(id));
    QCOMPARE(m_rig->record(id).decision.model, QStringLiteral("full"));
    qint64 shadow = 0;
    QVERIFY(QTest::qWaitFor([&] {
        for (const qint64 other : m_rig->finals->queue()->jobs())
            shadow = m_rig->record(other).shadowOf == id ? other : shadow;
        return shadow > 0;
    }, timeoutMs));
    QVERIFY(m_rig->isDone(shadow));
    QCOMPARE(m_rig->record(shadow).decision.model, QStringLiteral("simple"));
    QCOMPARE(m_rig->record(shadow).lane, Lane::Batch);
    QVERIFY(m_rig->finals->queue()->find(shadow)->preview.isNull());
    QVERIFY(waitFor(m_rig->store.asset(m_rig->record(shadow).assets.first()))->isShadow);
    QVERIFY(!waitFor(m_rig->store.asset(m_rig->record(id).assets.first()))->isShadow);
    QTest::qWait(50);
    QCOMPARE(m_rig->finals->queue()->jobs().size(), 2);  // a shadow has no shadow
}

void TestFinalRouting::rollBack_canBeMadeAgainInOneGo()
{
    m_rig->write(rulesFor("full"));
    m_rig->openFinals();
    const qint64 older = m_rig->submit(poster());
    QVERIFY(m_rig->isDone(older));
    QVERIFY(waitFor(m_rig->routing->apply(rulesFor("simple"), {}, 1)));
    RenderRequest another = poster();
    another.source.name = QStringLiteral("Another");
    another.source.style.summary = QStringLiteral("Something else entirely");
    const qint64 same = m_rig->submit(poster());
    const qint64 other = m_rig->submit(another);
    QVERIFY(m_rig->isDone(same) && m_rig->isDone(other));
    const auto report = waitFor(m_rig->routing->rollBack());
    QVERIFY(report);
    QCOMPARE(report->pictures.size(), 2);
    const auto again = waitFor(m_rig->routing->renderAgain(report->pictures));
    QVERIFY(again);
    // The one whose result by the older rules is in the library costs nothing.
    QCOMPARE(again->taken.value(m_rig->record(same).assets.first()), m_rig->record(older).assets.first());
    QCOMPARE(again->jobs.size(), 1);
    QVERIFY(m_rig->isDone(again->jobs.first()));
    QCOMPARE(m_rig->record(again->jobs.first()).decision.model, QStringLiteral("full"));
    QCOMPARE(m_rig->record(again->jobs.first()).lane, Lane::Batch);
}

QTEST_MAIN(TestFinalRouting)
#include "tst_finalrouting.moc"
