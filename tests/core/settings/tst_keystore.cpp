#include "core/base/json.h"
#include "core/settings/keystore.h"
#include "tests/core/settings/keyprobe.h"
#include "tests/core/settings/privatesession.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QSettings>
#include <QTest>

#include <cstring>

using namespace Galley;

namespace {

const QByteArray canary = "sk-canary-5a1c7e0fd2b94c63";

/// The store in a process of its own, inside a session.
class Probe
{
public:
    explicit Probe(const PrivateSession &session, const QProcessEnvironment &more = {})
    {
        QProcessEnvironment environment = session.environment();
        environment.insert(more);
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--probe")});
        m_process.waitForStarted();
    }
    ~Probe() { end(); }

    Json ask(const QByteArray &command)
    {
        m_process.write(command + '\n');
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(60'000))
                return {{"ok", false}, {"error", "the process ended or does not answer"}};
        }
        const auto answer = parseJson(m_process.readLine(), QStringLiteral("answer"));
        const Json json = answer ? *answer : Json::object();
        if (json.contains("turn"))
            qInfo("%s: longest turn %lld ms", command.split(' ').first().constData(), json["turn"].get<qint64>());
        return json;
    }

    int end()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
        return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
    }

private:
    QProcess m_process;
};

std::string digestOf(const QByteArray &key)
{
    return QCryptographicHash::hash(key, QCryptographicHash::Sha256).toHex().toStdString();
}

QString text(const Json &json, const char *name)
{
    return json.contains(name) ? toQString(json[name]) : QString();
}

bool isOk(const Json &json)
{
    return json.value("ok", false);
}

/// Files below \a folder that hold \a bytes, also in base64.
QStringList filesWith(const QByteArray &bytes, const QString &folder)
{
    QStringList found;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray content = file.readAll();
        if (content.contains(bytes) || content.contains(bytes.toBase64().left(20)))
            found.append(file.fileName());
    }
    return found;
}

int filesIn(const QString &folder)
{
    int count = 0;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    for (; it.hasNext(); it.next())
        ++count;
    return count;
}

} // namespace

/// Keys in a real gnome-keyring, in a D-Bus session of the test's own.
class TestKeyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void environmentName_isUpperCase_data();
    void environmentName_isUpperCase();
    void key_isStoredReplacedAndRemoved();
    void key_outlivesTheProcess();
    void key_isInNoFileInPlainText();
    void environment_winsOverTheKeychain();
    void readsOfOneName_areOne();
    void readAfterWrite_seesTheNewKey();
    void strangeKeys_areRefused_data();
    void strangeKeys_areRefused();
    void lockedKeyring_isTold();
    void noKeyring_isTold();
    void noBus_isTold();
    void silentKeyring_isTold();
    void lostBus_isTold();
    void lostKey_isTold();
    void dyingStore_finishesItsRequests();
};

void TestKeyStore::environmentName_isUpperCase_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("variable");
    QTest::newRow("word") << QStringLiteral("studio") << QStringLiteral("GALLEY_KEY_STUDIO");
    QTest::newRow("with a dash") << QStringLiteral("my-studio.2") << QStringLiteral("GALLEY_KEY_MY_STUDIO_2");
    QTest::newRow("umlaut") << QStringLiteral("büro") << QStringLiteral("GALLEY_KEY_B_RO");
}

void TestKeyStore::environmentName_isUpperCase()
{
    QFETCH(QString, name);
    QFETCH(QString, variable);
    QCOMPARE(KeyStore::environmentName(name), variable);
}

void TestKeyStore::key_isStoredReplacedAndRemoved()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    Probe probe(session);
    const Json nothing = probe.ask("read openai");
    QVERIFY(isOk(nothing));
    QCOMPARE(text(nothing, "source"), QStringLiteral("none"));
    QCOMPARE(text(nothing, "hint"), QString());

    QVERIFY(isOk(probe.ask("write openai " + canary)));
    Json found = probe.ask("read openai");
    QCOMPARE(text(found, "source"), QStringLiteral("keychain"));
    QCOMPARE(text(found, "secret").toStdString(), digestOf(canary));
    QCOMPARE(text(probe.ask("read bfl"), "source"), QStringLiteral("none"));

    QVERIFY(isOk(probe.ask("write openai \t another key \r")));
    found = probe.ask("read openai");
    QCOMPARE(text(found, "secret").toStdString(), digestOf("another key"));

    QVERIFY(isOk(probe.ask("remove openai")));
    QCOMPARE(text(probe.ask("read openai"), "source"), QStringLiteral("none"));
    QVERIFY(isOk(probe.ask("remove openai")));
    QCOMPARE(probe.end(), 0);
}

void TestKeyStore::key_outlivesTheProcess()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    QVERIFY(isOk(Probe(session).ask("write openai " + canary)));
    QCOMPARE(text(Probe(session).ask("read openai"), "secret").toStdString(), digestOf(canary));
    session.stopKeyring();
    QVERIFY(session.startKeyring());
    QCOMPARE(text(Probe(session).ask("read openai"), "secret").toStdString(), digestOf(canary));
}

