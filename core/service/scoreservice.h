#pragma once

#include "core/base/async.h"
#include "core/review/score.h"
#include "core/store/store.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

#include <memory>
#include <stop_token>

namespace Galley {

/// Measures one picture of the library and keeps its scores there. Waits for the store and takes seconds: on a pool. Cancelled when \a stop was
/// requested, after the score that is being taken.
Result<QList<Score>> measurePicture(Store *store, qint64 asset, const std::stop_token &stop = {});

/// Measures pictures of the library in the background and keeps the scores there (Store::setScores()): they are shown wherever the picture is, filters go by
/// them, and canaries are judged by their mean. One picture after the other on a thread of low priority, since reading text takes seconds; what was
/// measured once (the same bytes for the same layout) is not measured again. Lives on one thread; the destructor drops what has not begun and waits for
/// the score that is being taken.
class ScoreService : public QObject
{
    Q_OBJECT

public:
    /// \a store outlives it.
    explicit ScoreService(Store *store, QObject *parent = nullptr);
    ~ScoreService() override;

    /// The scores of one picture, all of allScores(), also those without a value (with the reason). Stored when the future finishes, which happens on
    /// any thread. A picture that is being measured is not begun a second time. Io, NotFound; Cancelled when the service goes.
    QFuture<Result<QList<Score>>> measure(qint64 asset);
    /// Those of all pictures of a job that is done; finishes when the last one is stored.
    QFuture<void> measureJob(const JobRecord &job);
    /// How many pictures were really measured (tests).
    int measured() const;

Q_SIGNALS:
    /// On this object's thread: the library has new scores of \a asset.
    void scored(qint64 asset);

private:
    struct Shared;

    Store *m_store;
    std::shared_ptr<Shared> m_shared;
    QThreadPool m_pool;
    QHash<qint64, QFuture<Result<QList<Score>>>> m_running;  ///< by picture
    std::stop_source m_stop;
};

} // namespace Galley
