#include "core/template/templatefile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

QByteArray withTokens(const QByteArray &tokens, const QByteArray &rest = {})
{
    return "{\"galley\": 1,\n \"name\": \"T\",\n \"tokens\": [" + tokens + "]" + rest + "}";
}

} // namespace

/// Reading, checking, migrating and writing `*.galley`.
class TestTemplateFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badInput_isASentence_data();
    void badInput_isASentence();
    void truncation_neverCrashes();
    void unknownKeys_areKeptInOrder();
    void samples_roundTripToTheByte_data();
    void samples_roundTripToTheByte();
    void versionZero_isMigrated();
    void boxes_haveFourDecimals();
    void save_replacesWhole_andReportsFailure();
    void findings_nameLines();
    void ids_stayFree();
};

void TestTemplateFile::badInput_isASentence_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("code");
    const int invalid = int(ErrorCode::InvalidInput);
    const int large = int(ErrorCode::TooLarge);
    const auto row = [&](const char *name, const QByteArray &text, const char *words, int code) {
        QTest::newRow(name) << text << QString::fromUtf8(words) << code;
    };
    row("empty", "", "t.galley", invalid);
    row("not json", "hello", "t.galley:1", invalid);
    row("truncated", "{\"galley\": 1, \"tokens\": [", "t.galley:1", invalid);
    row("a list", "[]", "JSON object", invalid);
    row("no version", "{\"name\": \"x\"}", "\"galley\"", invalid);
    row("version is text", R"({"galley": "1"})", "whole number", invalid);
    row("newer version", R"({"galley": 2})", "newer Galley", int(ErrorCode::Unsupported));
    row("huge version", R"({"galley": 99999999999999999999})", "whole number", invalid);
    row("nesting", "{\"galley\":1,\"x\":" + QByteArray(10'000'000, '['), "nested deeper", invalid);
    row("too large", "{\"galley\":1,\"x\":\"" + QByteArray(11'000'000, 'x') + "\"}", "limit", large);
    row("tokens is an object", R"({"galley":1,"tokens":{}})", "/tokens must be a list", invalid);
    row("slots is a list", R"({"galley":1,"slots":[]})", "/slots must be an object", invalid);
    row("canvas is a number", R"({"galley":1,"canvas":3})", "/canvas must be an object", invalid);
    row("canvas too wide", R"({"galley":1,"canvas":{"width":100000}})", "/canvas/width is 100000", invalid);
    row("width is text", R"({"galley":1,"canvas":{"width":"wide"}})", "/canvas/width must be a number", invalid);
    row("half a pixel", R"({"galley":1,"canvas":{"width":100.5}})", "whole number", invalid);
    row("name is a number", R"({"galley":1,"name":7})", "/name must be a text", invalid);
    row("token without id", withTokens(R"({"role":"panel","box":[0,0,1,1]})"), "/tokens/0/id", invalid);
    row("bad id", withTokens(R"({"id":"No Way","role":"panel","box":[0,0,1,1]})"), "a-z", invalid);
    row("bad role", withTokens(R"({"id":"a","role":"hero","box":[0,0,1,1]})"), "one of: background", invalid);
    row("box of three", withTokens(R"({"id":"a","role":"panel","box":[0,0,1]})"), "four numbers", invalid);
    row("nan box", withTokens(R"({"id":"a","role":"panel","box":[0,NaN,1,1]})"), "not valid JSON", invalid);
    row("null box", withTokens(R"({"id":"a","role":"panel","box":[0,null,1,1]})"), "/tokens/0/box/1 must be a number", invalid);
    row("infinite box", withTokens(R"({"id":"a","role":"panel","box":[0,1e999,1,1]})"), "t.galley", invalid);
    row("negative width", withTokens(R"({"id":"a","role":"panel","box":[0,0,-1,1]})"), "/tokens/0/box/2", invalid);
    row("bad fit", withTokens(R"({"id":"a","role":"body","box":[0,0,1,1],"fit":"squash"})"), "shrink, wrap", invalid);
    row("hidden is text", withTokens(R"({"id":"a","role":"body","box":[0,0,1,1],"hidden":"yes"})"), "true or false", invalid);
    row("six palette colours", withTokens(R"({"id":"a","role":"body","box":[0,0,1,1],"palette":["","","","","",""]})"),
        "limit is 5", large);
    row("duplicate ids",
        withTokens("\n{\"id\":\"a\",\"role\":\"panel\",\"box\":[0,0,1,1]},\n{\"id\":\"a\",\"role\":\"panel\",\"box\":[0,0,1,1]}"),
        "t.galley:5", invalid);
    row("unknown slot", withTokens(R"({"id":"a","role":"body","box":[0,0,1,1],"text":"{nope}"})"), "{nope}", invalid);
    row("long value",
        withTokens("{\"id\":\"a\",\"role\":\"body\",\"box\":[0,0,1,1],\"text\":\"" + QByteArray(10'001, 'x') + "\"}"),
        "limit is 10000", large);
    row("bad slot type", R"({"galley":1,"slots":{"a":{"type":"date"}}})", "one of: text", invalid);
    row("bad slot name", R"({"galley":1,"slots":{"A B":{"type":"text"}}})", "a-z", invalid);
    row("both styles", R"({"galley":1,"style":{"photo":"x","art_style":"y"}})", "exactly one", invalid);
    QByteArrayList many;
    for (int i = 0; i < 10'000; ++i)
        many.append("{\"id\":\"t" + QByteArray::number(i) + "\",\"role\":\"panel\",\"box\":[0,0,1,1]}");
    row("10,000 tokens", withTokens(many.join(',')), "limit is 500", large);
}

void TestTemplateFile::badInput_isASentence()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    QFETCH(int, code);
    const Result<LoadedTemplate> result = parseTemplate(text, QStringLiteral("t.galley"));
    QVERIFY(!result);
    const QString message = result.error().message;
    QVERIFY2(message.contains(words), qPrintable(message));
    QVERIFY2(message.startsWith(QLatin1String("t.galley")), qPrintable(message));
    QVERIFY2(message.endsWith(QLatin1Char('.')), qPrintable(message));
    QCOMPARE(int(result.error().code), code);
}

void TestTemplateFile::truncation_neverCrashes()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates/market-poster.galley"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    int refused = 0;
    for (qsizetype size = 0; size < whole.trimmed().size(); size += 7)
        refused += parseTemplate(whole.left(size), QStringLiteral("t")) ? 0 : 1;
    QCOMPARE(refused, int((whole.trimmed().size() + 6) / 7));
}

