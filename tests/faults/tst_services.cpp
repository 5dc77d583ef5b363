#include "core/base/log.h"
#include "tests/core/store/samplejob.h"
#include "tests/faults/faultrun.h"
#include "tests/support/canary.h"

#include <QDir>
#include <QRegularExpression>
#include <QTest>

#include <map>

using namespace Galley;

namespace {

constexpr double longestTurnMs = 50;

struct Place
{
    Stage stage;
    const char *name;
};

constexpr Place places[] = {{Stage::Socket, "socket"}, {Stage::Upload, "upload"}, {Stage::Paid, "paid"}, {Stage::Poll, "poll"}, {Stage::Download, "download"}};

/// What a sentence has to say beyond what went wrong: what to do, or what Galley does by itself.
const QRegularExpression remedy(QStringLiteral("\\b(check|look|ask|asks|asked|try|choose|change|correct|replace|enter|add|raise|use|wait|send|sent again|retry|make|top)\\b"),
                                QRegularExpression::CaseInsensitiveOption);

} // namespace

/// Every kind of service against every misbehaviour of figures.md F10–F14, from the queue to the wire and back into library and ledger: what is said, what
/// is paid for, what is never done twice, and that the window's loop goes on.
class TestServices : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyKind_isInTheMatrix();
    void goodService_brings_data();
    void goodService_brings();
    void fault_data();
    void fault();
    void matrix_isLargeEnough();
    void noFile_holdsTheKey();

private:
    void checkTurn(const FaultOutcome &outcome);
    void checkSuccess(const Fault &fault, const FaultOutcome &outcome);
    void checkFailure(const Fault &fault, const FaultOutcome &outcome);

    ScriptedServer m_elsewhere;
    QList<ServiceProfile> m_profiles;
    QString m_home = qEnvironmentVariable("GALLEY_HOME");
    std::unique_ptr<Store> m_store;
    std::map<QString, int> m_cases;  ///< by service
    double m_longestWallMs = 0;
    double m_longestCpuMs = 0;
    int m_byCpu = 0;                 ///< cases in which the machine was busy, so that the thread's own time counts
};

void TestServices::initTestCase()
{
    QVERIFY(!m_home.isEmpty());
    QDir(m_home).removeRecursively();
    startLog(m_home + QStringLiteral("/data/log"));
    m_store = std::make_unique<Store>(m_home + QStringLiteral("/data"));
    QVERIFY(wait(m_store->open()));
    m_elsewhere.on("", "/", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respondJson(200, "{\"stolen\":true}"); });
    m_profiles = serviceProfiles();
}

void TestServices::everyKind_isInTheMatrix()
{
    QStringList missing = serviceKindNames();
    for (const ServiceProfile &profile : m_profiles)
        missing.removeAll(profile.backend.kind);
    QCOMPARE(missing, QStringList());
}

void TestServices::goodService_brings_data()
{
    QTest::addColumn<int>("profile");
    QTest::addColumn<bool>("hasStart");
    for (qsizetype i = 0; i < m_profiles.size(); ++i) {
        QTest::newRow(qPrintable(m_profiles.at(i).name)) << int(i) << false;
        if (!m_profiles.at(i).editPath.isEmpty())
            QTest::newRow(qPrintable(m_profiles.at(i).name + QStringLiteral(", with a start picture"))) << int(i) << true;
    }
}

/// Without this the rows below could fail for reasons of their own.
void TestServices::goodService_brings()
{
    QFETCH(int, profile);
    QFETCH(bool, hasStart);
    const ServiceProfile &service = m_profiles.at(profile);
    Fault none;
    none.hasStart = hasStart;
    none.failure = std::nullopt;
    const FaultOutcome outcome = runFault(service, none, *m_store);
    QVERIFY(outcome.ended);
    QVERIFY2(outcome.atRest.state == JobState::Done, qPrintable(outcome.atRest.error.message + outcome.atRest.error.detail));
    QCOMPARE(outcome.pictures, QList<QByteArray>{goodPicture()});
    QCOMPARE(outcome.paid, 1);
    QCOMPARE(outcome.atRest.attempts.size(), 1);
    QCOMPARE(outcome.atRest.attempts.first().requestsSent, 1);
    QCOMPARE(outcome.ledgerAtRest, none.ledgerAtRest(service.backend.free));
    checkTurn(outcome);
}

void TestServices::fault_data()
{
    QTest::addColumn<int>("profile");
    QTest::addColumn<Fault>("fault");
    const QByteArray elsewhere = m_elsewhere.url("").toEncoded();
    for (qsizetype i = 0; i < m_profiles.size(); ++i) {
        for (const Place &place : places) {
            for (const Fault &fault : faultsOf(m_profiles.at(i), place.stage, elsewhere))
                QTest::addRow("%s, %s: %s", qPrintable(m_profiles.at(i).name), place.name, qPrintable(fault.name)) << int(i) << fault;
        }
    }
}

