#pragma once

#include "tests/support/fakehosted.h"
#include "tests/support/remoterig.h"
#include "tests/support/testpicture.h"

#include <QTest>

#include <functional>
#include <memory>

// What the tests of the hosted formats ask alike.
namespace Galley {

inline BackendEntry hostedBackend(const QString &kind, const ScriptedServer &server)
{
    BackendEntry backend;
    backend.id = kind;
    backend.label = QStringLiteral("The service");
    backend.kind = kind;
    backend.url = server.url("/");
    backend.key = kind;
    backend.options = {{"poll_ms", 2}};
    return backend;
}

inline EngineRequest hostedRequest(const QString &backend, const QString &upstream)
{
    EngineRequest request;
    request.model = QStringLiteral("the-model");
    request.backend = backend;
    request.upstream = upstream;
    request.prompt = QStringLiteral("sign that says “OPEN”");
    request.dialect = Dialect::Prose;
    request.ratio = QStringLiteral("16x9");
    request.seed = 7;
    request.steps = 0;
    request.rgba = false;
    return request;
}

inline ReferencePicture hostedStart()
{
    ReferencePicture start;
    start.png = testPicture({64, 48}, Qt::cyan);
    start.size = {64, 48};
    return start;
}

/// What a row changes in a request.
using Change = std::function<void(EngineRequest &)>;

/// A test of one service's format: its fake on a server of its own, and an engine with the right key. A test's own init() and cleanup() call these.
template<typename Fake>
class HostedTest : public QObject
{
protected:
    void setUp(const QString &kind)
    {
        server = std::make_unique<ScriptedServer>();
        fake = std::make_unique<Fake>(*server);
        rig = std::make_unique<RemoteRig>(hostedBackend(kind, *server), FakeHosted::rightKey);
        rig->engine.backOffMs = 1;
    }
    void tearDown()
    {
        QCOMPARE(fake->keysLeaked(), 0);
        rig.reset();
        server.reset();
        fake.reset();
    }

    std::unique_ptr<ScriptedServer> server;
    std::unique_ptr<Fake> fake;
    std::unique_ptr<RemoteRig> rig;
};

/// "name=value" of each part; files as "name=<file name, type>", JSON parts as "name=<type> value".
inline QStringList partWords(const ReceivedRequest &request)
{
    QStringList words;
    for (const ReceivedPart &part : partsOf(request)) {
        const QString name = QString::fromUtf8(part.name + '=');
        if (!part.fileName.isEmpty())
            words.append(name + QString::fromUtf8('<' + part.fileName + ", " + part.type + '>'));
        else if (!part.type.isEmpty())
            words.append(name + QString::fromUtf8('<' + part.type + "> " + part.content));
        else
            words.append(name + QString::fromUtf8(part.content));
    }
    return words;
}

inline void addFailureColumns()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("failure");
    QTest::addColumn<QString>("words");
    QTest::addColumn<qint64>("wait");
}

inline void addFailure(const char *name, int status, const QByteArray &body, const char *failure, const char *words, qint64 wait = -1,
                       const QByteArray &header = {})
{
    QTest::newRow(name) << status << body << header << QString::fromLatin1(failure) << QString::fromUtf8(words) << wait;
}

