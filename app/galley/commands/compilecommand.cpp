#include "app/galley/commands/compilecommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/output.h"
#include "core/prompt/promptcompiler.h"
#include "core/template/templatefile.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

QString dialectNames()
{
    QStringList names;
    for (const Dialect dialect : allDialects())
        names.append(dialectName(dialect));
    return names.join(QStringLiteral(", "));
}

Json toJson(const CompiledPrompt &prompt)
{
    Json parts = Json::array();
    for (const SlotSpan &span : prompt.parts)
        parts.push_back({{"start", span.start}, {"end", span.end}, {"slot", span.slot.toStdString()}});
    Json warnings = Json::array();
    for (const QString &warning : prompt.warnings)
        warnings.push_back(warning.toStdString());
    return {{"dialect", dialectName(prompt.dialect).toStdString()}, {"text", prompt.text.toStdString()}, {"parts", parts}, {"warnings", warnings}};
}

Result<CompiledPrompt> compile(const CompileArguments &arguments, const Output &output)
{
    const auto dialect = dialectFromName(fromArgument(arguments.dialect));
    if (!dialect) {
        return fail(ErrorCode::InvalidInput,
                    tr("There is no dialect \"%1\"; there are %2.").arg(fromArgument(arguments.dialect), dialectNames()));
    }
    const QString file = fromArgument(arguments.file);
    const auto loaded = loadTemplate(file);
    if (!loaded)
        return fail(loaded.error());
    QList<Finding> findings = loaded->warnings;
    const QString folder = QFileInfo(file).absolutePath();
    const auto rows = readRows(arguments.row, arguments.slotValues, loaded->value, folder, &findings);
    if (!rows)
        return fail(rows.error());
    for (const Finding &finding : findings)
        output.say(findingLine(finding));
    if (rows->size() > 1) {
        return fail(ErrorCode::InvalidInput,
                    tr("%1 has %2 rows; name the one to compile, such as %1#1.").arg(fromArgument(arguments.row)).arg(rows->size()));
    }
    const auto variant = resolve(loaded->value, rows->first(), folder);
    if (!variant)
        return fail(variant.error());
    return compilePrompt(*variant, *dialect, frameFor(variant->canvas));
}

} // namespace

CLI::App *addCompileCommand(CLI::App &app, CompileArguments &arguments)
{
    CLI::App *command = app.add_subcommand("compile", "Print the prompt that a model family is sent for a template");
    command->add_option("TEMPLATE", arguments.file, "a *.galley file")->required();
    command->add_option("--dialect,-d", arguments.dialect, "draft, prose, ideogram-json or flux-json")->capture_default_str();
    command->add_option("--row", arguments.row, "FILE.csv#N: take the slot values of row N");
    command->add_option("--slot,-s", arguments.slotValues, "name=value: fill one slot (repeatable)")->allow_extra_args(false);
    command->add_flag("--json", arguments.json, "print one JSON object: dialect, text, parts, warnings");
    return command;
}

int runCompile(const CompileArguments &arguments)
{
    const Output output(arguments.json);
    const auto prompt = compile(arguments, output);
    if (!prompt)
        return output.fail(prompt.error());
    if (!output.isJson()) {
        for (const QString &warning : prompt->warnings)
            output.say(warning);
    }
    output.print(prompt->text);
    output.printJson(toJson(*prompt));
    return 0;
}

} // namespace Galley
