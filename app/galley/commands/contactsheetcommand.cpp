#include "app/galley/commands/contactsheetcommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/output.h"
#include "app/galley/language.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/composition/scene.h"
#include "core/service/librarysheet.h"
#include "core/store/store.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>
#include <QGuiApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ContactSheetCommand", text);
}

/// What was asked for by number, then what the search finds.
Result<QList<qint64>> idsOf(Store &store, const ContactSheetArguments &arguments)
{
    QList<qint64> ids;
    for (const long long id : arguments.ids)
        ids.append(id);
    if (arguments.search.empty() && arguments.project.empty() && arguments.rating == 0)
        return ids;
    LibraryQuery query;
    query.text = fromArgument(arguments.search);
    if (!arguments.project.empty())
        query.projects = {fromArgument(arguments.project)};
    query.leastRating = arguments.rating;
    const Result<QList<qint64>> found = store.ids(query).result();
    if (!found)
        return found;
    for (const qint64 id : *found) {
        if (!ids.contains(id))
            ids.append(id);
    }
    return ids;
}

Result<LibraryReport> write(Store &store, const ContactSheetArguments &arguments, const QString &file)
{
    const auto ids = idsOf(store, arguments);
    if (!ids)
        return fail(ids.error());
    QList<ContactPicture> pictures;
    for (const qint64 id : *ids) {
        ContactPicture picture;
        picture.record.id = id;
        pictures.append(picture);
    }
    ContactSheetOptions options;
    options.title = fromArgument(arguments.title);
    options.at = QDateTime::currentDateTime();
    options.page = QPageSize(arguments.page == "a3" ? QPageSize::A3 : arguments.page == "letter" ? QPageSize::Letter : QPageSize::A4);
    options.asMade = arguments.raw;
    return writeLibrarySheet(&store, pictures, file, options, {});
}

/// A sheet with holes stays, but is not what was asked for.
int tell(const LibraryReport &report, const QString &file, const Output &output)
{
    Json damaged = Json::array();
    for (const LibraryReport::Item &item : report.items) {
        output.say(tr("Picture %1: %2").arg(item.picture).arg(item.message));
        damaged.push_back({{"picture", item.picture}, {"message", item.message.toStdString()}});
    }
    output.print(QCoreApplication::translate("Galley::ContactSheetCommand", "%1: %n picture(s)", nullptr, report.pictures).arg(file));
    if (!report.isWhole())
        output.say(report.sentence);
    output.printJson({{"ok", report.isWhole()}, {"file", file.toStdString()}, {"pictures", report.pictures}, {"damaged", damaged}});
    return report.isWhole() ? 0 : 1;
}

} // namespace

CLI::App *addContactSheetCommand(CLI::App &app, ContactSheetArguments &arguments)
{
    CLI::App *command = app.add_subcommand("contact-sheet", "Write pictures of the library side by side, as PDF or CSV");
    command->add_option("ID", arguments.ids, "numbers of pictures, in the order in which they are to lie");
    command->add_option("--search", arguments.search, "words of prompt, template, tags and notes: what is found follows");
    command->add_option("--project", arguments.project, "pictures of this project only");
    command->add_option("--rating", arguments.rating, "with at least so many stars, 1 to 5")->check(CLI::Range(1, 5));
    command->add_option("--output,-o", arguments.output, "OUT.pdf or OUT.csv")->required();
    command->add_option("--title", arguments.title, "what the sheet is called");
    command->add_option("--page", arguments.page, "a4, a3 or letter")->check(CLI::IsMember({"a4", "a3", "letter"}));
    command->add_flag("--raw", arguments.raw, "the models' own pictures, without what Galley sets over them");
    command->add_flag("--json", arguments.json, "print one JSON object");
    return command;
}

int runContactSheet(int argc, char **argv, const ContactSheetArguments &arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    QGuiApplication app(argc, argv);
    beginCommand();
    const Output output(arguments.json);
    const QString file = fromArgument(arguments.output);
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix != QLatin1String("pdf") && suffix != QLatin1String("csv"))
        return output.fail({ErrorCode::InvalidInput, tr("-o %1: a contact sheet is PDF or CSV; let the name end with .pdf or .csv.").arg(file), {}});
    const Paths paths = Paths::fromEnvironment();
    startLog(paths.log());
    loadBundledFonts(paths.resources);
    Store store(paths.data);
    const auto report = write(store, arguments, file);
    if (!report)
        return output.fail(report.error());
    return tell(*report, file, output);
}

} // namespace Galley
