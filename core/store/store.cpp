#include "core/store/store.h"

#include "core/store/assettable.h"
#include "core/store/jobjson.h"
#include "core/store/jobtable.h"
#include "core/store/ledgertable.h"
#include "core/store/routetable.h"
#include "core/store/storeside.h"

namespace Galley {

namespace {

constexpr int fileThreads = 2;

Result<JobRecord> canonical(const JobRecord &record)
{
    auto request = requestFromJson(requestJson(record.request));
    if (!request)
        return fail(request.error());
    JobRecord result = record;
    result.request = std::move(*request);
    return result;
}

Result<void> reserveFor(Database &database, JobRecord *job, const Budget &budget)
{
    const auto reservation = LedgerTable::reserve(database, budget, job->estimateUsd, job->decision.model, job->id);
    return reservation ? JobTable::setReservation(database, job, *reservation) : fail(reservation.error());
}

/// A reservation of \a job on the budget's day: the one it has, or a new one in its place.
Result<void> ensureReservation(Database &database, JobRecord *job, const Budget &budget)
{
    const auto reservation = JobTable::reservation(database, job->id);
    if (!reservation)
        return fail(reservation.error());
    const auto reserved = LedgerTable::isReserved(database, *reservation, budget.day);
    if (!reserved)
        return fail(reserved.error());
    if (*reserved) {
        job->reservation = *reservation;
        return {};
    }
    const auto released = LedgerTable::charge(database, *reservation, Charge::release());
    return released ? reserveFor(database, job, budget) : released;
}

/// Ends the reservation of \a job as \a charge says, for the pictures that came.
Result<void> chargeFor(Database &database, JobRecord *job, const Charge &charge, const QList<qint64> &assets = {})
{
    if (charge.kind == Charge::Kind::Keep)
        return {};
    const auto reservation = JobTable::reservation(database, job->id);
    if (!reservation)
        return fail(reservation.error());
    const auto charged = LedgerTable::settleFor(database, *reservation, charge, assets);
    return charged ? JobTable::setReservation(database, job, 0) : charged;
}

} // namespace

Store::Store(const QString &folder)
    : m_folder(folder)
    , m_writer(std::make_unique<Side>(folder, Database::Access::Write))
    , m_reader(std::make_unique<Side>(folder, Database::Access::Read))
    , m_lists(std::make_unique<Side>(folder, Database::Access::Read))
    , m_care(std::make_unique<Side>(folder, Database::Access::Read))
{
    m_files.setMaxThreadCount(fileThreads);
}

Store::~Store()
{
    m_files.waitForDone();  // each hands its rows on to the other thread
    for (const auto *side : {&m_care, &m_lists, &m_reader})
        (*side)->stop();  // each may ask the last one to open
    m_writer->stop();
}

/// Whether files may be written: not beside a library that cannot be opened or takes nothing.
Result<void> Store::takesPictures()
{
    if (m_writable == Writable::NotKnown) {
        if (const Result<StoreOpened> opened = open().result(); !opened)
            return fail(opened.error());
    }
    if (m_writable == Writable::No)
        return fail(ErrorCode::Unsupported, open().result()->notice);
    return {};
}

QFuture<Result<StoreOpened>> Store::open()
{
    return run<StoreOpened>([](Database &database) { return database.open(); });
}

QFuture<Result<JobRecord>> Store::addJob(const JobRecord &record, const QList<ReferencePicture> &references, const Budget &budget)
{
    return run<JobRecord>([record, references, budget](Database &database) -> Result<JobRecord> {
        auto job = canonical(record);
        if (!job)
            return job;
        return database.transaction(Sync::Full, [&]() -> Result<JobRecord> {
            if (job->position == 0) {
                const auto position = JobTable::endOfLane(database, job->lane);
                if (!position)
                    return fail(position.error());
                job->position = *position;
            }
            const auto id = JobTable::insert(database, *job);
            if (!id)
                return fail(id.error());
            job->id = *id;
            if (const auto inserted = JobTable::insertReferences(database, *id, references); !inserted)
                return fail(inserted.error());
            const auto reserved = reserveFor(database, &*job, budget);
            return reserved ? job : fail(reserved.error());
        });
    });
}

QFuture<Result<JobRecord>> Store::saveJob(const JobRecord &record, const Charge &charge, Sync sync)
{
    return run<JobRecord>([record, charge, sync](Database &database) -> Result<JobRecord> {
        const bool charges = charge.kind != Charge::Kind::Keep;
        return database.transaction(charges ? Sync::Full : sync, [&]() -> Result<JobRecord> {
            JobRecord job = record;
            if (const auto charged = chargeFor(database, &job, charge); !charged)
                return fail(charged.error());
            const auto updated = JobTable::update(database, job);
            return updated ? Result<JobRecord>(job) : fail(updated.error());
        });
    });
}

QFuture<Result<JobRecord>> Store::beginSending(const JobRecord &record, const Budget &budget)
{
    return run<JobRecord>([record, budget](Database &database) -> Result<JobRecord> {
        return database.transaction(Sync::Full, [&]() -> Result<JobRecord> {
            JobRecord job = record;
            if (const auto reserved = ensureReservation(database, &job, budget); !reserved)
                return fail(reserved.error());
            if (const auto allowed = LedgerTable::checkRule(database, budget, job.estimateUsd, job.id); !allowed)
                return fail(allowed.error());
            if (const auto storable = AssetTable::tryInsert(database); !storable)
                return fail(storable.error());
            job.state = JobState::Sending;
            const auto updated = JobTable::update(database, job);
            return updated ? Result<JobRecord>(job) : fail(updated.error());
        });
    });
}

QFuture<Result<JobRecord>> Store::acceptJob(const JobRecord &record, const QList<NewAsset> &pictures, const Charge &charge)
{
    return withFiles<JobRecord>(pictures, [record, charge](Database &database, const QList<NewAsset> &assets) -> Result<JobRecord> {
        return database.transaction(Sync::Full, [&]() -> Result<JobRecord> {
            JobRecord job = record;
            job.state = JobState::Done;
            job.assets.clear();
            for (NewAsset asset : assets) {
                asset.record.job = record.id;
                asset.record.isShadow = record.shadowOf > 0;
                const auto id = AssetTable::insert(database, asset);
                if (!id)
                    return fail(id.error());
                job.assets.append(*id);
            }
            if (const auto settled = chargeFor(database, &job, charge, job.assets); !settled)
                return fail(settled.error());
            const auto updated = JobTable::update(database, job);
            return updated ? Result<JobRecord>(job) : fail(updated.error());
        });
    });
}

QFuture<Result<QList<JobRecord>>> Store::adoptJobs()
{
    return run<QList<JobRecord>>([](Database &database) -> Result<QList<JobRecord>> {
        return database.transaction(Sync::Full, [&]() -> Result<QList<JobRecord>> {
            if (const auto adopted = JobTable::adopt(database); !adopted)
                return fail(adopted.error());
            return JobTable::mine(database);
        });
    });
}

QFuture<Result<void>> Store::forgetJobs(const QList<qint64> &ids)
{
    return run<void>([ids](Database &database) {
        return database.transaction(Sync::Normal, [&] { return JobTable::forget(database, ids); });
    });
}

QFuture<Result<JobRecord>> Store::job(qint64 id)
{
    return run<JobRecord>([id](Database &database) { return JobTable::read(database, id); });
}

QFuture<Result<QList<ReferencePicture>>> Store::references(qint64 job)
{
    return run<QList<ReferencePicture>>([job](Database &database) { return JobTable::references(database, job); });
}

QFuture<Result<qint64>> Store::medianMilliseconds(const QString &model)
{
    return run<qint64>([model](Database &database) { return JobTable::medianMilliseconds(database, model); });
}

QFuture<Result<qint64>> Store::reserve(const Budget &budget, double usd, const QString &model, qint64 job)
{
    return run<qint64>([budget, usd, model, job](Database &database) {
        return database.transaction(Sync::Full, [&] { return LedgerTable::reserve(database, budget, usd, model, job); });
    });
}

QFuture<Result<void>> Store::charge(qint64 reservation, const Charge &charge)
{
    return run<void>([reservation, charge](Database &database) {
        return database.transaction(Sync::Full, [&] { return LedgerTable::charge(database, reservation, charge); });
    });
}

QFuture<Result<double>> Store::spentUsd(const QString &project, const QDate &day)
{
    return run<double>([project, day](Database &database) { return LedgerTable::spentUsd(database, project, day); });
}

QFuture<Result<QList<LedgerEntry>>> Store::ledger(const QString &project)
{
    return run<QList<LedgerEntry>>([project](Database &database) { return LedgerTable::entries(database, project); });
}

QFuture<Result<AssetRecord>> Store::put(const NewAsset &picture)
{
    return withFiles<AssetRecord>({picture}, [](Database &database, const QList<NewAsset> &assets) -> Result<AssetRecord> {
        return database.transaction(Sync::Full, [&]() -> Result<AssetRecord> {
            AssetRecord record = assets.first().record;
            const auto id = AssetTable::insert(database, assets.first());
            if (!id)
                return fail(id.error());
            record.id = *id;
            return record;
        });
    });
}

QFuture<Result<AssetRecord>> Store::asset(qint64 id)
{
    return run<AssetRecord>([id](Database &database) { return AssetTable::read(database, id); });
}

QFuture<Result<QByteArray>> Store::original(qint64 asset)
{
    return run<QByteArray>([asset](Database &database) -> Result<QByteArray> {
        const auto record = AssetTable::read(database, asset);
        if (!record)
            return fail(record.error());
        return AssetTable::readFile(database.folder(), *record);
    });
}

QString Store::originalFile(const AssetRecord &record) const
{
    return m_folder + QLatin1Char('/') + AssetTable::relativeFile(record.digest, record.mediaType);
}

Result<QByteArray> Store::readOriginal(const AssetRecord &record) const
{
    return AssetTable::readFile(m_folder, record);
}

QFuture<Result<QList<StoreFinding>>> Store::verify(qint64 graceMs, const StoreProgress &progress)
{
    return readLong<QList<StoreFinding>>([graceMs, progress](Database &database) { return AssetTable::verify(database, graceMs, progress); });
}

QFuture<Result<RevisionRow>> Store::addRevision(const RevisionRow &row, std::optional<qint64> basedOn)
{
    return run<RevisionRow>([row, basedOn](Database &database) {
        return database.transaction(Sync::Full, [&] { return RouteTable::addRevision(database, row, basedOn); });
    });
}

QFuture<Result<QList<RevisionRow>>> Store::revisions(int most)
{
    return run<QList<RevisionRow>>([most](Database &database) { return RouteTable::revisions(database, most); });
}

QFuture<Result<CanaryRow>> Store::saveCanary(const CanaryRow &row, const std::optional<CanaryEventRow> &event)
{
    return run<CanaryRow>([row, event](Database &database) {
        return database.transaction(event ? Sync::Full : Sync::Normal, [&] { return RouteTable::saveCanary(database, row, event); });
    });
}

QFuture<Result<QList<CanaryRow>>> Store::canaries()
{
    return run<QList<CanaryRow>>([](Database &database) { return RouteTable::canaries(database); });
}

QFuture<Result<QList<CanaryEventRow>>> Store::canaryEvents(const QString &rule)
{
    return run<QList<CanaryEventRow>>([rule](Database &database) { return RouteTable::canaryEvents(database, rule); });
}

QFuture<Result<QList<AttemptRow>>> Store::attemptsOf(const QString &rule, qint64 sinceJob, int most)
{
    return run<QList<AttemptRow>>([rule, sinceJob, most](Database &database) { return RouteTable::attemptsOf(database, rule, sinceJob, most); });
}

QFuture<Result<QList<AttemptRow>>> Store::attemptsSince(const QDateTime &since, int most)
{
    return run<QList<AttemptRow>>([since, most](Database &database) { return RouteTable::attemptsSince(database, since, most); });
}

QFuture<Result<QMap<QString, double>>> Store::spentByRule(const QDate &day)
{
    return run<QMap<QString, double>>([day](Database &database) { return RouteTable::spentByRule(database, day); });
}

QFuture<Result<QMap<QString, int>>> Store::decisionsSince(const QDateTime &since)
{
    return run<QMap<QString, int>>([since](Database &database) { return RouteTable::decisionsSince(database, since); });
}

QFuture<Result<QList<qint64>>> Store::picturesOf(const QString &model, const QString &rule, qint64 sinceJob)
{
    return run<QList<qint64>>([model, rule, sinceJob](Database &database) { return RouteTable::picturesOf(database, model, rule, sinceJob); });
}

QFuture<Result<QList<JobRecord>>> Store::lastJobs(int most, const QString &policy)
{
    return run<QList<JobRecord>>([most, policy](Database &database) { return JobTable::last(database, most, policy); });
}

QFuture<Result<void>> Store::markAssets(const QList<qint64> &assets, const QString &mark)
{
    return run<void>([assets, mark](Database &database) {
        return database.transaction(Sync::Full, [&] { return RouteTable::mark(database, assets, mark); });
    });
}

QFuture<Result<QList<qint64>>> Store::markedAssets(const QString &mark)
{
    return run<QList<qint64>>([mark](Database &database) { return RouteTable::marked(database, mark); });
}

QFuture<Result<bool>> Store::isWithdrawn(const QString &requestDigest)
{
    return run<bool>([requestDigest](Database &database) { return RouteTable::isWithdrawn(database, requestDigest); });
}

QFuture<Result<qint64>> Store::pictureOfRequest(const QString &requestDigest)
{
    return run<qint64>([requestDigest](Database &database) { return RouteTable::pictureOfRequest(database, requestDigest); });
}

QFuture<Result<void>> Store::addPick(const QDateTime &at, qint64 chosen, qint64 leftOut)
{
    return run<void>([at, chosen, leftOut](Database &database) {
        return database.transaction(Sync::Full, [&] { return RouteTable::addPick(database, at, chosen, leftOut); });
    });
}

QFuture<Result<QString>> Store::fact(const QString &key)
{
    return run<QString>([key](Database &database) -> Result<QString> {
        auto row = database.query(QStringLiteral("SELECT value FROM facts WHERE key = ?"), {key});
        if (!row)
            return fail(row.error());
        return row->next() ? row->value(0).toString() : QString();
    });
}

QFuture<Result<void>> Store::setFact(const QString &key, const QString &value)
{
    return run<void>([key, value](Database &database) {
        return database.transaction(Sync::Normal, [&]() -> Result<void> {
            const auto set = database.execute(QStringLiteral("INSERT INTO facts VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"),
                                              {key, value});
            return set ? Result<void>() : fail(set.error());
        });
    });
}

} // namespace Galley
