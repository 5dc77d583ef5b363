#include "app/galley/commands/modelscommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/interrupt.h"
#include "app/galley/commands/localmodeljson.h"
#include "app/galley/commands/modelfiles.h"
#include "app/galley/commands/modellist.h"
#include "app/galley/commands/output.h"
#include "app/galley/finalparts.h"
#include "app/galley/language.h"
#include "app/galley/localoptions.h"
#include "core/base/async.h"
#include "core/base/log.h"
#include "core/service/localmodels.h"
#include "core/service/modelcard.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFutureWatcher>
#include <QHash>
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

/// Says on standard error how far \a future is, at every tenth.
template<typename T>
void sayProgress(const QFuture<T> &future, const QString &what, const Output &output, QObject *guard)
{
    auto *watcher = new QFutureWatcher<T>(guard);
    QObject::connect(watcher, &QFutureWatcherBase::progressValueChanged, guard, [=, &output, tenths = 0](int value) mutable {
        const int all = watcher->progressMaximum();
        if (all <= 0 || value * 10 / all <= tenths)
            return;
        tenths = value * 10 / all;
        output.say(QCoreApplication::translate("Galley::CommandLine", "%1: %2 of %3 %4").arg(what).arg(value).arg(all).arg(watcher->progressText()));
    });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(future);
}

/// Adds one model and says what it is.
class AddModelJob : public QObject
{
    Q_DECLARE_TR_FUNCTIONS(Galley::CommandLine)

public:
    AddModelJob(LocalModels *models, const ModelsArguments &arguments, const Output &output)
        : m_models(models)
        , m_arguments(arguments)
        , m_output(output)
    {}

    void start()
    {
        const QString path = fromArgument(m_arguments.subject);
        m_future = m_models->add(path, fromArgument(m_arguments.id));
        sayProgress(m_future, tr("Reading %1").arg(QDir::toNativeSeparators(path)), m_output, this);
        onFinished(m_future, this, [this](const QFuture<Result<QString>> &future) {
            if (future.resultCount() > 0)
                end(future.result());
            else
                end(fail(ErrorCode::Cancelled, tr("Cancelled; nothing was added.")));
        });
    }

    void interrupt() { m_future.cancel(); }
    int status() const { return m_status; }

private:
    void end(const Result<QString> &id)
    {
        m_status = id ? 0 : m_output.fail(asUsage(id.error()));
        if (id) {
            const LocalModelCard card = *m_models->card(*id);
            Json json = localModelJson(card.said.basic);
            json.update(localCardJson(card));
            m_output.print(tr("Added %1.").arg(*id));
            for (const QString &line : localCardLines(card))
                m_output.print(QStringLiteral("  ") + line);
            m_output.print(QStringLiteral("  ") + tr("galley render TEMPLATE --model %1 -o OUT.png").arg(*id));
            m_output.printJson(Json{{"ok", true}, {"model", json}});
        }
        QCoreApplication::quit();
    }

    /// Files that cannot be used are what was handed in.
    static Error asUsage(Error error)
    {
        if (error.code == ErrorCode::Unavailable)
            error.code = ErrorCode::InvalidInput;
        return error;
    }

