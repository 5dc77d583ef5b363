#include "core/service/jobqueue.h"

#include "core/base/async.h"
#include "core/service/jobqueueprivate.h"
#include "core/service/provenance.h"
#include "core/service/retrypolicy.h"

#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace Galley {

namespace {

constexpr int mostPassedOver = 8;      ///< starts in a row that a lane waits for others
constexpr int mostLookUps = 3;         ///< by themselves
constexpr qint64 lookUpWaitMs = 5000;  ///< times two for each
constexpr int localInFlight = 1;       ///< the worker renders one picture after another
constexpr int previewSide = 512;       ///< of finished pictures that are kept for the list
constexpr int mostUnpacking = 10;     ///< answers of one service that are read after they gave their place back
constexpr int laneCount = 3;

bool isLocal(const BackendEntry &backend)
{
    return backend.kind == QLatin1String("local");
}

/// A number that is known is the model's; one that is found out is the account's.
QString gateKey(const ModelEntry &model, const BackendEntry &backend)
{
    return model.maxInFlight > 0 ? backend.id + QLatin1Char('/') + model.id : backend.id;
}

/// What is stored of a render, made off the GUI thread.
struct Prepared
{
    QList<NewAsset> assets;
    QImage preview;
};

Prepared prepare(const JobRecord &job, const EngineRequest &request, const RenderResult &result, const QDateTime &now)
{
    Prepared prepared{newAssets(job, request, result, now), result.image};
    if (!prepared.assets.isEmpty() && prepared.preview.isNull() && !result.pictures.isEmpty())
        prepared.preview = result.pictures.first().image;
    if (std::max(prepared.preview.width(), prepared.preview.height()) > previewSide)
        prepared.preview = prepared.preview.scaled(previewSide, previewSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return prepared;
}

/// Whether a look-up that failed tells what became of the job. A word of the service in an answer that is none of HTTP's failures does ("failed");
/// that the question itself was turned away (a wrong key, an unknown job) says nothing about it.
bool isAboutTheJob(const Error &error)
{
    if (error.failure == FailureClass::Refused || error.failure == FailureClass::Retired)
        return true;
    return error.failure == FailureClass::Rejected && error.httpStatus == 0 && error.code != ErrorCode::Unavailable && !error.serviceCode.isEmpty();
}

} // namespace

std::optional<BackendEntry> JobQueue::backendOf(const JobRecord &record) const
{
    const auto model = m_world.model(record.decision.model);
    return model ? m_world.backend(model->backend) : std::nullopt;
}

/// A backend that nobody knows any more may well have charged.
bool JobQueue::isPaid(const JobRecord &record) const
{
    const auto backend = backendOf(record);
    return !backend || !(backend->free || isLocal(*backend));
}

bool JobQueue::canLookUp(const JobRecord &record) const
{
    const auto backend = backendOf(record);
    return backend && !record.remoteId.isEmpty() && m_world.canLookUp && m_world.canLookUp(*backend);
}

Budget JobQueue::budgetFor(const JobRecord &record) const
{
    const QString project = record.request.source.project;
    const QString rule = record.decision.rule;
    return {project, now().toLocalTime().date(), m_world.budgetPerDay ? m_world.budgetPerDay(project) : 0,
            rule, m_world.ruleBudgetPerDay ? m_world.ruleBudgetPerDay(rule) : 0};
}

/// What a send is taken to have cost when nobody says: absent where there is no price.
std::optional<double> JobQueue::assumedCost(const JobRecord &record)
{
    return record.priceKnown ? std::optional(record.estimateUsd) : std::nullopt;
}

/// Null while the model or its backend is not known: such a job fails when its turn comes.
JobQueue::Gate *JobQueue::gateOf(const JobRecord &record)
{
    const auto model = m_world.model(record.decision.model);
    const auto backend = model ? m_world.backend(model->backend) : std::nullopt;
    if (!backend)
        return nullptr;
    const int known = model->maxInFlight > 0 ? model->maxInFlight : isLocal(*backend) ? localInFlight : 0;
    const auto [place, isNew] = m_lists->gates.try_emplace(gateKey(*model, *backend));
    Gate &gate = place->second;
    if (isNew || gate.known != known) {
        gate.limit = FlightLimit(known);
        gate.known = known;
    }
    return &gate;
}

bool JobQueue::isDue(const Entry &entry, const QDateTime &now) const
{
    const JobRecord &record = entry.record();
    const bool isQueued = record.state == JobState::Queued || (record.state == JobState::Backoff && record.notBefore <= now);
    return isQueued && !entry.active && !entry.unsaved && (!m_paused || entry.isUrgent);
}

bool JobQueue::canStart(const Entry &entry, const QDateTime &now, QHash<QString, QString> *obstacles)
{
    if (!isDue(entry, now))
        return false;
    const Gate *const gate = gateOf(entry.record());
    if (gate && (gate->inFlight >= gate->limit.current() || (gate->closedUntil.isValid() && gate->closedUntil > now)))
        return false;
    return obstacleOf(entry.record(), obstacles).isEmpty();
}

/// What stands in the way of \a record's model; \a obstacles: what has been asked in this turn.
QString JobQueue::obstacleOf(const JobRecord &record, QHash<QString, QString> *obstacles) const
{
    if (!m_world.obstacle)
        return {};
    auto known = obstacles->find(record.decision.model);
    if (known == obstacles->end())
        known = obstacles->insert(record.decision.model, m_world.obstacle(record));
    return *known;
}

/// Tells people what each job waits for; a job that has only to wait for its turn says nothing.
void JobQueue::noteObstacles()
{
    const QDateTime moment = now();
    QHash<QString, QString> obstacles;
    QList<qint64> news;
    for (auto &[id, entry] : m_lists->entries) {
        const QString obstacle = isDue(entry, moment) ? obstacleOf(entry.record(), &obstacles) : QString();
        if (std::exchange(entry.job.waitsFor, obstacle) != obstacle)
            news.append(id);
    }
    for (const qint64 id : news)
        Q_EMIT changed(id);
}

/// The job whose turn it is; 0: none can start.
qint64 JobQueue::next()
{
    const QDateTime moment = now();
    QHash<QString, QString> obstacles;
    std::array<Entry *, laneCount> first{};
    for (auto &[id, entry] : m_lists->entries) {
        Entry *&best = first[std::size_t(entry.record().lane)];
        const bool isBefore = !best || entry.isUrgent > best->isUrgent
                              || (entry.isUrgent == best->isUrgent && entry.record().position < best->record().position);
        if (isBefore && canStart(entry, moment, &obstacles))
            best = &entry;
    }
    std::size_t chosen = 0;
    while (chosen < laneCount && !first[chosen])
        ++chosen;
    if (chosen == laneCount)
        return 0;
    for (std::size_t lane = chosen + 1; lane < laneCount; ++lane) {
        if (first[lane] && (m_passedOver[lane] >= mostPassedOver || first[lane]->isUrgent)) {
            chosen = lane;
            break;
        }
    }
    for (std::size_t lane = 0; lane < laneCount; ++lane)
        m_passedOver[lane] = lane == chosen || !first[lane] ? 0 : m_passedOver[lane] + int(lane > chosen);
    return first[chosen]->record().id;
}

void JobQueue::pump()
{
    if (!m_ready)
        return;
    const QDateTime moment = now();
    for (auto &[id, entry] : m_lists->entries) {
        if (entry.lookUpAt.isValid() && entry.lookUpAt <= moment && !entry.active && entry.record().state == JobState::Undecided) {
            entry.lookUpAt = {};
            if (canLookUp(entry.record()))
                lookUp(entry);
        }
    }
    takeDetoursAhead();
    while (const qint64 id = next())
        begin(*entry(id));
    noteObstacles();
    armTimer();
    if (runningCount() > 0)
        m_tick.start();
}

/// Wakes the queue at the next moment at which something may start by itself.
void JobQueue::armTimer()
{
    QDateTime soonest;
    const auto consider = [&](const QDateTime &time) {
        if (time.isValid() && (!soonest.isValid() || time < soonest))
            soonest = time;
    };
    const QDateTime moment = now();
    for (const auto &[id, entry] : m_lists->entries) {
        if (entry.record().state == JobState::Backoff && entry.record().notBefore > moment)
            consider(entry.record().notBefore);
        consider(entry.lookUpAt);
    }
    for (const auto &[key, gate] : m_lists->gates) {
        if (gate.closedUntil > moment)
            consider(gate.closedUntil);
    }
    if (soonest.isValid())
        m_wake.start(int(std::clamp<qint64>(moment.msecsTo(soonest) + 1, 1, longestRetryAfterMs)));
    else
        m_wake.stop();
}

/// First step of a send: the place at the service is taken, and what goes along is fetched.
void JobQueue::begin(Entry &entry)
{
    JobRecord &record = entry.record();
    entry.active = std::make_unique<Active>();
    Active &active = *entry.active;
    active.serial = ++m_serial;
    active.model = record.decision.model;
    active.startedAt = now();
    active.clock.start();
    if (const auto backend = backendOf(record)) {
        active.backend = backend->id;
        active.gate = gateKey(*m_world.model(record.decision.model), *backend);
        ++m_lists->gates[active.gate].inFlight;
        active.hasPlace = true;
    }
    record.state = JobState::Sending;
    record.notBefore = {};
    entry.job.step = entry.job.of = 0;
    entry.job.remoteState.clear();
    entry.job.preview = {};
    learnMedian(active.model);
    if (!entry.hasPictures)
        return send(entry, {});
    onFinished(m_store->references(record.id), this, [this, id = record.id, serial = active.serial](const QFuture<Result<QList<ReferencePicture>>> &future) {
        Entry *const job = this->entry(id);
        if (!job || !job->active || job->active->serial != serial)
            return;
        if (const auto references = future.result())
            send(*job, *references);
        else
            stoppedBeforeSending(*job, references.error());
    });
}

/// Second step: the request is made, the money reserved and the job written down as being sent.
void JobQueue::send(Entry &entry, const QList<ReferencePicture> &references)
{
    JobRecord &record = entry.record();
    Active &active = *entry.active;
    if (active.isStopped)
        return stoppedBeforeSending(entry, {ErrorCode::Cancelled, tr("Cancelled before anything was sent.")});
    if (active.backend.isEmpty() || !m_world.engineFor(active.backend)) {
        return stoppedBeforeSending(entry, {ErrorCode::NotFound, tr("The model %1 or its backend is not in models.yaml any more. Put it back or choose another model.")
                                                                     .arg(record.decision.model)});
    }
    const auto request = m_world.makeRequest(record, references);
    if (!request)
        return stoppedBeforeSending(entry, request.error());
    active.request = *request;
    record.requestDigest = request->digest();
    if (!m_world.cached)
        return reserve(entry);
    onFinished(m_world.cached(record, *request), this, [this, id = record.id, serial = active.serial](const QFuture<CacheLook> &future) {
        Entry *const job = this->entry(id);
        if (!job || !job->active || job->active->serial != serial)
            return;
        const CacheLook known = future.result();
        job->active->look = {nullptr, known.moment, known.address};
        if (known.result && !job->record().request.anew && !job->active->isStopped)
            takeFromCache(*job, known.result);
        else
            reserve(*job);
    });
}

/// Nothing is sent, so that nothing is reserved, counted as an attempt or learned about the model.
void JobQueue::takeFromCache(Entry &entry, const std::shared_ptr<RenderResult> &result)
{
    JobRecord &record = entry.record();
    leavePlace(*entry.active);
    record.costUsd = 0;
    record.error = {};
    record.notes += result->notes;
    entry.request = entry.active->request;
    entry.result = result;
    entry.busyAnswers = 0;
    entry.active.reset();
    store(record.id);
    pump();
}

void JobQueue::reserve(Entry &entry)
{
    const JobRecord &record = entry.record();
    if (entry.active->isStopped)
        return stoppedBeforeSending(entry, {ErrorCode::Cancelled, tr("Cancelled before anything was sent.")});
    onFinished(m_store->beginSending(record, budgetFor(record)), this, [this, id = record.id, serial = entry.active->serial](const QFuture<Result<JobRecord>> &future) {
        Entry *const job = this->entry(id);
        if (!job || !job->active || job->active->serial != serial)
            return;
        const auto begun = future.result();
        if (job->unsaved && !job->active->isStopped)
            return backToTheQueue(*job);
        if (!begun)
            return stoppedBeforeSending(*job, begun.error());
        job->record().reservation = begun->reservation;
        if (job->active->isStopped)
            return stoppedBeforeSending(*job, {ErrorCode::Cancelled, tr("Cancelled before anything was sent.")});
        Q_EMIT changed(id);
        render(*job);
    });
}

/// Third step: from here on the service may have it.
void JobQueue::render(Entry &entry)
{
    Active &active = *entry.active;
    active.reachedEngine = true;
    active.clock.restart();
    active.startedAt = now();
    entry.job.step = entry.job.of = 0;
    entry.job.loadedBytes = entry.job.loadBytes = 0;
    m_tick.start();
    if (m_world.began)
        m_world.began(entry.record());
    watch(entry, m_world.engineFor(active.backend)->render(active.request, observerFor(active.serial), active.stop.get_token()));
}

void JobQueue::watch(Entry &entry, const QFuture<Result<RenderResult>> &future)
{
    onFinished(future, this, [this, id = entry.record().id, serial = entry.active->serial](const QFuture<Result<RenderResult>> &finishedFuture) {
        // An engine that dies breaks its promise; whether it had sent anything is not known.
        if (finishedFuture.resultCount() == 0)
            return ended(id, serial, fail({ErrorCode::ServiceFailed, tr("The engine stopped while it was rendering."), {}, FailureClass::Ambiguous}));
        ended(id, serial, finishedFuture.result());
    });
}

RenderObserver JobQueue::observerFor(quint64 serial)
{
    RenderObserver observer;
    observer.progress = [mailbox = m_mailbox, serial](int step, int of) {
        mailbox->post(serial, [&](Mailbox::News &news) { news.step = step, news.of = of; });
    };
    observer.loading = [mailbox = m_mailbox, serial](qint64 bytes, qint64 of) {
        mailbox->post(serial, [&](Mailbox::News &news) { news.loadedBytes = bytes, news.loadBytes = of; });
    };
    observer.again = [mailbox = m_mailbox, serial] {
        mailbox->post(serial, [](Mailbox::News &news) {
            news.isAgain = true;
            news.step = news.of = 0;
            news.loadedBytes = news.loadBytes = 0;
        });
    };
    observer.preview = [mailbox = m_mailbox, serial](int, const QImage &preview) {
        mailbox->post(serial, [&](Mailbox::News &news) { news.preview = preview; });
    };
    observer.accepted = [mailbox = m_mailbox, serial](const QString &remoteId) {
        mailbox->post(serial, [&](Mailbox::News &news) { news.remoteId = remoteId; });
    };
    observer.state = [mailbox = m_mailbox, serial](const QString &state) {
        mailbox->post(serial, [&](Mailbox::News &news) { news.state = state; });
    };
    observer.answered = [mailbox = m_mailbox, serial] {
        mailbox->post(serial, [](Mailbox::News &news) { news.isAnswered = true; });
    };
    return observer;
}

void JobQueue::takeNews()
{
    std::map<quint64, Mailbox::News> all;
    {
        const std::lock_guard lock(m_mailbox->mutex);
        all.swap(m_mailbox->news);
        m_mailbox->isPosted = false;
    }
    bool hasRoom = false;
    for (auto &[id, entry] : m_lists->entries) {
        const auto found = entry.active ? all.find(entry.active->serial) : all.end();
        if (found == all.end())
            continue;
        const Mailbox::News &news = found->second;
        if (news.isAnswered)
            hasRoom = leaveEarly(*entry.active) || hasRoom;
        Job &job = entry.job;
        RenderPace &pace = entry.active->pace;
        if (news.moves(pace, entry.active->clock.elapsed())) {
            job.step = pace.step, job.of = pace.of;
            job.loadedBytes = pace.loadedBytes, job.loadBytes = pace.loadBytes;
            job.msLeft = news.isAgain ? -1 : job.msLeft;
        }
        if (!news.preview.isNull())
            job.preview = news.preview;
        if (!news.state.isEmpty())
            job.remoteState = news.state;
        if (job.record.state == JobState::Sending)
            job.record.state = JobState::Running;
        if (news.remoteId.isEmpty() || news.remoteId == job.record.remoteId) {
            Q_EMIT changed(id);
            continue;
        }
        job.record.remoteId = news.remoteId;
        job.canLookUp = canLookUp(job.record);
        save(entry, Charge::keep(), Store::Sync::Full);
    }
    if (hasRoom)
        pump();
}

void JobQueue::leavePlace(Active &active)
{
    const auto gate = m_lists->gates.find(active.gate);
    if (std::exchange(active.hasPlace, false) && gate != m_lists->gates.end())
        --gate->second.inFlight;
}

/// The service could take the next request while this machine reads the answer. Not without end: answers lie in memory until they are read.
bool JobQueue::leaveEarly(Active &active)
{
    const auto gate = m_lists->gates.find(active.gate);
    if (!active.hasPlace || gate == m_lists->gates.end() || gate->second.unpacking >= mostUnpacking)
        return false;
    ++gate->second.unpacking;
    leavePlace(active);
    return true;
}

void JobQueue::recordAttempt(Entry &entry, const QString &outcome, const Error &error, const RenderResult *result)
{
    const Active &active = *entry.active;
    JobAttempt attempt;
    attempt.startedAt = active.startedAt;
    attempt.model = active.model;
    attempt.backend = active.backend;
    attempt.outcome = outcome;
    attempt.message = error.message;
    attempt.httpStatus = error.httpStatus;
    attempt.requestsSent = error.httpStatus > 0 || error.failure == FailureClass::Ambiguous ? 1 : 0;
    // How long a look-up takes says nothing about rendering.
    attempt.milliseconds = active.isLookUp ? 0 : double(active.clock.nsecsElapsed()) / 1e6;
    if (result) {
        attempt.served = result->model;
        attempt.httpStatus = result->httpStatus;
        attempt.requestsSent = result->requestsSent;
    }
    entry.record().attempts.append(attempt);
}

void JobQueue::ended(qint64 id, quint64 serial, Result<RenderResult> result)
{
    takeNews();
    Entry *const job = entry(id);
    if (!job || !job->active || job->active->serial != serial)
        return;
    if (const auto gate = m_lists->gates.find(job->active->gate); gate != m_lists->gates.end() && !job->active->isLookUp) {
        gate->second.unpacking -= job->active->hasPlace ? 0 : 1;
        leavePlace(*job->active);
        if (result)
            gate->second.limit.succeeded();
        else if (result.error().failure == FailureClass::Busy)
            gate->second.limit.wasBusy(gate->second.inFlight);
    }
    // A picture that came although the job had been cancelled is paid for: it is kept.
    if (result)
        succeeded(*job, std::move(*result));
    else if (job->active->isLookUp)
        lookUpFailed(*job, result.error());
    else
        failed(*job, result.error());
    pump();
}

void JobQueue::succeeded(Entry &entry, RenderResult result)
{
    JobRecord &record = entry.record();
    recordAttempt(entry, QStringLiteral("done"), {}, &result);
    tellEnded(entry, nullptr);
    record.costUsd = result.costUsd ? result.costUsd : isPaid(record) ? assumedCost(record) : 0;
    record.error = {};
    if (!result.remoteId.isEmpty())
        record.remoteId = result.remoteId;
    record.notes += result.notes;
    entry.request = entry.active->request;
    entry.result = std::make_shared<RenderResult>(std::move(result));
    if (m_world.rendered && !entry.active->isLookUp)  // of what was looked up nobody knows what has been taken back since it was sent
        m_world.rendered(entry.request, entry.result, entry.active->look);
    entry.busyAnswers = 0;
    entry.active.reset();
    store(record.id);
}

/// Brings the picture into the library. When that fails the picture stays here, and the job waits for somebody who makes room.
void JobQueue::store(qint64 id)
{
    Entry &job = *entry(id);
    job.isStoring = true;
    job.record().endedAt = now();
    const auto result = job.result;
    const JobRecord record = job.record();
    const Charge charge = Charge::settle(record.costUsd.value_or(0), result->costUsd ? Charge::Basis::Service : Charge::Basis::Price);
    const auto prepared = runOn(QThreadPool::globalInstance(), [record, request = job.request, result, moment = now()] {
        return prepare(record, request, *result, moment);
    });
    onFinished(prepared, this, [this, id, record, charge](const QFuture<Prepared> &future) {
        const Prepared pictures = future.result();
        onFinished(m_store->acceptJob(record, pictures.assets, charge), this, [this, id, preview = pictures.preview](const QFuture<Result<JobRecord>> &accepted) {
            Entry *const stored = entry(id);
            if (!stored)
                return;
            stored->isStoring = false;
            const auto outcome = accepted.result();
            if (!outcome) {
                stored->record().state = JobState::Undecided;
                stored->record().error = outcome.error();
                stored->record().error.message = tr("The picture is here but cannot be stored. %1 Then look it up: it is not sent again.").arg(outcome.error().message);
                stored->job.canLookUp = true;
                Q_EMIT changed(id);
                Q_EMIT undecided(id);
                return;
            }
            stored->result.reset();
            nowStored(*stored);
            stored->record().state = outcome->state;
            stored->record().assets = outcome->assets;
            stored->record().reservation = outcome->reservation;
            stored->record().endedAt = outcome->endedAt;
            stored->job.preview = stored->record().shadowOf == 0 ? preview : QImage();  // never shown as a result
            stored->job.msLeft = -1;
            stored->isUrgent = false;
            if (!stored->record().attempts.isEmpty())
                m_medians.remove(stored->record().attempts.last().model);
            Q_EMIT changed(id);
            Q_EMIT finished(id);
        });
    });
}

void JobQueue::failed(Entry &entry, const Error &error)
{
    const JobRecord &record = entry.record();
    FailureContext context;
    context.isPaid = isPaid(record);
    context.tries = record.tries;
    context.busyAnswers = entry.busyAnswers;
    context.random = random();
    context.wasSent = entry.active->reachedEngine;
    const Verdict verdict = judge(error, context);
    const QString word = failureClassName(verdict.error.failure);
    recordAttempt(entry, error.code == ErrorCode::Cancelled ? QStringLiteral("cancelled") : word.isEmpty() ? errorCodeName(error.code) : word, error, nullptr);
    tellEnded(entry, &error);
    entry.busyAnswers = error.failure == FailureClass::Busy ? entry.busyAnswers + 1 : 0;
    if (const auto gate = m_lists->gates.find(entry.active->gate); gate != m_lists->gates.end() && error.failure == FailureClass::Busy && gate->second.inFlight == 0)
        gate->second.closedUntil = now().addMSecs(std::min(verdict.waitMs, longestRetryAfterMs));
    entry.active.reset();
    applyVerdict(entry, verdict);
}

/// What came before the send is not on disk: it is written first.
void JobQueue::backToTheQueue(Entry &entry)
{
    leavePlace(*entry.active);
    entry.active.reset();
    entry.record().state = JobState::Queued;
    Q_EMIT changed(entry.record().id);
}

/// Nothing had reached the engine: no attempt, no money.
void JobQueue::stoppedBeforeSending(Entry &entry, const Error &error)
{
    leavePlace(*entry.active);
    entry.active.reset();
    Verdict verdict;
    verdict.state = error.code == ErrorCode::Cancelled ? JobState::Cancelled : JobState::Failed;
    verdict.error = error;
    verdict.countsAsTry = false;
    applyVerdict(entry, verdict);
    QMetaObject::invokeMethod(this, [this] { pump(); }, Qt::QueuedConnection);
}

void JobQueue::applyVerdict(Entry &entry, const Verdict &verdict)
{
    if (takeDetour(entry, verdict))
        return;
    JobRecord &record = entry.record();
    record.tries += verdict.countsAsTry ? 1 : 0;
    record.error = verdict.state == JobState::Cancelled ? Error() : verdict.error;
    entry.job.msLeft = -1;
    record.state = verdict.state;
    switch (verdict.state) {
    case JobState::Backoff:
        record.notBefore = now().addMSecs(verdict.waitMs);
        save(entry);
        return;
    case JobState::Undecided:
        save(entry, Charge::keep(), Store::Sync::Full);
        askAbout(entry);
        return;
    default:
        break;
    }
    if (verdict.mayHaveBeenBilled && verdict.state == JobState::Cancelled)
        record.notes.append(tr("Cancelled after it had been sent; it may have been billed, so that its price is counted."));
    const auto basis = verdict.error.billed ? Charge::Basis::Price : Charge::Basis::Assumed;
    if (verdict.mayHaveBeenBilled)
        record.costUsd = assumedCost(record);
    endWaiting(entry, verdict.state, verdict.mayHaveBeenBilled ? Charge::settle(record.estimateUsd, basis) : Charge::release());
}

/// Asks the service what became of the request; it is not repeated.
void JobQueue::lookUp(Entry &entry)
{
    JobRecord &record = entry.record();
    const auto backend = backendOf(record);
    if (!backend || !m_world.engineFor(backend->id) || record.remoteId.isEmpty()) {
        record.error.message = tr("%1 cannot be asked what became of it: it gave the request no name. Send it again or give it up.").arg(record.decision.model);
        Q_EMIT changed(record.id);
        return;
    }
    entry.active = std::make_unique<Active>();
    entry.active->serial = ++m_serial;
    entry.active->isLookUp = true;
    entry.active->reachedEngine = true;
    entry.active->backend = backend->id;
    entry.active->model = record.decision.model;
    entry.active->startedAt = now();
    entry.active->clock.start();
    onFinished(m_store->references(record.id), this, [this, id = record.id, serial = entry.active->serial](const QFuture<Result<QList<ReferencePicture>>> &future) {
        Entry *const job = this->entry(id);
        if (!job || !job->active || job->active->serial != serial)
            return;
        const auto request = m_world.makeRequest(job->record(), future.result().value_or(QList<ReferencePicture>()));
        if (!request)
            return ended(id, serial, fail(request.error()));
        job->active->request = *request;
        RenderEngine *const engine = m_world.engineFor(job->active->backend);
        if (!engine)
            return ended(id, serial, fail(ErrorCode::Unavailable, tr("\"%1\" is no longer in models.yaml.").arg(job->active->backend)));
        watch(*job, engine->lookUp(*request, job->record().remoteId, observerFor(serial), job->active->stop.get_token()));
    });
    Q_EMIT changed(record.id);
}

/// Only what the service says about the request itself decides; not being reached decides nothing.
void JobQueue::lookUpFailed(Entry &entry, const Error &error)
{
    JobRecord &record = entry.record();
    entry.active.reset();
    if (isAboutTheJob(error)) {
        Verdict verdict;
        verdict.error = error;
        verdict.countsAsTry = false;
        verdict.mayHaveBeenBilled = error.billed;
        applyVerdict(entry, verdict);
        return;
    }
    const bool mayComeLater = error.failure == FailureClass::NotSent || error.failure == FailureClass::Busy || error.failure == FailureClass::Ambiguous;
    if (mayComeLater && error.code != ErrorCode::Unsupported && ++entry.lookUps < mostLookUps)
        entry.lookUpAt = now().addMSecs(std::max(lookUpWaitMs << entry.lookUps, std::min(error.retryAfterMs, longestRetryAfterMs)));
    record.error.message = tr("It may have been carried out and billed. Looking it up failed: %1").arg(error.message);
    record.error.detail = error.detail;
    save(entry);
    if (!entry.lookUpAt.isValid())
        Q_EMIT undecided(record.id);
}

void JobQueue::learnMedian(const QString &model)
{
    if (m_medians.contains(model))
        return;
    m_medians.insert(model, -1);
    onFinished(m_store->medianMilliseconds(model), this, [this, model](const QFuture<Result<qint64>> &future) {
        m_medians.insert(model, future.result().value_or(-1));
    });
}

} // namespace Galley
