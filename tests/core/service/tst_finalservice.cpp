#include "core/composition/scene.h"
#include "core/service/finals.h"
#include "core/template/templatefile.h"
#include "testpaths.h"
#include "tests/support/fakeengine.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

constexpr int timeoutMs = 30'000;
const QString quotes = QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/models/quotes.yaml");

/// Entries of the render cache.
int rendersIn(const QString &folder)
{
    QDirIterator files(folder + QStringLiteral("/renders"), {QStringLiteral("*.render")}, QDir::Files, QDirIterator::Subdirectories);
    int count = 0;
    for (; files.hasNext(); files.next())
        ++count;
    return count;
}

template<typename T>
Result<T> wait(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, timeoutMs))
        return fail(ErrorCode::Internal, QStringLiteral("no answer"));
    return future.result();
}

/// Everything but services: a real library, a real models.yaml, engines that count what they are asked.
struct Rig
{
    explicit Rig(const QString &folder)
        : store(folder + QStringLiteral("/data"))
        , models(quotes, folder + QStringLiteral("/models.yaml"))
    {
        FinalsParts parts;
        parts.store = &store;
        parts.keys = &keys;
        parts.models = &models;
        parts.engines = [this](const BackendEntry &backend) {
            auto engine = std::make_unique<FakeEngine>();
            ++made;
            engine->renderError = renderError;
            engines.insert(backend.id, engine.get());
            return engine;
        };
        cache = std::make_unique<RenderCache>(folder + QStringLiteral("/renders"), 100 << 20);
        parts.cache = cache.get();
        parts.offline = [this] { return offline; };
        parts.budgetPerDay = [this] { return budget; };
        parts.now = [this] { return time; };
        finals = std::make_unique<Finals>(parts);
        bool ready = false;
        finals->start([&](const Result<void> &) { ready = true; });
        if (!QTest::qWaitFor([&] { return ready; }, timeoutMs))
            qFatal("the queue does not start");
    }

    Result<qint64> submit(const RenderRequest &request, const QImage &draft = {}) { return wait(finals->submit(request, Lane::Final, draft)); }
    JobState state(qint64 id) const
    {
        const Job *job = finals->queue()->find(id);
        return job ? job->record.state : JobState::Cancelled;
    }
    int asked(const char *backend) const
    {
        const FakeEngine *engine = engines.value(QString::fromLatin1(backend));
        return engine ? int(engine->renders.size()) : 0;
    }

    std::optional<Error> renderError;
    bool offline = false;
    double budget = 0;
    QDateTime time = QDateTime(QDate(2026, 11, 25), QTime(12, 0));
    QHash<QString, FakeEngine *> engines;
    int made = 0;
    KeyStore keys;
    Store store;
    CatalogueFile models;
    std::unique_ptr<RenderCache> cache;
    std::unique_ptr<Finals> finals;
};

RenderRequest requestFor(const char *model)
{
    RenderRequest request;
    request.source = loadTemplate(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley"))->value;
    request.model = QString::fromLatin1(model);
    return request;
}

} // namespace

/// Finals over a real library, without services.
class TestFinalService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void submit_makesAPicture();
    void severalPictures_allCanBeReached();
    void drawnText_isChecked();
    void price_isSpent();
    void overBudget_isNotSent();
    void newDay_isNotBlockedByTheLast();
    void missingKey_waitsUntilThereIsOne();
    void offline_waitsUntilItIsNot();
    void draft_goesAlong();
    void part_isDrawnAnew();
    void anew_goesPastTheCache();
    void withdrawn_isNotTakenFromTheCache();
    void pictureThatCannotBeRead_isNotSent();
    void noBudget_isNone_data();
    void noBudget_isNone();
    void gone_isRemembered();
    void selectable_firstWhatCanBeUsed();
    void backends_sayWhatTheyNeed();
    void absentKey_isAskedForAgain();
    void unknownBackend_isASentence();
    void brokenModelsAtTheStart_letJobsWait();
    void badEdit_keepsTheLastGoodModels();
    void changedBackend_getsANewEngine();
    void movedBackend_keepsItsEngine();
    void formerEngine_goesWhenItsCallsHaveEnded();

