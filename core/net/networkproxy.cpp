#include "core/net/networkproxy.h"

#include "core/base/hostpolicy.h"

#include <QCoreApplication>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>

namespace Galley {

Result<QNetworkProxy> proxyFor(const QUrl &url, const HttpProxy &setting)
{
    if (isLoopbackHost(url.host()))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    if (setting.url.isEmpty()) {
        const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
        return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
    }
    const QUrl proxy(setting.url);
    const bool socks = proxy.scheme() == QLatin1String("socks5") || proxy.scheme() == QLatin1String("socks5h");
    if (proxy.host().isEmpty() || (!socks && proxy.scheme() != QLatin1String("http"))) {
        return fail({.code = ErrorCode::InvalidInput,
                     .message = QCoreApplication::translate("HttpClient", "The proxy setting %1 cannot be used, so nothing was sent. Write it as "
                                                                          "http://host:port or socks5://host:port.").arg(loggableUrl(proxy)),
                     .failure = FailureClass::Rejected});
    }
    return QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, proxy.host(), quint16(proxy.port(socks ? 1080 : 8080)),
                         proxy.userName(QUrl::FullyDecoded), proxy.password(QUrl::FullyDecoded));
}

} // namespace Galley
