#include "core/prompt/promptcompiler.h"
#include "core/template/templatefile.h"

#include <QTest>

using namespace Galley;

namespace {

Variant variantOf(const QByteArray &tokens, const QByteArray &style = "{}", const QByteArray &slotText = "{}")
{
    const Result<LoadedTemplate> loaded = parseTemplate("{\"galley\":1,\"canvas\":{\"width\":1000,\"height\":1000},\"style\":" + style
                                                            + ",\"tokens\":[" + tokens + "],\"slots\":" + slotText + "}",
                                                        QStringLiteral("t"));
    if (!loaded)
        qFatal("%s", qPrintable(loaded.error().message));
    const Result<Variant> variant = resolve(loaded->value, {});
    if (!variant)
        qFatal("%s", qPrintable(variant.error().message));
    return *variant;
}

Json compiledJson(const Variant &variant, Dialect dialect, const Frame &frame)
{
    const CompiledPrompt compiled = compilePrompt(variant, dialect, frame);
    const Result<Json> json = parseJson(compiled.text.toUtf8(), QStringLiteral("compiled"));
    if (!json)
        qFatal("%s: %s", qPrintable(json.error().message), qPrintable(compiled.text));
    return *json;
}

QStringList keysOf(const Json &object)
{
    QStringList keys;
    for (const auto &[key, value] : object.items())
        keys.append(QString::fromStdString(key));
    return keys;
}

} // namespace

/// What every compiled prompt must hold, whatever the words.
class TestPromptCompiler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void frames_chooseTheNearestRatio();
    void frames_mapBoxes();
    void ideogram_keysInOrder_data();
    void ideogram_keysInOrder();
    void ideogram_boxesAreWholeAndOrdered_data();
    void ideogram_boxesAreWholeAndOrdered();
    void ideogram_setTextIsNoElement();
    void setText_isNeverAskedFor_drawnTextAlwaysIs_data();
    void setText_isNeverAskedFor_drawnTextAlwaysIs();
    void spans_nameTheirWords_inEveryDialect();
    void prose_neverContradictsItself();
    void prose_namesPlacesOfTokens();
    void draft_separatesThingAndStyle_data();
    void draft_separatesThingAndStyle();
    void crop_isAnnounced();
    void longDrawnText_isWarned();
};

void TestPromptCompiler::frames_chooseTheNearestRatio()
{
    SizeRules list;
    list.list = {QSize(1024, 1024), QSize(1024, 1536), QSize(1536, 1024), QSize(512, 512)};
    QCOMPARE(frameFor(QSize(1080, 1200), list).picture, QSize(1024, 1024));
    QCOMPARE(frameFor(QSize(1080, 1920), list).picture, QSize(1024, 1536));
    SizeRules multiple{{}, 64, 0, 1024 * 1024};
    const QSize size = frameFor(QSize(1280, 720), multiple).picture;
    QVERIFY(size.width() % 64 == 0 && size.height() % 64 == 0 && size.width() * size.height() <= 1024 * 1024);
    QVERIFY(std::abs(double(size.width()) / size.height() - 16.0 / 9) < 0.05);
    QCOMPARE(frameFor(QSize(640, 480)).picture, QSize(640, 480));
}

void TestPromptCompiler::frames_mapBoxes()
{
    const Frame frame{QSize(1000, 1000), QSize(1000, 500)}; // the canvas shows the middle half
    QCOMPARE(frame.visible(), QRectF(0, 250, 1000, 500));
    QCOMPARE(frame.cropShare(), 0.5);
    QCOMPARE(frame.toPicture({0, 0, 1, 1}), (Box{0, 0.25, 1, 0.5}));
}

