#include "core/store/routetable.h"

#include "core/store/ledgertable.h"

#include <QCoreApplication>

#include <algorithm>

namespace Galley {

namespace {

Result<void> done(const Result<qint64> &result)
{
    return result ? Result<void>() : fail(result.error());
}

RevisionRow revisionAt(const QSqlQuery &row)
{
    return {.number = row.value(0).toLongLong(),
            .digest = row.value(1).toString(),
            .at = timeFromValue(row.value(2)),
            .author = row.value(3).toString(),
            .note = row.value(4).toString(),
            .origin = row.value(5).toString(),
            .putBack = row.value(6).toLongLong()};
}

/// What a send is worth is kept with the job and its pictures.
const QString attemptColumns = QStringLiteral(
    "SELECT a.started, a.job, a.model, a.outcome, a.milliseconds, j.shadow_of, "
    "EXISTS (SELECT 1 FROM attempts later WHERE later.job = a.job AND later.number > a.number AND later.outcome = 'done' AND later.model <> a.model), "
    "(SELECT sum(actual) FROM ledger WHERE job = a.job AND state = 'settled'), "
    "(SELECT avg(value) FROM scores JOIN assets ON scores.asset = assets.id WHERE assets.job = a.job), "
    "(SELECT count(*) FROM picks JOIN assets ON picks.chosen = assets.id WHERE assets.job = a.job), "
    "(SELECT count(*) FROM picks JOIN assets ON picks.left_out = assets.id WHERE assets.job = a.job), "
    "(SELECT model FROM attempts head WHERE head.job = a.job AND head.number = 0) "
    "FROM attempts a JOIN jobs j ON j.id = a.job ");

AttemptRow attemptAt(const QSqlQuery &row)
{
    AttemptRow attempt;
    attempt.at = timeFromValue(row.value(0));
    attempt.job = row.value(1).toLongLong();
    attempt.model = row.value(2).toString();
    attempt.outcome = row.value(3).toString();
    attempt.milliseconds = row.value(4).toDouble();
    attempt.isShadow = row.value(5).toLongLong() > 0;
    attempt.madeElsewhere = row.value(6).toBool();
    attempt.isFirstChoice = row.value(11).toString() == attempt.model;
    if (attempt.outcome != QLatin1String("done"))
        return attempt;
    if (!row.value(7).isNull())
        attempt.costUsd = fromMicros(row.value(7).toLongLong());
    if (!row.value(8).isNull())
        attempt.quality = row.value(8).toDouble();
    attempt.chosen = row.value(9).toInt();
    attempt.leftOut = row.value(10).toInt();
    return attempt;
}

/// The newest \a most of what \a condition selects, oldest first.
Result<QList<AttemptRow>> attemptsWhere(Database &database, const QString &condition, const QVariantList &values)
{
    auto rows = database.query(attemptColumns + condition, values);
    if (!rows)
        return fail(rows.error());
    QList<AttemptRow> attempts;
    while (rows->next())
        attempts.prepend(attemptAt(*rows));
    return attempts;
}

} // namespace

Result<RevisionRow> RouteTable::addRevision(Database &database, const RevisionRow &row, std::optional<qint64> basedOn)
{
    const auto last = revisions(database, 1);
    if (!last)
        return fail(last.error());
    const RevisionRow newest = last->isEmpty() ? RevisionRow() : last->first();
    if (basedOn && *basedOn != newest.number) {
        return fail(ErrorCode::Refused, QCoreApplication::translate("Galley::Store", "The rules have been changed since: revision %1 is in force, and this was edited "
                                                                                     "from revision %2. Look at the newer one, then apply yours again.")
                                            .arg(newest.number)
                                            .arg(*basedOn));
    }
    if (newest.number > 0 && newest.digest == row.digest)
        return newest;
    RevisionRow added = row;
    const auto number = database.execute(
        QStringLiteral("INSERT INTO route_revisions (number, digest, at, author, note, origin, put_back) VALUES (?, ?, ?, ?, ?, ?, ?)"),
        {std::max(newest.number + 1, row.number), row.digest, timeValue(row.at), row.author, row.note, row.origin, row.putBack});
    if (!number)
        return fail(number.error());
    added.number = *number;
    return added;
}

Result<QList<RevisionRow>> RouteTable::revisions(Database &database, int most)
{
    auto rows = database.query(QStringLiteral("SELECT number, digest, at, author, note, origin, put_back FROM route_revisions ORDER BY number DESC LIMIT ?"), {most});
    if (!rows)
        return fail(rows.error());
    QList<RevisionRow> list;
    while (rows->next())
        list.append(revisionAt(*rows));
    return list;
}

Result<CanaryRow> RouteTable::saveCanary(Database &database, const CanaryRow &row, const std::optional<CanaryEventRow> &event)
{
    CanaryRow saved = row;
    auto newest = database.query(QStringLiteral("SELECT (SELECT coalesce(max(id), 0) FROM jobs), (SELECT coalesce(max(serial), 0) + 1 FROM canary_states)"));
    if (!newest || !newest->next())
        return newest ? Result<CanaryRow>(saved) : fail(newest.error());
    if (saved.sinceJob < 0)
        saved.sinceJob = newest->value(0).toLongLong();
    saved.serial = newest->value(1).toLongLong();
    newest->finish();
    const auto stored = database.execute(QStringLiteral("INSERT OR REPLACE INTO canary_states VALUES (?, ?, ?, ?, ?, ?, ?)"),
                                         {saved.rule, saved.candidate, saved.phase, saved.step, saved.state, saved.sinceJob, saved.serial});
    if (!stored)
        return fail(stored.error());
    if (!event)
        return saved;
    const auto told = database.execute(QStringLiteral("INSERT INTO canary_events (at, rule, candidate, phase, step, author, revision, sentence, report) "
                                                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                                       {timeValue(event->at), event->rule, event->candidate, event->phase, event->step, event->author, event->revision, event->sentence,
                                        event->report});
    return told ? Result<CanaryRow>(saved) : fail(told.error());
}

Result<QList<CanaryRow>> RouteTable::canaries(Database &database)
{
    auto rows = database.query(QStringLiteral("SELECT rule, candidate, phase, step, state, since_job, serial FROM canary_states ORDER BY rule"));
    if (!rows)
        return fail(rows.error());
    QList<CanaryRow> list;
    while (rows->next()) {
        list.append({.rule = rows->value(0).toString(),
                     .candidate = rows->value(1).toString(),
                     .phase = rows->value(2).toString(),
                     .step = rows->value(3).toInt(),
                     .state = rows->value(4).toString(),
                     .sinceJob = rows->value(5).toLongLong(),
                     .serial = rows->value(6).toLongLong()});
    }
    return list;
}

Result<QList<CanaryEventRow>> RouteTable::canaryEvents(Database &database, const QString &rule)
{
    auto rows = database.query(QStringLiteral("SELECT id, at, rule, candidate, phase, step, author, revision, sentence, report FROM canary_events "
                                              "WHERE rule = ? ORDER BY id"),
                               {rule});
    if (!rows)
        return fail(rows.error());
    QList<CanaryEventRow> list;
    while (rows->next()) {
        list.append({.id = rows->value(0).toLongLong(),
                     .at = timeFromValue(rows->value(1)),
                     .rule = rows->value(2).toString(),
                     .candidate = rows->value(3).toString(),
                     .phase = rows->value(4).toString(),
                     .step = rows->value(5).toInt(),
                     .author = rows->value(6).toString(),
                     .revision = rows->value(7).toLongLong(),
                     .sentence = rows->value(8).toString(),
                     .report = rows->value(9).toString()});
    }
    return list;
}

Result<QList<AttemptRow>> RouteTable::attemptsOf(Database &database, const QString &rule, qint64 sinceJob, int most)
{
    return attemptsWhere(database, QStringLiteral("WHERE j.rule = ? AND j.id > ? ORDER BY a.job DESC, a.number DESC LIMIT ?"), {rule, sinceJob, most});
}

Result<QList<AttemptRow>> RouteTable::attemptsSince(Database &database, const QDateTime &since, int most)
{
    return attemptsWhere(database, QStringLiteral("WHERE a.started >= ? ORDER BY a.started DESC LIMIT ?"), {timeValue(since), most});
}

Result<QMap<QString, double>> RouteTable::spentByRule(Database &database, const QDate &day)
{
    auto rows = database.query(QStringLiteral("SELECT j.rule, sum(coalesce(l.actual, l.estimate)) FROM ledger l JOIN jobs j ON l.job = j.id "
                                              "WHERE l.day = ? AND l.state <> 'released' GROUP BY j.rule"),
                               {day.toString(Qt::ISODate)});
    if (!rows)
        return fail(rows.error());
    QMap<QString, double> spent;
    while (rows->next())
        spent.insert(rows->value(0).toString(), fromMicros(rows->value(1).toLongLong()));
    return spent;
}

Result<QMap<QString, int>> RouteTable::decisionsSince(Database &database, const QDateTime &since)
{
    auto rows = database.query(QStringLiteral("SELECT model, count(*) FROM jobs WHERE created >= ? AND shadow_of = 0 GROUP BY model"), {timeValue(since)});
    if (!rows)
        return fail(rows.error());
    QMap<QString, int> counts;
    while (rows->next())
        counts.insert(rows->value(0).toString(), rows->value(1).toInt());
    return counts;
}

Result<QList<qint64>> RouteTable::picturesOf(Database &database, const QString &model, const QString &rule, qint64 sinceJob)
{
    return database.ids(QStringLiteral("SELECT a.id FROM assets a JOIN jobs j ON a.job = j.id WHERE a.routed_model = ? AND a.rule = ? AND j.rule <> '' AND j.id > ? AND a.shadow = 0 ORDER BY a.id"),
                 {model, rule, sinceJob});
}

Result<void> RouteTable::mark(Database &database, const QList<qint64> &assets, const QString &mark)
{
    for (const qint64 asset : assets) {
        if (const auto set = done(database.execute(QStringLiteral("UPDATE assets SET mark = ? WHERE id = ?"), {mark, asset})); !set)
            return set;
    }
    return {};
}

Result<QList<qint64>> RouteTable::marked(Database &database, const QString &mark)
{
    return database.ids(QStringLiteral("SELECT id FROM assets WHERE mark = ? AND mark <> '' ORDER BY id"), {mark});
}

Result<bool> RouteTable::isWithdrawn(Database &database, const QString &requestDigest)
{
    auto row = database.query(QStringLiteral("SELECT a.mark FROM jobs j JOIN assets a ON a.job = j.id WHERE j.request_digest = ? AND j.state = 'done' "
                                             "ORDER BY j.id DESC, a.id LIMIT 1"),
                              {requestDigest});
    if (!row)
        return fail(row.error());
    return row->next() && row->value(0).toString() == withdrawnMark();
}

/// Not those that might be smaller than asked: their request has the same digest.
Result<qint64> RouteTable::pictureOfRequest(Database &database, const QString &requestDigest)
{
    const auto ids = database.ids(QStringLiteral("SELECT a.id FROM jobs j JOIN assets a ON a.job = j.id WHERE j.request_digest = ? AND j.state = 'done' "
                                                    "AND a.mark = '' AND j.request NOT LIKE '%\"may_shrink\":true%' ORDER BY j.id DESC, a.id LIMIT 1"),
                           {requestDigest});
    if (!ids)
        return fail(ids.error());
    return ids->isEmpty() ? 0 : ids->first();
}

Result<void> RouteTable::addPick(Database &database, const QDateTime &at, qint64 chosen, qint64 leftOut)
{
    return done(database.execute(QStringLiteral("INSERT INTO picks (at, chosen, left_out) VALUES (?, ?, ?)"), {timeValue(at), chosen, leftOut}));
}

} // namespace Galley
