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

void TestColorMath::contrast_knownPairs()
{
    QVERIFY(std::abs(contrastRatio(QColor(Qt::black), QColor(Qt::white)) - 21) < 1e-9);
    QVERIFY(std::abs(contrastRatio(QColor(0x77, 0x77, 0x77), QColor(Qt::white)) - 4.48) < 0.01);
}

QTEST_GUILESS_MAIN(TestColorMath)
#include "tst_colormath.moc"
