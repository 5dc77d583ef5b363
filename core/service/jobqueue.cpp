#include "core/service/jobqueue.h"

#include "core/base/async.h"
#include "core/base/log.h"
#include "core/service/jobqueueprivate.h"
#include "core/service/retrypolicy.h"

#include <QPromise>
#include <QRandomGenerator>

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace Galley {

namespace {

constexpr int tickMs = 1000;
constexpr int saveAgainMs = 5000;
constexpr double smallestGap = 1e-6;  ///< between two positions: below it the lane is numbered anew

QString pausedFact()
{
    return QStringLiteral("queue/paused");
}

} // namespace

JobQueue::JobQueue(Store *store, QueueWorld world, QueueOptions options, QObject *parent)
    : m_store(store)
    , m_world(std::move(world))
    , m_options(options)
    , m_lists(std::make_unique<Lists>())
    , m_mailbox(std::make_shared<Mailbox>())
{
    setParent(parent);
    m_mailbox->queue = this;
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, &JobQueue::pump);
    m_saveAgain.setSingleShot(true);
    m_saveAgain.setInterval(saveAgainMs);
    connect(&m_saveAgain, &QTimer::timeout, this, &JobQueue::saveAgain);
    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, &JobQueue::tick);
}

JobQueue::~JobQueue()
{
    const std::lock_guard lock(m_mailbox->mutex);
    m_mailbox->queue = nullptr;
}

QDateTime JobQueue::now() const
{
    return m_world.now ? m_world.now().toUTC() : QDateTime::currentDateTimeUtc();
}

double JobQueue::random() const
{
    return m_world.random ? m_world.random() : QRandomGenerator::global()->generateDouble();
}

void JobQueue::start(std::function<void(Result<void>)> ready)
{
    const auto finish = [this, ready](const Result<void> &outcome) {
        m_ready = outcome.has_value();
        if (ready)
            ready(outcome);
        pump();
    };
    if (!m_options.adopt) {
        QMetaObject::invokeMethod(this, [finish] { finish({}); }, Qt::QueuedConnection);
        return;
    }
    onFinished(m_store->fact(pausedFact()), this, [this, finish](const QFuture<Result<QString>> &fact) {
        if (fact.result() && *fact.result() == QLatin1String("1"))
            setPaused(true);
        onFinished(m_store->adoptJobs(), this, [this, finish](const QFuture<Result<QList<JobRecord>>> &future) {
            const auto records = future.result();
            if (!records)
                return finish(fail(records.error()));
            for (const JobRecord &record : *records) {
                if (m_lists->entries.contains(record.id))
                    continue;
                insert(record);
                recover(*entry(record.id));
            }
            finish({});
        });
    });
}

QFuture<Result<qint64>> JobQueue::add(JobRecord record, const QList<ReferencePicture> &references)
{
    record.id = 0;
    record.position = 0;
    if (record.state != JobState::Held)
        record.state = JobState::Queued;
    if (!record.createdAt.isValid())
        record.createdAt = now();
    const auto promise = std::make_shared<QPromise<Result<qint64>>>();
    promise->start();
    const auto future = promise->future();
    onFinished(m_store->addJob(record, references, budgetFor(record)), this, [this, promise, hasPictures = !references.isEmpty()](const QFuture<Result<JobRecord>> &added) {
        const auto stored = added.result();
        if (stored) {
            insert(*stored);
            entry(stored->id)->hasPictures = hasPictures;
        }
        promise->addResult(stored ? Result<qint64>(stored->id) : fail(stored.error()));
        promise->finish();
        pump();
    });
    return future;
}

void JobQueue::wake()
{
    saveAgain();
    pump();
}

void JobQueue::insert(const JobRecord &record)
{
    Entry &fresh = m_lists->entries[record.id];
    fresh.job.record = record;
    fresh.job.canLookUp = canLookUp(record);
    Q_EMIT added(record.id);
}

/// What a job becomes that another process left behind, however it ended.
void JobQueue::recover(Entry &entry)
{
    JobRecord &record = entry.record();
    if (record.state == JobState::Backoff) {
        // A clock that was set back must not keep a job waiting for years.
        record.notBefore = std::min(record.notBefore, now().addMSecs(longestRetryAfterMs));
    } else if (record.state == JobState::Sending || record.state == JobState::Running) {
        if (!isPaid(record)) {
            record.state = JobState::Queued;
            save(entry);
            return;
        }
        record.state = JobState::Undecided;
        record.error = {ErrorCode::ServiceFailed,
                        tr("Galley ended while \"%1\" was being rendered by %2. It may have been carried out and billed: look it up, send it again or give it up.")
                            .arg(entry.job.title(), record.decision.model),
                        {},
                        FailureClass::Ambiguous};
        save(entry, Charge::keep(), Store::Sync::Full);
    }
    if (record.state == JobState::Undecided)
        askAbout(entry);
    if (entry.job.asks())
        Q_EMIT asks(record.id);
}

