#include "core/base/digest.h"
#include "tests/core/service/routingrig.h"
#include "tests/support/scriptedserver.h"

#include <atomic>

using namespace Galley;

/// Rules from an address: a real server on loopback that answers as told.
class TestRouteAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void fetched_areInForceAndNumbered();
    void unchanged_isAskedWithItsTag();
    void change_isTaken();
    void trouble_keepsTheLastGood_data();
    void trouble_keepsTheLastGood();
    void restartWithoutServer_keepsTheLastGood();
    void plainHttpElsewhere_isRefused();
    void address_isNotEditable();
    void rolledBack_staysBackUntilOthersCome();
    void settingTakenOut_isTheFileAgain();

private:
    void serve(const QByteArray &text, int status = 200);
    int asked() const { return m_server->count("GET", "/rules"); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<HttpClient> m_client;
    std::unique_ptr<RoutingWindow> m_window;
};

void TestRouteAddress::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<ScriptedServer>();
    m_client = std::make_unique<HttpClient>();
    m_window = std::make_unique<RoutingWindow>(m_folder->path());
    m_window->client = m_client.get();
    m_window->url = m_server->url("/rules").toString();
    m_window->pollMs = 40;
    serve(rulesFor("simple"));
}

void TestRouteAddress::cleanup()
{
    m_window.reset();
    m_client.reset();
    m_server.reset();
}

void TestRouteAddress::serve(const QByteArray &text, int status)
{
    const QByteArray tag = '"' + sha256Hex(text).left(16).toLatin1() + '"';
    m_server->on("GET", "/rules", [text, tag, status](const ReceivedRequest &request, ScriptedConnection connection) {
        if (status == 200 && request.header("If-None-Match") == tag)
            connection.respond(304, {{"ETag", tag}}, {});
        else
            connection.respond(status, {{"ETag", tag}, {"Content-Type", "application/yaml"}}, text);
    });
}

void TestRouteAddress::fetched_areInForceAndNumbered()
{
    m_window->write(rulesFor("full"));  // not looked at
    m_window->open();
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QVERIFY(m_window->isNumbered(1));
    const auto revisions = waitFor(m_window->routing->history());
    QCOMPARE(revisions->first().author, QStringLiteral("127.0.0.1"));
    QCOMPARE(revisions->first().origin, m_window->url);
    QCOMPARE(m_window->onDisk(), rulesFor("full"));
}

void TestRouteAddress::unchanged_isAskedWithItsTag()
{
    m_window->open();
    QVERIFY(QTest::qWaitFor([&] { return asked() >= 4; }, 60'000));
    const QList<ReceivedRequest> requests = m_server->requests();
    QVERIFY(requests.first().header("If-None-Match").isEmpty());
    QCOMPARE(requests.last().header("If-None-Match"), QByteArray('"' + sha256Hex(rulesFor("simple")).left(16).toLatin1() + '"'));
    QVERIFY(m_window->routing->problem().isEmpty());
    QCOMPARE(waitFor(m_window->routing->history())->size(), 1);
}

void TestRouteAddress::change_isTaken()
{
    m_window->open();
    serve(rulesFor("ratio"));
    QVERIFY(m_window->comesInForce(rulesFor("ratio")) && m_window->isNumbered(2));
    QCOMPARE(m_window->modelFor(), QStringLiteral("ratio"));
}

void TestRouteAddress::trouble_keepsTheLastGood_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("said");
    QTest::newRow("not found") << QByteArray("gone") << 404 << QStringLiteral("404");
    QTest::newRow("server error") << QByteArray() << 500 << QStringLiteral("500");
    QTest::newRow("a page") << QByteArray("<html><body>Please log in</body></html>") << 200 << QStringLiteral("last good");
    QTest::newRow("unknown model") << QByteArray("routes:\n  - {match: \"intent:.\", model: nowhere}\n") << 200 << QStringLiteral("nowhere");
    QTest::newRow("too large") << QByteArray("# ").append(QByteArray(700 * 1024, 'x')) << 200 << QStringLiteral("last good");
    QTest::newRow("broken off") << QByteArray("routes: [{") << 200 << QStringLiteral("last good");
}

void TestRouteAddress::trouble_keepsTheLastGood()
{
    QFETCH(const QByteArray, body);
    QFETCH(const int, status);
    QFETCH(const QString, said);
    m_window->open();
    serve(body, status);
    QVERIFY(QTest::qWaitFor([&] { return !m_window->routing->problem().isEmpty(); }, 60'000));
    QVERIFY2(m_window->routing->problem().contains(said), qPrintable(m_window->routing->problem()));
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QCOMPARE(m_window->routing->revision(), 1);
    serve(rulesFor("ratio"));
    QVERIFY(m_window->comesInForce(rulesFor("ratio")));
    QVERIFY(QTest::qWaitFor([&] { return m_window->routing->problem().isEmpty(); }, 60'000));
}

void TestRouteAddress::restartWithoutServer_keepsTheLastGood()
{
    m_window->open();
    QVERIFY(m_window->isNumbered(1));
    m_window->routing.reset();
    m_server.reset();
    m_window->open(false);
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QCOMPARE(m_window->routing->revision(), 1);
    m_window->start();
    QVERIFY(m_window->routing->problem().contains(QLatin1String("last good")));
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
}

void TestRouteAddress::plainHttpElsewhere_isRefused()
{
    m_window->url = QStringLiteral("http://rules.example/routes.yaml");
    m_window->open();
    QVERIFY(!m_window->routing->problem().isEmpty());
    QCOMPARE(m_client->requestsSent(), 0);
    QCOMPARE(m_window->routing->revision(), 0);
}

void TestRouteAddress::address_isNotEditable()
{
    m_window->open();
    QVERIFY(!m_window->routing->isEditable());
    QCOMPARE(m_window->routing->file(), m_window->url);
    const auto refused = waitFor(m_window->routing->apply(rulesFor("ratio"), {}, 1));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Refused);
    QVERIFY(m_window->onDisk().isEmpty());
}

void TestRouteAddress::rolledBack_staysBackUntilOthersCome()
{
    m_window->open();
    serve(rulesFor("ratio"));
    QVERIFY(m_window->comesInForce(rulesFor("ratio")) && m_window->isNumbered(2));
    QVERIFY(waitFor(m_window->routing->rollBack()));
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    const int before = asked();
    QVERIFY(QTest::qWaitFor([&] { return asked() >= before + 3; }, 60'000));
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    // Also when it is sent anew, and after a restart.
    m_window->routing.reset();
    m_window->open();
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    QVERIFY(m_window->routing->problem().contains(QLatin1String("rolled back")));
    QVERIFY(m_window->onDisk().isEmpty());
    serve(rulesFor("full"));
    QVERIFY(m_window->comesInForce(rulesFor("full")));
}

void TestRouteAddress::settingTakenOut_isTheFileAgain()
{
    m_window->write(rulesFor("full"));
    m_window->open();
    QCOMPARE(m_window->modelFor(), QStringLiteral("simple"));
    m_window->url.clear();
    m_window->routing->settingsChanged();
    QCOMPARE(m_window->modelFor(), QStringLiteral("full"));
    QVERIFY(m_window->routing->isEditable());
    const int before = asked();
    QTest::qWait(200);
    QCOMPARE(asked(), before);
}

QTEST_GUILESS_MAIN(TestRouteAddress)
#include "tst_routeaddress.moc"
