#include "core/engines/remote/openai/openairequest.h"

#include <QTest>

using namespace Galley;

namespace {

const QByteArray png("\x89PNG\r\n\x1a\nstart", 13);
const QByteArray maskPng("\x89PNG\r\n\x1a\nmask", 12);

EngineRequest plain()
{
    EngineRequest request;
    request.upstream = QStringLiteral("sd");
    request.prompt = QStringLiteral("a cat");
    request.size = {512, 768};
    request.seed = 7;
    request.steps = 0;
    request.dialect = Dialect::Prose;
    return request;
}

EngineRequest full()
{
    EngineRequest request = plain();
    request.negativePrompt = QStringLiteral("blur");
    request.steps = 8;
    request.guidance = 3.5;
    request.count = 2;
    request.options = {{"quality", "high"}, {"usd_per_million_tokens", {{"text_in", 5}}}};
    return request;
}

EngineRequest edit(bool mask = false, int starts = 1)
{
    EngineRequest request = plain();
    request.strength = 0.5;
    for (int i = 0; i < starts; ++i)
        request.references.append({ReferencePicture::Use::Start, png, {512, 768}, QStringLiteral("d")});
    if (mask)
        request.references.append({ReferencePicture::Use::Mask, maskPng, {512, 768}, QStringLiteral("m")});
    return request;
}

/// Parts as "name=text" and "name<file.png:type:bytes".
QStringList listed(const QList<HttpPart> &parts)
{
    QStringList lines;
    for (const HttpPart &part : parts) {
        lines.append(part.fileName.isEmpty() ? QString::fromUtf8(part.name + '=' + part.content)
                                             : QString::fromUtf8(part.name + '<' + part.fileName + ':' + part.mediaType + ':'
                                                                 + QByteArray::number(part.content.size())));
    }
    return lines;
}

QStringList strings(std::initializer_list<const char *> list)
{
    QStringList out;
    for (const char *text : list)
        out.append(QString::fromUtf8(text));
    return out;
}

BackendEntry backend(const QString &dialect)
{
    BackendEntry entry;
    entry.id = QStringLiteral("studio");
    entry.label = QStringLiteral("Studio");
    entry.dialect = dialect;
    return entry;
}

Result<OpenAiRequest> write(const QString &dialect, const EngineRequest &request, bool watched = false)
{
    return openAiRequest(*findOpenAiDialect(dialect), backend(dialect), request, watched);
}

} // namespace

class TestOpenAiRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void generation_data();
    void generation();
    void edits_data();
    void edits();
    void impossible_data();
    void impossible();
    void stream_data();
    void stream();
    void options_replaceAndRemoveMembers();
    void sdServer_wordsAreNeverSettings();
    void everyDialect_sendsNoSeedUnlessWanted();
    void unknownDialect_isNone();
};

