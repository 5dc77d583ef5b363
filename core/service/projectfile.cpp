#include "core/service/projectfile.h"

#include "core/base/digest.h"
#include "core/base/durable.h"
#include "core/imaging/mediatype.h"
#include "core/service/librarycare.h"
#include "core/service/projectjson.h"
#include "core/service/projectopinions.h"
#include "core/store/assettable.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <QSaveFile>
#include <QSet>
#include <QStorageInfo>

#include <quazip/quazip.h>
#include <quazip/quazipfile.h>

namespace Galley {

namespace {

constexpr int formatVersion = 1;
constexpr qint64 mostEntries = 1'000'000;
constexpr qint64 mostPictureBytes = 200LL << 20;
constexpr qint64 mostTextBytes = 1LL << 30;   ///< of one .jsonl: what a million pictures have to say
constexpr qint64 mostListBytes = 64LL << 20;  ///< of a .json, and of one line
constexpr qint64 usualRatio = 100;            ///< what unpacks to more than this times its size is no project of ours
constexpr qint64 smallText = 1LL << 20;       ///< a text that may, since it cannot hurt
constexpr qsizetype mostOfAJob = 100;         ///< pictures that are taken in at once
constexpr qint64 mostBytesOfAJob = 1LL << 30;
constexpr qsizetype mostReferences = 8;
const char *const noPicture = "application/octet-stream";  ///< what the library says of bytes that it cannot tell

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Library", text);
}

tl::unexpected<Error> notWritten(const QString &file, const QString &reason)
{
    return fail(ErrorCode::Io, tr("%1 cannot be written: %2. Free some space or check the folder's permissions.").arg(file, reason));
}

tl::unexpected<Error> refused(const QString &file, const QString &reason)
{
    return fail(ErrorCode::InvalidInput, tr("%1 is no project that can be taken in: %2 Nothing of it that follows has been taken.").arg(file, reason));
}

/// The ZIP on its way to \a file.
class Writer
{
public:
    explicit Writer(QSaveFile *file)
        : m_file(file)
        , m_zip(file)
    {
        m_zip.setZip64Enabled(true);
        m_zip.setUtf8Enabled(true);
        m_zip.setAutoClose(false);
        m_isOpen = m_zip.open(QuaZip::mdCreate);
    }

    /// Words are packed, unless they get smaller than a Reader believes.
    Result<void> addText(const QString &name, const QByteArray &bytes)
    {
        return add(name, bytes, bytes.size() <= smallText || bytes.size() / (usualRatio / 2) < qCompress(bytes).size());
    }

    Result<void> addPicture(const QString &name, const QByteArray &bytes) { return add(name, bytes, false); }

    Result<void> close()
    {
        m_zip.close();
        return m_isOpen && m_zip.getZipError() == ZIP_OK && commitWhole(*m_file) ? Result<void>() : notWritten(m_file->fileName(), writeReason(*m_file));
    }

private:
    Result<void> add(const QString &name, const QByteArray &bytes, bool isPacked)
    {
        if (m_names.contains(name))
            return {};
        m_names.insert(name);
        QuaZipFile entry(&m_zip);
        QuaZipNewInfo info(name);
        info.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
        if (!m_isOpen || !entry.open(QIODevice::WriteOnly, info, nullptr, 0, isPacked ? Z_DEFLATED : 0, isPacked ? Z_DEFAULT_COMPRESSION : 0))
            return notWritten(m_file->fileName(), writeReason(*m_file));
        const bool written = entry.write(bytes) == bytes.size();
        entry.close();
        return written && entry.getZipError() == ZIP_OK ? Result<void>() : notWritten(m_file->fileName(), writeReason(*m_file));
    }