/// The service is asked where it can be; else a person.
void JobQueue::askAbout(Entry &entry)
{
    entry.lookUps = 0;
    entry.lookUpAt = canLookUp(entry.record()) ? now() : QDateTime();
    if (!entry.lookUpAt.isValid())
        Q_EMIT undecided(entry.record().id);
}

JobQueue::Entry *JobQueue::entry(qint64 id)
{
    const auto found = m_lists->entries.find(id);
    return found == m_lists->entries.end() ? nullptr : &found->second;
}

const Job *JobQueue::find(qint64 id) const
{
    const auto found = m_lists->entries.find(id);
    return found == m_lists->entries.end() ? nullptr : &found->second.job;
}

QList<qint64> JobQueue::jobs() const
{
    std::vector<const JobRecord *> records;
    records.reserve(m_lists->entries.size());
    for (const auto &[id, entry] : m_lists->entries)
        records.push_back(&entry.record());
    std::sort(records.begin(), records.end(), [](const JobRecord *a, const JobRecord *b) {
        if (a->isEnded() != b->isEnded())
            return b->isEnded();
        if (a->isEnded())
            return std::tuple(a->endedAt, a->id) > std::tuple(b->endedAt, b->id);
        return std::tuple(a->lane, a->position, a->id) < std::tuple(b->lane, b->position, b->id);
    });
    QList<qint64> ids;
    for (const JobRecord *record : records)
        ids.append(record->id);
    return ids;
}

QList<qint64> JobQueue::lane(Lane lane) const
{
    QList<qint64> ids = jobs();
    ids.removeIf([&](qint64 id) { return find(id)->record.isEnded() || find(id)->record.lane != lane; });
    return ids;
}

int JobQueue::runningCount() const
{
    return int(std::count_if(m_lists->entries.begin(), m_lists->entries.end(), [](const auto &item) {
        return item.second.record().state == JobState::Sending || item.second.record().state == JobState::Running;
    }));
}

int JobQueue::waitingCount() const
{
    return int(std::count_if(m_lists->entries.begin(), m_lists->entries.end(), [](const auto &item) { return item.second.isWaiting(); }));
}

void JobQueue::save(Entry &entry, const Charge &charge, Store::Sync sync, std::function<void()> then)
{
    const qint64 id = entry.record().id;
    if (entry.isStoring) {
        // The row that comes with the picture is the last one: what is written after it must not undo it.
        if (entry.unsaved)
            m_saveAgain.start();
        Q_EMIT changed(id);
        return;
    }
    // What could not be charged before goes first: a budget never says too little.
    const Charge due = entry.unsaved && entry.unsaved->kind != Charge::Kind::Keep ? *entry.unsaved : charge;
    if (due.kind != Charge::Kind::Keep)
        entry.record().reservation = 0;
    onFinished(m_store->saveJob(entry.record(), due, sync), this, [this, id, due, then = std::move(then)](const QFuture<Result<JobRecord>> &future) {
        saved(id, due, future.result());
        if (then)
            then();
    });
    Q_EMIT changed(id);
}

/// Nothing leaves without having been stored first: a job whose row is behind waits, and what was to be charged with it is not forgotten.
void JobQueue::saved(qint64 id, const Charge &charge, const Result<JobRecord> &outcome)
{
    Entry *const job = entry(id);
    if (!outcome)
        logMessage(LogLevel::Error, QStringLiteral("job %1: %2").arg(id).arg(outcome.error().message));
    if (!job || (outcome && !job->unsaved))
        return;
    if (!outcome) {
        if (!job->unsaved || job->unsaved->kind == Charge::Kind::Keep)
            job->unsaved = charge;
        m_saveAgain.start();
        return noteTrouble(outcome.error().message);
    }
    // A row that was written later holds everything but what the earlier one was to charge.
    if (job->unsaved->kind == charge.kind || job->unsaved->kind == Charge::Kind::Keep) {
        nowStored(*job);
        pump();
    }
}

