#pragma once

#include "core/net/httpclient.h"

namespace Galley {

/// Where a request has been led so far, and whether it may go on: the rules that no redirect gets around. Pure.
class RedirectTrail
{
public:
    RedirectTrail() = default;
    explicit RedirectTrail(const HttpRequest &first);

    /// Whether \a reply sends this request elsewhere. Only a GET follows; for any other method a redirect is an answer.
    bool isRedirect(const HttpReply &reply) const;

    /// The request for the next hop after \a request; keys go along to the first origin only. \a insidePeer: the server that sent \a reply has an
    /// address inside the own network, so that its links may lead there too. An Error (Rejected) says why the trail ends.
    Result<HttpRequest> follow(const HttpRequest &request, const HttpReply &reply, bool insidePeer);

private:
    HttpRequest m_first;
    QList<QUrl> m_visited;
    bool m_outside = false;
};

} // namespace Galley
