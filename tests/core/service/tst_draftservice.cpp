#include "core/service/draftservice.h"
#include "core/service/subjectplanner.h"
#include "core/template/tokenseed.h"
#include "tests/core/service/samplepack.h"
#include "tests/support/fakeengine.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;
using State = DraftService::State;

/// The live draft against an engine that counts what it is asked.
class TestDraftService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void firstInput_rendersEverySubjectOnce();
    void sameInput_doesNothing();
    void editThatIsNoSubject_neverAsks_data();
    void editThatIsNoSubject_neverAsks();
    void editOfOneSubject_asksForThatOne();
    void sameWordsTwice_areOneRequest();
    void backToFormerWords_comesFromTheCache();
    void newerEdit_cancelsTheOlder();
    void unrelatedEditWhileRendering_keepsTheRequest();
    void fastTyping_endsWithTheLastWords();
    void onlyOneRequest_isUnderWay();
    void requestsAreNativeSquares_withoutColours();
    void requestsOfALargeModel_areOpaqueAndQuick();
    void steppingThroughRows_showsEachRow();
    void seed_isPartOfTheRequest_data();
    void seed_isPartOfTheRequest();
    void seedOfAToken_isItsOwn();
    void otherLanguage_isAskedForInEnglish_data();
    void otherLanguage_isAskedForInEnglish();
    void tooManySteps_areClampedAndTold();
    void previews_areShownWhileRendering();
    void previewOfACancelledRequest_isNotShown();
    void errorInTheText_keepsThePictureAndIsStale();
    void engineFailure_keepsThePictureAndIsStale();
    void afterAFailure_movingDoesNotAskAgain();
    void retry_asksAgain();
    void clipArt_isFoundByMeaning();
    void clipArt_withoutWorker_isFoundByWords();
    void clipArt_withoutAPack_isASentence();
    void generated_withoutWorker_isASentence();
    void auto_takesGeneratedWhenSure();
    void auto_takesClipArtWhenUnsure();
    void auto_withoutWorker_takesClipArtAndSaysWhy();
    void ownImage_isShownAndNamed();
    void missingOwnImage_isAProblemNotAFailure();
    void deletedToken_losesItsPicture();
    void problems_followTheText();
    void destructionWhileRendering_isClean();

private:
    void set(const DraftOptions &options = {});
    void set(const std::function<void(Template &)> &change, const DraftOptions &options = {});
    bool settle();
    QImage shown(const char *token) const { return m_service->draft().pictures.value(QString::fromLatin1(token)); }
    SubjectInfo info(const char *token) const;
    QStringList asked() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeEngine> m_engine;
    std::shared_ptr<const CutoutLibrary> m_pack;
    std::unique_ptr<DraftService> m_service;
    Template m_template;
    Row m_row;
    DraftOptions m_generated;
};

void TestDraftService::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_engine = std::make_unique<FakeEngine>();
    m_pack = writeSamplePack(m_folder->filePath(QStringLiteral("pack")));
    m_service = std::make_unique<DraftService>(m_engine.get(), m_pack);
    m_template = sampleTemplate();
    m_row = {};
    m_generated = {};
    m_generated.source = SubjectSource::Generated;
}

void TestDraftService::cleanup()
{
    m_service.reset();
    m_engine.reset();
}

void TestDraftService::set(const DraftOptions &options)
{
    m_service->setInput(m_template, m_row, m_folder->path(), options);
}

void TestDraftService::set(const std::function<void(Template &)> &change, const DraftOptions &options)
{
    change(m_template);
    set(options);
}

bool TestDraftService::settle()
{
    return QTest::qWaitFor([this] { return m_service->state() != State::Rendering; }, 10000);
}

SubjectInfo TestDraftService::info(const char *token) const
{
    for (const SubjectInfo &entry : m_service->draft().subjects) {
        if (entry.tokenId == QLatin1String(token))
            return entry;
    }
    return {};
}

QStringList TestDraftService::asked() const
{
    QStringList words;
    for (const EngineRequest &request : m_engine->renders)
        words.append(request.prompt);
    return words;
}

