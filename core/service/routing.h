#pragma once

#include "core/base/boottime.h"
#include "core/service/canaryrun.h"
#include "core/service/jobqueue.h"
#include "core/service/modelwatch.h"
#include "core/service/routingservice.h"
#include "core/service/rulebook.h"

#include <QPointer>

namespace Galley {

class Finals;

/// What routing is made of. Nothing here is owned; all of it outlives Routing.
struct RoutingParts
{
    Store *store = nullptr;
    const CatalogueFile *models = nullptr;
    QString rulesFile;                    ///< routes.yaml
    QString historyFolder;                ///< routes-history
    HttpClient *client = nullptr;         ///< null: rules come from the file only
    std::function<QString()> rulesUrl;    ///< routes/url as it is now
    std::function<int()> pollMs;
    std::function<QDateTime()> now;       ///< absent: the system's clock
    std::function<BootTime()> bootTime;   ///< absent: the machine's
    QString author;                       ///< empty: the system's user
    std::function<void(const QString &model)> withdrawn = {};  ///< told when a canary's candidate is taken back here; may be absent
};

/// RoutingService over the rules (RuleBook), the models' health (ModelWatch) and the canaries (CanaryRun): it only connects them with each other and
/// with Finals, which asks it for rules and tells it what became of every send. See core/README.md.
class Routing : public RoutingService
{
    Q_OBJECT

public:
    explicit Routing(RoutingParts parts, QObject *parent = nullptr);
    ~Routing() override;

    /// The finals that decide by these rules: for what is known about keys and the network, and for rendering again. May die before.
    void setFinals(Finals *finals);
    /// Reads what the library knows, numbers the rules in force and asks the address. \a ready comes once.
    void start(std::function<void()> ready = {});
    void settingsChanged() { m_rules.settingsChanged(); }

    // What Finals asks and tells.
    /// Adds health, money and canaries to \a snapshot.
    void complete(RouteSnapshot *snapshot) const;
    /// Cooling down, or held by a person.
    bool isOutOfRouting(const ModelEntry &model) const { return !m_watch.condition(model).outOfRouting.isEmpty(); }
    /// US dollars that the rule of this name in force may spend; 0: no limit, or no such rule.
    double budgetPerDay(const QString &rule) const;
    void submitted(const RouteDecision &decision);
    void began(const JobRecord &job);
    /// One send has ended; \a error: null when it went well.
    void ended(const JobRecord &job, const JobAttempt &attempt, const Error *error, bool wasAlone);
    /// Whether the canary of \a rule may still be judged.
    bool hasCanary(const QString &rule) const { return m_canaries.isJudged(rule); }
    /// A job is over.
    void finished(const JobRecord &job);

    const RoutePolicy &policy() const override { return m_rules.policy(); }
    QByteArray text() const override { return m_rules.text(); }
    QString file() const override { return m_rules.place(); }
    bool isEditable() const override { return !m_rules.isFromAddress(); }
    QString problem() const override { return m_rules.problem(); }
    QList<Finding> findings() const override { return m_rules.findings(); }
    qint64 revision() const override { return m_rules.revision(); }
    RouteSnapshot snapshot() const override;
    Result<RouteDecision> decide(const RenderRequest &request) const override;
    QList<Finding> check(const QByteArray &text) const override { return m_rules.read(text).findings; }
    QFuture<Result<DryRun>> dryRun(const QByteArray &text) override;
    QFuture<Result<qint64>> apply(const QByteArray &text, const QString &note, qint64 basedOn) override { return m_rules.apply(text, note, basedOn); }
    QFuture<Result<QList<RouteRevision>>> history() override;
    QFuture<Result<RollbackReport>> rollBack(qint64 revision = 0, const QString &rule = {}) override;
    QFuture<Result<RenderAgainReport>> renderAgain(const QList<qint64> &pictures) override;
    QList<CanaryStatus> canaries() const override { return m_canaries.statuses(); }
    QFuture<Result<QString>> promote(const QString &rule) override { return m_canaries.act(rule, CanaryAction::Promote); }
    QFuture<Result<QString>> holdCanary(const QString &rule, bool held) override
    {
        return m_canaries.act(rule, held ? CanaryAction::Hold : CanaryAction::Resume);
    }
    QFuture<Result<QString>> restartCanary(const QString &rule) override { return m_canaries.act(rule, CanaryAction::Restart); }
    QFuture<Result<QList<ModelMetrics>>> metrics(int days = 7) override;
    QList<HealthStatus> health() const override;
    void holdModel(const QString &model, bool held) override { m_watch.hold(model, held); }

    RuleBook *rules() { return &m_rules; }
    CanaryRun *canaryRun() { return &m_canaries; }

private:
    QFuture<Result<RollbackReport>> putBack(qint64 revision);
    QList<qint64> wouldChange(const QList<JobRecord> &jobs) const;
    void readSpent();
    QDateTime now() const;

    RoutingParts m_parts;
    RuleBook m_rules;
    ModelWatch m_watch;
    CanaryRun m_canaries;
    QPointer<Finals> m_finals;
    QMap<QString, double> m_spent;  ///< today, by rule
    QDate m_spentDay;
};

} // namespace Galley