    QSaveFile *m_file;
    QuaZip m_zip;
    QSet<QString> m_names;
    bool m_isOpen = false;
};

/// What has been gathered for one project.
struct Outgoing
{
    QList<qint64> ids;             ///< in the order of their lines
    QHash<qint64, int> numbers;    ///< of the lines, by id
    QHash<qint64, int> jobs;       ///< numbers of jobs' lines, by id
    QByteArray pictures;
    QByteArray jobLines;
    QSet<QString> missingImages;   ///< sentences
    LibraryReport report;
};

QString referenceName(const QString &digest)
{
    return QStringLiteral("references/%1.png").arg(digest);
}

/// The line of a picture's job, written when it is met first; -1: the library does not know it any more. What it knows and cannot read now is not left
/// out silently: there is no file then.
Result<int> addJob(Store *store, Writer &zip, qint64 id, Outgoing *out)
{
    if (id <= 0)
        return -1;
    if (const auto known = out->jobs.constFind(id); known != out->jobs.cend())
        return *known;
    const Result<JobRecord> job = store->job(id).result();
    if (!job && job.error().code == ErrorCode::NotFound)
        return -1;
    const Result<QList<ReferencePicture>> references = job ? store->references(id).result() : fail(job.error());
    if (!references)
        return fail(references.error());
    for (const ReferencePicture &reference : *references) {
        if (const auto added = zip.addPicture(referenceName(reference.digest), reference.png); !added)
            return fail(added.error());
    }
    const ProjectImages images = projectImages(job->request);
    for (const ProjectImage &image : images.found) {
        if (const auto added = zip.addPicture(image.name, image.bytes); !added)
            return fail(added.error());
    }
    for (const QString &sentence : images.missing)
        out->missingImages.insert(sentence);
    out->jobLines += dumpJson(projectJobJson(*job, *references, images)) + '\n';
    const int number = int(out->jobs.size());
    out->jobs.insert(id, number);
    return number;
}

/// A picture whose file is damaged, or that has just gone, is named in the report.
Result<void> addPicture(Store *store, Writer &zip, const LibraryCard &card, Outgoing *out)
{
    const Result<AssetRecord> record = store->asset(card.id).result();
    if (!record && record.error().code != ErrorCode::NotFound)
        return fail(record.error());
    const auto bytes = record ? store->readOriginal(*record) : fail(record.error());
    if (!bytes && record && !isLost(bytes.error()))
        return fail(bytes.error());
    if (!bytes) {
        out->report.items.append({card.id, {}, QStringLiteral("missing"), bytes.error().message, false});
        return {};
    }
    const Result<QList<PictureScore>> scores = store->scores(card.id).result();
    const auto job = scores ? addJob(store, zip, record->job, out) : fail(scores.error());
    if (!job)
        return fail(job.error());
    if (const auto added = zip.addPicture(AssetTable::relativeFile(record->digest, record->mediaType), *bytes); !added)
        return added;
    const ProjectPicture line{{{*record, {}}, card.judgement, *scores}, *job};
    out->pictures += dumpJson(projectPictureJson(line)) + '\n';
    out->numbers.insert(card.id, int(out->ids.size()));
    out->ids.append(card.id);
    out->report.bytes += bytes->size();
    return {};
}

/// Comparisons of which every picture is in the file.
Json comparisonsJson(const QList<ComparisonSet> &sets, Outgoing &out)
{
    Json list = Json::array();
    for (const ComparisonSet &set : sets) {
        Json numbers = Json::array();
        for (const qint64 id : set.pictures) {
            if (const auto number = out.numbers.constFind(id); number != out.numbers.cend())
                numbers.push_back(*number);
        }
        if (!numbers.empty() && numbers.size() == std::size_t(set.pictures.size())) {
            list.push_back({{"name", set.name.toStdString()},
                            {"created", set.createdAt.toUTC().toString(Qt::ISODateWithMs).toStdString()},
                            {"pictures", numbers},
                            {"view", set.view}});
        } else if (!numbers.empty()) {
            out.report.items.append({0, {}, QStringLiteral("comparison"),
                                     tr("The comparison \"%1\" is left out: not all of its pictures are in the file.").arg(set.name), true});
        }
    }
    return list;
}

/// A ZIP that has been looked over: names and sizes of entries are what a project has.
class Reader
{
public:
    explicit Reader(const QString &file)
        : m_file(file)
        , m_zip(file)
    {
        m_zip.setUtf8Enabled(true);
    }

    Result<void> open()
    {
        if (!QFileInfo::exists(m_file))
            return fail(ErrorCode::NotFound, tr("%1 does not exist.").arg(m_file));
        if (!m_zip.open(QuaZip::mdUnzip))
            return refused(m_file, tr("it is no ZIP file, or not whole."));
        if (m_zip.getEntriesCount() > mostEntries)
            return refused(m_file, tr("it has more than %1 entries.").arg(mostEntries));
        for (bool more = m_zip.goToFirstFile(); more; more = m_zip.goToNextFile()) {
            QuaZipFileInfo64 info;
            if (!m_zip.getCurrentFileInfo(&info))
                return refused(m_file, tr("its list of entries is damaged."));
            if (const auto known = take(info); !known)
                return known;
        }
        return {};
    }

