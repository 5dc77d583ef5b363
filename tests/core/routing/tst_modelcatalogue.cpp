#include "core/routing/modelcatalogue.h"

#include "testpaths.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace Galley;

/// The shipped models.yaml, and what a user's file may and may not change of it.
class TestModelCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void shippedFile_hasNoFindings();
    void shippedFile_knowsEveryEngine_data();
    void shippedFile_knowsEveryEngine();
    void shippedEntries_canBeUsed();
    void examplesInComments_canBeUsed();
    void aliases_nameModels();
    void overlay_changesKeyByKey();
    void overlay_addsModelsAndBackends();
    void userNamedAddress_isMarked();
    void free_followsKindAndPrices_data();
    void free_followsKindAndPrices();
    void free_followsTheAddress_data();
    void free_followsTheAddress();
    void free_isSaidOfOneServer();
    void mistakes_areFoundAndLeaveTheRest_data();
    void mistakes_areFoundAndLeaveTheRest();
    void unknownKeys_areWarnings_data();
    void unknownKeys_areWarnings();
    void brokenText_leavesTheShippedModels_data();
    void brokenText_leavesTheShippedModels();
    void pastedKey_isRefusedAndNotRepeated();
    void retirement_isTold();
    void price_isNeverTooLow();

private:
    ModelCatalogue with(const QByteArray &user) const { return readModelCatalogue(m_shipped, user, QStringLiteral("models.yaml")); }
    ModelEntry model(const ModelCatalogue &catalogue, const char *id) const
    {
        const ModelEntry *found = catalogue.findModel(QString::fromLatin1(id));
        return found ? *found : ModelEntry();
    }

    QByteArray m_shipped;
};

namespace {

QString list(const QList<Finding> &findings)
{
    QString text;
    for (const Finding &finding : findings) {
        text += QStringLiteral("%1:%2: %3: %4 %5\n").arg(finding.file).arg(finding.line).arg(severityName(finding.severity), finding.message, finding.fix);
    }
    return text;
}

} // namespace

void TestModelCatalogue::initTestCase()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_shipped = file.readAll();
}

void TestModelCatalogue::shippedFile_hasNoFindings()
{
    const ModelCatalogue catalogue = with({});
    QVERIFY2(catalogue.findings.isEmpty(), qPrintable(list(catalogue.findings)));
    QVERIFY(catalogue.models.size() >= 20);
}

void TestModelCatalogue::shippedFile_knowsEveryEngine_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("backend");
    QTest::addColumn<QString>("tier");
    QTest::addColumn<QString>("shutdown");
    const auto row = [](const char *id, const char *backend, const char *tier, const char *shutdown = "") {
        QTest::newRow(id) << QString::fromLatin1(id) << QString::fromLatin1(backend) << QString::fromLatin1(tier) << QString::fromLatin1(shutdown);
    };
    row("galley-draft", "local", "draft");
    row("ideogram-2a-turbo", "ideogram", "draft");
    row("ideogram-2-turbo", "ideogram", "mid");
    row("ideogram-3", "ideogram", "final");
    row("ideogram-4", "ideogram", "final");
    row("ideogram-4.5", "ideogram", "final");
    row("gemini-nano-banana-2.1", "gemini", "final");
    row("gemini-3-pro-image", "gemini", "final");
    row("imagen-4", "gemini", "final", "2026-08-17");
    row("dall-e-3-hd", "openai", "final", "2026-05-12");
    row("gpt-image-2.6-sunburst", "openai", "final");
    row("gpt-image-2.6-flare", "openai", "mid");
    row("gpt-image-1.5", "openai", "final", "2026-12-01");
    row("gpt-image-1-mini", "openai", "mid", "2026-12-01");
    row("sd3.5-medium", "stability", "mid");
    row("sd3.5-medium-local", "comfyui", "mid");
    row("stable-image-core", "stability", "mid");
    row("stable-image-ultra", "stability", "final");
    row("flux-2-pro", "bfl", "final");
    row("webui", "a1111", "mid");
}