void TestKeyStore::key_isInNoFileInPlainText()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    Probe probe(session);
    QVERIFY(isOk(probe.ask("memory " + session.home().toUtf8() + "/galley.conf")));
    QVERIFY(isOk(probe.ask("write openai " + canary)));
    session.stopKeyring(); // whatever it still had to write is not written
    QVERIFY(session.startKeyring());
    QCOMPARE(text(Probe(session).ask("read openai"), "secret").toStdString(), digestOf(canary));
    QVERIFY(filesIn(session.home()) >= 3); // bus.conf, galley.conf and the keyring
    QCOMPARE(filesWith("openai", session.home() + QStringLiteral("/galley.conf")), QStringList());
    QCOMPARE(filesWith(canary, session.home()), QStringList());
    QVERIFY(QFile::exists(session.home() + QStringLiteral("/data/keyrings/login.keyring")));
}

void TestKeyStore::environment_winsOverTheKeychain()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    QVERIFY(isOk(Probe(session).ask("write openai " + canary)));
    QProcessEnvironment more;
    more.insert(QStringLiteral("GALLEY_KEY_OPENAI"), QStringLiteral(" from the environment\n"));
    more.insert(QStringLiteral("GALLEY_KEY_BFL"), QStringLiteral("  "));
    more.insert(QStringLiteral("GALLEY_KEY_GEMINI"), QStringLiteral("two\nlines"));
    Probe probe(session, more);
    const Json found = probe.ask("read openai");
    QCOMPARE(text(found, "source"), QStringLiteral("environment"));
    QCOMPARE(text(found, "secret").toStdString(), digestOf("from the environment"));
    QCOMPARE(text(probe.ask("read bfl"), "source"), QStringLiteral("none"));
    QVERIFY(text(probe.ask("read gemini"), "error").contains(QLatin1String("GALLEY_KEY_GEMINI")));
}

void TestKeyStore::readsOfOneName_areOne()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    Probe probe(session);
    QVERIFY(isOk(probe.ask("write openai " + canary)));
    const Json found = probe.ask("readmany openai 20");
    QCOMPARE(text(found, "secret").toStdString(), digestOf(canary));
    QVERIFY(found.value("same", false));
    QCOMPARE(found.value("requests", 0), 1);
}

void TestKeyStore::readAfterWrite_seesTheNewKey()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    Probe probe(session);
    QVERIFY(isOk(probe.ask("write openai old")));
    const Json found = probe.ask("readwriteread openai " + canary);
    QVERIFY(found.contains("before") && found.contains("written"));
    QCOMPARE(text(found["before"], "secret").toStdString(), digestOf("old"));
    QVERIFY(isOk(found["written"]));
    QCOMPARE(text(found, "secret").toStdString(), digestOf(canary));
}

void TestKeyStore::strangeKeys_areRefused_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QString>("code");
    QTest::newRow("empty") << QByteArray("openai") << QByteArray() << QStringLiteral("invalid_input");
    QTest::newRow("spaces") << QByteArray("openai") << QByteArray(" \t ") << QStringLiteral("invalid_input");
    QTest::newRow("a line break inside") << QByteArray("openai") << QByteArray("one\rtwo") << QStringLiteral("invalid_input");
    QTest::newRow("invalid UTF-8") << QByteArray("openai") << QByteArray("a\xff\xfe" "b") << QStringLiteral("invalid_input");
    QTest::newRow("no key at all") << QByteArray("openai") << QByteArray(5000, 'x') << QStringLiteral("too_large");
    QTest::newRow("no name") << QByteArray() << QByteArray("key") << QStringLiteral("invalid_input");
    QTest::newRow("endless name") << QByteArray(100, 'n') << QByteArray("key") << QStringLiteral("invalid_input");
}

void TestKeyStore::strangeKeys_areRefused()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, key);
    QFETCH(QString, code);
    PrivateSession nowhere; // nothing is asked
    Probe probe(nowhere);
    const Json refused = probe.ask("write " + name + ' ' + key);
    QVERIFY(!isOk(refused));
    QCOMPARE(text(refused, "code"), code);
    QVERIFY(key.trimmed().isEmpty() || !text(refused, "error").contains(QString::fromLatin1(key.left(5))) || key == "key");
}

void TestKeyStore::lockedKeyring_isTold()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    Probe probe(session);
    QVERIFY(isOk(probe.ask("timeout 15000")));
    QVERIFY(isOk(probe.ask("write openai " + canary)));
    QVERIFY(session.lockKeyring());
    // The keychain says "not found"; that is not what people are told.
    const Json found = probe.ask("read openai");
    QVERIFY(isOk(found));
    QCOMPARE(text(found, "source"), QStringLiteral("none"));
    QVERIFY2(text(found, "hint").contains(QLatin1String("locked")), qPrintable(text(found, "hint")));
    for (const QByteArray &command : {QByteArray("write openai new"), QByteArray("remove openai")}) {
        const Json refused = probe.ask(command);
        QVERIFY(!isOk(refused));
        QVERIFY2(text(refused, "error").contains(QLatin1String("locked")), qPrintable(text(refused, "error")));
    }
    // Nothing was removed or replaced meanwhile.
    session.stopKeyring();
    QVERIFY(session.startKeyring());
    QCOMPARE(text(Probe(session).ask("read openai"), "secret").toStdString(), digestOf(canary));
}