    bool has(const QString &name) const { return m_sizes.contains(name); }
    qint64 pictureBytes() const { return m_pictureBytes; }

    /// All bytes of \a name; not more than it said it has.
    Result<QByteArray> read(const QString &name)
    {
        const qint64 size = m_sizes.value(name, -1);
        QuaZipFile entry(&m_zip);
        if (size < 0 || !m_zip.setCurrentFile(name, QuaZip::csSensitive) || !entry.open(QIODevice::ReadOnly))
            return refused(m_file, tr("%1 is missing in it.").arg(name));
        const QByteArray bytes = entry.read(size + 1);
        entry.close();
        if (bytes.size() != size || entry.getZipError() != ZIP_OK)
            return refused(m_file, tr("%1 in it is damaged.").arg(name));
        return bytes;
    }

    /// One of which the name says the digest.
    Result<QByteArray> readPicture(const QString &name, const QString &digest)
    {
        auto bytes = read(name);
        if (bytes && sha256Hex(*bytes) != digest)
            return refused(m_file, tr("%1 in it has other bytes than its name says.").arg(name));
        return bytes;
    }

    QString file() const { return m_file; }

private:
    Result<void> take(const QuaZipFileInfo64 &info)
    {
        static const QRegularExpression picture(QStringLiteral("^(originals/[0-9a-f]{2}/[0-9a-f]{64}\\.[a-z]{3,4}|references/[0-9a-f]{64}\\.png|%1)$").arg(projectImagePattern()));
        static const QRegularExpression text(QStringLiteral("^(project\\.json|pictures\\.jsonl|jobs\\.jsonl|comparisons\\.json|templates/[0-9a-f]{64}\\.galley)$"));
        const bool isPicture = picture.match(info.name).hasMatch();
        if (!isPicture && !text.match(info.name).hasMatch())
            return refused(m_file, tr("it has an entry “%1” that no project has.").arg(info.name.left(100)));
        if (m_sizes.contains(info.name))
            return refused(m_file, tr("it has two entries “%1”.").arg(info.name));
        const qint64 size = qint64(info.uncompressedSize);
        const qint64 most = isPicture ? mostPictureBytes : info.name.endsWith(QLatin1String(".jsonl")) ? mostTextBytes : mostListBytes;
        const bool isBomb = size / usualRatio > qint64(info.compressedSize) && (isPicture || size > smallText);
        if (size < 0 || size > most || isBomb)
            return refused(m_file, tr("%1 in it unpacks to more than it may.").arg(info.name));
        m_sizes.insert(info.name, size);
        m_pictureBytes += isPicture ? size : 0;
        return {};
    }

    QString m_file;
    QuaZip m_zip;
    QHash<QString, qint64> m_sizes;
    qint64 m_pictureBytes = 0;
};

/// The objects of a .jsonl, one after the other.
class Lines
{
public:
    explicit Lines(const QByteArray &text)
        : m_text(text)
    {}

    bool isAtEnd() const { return m_at >= m_text.size(); }
    Result<Json> next()
    {
        const qsizetype end = m_text.indexOf('\n', m_at);
        const QByteArray line = m_text.mid(m_at, end < 0 ? -1 : end - m_at);
        m_at = end < 0 ? m_text.size() : end + 1;
        return parseJson(line, tr("A line of the project file"), {mostListBytes, 128, 2'000'000});
    }

private:
    QByteArray m_text;
    qsizetype m_at = 0;
};

/// One job with those of its pictures that are not here yet.
struct Incoming
{
    int job = -1;
    QList<int> numbers;
    QList<ImportedPicture> pictures;
    QHash<QString, QByteArray> files;  ///< once each, by digest: a thousand lines may name one
    qint64 bytes = 0;                  ///< of files
};

/// Takes in what a Reader offers.
class Import
{
public:
    Import(Store *store, Reader *zip)
        : m_store(store)
        , m_zip(zip)
    {}

