#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/settings/secretservice.h"

#include <QString>

namespace Galley {

enum class KeyAction { Read, Write, Remove };

/// What came of one request to the keychain.
struct KeychainOutcome
{
    int error = 0;          ///< QKeychain::Error
    QString text;           ///< the keychain's own words; never a key
    Secret secret;          ///< of a read
    bool timedOut = false;
    bool begun = true;      ///< with timedOut: the keychain has the request and may still carry it out

    bool isFine() const { return error == 0 && !timedOut; }
    bool isMissing() const;
};

/// The sentence with the remedy for a request that failed. Pure.
Error keychainError(KeyAction action, const QString &name, const KeychainOutcome &outcome, SecretServiceState state);

/// Why there may be no key: it cannot be told, or it was stored (on \a storedOn) where this session does not look. Empty when there simply is none. Pure.
QString missingHint(const QString &name, SecretServiceState state, const QString &storedOn);

} // namespace Galley