void JobQueue::nowStored(Entry &entry)
{
    entry.unsaved.reset();
    const auto &entries = m_lists->entries;
    if (std::none_of(entries.begin(), entries.end(), [](const auto &item) { return item.second.unsaved.has_value(); }))
        noteTrouble({});
}

void JobQueue::saveAgain()
{
    QList<qint64> behind;
    for (const auto &[id, entry] : m_lists->entries) {
        if (entry.unsaved && !entry.isStoring && !entry.isSavingAgain)
            behind.append(id);
    }
    for (const qint64 id : behind) {
        entry(id)->isSavingAgain = true;  // what is to be charged is charged once
        save(*entry(id), *entry(id)->unsaved, Store::Sync::Full, [this, id] {
            if (Entry *const job = entry(id))
                job->isSavingAgain = false;
        });
    }
}

void JobQueue::noteTrouble(const QString &reason)
{
    if (std::exchange(m_trouble, reason) == reason)
        return;
    Q_EMIT trouble(reason.isEmpty() ? QString()
                                    : tr("The queue cannot be stored: %1 It is tried again every few seconds; until then nothing of it is sent.").arg(reason));
}

void JobQueue::setPaused(bool paused)
{
    if (m_paused == paused)
        return;
    m_paused = paused;
    if (m_options.adopt)
        m_store->setFact(pausedFact(), paused ? QStringLiteral("1") : QStringLiteral("0"));
    Q_EMIT pausedChanged(paused);
    pump();
}

void JobQueue::hold(qint64 id, bool held)
{
    Entry *const job = entry(id);
    if (!job || !job->isWaiting() || (job->record().state == JobState::Held) == held)
        return;
    if (job->job.asks())
        job->record().error = {};  // it has been answered
    job->record().state = held ? JobState::Held : JobState::Queued;
    job->isUrgent = false;
    save(*job);
    pump();
}

double JobQueue::endOfLane(Lane lane) const
{
    double end = 0;
    for (const auto &[id, entry] : m_lists->entries) {
        if (entry.record().lane == lane)
            end = std::max(end, entry.record().position);
    }
    return std::floor(end) + 1;
}

void JobQueue::move(qint64 id, qint64 before)
{
    Entry *const job = entry(id);
    if (!job || job->record().isEnded() || id == before)
        return;
    QList<qint64> order = lane(job->record().lane);
    order.removeAll(id);
    const qsizetype place = before == 0 ? order.size() : order.indexOf(before);
    if (place < 0)
        return;
    const double low = place > 0 ? find(order[place - 1])->record.position : 0;
    const double high = place < order.size() ? find(order[place])->record.position : std::floor(low) + 2;
    if (high - low < smallestGap) {
        order.insert(place, id);
        for (qsizetype i = 0; i < order.size(); ++i) {
            entry(order[i])->record().position = double(i + 1);
            save(*entry(order[i]));
        }
    } else {
        job->record().position = (low + high) / 2;
        save(*job);
    }
    Q_EMIT orderChanged();
    pump();
}

void JobQueue::setLane(qint64 id, Lane lane)
{
    Entry *const job = entry(id);
    if (!job || job->record().isEnded() || job->record().lane == lane)
        return;
    job->record().position = endOfLane(lane);
    job->record().lane = lane;
    save(*job);
    Q_EMIT orderChanged();
    pump();
}

/// A job that nobody is working on is over; people hear of it when that is on disk.
void JobQueue::endWaiting(Entry &entry, JobState state, const Charge &charge)
{
    JobRecord &record = entry.record();
    record.state = state;
    record.endedAt = now();
    record.notBefore = {};
    entry.result.reset();
    entry.isUrgent = false;
    save(entry, charge, Store::Sync::Normal, [this, id = record.id] { Q_EMIT finished(id); });
}

void JobQueue::cancel(qint64 id)
{
    Entry *const job = entry(id);
    if (!job || job->record().isEnded())
        return;
    if (job->active && !job->active->isLookUp) {
        // Keys and pictures that are being asked for are waited for by the engine, which stops at once.
        job->active->isStopped = true;
        job->active->stop.request_stop();
    } else if (job->record().state == JobState::Undecided) {
        decide(id, AmbiguousAnswer::GiveUp);
    } else if (job->isWaiting()) {
        endWaiting(*job, JobState::Cancelled, Charge::release());
    }
}

void JobQueue::cancelAll()
{
    for (const qint64 id : jobs()) {
        if (find(id)->record.state != JobState::Undecided)
            cancel(id);
    }
}

