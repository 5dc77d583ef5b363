#pragma once

#include "core/base/result.h"

#include <QAbstractSocket>
#include <QNetworkProxy>

#include <optional>

namespace Galley {

// What HttpExchange and WebSocket say alike of connections that never came about: nothing had been sent.

/// The certificate of \a place is not one that this computer trusts; \a reasons: what Qt says is wrong with it.
Error certificateError(const QString &place, const QStringList &reasons, const QString &detail);

/// What \a error means when \a proxy was to lead to \a place; nothing when the proxy is not to blame.
std::optional<Error> proxyError(QAbstractSocket::SocketError error, const QNetworkProxy &proxy, const QString &place, const QString &detail);

} // namespace Galley
