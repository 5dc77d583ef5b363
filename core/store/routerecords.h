#pragma once

#include <QDateTime>
#include <QList>
#include <QMap>
#include <QString>

#include <optional>

namespace Galley {

/// One revision of the rules as the library keeps it; its text lies in routes-history/<digest>.yaml. Never changed.
struct RevisionRow
{
    qint64 number = 0;  ///< set by the store
    QString digest;     ///< SHA-256 of the text
    QDateTime at;
    QString author;
    QString note;
    QString origin;     ///< "file", "apply", "rollback to 3", or an address
    qint64 putBack = 0; ///< the revision whose text this is again; 0: new

    bool operator==(const RevisionRow &) const = default;
};

/// Where one canary stands, as stored: one for each rule.
struct CanaryRow
{
    QString rule;
    QString candidate;
    QString phase;
    int step = 0;
    QString state;          ///< JSON: everything else
    qint64 sinceJob = -1;   ///< jobs after this one are the canary's; -1: the newest there is when the row is stored
    qint64 serial = 0;      ///< the newest wins; set by the store

    bool operator==(const CanaryRow &) const = default;
};

/// One thing that happened to a canary: only ever added.
struct CanaryEventRow
{
    qint64 id = 0;
    QDateTime at;
    QString rule;
    QString candidate;
    QString phase;
    int step = 0;
    QString author;       ///< a person, or "galley"
    qint64 revision = 0;  ///< of the rules at that time
    QString sentence;
    QString report;       ///< JSON: the numbers; empty: none

    bool operator==(const CanaryEventRow &) const = default;
};

/// One send, with what its job's pictures came to.
struct AttemptRow
{
    QDateTime at;
    qint64 job = 0;
    QString model;
    QString outcome;      ///< "done", "cancelled" or a failure class name
    double milliseconds = 0;
    bool isShadow = false;
    bool isFirstChoice = true;        ///< its job was first sent to this model
    bool madeElsewhere = false;       ///< another model carried the same job out afterwards
    std::optional<double> costUsd;    ///< settled; of the job, on the attempt that went well
    std::optional<double> quality;    ///< mean of its pictures' scores, 0–1
    int chosen = 0;                   ///< picks of people for its pictures …
    int leftOut = 0;                  ///< … and against them

    bool operator==(const AttemptRow &) const = default;
};

/// The asset mark of pictures whose model was rolled back.
inline QString withdrawnMark()
{
    return QStringLiteral("withdrawn");
}

} // namespace Galley
