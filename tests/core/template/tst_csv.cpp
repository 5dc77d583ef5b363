#include "core/template/csv.h"
#include "core/template/templatefile.h"

#include <QTest>

using namespace Galley;

namespace {

Template sample()
{
    return parseTemplate(R"({"galley":1,"name":"S","slots":{"a":{"default":"x"},"b":{"type":"number","default":1}}})",
                         QStringLiteral("t"))
        ->value;
}

} // namespace

/// CSV rows matched to slots.
class TestCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dialects_giveTheSameRows_data();
    void dialects_giveTheSameRows();
    void findings_areNamed_data();
    void findings_areNamed();
    void broken_isASentence_data();
    void broken_isASentence();
    void hundredThousandRows_areRead();
};

void TestCsv::dialects_giveTheSameRows_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("comma") << QByteArray("a,b\none,1\n\"t,\"\"w\"\"\no\",2\n");
    QTest::newRow("semicolon") << QByteArray("a;b\none;1\n\"t,\"\"w\"\"\no\";2\n");
    QTest::newRow("crlf") << QByteArray("a,b\r\none,1\r\n\"t,\"\"w\"\"\no\",2\r\n");
    QTest::newRow("bom, no end of line") << QByteArray("\xEF\xBB\xBF" "a,b\none,1\n\"t,\"\"w\"\"\no\",2");
    QTest::newRow("quoted header, blank lines") << QByteArray("\"a\",\"b\"\n\none,1\n\n\"t,\"\"w\"\"\no\",2\n\n");
}

void TestCsv::dialects_giveTheSameRows()
{
    QFETCH(QByteArray, text);
    const Result<RowSet> rows = parseRows(text, QStringLiteral("/d/r.csv"), sample());
    QVERIFY2(rows, qPrintable(rows ? QString() : rows.error().message));
    QCOMPARE(rows->rows.size(), 2);
    QCOMPARE(rows->rows.at(0).number, 1);
    QCOMPARE(rows->rows.at(0).folder, QStringLiteral("/d"));
    QCOMPARE(rows->rows.at(0).values.value(QStringLiteral("a")), QStringLiteral("one"));
    QCOMPARE(rows->rows.at(1).values.value(QStringLiteral("a")), QStringLiteral("t,\"w\"\no"));
    QCOMPARE(rows->rows.at(1).values.value(QStringLiteral("b")), QStringLiteral("2"));
    QVERIFY(rows->findings.isEmpty());
}

void TestCsv::findings_areNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<int>("line");
    QTest::newRow("unknown column") << QByteArray("a,b,c\n1,2,3\n") << QStringLiteral("unknown_column") << 1;
    QTest::newRow("missing column") << QByteArray("a\n1\n") << QStringLiteral("missing_column") << 1;
    QTest::newRow("wrong type") << QByteArray("a,b\n1,2\n\"x\ny\",two\n") << QStringLiteral("bad_value") << 3;
    QTest::newRow("more fields") << QByteArray("a,b\n1,2,3\n") << QStringLiteral("too_many_fields") << 2;
}

void TestCsv::findings_areNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, code);
    QFETCH(int, line);
    const Result<RowSet> rows = parseRows(text, QStringLiteral("r.csv"), sample());
    QVERIFY(rows);
    QCOMPARE(rows->findings.size(), 1);
    QCOMPARE(rows->findings.first().code, code);
    QCOMPARE(rows->findings.first().line, line);
}

void TestCsv::broken_isASentence_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("empty");
    QTest::newRow("unclosed quote") << QByteArray("a,b\n1,\"two\n3,4\n") << QStringLiteral("r.csv:2");
    QTest::newRow("latin-1") << QByteArray("a,b\n\xE9,2\n") << QStringLiteral("UTF-8");
    QTest::newRow("nul") << QByteArray("a,b\n\0,2\n", 8) << QStringLiteral("UTF-8");
    QTest::newRow("column twice") << QByteArray("a,a\n1,2\n") << QStringLiteral("stands twice");
}

void TestCsv::broken_isASentence()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const Result<RowSet> rows = parseRows(text, QStringLiteral("r.csv"), sample());
    QVERIFY(!rows);
    QVERIFY2(rows.error().message.contains(words), qPrintable(rows.error().message));
    QVERIFY(rows.error().message.contains(QLatin1String("r.csv")));
}

void TestCsv::hundredThousandRows_areRead()
{
    QByteArray text("a,b\n");
    for (int i = 0; i < 100'000; ++i)
        text += "value " + QByteArray::number(i) + "," + QByteArray::number(i) + "\n";
    const Result<RowSet> rows = parseRows(text, QStringLiteral("r.csv"), sample());
    QVERIFY(rows);
    QCOMPARE(rows->rows.size(), 100'000);
    QCOMPARE(rows->rows.last().values.value(QStringLiteral("a")), QStringLiteral("value 99999"));
}

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
