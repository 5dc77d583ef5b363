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
    JobRecord &record = entry.record();
    const Charge charge = verdict.mayHaveBeenBilled ? Charge::settle(record.estimateUsd, Charge::Basis::Price) : Charge::release();
    if (!detour->model.isEmpty()) {
        record.decision.tried.append(record.decision.model);
        record.decision.model = detour->model;
        record.decision.isCanary = false;
    }
    record.decision.reasons.append(detour->reason);
    record.decision.skipped += detour->skipped;
    requeue(entry);
    record.estimateUsd = detour->estimateUsd;
    record.priceKnown = detour->priceKnown;
    record.requestDigest.clear();
    entry.job.canLookUp = canLookUp(record);
    if (detour->ask) {
        record.state = JobState::Held;
        record.error = verdict.error;
        record.error.message += QLatin1Char(' ') + detour->reason;
    }
    save(entry, charge, Store::Sync::Full);
    if (detour->ask)
        Q_EMIT asks(record.id);
    return true;
}

} // namespace Galley
