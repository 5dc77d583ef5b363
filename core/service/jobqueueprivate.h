#pragma once

#include "core/render/renderpace.h"
#include "core/service/flightlimit.h"
#include "core/service/jobqueue.h"

#include <QElapsedTimer>

#include <map>
#include <mutex>
#include <stop_token>

namespace Galley {

/// One send, or one look-up, of a job.
struct JobQueue::Active
{
    quint64 serial = 0;
    QString gate;
    bool hasPlace = false;  ///< counts among the gate's requests in flight
    QString model;
    QString backend;
    EngineRequest request;
    CacheLook look;  ///< what the cache said, without the result
    std::stop_source stop;
    QElapsedTimer clock;
    QDateTime startedAt;
    RenderPace pace;  ///< by clock
    bool isLookUp = false;
    bool reachedEngine = false;
    bool isStopped = false;
};

/// A job and what only this process knows of it.
struct JobQueue::Entry
{
    Job job;
    std::unique_ptr<Active> active;
    int busyAnswers = 0;   ///< in a row
    int lookUps = 0;       ///< in a row, by themselves
    QDateTime lookUpAt;    ///< the next one by itself
    bool isUrgent = false; ///< "drop everything and start this": also while paused
    bool isStoring = false;
    std::optional<Charge> unsaved;  ///< the last change is not on disk; what is still to be charged with it
    bool isSavingAgain = false;     ///< it is being tried once more
    bool hasPictures = true;  ///< that go along; jobs of another process are asked for them
    /// A picture that came and is being stored, or could not be.
    std::shared_ptr<RenderResult> result;
    EngineRequest request; ///< of \c result

    JobRecord &record() { return job.record; }
    const JobRecord &record() const { return job.record; }
    bool isWaiting() const
    {
        return !active && (job.record.state == JobState::Queued || job.record.state == JobState::Backoff || job.record.state == JobState::Held);
    }
    /// Ended in a way that can be tried once more.
    bool isAgain() const { return !active && (job.record.state == JobState::Failed || job.record.state == JobState::Cancelled); }
};

/// What one service is carrying for this process.
struct JobQueue::Gate
{
    FlightLimit limit;
    int known = 0;           ///< max_in_flight as the catalogue said; another number begins anew
    int inFlight = 0;
    int unpacking = 0;       ///< answers that gave their place back before they were read
    QDateTime closedUntil;   ///< the service turned everything away
};

struct JobQueue::Lists
{
    std::map<qint64, Entry> entries;
    std::map<QString, Gate> gates;  ///< by model where its number is known, else by backend
};

/// What engines may call on their own threads, also after the queue has gone. News of the same send are put together until the queue takes them.
struct JobQueue::Mailbox
{
    struct News
    {
        int step = 0;
        int of = 0;
        qint64 loadedBytes = 0;
        qint64 loadBytes = 0;
        QImage preview;
        QString remoteId;
        QString state;
        bool isAnswered = false;
        bool isAgain = false;  ///< the rest of it is of a new begin

        /// Takes \a pace further; false when there is no news of that.
        bool moves(RenderPace &pace, qint64 nowMs) const
        {
            if (isAgain)
                pace.begin(nowMs);
            if (loadBytes > 0)
                pace.load(loadedBytes, loadBytes, nowMs);
            if (of > 0)
                pace.advance(step, of, nowMs);
            return isAgain || loadBytes > 0 || of > 0;
        }
    };

    std::mutex mutex;
    JobQueue *queue = nullptr;
    std::map<quint64, News> news;
    bool isPosted = false;

    template<typename Change>
    void post(quint64 serial, Change change)
    {
        const std::lock_guard lock(mutex);
        if (!queue)
            return;
        change(news[serial]);
        if (!std::exchange(isPosted, true))
            QMetaObject::invokeMethod(queue, [target = queue] { target->takeNews(); }, Qt::QueuedConnection);
    }
};

} // namespace Galley
