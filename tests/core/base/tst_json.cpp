#include "core/base/json.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Galley;

/// The strict JSON reader that every file from outside passes.
class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hostileText_isRefused_data();
    void hostileText_isRefused();
    void order_isKept();
    void digest_ignoresKeyOrder();
    void largeIntegers_areKept();
    void longStrings_areReadAsAnyOther();
    void mistakeAfterALongString_keepsItsPlace();
};

void TestJson::hostileText_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("line") ;
    QTest::newRow("truncated") << QByteArray("{\"a\": [1, 2") << QStringLiteral(":1:");
    QTest::newRow("line is named") << QByteArray("{\n\"a\": 1,\n oops}") << QStringLiteral(":3:");
    QTest::newRow("duplicate key") << QByteArray(R"({"a":1,"a":2})") << QStringLiteral("\"a\" stands twice");
    QTest::newRow("nan") << QByteArray(R"({"a":NaN})") << QStringLiteral(":1:");
    QTest::newRow("trailing") << QByteArray("{} {}") << QStringLiteral(":1:");
    QTest::newRow("invalid utf-8") << QByteArray("{\"a\": \"\xff\xfe\"}") << QStringLiteral(":1:");
    QTest::newRow("deep array") << QByteArray(5'000'000, '[') << QStringLiteral("nested deeper than 32");
    QTest::newRow("deep objects") << QByteArray("{\"a\":").repeated(100'000) << QStringLiteral("nested deeper than 32");
    QTest::newRow("too large") << QByteArray(11 * 1024 * 1024, ' ') << QStringLiteral("limit");
}

void TestJson::hostileText_isRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const Result<Json> result = parseJson(text, QStringLiteral("file.json"));
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(QLatin1String("file.json")), qPrintable(result.error().message));
    if (words != QLatin1String("line"))
        QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
}

void TestJson::order_isKept()
{
    const Result<Json> result = parseJson("\xEF\xBB\xBF{\"z\":1,\"a\":2}", QStringLiteral("x"));
    QVERIFY(result);
    QCOMPARE(dumpJson(*result), QByteArray(R"({"z":1,"a":2})"));
}

void TestJson::digest_ignoresKeyOrder()
{
    const Json a = *parseJson(R"({"b":[1,{"d":1,"c":2}],"a":2})", QStringLiteral("x"));
    const Json b = *parseJson(R"({"a":2,"b":[1,{"c":2,"d":1}]})", QStringLiteral("x"));
    const Json c = *parseJson(R"({"a":2,"b":[{"c":2,"d":1},1]})", QStringLiteral("x"));
    QCOMPARE(canonicalDigest(a), canonicalDigest(b));
    QVERIFY(canonicalDigest(a) != canonicalDigest(c));
    QCOMPARE(canonicalDigest(a).size(), 64);
}

void TestJson::largeIntegers_areKept()
{
    const Result<Json> result = parseJson("{\"a\":9007199254740993}", QStringLiteral("x"));
    QVERIFY(result);
    QCOMPARE(dumpJson(*result), QByteArray("{\"a\":9007199254740993}"));
}

/// Long strings take a way of their own: whatever is around them or in them, and wherever the text is cut, nlohmann's own parser must say the same.
void TestJson::longStrings_areReadAsAnyOther()
{
    QRandomGenerator dice(7);
    const QByteArray odd[] = {"", "a", R"(\")", R"(\\)", R"(\u00e9)", "\xC3\xA9", "\x01", "\xFF", "{", "[", ":", "\x7F"};
    const auto string = [&]() -> QByteArray {
        QByteArray text = QByteArray(dice.bounded(2) == 0 ? dice.bounded(20) : 16'000 + dice.bounded(20'000), 'A');
        for (int i = dice.bounded(3); i > 0; --i)
            text.insert(dice.bounded(int(text.size()) + 1), odd[dice.bounded(int(std::size(odd)))]);
        return '"' + text + '"';
    };
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 2'000; ++round) {
        QByteArray text = "{";
        for (int member = 0; member < 4; ++member)
            text += (member > 0 ? "," : "") + (dice.bounded(8) == 0 ? string() : '"' + QByteArray::number(member) + '"') + ": [" + string() + ", 1, " + string() + "]";
        text += "}";
        if (dice.bounded(4) == 0)
            text.truncate(dice.bounded(int(text.size())));
        const Json expected = Json::parse(text.constData(), text.constData() + text.size(), nullptr, false);
        const Result<Json> result = parseJson(text, QStringLiteral("x"));
        QCOMPARE(result.has_value(), !expected.is_discarded());
        if (result)
            QVERIFY(*result == expected);
        ++(result ? read : refused);
    }
    QVERIFY2(read > 200 && refused > 200, qPrintable(QStringLiteral("%1 read, %2 refused").arg(read).arg(refused)));
}

void TestJson::mistakeAfterALongString_keepsItsPlace()
{
    const Result<Json> result = parseJson("{\n\"a\": \"" + QByteArray(100'000, 'A') + "\", oops}", QStringLiteral("x"));
    QVERIFY(!result);
    QVERIFY2(result.error().message.contains(QStringLiteral("x:2:")), qPrintable(result.error().message));
    QVERIFY2(result.error().message.contains(QStringLiteral("10001")), qPrintable(result.error().message));
}

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
