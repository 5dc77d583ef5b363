#include "core/template/csv.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Galley;

namespace {

Template sample()
{
    Template value;
    const auto add = [&](const char *name, SlotType type, const char *standard) {
        Slot slot;
        slot.name = QString::fromLatin1(name);
        slot.type = type;
        slot.defaultValue = QString::fromLatin1(standard);
        value.slotList.append(slot);
    };
    add("headline", SlotType::Text, "Spring");
    add("price", SlotType::Number, "1");
    return value;
}

Result<RowSet> parse(const QByteArray &text)
{
    return parseRows(text, QStringLiteral("rows.csv"), sample());
}

QStringList codes(const RowSet &set)
{
    QStringList result;
    for (const Finding &finding : set.findings)
        result.append(finding.code);
    return result;
}

} // namespace

class TestCsv : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_giveTheSameRows_data();
    void forms_giveTheSameRows();
    void quotes_holdEverything();
    void columns_areMatched();
    void badValues_areFoundWithLineAndColumn();
    void widths_areChecked();
    void broken_isRefused_data();
    void broken_isRefused();
    void manyRows_areRead();
    void manyFindings_areSummedUp();
    void load_setsTheFolder();
};

void TestCsv::forms_giveTheSameRows_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("comma") << QByteArray("headline,price\nA b,1\n\u00E4,2.5\n");
    QTest::newRow("no end of line") << QByteArray("headline,price\nA b,1\n\u00E4,2.5");
    QTest::newRow("semicolon") << QByteArray("headline;price\nA b;1\n\u00E4;2.5\n");
    QTest::newRow("CRLF") << QByteArray("headline,price\r\nA b,1\r\n\u00E4,2.5\r\n");
    QTest::newRow("CR") << QByteArray("headline,price\rA b,1\r\u00E4,2.5\r");
    QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBFheadline,price\nA b,1\n\u00E4,2.5\n");
    QTest::newRow("BOM and quotes") << QByteArray("\xEF\xBB\xBF\"headline\",\"price\"\n\"A b\",\"1\"\n\u00E4,\"2.5\"\n");
    QTest::newRow("blank lines") << QByteArray("\n\nheadline,price\n\nA b,1\n\r\n\u00E4,2.5\n\n\n");
    QTest::newRow("other order") << QByteArray("price,headline\n1,A b\n2.5,\u00E4\n");
    QTest::newRow("spaces and capitals in names") << QByteArray(" Headline ,PRICE\nA b,1\n\u00E4,2.5\n");
}

void TestCsv::forms_giveTheSameRows()
{
    QFETCH(QByteArray, text);
    const Result<RowSet> set = parse(text);
    QVERIFY2(set, set ? "" : qPrintable(set.error().message));
    QCOMPARE(set->findings, QList<Finding>());
    QCOMPARE(set->rows.size(), 2);
    QCOMPARE(set->rows[0].number, 1);
    QCOMPARE(set->rows[1].number, 2);
    QCOMPARE(set->rows[0].values.value(QStringLiteral("headline")), QStringLiteral("A b"));
    QCOMPARE(set->rows[0].values.value(QStringLiteral("price")), QStringLiteral("1"));
    QCOMPARE(set->rows[1].values.value(QStringLiteral("headline")), QStringLiteral("\u00E4"));
    QCOMPARE(set->rows[1].values.value(QStringLiteral("price")), QStringLiteral("2.5"));
}

void TestCsv::quotes_holdEverything()
{
    const Result<RowSet> set = parse("headline,price\n\"a, \"\"b\"\"\r\nc;\",2\n\"\",3\n");
    QVERIFY(set);
    QCOMPARE(set->rows[0].values.value(QStringLiteral("headline")), QStringLiteral("a, \"b\"\r\nc;"));
    QVERIFY(set->rows[1].values.contains(QStringLiteral("headline")));
    QCOMPARE(set->rows[1].values.value(QStringLiteral("headline")), QString());
}

void TestCsv::columns_areMatched()
{
    const Result<RowSet> set = parse("hedline,_file,note\nx,one.png,y\n");
    QVERIFY(set);
    QCOMPARE(set->columns.size(), 3);
    QCOMPARE(codes(*set), (QStringList{QStringLiteral("unknown_column"), QStringLiteral("unknown_column"),
                                       QStringLiteral("missing_column"), QStringLiteral("missing_column")}));
    QVERIFY(set->findings[0].fix.contains(QStringLiteral("headline")));
    for (const Finding &finding : set->findings)
        QCOMPARE(finding.severity, finding.code == QStringLiteral("unknown_column") ? Severity::Warning : Severity::Info);
    QCOMPARE(set->rows[0].values, (QMap<QString, QString>{{QStringLiteral("_file"), QStringLiteral("one.png")}}));
}

