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

/// Which request of a render goes wrong.
enum class Stage { Socket, Upload, Paid, Poll, Download };

/// One service as the fault matrix sees it: what is asked, what the right answers look like, and where the picture is in them.
struct ServiceProfile
{
    enum class Picture { Body, Base64, Link };

    QString name;
    BackendEntry backend;   ///< without its address
    EngineRequest request;
    QByteArray paidPath;    ///< of the one POST that may be billed
    QByteArray editPath;    ///< the same with a start picture; empty: such pictures are not taken
    QByteArray uploadPath;  ///< where start pictures go before, at no price; empty: they go along with the request
    QByteArray pollPath;    ///< of the question whether it is done; empty for services that answer at once
    QByteArray picturePath = "/picture.png";
    Picture picture = Picture::Base64;
    /// The right answer to the paid request; the pictures as bytes, in base64 or as links.
    std::function<ScriptedAnswer(const QList<QByteArray> &pictures, const QByteArray &serverUrl)> paid;
    /// The right answer to a poll.
    std::function<ScriptedAnswer(const QList<QByteArray> &pictures)> poll;
    /// An answer that says the picture was refused for reasons of safety: instead of the poll's where there is one, else of the paid request's.
    ScriptedAnswer refusal = {};
    bool refusalIsBilled = false;
    /// The same as a right answer that also says what it cost; null where services say nothing.
    std::function<ScriptedAnswer(const ScriptedAnswer &right)> withCost;
    FailureClass unknownModel = FailureClass::Rejected;  ///< what 404 means for the paid request
    bool mayFollow = true;    ///< whether polls follow redirects
    bool hasCount = false;    ///< whether several pictures can be asked for
    bool streams = false;     ///< the picture comes in server-sent events
    bool usesSocket = false;  ///< a real ComfyUI speaks instead of \c paid and \c poll

    bool isJson() const { return picture != Picture::Body; }
    /// Which stage \a request belongs to; nothing for cancellations and the like.
    std::optional<Stage> stageOf(const ReceivedRequest &request) const;
};

/// One event of a stream of OpenAI's: "partial_image" or "completed".
QByteArray streamEvent(const QByteArray &what, const QByteArray &base64);

/// Every kind of service, some of them in several ways. Kinds that are registered and not here fail a test.
QList<ServiceProfile> serviceProfiles();

} // namespace Galley
