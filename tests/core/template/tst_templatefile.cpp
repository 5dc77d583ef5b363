#include "core/template/csv.h"
#include "core/template/resolve.h"
#include "core/template/templatefile.h"
#include "testpaths.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace Galley;

namespace {

const QByteArray market = R"({
 "galley": 1,
 "id": "6c1f4a52-0000-4000-8000-000000000001",
 "name": "Spring market",
 "project": "spring-campaign",
 "intent": "poster",
 "tags": [],
 "canvas": {"width": 1080, "height": 1350, "safe_area": 0.05, "background": "#F4EFE7"},
 "style": {"summary": "A cheerful poster for {event}", "medium": "graphic design", "art_style": "flat, bold shapes", "aesthetics": "playful, clear", "lighting": "even", "palette": ["#F5C542", "#2E8B57"]},
 "tokens": [
  {"id": "hero", "role": "subject", "box": [0.1, 0.24, 0.8, 0.5], "z": 1, "show": "{subject}, flat illustration", "palette": ["#C0392B"], "image": "{photo}"},
  {"id": "title", "role": "headline", "box": [0.08, 0.06, 0.84, 0.14], "z": 2, "text": "{headline}", "mode": "set", "font": {"family": "Inter", "weight": 700}, "align": "center", "fit": "shrink", "min_size": 0.02, "color": "#1B1B1B"}
 ],
 "slots": {
  "headline": {"type": "text", "default": "Spring Market", "max_chars": 40},
  "event": {"type": "text", "default": "a spring market"},
  "subject": {"type": "subject", "default": "a basket of apples"},
  "photo": {"type": "image", "optional": true}
 }
}
)";

QByteArray with(const QByteArray &before, const QByteArray &after)
{
    QByteArray text = market;
    Q_ASSERT(text.contains(before));
    return text.replace(before, after);
}

/// A template with \a member in its root, or in its only token.
QByteArray tokenWith(const QByteArray &member)
{
    return "{\"galley\":1,\"name\":\"t\",\"canvas\":{\"width\":100,\"height\":100},\"style\":{},\n\"tokens\":[\n"
           "{\"id\":\"a\",\"role\":\"body\",\"text\":\"x\",\"box\":[0,0,1,1],"
           + member + "}],\"slots\":{}}";
}

QByteArray rootWith(const QByteArray &member)
{
    return "{\"galley\":1,\"name\":\"t\",\n" + member + "}";
}

QByteArray manyTokens(int count)
{
    QByteArray tokens;
    for (int i = 0; i < count; ++i)
        tokens += (i ? ",\n{\"id\":\"t" : "{\"id\":\"t") + QByteArray::number(i) + "\",\"role\":\"panel\",\"box\":[0,0,1,1]}";
    return rootWith("\"tokens\":[" + tokens + "]");
}

} // namespace

class TestTemplateFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void market_isRead();
    void market_isWrittenAsItWas();
    void samples_passCheckAndRoundTrip_data();
    void samples_passCheckAndRoundTrip();
    void truncation_neverCrashes();
    void boxes_getFourDecimals();
    void unknownKeys_areKeptInPlace();
    void changedValue_changesOnlyItsKey();
    void newTemplate_passesCheck();
    void badInput_isRefused_data();
    void badInput_isRefused();
    void halfDone_isLoadedWhenReported();
    void version0_isMigrated();
    void check_findsEverythingAtOnce();
    void check_namesTheLine();
    void check_ofValue_findsNan();
    void slipOfThePen_isAWarning();
    void lineOfPointer_findsMembers_data();
    void lineOfPointer_findsMembers();
    void save_isAtomicAndKeepsPermissions();
    void save_intoMissingFolder_saysSo();
    void load_ofMissingFile_saysSo();
};