void TestModelCatalogue::shippedFile_knowsEveryEngine()
{
    QFETCH(QString, id);
    QFETCH(QString, backend);
    QFETCH(QString, tier);
    QFETCH(QString, shutdown);
    const ModelCatalogue catalogue = with({});
    const ModelEntry *entry = catalogue.findModel(id);
    QVERIFY(entry);
    QCOMPARE(entry->backend, backend);
    QCOMPARE(fidelityName(entry->tier), tier);
    QCOMPARE(entry->shutdown.toString(Qt::ISODate), shutdown);
    if (!shutdown.isEmpty())
        QVERIFY(catalogue.findModel(entry->replacement));
}

void TestModelCatalogue::shippedEntries_canBeUsed()
{
    const ModelCatalogue catalogue = with({});
    for (const ModelEntry &entry : catalogue.models) {
        const BackendEntry *backend = catalogue.findBackend(entry.backend);
        QVERIFY2(backend, qPrintable(entry.id));
        QVERIFY2(entry.file.isEmpty(), qPrintable(entry.id));
        QVERIFY2(!entry.label.isEmpty() && entry.label != entry.id, qPrintable(entry.id));
        // What is billed has a price, what is free has none, and a picture size can always be found.
        QCOMPARE(entry.price.isEmpty(), backend->free);
        QVERIFY2(costOf(entry, *backend) != Cost::Unknown, qPrintable(entry.id));
        QVERIFY2(backend->free || !backend->key.isEmpty(), qPrintable(backend->id));
        QVERIFY2(backend->free || backend->url.scheme() == QLatin1String("https"), qPrintable(backend->id));
        QVERIFY(!backend->userNamed);
        const Frame frame = frameFor({1080, 1350}, entry.sizes);
        QVERIFY2(!frame.picture.isEmpty(), qPrintable(entry.id));
    }
}

void TestModelCatalogue::examplesInComments_canBeUsed()
{
    // What people copy: comment lines that are indented as YAML is.
    QByteArrayList examples{QByteArray()};
    const QByteArrayList lines = m_shipped.split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("#   ") && !line.startsWith("#    "))
            examples.last() += line.mid(4) + '\n';
        else if (line.startsWith("#     ") && !examples.last().isEmpty())
            examples.last() += line.mid(4) + '\n';
        else if (!examples.last().isEmpty())
            examples.append(QByteArray());
    }
    examples.removeLast();
    QCOMPARE(examples.size(), 3);
    for (const QByteArray &example : std::as_const(examples)) {
        const QList<Finding> findings = checkModelFile(m_shipped, example, QStringLiteral("models.yaml"));
        QVERIFY2(findings.isEmpty(), qPrintable(QString::fromUtf8(example) + list(findings)));
    }
}

void TestModelCatalogue::aliases_nameModels()
{
    const ModelCatalogue catalogue = with({});
    QCOMPARE(model(catalogue, "sd-medium").id, QStringLiteral("sd3.5-medium"));
    QCOMPARE(model(catalogue, "ideogram-typography").id, QStringLiteral("ideogram-4"));
    QCOMPARE(model(catalogue, "gpt-image").id, QStringLiteral("gpt-image-2.6-sunburst"));
    QVERIFY(!catalogue.findModel(QStringLiteral("nobody")));
    QVERIFY(!catalogue.findModel(QString()));
}

void TestModelCatalogue::overlay_changesKeyByKey()
{
    const ModelCatalogue before = with({});
    const ModelCatalogue after = with("models:\n  ideogram-4:\n    price: {usd: 0.05, per: image}\n    replacement: ideogram-4.5\n"
                                      "aliases: {sd-medium: sd3.5-large}\n");
    QVERIFY2(after.findings.isEmpty(), qPrintable(list(after.findings)));
    QCOMPARE(after.models.size(), before.models.size());
    const ModelEntry changed = model(after, "ideogram-4");
    ModelEntry expected = model(before, "ideogram-4");
    QCOMPARE(changed.price.usd, 0.05);
    QCOMPARE(changed.file, QStringLiteral("models.yaml"));
    QCOMPARE(changed.line, 2);
    expected.price.usd = 0.05;
    expected.replacement = QStringLiteral("ideogram-4.5");
    expected.file = changed.file;
    expected.line = changed.line;
    QVERIFY(changed == expected);
    QCOMPARE(model(after, "sd-medium").id, QStringLiteral("sd3.5-large"));
    QVERIFY(model(after, "ideogram-3") == model(before, "ideogram-3"));
}