private:
    QString folder() const { return m_folder->path(); }
    void write(const QByteArray &text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFinalService::initTestCase()
{
    QVERIFY(loadBundledFonts(QStringLiteral(GALLEY_SOURCE_DIR "/resources")).contains(QStringLiteral("Inter")));
}

void TestFinalService::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("GALLEY_KEY_PLAIN", "canary");
}

void TestFinalService::write(const QByteArray &text) const
{
    QFile file(folder() + QStringLiteral("/models.yaml"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

void TestFinalService::submit_makesAPicture()
{
    Rig rig(folder());
    const auto id = rig.submit(requestFor("full"));
    QVERIFY2(id, qPrintable(id ? QString() : id.error().message));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
    const auto picture = wait(rig.finals->picture(*id));
    QVERIFY2(picture, qPrintable(picture ? QString() : picture.error().message));
    QCOMPARE(picture->composed.size(), QSize(1080, 1350));
    QCOMPARE(picture->requested, QStringLiteral("full"));
    QCOMPARE(picture->routed, QStringLiteral("full"));
    QVERIFY(QFileInfo::exists(picture->originalFile));
    QVERIFY(picture->textFindings.isEmpty());
    QVERIFY(!picture->textChecked);
    QCOMPARE(rig.asked("able"), 1);
    QCOMPARE(wait(rig.finals->picture(*id))->composed, picture->composed);
}

void TestFinalService::severalPictures_allCanBeReached()
{
    Rig rig(folder());
    RenderRequest request = requestFor("full");
    request.count = 3;
    QCOMPARE(rig.finals->quote(request)->pictures, 3);
    const auto id = rig.submit(request);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
    QSet<qint64> assets;
    for (const int index : {0, 1, 2, 1}) {
        const auto picture = wait(rig.finals->picture(*id, index));
        QVERIFY2(picture, qPrintable(picture ? QString() : picture.error().message));
        QCOMPARE(picture->index, index);
        QCOMPARE(picture->count, 3);
        QCOMPARE(picture->assetId, rig.finals->queue()->find(*id)->record.assets.at(index));
        assets.insert(picture->assetId);
    }
    QCOMPARE(assets.size(), 3);
    for (const int index : {-1, 3}) {
        const auto picture = wait(rig.finals->picture(*id, index));
        QVERIFY(!picture);
        QCOMPARE(picture.error().code, ErrorCode::NotFound);
    }
}

void TestFinalService::drawnText_isChecked()
{
    Rig rig(folder());
    RenderRequest request = requestFor("full");
    request.source.findToken(QStringLiteral("title"))->mode = TokenMode::Drawn;
    const auto id = rig.submit(request);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
    const auto picture = wait(rig.finals->picture(*id));
    QVERIFY(picture);
    QVERIFY(picture->textChecked);
    QCOMPARE(picture->textFindings.size(), 1);
    QVERIFY(picture->textFindings.first().contains(QStringLiteral("Spring Market")));
}

void TestFinalService::price_isSpent()
{
    Rig rig(folder());
    RenderRequest request = requestFor("simple");
    QCOMPARE(rig.finals->spentTodayUsd(request.source.project), 0.0);
    const auto id = rig.submit(request);
    QVERIFY(id);
    QTRY_COMPARE_WITH_TIMEOUT(rig.finals->spentTodayUsd(request.source.project), 0.06, timeoutMs);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
    QCOMPARE(rig.finals->spentTodayUsd(request.source.project), 0.06);
    QCOMPARE(rig.finals->quote(request)->spentTodayUsd, 0.06);
}

void TestFinalService::overBudget_isNotSent()
{
    Rig rig(folder());
    rig.budget = 0.05;
    const auto quote = rig.finals->quote(requestFor("simple"));
    QVERIFY(quote->blocked);
    const auto id = rig.submit(requestFor("simple"));
    QVERIFY(!id);
    QCOMPARE(id.error().code, ErrorCode::Refused);
    QCOMPARE(id.error().failure, FailureClass::OverBudget);
    QCOMPARE(rig.asked("plain"), 0);
    QVERIFY(rig.finals->queue()->jobs().isEmpty());
}

void TestFinalService::newDay_isNotBlockedByTheLast()
{
    Rig rig(folder());
    rig.budget = 0.1;
    const RenderRequest request = requestFor("simple");
    const auto id = rig.submit(request);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
    QTRY_VERIFY_WITH_TIMEOUT(rig.finals->quote(request)->blocked, timeoutMs);
    rig.time = rig.time.addDays(1);
    QVERIFY(!rig.finals->quote(request)->blocked);
    QCOMPARE(rig.finals->spentTodayUsd(request.source.project), 0.0);
    const auto next = rig.submit(request);
    QVERIFY2(next, qPrintable(next ? QString() : next.error().message));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*next), JobState::Done, timeoutMs);
    QTRY_COMPARE_WITH_TIMEOUT(rig.finals->spentTodayUsd(request.source.project), 0.06, timeoutMs);
}

void TestFinalService::missingKey_waitsUntilThereIsOne()
{
    qunsetenv("GALLEY_KEY_PLAIN");
    Rig rig(folder());
    const auto id = rig.submit(requestFor("simple"));
    QVERIFY(id);
    QTRY_VERIFY_WITH_TIMEOUT(!rig.finals->quote(requestFor("simple"))->obstacle.isEmpty(), timeoutMs);
    QVERIFY(rig.finals->quote(requestFor("simple"))->obstacle.contains(QStringLiteral("GALLEY_KEY_PLAIN")));
    QCOMPARE(rig.state(*id), JobState::Queued);
    QCOMPARE(rig.asked("plain"), 0);
    qputenv("GALLEY_KEY_PLAIN", "canary");
    QVERIFY(wait(rig.finals->keyFor(*rig.models.catalogue().findBackend(QStringLiteral("plain")))));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
    QCOMPARE(rig.asked("plain"), 1);
}

void TestFinalService::offline_waitsUntilItIsNot()
{
    Rig rig(folder());
    rig.offline = true;
    const auto far = rig.submit(requestFor("simple"));
    const auto near = rig.submit(requestFor("full"));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*near), JobState::Done, timeoutMs);
    QCOMPARE(rig.state(*far), JobState::Queued);
    QVERIFY(rig.finals->queue()->find(*far)->waitsFor.contains(QStringLiteral("switched off")));
    QCOMPARE(rig.asked("plain"), 0);
    rig.offline = false;
    rig.finals->settingsChanged();
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*far), JobState::Done, timeoutMs);
}

