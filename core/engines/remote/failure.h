#pragma once

#include "core/net/httpclient.h"

namespace Galley {

/// What the words of an error body are, whatever the server family: {"error":{"message","code","type","param"}}, {"error":"text"},
/// {"detail":"text"}, {"detail":[{"loc","msg","type"}]}, {"message"}, {"errors":["…"]}, or else the first 500 bytes as text without markup.
struct ErrorWords
{
    QString message;
    QString code;    ///< "model_not_found", "moderation_blocked" …
    QString status;  ///< Google's "RESOURCE_EXHAUSTED"
};
ErrorWords errorWords(const HttpReply &reply);

/// The usual meaning of a failed \a reply for \a service ("Ideogram"): class, sentence with the remedy, wait. \a paid decides nothing here: an
/// ambiguous failure of a free backend is still Ambiguous, and the queue repeats it.
/// 429 and 503 with a wait → Busy; 408, 500, 502, 503 without, 504 and other 5xx → Ambiguous; 401/403 → Rejected (key); 402 → Rejected (credit);
/// 404 or 400 with model_not_found → Retired; moderation words → Refused; any other 4xx → Rejected; 3xx → Rejected.
Error failureOf(const HttpReply &reply, const QString &service, qint64 nowMs);

} // namespace Galley
