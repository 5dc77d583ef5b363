#include "core/base/yaml.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Galley;

/// The YAML reader that routes.yaml and models.yaml pass.
class TestYaml : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_keepTheirPlaces();
    void scalars_areReadAsWritten_data();
    void scalars_areReadAsWritten();
    void aliases_areInserted();
    void emptyText_isNull_data();
    void emptyText_isNull();
    void lineEndsAndMark_areTaken();
    void hostileText_isRefused_data();
    void hostileText_isRefused();
    void hostileText_costsLittle_data();
    void hostileText_costsLittle();
    void json_keepsTypes();
};

namespace {

/// Nine levels of nine aliases each: 3.5 billion values once they are followed.
QByteArray aliasBomb()
{
    QByteArray text = "a: &a [x, x, x, x, x, x, x, x, x]\n";
    for (char name = 'b'; name <= 'i'; ++name) {
        const QByteArray before = QByteArray("*").append(char(name - 1));
        text += QByteArray(1, name) + ": &" + name + " [" + QByteArray(before + ", ").repeated(8) + before + "]\n";
    }
    return text;
}

QByteArray manyKeys(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += "k" + QByteArray::number(i) + ": 1\n";
    return text;
}

} // namespace

void TestYaml::values_keepTheirPlaces()
{
    const auto root = parseYaml("# rules\nroutes:\n  - match: \"prompt:.*thumbnail.*\"\n    model: sd-medium\n    weight: 70\n");
    QVERIFY(root);
    const YamlNode *routes = root->find(QStringLiteral("routes"));
    QVERIFY(routes && routes->isList());
    QCOMPARE(routes->keyLine, 2);
    QCOMPARE(routes->items.size(), 1);
    const YamlNode &rule = routes->items.first();
    QCOMPARE(rule.line, 3);
    QCOMPARE(rule.column, 5);
    const YamlNode *weight = rule.find(QStringLiteral("weight"));
    QVERIFY(weight);
    QCOMPARE(weight->line, 5);
    QCOMPARE(weight->keyColumn, 5);
    QCOMPARE(weight->column, 13);
    QCOMPARE(weight->asInteger(), std::optional(70));
    QCOMPARE(rule.find(QStringLiteral("match"))->text, QStringLiteral("prompt:.*thumbnail.*"));
    QVERIFY(!rule.find(QStringLiteral("match"))->plain);
    QVERIFY(!rule.find(QStringLiteral("split")));
}

void TestYaml::scalars_areReadAsWritten_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isNumber");
    QTest::addColumn<double>("number");
    QTest::addColumn<bool>("isInteger");
    QTest::newRow("integer") << QByteArray("70") << true << 70.0 << true;
    QTest::newRow("negative") << QByteArray("-1") << true << -1.0 << true;
    QTest::newRow("fraction") << QByteArray("0.06") << true << 0.06 << false;
    QTest::newRow("exponent") << QByteArray("1e3") << true << 1000.0 << true;
    QTest::newRow("beyond int") << QByteArray("99999999999999999999") << true << 1e20 << false;
    QTest::newRow("quoted") << QByteArray("\"70\"") << false << 0.0 << false;
    QTest::newRow("nan") << QByteArray(".nan") << false << 0.0 << false;
    QTest::newRow("nan as C writes it") << QByteArray("nan") << false << 0.0 << false;
    QTest::newRow("infinite") << QByteArray(".inf") << false << 0.0 << false;
    QTest::newRow("infinite as C writes it") << QByteArray("inf") << false << 0.0 << false;
    QTest::newRow("overflow") << QByteArray("1e999") << false << 0.0 << false;
    QTest::newRow("hexadecimal") << QByteArray("0x10") << false << 0.0 << false;
    QTest::newRow("underscores") << QByteArray("1_000") << false << 0.0 << false;
    QTest::newRow("percent") << QByteArray("70%") << false << 0.0 << false;
    QTest::newRow("size") << QByteArray("1024x1024") << false << 0.0 << false;
    QTest::newRow("sign only") << QByteArray("+") << false << 0.0 << false;
}

void TestYaml::scalars_areReadAsWritten()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isNumber);
    QFETCH(double, number);
    QFETCH(bool, isInteger);
    const auto root = parseYaml("value: " + text + '\n');
    QVERIFY(root);
    const YamlNode &value = root->items.first();
    QCOMPARE(value.asNumber().has_value(), isNumber);
    QCOMPARE(value.asNumber().value_or(0), number);
    QCOMPARE(value.asInteger().has_value(), isInteger);
    QVERIFY(value.asText());
}

void TestYaml::aliases_areInserted()
{
    const auto root = parseYaml("base: &base {ratios: [1x1]}\na: {sizes: *base}\nb: *base\n");
    QVERIFY(root);
    const YamlNode *sizes = root->find(QStringLiteral("a"))->find(QStringLiteral("sizes"));
    QVERIFY(sizes && sizes->isMap());
    QCOMPARE(sizes->line, 2);
    QCOMPARE(sizes->find(QStringLiteral("ratios"))->items.first().text, QStringLiteral("1x1"));
    QCOMPARE(sizes->find(QStringLiteral("ratios"))->line, 1);
    QVERIFY(root->find(QStringLiteral("b"))->isMap());
}