void TestDraftService::firstInput_rendersEverySubjectOnce()
{
    QSignalSpy scene(m_service.get(), &DraftService::sceneChanged);
    QSignalSpy subjects(m_service.get(), &DraftService::subjectChanged);
    QSignalSpy finished(m_service.get(), &DraftService::finished);
    QSignalSpy capabilities(m_service.get(), &DraftService::capabilitiesChanged);
    set(m_generated);
    QCOMPARE(m_service->state(), State::Rendering);
    QCOMPARE(scene.count(), 1);
    QVERIFY(!m_service->draft().scene.items.isEmpty());
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(asked(), QStringList({QStringLiteral("red apple"), QStringLiteral("a pear")}));
    QCOMPARE(m_service->engineRequests(), 2);
    QCOMPARE(subjects.count(), 2);
    QCOMPARE(finished.count(), 1);
    QCOMPARE(capabilities.count(), 1);
    QCOMPARE(shown("hero"), FakeEngine::picture(m_engine->renders[0]));
    QCOMPARE(info("hero").label, QStringLiteral("Generated"));
    QCOMPARE(info("hero").model, QStringLiteral("galley-draft"));
    QCOMPARE(info("hero").revision, QStringLiteral("fake-1"));
    QCOMPARE(info("hero").device, QStringLiteral("cpu"));
    QCOMPARE(info("hero").digest, m_engine->renders[0].digest());
    QVERIFY(!info("hero").fromCache);
    QVERIFY(m_service->draft().milliseconds > 0);
}

void TestDraftService::sameInput_doesNothing()
{
    set(m_generated);
    QVERIFY(settle());
    QSignalSpy scene(m_service.get(), &DraftService::sceneChanged);
    QSignalSpy state(m_service.get(), &DraftService::stateChanged);
    set(m_generated);
    QTest::qWait(20);
    QCOMPARE(scene.count(), 0);
    QCOMPARE(state.count(), 0);
    QCOMPARE(m_service->engineRequests(), 2);
}

using Change = std::function<void(Template &)>;

void TestDraftService::editThatIsNoSubject_neverAsks_data()
{
    QTest::addColumn<Change>("change");
    QTest::newRow("move") << Change([](Template &t) { t.tokens[0].box.x += 0.2; });
    QTest::newRow("resize") << Change([](Template &t) { t.tokens[0].box.width *= 0.5; });
    QTest::newRow("another ratio") << Change([](Template &t) { t.tokens[0].box.height *= 0.25; });
    QTest::newRow("partly outside") << Change([](Template &t) { t.tokens[0].box.x = -0.3; });
    QTest::newRow("order") << Change([](Template &t) { t.tokens[0].z = 9; });
    QTest::newRow("recolour the subject") << Change([](Template &t) { t.tokens[0].palette = {QStringLiteral("#C0392B")}; });
    QTest::newRow("opacity") << Change([](Template &t) { t.tokens[0].opacity = 0.5; });
    QTest::newRow("rename") << Change([](Template &t) { t.tokens[0].id = QStringLiteral("fruit"); });
    QTest::newRow("hide the other one") << Change([](Template &t) { t.tokens[1].hidden = true; });
    QTest::newRow("headline") << Change([](Template &t) { t.slotList[1].defaultValue = QStringLiteral("Autumn"); });
    QTest::newRow("colour of the headline") << Change([](Template &t) { t.tokens[2].style.color = QStringLiteral("#FF0000"); });
    QTest::newRow("font") << Change([](Template &t) { t.tokens[2].style.font.weight = 900; });
    QTest::newRow("background") << Change([](Template &t) { t.canvas.background = QStringLiteral("#123456"); });
    QTest::newRow("palette") << Change([](Template &t) { t.style.palette = {QStringLiteral("#123456")}; });
    QTest::newRow("canvas size") << Change([](Template &t) { t.canvas.size = {1080, 1920}; });
    QTest::newRow("style word") << Change([](Template &t) { t.tokens[0].show = QStringLiteral("{subject}, neon style"); });
    QTest::newRow("style of the template") << Change([](Template &t) { t.style.medium = QStringLiteral("paper cut"); });
    QTest::newRow("summary") << Change([](Template &t) { t.style.summary = QStringLiteral("Another sentence"); });
}

