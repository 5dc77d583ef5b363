#include "tests/bench/burst/burstreport.h"

#include "testpaths.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace Galley;

/// The burst benchmark's simulation: the rules against one large model, on the same GPUs. It is deterministic.
class TestBurst : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void arrivals_areTheSame();
    void singleModel_isCalibrated();
    void goals_areReached();
    void everybody_isServedByWhomTheRulesSay();
    void moreContention_isSlower();
    void wrongRules_areAnError();

private:
    Result<QList<BurstServed>> serve(const BurstRun &run, const BurstSetup &setup) const
    {
        QList<BurstServed> all;
        for (int seed = 1; seed <= setup.bursts; ++seed) {
            const Result<QList<BurstServed>> served = simulate(run, setup, drawArrivals(setup, std::uint64_t(seed)), m_catalogue);
            if (!served)
                return served;
            all += *served;
        }
        return all;
    }
    BurstSummary summary(qsizetype run, const BurstSetup &setup) const
    {
        const BurstRun wanted = burstRuns(setup).at(run);
        const Result<QList<BurstServed>> served = serve(wanted, setup);
        return served ? summarize(wanted.name, *served) : BurstSummary{served.error().message, {}};
    }

    ModelCatalogue m_catalogue;
    BurstSetup m_setup;
    QList<BurstSummary> m_summaries;
};

void TestBurst::initTestCase()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_catalogue = readModelCatalogue(file.readAll(), {}, {});
    QVERIFY(readDraftTimes(QStringLiteral(GALLEY_SOURCE_DIR "/tests/bench/results/draft.json"), m_setup));
    QVERIFY(m_setup.draftMedianMs > 1 && m_setup.draftP95Ms > m_setup.draftMedianMs);
    for (qsizetype run = 0; run < 3; ++run)
        m_summaries.append(summary(run, m_setup));
}

void TestBurst::arrivals_areTheSame()
{
    const QList<BurstArrival> first = drawArrivals(m_setup, 1), again = drawArrivals(m_setup, 1), other = drawArrivals(m_setup, 2);
    QVERIFY(first.size() > 500);
    QCOMPARE(first.size(), again.size());
    QVERIFY(first.size() != other.size() || first.first().atMs != other.first().atMs);
    for (qsizetype i = 0; i < first.size(); ++i) {
        QCOMPARE(first.at(i).atMs, again.at(i).atMs);
        QCOMPARE(first.at(i).luck, again.at(i).luck);
    }
}

void TestBurst::singleModel_isCalibrated()
{
    const BurstFigures &all = m_summaries.at(0).group(QStringLiteral("all"));
    QVERIFY2(std::abs(all.median.ms.value / BurstSetup::targetMedianMs - 1) < 0.02, qPrintable(QString::number(all.median.ms.value)));
    QVERIFY2(std::abs(all.p95.ms.value / BurstSetup::targetP95Ms - 1) < 0.02, qPrintable(QString::number(all.p95.ms.value)));
}

void TestBurst::goals_areReached()
{
    for (const BurstGoal &goal : goalsOf(m_summaries))
        QVERIFY2(goal.isReached(), qPrintable(goal.what + QStringLiteral(": ") + QString::number(goal.value)));
}

void TestBurst::everybody_isServedByWhomTheRulesSay()
{
    const auto models = [this](qsizetype run, const char *group) -> QStringList { return m_summaries.at(run).group(QString::fromLatin1(group)).models.keys(); };
    QCOMPARE(models(0, "all"), QStringList{QStringLiteral("ideogram-4")});
    QCOMPARE(models(1, "previews"), QStringList{burstDraftModel()});
    QCOMPARE(models(1, "thumbnails"), QStringList{burstMidModel()});
    QVERIFY(models(1, "posters").contains(QStringLiteral("ideogram-4")));
    QVERIFY(!models(2, "all").contains(burstMidModel()));
    for (const BurstSummary &summary : m_summaries) {
        QCOMPARE(summary.group(QStringLiteral("all")).n, m_summaries.first().group(QStringLiteral("all")).n);
        QCOMPARE(summary.group(QStringLiteral("all")).n, summary.group(QStringLiteral("previews")).n + summary.group(QStringLiteral("finals")).n);
    }
}

void TestBurst::moreContention_isSlower()
{
    BurstSetup harder = m_setup;
    harder.bursts = 2;
    const double before = summary(0, harder).group(QStringLiteral("all")).p95.ms.value;
    harder.contention = 1.2;
    QVERIFY(summary(0, harder).group(QStringLiteral("all")).p95.ms.value > before);
    harder = m_setup;
    harder.bursts = 2;
    harder.gpus = 16;
    QVERIFY(summary(0, harder).group(QStringLiteral("all")).p95.ms.value < before);
}

void TestBurst::wrongRules_areAnError()
{
    BurstRun run = burstRuns(m_setup).first();
    run.rules = "routes: [{match: \"prompt:.*\", model: no-such-model}]";
    QVERIFY(!serve(run, m_setup));
    run = burstRuns(m_setup).first();
    run.gpus.clear();
    QVERIFY(!serve(run, m_setup));
}

QTEST_GUILESS_MAIN(TestBurst)
#include "tst_burst.moc"
