#include "app/galley/commands/benchtargets.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/benchhttp.h"
#include "app/galley/commands/modelfiles.h"
#include "app/galley/localoptions.h"
#include "core/base/async.h"
#include "core/base/digest.h"
#include "core/base/memory.h"
#include "core/base/yaml.h"
#include "core/engines/remote/remoteengine.h"
#include "core/service/finalplan.h"
#include "core/service/subjectplanner.h"
#include "core/template/templatefile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <climits>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

LocalEngineOptions optionsFor(const Paths &paths, const Settings &settings, const QString &device)
{
    LocalEngineOptions options = localEngineOptions(paths, settings);
    if (!device.isEmpty())
        options.device = device;
    return options;
}

/// Request \a index as a number from 0 on: warm-up comes after the measured ones, so that two runs of equal length ask the same.
int slotOf(int index, int requests)
{
    return index < 0 ? requests - index - 1 : index;
}

int seedOf(unsigned first, int slot)
{
    return int((qint64(first) + slot) % (qint64(INT_MAX) + 1));
}

QList<SubjectTask> layersOf(const QList<RenderRequest> &requests, Error &error)
{
    QList<SubjectTask> tasks;
    for (const RenderRequest &request : requests) {
        const auto variant = resolve(request.source, request.row, request.folder);
        if (!variant) {
            error = variant.error();
            return {};
        }
        for (const DraftLayerPrompt &layer : compilePrompt(*variant, Dialect::Draft, frameFor(variant->canvas)).layers) {
            SubjectTask task;
            task.tokenId = layer.tokenId;
            task.words = layer.words;
            task.style = layer.style;
            tasks.append(task);
        }
    }
    error = {ErrorCode::InvalidInput, tr("The template has no subject that a draft model could draw. Take another one with --template."), {}};
    return tasks;
}

/// A sentence for a request that cannot be sent as it is: nothing is measured then.
Error usageError(Error error)
{
    if (error.failure == FailureClass::Retired) {
        error.code = ErrorCode::NotFound;
        error.failure = FailureClass::None;
    }
    return error;
}

} // namespace

BenchTargets::BenchTargets(const Paths &paths, Settings *settings, const QString &device)
    : m_paths(paths)
    , m_catalogue(loadCatalogue(paths))
    , m_keys(&m_keyStore)
    , m_local(optionsFor(paths, *settings, device))
    , m_engines(&m_local,
                [this](const BackendEntry &backend) -> std::unique_ptr<RenderEngine> {
                    if (!findServiceKind(backend.kind))
                        return nullptr;
                    return std::make_unique<RemoteEngine>(&m_client, backend, [this](const BackendEntry &entry) { return m_keys.read(entry); });
                })
    , m_offline(settings->offline.value())
{
    m_client.setProxy({settings->proxy.value(), m_offline});
    m_keyStore.memory = settings->raw();
}

BenchTargets::~BenchTargets() = default;

Result<LiveTarget> BenchTargets::wanted(const BenchArguments &arguments)
{
    if (!arguments.url.empty())
        return urlTarget(fromArgument(arguments.url), arguments);
    if (!arguments.model.empty())
        return modelTarget(fromArgument(arguments.model), arguments);
    const auto inputs = readInputs(arguments.route, arguments);
    return inputs ? finalTarget(*inputs, arguments) : fail(inputs.error());
}

Result<LiveTarget> BenchTargets::other(const QString &modelOrUrl, const BenchArguments &arguments)
{
    return modelOrUrl.contains(QLatin1String("://")) ? urlTarget(modelOrUrl, arguments) : modelTarget(modelOrUrl, arguments);
}

