#include "app/galley/commands/rendercommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/finaljob.h"
#include "app/galley/commands/interrupt.h"
#include "app/galley/commands/output.h"
#include "app/galley/commands/renderjob.h"
#include "app/galley/language.h"
#include "app/galley/finalparts.h"
#include "app/galley/localoptions.h"
#include "core/base/async.h"
#include "core/base/log.h"
#include "core/service/localmodels.h"

#include <CLI/CLI.hpp>

#include <QGuiApplication>
#include <QTimer>

#include <cstdio>

namespace Galley {

namespace {

/// The pack, or null with a sentence: drafts without clip art need none.
std::shared_ptr<const CutoutLibrary> loadCutouts(const Paths &paths, const Output &output)
{
    auto library = CutoutLibrary::load(paths.resources + QStringLiteral("/cutouts"));
    if (library)
        return *library;
    output.say(library.error().message);
    return nullptr;
}

int execDraft(QGuiApplication &app, const RenderPlan &plan, LocalEngine &engine, const Output &output, const Interrupt &interrupt)
{
    DraftService service(&engine, loadCutouts(Paths::fromEnvironment(), output));
    RenderJob job(plan, &engine, &service, output, interrupt.token());
    QObject::connect(&job, &RenderJob::finished, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    QTimer::singleShot(0, &job, &RenderJob::start);
    app.exec();
    output.printJson(job.report());
    return job.status();
}

int execFinal(QGuiApplication &app, const RenderPlan &plan, LocalEngine &engine, Settings &settings, const Output &output, const Interrupt &interrupt)
{
    const Paths paths = Paths::fromEnvironment();
    LocalModels added(localModelsFolder(paths), &engine);
    FinalParts parts(paths, &settings, &engine, {.adopt = false});
    parts.follow(&added);
    // Cut-outs and worker are for those who send a draft.
    const bool drafts = plan.request.sendDraft;
    DraftService draft(drafts ? &engine : nullptr, drafts ? loadCutouts(paths, output) : nullptr);
    FinalJob job(plan, parts.service(), drafts ? &draft : nullptr, output, interrupt.token());
    QObject::connect(&job, &FinalJob::finished, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    QObject::connect(&interrupt, &Interrupt::requested, &job, &FinalJob::interrupt);
    QTimer::singleShot(0, &job, [&] {
        // Only the worker knows what a model of this machine can do; the others are not kept waiting for it.
        if (added.card(plan.request.model))
            onFinished(engine.capabilities(), &job, [&job](const QFuture<Result<EngineCapabilities>> &) { job.start(); });
        else
            job.start();
    });
    app.exec();
    output.printJson(job.report());
    return job.status();
}

int exec(QGuiApplication &app, RenderPlan plan, const Output &output, bool verbose)
{
    const Paths paths = Paths::fromEnvironment();
    startLog(paths.log());
    loadBundledFonts(paths.resources);
    Settings settings(paths.config + QStringLiteral("/galley.conf"));
    plan.saving = exportOptions(settings, {});
    LocalEngineOptions options = localEngineOptions(paths, settings);
    if (!plan.device.isEmpty())
        options.device = plan.device;

    Interrupt interrupt;
    LocalEngine engine(options);
    if (verbose) {
        QObject::connect(&engine, &LocalEngine::workerLine, &app,
                         [](const QString &line) { std::fprintf(stderr, "worker: %s\n", qPrintable(line)); });
    }
    return plan.isFinal ? execFinal(app, plan, engine, settings, output, interrupt) : execDraft(app, plan, engine, output, interrupt);
}

} // namespace

CLI::App *addRenderCommand(CLI::App &app, RenderArguments &arguments)
{
    CLI::App *command = app.add_subcommand("render", "Draw a template: one picture, or one for each row of a CSV file");
    command->add_option("TEMPLATE", arguments.file, "a *.galley file")->required();
    command->add_option("--output,-o", arguments.output, "OUT.png (or .jpg, .webp, .tif), or a folder for all rows (<template>-<NNN>.png, or the column _file)");
    command->add_option("--row,-r", arguments.row, "FILE.csv for all its rows, FILE.csv#N for row N");
    command->add_option("--slot,-s", arguments.slotValues, "name=value: fill one slot (repeatable)")->allow_extra_args(false);
    command->add_option("--model", arguments.model, "the model to draw with, as models.yaml names it: a draft on this machine unless given");
    command->add_option("--intent", arguments.intent, "what it is for, such as poster; the template's own otherwise");
    command->add_option("--fidelity", arguments.fidelity, "draft, mid or final: the rules choose the model; draft unless given");
    command->add_option("--negative", arguments.negative, "what should not be in the picture, for models that take it");
    command->add_option("--source", arguments.source, "where subjects come from: auto, generated or clip-art")->capture_default_str();
    command->add_option("--seed", arguments.seed, "0 to 2147483647; 0 unless given");
    command->add_option("--steps", arguments.steps, "steps of the model; its own number unless given");
    command->add_option("--guidance", arguments.guidance, "how closely the model keeps to the words, for models that take it");
    command->add_option("--count", arguments.count, "pictures of one request, 1 to 16: OUT.png, OUT-2.png …");
    command->add_flag("--anew", arguments.anew, "render and pay, although the cache of renders may hold this very request");
    command->add_flag("--may-shrink", arguments.mayShrink, "rather a smaller picture than none when a model of this machine runs out of memory");
    command->add_option("--start", arguments.start, "PICTURE that the model begins with");
    command->add_flag("--send-draft", arguments.sendDraft, "the draft is the picture that the model begins with");
    command->add_option("--strength", arguments.strength, "0 to 1: how far the model may go from the start picture; 0 keeps it, 0.6 unless given");
    command->add_option("--redo", arguments.redo, "TOKEN whose area of the start picture is drawn anew, the rest is kept (repeatable)")
        ->allow_extra_args(false);
    command->add_option("--mask", arguments.mask, "PICTURE of the start picture's size: what is transparent in it is drawn anew");
    command->add_option("--size", arguments.size, "WIDTHxHEIGHT: of a draft in the shape of the canvas; of the model's own picture otherwise");
    command->add_option("--device", arguments.device, "auto, cpu or cuda; the setting draft/device unless given")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    command->add_flag("--raw", arguments.raw, "write the model's own picture (of a draft's only subject) instead of the composed one");
    command->add_option("--layers", arguments.layers, "DIR: also write every layer as PNG; <token>.png is the subject before it is placed");
    command->add_flag("--json", arguments.json, "print one JSON object: ok, outputs, failed");
    command->add_flag("--verbose,-v", arguments.verbose, "show what the drawing worker logs");
    return command;
}

int runRender(int argc, char **argv, const RenderArguments &arguments)
{
    // Fonts need Qt's GUI library, which needs a platform; this one needs no display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // Until the log is open: what Qt remarks about the session (no XDG_RUNTIME_DIR in containers) helps nobody here.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    QGuiApplication app(argc, argv);
    beginCommand();
    const Output output(arguments.json);
    const auto plan = planRender(arguments);
    if (!plan)
        return output.fail(plan.error());
    return exec(app, *plan, output, arguments.verbose);
}

} // namespace Galley
