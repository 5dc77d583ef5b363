#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <memory>

namespace Galley {

/// Keys in the keychain of the operating system (Secret Service on Linux) through QtKeychain; nowhere else. For headless use the environment
/// variable GALLEY_KEY_<NAME> (upper case, everything but letters and digits as "_") comes first. There is no plain-text fallback.
///
/// Never blocks: answers come when the keychain has answered (it may ask the user to unlock it); after \c timeoutMs a sentence says that it does not.
/// Lives on one thread with an event loop.
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
    QFuture<Result<void>> write(const QString &name, const Secret &secret);
    QFuture<Result<void>> remove(const QString &name);

    static QString environmentName(const QString &name);  ///< "GALLEY_KEY_STUDIO"

    int timeoutMs = 60'000;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
