#pragma once

#include "core/render/renderengine.h"
#include "core/render/renderrequest.h"
#include "core/store/jobrecord.h"

#include <QImage>
#include <QObject>

#include <memory>

namespace Galley {

class Store;

/// What a person does about a request that may already have been carried out.
enum class AmbiguousAnswer { SendAgain, LookUp, GiveUp };

/// A job with what is only known while it runs.
struct Job
{
    JobRecord record;
    int step = 0;
    int of = 0;            ///< 0: no progress is known
    qint64 loadedBytes = 0;  ///< of a model of this machine, while its weights are read
    qint64 loadBytes = 0;    ///< all of them; 0: none are read
    QString remoteState;   ///< a word of the service
    QImage preview;        ///< partial picture, or the finished one
    qint64 msLeft = -1;    ///< estimate from earlier renders of the model; -1: not known
    bool canLookUp = false;
    QString waitsFor;      ///< of a queued job: what has to come first (a key, the network), a sentence; empty: only its turn

    QString title() const; ///< "Spring market, row 3"
    /// Its rule wants a person's word before it goes on (RenderQueue::asks()): letting go of it says yes, cancelling it no.
    bool asks() const;
};

/// The queue of product.md: lanes, order, pause, retry; limits per backend; every change is on disk before it takes effect outside.
///
/// A job goes Queued → Sending (stored first, so that a crash after this point never sends it twice) → Running → Done. Failures follow their class:
/// NotSent and Busy come back by themselves (back-off with jitter, at most 3 tries, Retry-After up to 120 s; Busy uses up no try but lowers the number
/// in flight of its backend, which grows again with success); Ambiguous waits for a person when the backend is paid and repeats when it is free; all
/// others fail. At start, jobs found Sending or Running become Undecided when paid (looked up by themselves where the service can be asked), Queued
/// when free. GUI thread.
class RenderQueue : public QObject
{
    Q_OBJECT

public:
    ~RenderQueue() override = default;

    virtual QList<qint64> jobs() const = 0;            ///< in the order of lanes and positions; ended ones last, newest first
    virtual const Job *find(qint64 id) const = 0;
    virtual int runningCount() const = 0;
    virtual int waitingCount() const = 0;
    virtual bool isPaused() const = 0;

    virtual void setPaused(bool paused) = 0;           ///< starts nothing new; what runs goes on
    virtual void hold(qint64 id, bool held) = 0;
    /// Moves a waiting job before \a before (0: to the end of its lane), within its lane.
    virtual void move(qint64 id, qint64 before) = 0;
    virtual void setLane(qint64 id, Lane lane) = 0;
    /// An undecided job is given up: whoever names it has seen its question.
    virtual void cancel(qint64 id) = 0;
    /// Everything that waits or runs. Undecided jobs stay: their pictures may be there and paid for, and giving up several at a stroke would be the one
    /// step that cannot be taken back.
    virtual void cancelAll() = 0;
    /// A failed or cancelled job once more, as a new attempt. What the last one cost stays in the ledger and leaves the job.
    virtual void retry(qint64 id) = 0;
    virtual void decide(qint64 id, AmbiguousAnswer answer) = 0;
    /// "Drop everything and start this": cancels what runs and holds what waits, then starts \a id.
    virtual void startNow(qint64 id) = 0;
    /// Takes ended jobs off the list (their pictures stay in the library).
    virtual void clearEnded() = 0;

Q_SIGNALS:
    void added(qint64 id);
    void changed(qint64 id);
    void removed(qint64 id);
    void orderChanged();
    void pausedChanged(bool paused);
    void finished(qint64 id);   ///< Done, Failed or Cancelled
    void undecided(qint64 id);  ///< a person is asked
    void asks(qint64 id);       ///< its rule wants a person's word before it goes on: it is Held, and its error says why
    /// What the queue does cannot be stored (a sentence); it is tried again by itself. Empty: it is over.
    void trouble(const QString &sentence);
};

} // namespace Galley
