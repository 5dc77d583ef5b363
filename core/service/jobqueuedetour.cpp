#include "core/service/jobqueue.h"

#include "core/service/jobqueueprivate.h"
#include "core/service/retrypolicy.h"

namespace Galley {

/// A look-up says nothing about how long the model takes or whether it may be asked.
void JobQueue::tellEnded(const Entry &entry, const Error *error) const
{
    if (!m_world.ended || entry.active->isLookUp || !entry.active->reachedEngine)
        return;
    const auto gate = m_lists->gates.find(entry.active->gate);
    m_world.ended(entry.record(), entry.record().attempts.last(), error, gate == m_lists->gates.end() || gate->second.inFlight == 0);
}

/// The job goes on with another model, instead of what \a verdict would have made of it. False: it does not.
bool JobQueue::takeDetour(Entry &entry, const Verdict &verdict)
{
    // Undecided: it may have been carried out, and a second model would be a second bill.
    if (!m_world.detour || (verdict.state != JobState::Backoff && verdict.state != JobState::Failed))
        return false;
    const auto detour = m_world.detour(entry.record(), verdict.error);
    if (!detour || (detour->ask && !m_options.adopt))
        return false;
    const Charge charge = verdict.mayHaveBeenBilled ? Charge::settle(entry.record().estimateUsd, Charge::Basis::Price) : Charge::release();
    follow(entry, *detour, verdict.error, charge);
    return true;
}

/// Jobs that wait for what cannot be asked now, each to the fallback that its decision names for it. A fallback that only asks says nothing here: the
/// job would wait for the same model again.
void JobQueue::takeDetoursAhead()
{
    if (!m_world.detourAhead)
        return;
    const QDateTime moment = now();
    QList<qint64> waiting;
    for (const auto &[id, entry] : m_lists->entries) {
        if (isDue(entry, moment) && !entry.record().decision.fallbacks.isEmpty())
            waiting.append(id);
    }
    for (const qint64 id : std::as_const(waiting)) {
        Entry *const job = entry(id);
        const auto detour = job ? m_world.detourAhead(job->record()) : std::nullopt;
        if (detour && !detour->model.isEmpty() && (!detour->ask || m_options.adopt))
            follow(*job, *detour, {}, Charge::release());
    }
}

void JobQueue::follow(Entry &entry, const Detour &detour, const Error &error, const Charge &charge)
{
    JobRecord &record = entry.record();
    if (!detour.model.isEmpty()) {
        record.decision.tried.append(record.decision.model);
        record.decision.model = detour.model;
        record.decision.isCanary = false;
    }
    record.decision.reasons.append(detour.reason);
    record.decision.skipped += detour.skipped;
    requeue(entry);
    record.estimateUsd = detour.estimateUsd;
    record.priceKnown = detour.priceKnown;
    record.requestDigest.clear();
    entry.job.canLookUp = canLookUp(record);
    if (detour.ask) {
        record.state = JobState::Held;
        record.error = error;
        record.error.message += error.message.isEmpty() ? detour.reason : QLatin1Char(' ') + detour.reason;
    }
    save(entry, charge, Store::Sync::Full);
    if (detour.ask)
        Q_EMIT asks(record.id);
}

} // namespace Galley
