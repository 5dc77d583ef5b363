#include "app/galley/commands/commandline.h"

#include "app/galley/commands/benchcommand.h"
#include "app/galley/commands/checkcommand.h"
#include "app/galley/commands/compilecommand.h"
#include "app/galley/commands/contactsheetcommand.h"
#include "app/galley/commands/librarycommand.h"
#include "app/galley/commands/modelscommand.h"
#include "app/galley/commands/output.h"
#include "app/galley/commands/rendercommand.h"
#include "app/galley/commands/routecommand.h"
#include "app/galley/commands/routescommand.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <clocale>
#include <cstdlib>
#include <cstring>

#include <langinfo.h>

namespace Galley {

namespace {

constexpr std::array commands{"render", "compile", "check", "models", "route", "routes", "bench", "library", "contact-sheet"};

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

template<typename Names>
bool contains(const Names &names, const char *word)
{
    return std::any_of(names.begin(), names.end(), [&](const char *name) { return std::strcmp(name, word) == 0; });
}

bool asksForJson(int argc, char **argv)
{
    return std::any_of(argv + 1, argv + argc, [](const char *argument) { return std::strcmp(argument, "--json") == 0; });
}

/// Qt needs an UTF-8 locale and complains on standard error without one, as in containers and cron jobs.
void ensureUtf8()
{
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        ::setenv("LC_ALL", "C.UTF-8", 1);
}

int usageError(int argc, char **argv, const QString &sentence)
{
    return Output(asksForJson(argc, argv)).fail({ErrorCode::InvalidInput, sentence, {}});
}

} // namespace

bool isCommand(int argc, char **argv)
{
    if (argc < 2)
        return false;
    // Qt's own options have one dash; a word with two is ours, or a mistake that deserves a usage error.
    return contains(commands, argv[1]) || std::strncmp(argv[1], "--", 2) == 0
        || contains(std::array{"-h", "-V"}, argv[1]);
}

int runCommandLine(int argc, char **argv)
{
    ensureUtf8();
    CLI::App app("Galley: design templates for generated images and draft them on this machine.\n"
                 "Without a subcommand the desktop opens: galley [FILE.galley…]",
                 "galley");
    app.set_version_flag("--version,-V", std::string("galley ") + GALLEY_VERSION);
    app.require_subcommand(1);
    app.footer("Exit status: 0 done, 1 failed, 2 bad input or usage, 3 refused, 130 cancelled.\n"
               "\"galley COMMAND --help\" tells more. With --json one object goes to standard output, messages go to standard error.");
    RenderArguments render;
    CompileArguments compile;
    CheckArguments check;
    ModelsArguments models;
    ContactSheetArguments contactSheet;
    RouteArguments route;
    RoutesArguments routes;
    BenchArguments bench;
    LibraryArguments library;
    const CLI::App *renderCommand = addRenderCommand(app, render);
    const CLI::App *compileCommand = addCompileCommand(app, compile);
    const CLI::App *checkCommand = addCheckCommand(app, check);
    const CLI::App *routeCommand = addRouteCommand(app, route);
    const CLI::App *routesCommand = addRoutesCommand(app, routes);
    const CLI::App *benchCommand = addBenchCommand(app, bench);
    const CLI::App *libraryCommand = addLibraryCommand(app, library);
    addModelsCommand(app, models);
    const CLI::App *contactSheetCommand = addContactSheetCommand(app, contactSheet);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        if (error.get_exit_code() == 0)
            return app.exit(error);
        return usageError(argc, argv, tr("%1. \"galley %2 --help\" shows how.").arg(QString::fromUtf8(error.what()), QString::fromUtf8(argv[1])));
    }
    if (renderCommand->parsed())
        return runRender(argc, argv, render);
    if (compileCommand->parsed())
        return runCompile(compile);
    if (checkCommand->parsed())
        return runCheck(argc, argv, check);
    if (routeCommand->parsed())
        return runRoute(argc, argv, route);
    if (routesCommand->parsed())
        return runRoutes(argc, argv, routes);
    if (benchCommand->parsed())
        return runBench(argc, argv, bench);
    if (libraryCommand->parsed())
        return runLibrary(argc, argv, library);
    if (contactSheetCommand->parsed())
        return runContactSheet(argc, argv, contactSheet);
    return runModels(argc, argv, models);
}

} // namespace Galley
