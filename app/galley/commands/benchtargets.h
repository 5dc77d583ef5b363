#pragma once

#include "app/galley/commands/benchcommand.h"
#include "app/galley/commands/gpumemory.h"
#include "core/base/paths.h"
#include "core/engines/local/localengine.h"
#include "core/net/httpclient.h"
#include "core/render/renderrequest.h"
#include "core/routing/modelcatalogue.h"
#include "core/routing/routepolicy.h"
#include "core/routing/router.h"
#include "core/service/backendkeys.h"
#include "core/service/benchengine.h"
#include "core/service/benchresult.h"
#include "core/service/draftservice.h"
#include "core/service/enginepool.h"
#include "core/settings/keystore.h"
#include "core/settings/settings.h"

#include <memory>

namespace Galley {

/// Something that can be measured, and what there is to say about it.
struct LiveTarget
{
    std::unique_ptr<BenchTarget> target;
    Json description = Json::object();
    QString inputsDigest;
    int inputs = 1;
    double priceUsd = 0;    ///< the most that one request costs
    QString project;        ///< whose money it is
    QString paidModel;      ///< for the ledger
    QStringList notices;
    std::function<QFuture<Result<void>>()> prepare = {};  ///< before the first request and off the clock: the keychain may ask a person
    std::function<Json()> environment = {};  ///< device, number type, revision: known once something was drawn
};

/// A whole picture at canvas size, and what made it.
struct DrawnPicture
{
    QImage picture;
    QString model;
    std::optional<qint64> seed = {};  ///< empty: the service did not say
    QSize modelSize = {};             ///< of the model's own picture; empty for a draft, which has many
    double costUsd = 0;
};

/// One side of two that draw the same requests.
struct PictureSource
{
    QString name;
    double priceUsd = 0;  ///< the most that one picture costs
    QString paidModel;
    QStringList notices;
    std::function<QFuture<Result<void>>()> prepare;
    std::function<QFuture<Result<DrawnPicture>>(const RenderRequest &request, std::stop_token stop)> draw;
};

/// Network, keychain and engines of a benchmark, and the targets made of them. Main thread. Outlives its targets.
class BenchTargets
{
public:
    /// \a settings outlives it. \a device: auto, cpu or cuda; empty: as in the settings.
    BenchTargets(const Paths &paths, Settings *settings, const QString &device);
    ~BenchTargets();

    /// What the arguments ask to measure.
    Result<LiveTarget> wanted(const BenchArguments &arguments);
    /// The same requests to another model (an id) or address (with "://").
    Result<LiveTarget> other(const QString &modelOrUrl, const BenchArguments &arguments);

    /// The rows of --template, each as a request with the seed.
    Result<QList<RenderRequest>> requests(const BenchArguments &arguments) const;
    /// \a modelOrRules: the id of a model, or a routes.yaml.
    Result<PictureSource> side(const QString &modelOrRules, const QList<RenderRequest> &requests);

private:
    /// The rows of a template, each as a request.
    struct Inputs
    {
        QList<RenderRequest> requests;
        QString digest;
        QStringList notices;
    };

    Result<Inputs> readInputs(const std::string &file, const BenchArguments &arguments) const;
    Result<LiveTarget> urlTarget(const QString &url, const BenchArguments &arguments);
    Result<LiveTarget> modelTarget(const QString &model, const BenchArguments &arguments);
    Result<LiveTarget> draftTarget(const ModelEntry &model, const Inputs &inputs, const BenchArguments &arguments);
    Result<LiveTarget> finalTarget(const Inputs &inputs, const BenchArguments &arguments);
    /// The rules of the file \a named, or of the user's routes.yaml. As they are written: canaries and revisions of the library play no part.
    Result<RoutePolicy> rulesOf(const QString &named) const;
    Result<void> quoteAll(const Inputs &inputs, const RoutePolicy &policy, LiveTarget &live, QList<BackendEntry> &backends) const;
    Result<BenchRender> finalRender(const RenderRequest &request, const RoutePolicy &policy, const RouteSnapshot &world);
    QFuture<Result<void>> readKeys(const QList<BackendEntry> &backends, QObject *guard);
    QFuture<Result<DrawnPicture>> drawDraft(const RenderRequest &request, std::stop_token stop);
    QFuture<Result<DrawnPicture>> drawFinal(const RenderRequest &request, const RoutePolicy &policy, std::stop_token stop);
    Json localFacts() const;

    Paths m_paths;
    ModelCatalogue m_catalogue;
    HttpClient m_client;
    KeyStore m_keyStore;
    BackendKeys m_keys;
    LocalEngine m_local;
    EnginePool m_engines;
    std::optional<EngineCapabilities> m_capabilities;
    std::unique_ptr<DraftService> m_drafts;
    GpuMemory m_gpu;
    QObject m_guard;
    bool m_offline = false;
};

} // namespace Galley
