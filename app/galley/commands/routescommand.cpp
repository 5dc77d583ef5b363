#include "app/galley/commands/routescommand.h"

#include "app/galley/commands/arguments.h"
#include "app/galley/commands/output.h"
#include "app/galley/commands/renderreport.h"
#include "app/galley/language.h"
#include "app/galley/finalparts.h"
#include "core/base/async.h"
#include "core/base/log.h"
#include "core/base/yaml.h"
#include "core/service/cataloguefile.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>
#include <QTimer>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::CommandLine", text);
}

Json text(const QString &value)
{
    return Json(value.toStdString());
}

Json findingsJson(const QList<Finding> &findings)
{
    Json list = Json::array();
    for (const Finding &finding : findings) {
        list.push_back({{"line", finding.line}, {"severity", text(severityName(finding.severity))}, {"code", text(finding.code)}, {"message", text(finding.message)},
                        {"fix", text(finding.fix)}});
    }
    return list;
}

/// How many lines came and went between two texts, as people count changes.
std::pair<int, int> changedLines(const QByteArray &before, const QByteArray &after)
{
    QHash<QByteArray, int> balance;
    for (const QByteArray &line : before.split('\n'))
        --balance[line];
    for (const QByteArray &line : after.split('\n'))
        ++balance[line];
    std::pair<int, int> counts;
    for (const int count : std::as_const(balance))
        (count > 0 ? counts.first : counts.second) += std::abs(count);
    return counts;
}

Json canaryJson(const CanaryStatus &canary)
{
    Json findings = Json::array();
    for (const CanaryFinding &finding : canary.report.findings)
        findings.push_back({{"metric", text(finding.metric)}, {"verdict", text(canaryVerdictName(finding.verdict))}, {"sentence", text(finding.sentence)}});
    Json reasons = Json::array();
    for (const QString &reason : canary.report.reasons)
        reasons.push_back(text(reason));
    return {{"rule", text(canary.rule)},
            {"candidate", text(canary.state.candidate)},
            {"control", text(canary.control)},
            {"phase", text(canaryPhaseName(canary.state.phase))},
            {"step", canary.state.step},
            {"percent", canary.state.sharePercent(canary.canary)},
            {"cohorts", canary.cohorts},
            {"shadow", canary.canary.shadow},
            {"verdict", text(canaryVerdictName(canary.report.verdict))},
            {"renders", canary.report.renders},
            {"reasons", reasons},
            {"findings", findings}};
}

/// One action, once the library has been read.
class RoutesJob : public QObject
{
public:
    RoutesJob(Routing *routing, const RoutesArguments &arguments, const Output &output)
        : m_routing(routing)
        , m_arguments(arguments)
        , m_output(output)
    {}

    void start()
    {
        m_routing->start([this] { act(); });
    }
    int status() const { return m_status; }

private:
    void act()
    {
        const std::string &action = m_arguments.action;
        if (action == "show")
            show();
        else if (action == "apply")
            apply();
        else if (action == "history")
            history();
        else if (action == "rollback")
            rollBack();
        else if (action == "dryrun")
            dryRun();
        else
            canary();
    }

    void finish(int status)
    {
        m_status = status;
        QCoreApplication::exit();
    }

    template<typename T, typename Then>
    void when(const QFuture<Result<T>> &future, Then then)
    {
        onFinished(future, this, [this, then](const QFuture<Result<T>> &done) {
            const Result<T> outcome = done.result();
            if (!outcome)
                return finish(m_output.fail(outcome.error()));
            then(*outcome);
        });
    }

    void show()
    {
        if (m_arguments.revision > 0)
            return showRevision();
        m_output.say(tr("Revision %1 is in force; the rules are those of %2.").arg(m_routing->revision()).arg(m_routing->file()));
        if (!m_routing->problem().isEmpty())
            m_output.say(m_routing->problem());
        const QByteArray inForce = m_routing->rules()->textInForce();
        m_output.print(QString::fromUtf8(inForce).trimmed());
        m_output.printJson({{"ok", m_routing->problem().isEmpty()},
                            {"revision", m_routing->revision()},
                            {"digest", text(m_routing->policy().digest)},
                            {"file", text(m_routing->file())},
                            {"problem", textOrNull(m_routing->problem())},
                            {"findings", findingsJson(m_routing->findings())},
                            {"text", text(QString::fromUtf8(inForce))}});
        finish(0);
    }

    void showRevision()
    {
        when(m_routing->history(), [this](const QList<RouteRevision> &revisions) {
            for (const RouteRevision &revision : revisions) {
                if (revision.number != m_arguments.revision)
                    continue;
                m_output.print(QString::fromUtf8(revision.text).trimmed());
                m_output.printJson({{"ok", true}, {"revision", revision.number}, {"digest", text(revision.digest)}, {"text", text(QString::fromUtf8(revision.text))}});
                return finish(0);
            }
            finish(m_output.fail({ErrorCode::NotFound, tr("There is no revision %1 of the rules.").arg(m_arguments.revision)}));
        });
    }

