#include "core/store/jobtable.h"

#include "core/base/log.h"
#include "core/store/jobjson.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <vector>

namespace Galley {

namespace {

constexpr int mediansOf = 50;  ///< renders whose median is the estimate
constexpr int jsonDepth = 48;  ///< a template may be nested 32 deep, inside two objects

Result<void> done(const Result<qint64> &result)
{
    return result ? Result<void>() : fail(result.error());
}

/// What is neither queried nor in a column of its own.
Json restJson(const JobRecord &record)
{
    Json json = jobJson(record);
    for (const char *column : {"id", "lane", "position", "state", "request", "remote_id", "request_digest", "reservation", "attempts", "tries", "not_before",
                               "created", "ended"})
        json.erase(column);
    return json;
}

Result<Json> parseOwn(const QVariant &value)
{
    return parseJson(value.toByteArray(), QCoreApplication::translate("Galley::Store", "A job of the library"),
                     {std::numeric_limits<qsizetype>::max(), jsonDepth, std::numeric_limits<std::size_t>::max()});
}

QVariantList changing(const JobRecord &record)
{
    return {laneName(record.lane),
            record.position,
            jobStateName(record.state),
            record.tries,
            record.remoteId,
            record.requestDigest,
            timeValue(record.notBefore),
            timeValue(record.createdAt),
            timeValue(record.endedAt),
            QString::fromUtf8(dumpJson(restJson(record)))};
}

/// Attempts only ever come to the end, so that those that are there already stay untouched.
Result<void> saveAttempts(Database &database, const JobRecord &record)
{
    auto count = database.query(QStringLiteral("SELECT count(*) FROM attempts WHERE job = ?"), {record.id});
    if (!count || !count->next())
        return count ? Result<void>() : fail(count.error());
    const int stored = count->value(0).toInt();
    count->finish();
    for (int number = stored; number < record.attempts.size(); ++number) {
        const JobAttempt &attempt = record.attempts[number];
        const auto inserted = database.execute(QStringLiteral("INSERT INTO attempts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                                               {record.id, number, timeValue(attempt.startedAt), attempt.model, attempt.backend, attempt.served, attempt.outcome,
                                                attempt.message, attempt.httpStatus, attempt.requestsSent, attempt.milliseconds});
        if (!inserted)
            return fail(inserted.error());
    }
    return {};
}

Result<QList<JobAttempt>> readAttempts(Database &database, qint64 job)
{
    auto rows = database.query(QStringLiteral("SELECT started, model, backend, served, outcome, message, http_status, requests_sent, milliseconds "
                                              "FROM attempts WHERE job = ? ORDER BY number"),
                               {job});
    if (!rows)
        return fail(rows.error());
    QList<JobAttempt> attempts;
    while (rows->next()) {
        attempts.append({.startedAt = timeFromValue(rows->value(0)),
                         .model = rows->value(1).toString(),
                         .backend = rows->value(2).toString(),
                         .served = rows->value(3).toString(),
                         .outcome = rows->value(4).toString(),
                         .message = rows->value(5).toString(),
                         .httpStatus = rows->value(6).toInt(),
                         .requestsSent = rows->value(7).toInt(),
                         .milliseconds = rows->value(8).toDouble()});
    }
    return attempts;
}

const QString jobColumns = QStringLiteral("SELECT id, lane, position, state, tries, remote_id, request_digest, reservation, not_before, created, ended, "
                                          "rest, request FROM jobs ");

/// The row under the cursor. The columns are what counts; `rest` fills in what has none.
Result<JobRecord> readRow(Database &database, const QSqlQuery &row)
{
    auto json = parseOwn(row.value(11));
    auto request = parseOwn(row.value(12));
    if (!json || !request)
        return fail(json ? request.error() : json.error());
    (*json)["request"] = std::move(*request);
    auto record = jobFromJson(*json);
    if (!record)
        return fail(record.error());
    record->id = row.value(0).toLongLong();
    record->lane = laneFromName(row.value(1).toString()).value_or(Lane::Final);
    record->position = row.value(2).toDouble();
    // A state that this version does not know is nothing to send.
    record->state = jobStateFromName(row.value(3).toString()).value_or(JobState::Held);
    record->tries = row.value(4).toInt();
    record->remoteId = row.value(5).toString();
    record->requestDigest = row.value(6).toString();
    record->reservation = row.value(7).toLongLong();
    record->notBefore = timeFromValue(row.value(8));
    record->createdAt = timeFromValue(row.value(9));
    record->endedAt = timeFromValue(row.value(10));
    auto attempts = readAttempts(database, record->id);
    if (!attempts)
        return fail(attempts.error());
    record->attempts = std::move(*attempts);
    return record;
}

/// Those that cannot be read are left out and reported in the log.
Result<QList<JobRecord>> readRows(Database &database, const QString &condition, const QVariantList &values)
{
    auto rows = database.query(jobColumns + condition, values);
    if (!rows)
        return fail(rows.error());
    QList<JobRecord> records;
    while (rows->next()) {
        const auto record = readRow(database, *rows);
        if (record)
            records.append(*record);
        else
            logMessage(LogLevel::Error, QStringLiteral("job %1: %2").arg(rows->value(0).toString(), record.error().message));
    }
    return records;
}

} // namespace

Result<qint64> JobTable::insert(Database &database, const JobRecord &record)
{
    const RenderRequest &request = record.request;
    QVariantList values = changing(record);
    values << database.owner() << request.source.project << request.source.id << request.source.name << request.row.number << record.decision.model
           << QString::fromUtf8(dumpJson(requestJson(request))) << record.decision.rule << record.decision.policy << record.shadowOf;
    return database.execute(QStringLiteral("INSERT INTO jobs (lane, position, state, tries, remote_id, request_digest, not_before, created, ended, rest, "
                                           "owner, project, template_id, template_name, row, model, request, rule, policy, shadow_of) "
                                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                            values);
}

Result<void> JobTable::insertReferences(Database &database, qint64 job, const QList<ReferencePicture> &references)
{
    for (int i = 0; i < references.size(); ++i) {
        const ReferencePicture &picture = references[i];
        const QString use = picture.use == ReferencePicture::Use::Mask ? QStringLiteral("mask") : QStringLiteral("start");
        const auto inserted = database.execute(QStringLiteral("INSERT INTO job_pictures VALUES (?, ?, ?, ?, ?, ?, ?)"),
                                               {job, i, use, picture.digest, picture.size.width(), picture.size.height(), picture.png});
        if (!inserted)
            return fail(inserted.error());
    }
    return {};
}

Result<void> JobTable::update(Database &database, const JobRecord &record)
{
    QVariantList values = changing(record);
    values << record.decision.model << record.id;
    auto updated = database.query(QStringLiteral("UPDATE jobs SET lane = ?, position = ?, state = ?, tries = ?, remote_id = ?, request_digest = ?, "
                                                 "not_before = ?, created = ?, ended = ?, rest = ?, model = ? WHERE id = ?"),
                                  values);
    if (!updated)
        return fail(updated.error());
    if (updated->numRowsAffected() == 0)
        return fail(ErrorCode::NotFound, QCoreApplication::translate("Galley::Store", "The library has no job %1.").arg(record.id));
    return saveAttempts(database, record);
}

Result<qint64> JobTable::reservation(Database &database, qint64 id)
{
    auto row = database.query(QStringLiteral("SELECT reservation FROM jobs WHERE id = ?"), {id});
    if (!row)
        return fail(row.error());
    return row->next() ? row->value(0).toLongLong() : 0;
}

Result<void> JobTable::setReservation(Database &database, JobRecord *record, qint64 reservation)
{
    record->reservation = reservation;
    return done(database.execute(QStringLiteral("UPDATE jobs SET reservation = ? WHERE id = ?"), {reservation, record->id}));
}

Result<JobRecord> JobTable::read(Database &database, qint64 id)
{
    auto row = database.query(jobColumns + QStringLiteral("WHERE id = ?"), {id});
    if (!row)
        return fail(row.error());
    if (!row->next())
        return fail(ErrorCode::NotFound, QCoreApplication::translate("Galley::Store", "The library has no job %1.").arg(id));
    return readRow(database, *row);
}

Result<QList<ReferencePicture>> JobTable::references(Database &database, qint64 job)
{
    auto rows = database.query(QStringLiteral("SELECT use, bytes, width, height, digest FROM job_pictures WHERE job = ? ORDER BY number"), {job});
    if (!rows)
        return fail(rows.error());
    QList<ReferencePicture> pictures;
    while (rows->next()) {
        const auto use = rows->value(0).toString() == QLatin1String("mask") ? ReferencePicture::Use::Mask : ReferencePicture::Use::Start;
        pictures.append({use, rows->value(1).toByteArray(), QSize(rows->value(2).toInt(), rows->value(3).toInt()), rows->value(4).toString()});
    }
    return pictures;
}

Result<double> JobTable::endOfLane(Database &database, Lane lane)
{
    auto row = database.query(QStringLiteral("SELECT coalesce(max(position), 0) FROM jobs WHERE listed AND lane = ?"), {laneName(lane)});
    if (!row || !row->next())
        return row ? Result<double>(0) : fail(row.error());
    return std::floor(row->value(0).toDouble()) + 1;
}

Result<void> JobTable::adopt(Database &database)
{
    auto rows = database.query(QStringLiteral("SELECT DISTINCT owner FROM jobs WHERE listed"));
    if (!rows)
        return fail(rows.error());
    QStringList gone;
    while (rows->next()) {
        if (database.isOwnerGone(rows->value(0).toString()))
            gone.append(rows->value(0).toString());
    }
    rows->finish();
    for (const QString &owner : gone) {
        const auto taken = database.execute(QStringLiteral("UPDATE jobs SET owner = ? WHERE owner = ? AND listed"), {database.owner(), owner});
        if (!taken)
            return fail(taken.error());
    }
    return {};
}

Result<QList<JobRecord>> JobTable::mine(Database &database)
{
    auto records = readRows(database, QStringLiteral("WHERE owner = ? AND listed"), {database.owner()});
    if (!records)
        return records;
    std::sort(records->begin(), records->end(), [](const JobRecord &a, const JobRecord &b) {
        return std::tuple(a.lane, a.position, a.id) < std::tuple(b.lane, b.position, b.id);
    });
    return records;
}

Result<QList<JobRecord>> JobTable::last(Database &database, int most, const QString &policy)
{
    return policy.isEmpty() ? readRows(database, QStringLiteral("WHERE shadow_of = 0 AND rule <> '' ORDER BY id DESC LIMIT ?"), {most})
                            : readRows(database, QStringLiteral("WHERE shadow_of = 0 AND policy = ? ORDER BY id DESC LIMIT ?"), {policy, most});
}

Result<void> JobTable::forget(Database &database, const QList<qint64> &ids)
{
    for (const qint64 id : ids) {
        const auto taken = done(database.execute(QStringLiteral("UPDATE jobs SET listed = 0 WHERE id = ?"), {id}));
        if (!taken)
            return taken;
    }
    return {};
}

Result<qint64> JobTable::medianMilliseconds(Database &database, const QString &model)
{
    auto rows = database.query(QStringLiteral("SELECT milliseconds FROM attempts WHERE model = ? AND outcome = 'done' AND milliseconds > 0 ORDER BY started DESC LIMIT ?"),
                               {model, mediansOf});
    if (!rows)
        return fail(rows.error());
    std::vector<double> times;
    while (rows->next())
        times.push_back(rows->value(0).toDouble());
    if (times.empty())
        return -1;
    const auto middle = times.begin() + std::ptrdiff_t(times.size() / 2);
    std::nth_element(times.begin(), middle, times.end());
    return qint64(*middle);
}

} // namespace Galley