void TestModelCatalogue::overlay_addsModelsAndBackends()
{
    const ModelCatalogue catalogue = with("models:\n"
                                          "  house-style:\n"
                                          "    backend: studio\n"
                                          "    upstream: Qwen/Qwen-Image\n"
                                          "    tier: final\n"
                                          "    sizes: {multiple: 32, min_px: 65536, max_px: 2097152}\n"
                                          "    supports: [seed, negative]\n"
                                          "    options: {true_cfg_scale: 4.5, extra_params: {a: [1, b, true]}}\n"
                                          "  plain: {backend: studio}\n"
                                          "backends:\n"
                                          "  studio: {kind: openai, dialect: vllm-omni, url: \"http://127.0.0.1:8000/v1\", key: studio}\n"
                                          "aliases: {poster: house-style}\n");
    QVERIFY2(catalogue.findings.isEmpty(), qPrintable(list(catalogue.findings)));
    const ModelEntry house = model(catalogue, "poster");
    QCOMPARE(house.id, QStringLiteral("house-style"));
    QCOMPARE(house.upstream, QStringLiteral("Qwen/Qwen-Image"));
    QCOMPARE(house.sizes.multiple, 32);
    QCOMPARE(dumpJson(house.options), QByteArray(R"({"true_cfg_scale":4.5,"extra_params":{"a":[1,"b",true]}})"));
    QVERIFY(house.can("negative") && !house.can("mask"));
    QCOMPARE(model(catalogue, "plain").upstream, QStringLiteral("plain"));
    const BackendEntry *studio = catalogue.findBackend(QStringLiteral("studio"));
    QVERIFY(studio && studio->free && studio->userNamed);
    QCOMPARE(studio->key, QStringLiteral("studio"));
}

void TestModelCatalogue::userNamedAddress_isMarked()
{
    const ModelCatalogue catalogue = with("backends:\n  ideogram: {url: \"http://127.0.0.1:9\"}\n  gemini: {label: Google}\n  bfl: {url: nonsense}\n");
    QVERIFY(catalogue.findBackend(QStringLiteral("ideogram"))->userNamed);
    QCOMPARE(catalogue.findBackend(QStringLiteral("ideogram"))->key, QStringLiteral("ideogram"));
    QVERIFY(!catalogue.findBackend(QStringLiteral("gemini"))->userNamed);
    QVERIFY(!catalogue.findBackend(QStringLiteral("bfl"))->userNamed);
    QCOMPARE(catalogue.findBackend(QStringLiteral("bfl"))->url.host(), QStringLiteral("api.bfl.ai"));
}

void TestModelCatalogue::free_followsKindAndPrices_data()
{
    QTest::addColumn<QByteArray>("backend");
    QTest::addColumn<QByteArray>("price");
    QTest::addColumn<bool>("free");
    QTest::newRow("own ComfyUI") << QByteArray("kind: comfyui") << QByteArray() << true;
    QTest::newRow("own A1111") << QByteArray("kind: a1111") << QByteArray() << true;
    QTest::newRow("own service") << QByteArray("kind: custom") << QByteArray() << true;
    QTest::newRow("vLLM-Omni") << QByteArray("kind: openai, dialect: vllm-omni") << QByteArray() << true;
    QTest::newRow("OpenAI") << QByteArray("kind: openai") << QByteArray() << false;
    QTest::newRow("Together") << QByteArray("kind: openai, dialect: together") << QByteArray() << false;
    QTest::newRow("LiteLLM") << QByteArray("kind: openai, dialect: litellm") << QByteArray() << false;
    QTest::newRow("LiteLLM in front of own servers") << QByteArray("kind: openai, dialect: litellm, free: true") << QByteArray() << true;
    QTest::newRow("hosted") << QByteArray("kind: stability") << QByteArray() << false;
    QTest::newRow("somebody else's ComfyUI") << QByteArray("kind: comfyui, free: false") << QByteArray() << false;
    QTest::newRow("service with a price") << QByteArray("kind: custom") << QByteArray("price: {usd: 0.01, per: image}") << false;
    QTest::newRow("nonsense") << QByteArray("kind: custom, free: perhaps") << QByteArray() << true;
}

