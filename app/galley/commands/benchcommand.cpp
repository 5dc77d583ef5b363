#include "app/galley/commands/benchcommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/benchjob.h"
#include "app/galley/commands/interrupt.h"
#include "app/galley/commands/sidebyside.h"
#include "app/galley/language.h"
#include "core/base/log.h"
#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/service/benchchart.h"

#include <CLI/CLI.hpp>

#include <QGuiApplication>
#include <QTimer>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

tl::unexpected<Error> usage(const QString &sentence)
{
    return fail(ErrorCode::InvalidInput, sentence);
}

Result<BenchPlan> readPlan(const BenchArguments &arguments)
{
    BenchPlan plan;
    plan.requests = arguments.requests;
    plan.warmUp = arguments.warmUp;
    plan.concurrency = arguments.concurrency;
    plan.ratePerSecond = arguments.rate;
    plan.arrivals = arguments.arrivals == "constant" ? BenchPlan::Arrivals::Constant : BenchPlan::Arrivals::Poisson;
    plan.sloMs = arguments.sloMs;
    plan.seed = arguments.seed;
    if (const QString problem = checkPlan(plan); !problem.isEmpty())
        return usage(problem);
    return plan;
}

Result<void> checkArguments(const BenchArguments &arguments)
{
    const int wanted = !arguments.model.empty() + !arguments.route.empty() + !arguments.url.empty() + !arguments.compare.empty()
        + !arguments.sideBySide.empty();
    if (wanted != 1)
        return usage(tr("Say what to measure with one of --model ID, --route TEMPLATE and --url URL; --compare and --side-by-side stand alone."));
    if (!arguments.payload.empty() && arguments.url.empty())
        return usage(tr("--payload FILE belongs to --url URL; a model is sent what --template and --row say."));
    if (!arguments.file.empty() && !arguments.url.empty())
        return usage(tr("--template belongs to --model; an address is sent the file that --payload names."));
    const auto count = arguments.compare.size();
    if (!arguments.compare.empty() && count != 2 && count != 4)
        return usage(tr("--compare takes two results, before and after, or four: before, after, and both once more."));
    return {};
}

/// Money is spent only after a person has read how much it may be.
Result<void> checkPrice(const BenchOrder &order)
{
    const double most = order.mostUsd();
    if (most <= 0)
        return {};
    const auto money = [](double usd) { return QString::number(usd, 'f', 2); };
    const BenchArguments &arguments = order.arguments;
    const QString price = tr("This asks %1 for up to %2 USD: %3 USD each, %4 requests and %5 to warm up%6.")
                              .arg(order.payer().paidModel, money(most), QString::number(order.payer().priceUsd, 'g', 3))
                              .arg(order.plan.requests)
                              .arg(order.plan.warmUp)
                              .arg(order.isComparison() ? tr(", and once more should it look slower") : QString());
    if (arguments.budgetUsd && most > *arguments.budgetUsd + 1e-9)
        return fail({.code = ErrorCode::Refused, .message = price + u' ' + tr("--budget allows %1 USD. Take a smaller -n.").arg(money(*arguments.budgetUsd)),
                     .failure = FailureClass::OverBudget});
    if (!arguments.yes && !arguments.budgetUsd)
        return fail(ErrorCode::Refused, price + u' ' + tr("Say --yes, or --budget USD, to spend it."));
    return {};
}

Result<BenchOrder> readOrder(const BenchArguments &arguments, BenchTargets &targets)
{
    BenchOrder order;
    order.arguments = arguments;
    const auto plan = readPlan(arguments);
    if (!plan)
        return fail(plan.error());
    order.plan = *plan;
    if (!arguments.baseline.empty()) {
        auto baseline = loadBenchResult(fromArgument(arguments.baseline));
        if (!baseline)
            return fail(baseline.error());
        order.baseline = std::move(*baseline);
    }
    auto target = targets.wanted(arguments);
    if (!target)
        return fail(target.error());
    order.target = std::move(*target);
    if (!arguments.against.empty()) {
        auto other = targets.other(fromArgument(arguments.against), arguments);
        if (!other)
            return fail(other.error());
        order.other = std::move(*other);
    }
    if (const auto price = checkPrice(order); !price)
        return fail(price.error());
    return order;
}

