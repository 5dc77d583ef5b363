#include "ui/widgets/expression.h"

#include <QTest>

using namespace Galley;

class TestExpression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void value_data();
    void value();
    void nonsense_hasNoValue_data();
    void nonsense_hasNoValue();
};

void TestExpression::value_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("expected");
    QTest::newRow("number") << QStringLiteral("42") << 42.0;
    QTest::newRow("third") << QStringLiteral("1080/3") << 360.0;
    QTest::newRow("precedence") << QStringLiteral("2+3*4") << 14.0;
    QTest::newRow("brackets") << QStringLiteral("(2 + 3) * 4") << 20.0;
    QTest::newRow("minus") << QStringLiteral("-5--2") << -3.0;
    QTest::newRow("left to right") << QStringLiteral("8-3-2") << 3.0;
    QTest::newRow("division left to right") << QStringLiteral("16/4/2") << 2.0;
    QTest::newRow("comma") << QStringLiteral("0,5*2") << 1.0;
    QTest::newRow("typographic") << (QStringLiteral("3") + QChar(0x00D7) + QStringLiteral("4") + QChar(0x2212) + QStringLiteral("2"))
                                 << 10.0;
}

void TestExpression::value()
{
    QFETCH(QString, text);
    QFETCH(double, expected);
    const auto result = evaluateExpression(text);
    QVERIFY(result.has_value());
    QCOMPARE(*result, expected);
}

void TestExpression::nonsense_hasNoValue_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("word") << QStringLiteral("wide");
    QTest::newRow("division by zero") << QStringLiteral("1/0");
    QTest::newRow("half") << QStringLiteral("3+");
    QTest::newRow("two points") << QStringLiteral("1.2.3");
    QTest::newRow("unclosed") << QStringLiteral("(1+2");
    QTest::newRow("trailing") << QStringLiteral("1 px");
    QTest::newRow("overflow") << QString(400, u'9');
    QTest::newRow("deep") << QString(100000, u'(');
    QTest::newRow("many minuses") << QString(100000, u'-');
}

void TestExpression::nonsense_hasNoValue()
{
    QFETCH(QString, text);
    QVERIFY(!evaluateExpression(text).has_value());
}

QTEST_GUILESS_MAIN(TestExpression)
#include "tst_expression.moc"
