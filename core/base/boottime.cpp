#include "core/base/boottime.h"

#include <QElapsedTimer>
#include <QFile>
#include <QUuid>

#include <ctime>

namespace Galley {

namespace {

QString nameOfThisStart()
{
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    const QString name = file.open(QIODevice::ReadOnly) ? QString::fromLatin1(file.readAll().trimmed()) : QString();
    return name.isEmpty() ? QUuid::createUuid().toString(QUuid::WithoutBraces) : name;
}

} // namespace

BootTime bootTime()
{
    static const QString boot = nameOfThisStart();
    qint64 ms = 0;
#ifdef CLOCK_BOOTTIME
    timespec time{};
    if (clock_gettime(CLOCK_BOOTTIME, &time) == 0)
        ms = qint64(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
#else
    QElapsedTimer timer;
    timer.start();
    ms = timer.msecsSinceReference();
#endif
    return {boot, ms};
}

} // namespace Galley
