#include "tests/support/websocketpeer.h"

#include <QCryptographicHash>
#include <QtEndian>

namespace Galley {

namespace {

constexpr int opText = 1;
constexpr int opClose = 8;
constexpr int opPing = 9;
constexpr int opPong = 10;

/// Reads a client's frames, which are always masked, out of a byte stream. Fragments are not put together: clients of the tests send none.
class FrameReader
{
public:
    void append(const QByteArray &bytes) { m_buffer += bytes; }

    bool next(int &opcode, QByteArray &payload)
    {
        if (m_buffer.size() < 2)
            return false;
        const auto at = [&](qsizetype i) { return quint8(m_buffer[i]); };
        qint64 length = at(1) & 0x7f;
        qsizetype head = 2;
        if (length == 126 && m_buffer.size() >= 4) {
            length = qFromBigEndian<quint16>(m_buffer.constData() + 2);
            head = 4;
        } else if (length == 127 && m_buffer.size() >= 10) {
            length = qint64(qFromBigEndian<quint64>(m_buffer.constData() + 2));
            head = 10;
        } else if (length >= 126) {
            return false;
        }
        if (m_buffer.size() < head + 4 + length)
            return false;
        opcode = at(0) & 0x0f;
        payload = m_buffer.mid(head + 4, length);
        for (qsizetype i = 0; i < payload.size(); ++i)
            payload[i] = char(payload[i] ^ m_buffer[head + i % 4]);
        m_buffer.remove(0, head + 4 + length);
        return true;
    }

private:
    QByteArray m_buffer;
};

} // namespace

WebSocketPeer::WebSocketPeer(const ReceivedRequest &request, const ScriptedConnection &connection, std::function<void(const QByteArray &)> onText)
    : m_connection(connection)
{
    const QByteArray key = request.header("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                     + QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + "\r\n\r\n");
    const auto reader = std::make_shared<FrameReader>();
    connection.takeOver([peer = *this, reader, onText = std::move(onText)](const QByteArray &bytes) {
        reader->append(bytes);
        int opcode = 0;
        QByteArray payload;
        while (reader->next(opcode, payload)) {
            if (opcode == opPing)
                peer.sendFrame(opPong, payload, payload.size());
            else if (opcode == opClose)
                peer.connection().closeFin();
            else if (opcode == opText && onText)
                onText(payload);
        }
    });
}

void WebSocketPeer::sendFrame(int opcode, const QByteArray &payload, qint64 length) const
{
    QByteArray frame;
    frame += char(0x80 | opcode);
    if (length < 126) {
        frame += char(length);
    } else if (length < 65536) {
        frame += char(126);
        frame.resize(4);
        qToBigEndian(quint16(length), frame.data() + 2);
    } else {
        frame += char(127);
        frame.resize(10);
        qToBigEndian(quint64(length), frame.data() + 2);
    }
    m_connection.write(frame + payload);
}

} // namespace Galley
