#include "core/store/assettable.h"
#include "core/store/collectiontable.h"
#include "core/store/jobtable.h"
#include "core/store/librarytable.h"
#include "core/store/salvage.h"
#include "core/store/storeside.h"
#include "core/store/thumbnailtable.h"

#include <QFile>

namespace Galley {

namespace {

constexpr qsizetype filesAtOnce = 200;

/// Deletes the files of pictures that are gone. Asked and deleted while nobody else can write: whoever stores the same bytes again either has named them
/// before, or finds the file missing and writes it once more.
Result<void> deleteFiles(Database &database, const QList<LibraryCard> &gone)
{
    for (qsizetype begin = 0; begin < gone.size(); begin += filesAtOnce) {
        const auto deleted = database.transaction(Store::Sync::Normal, [&]() -> Result<void> {
            for (const LibraryCard &card : gone.mid(begin, filesAtOnce)) {
                const auto isNamed = LibraryTable::isFileNamed(database, card.digest);
                if (!isNamed)
                    return fail(isNamed.error());
                if (!*isNamed)  // one that cannot be deleted is an orphan from now on
                    QFile::remove(database.folder() + QLatin1Char('/') + AssetTable::relativeFile(card.digest, card.mediaType));
            }
            return {};
        });
        if (!deleted)
            return deleted;
    }
    return {};
}

/// A job that was done elsewhere: here it is off the list from the beginning.
Result<qint64> insertImported(Database &database, const JobRecord &job, const QList<ReferencePicture> &references)
{
    const auto id = JobTable::insert(database, job);
    if (!id)
        return id;
    if (const auto inserted = JobTable::insertReferences(database, *id, references); !inserted)
        return fail(inserted.error());
    const auto forgotten = JobTable::forget(database, {*id});
    return forgotten ? id : fail(forgotten.error());
}

Result<void> linkPictures(Database &database, qint64 id, JobRecord job, const QList<qint64> &pictures)
{
    job.id = id;
    job.assets = pictures;
    return JobTable::update(database, job);
}

Result<void> rebuild(Database &database)
{
    for (const char *sql : {"REINDEX", "INSERT INTO asset_text (asset_text) VALUES ('rebuild')"}) {
        const auto rebuilt = database.transaction(Store::Sync::Full, [&] { return database.execute(QString::fromLatin1(sql)); });
        if (!rebuilt)
            return fail(rebuilt.error());
    }
    return {};
}

} // namespace

QFuture<Result<QList<qint64>>> Store::ids(const LibraryQuery &query)
{
    return beside<QList<qint64>>(*m_lists, [query](Database &database) { return LibraryTable::ids(database, query); });
}

QFuture<Result<FirstPictures>> Store::firstIds(const LibraryQuery &query, int most)
{
    return read<FirstPictures>([query, most](Database &database) { return LibraryTable::firstIds(database, query, most); });
}

QFuture<Result<QList<LibraryCard>>> Store::cards(const QList<qint64> &ids)
{
    return read<QList<LibraryCard>>([ids](Database &database) { return LibraryTable::cards(database, ids); });
}

QFuture<Result<LibraryValues>> Store::values()
{
    return readLong<LibraryValues>([](Database &database) { return LibraryTable::values(database); });
}

QFuture<Result<JudgementChange>> Store::edit(const QList<qint64> &ids, const JudgementEdit &edit)
{
    return run<JudgementChange>([ids, edit](Database &database) {
        return database.transaction(Sync::Normal, [&] { return LibraryTable::edit(database, ids, edit, QDateTime::currentDateTimeUtc()); });
    });
}

QFuture<Result<JudgementChange>> Store::putBack(const JudgementChange &change)
{
    return run<JudgementChange>([change](Database &database) {
        return database.transaction(Sync::Normal, [&] { return LibraryTable::putBack(database, change); });
    });
}

QFuture<Result<QList<qint64>>> Store::emptyBin(const QList<qint64> &ids)
{
    return run<QList<qint64>>([ids](Database &database) -> Result<QList<qint64>> {
        // On disk before a file goes: a power cut must not leave a row without its file.
        const auto gone = database.transaction(Sync::Full, [&] { return LibraryTable::dropBin(database, ids); });
        if (!gone)
            return fail(gone.error());
        if (const auto deleted = deleteFiles(database, *gone); !deleted)
            return fail(deleted.error());
        QList<qint64> pictures;
        for (const LibraryCard &card : *gone)
            pictures.append(card.id);
        return pictures;
    });
}

QFuture<Result<void>> Store::setDamaged(const QList<qint64> &ids, bool damaged)
{
    return run<void>([ids, damaged](Database &database) {
        return database.transaction(Sync::Normal, [&] {
            const auto set = LibraryTable::setDamaged(database, ids, damaged);
            return set && !damaged ? ThumbnailTable::dropFailed(database, ids) : set;  // what could not be read is tried again
        });
    });
}

QFuture<Result<QList<PictureScore>>> Store::scores(qint64 id)
{
    return read<QList<PictureScore>>([id](Database &database) { return LibraryTable::scores(database, id); });
}

QFuture<Result<void>> Store::setScores(qint64 id, const QList<PictureScore> &scores)
{
    return run<void>([id, scores](Database &database) {
        return database.transaction(Sync::Normal, [&] { return LibraryTable::setScores(database, id, scores); });
    });
}

QFuture<Result<QList<PickPair>>> Store::picks()
{
    return read<QList<PickPair>>([](Database &database) { return LibraryTable::picks(database); });
}

QFuture<Result<QList<SavedSearch>>> Store::searches()
{
    return read<QList<SavedSearch>>([](Database &database) { return CollectionTable::searches(database); });
}

QFuture<Result<void>> Store::saveSearch(const SavedSearch &search)
{
    return run<void>([search](Database &database) {
        return database.transaction(Sync::Normal, [&] { return CollectionTable::saveSearch(database, search); });
    });
}

QFuture<Result<void>> Store::removeSearch(const QString &name)
{
    return run<void>([name](Database &database) {
        return database.transaction(Sync::Normal, [&] { return CollectionTable::removeSearch(database, name); });
    });
}

QFuture<Result<QList<ComparisonSet>>> Store::comparisons()
{
    return read<QList<ComparisonSet>>([](Database &database) { return CollectionTable::comparisons(database); });
}

QFuture<Result<ComparisonSet>> Store::saveComparison(const ComparisonSet &set)
{
    return run<ComparisonSet>([set](Database &database) {
        return database.transaction(Sync::Normal, [&] { return CollectionTable::saveComparison(database, set); });
    });
}

QFuture<Result<void>> Store::removeComparison(qint64 id)
{
    return run<void>([id](Database &database) {
        return database.transaction(Sync::Normal, [&] { return CollectionTable::removeComparison(database, id); });
    });
}

QFuture<Result<LibraryChanges>> Store::changesSince(qint64 serial, int most)
{
    return read<LibraryChanges>([serial, most](Database &database) { return LibraryTable::changesSince(database, serial, most); });
}

QFuture<Result<std::optional<Thumbnail>>> Store::thumbnail(qint64 asset)
{
    return read<std::optional<Thumbnail>>([asset](Database &database) { return ThumbnailTable::read(database, asset); });
}

QFuture<Result<void>> Store::setThumbnail(qint64 asset, const Thumbnail &thumbnail)
{
    return run<void>([asset, thumbnail](Database &database) {
        return database.transaction(Sync::Normal, [&] { return ThumbnailTable::write(database, asset, thumbnail); });
    });
}

QFuture<Result<QList<qint64>>> Store::withoutThumbnail(int most)
{
    return readLong<QList<qint64>>([most](Database &database) { return ThumbnailTable::missing(database, most); });
}

/// Looking takes minutes of a large library: it is done beside, and only what changes something keeps others from writing.
QFuture<Result<QStringList>> Store::rebuildIndices()
{
    return readLong<QStringList>([this](Database &database) -> Result<QStringList> {
        const Result<void> rebuilt = run<void>(rebuild).result();
        return rebuilt ? database.integrityProblems() : fail(rebuilt.error());
    });
}

QStringList Store::keptAside() const
{
    return Database::keptAside(m_folder);
}

QFuture<Result<Salvaged>> Store::salvage(const StoreProgress &progress)
{
    return run<Salvaged>([progress](Database &database) { return salvageLibrary(database, progress); });
}

QFuture<Result<qint64>> Store::findPicture(const QString &digest, const QDateTime &createdAt)
{
    return read<qint64>([digest, createdAt](Database &database) -> Result<qint64> {
        auto row = database.query(QStringLiteral("SELECT id FROM assets WHERE digest = ? AND created = ? ORDER BY id LIMIT 1"),
                                  {digest, createdAt.isValid() ? createdAt.toMSecsSinceEpoch() : 0});
        if (!row)
            return fail(row.error());
        return row->next() ? row->value(0).toLongLong() : 0;
    });
}

QFuture<Result<QList<qint64>>> Store::picturesOfDigest(const QString &digest)
{
    return read<QList<qint64>>([digest](Database &database) -> Result<QList<qint64>> {
        auto rows = database.query(QStringLiteral("SELECT id FROM assets WHERE digest = ? AND shadow = 0 ORDER BY created DESC, id DESC"), {digest});
        if (!rows)
            return fail(rows.error());
        QList<qint64> ids;
        while (rows->next())
            ids.append(rows->value(0).toLongLong());
        return ids;
    });
}

QFuture<Result<QList<qint64>>> Store::importPictures(const std::optional<JobRecord> &job, const QList<ReferencePicture> &references,
                                                     const QList<ImportedPicture> &pictures)
{
    QList<NewAsset> files;
    for (const ImportedPicture &picture : pictures)
        files.append(picture.asset);
    return withFiles<QList<qint64>>(files, [job, references, pictures](Database &database, const QList<NewAsset> &assets) -> Result<QList<qint64>> {
        return database.transaction(Sync::Full, [&]() -> Result<QList<qint64>> {
            const auto jobId = job ? insertImported(database, *job, references) : Result<qint64>(0);
            if (!jobId)
                return fail(jobId.error());
            QList<qint64> ids;
            for (qsizetype i = 0; i < assets.size(); ++i) {
                NewAsset asset = assets.at(i);
                asset.record.job = *jobId;
                const auto id = AssetTable::insert(database, asset);
                if (!id)
                    return fail(id.error());
                if (const auto judged = LibraryTable::setJudgement(database, *id, pictures.at(i).judgement); !judged)
                    return fail(judged.error());
                if (const auto scored = LibraryTable::setScores(database, *id, pictures.at(i).scores); !scored)
                    return fail(scored.error());
                ids.append(*id);
            }
            if (*jobId == 0)
                return ids;
            const auto linked = linkPictures(database, *jobId, *job, ids);
            return linked ? Result<QList<qint64>>(ids) : fail(linked.error());
        });
    });
}

} // namespace Galley
