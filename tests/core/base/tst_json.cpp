#include "core/base/json.h"

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

QTEST_GUILESS_MAIN(TestJson)
#include "tst_json.moc"