void TestServices::fault()
{
    QFETCH(int, profile);
    QFETCH(Fault, fault);
    const ServiceProfile &service = m_profiles.at(profile);
    ++m_cases[service.name];
    m_elsewhere.clearRequests();
    const FaultOutcome outcome = runFault(service, fault, *m_store);
    QVERIFY2(outcome.ended, "the job did not come to rest");
    QCOMPARE(outcome.paid, fault.paid);
    QVERIFY2(!fault.atHeaders || outcome.complete == 0, "the server had not read the whole request, yet it arrived");
    if (fault.asked > 0)
        QCOMPARE(outcome.asked, fault.asked);
    for (const ReceivedRequest &request : m_elsewhere.requests()) {
        for (const auto &[name, value] : request.headers)
            QVERIFY2(!value.contains(canaryKey()), "the key went to another server");
    }
    if (fault.failure)
        checkFailure(fault, outcome);
    else
        checkSuccess(fault, outcome);
    QCOMPARE(jobStateName(outcome.atRest.state), jobStateName(fault.state(service.backend.free)));
    QCOMPARE(outcome.ledgerAtRest, fault.ledgerAtRest(service.backend.free));
    QCOMPARE(outcome.ledgerAtLast, fault.ledgerAtLast(service.backend.free));
    QVERIFY(outcome.atLast.isEnded());
    QCOMPARE(outcome.openConnections, 0);
    checkTurn(outcome);
}

/// 50 ms by the clock on the wall; where other programs keep the machine busy, the loop's thread may have worked no longer than that.
void TestServices::checkTurn(const FaultOutcome &outcome)
{
    m_longestCpuMs = std::max(m_longestCpuMs, outcome.cpuMs);
    m_longestWallMs = std::max(m_longestWallMs, outcome.wallMs);
    m_byCpu += outcome.wallMs > longestTurnMs ? 1 : 0;
    QVERIFY2(std::min(outcome.wallMs, outcome.cpuMs) <= longestTurnMs,
             qPrintable(QStringLiteral("a turn of %1 ms, %2 ms of them the thread's own").arg(outcome.wallMs).arg(outcome.cpuMs)));
}

/// A picture, or the end that a person wanted.
void TestServices::checkSuccess(const Fault &fault, const FaultOutcome &outcome)
{
    const Error &error = outcome.atRest.error;
    QVERIFY2(error.message.isEmpty(), qPrintable(failureClassName(error.failure) + QStringLiteral(": ") + error.message + error.detail));
    if (fault.cancels)
        return;
    QCOMPARE(outcome.pictures.size(), fault.kept > 0 ? fault.kept : fault.pictures.value_or(1));
    QCOMPARE(outcome.pictures.first(), fault.picture.value_or(goodPicture()));
    QCOMPARE(outcome.atRest.attempts.last().requestsSent, fault.mayLookUp ? 0 : 1);
    const QString notes = outcome.atRest.notes.join(QLatin1Char(' '));
    QVERIFY2(QRegularExpression(fault.phrase).match(notes).hasMatch(), qPrintable(notes));
}

void TestServices::checkFailure(const Fault &fault, const FaultOutcome &outcome)
{
    const Error &error = outcome.atRest.error;
    const QString said = failureClassName(error.failure) + QStringLiteral(": ") + error.message + QStringLiteral(" (") + error.detail + QLatin1Char(')');
    QVERIFY2(error.failure == *fault.failure, qPrintable(said));
    QVERIFY2(QRegularExpression(fault.phrase).match(error.message).hasMatch(), qPrintable(said));
    QVERIFY2(error.message.endsWith(QLatin1Char('.')), qPrintable(said));
    QVERIFY2(error.message.contains(QLatin1String("Studio")) || error.message.contains(QLatin1String("127.0.0.1")), qPrintable(said));
    QVERIFY2(remedy.match(error.message).hasMatch(), qPrintable(said));
    QCOMPARE(error.billed, fault.billed.startsWith(QLatin1String("settled price")));
    QVERIFY(!said.contains(QString::fromLatin1(canaryKey())));
    QCOMPARE(outcome.pictures, QList<QByteArray>());
    if (fault.waitMs != -2)
        QVERIFY2(std::abs(error.retryAfterMs - fault.waitMs) <= fault.waitSlackMs, qPrintable(QString::number(error.retryAfterMs)));
}

void TestServices::matrix_isLargeEnough()
{
    if (m_cases.empty())
        QSKIP("single rows were asked for");
    int cases = 0;
    QStringList words;
    for (const auto &[name, count] : m_cases) {
        cases += count;
        words.append(name + QLatin1Char(' ') + QString::number(count));
    }
    qInfo("%d misbehaviours: %s", cases, qPrintable(words.join(QStringLiteral(", "))));
    qInfo("longest turn of the event loop: %.1f ms by the wall, %.1f ms of its thread's CPU; in %d cases the wall said more than %.0f ms", m_longestWallMs,
          m_longestCpuMs, m_byCpu, longestTurnMs);
    QVERIFY2(cases >= 1000, qPrintable(QString::number(cases)));
}

void TestServices::noFile_holdsTheKey()
{
    m_store.reset();
    logMessage(LogLevel::Warning, QStringLiteral("the end of the fault test"));
    QCOMPARE(filesThatHold("the end of the fault test", m_home).size(), 1);
    QCOMPARE(filesThatHold(canaryKey(), m_home), QStringList());
}

QTEST_GUILESS_MAIN(TestServices)
#include "tst_services.moc"