void TestPromptCompiler::ideogram_keysInOrder_data()
{
    QTest::addColumn<QByteArray>("style");
    QTest::addColumn<QString>("expected");
    QTest::newRow("art style") << QByteArray(R"({"art_style":"flat","palette":["#aabbcc"]})")
                               << QStringLiteral("aesthetics lighting medium art_style color_palette");
    QTest::newRow("photo") << QByteArray(R"({"photo":"50 mm","palette":["#aabbcc"]})")
                           << QStringLiteral("aesthetics lighting photo medium color_palette");
    QTest::newRow("neither") << QByteArray(R"({"medium":"ink"})") << QStringLiteral("aesthetics lighting medium art_style");
}

void TestPromptCompiler::ideogram_keysInOrder()
{
    QFETCH(QByteArray, style);
    QFETCH(QString, expected);
    const Variant variant = variantOf(R"({"id":"a","role":"subject","box":[0,0,1,1],"show":"cat","palette":["#abcdef"]},
        {"id":"b","role":"headline","box":[0,0,1,0.2],"text":"Hi","mode":"drawn"})",
                                      style);
    const Json json = compiledJson(variant, Dialect::IdeogramJson, frameFor(variant.canvas));
    QCOMPARE(keysOf(json), (QStringList{QStringLiteral("high_level_description"), QStringLiteral("style_description"),
                                        QStringLiteral("compositional_deconstruction")}));
    QCOMPARE(keysOf(json["style_description"]).join(QLatin1Char(' ')), expected);
    const Json &parts = json["compositional_deconstruction"];
    QCOMPARE(keysOf(parts), (QStringList{QStringLiteral("background"), QStringLiteral("elements")}));
    QCOMPARE(keysOf(parts["elements"][0]).join(QLatin1Char(' ')), QStringLiteral("type bbox desc color_palette"));
    QCOMPARE(keysOf(parts["elements"][1]).join(QLatin1Char(' ')), QStringLiteral("type bbox text desc color_palette"));
    QVERIFY(parts["elements"][0]["color_palette"][0] == "#ABCDEF");
}

void TestPromptCompiler::ideogram_boxesAreWholeAndOrdered_data()
{
    QTest::addColumn<QByteArray>("box");
    QTest::addColumn<QString>("expected");
    QTest::newRow("inside") << QByteArray("[0.1,0.2,0.3,0.4]") << QStringLiteral("[200,100,600,400]");
    QTest::newRow("partly outside") << QByteArray("[-0.5,-0.5,1,1]") << QStringLiteral("[0,0,500,500]");
    QTest::newRow("over all edges") << QByteArray("[-1,-1,3,3]") << QStringLiteral("[0,0,1000,1000]");
    QTest::newRow("a sliver") << QByteArray("[0.5,0.5,0.0001,0.0001]") << QStringLiteral("[500,500,501,501]");
    QTest::newRow("a sliver at the end") << QByteArray("[0.9999,0.9999,0.0001,0.0001]") << QStringLiteral("[999,999,1000,1000]");
    QTest::newRow("outside") << QByteArray("[2,0,1,1]") << QString();
    QTest::newRow("no area") << QByteArray("[0.5,0.5,0,0.5]") << QString();
}

void TestPromptCompiler::ideogram_boxesAreWholeAndOrdered()
{
    QFETCH(QByteArray, box);
    QFETCH(QString, expected);
    const Variant variant = variantOf(R"({"id":"a","role":"subject","show":"cat","box":)" + box + "}");
    const CompiledPrompt compiled = compilePrompt(variant, Dialect::IdeogramJson, frameFor(variant.canvas));
    const Json elements = parseJson(compiled.text.toUtf8(), QStringLiteral("x"))->at("compositional_deconstruction").at("elements");
    QCOMPARE(elements.empty() ? QString() : QString::fromUtf8(dumpJson(elements[0]["bbox"])), expected);
    QCOMPARE(compiled.warnings.isEmpty(), !expected.isEmpty());
}

void TestPromptCompiler::ideogram_setTextIsNoElement()
{
    const Variant variant = variantOf(R"({"id":"b","role":"headline","box":[0,0,1,0.2],"text":"Summer sale"},
        {"id":"l","role":"logo","box":[0,0.9,0.1,0.1],"image":"logo.png"})");
    for (const Dialect dialect : {Dialect::IdeogramJson, Dialect::FluxJson, Dialect::Prose}) {
        const QString text = compilePrompt(variant, dialect, frameFor(variant.canvas)).text;
        QVERIFY2(!text.contains(QLatin1String("Summer sale")), qPrintable(text));
        QVERIFY2(text.contains(QLatin1String("calm")), qPrintable(text));
    }
}

void TestPromptCompiler::setText_isNeverAskedFor_drawnTextAlwaysIs_data()
{
    QTest::addColumn<int>("dialect");
    QTest::addColumn<QSize>("picture");
    for (const Dialect dialect : {Dialect::Prose, Dialect::IdeogramJson, Dialect::FluxJson}) {
        for (const QSize &picture : {QSize(1000, 1000), QSize(1536, 1024)})
            QTest::addRow("%s at %d", qPrintable(dialectName(dialect)), picture.width()) << int(dialect) << picture;
    }
}

/// What Galley sets must not be drawn a second time; what the model draws must be said letter by letter.
void TestPromptCompiler::setText_isNeverAskedFor_drawnTextAlwaysIs()
{
    QFETCH(int, dialect);
    QFETCH(QSize, picture);
    const Variant variant = variantOf(R"({"id":"hero","role":"subject","box":[0.2,0.35,0.6,0.4],"show":"an apple"},
        {"id":"title","role":"headline","box":[0.1,0.05,0.8,0.15],"text":"Alpha Words","mode":"set"},
        {"id":"logo","role":"logo","box":[0.1,0.85,0.1,0.1],"image":"logo.png","show":"a gamma mark"},
        {"id":"note","role":"caption","box":[0.3,0.8,0.6,0.08],"text":"Beta Words & \"more\"","mode":"drawn"})");
    const QString text = compilePrompt(variant, Dialect(dialect), {picture, variant.canvas}).text;
    QVERIFY2(!text.contains(QStringLiteral("Alpha")), qPrintable(text));
    QVERIFY2(!text.contains(QStringLiteral("gamma")), qPrintable(text));
    const QString drawn = Dialect(dialect) == Dialect::Prose ? QStringLiteral("Beta Words & \"more\"") : QStringLiteral("Beta Words & \\\"more\\\"");
    QCOMPARE(text.count(drawn), 1);
    QVERIFY2(text.contains(QStringLiteral("calm and uncluttered")), qPrintable(text));
}

void TestPromptCompiler::spans_nameTheirWords_inEveryDialect()
{
    const Variant variant = variantOf(
        R"({"id":"a","role":"subject","box":[0,0,1,1],"show":"  {thing}  on a {{table}}, flat "},
           {"id":"b","role":"headline","box":[0,0,1,0.2],"text":"Say {word}","mode":"drawn"})",
        R"({"summary":"About {thing} for {word}."})",
        R"({"thing":{"type":"subject","default":"a \"tall\"\n cat\u0001"},"word":{"default":"h\\\u00e9llo \ud83d\ude00"}})");
    for (const Dialect dialect : allDialects()) {
        const CompiledPrompt compiled = compilePrompt(variant, dialect, frameFor(variant.canvas));
        QVERIFY2(!compiled.parts.isEmpty(), qPrintable(dialectName(dialect)));
        for (const SlotSpan &span : compiled.parts) {
            QVERIFY(span.start >= 0 && span.start < span.end && span.end <= compiled.text.size());
            const QString words = compiled.text.mid(span.start, span.end - span.start);
            const QString part = span.slot == QLatin1String("thing") ? QStringLiteral("cat") : QStringLiteral("llo");
            QVERIFY2(words.contains(part), qPrintable(dialectName(dialect) + QStringLiteral(": ") + words));
        }
        QCOMPARE(compilePrompt(variant, dialect, frameFor(variant.canvas)), compiled);
    }
}