/// Back into the queue as if it were new; attempts and notes stay.
void JobQueue::requeue(Entry &entry)
{
    JobRecord &record = entry.record();
    record.state = JobState::Queued;
    record.tries = 0;
    record.error = {};
    record.costUsd.reset();  // of the send that was; the ledger keeps it
    record.endedAt = {};
    record.notBefore = {};
    record.remoteId.clear();
    entry.job.preview = {};
    entry.job.remoteState.clear();
    entry.job.step = entry.job.of = 0;
    entry.job.loadedBytes = entry.job.loadBytes = 0;
    entry.busyAnswers = entry.lookUps = 0;
    entry.lookUpAt = {};
}

void JobQueue::retry(qint64 id)
{
    Entry *const job = entry(id);
    if (!job || !job->isAgain())
        return;
    requeue(*job);
    save(*job);
    Q_EMIT orderChanged();
    pump();
}

void JobQueue::decide(qint64 id, AmbiguousAnswer answer)
{
    Entry *const job = entry(id);
    if (!job || job->record().state != JobState::Undecided)
        return;
    if (job->isStoring)
        return;
    if (job->result && answer != AmbiguousAnswer::GiveUp) {
        store(id);  // the picture is here: it only has to be stored
        return;
    }
    if (job->active) {
        if (answer == AmbiguousAnswer::LookUp)
            return;
        job->active->stop.request_stop();
        job->active.reset();
    }
    const Charge assumed = Charge::settle(job->record().estimateUsd, Charge::Basis::Assumed);
    switch (answer) {
    case AmbiguousAnswer::LookUp:
        job->lookUps = 0;
        lookUp(*job);
        return;
    case AmbiguousAnswer::SendAgain:
        job->record().notes.append(tr("Sent again although the first request may have been billed; its price is counted."));
        requeue(*job);
        save(*job, assumed);
        pump();
        return;
    case AmbiguousAnswer::GiveUp:
        job->record().costUsd = assumedCost(job->record());
        job->record().notes.append(tr("Given up although the request may have been billed; its price is counted."));
        endWaiting(*job, JobState::Cancelled, assumed);
        return;
    }
}

void JobQueue::startNow(qint64 id)
{
    Entry *const job = entry(id);
    if (!job || !(job->isWaiting() || job->isAgain()))
        return;
    for (auto &[other, item] : m_lists->entries) {
        if (other == id)
            continue;
        if (item.active && !item.active->isLookUp) {
            cancel(other);
        } else if (item.isWaiting() && item.record().state != JobState::Held) {
            item.record().state = JobState::Held;
            save(item);
        }
    }
    if (job->isAgain())
        requeue(*job);
    if (job->job.asks())
        job->record().error = {};
    job->record().state = JobState::Queued;
    job->record().notBefore = {};
    job->isUrgent = true;
    const QList<qint64> order = lane(job->record().lane);
    if (order.first() != id)
        move(id, order.first());
    save(*job);
    pump();
}

void JobQueue::clearEnded()
{
    QList<qint64> gone;
    for (const auto &[id, entry] : m_lists->entries) {
        if (entry.record().isEnded() && !entry.active && !entry.unsaved)
            gone.append(id);
    }
    m_store->forgetJobs(gone);
    for (const qint64 id : gone) {
        m_lists->entries.erase(id);
        Q_EMIT removed(id);
    }
}

/// Time left: by steps where they are known, else by the median of earlier renders.
void JobQueue::tick()
{
    if (runningCount() == 0)
        return m_tick.stop();
    for (auto &[id, entry] : m_lists->entries) {
        if (!entry.active || !entry.active->reachedEngine || entry.active->isLookUp)
            continue;
        const RenderPace &pace = entry.active->pace;
        const qint64 elapsed = entry.active->clock.elapsed();
        const qint64 median = m_medians.value(entry.active->model, -1);
        if ((pace.of > 0 && pace.step > 0) || pace.loadBytes > 0)
            entry.job.msLeft = pace.msLeft(elapsed);
        else
            entry.job.msLeft = median < 0 ? -1 : std::max<qint64>(0, median - (elapsed - pace.beganMs));
        Q_EMIT changed(id);
    }
}

int JobQueue::flightLimit(const QString &backend) const
{
    const auto gate = m_lists->gates.find(backend);
    return gate == m_lists->gates.end() ? 0 : gate->second.limit.current();
}

} // namespace Galley
