#pragma once

#include "core/routing/canary.h"
#include "core/routing/modelhealth.h"
#include "core/routing/router.h"

#include <QFuture>
#include <QObject>

namespace Galley {

/// One revision of the rules: append-only.
struct RouteRevision
{
    qint64 number = 0;
    QString digest;     ///< SHA-256 of the text
    QDateTime at;
    QString author;     ///< the system's user name, or the host that it came from
    QString note;       ///< why
    QString origin;     ///< "file", "apply", "rollback to 3", "https://…"
    QByteArray text;

    bool operator==(const RouteRevision &) const = default;
};

/// What one model did lately, by what the library recorded.
struct ModelMetrics
{
    QString model;
    int renders = 0;                   ///< that went well
    QMap<QString, int> failures;       ///< by failure class name
    QList<double> milliseconds;        ///< of those that went well, oldest first, at most 1000
    double p50 = -1, p95 = -1, p99 = -1;  ///< -1: too few
    double costUsd = 0;                ///< settled
    qint64 peakMemoryBytes = 0;        ///< GPU; 0: not known
    double quality = -1;               ///< mean of the automatic scores, 0–1; -1: none
    ModelHealth::State health = ModelHealth::State::Closed;
    QString healthReason;
    double share = 0;                  ///< of the decisions of the last 24 h, 0–1
    QMap<QString, int> decisionsByRule;  ///< of the last 24 h: how often each rule chose it, to set beside the shares that the rule intends
};

/// Whether one model may be asked, as people see it.
struct HealthStatus
{
    QString model;
    ModelHealth::State state = ModelHealth::State::Closed;
    bool isHeld = false;   ///< by a person
    qint64 waitMs = 0;     ///< until it is probed; 0: it may be asked now, -1: until a person lets go of it
    QString reason;        ///< a sentence; empty while it may be asked
};

/// A canary as people see it.
struct CanaryStatus
{
    QString rule;
    RouteCanary canary;
    QString control;       ///< the model (or models) it is compared with
    CanaryState state;
    CanaryReport report;
    int cohorts = 0;       ///< of 10,000, that it takes now
};

/// One request of the past, decided again by other rules.
struct DryRunChange
{
    qint64 job = 0;
    QString title;
    QString before;        ///< model
    QString after;
    QString because;
};

struct DryRun
{
    int requests = 0;
    QList<DryRunChange> changes;
    QList<Finding> findings;  ///< of the text that was tried
};

/// What a rollback has done.
struct RollbackReport
{
    QString sentence;
    QString withdrawnModel;        ///< empty: rules were put back, no single model
    QString rule;
    QList<qint64> pictures;        ///< assets of the withdrawn model, marked
};

/// What became of pictures that were to be made again.
struct RenderAgainReport
{
    QList<qint64> jobs;                ///< new ones, in the batch lane
    QMap<qint64, qint64> taken;        ///< picture → older picture of the same request by the model that is chosen now: taken instead, costs nothing
    QMap<qint64, QString> left;        ///< picture → why it was not made again, a sentence
    QString sentence;
};

/// Rules, health, canaries and their history as the desktop and the command line ask for them. GUI thread.
class RoutingService : public QObject
{
    Q_OBJECT

public:
    ~RoutingService() override = default;

    virtual const RoutePolicy &policy() const = 0;   ///< in force
    virtual QByteArray text() const = 0;             ///< of the file as it is now, perhaps not in force
    virtual QString file() const = 0;                ///< where it lies, or the address it comes from
    virtual bool isEditable() const = 0;             ///< false: the rules come from an address, and apply() is refused
    virtual QString problem() const = 0;             ///< a sentence while the file cannot be put in force; its findings are in findings()
    virtual QList<Finding> findings() const = 0;
    virtual qint64 revision() const = 0;             ///< number of the one in force; 0: built-in defaults

    virtual RouteSnapshot snapshot() const = 0;
    virtual Result<RouteDecision> decide(const RenderRequest &request) const = 0;
    /// Checks \a text without putting it in force.
    virtual QList<Finding> check(const QByteArray &text) const = 0;
    /// Decides the last 100 real requests again by \a text.
    virtual QFuture<Result<DryRun>> dryRun(const QByteArray &text) = 0;

    /// Puts \a text in force as a new revision; \a basedOn: the revision it was edited from, another one in force is a Refused error (two windows).
    virtual QFuture<Result<qint64>> apply(const QByteArray &text, const QString &note, qint64 basedOn) = 0;
    virtual QFuture<Result<QList<RouteRevision>>> history() = 0;  ///< newest first
    /// A running canary goes to weight 0; without one, or with \a revision, an earlier revision is put back whole: the one before, and once more the
    /// one before that. In force when the call returns; the future tells which pictures are marked.
    virtual QFuture<Result<RollbackReport>> rollBack(qint64 revision = 0, const QString &rule = {}) = 0;

    /// Makes \a pictures (assets, those of a RollbackReport) again by the rules in force, in the batch lane; where the library has the result of the same
    /// request already, that is taken instead.
    virtual QFuture<Result<RenderAgainReport>> renderAgain(const QList<qint64> &pictures) = 0;

    virtual QList<CanaryStatus> canaries() const = 0;
    virtual QFuture<Result<QString>> promote(const QString &rule) = 0;   ///< to the next step; a sentence
    virtual QFuture<Result<QString>> holdCanary(const QString &rule, bool held) = 0;
    virtual QFuture<Result<QString>> restartCanary(const QString &rule) = 0;  ///< after a rollback, from the first step

    virtual QFuture<Result<QList<ModelMetrics>>> metrics(int days = 7) = 0;
    /// Models that something is known against, and those that were asked lately; no network and no waiting.
    virtual QList<HealthStatus> health() const = 0;
    /// Takes \a model out of routing, or back in, by hand.
    virtual void holdModel(const QString &model, bool held) = 0;

Q_SIGNALS:
    void policyChanged();    ///< rules, findings, problem or revision
    void canariesChanged();
    void healthChanged();
    void decided(const QString &rule, const QString &model);
};

} // namespace Galley
