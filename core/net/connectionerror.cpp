#include "core/net/connectionerror.h"

#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::HttpExchange", text);
}

} // namespace

Error certificateError(const QString &place, const QStringList &reasons, const QString &detail)
{
    return {.code = ErrorCode::Unavailable,
            .message = tr("No safe connection to %1, and nothing was sent: %2 Check the address and this computer's clock; Galley accepts only "
                          "certificates that this computer trusts.").arg(place, reasons.isEmpty() ? detail : reasons.join(QLatin1Char(' '))),
            .detail = detail,
            .failure = FailureClass::NotSent};
}

std::optional<Error> proxyError(QAbstractSocket::SocketError error, const QNetworkProxy &proxy, const QString &place, const QString &detail)
{
    Error result{.code = ErrorCode::Unavailable, .detail = detail, .failure = FailureClass::NotSent};
    switch (error) {
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        result.message = tr("The proxy %1 wants a name and a password; nothing was sent. Enter them in the proxy setting.").arg(proxy.hostName());
        return result;
    case QAbstractSocket::HostNotFoundError:  // Qt says so for whatever a SOCKS5 proxy refuses; names are looked up there and nowhere else
        if (proxy.type() != QNetworkProxy::Socks5Proxy)
            return std::nullopt;
        break;
    case QAbstractSocket::SocketAccessError:
        if (proxy.type() == QNetworkProxy::NoProxy)
            return std::nullopt;
        break;
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        break;
    default:
        return std::nullopt;
    }
    result.message = tr("The proxy %1 does not connect to %2; nothing was sent. Check the proxy setting.").arg(proxy.hostName(), place);
    return result;
}

} // namespace Galley
