#include "core/settings/keystore.h"

#include "core/base/async.h"
#include "core/base/keyvariable.h"
#include "core/settings/keysentences.h"

#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QDate>
#include <QHash>
#include <QMap>
#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <list>
#include <utility>

namespace Galley {

namespace {

constexpr qsizetype maxNameLength = 64;
constexpr qsizetype maxSecretLength = 4096;  // Windows takes 2560 bytes, others more; no service has keys that long

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::KeyStore", text);
}

Result<void> checkName(const QString &name)
{
    if (!name.isEmpty() && name.size() <= maxNameLength)
        return {};
    return fail(ErrorCode::InvalidInput, tr("\"%1\" cannot be the name of a key: it must have 1 to %2 characters.").arg(name.left(20)).arg(maxNameLength));
}

/// A key becomes part of a header line. What is wrong with it is told without showing any of it.
Result<void> checkSecret(const QByteArray &bytes, const QString &name)
{
    if (bytes.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("The key for %1 is empty. Paste it again, or remove the key that is stored.").arg(name));
    if (bytes.size() > maxSecretLength)
        return fail(ErrorCode::TooLarge, tr("The key for %1 is longer than %2 bytes, so it is no key. Paste it again.").arg(name).arg(maxSecretLength));
    const bool printable = std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    if (!printable || QString::fromUtf8(bytes).toUtf8() != bytes)
        return fail(ErrorCode::InvalidInput, tr("The key for %1 holds a line break or another character that no key has. Paste it again.").arg(name));
    return {};
}

} // namespace

struct KeyStore::Private
{
    /// One request to the keychain.
    struct Task
    {
        quint64 id = 0;
        KeyAction action = KeyAction::Read;
        QString name;
        Secret secret;
        std::function<void(const KeychainOutcome &)> done;
    };

    explicit Private(KeyStore *store, const QString &serviceName)
        : q(store)
        , service(serviceName)
    {}

    /// \a done comes exactly once, unless the store dies before: when the keychain has answered, or when it has not for timeoutMs.
    void ask(KeyAction action, const QString &name, const Secret &secret, std::function<void(const KeychainOutcome &)> done);
    void prepare();
    void startNext();
    void jobEnded(QKeychain::Job *job);
    void timeOut(quint64 id);

    /// Finds out what the session's keychain is up to and hands the sentence for \a outcome to \a tell. Asks off the thread.
    void explain(KeyAction action, const QString &name, const KeychainOutcome &outcome,
                 std::function<void(SecretServiceState, const Error &)> tell);

    template<typename T>
    auto promise()
    {
        auto shared = std::make_shared<QPromise<Result<T>>>();
        shared->start();
        const quint64 id = ++lastId;
        open.insert(id, [shared](const Error &error) {
            shared->addResult(Result<T>(fail(error)));
            shared->finish();
        });
        const auto answer = [this, shared, id](Result<T> result) {
            if (open.remove(id) == 0)
                return;
            shared->addResult(std::move(result));
            shared->finish();
        };
        return std::pair(shared->future(), answer);
    }

    void remember(const QString &name) const
    {
        if (q->memory)
            q->memory->setValue(memoryKey(name), QDate::currentDate().toString(Qt::ISODate));
    }
    void forget(const QString &name) const
    {
        if (q->memory)
            q->memory->remove(memoryKey(name));
    }
    QString storedOn(const QString &name) const { return q->memory ? q->memory->value(memoryKey(name)).toString() : QString(); }
    static QString memoryKey(const QString &name) { return QStringLiteral("keys/") + name; }

    KeyStore *q;
    QString service;
    /// A read that is under way: everybody who asks meanwhile gets the same answer.
    struct Reading
    {
        quint64 id = 0;
        QFuture<Result<Found>> future;
    };

    QHash<QString, Reading> reads;
    QMap<quint64, std::function<void(const Error &)>> open;  ///< how to finish what is unanswered when the store dies
    std::list<Task> waiting;
    std::optional<Task> running;  ///< without done once it has timed out: QtKeychain must not lose a job that has begun
    quint64 lastId = 0;
    int requests = 0;
    bool isPreparing = false;
    bool isReady = false;
};

void KeyStore::Private::ask(KeyAction action, const QString &name, const Secret &secret, std::function<void(const KeychainOutcome &)> done)
{
    const quint64 id = ++lastId;
    waiting.push_back({id, action, name, secret, std::move(done)});
    QTimer::singleShot(q->timeoutMs, q, [this, id] { timeOut(id); });
    prepare();
    startNext();
}

void KeyStore::Private::prepare()
{
    if (std::exchange(isPreparing, true))
        return;
    onFinished(runOn(QThreadPool::globalInstance(), loadSecretLibraries), q, [this](const QFuture<void> &) {
        surviveLostBus();
        isReady = true;
        startNext();
    });
}

void KeyStore::Private::startNext()
{
    if (!isReady || running || waiting.empty())
        return;
    running = std::move(waiting.front());
    waiting.pop_front();
    QKeychain::Job *job = nullptr;
    switch (running->action) {
    case KeyAction::Read: job = new QKeychain::ReadPasswordJob(service); break;
    case KeyAction::Remove: job = new QKeychain::DeletePasswordJob(service); break;
    case KeyAction::Write: {
        auto *write = new QKeychain::WritePasswordJob(service);
        write->setTextData(QString::fromUtf8(running->secret.reveal()));
        job = write;
        break;
    }
    }
    // The job deletes itself. It has no parent: the keychain's answer writes into it even when nobody waits any more.
    ++requests;
    job->setKey(running->name);
    QObject::connect(job, &QKeychain::Job::finished, q, [this](QKeychain::Job *ended) { jobEnded(ended); });
    job->start();
}

