#include "app/galley/finalparts.h"

#include "core/engines/remote/remoteengine.h"
#include "core/service/localmodels.h"

#include <algorithm>

namespace Galley {

namespace {

HttpProxy proxyOf(const Settings &settings)
{
    return {settings.proxy.value(), settings.offline.value()};
}

qint64 cacheBytes(const Settings &settings)
{
    return qint64(settings.cacheMaxGb.value()) << 30;
}

RoutingParts routingParts(const Paths &paths, Settings *settings, Store *store, const CatalogueFile *models, HttpClient *client,
                          std::function<void(const QString &)> withdrawn)
{
    constexpr int second = 1000;
    RoutingParts parts;
    parts.store = store;
    parts.models = models;
    parts.rulesFile = routesFile(paths);
    parts.historyFolder = paths.data + QStringLiteral("/routes-history");
    parts.client = client;
    parts.rulesUrl = [settings] { return settings->routesUrl.value(); };
    parts.pollMs = [settings] { return std::clamp(settings->routesPoll.value(), RouteAddress::shortestPollMs / second, 24 * 3600) * second; };
    parts.withdrawn = std::move(withdrawn);
    return parts;
}

} // namespace

QString shippedModelsFile(const Paths &paths)
{
    return paths.resources + QStringLiteral("/models.yaml");
}

QString userModelsFile(const Paths &paths)
{
    return paths.config + QStringLiteral("/models.yaml");
}

QString routesFile(const Paths &paths)
{
    return paths.config + QStringLiteral("/routes.yaml");
}

QString localModelsFolder(const Paths &paths)
{
    return paths.data + QStringLiteral("/models");
}

FinalParts::FinalParts(const Paths &paths, Settings *settings, RenderEngine *local, const QueueOptions &owner)
    : m_settings(settings)
    , m_store(paths.data)
    , m_cache(paths.cache + QStringLiteral("/renders"), cacheBytes(*settings))
    , m_models(shippedModelsFile(paths), userModelsFile(paths))
    , m_routing(routingParts(paths, settings, &m_store, &m_models, &m_client, [this](const QString &model) { m_finals->forgetRenders(model); }))
{
    m_models.setLocal(localModelEntries(localModelsFolder(paths)));
    m_client.setProxy(proxyOf(*settings));
    m_keys.memory = settings->raw();
    FinalsParts parts;
    parts.store = &m_store;
    parts.keys = &m_keys;
    parts.models = &m_models;
    parts.routing = &m_routing;
    parts.local = local;
    parts.cache = &m_cache;
    parts.engines = [this](const BackendEntry &backend) -> std::unique_ptr<RenderEngine> {
        if (!findServiceKind(backend.kind))
            return nullptr;
        return std::make_unique<RemoteEngine>(&m_client, backend, [this](const BackendEntry &entry) { return m_finals->keyFor(entry); });
    };
    parts.offline = [settings] { return settings->offline.value(); };
    parts.budgetPerDay = [settings] { return settings->budgetPerDay.value(); };
    parts.queue = owner;
    m_finals = std::make_unique<Finals>(parts);
    m_routing.setFinals(m_finals.get());
}

FinalParts::~FinalParts() = default;

void FinalParts::follow(LocalModels *models)
{
    models->isTaken = [this](const QString &id) {
        const ModelEntry *known = m_models.catalogue().findModel(id);
        return known && (known->backend != QLatin1String("local") || known->dialect == Dialect::Draft);
    };
    QObject::connect(models, &LocalModels::changed, &m_models, [this, models] { m_models.setLocal(models->entries()); });
    m_models.setLocal(models->entries());
}

void FinalParts::settingsChanged()
{
    m_client.setProxy(proxyOf(*m_settings));
    m_finals->settingsChanged();
    m_routing.settingsChanged();
}

} // namespace Galley
