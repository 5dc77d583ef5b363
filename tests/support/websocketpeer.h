#pragma once

#include "tests/support/scriptedserver.h"

#include <QByteArray>

#include <functional>
#include <memory>

namespace Galley {

/// The server's end of a WebSocket on a scripted connection (RFC 6455): enough of it for a script, and able to send what no library would. A plain
/// handle; outlives the connection safely. Its functions may be called from any thread, \c onText comes on the server's.
class WebSocketPeer
{
public:
    /// Answers the upgrade \a request and takes the connection over. Pings are answered.
    WebSocketPeer(const ReceivedRequest &request, const ScriptedConnection &connection, std::function<void(const QByteArray &)> onText);

    void sendText(const QByteArray &text) const { sendFrame(1, text, text.size()); }
    void sendBinary(const QByteArray &bytes) const { sendFrame(2, bytes, bytes.size()); }
    /// A frame whose header says \a length, whatever \a payload holds.
    void sendFrame(int opcode, const QByteArray &payload, qint64 length) const;
    const ScriptedConnection &connection() const { return m_connection; }

private:
    ScriptedConnection m_connection;
};

} // namespace Galley
