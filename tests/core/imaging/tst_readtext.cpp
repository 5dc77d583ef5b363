#include "core/imaging/readtext.h"

#include "testpaths.h"

#include <QFontDatabase>
#include <QPainter>
#include <QRandomGenerator>
#include <QTest>

using namespace Galley;

namespace {

QImage page(const QColor &color, const QSize &size = {900, 400})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

void typeset(QImage &image, const QRectF &box, const QString &text, const QColor &color, int pixels)
{
    QPainter painter(&image);
    painter.setRenderHint(QPainter::TextAntialiasing);
    QFont font(QStringLiteral("Inter"));
    font.setPixelSize(pixels);
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(box, Qt::AlignCenter | Qt::TextWordWrap, text);
}

/// Strokes of any direction and colour, the same at every run.
void scribble(QImage &image, const QRect &part)
{
    QRandomGenerator random(7);
    QPainter painter(&image);
    painter.setClipRect(part);
    for (int i = 0; i < 250; ++i) {
        painter.setPen(QPen(QColor::fromHsv(int(random.bounded(360)), 120, 160), 3));
        const QPointF at(part.x() + random.bounded(part.width()), part.y() + random.bounded(part.height()));
        painter.drawLine(at, at + QPointF(random.bounded(80) - 40, random.bounded(80) - 40));
    }
}

} // namespace

/// Pictures that are typeset here, read back.
class TestReadText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void compare_data();
    void compare();
    void right_isRight_data();
    void right_isRight();
    void wrong_isFound_data();
    void wrong_isFound();
    void texture_isNoText();
    void otherTextOutsideTheBox_doesNotCount();
    void scriptWithoutData_cannotBeRead();
    void boxOutside_cannotBeRead();
};

void TestReadText::initTestCase()
{
    for (const char *name : {"Inter-Bold.otf", "Inter-Regular.otf"})
        QVERIFY(QFontDatabase::addApplicationFont(QStringLiteral(GALLEY_SOURCE_DIR "/resources/fonts/") + QLatin1String(name)) >= 0);
}

void TestReadText::compare_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("found");
    QTest::addColumn<QStringList>("missing");
    QTest::addColumn<QStringList>("extra");
    QTest::addColumn<double>("score");
    using L = QStringList;
    QTest::newRow("equal") << "Spring Market" << "Spring Market" << L() << L() << 1.0;
    QTest::newRow("white space") << "Spring\nMarket" << "  Spring   Market " << L() << L() << 1.0;
    QTest::newRow("quotes and dashes") << QStringLiteral("“It’s” 9–16") << "\"It's\" 9-16" << L() << L() << 1.0;
    QTest::newRow("composed") << QStringLiteral("Caf\u00E9") << QStringLiteral("Cafe\u0301") << L() << L() << 1.0;
    QTest::newRow("case") << "Spring" << "spring" << L{QStringLiteral("Spring")} << L{QStringLiteral("spring")} << 5.0 / 6;
    QTest::newRow("a letter") << "Spring Market" << "Sprinq Market" << L{QStringLiteral("Spring")} << L{QStringLiteral("Sprinq")} << 12.0 / 13;
    QTest::newRow("missing word") << "a b c" << "a c" << L{QStringLiteral("b")} << L() << 3.0 / 5;
    QTest::newRow("extra word") << "a c" << "a b c" << L() << L{QStringLiteral("b")} << 3.0 / 5;
    QTest::newRow("twice") << "Sale" << "Sale Sale" << L() << L{QStringLiteral("Sale")} << 4.0 / 9;
    QTest::newRow("nothing") << "Sale" << "" << L{QStringLiteral("Sale")} << L() << 0.0;
    QTest::newRow("both empty") << "" << "" << L() << L() << 1.0;
}

void TestReadText::compare()
{
    QFETCH(QString, expected);
    QFETCH(QString, found);
    QFETCH(double, score);
    const TextDifference difference = compareTexts(expected, found);
    QTEST(difference.missing, "missing");
    QTEST(difference.extra, "extra");
    QVERIFY(std::abs(difference.score - score) < 1e-9);
    QCOMPARE(difference.isEqual(), score >= 1);
}

