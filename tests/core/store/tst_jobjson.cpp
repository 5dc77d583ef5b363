#include "core/store/jobjson.h"
#include "tests/core/store/samplejob.h"

#include <QTest>

using namespace Galley;

/// Jobs survive the way through JSON to the bit.
class TestJobJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMember_comesBack_data();
    void everyMember_comesBack();
    void everyState_hasAName();
    void unknownMembers_areTolerated();
    void wrongTypes_readAsDefaults_data();
    void wrongTypes_readAsDefaults();
    void templateOfTheEditor_isReadAsItsFileWouldBe();
    void brokenTemplate_isASentence();

private:
    static Result<JobRecord> throughText(const JobRecord &job);
};

Result<JobRecord> TestJobJson::throughText(const JobRecord &job)
{
    const auto json = parseJson(dumpJson(jobJson(job)), QStringLiteral("job"), {64 << 20, 48, 100'000});
    return json ? jobFromJson(*json) : fail(json.error());
}

void TestJobJson::everyMember_comesBack_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("every member set") << 0;
    QTest::newRow("as submitted") << 1;
    QTest::newRow("numbers without a short form") << 2;
}

void TestJobJson::everyMember_comesBack()
{
    QFETCH(const int, which);
    JobRecord job = which == 0 ? fullJob() : newJob();
    if (which == 2) {
        job.position = 1e-17;
        job.estimateUsd = 0.1 * 3;
        job.request.strength = 2.0 / 3;
        job.attempts = {JobAttempt{job.createdAt, {}, {}, {}, {}, {}, 0, 0, 1234567.891}};
    }
    const auto back = throughText(job);
    QVERIFY2(back, back ? "" : qPrintable(back.error().message));
    QVERIFY(*back == job);
    QVERIFY(jobJson(*back) == jobJson(job));
}

void TestJobJson::everyState_hasAName()
{
    for (int state = 0; state <= int(JobState::Cancelled); ++state)
        QCOMPARE(jobStateFromName(jobStateName(JobState(state))), std::optional(JobState(state)));
    for (const Lane lane : {Lane::Interactive, Lane::Final, Lane::Batch})
        QCOMPARE(laneFromName(laneName(lane)), std::optional(lane));
    QVERIFY(!jobStateFromName(QStringLiteral("dreaming")));
    QVERIFY(!laneFromName(QString()));
}

void TestJobJson::unknownMembers_areTolerated()
{
    Json json = jobJson(fullJob());
    json["mood"] = "good";
    json["request"]["mood"] = Json::array({1});
    json["decision"]["mood"] = nullptr;
    json["attempts"][0]["mood"] = 1;
    json["error"]["mood"] = 1;
    const auto back = jobFromJson(json);
    QVERIFY(back);
    QVERIFY(*back == fullJob());
}

void TestJobJson::wrongTypes_readAsDefaults_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("value");
    for (const char *pointer : {"/id", "/lane", "/position", "/state", "/decision", "/decision/reasons", "/decision/cohort", "/decision/fallbacks", "/attempts",
                                "/attempts/0", "/attempts/0/milliseconds", "/tries", "/not_before", "/error", "/error/code", "/error/retry_after_ms", "/assets",
                                "/assets/0", "/notes", "/request/row", "/request/row/values", "/request/size", "/request/seed", "/request/guidance", "/request/start_asset",
                                "/request/start_file", "/request/redo", "/request/mask_file", "/price_known", "/cost_usd"}) {
        for (const char *value : {"{}", "[]", "\"x\"", "-1e300", "123456789012345678", "null", "true"})
            QTest::addRow("%s = %s", pointer, value) << QString::fromLatin1(pointer) << QString::fromLatin1(value);
    }
}

void TestJobJson::wrongTypes_readAsDefaults()
{
    QFETCH(const QString, pointer);
    QFETCH(const QString, value);
    Json json = jobJson(fullJob());
    json[Json::json_pointer(pointer.toStdString())] = Json::parse(value.toStdString());
    const auto back = jobFromJson(json);
    QVERIFY(back);
    QVERIFY(throughText(*back));
}

void TestJobJson::templateOfTheEditor_isReadAsItsFileWouldBe()
{
    JobRecord job = newJob();
    job.request.source.tokens[0].box.x = 0.123456789;
    job.request.source.tokens[0].keyOrder.clear();
    const auto once = throughText(job);
    QVERIFY(once);
    QCOMPARE(once->request.source.tokens[0].box.x, 0.1235);
    const auto twice = throughText(*once);
    QVERIFY(twice);
    QVERIFY(*twice == *once);
}

void TestJobJson::brokenTemplate_isASentence()
{
    Json json = jobJson(newJob());
    json["request"]["template"] = "nothing";
    const auto back = jobFromJson(json);
    QVERIFY(!back);
    QVERIFY2(back.error().message.endsWith(QLatin1Char('.')), qPrintable(back.error().message));
}

QTEST_GUILESS_MAIN(TestJobJson)
#include "tst_jobjson.moc"