void TestTemplateFile::unknownKeys_areKeptInOrder()
{
    const QByteArray text = R"({
 "x_first": {"deep": [1, 2.50, {"z": null}]},
 "galley": 1,
 "id": "1",
 "name": "N",
 "canvas": {"height": 200, "x_canvas": true, "width": 100, "safe_area": 0.05, "background": "#FFFFFF"},
 "tokens": [
  {"x_note": "keep", "role": "panel", "id": "a", "box": [0, 0, 0.5, 0.5], "z": 1, "x_big": 9007199254740993}
 ],
 "slots": {
  "s": {"type": "text", "x_s": 1, "default": "d"}
 }
})";
    const Result<LoadedTemplate> loaded = parseTemplate(text, QStringLiteral("t"));
    QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
    const QByteArray written = writeTemplate(loaded->value);
    QVERIFY(written.startsWith("{\n \"galley\": 1,"));
    QVERIFY(written.contains(R"({"x_note":"keep","role":"panel","id":"a","box":[0,0,0.5,0.5],"z":1,"x_big":9007199254740993})"));
    QVERIFY(written.contains(R"("canvas": {"height":200,"x_canvas":true,"width":100,)"));
    QVERIFY(written.contains(R"("s": {"type":"text","x_s":1,"default":"d"})"));
    QVERIFY(written.contains("\"x_first\": {\"deep\":[1,2.5,{\"z\":null}]}"));
    QCOMPARE(parseTemplate(written, QStringLiteral("t"))->value, [&] {
        Template value = loaded->value; // only the place of "galley" has changed
        value.keyOrder.removeAll(QStringLiteral("galley"));
        value.keyOrder.prepend(QStringLiteral("galley"));
        return value;
    }());
}

