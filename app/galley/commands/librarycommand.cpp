#include "app/galley/commands/librarycommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/interrupt.h"
#include "app/galley/commands/output.h"
#include "app/galley/language.h"
#include "core/base/async.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/service/projectfile.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

#include <cmath>

namespace Galley {

namespace {

constexpr int mostItemsSaid = 50;  ///< on the terminal; --json has all

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

Json text(const QString &value)
{
    return Json(value.toStdString());
}

Json texts(const QStringList &values)
{
    Json list = Json::array();
    for (const QString &value : values)
        list.push_back(text(value));
    return list;
}

QStringList words(const std::vector<std::string> &arguments)
{
    QStringList list;
    for (const std::string &argument : arguments)
        list.append(fromArgument(argument));
    return list;
}

/// A day begins at midnight of this machine; a time may be given in full.
Result<QDateTime> timeOf(const std::string &argument)
{
    if (argument.empty())
        return QDateTime();
    const QString said = fromArgument(argument);
    const QDate day = QDate::fromString(said, Qt::ISODate);
    const QDateTime time = day.isValid() && said.size() == 10 ? day.startOfDay() : QDateTime::fromString(said, Qt::ISODate);
    if (!time.isValid())
        return fail(ErrorCode::InvalidInput, tr("\"%1\" is no date. Write it as 2026-11-25, or with a time as 2026-11-25T18:30:00.").arg(said));
    return time.toUTC();
}

Result<QList<ScoreRange>> scoresOf(const std::vector<std::string> &arguments)
{
    static const QRegularExpression form(QStringLiteral("^([^<>=]+)(?:(>=|<=)([0-9.]+))?$"));
    QList<ScoreRange> ranges;
    for (const QString &said : words(arguments)) {
        const auto match = form.match(said);
        bool isNumber = true;
        const double value = match.captured(3).isEmpty() ? 0 : match.captured(3).toDouble(&isNumber);
        if (!match.hasMatch() || !isNumber)
            return fail(ErrorCode::InvalidInput, tr("\"%1\" is no range of a score. Write it as text>=0.9.").arg(said));
        ScoreRange range;
        range.name = match.captured(1).trimmed();
        if (match.captured(2) == QLatin1String(">="))
            range.least = value;
        else if (match.captured(2) == QLatin1String("<="))
            range.most = value;
        ranges.append(range);
    }
    return ranges;
}

Result<void> readCohorts(const std::string &argument, LibraryQuery *query)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,4})(?:-(\\d{1,4}))?$"));
    if (argument.empty())
        return {};
    const auto match = form.match(fromArgument(argument));
    if (!match.hasMatch())
        return fail(ErrorCode::InvalidInput, tr("\"%1\" is no range of cohorts. Write it as 0-499.").arg(fromArgument(argument)));
    query->cohortFrom = match.captured(1).toInt();
    query->cohortTo = match.captured(2).isEmpty() ? query->cohortFrom : match.captured(2).toInt();
    return {};
}

Result<LibraryQuery> queryOf(const LibraryArguments &arguments)
{
    // What a saved search may say, a command may say the same way.
    LibraryQuery query = libraryQueryFromJson({{"sort", arguments.sort}, {"picks", arguments.picks}});
    query.text = fromArgument(arguments.text);
    query.models = words(arguments.models);
    query.revisions = words(arguments.revisions);
    query.templates = words(arguments.templates);
    query.rules = words(arguments.rules);
    query.tags = words(arguments.tags);
    query.marks = words(arguments.marks);
    if (!arguments.project.empty())
        query.projects = {fromArgument(arguments.project)};
    query.leastRating = arguments.rating;
    if (arguments.leastCost >= 0)
        query.leastCostUsd = arguments.leastCost;
    if (arguments.mostCost >= 0)
        query.mostCostUsd = arguments.mostCost;
    query.bin = arguments.bin;
    query.damagedOnly = arguments.damaged;
    query.ascending = arguments.ascending;
    const auto from = timeOf(arguments.from);
    const auto to = timeOf(arguments.to);
    const auto scores = scoresOf(arguments.scores);
    if (!from || !to)
        return fail(from ? to.error() : from.error());
    if (!scores)
        return fail(scores.error());
    query.from = *from;
    query.to = *to;
    query.scores = *scores;
    const auto cohorts = readCohorts(arguments.cohorts, &query);
    return cohorts ? Result<LibraryQuery>(query) : fail(cohorts.error());
}

