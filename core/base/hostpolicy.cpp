#include "core/base/hostpolicy.h"

#include <QHostAddress>
#include <QUrl>

#include <array>
#include <utility>

namespace Galley {

namespace {

/// The IPv4 address inside \a address (plain, mapped, compatible, 6to4 and NAT64), or a null one.
QHostAddress embeddedIPv4(const QHostAddress &address)
{
    bool ok = false;
    const quint32 plain = address.toIPv4Address(&ok);
    if (ok)
        return QHostAddress(plain);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    const auto at = [&bytes](int i) { return QHostAddress(quint32(bytes[i]) << 24 | quint32(bytes[i + 1]) << 16 | quint32(bytes[i + 2]) << 8 | bytes[i + 3]); };
    const auto zeros = [&bytes](int from, int to) {
        for (int i = from; i < to; ++i) {
            if (bytes[i] != 0)
                return false;
        }
        return true;
    };
    if (bytes[0] == 0x20 && bytes[1] == 0x02)
        return at(2);
    if (bytes[0] == 0x00 && bytes[1] == 0x64 && bytes[2] == 0xff && bytes[3] == 0x9b && zeros(4, 12))
        return at(12);
    if (zeros(0, 12) && !zeros(12, 15))
        return at(12);
    return {};
}

bool inNetwork(const QHostAddress &address, const char *network, int bits)
{
    return address.isInSubnet(QHostAddress(QLatin1String(network)), bits);
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    const QString name = host.endsWith(QLatin1Char('.')) ? host.chopped(1) : host;
    if (name.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0 || name.endsWith(QLatin1String(".localhost"), Qt::CaseInsensitive))
        return true;
    const QHostAddress address(host);
    return !address.isNull() && (address.isLoopback() || embeddedIPv4(address).isLoopback());
}

bool isInsideAddress(const QHostAddress &address)
{
    const QHostAddress inner = embeddedIPv4(address);
    if (inner.isNull()) {
        return address.isNull() || address.isLoopback() || address.isMulticast() || address == QHostAddress::AnyIPv6
            || inNetwork(address, "fc00::", 7) || inNetwork(address, "fe80::", 10) || inNetwork(address, "fec0::", 10);
    }
    static constexpr std::array<std::pair<const char *, int>, 12> networks{{{"0.0.0.0", 8}, {"10.0.0.0", 8}, {"100.64.0.0", 10},
                                                                            {"127.0.0.0", 8}, {"169.254.0.0", 16}, {"172.16.0.0", 12},
                                                                            {"192.0.0.0", 24}, {"192.168.0.0", 16}, {"198.18.0.0", 15},
                                                                            {"224.0.0.0", 4}, {"240.0.0.0", 4}, {"255.255.255.255", 32}}};
    for (const auto &[network, bits] : networks) {
        if (inNetwork(inner, network, bits))
            return true;
    }
    return false;
}

bool isInsideHost(const QString &host)
{
    const QHostAddress address(host);
    return isLoopbackHost(host) || (!address.isNull() && isInsideAddress(address));
}

bool isOwnNetwork(const QString &host)
{
    if (!host.contains(QLatin1Char('.')) && !host.contains(QLatin1Char(':')))
        return !host.isEmpty();
    const QString name = host.endsWith(QLatin1Char('.')) ? host.chopped(1) : host;
    for (const char *ending : {".local", ".lan", ".internal", ".home.arpa"}) {
        if (name.endsWith(QLatin1String(ending), Qt::CaseInsensitive))
            return true;
    }
    return isInsideHost(host);
}

QString originOf(const QUrl &url)
{
    const QString scheme = url.scheme().toLower();
    const int port = url.port(scheme == QLatin1String("https") ? 443 : 80);
    return scheme + QStringLiteral("://") + url.host(QUrl::FullyEncoded).toLower() + QLatin1Char(':') + QString::number(port);
}

} // namespace Galley