void TestFinalService::draft_goesAlong()
{
    Rig rig(folder());
    RenderRequest request = requestFor("full");
    request.sendDraft = true;
    const auto without = rig.submit(request);
    QVERIFY(!without);
    QCOMPARE(without.error().code, ErrorCode::InvalidInput);
    QImage draft(1080, 1350, QImage::Format_RGB32);
    draft.fill(Qt::green);
    const auto id = rig.submit(request, draft);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
    const EngineRequest sent = rig.engines.value(QStringLiteral("able"))->renders.last();
    QCOMPARE(sent.references.size(), 1);
    QCOMPARE(sent.references.first().size, sent.size);
    QCOMPARE(sent.strength, 0.6);
}

void TestFinalService::part_isDrawnAnew()
{
    Rig rig(folder());
    const auto first = rig.submit(requestFor("full"));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*first), JobState::Done, timeoutMs);
    RenderRequest request = requestFor("full");
    request.startAsset = rig.finals->queue()->find(*first)->record.assets.first();
    request.redo = {QStringLiteral("hero")};
    const auto id = rig.submit(request);
    QVERIFY2(id, id ? "" : qPrintable(id.error().message));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
    const EngineRequest sent = rig.engines.value(QStringLiteral("able"))->renders.last();
    QCOMPARE(sent.references.size(), 2);
    QCOMPARE(sent.references.first().size, sent.size);
    QCOMPARE(sent.references.last().use, ReferencePicture::Use::Mask);
    QCOMPARE(sent.references.last().size, sent.size);
    const auto picture = wait(rig.finals->picture(*id));
    QVERIFY(picture);
    QVERIFY(picture->provenance["edit"]["asset"] == Json(request.startAsset));
    QVERIFY(picture->provenance["edit"]["redo"] == Json::array({"hero"}));
    QVERIFY(picture->provenance["request"]["references"].size() == 2);
}