    /// The text of the file that was named, or nothing and the end.
    std::optional<QByteArray> fileText()
    {
        const auto read = readSmallFile(fromArgument(m_arguments.file), YamlLimits().bytes);
        if (!read)
            finish(m_output.fail(read.error()));
        return read ? std::optional(*read) : std::nullopt;
    }

    bool sayFindings(QList<Finding> findings)
    {
        bool hasErrors = false;
        for (Finding &finding : findings) {
            finding.file = fromArgument(m_arguments.file);
            m_output.say(findingLine(finding));
            hasErrors = hasErrors || finding.severity == Severity::Error;
        }
        return hasErrors;
    }

    void apply()
    {
        const auto rules = fileText();
        if (!rules)
            return;
        if (const QList<Finding> findings = m_routing->check(*rules); sayFindings(findings)) {
            m_output.printJson({{"ok", false},
                                {"error", Output::errorObject({ErrorCode::InvalidInput, tr("%1 has errors, so that it is not put in force.").arg(fromArgument(m_arguments.file))})},
                                {"findings", findingsJson(findings)}});
            return finish(exitStatus(ErrorCode::InvalidInput));
        }
        when(m_routing->apply(*rules, fromArgument(m_arguments.note), m_routing->revision()), [this](qint64 number) {
            m_output.print(tr("Revision %1 is in force.").arg(number));
            m_output.printJson({{"ok", true}, {"revision", number}, {"digest", text(m_routing->policy().digest)}});
            finish(0);
        });
    }

    void history()
    {
        when(m_routing->history(), [this](const QList<RouteRevision> &revisions) {
            Json list = Json::array();
            for (qsizetype i = 0; i < revisions.size(); ++i) {
                const RouteRevision &revision = revisions[i];
                const auto [added, removed] = changedLines(i + 1 < revisions.size() ? revisions[i + 1].text : QByteArray(), revision.text);
                m_output.print(QStringLiteral("%1  %2  %3  %4  +%5 −%6  %7")
                                   .arg(revision.number)
                                   .arg(revision.at.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")), revision.author, revision.origin)
                                   .arg(added)
                                   .arg(removed)
                                   .arg(revision.note));
                list.push_back({{"revision", revision.number},
                                {"digest", text(revision.digest)},
                                {"at", text(revision.at.toUTC().toString(Qt::ISODate))},
                                {"author", text(revision.author)},
                                {"note", text(revision.note)},
                                {"origin", text(revision.origin)},
                                {"lines_added", added},
                                {"lines_removed", removed}});
            }
            if (revisions.isEmpty())
                m_output.say(tr("There is no revision yet: the built-in defaults decide."));
            m_output.printJson({{"ok", true}, {"in_force", m_routing->revision()}, {"revisions", list}});
            finish(0);
        });
    }

    void rollBack()
    {
        const QString rule = fromArgument(m_arguments.rule);
        when(m_routing->rollBack(m_arguments.revision, rule), [this](const RollbackReport &report) {
            m_output.print(report.sentence);
            if (!report.pictures.isEmpty())
                m_output.print(QCoreApplication::translate("Galley::RoutesCommand", "%n pictures are marked as made by what was withdrawn.", nullptr, int(report.pictures.size())));
            m_output.printJson({{"ok", true},
                                {"sentence", text(report.sentence)},
                                {"withdrawn", textOrNull(report.withdrawnModel)},
                                {"rule", textOrNull(report.rule)},
                                {"revision", m_routing->revision()},
                                {"pictures", Json(std::vector<qint64>(report.pictures.cbegin(), report.pictures.cend()))}});
            finish(0);
        });
    }

    void dryRun()
    {
        const auto rules = fileText();
        if (!rules)
            return;
        when(m_routing->dryRun(*rules), [this](const DryRun &run) {
            const bool hasErrors = sayFindings(run.findings);
            Json changes = Json::array();
            for (const DryRunChange &change : run.changes) {
                m_output.print(QStringLiteral("%1: %2 → %3  %4").arg(change.title, change.before, change.after.isEmpty() ? QStringLiteral("–") : change.after, change.because));
                changes.push_back({{"job", change.job},
                                   {"title", text(change.title)},
                                   {"before", text(change.before)},
                                   {"after", textOrNull(change.after)},
                                   {"because", text(change.because)}});
            }
            if (!hasErrors)
                m_output.say(QCoreApplication::translate("Galley::RoutesCommand", "%1 of the last %n requests would go to another model.", nullptr, run.requests)
                                 .arg(run.changes.size()));
            m_output.printJson({{"ok", !hasErrors}, {"requests", run.requests}, {"changes", changes}, {"findings", findingsJson(run.findings)}});
            finish(hasErrors ? exitStatus(ErrorCode::InvalidInput) : 0);
        });
    }

    void canary()
    {
        const std::string &action = m_arguments.canaryAction;
        if (action == "list")
            return listCanaries();
        const QString rule = fromArgument(m_arguments.rule);
        const auto done = action == "promote" ? m_routing->promote(rule)
                          : action == "restart" ? m_routing->restartCanary(rule)
                                                : m_routing->holdCanary(rule, action == "hold");
        when(done, [this](const QString &sentence) {
            m_output.print(sentence);
            m_output.printJson({{"ok", true}, {"sentence", text(sentence)}});
            finish(0);
        });
    }

    void listCanaries()
    {
        Json list = Json::array();
        for (const CanaryStatus &canary : m_routing->canaries()) {
            m_output.print(tr("%1: %2 against %3, %4, %5 % of the cohorts; verdict: %6. %7")
                               .arg(canary.rule, canary.state.candidate, canary.control, canaryPhaseName(canary.state.phase))
                               .arg(canary.state.sharePercent(canary.canary))
                               .arg(canaryVerdictName(canary.report.verdict), canary.report.reasons.value(0)));
            list.push_back(canaryJson(canary));
        }
        if (list.empty())
            m_output.say(tr("The rules in force have no canary."));
        m_output.printJson({{"ok", true}, {"canaries", list}});
        finish(0);
    }

    Routing *m_routing;
    const RoutesArguments &m_arguments;
    const Output &m_output;
    int m_status = 1;
};

CLI::App *addAction(CLI::App *routes, RoutesArguments &arguments, const char *name, const char *help)
{
    CLI::App *action = routes->add_subcommand(name, help);
    action->add_flag("--json", arguments.json, "print one JSON object");
    action->callback([&arguments, name] { arguments.action = name; });
    return action;
}

} // namespace