void TestTemplateFile::market_isRead()
{
    const Result<LoadedTemplate> loaded = parseTemplate(market, QStringLiteral("market.galley"));
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().message));
    QVERIFY(loaded->warnings.isEmpty());
    const Template &value = loaded->value;
    QCOMPARE(value.name, QStringLiteral("Spring market"));
    QCOMPARE(value.intent, QStringLiteral("poster"));
    QCOMPARE(value.canvas.size, QSize(1080, 1350));
    QCOMPARE(value.canvas.background, QStringLiteral("#F4EFE7"));
    QCOMPARE(value.style.artStyle, QStringLiteral("flat, bold shapes"));
    QCOMPARE(value.style.palette.size(), 2);
    QCOMPARE(value.tokens.size(), 2);
    const Token *title = value.findToken(QStringLiteral("title"));
    QVERIFY(title);
    QCOMPARE(title->role, Role::Headline);
    QCOMPARE(title->effectiveMode(), TokenMode::Set);
    QCOMPARE(title->style.font.weight, 700);
    QCOMPARE(title->style.minSize, 0.02);
    QVERIFY(!title->style.size);
    QCOMPARE(value.findToken(QStringLiteral("hero"))->effectiveMode(), TokenMode::Drawn);
    QCOMPARE(value.findToken(QStringLiteral("hero"))->box, (Box{0.1, 0.24, 0.8, 0.5}));
    QStringList names;
    for (const Slot &slot : value.slotList)
        names.append(slot.name);
    QCOMPARE(names, (QStringList{QStringLiteral("headline"), QStringLiteral("event"), QStringLiteral("subject"),
                                 QStringLiteral("photo")}));
    QCOMPARE(value.findSlot(QStringLiteral("headline"))->maxChars, std::optional<int>(40));
    QVERIFY(value.findSlot(QStringLiteral("photo"))->optional);
}

void TestTemplateFile::market_isWrittenAsItWas()
{
    const Result<LoadedTemplate> loaded = parseTemplate(market, QStringLiteral("market.galley"));
    QVERIFY(loaded);
    QCOMPARE(QString::fromUtf8(writeTemplate(loaded->value)), QString::fromUtf8(market));
}

void TestTemplateFile::samples_passCheckAndRoundTrip_data()
{
    QTest::addColumn<QString>("file");
    const QDir folder(QStringLiteral(GALLEY_SOURCE_DIR "/resources/templates"));
    for (const QString &name : folder.entryList({QStringLiteral("*.galley")}))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void TestTemplateFile::samples_passCheckAndRoundTrip()
{
    QFETCH(QString, file);
    QFile source(file);
    QVERIFY(source.open(QIODevice::ReadOnly));
    const QByteArray text = source.readAll();
    const QList<Finding> findings = checkTemplateText(text, file);
    QVERIFY2(findings.isEmpty(), findings.isEmpty() ? "" : qPrintable(findings.first().message));
    const Template value = loadTemplate(file)->value;
    QCOMPARE(QString::fromUtf8(writeTemplate(value)), QString::fromUtf8(text));
    const Result<RowSet> set = loadRows(QString(file).replace(QStringLiteral(".galley"), QStringLiteral(".csv")), value);
    QVERIFY2(set, set ? "" : qPrintable(set.error().message));
    QVERIFY2(set->findings.isEmpty(), set->findings.isEmpty() ? "" : qPrintable(set->findings.first().message));
    QCOMPARE(set->rows.size(), 3);
    for (const Row &row : set->rows)
        QVERIFY(resolve(value, row));
}

void TestTemplateFile::truncation_neverCrashes()
{
    for (qsizetype length = 0; length + 2 < market.size(); ++length) {
        QVERIFY(!parseTemplate(market.left(length), QStringLiteral("t")));
        QCOMPARE(checkTemplateText(market.left(length), QStringLiteral("t")).size(), 1);
    }
}

void TestTemplateFile::boxes_getFourDecimals()
{
    const QByteArray text = tokenWith("\"radius\":0.5");
    const QByteArray odd = QByteArray(text).replace("[0,0,1,1]", "[-0.00001, 0.33333333, 1, 1.00005]");
    const Result<LoadedTemplate> loaded = parseTemplate(odd, QStringLiteral("odd.galley"));
    QVERIFY(loaded);
    QVERIFY(writeTemplate(loaded->value).contains("[0, 0.3333, 1, 1.0001]"));
}

void TestTemplateFile::unknownKeys_areKeptInPlace()
{
    QByteArray text = with("\"intent\": \"poster\",", "\"x-plugin\": {\"box\": [0.5, 1.25], \"deep\": [[1, 2.50]]},\n \"intent\": \"poster\",");
    text.replace("\"weight\": 700}", "\"weight\": 700, \"x-axis\": 3}");
    text.replace("\"z\": 1,", "\"x-note\": \"keep me\", \"z\": 1,");
    text.replace("\"max_chars\": 40}", "\"max_chars\": 40, \"x-tag\": null}");
    const Result<LoadedTemplate> loaded = parseTemplate(text, QStringLiteral("market.galley"));
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().message));
    QVERIFY(loaded->warnings.isEmpty());
    QCOMPARE(QString::fromUtf8(writeTemplate(loaded->value)), QString::fromUtf8(text.replace("2.50", "2.5")));
}