/// The draft goes along again, although nobody gives it a second time, and the price is paid again.
void TestFinalService::anew_goesPastTheCache()
{
    Rig rig(folder());
    RenderRequest request = requestFor("full");
    request.seed = 7;
    request.sendDraft = true;
    QImage draft(64, 80, QImage::Format_RGB32);
    draft.fill(Qt::darkGreen);
    const auto first = rig.submit(request, draft);
    QVERIFY(first);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*first), JobState::Done, timeoutMs);
    QTRY_COMPARE_WITH_TIMEOUT(rendersIn(folder()), 1, timeoutMs);
    const auto cached = rig.submit(request, draft);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*cached), JobState::Done, timeoutMs);
    QCOMPARE(rig.asked("able"), 1);
    const auto anew = wait(rig.finals->renderAnew(*cached));
    QVERIFY2(anew, qPrintable(anew ? QString() : anew.error().message));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*anew), JobState::Done, timeoutMs);
    QCOMPARE(rig.asked("able"), 2);
    const auto &renders = rig.engines.value(QStringLiteral("able"))->renders;
    QCOMPARE(renders.at(1).references.size(), 1);
    QCOMPARE(renders.at(1).digest(), renders.at(0).digest());
    QVERIFY(wait(rig.finals->picture(*anew))->provenance["from_cache"] == Json(false));
    QVERIFY(!wait(rig.finals->renderAnew(4711)));
}

/// Marked by a person or by a rollback: neither asking again nor Render Again may bring it back from the cache without its mark.
void TestFinalService::withdrawn_isNotTakenFromTheCache()
{
    Rig rig(folder());
    RenderRequest request = requestFor("full");
    request.seed = 7;
    const auto first = rig.submit(request);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*first), JobState::Done, timeoutMs);
    QTRY_COMPARE_WITH_TIMEOUT(rendersIn(folder()), 1, timeoutMs);
    const auto job = wait(rig.store.job(*first));
    QVERIFY(job && !job->assets.isEmpty());
    QVERIFY(wait(rig.store.markAssets(job->assets, withdrawnMark())));
    const auto second = rig.submit(request);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*second), JobState::Done, timeoutMs);
    QCOMPARE(rig.asked("able"), 2);
    // What has been rendered since is nobody's mistake, even with the same bytes.
    const auto third = rig.submit(request);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*third), JobState::Done, timeoutMs);
    QCOMPARE(rig.asked("able"), 2);
}

void TestFinalService::pictureThatCannotBeRead_isNotSent()
{
    Rig rig(folder());
    RenderRequest request = requestFor("full");
    request.startFile = folder() + QStringLiteral("/nowhere.png");
    const auto id = rig.submit(request);
    QVERIFY(!id);
    QVERIFY2(id.error().message.contains(QStringLiteral("nowhere.png")), qPrintable(id.error().message));
    QVERIFY(rig.finals->queue()->jobs().isEmpty());
    QCOMPARE(rig.asked("able"), 0);
}

void TestFinalService::noBudget_isNone_data()
{
    QTest::addColumn<double>("budget");
    QTest::newRow("nothing") << 0.0;
    QTest::newRow("less than nothing") << -5.0;
    QTest::newRow("no number") << qQNaN();
    QTest::newRow("without end") << qInf();
}

void TestFinalService::noBudget_isNone()
{
    QFETCH(double, budget);
    Rig rig(folder());
    rig.budget = budget;
    const auto quote = rig.finals->quote(requestFor("simple"));
    QVERIFY(quote);
    QVERIFY(!quote->blocked);
    QCOMPARE(quote->budgetUsd, 0.0);
    const auto id = rig.submit(requestFor("simple"));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
}