CLI::App *addRoutesCommand(CLI::App &app, RoutesArguments &arguments)
{
    CLI::App *command = app.add_subcommand("routes", "The rules that map requests to models: show, change, take back");
    command->require_subcommand(1);
    CLI::App *show = addAction(command, arguments, "show", "Print the rules in force");
    show->add_option("REVISION", arguments.revision, "those of an earlier revision instead")->check(CLI::PositiveNumber);
    CLI::App *apply = addAction(command, arguments, "apply", "Put a file in force as a new revision: routes.yaml becomes its text");
    apply->add_option("FILE", arguments.file, "rules, as in routes.yaml")->required();
    apply->add_option("--note", arguments.note, "why, for the history");
    addAction(command, arguments, "history", "List all revisions, newest first");
    CLI::App *rollback = addAction(command, arguments, "rollback", "Withdraw the running canary; without one, put the revision before back");
    rollback->add_option("REVISION", arguments.revision, "put this revision back whole instead")->check(CLI::PositiveNumber);
    rollback->add_option("--rule", arguments.rule, "withdraw the canary of this rule");
    CLI::App *dryrun = addAction(command, arguments, "dryrun", "Tell which of the last 100 requests other rules would send elsewhere");
    dryrun->add_option("FILE", arguments.file, "rules, as in routes.yaml")->required();
    CLI::App *canary = addAction(command, arguments, "canary", "List canaries, or lead one");
    canary->add_option("ACTION", arguments.canaryAction, "list, promote, hold, resume or restart")
        ->check(CLI::IsMember({"list", "promote", "hold", "resume", "restart"}))
        ->capture_default_str();
    canary->add_option("RULE", arguments.rule, "the name of its rule");
    return command;
}

int runRoutes(int argc, char **argv, const RoutesArguments &arguments)
{
    QCoreApplication app(argc, argv);
    beginCommand();
    const Output output(arguments.json);
    if (arguments.action == "canary" && arguments.canaryAction != "list" && arguments.rule.empty())
        return output.fail({ErrorCode::InvalidInput, tr("Name the rule: \"galley routes canary %1 RULE\".").arg(fromArgument(arguments.canaryAction))});
    const Paths paths = Paths::fromEnvironment();
    startLog(paths.log());
    Settings settings(paths.config + QStringLiteral("/galley.conf"));
    FinalParts parts(paths, &settings, nullptr, {false});
    RoutesJob job(parts.routing(), arguments, output);
    QTimer::singleShot(0, &job, [&job] { job.start(); });
    QCoreApplication::exec();
    return job.status();
}

} // namespace Galley
