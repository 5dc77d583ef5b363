#include "core/composition/grounds.h"
#include "core/imaging/colormath.h"
#include "core/imaging/imagefile.h"

#include <QPainter>
#include <QSet>
#include <QTest>

using namespace Galley;

namespace {

struct Sample
{
    const char *words;
    GroundFamily family;
    QList<QColor> palette;
};

QList<Sample> samples()
{
    return {{"plain", GroundFamily::Plain, {QColor(0xF4EFE7)}},
            {"sunset gradient", GroundFamily::Gradient, {QColor(0xFFD9A0), QColor(0xF07F6A), QColor(0x6B4A8E)}},
            {"soft glow", GroundFamily::Glow, {QColor(0x14213D), QColor(0x3A5A98)}},
            {"diagonal stripes", GroundFamily::Stripes, {QColor(0xE8F1F2), QColor(0xC5DDE3)}},
            {"polka dots", GroundFamily::Dots, {QColor(0xFBE7E1), QColor(0xF2B5A7)}},
            {"sunburst", GroundFamily::Sunburst, {QColor(0xF4EFE7), QColor(0xF8E3A8)}},
            {"waves", GroundFamily::Waves, {QColor(0xDFF3F5), QColor(0x2A9DB0)}},
            {"hills", GroundFamily::Hills, {QColor(0xCFE8F7), QColor(0x6BA368), QColor(0xF5C542)}},
            {"confetti", GroundFamily::Confetti,
             {QColor(0xFFF8EC), QColor(0xE4572E), QColor(0x17BEBB), QColor(0xFFC914), QColor(0x76B041)}},
            {"film grain", GroundFamily::Grain, {QColor(0xB9C4C9)}},
            {"kraft paper", GroundFamily::Paper, {QColor(0xE6D5B8)}},
            {"bokeh lights", GroundFamily::Bokeh, {QColor(0x2B2350), QColor(0xE07A9B), QColor(0xF6C667)}}};
}

double meanDifference(const QImage &a, const QImage &b)
{
    qint64 sum = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            sum += std::abs(qGreen(a.pixel(x, y)) - qGreen(b.pixel(x, y)));
    }
    return double(sum) / (double(a.width()) * a.height());
}

} // namespace

/// The procedural grounds: each is what its words say, the same every time and at every scale.
class TestGrounds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_chooseTheFamily_data();
    void words_chooseTheFamily();
    void family_isReproducible_data() { families(); }
    void family_isReproducible();
    void family_followsTheScale_data() { families(); }
    void family_followsTheScale();
    void family_hasItsFirstColour_data() { families(); }
    void family_hasItsFirstColour();
    void families_differ();
    void oddSizes_arePainted();
    void sheet();

private:
    static void families();
};

void TestGrounds::families()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QList<QColor>>("palette");
    for (const Sample &sample : samples())
        QTest::newRow(sample.words) << QString::fromLatin1(sample.words) << sample.palette;
}

void TestGrounds::words_chooseTheFamily_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("family");
    for (const Sample &sample : samples())
        QTest::newRow(sample.words) << QString::fromLatin1(sample.words) << groundFamilyName(sample.family);
    QTest::newRow("nothing") << QString() << QStringLiteral("plain");
    QTest::newRow("first wins") << QStringLiteral("A PAPER sky with dots") << QStringLiteral("paper");
    QTest::newRow("scene: sea") << QStringLiteral("calm sea at noon") << QStringLiteral("waves");
    QTest::newRow("scene: meadow") << QStringLiteral("a spring meadow") << QStringLiteral("hills");
    QTest::newRow("scene: city at night") << QStringLiteral("city at night") << QStringLiteral("bokeh");
    QTest::newRow("scene: unknown") << QStringLiteral("a cosy kitchen") << QStringLiteral("glow");
}

void TestGrounds::words_chooseTheFamily()
{
    QFETCH(QString, words);
    QFETCH(QString, family);
    QCOMPARE(groundFamilyName(groundFamily(words)), family);
}

void TestGrounds::family_isReproducible()
{
    QFETCH(QString, words);
    QFETCH(QList<QColor>, palette);
    const QImage image = renderGround(words, Qt::white, palette, QSize(300, 400));
    QCOMPARE(image.size(), QSize(300, 400));
    QCOMPARE(pixelDigest(renderGround(words, Qt::white, palette, QSize(300, 400))), pixelDigest(image));
}

void TestGrounds::family_followsTheScale()
{
    QFETCH(QString, words);
    QFETCH(QList<QColor>, palette);
    const QImage image = renderGround(words, Qt::white, palette, QSize(450, 600));
    const QImage twice = renderGround(words, Qt::white, palette, QSize(900, 1200));
    const double difference = meanDifference(image, twice.scaled(450, 600, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    QVERIFY2(difference < (groundFamily(words) == GroundFamily::Grain ? 7 : 3), qPrintable(QString::number(difference)));
}

void TestGrounds::family_hasItsFirstColour()
{
    QFETCH(QString, words);
    QFETCH(QList<QColor>, palette);
    const QImage image = renderGround(words, Qt::white, palette, QSize(300, 400));
    int near = 0;
    for (int y = 0; y < image.height(); y += 4) {
        for (int x = 0; x < image.width(); x += 4)
            near += deltaE2000(image.pixelColor(x, y), palette.first()) < 12;
    }
    QVERIFY2(near > 75 * 100 / 12, qPrintable(QString::number(near)));
}

void TestGrounds::families_differ()
{
    QSet<QString> digests;
    for (const Sample &sample : samples()) {
        digests.insert(pixelDigest(
            renderGround(QString::fromLatin1(sample.words), Qt::white, {QColor(0xF4EFE7), QColor(0xF2B5A7)}, QSize(150, 200))));
    }
    QCOMPARE(digests.size(), samples().size());
}

void TestGrounds::oddSizes_arePainted()
{
    for (const Sample &sample : samples()) {
        for (const QSize &size : {QSize(1, 1), QSize(2, 900), QSize(900, 2), QSize(1920, 480)})
            QCOMPARE(renderGround(QString::fromLatin1(sample.words), Qt::white, sample.palette, size).size(), size);
    }
}

/// An overview for the eye: GALLEY_SHEETS names a folder.
void TestGrounds::sheet()
{
    const QString folder = qEnvironmentVariable("GALLEY_SHEETS");
    if (folder.isEmpty())
        QSKIP("GALLEY_SHEETS is not set");
    const QSize cell(432, 540);
    QImage image(cell.width() * 4, cell.height() * 3, QImage::Format_RGB32);
    QPainter painter(&image);
    int i = 0;
    for (const Sample &sample : samples()) {
        const QImage ground = renderGround(QString::fromLatin1(sample.words), Qt::white, sample.palette, QSize(1080, 1350));
        painter.drawImage(QPoint(i % 4 * cell.width(), i / 4 * cell.height()),
                          ground.scaled(cell, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
        ++i;
    }
    painter.end();
    QVERIFY(savePng(image, folder + QStringLiteral("/grounds.png")).has_value());
}

QTEST_MAIN(TestGrounds)
#include "tst_grounds.moc"