    LocalModels *m_models;
    const ModelsArguments &m_arguments;
    const Output &m_output;
    QFuture<Result<QString>> m_future;
    int m_status = 1;
};

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
    ModelsJob(RenderEngine *engine, const LocalEngineOptions &options, LocalModels *added, Elsewhere elsewhere, const ModelsArguments &arguments,
              std::stop_token stop, const Output &output)
        : m_engine(engine)
        , m_options(options)
        , m_added(added)
        , m_elsewhere(std::move(elsewhere))
        , m_verify(arguments.action == "verify")
        , m_only(fromArgument(arguments.subject))
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
            if (!m_only.isEmpty() && !m_capabilities.findModel(m_only)) {
                finish(m_output.fail({ErrorCode::NotFound, tr("There is no model %1 on this machine. \"galley models\" lists those that are.").arg(m_only), {}}));
                return;
            }
            if (!m_only.isEmpty())
                m_capabilities.models.removeIf([this](const ModelCapabilities &model) { return model.model != m_only; });
            if (m_verify)
                verifyNext();
            else
                readKeys();
        });
    }

    void interrupt() { m_check.cancel(); }
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
        if (m_next == m_capabilities.models.size()) {
            report();
            return;
        }
        const QString id = m_capabilities.models[m_next].model;
        if (!m_added->card(id) || m_added->card(id)->files == LocalModelCard::Files::Missing) {
            draw();
            return;
        }
        m_check = m_added->check(id);
        sayProgress(m_check, tr("Reading %1").arg(id), m_output, this);
        onFinished(m_check, this, [this, id](const QFuture<Result<FilesReport>> &future) {
            if (future.resultCount() == 0 || m_stop.stop_requested()) {
                finish(m_output.fail({ErrorCode::Cancelled, tr("Cancelled."), {}}));
                return;
            }
            const Result<FilesReport> report = future.result();
            QString &problem = m_capabilities.models[m_next].problem;
            if (report)
                m_reports.insert(id, *report);
            if (problem.isEmpty())
                problem = report ? report->differences.join(u' ') : report.error().message;
            draw();
        });
    }

    /// One picture by the model whose turn it is; what cannot draw, or would draw another picture than before, is not asked.
    void draw()
    {
        const ModelCapabilities &model = m_capabilities.models[m_next];
        if (!model.problem.isEmpty()) {
            ++m_next;
            verifyNext();
            return;
        }
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
            if (answer)
                m_drawn.insert(m_capabilities.models[m_next].model, *answer);
            else
                m_capabilities.models[m_next].problem = answer.error().message;
            ++m_next;
            verifyNext();
        });
    }

    /// Name, size and digest of the files of \a model.
    Json filesOf(const QString &model) const
    {
        const auto report = m_reports.constFind(model);
        if (report == m_reports.cend())
            return fileDigests(m_options.modelsFolder + QLatin1Char('/') + model);
        Json files = Json::array();
        for (const WeightsFile &file : report->files)
            files.push_back({{"file", file.name.toStdString()}, {"bytes", file.bytes}, {"sha256", file.sha256.toStdString()}});
        return files;
    }

    void report()
    {
        Json models = Json::array();
        bool ok = !m_capabilities.models.isEmpty();
        for (const ModelCapabilities &model : m_capabilities.models) {
            ok = ok && model.problem.isEmpty();
            Json entry = localModelJson(model);
            const auto added = m_added->card(model.model);
            if (added)
                entry.update(localCardJson(*added));
            else
                entry["card"] = cardJson(m_options.modelsFolder + QLatin1Char('/') + model.model);
            print(model);
            if (added) {
                for (const QString &line : localCardLines(*added))
                    m_output.print(QStringLiteral("  ") + line);
            }
            if (m_verify) {
                entry["files"] = filesOf(model.model);
                for (const Json &file : entry["files"])
                    m_output.print(QStringLiteral("  %1  %2").arg(toQString(file["sha256"]), toQString(file["file"])));
            }
            models.push_back(entry);
        }
        for (const QString &problem : m_added->problems())
            m_output.say(problem);
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
            m_output.print(QStringLiteral("  ") + tr("draws (%1 ms)").arg(qRound(m_drawn.value(model.model).timingsMs.value(QStringLiteral("total")))));
    }

    void finish(int status)
    {
        m_status = status;
        QCoreApplication::quit();
    }

    RenderEngine *m_engine;
    LocalEngineOptions m_options;
    LocalModels *m_added;
    Elsewhere m_elsewhere;
    FoundKeys m_keys;
    int m_keysMissing = 0;
    bool m_verify;
    QString m_only;
    QFuture<Result<FilesReport>> m_check;
    QHash<QString, FilesReport> m_reports;
    QHash<QString, RenderResult> m_drawn;
    std::stop_token m_stop;
    const Output &m_output;
    EngineCapabilities m_capabilities;
    qsizetype m_next = 0;
    int m_status = 1;
};

} // namespace

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

