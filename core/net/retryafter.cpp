#include "core/net/httpclient.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

constexpr double yearMs = 366.0 * 24 * 3600 * 1000;

/// \a text as a number of milliseconds when one unit of it is \a unitMs long; -1 for anything else.
qint64 milliseconds(const QByteArray &text, double unitMs)
{
    const bool plain = !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    bool ok = false;
    const double value = plain ? text.toDouble(&ok) : -1;
    return ok && std::isfinite(value) ? qint64(std::ceil(std::min(value * unitMs, yearMs))) : -1;
}

/// The three forms of RFC 9110 §5.6.7, all in GMT.
QDateTime httpDate(const QByteArray &text)
{
    // The weekday says nothing new, and with a year of two digits Qt would take it for another century's.
    const QString date = QString::fromLatin1(text).simplified().section(QLatin1Char(' '), 1);
    for (const char *format : {"dd MMM yyyy HH:mm:ss 'GMT'", "dd-MMM-yy HH:mm:ss 'GMT'", "MMM d HH:mm:ss yyyy"}) {
        QDateTime time = QLocale::c().toDateTime(date, QLatin1String(format));
        if (!time.isValid())
            continue;
        if (time.date().year() < 1970)
            time = time.addYears(100);  // two digits: the century that makes sense
        time.setTimeSpec(Qt::UTC);
        return time;
    }
    return {};
}

} // namespace

qint64 retryAfterMs(const HttpReply &reply, qint64 nowMs)
{
    if (const qint64 exact = milliseconds(reply.header("retry-after-ms"), 1); exact >= 0)
        return exact;
    const QByteArray value = reply.header("Retry-After");
    if (const qint64 seconds = milliseconds(value, 1000); seconds >= 0)
        return seconds;
    const QDateTime date = httpDate(value);
    if (!date.isValid())
        return -1;
    return std::clamp<qint64>(date.toMSecsSinceEpoch() - nowMs, 0, qint64(yearMs));
}

} // namespace Galley
