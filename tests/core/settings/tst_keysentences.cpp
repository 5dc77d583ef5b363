#include "core/settings/keysentences.h"

#include <qt6keychain/keychain.h>

#include <QTest>

using namespace Galley;

/// What people are told when the keychain does not do what it should: also what no keychain can be made to answer in a test.
class TestKeySentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void failure_namesCauseAndRemedy_data();
    void failure_namesCauseAndRemedy();
    void missingKey_isExplained();
};

void TestKeySentences::failure_namesCauseAndRemedy_data()
{
    QTest::addColumn<KeyAction>("action");
    QTest::addColumn<KeychainOutcome>("outcome");
    QTest::addColumn<SecretServiceState>("state");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("namesVariable");
    using State = SecretServiceState;
    const auto failed = [](int error, const char *text = "") { return KeychainOutcome{.error = error, .text = QString::fromLatin1(text), .secret = {}}; };
    const KeychainOutcome late{.text = {}, .secret = {}, .timedOut = true};
    const KeychainOutcome waiting{.text = {}, .secret = {}, .timedOut = true, .begun = false};
    const auto row = [](const char *name, KeyAction action, const KeychainOutcome &outcome, State state, const char *words, bool namesVariable) {
        QTest::newRow(name) << action << outcome << state << QString::fromLatin1(words) << namesVariable;
    };
    row("denied by the user", KeyAction::Read, failed(QKeychain::AccessDeniedByUser), State::Unlocked, "denied", true);
    row("denied by a rule", KeyAction::Write, failed(QKeychain::AccessDenied), State::Unlocked, "denied", false);
    row("denied because it is locked", KeyAction::Read, failed(QKeychain::AccessDenied), State::Locked, "locked", true);
    row("locked", KeyAction::Write, failed(QKeychain::OtherError, "Cannot create an item in a locked collection"), State::Locked, "Unlock it", false);
    row("locked, removal", KeyAction::Remove, failed(QKeychain::NoError), State::Locked, "was not removed", false);
    row("no session", KeyAction::Read, failed(QKeychain::OtherError, "Could not connect"), State::NoBus, "desktop session", true);
    row("no session, writing", KeyAction::Write, failed(QKeychain::OtherError), State::NoBus, "desktop session", true);
    row("no service", KeyAction::Write, failed(QKeychain::OtherError), State::NoService, "gnome-keyring", true);
    row("no library", KeyAction::Write, failed(QKeychain::NoBackendAvailable), State::Unlocked, "libsecret", false);
    row("silent", KeyAction::Read, late, State::Silent, "Restart it", true);
    row("late", KeyAction::Read, late, State::Unlocked, "asks for a password", true);
    row("late, writing", KeyAction::Write, late, State::Unlocked, "may still do it", false);
    row("behind a late one", KeyAction::Write, waiting, State::Unlocked, "earlier request", false);
    row("prompt dismissed", KeyAction::Write, failed(QKeychain::EntryNotFound), State::NoKeyring, "dismissed", false);
    row("something else", KeyAction::Read, failed(QKeychain::OtherError, "The disk is full"), State::Unlocked, "The disk is full", true);
    row("something unsaid", KeyAction::Read, failed(QKeychain::OtherError), State::Unlocked, "without saying why", true);
}

void TestKeySentences::failure_namesCauseAndRemedy()
{
    QFETCH(KeyAction, action);
    QFETCH(KeychainOutcome, outcome);
    QFETCH(SecretServiceState, state);
    QFETCH(QString, words);
    QFETCH(bool, namesVariable);
    const Error error = keychainError(action, QStringLiteral("studio"), outcome, state);
    QCOMPARE(error.code, ErrorCode::Unavailable);
    QVERIFY2(error.message.startsWith(QLatin1String("The key for studio ")), qPrintable(error.message));
    QVERIFY2(error.message.endsWith(QLatin1Char('.')), qPrintable(error.message));
    QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QCOMPARE(error.message.contains(QLatin1String("GALLEY_KEY_STUDIO")), namesVariable);
}

void TestKeySentences::missingKey_isExplained()
{
    const QString name = QStringLiteral("studio");
    QCOMPARE(missingHint(name, SecretServiceState::Unlocked, {}), QString());
    QCOMPARE(missingHint(name, SecretServiceState::NoKeyring, {}), QString());
    QVERIFY(missingHint(name, SecretServiceState::Locked, {}).contains(QLatin1String("cannot be told")));
    QVERIFY(missingHint(name, SecretServiceState::Locked, QStringLiteral("2026-11-25")).contains(QLatin1String("locked")));
    QVERIFY(missingHint(name, SecretServiceState::Unlocked, QStringLiteral("2026-11-25")).contains(QLatin1String("2026-11-25")));
}

QTEST_GUILESS_MAIN(TestKeySentences)
#include "tst_keysentences.moc"