void TestModelCatalogue::free_followsKindAndPrices()
{
    QFETCH(QByteArray, backend);
    QFETCH(QByteArray, price);
    QFETCH(bool, free);
    const ModelCatalogue catalogue = with("backends:\n  mine: {url: \"http://10.0.0.2:80/x\", " + backend + "}\nmodels:\n  m: {backend: mine"
                                          + (price.isEmpty() ? QByteArray() : ", " + price) + "}\n");
    QCOMPARE(catalogue.findBackend(QStringLiteral("mine"))->free, free);
}

void TestModelCatalogue::free_followsTheAddress_data()
{
    QTest::addColumn<QByteArray>("backend");
    QTest::addColumn<bool>("free");
    const auto row = [](const char *backend, bool free) { QTest::newRow(backend) << QByteArray(backend) << free; };
    row("kind: comfyui", true);
    row("kind: a1111", true);
    row("kind: local", true);
    row("kind: openai, dialect: vllm-omni", false);
    row("kind: comfyui, url: \"https://cloud.comfy.org\"", false);
    row("kind: comfyui, url: \"https://cloud.comfy.org\", free: true", true);
    row("kind: comfyui, url: \"http://127.0.0.1:8188\"", true);
    row("kind: comfyui, url: \"http://[fd00::5]:8188\"", true);
    row("kind: comfyui, url: \"http://[2001:4860::5]:8188\"", false);
    row("kind: a1111, url: \"http://192.168.1.20:7860\"", true);
    row("kind: a1111, url: \"http://203.0.113.20:7860\"", false);
    row("kind: a1111, url: \"http://studio:7860\"", true);
    row("kind: a1111, url: \"http://studio.local:7860\"", true);
    row("kind: a1111, url: \"https://studio.example.com\"", false);
    row("kind: custom, url: \"https://pictures.example.com\"", false);
    row("kind: custom, url: \"https://render.home.arpa/v1\"", true);
    row("kind: openai, dialect: vllm-omni, url: \"https://gpu.example.com/v1\"", false);
    row("kind: openai, dialect: vllm-omni, url: \"http://10.1.2.3:8000/v1\"", true);
    row("kind: openai, dialect: litellm, url: \"http://10.1.2.3:8000/v1\"", false);
}

void TestModelCatalogue::free_followsTheAddress()
{
    QFETCH(QByteArray, backend);
    QFETCH(bool, free);
    const ModelCatalogue catalogue = with("backends:\n  mine: {" + backend + "}\nmodels:\n  m: {backend: mine}\n");
    QVERIFY(catalogue.findBackend(QStringLiteral("mine")));
    QCOMPARE(catalogue.findBackend(QStringLiteral("mine"))->free, free);
}

void TestModelCatalogue::free_isSaidOfOneServer()
{
    const auto isFree = [this](const QByteArray &comfyui) {
        return with("backends:\n  comfyui: {" + comfyui + "}\n").findBackend(QStringLiteral("comfyui"))->free;
    };
    QVERIFY(isFree("label: Mine"));
    QVERIFY(isFree("url: \"http://10.0.0.2:8188\""));
    QVERIFY(!isFree("url: \"https://cloud.comfy.org\""));
    QVERIFY(isFree("url: \"https://cloud.comfy.org\", free: true"));
}

