#include "core/composition/scene.h"
#include "core/service/finalplan.h"
#include "core/service/startpicture.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace Galley;

namespace {

Template poster()
{
    return loadTemplate(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley"))->value;
}

ModelCatalogue catalogue()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/tests/data/models/quotes.yaml"));
    const QByteArray text = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    ModelCatalogue read = readModelCatalogue(text, {}, QStringLiteral("models.yaml"));
    Q_ASSERT(read.findModel(QStringLiteral("simple")));
    return read;
}

QuoteWorld quietWorld()
{
    QuoteWorld world;
    world.route.now = QDateTime(QDate(2026, 11, 25), QTime(12, 0));
    return world;
}

RenderRequest requestFor(const char *model)
{
    RenderRequest request;
    request.source = poster();
    request.model = QString::fromLatin1(model);
    return request;
}

using Change = void (*)(RenderRequest &);

} // namespace
Q_DECLARE_METATYPE(Change)

class TestFinalPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void plainRequest_hasNoNotices();
    void notices_data();
    void notices();
    void honoured_saysNothing_data() { notices_data(); }
    void honoured_saysNothing();
    void dialect_decidesWhatIsHonoured();
    void nothing_isSaidTwice();
    void otherNotices_data();
    void otherNotices();
    void longPrompt_isTakenWhereNothingIsKnown_data();
    void longPrompt_isTakenWhereNothingIsKnown();
    void price_data();
    void price();
    void unknownPrice_isSaidToTheBudget();
    void badRequests_data();
    void badRequests();
    void obstacles_data();
    void obstacles();
    void engineRequest_carriesWhatTheModelTakes();
    void engineRequest_leavesOutTheRest();
    void mask_goesOnlyWhereItIsTaken();
    void weights_reachModelsOfThisMachine();
    void brackets_ofServersThatReadThem_data();
    void brackets_ofServersThatReadThem();
    void bracketsWithoutNumbers_areMentioned_data();
    void bracketsWithoutNumbers_areMentioned();
    void engineRequest_isTheSameEachTime();
    void startPicture_liesWhereTheCanvasIs();
    void startScene_hasNoSetText();
    void drawnTexts_areWhereTheyWereAskedFor();
};

void TestFinalPlan::plainRequest_hasNoNotices()
{
    const auto quote = makeQuote(requestFor("simple"), catalogue(), quietWorld());
    QVERIFY2(quote, qPrintable(quote ? QString() : quote.error().message));
    QCOMPARE(quote->decision.model, QStringLiteral("simple"));
    QCOMPARE(quote->decision.requested, QStringLiteral("simple"));
    QCOMPARE(quote->frame.picture, QSize(1024, 1280));
    QVERIFY2(quote->notices.isEmpty(), qPrintable(quote->notices.join(u'\n')));
    QCOMPARE(quote->prompt.dialect, Dialect::Prose);
    QVERIFY(!quote->prompt.text.isEmpty());
    QCOMPARE(quote->estimateUsd, 0.06);
    QVERIFY(quote->obstacle.isEmpty());
    QVERIFY(!quote->blocked);
}

void TestFinalPlan::notices_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, Change change, const char *sentence) { QTest::newRow(name) << change << QString::fromUtf8(sentence); };
    row("seed", [](RenderRequest &r) { r.seed = 7; }, "takes no seed: 7");
    row("seed 0 is a seed", [](RenderRequest &r) { r.seed = 0; }, "takes no seed: 0");
    row("steps", [](RenderRequest &r) { r.steps = 30; }, "takes no number of steps: 30");
    row("negative", [](RenderRequest &r) { r.negativePrompt = QStringLiteral("text"); }, "takes no negative prompt");
    row("count", [](RenderRequest &r) { r.count = 4; }, "instead of 4");
    row("start picture", [](RenderRequest &r) { r.sendDraft = true; }, "the draft is not sent along");
    row("size", [](RenderRequest &r) { r.size = QSize(640, 800); }, "does not make 640");
    row("guidance", [](RenderRequest &r) { r.guidance = 4.5; }, "takes no guidance: 4.5");
    row("another start picture", [](RenderRequest &r) { r.startFile = QStringLiteral("/a.png"); }, "the picture is not sent along");
    row("a picture of the library", [](RenderRequest &r) { r.startAsset = 3; }, "the picture is not sent along");
    row("a part of it", [](RenderRequest &r) { r.startAsset = 3, r.redo = QStringList{QStringLiteral("title")}; }, "a whole new one is made");
}

