#pragma once

#include "core/net/httpclient.h"

#include <QNetworkProxy>

namespace Galley {

/// The proxy for \a url: none for loopback, the one that was set, or the system's. Asking the system may block: any thread but the GUI's, unless
/// the host is loopback or a proxy is set.
Result<QNetworkProxy> proxyFor(const QUrl &url, const HttpProxy &setting);

} // namespace Galley