void TestPromptCompiler::prose_neverContradictsItself()
{
    const QByteArray drawn = R"({"id":"b","role":"headline","box":[0,0,1,0.2],"text":"Hi","mode":"drawn"})";
    const QString with = compilePrompt(variantOf(drawn), Dialect::Prose, frameFor(QSize(1000, 1000))).text;
    QVERIFY(with.contains(QLatin1String("\"Hi\"")) && with.contains(QLatin1String("no other lettering")));
    const QByteArray plain = R"({"id":"b","role":"headline","box":[0,0,1,0.2],"text":"Hi"})";
    const QString without = compilePrompt(variantOf(plain), Dialect::Prose, frameFor(QSize(1000, 1000))).text;
    QVERIFY(!without.contains(QLatin1String("\"Hi\"")) && without.contains(QLatin1String("no lettering")));
    const QByteArray sign = R"({"id":"b","role":"subject","box":[0,0,1,1],"show":"a sign that says OPEN"})";
    const QString says = compilePrompt(variantOf(sign), Dialect::Prose, frameFor(QSize(1000, 1000))).text;
    QVERIFY(!says.contains(QLatin1String("lettering")));
    for (const QString &text : {with, without}) {
        QVERIFY2(!text.contains(QLatin1String("  ")) && !text.contains(QLatin1String("..")) && !text.contains(QLatin1String(" .")),
                 qPrintable(text));
    }
}

