#pragma once

#include "core/service/finalservice.h"

#include <QHash>
#include <QStringList>

#include <map>

namespace Galley {

/// A queue that runs nothing: a test says what happens to its jobs, and reads what was asked of it in \c calls.
class FakeQueue : public RenderQueue
{
    Q_OBJECT

public:
    qint64 add(Job job);  ///< gives it the next id; emits added()
    /// Changes a job and says so; finished() and undecided() follow its state.
    void change(qint64 id, const std::function<void(Job &)> &edit);

    QStringList calls;  ///< "cancel 3", "move 2 before 1", "decide 4 LookUp" …

    QList<qint64> jobs() const override;
    const Job *find(qint64 id) const override;
    int runningCount() const override;
    int waitingCount() const override;
    bool isPaused() const override { return m_paused; }
    void setPaused(bool paused) override;
    void hold(qint64 id, bool held) override;
    void move(qint64 id, qint64 before) override;
    void setLane(qint64 id, Lane lane) override;
    void cancel(qint64 id) override;
    void cancelAll() override;
    void retry(qint64 id) override;
    void decide(qint64 id, AmbiguousAnswer answer) override;
    void startNow(qint64 id) override;
    void clearEnded() override;

private:
    std::map<qint64, Job> m_jobs;
    qint64 m_next = 1;
    bool m_paused = false;
};

/// Finals without services: two paid models and a retired one, a backend with a key and one without. Prices and obstacles are what a test sets.
class FakeFinalService : public FinalService
{
    Q_OBJECT

public:
    FakeFinalService();

    ModelCatalogue models;
    QList<BackendStatus> states;
    QString obstacle;          ///< of every quote
    bool blocked = false;
    bool waitsForNetwork = false;
    double spent = 0.42;
    double budget = 20;
    std::optional<Error> submitError;
    std::optional<Error> keyError;
    Result<QString> testAnswer = QStringLiteral("Ideogram answers and takes the key.");
    bool testAnswersAtOnce = true;
    QHash<qint64, FinalPicture> pictures;             ///< the first of each job
    QHash<qint64, QList<FinalPicture>> morePictures;  ///< the second and those after it
    QList<RenderRequest> submitted;
    QList<Lane> lanes;
    QList<QSize> drafts;       ///< sizes of the drafts that came along
    QStringList keyAsks;       ///< backends whose key was asked for again
    std::optional<BackendStatus::Key> unlockedKey;  ///< what askForKey() finds; absent: still nothing
    QStringList keyCalls;      ///< "set ideogram 5 bytes", "remove ideogram", "test ideogram"
    int reloads = 0;
    mutable int quotes = 0;

    void finishTest();
    FakeQueue *fakeQueue() { return &m_queue; }

    const ModelCatalogue &catalogue() const override { return models; }
    QStringList selectableModels() const override;
    QString retiredSentence(const QString &model) const override;
    Result<Quote> quote(const RenderRequest &request) const override;
    QFuture<Result<qint64>> submit(const RenderRequest &request, Lane lane, const QImage &draft) override;
    QFuture<Result<qint64>> renderAnew(qint64 job) override;
    RenderQueue *queue() override { return &m_queue; }
    double spentTodayUsd(const QString &) const override { return spent; }
    QFuture<Result<FinalPicture>> picture(qint64 jobId, int index = 0) override;
    QFuture<Result<QList<PictureScore>>> scores(qint64 assetId) override;
    QList<PictureScore> measured;  ///< of every final
    QList<BackendStatus> backends() const override { return states; }
    QFuture<Result<QString>> testBackend(const QString &id) override;
    QFuture<Result<QString>> setKey(const QString &backend, const Secret &key) override;
    QFuture<Result<QString>> removeKey(const QString &backend) override;
    QFuture<Result<QString>> askForKey(const QString &backend) override;
    void reload() override;

private:
    FakeQueue m_queue;
    std::optional<QPromise<Result<QString>>> m_test;
};

} // namespace Galley
