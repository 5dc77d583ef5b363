#include "core/store/assettable.h"

#include "core/base/digest.h"
#include "core/imaging/mediatype.h"
#include "core/store/ledgertable.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <sys/stat.h>

#include <cerrno>
#include <tuple>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Store", text);
}

/// Empty when it cannot be read. In pieces: an original may be larger than what one wants in memory.
QString fileDigest(const QString &file)
{
    QFile in(file);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!in.open(QIODevice::ReadOnly) || !hash.addData(&in))
        return {};
    return QString::fromLatin1(hash.result().toHex());
}

template<typename T>
QVariant optionalValue(const std::optional<T> &value)
{
    return value ? QVariant(qint64(*value)) : QVariant(QMetaType(QMetaType::LongLong));
}

constexpr int rowsAtOnce = 200;

/// One look at what a row says of its file.
void verifyFile(const QString &folder, qint64 id, const QString &digest, const QString &name, QList<StoreFinding> *findings)
{
    const QString file = folder + QLatin1Char('/') + name;
    if (!QFileInfo::exists(file)) {
        findings->append({StoreFinding::Kind::Missing, file, id, tr("The file %1 of picture %2 is missing. Restore it from a backup.").arg(file).arg(id)});
    } else if (fileDigest(file) != digest) {
        findings->append({StoreFinding::Kind::Altered, file, id,
                          tr("The file %1 of picture %2 has been altered since it was accepted. Restore it from a backup.").arg(file).arg(id)});
    }
}

Error stopped()
{
    return {ErrorCode::Cancelled, tr("Looking through the library was stopped.")};
}

/// One pass over what the rows say: missing and altered files; remembers what is known.
Result<void> verifyRows(Database &database, QSet<QString> *known, QList<StoreFinding> *findings, const StoreProgress &progress)
{
    auto count = database.query(QStringLiteral("SELECT count(*) FROM assets"));
    const qint64 total = count && count->next() ? count->value(0).toLongLong() : 0;
    qint64 done = 0;
    for (qint64 last = 0, before = -1; last != before;) {
        before = last;
        QList<std::tuple<qint64, QString, QString>> some;
        {
            auto rows = database.query(QStringLiteral("SELECT id, digest, media_type FROM assets WHERE id > ? ORDER BY id LIMIT ?"), {last, rowsAtOnce});
            if (!rows)
                return fail(rows.error());
            while (rows->next()) {
                const QString digest = rows->value(1).toString();
                some.append({rows->value(0).toLongLong(), digest, AssetTable::relativeFile(digest, rows->value(2).toByteArray())});
            }
        }
        for (const auto &[id, digest, name] : some) {
            if (progress && !progress(done++, total))
                return fail(stopped());
            last = id;
            known->insert(name);
            verifyFile(database.folder(), id, digest, name, findings);
        }
    }
    return {};
}

} // namespace

QString AssetTable::relativeFile(const QString &digest, const QByteArray &mediaType)
{
    return QStringLiteral("originals/%1/%2.%3").arg(digest.left(2), digest, mediaTypeSuffix(mediaType));
}

