#include "core/service/library.h"

#include "core/base/process.h"
#include "core/imaging/imagefile.h"
#include "core/service/draftkeeping.h"
#include "core/service/draftservice.h"
#include "core/service/finalpicture.h"
#include "core/service/librarycare.h"
#include "core/service/librarysheet.h"
#include "core/service/projectfile.h"
#include "core/template/resolve.h"

#include <QCoreApplication>

namespace Galley {

namespace {

constexpr int pollMs = 400;
constexpr int fillAtOnce = 32;
enum Priority { Filling, Wanted };  // of QThreadPool: the higher one first

/// Composed: what is set over the picture as its job knows it. Without a job, or where its template cannot be resolved any more, the picture stays.
void compose(Store *store, const AssetRecord &record, LibraryPicture *picture)
{
    const Result<JobRecord> job = record.job > 0 ? store->job(record.job).result() : fail(ErrorCode::NotFound, QString());
    if (!job)
        return;
    const auto variant = resolve(job->request.source, job->request.row, job->request.folder);
    if (!variant) {
        picture->problems.append(variant.error().message);
        return;
    }
    picture->image = composeFinal(picture->image, *variant, &picture->problems);
    picture->isComposed = true;
}

} // namespace

Library::Library(Store *store, bool makesThumbnails)
    : m_store(store)
    , m_makesThumbnails(makesThumbnails)
{
    m_small.setMaxThreadCount(2);
    m_makers.setMaxThreadCount(1);
    m_large.setMaxThreadCount(2);
    m_care.setMaxThreadCount(1);
    m_poll.setInterval(pollMs);
    connect(&m_poll, &QTimer::timeout, this, &Library::poll);
    onFinished(m_store->open(), this, [this](const QFuture<Result<StoreOpened>> &future) { opened(future.result()); });
}

Library::~Library()
{
    m_isClosing = true;
    for (QThreadPool *pool : {&m_small, &m_makers, &m_large, &m_care})
        pool->clear();  // their promises end canceled
    for (QThreadPool *pool : {&m_small, &m_makers, &m_large, &m_care})
        pool->waitForDone();
}

void Library::opened(const Result<StoreOpened> &outcome)
{
    m_readOnly = !outcome ? outcome.error().message : outcome->readOnly ? outcome->notice : QString();
    poll();
    m_poll.start();
    if (m_readOnly.isEmpty())
        fillThumbnails();
}

void Library::poll()
{
    m_askAgain = m_isAsking;
    if (m_isAsking)
        return;
    m_isAsking = true;
    onFinished(m_store->changesSince(m_serial), this, [this](const QFuture<Result<LibraryChanges>> &future) {
        m_isAsking = false;
        if (const auto changes = future.result()) {
            const bool isFirst = m_serial < 0;
            m_serial = changes->serial;
            if (!isFirst)
                say(*changes);
        }
        if (m_askAgain)
            poll();
    });
}

void Library::say(const LibraryChanges &changes)
{
    if (changes.everything || !changes.pictures.isEmpty()) {
        Q_EMIT changed(changes.pictures);
        if (m_readOnly.isEmpty())
            fillThumbnails();
    }
    if (changes.searches || changes.everything)
        Q_EMIT savedSearchesChanged();
    if (changes.comparisons || changes.everything)
        Q_EMIT comparisonsChanged();
}

QFuture<Result<QImage>> Library::thumbnail(qint64 id)
{
    const auto promise = std::make_shared<QPromise<Result<QImage>>>();
    promise->start();
    m_small.start([this, promise, id] {
        giveWayToTheWindow();
        if (promise->isCanceled()) {
            promise->finish();
            return;
        }
        const Result<std::optional<Thumbnail>> kept = m_store->thumbnail(id).result();
        if (kept && !*kept) {
            make(id, promise);
            return;
        }
        promise->addResult(kept ? thumbnailImage(**kept) : fail(kept.error()));
        promise->finish();
    });
    return promise->future();
}

void Library::make(qint64 id, const std::shared_ptr<QPromise<Result<QImage>>> &promise)
{
    m_makers.start(
        [this, promise, id] {
            giveWayToTheWindow();
            if (!promise->isCanceled())
                promise->addResult(makeNow(id));
            promise->finish();
        },
        Wanted);
}

/// A file that is missing or altered has no thumbnail, and its picture is marked.
Result<QImage> Library::makeNow(qint64 id)
{
    const auto thumbnail = makeThumbnailOf(m_store, id);
    return thumbnail ? thumbnailImage(*thumbnail) : fail(thumbnail.error());
}

/// A few at a time, behind whatever somebody waits for.
void Library::fillThumbnails()
{
    if (!m_makesThumbnails || m_isFilling)
        return;
    m_isFilling = true;
    onFinished(m_store->withoutThumbnail(fillAtOnce), this, [this](const QFuture<Result<QList<qint64>>> &future) {
        const QList<qint64> missing = future.result().value_or(QList<qint64>());
        // The same ones again: they cannot be stored (disk full), and there is no hurry.
        m_isFilling = !missing.isEmpty() && missing != m_filled;
        m_filled = missing;
        for (const qint64 id : m_isFilling ? missing : QList<qint64>())
            m_makers.start([this, id, isLast = id == missing.last()] { fillOne(id, isLast); }, Filling);
    });
}

void Library::fillOne(qint64 id, bool isLast)
{
    giveWayToTheWindow();
    makeNow(id);
    if (!isLast)
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_isFilling = false;
            fillThumbnails();
        },
        Qt::QueuedConnection);
}