void TestFinalPlan::notices()
{
    QFETCH(Change, change);
    QFETCH(QString, sentence);
    RenderRequest request = requestFor("simple");
    const QStringList before = makeQuote(request, catalogue(), quietWorld())->notices;
    change(request);
    QStringList notices = makeQuote(request, catalogue(), quietWorld())->notices;
    for (const QString &notice : before)
        notices.removeOne(notice);
    QCOMPARE(notices.size(), 1);
    QVERIFY2(notices.first().contains(sentence), qPrintable(notices.first()));
    QVERIFY(notices.first().startsWith(QStringLiteral("Simple ")));
    QVERIFY(notices.first().endsWith(u'.'));
}

void TestFinalPlan::honoured_saysNothing()
{
    QFETCH(Change, change);
    RenderRequest request = requestFor("full");
    change(request);
    request.model = request.hasMask() ? QStringLiteral("painted") : request.hasStart() ? QStringLiteral("steered") : request.model;
    if (request.size)
        request.size = QSize(640, 800);
    const QStringList before = makeQuote(requestFor(request.model.toLatin1().constData()), catalogue(), quietWorld())->notices;
    QCOMPARE(makeQuote(request, catalogue(), quietWorld())->notices, before);
}

void TestFinalPlan::dialect_decidesWhatIsHonoured()
{
    ModelEntry model;
    model.supports = {QStringLiteral("seed"), QStringLiteral("image")};
    BackendEntry backend;
    backend.kind = QStringLiteral("openai");
    QVERIFY(!canHonour(model, backend, "seed"));
    QVERIFY(canHonour(model, backend, "image"));
    QVERIFY(!canHonour(model, backend, "strength"));
    backend.dialect = QStringLiteral("sd-server");
    QVERIFY(canHonour(model, backend, "seed"));
    QVERIFY(!canHonour(model, backend, "steps"));
    QVERIFY(canHonour(model, backend, "strength"));
    backend.kind = QStringLiteral("bfl");
    QVERIFY(canHonour(model, backend, "image"));
    QVERIFY(!canHonour(model, backend, "strength"));
    backend.kind = QStringLiteral("stability");
    QVERIFY(canHonour(model, backend, "strength"));
    model.supports.clear();
    QVERIFY(!canHonour(model, backend, "strength"));
}

