#include "core/render/modelentry.h"
#include "core/render/renderpace.h"

#include <QCoreApplication>
#include <QTest>
#include <QTranslator>

using namespace Galley;

class TestRenderPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothing_isKnownAtFirst();
    void loading_takesAsLongAgain();
    void steps_countFromWhenAllWasLoaded();
    void longStep_letsTheTimeGoDown();
    void newBegin_forgetsWhatWas();
    void partsBetweenSteps_areNoNewBegin();
    void shippedLabels_areTranslated();
};

void TestRenderPace::nothing_isKnownAtFirst()
{
    RenderPace pace;
    pace.begin(500);
    QCOMPARE(pace.msLeft(10'000), -1);
    QVERIFY(!pace.isLoading());
    pace.load(1, 1000, 600);
    QVERIFY(pace.isLoading());
    QCOMPARE(pace.msLeft(10'000), -1);  // a thousandth says nothing
    pace.load(1000, 1000, 700);
    QCOMPARE(pace.msLeft(10'000), -1);  // nor does loading say anything of the steps
    pace.advance(0, 4, 800);
    QCOMPARE(pace.msLeft(10'000), -1);
}

void TestRenderPace::loading_takesAsLongAgain()
{
    RenderPace pace;
    pace.begin(1000);
    pace.load(500, 1000, 3000);
    QCOMPARE(pace.msLeft(3000), 2000);
    pace.load(750, 1000, 4000);
    QCOMPARE(pace.msLeft(4000), 1000);
}

void TestRenderPace::steps_countFromWhenAllWasLoaded()
{
    RenderPace pace;
    pace.begin(0);
    pace.load(1000, 1000, 60'000);
    pace.advance(1, 4, 62'000);
    QVERIFY(!pace.isLoading());
    QCOMPARE(pace.msLeft(62'000), 6000);
    pace.advance(4, 4, 68'000);
    QCOMPARE(pace.msLeft(69'000), 0);
}

void TestRenderPace::longStep_letsTheTimeGoDown()
{
    RenderPace pace;
    pace.begin(0);
    pace.advance(1, 3, 60'000);
    qint64 last = pace.msLeft(60'000);
    QCOMPARE(last, 120'000);
    for (qint64 now = 61'000; now < 250'000; now += 1000) {
        const qint64 left = pace.msLeft(now);
        QVERIFY(left >= 0 && left <= last);
        last = left;
    }
}

void TestRenderPace::newBegin_forgetsWhatWas()
{
    RenderPace pace;
    pace.begin(0);
    pace.load(900, 1000, 90'000);
    pace.advance(3, 4, 95'000);
    pace.begin(100'000);
    QCOMPARE(pace.step, 0);
    QCOMPARE(pace.loadBytes, 0);
    QCOMPARE(pace.msLeft(101'000), -1);
    pace.load(500, 1000, 102'000);
    QCOMPARE(pace.msLeft(102'000), 2000);
}

void TestRenderPace::partsBetweenSteps_areNoNewBegin()
{
    RenderPace pace;
    pace.begin(0);
    pace.load(1000, 1000, 1000);
    pace.advance(1, 3, 2000);
    pace.load(200, 300, 2500);
    QVERIFY(!pace.isLoading());
    QCOMPARE(pace.msLeft(2000), 2000);
}

void TestRenderPace::shippedLabels_areTranslated()
{
    class German : public QTranslator
    {
        QString translate(const char *context, const char *text, const char *, int) const override
        {
            return qstrcmp(context, "Galley::BackendEntry") == 0 && qstrcmp(text, "This machine") == 0 ? QStringLiteral("Dieser Rechner") : QString();
        }
        bool isEmpty() const override { return false; }
    } german;
    BackendEntry backend;
    backend.id = QStringLiteral("local");
    QCOMPARE(backend.title(), QStringLiteral("local"));
    backend.label = QStringLiteral("This machine");
    QCOMPARE(backend.title(), QStringLiteral("This machine"));
    QCoreApplication::installTranslator(&german);
    QCOMPARE(backend.title(), QStringLiteral("Dieser Rechner"));
    backend.label = QStringLiteral("Jörgs Rechner");
    QCOMPARE(backend.title(), QStringLiteral("Jörgs Rechner"));
    QCoreApplication::removeTranslator(&german);
}

QTEST_GUILESS_MAIN(TestRenderPace)
#include "tst_renderpace.moc"
