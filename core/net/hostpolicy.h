#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QUrl>

namespace Galley {

/// Whether \a host is this machine by its name or address: localhost, 127.0.0.0/8, ::1 and the IPv6 forms of them.
bool isLoopbackHost(const QString &host);

/// Whether \a address can only be reached from inside: loopback, private, link-local, carrier, multicast and unspecified ones, also inside IPv6.
bool isInsideAddress(const QHostAddress &address);

/// Whether \a host is such an address, or a name for this machine. Other names are judged by what they resolve to.
bool isInsideHost(const QString &host);

/// Scheme, host and port: what keys are bound to.
QString originOf(const QUrl &url);

} // namespace Galley