void TestFinalPlan::nothing_isSaidTwice()
{
    RenderRequest request = requestFor("ending");
    request.source.style.summary = QString(33'000, u'a');
    const auto quote = makeQuote(request, catalogue(), quietWorld());
    QVERIFY(quote);
    const QStringList all = quote->decision.reasons + quote->notices;
    QCOMPARE(all.filter(QStringLiteral("2026-12-01")).size(), 1);
    QCOMPARE(QSet<QString>(all.begin(), all.end()).size(), all.size());
}

void TestFinalPlan::otherNotices_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("sentence");
    const Change nothing = [](RenderRequest &) {};
    QTest::newRow("crop over 10 %") << "wide" << nothing << "loses";
    QTest::newRow("announced shutdown") << "ending" << nothing << "shut down in 6 days, on 2026-12-01. Its replacement is simple.";
    QTest::newRow("a size for a model of ratios") << "ratio" << Change([](RenderRequest &r) { r.size = QSize(800, 1000); }) << "ratio 4:5 instead of 800";
    QTest::newRow("drawn over set") << "simple"
                                    << Change([](RenderRequest &r) { r.source.findToken(QStringLiteral("cta"))->mode = TokenMode::Drawn; })
                                    << "it will hide \"cta\"";
    QTest::newRow("start picture without strength") << "full" << Change([](RenderRequest &r) { r.sendDraft = true; }) << "but no strength";
    QTest::newRow("a part for a model without masks")
        << "steered" << Change([](RenderRequest &r) { r.startAsset = 3, r.redo = QStringList{QStringLiteral("title"), QStringLiteral("cta")}; })
        << "takes no mask: all of the picture may change, and not only \"title\" and \"cta\"";
    QTest::newRow("an own mask for a model without masks")
        << "steered" << Change([](RenderRequest &r) { r.startFile = r.maskFile = QStringLiteral("/a.png"); }) << "not only what the mask says";
    QTest::newRow("rather smaller than none") << "full" << Change([](RenderRequest &r) { r.mayShrink = true; }) << "Full is no model of this machine";
    QTest::newRow("a price that nobody has written down") << "wide" << nothing << "What Wide costs is not known";
    QTest::newRow("too long a prompt") << "simple" << Change([](RenderRequest &r) { r.source.style.summary = QString(3'000, u'a'); }) << "takes 3000 and will refuse it";
}

void TestFinalPlan::otherNotices()
{
    QFETCH(QString, model);
    QFETCH(Change, change);
    QFETCH(QString, sentence);
    RenderRequest request = requestFor(model.toLatin1().constData());
    change(request);
    const auto quote = makeQuote(request, catalogue(), quietWorld());
    QVERIFY2(quote, qPrintable(quote ? QString() : quote.error().message));
    QVERIFY2(quote->notices.join(u'\n').contains(sentence), qPrintable(quote->notices.join(u'\n')));
}

void TestFinalPlan::longPrompt_isTakenWhereNothingIsKnown_data()
{
    QTest::addColumn<QString>("model");
    QTest::newRow("models.yaml says nothing") << "full";
    QTest::newRow("models.yaml says no number") << "steered";
}

void TestFinalPlan::longPrompt_isTakenWhereNothingIsKnown()
{
    QFETCH(QString, model);
    RenderRequest request = requestFor(model.toLatin1().constData());
    request.source.style.summary = QString(3'000, u'a');
    const auto quote = makeQuote(request, catalogue(), quietWorld());
    QVERIFY2(quote, qPrintable(quote ? QString() : quote.error().message));
    QVERIFY(!quote->notices.join(u'\n').contains(QStringLiteral("will refuse it")));
}

void TestFinalPlan::price_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("pictures");
    QTest::addColumn<double>("usd");
    QTest::newRow("one") << "simple" << 1 << 1 << 0.06;
    QTest::newRow("count that the model does not take") << "simple" << 4 << 1 << 0.06;
    QTest::newRow("free") << "full" << 4 << 4 << 0.0;
    QTest::newRow("by quality") << "tables" << 1 << 1 << 0.01;
    QTest::newRow("not known") << "wide" << 1 << 1 << 0.0;
    QTest::newRow("said to be nothing") << "given" << 1 << 1 << 0.0;
}

void TestFinalPlan::price()
{
    QFETCH(QString, model);
    QFETCH(int, count);
    RenderRequest request = requestFor(model.toLatin1().constData());
    request.count = count;
    const auto quote = makeQuote(request, catalogue(), quietWorld());
    QTEST(quote->estimateUsd, "usd");
    QTEST(quote->pictures, "pictures");
    QCOMPARE(quote->priceKnown, model != QLatin1String("wide"));
    QCOMPARE(quote->notices.join(u' ').contains(QStringLiteral("is not known")), !quote->priceKnown);
}

void TestFinalPlan::unknownPrice_isSaidToTheBudget()
{
    QuoteWorld world = quietWorld();
    world.budgetUsd = 1;
    const auto quote = makeQuote(requestFor("wide"), catalogue(), world);
    QVERIFY(!quote->blocked);
    QVERIFY(quote->notices.first().contains(QStringLiteral("The budget cannot count it")));
    QVERIFY(!makeQuote(requestFor("given"), catalogue(), world)->notices.join(u' ').contains(QStringLiteral("budget")));
}

void TestFinalPlan::badRequests_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<Change>("change");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("sentence");
    const Change nothing = [](RenderRequest &) {};
    const auto row = [](const char *name, const char *model, Change change, ErrorCode code, const char *sentence) {
        QTest::newRow(name) << QString::fromLatin1(model) << change << int(code) << QString::fromUtf8(sentence);
    };
    row("unknown model", "simpel", nothing, ErrorCode::NotFound, "simple");
    row("retired", "ended", nothing, ErrorCode::ServiceFailed, "simple");
    row("a draft model", "drafts", nothing, ErrorCode::InvalidInput, "draws drafts");
    row("negative seed", "full", [](RenderRequest &r) { r.seed = -1; }, ErrorCode::InvalidInput, "2147483647");
    row("no steps", "full", [](RenderRequest &r) { r.steps = 0; }, ErrorCode::InvalidInput, "1 to 1000");
    row("no pictures", "full", [](RenderRequest &r) { r.count = 0; }, ErrorCode::InvalidInput, "1 to 16");
    row("strength", "full", [](RenderRequest &r) { r.strength = 1.5; }, ErrorCode::InvalidInput, "between 0");
    row("strength is no number", "full", [](RenderRequest &r) { r.strength = std::nan(""); }, ErrorCode::InvalidInput, "between 0");
    row("size", "full", [](RenderRequest &r) { r.size = QSize(0, 4); }, ErrorCode::InvalidInput, "16384");
    row("guidance 0", "full", [](RenderRequest &r) { r.guidance = 0; }, ErrorCode::InvalidInput, "above 0");
    row("guidance is no number", "full", [](RenderRequest &r) { r.guidance = std::nan(""); }, ErrorCode::InvalidInput, "above 0");
    row("two start pictures", "painted", [](RenderRequest &r) { r.sendDraft = true, r.startAsset = 3; }, ErrorCode::InvalidInput, "one start picture");
    row("a part of nothing", "painted", [](RenderRequest &r) { r.redo = QStringList{QStringLiteral("title")}; }, ErrorCode::InvalidInput, "Name it as start");
    row("a mask of nothing", "painted", [](RenderRequest &r) { r.maskFile = QStringLiteral("/m.png"); }, ErrorCode::InvalidInput, "Name it as start");
    row("tokens and a mask", "painted",
        [](RenderRequest &r) { r.sendDraft = true, r.maskFile = QStringLiteral("/m.png"), r.redo = QStringList{QStringLiteral("title")}; },
        ErrorCode::InvalidInput, "not by both");
    row("unknown token", "painted", [](RenderRequest &r) { r.sendDraft = true, r.redo = QStringList{QStringLiteral("tilte")}; }, ErrorCode::InvalidInput,
        "no token \"tilte\". Take one of ");
    row("hidden token", "painted",
        [](RenderRequest &r) { r.sendDraft = true, r.redo = QStringList{QStringLiteral("title")}, r.source.findToken(QStringLiteral("title"))->hidden = true; },
        ErrorCode::InvalidInput, "hidden or empty");
    row("template", "full", [](RenderRequest &r) { r.row.values.insert(QStringLiteral("headline"), QString(41, u'a')); }, ErrorCode::InvalidInput, "headline");
}

void TestFinalPlan::badRequests()
{
    QFETCH(QString, model);
    QFETCH(Change, change);
    QFETCH(int, code);
    QFETCH(QString, sentence);
    RenderRequest request = requestFor(model.toLatin1().constData());
    change(request);
    const auto quote = makeQuote(request, catalogue(), quietWorld());
    QVERIFY(!quote);
    QCOMPARE(int(quote.error().code), code);
    QVERIFY2(quote.error().message.contains(sentence), qPrintable(quote.error().message));
    QCOMPARE(quote.error().failure, model == QLatin1String("ended") ? FailureClass::Retired : FailureClass::None);
}

void TestFinalPlan::obstacles_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("blocked");
    QTest::addColumn<QString>("sentence");  ///< empty: there is no obstacle
    QTest::newRow("no key") << "simple" << "key" << false << "GALLEY_KEY_PLAIN";
    QTest::newRow("locked keychain") << "simple" << "locked" << false << "The keychain is locked.";
    QTest::newRow("offline") << "simple" << "offline" << false << "switched off";
    QTest::newRow("offline, on this machine") << "full" << "offline" << false << "";
    QTest::newRow("over budget") << "simple" << "budget" << true << "budget";
    QTest::newRow("free over budget") << "full" << "budget" << false << "";
    QTest::newRow("budget reached exactly") << "simple" << "exact" << false << "";
}

void TestFinalPlan::obstacles()
{
    QFETCH(QString, model);
    QFETCH(QString, what);
    QFETCH(bool, blocked);
    QFETCH(QString, sentence);
    QuoteWorld world = quietWorld();
    world.route.offline = what == QLatin1String("offline");
    if (what == QLatin1String("key") || what == QLatin1String("locked"))
        world.route.backendsWithoutKey.insert(QStringLiteral("plain"));
    if (what == QLatin1String("locked"))
        world.keyHints.insert(QStringLiteral("plain"), QStringLiteral("The keychain is locked."));
    if (what == QLatin1String("budget") || what == QLatin1String("exact")) {
        world.budgetUsd = 1;
        world.spentUsd = what == QLatin1String("exact") ? 0.94 : 1;
    }
    const auto quote = makeQuote(requestFor(model.toLatin1().constData()), catalogue(), world);
    QVERIFY2(quote, qPrintable(quote ? QString() : quote.error().message));
    QCOMPARE(quote->blocked, blocked);
    QCOMPARE(quote->obstacle.isEmpty(), sentence.isEmpty());
    QVERIFY2(quote->obstacle.contains(sentence), qPrintable(quote->obstacle));
    QCOMPARE(quote->waitsForNetwork, what == QLatin1String("offline") && !sentence.isEmpty());
    QVERIFY2(quote->decision.skipped.filter(QStringLiteral("waits until")).isEmpty(), "the obstacle says it");
}

void TestFinalPlan::engineRequest_carriesWhatTheModelTakes()
{
    const ModelCatalogue models = catalogue();
    RenderRequest request = requestFor("full");
    request.seed = 0;
    request.steps = 12;
    request.negativePrompt = QStringLiteral(" blurry ");
    request.count = 3;
    request.guidance = 4.5;
    request.size = QSize(512, 640);
    request.strength = 0.4;
    request.mayShrink = true;
    const ReferencePicture start = startPicture(QImage(1080, 1350, QImage::Format_RGB32), {QSize(512, 640), QSize(1080, 1350)});
    const auto made = makeEngineRequest(request, *models.findModel(QStringLiteral("full")), *models.findBackend(QStringLiteral("able")), {start});
    QVERIFY(made);
    QCOMPARE(made->model, QStringLiteral("full"));
    QCOMPARE(made->upstream, QStringLiteral("full-1"));
    QCOMPARE(made->backend, QStringLiteral("able"));
    QVERIFY(made->seedWanted);
    QCOMPARE(made->seed, 0);
    QCOMPARE(made->steps, 12);
    QVERIFY(!made->mayShrink);  // services have memory
    QCOMPARE(made->negativePrompt, QStringLiteral("blurry"));
    QCOMPARE(made->count, 3);
    QCOMPARE(made->guidance, 4.5);
    QCOMPARE(made->size, QSize(512, 640));
    QCOMPARE(made->references.size(), 1);
    QCOMPARE(made->strength, 0.4);
    QVERIFY(!made->rgba);
    QVERIFY(made->prompt.contains(QStringLiteral("apple")));
}

void TestFinalPlan::engineRequest_leavesOutTheRest()
{
    const ModelCatalogue models = catalogue();
    RenderRequest request = requestFor("ratio");
    request.seed = 5;
    request.steps = 12;
    request.negativePrompt = QStringLiteral("blurry");
    request.count = 3;
    request.guidance = 4.5;
    const auto made = makeEngineRequest(request, *models.findModel(QStringLiteral("ratio")), *models.findBackend(QStringLiteral("plain")),
                                        {startPicture(QImage(8, 10, QImage::Format_RGB32), {QSize(8, 10), QSize(8, 10)})});
    QVERIFY(made);
    QVERIFY(!made->seedWanted);
    QCOMPARE(made->seed, 0);
    QCOMPARE(made->steps, 0);
    QVERIFY(made->negativePrompt.isEmpty());
    QCOMPARE(made->count, 1);
    QVERIFY(made->references.isEmpty());
    QCOMPARE(made->strength, 0.0);
    QCOMPARE(made->guidance, 0.0);
    QCOMPARE(made->ratio, QStringLiteral("4x5"));
}

void TestFinalPlan::mask_goesOnlyWhereItIsTaken()
{
    const ModelCatalogue models = catalogue();
    ReferencePicture start = startPicture(QImage(64, 80, QImage::Format_RGB32), {QSize(64, 80), QSize(64, 80)});
    ReferencePicture mask = start;
    mask.use = ReferencePicture::Use::Mask;
    const auto sent = [&](const char *id) {
        const ModelEntry *model = models.findModel(QString::fromLatin1(id));
        return makeEngineRequest(requestFor(id), *model, *models.findBackend(model->backend), {start, mask})->references;
    };
    QCOMPARE(sent("painted"), (QList<ReferencePicture>{start, mask}));
    QCOMPARE(sent("steered"), QList<ReferencePicture>{start});
    QCOMPARE(sent("simple"), QList<ReferencePicture>());
}

namespace {

/// What a model of a backend of \a kind makes of \a words; \a supports as the worker says it of one that somebody added.
Result<EngineRequest> askHere(const QString &words, const QStringList &supports, QStringList *notices, const QString &kind = QStringLiteral("local"))
{
    RenderRequest request = requestFor("here");
    request.source.style.summary = words;
    request.mayShrink = words.isEmpty();
    ModelEntry model;
    model.id = model.label = QStringLiteral("here");
    model.backend = kind;
    model.supports = supports;
    BackendEntry backend;
    backend.id = backend.kind = kind;
    const auto variant = resolve(request.source, request.row, request.folder);
    const Frame frame{QSize(512, 640), QSize(1080, 1350)};
    *notices = settingNotices(request, model, backend, frame, compilePrompt(*variant, Dialect::Prose, frame), QDate(2026, 11, 26));
    return makeEngineRequest(request, model, backend, {});
}

} // namespace

void TestFinalPlan::weights_reachModelsOfThisMachine()
{
    QStringList notices;
    const QString words = QStringLiteral("A poster with (red:1.3) [apples] for (the sea:0.8)");
    const auto weighted = askHere(words, {QStringLiteral("weights")}, &notices);
    QVERIFY(weighted);
    QVERIFY(weighted->weights);
    QVERIFY2(weighted->prompt.startsWith(words), qPrintable(weighted->prompt));
    const auto unable = askHere(words, {}, &notices);
    QVERIFY(unable);
    QVERIFY(!unable->weights);
    QVERIFY(notices.isEmpty());
    // The codes of colours are no weights.
    QVERIFY(unable->prompt.contains(QStringLiteral(" (#")));
    QVERIFY(!weighted->prompt.contains(QStringLiteral(" (#")));
    QCOMPARE(QString(weighted->prompt).replace(QStringLiteral("\\(#"), QStringLiteral("(#")).replace(QStringLiteral("\\)"), QStringLiteral(")")), unable->prompt);
    QVERIFY(unable->digest() != weighted->digest());
    // Where there is nothing to weigh, old pictures stay those of the request.
    const auto plain = askHere(QStringLiteral("A poster"), {QStringLiteral("weights")}, &notices);
    QVERIFY(!plain->weights);
    QCOMPARE(plain->digest(), askHere(QStringLiteral("A poster"), {}, &notices)->digest());
    QVERIFY(!weighted->mayShrink);
    QVERIFY(askHere({}, {}, &notices)->mayShrink);
    // An escaped bracket is no weight, and only who reads weights knows that it is escaped.
    QVERIFY(askHere(QStringLiteral("A poster \\(red\\)"), {QStringLiteral("weights")}, &notices)->weights);
}

void TestFinalPlan::brackets_ofServersThatReadThem_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("reads");
    QTest::newRow("a1111") << "a1111" << true;
    QTest::newRow("comfyui") << "comfyui" << true;
    QTest::newRow("openai") << "openai" << false;
}