QFuture<Result<LibraryPicture>> Library::picture(qint64 id, View view)
{
    const auto promise = std::make_shared<QPromise<Result<LibraryPicture>>>();
    promise->start();
    m_large.start([this, promise, id, view] {
        if (!promise->isCanceled())
            promise->addResult(pictureNow(id, view));
        promise->finish();
    });
    return promise->future();
}

Result<LibraryPicture> Library::pictureNow(qint64 id, View view)
{
    const Result<AssetRecord> record = m_store->asset(id).result();
    if (!record)
        return fail(record.error());
    const auto bytes = m_store->readOriginal(*record);
    if (!bytes) {
        if (isLost(bytes.error()))
            m_store->setDamaged({id}, true);
        return fail(bytes.error());
    }
    auto decoded = decodePicture(*bytes, m_store->originalFile(*record));
    if (!decoded)
        return fail(decoded.error());
    LibraryPicture picture;
    picture.id = id;
    picture.image = std::move(decoded->image);
    picture.profile = decoded->profile.name;
    picture.hasProfile = decoded->profile.isEmbedded;
    if (!decoded->profile.problem.isEmpty())
        picture.problems.append(decoded->profile.problem);
    if (view == View::Composed)
        compose(m_store, *record, &picture);
    return picture;
}

QFuture<Result<QList<PictureScore>>> Library::scores(qint64 id)
{
    const auto scores = m_store->scores(id);
    onFinished(scores, this, [this, id](const QFuture<Result<QList<PictureScore>>> &done) {
        if (!done.result() || !done.result()->isEmpty() || !m_readOnly.isEmpty() || m_unscored.contains(id))
            return;
        m_unscored.insert(id);
        Q_EMIT unscored(id);
    });
    return scores;
}

QFuture<Result<RenderRequest>> Library::request(qint64 id)
{
    return runOn(&m_large, [store = m_store, id]() -> Result<RenderRequest> {
        const Result<AssetRecord> record = store->asset(id).result();
        if (!record)
            return fail(record.error());
        const Result<JobRecord> job = record->job > 0 ? store->job(record->job).result() : fail(ErrorCode::NotFound, QString());
        if (!job) {
            return fail(ErrorCode::NotFound, QCoreApplication::translate("Galley::Library", "The library does not know any more what picture %1 was made from.").arg(id));
        }
        return job->request;
    });
}

QString Library::originalFile(const LibraryCard &card) const
{
    AssetRecord record;
    record.digest = card.digest;
    record.mediaType = card.mediaType;
    return m_store->originalFile(record);
}

QFuture<Result<int>> Library::emptyBin()
{
    const auto emptied = noted(m_store->emptyBin());
    return runOn(&m_care, [emptied]() -> Result<int> {
        const Result<QList<qint64>> gone = emptied.result();
        return gone ? Result<int>(int(gone->size())) : fail(gone.error());
    });
}

QFuture<Result<void>> Library::addPick(qint64 chosen, qint64 leftOut)
{
    return m_store->addPick(QDateTime::currentDateTimeUtc(), chosen, leftOut);
}

QFuture<Result<KeptDraft>> Library::keepDraft(const Draft &draft)
{
    return noted(runOn(&m_large, [store = m_store, draft] { return Galley::keepDraft(store, draft, QDateTime::currentDateTimeUtc()); }));
}

QFuture<Result<qint64>> Library::approvedDraft(const RenderRequest &request)
{
    return runOn(&m_large, [store = m_store, digest = request.approvedDraft] { return keptDraft(store, digest); });
}

/// Runs \a work beside everything else, with its progress and cancel() joined to the future.
template<typename Work>
QFuture<Result<LibraryReport>> Library::care(Work work)
{
    const auto promise = std::make_shared<QPromise<Result<LibraryReport>>>();
    promise->start();
    m_care.start([this, promise, work = std::move(work)] {
        const CareProgress progress = [this, promise](qint64 done, qint64 total, const QString &text) {
            promise->setProgressRange(0, int(std::min<qint64>(total, INT_MAX)));
            promise->setProgressValueAndText(int(std::min<qint64>(done, INT_MAX)), text);
            return !promise->isCanceled() && !m_isClosing;
        };
        promise->addResult(work(progress));
        promise->finish();
    });
    return noted(promise->future());
}

QFuture<Result<LibraryReport>> Library::verify()
{
    return care([this](const CareProgress &progress) { return verifyLibrary(m_store, progress); });
}

QFuture<Result<LibraryReport>> Library::repair()
{
    return care([this](const CareProgress &progress) { return repairLibrary(m_store, progress); });
}

QFuture<Result<LibraryReport>> Library::exportProject(const QString &project, const QString &file)
{
    return care([this, project, file](const CareProgress &progress) { return writeProjectFile(m_store, project, file, progress); });
}

QFuture<Result<LibraryReport>> Library::importFile(const QString &file)
{
    return care([this, file](const CareProgress &progress) { return readProjectFile(m_store, file, progress); });
}

QFuture<Result<LibraryReport>> Library::writeContactSheet(const QList<ContactPicture> &pictures, const QString &file, const ContactSheetOptions &options)
{
    return care([this, pictures, file, options](const CareProgress &progress) { return writeLibrarySheet(m_store, pictures, file, options, progress); });
}

} // namespace Galley
