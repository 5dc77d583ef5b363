#include "app/galley/finalparts.h"

#include "core/engines/remote/remoteengine.h"

namespace Galley {

namespace {

HttpProxy proxyOf(const Settings &settings)
{
    return {settings.proxy.value(), settings.offline.value()};
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

FinalParts::FinalParts(const Paths &paths, Settings *settings, RenderEngine *local, const QueueOptions &owner)
    : m_settings(settings)
    , m_store(paths.data)
    , m_models(shippedModelsFile(paths), userModelsFile(paths))
{
    m_client.setProxy(proxyOf(*settings));
    m_keys.memory = settings->raw();
    FinalsParts parts;
    parts.store = &m_store;
    parts.keys = &m_keys;
    parts.models = &m_models;
    parts.local = local;
    parts.engines = [this](const BackendEntry &backend) -> std::unique_ptr<RenderEngine> {
        if (!findServiceKind(backend.kind))
            return nullptr;
        return std::make_unique<RemoteEngine>(&m_client, backend, [this](const BackendEntry &entry) { return m_finals->keyFor(entry); });
    };
    parts.offline = [settings] { return settings->offline.value(); };
    parts.budgetPerDay = [settings] { return settings->budgetPerDay.value(); };
    parts.queue = owner;
    m_finals = std::make_unique<Finals>(parts);
}

FinalParts::~FinalParts() = default;

void FinalParts::settingsChanged()
{
    m_client.setProxy(proxyOf(*m_settings));
    m_finals->settingsChanged();
}

} // namespace Galley