void TestFinalPlan::brackets_ofServersThatReadThem()
{
    QFETCH(QString, kind);
    QFETCH(bool, reads);
    // Weights arrive as they were written, and so does a code that a person put into brackets.
    const QString words = QStringLiteral("A poster with (red:1.3) and (#C0392B)");
    QStringList notices;
    const auto made = askHere(words, {}, &notices, kind);
    QVERIFY(made);
    QVERIFY(!made->weights);
    QVERIFY2(made->prompt.startsWith(words), qPrintable(made->prompt));
    QCOMPARE(made->prompt.contains(QStringLiteral("yellow (#F5C542)")), !reads);
    QCOMPARE(made->prompt.contains(QStringLiteral("yellow \\(#F5C542\\)")), reads);
    QCOMPARE(notices.filter(QStringLiteral("reads brackets as weights")).size(), reads ? 1 : 0);
}

void TestFinalPlan::bracketsWithoutNumbers_areMentioned_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("mentioned");
    QTest::newRow("none") << QStringLiteral("A poster") << false;
    QTest::newRow("round") << QStringLiteral("A poster (red)") << true;
    QTest::newRow("square") << QStringLiteral("A poster [red]") << true;
    QTest::newRow("number") << QStringLiteral("A poster (red:1.2)") << false;
    QTest::newRow("both") << QStringLiteral("A (red:1.2) poster (blue)") << true;
    QTest::newRow("escaped") << QStringLiteral("A poster \\(red\\)") << false;
    QTest::newRow("open") << QStringLiteral("A poster :-(") << false;
}

