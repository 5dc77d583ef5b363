#pragma once

#include "core/engines/remote/openai/openaianswer.h"
#include "core/engines/remote/openai/openairequest.h"
#include "core/engines/remote/remoteengine.h"

namespace Galley {

/// The OpenAI Images format: POST images/generations, multipart to images/edits when a start picture goes along, server-sent events with partial
/// pictures where the family has them. What differs between server families is in OpenAiDialect. Nothing here can be looked up later: the format
/// has no job ids.
///
/// Options of a backend: "organization", "project" (headers of OpenAI), "path" (ray-serve; "imagine" unless said), "timeout_s".
class OpenAiCall : public RemoteCall
{
    Q_OBJECT

public:
    using RemoteCall::RemoteCall;

    /// The headers of OpenAI's accounts, from the options of \a backend.
    static void addAccount(HttpRequest &http, const BackendEntry &backend);

protected:
    void start() override;
    Error readFailure(const HttpReply &reply) const override;

private:
    void order(const OpenAiRequest &wire, const QByteArray &body);
    void onReply(const HttpReply &reply);
    void noteCost(const HttpReply &reply);
    void onEvent(const ServerEvent &event);
    void onEventData(const QString &name, Json data);
    void failStream(const Json &data);
    void readAnswer(Json answer);

    int m_unread = 0;           ///< events that are being parsed
    bool m_streamEnded = false;
    int m_partials = 0;
};

const ServiceKind &openaiKind();

} // namespace Galley