void TestTemplateFile::changedValue_changesOnlyItsKey()
{
    Template value = parseTemplate(market, QStringLiteral("m"))->value;
    value.tokens[1].text = QStringLiteral("Hello");
    value.tokens[0].opacity = 0.5;
    QByteArray expected = with("\"text\": \"{headline}\"", "\"text\": \"Hello\"");
    expected.replace("\"image\": \"{photo}\"}", "\"image\": \"{photo}\", \"opacity\": 0.5}");
    QCOMPARE(QString::fromUtf8(writeTemplate(value)), QString::fromUtf8(expected));
}

void TestTemplateFile::newTemplate_passesCheck()
{
    const Template value = newTemplate(QStringLiteral("New"), {800, 600});
    QCOMPARE(checkTemplate(value, QStringLiteral("new")), QList<Finding>());
    QVERIFY(value.id != newTemplate(QStringLiteral("New"), {800, 600}).id);
    const QByteArray text = writeTemplate(value);
    QVERIFY(text.startsWith("{\n \"galley\": 1,"));
    const Result<LoadedTemplate> again = parseTemplate(text, QStringLiteral("new"));
    QVERIFY(again);
    QCOMPARE(writeTemplate(again->value), text);
}

void TestTemplateFile::badInput_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("place");   // what the sentence begins with
    QTest::addColumn<QString>("remedy");  // what it also says

    const auto row = [](const char *name, const QByteArray &text, ErrorCode code, const char *place, const char *remedy) {
        QTest::newRow(name) << text << code << QString::fromUtf8(place) << QString::fromUtf8(remedy);
    };
    const auto bad = ErrorCode::InvalidInput;
    row("empty", "", bad, "bad.galley:1:", "JSON");
    row("truncated", market.left(market.size() / 2), bad, "bad.galley:", "restore an earlier copy");
    row("not JSON", "hello", bad, "bad.galley:1:", "Mend it");
    row("binary", QByteArray("\x89PNG\r\n\x1a\n\0\0", 10), bad, "bad.galley:1:", "JSON");
    row("other JSON", "{\"a\":1}", bad, "bad.galley", "Open a *.galley file");
    row("array", "[1]", bad, "bad.galley", "Open a *.galley file");
    row("newer version", "{\"galley\":2}", ErrorCode::Unsupported, "bad.galley", "Update Galley");
    row("odd version", "{\"galley\":\"1\"}", bad, "bad.galley", "version");
    row("invalid UTF-8", with("Spring market", "Spring \xFF"), bad, "bad.galley:4:", "JSON");
    row("NaN", tokenWith("\"z\":NaN"), bad, "bad.galley:3:", "JSON");
    row("huge number", tokenWith("\"radius\":1e999"), bad, "bad.galley:3:", "JSON");
    row("duplicate key", with("\"id\": \"hero\",", "\"id\": \"hero\", \"id\": \"x\","), bad, "bad.galley", "twice");
    row("duplicate id", with("\"id\": \"title\"", "\"id\": \"hero\""), bad, "bad.galley:12:", "Call this one “hero-2”");
    row("unknown slot", with("\"{headline}\"", "\"{hedline}\""), bad, "bad.galley:12:", "Did you mean {headline}?");
    row("unknown slot in summary", with("{event}", "{evnt}"), bad, "bad.galley:9:", "Did you mean {event}?");
    row("unknown token", with("for {event}", "for <herro>"), bad, "bad.galley:9:", "Did you mean <hero>?");
    row("unknown role", with("\"role\": \"subject\"", "\"role\": \"subjet\""), bad, "bad.galley:11:", "Did you mean “subject”?");
    row("unknown slot type", with("\"type\": \"image\"", "\"type\": \"img\""), bad, "bad.galley:18:", "one of text");
    row("both styles", with("\"lighting\": \"even\"", "\"photo\": \"35 mm\""), bad, "bad.galley:9:", "Remove one");
    row("bad colour", with("#C0392B", "tomato"), bad, "bad.galley:11:", "#RRGGBB");
    row("bad id", with("\"id\": \"hero\"", "\"id\": \"Hero 1\""), bad, "bad.galley:11:", "small letter");
    row("bad default", with("\"default\": \"Spring Market\"", "\"default\": \"" + QByteArray(41, 'x') + "\""), bad, "bad.galley:15:",
        "Shorten it");
    row("box of three", with("0.84, 0.14]", "0.8400]"), bad, "bad.galley:12:", "four numbers");
    row("box with null", with("0.84, 0.14]", "0.8400, null]"), bad, "bad.galley:12:", "four numbers");
    row("no box", QByteArray("{\"galley\":1,\"tokens\":[{\"id\":\"a\",\"role\":\"panel\"}]}"), bad, "bad.galley:1:", "Add \"box\"");
    row("no role", QByteArray("{\"galley\":1,\"tokens\":[{\"id\":\"a\",\"box\":[0,0,1,1]}]}"), bad, "bad.galley:1:", "Add \"role\"");
    row("canvas of no size", with("\"width\": 1080", "\"width\": 0"), bad, "bad.galley:8:", "between 16 and");
    row("gigantic canvas", with("\"width\": 1080", "\"width\": 2000000000"), bad, "bad.galley:8:", "whole number");
    row("many tokens", manyTokens(10'000), ErrorCode::TooLarge, "bad.galley:2:", "at most 500");
    row("501 tokens", manyTokens(501), ErrorCode::TooLarge, "bad.galley:2:", "at most 500");
    row("nesting", QByteArray(10'000'000, '['), bad, "bad.galley", "nested deeper than 32");
    row("nested object", rootWith("\"x\":" + QByteArray("{\"a\":").repeated(40) + "1" + QByteArray(40, '}')), bad, "bad.galley",
        "nested deeper than 32");
    row("over 10 MB", "{\"galley\":1,\"x\":\"" + QByteArray(11'000'000, 'x') + "\"}", ErrorCode::TooLarge, "bad.galley", "limit");
    row("long value", with("Spring market", QByteArray(10'001, 'x')), ErrorCode::TooLarge, "bad.galley:4:", "at most 10000");
    QByteArray slots201;
    for (int i = 0; i < 201; ++i)
        slots201 += (i ? ",\"s" : "\"s") + QByteArray::number(i) + "\":{}";
    row("201 slots", rootWith("\"slots\":{" + slots201 + "}"), ErrorCode::TooLarge, "bad.galley:2:", "at most 200");
    QByteArray keys;
    for (int i = 0; i < 100'000; ++i)
        keys += ",\"k" + QByteArray::number(i) + "\":0";
    row("100,000 keys", rootWith("\"x\":0" + keys), bad, "bad.galley", "more than");

    for (const char *key : {"show", "image", "fill", "color"}) {
        const QByteArray member = '"' + QByteArray(key) + "\":7";
        row(qPrintable(QStringLiteral("number as ") + QLatin1String(key)), tokenWith(member), bad, "bad.galley:3:",
            "a text in quotation marks");
    }
    row("number as text", tokenWith("\"z\":1").replace("\"text\":\"x\"", "\"text\":7"), bad, "bad.galley:3:",
        "a text in quotation marks");
    const std::pair<const char *, const char *> wrong[] = {
        {"\"z\":\"1\"", "a whole number"},      {"\"z\":1.5", "a whole number"},        {"\"hidden\":1", "true or false"},
        {"\"locked\":\"no\"", "true or false"}, {"\"palette\":\"#fff\"", "a list"},     {"\"palette\":[1]", "a text in quotation"},
        {"\"radius\":\"big\"", "a number"},     {"\"opacity\":true", "a number"},       {"\"opacity\":1.5", "between 0 and 1"},
        {"\"seed\":-1", "whole number"},        {"\"seed\":\"7\"", "whole number"},   {"\"seed\":2147483648", "whole number"},
        {"\"mode\":\"draw\"", "set, drawn"},    {"\"font\":\"Inter\"", "an object"},    {"\"font\":{\"weight\":\"bold\"}", "a whole number"},
        {"\"font\":{\"weight\":50}", "between 100 and 900"}, {"\"font\":{\"italic\":0}", "true or false"},
        {"\"size\":null", "a number"},          {"\"size\":0", "between"},              {"\"min_size\":\"1\"", "a number"},
        {"\"line_height\":0", "between"},       {"\"letter_spacing\":{}", "a number"},  {"\"align\":\"justify\"", "left, center, right"},
        {"\"valign\":\"center\"", "top, middle, bottom"}, {"\"fit\":\"fill\"", "shrink, wrap"},
        {"\"palette\":[\"#111\",\"#222\",\"#333\",\"#444\",\"#555\",\"#666\"]", "the most is 5"}};
    for (const auto &[member, remedy] : wrong)
        QTest::addRow("token %s", member) << tokenWith(member) << bad << QStringLiteral("bad.galley:3:") << QString::fromUtf8(remedy);
    const std::pair<const char *, const char *> wrongRoot[] = {
        {"\"id\":1", "a text"},         {"\"project\":[]", "a text"},    {"\"tags\":\"a\"", "a list"},
        {"\"canvas\":[]", "an object"}, {"\"style\":\"flat\"", "an object"}, {"\"tokens\":{}", "a list"},
        {"\"tokens\":[1]", "an object"}, {"\"slots\":[]", "an object"},   {"\"slots\":{\"a\":1}", "an object"},
        {"\"slots\":{\"A b\":{}}", "small letters"}, {"\"slots\":{\"a\":{\"type\":\"choice\"}}", "choices"},
        {"\"slots\":{\"a\":{\"type\":\"number\",\"default\":\"x\"}}", "takes a number"},
        {"\"slots\":{\"a\":{\"type\":\"number\",\"min\":2,\"max\":1}}", "Swap"},
        {"\"slots\":{\"a\":{\"type\":\"text\",\"default\":3}}", "a text"},
        {"\"slots\":{\"a\":{\"max_chars\":\"3\"}}", "a whole number"},
        {"\"canvas\":{\"safe_area\":0.9}", "between 0 and"}};
    for (const auto &[member, remedy] : wrongRoot)
        QTest::addRow("root %s", member) << rootWith(member) << bad << QStringLiteral("bad.galley:2:") << QString::fromUtf8(remedy);
}

void TestTemplateFile::badInput_isRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(ErrorCode, code);
    QFETCH(QString, place);
    QFETCH(QString, remedy);
    const Result<LoadedTemplate> loaded = parseTemplate(text, QStringLiteral("bad.galley"));
    QVERIFY(!loaded);
    const QString sentence = loaded.error().message;
    QVERIFY2(sentence.startsWith(place), qPrintable(sentence));
    QVERIFY2(sentence.contains(remedy), qPrintable(sentence));
    QVERIFY2(sentence.endsWith(u'.') || sentence.endsWith(u'?') || sentence.endsWith(u')'), qPrintable(sentence));
    if (loaded.error().code != code && code == ErrorCode::InvalidInput)
        QCOMPARE(loaded.error().code, ErrorCode::TooLarge);  // a limit; both are bad input
    else
        QCOMPARE(loaded.error().code, code);
    const QList<Finding> findings = checkTemplateText(text, QStringLiteral("bad.galley"));
    QVERIFY(!findings.isEmpty());
    QCOMPARE(findings.first().severity, Severity::Error);
    QVERIFY(findings.first().line >= 1);
}

void TestTemplateFile::halfDone_isLoadedWhenReported()
{
    const QByteArray text = with("\"{headline}\"", "\"{headli}\"");
    QVERIFY(!parseTemplate(text, QStringLiteral("m")));
    const Result<LoadedTemplate> loaded = parseTemplate(text, QStringLiteral("m"), UnknownSlots::Report);
    QVERIFY(loaded);
    QCOMPARE(loaded->value.tokens[1].text, QStringLiteral("{headli}"));
    QCOMPARE(loaded->warnings.first().line, 12);
    QVERIFY(!parseTemplate(with("\"z\": 1", "\"z\": \"x\""), QStringLiteral("m"), UnknownSlots::Report));
}

void TestTemplateFile::version0_isMigrated()
{
    const QByteArray old = R"({"format": 0, "name": "Old", "canvas": {"width": 100, "height": 200}, "style": {},
 "tokens": [{"id": "a", "role": "panel", "rect": [10, 25, 80, 50], "z": 3, "x-mine": 1}], "slots": {}})";
    const Result<LoadedTemplate> loaded = parseTemplate(old, QStringLiteral("old.galley"));
    QVERIFY2(loaded, loaded ? "" : qPrintable(loaded.error().message));
    QCOMPARE(loaded->migratedFrom, 0);
    QCOMPARE(loaded->value.tokens.first().box, (Box{0.1, 0.25, 0.8, 0.5}));
    const QByteArray written = writeTemplate(loaded->value);
    QVERIFY(written.startsWith("{\n \"galley\": 1,"));
    QVERIFY(!written.contains("format") && !written.contains("rect"));
    QVERIFY(written.contains("\"box\": [0.1, 0.25, 0.8, 0.5], \"z\": 3, \"x-mine\": 1"));
    // Without any version it is the same form, as long as it looks like a template at all.
    const Result<LoadedTemplate> bare = parseTemplate(QByteArray(old).replace("\"format\": 0, ", ""), QStringLiteral("old.galley"));
    QVERIFY(bare);
    QCOMPARE(bare->value.tokens, loaded->value.tokens);
}

void TestTemplateFile::check_findsEverythingAtOnce()
{
    QByteArray text = with("\"{headline}\"", "\"{hedline}\"");
    text.replace("\"z\": 1", "\"z\": \"1\"");
    text.replace("#C0392B", "red");
    text.replace("\"id\": \"title\"", "\"id\": \"hero\"");
    QStringList codes;
    int lastLine = 0;
    for (const Finding &finding : checkTemplateText(text, QStringLiteral("m.galley"))) {
        codes.append(finding.code);
        QVERIFY(finding.line > 0);
        QVERIFY(!finding.message.isEmpty());
        lastLine = std::max(lastLine, finding.line);
    }
    codes.sort();
    QCOMPARE(codes, (QStringList{QStringLiteral("bad_color"), QStringLiteral("duplicate_id"), QStringLiteral("unknown_slot"),
                                 QStringLiteral("unused_slot"), QStringLiteral("wrong_type")}));
}

void TestTemplateFile::check_namesTheLine()
{
    const QList<Finding> findings = checkTemplateText(with("\"{headline}\"", "\"{hedline}\""), QStringLiteral("m.galley"));
    QCOMPARE(findings.size(), 2);
    QCOMPARE(findings[0].path, QStringLiteral("/tokens/1/text"));
    QCOMPARE(findings[0].line, 12);
    QCOMPARE(findings[0].file, QStringLiteral("m.galley"));
    QCOMPARE(findings[1].code, QStringLiteral("unused_slot"));
    QCOMPARE(findings[1].severity, Severity::Info);
    QCOMPARE(findings[1].line, 15);
    const QList<Finding> syntax = checkTemplateText("{\"galley\":1,\n\n oops}", QStringLiteral("m.galley"));
    QCOMPARE(syntax.size(), 1);
    QCOMPARE(syntax[0].line, 3);
}

void TestTemplateFile::check_ofValue_findsNan()
{
    Template value = parseTemplate(market, QStringLiteral("m"))->value;
    const double bad[] = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 1e300};
    for (const double number : bad) {
        Template broken = value;
        broken.tokens[0].box.x = number;
        broken.tokens[1].opacity = number;
        const QList<Finding> findings = checkTemplate(broken, QStringLiteral("m"));
        QCOMPARE(findings.size(), 2);
        QCOMPARE(findings[0].code, QStringLiteral("bad_box"));
        QCOMPARE(findings[1].code, QStringLiteral("out_of_range"));
    }
}

void TestTemplateFile::slipOfThePen_isAWarning()
{
    const Result<LoadedTemplate> loaded = parseTemplate(with("\"align\"", "\"algin\""), QStringLiteral("m"));
    QVERIFY(loaded);
    QCOMPARE(loaded->warnings.size(), 1);
    QCOMPARE(loaded->warnings[0].line, 12);
    QVERIFY(loaded->warnings[0].fix.contains(QStringLiteral("align")));
}

void TestTemplateFile::lineOfPointer_findsMembers_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<int>("line");
    QTest::newRow("root") << QString() << 2;
    QTest::newRow("first") << QStringLiteral("/a") << 2;
    QTest::newRow("nested") << QStringLiteral("/b/c") << 4;
    QTest::newRow("item") << QStringLiteral("/b/c/1") << 5;
    QTest::newRow("item of item") << QStringLiteral("/b/c/2/d") << 7;
    QTest::newRow("escaped pointer") << QStringLiteral("/b/e~1~0f") << 9;
    QTest::newRow("escaped key") << QStringLiteral("/b/g\"h") << 10;
    QTest::newRow("absent member") << QStringLiteral("/b/zz") << 3;
    QTest::newRow("absent item") << QStringLiteral("/b/c/9") << 4;
    QTest::newRow("below a scalar") << QStringLiteral("/a/b/c") << 2;
}

