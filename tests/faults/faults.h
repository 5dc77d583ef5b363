#pragma once

#include "tests/faults/serviceprofile.h"

#include <optional>

namespace Galley {

/// Which request of a render goes wrong.
enum class Stage { Paid, Poll, Download };

/// One misbehaviour of a service and what has to come of it.
struct Fault
{
    QString name;
    Stage stage = Stage::Paid;
    /// Answers the request of the stage, instead of the service.
    std::function<void(const ReceivedRequest &request, const ScriptedConnection &connection)> misbehave = {};
    /// Instead: the service answers as always, but shows this as the picture; \a declared: under this media type.
    std::optional<QByteArray> picture = {};
    QByteArray declared = "image/png";
    std::optional<FailureClass> failure = FailureClass::Ambiguous;  ///< none: the picture arrives all the same
    QString phrase = {};             ///< a regular expression for the message, or for a note of a success
    qint64 waitMs = -2;              ///< of the error; -2: not looked at
    qint64 waitSlackMs = 0;
    int passing = 0;                 ///< the stage misbehaves this often, then answers rightly; 0: always
};

/// Everything that goes wrong with \a stage of \a profile. \a elsewhere: the address of another server, for redirects.
QList<Fault> faultsOf(const ServiceProfile &profile, Stage stage, const QByteArray &elsewhere);

/// A small picture that is in order.
QByteArray goodPicture();

} // namespace Galley
