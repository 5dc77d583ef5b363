#include "core/service/picturedifference.h"

#include <QTest>

#include <cmath>

using namespace Galley;

class TestPictureDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalPictures_haveNone();
    void knownDifferences();
    void otherSizes_cannotBeCompared();
};

namespace {

QImage filled(const QSize &size, QRgb color)
{
    QImage image(size, QImage::Format_ARGB32);
    image.fill(color);
    return image;
}

} // namespace

void TestPictureDifference::equalPictures_haveNone()
{
    const QImage image = filled({20, 10}, 0xFF336699);
    const auto difference = comparePictures(image, image.convertToFormat(QImage::Format_RGBA8888));
    QVERIFY(difference);
    QVERIFY(!difference->psnrDb);
    QCOMPARE(difference->share, 0.0);
}

void TestPictureDifference::knownDifferences()
{
    const auto opposite = comparePictures(filled({20, 10}, 0xFF000000), filled({20, 10}, 0xFFFFFFFF));
    QVERIFY(std::abs(*opposite->psnrDb) < 1e-9);
    QCOMPARE(opposite->share, 1.0);
    QImage spot = filled({20, 10}, 0xFF000000);
    spot.setPixel(3, 3, 0xFFFF0000);
    const auto one = comparePictures(filled({20, 10}, 0xFF000000), spot);
    QCOMPARE(one->share, 1 / 200.0);
    QVERIFY(std::abs(*one->psnrDb - 10 * std::log10(600)) < 1e-9);
    // Too little to be seen, and still not equal.
    const auto faint = comparePictures(filled({20, 10}, 0xFF000000), filled({20, 10}, 0xFF050505));
    QCOMPARE(faint->share, 0.0);
    QVERIFY(*faint->psnrDb > 30);
    QCOMPARE(comparePictures(filled({20, 10}, 0xFF000000), filled({20, 10}, 0xFF050505), 4)->share, 1.0);
}

void TestPictureDifference::otherSizes_cannotBeCompared()
{
    QVERIFY(!comparePictures(filled({20, 10}, 0), filled({10, 20}, 0)));
    QVERIFY(!comparePictures({}, {}));
}

QTEST_GUILESS_MAIN(TestPictureDifference)
#include "tst_picturedifference.moc"
