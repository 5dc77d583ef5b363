#include "core/service/scoreservice.h"

#include "core/base/process.h"
#include "core/imaging/imagefile.h"
#include "core/review/scores.h"
#include "core/service/reviewlayout.h"

#include <QCache>
#include <QCoreApplication>
#include <QMutex>

#include <atomic>
#include <optional>

namespace Galley {

/// What the threads of the pool share.
struct ScoreService::Shared
{
    QMutex mutex;
    QCache<QString, QList<Score>> known{2000};  ///< by bytes and layout
    std::atomic<int> measured = 0;
};

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ScoreService", text);
}

/// The same picture for another template or row has other scores.
QString keyOf(const AssetRecord &asset)
{
    QString key = asset.digest;
    for (const char *part : {"template", "row"}) {
        if (asset.provenance.is_object() && asset.provenance.contains(part) && asset.provenance[part].is_object() && asset.provenance[part].contains("digest"))
            key += u' ' + toQString(asset.provenance[part]["digest"]);
    }
    return key;
}

Result<QList<Score>> measureAll(Store *store, const AssetRecord &asset, const std::stop_token &stop)
{
    const Result<QByteArray> bytes = store->original(asset.id).result();
    if (!bytes)
        return fail(bytes.error());
    const auto raw = decodeImage(*bytes, store->originalFile(asset));
    if (!raw)
        return fail(raw.error());
    const std::optional<Variant> variant = assetVariant(store, asset);
    const ReviewLayout layout = variant ? reviewLayout(*variant) : ReviewLayout();
    const ReviewPictures pictures = variant ? reviewPictures(*raw, *variant) : ReviewPictures{*raw, {}, {}};
    QList<Score> scores;
    for (const ScoreKind kind : allScores()) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, tr("The picture was not measured: Galley is closing."));
        scores.append(scoreOf(kind, pictures, layout));
    }
    return scores;
}

Result<void> keep(Store *store, qint64 asset, const QList<Score> &scores)
{
    QList<PictureScore> kept;
    for (const Score &score : scores) {
        auto stored = storedScore(score);
        if (!stored)
            continue;
        stored->detail["by"] = "Galley " GALLEY_VERSION;  // another version may measure otherwise
        kept.append(*stored);
    }
    return store->setScores(asset, kept).result();
}

} // namespace

Result<QList<Score>> measurePicture(Store *store, qint64 asset, const std::stop_token &stop)
{
    const Result<AssetRecord> record = store->asset(asset).result();
    if (!record)
        return fail(record.error());
    const auto scores = measureAll(store, *record, stop);
    if (!scores)
        return scores;
    if (const auto kept = keep(store, asset, *scores); !kept)
        return fail(kept.error());
    return scores;
}

ScoreService::ScoreService(Store *store, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_shared(std::make_shared<Shared>())
{
    m_pool.setMaxThreadCount(1);
}

ScoreService::~ScoreService()
{
    m_stop.request_stop();
    m_pool.waitForDone();
}

QFuture<Result<QList<Score>>> ScoreService::measure(qint64 asset)
{
    if (const auto running = m_running.constFind(asset); running != m_running.cend())
        return *running;
    const auto work = [store = m_store, shared = m_shared, stop = m_stop.get_token(), asset]() -> Result<QList<Score>> {
        giveWayToTheWindow();
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled, tr("The picture was not measured: Galley is closing."));
        const Result<AssetRecord> record = store->asset(asset).result();
        if (!record)
            return fail(record.error());
        const QString key = keyOf(*record);
        std::optional<QList<Score>> scores;
        {
            const QMutexLocker lock(&shared->mutex);
            if (const QList<Score> *known = shared->known.object(key))
                scores = *known;
        }
        if (!scores) {
            const auto found = measureAll(store, *record, stop);
            if (!found)
                return found;
            scores = *found;
            ++shared->measured;
            const QMutexLocker lock(&shared->mutex);
            shared->known.insert(key, new QList<Score>(*found));
        }
        if (const auto kept = keep(store, asset, *scores); !kept)
            return fail(kept.error());
        return *scores;
    };
    const auto future = runOn(&m_pool, work);
    m_running.insert(asset, future);
    onFinished(future, this, [this, asset](const QFuture<Result<QList<Score>>> &done) {
        m_running.remove(asset);
        if (done.resultCount() > 0 && done.result())
            Q_EMIT scored(asset);
    });
    return future;
}

QFuture<void> ScoreService::measureJob(const JobRecord &job)
{
    QList<QFuture<Result<QList<Score>>>> pictures;
    for (const qint64 asset : job.assets)
        pictures.append(measure(asset));
    // One thread, in order: when this turn comes, all of them are done; only somebody who waits for it may have it run earlier.
    return runOn(&m_pool, [pictures]() mutable {
        for (auto &picture : pictures)
            picture.waitForFinished();
    });
}

int ScoreService::measured() const
{
    return m_shared->measured;
}

} // namespace Galley
