#include "core/settings/keysentences.h"

#include "core/settings/keystore.h"

#include <qt6keychain/keychain.h>

#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::KeyStore", text);
}

QString what(KeyAction action, const QString &name)
{
    switch (action) {
    case KeyAction::Read: return tr("The key for %1 cannot be read").arg(name);
    case KeyAction::Write: return tr("The key for %1 was not stored").arg(name);
    case KeyAction::Remove: return tr("The key for %1 was not removed").arg(name);
    }
    return {};
}

QString lockedWords()
{
    return tr("the keyring is locked. Unlock it, for example in \"Passwords and Keys\" (seahorse) or by signing in again, and try again");
}

QString timeoutWords(const KeychainOutcome &outcome, KeyAction action)
{
    if (!outcome.begun)
        return tr("the keychain has not finished an earlier request. Look for a window that asks for a password");
    if (action == KeyAction::Read)
        return tr("the keychain does not answer. Look for a window that asks for a password");
    return tr("the keychain does not answer. It may still do it: look for a window that asks for a password");
}

/// What keeps every request from getting anywhere; empty when that is not it.
QString sessionWords(SecretServiceState state)
{
    switch (state) {
    case SecretServiceState::NoBus: return tr("this session has no D-Bus, through which keychains are reached. Start Galley from a desktop session");
    case SecretServiceState::NoService:
        return tr("nothing in this session keeps keys (a Secret Service). Install and start gnome-keyring, or switch on the Secret Service in KeePassXC");
    case SecretServiceState::Silent: return tr("the keychain is there but does not answer. Restart it, or sign in again");
    case SecretServiceState::Locked: return lockedWords();
    case SecretServiceState::NoKeyring:
    case SecretServiceState::Unlocked: break;
    }
    return {};
}

QString reasonWords(const KeychainOutcome &outcome)
{
    switch (outcome.error) {
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied: return tr("the keychain denied it. Allow it when the keychain asks, or look there for a rule against Galley");
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented: return tr("there is no keychain that Galley knows. Install gnome-keyring or KWallet with libsecret");
    case QKeychain::NoError:
    case QKeychain::EntryNotFound: return tr("the keychain does not have it. Look whether it asked for a password and was dismissed, and try again");
    default: break;
    }
    return outcome.text.isEmpty() ? tr("the keychain failed without saying why. Try again") : tr("the keychain says: %1").arg(outcome.text.left(300));
}

} // namespace

bool KeychainOutcome::isMissing() const
{
    return !timedOut && error == QKeychain::EntryNotFound;
}

Error keychainError(KeyAction action, const QString &name, const KeychainOutcome &outcome, SecretServiceState state)
{
    const QString session = sessionWords(state);
    const QString words = !session.isEmpty() ? session : outcome.timedOut ? timeoutWords(outcome, action) : reasonWords(outcome);
    // Whoever has no keychain at all has one more way out.
    const QString instead = state == SecretServiceState::NoBus || state == SecretServiceState::NoService || action == KeyAction::Read
        ? tr(" Without a keychain, set %1 in the environment.").arg(KeyStore::environmentName(name))
        : QString();
    return {ErrorCode::Unavailable, tr("%1: %2.").arg(what(action, name), words) + instead, outcome.text};
}

QString missingHint(const QString &name, SecretServiceState state, const QString &storedOn)
{
    if (state == SecretServiceState::Locked)
        return tr("Whether there is a key for %1 cannot be told: %2.").arg(name, lockedWords());
    if (storedOn.isEmpty())
        return {};
    return tr("The key for %1 was stored on %2, but the keychain of this session does not have it. It was removed there, or this is another keychain. "
              "Enter the key again.")
        .arg(name, storedOn);
}

} // namespace Galley