void TestModelCatalogue::mistakes_areFoundAndLeaveTheRest_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("words");
    const auto model = [](const char *name, const QByteArray &member, const char *words) {
        QTest::newRow(name) << QByteArray("models:\n  ideogram-4:\n    " + member + "\n") << 3 << QString::fromUtf8(words);
    };
    model("tier", "tier: best", "draft, mid or final");
    model("dialect", "dialect: midjourney", "ideogram-json");
    model("price as text", "price: 0.06", "must be a map");
    model("price negative", "price: {usd: -1, per: image}", "from 0 to 1000");
    model("price NaN", "price: {usd: .nan, per: image}", "from 0 to 1000");
    model("price infinite", "price: {usd: .inf}", "from 0 to 1000");
    model("price overflow", "price: {usd: 1e999}", "from 0 to 1000");
    model("price with a sign", "price: {usd: $0.06}", "currency sign");
    model("price in quotes", "price: {usd: \"0.06\"}", "from 0 to 1000");
    model("price unit", "price: {usd: 1, per: hour}", "cannot be understood");
    model("price with more", "price: {usd: 1, per: image, tax: 2}", "cannot be understood");
    model("price table", "price: {\"1024x1024/high\": cheap}", "1024x1024/high");
    model("price empty", "price: {}", "must be a map");
    model("sizes as list", "sizes: [1024x1024]", "must be a map");
    model("sizes of two kinds", "sizes: {multiple: 16, ratios: [1x1]}", "exactly one");
    model("sizes of none", "sizes: {max_px: 100}", "exactly one");
    model("sizes unknown", "sizes: {steps: 16}", "not known here");
    model("size no size", "sizes: {list: [1024]}", "1024x768");
    model("size zero", "sizes: {list: [0x0]}", "1024x768");
    model("size huge", "sizes: {list: [99999x99999]}", "1024x768");
    model("size overflow", "sizes: {list: [99999999999x1]}", "1024x768");
    model("sizes empty", "sizes: {list: []}", "1 to 500");
    model("ratio no ratio", "sizes: {ratios: [wide]}", "4x5");
    model("multiple zero", "sizes: {multiple: 0}", "from 1 to 1024");
    model("multiple fraction", "sizes: {multiple: 1.5}", "from 1 to 1024");
    model("pixels reversed", "sizes: {multiple: 16, min_px: 200, max_px: 100}", "above its max_px");
    model("pixels negative", "sizes: {multiple: 16, min_px: -5}", "number of pixels");
    model("supports as text", "supports: seed", "must be a list");
    model("supports unknown", "supports: [seed, telepathy]", "telepathy");
    model("in flight negative", "max_in_flight: -1", "from 0 to 1000");
    model("in flight huge", "max_in_flight: 99999999999", "from 0 to 1000");
    model("steps", "steps: many", "from 0 to 1000");
    model("shutdown", "shutdown: soon", "must be a day");
    model("shutdown that is none", "shutdown: 2026-02-30", "must be a day");
    model("options as list", "options: [1]", "must be a map");
    model("label as list", "label: [a]", "must be a text");
    model("label endless", "label: " + QByteArray(3000, 'x'), "longer than 2000");
    model("backend unknown", "backend: ideogramm", "Did you mean \"ideogram\"?");
    QTest::newRow("model as text") << QByteArray("models:\n  ideogram-4: yes\n") << 2 << QStringLiteral("must be a map");
    QTest::newRow("model without backend") << QByteArray("models:\n  mine: {tier: mid}\n") << 2 << QStringLiteral("names no backend");
    QTest::newRow("model with a strange name") << QByteArray("models:\n  \"../../etc\": {backend: openai}\n") << 2 << QStringLiteral("cannot be a name");
    QTest::newRow("models as list") << QByteArray("models: [a]\n") << 1 << QStringLiteral("must be a map of names");
    QTest::newRow("backend without kind") << QByteArray("backends:\n  mine: {url: \"http://x\"}\n") << 2 << QStringLiteral("has no kind");
    QTest::newRow("backend kind") << QByteArray("backends:\n  bfl:\n    kind: midjourney\n") << 3 << QStringLiteral("comfyui");
    QTest::newRow("custom without address") << QByteArray("backends:\n  mine: {kind: custom}\n") << 2 << QStringLiteral("has no url");
    QTest::newRow("address") << QByteArray("backends:\n  bfl:\n    url: api.bfl.ai\n") << 3 << QStringLiteral("must be an address");
    QTest::newRow("address of a file") << QByteArray("backends:\n  bfl:\n    url: \"file:///etc/passwd\"\n") << 3 << QStringLiteral("must be an address");
    QTest::newRow("address with a password") << QByteArray("backends:\n  bfl:\n    url: \"https://me:pass@api.bfl.ai\"\n") << 3 << QStringLiteral("password");
    QTest::newRow("address with a query") << QByteArray("backends:\n  bfl:\n    url: \"https://api.bfl.ai/?key=1\"\n") << 3 << QStringLiteral("without ?");
    QTest::newRow("free") << QByteArray("backends:\n  bfl:\n    free: yes\n") << 3 << QStringLiteral("true or false");
    QTest::newRow("alias of nothing") << QByteArray("aliases:\n  poster: ideogram-9\n") << 2 << QStringLiteral("does not exist");
    QTest::newRow("alias of an alias") << QByteArray("aliases:\n  poster: sd-medium\n") << 2 << QStringLiteral("names another alias");
    QTest::newRow("alias as list") << QByteArray("aliases:\n  poster: [a]\n") << 2 << QStringLiteral("does not exist");
    QTest::newRow("alias of its own") << QByteArray("aliases:\n  poster: poster\n") << 2 << QStringLiteral("does not exist");
    QTest::newRow("alias that is a model") << QByteArray("aliases:\n  ideogram-4: ideogram-3\n") << 2 << QStringLiteral("is a model already");
}