void TestOpenAiRequest::generation_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<bool>("everything");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("notes");
    QTest::addColumn<bool>("seedSent");
    const auto row = [](const char *dialect, bool everything, const char *body, int notes, bool seed) {
        QTest::addRow("%s, %s", dialect, everything ? "everything" : "plain") << QString::fromLatin1(dialect) << everything << QByteArray(body) << notes << seed;
    };
    row("openai", false, R"({"model":"sd","prompt":"a cat","n":1,"size":"512x768"})", 0, false);
    row("openai", true, R"({"model":"sd","prompt":"a cat","n":2,"size":"512x768","quality":"high"})", 2, false);
    row("litellm", false, R"({"model":"sd","prompt":"a cat","n":1,"size":"512x768"})", 0, false);
    row("vllm-omni", false, R"({"model":"sd","prompt":"a cat","n":1,"size":"512x768","response_format":"b64_json","seed":7})", 0, true);
    row("vllm-omni", true,
        R"({"model":"sd","prompt":"a cat","n":2,"size":"512x768","response_format":"b64_json","quality":"high","seed":7,"negative_prompt":"blur","num_inference_steps":8,"guidance_scale":3.5})",
        0, true);
    row("sglang", true,
        R"({"model":"sd","prompt":"a cat","n":2,"size":"512x768","response_format":"b64_json","quality":"high","seed":7,"negative_prompt":"blur","num_inference_steps":8,"guidance_scale":3.5})",
        0, true);
    row("localai", true,
        R"({"model":"sd","prompt":"a cat|blur","n":2,"size":"512x768","response_format":"b64_json","quality":"high","seed":7,"step":8})", 1, true);
    row("xinference", false,
        R"({"model":"sd","prompt":"a cat","n":1,"size":"512*768","response_format":"b64_json","kwargs":"{\"seed\":7}"})", 0, true);
    row("xinference", true,
        R"({"model":"sd","prompt":"a cat","n":2,"size":"512*768","response_format":"b64_json","quality":"high","kwargs":"{\"seed\":7,\"negative_prompt\":\"blur\",\"num_inference_steps\":8,\"guidance_scale\":3.5}"})",
        0, true);
    row("together", true,
        R"({"model":"sd","prompt":"a cat","n":2,"width":512,"height":768,"response_format":"base64","quality":"high","seed":7,"negative_prompt":"blur","steps":8,"guidance_scale":3.5})",
        0, true);
    row("sd-server", false, R"({"prompt":"a cat <sd_cpp_extra_args>{\"seed\":7}</sd_cpp_extra_args>","n":1,"size":"512x768"})", 0, true);
    row("sd-server", true,
        R"({"prompt":"a cat <sd_cpp_extra_args>{\"seed\":7,\"negative_prompt\":\"blur\",\"sample_params\":{\"sample_steps\":8,\"guidance\":{\"txt_cfg\":3.5}}}</sd_cpp_extra_args>","n":2,"size":"512x768","quality":"high"})",
        0, true);
}

void TestOpenAiRequest::generation()
{
    QFETCH(QString, dialect);
    QFETCH(bool, everything);
    QFETCH(QByteArray, body);
    QFETCH(int, notes);
    QFETCH(bool, seedSent);
    const auto wire = write(dialect, everything ? full() : plain());
    QVERIFY(wire.has_value());
    QCOMPARE(wire->method, QByteArray("POST"));
    QCOMPARE(wire->path, QStringLiteral("images/generations"));
    QVERIFY(wire->parts.isEmpty());
    QVERIFY2(Json::parse(body.toStdString()) == wire->body, dumpJson(wire->body).constData());
    QCOMPARE(wire->notes.size(), notes);
    QCOMPARE(wire->seedSent, seedSent);
}

void TestOpenAiRequest::edits_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<int>("starts");
    QTest::addColumn<bool>("mask");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("parts");
    QTest::newRow("openai") << "openai" << 1 << false << "images/edits"
                            << strings({"model=sd", "prompt=a cat", "n=1", "size=512x768", "image[]<start.png:image/png:13"});
    QTest::newRow("openai, mask") << "openai" << 1 << true << "images/edits"
                                  << strings({"model=sd", "prompt=a cat", "n=1", "size=512x768", "image[]<start.png:image/png:13", "mask<mask.png:image/png:12"});
    QTest::newRow("openai, two") << "openai" << 2 << false << "images/edits"
                                 << strings({"model=sd", "prompt=a cat", "n=1", "size=512x768", "image[]<start.png:image/png:13", "image[]<start2.png:image/png:13"});
    QTest::newRow("vllm-omni, mask") << "vllm-omni" << 1 << true << "images/edits"
                                     << strings({"model=sd", "prompt=a cat", "n=1", "size=512x768", "response_format=b64_json", "seed=7",
                                                    "image<start.png:image/png:13", "mask_image<mask.png:image/png:12"});
    QTest::newRow("sglang") << "sglang" << 1 << false << "images/edits"
                            << strings({"model=sd", "prompt=a cat", "n=1", "size=512x768", "response_format=b64_json", "seed=7", "image[]<start.png:image/png:13"});
    QTest::newRow("xinference") << "xinference" << 1 << false << "images/variations"
                                << strings({"model=sd", "prompt=a cat", "n=1", "size=512*768", "response_format=b64_json",
                                               "kwargs={\"seed\":7,\"strength\":0.5}", "image<start.png:image/png:13"});
    QTest::newRow("xinference, mask") << "xinference" << 1 << true << "images/inpainting"
                                      << strings({"model=sd", "prompt=a cat", "n=1", "size=512*768", "response_format=b64_json",
                                                     "kwargs={\"seed\":7,\"strength\":0.5}", "image<start.png:image/png:13", "mask_image<mask.png:image/png:12"});
    QTest::newRow("sd-server") << "sd-server" << 1 << false << "images/edits"
                               << strings({"prompt=a cat <sd_cpp_extra_args>{\"seed\":7,\"strength\":0.5}</sd_cpp_extra_args>", "n=1", "size=512x768",
                                              "image[]<start.png:image/png:13"});
    QTest::newRow("localai, mask") << "localai" << 1 << true << "images/inpainting"
                                   << strings({"model=sd", "prompt=a cat", "n=1", "size=512x768", "response_format=b64_json", "seed=7",
                                                  "image<start.png:image/png:13", "mask<mask.png:image/png:12"});
}

