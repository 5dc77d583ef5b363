#include "core/base/statistics.h"
#include "core/review/picturecompare.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Galley;

class TestPictureCompare : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalPictures_haveNone();
    void knownDifferences();
    void otherSizes_cannotBeCompared();
    void similarity_isThatOfThePaper_data();
    void similarity_isThatOfThePaper();
    void similarity_ofConstants();
    void similarity_seesStructure();
    void differenceImage_shinesWhereItDiffers();
    void differenceImage_ofAPart_isThePartOfTheWhole();
};

namespace {

QImage filled(const QSize &size, QRgb color)
{
    QImage image(size, QImage::Format_ARGB32);
    image.fill(color);
    return image;
}

/// Speckles on a slope: the same on every machine.
QImage textured(const QSize &size, quint64 seed, double contrast)
{
    Dice dice(seed);
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const auto channel = [&](int base) { return std::clamp(int(base + contrast * dice.normal()), 0, 255); };
            image.setPixel(x, y, qRgb(channel(3 * x), channel(200 - 2 * y), channel(90)));
        }
    }
    return image;
}

double luma(QRgb pixel)
{
    return 0.299 * qRed(pixel) + 0.587 * qGreen(pixel) + 0.114 * qBlue(pixel);
}

/// The formula of Wang et al. written down once more, window by window, in double.
double slowSimilarity(const QImage &a, const QImage &b)
{
    std::array<std::array<double, 11>, 11> weights{};
    double sum = 0;
    for (int j = 0; j < 11; ++j) {
        for (int i = 0; i < 11; ++i) {
            const double squared = (i - 5) * (i - 5) + (j - 5) * (j - 5);
            sum += weights[size_t(j)][size_t(i)] = std::exp(-squared / (2 * 1.5 * 1.5));
        }
    }
    double total = 0;
    for (int y = 0; y + 11 <= a.height(); ++y) {
        for (int x = 0; x + 11 <= a.width(); ++x) {
            double meanA = 0, meanB = 0, aa = 0, bb = 0, ab = 0;
            for (int j = 0; j < 11; ++j) {
                for (int i = 0; i < 11; ++i) {
                    const double weight = weights[size_t(j)][size_t(i)] / sum;
                    const double p = luma(a.pixel(x + i, y + j));
                    const double q = luma(b.pixel(x + i, y + j));
                    meanA += weight * p;
                    meanB += weight * q;
                    aa += weight * p * p;
                    bb += weight * q * q;
                    ab += weight * p * q;
                }
            }
            const double c1 = std::pow(0.01 * 255, 2);
            const double c2 = std::pow(0.03 * 255, 2);
            total += (2 * meanA * meanB + c1) * (2 * (ab - meanA * meanB) + c2)
                     / ((meanA * meanA + meanB * meanB + c1) * (aa - meanA * meanA + bb - meanB * meanB + c2));
        }
    }
    return total / ((a.width() - 10.0) * (a.height() - 10.0));
}

} // namespace

void TestPictureCompare::equalPictures_haveNone()
{
    const QImage image = filled({20, 10}, 0xFF336699);
    const auto difference = comparePictures(image, image.convertToFormat(QImage::Format_RGBA8888));
    QVERIFY(difference);
    QVERIFY(!difference->psnrDb);
    QCOMPARE(difference->share, 0.0);
    QCOMPARE(difference->largest, 0);
}

void TestPictureCompare::knownDifferences()
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

void TestPictureCompare::otherSizes_cannotBeCompared()
{
    QVERIFY(!comparePictures(filled({20, 10}, 0), filled({10, 20}, 0)));
    QVERIFY(!comparePictures({}, {}));
    QVERIFY(!structuralSimilarity(filled({20, 12}, 0), filled({12, 20}, 0)));
    QVERIFY(!structuralSimilarity(filled({10, 40}, 0), filled({10, 40}, 0)));
    QVERIFY(differenceImage(filled({20, 10}, 0), filled({10, 20}, 0)).isNull());
}