void TestModelCatalogue::mistakes_areFoundAndLeaveTheRest()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QString, words);
    // Something that is right stands beside it, and stays in force.
    const ModelCatalogue catalogue = with(text + (text.startsWith("backends") ? "models" : "backends") + ":\n  "
                                          + (text.startsWith("backends") ? "flux-2-pro: {tier: mid}" : "bfl: {label: Flux}") + "\n");
    const QList<Finding> &findings = catalogue.findings;
    QVERIFY2(findings.size() == 1, qPrintable(list(findings)));
    QCOMPARE(findings[0].severity, Severity::Error);
    QCOMPARE(findings[0].file, QStringLiteral("models.yaml"));
    QCOMPARE(findings[0].line, line);
    QVERIFY2(QString(findings[0].message + findings[0].fix).contains(words), qPrintable(list(findings)));
    QVERIFY2(findings[0].message.size() < 400, qPrintable(findings[0].message));
    const ModelCatalogue shipped = with({});
    QVERIFY(!text.startsWith("backends") || model(catalogue, "flux-2-pro").tier == Fidelity::Mid);
    QVERIFY(text.startsWith("backends") || catalogue.findBackend(QStringLiteral("bfl"))->label == QLatin1String("Flux"));
    ModelEntry kept = model(catalogue, "ideogram-4");
    kept.file.clear();
    kept.line = model(shipped, "ideogram-4").line;
    QVERIFY(kept == model(shipped, "ideogram-4"));
    QCOMPARE(catalogue.models.size(), shipped.models.size());
    QCOMPARE(catalogue.backends.size(), shipped.backends.size());
    QCOMPARE(catalogue.aliases, shipped.aliases);
}

void TestModelCatalogue::unknownKeys_areWarnings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("of a model") << QByteArray("models:\n  ideogram-4: {pirce: {usd: 1}}\n") << QStringLiteral("Did you mean \"price\"?");
    QTest::newRow("of a backend") << QByteArray("backends:\n  bfl: {adress: x}\n") << QStringLiteral("There are label");
    QTest::newRow("of the file") << QByteArray("\nmodel: {}\n") << QStringLiteral("Did you mean \"models\"?");
    QTest::newRow("of the other file") << QByteArray("\nroutes: []\n") << QStringLiteral("routes.yaml");
    QTest::newRow("replacement") << QByteArray("models:\n  ideogram-4: {replacement: ideogram-5}\n") << QStringLiteral("is no model");
    QTest::newRow("free with a price") << QByteArray("backends:\n  bfl: {free: true}\n") << QStringLiteral("paid twice");
}