Json cardJson(const LibraryCard &card, const QString &file)
{
    return {{"id", card.id},
            {"file", text(file)},
            {"sha256", text(card.digest)},
            {"media_type", card.mediaType.toStdString()},
            {"width", card.size.width()},
            {"height", card.size.height()},
            {"created_at", text(card.createdAt.toUTC().toString(Qt::ISODateWithMs))},
            {"model", text(card.model())},
            {"requested", text(card.requestedModel)},
            {"routed", text(card.routedModel)},
            {"served", text(card.servedModel)},
            {"revision", text(card.revision)},
            {"rule", text(card.rule)},
            {"cohort", card.cohort},
            {"template", text(card.templateName)},
            {"project", text(card.project)},
            {"row", card.row},
            {"seed", card.seed ? Json(*card.seed) : Json(nullptr)},
            {"cost_usd", card.costUsd ? Json(*card.costUsd) : Json(nullptr)},
            {"rating", card.judgement.rating ? Json(*card.judgement.rating) : Json(nullptr)},
            {"pick", text(pickStateName(card.judgement.pick))},
            {"tags", texts(card.judgement.tags)},
            {"note", text(card.judgement.note)},
            {"mark", text(card.mark)},
            {"damaged", card.isDamaged}};
}

QString cardLine(const LibraryCard &card, const QString &file)
{
    QStringList parts{QString::number(card.id).rightJustified(7), card.createdAt.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm")), card.model(),
                      card.templateName};
    if (card.judgement.rating)
        parts.append(QString(*card.judgement.rating, QLatin1Char('*')));
    if (card.judgement.pick != PickState::None)
        parts.append(pickStateName(card.judgement.pick));
    if (!card.judgement.tags.isEmpty())
        parts.append(QLatin1Char('[') + card.judgement.tags.join(QStringLiteral(", ")) + QLatin1Char(']'));
    if (card.isDamaged)
        parts.append(tr("damaged"));
    parts.append(file);
    return parts.join(QStringLiteral("  "));
}

int runFind(Store &store, const LibraryArguments &arguments, const Output &output)
{
    const auto query = queryOf(arguments);
    if (!query)
        return output.fail(query.error());
    const Result<QList<qint64>> ids = store.ids(*query).result();
    if (!ids)
        return output.fail(ids.error());
    const Result<QList<LibraryCard>> cards = store.cards(arguments.limit > 0 ? ids->mid(0, arguments.limit) : *ids).result();
    if (!cards)
        return output.fail(cards.error());
    Json list = Json::array();
    for (const LibraryCard &card : *cards) {
        AssetRecord record;
        record.digest = card.digest;
        record.mediaType = card.mediaType;
        const QString file = store.originalFile(record);
        output.print(cardLine(card, file));
        list.push_back(cardJson(card, file));
    }
    output.say(QCoreApplication::translate("Galley::LibraryCommand", "%1 of %n pictures.", nullptr, int(ids->size())).arg(cards->size()));
    output.printJson({{"ok", true}, {"found", ids->size()}, {"pictures", list}});
    return 0;
}

Json reportJson(const LibraryReport &report, bool ok)
{
    Json items = Json::array();
    for (const LibraryReport::Item &item : report.items) {
        items.push_back({{"picture", item.picture > 0 ? Json(item.picture) : Json(nullptr)},
                         {"file", text(item.file)},
                         {"kind", text(item.kind)},
                         {"message", text(item.message)},
                         {"mended", item.mended}});
    }
    return {{"ok", ok}, {"pictures", report.pictures}, {"bytes", report.bytes}, {"items", items}, {"sentence", text(report.sentence)}};
}

/// Everything is whole, or was made so.
int tell(const Result<LibraryReport> &report, const Output &output)
{
    if (!report)
        return output.fail(report.error());
    const bool ok = std::all_of(report->items.cbegin(), report->items.cend(), [](const LibraryReport::Item &item) { return item.mended; });
    for (qsizetype i = 0; i < std::min<qsizetype>(report->items.size(), mostItemsSaid); ++i)
        output.print(report->items.at(i).message);
    if (report->items.size() > mostItemsSaid)
        output.say(QCoreApplication::translate("Galley::LibraryCommand", "%n more are left out here; --json has all.", nullptr, int(report->items.size() - mostItemsSaid)));
    output.say(report->sentence);
    output.printJson(reportJson(*report, ok));
    return ok ? 0 : 1;
}

Result<LibraryReport> work(Store *store, const LibraryArguments &arguments, const CareProgress &progress)
{
    if (arguments.action == "verify")
        return verifyLibrary(store, progress);
    if (arguments.action == "repair")
        return repairLibrary(store, progress, words(arguments.sources));
    if (arguments.action == "export")
        return writeProjectFile(store, fromArgument(arguments.project), QFileInfo(fromArgument(arguments.file)).absoluteFilePath(), progress);
    return readProjectFile(store, QFileInfo(fromArgument(arguments.file)).absoluteFilePath(), progress);
}

