#include "app/galley/commands/modelscommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/interrupt.h"
#include "app/galley/commands/modelfiles.h"
#include "app/galley/commands/modellist.h"
#include "app/galley/commands/output.h"
#include "app/galley/language.h"
#include "app/galley/localoptions.h"
#include "core/base/async.h"
#include "core/base/log.h"
#include "core/service/modelcard.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTimer>

namespace Galley {

namespace {

Json strings(const QStringList &list)
{
    Json result = Json::array();
    for (const QString &entry : list)
        result.push_back(entry.toStdString());
    return result;
}

Json localModelJson(const ModelCapabilities &model)
{
    Json buckets = Json::array();
    for (const QSize &size : model.buckets)
        buckets.push_back({size.width(), size.height()});
    return {{"id", model.model.toStdString()},
            {"revision", model.revision.toStdString()},
            {"tier", "draft"},
            {"steps", {{"default", model.defaultSteps}, {"max", model.maxSteps}}},
            {"native", model.nativeSize},
            {"buckets", buckets},
            {"styles", strings(model.styles)},
            {"confidence_threshold", model.confidenceThreshold},
            {"problem", model.problem.isEmpty() ? Json(nullptr) : Json(model.problem.toStdString())}};
}

/// What the model in \a folder says of its making: training, licences, evaluation, as it is in its description; null without one.
Json cardJson(const QString &folder)
{
    const Result<Json> description = readModelDescription(folder);
    if (!description || !description->is_object())
        return nullptr;
    Json card = Json::object();
    for (const char *key : {"training", "licences", "evaluation"}) {
        if (description->contains(key))
            card[key] = description->at(key);
    }
    return card;
}

/// Name, size and SHA-256 of every file of a model.
Json fileDigests(const QString &folder)
{
    Json files = Json::array();
    const QDir dir(folder);
    for (const QFileInfo &info : dir.entryInfoList(QDir::Files, QDir::Name)) {
        QFile file(info.filePath());
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            continue;
        files.push_back({{"file", info.fileName().toStdString()}, {"bytes", info.size()}, {"sha256", hash.result().toHex().toStdString()}});
    }
    return files;
}

/// What models.yaml has to say, and where keys come from.
struct Elsewhere
{
    ModelCatalogue catalogue;
    KeyStore *keys;
};

/// Asks the worker what it has and, for the list, the keychain for the keys of services; to verify, also draws once with every local model, since
/// weights are only read then.
class ModelsJob : public QObject
{
    Q_DECLARE_TR_FUNCTIONS(Galley::CommandLine)

public:
    ModelsJob(RenderEngine *engine, const LocalEngineOptions &options, Elsewhere elsewhere, bool verify, std::stop_token stop, const Output &output)
        : m_engine(engine)
        , m_options(options)
        , m_elsewhere(std::move(elsewhere))
        , m_verify(verify)
        , m_stop(std::move(stop))
        , m_output(output)
    {}

    void start()
    {
        onFinished(m_engine->capabilities(), this, [this](const QFuture<Result<EngineCapabilities>> &future) {
            const auto answer = future.result();
            if (!answer) {
                finish(m_output.fail(answer.error()));
                return;
            }
            m_capabilities = *answer;
            if (m_verify)
                verifyNext();
            else
                readKeys();
        });
    }

    int status() const { return m_status; }

private:
    void readKeys()
    {
        const QStringList names = neededKeys(m_elsewhere.catalogue);
        m_keysMissing = int(names.size());
        if (names.isEmpty())
            report();
        for (const QString &name : names) {
            onFinished(m_elsewhere.keys->read(name), this, [this, name](const QFuture<Result<KeyStore::Found>> &future) {
                m_keys.insert(name, future.result());
                if (--m_keysMissing == 0)
                    report();
            });
        }
    }

    void verifyNext()
    {
        while (m_next < m_capabilities.models.size() && !m_capabilities.models[m_next].problem.isEmpty())
            ++m_next;
        if (m_next == m_capabilities.models.size()) {
            report();
            return;
        }
        const ModelCapabilities &model = m_capabilities.models[m_next];
        EngineRequest request;
        request.model = model.model;
        request.revision = model.revision;
        request.prompt = QStringLiteral("a red apple");
        request.size = {model.nativeSize, model.nativeSize};
        request.steps = model.defaultSteps;
        onFinished(m_engine->render(request, {}, m_stop), this, [this](const QFuture<Result<RenderResult>> &future) {
            const auto answer = future.result();
            if (!answer && answer.error().code == ErrorCode::Cancelled) {
                finish(m_output.fail(answer.error()));
                return;
            }
            if (!answer)
                m_capabilities.models[m_next].problem = answer.error().message;
            ++m_next;
            verifyNext();
        });
    }