void TestReadText::right_isRight_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QColor>("paper");
    QTest::addColumn<QColor>("ink");
    QTest::addColumn<int>("pixels");
    QTest::newRow("dark on light") << "Spring Market" << QColor(QStringLiteral("#F4EFE7")) << QColor(QStringLiteral("#1F3B2C")) << 90;
    QTest::newRow("light on dark") << "Spring Market" << QColor(QStringLiteral("#1F3B2C")) << QColor(QStringLiteral("#F5C542")) << 90;
    QTest::newRow("red on green of one brightness") << "Fresh fruit" << QColor(0, 120, 0) << QColor(230, 15, 30) << 90;
    QTest::newRow("small") << "Free entry all day" << QColor(Qt::white) << QColor(Qt::black) << 20;
    QTest::newRow("two lines") << "Old Market Square Fruit and Bread" << QColor(Qt::white) << QColor(Qt::black) << 80;
    QTest::newRow("numbers") << "12.50 EUR" << QColor(Qt::white) << QColor(Qt::black) << 90;
    QTest::newRow("accents") << QStringLiteral("Caf\u00E9 M\u00FCnchen") << QColor(Qt::white) << QColor(Qt::black) << 90;
}

void TestReadText::right_isRight()
{
    QFETCH(QString, text);
    QFETCH(QColor, paper);
    QFETCH(QColor, ink);
    QFETCH(int, pixels);
    QImage image = page(paper);
    const QRectF box(60, 60, 780, 280);
    typeset(image, box, text, ink, pixels);
    const QList<TextReading> readings = readTexts(image, {{QStringLiteral("title"), box, text}});
    QCOMPARE(readings.size(), 1);
    QVERIFY2(readings.first().isRight(), qPrintable(readings.first().found));
    QCOMPARE(textFinding(readings.first()), QString());
}

void TestReadText::wrong_isFound_data()
{
    QTest::addColumn<QString>("drawn");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("word");  ///< what the finding names
    QTest::newRow("letters exchanged") << "Sprnig Market" << "Spring Market" << "Sprnig";
    QTest::newRow("a letter missing") << "Spring Maket" << "Spring Market" << "Maket";
    QTest::newRow("a letter doubled") << "Sprinng Market" << "Spring Market" << "Sprinng";
    QTest::newRow("other word") << "Summer Market" << "Spring Market" << "Summer";
    QTest::newRow("nothing") << "" << "Spring Market" << "no text";
}

void TestReadText::wrong_isFound()
{
    QFETCH(QString, drawn);
    QFETCH(QString, expected);
    QFETCH(QString, word);
    QImage image = page(QColor(QStringLiteral("#F4EFE7")));
    const QRectF box(60, 100, 780, 160);
    typeset(image, box, drawn, QColor(Qt::black), 90);
    const TextReading reading = readTexts(image, {{QStringLiteral("title"), box, expected}}).first();
    QVERIFY(reading.wasRead());
    QVERIFY(!reading.isRight());
    QVERIFY2(textFinding(reading).contains(word), qPrintable(textFinding(reading)));
    QVERIFY(textFinding(reading).contains(QStringLiteral("\"title\"")));
}

void TestReadText::texture_isNoText()
{
    QImage image = page(QColor(Qt::white));
    scribble(image, image.rect());
    const TextReading reading = readTexts(image, {{QStringLiteral("title"), QRectF(60, 60, 780, 280), QStringLiteral("Spring Market")}}).first();
    QVERIFY(!reading.isRight());
    QVERIFY2(reading.difference.score < 0.5, qPrintable(reading.found));
}

void TestReadText::otherTextOutsideTheBox_doesNotCount()
{
    QImage image = page(QColor(Qt::white));
    const QRectF box(60, 40, 780, 130);
    typeset(image, box, QStringLiteral("Spring Market"), QColor(Qt::black), 90);
    typeset(image, QRectF(60, 240, 780, 130), QStringLiteral("Other words"), QColor(Qt::black), 90);
    const TextReading reading = readTexts(image, {{QStringLiteral("title"), box, QStringLiteral("Spring Market")}}).first();
    QVERIFY2(reading.isRight(), qPrintable(reading.found));
}

void TestReadText::scriptWithoutData_cannotBeRead()
{
    const QList<TextReading> readings = readTexts(page(Qt::white), {{QStringLiteral("title"), QRectF(0, 0, 100, 100), QStringLiteral("\u0E2A\u0E27")}});
    if (readings.first().wasRead())
        QSKIP("Thai is installed here.");
    QVERIFY(readings.first().problem.contains(QStringLiteral("\"title\"")));
    QCOMPARE(textFinding(readings.first()), QString());
}

void TestReadText::boxOutside_cannotBeRead()
{
    const TextReading reading = readTexts(page(Qt::white), {{QStringLiteral("title"), QRectF(2000, 0, 100, 100), QStringLiteral("Sale")}}).first();
    QVERIFY(!reading.wasRead());
}

QTEST_MAIN(TestReadText)
#include "tst_readtext.moc"
