#include "core/prompt/promptcompiler.h"
#include "core/routing/modelcatalogue.h"
#include "core/template/templatefile.h"
#include "testpaths.h"
#include "tests/support/fakebfl.h"
#include "tests/support/fakegemini.h"
#include "tests/support/fakeideogram.h"
#include "tests/support/fakestability.h"
#include "tests/support/hostedcases.h"

#include <QFile>

using namespace Galley;

namespace {

const QDate today(2026, 11, 25);

QByteArray contentOf(const QString &file)
{
    QFile source(QStringLiteral(GALLEY_SOURCE_DIR "/resources/") + file);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

ModelCatalogue shipped()
{
    return readModelCatalogue(contentOf(QStringLiteral("models.yaml")), {}, {});
}

std::unique_ptr<FakeHosted> fakeOf(const QString &kind, ScriptedServer &server)
{
    if (kind == QLatin1String("ideogram"))
        return std::make_unique<FakeIdeogram>(server);
    if (kind == QLatin1String("stability"))
        return std::make_unique<FakeStability>(server);
    if (kind == QLatin1String("gemini"))
        return std::make_unique<FakeGemini>(server);
    return kind == QLatin1String("bfl") ? std::make_unique<FakeBfl>(server) : nullptr;
}

} // namespace

Q_DECLARE_METATYPE(Galley::ModelEntry)

/// What models.yaml says about the hosted services holds against them: every entry, real templates, the sizes and options that it names.
class TestHostedModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void models_areMany();
    void model_rendersAsItsEntrySays_data();
    void model_rendersAsItsEntrySays();
};

void TestHostedModels::models_areMany()
{
    const ModelCatalogue catalogue = shipped();
    int count = 0;
    for (const ModelEntry &model : catalogue.models) {
        const BackendEntry *backend = catalogue.findBackend(model.backend);
        count += backend && QStringList{QStringLiteral("ideogram"), QStringLiteral("stability"), QStringLiteral("gemini"), QStringLiteral("bfl")}
                                .contains(backend->kind);
    }
    QVERIFY(count >= 15);
}

void TestHostedModels::model_rendersAsItsEntrySays_data()
{
    QTest::addColumn<ModelEntry>("model");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("file");
    const ModelCatalogue catalogue = shipped();
    ScriptedServer none;
    for (const ModelEntry &model : catalogue.models) {
        const BackendEntry *backend = catalogue.findBackend(model.backend);
        if (!backend || model.isRetired(today) || !fakeOf(backend->kind, none))
            continue;
        for (const char *file : {"event-flyer", "video-thumbnail", "product-card"})
            QTest::newRow(qPrintable(model.id + QLatin1Char(' ') + QLatin1String(file)))
                << model << backend->kind << QStringLiteral("templates/%1.galley").arg(QLatin1String(file));
    }
}

void TestHostedModels::model_rendersAsItsEntrySays()
{
    QFETCH(ModelEntry, model);
    QFETCH(QString, kind);
    QFETCH(QString, file);
    const auto source = parseTemplate(contentOf(file), file);
    QVERIFY2(source, qPrintable(source ? QString() : source.error().message));
    const auto variant = resolve(source->value, {});
    QVERIFY2(variant, qPrintable(variant ? QString() : variant.error().message));
    const Frame frame = frameFor(variant->canvas, model.sizes);

    EngineRequest request;
    request.model = model.id;
    request.backend = model.backend;
    request.upstream = model.upstream;
    request.dialect = model.dialect;
    request.prompt = compilePrompt(*variant, model.dialect, frame).text;
    request.size = frame.picture;
    request.ratio = frame.ratio;
    request.options = model.options;
    request.seedWanted = model.can("seed");
    request.seed = request.seedWanted ? 11 : 0;
    request.steps = model.defaultSteps;
    request.rgba = false;
    if (model.can("negative"))
        request.negativePrompt = QStringLiteral("blur");
    if (model.can("image"))
        request.references = {hostedStart()};
    request.strength = 0.6;
    request.count = model.can("count") ? 2 : 1;
    ScriptedServer server;
    const auto fake = fakeOf(kind, server);
    RemoteRig rig(hostedBackend(kind, server), FakeHosted::rightKey);

    const auto outcome = rig.render(request);

    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message + outcome.error().detail));
    QCOMPARE(outcome->model, kind == QLatin1String("gemini") ? model.upstream : QString());  // the others do not say
    QCOMPARE(outcome->pictures.size(), request.count);
    // With a start picture Stability keeps that one's size, which the fake does not draw.
    const bool keepsSize = kind == QLatin1String("stability") && !request.references.isEmpty();
    QVERIFY2(keepsSize || outcome->notes.isEmpty(), qPrintable(outcome->notes.join(u' ')));
    QCOMPARE(outcome->seedKnown, kind != QLatin1String("gemini"));
    QCOMPARE(fake->orders(), 1);
    QCOMPARE(fake->keysLeaked(), 0);
}

QTEST_GUILESS_MAIN(TestHostedModels)

#include "tst_hostedmodels.moc"
