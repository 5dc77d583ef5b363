#pragma once

#include "core/engines/remote/openai/openaidialect.h"
#include "core/net/httpclient.h"
#include "core/render/modelentry.h"
#include "core/render/renderengine.h"

namespace Galley {

/// What one render becomes on the wire. Exactly one of \c body, \c parts and neither (GET) is used.
struct OpenAiRequest
{
    QByteArray method = "POST";
    QString path;            ///< below the backend's address, with the query
    Json body = Json::object();
    QList<HttpPart> parts = {};
    bool streams = false;
    bool seedSent = false;
    QStringList notes = {};  ///< sentences: what could not be said
};

/// Options of a model that are ours and are not sent: "stream" (true, false; absent: when partial pictures are wanted), "usd_per_million_tokens"
/// {text_in, image_in, image_out}. "partial_images" (0–3, 2 when absent) is sent with a stream alone. All others go where the dialect has its
/// extras, as they are; null takes a member away that would be sent otherwise.
///
/// \a watched: somebody wants partial pictures. Fails (InvalidInput, Rejected) when the request needs what the dialect does not have.
Result<OpenAiRequest> openAiRequest(const OpenAiDialect &dialect, const BackendEntry &backend, const EngineRequest &request, bool watched);

} // namespace Galley