void TestDraftService::editThatIsNoSubject_neverAsks()
{
    QFETCH(Change, change);
    set(m_generated);
    QVERIFY(settle());
    QSignalSpy scene(m_service.get(), &DraftService::sceneChanged);
    set(change, m_generated);
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(scene.count(), 1);
    const QString hero = m_template.tokens[0].id;
    QCOMPARE(m_service->draft().pictures.value(hero), FakeEngine::picture(m_engine->renders[0]));
    QTest::qWait(20);
    QCOMPARE(m_service->engineRequests(), 2);
}

void TestDraftService::editOfOneSubject_asksForThatOne()
{
    set(m_generated);
    QVERIFY(settle());
    const QImage before = shown("side");
    QSignalSpy subjects(m_service.get(), &DraftService::subjectChanged);
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("green boat"); }, m_generated);
    QCOMPARE(m_service->state(), State::Rendering);
    QVERIFY(settle());
    QCOMPARE(asked().mid(2), QStringList{QStringLiteral("green boat")});
    QCOMPARE(subjects.count(), 1);
    QCOMPARE(subjects[0][0].toString(), QStringLiteral("hero"));
    QCOMPARE(shown("side").cacheKey(), before.cacheKey());
}

void TestDraftService::sameWordsTwice_areOneRequest()
{
    set([](Template &t) { t.tokens[1].show = QStringLiteral("red apple"); }, m_generated);
    QVERIFY(settle());
    QCOMPARE(m_service->engineRequests(), 1);
    QCOMPARE(shown("hero"), shown("side"));
    QVERIFY(!shown("side").isNull());
}

void TestDraftService::backToFormerWords_comesFromTheCache()
{
    set(m_generated);
    QVERIFY(settle());
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("green boat"); }, m_generated);
    QVERIFY(settle());
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("red apple"); }, m_generated);
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(m_service->engineRequests(), 3);
    QCOMPARE(shown("hero"), FakeEngine::picture(m_engine->renders[0]));
    QVERIFY(info("hero").fromCache);
}

void TestDraftService::newerEdit_cancelsTheOlder()
{
    m_engine->answersAtOnce = false;
    m_template.tokens.removeAt(1);
    set(m_generated);
    QVERIFY(QTest::qWaitFor([&] { return m_engine->open() == 1; }, 10000));
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("green boat"); }, m_generated);
    QCOMPARE(m_engine->cancelled, 1);
    QVERIFY(QTest::qWaitFor([&] { return m_engine->open() == 1; }, 10000));
    QVERIFY(m_engine->answerOne());
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(asked(), QStringList({QStringLiteral("red apple"), QStringLiteral("green boat")}));
    QCOMPARE(shown("hero"), FakeEngine::picture(m_engine->renders[1]));
    QCOMPARE(m_engine->mostInFlight, 1);
}

void TestDraftService::unrelatedEditWhileRendering_keepsTheRequest()
{
    m_engine->answersAtOnce = false;
    set(m_generated);
    QVERIFY(QTest::qWaitFor([&] { return m_engine->open() == 1; }, 10000));
    for (int i = 0; i < 10; ++i)
        set([](Template &t) { t.tokens[0].box.x += 0.01; }, m_generated);
    set([](Template &t) { t.tokens[2].text = QStringLiteral("Other"); }, m_generated);
    QCOMPARE(m_engine->cancelled, 0);
    QVERIFY(QTest::qWaitFor([&] { return !m_engine->answerOne() && m_service->state() == State::Current; }, 10000));
    QCOMPARE(m_service->engineRequests(), 2);
}

void TestDraftService::fastTyping_endsWithTheLastWords()
{
    m_engine->answersAtOnce = false;
    m_template.tokens.removeAt(1);
    const QString words = QStringLiteral("a basket of green apples");
    for (int i = 1; i <= words.size(); ++i) {
        set([&](Template &t) { t.slotList[0].defaultValue = words.left(i); }, m_generated);
        QCoreApplication::processEvents();
    }
    QVERIFY(QTest::qWaitFor([&] {
        m_engine->answerOne();
        return m_service->state() == State::Current;
    }, 10000));
    QCOMPARE(m_engine->renders.last().prompt, words);
    QCOMPARE(shown("hero"), FakeEngine::picture(m_engine->renders.last()));
    QCOMPARE(m_engine->mostInFlight, 1);
    QVERIFY(m_service->engineRequests() <= words.size());
}