Result<AssetRecord> AssetTable::writeFile(const QString &folder, const NewAsset &picture)
{
    if (picture.file.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A picture without bytes cannot be stored."));
    AssetRecord record = picture.record;
    record.digest = sha256Hex(picture.file);
    record.bytes = picture.file.size();
    const QString file = folder + QLatin1Char('/') + relativeFile(record.digest, record.mediaType);
    // A file of that name that was altered is made right again: the name promises the bytes.
    const bool isThere = QFileInfo(file).size() == record.bytes && fileDigest(file) == record.digest;
    constexpr auto writers = QFileDevice::WriteOwner | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    if (isThere && QFile::permissions(file) & writers)  // of an earlier Galley, or put there by hand
        QFile::setPermissions(file, QFile::permissions(file) & ~(writers | QFileDevice::WriteUser));
    // One that is there may be another job's of this very moment, which has not synced it yet.
    Result<void> durable = isThere ? syncDurably(file) : writeDurably(file, picture.file, FileAccess::ReadOnly);
    if (isThere && !durable && !QFileInfo::exists(file))
        durable = writeDurably(file, picture.file, FileAccess::ReadOnly);  // another window has emptied its bin in between
    if (!durable)
        return fail(durable.error());
    return record;
}

Result<QList<NewAsset>> AssetTable::writeFiles(const QString &folder, QList<NewAsset> pictures)
{
    for (NewAsset &picture : pictures) {
        const auto written = writeFile(folder, picture);
        if (!written)
            return fail(written.error());
        picture.record = *written;
    }
    return pictures;
}

Result<qint64> AssetTable::insert(Database &database, const NewAsset &picture)
{
    const AssetRecord &record = picture.record;
    const QString file = database.folder() + QLatin1Char('/') + relativeFile(record.digest, record.mediaType);
    if (!QFileInfo::exists(file)) {
        if (const auto written = writeDurably(file, picture.file, FileAccess::ReadOnly); !written)
            return fail(written.error());
    }
    const QVariant cost = record.costUsd ? QVariant(toMicros(*record.costUsd)) : QVariant(QMetaType(QMetaType::LongLong));
    const QVariant job = record.job > 0 ? QVariant(record.job) : QVariant(QMetaType(QMetaType::LongLong));
    return database.execute(
        QStringLiteral("INSERT INTO assets (digest, media_type, width, height, bytes, created, template_id, template_name, project, row, requested_model, "
                       "routed_model, served_model, revision, rule, cohort, seed, cost, rating, prompt, provenance, job, shadow, mark, model) "
                       "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
        {record.digest, QString::fromLatin1(record.mediaType), record.size.width(), record.size.height(), record.bytes,
         record.createdAt.isValid() ? record.createdAt.toMSecsSinceEpoch() : 0, record.templateId, record.templateName, record.project, record.row,
         record.requestedModel, record.routedModel, record.servedModel, record.revision, record.rule, record.cohort, optionalValue(record.seed), cost,
         optionalValue(record.rating), record.prompt, QString::fromUtf8(dumpJson(record.provenance)), job, int(record.isShadow),
         record.mark, record.servedModel.isEmpty() ? record.routedModel : record.servedModel});
}

Result<AssetRecord> AssetTable::read(Database &database, qint64 id)
{
    auto row = database.query(QStringLiteral("SELECT digest, media_type, width, height, bytes, created, template_id, template_name, project, row, "
                                             "requested_model, routed_model, served_model, revision, rule, cohort, seed, cost, rating, prompt, provenance, job, "
                                             "shadow, mark FROM assets WHERE id = ?"),
                              {id});
    if (!row)
        return fail(row.error());
    if (!row->next())
        return fail(ErrorCode::NotFound, tr("The library has no picture %1.").arg(id));
    AssetRecord record;
    int column = 0;
    const auto next = [&] { return row->value(column++); };
    record.id = id;
    record.digest = next().toString();
    record.mediaType = next().toByteArray();
    const int width = next().toInt();
    record.size = QSize(width, next().toInt());
    record.bytes = next().toLongLong();
    record.createdAt = timeFromValue(next());
    for (QString *text : {&record.templateId, &record.templateName, &record.project})
        *text = next().toString();
    record.row = next().toInt();
    for (QString *text : {&record.requestedModel, &record.routedModel, &record.servedModel, &record.revision, &record.rule})
        *text = next().toString();
    record.cohort = next().toInt();
    if (const QVariant seed = next(); !seed.isNull())
        record.seed = seed.toLongLong();
    if (const QVariant cost = next(); !cost.isNull())
        record.costUsd = fromMicros(cost.toLongLong());
    if (const QVariant rating = next(); !rating.isNull())
        record.rating = rating.toInt();
    record.prompt = next().toString();
    const auto provenance = parseJson(next().toByteArray(), tr("The provenance of picture %1").arg(id), {64 << 20, 128, 1'000'000});
    if (!provenance)
        return fail(provenance.error());
    record.provenance = *provenance;
    record.job = next().toLongLong();
    record.isShadow = next().toInt() != 0;
    record.mark = next().toString();
    return record;
}

Result<QByteArray> AssetTable::readFile(const QString &folder, const AssetRecord &record)
{
    QFile file(folder + QLatin1Char('/') + relativeFile(record.digest, record.mediaType));
    if (!file.open(QIODevice::ReadOnly)) {
        // A folder that may not be looked into says nothing about its files.
        struct stat named = {};
        const bool isThere = ::stat(QFile::encodeName(file.fileName()).constData(), &named) == 0 || (errno != ENOENT && errno != ENOTDIR);
        const QString sentence = isThere ? tr("The file %1 of picture %2 cannot be read now: %3. Check its permissions and the disk.")
                                         : tr("The file %1 of picture %2 cannot be read: %3. Restore it from a backup.");
        return fail(isThere ? ErrorCode::Io : ErrorCode::NotFound, sentence.arg(file.fileName()).arg(record.id).arg(file.errorString()));
    }
    // As many as it had, and one more to see that it has grown.
    const QByteArray bytes = file.read(record.bytes + 1);
    if (file.error() != QFileDevice::NoError) {
        return fail(ErrorCode::Io, tr("The file %1 of picture %2 cannot be read now: %3. Check its permissions and the disk.")
                                       .arg(file.fileName())
                                       .arg(record.id)
                                       .arg(file.errorString()));
    }
    if (bytes.size() != record.bytes || sha256Hex(bytes) != record.digest) {
        return fail(ErrorCode::InvalidInput, tr("The file %1 of picture %2 has been altered since it was accepted, so that it is not shown. Restore it from a backup.")
                                                 .arg(file.fileName())
                                                 .arg(record.id));
    }
    return bytes;
}

Result<void> AssetTable::tryInsert(Database &database)
{
    // The second savepoint has the index of words written, which would otherwise wait for COMMIT.
    for (const char *sql : {"SAVEPOINT trying",
                            "INSERT INTO assets (digest, media_type, width, height, bytes, created, template_id, template_name, project, row, requested_model, "
                            "routed_model, served_model, revision, rule, cohort, prompt, provenance) "
                            "VALUES ('', '', 0, 0, 0, 9223372036854775807, '', 'a', '', 0, '', '', '', '', '', 0, 'a', '{}')",
                            "SAVEPOINT written", "ROLLBACK TO trying", "RELEASE trying"}) {
        if (const auto done = database.execute(QString::fromLatin1(sql)); !done)
            return fail(done.error());
    }
    return {};
}

Result<QList<StoreFinding>> AssetTable::verify(Database &database, qint64 graceMs, const StoreProgress &progress)
{
    const auto damage = database.integrityProblems();
    if (!damage)
        return fail(damage.error());
    QList<StoreFinding> findings;
    for (const QString &problem : *damage)
        findings.append({StoreFinding::Kind::Database, database.folder() + QStringLiteral("/library.db"), 0, tr("The library is damaged: %1").arg(problem)});
    QSet<QString> known;
    if (const auto rows = verifyRows(database, &known, &findings, progress); !rows) {
        if (!Database::isDamage(rows.error()))
            return fail(rows.error());
        if (damage->isEmpty())
            findings.append({StoreFinding::Kind::Database, database.folder() + QStringLiteral("/library.db"), 0, rows.error().message});
        return findings;  // which files nobody names is not known
    }
    const QDateTime old = QDateTime::currentDateTimeUtc().addMSecs(-graceMs);
    QDirIterator files(database.folder() + QStringLiteral("/originals"), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString file = files.next();
        if (!known.contains(file.mid(database.folder().size() + 1)) && files.fileInfo().lastModified() <= old)
            findings.append({StoreFinding::Kind::Orphan, file, 0, tr("No picture of the library knows the file %1; a crash may have left it.").arg(file)});
    }
    return findings;
}

} // namespace Galley
