#pragma once

#include "core/store/database.h"

namespace Galley {

/// The SQL of the ledger. Every function runs inside a transaction of the caller, on the store's thread.
namespace LedgerTable {

/// Fails as OverBudget when the day's sum, reservations included, would exceed the budget.
Result<qint64> reserve(Database &database, const Budget &budget, double usd, const QString &model, qint64 job);
/// Fails as OverBudget when what jobs of the budget's rule have cost on its day, with those that are under way and \a usd of \a job, would exceed the
/// rule's limit. What only waits is not counted: it is asked when its turn comes.
Result<void> checkRule(Database &database, const Budget &budget, double usd, qint64 job);
/// Nothing happens to a reservation that is over already, or to 0.
Result<void> charge(Database &database, qint64 reservation, const Charge &charge);
/// Settles with one line for each of \a assets, which share estimate and price; the first takes what cannot be divided.
Result<void> settleFor(Database &database, qint64 reservation, const Charge &charge, const QList<qint64> &assets);
/// Whether \a reservation is in force on \a day.
Result<bool> isReserved(Database &database, qint64 reservation, const QDate &day);
Result<double> spentUsd(Database &database, const QString &project, const QDate &day);
Result<QList<LedgerEntry>> entries(Database &database, const QString &project);

} // namespace LedgerTable

/// Money as it is stored: whole millionths of a dollar.
qint64 toMicros(double usd);
double fromMicros(qint64 micros);

} // namespace Galley