void TestTemplateFile::samples_roundTripToTheByte_data()
{
    QTest::addColumn<QString>("file");
    const QDir dir(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates"));
    for (const QString &name : dir.entryList({QStringLiteral("*.galley")}))
        QTest::newRow(qPrintable(name)) << dir.filePath(name);
}

void TestTemplateFile::samples_roundTripToTheByte()
{
    QFETCH(QString, file);
    const Result<LoadedTemplate> loaded = loadTemplate(file);
    QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
    for (const Finding &finding : loaded->warnings)
        QVERIFY2(finding.severity == Severity::Info, qPrintable(finding.message));
    const QByteArray once = writeTemplate(loaded->value);
    const Result<LoadedTemplate> again = parseTemplate(once, file);
    QVERIFY(again);
    QCOMPARE(again->value, loaded->value);
    QCOMPARE(writeTemplate(again->value), once);
}

void TestTemplateFile::versionZero_isMigrated()
{
    const QByteArray old = R"({"format": 0, "name": "Old", "tokens": [
      {"id": "a", "role": "headline", "rect": [10, 20, 80, 12.5], "text": "Hi", "colour": "#112233"}]})";
    const Result<LoadedTemplate> loaded = parseTemplate(old, QStringLiteral("old.galley"));
    QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
    QCOMPARE(loaded->migratedFrom, 0);
    const Token &token = loaded->value.tokens.first();
    QCOMPARE(token.box, (Box{0.1, 0.2, 0.8, 0.125}));
    QCOMPARE(token.style.color, QStringLiteral("#112233"));
    const QByteArray written = writeTemplate(loaded->value);
    QVERIFY(written.startsWith("{\n \"galley\": 1"));
    QVERIFY(!written.contains("rect") && !written.contains("format"));
}

void TestTemplateFile::boxes_haveFourDecimals()
{
    Template value = newTemplate(QStringLiteral("B"), QSize(100, 100));
    Token token;
    token.id = QStringLiteral("a");
    token.role = Role::Panel;
    token.box = {1.0 / 3, -0.00001, 0.123456, 1};
    value.tokens.append(token);
    QVERIFY(writeTemplate(value).contains("\"box\":[0.3333,0,0.1235,1]"));
}

void TestTemplateFile::save_replacesWhole_andReportsFailure()
{
    QTemporaryDir dir;
    const QString file = dir.filePath(QStringLiteral("a.galley"));
    Template value = newTemplate(QStringLiteral("First"), QSize(100, 100));
    QVERIFY(saveTemplate(value, file));
    value.name = QStringLiteral("Second");
    QVERIFY(saveTemplate(value, file));
    QCOMPARE(loadTemplate(file)->value.name, QStringLiteral("Second"));
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files).size(), 1);
    const Result<void> failed = saveTemplate(value, dir.filePath(QStringLiteral("missing/a.galley")));
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::Io);
    QVERIFY(failed.error().message.contains(QLatin1String("missing/a.galley")));
}

void TestTemplateFile::findings_nameLines()
{
    const QByteArray text = "{\"galley\": 1,\n\"tokens\": [\n{\"id\": \"a\", \"role\": \"subject\", \"box\": [0,0,1,1]},\n"
                            "{\"id\": \"b\", \"role\": \"body\", \"text\": \"x\",\n \"box\": [2,0,1,1]}]}";
    const Result<LoadedTemplate> loaded = parseTemplate(text, QStringLiteral("t"));
    QVERIFY2(loaded, qPrintable(loaded ? QString() : loaded.error().message));
    QCOMPARE(loaded->warnings.size(), 2);
    QCOMPARE(loaded->warnings.at(0).code, QStringLiteral("empty_token"));
    QCOMPARE(loaded->warnings.at(0).line, 3);
    QCOMPARE(loaded->warnings.at(1).code, QStringLiteral("outside"));
    QCOMPARE(loaded->warnings.at(1).line, 5);
}

void TestTemplateFile::ids_stayFree()
{
    Template value;
    for (int i = 0; i < 3; ++i) {
        Token token;
        token.id = value.freeTokenId(QStringLiteral("title"));
        value.tokens.append(token);
    }
    QCOMPARE(value.tokens.at(0).id, QStringLiteral("title"));
    QCOMPARE(value.tokens.at(1).id, QStringLiteral("title-2"));
    QCOMPARE(value.tokens.at(2).id, QStringLiteral("title-3"));
}

QTEST_GUILESS_MAIN(TestTemplateFile)
#include "tst_templatefile.moc"