/// The failures that every service and every proxy before it can answer with.
inline void addCommonFailures()
{
    addFailureColumns();
    addFailure("html of a proxy", 502, "<html><head><title>Bad Gateway</title></head><body>nginx</body></html>", "ambiguous", "Bad Gateway");
    addFailure("nothing at all", 500, "", "ambiguous", "may have been carried out");
    addFailure("gateway timeout", 504, "upstream timed out", "ambiguous", "upstream timed out");
    addFailure("request timeout", 408, "{}", "ambiguous", "may have been carried out");
    addFailure("unavailable without a wait", 503, "{}", "ambiguous", "may have been carried out");
    addFailure("unavailable with a wait", 503, "{}", "busy", "asked again later", 7000, "Retry-After: 7");
    addFailure("redirect", 302, "", "rejected", "another address", -1, "Location: https://elsewhere.example/");
    addFailure("too large", 413, "{}", "rejected", "too large");
    addFailure("deep json", 400, QByteArray(10'000, '['), "rejected", "rejected the request");
}

/// Gives the order the answer of the data row and checks everything that follows from it.
inline void checkFailure(FakeHosted &fake, RemoteRig &rig, const EngineRequest &request)
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, header);
    QFETCH(QString, failure);
    QFETCH(QString, words);
    QFETCH(qint64, wait);
    ToldAnswer told{status, body};
    if (const qsizetype colon = header.indexOf(':'); colon > 0)
        told.headers.append({header.left(colon), header.mid(colon + 1).trimmed()});
    fake.answerOrder(told);

    const auto outcome = rig.render(request);

    QVERIFY(!outcome);
    const Error &error = outcome.error();
    QCOMPARE(failureClassName(error.failure), failure);
    QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QVERIFY2(error.message.endsWith(QLatin1Char('.')), qPrintable(error.message));
    QVERIFY2(error.message.startsWith(QLatin1String("The ")), qPrintable(error.message));
    QCOMPARE(error.retryAfterMs, wait);
    QCOMPARE(error.httpStatus, status);
    QVERIFY(!error.billed);
    QVERIFY(!error.message.contains(QLatin1String(FakeHosted::rightKey)) && !error.detail.contains(QLatin1String(FakeHosted::rightKey)));
    QCOMPARE(fake.orders(), 1);
    QCOMPARE(fake.polls(), 0);
    QCOMPARE(fake.pictures(), 0);
}

/// Answers that cannot be used although their status is 200: what the service was paid for may be there.
inline void checkStrangeAnswer(FakeHosted &fake, RemoteRig &rig, const EngineRequest &request, const ToldAnswer &answer)
{
    fake.answerOrder(answer);
    const auto outcome = rig.render(request);
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QVERIFY2(outcome.error().message.endsWith(QLatin1Char('.')), qPrintable(outcome.error().message));
    QCOMPARE(fake.orders(), 1);
}

/// The connection breaks after the order has arrived: nobody knows whether it was carried out, and it is not repeated.
inline void checkLostOrder(FakeHosted &fake, RemoteRig &rig, const EngineRequest &request)
{
    fake.dropAt(FakeHold::Order, 1);
    const auto outcome = rig.render(request);
    QVERIFY(!outcome);
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("ambiguous"));
    QCOMPARE(fake.orders(), 1);
    QCOMPARE(rig.answers, 0);  // it may still be at work
    QCOMPARE(fake.polls() + fake.pictures(), 0);
}

/// Where only reading is repeated, two broken connections cost nothing, and five are the end of patience.
inline void checkLostReading(FakeHosted &fake, RemoteRig &rig, const EngineRequest &request, FakeHold where)
{
    fake.dropAt(where, 2);
    const auto outcome = rig.render(request);
    QVERIFY2(outcome, qPrintable(outcome ? QString() : outcome.error().message));
    QCOMPARE(fake.orders(), 1);
    QCOMPARE(fake.pictures(), where == FakeHold::Picture ? 3 : 1);

    fake.dropAt(where, 1000);
    const auto lost = rig.render(request);
    QVERIFY(!lost);
    QCOMPARE(failureClassName(lost.error().failure), QStringLiteral("ambiguous"));
    QVERIFY2(lost.error().message.contains(QLatin1String("had accepted the request")), qPrintable(lost.error().message));
    QCOMPARE(fake.orders(), 2);
}

/// Cancels while the service is silent at \a hold: the socket closes, and nothing is sent afterwards.
inline void checkCancel(ScriptedServer &server, FakeHosted &fake, RemoteRig &rig, const EngineRequest &request, FakeHold hold)
{
    fake.holdAt(hold);
    std::stop_source stop;
    const auto future = rig.start(request, stop.get_token());
    const auto isThere = [&] { return hold == FakeHold::Order ? fake.orders() > 0 : hold == FakeHold::Poll ? fake.polls() > 0 : fake.pictures() > 0; };
    QVERIFY(QTest::qWaitFor(isThere, 30'000));

    stop.request_stop();

    const auto outcome = RemoteRig::wait(future);
    QVERIFY(!outcome);
    QCOMPARE(errorCodeName(outcome.error().code), QStringLiteral("cancelled"));
    QTRY_COMPARE_WITH_TIMEOUT(server.openConnections(), 0, 30'000);
    const auto sent = server.requests().size();
    QTest::qWait(60);  // many times the pause between polls
    QCOMPARE(server.requests().size(), sent);
    QCOMPARE(fake.orders(), 1);
}

inline void checkNotSent(ScriptedServer &server, RemoteRig &rig, const EngineRequest &request)
{
    std::stop_source stop;
    stop.request_stop();
    const auto outcome = RemoteRig::wait(rig.start(request, stop.get_token()));
    QVERIFY(!outcome);
    QCOMPARE(errorCodeName(outcome.error().code), QStringLiteral("cancelled"));
    QCOMPARE(failureClassName(outcome.error().failure), QStringLiteral("not_sent"));
    QCOMPARE(server.connections(), 0);
}

} // namespace Galley

Q_DECLARE_METATYPE(Galley::Change)
Q_DECLARE_METATYPE(Galley::FakeHold)
