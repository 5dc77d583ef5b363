#include "app/galley/commands/renderplan.h"

#include <QTest>

using namespace Galley;

class TestRenderPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fileNames_neverEscape_data();
    void fileNames_neverEscape();
};

void TestRenderPlan::fileNames_neverEscape_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << QStringLiteral("apple") << QStringLiteral("apple.png");
    QTest::newRow("with ending") << QStringLiteral("apple.PNG") << QStringLiteral("apple.png");
    QTest::newRow("other ending") << QStringLiteral("apple.jpg") << QStringLiteral("apple.jpg.png");
    QTest::newRow("spaces and umlauts") << QStringLiteral("gr\u00FCne \u00C4pfel") << QStringLiteral("gr\u00FCne \u00C4pfel.png");
    QTest::newRow("upwards") << QStringLiteral("../../etc/passwd") << QStringLiteral("etc-passwd.png");
    QTest::newRow("absolute") << QStringLiteral("/tmp/x") << QStringLiteral("tmp-x.png");
    QTest::newRow("backslashes") << QStringLiteral("..\\x") << QStringLiteral("x.png");
    QTest::newRow("drive") << QStringLiteral("C:\\x") << QStringLiteral("C-x.png");
    QTest::newRow("hidden") << QStringLiteral(".bashrc") << QStringLiteral("bashrc.png");
    QTest::newRow("newline") << QStringLiteral("a\nb") << QStringLiteral("a-b.png");
    QTest::newRow("zero") << QStringLiteral("a") + QChar(0) + QStringLiteral("b") << QStringLiteral("a-b.png");
    QTest::newRow("only dots") << QStringLiteral("..") << QString();
    QTest::newRow("only a slash") << QStringLiteral("/") << QString();
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("long") << QString(5000, QLatin1Char('x')) << QString(QString(200, QLatin1Char('x')) + QStringLiteral(".png"));
}

void TestRenderPlan::fileNames_neverEscape()
{
    QFETCH(QString, wanted);
    QTEST(safeFileName(wanted), "name");
}

QTEST_GUILESS_MAIN(TestRenderPlan)
#include "tst_renderplan.moc"
