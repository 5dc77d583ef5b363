#include "core/service/finals.h"

#include "core/base/async.h"
#include "core/engines/remote/remoteengine.h"


#include <algorithm>

namespace Galley {

namespace {

/// A service may have the model back tomorrow, and a server of the user's own may only have been started without it.
constexpr qint64 goneSeconds = 24 * 3600;

} // namespace

QStringList Finals::selectableModels() const
{
    const QuoteWorld world = this->world({});
    QList<std::pair<int, QString>> ranked;
    for (const ModelEntry &model : catalogue().models) {
        const BackendEntry *backend = catalogue().findBackend(model.backend);
        if (!backend || model.dialect == Dialect::Draft)
            continue;
        const int rank = !retiredSentence(model.id).isEmpty() ? 2 : !sendObstacle(model, *backend, world).isEmpty() ? 1 : 0;
        ranked.append({rank, model.id});
    }
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    QStringList ids;
    for (const auto &[rank, id] : ranked)
        ids.append(id);
    return ids;
}

QString Finals::retiredSentence(const QString &id) const
{
    const ModelEntry *model = catalogue().findModel(id);
    if (!model)
        return {};
    const QString byDate = catalogue().retiredSentence(*model, now().date());
    return byDate.isEmpty() ? goneSentence(*model) : byDate;
}

QString Finals::goneSentence(const ModelEntry &model) const
{
    const auto gone = m_gone.constFind(model.id);
    if (gone == m_gone.constEnd() || gone->upstream != model.upstream || gone->since.secsTo(now()) > goneSeconds)
        return {};
    return gone->sentence;
}

void Finals::rememberGone(const ModelEntry &model, const QString &sentence)
{
    QString whole = sentence;
    if (!model.replacement.isEmpty() && !whole.contains(model.replacement))
        whole += u' ' + tr("Its replacement is %1.").arg(model.replacement);
    m_gone.insert(model.id, {model.upstream, whole, now()});
    Json list = Json::object();
    for (auto gone = m_gone.cbegin(); gone != m_gone.cend(); ++gone) {
        list[gone.key().toStdString()] = {{"upstream", gone->upstream.toStdString()},
                                          {"sentence", gone->sentence.toStdString()},
                                          {"since", gone->since.toUTC().toString(Qt::ISODate).toStdString()}};
    }
    m_parts.store->setFact(goneFactName(), QString::fromUtf8(dumpJson(list)));
    Q_EMIT catalogueChanged();
}

void Finals::readGone(const QString &text)
{
    const auto json = parseJson(text.toUtf8(), goneFactName());
    if (!json || !json->is_object())
        return;
    for (const auto &[id, gone] : json->items()) {
        if (!gone.is_object())
            continue;
        const auto member = [&gone = gone](const char *name) { return gone.contains(name) ? toQString(gone[name]) : QString(); };
        m_gone.insert(QString::fromStdString(id), {member("upstream"), member("sentence"), QDateTime::fromString(member("since"), Qt::ISODate)});
    }
    Q_EMIT catalogueChanged();
}

Result<BackendEntry> Finals::backendNamed(const QString &id) const
{
    if (const BackendEntry *backend = catalogue().findBackend(id))
        return *backend;
    return fail(ErrorCode::NotFound, tr("There is no backend \"%1\" in models.yaml.").arg(id));
}

QList<BackendStatus> Finals::backends() const
{
    QList<BackendStatus> list;
    for (const BackendEntry &backend : catalogue().backends) {
        BackendStatus status;
        status.backend = backend;
        status.title = backend.title();
        const BackendKeys::State key = m_keys.state(backend);
        status.key = key.key;
        status.keySentence = key.known ? key.sentence : tr("The keychain has not been asked yet.");
        for (const ModelEntry &model : catalogue().models) {
            if (model.backend == backend.id)
                status.models.append(model.id);
        }
        const Test test = m_tests.value(backend.id);
        status.lastTest = test.sentence;
        status.lastTestOk = test.ok;
        list.append(status);
    }
    return list;
}

QFuture<Result<QString>> Finals::testBackend(const QString &id)
{
    const auto backend = backendNamed(id);
    if (!backend)
        return readyFuture<Result<QString>>(fail(backend.error()));
    RenderEngine *engine = m_engines.engineFor(*backend);
    if (!engine) {
        return readyFuture<Result<QString>>(
            fail(ErrorCode::Unsupported, tr("%1 is of the kind \"%2\", which this version cannot talk to.").arg(id, backend->kind)));
    }
    const QFuture<Result<QString>> tested = engine->testConnection({});
    onFinished(tested, this, [this, id](const QFuture<Result<QString>> &future) {
        if (future.resultCount() == 0)
            return;
        const Result<QString> outcome = future.result();
        const QString time = now().toString(QStringLiteral("HH:mm"));
        m_tests.insert(id, {time + QStringLiteral(": ") + (outcome ? *outcome : outcome.error().message), outcome.has_value()});
        Q_EMIT backendsChanged();
    });
    return tested;
}

QFuture<Result<QString>> Finals::setKey(const QString &id, const Secret &key)
{
    const auto backend = backendNamed(id);
    return backend ? m_keys.set(*backend, key) : readyFuture<Result<QString>>(fail(backend.error()));
}

QFuture<Result<QString>> Finals::removeKey(const QString &id)
{
    const auto backend = backendNamed(id);
    return backend ? m_keys.remove(*backend) : readyFuture<Result<QString>>(fail(backend.error()));
}

QFuture<Result<QString>> Finals::askForKey(const QString &id)
{
    const auto backend = backendNamed(id);
    if (!backend)
        return readyFuture<Result<QString>>(fail(backend.error()));
    QList<BackendEntry> all{*backend};
    all.append(catalogue().backends);
    return m_keys.askAgain(all);
}

} // namespace Galley
