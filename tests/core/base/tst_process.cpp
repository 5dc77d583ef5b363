#include "core/base/process.h"

#include <QTest>

#include <sys/resource.h>

#include <algorithm>
#include <thread>

/// What a thread says of itself stays its own.
class TestProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givingWay_isTheThreadsOwn();
};

void TestProcess::givingWay_isTheThreadsOwn()
{
    const int before = ::getpriority(PRIO_PROCESS, 0);
    int nicer = before;
    int again = before;
    std::thread([&] {
        Galley::giveWayToTheWindow();
        nicer = ::getpriority(PRIO_PROCESS, 0);
        Galley::giveWayToTheWindow();
        again = ::getpriority(PRIO_PROCESS, 0);
    }).join();
    QCOMPARE(nicer, std::max(before, 5));
    QCOMPARE(again, nicer);
    QCOMPARE(::getpriority(PRIO_PROCESS, 0), before);
}

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