void TestYaml::emptyText_isNull_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("mark only") << QByteArray("\xEF\xBB\xBF");
    QTest::newRow("comments only") << QByteArray("# nothing\n\n# yet\n");
    QTest::newRow("start only") << QByteArray("---\n");
    QTest::newRow("null") << QByteArray("~\n");
}

void TestYaml::emptyText_isNull()
{
    QFETCH(QByteArray, text);
    const auto root = parseYaml(text);
    QVERIFY(root);
    QVERIFY(root->isNull());
}

void TestYaml::lineEndsAndMark_areTaken()
{
    const auto root = parseYaml("\xEF\xBB\xBF"
                                "a: 1\r\nb: zwei\r\n\r\nc: \"drei\"\r\n");
    QVERIFY(root);
    QCOMPARE(root->items.size(), 3);
    QCOMPARE(root->items.at(1).text, QStringLiteral("zwei"));
    QCOMPARE(root->items.at(2).keyLine, 4);
}

void TestYaml::hostileText_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &text, int line, const char *words) {
        QTest::newRow(name) << text << line << QString::fromUtf8(words);
    };
    row("duplicate key", "a: 1\nb: 2\na: 3\n", 3, "\"a\" stands here again; it stands in line 1");
    row("duplicate key, one quoted", "a: 1\n\"a\": 2\n", 2, "stands here again");
    row("duplicate key deep down", "r:\n  - {x: 1,\n     x: 2}\n", 3, "stands here again");
    row("alias bomb", aliasBomb(), 5, "20000 values");
    row("self alias", "&x\n- *x\n", 2, "part of what it stands for");
    row("self alias in a map", "a: &a {b: *a}\n", 1, "part of what it stands for");
    row("unknown alias", "a: *nobody\n", 1, "anchor");
    row("alias as key", "a: &a [1]\n*a : 2\n", 2, "");
    row("deep lists", QByteArray(200'000, '['), 1, "longer than 65536 bytes");
    row("deep lists, short lines", QByteArray("[\n").repeated(200'000), 1, "longer than 65536 bytes");
    row("deep lists, one line", QByteArray(60'000, '['), 1, "");
    row("deep maps", QByteArray("{a:\n").repeated(100'000), 1, "longer than 65536 bytes");
    row("deep block lists", QByteArray("- ").repeated(30'000), 1, "deeper than 32");
    row("deep keys", QByteArray("? ").repeated(30'000), 1, "");
    row("deep by aliases", "a: &a " + QByteArray(20, '[') + QByteArray(20, ']') + "\nb: " + QByteArray(20, '[') + "*a" + QByteArray(20, ']') + "\n", 2,
        "deeper than 32");
    row("ten megabytes", QByteArray(10 * 1024 * 1024, 'x'), 0, "the limit is 524288");
    row("too many values", "a: [" + QByteArray("1,").repeated(60'000) + "1]\n", 1, "20000 values");
    row("too many values, short lines", "a:\n" + QByteArray("- 1\n").repeated(60'000), 19'999, "20000 values");
    row("too many keys", manyKeys(40'000), 10'000, "20000 values");
    row("NUL", QByteArray("a: 1\nb: \0 2\n", 11), 2, "control character (0)");
    row("byte that ends yaml-cpp's text", "a: 1\nb: 2\x04\nc: [", 2, "control character (4)");
    row("escape", "a: \x1b[31m\n", 1, "control character (27)");
    row("lone carriage return", "a: 1\rb: 2\n", 1, "control character (13)");
    row("UTF-16", QByteArray("\xFF\xFE" "a\0:\0", 6), 1, "");
    row("invalid UTF-8", "a: 1\nb: \xC3\x28\n", 2, "not valid UTF-8");
    row("cut UTF-8", "a: \xE2\x82", 1, "not valid UTF-8");
    row("tab", "a:\n\tb: 1\n", 2, "tab");
    row("second document", "a: 1\n---\nb: 2\n", 2, "one document");
    row("text after the document", "a: 1\n...\nb: 2\n", 3, "one document");
    row("tag", "a: !!python/object/apply:os.system [x]\n", 1, "Tags such as");
    row("own tag", "a: !secret x\n", 1, "Tags such as");
    row("merge key", "a: &a {x: 1}\nb:\n  <<: *a\n", 3, "merge key");
    row("list as key", "[a, b]: 1\n", 1, "key must be a word");
    row("map as key", "{a: b}: 1\n", 1, "key must be a word");
    row("null as key", "~: 1\n", 1, "key must be a word");
    row("unfinished list", "a: [1, 2\n", 0, "");
    row("unfinished map", "a: {b: 1\n", 0, "");
    row("unfinished quote", "a: \"x\n", 0, "");
    row("unfinished quote before the last line end", "a: \"x\nb: 2\n", 3, "quotes has no end");
    row("unfinished single quote", "a: 'x\nb: 2\n", 3, "quotes has no end");
    row("wrong indent", "a: 1\n  b: 2\n", 2, "indent");
    row("colon in a plain text", "match: prompt: x\n", 1, "quotes");
    row("unknown escape", "a: \"\\q\"\n", 1, "");
    row("anchor twice", "a: &x &y 1\n", 1, "");
    row("unknown directive handle", "a: !e!x 1\n", 1, "");
}

void TestYaml::hostileText_isRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(QString, words);
    const auto root = parseYaml(text);
    QVERIFY(!root);
    const Error error = root.error().toError(QStringLiteral("routes.yaml"));
    if (line > 0) {
        QCOMPARE(root.error().line, line);
        QVERIFY2(error.message.startsWith(QStringLiteral("routes.yaml:%1: ").arg(line)), qPrintable(error.message));
    }
    QVERIFY2(error.message.contains(words, Qt::CaseInsensitive), qPrintable(error.message));
    QVERIFY2(error.message.size() < 400, qPrintable(error.message));
    QVERIFY(error.code == ErrorCode::InvalidInput || error.code == ErrorCode::TooLarge);
}

void TestYaml::hostileText_costsLittle_data()
{
    const int most = int(YamlLimits().bytes);
    const auto fill = [most](const QByteArray &piece) { return piece.repeated(most / int(piece.size())); };
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("one word") << fill("x");
    QTest::newRow("one quoted text") << '"' + fill("x").chopped(2) + '"';
    QTest::newRow("one comment") << '#' + fill("x").chopped(1);
    QTest::newRow("spaces") << fill(" ");
    QTest::newRow("empty lines") << fill("\n");
    QTest::newRow("list, one value a line") << '[' + fill("1,\n").chopped(3) + ']';
    const int line = 60'000;
    for (const char *piece : {"[", "{", "[],", ":", "x", "&", "*", "\"", "&a ", "{a: "})
        QTest::addRow("long lines of %s", piece) << fill(QByteArray(piece).repeated(line / int(strlen(piece))) + '\n');
    QTest::newRow("lists") << fill("[");
    QTest::newRow("empty lists") << '[' + fill("[],").chopped(1) + ']';
    QTest::newRow("maps") << fill("{");
    QTest::newRow("question marks") << fill("? ");
    QTest::newRow("colons") << fill(":");
    QTest::newRow("colons with spaces") << fill(": ");
    QTest::newRow("dashes") << fill("-");
    QTest::newRow("list of one") << fill("- ");
    QTest::newRow("rows") << fill("- x\n");
    QTest::newRow("commas") << '[' + fill(",").chopped(1);
    QTest::newRow("quotes") << fill("\"");
    QTest::newRow("anchors") << fill("&");
    QTest::newRow("named anchors") << fill("&a ");
    QTest::newRow("stars") << fill("*");
    QTest::newRow("exclamation marks") << fill("!");
    QTest::newRow("bars") << fill("|\n");
    QTest::newRow("block text") << "a: |\n" + fill(" xxxxxxx\n").chopped(10);
    QTest::newRow("folded text") << "a: >\n" + fill(" x\n\n").chopped(10);
    QTest::newRow("percent") << fill("%a\n");
    QTest::newRow("documents") << fill("---\n");
    QTest::newRow("stair") << [most] {
        QByteArray text;
        for (int i = 0; text.size() < most - 3000; ++i)
            text += QByteArray(i, ' ') + "a:\n";
        return text;
    }();
    QTest::newRow("keys") << manyKeys(45'000);
    QTest::newRow("long keys") << fill("k").chopped(4) + ": 1";
    QTest::newRow("alias bomb") << aliasBomb();
    QTest::newRow("wide aliases") << "a: &a [" + QByteArray("1,").repeated(1000) + "1]\nb: [" + QByteArray("*a,").repeated(20'000) + "*a]\n";
}

/// The largest text of each kind that passes the size limit. What is asserted is how much was taken in, never how long it took; the times are for
/// reading.
void TestYaml::hostileText_costsLittle()
{
    QFETCH(QByteArray, text);
    QVERIFY(text.size() <= YamlLimits().bytes);
    QElapsedTimer timer;
    timer.start();
    const auto root = parseYaml(text);
    qInfo("%lld ms, %s", timer.elapsed(), root ? "taken" : qPrintable(root.error().sentence));
    if (root)
        QVERIFY(root->nodes <= YamlLimits().nodes);
    else
        QVERIFY(!root.error().sentence.isEmpty());
}

void TestYaml::json_keepsTypes()
{
    const auto root = parseYaml("{z: 1, a: 1.5, t: true, y: yes, n: ~, q: \"1\", l: [1, x], m: {k: v}, big: 9007199254740993, nan: .nan, huge: 1e999}");
    QVERIFY(root);
    QCOMPARE(dumpJson(root->toJson()),
             QByteArray(R"({"z":1,"a":1.5,"t":true,"y":"yes","n":null,"q":"1","l":[1,"x"],"m":{"k":"v"},"big":9007199254740993,"nan":".nan","huge":"1e999"})"));
}

QTEST_GUILESS_MAIN(TestYaml)
#include "tst_yaml.moc"
