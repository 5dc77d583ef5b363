#pragma once

#include "core/base/paths.h"
#include "core/net/httpclient.h"
#include "core/service/finals.h"
#include "core/service/routing.h"
#include "core/settings/keystore.h"
#include "core/settings/settings.h"
#include "core/store/rendercache.h"
#include "core/store/store.h"

#include <memory>

namespace Galley {

class LocalModels;

/// Everything that finals need, built once for the desktop and for the command line alike: network, keychain, library, models, rules, queue. Members die in
/// the reverse order, so that the queue and the engines go before what they use. Main thread.
///
/// Nothing happens before service()->start(): then the stored jobs are read and sent on. The desktop also calls service()->lookUpKeys() once its window
/// is up (the keychain may ask for a password), and settingsChanged() when proxy, offline or budget were changed.
class FinalParts
{
public:
    /// \a settings and \a local outlive it; \a local may be null. \a owner is the queue's: see QueueOptions.
    FinalParts(const Paths &paths, Settings *settings, RenderEngine *local, const QueueOptions &owner = {});
    ~FinalParts();

    Finals *service() { return m_finals.get(); }
    Routing *routing() { return &m_routing; }
    Store *store() { return &m_store; }
    KeyStore *keys() { return &m_keys; }

    /// Lets the catalogue have the models of this machine that people added, and whatever \a models hears of them. \a models outlives it, or ends with it.
    void follow(LocalModels *models);

    /// Takes proxy, offline, budget and the rules' address from the settings again.
    void settingsChanged();

private:
    Settings *m_settings;
    HttpClient m_client;
    KeyStore m_keys;
    Store m_store;
    RenderCache m_cache;
    CatalogueFile m_models;
    Routing m_routing;
    std::unique_ptr<Finals> m_finals;
};

/// The shipped models.yaml and the user's.
QString shippedModelsFile(const Paths &paths);
QString userModelsFile(const Paths &paths);
QString routesFile(const Paths &paths);
/// Where the models of this machine are that people add (core/engines/local/addedmodels.h).
QString localModelsFolder(const Paths &paths);

} // namespace Galley