void TestPromptCompiler::prose_namesPlacesOfTokens()
{
    const Variant variant = variantOf(R"({"id":"hero","role":"subject","box":[0,0.6,0.3,0.3],"show":"a red fox"})",
                                      R"({"summary":"A card with <hero> and <<b> and <nobody"})");
    const QString text = compilePrompt(variant, Dialect::Prose, frameFor(variant.canvas)).text;
    QVERIFY2(text.startsWith(QLatin1String("A card with the red fox in the lower left third and <b> and <nobody.")), qPrintable(text));
}

void TestPromptCompiler::draft_separatesThingAndStyle_data()
{
    QTest::addColumn<QString>("show");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("style");
    const auto row = [](const char *show, const char *words, const char *style) {
        QTest::newRow(show) << QString::fromLatin1(show) << QString::fromLatin1(words) << QString::fromLatin1(style);
    };
    row("a red apple", "a red apple", "");
    row("a red apple, flat illustration", "a red apple", "flat");
    row("a fox, paper cut, soft light", "a fox", "paper cut");
    row("a fox, neon style", "a fox", "neon");
    row("a flat tyre", "a flat tyre", "");
    row("a dog, with a hat", "a dog, with a hat", "");
    row("a cat, 3d render, isometric", "a cat", "");
    row("flat illustration of a basket of apples", "a basket of apples", "flat");
    row("a sticker of a dog", "a dog", "sticker");
    row("a dog sticker", "a dog", "sticker");
    row("a neon guitar", "a guitar", "neon");
    row("a paper-cut flower, soft light, studio", "a flower", "paper cut");
    row("a cat, line art, thick lines", "a cat", "outline");
    row("a neon sign", "a sign", "neon");
    row("a silhouette", "a silhouette", "");
    row("a camera, on white background", "a camera", "");
    row("coffee, tea and cake", "coffee, tea and cake", "");
    row("three flat stones, flat", "three flat stones", "flat");
}

void TestPromptCompiler::draft_separatesThingAndStyle()
{
    QFETCH(QString, show);
    QFETCH(QString, words);
    QFETCH(QString, style);
    const Variant variant = variantOf("{\"id\":\"a\",\"role\":\"subject\",\"box\":[0,0,0.5,0.25],\"show\":\"" + show.toUtf8() + "\"}");
    const CompiledPrompt compiled = compilePrompt(variant, Dialect::Draft, frameFor(variant.canvas));
    QCOMPARE(compiled.layers.size(), 1);
    QCOMPARE(compiled.layers.first().words, words);
    QCOMPARE(compiled.layers.first().style, style);
    QCOMPARE(compiled.layers.first().box, QSizeF(500, 250));
}

void TestPromptCompiler::crop_isAnnounced()
{
    const Variant variant = variantOf(R"({"id":"a","role":"subject","box":[0,0,1,1],"show":"cat"})");
    QVERIFY(compilePrompt(variant, Dialect::Prose, {QSize(1000, 1000), variant.canvas}).warnings.isEmpty());
    const QStringList warnings = compilePrompt(variant, Dialect::Prose, {QSize(1536, 1024), variant.canvas}).warnings;
    QCOMPARE(warnings.size(), 1);
    QVERIFY(warnings.first().contains(QLatin1String("33 %")));
}

void TestPromptCompiler::longDrawnText_isWarned()
{
    const Variant variant = variantOf("{\"id\":\"b\",\"role\":\"body\",\"box\":[0,0,1,1],\"mode\":\"drawn\",\"text\":\"" + QByteArray(100, 'x') + "\"}");
    QVERIFY(compilePrompt(variant, Dialect::IdeogramJson, frameFor(variant.canvas)).warnings.value(0).contains(QLatin1String("garbled")));
}

QTEST_GUILESS_MAIN(TestPromptCompiler)
#include "tst_promptcompiler.moc"
