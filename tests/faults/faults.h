#pragma once

#include "core/store/jobrecord.h"
#include "tests/faults/serviceprofile.h"
#include "tests/support/fakecomfyui.h"

#include <optional>

namespace Galley {

/// One misbehaviour of a service and what has to come of it.
struct Fault
{
    using Misbehave = std::function<void(const ReceivedRequest &request, const ScriptedConnection &connection)>;

    QString name;
    Stage stage = Stage::Paid;
    /// Answers the request of the stage, instead of the service.
    Misbehave misbehave = {};
    /// Instead: the service answers as always, but shows this as the picture; \a declared: under this media type.
    std::optional<QByteArray> picture = {};
    std::optional<QByteArray> firstPicture = {};  ///< another one as the first of several
    QByteArray declared = "image/png";
    std::optional<int> pictures = {};  ///< how many of them; absent: one
    int wanted = 1;                    ///< how many are asked for
    int kept = 0;                      ///< how many arrive in the library; 0: all
    std::optional<ScriptedAnswer> answer = {};  ///< instead of the right answer of the stage, with status 200
    bool saysCost = false;             ///< the right answer of the last stage says what it cost
    std::optional<FakeComfyUI::Behaviour> behaviour = {};

    bool hasStart = false;   ///< a picture of some megabytes goes along
    bool atHeaders = false;  ///< misbehaves before the body of the request has come; without \c misbehave the server stops reading
    bool isSlow = false;     ///< a deadline ends it: the case gets short ones
    bool cancels = false;    ///< the job is cancelled when the stage is reached
    bool mayLookUp = false;  ///< the service may be asked what became of the job
    int passing = 0;         ///< the stage misbehaves this often, then answers rightly; 0: always

    std::optional<FailureClass> failure = FailureClass::Ambiguous;  ///< none: the picture arrives all the same, or the job is cancelled
    QString phrase = {};             ///< a regular expression for the message, or for a note of a success
    qint64 waitMs = -2;              ///< of the error; -2: not looked at
    qint64 waitSlackMs = 0;
    int paid = 1;                    ///< requests that may cost money
    int asked = 0;                   ///< requests of the stage, where it is not the paid one; 0: not looked at
    QString billed = {};             ///< what the ledger says at last; empty: what follows from the failure

    /// What becomes of the job at a backend that is paid or free.
    JobState state(bool isFree) const;
    /// The ledger when the job has come to rest, and when a person has given up what rests undecided.
    QString ledgerAtRest(bool isFree) const;
    QString ledgerAtLast(bool isFree) const;
};

/// Everything that goes wrong with \a stage of \a profile. \a elsewhere: the address of another server, for redirects.
QList<Fault> faultsOf(const ServiceProfile &profile, Stage stage, const QByteArray &elsewhere);

/// A small picture that is in order.
QByteArray goodPicture();

} // namespace Galley
