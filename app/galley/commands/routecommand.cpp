#include "app/galley/commands/routecommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/output.h"
#include "app/galley/commands/renderreport.h"
#include "app/galley/language.h"
#include "app/galley/finalparts.h"
#include "core/routing/router.h"
#include "core/template/templatefile.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>
#include <QTimer>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

Json jsonOf(const QStringList &sentences)
{
    Json list = Json::array();
    for (const QString &sentence : sentences)
        list.push_back(sentence.toStdString());
    return list;
}

Json toJson(const RouteDecision &decision)
{
    Json fallbacks = Json::array();
    for (const RouteFallback &fallback : decision.fallbacks)
        fallbacks.push_back({{"model", fallback.model.toStdString()}, {"on", jsonOf(fallback.on)}, {"ask", fallback.ask}});
    return {{"model", decision.model.toStdString()}, {"rule", decision.rule.toStdString()},   {"cohort", decision.cohort},
            {"reasons", jsonOf(decision.reasons)},   {"fallbacks", fallbacks},                 {"skipped", jsonOf(decision.skipped)},
            {"canary", decision.isCanary},           {"shadow", textOrNull(decision.shadow)},  {"policy_revision", decision.revision}};
}

Result<RenderRequest> readRequest(const RouteArguments &arguments, const Output &output)
{
    const QString file = fromArgument(arguments.file);
    const auto loaded = loadTemplate(file);
    if (!loaded)
        return fail(loaded.error());
    RenderRequest request;
    request.source = loaded->value;
    request.folder = QFileInfo(file).absolutePath();
    QList<Finding> findings = loaded->warnings;
    const auto rows = readRows(arguments.row, arguments.slotValues, request.source, request.folder, &findings);
    if (!rows)
        return fail(rows.error());
    for (const Finding &finding : findings)
        output.say(findingLine(finding));
    if (rows->size() > 1) {
        return fail(ErrorCode::InvalidInput,
                    tr("%1 has %2 rows; name the one to route, such as %1#1.").arg(fromArgument(arguments.row)).arg(rows->size()));
    }
    request.row = rows->first();
    const auto fidelity = fidelityFromName(fromArgument(arguments.fidelity));
    if (!fidelity)
        return fail(ErrorCode::InvalidInput, tr("--fidelity %1: take draft, mid or final.").arg(fromArgument(arguments.fidelity)));
    request.fidelity = *fidelity;
    request.model = fromArgument(arguments.model);
    request.intent = arguments.intent.empty() ? request.source.intent : fromArgument(arguments.intent);
    request.source.intent = request.intent;
    if (!arguments.project.empty())
        request.source.project = fromArgument(arguments.project);
    return request;
}

} // namespace

CLI::App *addRouteCommand(CLI::App &app, RouteArguments &arguments)
{
    CLI::App *command = app.add_subcommand("route", "Tell which model would render a template, without rendering");
    command->add_option("TEMPLATE", arguments.file, "a *.galley file")->required();
    command->add_option("--row", arguments.row, "FILE.csv#N: take the slot values of row N");
    command->add_option("--slot,-s", arguments.slotValues, "name=value: fill one slot (repeatable)")->allow_extra_args(false);
    command->add_option("--model", arguments.model, "as if this model had been asked for");
    command->add_option("--intent", arguments.intent, "what it is for; the template's own otherwise");
    command->add_option("--fidelity", arguments.fidelity, "draft, mid or final")->capture_default_str();
    command->add_option("--project", arguments.project, "as if the template belonged to this project");
    command->add_flag("--explain", arguments.explain, "print the reasons too");
    command->add_flag("--json", arguments.json, "print one JSON object: model, rule, cohort, reasons, fallbacks, skipped");
    return command;
}

int runRoute(int argc, char **argv, const RouteArguments &arguments)
{
    QCoreApplication app(argc, argv);
    beginCommand();
    const Output output(arguments.json);
    const auto request = readRequest(arguments, output);
    if (!request)
        return output.fail(request.error());
    const Paths paths = Paths::fromEnvironment();
    Settings settings(paths.config + QStringLiteral("/galley.conf"));
    FinalParts parts(paths, &settings, nullptr, {false});
    QTimer::singleShot(0, &app, [&] { parts.routing()->start([] { QCoreApplication::exit(); }); });
    QCoreApplication::exec();
    if (!parts.routing()->problem().isEmpty())
        output.say(parts.routing()->problem());
    const auto decision = parts.routing()->decide(*request);
    if (!decision) {
        Error error = decision.error();
        if (error.failure == FailureClass::Retired) // known before anything is sent: bad input
            error.code = ErrorCode::NotFound;
        return output.fail(error);
    }
    output.print(decision->model);
    if (arguments.explain) {
        for (const QString &sentence : decision->reasons + decision->skipped)
            output.print(QStringLiteral("  ") + sentence);
    }
    output.printJson(toJson(*decision));
    return 0;
}

} // namespace Galley
