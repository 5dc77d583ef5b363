#include "core/service/librarycare.h"

#include "core/base/digest.h"
#include "core/base/durable.h"
#include "core/base/log.h"
#include "core/imaging/imagefile.h"
#include "core/imaging/mediatype.h"
#include "core/service/projectfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QSet>

namespace Galley {

namespace {

constexpr int thumbnailsAtOnce = 64;
constexpr qint64 underWayMs = 10'000;  ///< a file that is younger may be named by a row in a moment
constexpr qint64 mostBytes = 200LL << 20;  ///< of a file that is taken for a picture

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Library", text);
}

QString kindName(StoreFinding::Kind kind)
{
    switch (kind) {
    case StoreFinding::Kind::Database: return QStringLiteral("database");
    case StoreFinding::Kind::Missing: return QStringLiteral("missing");
    case StoreFinding::Kind::Altered: return QStringLiteral("altered");
    case StoreFinding::Kind::Orphan: return QStringLiteral("orphan");
    }
    return {};
}

QByteArray bytesOf(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) && in.size() <= mostBytes ? in.readAll() : QByteArray();
}

bool isOf(const QByteArray &bytes, const QString &digest)
{
    return !bytes.isEmpty() && sha256Hex(bytes) == digest;
}

/// Where bytes may be found again: files that have a digest for their name, and exported projects.
class Sources
{
public:
    Sources(const QString &library, const QStringList &given)
    {
        addFolder(library + QStringLiteral("/originals"));
        addFolder(library + QStringLiteral("/damaged"));
        for (const QString &source : given) {
            if (QFileInfo(source).isDir())
                addFolder(source);
            else
                m_projects.append(source);
        }
    }

    /// Empty when they are nowhere, or everywhere altered too.
    QByteArray find(const QString &digest) const
    {
        for (const QString &file : m_files.values(digest)) {
            if (const QByteArray bytes = bytesOf(file); isOf(bytes, digest))
                return bytes;
        }
        for (const QString &project : m_projects) {
            if (const QByteArray bytes = originalInProjectFile(project, digest); isOf(bytes, digest))
                return bytes;
        }
        return {};
    }

private:
    void addFolder(const QString &folder)
    {
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString file = files.next();
            if (const QString name = files.fileName().left(64); name.size() == 64)
                m_files.insert(name, file);
        }
    }

    QMultiHash<QString, QString> m_files;  ///< by the digest that they are named after
    QStringList m_projects;
};

/// Out of the way, never deleted: \a file lies in `damaged` afterwards.
bool putAside(const QString &library, const QString &file)
{
    const QString folder = library + QStringLiteral("/damaged");
    const QString name = QFileInfo(file).fileName() + QLatin1Char('.') + QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmsszzz"));
    return QDir().mkpath(folder) && QFile::rename(file, folder + QLatin1Char('/') + name);
}

StoreProgress storeProgress(const CareProgress &progress)
{
    return [progress](qint64 done, qint64 total) { return !progress || progress(done, total, tr("Reading the pictures")); };
}

LibraryReport reportOf(const QList<StoreFinding> &findings)
{
    LibraryReport report;
    for (const StoreFinding &finding : findings)
        report.items.append({finding.asset, finding.file, kindName(finding.kind), finding.message, false});
    return report;
}

/// The marks of damaged pictures as \a findings say; what has changed goes to the report.
Result<void> markDamaged(Store *store, const QList<StoreFinding> &findings, LibraryReport *report)
{
    QSet<qint64> damaged;
    for (const StoreFinding &finding : findings) {
        if (finding.kind == StoreFinding::Kind::Missing || finding.kind == StoreFinding::Kind::Altered)
            damaged.insert(finding.asset);
    }
    QSet<qint64> marked;
    for (const bool bin : {false, true}) {
        LibraryQuery query;
        query.damagedOnly = true;
        query.bin = bin;
        const Result<QList<qint64>> ids = store->ids(query).result();
        if (!ids)
            return fail(ids.error());
        marked.unite(QSet<qint64>(ids->cbegin(), ids->cend()));
    }
    const QList<qint64> wrong = (damaged - marked).values();
    const QList<qint64> right = (marked - damaged).values();
    for (const auto &[ids, isDamaged] : {std::pair(wrong, true), std::pair(right, false)}) {
        if (ids.isEmpty())
            continue;
        if (const Result<void> set = store->setDamaged(ids, isDamaged).result(); !set)
            return set;
        report->changed += ids;
    }
    return {};
}