void TestModelCatalogue::unknownKeys_areWarnings()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const QList<Finding> findings = checkModelFile(m_shipped, text, QStringLiteral("models.yaml"));
    QVERIFY2(findings.size() == 1, qPrintable(list(findings)));
    QCOMPARE(findings[0].severity, Severity::Warning);
    QCOMPARE(findings[0].line, 2);
    QVERIFY2(QString(findings[0].message + findings[0].fix).contains(words), qPrintable(list(findings)));
}

void TestModelCatalogue::brokenText_leavesTheShippedModels_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("no YAML") << QByteArray("models:\n  a: [1, 2\n") << 0;
    QTest::newRow("duplicate") << QByteArray("models:\n  ideogram-4: {}\n  ideogram-4: {}\n") << 3;
    QTest::newRow("a list") << QByteArray("- a\n") << 1;
    QTest::newRow("a word") << QByteArray("models\n") << 1;
    QTest::newRow("ten megabytes") << QByteArray(10 * 1024 * 1024, '#') << 0;
    QTest::newRow("binary") << QByteArray("\x7f" "ELF\0\0", 6) << 1;
}

void TestModelCatalogue::brokenText_leavesTheShippedModels()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    const ModelCatalogue catalogue = with(text);
    QCOMPARE(catalogue.findings.size(), 1);
    QCOMPARE(catalogue.findings[0].severity, Severity::Error);
    if (line > 0)
        QCOMPARE(catalogue.findings[0].line, line);
    ModelCatalogue kept = catalogue;
    kept.findings.clear();
    QVERIFY(kept == with({}));
}

void TestModelCatalogue::pastedKey_isRefusedAndNotRepeated()
{
    for (const char *key : {"sk-canary1234567890", "0123456789abcdef0123456789abcdef0123456789abcdef", "AIzaCanary", "my key"}) {
        const QList<Finding> findings = checkModelFile(m_shipped, QByteArray("backends:\n  openai:\n    key: \"") + key + "\"\n", QStringLiteral("models.yaml"));
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].line, 3);
        QVERIFY(!list(findings).contains(QLatin1String(key)));
    }
}

void TestModelCatalogue::retirement_isTold()
{
    const ModelCatalogue catalogue = with({});
    const QDate today(2026, 11, 25);
    const QString gone = catalogue.retiredSentence(model(catalogue, "dall-e-3-hd"), today);
    QVERIFY2(gone.contains(QLatin1String("2026-05-12")) && gone.contains(QLatin1String("gpt-image-2.6-sunburst")), qPrintable(gone));
    QVERIFY(catalogue.shutdownNotice(model(catalogue, "dall-e-3-hd"), today).isEmpty());
    const ModelEntry ending = model(catalogue, "gpt-image-1.5");
    QVERIFY(catalogue.retiredSentence(ending, today).isEmpty());
    QVERIFY(catalogue.shutdownNotice(ending, today).contains(QLatin1String("2026-12-01")));
    QVERIFY(!catalogue.retiredSentence(ending, QDate(2026, 12, 1)).isEmpty());
    QVERIFY(catalogue.retiredSentence(model(catalogue, "ideogram-4"), today).isEmpty());
    QVERIFY(catalogue.shutdownNotice(model(catalogue, "ideogram-4"), today).isEmpty());
}

void TestModelCatalogue::price_isNeverTooLow()
{
    const ModelCatalogue catalogue = with({});
    const Price gpt = model(catalogue, "gpt-image").price;
    QCOMPARE(gpt.per, Price::Per::Table);
    QCOMPARE(gpt.estimate({1024, 1024}, QStringLiteral("medium")), 0.09);
    QCOMPARE(gpt.estimate({1024, 1024}, QStringLiteral("unheard of")), 0.64);
    QCOMPARE(gpt.estimate({1024, 1024}, {}, 3), 3 * 0.64);
    QCOMPARE(model(catalogue, "dall-e-3-hd").price.estimate({1024, 1024}, QStringLiteral("hd")), 0.08);
}

QTEST_GUILESS_MAIN(TestModelCatalogue)
#include "tst_modelcatalogue.moc"
