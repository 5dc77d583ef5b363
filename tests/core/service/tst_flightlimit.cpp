#include "core/service/flightlimit.h"

#include <QTest>

#include <algorithm>

using namespace Galley;

/// The number in flight against a service that carries so many at a time, in rounds.
class TestFlightLimit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownNumber_isTheStartAndTheCeiling();
    void foundOut_data();
    void foundOut();
    void neverBusy_isBounded();
    void allTurnedAway_fallsToOne();
};

void TestFlightLimit::knownNumber_isTheStartAndTheCeiling()
{
    FlightLimit limit(10);
    for (int i = 0; i < 50; ++i)
        limit.succeeded();
    QCOMPARE(limit.current(), 10);
    limit.wasBusy(9);
    QCOMPARE(limit.current(), 9);
    for (int i = 0; i < 50; ++i)
        limit.succeeded();
    QCOMPARE(limit.current(), 10);
}

void TestFlightLimit::foundOut_data()
{
    QTest::addColumn<int>("carries");
    for (const int carries : {1, 2, 3, 4, 5, 10, 16, 40})
        QTest::addRow("%d", carries) << carries;
}

/// 100 requests in rounds of equal length: what is turned away comes back in the next one.
void TestFlightLimit::foundOut()
{
    QFETCH(const int, carries);
    FlightLimit limit;
    int left = 100;
    int rounds = 0;
    int turnedAway = 0;
    for (; left > 0; ++rounds) {
        const int sent = std::min(left, limit.current());
        const int carried = std::min(sent, carries);
        for (int away = sent - carried; away > 0; --away) {
            limit.wasBusy(carried + away - 1);
            ++turnedAway;
        }
        for (int i = 0; i < carried; ++i)
            limit.succeeded();
        left -= carried;
    }
    const double theory = (100 + carries - 1) / carries;
    QVERIFY2(rounds <= std::max(1.5 * theory, theory + 3), qPrintable(QString::number(rounds)));
    QVERIFY2(turnedAway <= 2 * rounds + carries, qPrintable(QString::number(turnedAway)));
}

void TestFlightLimit::neverBusy_isBounded()
{
    FlightLimit limit;
    QCOMPARE(limit.current(), FlightLimit::firstGuess);
    for (int i = 0; i < 1000; ++i)
        limit.succeeded();
    QCOMPARE(limit.current(), FlightLimit::most);
}

void TestFlightLimit::allTurnedAway_fallsToOne()
{
    FlightLimit limit;
    for (int others = 30; others >= 0; --others)
        limit.wasBusy(others);
    QCOMPARE(limit.current(), 1);
    limit.wasBusy(0);
    QCOMPARE(limit.current(), 1);
}

QTEST_GUILESS_MAIN(TestFlightLimit)
#include "tst_flightlimit.moc"