    void report()
    {
        Json models = Json::array();
        bool ok = !m_capabilities.models.isEmpty();
        for (const ModelCapabilities &model : m_capabilities.models) {
            ok = ok && model.problem.isEmpty();
            Json entry = localModelJson(model);
            entry["card"] = cardJson(m_options.modelsFolder + QLatin1Char('/') + model.model);
            print(model);
            if (m_verify) {
                entry["files"] = fileDigests(m_options.modelsFolder + QLatin1Char('/') + model.model);
                for (const Json &file : entry["files"])
                    m_output.print(QStringLiteral("  %1  %2").arg(toQString(file["sha256"]), toQString(file["file"])));
            }
            models.push_back(entry);
        }
        if (!m_verify)
            reportElsewhere(models);
        if (m_capabilities.models.isEmpty())
            m_output.say(tr("There is no model in %1. Install Galley again.").arg(m_options.modelsFolder));
        m_output.printJson(Json{{"ok", ok},
                                {"device", m_capabilities.device.toStdString()},
                                {"dtype", m_capabilities.dtype.toStdString()},
                                {"threads", m_capabilities.threads},
                                {"library", m_capabilities.library.toStdString()},
                                {"notes", strings(m_capabilities.notes)},
                                {"models", models}});
        finish(ok || !m_verify ? 0 : 1);
    }

    /// What other machines draw with, after what this one does.
    void reportElsewhere(Json &models) const
    {
        for (const Finding &finding : m_elsewhere.catalogue.findings)
            m_output.say(findingLine(finding));
        const QDate today = QDate::currentDate();
        for (const ModelEntry &model : m_elsewhere.catalogue.models) {
            if (m_capabilities.findModel(model.id))
                continue;
            const ModelState state = modelState(model, m_elsewhere.catalogue, m_keys, today);
            m_output.print(modelLine(model, state));
            models.push_back(modelJson(model, state));
        }
    }

    void print(const ModelCapabilities &model) const
    {
        m_output.print(tr("%1  revision %2  %3 px  %4 of at most %5 steps  on %6 (%7, %8 threads, %9)")
                           .arg(model.model, model.revision)
                           .arg(model.nativeSize)
                           .arg(model.defaultSteps)
                           .arg(model.maxSteps)
                           .arg(m_capabilities.device, m_capabilities.dtype)
                           .arg(m_capabilities.threads)
                           .arg(m_capabilities.library));
        if (!model.problem.isEmpty())
            m_output.print(QStringLiteral("  ") + model.problem);
        else if (m_verify)
            m_output.print(QStringLiteral("  ") + tr("draws"));
    }

    void finish(int status)
    {
        m_status = status;
        QCoreApplication::quit();
    }

    RenderEngine *m_engine;
    LocalEngineOptions m_options;
    Elsewhere m_elsewhere;
    FoundKeys m_keys;
    int m_keysMissing = 0;
    bool m_verify;
    std::stop_token m_stop;
    const Output &m_output;
    EngineCapabilities m_capabilities;
    qsizetype m_next = 0;
    int m_status = 1;
};

} // namespace

CLI::App *addModelsCommand(CLI::App &app, ModelsArguments &arguments)
{
    CLI::App *command = app.add_subcommand("models", "Tell what can draw, on this machine and elsewhere");
    command->add_option("ACTION", arguments.action, "list; verify draws once with each model of this machine and prints the digests of its files")
        ->check(CLI::IsMember({"list", "verify"}))
        ->capture_default_str();
    command->add_option("--device", arguments.device, "auto, cpu or cuda; the setting draft/device unless given")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    command->add_flag("--json", arguments.json, "print one JSON object: ok, device, models");
    return command;
}

int runModels(int argc, char **argv, const ModelsArguments &arguments)
{
    QCoreApplication app(argc, argv);
    beginCommand();
    const Output output(arguments.json);
    const Paths paths = Paths::fromEnvironment();
    startLog(paths.log());
    Settings settings(paths.config + QStringLiteral("/galley.conf"));
    LocalEngineOptions options = localEngineOptions(paths, settings);
    if (!arguments.device.empty())
        options.device = fromArgument(arguments.device);
    Interrupt interrupt;
    LocalEngine engine(options);
    KeyStore keys;
    keys.memory = settings.raw();
    keys.timeoutMs = 15'000; // a list is not worth waiting longer for somebody who unlocks the keychain
    ModelsJob job(&engine, options, {loadCatalogue(paths), &keys}, arguments.action == "verify", interrupt.token(), output);
    QTimer::singleShot(0, &job, &ModelsJob::start);
    app.exec();
    return job.status();
}

} // namespace Galley