void KeyStore::Private::jobEnded(QKeychain::Job *job)
{
    KeychainOutcome outcome;
    outcome.error = int(job->error());
    outcome.text = job->errorString();
    if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(job))
        outcome.secret = Secret(read->binaryData());
    const auto done = std::exchange(running, std::nullopt)->done;
    if (done)
        done(outcome);
    startNext();
}

void KeyStore::Private::timeOut(quint64 id)
{
    KeychainOutcome outcome;
    outcome.timedOut = true;
    std::function<void(const KeychainOutcome &)> done;
    if (running && running->id == id) {
        outcome.begun = true;
        done = std::exchange(running->done, nullptr);
        running->secret = {};
    } else {
        const auto found = std::find_if(waiting.begin(), waiting.end(), [id](const Task &task) { return task.id == id; });
        if (found == waiting.end())
            return;
        done = std::move(found->done);
        waiting.erase(found);
    }
    if (done)
        done(outcome);
}

void KeyStore::Private::explain(KeyAction action, const QString &name, const KeychainOutcome &outcome,
                                std::function<void(SecretServiceState, const Error &)> tell)
{
    onFinished(runOn(QThreadPool::globalInstance(), [] { return probeSecretService(); }), q,
               [action, name, outcome, tell = std::move(tell)](const QFuture<SecretServiceState> &future) {
                   const SecretServiceState state = future.result();
                   tell(state, keychainError(action, name, outcome, state));
               });
}

KeyStore::KeyStore(const QString &service, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, service))
{}

KeyStore::~KeyStore()
{
    const Error stopped{ErrorCode::Cancelled, tr("The keychain is no longer asked.")};
    for (const auto &finish : std::exchange(d->open, {}))
        finish(stopped);
}

QFuture<Result<KeyStore::Found>> KeyStore::read(const QString &name)
{
    if (const auto checked = checkName(name); !checked)
        return readyFuture(Result<Found>(fail(checked.error())));
    const QByteArray own = qgetenv(environmentName(name).toLatin1().constData()).trimmed();
    if (!own.isEmpty()) {
        if (const auto checked = checkSecret(own, environmentName(name)); !checked)
            return readyFuture(Result<Found>(fail(checked.error())));
        return readyFuture(Result<Found>(Found{Secret(own), Source::Environment, {}}));
    }
    if (const auto underWay = d->reads.constFind(name); underWay != d->reads.constEnd())
        return underWay->future;
    const auto [future, answer] = d->promise<Found>();
    const quint64 id = d->lastId;
    d->reads.insert(name, {id, future});
    const auto finish = [this, name, id, answer = answer](const Result<Found> &result) {
        if (d->reads.value(name).id == id) // not after a write: then it is another one
            d->reads.remove(name);
        answer(result);
    };
    d->ask(KeyAction::Read, name, {}, [this, name, finish](const KeychainOutcome &outcome) {
        if (outcome.isFine())
            return finish(Found{outcome.secret, Source::Keychain, {}});
        d->explain(KeyAction::Read, name, outcome, [this, name, outcome, finish](SecretServiceState state, const Error &error) {
            if (!outcome.isMissing())
                return finish(fail(error));
            finish(Found{{}, Source::None, missingHint(name, state, d->storedOn(name))});
        });
    });
    return future;
}

QFuture<Result<void>> KeyStore::write(const QString &name, const Secret &secret)
{
    const Secret trimmed(secret.reveal().trimmed());
    for (const auto &checked : {checkName(name), checkSecret(trimmed.reveal(), name)}) {
        if (!checked)
            return readyFuture(checked);
    }
    d->reads.remove(name); // whoever reads from now on must see this key
    const auto [future, answer] = d->promise<void>();
    const auto refuse = [this, name, answer = answer](const KeychainOutcome &outcome) {
        d->explain(KeyAction::Write, name, outcome, [answer](SecretServiceState, const Error &error) { answer(fail(error)); });
    };
    d->ask(KeyAction::Write, name, trimmed, [this, name, trimmed, refuse, answer = answer](const KeychainOutcome &written) {
        if (!written.isFine())
            return refuse(written);
        d->ask(KeyAction::Read, name, {}, [this, name, trimmed, refuse, answer](const KeychainOutcome &back) {
            if (!back.isFine())
                return refuse(back);
            if (back.secret != trimmed)
                return answer(fail(ErrorCode::Io, tr("The keychain took the key for %1 but gives back another one. Look for a second entry of that name "
                                                     "in the keychain, remove it and enter the key again.").arg(name)));
            d->remember(name);
            answer({});
        });
    });
    return future;
}

QFuture<Result<void>> KeyStore::remove(const QString &name)
{
    if (const auto checked = checkName(name); !checked)
        return readyFuture(checked);
    d->reads.remove(name);
    const auto [future, answer] = d->promise<void>();
    d->ask(KeyAction::Remove, name, {}, [this, name, answer = answer](const KeychainOutcome &outcome) {
        // "Removed" says nothing: libsecret passes over what is locked without an error.
        d->explain(KeyAction::Remove, name, outcome, [this, name, outcome, answer](SecretServiceState state, const Error &error) {
            if ((!outcome.isFine() && !outcome.isMissing()) || state == SecretServiceState::Locked)
                return answer(fail(error));
            d->forget(name);
            answer({});
        });
    });
    return future;
}

int KeyStore::requests() const
{
    return d->requests;
}

QString KeyStore::environmentName(const QString &name)
{
    return keyVariable(name);
}

} // namespace Galley
