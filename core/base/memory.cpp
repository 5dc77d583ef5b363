#include "core/base/memory.h"

#include <QFile>
#include <QList>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

namespace Galley {

qint64 residentBytes(qint64 process)
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/proc/%1/statm").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> pages = file.readAll().split(' ');
    return pages.size() > 1 ? pages.at(1).toLongLong() * ::sysconf(_SC_PAGESIZE) : 0;
#else
    Q_UNUSED(process);
    return 0;
#endif
}

} // namespace Galley