void TestDraftService::onlyOneRequest_isUnderWay()
{
    for (int i = 0; i < 6; ++i) {
        Token extra = m_template.tokens[1];
        extra.id = QStringLiteral("extra-%1").arg(i);
        extra.show = QStringLiteral("thing %1").arg(i);
        m_template.tokens.append(extra);
    }
    m_engine->answersAtOnce = false;
    set(m_generated);
    QVERIFY(QTest::qWaitFor([&] {
        m_engine->answerOne();
        return m_service->state() == State::Current;
    }, 10000));
    QCOMPARE(m_engine->mostInFlight, 1);
    QCOMPARE(m_service->engineRequests(), 8);
}

void TestDraftService::requestsAreNativeSquares_withoutColours()
{
    m_template.tokens[0].palette = {QStringLiteral("#C0392B")};
    m_template.tokens[0].box = {0, 0, 1, 0.2};
    m_template.style.palette = {QStringLiteral("#00FF00")};
    set(m_generated);
    QVERIFY(settle());
    for (const EngineRequest &request : m_engine->renders) {
        QCOMPARE(request.size, QSize(32, 32));
        QVERIFY(request.palette.isEmpty());
        QVERIFY(request.rgba);
        QCOMPARE(request.revision, QStringLiteral("fake-1"));
    }
}

void TestDraftService::requestsOfALargeModel_areOpaqueAndQuick()
{
    SubjectTask task;
    task.words = QStringLiteral("red apple");
    task.style = QStringLiteral("neon");
    ModelCapabilities model;
    const EngineRequest own = layerRequest(task, model);
    QVERIFY(own.rgba && !own.quick && own.style.isEmpty());
    task.model = QStringLiteral("sd-turbo");
    const EngineRequest large = layerRequest(task, model);
    QVERIFY(!large.rgba && large.quick);
    QCOMPARE(large.prompt, QStringLiteral("red apple, neon"));
    QVERIFY(large.digest() != own.digest());
}

void TestDraftService::steppingThroughRows_showsEachRow()
{
    const QStringList words{QStringLiteral("red apple"), QStringLiteral("sailing boat"), QStringLiteral("old car")};
    QList<QImage> pictures;
    for (int i = 0; i < words.size(); ++i) {
        m_row.number = i + 1;
        m_row.values = {{QStringLiteral("subject"), words[i]}, {QStringLiteral("headline"), QString::number(i)}};
        set(m_generated);
        QVERIFY(settle());
        QCOMPARE(info("hero").words, words[i]);
        QCOMPARE(m_service->draft().row.number, i + 1);
        pictures.append(shown("hero"));
    }
    QVERIFY(pictures[0] != pictures[1] && pictures[1] != pictures[2]);
    m_row.number = 1;
    m_row.values = {{QStringLiteral("subject"), words[0]}, {QStringLiteral("headline"), QStringLiteral("0")}};
    const int before = m_service->engineRequests();
    set(m_generated);
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(m_service->engineRequests(), before);
    QCOMPARE(shown("hero"), pictures[0]);
}

void TestDraftService::seed_isPartOfTheRequest_data()
{
    QTest::addColumn<int>("seed");
    QTest::newRow("zero is a seed") << 0;
    QTest::newRow("largest") << 2147483647;
}

void TestDraftService::seed_isPartOfTheRequest()
{
    QFETCH(int, seed);
    DraftOptions options = m_generated;
    options.seed = 5;
    set(options);
    QVERIFY(settle());
    const QImage before = shown("hero");
    options.seed = seed;
    set(options);
    QCOMPARE(m_service->state(), State::Rendering);
    QVERIFY(settle());
    QCOMPARE(m_engine->renders.last().seed, seed);
    QVERIFY(shown("hero") != before);
}

void TestDraftService::seedOfAToken_isItsOwn()
{
    DraftOptions options = m_generated;
    options.seed = 5;
    setTokenSeed(m_template.tokens[0], 0);
    set(options);
    QVERIFY(settle());
    QCOMPARE(m_engine->renders.size(), 2);
    QCOMPARE(m_engine->renders[0].seed, 0);
    QCOMPARE(m_engine->renders[1].seed, 5);
    options.seed = 6;  // the draft's dice leave a token with a seed of its own alone
    set(options);
    QVERIFY(settle());
    QCOMPARE(m_engine->renders.size(), 3);
    QCOMPARE(m_engine->renders[2].seed, 6);
    for (const Json &odd : {Json(-1), Json("7"), Json(2147483648), Json(1.5), Json(nullptr)}) {
        m_template.tokens[0].extra["seed"] = odd;
        QVERIFY(!tokenSeed(m_template.tokens[0]));
    }
    setTokenSeed(m_template.tokens[0], std::nullopt);
    QVERIFY(!m_template.tokens[0].extra.contains("seed"));
}

