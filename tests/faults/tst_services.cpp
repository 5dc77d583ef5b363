#include "core/base/async.h"
#include "core/base/log.h"
#include "tests/faults/faults.h"
#include "tests/support/canary.h"
#include "tests/support/looptimer.h"

#include <QDir>
#include <QEventLoop>
#include <QRegularExpression>
#include <QTest>
#include <QTimer>

#include <atomic>
#include <optional>

using namespace Galley;

namespace {

/// A service on a scripted server that misbehaves in one place, and another server that nothing may be told.
class Scene
{
public:
    Scene(const ServiceProfile &profile, const Fault &fault)
        : m_profile(profile)
        , m_fault(fault)
    {
        server.on("POST", profile.paidPath, [this](const auto &request, const auto &connection) { answerPaid(request, connection); });
        server.on("GET", "/v1/", [this](const auto &request, const auto &connection) { answerPoll(request, connection); });
        server.on("GET", "/picture.png", [this](const auto &request, const auto &connection) { answerPicture(request, connection); });
    }

    ScriptedServer server;

private:
    /// The picture as the service shows it: bytes, base64 or a link.
    QByteArray shown() const
    {
        const QByteArray picture = m_fault.picture.value_or(goodPicture());
        if (m_fault.declared == "raw")
            return picture;
        if (m_profile.picture == ServiceProfile::Picture::Base64)
            return picture.toBase64();
        return m_profile.picture == ServiceProfile::Picture::Link ? server.url("/picture.png").toEncoded() : picture;
    }

    bool misbehaves(Stage stage)
    {
        return m_fault.misbehave && m_fault.stage == stage && (m_fault.passing == 0 || m_done++ < m_fault.passing);
    }

    void answerPaid(const ReceivedRequest &request, const ScriptedConnection &connection)
    {
        if (misbehaves(Stage::Paid))
            return m_fault.misbehave(request, connection);
        ScriptedAnswer answer = m_profile.paid(shown(), server.url("").toEncoded());
        if (!m_profile.isJson()) {
            for (auto &[name, value] : answer.headers)
                value = name == "Content-Type" ? m_fault.declared : value;
        }
        connection.respond(200, answer.headers, answer.body);
    }

    void answerPoll(const ReceivedRequest &request, const ScriptedConnection &connection)
    {
        if (misbehaves(Stage::Poll))
            return m_fault.misbehave(request, connection);
        const ScriptedAnswer answer = m_profile.poll ? m_profile.poll(shown()) : ScriptedAnswer{};
        connection.respond(200, answer.headers, answer.body);
    }

    void answerPicture(const ReceivedRequest &request, const ScriptedConnection &connection)
    {
        if (misbehaves(Stage::Download))
            return m_fault.misbehave(request, connection);
        connection.respond(200, {{"Content-Type", m_fault.declared}}, m_fault.picture.value_or(goodPicture()));
    }

    ServiceProfile m_profile;
    Fault m_fault;
    std::atomic<int> m_done{0};
};

struct Outcome
{
    std::optional<Result<RenderResult>> result;
    double longestTurnMs = 0;
};

Outcome render(const ServiceProfile &profile, const QUrl &url)
{
    Outcome outcome;
    HttpClient client;
    BackendEntry backend = profile.backend;
    backend.url = url;
    RemoteEngine engine(&client, backend, [](const BackendEntry &) { return readyFuture<Result<Secret>>(Secret(canaryKey())); });
    engine.backOffMs = 1;
    QEventLoop loop;
    LoopTimer turns;
    onFinished(engine.render(profile.request, {}, {}), &loop, [&](const QFuture<Result<RenderResult>> &future) {
        outcome.result = future.result();
        // A little longer, so that a second request would be seen.
        QTimer::singleShot(5, &loop, &QEventLoop::quit);
    });
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    loop.exec();
    outcome.longestTurnMs = turns.longestCpuMs();
    return outcome;
}

} // namespace

/// Every kind of service against every misbehaviour of figures.md F10–F14: what is said, what is never done twice, and that the loop goes on.
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
    void checkSuccess(const Fault &fault, const RenderResult &result);
    void checkFailure(const Fault &fault, const Error &error);

    ScriptedServer m_elsewhere;
    QList<ServiceProfile> m_profiles;
    QString m_home = qEnvironmentVariable("GALLEY_HOME");
    double m_usualTurnMs = 0;
    int m_cases = 0;
};

void TestServices::initTestCase()
{
    QVERIFY(!m_home.isEmpty());
    QDir(m_home).removeRecursively();
    startLog(m_home + QStringLiteral("/data/log"));
    m_elsewhere.on("", "/", [](const ReceivedRequest &, const ScriptedConnection &connection) { connection.respondJson(200, "{\"stolen\":true}"); });
    for (const ServiceProfile &profile : serviceProfiles()) {
        if (findServiceKind(profile.backend.kind))
            m_profiles.append(profile);
    }
}

void TestServices::everyKind_isInTheMatrix()
{
    QStringList missing = serviceKindNames();
    for (const ServiceProfile &profile : m_profiles)
        missing.removeAll(profile.backend.kind);
    missing.removeAll(QStringLiteral("comfyui"));  // speaks through a WebSocket and has faults of its own: tst_comfyui
    QCOMPARE(missing, QStringList());
}