    Result<LibraryReport> run(const CareProgress &progress)
    {
        if (const auto jobs = readJobs(); !jobs)
            return fail(jobs.error());
        const auto text = m_zip->read(QStringLiteral("pictures.jsonl"));
        if (!text)
            return fail(text.error());
        const qint64 total = text->count('\n');
        Lines lines(*text);
        for (int number = 0; !lines.isAtEnd(); ++number) {
            if (progress && !progress(number, total, tr("Taking pictures in")))
                return fail(careStopped());
            const auto json = lines.next();
            const auto picture = json ? projectPictureFromJson(*json) : fail(json.error());
            if (!picture)
                return refused(m_zip->file(), picture.error().message);
            if (picture->job != m_batch.job || picture->job < 0) {
                if (const auto stored = store(); !stored)
                    return fail(stored.error());
                m_batch.job = picture->job;
            }
            if (const auto taken = take(*picture, number); !taken)
                return fail(taken.error());
        }
        if (const auto stored = store(); !stored)
            return fail(stored.error());
        return m_report;
    }

    const QHash<int, qint64> &ids() const { return m_ids; }
    int known() const { return m_known; }

private:
    Result<void> readJobs()
    {
        const auto text = m_zip->read(QStringLiteral("jobs.jsonl"));
        if (!text)
            return fail(text.error());
        m_jobs = text->split('\n');
        return {};
    }

    Result<QByteArray> readFile(const AssetRecord &record)
    {
        const QString name = AssetTable::relativeFile(record.digest, record.mediaType);
        const auto known = m_batch.files.constFind(record.digest);
        const auto bytes = known != m_batch.files.cend() ? Result<QByteArray>(*known) : m_zip->readPicture(name, record.digest);
        if (!bytes)
            return bytes;
        const QByteArray type = mediaTypeOf(*bytes);
        if (record.mediaType != (type.isEmpty() ? QByteArray(noPicture) : type))
            return refused(m_zip->file(), tr("%1 in it is no picture of the kind that it says.").arg(name));
        if (known == m_batch.files.cend()) {
            m_batch.files.insert(record.digest, *bytes);
            m_batch.bytes += bytes->size();
        }
        return bytes;
    }

    Result<void> take(const ProjectPicture &line, int number)
    {
        const AssetRecord &record = line.picture.asset.record;
        const Result<qint64> here = m_store->findPicture(record.digest, record.createdAt).result();
        if (!here)
            return fail(here.error());
        if (*here > 0) {
            m_ids.insert(number, *here);
            ++m_known;
            return {};
        }
        if (m_batch.pictures.size() >= mostOfAJob || m_batch.bytes > mostBytesOfAJob)
            return refused(m_zip->file(), tr("a job in it has more pictures than one can have."));
        const auto bytes = readFile(record);
        if (!bytes)
            return fail(bytes.error());
        ImportedPicture picture = line.picture;
        picture.asset.file = *bytes;
        m_batch.pictures.append(picture);
        m_batch.numbers.append(number);
        m_report.bytes += bytes->size();
        return {};
    }

    /// A picture of a job; \a held: bytes of the job that are in memory.
    Result<void> takeIn(const QString &name, const QString &digest, QByteArray *to, qint64 *held)
    {
        const auto bytes = m_zip->readPicture(name, digest);
        if (!bytes)
            return fail(bytes.error());
        if (mediaTypeOf(*bytes).isEmpty())
            return refused(m_zip->file(), tr("%1 in it is no picture of the kind that it says.").arg(name));
        *held += bytes->size();
        if (*held > mostBytesOfAJob)
            return refused(m_zip->file(), tr("a job in it has more pictures than one can have."));
        *to = *bytes;
        return {};
    }

    Result<void> store()
    {
        const Incoming batch = std::exchange(m_batch, {});
        if (batch.pictures.isEmpty())
            return {};
        std::optional<JobRecord> job;
        QList<ReferencePicture> references;
        QList<ProjectImage> images;
        if (batch.job >= 0) {
            const auto json = batch.job < m_jobs.size() ? parseJson(m_jobs.at(batch.job), tr("A job of the project file"), {mostListBytes, 128, 2'000'000})
                                                        : fail(ErrorCode::InvalidInput, tr("A job of it is missing."));
            auto read = json ? projectJobFromJson(*json, &references, &images) : fail(json.error());
            if (!read)
                return refused(m_zip->file(), read.error().message);
            job = *read;
        }
        if (references.size() > mostReferences)
            return refused(m_zip->file(), tr("a job in it has more pictures than one can have."));
        qint64 held = batch.bytes;
        for (ReferencePicture &reference : references) {
            if (const auto taken = takeIn(referenceName(reference.digest), reference.digest, &reference.png, &held); !taken)
                return taken;
        }
        for (ProjectImage &image : images) {
            if (const auto taken = takeIn(image.name, QFileInfo(image.name).baseName(), &image.bytes, &held); !taken)
                return taken;
        }
        if (const auto placed = job ? placeProjectImages(images, m_store->folder(), &job->request) : Result<void>(); !placed)
            return placed;
        const Result<QList<qint64>> stored = m_store->importPictures(job, references, batch.pictures).result();
        if (!stored)
            return fail(stored.error());
        for (qsizetype i = 0; i < stored->size(); ++i)
            m_ids.insert(batch.numbers.at(i), stored->at(i));
        m_report.changed += *stored;
        m_report.pictures += int(stored->size());
        return {};
    }

