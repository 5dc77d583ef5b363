#include "core/store/ledgertable.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr double microsPerDollar = 1e6;
constexpr double mostUsd = 1e9;  ///< far above any budget, far below what 64 bits hold

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Store", text);
}

QString dollars(qint64 micros)
{
    return QStringLiteral("$%1").arg(QLocale().toString(fromMicros(micros), 'f', micros % 10'000 == 0 ? 2 : 4));
}

QString basisName(Charge::Basis basis)
{
    switch (basis) {
    case Charge::Basis::Service: return QStringLiteral("service");
    case Charge::Basis::Price: return QStringLiteral("price");
    case Charge::Basis::Assumed: return QStringLiteral("assumed");
    }
    return {};
}

QString dayText(const QDate &day)
{
    return day.toString(Qt::ISODate);
}

Result<qint64> spentMicros(Database &database, const QString &project, const QDate &day)
{
    auto sum = database.query(QStringLiteral("SELECT coalesce(sum(CASE state WHEN 'reserved' THEN estimate WHEN 'settled' THEN actual ELSE 0 END), 0) "
                                             "FROM ledger WHERE project = ? AND day = ?"),
                              {project, dayText(day)});
    if (!sum)
        return fail(sum.error());
    return sum->next() ? sum->value(0).toLongLong() : 0;
}

} // namespace

qint64 toMicros(double usd)
{
    // Not a number counts as nothing: prices are checked where they are read.
    return std::isfinite(usd) ? std::llround(std::clamp(usd, 0.0, mostUsd) * microsPerDollar) : 0;
}

double fromMicros(qint64 micros)
{
    return double(micros) / microsPerDollar;
}

Result<qint64> LedgerTable::reserve(Database &database, const Budget &budget, double usd, const QString &model, qint64 job)
{
    const qint64 estimate = toMicros(usd);
    const qint64 limit = toMicros(budget.perDayUsd);
    if (limit > 0 && estimate > 0) {
        const auto spent = spentMicros(database, budget.project, budget.day);
        if (!spent)
            return fail(spent.error());
        if (*spent + estimate > limit) {
            Error error{ErrorCode::Refused,
                        tr("This render would cost %1, but of the %2 that the project \"%3\" may spend a day only %4 are left. "
                           "Raise the budget in the settings or wait until tomorrow.")
                            .arg(dollars(estimate), dollars(limit), budget.project, dollars(std::max<qint64>(0, limit - *spent)))};
            error.failure = FailureClass::OverBudget;
            return fail(error);
        }
    }
    return database.execute(QStringLiteral("INSERT INTO ledger (project, day, model, estimate, state, job) VALUES (?, ?, ?, ?, 'reserved', ?)"),
                            {budget.project, dayText(budget.day), model, estimate, job > 0 ? QVariant(job) : QVariant(QMetaType(QMetaType::LongLong))});
}

Result<void> LedgerTable::checkRule(Database &database, const Budget &budget, double usd, qint64 job)
{
    const qint64 estimate = toMicros(usd);
    const qint64 limit = toMicros(budget.rulePerDayUsd);
    if (limit <= 0 || estimate <= 0)
        return {};
    auto sum = database.query(QStringLiteral("SELECT coalesce(sum(CASE l.state WHEN 'settled' THEN l.actual ELSE l.estimate END), 0) FROM ledger l "
                                             "JOIN jobs j ON l.job = j.id WHERE j.rule = ? AND l.day = ? AND (l.state = 'settled' OR (l.state = 'reserved' "
                                             "AND j.id <> ? AND j.state IN ('sending', 'running', 'backoff', 'undecided')))"),
                              {budget.rule, dayText(budget.day), job});
    if (!sum)
        return fail(sum.error());
    const qint64 spent = sum->next() ? sum->value(0).toLongLong() : 0;
    if (spent + estimate <= limit)
        return {};
    Error error{ErrorCode::Refused,
                tr("This render would cost %1, but of the %2 that the rule \"%3\" may spend a day only %4 are left. "
                   "Raise its budget in routes.yaml, name a fallback for over_budget there, or try again tomorrow.")
                    .arg(dollars(estimate), dollars(limit), budget.rule, dollars(std::max<qint64>(0, limit - spent)))};
    error.failure = FailureClass::OverBudget;
    return fail(error);
}

Result<void> LedgerTable::charge(Database &database, qint64 reservation, const Charge &charge)
{
    if (reservation == 0 || charge.kind == Charge::Kind::Keep)
        return {};
    const bool settles = charge.kind == Charge::Kind::Settle;
    const auto updated = database.execute(QStringLiteral("UPDATE ledger SET state = ?, actual = ?, basis = ? WHERE id = ? AND state = 'reserved'"),
                                          {settles ? QStringLiteral("settled") : QStringLiteral("released"), settles ? toMicros(charge.usd) : 0,
                                           settles ? basisName(charge.basis) : QStringLiteral(""), reservation});
    return updated ? Result<void>() : fail(updated.error());
}

Result<void> LedgerTable::settleFor(Database &database, qint64 reservation, const Charge &charge, const QList<qint64> &assets)
{
    if (const auto charged = LedgerTable::charge(database, reservation, charge); !charged || assets.isEmpty() || reservation == 0)
        return charged;
    auto whole = database.query(QStringLiteral("SELECT estimate, actual FROM ledger WHERE id = ?"), {reservation});
    if (!whole || !whole->next())
        return whole ? Result<void>() : fail(whole.error());
    const qint64 estimate = whole->value(0).toLongLong();
    const qint64 actual = whole->value(1).toLongLong();
    whole->finish();
    const qint64 count = assets.size();
    const auto first = database.execute(QStringLiteral("UPDATE ledger SET asset = ?, estimate = ?, actual = ? WHERE id = ?"),
                                        {assets.first(), estimate - estimate / count * (count - 1), actual - actual / count * (count - 1), reservation});
    if (!first)
        return fail(first.error());
    for (qsizetype i = 1; i < assets.size(); ++i) {
        const auto more = database.execute(QStringLiteral("INSERT INTO ledger (project, day, model, estimate, actual, state, basis, job, asset) "
                                                          "SELECT project, day, model, ?, ?, state, basis, job, ? FROM ledger WHERE id = ?"),
                                           {estimate / count, actual / count, assets[i], reservation});
        if (!more)
            return fail(more.error());
    }
    return {};
}

Result<bool> LedgerTable::isReserved(Database &database, qint64 reservation, const QDate &day)
{
    auto row = database.query(QStringLiteral("SELECT 1 FROM ledger WHERE id = ? AND state = 'reserved' AND day = ?"), {reservation, dayText(day)});
    if (!row)
        return fail(row.error());
    return row->next();
}

Result<double> LedgerTable::spentUsd(Database &database, const QString &project, const QDate &day)
{
    const auto spent = spentMicros(database, project, day);
    if (!spent)
        return fail(spent.error());
    return fromMicros(*spent);
}

Result<QList<LedgerEntry>> LedgerTable::entries(Database &database, const QString &project)
{
    const QString where = project.isNull() ? QString() : QStringLiteral(" WHERE project = ?");
    auto rows = database.query(QStringLiteral("SELECT id, project, day, model, estimate, actual, state, basis, job, asset FROM ledger") + where
                                   + QStringLiteral(" ORDER BY id"),
                               project.isNull() ? QVariantList() : QVariantList{project});
    if (!rows)
        return fail(rows.error());
    QList<LedgerEntry> entries;
    while (rows->next()) {
        LedgerEntry entry;
        entry.id = rows->value(0).toLongLong();
        entry.project = rows->value(1).toString();
        entry.day = QDate::fromString(rows->value(2).toString(), Qt::ISODate);
        entry.model = rows->value(3).toString();
        entry.estimateUsd = fromMicros(rows->value(4).toLongLong());
        if (!rows->value(5).isNull())
            entry.actualUsd = fromMicros(rows->value(5).toLongLong());
        entry.state = rows->value(6).toString();
        entry.basis = rows->value(7).toString();
        entry.job = rows->value(8).toLongLong();
        entry.asset = rows->value(9).toLongLong();
        entries.append(entry);
    }
    return entries;
}

} // namespace Galley
