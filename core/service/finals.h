#pragma once

#include "core/service/backendkeys.h"
#include "core/service/cataloguefile.h"
#include "core/service/enginepool.h"
#include "core/service/finalplan.h"
#include "core/service/finalservice.h"
#include "core/service/jobqueue.h"
#include "core/store/rendercache.h"

#include <QCache>
#include <QHash>
#include <QThreadPool>

namespace Galley {

class Routing;

/// What finals are made of. Nothing here is owned; all of it outlives Finals.
struct FinalsParts
{
    Store *store = nullptr;
    KeyStore *keys = nullptr;
    CatalogueFile *models = nullptr;
    Routing *routing = nullptr;     ///< null: no rules but the built-in defaults
    RenderEngine *local = nullptr;  ///< may be null
    RenderCache *cache = nullptr;   ///< what has been rendered before; null: everything is rendered anew
    EngineFactory engines;
    std::function<bool()> offline;         ///< network/offline as it is now
    std::function<double()> budgetPerDay;  ///< budget/per_day_usd as it is now; 0 or less: none
    QueueOptions queue;
    std::function<QDateTime()> now;        ///< absent: the system's clock
};

/// FinalService over catalogue, router, store, queue and engines; see core/README.md for the way of one final.
class Finals : public FinalService
{
    Q_OBJECT

public:
    explicit Finals(FinalsParts parts, QObject *parent = nullptr);
    ~Finals() override;

    /// Reads the stored jobs and what services said about their models; nothing is sent before. \a ready comes once, when that is done or has failed.
    void start(std::function<void(Result<void>)> ready = {});
    /// Asks the keychain which backends have a key, one after the other: for the desktop, once its window is up.
    void lookUpKeys();
    /// Brings everything that a quote of \a request depends on up to date (the key of its backend, what the project has spent): for a command, which
    /// has no second look. The future finishes on this thread.
    QFuture<Result<Quote>> preparedQuote(const RenderRequest &request);
    /// Nothing that \a model has made is taken for a render any more: it was withdrawn.
    void forgetRenders(const QString &model);
    /// The key for one call: what engines are given as their KeySource.
    QFuture<Result<Secret>> keyFor(const BackendEntry &backend) { return m_keys.read(backend); }
    /// Everything about now that a decision depends on.
    RouteSnapshot routeSnapshot() const;
    /// A request of the library once more, with the pictures that went along; decided by the rules in force.
    QFuture<Result<qint64>> renderAnew(qint64 job) override;
    QFuture<Result<qint64>> submitAgain(const RenderRequest &request, Lane lane, const QList<ReferencePicture> &references);
    /// The network or the budget was changed in the settings.
    void settingsChanged();

    const ModelCatalogue &catalogue() const override { return m_parts.models->catalogue(); }
    QStringList selectableModels() const override;
    QString retiredSentence(const QString &model) const override;
    Result<Quote> quote(const RenderRequest &request) const override;
    QFuture<Result<qint64>> submit(const RenderRequest &request, Lane lane, const QImage &draft = {}) override;
    RenderQueue *queue() override { return m_queue.get(); }
    double spentTodayUsd(const QString &project) const override;
    QFuture<Result<FinalPicture>> picture(qint64 jobId, int index = 0) override;
    QFuture<Result<QList<PictureScore>>> scores(qint64 assetId) override;
    QList<BackendStatus> backends() const override;
    QFuture<Result<QString>> testBackend(const QString &id) override;
    QFuture<Result<QString>> setKey(const QString &backend, const Secret &key) override;
    QFuture<Result<QString>> removeKey(const QString &backend) override;
    QFuture<Result<QString>> askForKey(const QString &backend) override;
    void reload() override { m_parts.models->reload(); }

private:
    struct Test
    {
        QString sentence;
        bool ok = false;
    };
    /// What a project has spent on a day.
    struct Spent
    {
        QDate day;
        double usd = 0;

        bool operator==(const Spent &) const = default;
    };
    /// What a service said of a model that it no longer has.
    struct Gone
    {
        QString upstream;
        QString sentence;
        QDateTime since;
    };

    QueueWorld queueWorld();
    QuoteWorld world(const QString &project) const;
    double budgetPerDay() const;
    QuoteWorld decisionWorld(const QString &project) const;
    JobRecord recordOf(const Quote &quote, Lane lane) const;
    QDateTime now() const;
    QString obstacleOf(const JobRecord &job);
    void listenFor(QueueWorld &world);
    void useCache(QueueWorld &world);
    std::optional<Detour> detourAhead(const JobRecord &job) const;
    QFuture<Result<qint64>> enqueue(const JobRecord &record, const QList<ReferencePicture> &references);
    void tellFinished(const JobRecord &job);
    void addShadow(const JobRecord &shown, qint64 id, const QList<ReferencePicture> &references);
    void onFinishedJob(qint64 id);
    void rememberGone(const ModelEntry &model, const QString &sentence);
    void readGone(const QString &json);
    static QString goneFactName() { return QStringLiteral("models/gone"); }
    QString goneSentence(const ModelEntry &model) const;
    void readSpent(const QString &project, std::function<void()> then = {}) const;
    Result<BackendEntry> backendNamed(const QString &id) const;

    FinalsParts m_parts;
    BackendKeys m_keys;
    EnginePool m_engines;
    QThreadPool m_pool;  ///< composing, reading text back, encoding
    QThreadPool m_cachePool;  ///< renders on disk: each send looks there first, and must not wait for text that is read back
    std::unique_ptr<JobQueue> m_queue;
    QHash<QString, Test> m_tests;
    QHash<QString, Gone> m_gone;
    mutable QHash<QString, Spent> m_spent;  ///< by project; filled by readSpent()
    QCache<std::pair<qint64, int>, FinalPicture> m_pictures;  ///< by job and index
};

} // namespace Galley
