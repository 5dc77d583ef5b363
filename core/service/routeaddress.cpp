#include "core/service/routeaddress.h"

#include "core/base/yaml.h"

namespace Galley {

namespace {

constexpr int statusOk = 200;
constexpr int statusNotModified = 304;
constexpr qsizetype longestTag = 1024;

HttpRequest requestOf(const QUrl &url, const QByteArray &tag)
{
    HttpRequest request;
    request.url = url;
    request.headers = {{"Accept", "application/yaml, text/yaml, text/plain, */*"}};
    if (!tag.isEmpty())
        request.headers.append({"If-None-Match", tag});
    request.limits.idleMs = 15'000;
    request.limits.totalMs = 30'000;
    request.limits.bodyBytes = YamlLimits().bytes;
    return request;
}

} // namespace

RouteAddress::RouteAddress(HttpClient *client, QObject *parent)
    : QObject(parent)
    , m_client(client)
{
    connect(&m_poll, &QTimer::timeout, this, &RouteAddress::askNow);
}

RouteAddress::~RouteAddress()
{
    m_stop.request_stop();
}

void RouteAddress::setUrl(const QUrl &url, int pollMs)
{
    if (url != m_url) {
        m_stop.request_stop();
        m_stop = {};
        m_isAsking = false;
        m_tag.clear();
        m_url = url;
    }
    m_poll.stop();
    if (m_url.isEmpty())
        return;
    m_poll.start(pollMs);
    askNow();
}

void RouteAddress::askNow()
{
    if (m_url.isEmpty() || m_isAsking)
        return;
    m_isAsking = true;
    m_client->send(requestOf(m_url, m_tag), m_stop.get_token(), this, [this, asked = m_url](const Result<HttpReply> &reply) { answered(asked, reply); });
}

void RouteAddress::answered(const QUrl &asked, const Result<HttpReply> &reply)
{
    if (asked != m_url)
        return;
    m_isAsking = false;
    if (!reply) {
        Q_EMIT failed(tr("The rules at %1 cannot be fetched: %2").arg(loggableUrl(m_url), reply.error().message));
    } else if (reply->status == statusNotModified) {
        Q_EMIT unchanged();
    } else if (reply->status != statusOk) {
        Q_EMIT failed(tr("The rules at %1 cannot be fetched: the server answers with status %2. Look at the address in the settings (routes/url).")
                          .arg(loggableUrl(m_url))
                          .arg(reply->status));
    } else {
        const QByteArray tag = reply->header("ETag");
        m_tag = tag.size() > longestTag ? QByteArray() : tag;
        Q_EMIT fetched(reply->body);
    }
}

} // namespace Galley
