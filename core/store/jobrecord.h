#pragma once

#include "core/base/json.h"
#include "core/render/renderrequest.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>

namespace Galley {

/// The three lanes of the queue, most urgent first.
enum class Lane { Interactive, Final, Batch };
QString laneName(Lane lane);  ///< "interactive", "final", "batch"

enum class JobState {
    Queued,     ///< waits for its turn
    Held,       ///< paused by a person
    Sending,    ///< written down *before* the first byte leaves: after a crash it may have been carried out
    Running,    ///< the service has accepted it
    Backoff,    ///< will be tried again by itself at notBefore
    Undecided,  ///< may have been carried out and billed: a person (or a look-up) decides
    Done,
    Failed,
    Cancelled
};
QString jobStateName(JobState state);  ///< "queued", "held", "sending", "running", "backoff", "undecided", "done", "failed", "cancelled"

/// One send of a job: what was asked of whom and what came of it.
struct JobAttempt
{
    QDateTime startedAt;
    QString model;
    QString backend;
    QString served;       ///< done: the model that the service says it used; empty when it did not say
    QString outcome;      ///< "done", "cancelled" or a failure class name
    QString message;
    int httpStatus = 0;
    int requestsSent = 0;
    double milliseconds = 0;

    bool operator==(const JobAttempt &) const = default;
};

/// A job as it is stored: enough to go on after a restart, or after a crash at any moment. A plain value.
struct JobRecord
{
    qint64 id = 0;        ///< 0: not stored yet
    Lane lane = Lane::Final;
    double position = 0;  ///< order inside the lane
    JobState state = JobState::Queued;
    RenderRequest request;
    RouteDecision decision;
    QString remoteId;     ///< what the service calls it, as soon as it has said so
    QString requestDigest;///< of the EngineRequest of the last attempt
    double estimateUsd = 0;
    qint64 reservation = 0;  ///< ledger row that holds the estimate; 0: none
    bool priceKnown = true;  ///< false: paid, but nobody has written down what it costs; the estimate is then 0
    std::optional<double> costUsd;  ///< of the last send; absent while it is not known. What earlier sends may have cost stands in the ledger
    QList<JobAttempt> attempts;
    int tries = 0;        ///< attempts that count (a busy answer does not)
    QDateTime notBefore;  ///< Backoff
    QDateTime createdAt;
    QDateTime endedAt;
    Error error;          ///< Failed, Undecided, Backoff
    QList<qint64> assets; ///< Done: rows of the asset table
    QStringList notes;
    qint64 shadowOf = 0;  ///< the job that this one is only compared with: its pictures are never shown as a result; 0: a job like any other

    bool isEnded() const { return state == JobState::Done || state == JobState::Failed || state == JobState::Cancelled; }
    bool operator==(const JobRecord &) const = default;
};

} // namespace Galley