int compareFiles(const BenchArguments &arguments, const Output &output)
{
    QList<BenchResult> reports;
    for (const std::string &file : arguments.compare) {
        auto report = loadBenchResult(fromArgument(file));
        if (!report)
            return output.fail(report.error());
        reports.append(std::move(*report));
    }
    BenchComparison comparison = compareRuns(reports[0], reports[1]);
    if (reports.size() == 4)
        comparison = confirmComparison(comparison, compareRuns(reports[2], reports[3]));
    else if (comparison.isRegression())
        comparison.notes.append(tr("It was measured once only: two files more, before and after, would tell whether it repeats."));
    for (const QString &sentence : comparison.notes + comparison.sentences)
        output.print(sentence);
    if (!arguments.chart.empty()) {
        if (const auto saved = savePng(drawBenchChart(reports[1], &reports[0]), fromArgument(arguments.chart)); !saved)
            return output.fail(saved.error());
    }
    Json json{{"ok", !comparison.isRegression()}};
    json.update(toJson(comparison));
    if (!arguments.output.empty()) {
        if (const auto written = writeWhole(fromArgument(arguments.output), dumpJson(json, 1) + '\n'); !written)
            return output.fail(written.error());
    }
    output.printJson(json);
    return comparison.isRegression() ? 1 : 0;
}

int measure(QGuiApplication &app, const BenchArguments &arguments, const Output &output)
{
    const Paths paths = Paths::fromEnvironment();
    Settings settings(paths.config + QStringLiteral("/galley.conf"));
    Interrupt interrupt;
    BenchTargets targets(paths, &settings, fromArgument(arguments.device));
    auto order = readOrder(arguments, targets);
    if (!order)
        return output.fail(order.error());
    const bool isPaid = order->mostUsd() > 0;
    const auto store = isPaid ? std::make_unique<Store>(paths.data) : nullptr;
    BenchJob job(std::move(*order), store.get(), settings.budgetPerDay.value(), output);
    QObject::connect(&job, &BenchJob::finished, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    QObject::connect(&interrupt, &Interrupt::requested, &job, &BenchJob::interrupt);
    QTimer::singleShot(0, &job, &BenchJob::start);
    app.exec();
    return job.status();
}

/// Both sides draw every row once.
Result<void> checkPrice(const QList<PictureSource> &sides, qsizetype rows, const BenchArguments &arguments)
{
    const double most = (sides[0].priceUsd + sides[1].priceUsd) * double(rows);
    if (most <= 0 || arguments.yes || (arguments.budgetUsd && most <= *arguments.budgetUsd + 1e-9))
        return {};
    return fail({.code = ErrorCode::Refused,
                 .message = QCoreApplication::translate("Galley::BenchCommand", "%n pictures of either side cost up to %1 USD. Say --yes, or --budget USD, to spend it.", nullptr, int(rows))
                            .arg(most, 0, 'f', 2),
                 .failure = FailureClass::OverBudget});
}

int sideBySide(QGuiApplication &app, const BenchArguments &arguments, const Output &output)
{
    const Paths paths = Paths::fromEnvironment();
    Settings settings(paths.config + QStringLiteral("/galley.conf"));
    Interrupt interrupt;
    BenchTargets targets(paths, &settings, fromArgument(arguments.device));
    if (arguments.output.empty())
        return output.fail({ErrorCode::InvalidInput, tr("Say with -o in which folder the pairs of pictures go."), {}});
    const auto requests = targets.requests(arguments);
    if (!requests)
        return output.fail(requests.error());
    QList<PictureSource> sides;
    for (const std::string &name : arguments.sideBySide) {
        auto side = targets.side(fromArgument(name), *requests);
        if (!side)
            return output.fail(side.error());
        sides.append(std::move(*side));
    }
    if (const auto price = checkPrice(sides, requests->size(), arguments); !price)
        return output.fail(price.error());
    const double most = (sides[0].priceUsd + sides[1].priceUsd) * double(requests->size());
    const auto store = most > 0 ? std::make_unique<Store>(paths.data) : nullptr;
    qint64 reservation = 0;
    if (store) {
        const Budget budget{requests->first().source.project, QDate::currentDate(), settings.budgetPerDay.value()};
        const auto reserved = store->reserve(budget, most, sides[0].paidModel.isEmpty() ? sides[1].paidModel : sides[0].paidModel).result();
        if (!reserved)
            return output.fail(reserved.error());
        reservation = *reserved;
    }
    SideBySide job(sides, *requests, fromArgument(arguments.output), output);
    QObject::connect(&job, &SideBySide::finished, &app, &QCoreApplication::quit, Qt::QueuedConnection);
    QObject::connect(&interrupt, &Interrupt::requested, &job, &SideBySide::interrupt);
    QTimer::singleShot(0, &job, &SideBySide::start);
    app.exec();
    if (store) {
        const double spent = job.costUsd();
        store->charge(reservation, spent > 0 ? Charge::settle(spent, Charge::Basis::Assumed) : Charge::release()).waitForFinished();
    }
    return job.status();
}

void addTargetOptions(CLI::App *command, BenchArguments &arguments)
{
    command->add_option("--model", arguments.model, "a model, as models.yaml names it: it draws for real");
    command->add_option("--route", arguments.route, "a template: the rules choose the model for each request");
    command->add_option("--url", arguments.url, "any HTTP or HTTPS address");
    command->add_option("--payload", arguments.payload, "what --url is sent; JSON when the name ends with .json");
    command->add_option("--method", arguments.method, "of --url: POST with a payload, GET without, unless given");
    command->add_option("--header", arguments.headers, "\"Name: value\" for --url (repeatable); keys go with --key")->allow_extra_args(false);
    command->add_option("--key", arguments.key, "NAME: send \"Authorization: Bearer\" with the key of that name (keychain, or GALLEY_KEY_<NAME>)");
    command->add_option("--content-type", arguments.contentType, "of the payload");
    command->add_option("--timeout", arguments.timeoutSeconds, "seconds that an answer of --url may take")->capture_default_str();
    command->add_option("--template", arguments.file, "the template that --model draws; a sample unless given");
    command->add_option("--row,--rows", arguments.rows, "FILE.csv: its rows in turns; FILE.csv#N: row N");
    command->add_option("--fidelity", arguments.fidelity, "of --route: draft, mid or final")->capture_default_str();
    command->add_option("--device", arguments.device, "auto, cpu or cuda, for models of this machine; the setting draft/device unless given")
        ->check(CLI::IsMember({"auto", "cpu", "cuda"}));
    command->add_option("--against", arguments.against, "a model or an address that is asked in turns with the first (A, B, B, A), and compared");
    command->add_flag("--yes", arguments.yes, "spend what it costs");
    command->add_option("--budget", arguments.budgetUsd, "spend up to so many US dollars");
}

} // namespace

