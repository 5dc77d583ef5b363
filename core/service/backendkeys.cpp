#include "core/service/backendkeys.h"

#include "core/base/async.h"
#include "core/engines/remote/remoteengine.h"

#include <QCoreApplication>

#include <memory>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::BackendKeys", text);
}

Result<KeyStore::Found> outcomeOf(const QFuture<Result<KeyStore::Found>> &future)
{
    if (future.isValid() && future.resultCount() > 0)
        return future.result();
    return fail(ErrorCode::Unavailable, tr("The keychain did not answer."));
}

} // namespace

BackendKeys::BackendKeys(KeyStore *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{}

bool BackendKeys::needsKey(const BackendEntry &backend)
{
    return Galley::needsKey(backend);
}

QString BackendKeys::nameOf(const BackendEntry &backend)
{
    return backend.key.isEmpty() ? backend.id : backend.key;
}

BackendKeys::State BackendKeys::state(const BackendEntry &backend) const
{
    if (!needsKey(backend))
        return {BackendStatus::Key::NotNeeded, {}, true};
    return m_states.value(nameOf(backend));
}

bool BackendKeys::isMissing(const BackendEntry &backend) const
{
    const State known = state(backend);
    return known.known && (known.key == BackendStatus::Key::Missing || known.key == BackendStatus::Key::Unreadable);
}

void BackendKeys::learn(const QString &name, const Result<KeyStore::Found> &found)
{
    State state;
    state.known = true;
    if (!found) {
        state.key = BackendStatus::Key::Unreadable;
        state.sentence = found.error().message;
    } else {
        state.sentence = found->hint;
        switch (found->source) {
        case KeyStore::Source::None: state.key = BackendStatus::Key::Missing; break;
        case KeyStore::Source::Keychain: state.key = BackendStatus::Key::Stored; break;
        case KeyStore::Source::Environment: state.key = BackendStatus::Key::Environment; break;
        }
    }
    if (m_states.value(name) == state)
        return;
    m_states.insert(name, state);
    Q_EMIT changed(name);
}

QFuture<Result<Secret>> BackendKeys::read(const BackendEntry &backend)
{
    auto promise = std::make_shared<QPromise<Result<Secret>>>();
    promise->start();
    const QFuture<Result<Secret>> future = promise->future();
    const QString name = nameOf(backend);
    onFinished(m_store->read(name), this, [this, name, promise](const QFuture<Result<KeyStore::Found>> &answer) {
        const Result<KeyStore::Found> found = outcomeOf(answer);
        learn(name, found);
        promise->addResult(found ? Result<Secret>(found->secret) : Result<Secret>(fail(found.error())));
        promise->finish();
    });
    return future;
}

void BackendKeys::lookUp(const QList<BackendEntry> &backends)
{
    for (const BackendEntry &backend : backends) {
        if (!state(backend).known)
            m_waiting.append(backend);
    }
    if (!m_asking)
        lookUpNext();
}

void BackendKeys::lookUpNext()
{
    while (!m_waiting.isEmpty() && state(m_waiting.first()).known)
        m_waiting.removeFirst();
    m_asking = !m_waiting.isEmpty();
    if (!m_asking)
        return;
    onFinished(read(m_waiting.takeFirst()), this, [this](const QFuture<Result<Secret>> &) { lookUpNext(); });
}

QFuture<Result<QString>> BackendKeys::askAgain(const QList<BackendEntry> &backends)
{
    if (backends.isEmpty())
        return readyFuture<Result<QString>>(fail(ErrorCode::NotFound, tr("There is no service to ask a key for.")));
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    onFinished(read(backends.first()), this, [this, backends, promise](const QFuture<Result<Secret>> &) {
        const BackendEntry &first = backends.first();
        if (isMissing(first))
            promise->addResult(Result<QString>(fail(ErrorCode::NotFound, tr("The keychain still hands out no key of %1.").arg(first.title()))));
        else
            promise->addResult(tr("There is a key of %1 now.").arg(first.title()));
        promise->finish();
        if (state(first).sentence.isEmpty() || !isMissing(first))
            askNext(backends.mid(1));
    });
    return promise->future();
}

void BackendKeys::askNext(QList<BackendEntry> left)
{
    while (!left.isEmpty() && !isMissing(left.first()))
        left.removeFirst();
    if (left.isEmpty())
        return;
    const BackendEntry next = left.takeFirst();
    onFinished(read(next), this, [this, next, left](const QFuture<Result<Secret>> &) {
        if (state(next).sentence.isEmpty() || !isMissing(next))
            askNext(left);
    });
}

QFuture<Result<QString>> BackendKeys::set(const BackendEntry &backend, const Secret &key)
{
    return change(backend, m_store->write(nameOf(backend), key), KeyStore::Source::Keychain,
                  tr("The key of %1 is in the keychain.").arg(backend.title()));
}

QFuture<Result<QString>> BackendKeys::remove(const BackendEntry &backend)
{
    return change(backend, m_store->remove(nameOf(backend)), KeyStore::Source::None,
                  tr("The key of %1 is no longer in the keychain.").arg(backend.title()));
}

QFuture<Result<QString>> BackendKeys::change(const BackendEntry &backend, const QFuture<Result<void>> &done, KeyStore::Source source,
                                             const QString &sentence)
{
    auto promise = std::make_shared<QPromise<Result<QString>>>();
    promise->start();
    const QString name = nameOf(backend);
    onFinished(done, this, [this, name, source, sentence, promise](const QFuture<Result<void>> &answer) {
        const Result<void> outcome = answer.result();
        const QString variable = KeyStore::environmentName(name);
        const bool isOverridden = qEnvironmentVariableIsSet(variable.toUtf8().constData());
        if (outcome && !isOverridden)
            learn(name, KeyStore::Found{{}, source, {}});
        if (!outcome)
            promise->addResult(Result<QString>(fail(outcome.error())));
        else if (isOverridden)
            promise->addResult(QString(sentence + u' ' + tr("%1 is set in the environment and comes first.").arg(variable)));
        else
            promise->addResult(sentence);
        promise->finish();
    });
    return promise->future();
}

} // namespace Galley
