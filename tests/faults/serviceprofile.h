#pragma once

#include "core/engines/remote/remoteengine.h"
#include "tests/support/scriptedserver.h"

namespace Galley {

using Headers = QList<std::pair<QByteArray, QByteArray>>;

/// An answer before it is on the wire.
struct ScriptedAnswer
{
    Headers headers;
    QByteArray body;
};

/// One service as the fault matrix sees it: what is asked, what the right answers look like, and where the picture is in them.
struct ServiceProfile
{
    enum class Picture { Body, Base64, Link };

    QString name;
    BackendEntry backend;   ///< without its address
    EngineRequest request;
    QByteArray paidPath;    ///< of the one POST that may be billed
    Picture picture = Picture::Base64;
    /// The right answer to the paid request; \a picture as the bytes, in base64 or as a link.
    std::function<ScriptedAnswer(const QByteArray &picture, const QByteArray &serverUrl)> paid;
    /// The right answer to the question whether it is done; null for services that answer at once.
    std::function<ScriptedAnswer(const QByteArray &picture)> poll;
    FailureClass unknownModel = FailureClass::Rejected;  ///< what 404 means for the paid request
    bool mayFollow = true;  ///< whether polls follow redirects

    bool isJson() const { return picture != Picture::Body; }
};

/// Every kind of service, some of them in several ways. Kinds that are registered and not here fail a test.
QList<ServiceProfile> serviceProfiles();

} // namespace Galley