/// On a thread beside the event loop, which hears Ctrl-C.
int runCare(Store &store, const LibraryArguments &arguments, const Output &output)
{
    Interrupt interrupt;
    QThreadPool pool;
    int status = 1;
    const auto done = runOn(&pool, [&]() -> Result<LibraryReport> {
        return work(&store, arguments, [token = interrupt.token()](qint64, qint64, const QString &) { return !token.stop_requested(); });
    });
    onFinished(done, &interrupt, [&](const QFuture<Result<LibraryReport>> &future) {
        status = tell(future.result(), output);
        QCoreApplication::exit();
    });
    QCoreApplication::exec();
    return status;
}

CLI::App *addAction(CLI::App *library, LibraryArguments &arguments, const char *name, const char *help)
{
    CLI::App *action = library->add_subcommand(name, help);
    action->add_flag("--json", arguments.json, "print one JSON object");
    action->callback([&arguments, name] { arguments.action = name; });
    return action;
}

void addFind(CLI::App *library, LibraryArguments &arguments)
{
    CLI::App *find = addAction(library, arguments, "find", "List pictures: all filters that are given must hold");
    find->add_option("TEXT", arguments.text, "words of prompt, template, tags and notes; \"a phrase\", -without");
    find->add_option("--model", arguments.models, "made by this model (again for several)");
    find->add_option("--revision", arguments.revisions, "of the model");
    find->add_option("--template", arguments.templates, "id of the template");
    find->add_option("--project", arguments.project, "name of the project");
    find->add_option("--rule", arguments.rules, "chosen by this rule");
    find->add_option("--cohort", arguments.cohorts, "cohorts N or N-M, 0 to 9999");
    find->add_option("--tag", arguments.tags, "has this tag (again: and this one)");
    find->add_option("--mark", arguments.marks, "has this mark: withdrawn");
    find->add_option("--pick", arguments.picks, "none, picked or rejected")->check(CLI::IsMember({"none", "picked", "rejected"}));
    find->add_option("--rating", arguments.rating, "at least so many stars")->check(CLI::Range(1, 5));
    find->add_option("--score", arguments.scores, "NAME, NAME>=0.9 or NAME<=0.5");
    find->add_option("--cost-from", arguments.leastCost, "US dollars, at least")->check(CLI::NonNegativeNumber);
    find->add_option("--cost-to", arguments.mostCost, "US dollars, at most")->check(CLI::NonNegativeNumber);
    find->add_option("--from", arguments.from, "made on this day or later: 2026-11-25");
    find->add_option("--to", arguments.to, "made before this day");
    find->add_flag("--bin", arguments.bin, "what was thrown away, instead of the rest");
    find->add_flag("--damaged", arguments.damaged, "whose file is missing or altered");
    find->add_option("--sort", arguments.sort, "created, rating, cost, model, template or relevance")
        ->check(CLI::IsMember({"created", "rating", "cost", "model", "template", "relevance"}))
        ->capture_default_str();
    find->add_flag("--ascending", arguments.ascending, "oldest, worst, cheapest first");
    find->add_option("--limit,-n", arguments.limit, "list so many at most; 0: all")->check(CLI::NonNegativeNumber)->capture_default_str();
}

} // namespace

CLI::App *addLibraryCommand(CLI::App &app, LibraryArguments &arguments)
{
    CLI::App *command = app.add_subcommand("library", "The pictures that were made here: find them, look after them, carry them elsewhere");
    command->require_subcommand(1);
    addFind(command, arguments);
    addAction(command, arguments, "verify", "Read every file again and tell what is missing or altered");
    CLI::App *repair = addAction(command, arguments, "repair", "Verify, and mend what can be mended");
    repair->add_option("--from", arguments.sources, "look for lost pictures in this exported project or folder too");
    CLI::App *exported = addAction(command, arguments, "export", "Write a project to one file: pictures, what was asked, and images that templates name by path");
    exported->add_option("FILE", arguments.file, "the file to write: spring.galley.zip")->required();
    exported->add_option("--project", arguments.project, "the project; without it, everything");
    CLI::App *imported = addAction(command, arguments, "import", "Take a project in that was exported");
    imported->add_option("FILE", arguments.file, "an exported project")->required();
    return command;
}

int runLibrary(int argc, char **argv, const LibraryArguments &arguments)
{
    QCoreApplication app(argc, argv);
    beginCommand();
    const Output output(arguments.json);
    const Paths paths = Paths::fromEnvironment();
    startLog(paths.log());
    Store store(paths.data);
    const Result<StoreOpened> opened = store.open().result();
    if (!opened)
        return output.fail(opened.error());
    if (!opened->notice.isEmpty())
        output.say(opened->notice);
    return arguments.action == "find" ? runFind(store, arguments, output) : runCare(store, arguments, output);
}

} // namespace Galley
