#include "app/galley/commands/checkcommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/modelfiles.h"
#include "app/galley/commands/output.h"
#include "app/galley/language.h"
#include "core/base/yaml.h"
#include "core/template/csv.h"
#include "core/template/templatefile.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

/// A refusal of a whole file as a finding; "file:line: " at the front of its sentence becomes the place.
Finding fromError(const Error &error, const QString &file)
{
    Finding finding;
    finding.file = file;
    finding.code = errorCodeName(error.code);
    finding.message = error.message;
    if (error.message.startsWith(file + QLatin1Char(':'))) {
        static const QRegularExpression place(QStringLiteral("^(\\d+):\\s*"));
        const QString rest = error.message.mid(file.size() + 1);
        const auto match = place.match(rest);
        if (match.hasMatch()) {
            finding.line = match.captured(1).toInt();
            finding.message = rest.mid(match.capturedEnd());
        }
    }
    return finding;
}

/// The template that \a csv belongs to: as told, of the same name, or the only one beside it.
Result<QString> templateFor(const QString &csv, const QString &told)
{
    if (!told.isEmpty())
        return told;
    const QFileInfo info(csv);
    const QString sameName = info.path() + QLatin1Char('/') + info.completeBaseName() + QStringLiteral(".galley");
    if (QFileInfo::exists(sameName))
        return sameName;
    const QStringList beside = info.dir().entryList({QStringLiteral("*.galley")}, QDir::Files);
    if (beside.size() == 1)
        return info.dir().filePath(beside.first());
    return fail(ErrorCode::InvalidInput, tr("%1: say with --template which template these rows are for.").arg(csv));
}

QList<Finding> checkTemplateFile(const QString &file)
{
    QFile source(file);
    const bool readable = QFileInfo(file).isFile() && source.size() <= JsonLimits().bytes && source.open(QIODevice::ReadOnly);
    if (readable)
        return checkTemplateText(source.readAll(), file);
    const auto loaded = loadTemplate(file); // says what is wrong with the file as a whole
    return loaded ? QList<Finding>() : QList<Finding>{fromError(loaded.error(), file)};
}

QList<Finding> checkRows(const QString &file, const QString &told)
{
    const auto templateFile = templateFor(file, told);
    if (!templateFile) { // the form of the file can be checked all the same
        const auto rows = loadRows(file, Template());
        return {fromError(rows ? templateFile.error() : rows.error(), file)};
    }
    const auto loaded = loadTemplate(*templateFile);
    if (!loaded)
        return {fromError(loaded.error(), *templateFile)};
    const auto rows = loadRows(file, loaded->value);
    if (!rows)
        return {fromError(rows.error(), file)};
    return rows->findings;
}

/// Whether a YAML file holds rules and not models: by what it says, or by its name while it says nothing.
bool holdsRoutes(const QString &file)
{
    const auto text = readSmallFile(file, YamlLimits().bytes);
    const auto root = parseYaml(text.value_or(QByteArray()));
    if (!root || !root->isMap())
        return QFileInfo(file).fileName().contains(QLatin1String("route"));
    const auto holds = [&](const char *key) { return root->find(QLatin1String(key)) != nullptr; };
    return (holds("routes") || holds("default")) && !holds("models") && !holds("backends") && !holds("aliases");
}

QList<Finding> checkFile(const QString &file, const QString &told)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix == QLatin1String("galley"))
        return checkTemplateFile(file);
    if (suffix == QLatin1String("csv"))
        return checkRows(file, told);
    if (suffix == QLatin1String("yaml") || suffix == QLatin1String("yml"))
        return holdsRoutes(file) ? checkRules(Paths::fromEnvironment(), file) : checkModels(Paths::fromEnvironment(), file);
    Finding finding;
    finding.file = file;
    finding.code = errorCodeName(ErrorCode::Unsupported);
    finding.message = tr("Files of this kind cannot be checked in this version; it checks *.galley, *.csv, models.yaml and routes.yaml.");
    return {finding};
}

Json toJson(const Finding &finding)
{
    Json json{{"file", finding.file.toStdString()},       {"line", finding.line},
              {"path", finding.path.toStdString()},       {"severity", severityName(finding.severity).toStdString()},
              {"code", finding.code.toStdString()},       {"message", finding.message.toStdString()},
              {"fix", finding.fix.toStdString()}};
    if (finding.column > 0)
        json["column"] = finding.column;
    return json;
}

/// 2 when a file could not be looked into at all, 1 when it has errors.
int status(const QList<Finding> &findings)
{
    int result = 0;
    for (const Finding &finding : findings) {
        if (finding.severity != Severity::Error)
            continue;
        const bool unreadable = finding.code == errorCodeName(ErrorCode::NotFound) || finding.code == errorCodeName(ErrorCode::Unsupported)
            || finding.code == errorCodeName(ErrorCode::TooLarge) || finding.code == errorCodeName(ErrorCode::Io);
        result = std::max(result, unreadable ? 2 : 1);
    }
    return result;
}

} // namespace

CLI::App *addCheckCommand(CLI::App &app, CheckArguments &arguments)
{
    CLI::App *command = app.add_subcommand("check", "Find what is wrong with templates, CSV files, models.yaml and routes.yaml: file:line: message");
    command->add_option("FILE", arguments.files, "*.galley, *.csv and *.yaml files")->required();
    command->add_option("--template,-t", arguments.templateFile, "the template that CSV files are for; found by itself when it lies beside them");
    command->add_flag("--json", arguments.json, "print one JSON object: ok, findings");
    return command;
}

int runCheck(int argc, char **argv, const CheckArguments &arguments)
{
    const QCoreApplication app(argc, argv); // tells where the resources are
    beginCommand();
    const Output output(arguments.json);
    QList<Finding> findings;
    for (const std::string &file : arguments.files)
        findings += checkFile(fromArgument(file), fromArgument(arguments.templateFile));
    Json list = Json::array();
    for (const Finding &finding : findings) {
        output.print(findingLine(finding));
        list.push_back(toJson(finding));
    }
    const int result = status(findings);
    output.printJson(Json{{"ok", result == 0}, {"findings", list}});
    if (findings.isEmpty() && !output.isJson())
        output.say(arguments.files.size() == 1 ? tr("Nothing is wrong.") : tr("Nothing is wrong with these %1 files.").arg(arguments.files.size()));
    return result;
}

} // namespace Galley