    Store *m_store;
    Reader *m_zip;
    QList<QByteArray> m_jobs;
    Incoming m_batch;
    QHash<int, qint64> m_ids;  ///< of pictures, by the numbers of their lines
    int m_known = 0;
    LibraryReport m_report;
};

/// Comparisons that are not here yet, of pictures that are here now.
Result<void> takeComparisons(Store *store, Reader &zip, const QHash<int, qint64> &ids)
{
    const auto text = zip.read(QStringLiteral("comparisons.json"));
    const auto json = text ? parseJson(*text, zip.file()) : fail(text.error());
    const Result<QList<ComparisonSet>> here = store->comparisons().result();
    if (!json || !here)
        return fail(json ? here.error() : json.error());
    for (const Json &item : json->is_array() ? *json : Json::array()) {
        if (!item.is_object() || !item.contains("name") || !item["name"].is_string() || !item.contains("pictures") || !item["pictures"].is_array())
            continue;
        ComparisonSet set;
        set.name = QString::fromStdString(item["name"].get<std::string>());
        if (item.contains("created") && item["created"].is_string())
            set.createdAt = QDateTime::fromString(QString::fromStdString(item["created"].get<std::string>()), Qt::ISODateWithMs).toUTC();
        if (item.contains("view"))
            set.view = item["view"];
        for (const Json &number : item["pictures"]) {
            if (const qint64 id = number.is_number_integer() ? ids.value(number.get<int>(), 0) : 0; id > 0)
                set.pictures.append(id);
        }
        const bool isHere = std::any_of(here->cbegin(), here->cend(), [&](const ComparisonSet &other) {
            return other.name == set.name && other.createdAt == set.createdAt;
        });
        if (isHere || set.pictures.isEmpty())
            continue;
        if (const Result<ComparisonSet> saved = store->saveComparison(set).result(); !saved)
            return fail(saved.error());
    }
    return {};
}

/// That it is a project, and of a version that this Galley knows.
Result<Json> readManifest(Reader &zip)
{
    const auto text = zip.read(QStringLiteral("project.json"));
    const auto json = text ? parseJson(*text, zip.file()) : fail(text.error());
    if (!json)
        return fail(json.error());
    const auto version = json->is_object() ? json->find("galley_project") : json->end();
    if (version == json->end() || !version->is_number_integer())
        return refused(zip.file(), tr("project.json in it does not say which version it has."));
    if (version->get<qint64>() > formatVersion) {
        return fail(ErrorCode::Unsupported, tr("%1 was written by a newer Galley. Install that version to take it in.").arg(zip.file()));
    }
    return json;
}

} // namespace

QByteArray originalInProjectFile(const QString &file, const QString &digest)
{
    Reader zip(file);
    if (!zip.open())
        return {};
    for (const char *type : {"image/png", "image/jpeg", "image/webp", "image/gif", "image/tiff", noPicture}) {
        const QString name = AssetTable::relativeFile(digest, type);
        if (zip.has(name))
            return zip.read(name).value_or(QByteArray());
    }
    return {};
}