Result<LiveTarget> BenchTargets::urlTarget(const QString &url, const BenchArguments &arguments)
{
    const auto request = readBenchRequest(url, arguments);
    if (!request)
        return fail(request.error());
    auto target = std::make_unique<HttpBenchTarget>(&m_client, *request);
    LiveTarget live;
    live.description = {{"kind", "url"},
                        {"url", loggableUrl(request->url).toStdString()},
                        {"method", request->method.toStdString()},
                        {"payload_bytes", request->body.size()}};
    live.inputsDigest = sha256Hex(QByteArray(request->method + '\n' + request->contentType + '\n' + request->body));
    const QString key = fromArgument(arguments.key);
    if (!key.isEmpty()) {
        live.prepare = [this, key, http = target.get()] {
            auto promise = std::make_shared<QPromise<Result<void>>>();
            promise->start();
            onFinished(m_keyStore.read(key), http, [promise, key, http](const QFuture<Result<KeyStore::Found>> &future) {
                const auto found = future.result();
                if (found && !found->secret.isEmpty()) {
                    http->addSecret({"Authorization", "Bearer ", found->secret});
                    promise->addResult(Result<void>());
                } else {
                    promise->addResult(Result<void>(found ? fail(ErrorCode::NotFound, tr("There is no key \"%1\". Set %2, or store it under Services and Keys.")
                                                                                          .arg(key, KeyStore::environmentName(key)))
                                                          : fail(found.error())));
                }
                promise->finish();
            });
            return promise->future();
        };
    }
    live.target = std::move(target);
    return live;
}

Result<BenchTargets::Inputs> BenchTargets::readInputs(const std::string &argument, const BenchArguments &arguments) const
{
    const QString file = argument.empty() ? m_paths.resources + QStringLiteral("/templates/market-poster.galley") : fromArgument(argument);
    const auto loaded = loadTemplate(file);
    if (!loaded)
        return fail(loaded.error());
    const auto fidelity = fidelityFromName(fromArgument(arguments.fidelity));
    if (!fidelity)
        return fail(ErrorCode::InvalidInput, tr("--fidelity %1: take draft, mid or final.").arg(fromArgument(arguments.fidelity)));
    RenderRequest request;
    request.source = loaded->value;
    request.folder = QFileInfo(file).absolutePath();
    request.intent = request.source.intent;
    request.fidelity = *fidelity;
    QList<Finding> findings = loaded->warnings;
    const auto rows = readRows(arguments.rows, {}, request.source, request.folder, &findings);
    if (!rows)
        return fail(rows.error());
    Inputs inputs;
    for (const Finding &finding : findings)
        inputs.notices.append(findingLine(finding));
    QFile bytes(file);
    Json digest = Json::array({bytes.open(QIODevice::ReadOnly) ? sha256Hex(bytes.readAll()).toStdString() : std::string(), arguments.seed});
    for (const Row &row : *rows) {
        request.row = row;
        inputs.requests.append(request);
        Json values = Json::object();
        for (auto it = row.values.cbegin(); it != row.values.cend(); ++it)
            values[it.key().toStdString()] = it.value().toStdString();
        digest.push_back(values);
    }
    inputs.digest = canonicalDigest(digest);
    return inputs;
}

Result<LiveTarget> BenchTargets::modelTarget(const QString &id, const BenchArguments &arguments)
{
    auto inputs = readInputs(arguments.file, arguments);
    if (!inputs)
        return fail(inputs.error());
    const ModelEntry *model = m_catalogue.findModel(id);
    if (model && model->dialect == Dialect::Draft)
        return draftTarget(*model, *inputs, arguments);
    for (RenderRequest &request : inputs->requests)
        request.model = id;
    return finalTarget(*inputs, arguments);
}

Json BenchTargets::localFacts() const
{
    if (!m_capabilities)
        return Json::object();
    return {{"device", m_capabilities->device.toStdString()},
            {"dtype", m_capabilities->dtype.toStdString()},
            {"worker_threads", m_capabilities->threads},
            {"library", m_capabilities->library.toStdString()}};
}

