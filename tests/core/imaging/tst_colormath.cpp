#include "core/imaging/colormath.h"

#include <QTest>

using namespace Galley;

/// Colour arithmetic against published values.
class TestColorMath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oklab_matchesPublishedValues();
    void oklab_roundTrips();
    void deltaE_knownPairs();
    void deltaE_publishedPairs_data();
    void deltaE_publishedPairs();
    void contrast_knownPairs();
};

void TestColorMath::oklab_matchesPublishedValues()
{
    const OkLab white = toOkLab(QColor(Qt::white));
    QVERIFY(std::abs(white.L - 1) < 1e-4 && std::abs(white.a) < 1e-4 && std::abs(white.b) < 1e-4);
    const OkLab red = toOkLab(QColor(255, 0, 0)); // Ottosson: 0.628, 0.225, 0.126
    QVERIFY(std::abs(red.L - 0.628) < 1e-3 && std::abs(red.a - 0.2249) < 1e-3 && std::abs(red.b - 0.1258) < 1e-3);
}

void TestColorMath::oklab_roundTrips()
{
    for (int i = 0; i < 4096; ++i) {
        const QColor color((i & 15) * 17, ((i >> 4) & 15) * 17, (i >> 8) * 17);
        QCOMPARE(fromOkLab(toOkLab(color)).rgb(), color.rgb());
    }
}

void TestColorMath::deltaE_knownPairs()
{
    QCOMPARE(deltaE2000(QColor(12, 34, 56), QColor(12, 34, 56)), 0.0);
    QVERIFY(std::abs(deltaE2000(QColor(Qt::black), QColor(Qt::white)) - 100) < 0.01);
    // sRGB primaries, as colour-science tools give them.
    QVERIFY(std::abs(deltaE2000(QColor(255, 0, 0), QColor(0, 255, 0)) - 86.6) < 0.2);
    QVERIFY(std::abs(deltaE2000(QColor(0, 0, 255), QColor(255, 0, 0)) - 52.9) < 0.2);
    QVERIFY(std::abs(deltaE2000(QColor(10, 200, 30), QColor(200, 10, 90)) - deltaE2000(QColor(200, 10, 90), QColor(10, 200, 30))) < 1e-9);
}

void TestColorMath::deltaE_publishedPairs_data()
{
    // Table 1 of Sharma, Wu and Dalal (2005): made to find what implementations get wrong (hues that wrap, greys, the blue turn).
    static constexpr double pairs[][7] = {
        {50.0000, 2.6772, -79.7751, 50.0000, 0.0000, -82.7485, 2.0425},
        {50.0000, 3.1571, -77.2803, 50.0000, 0.0000, -82.7485, 2.8615},
        {50.0000, 2.8361, -74.0200, 50.0000, 0.0000, -82.7485, 3.4412},
        {50.0000, -1.3802, -84.2814, 50.0000, 0.0000, -82.7485, 1.0000},
        {50.0000, -1.1848, -84.8006, 50.0000, 0.0000, -82.7485, 1.0000},
        {50.0000, -0.9009, -85.5211, 50.0000, 0.0000, -82.7485, 1.0000},
        {50.0000, 0.0000, 0.0000, 50.0000, -1.0000, 2.0000, 2.3669},
        {50.0000, -1.0000, 2.0000, 50.0000, 0.0000, 0.0000, 2.3669},
        {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0009, 7.1792},
        {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0010, 7.1792},
        {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0011, 7.2195},
        {50.0000, 2.4900, -0.0010, 50.0000, -2.4900, 0.0012, 7.2195},
        {50.0000, -0.0010, 2.4900, 50.0000, 0.0009, -2.4900, 4.8045},
        {50.0000, -0.0010, 2.4900, 50.0000, 0.0010, -2.4900, 4.8045},
        {50.0000, -0.0010, 2.4900, 50.0000, 0.0011, -2.4900, 4.7461},
        {50.0000, 2.5000, 0.0000, 50.0000, 0.0000, -2.5000, 4.3065},
        {50.0000, 2.5000, 0.0000, 73.0000, 25.0000, -18.0000, 27.1492},
        {50.0000, 2.5000, 0.0000, 61.0000, -5.0000, 29.0000, 22.8977},
        {50.0000, 2.5000, 0.0000, 56.0000, -27.0000, -3.0000, 31.9030},
        {50.0000, 2.5000, 0.0000, 58.0000, 24.0000, 15.0000, 19.4535},
        {50.0000, 2.5000, 0.0000, 50.0000, 3.1736, 0.5854, 1.0000},
        {50.0000, 2.5000, 0.0000, 50.0000, 3.2972, 0.0000, 1.0000},
        {50.0000, 2.5000, 0.0000, 50.0000, 1.8634, 0.5757, 1.0000},
        {50.0000, 2.5000, 0.0000, 50.0000, 3.2592, 0.3350, 1.0000},
        {60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644},
        {63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630},
        {61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731},
        {35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645},
        {22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373},
        {36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146},
        {90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441},
        {90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381},
        {6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377},
        {2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082},
    };
    QTest::addColumn<QList<double>>("values");
    for (std::size_t i = 0; i < std::size(pairs); ++i)
        QTest::addRow("pair %d", int(i) + 1) << QList<double>(std::begin(pairs[i]), std::end(pairs[i]));
}

void TestColorMath::deltaE_publishedPairs()
{
    QFETCH(QList<double>, values);
    const CieLab first{values[0], values[1], values[2]};
    const CieLab second{values[3], values[4], values[5]};
    QVERIFY2(std::abs(deltaE2000(first, second) - values[6]) < 1e-4, qPrintable(QString::number(deltaE2000(first, second), 'f', 5)));
    QVERIFY2(std::abs(deltaE2000(second, first) - values[6]) < 1e-4, qPrintable(QString::number(deltaE2000(second, first), 'f', 5)));
}

void TestColorMath::contrast_knownPairs()
{
    QVERIFY(std::abs(contrastRatio(QColor(Qt::black), QColor(Qt::white)) - 21) < 1e-9);
    QVERIFY(std::abs(contrastRatio(QColor(0x77, 0x77, 0x77), QColor(Qt::white)) - 4.48) < 0.01);
    QVERIFY(std::abs(contrastOfLuminances(relativeLuminance(0xFF777777), relativeLuminance(0xFFFFFFFF)) - 4.48) < 0.01);
}

QTEST_GUILESS_MAIN(TestColorMath)
#include "tst_colormath.moc"
