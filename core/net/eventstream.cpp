#include "core/net/eventstream.h"

#include <algorithm>
#include <utility>

namespace Galley {

QList<ServerEvent> EventStream::append(QByteArrayView bytes)
{
    QList<ServerEvent> events;
    while (!bytes.isEmpty()) {
        if (std::exchange(m_afterReturn, false) && bytes.front() == '\n') {
            bytes = bytes.sliced(1);
            continue;
        }
        const auto end = std::find_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; });
        m_line.append(bytes.first(end - bytes.begin()));
        if (end == bytes.end())
            break;
        m_afterReturn = *end == '\r';
        bytes = bytes.sliced(end - bytes.begin() + 1);
        takeLine(events);
    }
    return events;
}

QList<ServerEvent> EventStream::finish()
{
    QList<ServerEvent> events;
    if (!m_line.isEmpty())
        takeLine(events);
    dispatch(events);
    return events;
}

void EventStream::takeLine(QList<ServerEvent> &events)
{
    QByteArray line = std::exchange(m_line, {});
    if (std::exchange(m_first, false) && line.startsWith("\xEF\xBB\xBF"))
        line.remove(0, 3);
    if (line.isEmpty()) {
        dispatch(events);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArray field = colon < 0 ? line : line.left(colon);
    const qsizetype start = colon < 0 ? line.size() : colon + (line.mid(colon + 1, 1) == " " ? 2 : 1);
    if (field == "event") {
        m_name = line.mid(start);
    } else if (field == "data") {
        if (std::exchange(m_hasData, true))
            m_data += '\n';
        m_data += QByteArrayView(line).sliced(start);
    }
}

void EventStream::dispatch(QList<ServerEvent> &events)
{
    const QByteArray name = std::exchange(m_name, {});
    const QByteArray data = std::exchange(m_data, {});
    if (std::exchange(m_hasData, false))
        events.append({name.isEmpty() ? QByteArray("message") : name, data});
}

} // namespace Galley
