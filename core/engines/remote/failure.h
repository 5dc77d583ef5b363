#pragma once

#include "core/net/httpclient.h"

namespace Galley {

/// What the words of an error body are, whatever the server family: {"error":{"message","code","type","param"}}, {"error":"text"},
/// {"detail":"text"}, {"detail":[{"loc","msg","type"}]}, {"message"}, {"errors":["…"]}, or else the first 500 bytes as text without markup.
struct ErrorWords
{
    QString message;
    QString code;    ///< "model_not_found", "moderation_blocked" …; a type such as "insufficient_quota" where there is no code
    QString status;  ///< Google's "RESOURCE_EXHAUSTED"
    QString type;    ///< "invalid_request_error"
    QString param;   ///< the field that is wrong
};
ErrorWords errorWords(const HttpReply &reply);

/// The usual meaning of a failed \a reply for \a service ("Ideogram"): class, sentence with the remedy, wait. \a paid decides nothing here: an
/// ambiguous failure of a free backend is still Ambiguous, and the queue repeats it.
/// 429 and 503 with a wait → Busy; 408, 500, 502, 503 without, 504 and other 5xx → Ambiguous; 401/403 → Rejected (key); 402 → Rejected (credit);
/// 404 or 400 with model_not_found → Retired; moderation words → Refused; a used-up quota → Rejected, whatever the status; any other 4xx →
/// Rejected; 3xx → Rejected.
Error failureOf(const HttpReply &reply, const QString &service, qint64 nowMs);

/// Milliseconds of a duration as Google and Go write it: "32s", "1.5s", "1m30s", "12ms", "2h". -1 for anything else; never more than a year.
qint64 durationMs(const QString &text);

/// \a text on one line, without control characters, at most \a length characters: what a service says may stand in a message.
QString shortened(const QString &text, int length = 500);

} // namespace Galley
