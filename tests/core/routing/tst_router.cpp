#include "core/routing/router.h"

#include <QFile>
#include <QTest>

using namespace Galley;

/// Which model renders a request while there are no rules.
class TestRouter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void model_isDecided_data();
    void model_isDecided();
    void refusal_namesTheWayOut_data();
    void refusal_namesTheWayOut();
    void retired_isNeverExchanged();
    void obstacles_doNotStopTheDecision();
    void announcedShutdown_isAReason();
    void decision_isPure();
    void cohort_isStable_data();
    void cohort_isStable();

private:
    RenderRequest request(const QString &model, Fidelity fidelity = Fidelity::Final) const
    {
        RenderRequest result;
        result.source.project = QStringLiteral("spring-campaign");
        result.model = model;
        result.fidelity = fidelity;
        return result;
    }

    ModelCatalogue m_catalogue;
    RouteSnapshot m_now;
};

void TestRouter::initTestCase()
{
    QFile file(QStringLiteral(GALLEY_SOURCE_DIR "/resources/models.yaml"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_catalogue = readModelCatalogue(file.readAll(), {}, {});
    m_now.now = QDateTime(QDate(2026, 11, 25), QTime(12, 0), Qt::UTC);
}

void TestRouter::model_isDecided_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<Fidelity>("fidelity");
    QTest::addColumn<QString>("model");
    QTest::addColumn<QString>("rule");
    const QString askedFor = QStringLiteral("asked for"), byDefault = QStringLiteral("default");
    QTest::newRow("by id") << QStringLiteral("flux-2-pro") << Fidelity::Final << QStringLiteral("flux-2-pro") << askedFor;
    QTest::newRow("by alias") << QStringLiteral("gpt-image") << Fidelity::Final << QStringLiteral("gpt-image-2.6-sunburst") << askedFor;
    QTest::newRow("of another tier") << QStringLiteral("sd-medium") << Fidelity::Final << QStringLiteral("sd3.5-medium") << askedFor;
    QTest::newRow("ending, but not ended") << QStringLiteral("gpt-image-1.5") << Fidelity::Final << QStringLiteral("gpt-image-1.5") << askedFor;
    QTest::newRow("final") << QString() << Fidelity::Final << QStringLiteral("ideogram-4") << byDefault;
    QTest::newRow("mid") << QString() << Fidelity::Mid << QStringLiteral("sd3.5-medium") << byDefault;
    QTest::newRow("draft") << QString() << Fidelity::Draft << QStringLiteral("galley-draft") << byDefault;
}

void TestRouter::model_isDecided()
{
    QFETCH(QString, asked);
    QFETCH(Fidelity, fidelity);
    QFETCH(QString, model);
    QFETCH(QString, rule);
    const auto decision = decideRoute(request(asked, fidelity), {}, m_catalogue, m_now);
    QVERIFY2(decision, decision ? "" : qPrintable(decision.error().message));
    QCOMPARE(decision->requested, asked);
    QCOMPARE(decision->model, model);
    QCOMPARE(decision->rule, rule);
    QCOMPARE(decision->cohort, cohortOf(QStringLiteral("spring-campaign")));
    QVERIFY(!decision->reasons.isEmpty());
    QVERIFY(decision->skipped.isEmpty());
    for (const QString &reason : decision->reasons)
        QVERIFY2(reason.endsWith(QLatin1Char('.')), qPrintable(reason));
}

void TestRouter::refusal_namesTheWayOut_data()
{
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("words");
    QTest::newRow("misspelt") << QStringLiteral("ideogram4") << QStringLiteral("Did you mean \"ideogram-4\"?");
    QTest::newRow("misspelt alias") << QStringLiteral("sd-mediun") << QStringLiteral("Did you mean \"sd-medium\"?");
    QTest::newRow("unheard of") << QStringLiteral("zzzzzzzzzz") << QStringLiteral("galley models");
    QTest::newRow("endless") << QString(100'000, QLatin1Char('z')) << QStringLiteral("galley models");
}

void TestRouter::refusal_namesTheWayOut()
{
    QFETCH(QString, asked);
    QFETCH(QString, words);
    const auto decision = decideRoute(request(asked), {}, m_catalogue, m_now);
    QVERIFY(!decision);
    QCOMPARE(decision.error().code, ErrorCode::NotFound);
    QVERIFY2(decision.error().message.contains(words), qPrintable(decision.error().message));
    QVERIFY(decision.error().message.size() < 300);
}

void TestRouter::retired_isNeverExchanged()
{
    for (const char *asked : {"dall-e-3-hd", "dall-e-3", "imagen-4", "gemini-3.1-flash-image"}) {
        const auto decision = decideRoute(request(QString::fromLatin1(asked)), {}, m_catalogue, m_now);
        QVERIFY(!decision);
        QCOMPARE(decision.error().code, ErrorCode::ServiceFailed);
        QCOMPARE(decision.error().failure, FailureClass::Retired);
        QVERIFY(decision.error().message.contains(m_catalogue.findModel(QString::fromLatin1(asked))->replacement));
    }
    // What the service says counts before any date does, for defaults as well.
    RouteSnapshot told = m_now;
    told.retired.insert(QStringLiteral("ideogram-4"), QStringLiteral("Ideogram says that ideogram-4 is gone."));
    for (const QString &asked : {QStringLiteral("ideogram-4"), QString()}) {
        const auto decision = decideRoute(request(asked), {}, m_catalogue, told);
        QVERIFY(!decision);
        QCOMPARE(decision.error().failure, FailureClass::Retired);
        QCOMPARE(decision.error().message, QStringLiteral("Ideogram says that ideogram-4 is gone."));
    }
}

void TestRouter::obstacles_doNotStopTheDecision()
{
    RouteSnapshot snapshot = m_now;
    snapshot.offline = true;
    snapshot.backendsWithoutKey = {QStringLiteral("ideogram")};
    const auto decision = decideRoute(request({}), {}, m_catalogue, snapshot);
    QVERIFY(decision);
    QCOMPARE(decision->model, QStringLiteral("ideogram-4"));
    QCOMPARE(decision->skipped.size(), 2);
    for (const char *near : {"galley-draft", "webui"})
        QVERIFY(decideRoute(request(QString::fromLatin1(near)), {}, m_catalogue, snapshot)->skipped.isEmpty());
}

void TestRouter::announcedShutdown_isAReason()
{
    const auto decision = decideRoute(request(QStringLiteral("gpt-image-1.5")), {}, m_catalogue, m_now);
    QVERIFY(decision);
    QVERIFY(decision->reasons.last().contains(QLatin1String("2026-12-01")));
    QVERIFY(decision->reasons.last().contains(QLatin1String("gpt-image-2.6-sunburst")));
}

void TestRouter::decision_isPure()
{
    const RenderRequest asked = request({});
    QVERIFY(*decideRoute(asked, {}, m_catalogue, m_now) == *decideRoute(asked, {}, m_catalogue, m_now));
}

void TestRouter::cohort_isStable_data()
{
    QTest::addColumn<QString>("project");
    QTest::addColumn<int>("cohort");
    // python3 -c 'import hashlib; print(int(hashlib.sha256(b"spring-campaign").hexdigest(), 16) % 10000)'
    QTest::newRow("spring-campaign") << QStringLiteral("spring-campaign") << 8354;
    QTest::newRow("none") << QString() << 6549;
    QTest::newRow("umlaut") << QStringLiteral("Frühling") << 6400;
}

void TestRouter::cohort_isStable()
{
    QFETCH(QString, project);
    QFETCH(int, cohort);
    QCOMPARE(cohortOf(project), cohort);
}

QTEST_GUILESS_MAIN(TestRouter)
#include "tst_router.moc"