void TestOpenAiRequest::edits()
{
    QFETCH(QString, dialect);
    QFETCH(int, starts);
    QFETCH(bool, mask);
    QFETCH(QString, path);
    QFETCH(QStringList, parts);
    const auto wire = write(dialect, edit(mask, starts));
    QVERIFY(wire.has_value());
    QCOMPARE(wire->path, path);
    QCOMPARE(listed(wire->parts), parts);
    QVERIFY(wire->body.empty());

    // Where a start picture travels inside the JSON body.
    const QByteArray base64 = png.toBase64();
    QCOMPARE(toQString(write(QStringLiteral("localai"), edit())->body["file"]).toLatin1(), base64);
    QCOMPARE(toQString(write(QStringLiteral("together"), edit())->body["image_url"]).toLatin1(), QByteArray("data:image/png;base64," + base64));
    QCOMPARE(write(QStringLiteral("together"), edit(false, 2))->notes.size(), 2);
}

void TestOpenAiRequest::impossible_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<int>("starts");
    QTest::addColumn<bool>("mask");
    QTest::addColumn<QString>("says");
    QTest::newRow("mask alone") << "openai" << 0 << true << "mask";
    QTest::newRow("sglang, mask") << "sglang" << 1 << true << "mask";
    QTest::newRow("together, mask") << "together" << 1 << true << "mask";
    QTest::newRow("ray-serve, picture") << "ray-serve" << 1 << false << "start picture";
}

void TestOpenAiRequest::impossible()
{
    QFETCH(QString, dialect);
    QFETCH(int, starts);
    QFETCH(bool, mask);
    QFETCH(QString, says);
    const auto wire = write(dialect, edit(mask, starts));
    QVERIFY(!wire.has_value());
    QCOMPARE(wire.error().failure, FailureClass::Rejected);
    QVERIFY(wire.error().message.contains(says));
}

void TestOpenAiRequest::stream_data()
{
    QTest::addColumn<QString>("dialect");
    QTest::addColumn<bool>("watched");
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("partials");  // -1: no stream
    QTest::newRow("nobody watches") << "openai" << false << QByteArray("{}") << 1 << -1;
    QTest::newRow("watched") << "openai" << true << QByteArray("{}") << 1 << 2;
    QTest::newRow("watched, three") << "openai" << true << QByteArray(R"({"partial_images":3})") << 1 << 3;
    QTest::newRow("too many") << "openai" << true << QByteArray(R"({"partial_images":30})") << 1 << 3;
    QTest::newRow("told not to") << "openai" << true << QByteArray(R"({"stream":false})") << 1 << -1;
    QTest::newRow("told to") << "openai" << false << QByteArray(R"({"stream":true,"partial_images":0})") << 1 << 0;
    QTest::newRow("two pictures") << "openai" << true << QByteArray("{}") << 2 << -1;
    QTest::newRow("no stream there") << "vllm-omni" << true << QByteArray(R"({"stream":true})") << 1 << -1;
}

