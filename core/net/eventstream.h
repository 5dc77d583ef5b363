#pragma once

#include "core/net/httpclient.h"

#include <QByteArrayView>

namespace Galley {

/// Reads server-sent events (WHATWG HTML §9.2.6) out of bytes, however they are split: CR, LF and CRLF end a line, comments and unknown fields are
/// skipped, a line may be as long as it likes. Works on bytes, so a character that is split over two pieces stays whole.
class EventStream
{
public:
    QList<ServerEvent> append(QByteArrayView bytes);
    /// The answer has ended in order. The standard throws an event without its blank line away; here it is handed out, because some servers forget
    /// that line after the final picture, which has been paid for.
    QList<ServerEvent> finish();

private:
    void takeLine(QList<ServerEvent> &events);
    void dispatch(QList<ServerEvent> &events);

    QByteArray m_line;
    QByteArray m_name;
    QByteArray m_data;
    bool m_hasData = false;
    bool m_afterReturn = false;  ///< a line feed that follows belongs to the carriage return
    bool m_first = true;
};

} // namespace Galley
