#include "core/net/redirect.h"

#include "core/base/hostpolicy.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace Galley {

namespace {

tl::unexpected<Error> refused(const HttpReply &reply, const QString &why)
{
    return fail({.code = ErrorCode::Refused,
                 .message = QCoreApplication::translate("HttpClient", "%1 leads elsewhere, and Galley does not follow: %2 Check the address of the backend.")
                                .arg(reply.url.host(), why),
                 .failure = FailureClass::Rejected,
                 .httpStatus = reply.status});
}

QString tr(const char *text)
{
    return QCoreApplication::translate("HttpClient", text);
}

} // namespace

RedirectTrail::RedirectTrail(const HttpRequest &first)
    : m_first(first)
    , m_visited{first.url}
    , m_outside(first.publicOnly)
{}

bool RedirectTrail::isRedirect(const HttpReply &reply) const
{
    static constexpr std::array<int, 5> statuses{301, 302, 303, 307, 308};
    return m_first.method == "GET" && m_first.maxRedirects > 0 && !reply.header("Location").isEmpty()
        && std::find(statuses.begin(), statuses.end(), reply.status) != statuses.end();
}

Result<HttpRequest> RedirectTrail::follow(const HttpRequest &request, const HttpReply &reply, bool insidePeer)
{
    const QUrl target = request.url.resolved(QUrl::fromEncoded(reply.header("Location"))).adjusted(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    const bool secure = target.scheme() == QLatin1String("https");
    if (!target.isValid() || target.host().isEmpty() || (!secure && target.scheme() != QLatin1String("http")))
        return refused(reply, tr("the link is no web address."));
    if (request.url.scheme() == QLatin1String("https") && !secure)
        return refused(reply, tr("the link is not encrypted."));
    if (m_visited.contains(target))
        return refused(reply, tr("the links run in a circle."));
    if (m_visited.size() > m_first.maxRedirects)
        return refused(reply, tr("more than %1 links follow each other.").arg(m_first.maxRedirects));
    m_outside = m_outside || !insidePeer;
    if (m_outside && isInsideHost(target.host()))
        return refused(reply, tr("the link leads to an address inside your own network."));
    m_visited.append(target);

    HttpRequest next = m_first;
    next.url = target;
    next.publicOnly = m_outside;
    if (originOf(target) != originOf(m_first.url)) {
        next.secrets.clear();
        // Whatever else the caller added was meant for the first server, cookies and keys in plain headers included.
        next.headers.removeIf([](const HttpHeader &header) { return header.name.compare("Accept", Qt::CaseInsensitive) != 0; });
    }
    return next;
}

} // namespace Galley