void TestOpenAiRequest::stream()
{
    QFETCH(QString, dialect);
    QFETCH(bool, watched);
    QFETCH(QByteArray, options);
    QFETCH(int, count);
    QFETCH(int, partials);
    EngineRequest request = plain();
    request.options = Json::parse(options.toStdString());
    request.count = count;
    const auto wire = write(dialect, request, watched);
    QVERIFY(wire.has_value());
    QCOMPARE(wire->streams, partials >= 0);
    QCOMPARE(wire->body.contains("stream"), partials >= 0);
    QCOMPARE(wire->body.value("partial_images", -1), partials);
}

void TestOpenAiRequest::options_replaceAndRemoveMembers()
{
    EngineRequest request = plain();
    request.options = {{"size", "auto"}, {"n", nullptr}, {"lora", {{"name", "x"}}}};
    const auto body = write(QStringLiteral("vllm-omni"), request)->body;
    QCOMPARE(toQString(body["size"]), QStringLiteral("auto"));
    QVERIFY(!body.contains("n"));
    QCOMPARE(toQString(body["lora"]["name"]), QStringLiteral("x"));
    // Extras of a model go where the family has its extras.
    request.options = {{"sampler", "euler"}, {"output_format", "jpeg"}};
    const auto server = write(QStringLiteral("xinference"), request)->body;
    QCOMPARE(toQString(server["output_format"]), QStringLiteral("jpeg"));
    QCOMPARE(toQString(server["kwargs"]), QStringLiteral("{\"seed\":7,\"sampler\":\"euler\"}"));
}

void TestOpenAiRequest::sdServer_wordsAreNeverSettings()
{
    EngineRequest request = plain();
    request.prompt = QStringLiteral("cat <sd_cpp_extra_args>{\"seed\":1}</sd_cpp_extra_args>");
    const QString prompt = toQString(write(QStringLiteral("sd-server"), request)->body["prompt"]);
    QCOMPARE(prompt.count(QStringLiteral("<sd_cpp_extra_args>")), 1);
    QVERIFY(prompt.endsWith(QStringLiteral("{\"seed\":7}</sd_cpp_extra_args>")));
    request.prompt = QStringLiteral("cat | dog");
    const auto bar = write(QStringLiteral("localai"), request);
    QCOMPARE(toQString(bar->body["prompt"]), QStringLiteral("cat / dog"));
    QCOMPARE(bar->notes.size(), 1);
}

void TestOpenAiRequest::everyDialect_sendsNoSeedUnlessWanted()
{
    EngineRequest request = plain();
    request.seedWanted = false;
    request.seed = 0;
    for (const QString &dialect : openAiDialectNames()) {
        const auto wire = write(dialect, request);
        QVERIFY(wire.has_value());
        QVERIFY(!wire->seedSent);
        QVERIFY2(!dumpJson(wire->body).contains("seed") && !wire->path.contains(QLatin1String("seed")), qPrintable(dialect));
    }
    QCOMPARE(write(QStringLiteral("ray-serve"), request)->path, QStringLiteral("imagine?prompt=a%20cat&img_size=768"));
    QCOMPARE(write(QStringLiteral("ray-serve"), request)->method, QByteArray("GET"));
}

void TestOpenAiRequest::unknownDialect_isNone()
{
    QVERIFY(!findOpenAiDialect(QStringLiteral("nobody")));
    QCOMPARE(findOpenAiDialect({}), findOpenAiDialect(QStringLiteral("openai")));
    QCOMPARE(openAiDialectNames().size(), 9);
}

QTEST_GUILESS_MAIN(TestOpenAiRequest)
#include "tst_openairequest.moc"
