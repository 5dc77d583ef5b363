#include "core/service/stepchoice.h"

#include <QTest>

using namespace Galley;

/// Steps follow the speed of the machine, and do not flip.
class TestStepChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speed_decides_data();
    void speed_decides();
    void nearTheBudget_nothingFlips();
    void whatWasTooSlow_needsMuchRoom();
    void otherSteps_areNotCounted();
};

namespace {

/// Draws \a layers layers on a machine whose first step takes \a first ms and every further one \a further; counts the changes.
int draw(StepChoice &choice, double first, double further, int layers)
{
    int changes = 0;
    for (int i = 0; i < layers; ++i)
        changes += choice.add(choice.steps(), first + further * (choice.steps() - 1)) ? 1 : 0;
    return changes;
}

} // namespace

void TestStepChoice::speed_decides_data()
{
    QTest::addColumn<double>("first");
    QTest::addColumn<double>("further");
    QTest::addColumn<int>("most");
    QTest::addColumn<int>("steps");
    QTest::newRow("fast") << 5.0 << 5.0 << 4 << 4;
    QTest::newRow("fast, but the model was made for two") << 5.0 << 5.0 << 2 << 2;
    QTest::newRow("fast, but the model was made for three") << 5.0 << 5.0 << 3 << 2;
    QTest::newRow("fast, but the model was made for one") << 5.0 << 5.0 << 1 << 1;
    QTest::newRow("as fast as wanted") << 40.0 << 20.0 << 4 << 2;
    QTest::newRow("too slow for two") << 80.0 << 40.0 << 4 << 1;
    QTest::newRow("too slow for one") << 900.0 << 900.0 << 4 << 1;
}

void TestStepChoice::speed_decides()
{
    QFETCH(double, first);
    QFETCH(double, further);
    QFETCH(int, most);
    QFETCH(int, steps);
    for (const int start : {1, 2, 4}) {
        StepChoice choice(start);  // of earlier weights, perhaps
        choice.setMost(most);
        const int changes = draw(choice, first, further, 100);
        if (start == 2) {
            QCOMPARE(choice.steps(), steps);
            QVERIFY(changes <= 1);
        }
        QVERIFY(choice.steps() <= most);
        QCOMPARE(draw(choice, first, further, 100), 0);
    }
}

void TestStepChoice::nearTheBudget_nothingFlips()
{
    StepChoice choice(2);
    int changes = 0;
    for (int i = 0; i < 400; ++i)  // two steps now below, now above the budget
        changes += choice.add(choice.steps(), (choice.steps() == 1 ? 48 : 98) + (i % 7) - 3) ? 1 : 0;
    QVERIFY2(changes <= 1, qPrintable(QString::number(changes)));
}

void TestStepChoice::whatWasTooSlow_needsMuchRoom()
{
    StepChoice choice(2);
    draw(choice, 60, 60, 5);
    QCOMPARE(choice.steps(), 1);
    QCOMPARE(draw(choice, 36, 36, 50), 0);  // 72 ms for two: enough room the first time, not after a refusal
    QCOMPARE(draw(choice, 20, 20, 50), 1);
    QCOMPARE(choice.steps(), 2);
    choice.forget();
    QCOMPARE(choice.steps(), 2);
}

void TestStepChoice::otherSteps_areNotCounted()
{
    StepChoice choice(2);
    for (int i = 0; i < 20; ++i) {
        QVERIFY(!choice.add(1, 5));
        QVERIFY(!choice.add(2, 0));
    }
    QCOMPARE(choice.steps(), 2);
    QCOMPARE(StepChoice(0).steps(), 1);
    QCOMPARE(StepChoice(3).steps(), 2);
    QCOMPARE(StepChoice(99).steps(), 4);
}

QTEST_GUILESS_MAIN(TestStepChoice)
#include "tst_stepchoice.moc"