void TestFinalService::gone_isRemembered()
{
    {
        Rig rig(folder());
        rig.renderError = Error{.code = ErrorCode::ServiceFailed, .message = QStringLiteral("Plain has no model simple-1."), .failure = FailureClass::Retired};
        const auto id = rig.submit(requestFor("simple"));
        QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Failed, timeoutMs);
        QTRY_VERIFY_WITH_TIMEOUT(!rig.finals->retiredSentence(QStringLiteral("simple")).isEmpty(), timeoutMs);
        const auto quote = rig.finals->quote(requestFor("simple"));
        QVERIFY(!quote);
        QCOMPARE(quote.error().failure, FailureClass::Retired);
    }
    Rig later(folder());
    QTRY_VERIFY_WITH_TIMEOUT(later.finals->retiredSentence(QStringLiteral("simple")).contains(QStringLiteral("simple-1")), timeoutMs);
    QCOMPARE(later.asked("plain"), 0);
}

void TestFinalService::selectable_firstWhatCanBeUsed()
{
    Rig rig(folder());
    rig.offline = true;
    const QStringList models = rig.finals->selectableModels();
    QCOMPARE(models.first(), QStringLiteral("full"));
    QCOMPARE(models.last(), QStringLiteral("ended"));
    QVERIFY(!models.contains(QStringLiteral("drafts")));
    QVERIFY(rig.finals->retiredSentence(QStringLiteral("ended")).contains(QStringLiteral("simple")));
    QVERIFY(rig.finals->retiredSentence(QStringLiteral("full")).isEmpty());
}

void TestFinalService::backends_sayWhatTheyNeed()
{
    Rig rig(folder());
    rig.finals->lookUpKeys();
    const auto keyOf = [&](const char *id) {
        for (const BackendStatus &status : rig.finals->backends()) {
            if (status.backend.id == QLatin1String(id))
                return status.key;
        }
        return BackendStatus::Key::Missing;
    };
    QCOMPARE(keyOf("able"), BackendStatus::Key::NotNeeded);
    QTRY_COMPARE_WITH_TIMEOUT(keyOf("plain"), BackendStatus::Key::Environment, timeoutMs);
}

void TestFinalService::absentKey_isAskedForAgain()
{
    qunsetenv("GALLEY_KEY_PLAIN");
    Rig rig(folder());
    const auto first = wait(rig.finals->askForKey(QStringLiteral("plain")));
    QVERIFY(!first);
    const auto id = rig.submit(requestFor("simple"));
    QVERIFY2(id, id ? "" : qPrintable(id.error().message));
    QCOMPARE(rig.state(*id), JobState::Queued);
    qputenv("GALLEY_KEY_PLAIN", "canary");
    const auto second = wait(rig.finals->askForKey(QStringLiteral("plain")));
    QVERIFY2(second, second ? "" : qPrintable(second.error().message));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*id), JobState::Done, timeoutMs);
}

void TestFinalService::unknownBackend_isASentence()
{
    Rig rig(folder());
    for (const auto &future : {rig.finals->testBackend(QStringLiteral("nowhere")), rig.finals->removeKey(QStringLiteral("nowhere")),
                               rig.finals->askForKey(QStringLiteral("nowhere")),
                               rig.finals->setKey(QStringLiteral("nowhere"), Secret("x"))}) {
        const auto answer = wait(future);
        QVERIFY(!answer);
        QVERIFY(answer.error().message.contains(QStringLiteral("nowhere")));
    }
}

void TestFinalService::brokenModelsAtTheStart_letJobsWait()
{
    const QByteArray good = "models:\n  mine: {backend: able, upstream: m, tier: mid, dialect: prose}\n";
    write(good);
    qint64 id = 0;
    {
        Rig rig(folder());
        rig.finals->queue()->setPaused(true);
        id = rig.submit(requestFor("mine")).value();
    }
    write("models:\n  mine: {backend: able, upstream: m, tier: [\n");
    Rig rig(folder());
    QVERIFY(!rig.models.catalogue().findModel(QStringLiteral("mine")));
    rig.finals->queue()->setPaused(false);
    QTRY_VERIFY_WITH_TIMEOUT(!rig.finals->queue()->find(id)->waitsFor.isEmpty(), timeoutMs);
    QVERIFY(rig.finals->queue()->find(id)->waitsFor.contains(QStringLiteral("models.yaml")));
    QCOMPARE(rig.state(id), JobState::Queued);
    write(good);
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(id), JobState::Done, timeoutMs);
}