void TestFinalPlan::bracketsWithoutNumbers_areMentioned()
{
    QFETCH(QString, words);
    QFETCH(bool, mentioned);
    QStringList notices;
    QVERIFY(askHere(words, {QStringLiteral("weights")}, &notices));
    QCOMPARE(notices.size(), mentioned ? 1 : 0);
    if (mentioned)
        QVERIFY2(notices.first().contains(QStringLiteral("Write \\( or \\[")), qPrintable(notices.first()));
}

void TestFinalPlan::engineRequest_isTheSameEachTime()
{
    const ModelCatalogue models = catalogue();
    const RenderRequest request = requestFor("full");
    const auto once = makeEngineRequest(request, *models.findModel(QStringLiteral("full")), *models.findBackend(QStringLiteral("able")), {});
    const auto again = makeEngineRequest(request, *models.findModel(QStringLiteral("full")), *models.findBackend(QStringLiteral("able")), {});
    QCOMPARE(once->digest(), again->digest());
}

void TestFinalPlan::startPicture_liesWhereTheCanvasIs()
{
    QImage draft(100, 100, QImage::Format_RGB32);
    draft.fill(Qt::red);
    for (int x = 0; x < 100; ++x)
        draft.setPixelColor(x, 50, Qt::blue);
    const ReferencePicture start = startPicture(draft, {QSize(200, 100), QSize(100, 100)});  // 50 pixels are cropped away on each side
    QImage image;
    QVERIFY(image.loadFromData(start.png, "PNG"));
    QCOMPARE(image.size(), QSize(200, 100));
    QCOMPARE(start.size, image.size());
    QCOMPARE(start.digest.size(), 64);
    QCOMPARE(image.copy(50, 0, 100, 100).convertToFormat(QImage::Format_RGB32), draft);
    QCOMPARE(image.pixelColor(10, 20), QColor(Qt::red));
}