CLI::App *addBenchCommand(CLI::App &app, BenchArguments &arguments)
{
    CLI::App *command = app.add_subcommand("bench", "Measure a model, a route or any HTTP endpoint, and compare with an earlier run");
    addTargetOptions(command, arguments);
    command->add_option("-n,--requests", arguments.requests, "measured requests")->capture_default_str();
    command->add_option("--warmup", arguments.warmUp, "requests before the clock starts; the first is reported as cold start")->capture_default_str();
    auto *concurrency = command->add_option("--concurrency", arguments.concurrency, "requests at a time")->capture_default_str();
    command->add_option("--rate", arguments.rate, "requests a second that do not wait for answers; times count from when each was due")
        ->excludes(concurrency);
    command->add_option("--arrivals", arguments.arrivals, "of --rate: poisson or constant")
        ->check(CLI::IsMember({"poisson", "constant"}))
        ->capture_default_str();
    command->add_option("--slo", arguments.sloMs, "milliseconds: also report the requests a second that were answered within");
    command->add_option("--seed", arguments.seed, "of the pictures and of the arrival times")->capture_default_str();
    command->add_option("--output,-o", arguments.output, "FILE.json: the whole result, a baseline for later");
    command->add_option("--csv", arguments.csv, "FILE.csv: one line for each request");
    command->add_option("--chart", arguments.chart, "FILE.png: distribution and series");
    command->add_option("--baseline", arguments.baseline, "an earlier -o FILE.json: compare with it");
    command->add_option("--compare", arguments.compare, "BEFORE.json AFTER.json [BEFORE2.json AFTER2.json]: compare results, measure nothing")
        ->expected(1, 4);
    command->add_option("--side-by-side", arguments.sideBySide, "A B: two models, or two routes.yaml, draw the same rows; pairs of pictures and their differences go to the folder -o")
        ->expected(2);
    command->add_flag("--json", arguments.json, "print one JSON object");
    command->footer("Exit status: 0 measured, and no regression found (also when it cannot be told; the text and \"verdict\" say so);\n"
                    "1 a regression, or no request went well; 2 bad input or usage; 3 refused (it would cost money, over budget); 130 cancelled.\n"
                    "A regression is a median more than 5 % slower (95 % interval of the ratio), with p < 0.01 (Mann-Whitney, Holm over the metrics),\n"
                    "twice in a row; or more failures, or drawn text that reads worse, by the same rule.");
    return command;
}

int runBench(int argc, char **argv, const BenchArguments &arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");  // the chart needs fonts, which need a platform; this one needs no display
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    QGuiApplication app(argc, argv);
    beginCommand();
    const Output output(arguments.json);
    if (const auto checked = checkArguments(arguments); !checked)
        return output.fail(checked.error());
    const Paths paths = Paths::fromEnvironment();
    startLog(paths.log());
    loadBundledFonts(paths.resources);
    if (!arguments.compare.empty())
        return compareFiles(arguments, output);
    if (!arguments.sideBySide.empty())
        return sideBySide(app, arguments, output);
    return measure(app, arguments, output);
}

} // namespace Galley
