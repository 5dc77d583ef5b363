#pragma once

#include "core/store/database.h"

namespace Galley {

/// The SQL of jobs, their attempts and the pictures that go along. Every function runs inside a transaction of the caller, on the store's thread.
namespace JobTable {

Result<qint64> insert(Database &database, const JobRecord &record);
Result<void> insertReferences(Database &database, qint64 job, const QList<ReferencePicture> &references);
/// Everything but the request and the reservation: records in memory may not know of the newest one.
Result<void> update(Database &database, const JobRecord &record);
Result<qint64> reservation(Database &database, qint64 id);
/// Fills the record in too.
Result<void> setReservation(Database &database, JobRecord *record, qint64 reservation);
Result<JobRecord> read(Database &database, qint64 id);
Result<QList<ReferencePicture>> references(Database &database, qint64 job);
Result<double> endOfLane(Database &database, Lane lane);
/// Takes over the listed jobs of owners that are gone.
Result<void> adopt(Database &database);
/// The listed jobs of this owner.
Result<QList<JobRecord>> mine(Database &database);
/// The newest jobs that are jobs of people; of the rules of digest \a policy where it is not empty.
Result<QList<JobRecord>> last(Database &database, int most, const QString &policy);
Result<void> forget(Database &database, const QList<qint64> &ids);
Result<qint64> medianMilliseconds(Database &database, const QString &model);

} // namespace JobTable

} // namespace Galley