void TestCsv::badValues_areFoundWithLineAndColumn()
{
    const Result<RowSet> set = parse("headline,price\n\"two\nlines\",3\nb,cheap\nc,4\n");
    QVERIFY(set);
    QCOMPARE(set->rows.size(), 3);
    QCOMPARE(set->findings.size(), 1);
    QCOMPARE(set->findings[0].severity, Severity::Error);
    QCOMPARE(set->findings[0].line, 4);
    QCOMPARE(set->findings[0].path, QStringLiteral("price"));
    QVERIFY(set->findings[0].message.contains(QStringLiteral("Row 2")));
    QVERIFY(set->findings[0].message.contains(QStringLiteral("cheap")));
}

void TestCsv::widths_areChecked()
{
    const Result<RowSet> set = parse("headline,price\na\nb,1,\nc,1,x\nd,2\"\n\"e\" ,3\n");
    QVERIFY(set);
    QCOMPARE(set->rows.size(), 5);
    QVERIFY(!set->rows[0].values.contains(QStringLiteral("price")));
    QCOMPARE(codes(*set), (QStringList{QStringLiteral("short_row"), QStringLiteral("long_row"), QStringLiteral("bad_value"),
                                       QStringLiteral("stray_quote")}));
}

void TestCsv::broken_isRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("rows.csv is empty");
    QTest::newRow("only blank lines") << QByteArray("\n\r\n\n") << QStringLiteral("rows.csv is empty");
    QTest::newRow("only BOM") << QByteArray("\xEF\xBB\xBF") << QStringLiteral("rows.csv is empty");
    QTest::newRow("unclosed quote") << QByteArray("headline,price\na,1\n\"b,2\nc,3\n") << QStringLiteral("rows.csv:3:");
    QTest::newRow("unclosed quote in header") << QByteArray("\"headline,price\na,1\n") << QStringLiteral("rows.csv:1:");
    QTest::newRow("not UTF-8") << QByteArray("headline,price\na,1\n\xE4,2\n") << QStringLiteral("rows.csv:3:");
    QTest::newRow("NUL") << QByteArray("headline,price\na\0,1\n", 20) << QStringLiteral("rows.csv:2:");
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFEh\0e\0", 6) << QStringLiteral("UTF-16");
    QTest::newRow("column twice") << QByteArray("headline,price,headline\na,1,b\n") << QStringLiteral("“headline” stands twice");
    QTest::newRow("column twice by another name") << QByteArray("headline,Headline\na,b\n") << QStringLiteral("same slot");
    QTest::newRow("too large") << QByteArray(65 * 1024 * 1024, 'x') << QStringLiteral("64 MB");
}

void TestCsv::broken_isRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const Result<RowSet> set = parse(text);
    QVERIFY(!set);
    QVERIFY2(set.error().message.contains(words), qPrintable(set.error().message));
}

void TestCsv::manyRows_areRead()
{
    QByteArray text = "headline,price\n";
    for (int i = 0; i < 100'000; ++i)
        text += "A headline of some length " + QByteArray::number(i) + ',' + QByteArray::number(i) + '\n';
    const Result<RowSet> set = parse(text);
    QVERIFY(set);
    QCOMPARE(set->rows.size(), 100'000);
    QCOMPARE(set->rows.last().number, 100'000);
    QCOMPARE(set->rows.last().values.value(QStringLiteral("price")), QStringLiteral("99999"));
    QCOMPARE(set->findings.size(), 0);
}

void TestCsv::manyFindings_areSummedUp()
{
    QByteArray text = "headline,price\n";
    for (int i = 0; i < 100'000; ++i)
        text += "x,cheap\n";
    const Result<RowSet> set = parse(text);
    QVERIFY(set);
    QCOMPARE(set->rows.size(), 100'000);
    QCOMPARE(set->findings.size(), 201);
    QVERIFY(set->findings.last().message.contains(QStringLiteral("99800")));
}

void TestCsv::load_setsTheFolder()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rows.csv"));
    QCOMPARE(loadRows(path, sample()).error().code, ErrorCode::NotFound);
    QCOMPARE(loadRows(folder.path(), sample()).error().code, ErrorCode::Io);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("headline,price\na,1\n");
    file.close();
    const Result<RowSet> set = loadRows(path, sample());
    QVERIFY(set);
    QCOMPARE(set->rows[0].folder, folder.path());
    QCOMPARE(set->file, path);
}

QTEST_GUILESS_MAIN(TestCsv)
#include "tst_csv.moc"