void sayOutcome(LibraryReport *report)
{
    const auto taken = std::count_if(report->items.cbegin(), report->items.cend(), [](const LibraryReport::Item &item) {
        return item.mended && item.picture > 0 && item.kind == kindName(StoreFinding::Kind::Orphan);
    });
    const QString strangers = taken == 0 ? QString()
                                         : QLatin1Char(' ') + QCoreApplication::translate("Galley::Library", "Of %n picture(s) in the bin nobody knows the model or the prompt any more.", nullptr, int(taken));
    const auto mended = std::count_if(report->items.cbegin(), report->items.cend(), [](const LibraryReport::Item &item) { return item.mended; });
    if (report->isWhole())
        report->sentence = QCoreApplication::translate("Galley::Library", "The library is whole: %n picture(s) have been read.", nullptr, report->pictures);
    else if (mended == report->items.size())
        report->sentence = QCoreApplication::translate("Galley::Library", "Everything that was found has been mended: %n thing(s).", nullptr, int(mended)) + strangers;
    else
        report->sentence = QCoreApplication::translate("Galley::Library", "%n thing(s) need attention.", nullptr, int(report->items.size() - mended));
}

Result<LibraryReport> examine(Store *store, const CareProgress &progress, qint64 graceMs, QList<StoreFinding> *findings)
{
    const Result<QList<StoreFinding>> found = store->verify(graceMs, storeProgress(progress)).result();
    if (!found)
        return fail(found.error());
    *findings = *found;
    LibraryReport report = reportOf(*found);
    const Result<LibraryValues> values = store->values().result();
    const bool isDamaged = std::any_of(found->cbegin(), found->cend(), [](const StoreFinding &finding) { return finding.kind == StoreFinding::Kind::Database; });
    if (!values && !isDamaged)
        return fail(values.error());
    report.pictures = values ? values->pictures + values->inBin : 0;
    return report;
}

/// A missing or altered file is written again where its bytes are found.
void restoreFile(Store *store, const Sources &sources, LibraryReport::Item *item)
{
    const Result<AssetRecord> record = store->asset(item->picture).result();
    const QByteArray bytes = record ? sources.find(record->digest) : QByteArray();
    if (bytes.isEmpty())
        return;
    if (QFileInfo::exists(item->file) && !putAside(store->folder(), item->file))
        return;
    if (const auto written = writeDurably(item->file, bytes, FileAccess::ReadOnly); !written) {
        item->message += QLatin1Char(' ') + written.error().message;
        return;
    }
    item->mended = true;
    item->message = tr("The file %1 of picture %2 is whole again: its bytes were found elsewhere.").arg(item->file).arg(item->picture);
}

/// A file that no picture names: a picture in the bin, or aside.
void takeIn(Store *store, LibraryReport::Item *item, LibraryReport *report)
{
    const QByteArray bytes = bytesOf(item->file);
    const bool isUnfinished = isTemporaryName(QFileInfo(item->file).fileName());
    const auto image = isUnfinished ? Result<QImage>(fail(ErrorCode::InvalidInput, QString())) : decodeImage(bytes, item->file);
    if (!image) {
        item->mended = putAside(store->folder(), item->file);
        if (item->mended)
            item->message = tr("%1 is no whole picture; it lies in the folder %2 now.").arg(item->file, store->folder() + QStringLiteral("/damaged"));
        return;
    }
    NewAsset adopted;
    adopted.file = bytes;
    const QByteArray type = mediaTypeOf(bytes);
    adopted.record.mediaType = type.isEmpty() ? QByteArray("application/octet-stream") : type;
    adopted.record.size = image->size();
    adopted.record.createdAt = QFileInfo(item->file).lastModified().toUTC();
    adopted.record.provenance = {{"schema", 1}, {"adopted", true}};
    ImportedPicture picture;
    picture.asset = adopted;
    picture.judgement.deletedAt = QDateTime::currentDateTimeUtc();
    const Result<QList<qint64>> stored = store->importPictures({}, {}, {picture}).result();
    if (!stored) {
        item->message += QLatin1Char(' ') + stored.error().message;
        return;
    }
    const Result<AssetRecord> record = store->asset(stored->first()).result();
    if (record && store->originalFile(*record) != item->file)
        QFile::remove(item->file);  // the same bytes have their right name now
    report->changed += *stored;
    item->picture = stored->first();
    item->mended = true;
    item->message = tr("The file %1, which no picture named, is picture %2 in the bin now, without model, prompt and tags: nothing is known of it.")
                        .arg(item->file)
                        .arg(item->picture);
}

/// Whether all that was found is about indices. Anything else may write over what can still be read: it is read back first.
bool isAboutIndices(const QList<StoreFinding> &findings)
{
    return std::all_of(findings.cbegin(), findings.cend(), [](const StoreFinding &finding) {
        return finding.kind != StoreFinding::Kind::Database || (finding.message.contains(QLatin1String("index")) && !finding.message.contains(QLatin1String("page"), Qt::CaseInsensitive));
    });
}