void TestFinalPlan::startScene_hasNoSetText()
{
    Template value = poster();
    value.findToken(QStringLiteral("when"))->mode = TokenMode::Drawn;
    const auto variant = resolve(value, {});
    QStringList texts;
    for (const SceneItem &item : startScene(buildScene(*variant), *variant).items) {
        if (item.kind == SceneItem::Kind::Text)
            texts.append(item.tokenId);
    }
    QCOMPARE(texts, QStringList{QStringLiteral("when")});
}

void TestFinalPlan::drawnTexts_areWhereTheyWereAskedFor()
{
    Template value = poster();
    QVERIFY(textsToRead(*resolve(value, {}), {1024, 1280}).isEmpty());
    value.findToken(QStringLiteral("title"))->mode = TokenMode::Drawn;
    const QList<TextToRead> texts = textsToRead(*resolve(value, {}), {1080, 1350});
    QCOMPARE(texts.size(), 1);
    QCOMPARE(texts.first().id, QStringLiteral("title"));
    QCOMPARE(texts.first().expected, QStringLiteral("Spring Market"));
    QCOMPARE(texts.first().box.toRect(), QRectF(0.08 * 1080, 0.06 * 1350, 0.84 * 1080, 0.15 * 1350).toRect());
}

QTEST_GUILESS_MAIN(TestFinalPlan)
#include "tst_finalplan.moc"