void TestDraftService::otherLanguage_isAskedForInEnglish_data()
{
    QTest::addColumn<int>("source");
    QTest::newRow("generated") << int(SubjectSource::Generated);
    QTest::newRow("clip art") << int(SubjectSource::ClipArt);
}

void TestDraftService::otherLanguage_isAskedForInEnglish()
{
    QFETCH(int, source);
    DraftOptions options;
    options.source = SubjectSource(source);
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("roter Apfel"); }, options);
    QVERIFY(settle());
    QCOMPARE(info("hero").words, QStringLiteral("red apple"));
    QVERIFY2(info("hero").reason.contains(QStringLiteral("“roter Apfel” is asked for as “red apple”.")), qPrintable(info("hero").reason));
    QVERIFY(!asked().contains(QStringLiteral("roter Apfel")));
    const QImage german = shown("hero");
    const QString digest = info("hero").digest;
    const int before = m_service->engineRequests();
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("red apple"); }, options);
    QCOMPARE(m_service->state(), State::Current);  // the same request, so the same layer
    QCOMPARE(m_service->engineRequests(), before);
    QCOMPARE(shown("hero"), german);
    QCOMPARE(info("hero").digest, digest);
    QVERIFY(!info("hero").reason.contains(QStringLiteral("asked for as")));
}

void TestDraftService::tooManySteps_areClampedAndTold()
{
    DraftOptions options = m_generated;
    options.steps = 50;
    set(options);
    QVERIFY(settle());
    QCOMPARE(m_engine->renders.last().steps, 4);
    QCOMPARE(info("hero").steps, 4);
    QVERIFY(info("hero").reason.contains(QStringLiteral("50")));
}

void TestDraftService::previews_areShownWhileRendering()
{
    m_engine->answersAtOnce = false;
    m_template.tokens.removeAt(1);
    set(m_generated);
    QSignalSpy subjects(m_service.get(), &DraftService::subjectChanged);
    QSignalSpy progress(m_service.get(), &DraftService::progressChanged);
    QVERIFY(QTest::qWaitFor([&] { return m_engine->open() == 1; }, 10000));
    m_engine->previewOne(1);
    QVERIFY(QTest::qWaitFor([&] { return subjects.count() == 1; }, 10000));
    QCOMPARE(m_service->pace().step, 1);
    QCOMPARE(m_service->pace().of, m_engine->renders.last().steps);
    QVERIFY(!progress.isEmpty());
    QCOMPARE(m_service->state(), State::Rendering);
    const QImage preview = shown("hero");
    QVERIFY(!preview.isNull());
    m_engine->answerOne();
    QVERIFY(settle());
    QVERIFY(shown("hero") != preview);
}

void TestDraftService::previewOfACancelledRequest_isNotShown()
{
    set(m_generated);
    QVERIFY(settle());
    const QImage before = shown("hero");
    m_engine->answersAtOnce = false;
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("green boat"); }, m_generated);
    QVERIFY(QTest::qWaitFor([&] { return m_engine->open() == 1; }, 10000));
    m_engine->previewOne(1);
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("red apple"); }, m_generated);
    QTest::qWait(20);
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(shown("hero"), before);
}

void TestDraftService::errorInTheText_keepsThePictureAndIsStale()
{
    set(m_generated);
    QVERIFY(settle());
    const Scene before = m_service->draft().scene;
    QSignalSpy state(m_service.get(), &DraftService::stateChanged);
    set([](Template &t) { t.tokens[2].text = QStringLiteral("{nobody}"); }, m_generated);
    QCOMPARE(m_service->state(), State::Stale);
    QVERIFY(m_service->problem().contains(QStringLiteral("nobody")));
    QCOMPARE(m_service->draft().scene, before);
    QVERIFY(!shown("hero").isNull());
    QCOMPARE(state.count(), 1);
    set([](Template &t) { t.tokens[2].text = QStringLiteral("fine"); }, m_generated);
    QCOMPARE(m_service->state(), State::Current);
    QVERIFY(m_service->problem().isEmpty());
    QCOMPARE(m_service->engineRequests(), 2);
}