void TestTemplateFile::lineOfPointer_findsMembers()
{
    const QByteArray text = "\n{\"a\": [], \n\"b\": {\n \"c\": [{\"d\":\"]}\"},\n  \"x\\\"]\",\n  {\n  \"d\": 1}],\n\n"
                            " \"e/~f\": -1.5e3,\n \"g\\\"h\": true\n}}";
    QVERIFY(parseJson(text, QStringLiteral("t")));
    QFETCH(QString, pointer);
    QTEST(lineOfPointer(text, pointer), "line");
    // Whatever the text, it stops and stays inside.
    for (qsizetype length = 0; length < text.size(); ++length)
        QVERIFY(lineOfPointer(text.left(length), pointer) <= 11);
}

void TestTemplateFile::save_isAtomicAndKeepsPermissions()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("m.galley"));
    const Template value = parseTemplate(market, QStringLiteral("m"))->value;
    QVERIFY(saveTemplate(value, file));
    QVERIFY(QFile::setPermissions(file, QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    QVERIFY(saveTemplate(value, file));
    QCOMPARE(QFile::permissions(file) & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
    QCOMPARE(loadTemplate(file)->value, value);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestTemplateFile::save_intoMissingFolder_saysSo()
{
    QTemporaryDir folder;
    const Result<void> saved = saveTemplate(newTemplate(QStringLiteral("n"), {100, 100}), folder.filePath(QStringLiteral("no/m.galley")));
    QVERIFY(!saved);
    QCOMPARE(saved.error().code, ErrorCode::Io);
    QVERIFY(saved.error().message.contains(QStringLiteral("no/m.galley")));
}

void TestTemplateFile::load_ofMissingFile_saysSo()
{
    QTemporaryDir folder;
    QCOMPARE(loadTemplate(folder.filePath(QStringLiteral("m.galley"))).error().code, ErrorCode::NotFound);
    QCOMPARE(loadTemplate(folder.path()).error().code, ErrorCode::Io);
}

QTEST_GUILESS_MAIN(TestTemplateFile)
#include "tst_templatefile.moc"
