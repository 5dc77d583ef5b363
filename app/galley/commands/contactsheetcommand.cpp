#include "app/galley/commands/contactsheetcommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/output.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/service/contactsheet.h"
#include "core/service/reviewlayout.h"
#include "core/store/store.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>
#include <QGuiApplication>
#include <QSaveFile>

#include <algorithm>

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

Result<QList<ContactPicture>> picturesOf(Store &store, const ContactSheetArguments &arguments)
{
    const auto ids = idsOf(store, arguments);
    if (!ids)
        return fail(ids.error());
    if (ids->isEmpty())
        return fail(ErrorCode::NotFound, tr("There is no picture to put on the sheet. Name some by number, or search for others."));
    const Result<QList<LibraryCard>> cards = store.cards(*ids).result();
    if (!cards)
        return fail(cards.error());
    QList<ContactPicture> pictures;
    for (const qint64 id : *ids) {
        const Result<AssetRecord> record = store.asset(id).result();
        if (!record)
            return fail(record.error());
        ContactPicture picture;
        picture.record = *record;
        const auto card = std::find_if(cards->cbegin(), cards->cend(), [id](const LibraryCard &each) { return each.id == id; });
        if (card != cards->cend())
            picture.judgement = card->judgement;
        picture.scores = store.scores(id).result().value_or(QList<PictureScore>());
        pictures.append(picture);
    }
    return pictures;
}

Result<QImage> rawPicture(Store &store, const AssetRecord &record)
{
    const Result<QByteArray> bytes = store.original(record.id).result();
    return bytes ? decodeImage(*bytes, store.originalFile(record)) : fail(bytes.error());
}

Result<void> writeText(const QString &file, const QByteArray &text)
{
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && out.commit())
        return {};
    return fail(ErrorCode::Io, tr("%1 could not be written: %2. Choose another folder, or make room there.").arg(file, out.errorString()));
}

Result<void> write(Store &store, const QList<ContactPicture> &pictures, const ContactSheetArguments &arguments, const QString &file)
{
    if (QFileInfo(file).suffix().toLower() == QLatin1String("csv"))
        return writeText(file, contactSheetCsv(pictures));
    ContactSheetOptions options;
    options.title = fromArgument(arguments.title);
    options.at = QDateTime::currentDateTime();
    options.page = QPageSize(arguments.page == "a3" ? QPageSize::A3 : arguments.page == "letter" ? QPageSize::Letter : QPageSize::A4);
    const auto load = [&](const ContactPicture &picture) {
        return arguments.raw ? rawPicture(store, picture.record) : composedPicture(&store, picture.record);
    };
    return writeContactSheet(file, pictures, load, options);
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
    QCoreApplication::setApplicationName(QStringLiteral("galley"));
    const Output output(arguments.json);
    const QString file = fromArgument(arguments.output);
    const QString suffix = QFileInfo(file).suffix().toLower();
    if (suffix != QLatin1String("pdf") && suffix != QLatin1String("csv"))
        return output.fail({ErrorCode::InvalidInput, tr("-o %1: a contact sheet is PDF or CSV; let the name end with .pdf or .csv.").arg(file), {}});
    const Paths paths = Paths::fromEnvironment();
    startLog(paths.log());
    loadBundledFonts(paths.resources);
    Store store(paths.data);
    const auto pictures = picturesOf(store, arguments);
    if (!pictures)
        return output.fail(pictures.error());
    if (const auto written = write(store, *pictures, arguments, file); !written)
        return output.fail(written.error());
    output.print(tr("%1: %2 pictures").arg(file).arg(pictures->size()));
    output.printJson({{"ok", true}, {"file", file.toStdString()}, {"pictures", pictures->size()}});
    return 0;
}

} // namespace Galley
