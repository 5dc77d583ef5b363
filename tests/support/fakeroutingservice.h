#pragma once

#include "core/service/routingservice.h"

#include <QStringList>

#include <optional>

namespace Galley {

/// Rules without a file or a library: a test says what lies on disk and what was measured, and reads what was asked in \c calls. Texts are read by the
/// real reader and decided by the real router. The catalogue must outlive it.
class FakeRoutingService : public RoutingService
{
    Q_OBJECT

public:
    explicit FakeRoutingService(const ModelCatalogue *catalogue);

    QStringList calls;                 ///< "apply 3 why", "rollback 0 posters", "promote posters", "hold posters 1", "model x 1" …
    std::optional<Error> applyError;   ///< of the next apply()
    std::optional<Error> canaryError;  ///< of promote(), holdCanary(), restartCanary() and rollBack()
    QList<ModelMetrics> measured;
    QList<HealthStatus> statuses;
    QList<CanaryStatus> running;
    RollbackReport report;             ///< of rollBack()
    QList<DryRunChange> changes;       ///< of dryRun()
    int requests = 100;
    bool answersAtOnce = true;         ///< dryRun(): false: only after finishDryRun()
    RouteSnapshot world;
    bool editable = true;

    /// As if \a text had been saved by another program or window: in force as a new revision where it has no errors.
    void putFile(const QByteArray &text, const QString &author = QStringLiteral("anna"), const QString &note = {});
    void setCanaries(const QList<CanaryStatus> &canaries);
    void setHealth(const QList<HealthStatus> &health);
    void finishDryRun();

    const RoutePolicy &policy() const override { return m_policy; }
    QByteArray text() const override { return m_text; }
    QString file() const override { return QStringLiteral("/home/anna/.config/galley/routes.yaml"); }
    bool isEditable() const override { return editable; }
    QString problem() const override { return m_problem; }
    QList<Finding> findings() const override { return m_findings; }
    qint64 revision() const override { return m_revisions.isEmpty() ? 0 : m_revisions.first().number; }
    RouteSnapshot snapshot() const override { return world; }
    Result<RouteDecision> decide(const RenderRequest &request) const override;
    QList<Finding> check(const QByteArray &text) const override;
    QFuture<Result<DryRun>> dryRun(const QByteArray &text) override;
    QFuture<Result<qint64>> apply(const QByteArray &text, const QString &note, qint64 basedOn) override;
    QFuture<Result<QList<RouteRevision>>> history() override;
    QFuture<Result<RollbackReport>> rollBack(qint64 revision, const QString &rule) override;
    QList<CanaryStatus> canaries() const override { return running; }
    QFuture<Result<QString>> promote(const QString &rule) override;
    QFuture<Result<QString>> holdCanary(const QString &rule, bool held) override;
    QFuture<Result<QString>> restartCanary(const QString &rule) override;
    QFuture<Result<QList<ModelMetrics>>> metrics(int days) override;
    QList<HealthStatus> health() const override { return statuses; }
    QFuture<Result<RenderAgainReport>> renderAgain(const QList<qint64> &pictures) override;
    void holdModel(const QString &model, bool held) override;

private:
    void add(const QByteArray &text, const QString &author, const QString &note, const QString &origin);
    DryRun tried(const QByteArray &text) const;
    QFuture<Result<QString>> answer(const QString &call, const QString &sentence);

    const ModelCatalogue *m_catalogue;
    RoutePolicy m_policy;
    QByteArray m_text;
    QString m_problem;
    QList<Finding> m_findings;
    QList<RouteRevision> m_revisions;  ///< newest first
    std::optional<QPromise<Result<DryRun>>> m_open;
    QByteArray m_openText;
};

} // namespace Galley
