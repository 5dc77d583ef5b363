#pragma once

#include "core/base/result.h"
#include "core/net/httpclient.h"
#include "core/render/modelentry.h"

#include <QUrl>

namespace Galley {

/// \a path ("images/generations", may hold a query) below the address of \a backend.
QUrl serviceUrl(const BackendEntry &backend, const QString &path);

/// Whether plain http may be used for \a backend and what it links to.
PlainHttp plainHttp(const BackendEntry &backend);

/// Whether what \a backend links to may lie inside this machine or its network: only where the backend itself does, or where the user named it.
bool mayLinkInside(const BackendEntry &backend);

/// Whether \a a and \a b have the same scheme, host and port.
bool isSameOrigin(const QUrl &a, const QUrl &b);

/// The address that a picture is fetched from: \a link resolved against the address of \a backend, if that is an address that this backend may
/// point to. A server that the user named may point anywhere; a hosted service only to https hosts by name, never into this machine or its
/// network. The error's message completes "… answered, but …".
Result<QUrl> resultLink(const BackendEntry &backend, const QUrl &link);

} // namespace Galley