/// One layer is one request: the smallest thing that a draft waits for.
Result<LiveTarget> BenchTargets::draftTarget(const ModelEntry &model, const Inputs &inputs, const BenchArguments &arguments)
{
    Error error;
    const QList<SubjectTask> layers = layersOf(inputs.requests, error);
    if (layers.isEmpty())
        return fail(error);
    LiveTarget live;
    live.description = {{"kind", "model"}, {"model", model.id.toStdString()}, {"backend", model.backend.toStdString()}};
    live.inputs = int(layers.size());
    live.inputsDigest = inputs.digest;
    live.notices = inputs.notices;
    auto target = std::make_unique<EngineBenchTarget>([this, layers, id = model.id, arguments](int index) -> Result<BenchRender> {
        const ModelCapabilities *known = m_capabilities ? m_capabilities->findModel(id) : nullptr;
        if (!known)
            return fail(ErrorCode::NotFound, tr("The model \"%1\" is not installed on this machine. \"galley models\" lists what is.").arg(id));
        if (!known->problem.isEmpty())
            return fail(ErrorCode::NotFound, known->problem);
        const int slot = slotOf(index, arguments.requests);
        SubjectTask task = layers.at(slot % layers.size());
        task.seed = seedOf(arguments.seed, slot);
        task.steps = known->defaultSteps;
        BenchRender render;
        render.engine = &m_local;
        render.request = layerRequest(task, *known);
        return render;
    });
    target->prepare = [this, guard = target.get()] {
        auto promise = std::make_shared<QPromise<Result<void>>>();
        promise->start();
        onFinished(m_local.capabilities(), guard, [this, promise](const QFuture<Result<EngineCapabilities>> &future) {
            const auto answer = future.result();
            if (answer)
                m_capabilities = *answer;
            if (answer && answer->device == QLatin1String("cuda"))
                m_gpu.start();
            promise->addResult(answer ? Result<void>() : Result<void>(fail(answer.error())));
            promise->finish();
        });
        return promise->future();
    };
    target->memorySource = [this] { return BenchMemory{residentBytes(m_local.processId()), m_gpu.peakBytes()}; };
    live.environment = [this, id = model.id] {
        Json facts = localFacts();
        if (const ModelCapabilities *known = m_capabilities ? m_capabilities->findModel(id) : nullptr)
            facts["revision"] = known->revision.toStdString();
        return facts;
    };
    live.target = std::move(target);
    return live;
}

Result<RoutePolicy> BenchTargets::rulesOf(const QString &named) const
{
    const QString file = named.isEmpty() ? m_paths.config + QStringLiteral("/routes.yaml") : named;
    if (named.isEmpty() && !QFileInfo::exists(file))
        return RoutePolicy();
    const auto text = readSmallFile(file, YamlLimits().bytes);
    if (!text)
        return fail(text.error().code, QStringLiteral("%1: %2").arg(file, text.error().message));
    RoutePolicy policy = readRoutePolicy(*text, m_catalogue, file);
    if (!policy.hasErrors())
        return policy;
    const auto worst = std::find_if(policy.findings.cbegin(), policy.findings.cend(), [](const Finding &finding) { return finding.severity == Severity::Error; });
    return fail(ErrorCode::InvalidInput, tr("The rules in %1 have mistakes, so they cannot be in force: %2").arg(policy.file, findingLine(*worst)));
}

/// What is wrong with one request is known before the first is sent; prices are the highest of all.
Result<void> BenchTargets::quoteAll(const Inputs &inputs, const RoutePolicy &policy, LiveTarget &live, QList<BackendEntry> &backends) const
{
    QuoteWorld world;
    world.policy = policy;
    world.route.now = QDateTime::currentDateTime();
    world.route.offline = m_offline;
    QStringList models;
    live.notices = inputs.notices;
    for (const RenderRequest &request : inputs.requests) {
        const auto quote = makeQuote(request, m_catalogue, world);
        if (!quote)
            return fail(usageError(quote.error()));
        if (!quote->obstacle.isEmpty())
            return fail(ErrorCode::Unavailable, quote->obstacle);
        live.priceUsd = std::max(live.priceUsd, quote->estimateUsd);
        if (!models.contains(quote->model.id))
            models.append(quote->model.id);
        if (!backends.contains(quote->backend))
            backends.append(quote->backend);
        for (const QString &notice : quote->notices) {
            if (!live.notices.contains(notice))
                live.notices.append(notice);
        }
    }
    live.paidModel = models.first();
    live.description["model"] = models.join(QStringLiteral(", ")).toStdString();
    return {};
}