void TestFinalService::badEdit_keepsTheLastGoodModels()
{
    Rig rig(folder());
    QSignalSpy changed(rig.finals.get(), &FinalService::catalogueChanged);
    const QString mine = QStringLiteral("mine");
    write("models:\n  mine: {backend: able, upstream: m, tier: mid, dialect: prose}\n");
    QTRY_VERIFY_WITH_TIMEOUT(rig.models.catalogue().findModel(mine), timeoutMs);
    QVERIFY(rig.models.catalogue().findings.isEmpty());
    write("models:\n  mine: {backend: able, upstream: m, tier: [\n");
    QTRY_VERIFY_WITH_TIMEOUT(!rig.models.catalogue().findings.isEmpty(), timeoutMs);
    QVERIFY(rig.models.catalogue().findModel(mine));
    QVERIFY(rig.models.catalogue().findings.first().line > 0);
    write("{}\n");
    QTRY_VERIFY_WITH_TIMEOUT(rig.models.catalogue().findings.isEmpty(), timeoutMs);
    QVERIFY(!rig.models.catalogue().findModel(mine));
    QVERIFY(changed.count() >= 3);
}

void TestFinalService::changedBackend_getsANewEngine()
{
    Rig rig(folder());
    const auto first = rig.submit(requestFor("full"));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*first), JobState::Done, timeoutMs);
    FakeEngine *before = rig.engines.value(QStringLiteral("able"));
    write("backends:\n  able: {url: \"http://127.0.0.1:8001/v1\"}\n");
    QTRY_COMPARE_WITH_TIMEOUT(rig.models.catalogue().findBackend(QStringLiteral("able"))->url.port(), 8001, timeoutMs);
    const auto second = rig.submit(requestFor("full"));
    QTRY_COMPARE_WITH_TIMEOUT(rig.state(*second), JobState::Done, timeoutMs);
    QVERIFY(rig.engines.value(QStringLiteral("able")) != before);
    QCOMPARE(before->renders.size(), 1);
    QCOMPARE(rig.made, 2);
}

void TestFinalService::movedBackend_keepsItsEngine()
{
    int made = 0;
    EnginePool pool(nullptr, [&](const BackendEntry &) {
        ++made;
        return std::make_unique<FakeEngine>();
    });
    BackendEntry backend;
    backend.id = QStringLiteral("studio");
    backend.kind = QStringLiteral("openai");
    RenderEngine *const engine = pool.engineFor(backend);
    backend.line = 40;
    backend.file = QStringLiteral("/elsewhere/models.yaml");
    QCOMPARE(pool.engineFor(backend), engine);
    backend.url = QUrl(QStringLiteral("http://127.0.0.1:1"));
    QVERIFY(pool.engineFor(backend) != engine);
    QCOMPARE(made, 2);
}

void TestFinalService::formerEngine_goesWhenItsCallsHaveEnded()
{
    struct Mortal : FakeEngine
    {
        explicit Mortal(int *alive)
            : m_alive(alive)
        {
            ++*m_alive;
        }
        ~Mortal() override { --*m_alive; }
        int *m_alive;
    };
    int alive = 0;
    Mortal *first = nullptr;
    EnginePool pool(nullptr, [&](const BackendEntry &) {
        auto engine = std::make_unique<Mortal>(&alive);
        engine->answersAtOnce = false;
        if (!first)
            first = engine.get();
        return engine;
    });
    BackendEntry backend;
    backend.id = QStringLiteral("studio");
    backend.kind = QStringLiteral("openai");
    EngineRequest request;
    request.size = QSize(8, 8);
    const auto call = pool.engineFor(backend)->render(request, {}, {});
    for (int port = 1; port <= 5; ++port) {
        backend.url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port));
        pool.engineFor(backend);
        QVERIFY(!call.isFinished());
        QVERIFY(alive <= 3);  // the one that is busy, the last and the one before it
    }
    first->answerOne();
    QVERIFY(call.isFinished());
    backend.url = QUrl(QStringLiteral("http://127.0.0.1:6"));
    pool.engineFor(backend);
    QCOMPARE(alive, 2);
}

QTEST_MAIN(TestFinalService)
#include "tst_finalservice.moc"