void TestKeyStore::noKeyring_isTold()
{
    PrivateSession session;
    QVERIFY(session.startBus());
    Probe probe(session);
    for (const QByteArray &command : {QByteArray("read openai"), QByteArray("write openai " + canary), QByteArray("remove openai")}) {
        const Json refused = probe.ask(command);
        QVERIFY(!isOk(refused));
        QCOMPARE(text(refused, "code"), QStringLiteral("unavailable"));
        QVERIFY2(text(refused, "error").contains(QLatin1String("Secret Service")), qPrintable(text(refused, "error")));
        QVERIFY2(text(refused, "error").contains(QLatin1String("GALLEY_KEY_OPENAI")), qPrintable(text(refused, "error")));
    }
    // It may be started later.
    QVERIFY(session.startKeyring());
    QVERIFY(isOk(probe.ask("write openai " + canary)));
    QCOMPARE(text(probe.ask("read openai"), "secret").toStdString(), digestOf(canary));
}

void TestKeyStore::noBus_isTold()
{
    PrivateSession session;
    Probe probe(session);
    for (const QByteArray &command : {QByteArray("read openai"), QByteArray("write openai " + canary), QByteArray("remove openai")}) {
        const Json refused = probe.ask(command);
        QVERIFY(!isOk(refused));
        QVERIFY2(text(refused, "error").contains(QLatin1String("no D-Bus")), qPrintable(text(refused, "error")));
    }
    QCOMPARE(filesWith(canary, session.home()), QStringList());
}

void TestKeyStore::silentKeyring_isTold()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startSilentService());
    Probe probe(session);
    QVERIFY(isOk(probe.ask("timeout 1500")));
    for (const QByteArray &command : {QByteArray("read openai"), QByteArray("write openai " + canary)}) {
        const Json refused = probe.ask(command);
        QVERIFY(!isOk(refused));
        QVERIFY2(text(refused, "error").contains(QLatin1String("does not answer")), qPrintable(text(refused, "error")));
        QVERIFY(refused["turn"].get<qint64>() < 1000); // the loop was free all the while
    }
}

void TestKeyStore::lostBus_isTold()
{
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    Probe probe(session);
    QVERIFY(isOk(probe.ask("timeout 5000")));
    QVERIFY(isOk(probe.ask("write openai " + canary)));
    session.stopKeyring();
    session.stopBus();
    const Json refused = probe.ask("read openai");
    QVERIFY(!isOk(refused));
    QVERIFY2(text(refused, "error").contains(QLatin1String("D-Bus")), qPrintable(text(refused, "error")));
    QCOMPARE(probe.end(), 0);
}

void TestKeyStore::lostKey_isTold()
{
    // The same settings, but another session with another keyring.
    const QTemporaryDir folder;
    const QByteArray memory = "memory " + folder.filePath(QStringLiteral("galley.conf")).toUtf8();
    {
        PrivateSession session;
        QVERIFY(session.startBus() && session.startKeyring());
        Probe probe(session);
        QVERIFY(isOk(probe.ask(memory)));
        QVERIFY(isOk(probe.ask("write openai " + canary)));
        QVERIFY(isOk(probe.ask("write bfl " + canary)));
        QVERIFY(isOk(probe.ask("remove bfl")));
    }
    PrivateSession session;
    QVERIFY(session.startBus() && session.startKeyring());
    Probe probe(session);
    QVERIFY(isOk(probe.ask(memory)));
    const QString hint = text(probe.ask("read openai"), "hint");
    QVERIFY2(hint.contains(QLatin1String("another keychain")), qPrintable(hint));
    QCOMPARE(text(probe.ask("read bfl"), "hint"), QString());
    QCOMPARE(text(probe.ask("read gemini"), "hint"), QString());
    QCOMPARE(filesWith(canary, folder.path()), QStringList());
}

void TestKeyStore::dyingStore_finishesItsRequests()
{
    QFuture<Result<KeyStore::Found>> read;
    QFuture<Result<void>> written;
    {
        KeyStore store;
        read = store.read(QStringLiteral("nobody"));
        written = store.write(QStringLiteral("nobody"), Secret("key"));
    }
    QVERIFY(read.isFinished() && written.isFinished());
    QCOMPARE(read.result().error().code, ErrorCode::Cancelled);
    QCOMPARE(written.result().error().code, ErrorCode::Cancelled);
}

int main(int argc, char **argv)
{
    if (argc > 1 && std::strcmp(argv[1], "--probe") == 0)
        return runKeyProbe(argc, argv);
    // Nothing of the machine's own session must be reached, not even by mistake.
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
    QCoreApplication app(argc, argv);
    TestKeyStore test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_keystore.moc"