Result<BenchRender> BenchTargets::finalRender(const RenderRequest &request, const RoutePolicy &policy, const RouteSnapshot &world)
{
    QElapsedTimer clock;
    clock.start();
    const auto ms = [&clock] { return double(clock.nsecsElapsed()) / 1e6; };
    const auto decision = decideRoute(request, policy, m_catalogue, world);
    if (!decision)
        return fail(decision.error());
    const double decided = ms();
    const ModelEntry *model = m_catalogue.findModel(decision->model);
    const BackendEntry *backend = model ? m_catalogue.findBackend(model->backend) : nullptr;
    RenderEngine *engine = backend ? m_engines.engineFor(*backend) : nullptr;
    if (!engine)
        return fail(ErrorCode::NotFound, tr("\"%1\" has no backend that can be asked.").arg(decision->model));
    const auto made = makeEngineRequest(request, *model, *backend, {});
    if (!made)
        return fail(made.error());
    BenchRender render;
    render.engine = engine;
    render.request = *made;
    const QString quality = made->options.is_object() && made->options.contains("quality") ? toQString(made->options["quality"]) : QString();
    render.estimateUsd = backend->free ? 0 : model->price.estimate(made->size, quality, made->count);
    render.timingsMs = {{QStringLiteral("decide"), decided}, {QStringLiteral("compile"), ms() - decided}};
    if (const auto variant = resolve(request.source, request.row, request.folder); variant && !textsToRead(*variant, made->size).isEmpty())
        render.textsOf = [variant = *variant](const QSize &size) { return textsToRead(variant, size); };
    return render;
}

/// One key after the other: the keychain may put a window on the screen for each.
QFuture<Result<void>> BenchTargets::readKeys(const QList<BackendEntry> &backends, QObject *guard)
{
    if (backends.isEmpty() || !BackendKeys::needsKey(backends.first()))
        return backends.size() > 1 ? readKeys(backends.mid(1), guard) : readyFuture<Result<void>>({});
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const auto finish = [promise](const Result<void> &result) {
        promise->addResult(result);
        promise->finish();
    };
    onFinished(m_keys.read(backends.first()), guard, [this, backends, guard, finish](const QFuture<Result<Secret>> &) {
        const BackendEntry &backend = backends.first();
        if (m_keys.isMissing(backend)) {
            const QString hint = m_keys.state(backend).sentence;
            finish(fail(ErrorCode::Unavailable, tr("There is no key for %1. Set %2, or store it under Services and Keys.")
                                                        .arg(backend.title(), KeyStore::environmentName(backend.key.isEmpty() ? backend.id : backend.key))
                                                    + (hint.isEmpty() ? QString() : u' ' + hint)));
            return;
        }
        onFinished(readKeys(backends.mid(1), guard), guard, [finish](const QFuture<Result<void>> &rest) { finish(rest.result()); });
    });
    return promise->future();
}

/// A model elsewhere, or whatever the rules choose where the requests name none.
Result<LiveTarget> BenchTargets::finalTarget(const Inputs &inputs, const BenchArguments &arguments)
{
    LiveTarget live;
    const RenderRequest &first = inputs.requests.first();
    live.description = {{"kind", first.model.isEmpty() ? "route" : "model"}, {"template", first.source.name.toStdString()}};
    live.inputs = int(inputs.requests.size());
    live.inputsDigest = inputs.digest;
    live.project = first.source.project;
    const Result<RoutePolicy> policy = first.model.isEmpty() ? rulesOf({}) : RoutePolicy();
    if (!policy)
        return fail(policy.error());
    QList<BackendEntry> backends;
    if (const auto quoted = quoteAll(inputs, *policy, live, backends); !quoted)
        return fail(quoted.error());
    RouteSnapshot world;
    world.now = QDateTime::currentDateTime();
    world.offline = m_offline;
    auto target = std::make_unique<EngineBenchTarget>([this, inputs, world, policy = *policy, n = arguments.requests, seed = arguments.seed](int index) {
        const int slot = slotOf(index, n);
        RenderRequest request = inputs.requests.at(slot % inputs.requests.size());
        request.seed = seedOf(seed, slot);
        return finalRender(request, policy, world);
    });
    live.prepare = [this, backends, guard = target.get()] { return readKeys(backends, guard); };
    live.environment = [served = target.get(), rules = policy->digest] {
        Json facts = served->facts();
        if (!rules.isEmpty())
            facts["rules_sha256"] = rules.toStdString();
        return facts;
    };
    live.target = std::move(target);
    return live;
}

} // namespace Galley
