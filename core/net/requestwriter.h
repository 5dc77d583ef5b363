#pragma once

#include "core/net/httpclient.h"

namespace Galley {

/// A request as it goes over the wire.
struct WireRequest
{
    QByteArray head;
    QByteArray body;
};

/// Writes \a request, its key headers included, for a connection of its own; an Error (Rejected) for one that cannot be written: a line break in a header, no host.
Result<WireRequest> writeRequest(const HttpRequest &request);

} // namespace Galley