Result<LibraryReport> writeProjectFile(Store *store, const QString &project, const QString &file, const CareProgress &progress)
{
    LibraryQuery query;
    query.ascending = true;
    if (!project.isEmpty())
        query.projects = {project};
    const Result<QList<qint64>> ids = store->ids(query).result();
    if (!ids)
        return fail(ids.error());
    if (ids->isEmpty()) {
        return fail(ErrorCode::NotFound, project.isEmpty() ? tr("The library has no pictures yet.") : tr("The library has no pictures of the project %1.").arg(project));
    }
    const Result<QList<LibraryCard>> cards = store->cards(*ids).result();
    if (!cards)
        return fail(cards.error());
    // The pictures of one job follow each other, so that it is taken in at once.
    QList<LibraryCard> ordered = *cards;
    std::stable_sort(ordered.begin(), ordered.end(), [](const LibraryCard &a, const LibraryCard &b) { return a.job < b.job; });
    QSaveFile target(file);
    if (!target.open(QIODevice::WriteOnly))
        return notWritten(file, target.errorString());
    Writer zip(&target);
    Outgoing out;
    for (const LibraryCard &card : std::as_const(ordered)) {
        if (progress && !progress(out.ids.size(), ordered.size(), tr("Writing pictures")))
            return fail(careStopped());
        if (const auto added = addPicture(store, zip, card, &out); !added)
            return fail(added.error());
    }
    const Result<QList<ComparisonSet>> sets = store->comparisons().result();
    const Result<QList<PickPair>> picks = sets ? store->picks().result() : fail(sets.error());
    const Result<QList<SavedSearch>> searches = picks ? store->searches().result() : fail(picks.error());
    if (!searches)
        return fail(searches.error());
    const Json manifest = {{"galley_project", formatVersion},
                           {"project", project.toStdString()},
                           {"exported_at", QDateTime::currentDateTimeUtc().toString(Qt::ISODate).toStdString()},
                           {"pictures", out.ids.size()},
                           {"jobs", out.jobs.size()},
                           {"picks", projectPicksJson(*picks, out.numbers)},
                           {"searches", projectSearchesJson(*searches, project)}};
    const std::pair<const char *, QByteArray> texts[] = {{"project.json", dumpJson(manifest)},
                                                         {"pictures.jsonl", out.pictures},
                                                         {"jobs.jsonl", out.jobLines},
                                                         {"comparisons.json", dumpJson(comparisonsJson(*sets, out))}};
    for (const auto &[name, text] : texts) {
        if (const auto added = zip.addText(QString::fromLatin1(name), text); !added)
            return fail(added.error());
    }
    if (const auto closed = zip.close(); !closed)
        return fail(closed.error());
    out.report.pictures = int(out.ids.size());
    out.report.sentence = QCoreApplication::translate("Galley::Library", "%n picture(s) have been written to %1.", nullptr, out.report.pictures).arg(file);
    QStringList missing(out.missingImages.cbegin(), out.missingImages.cend());
    missing.sort();
    for (const QString &sentence : std::as_const(missing))
        out.report.items.append({0, {}, QStringLiteral("image"), sentence, true});
    const auto damaged = std::count_if(out.report.items.cbegin(), out.report.items.cend(), [](const LibraryReport::Item &item) { return item.picture > 0; });
    if (damaged > 0)
        out.report.sentence += QLatin1Char(' ') + QCoreApplication::translate("Galley::Library", "%n damaged one(s) were left out.", nullptr, int(damaged));
    if (!missing.isEmpty())
        out.report.sentence += QLatin1Char(' ') + QCoreApplication::translate("Galley::Library", "%n image(s) that templates name by path are not in it.", nullptr, int(missing.size()));
    return out.report;
}

Result<LibraryReport> readProjectFile(Store *store, const QString &file, const CareProgress &progress)
{
    const Result<StoreOpened> opened = store->open().result();
    if (!opened || opened->readOnly)
        return opened ? fail(ErrorCode::Unsupported, opened->notice) : fail(opened.error());
    Reader zip(file);
    if (const auto good = zip.open(); !good)
        return fail(good.error());
    const auto manifest = readManifest(zip);
    if (!manifest)
        return fail(manifest.error());
    if (const qint64 room = QStorageInfo(store->folder()).bytesAvailable(); room >= 0 && room < zip.pictureBytes()) {
        return fail(ErrorCode::Io, tr("The disk of the library has %1 MB left, and the pictures of %2 need %3 MB. Free some space, then try again.")
                                       .arg(room >> 20)
                                       .arg(file)
                                       .arg((zip.pictureBytes() >> 20) + 1));
    }
    Import import(store, &zip);
    auto report = import.run(progress);
    if (!report)
        return report;
    if (const auto taken = takeComparisons(store, zip, import.ids()); !taken)
        return fail(taken.error());
    report->sentence = QCoreApplication::translate("Galley::Library", "%n picture(s) have been taken in.", nullptr, report->pictures);
    if (import.known() > 0)
        report->sentence += QLatin1Char(' ') + QCoreApplication::translate("Galley::Library", "%n were here already and stayed as they are.", nullptr, import.known());
    if (const auto taken = takeProjectOpinions(store, *manifest, import.ids(), &*report); !taken)
        return fail(taken.error());
    return report;
}

} // namespace Galley