void TestServices::goodService_brings_data()
{
    QTest::addColumn<int>("profile");
    for (qsizetype i = 0; i < m_profiles.size(); ++i)
        QTest::newRow(qPrintable(m_profiles.at(i).name)) << int(i);
}

/// Without this the rows below could fail for reasons of their own; and it is what their turns are compared with.
void TestServices::goodService_brings()
{
    QFETCH(int, profile);
    const ServiceProfile &service = m_profiles.at(profile);
    Scene scene(service, {});
    const Outcome outcome = render(service, scene.server.url(""));
    QVERIFY(outcome.result);
    QVERIFY2(*outcome.result, *outcome.result ? "" : qPrintable(outcome.result->error().message + outcome.result->error().detail));
    QCOMPARE((*outcome.result)->pictures.size(), 1);
    QCOMPARE((*outcome.result)->pictures.first().bytes, goodPicture());
    QCOMPARE((*outcome.result)->requestsSent, 1);
    QCOMPARE(scene.server.count("POST", service.paidPath), 1);
    m_usualTurnMs = std::max(m_usualTurnMs, outcome.longestTurnMs);
}

void TestServices::fault_data()
{
    QTest::addColumn<int>("profile");
    QTest::addColumn<Fault>("fault");
    const QByteArray elsewhere = m_elsewhere.url("").toEncoded();
    for (qsizetype i = 0; i < m_profiles.size(); ++i) {
        for (const auto &[stage, name] : {std::pair{Stage::Paid, "paid"}, std::pair{Stage::Poll, "poll"}, std::pair{Stage::Download, "download"}}) {
            for (const Fault &fault : faultsOf(m_profiles.at(i), stage, elsewhere))
                QTest::addRow("%s, %s: %s", qPrintable(m_profiles.at(i).name), name, qPrintable(fault.name)) << int(i) << fault;
        }
    }
}

void TestServices::fault()
{
    QFETCH(int, profile);
    QFETCH(Fault, fault);
    ++m_cases;
    m_elsewhere.clearRequests();
    const ServiceProfile &service = m_profiles.at(profile);
    Scene scene(service, fault);
    const Outcome outcome = render(service, scene.server.url(""));
    QVERIFY2(outcome.result, "the call did not end");
    QCOMPARE(scene.server.count("POST", service.paidPath), 1);
    for (const ReceivedRequest &request : m_elsewhere.requests()) {
        for (const auto &[name, value] : request.headers)
            QVERIFY2(!value.contains(canaryKey()), "the key went to another server");
    }
    const double allowed = 50 + m_usualTurnMs;
    QVERIFY2(outcome.longestTurnMs < allowed, qPrintable(QStringLiteral("a turn of %1 ms").arg(outcome.longestTurnMs)));
    if (*outcome.result)
        checkSuccess(fault, outcome.result->value());
    else
        checkFailure(fault, outcome.result->error());
}

void TestServices::checkSuccess(const Fault &fault, const RenderResult &result)
{
    QVERIFY2(!fault.failure, "a picture came out of it");
    QCOMPARE(result.pictures.size(), 1);
    QVERIFY(!result.image.isNull());
    QCOMPARE(result.requestsSent, 1);
    if (fault.picture)
        QCOMPARE(result.pictures.first().bytes, *fault.picture);
    const QRegularExpression phrase(fault.phrase);
    QVERIFY2(phrase.match(result.notes.join(QLatin1Char(' '))).hasMatch(), qPrintable(result.notes.join(QLatin1Char(' '))));
}

void TestServices::checkFailure(const Fault &fault, const Error &error)
{
    const QString said = failureClassName(error.failure) + QStringLiteral(": ") + error.message + QStringLiteral(" (") + error.detail + QLatin1Char(')');
    QVERIFY2(fault.failure, qPrintable(said));
    QVERIFY2(error.failure == *fault.failure, qPrintable(said));
    QVERIFY2(QRegularExpression(fault.phrase).match(error.message).hasMatch(), qPrintable(said));
    QVERIFY2(error.message.endsWith(QLatin1Char('.')), qPrintable(said));
    QVERIFY(!error.billed);
    QVERIFY(!said.contains(QString::fromLatin1(canaryKey())));
    if (fault.waitMs != -2) {
        QVERIFY2(std::abs(error.retryAfterMs - fault.waitMs) <= fault.waitSlackMs, qPrintable(QString::number(error.retryAfterMs)));
    }
}

void TestServices::matrix_isLargeEnough()
{
    if (m_cases == 0)
        QSKIP("single rows were asked for");
    QVERIFY2(m_cases >= 200, qPrintable(QString::number(m_cases)));
}

void TestServices::noFile_holdsTheKey()
{
    logMessage(LogLevel::Warning, QStringLiteral("the end of the fault test"));
    QCOMPARE(filesThatHold("the end of the fault test", m_home).size(), 1);
    QCOMPARE(filesThatHold(canaryKey(), m_home), QStringList());
}

QTEST_GUILESS_MAIN(TestServices)
#include "tst_services.moc"
