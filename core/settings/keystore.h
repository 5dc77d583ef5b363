#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <memory>

class QSettings;

namespace Galley {

/// Keys in the keychain of the operating system (Secret Service on Linux) through QtKeychain; nowhere else. For headless use the environment
/// variable GALLEY_KEY_<NAME> (upper case, everything but letters and digits as "_") comes first. There is no plain-text fallback.
///
/// Never blocks: answers come when the keychain has answered (it may ask the user to unlock it); after \c timeoutMs a sentence says that it does not.
/// Requests reach the keychain one after the other, and reads of one name that wait at the same time are one of them. On Linux libsecret needs GLib's
/// main loop, which Qt's event loop is (unless QT_NO_GLIB is set; then nothing ever answers, and the timeout says so).
/// Lives on one thread with an event loop; what is unanswered when it dies finishes as Cancelled.
class KeyStore : public QObject
{
    Q_OBJECT

public:
    enum class Source { None, Keychain, Environment };

    struct Found
    {
        Secret secret;
        Source source = Source::None;  ///< None: there is no such key (or, with a locked Secret Service, none that may be read: \c hint says so)
        QString hint;
    };

    explicit KeyStore(const QString &service = QStringLiteral("galley"), QObject *parent = nullptr);
    ~KeyStore() override;

    QFuture<Result<Found>> read(const QString &name);
    /// Spaces and line ends around the key are left out. The key is read back before this succeeds.
    QFuture<Result<void>> write(const QString &name, const Secret &secret);
    /// Succeeds when there is no such key.
    QFuture<Result<void>> remove(const QString &name);

    int requests() const;  ///< put to the keychain since the start (tests)

    static QString environmentName(const QString &name);  ///< "GALLEY_KEY_STUDIO"

    int timeoutMs = 60'000;
    /// Where it is remembered which names were stored, and when, so that a key that is missing because the session has another keychain now can be told
    /// from one that never was. Never a key. Null: not remembered. Not owned.
    QSettings *memory = nullptr;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
