#include "app/galley/commands/benchtargets.h"

#include "core/base/async.h"
#include "core/service/finalpicture.h"

#include <QThreadPool>

namespace Galley {

namespace {

using Promise = std::shared_ptr<QPromise<Result<DrawnPicture>>>;

Promise makePromise()
{
    auto promise = std::make_shared<QPromise<Result<DrawnPicture>>>();
    promise->start();
    return promise;
}

void finish(const Promise &promise, const Result<DrawnPicture> &result)
{
    promise->addResult(result);
    promise->finish();
}

} // namespace

Result<QList<RenderRequest>> BenchTargets::requests(const BenchArguments &arguments) const
{
    auto inputs = readInputs(arguments.file, arguments);
    if (!inputs)
        return fail(inputs.error());
    for (RenderRequest &request : inputs->requests)
        request.seed = int(arguments.seed);
    return inputs->requests;
}

Result<PictureSource> BenchTargets::side(const QString &id, const QList<RenderRequest> &requests)
{
    PictureSource source;
    source.name = id;
    const ModelEntry *model = m_catalogue.findModel(id);
    if (model && model->dialect == Dialect::Draft) {
        if (!m_drafts) {
            const auto cutouts = CutoutLibrary::load(m_paths.resources + QStringLiteral("/cutouts"));
            m_drafts = std::make_unique<DraftService>(&m_local, cutouts ? *cutouts : nullptr);
        }
        source.prepare = [] { return readyFuture<Result<void>>({}); };
        source.draw = [this](const RenderRequest &request, std::stop_token stop) { return drawDraft(request, std::move(stop)); };
        return source;
    }
    const bool isRules = id.endsWith(QLatin1String(".yaml")) || id.endsWith(QLatin1String(".yml"));
    const Result<RoutePolicy> policy = isRules ? rulesOf(id) : RoutePolicy();
    if (!policy)
        return fail(policy.error());
    const QString asked = isRules ? QString() : id;
    Inputs inputs;
    inputs.requests = requests;
    for (RenderRequest &request : inputs.requests)
        request.model = asked;
    LiveTarget live;
    QList<BackendEntry> backends;
    if (const auto quoted = quoteAll(inputs, *policy, live, backends); !quoted)
        return fail(quoted.error());
    source.priceUsd = live.priceUsd;
    source.paidModel = live.paidModel;
    source.notices = live.notices;
    source.prepare = [this, backends] { return readKeys(backends, &m_guard); };
    source.draw = [this, asked, policy = *policy](RenderRequest request, std::stop_token stop) {
        request.model = asked;
        return drawFinal(request, policy, std::move(stop));
    };
    return source;
}

QFuture<Result<DrawnPicture>> BenchTargets::drawDraft(const RenderRequest &request, std::stop_token stop)
{
    const Promise promise = makePromise();
    DraftOptions options;
    options.seed = request.seed.value_or(0);
    const auto future = m_drafts->render(request.source, request.row, request.folder, options, std::move(stop));
    onFinished(future, &m_guard, [promise, seed = options.seed](const QFuture<Result<Draft>> &finished) {
        const auto draft = finished.result();
        if (!draft) {
            finish(promise, fail(draft.error()));
            return;
        }
        DrawnPicture drawn;
        drawn.picture = ScenePainter().compose(draft->scene, draft->pictures, draft->scene.canvas);
        drawn.model = QStringLiteral("galley-draft");
        drawn.seed = seed;
        finish(promise, drawn);
    });
    return promise->future();
}

QFuture<Result<DrawnPicture>> BenchTargets::drawFinal(const RenderRequest &request, const RoutePolicy &policy, std::stop_token stop)
{
    RouteSnapshot world;
    world.now = QDateTime::currentDateTime();
    world.offline = m_offline;
    const auto render = finalRender(request, policy, world);
    const auto variant = resolve(request.source, request.row, request.folder);
    if (!render || !variant)
        return readyFuture<Result<DrawnPicture>>(fail(render ? variant.error() : render.error()));
    const Promise promise = makePromise();
    const auto future = render->engine->render(render->request, {}, std::move(stop));
    onFinished(future, &m_guard, [this, promise, variant = *variant, estimate = render->estimateUsd](const QFuture<Result<RenderResult>> &finished) {
        const auto result = finished.result();
        if (!result) {
            finish(promise, fail(result.error()));
            return;
        }
        DrawnPicture drawn;
        drawn.model = result->model;
        drawn.modelSize = result->image.size();
        drawn.costUsd = result->costUsd.value_or(estimate);
        if (result->seedKnown)
            drawn.seed = result->seed;
        const auto composed = runOn(QThreadPool::globalInstance(), [raw = result->image, variant, drawn] {
            DrawnPicture whole = drawn;
            QStringList problems;
            whole.picture = composeFinal(raw, variant, &problems);
            return whole;
        });
        onFinished(composed, &m_guard, [promise](const QFuture<DrawnPicture> &whole) { finish(promise, whole.result()); });
    });
    return promise->future();
}

} // namespace Galley