void TestDraftService::engineFailure_keepsThePictureAndIsStale()
{
    set(m_generated);
    QVERIFY(settle());
    const QImage before = shown("hero");
    QSignalSpy finished(m_service.get(), &DraftService::finished);
    m_engine->renderError = Error{ErrorCode::WorkerFailed, QStringLiteral("The worker fell over."), {}};
    set([](Template &t) { t.slotList[0].defaultValue = QStringLiteral("green boat"); }, m_generated);
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Stale);
    QCOMPARE(m_service->problem(), QStringLiteral("The worker fell over."));
    QCOMPARE(shown("hero"), before);
    QCOMPARE(info("hero").words, QStringLiteral("red apple"));
    QCOMPARE(finished.count(), 0);
}

void TestDraftService::afterAFailure_movingDoesNotAskAgain()
{
    m_engine->renderError = Error{ErrorCode::WorkerFailed, QStringLiteral("The worker fell over."), {}};
    set(m_generated);
    QVERIFY(settle());
    const int before = m_service->engineRequests();
    for (int i = 0; i < 5; ++i)
        set([](Template &t) { t.tokens[0].box.x += 0.01; }, m_generated);
    QTest::qWait(20);
    QCOMPARE(m_service->engineRequests(), before);
    QCOMPARE(m_service->state(), State::Stale);
}

void TestDraftService::retry_asksAgain()
{
    m_engine->renderError = Error{ErrorCode::WorkerFailed, QStringLiteral("The worker fell over."), {}};
    set(m_generated);
    QVERIFY(settle());
    m_engine->renderError.reset();
    m_engine->offered.device = QStringLiteral("cuda");
    m_service->retry();
    QCOMPARE(m_service->state(), State::Rendering);
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(info("hero").device, QStringLiteral("cuda"));
}

void TestDraftService::clipArt_isFoundByMeaning()
{
    DraftOptions options;
    options.source = SubjectSource::ClipArt;
    // The fake engine's vectors count letters: "elppa der" means the red apple, though no word is the same.
    m_template.slotList[0].defaultValue = QStringLiteral("elppa der");
    set(options);
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(info("hero").label, QStringLiteral("Clip art: red apple (Test Pack, CC0-1.0)"));
    QCOMPARE(info("hero").cutoutId, QStringLiteral("cut-0"));
    QCOMPARE(info("hero").took, SubjectSource::ClipArt);
    QVERIFY(info("hero").digest.isEmpty());
    QCOMPARE(shown("hero").pixelColor(10, 10), QColor(Qt::red));
    QCOMPARE(m_service->engineRequests(), 0);
    QCOMPARE(m_engine->embeds.size(), 2);
    set([](Template &t) { t.tokens[0].box.x = 0; }, options);
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(m_engine->embeds.size(), 2);
}

void TestDraftService::clipArt_withoutWorker_isFoundByWords()
{
    m_service = std::make_unique<DraftService>(nullptr, m_pack);
    DraftOptions options;
    options.source = SubjectSource::ClipArt;
    m_template.tokens[1].show = QStringLiteral("a sailing boat");
    set(options);
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(info("hero").cutoutId, QStringLiteral("cut-0"));
    QCOMPARE(info("side").cutoutId, QStringLiteral("cut-1"));
}

void TestDraftService::clipArt_withoutAPack_isASentence()
{
    m_service = std::make_unique<DraftService>(m_engine.get(), nullptr);
    DraftOptions options;
    options.source = SubjectSource::ClipArt;
    set(options);
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Stale);
    QVERIFY(m_service->problem().endsWith(QLatin1Char('.')));
}

void TestDraftService::generated_withoutWorker_isASentence()
{
    m_service = std::make_unique<DraftService>(nullptr, m_pack);
    set(m_generated);
    QCOMPARE(m_service->state(), State::Stale);
    QVERIFY(m_service->problem().contains(QStringLiteral("galley-worker")));
    QVERIFY(!m_service->draft().scene.items.isEmpty());
}

