#include "core/service/renderagain.h"

#include "core/base/async.h"
#include "core/service/finals.h"
#include "core/store/store.h"

namespace Galley {

namespace {

/// Goes from picture to picture. Lives until the last one; dies with Finals.
class Again : public QObject
{
public:
    Again(Finals *finals, Store *store, const QList<qint64> &pictures)
        : QObject(finals)
        , m_finals(finals)
        , m_store(store)
        , m_left(pictures)
    {
        m_promise.start();
    }

    QFuture<Result<RenderAgainReport>> begin()
    {
        const auto future = m_promise.future();
        next();
        return future;
    }

private:
    void next()
    {
        if (m_left.isEmpty())
            return finish();
        const qint64 picture = m_left.takeFirst();
        onFinished(m_store->asset(picture), this, [this, picture](const QFuture<Result<AssetRecord>> &future) {
            const auto asset = future.result();
            if (!asset)
                return leave(picture, asset.error().message);
            if (asset->job == 0)
                return leave(picture, Finals::tr("Picture %1 was not made by a job of the queue, so that nobody knows its request.").arg(picture));
            if (m_jobs.contains(asset->job))
                return next();  // comes along with the first picture of its job
            m_jobs.insert(asset->job);
            onFinished(m_store->job(asset->job), this, [this, picture](const QFuture<Result<JobRecord>> &job) { withJob(picture, job.result()); });
        });
    }

    void withJob(qint64 picture, Result<JobRecord> job)
    {
        if (!job)
            return leave(picture, job.error().message);
        job->request.anew = false;  // that was about one render, not about all that repeat it
        onFinished(m_store->references(job->id), this, [this, picture, job = *job](const QFuture<Result<QList<ReferencePicture>>> &references) {
            if (!references.result())
                return leave(picture, references.result().error().message);
            withReferences(picture, job, *references.result());
        });
    }

    void withReferences(qint64 picture, const JobRecord &job, const QList<ReferencePicture> &references)
    {
        const auto quote = m_finals->quote(job.request);
        if (!quote)
            return leave(picture, quote.error().message);
        if (quote->blocked)
            return leave(picture, quote->obstacle);
        const auto request = makeEngineRequest(job.request, quote->model, quote->backend, references);
        if (!request)
            return leave(picture, request.error().message);
        onFinished(m_store->pictureOfRequest(request->digest()), this, [this, picture, job, references](const QFuture<Result<qint64>> &found) {
            if (const qint64 older = found.result().value_or(0); older > 0) {
                m_report.taken.insert(picture, older);
                return next();
            }
            onFinished(m_finals->submitAgain(job.request, Lane::Batch, references), this, [this, picture](const QFuture<Result<qint64>> &added) {
                if (!added.result())
                    return leave(picture, added.result().error().message);
                m_report.jobs.append(*added.result());
                next();
            });
        });
    }

    void leave(qint64 picture, const QString &sentence)
    {
        m_report.left.insert(picture, sentence);
        next();
    }

    void finish()
    {
        QStringList said{Finals::tr("%n renders are queued in the batch lane.", nullptr, int(m_report.jobs.size()))};
        if (!m_report.taken.isEmpty())
            said << Finals::tr("%n pictures were in the library already.", nullptr, int(m_report.taken.size()));
        if (!m_report.left.isEmpty())
            said << Finals::tr("%n pictures cannot be made again.", nullptr, int(m_report.left.size()));
        m_report.sentence = said.join(u' ');
        m_promise.addResult(m_report);
        m_promise.finish();
        deleteLater();
    }

    Finals *m_finals;
    Store *m_store;
    QList<qint64> m_left;
    QSet<qint64> m_jobs;
    RenderAgainReport m_report;
    QPromise<Result<RenderAgainReport>> m_promise;
};

} // namespace

QFuture<Result<RenderAgainReport>> renderAgain(Finals *finals, Store *store, const QList<qint64> &pictures)
{
    return (new Again(finals, store, pictures))->begin();
}

} // namespace Galley
