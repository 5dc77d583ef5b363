#pragma once

#include <QString>

class QHostAddress;
class QUrl;

namespace Galley {

/// Whether \a host is this machine by its name or address: localhost, 127.0.0.0/8, ::1 and the IPv6 forms of them.
bool isLoopbackHost(const QString &host);

/// Whether \a address can only be reached from inside: loopback, private, link-local, carrier, multicast and unspecified ones, also inside IPv6.
bool isInsideAddress(const QHostAddress &address);

/// Whether \a host is such an address, or a name for this machine. Other names are judged by what they resolve to.
bool isInsideHost(const QString &host);

/// Whether \a host says of itself that it stands in this machine or its network: isInsideHost(), a name without a dot, and the endings that no public
/// name has (RFC 6762, RFC 8375, ".lan" and ".internal" by custom). A guess by the words alone: nothing is looked up.
bool isOwnNetwork(const QString &host);

/// Scheme, host and port: what keys are bound to.
QString originOf(const QUrl &url);

} // namespace Galley