/// Indices are made anew; where that is not enough, or where a library was kept aside, what can be read goes into a new one. Returns that, if it was done.
Result<std::optional<LibraryReport::Item>> mendDatabase(Store *store, const QList<StoreFinding> &findings, const CareProgress &progress)
{
    const Result<QStringList> problems = isAboutIndices(findings) ? store->rebuildIndices().result() : Result<QStringList>(fail(ErrorCode::Io, QString()));
    if (problems && problems->isEmpty() && store->keptAside().isEmpty())
        return std::optional<LibraryReport::Item>();
    const auto reading = [progress](qint64 done, qint64 total) { return !progress || progress(done, total, tr("Reading the library back")); };
    const Result<Salvaged> salvaged = store->salvage(reading).result();
    if (!salvaged)
        return fail(salvaged.error());
    const QString pictures = QCoreApplication::translate("Galley::Library", "%n picture(s)", nullptr, int(salvaged->pictures));
    const QString renders = QCoreApplication::translate("Galley::Library", "%n render(s)", nullptr, int(salvaged->jobs));
    LibraryReport::Item item{0, store->folder() + QStringLiteral("/library.db"), kindName(StoreFinding::Kind::Database), {}, true};
    item.message = tr("The library was damaged. What could be read of it, %1 and %2, is in a new one; the damaged file is kept as %3 until you delete it.")
                       .arg(pictures, renders, salvaged->kept.join(QStringLiteral(", ")));
    return std::optional(item);
}

Result<void> makeThumbnails(Store *store, const CareProgress &progress)
{
    for (QList<qint64> before;;) {
        const Result<QList<qint64>> missing = store->withoutThumbnail(thumbnailsAtOnce).result();
        if (!missing)
            return fail(missing.error());
        if (missing->isEmpty() || *missing == before)
            return {};
        before = *missing;
        for (const qint64 id : *missing) {
            if (progress && !progress(0, 0, tr("Making thumbnails")))
                return fail(careStopped());
            // One that cannot be read now is missing the next time too, which ends this.
            if (const auto made = makeThumbnailOf(store, id); !made)
                logMessage(LogLevel::Warning, QStringLiteral("picture %1 has no thumbnail: %2").arg(id).arg(made.error().message));
        }
    }
}

} // namespace

Error careStopped()
{
    return {ErrorCode::Cancelled, tr("It was stopped. What had been done until then stays.")};
}

bool isLost(const Error &ofOriginal)
{
    return ofOriginal.code == ErrorCode::NotFound || ofOriginal.code == ErrorCode::InvalidInput;
}

Result<Thumbnail> makeThumbnailOf(Store *store, qint64 id)
{
    const Result<AssetRecord> record = store->asset(id).result();
    if (!record)
        return fail(record.error());
    const auto bytes = store->readOriginal(*record);
    if (!bytes && !isLost(bytes.error()))
        return fail(bytes.error());
    const Thumbnail thumbnail = bytes ? makeThumbnail(*bytes, store->originalFile(*record)) : Thumbnail{{}, {}, bytes.error().message};
    if (!bytes)
        store->setDamaged({id}, true);
    store->setThumbnail(id, thumbnail).waitForFinished();
    return thumbnail;
}

Result<LibraryReport> verifyLibrary(Store *store, const CareProgress &progress, qint64 graceMs)
{
    QList<StoreFinding> findings;
    auto report = examine(store, progress, graceMs, &findings);
    if (!report)
        return report;
    const Result<StoreOpened> opened = store->open().result();
    if (opened && !opened->readOnly) {
        if (const auto marked = markDamaged(store, findings, &*report); !marked)
            return fail(marked.error());
    }
    sayOutcome(&*report);
    return report;
}

Result<LibraryReport> repairLibrary(Store *store, const CareProgress &progress, const QStringList &sources, qint64 graceMs)
{
    QList<StoreFinding> findings;
    auto report = examine(store, progress, graceMs, &findings);
    if (!report)
        return report;
    const auto salvaged = mendDatabase(store, findings, progress);
    if (!salvaged)
        return fail(salvaged.error());
    if (*salvaged) {
        // Which files belong to a picture is only known now; of the newest ones, the row may just have been lost.
        report = examine(store, progress, std::min(graceMs, underWayMs), &findings);
        if (!report)
            return report;
    }
    const Sources places(store->folder(), sources);
    QList<StoreFinding> left;
    for (qsizetype i = 0; i < findings.size(); ++i) {
        if (progress && !progress(i, findings.size(), tr("Mending")))
            return fail(careStopped());
        LibraryReport::Item &item = report->items[i];
        const auto kind = findings.at(i).kind;
        if (kind == StoreFinding::Kind::Orphan)
            takeIn(store, &item, &*report);
        else if (kind == StoreFinding::Kind::Database)
            item.mended = !*salvaged;  // its indices are new
        else
            restoreFile(store, places, &item);
        if (!item.mended)
            left.append(findings.at(i));
        else if (kind == StoreFinding::Kind::Missing || kind == StoreFinding::Kind::Altered)
            report->changed.append(item.picture), makeThumbnailOf(store, item.picture);
    }
    if (*salvaged)
        report->items.prepend(**salvaged);
    if (const auto marked = markDamaged(store, left, &*report); !marked)
        return fail(marked.error());
    if (const auto made = makeThumbnails(store, progress); !made)
        return fail(made.error());
    sayOutcome(&*report);
    return report;
}

} // namespace Galley
