#pragma once

#include "core/store/database.h"
#include "core/store/routerecords.h"

namespace Galley {

/// The SQL of rules, canaries and what is measured of models. Every function runs on the store's thread; those that write, inside a transaction of
/// the caller.
namespace RouteTable {

/// The last revision again when it has the same digest. \a basedOn: Refused unless that is the last one.
Result<RevisionRow> addRevision(Database &database, const RevisionRow &row, std::optional<qint64> basedOn);
Result<QList<RevisionRow>> revisions(Database &database, int most);

/// With the event that led to it, when there is one.
Result<CanaryRow> saveCanary(Database &database, const CanaryRow &row, const std::optional<CanaryEventRow> &event);
Result<QList<CanaryRow>> canaries(Database &database);
Result<QList<CanaryEventRow>> canaryEvents(Database &database, const QString &rule);

/// Sends of jobs of \a rule after \a sinceJob, oldest first.
Result<QList<AttemptRow>> attemptsOf(Database &database, const QString &rule, qint64 sinceJob, int most);
Result<QList<AttemptRow>> attemptsSince(Database &database, const QDateTime &since, int most);
Result<QMap<QString, double>> spentByRule(Database &database, const QDate &day);
/// Jobs by model since \a since: what the rules chose.
Result<QMap<QString, int>> decisionsSince(Database &database, const QDateTime &since);

/// Pictures that \a model made for \a rule in jobs after \a sinceJob.
Result<QList<qint64>> picturesOf(Database &database, const QString &model, const QString &rule, qint64 sinceJob);
Result<void> mark(Database &database, const QList<qint64> &assets, const QString &mark);
Result<QList<qint64>> marked(Database &database, const QString &mark);
/// The first picture of an earlier job that went well with the same request; 0: none.
Result<bool> isWithdrawn(Database &database, const QString &requestDigest);
Result<qint64> pictureOfRequest(Database &database, const QString &requestDigest);
Result<void> addPick(Database &database, const QDateTime &at, qint64 chosen, qint64 leftOut);

} // namespace RouteTable

} // namespace Galley