void TestPictureCompare::similarity_isThatOfThePaper_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("contrast");
    QTest::newRow("wide") << QSize(61, 23) << 12.0;
    QTest::newRow("high") << QSize(13, 47) << 40.0;
    QTest::newRow("one window") << QSize(11, 11) << 25.0;
}

void TestPictureCompare::similarity_isThatOfThePaper()
{
    QFETCH(QSize, size);
    QFETCH(double, contrast);
    const QImage a = textured(size, 1, contrast);
    const QImage b = textured(size, 2, contrast);
    const double expected = slowSimilarity(a, b);
    QVERIFY2(std::abs(*structuralSimilarity(a, b) - expected) < 1e-3, qPrintable(QString::number(*structuralSimilarity(a, b) - expected)));
    QVERIFY(expected < 0.95);
}

void TestPictureCompare::similarity_ofConstants()
{
    const double c1 = std::pow(0.01 * 255, 2);
    const double expected = (2 * 100.0 * 150 + c1) / (100.0 * 100 + 150.0 * 150 + c1);
    QVERIFY(std::abs(*structuralSimilarity(filled({30, 20}, qRgb(100, 100, 100)), filled({30, 20}, qRgb(150, 150, 150))) - expected) < 1e-3);
}

/// Of two pictures with the same error per pixel, the one with another structure is the less similar.
void TestPictureCompare::similarity_seesStructure()
{
    const QImage original = textured({80, 60}, 1, 30);
    QVERIFY(std::abs(*structuralSimilarity(original, original) - 1) < 1e-5);
    QImage brighter = original;
    QImage noisy = original;
    Dice dice(3);
    for (int y = 0; y < 60; ++y) {
        for (int x = 0; x < 80; ++x) {
            const QRgb p = original.pixel(x, y);
            const int sign = dice.below(2) == 0 ? 1 : -1;
            const auto moved = [&](int by) {
                return qRgb(std::clamp(qRed(p) + by, 0, 255), std::clamp(qGreen(p) + by, 0, 255), std::clamp(qBlue(p) + by, 0, 255));
            };
            brighter.setPixel(x, y, moved(15));
            noisy.setPixel(x, y, moved(15 * sign));
        }
    }
    QVERIFY(*structuralSimilarity(original, brighter) > *structuralSimilarity(original, noisy) + 0.03);
    QImage inverted = original;
    inverted.invertPixels();
    QVERIFY(*structuralSimilarity(original, inverted) < 0);
}

void TestPictureCompare::differenceImage_shinesWhereItDiffers()
{
    const QImage black = filled({20, 10}, 0xFF000000);
    QImage other = black;
    other.setPixel(1, 1, 0xFF080808);  // within the tolerance
    other.setPixel(3, 3, 0xFF200000);
    other.setPixel(5, 5, 0xFFFFFFFF);
    const QImage difference = differenceImage(black, other, 8);
    QCOMPARE(difference.pixel(1, 1), difference.pixel(0, 0));
    QVERIFY(qGray(difference.pixel(3, 3)) > qGray(difference.pixel(0, 0)));
    QVERIFY(qGray(difference.pixel(5, 5)) > qGray(difference.pixel(3, 3)));
    QCOMPARE(differenceImage(black, other, 255).pixel(5, 5), difference.pixel(0, 0));
    QVERIFY(differenceImage(black, other, 0).pixel(1, 1) != difference.pixel(0, 0));
}

void TestPictureCompare::differenceImage_ofAPart_isThePartOfTheWhole()
{
    const QImage a = textured({40, 30}, 1, 30);
    const QImage b = textured({40, 30}, 2, 30);
    const QRect part(7, 9, 20, 11);
    QCOMPARE(differenceImage(a.copy(part), b.copy(part)), differenceImage(a, b).copy(part));
}

QTEST_GUILESS_MAIN(TestPictureCompare)
#include "tst_picturecompare.moc"
