#pragma once

#include "core/base/secret.h"
#include "core/service/finalservice.h"
#include "core/settings/keystore.h"

#include <QFuture>
#include <QHash>
#include <QObject>

namespace Galley {

/// Which backends have a key, as far as the keychain has been asked: a keychain may put a window on the screen, so it is asked for one key at a
/// time, when a key is needed or a page shows it. Knows keys only for the moment of a call. Lives on one thread with an event loop.
class BackendKeys : public QObject
{
    Q_OBJECT

public:
    struct State
    {
        BackendStatus::Key key = BackendStatus::Key::Missing;
        QString sentence;    ///< what the keychain said
        bool known = false;  ///< false: nobody has asked yet

        bool operator==(const State &) const = default;
    };

    /// Does not own \a store, which must outlive it.
    explicit BackendKeys(KeyStore *store, QObject *parent = nullptr);

    static bool needsKey(const BackendEntry &backend);

    State state(const BackendEntry &backend) const;
    /// Known to have no usable key.
    bool isMissing(const BackendEntry &backend) const;

    /// The key for one call; an empty one when there is none. Keeps the state up to date.
    QFuture<Result<Secret>> read(const BackendEntry &backend);
    /// Asks for the keys of \a backends, one after the other, that nobody has asked for yet.
    void lookUp(const QList<BackendEntry> &backends);
    /// Asks once more for the keys of \a backends that are not there: the keychain may have been unlocked meanwhile. One after the other, the first
    /// one first; stops at a key that the keychain refuses to hand out, so that a person who dismisses its window sees it once. The sentence is about
    /// the first.
    QFuture<Result<QString>> askAgain(const QList<BackendEntry> &backends);

    QFuture<Result<QString>> set(const BackendEntry &backend, const Secret &key);
    QFuture<Result<QString>> remove(const BackendEntry &backend);

Q_SIGNALS:
    void changed(const QString &keyName);

private:
    static QString nameOf(const BackendEntry &backend);
    void learn(const QString &name, const Result<KeyStore::Found> &found);
    void lookUpNext();
    void askNext(QList<BackendEntry> left);
    QFuture<Result<QString>> change(const BackendEntry &backend, const QFuture<Result<void>> &done, KeyStore::Source source, const QString &sentence);

    KeyStore *m_store;
    QHash<QString, State> m_states;  ///< by the name of the key: backends may share one
    QList<BackendEntry> m_waiting;
    bool m_asking = false;
};

} // namespace Galley