Result<void> checkArguments(const ModelsArguments &arguments)
{
    const bool needsSubject = arguments.action == "add" || arguments.action == "remove";
    const auto usage = [](const QString &sentence) { return fail(ErrorCode::InvalidInput, sentence); };
    if (needsSubject && arguments.subject.empty()) {
        return usage(arguments.action == "add" ? tr("Say what to add: galley models add FOLDER, or a .safetensors file.")
                                               : tr("Say what to remove: galley models remove ID. \"galley models\" lists the ids."));
    }
    if (arguments.action == "list" && !arguments.subject.empty())
        return usage(tr("\"galley models list\" takes no name; \"galley models verify %1\" looks at one model.").arg(fromArgument(arguments.subject)));
    if (!arguments.id.empty() && arguments.action != "add")
        return usage(tr("--id belongs to \"galley models add\"."));
    return {};
}

int removeModel(LocalModels &models, const ModelsArguments &arguments, const Output &output)
{
    const QString id = fromArgument(arguments.subject);
    const auto card = models.card(id);
    if (const auto removed = models.remove(id); !removed)
        return output.fail(removed.error());
    output.print(tr("%1 is forgotten; its files stay in %2.").arg(id, QDir::toNativeSeparators(card->entry.path)));
    output.printJson(Json{{"ok", true}, {"removed", id.toStdString()}, {"path", card->entry.path.toStdString()}});
    return 0;
}

template<typename Job>
int exec(QCoreApplication &app, Job &job, const Interrupt &interrupt)
{
    QObject::connect(&interrupt, &Interrupt::requested, &job, [&job] { job.interrupt(); });
    QTimer::singleShot(0, &job, [&job] { job.start(); });
    app.exec();
    return job.status();
}

} // namespace

CLI::App *addModelsCommand(CLI::App &app, ModelsArguments &arguments)
{
    CLI::App *command = app.add_subcommand("models", "Tell what can draw, on this machine and elsewhere; add and remove models of your own");
    command->add_option("ACTION", arguments.action,
                        "list; add PATH: a folder as diffusers writes it, or one .safetensors file, which stays where it is; verify [ID]: compare the files with "
                        "what they were, print their digests and draw once; remove ID: forget it, the files stay")
        ->check(CLI::IsMember({"list", "add", "verify", "remove"}))
        ->capture_default_str();
    command->add_option("WHAT", arguments.subject, "the path to add, or the id to verify or remove");
    command->add_option("--id", arguments.id, "of add: what the model is called; made of the file's name unless given");
    command->add_option("--device", arguments.device, "auto, cpu or cuda; the setting draft/device unless given")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    command->add_flag("--json", arguments.json, "print one JSON object: ok, device, models; of add: ok, model");
    return command;
}

int runModels(int argc, char **argv, const ModelsArguments &arguments)
{
    QCoreApplication app(argc, argv);
    beginCommand();
    const Output output(arguments.json);
    if (const auto checked = checkArguments(arguments); !checked)
        return output.fail(checked.error());
    const Paths paths = Paths::fromEnvironment();
    startLog(paths.log());
    Settings settings(paths.config + QStringLiteral("/galley.conf"));
    LocalEngineOptions options = localEngineOptions(paths, settings);
    if (!arguments.device.empty())
        options.device = fromArgument(arguments.device);
    Interrupt interrupt;
    LocalEngine engine(options);
    LocalModels added(localModelsFolder(paths), &engine);
    const ModelCatalogue catalogue = loadCatalogue(paths);
    added.isTaken = [&catalogue](const QString &id) {
        const ModelEntry *known = catalogue.findModel(id);
        return known && (known->backend != QLatin1String("local") || known->dialect == Dialect::Draft);
    };
    if (arguments.action == "remove")
        return removeModel(added, arguments, output);
    if (arguments.action == "add") {
        AddModelJob job(&added, arguments, output);
        return exec(app, job, interrupt);
    }
    KeyStore keys;
    keys.memory = settings.raw();
    keys.timeoutMs = 15'000; // a list is not worth waiting longer for somebody who unlocks the keychain
    ModelsJob job(&engine, options, &added, {catalogue, &keys}, arguments, interrupt.token(), output);
    return exec(app, job, interrupt);
}

} // namespace Galley