void TestDraftService::auto_takesGeneratedWhenSure()
{
    set();
    QVERIFY(settle());
    QCOMPARE(info("hero").took, SubjectSource::Generated);
    QVERIFY(info("hero").reason.contains(QStringLiteral("90 %")));
    QCOMPARE(info("hero").confidence, 0.9);
}

void TestDraftService::auto_takesClipArtWhenUnsure()
{
    m_template.slotList[0].defaultValue = QStringLiteral("unsure thing");
    set();
    QVERIFY(settle());
    QCOMPARE(info("hero").took, SubjectSource::ClipArt);
    QCOMPARE(info("hero").cutoutId, QStringLiteral("cut-2"));
    QVERIFY(info("hero").reason.contains(QStringLiteral("20 %")));
    QVERIFY(info("hero").reason.contains(QStringLiteral("50 %")));
    QCOMPARE(info("side").took, SubjectSource::Generated);
    QCOMPARE(m_engine->embeds, QStringList{QStringLiteral("unsure thing")});
}

void TestDraftService::auto_withoutWorker_takesClipArtAndSaysWhy()
{
    m_engine->capabilitiesError = Error{ErrorCode::Unavailable, QStringLiteral("The worker is not there."), {}};
    m_template.tokens[1].show = QStringLiteral("boat");
    set();
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(info("hero").took, SubjectSource::ClipArt);
    QVERIFY(info("hero").reason.contains(QStringLiteral("The worker is not there.")));
    QCOMPARE(m_service->engineRequests(), 0);
}

void TestDraftService::ownImage_isShownAndNamed()
{
    QImage own(30, 20, QImage::Format_ARGB32);
    own.fill(QColor(10, 20, 30, 255));
    QVERIFY(own.save(m_folder->filePath(QStringLiteral("own.png"))));
    set([](Template &t) { t.tokens[0].image = QStringLiteral("own.png"); }, m_generated);
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Current);
    QCOMPARE(info("hero").label, QStringLiteral("My image"));
    QCOMPARE(info("hero").took, SubjectSource::MyImage);
    QCOMPARE(shown("hero").size(), own.size());
    QCOMPARE(asked(), QStringList{QStringLiteral("a pear")});
}

void TestDraftService::missingOwnImage_isAProblemNotAFailure()
{
    QSignalSpy problems(m_service.get(), &DraftService::problemsChanged);
    set([](Template &t) { t.tokens[0].image = QStringLiteral("gone.png"); }, m_generated);
    QVERIFY(settle());
    QCOMPARE(m_service->state(), State::Current);
    QVERIFY(info("hero").reason.contains(QStringLiteral("gone.png")));
    QVERIFY(QTest::qWaitFor([&] { return problems.count() > 0; }, 10000));
    QCOMPARE(m_service->draft().problems.first().code, QStringLiteral("missing_image"));
}

void TestDraftService::deletedToken_losesItsPicture()
{
    set(m_generated);
    QVERIFY(settle());
    set([](Template &t) { t.tokens.removeFirst(); }, m_generated);
    QVERIFY(!m_service->draft().pictures.contains(QStringLiteral("hero")));
    QCOMPARE(m_service->draft().subjects.size(), 1);
}

void TestDraftService::problems_followTheText()
{
    QSignalSpy problems(m_service.get(), &DraftService::problemsChanged);
    set([](Template &t) {
        t.tokens[2].style.size = 0.3;
        t.tokens[2].style.fit = TextFit::Error;
    }, m_generated);
    QVERIFY(QTest::qWaitFor([&] { return problems.count() > 0; }, 10000));
    QCOMPARE(m_service->draft().problems.first().tokenId, QStringLiteral("title"));
    set([](Template &t) { t.tokens[2].style.size.reset(); t.tokens[2].style.fit = TextFit::Shrink; }, m_generated);
    QVERIFY(QTest::qWaitFor([&] { return m_service->draft().problems.isEmpty(); }, 10000));
}

void TestDraftService::destructionWhileRendering_isClean()
{
    m_engine->answersAtOnce = false;
    set(m_generated);
    QVERIFY(QTest::qWaitFor([&] { return m_engine->open() == 1; }, 10000));
    m_engine->previewOne(1);
    m_service.reset();
    QCOMPARE(m_engine->cancelled, 1);
    QCoreApplication::processEvents();
}

QTEST_MAIN(TestDraftService)
#include "tst_draftservice.moc"
