#include "app/galley/commands/gpumemory.h"

#include <QStandardPaths>
#include <QStringList>

#include <algorithm>

namespace Galley {

GpuMemory::~GpuMemory()
{
    m_process.kill();
    m_process.waitForFinished(1000);
}

void GpuMemory::start()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("nvidia-smi"));
    if (program.isEmpty() || m_process.state() != QProcess::NotRunning)
        return;
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_process.start(program, {QStringLiteral("--id=0"), QStringLiteral("--query-gpu=memory.used"), QStringLiteral("--format=csv,noheader,nounits"),
                              QStringLiteral("--loop-ms=250")});
}

qint64 GpuMemory::peakBytes()
{
    qint64 most = 0;
    while (m_process.canReadLine())
        most = std::max(most, m_process.readLine(64).trimmed().toLongLong());
    return most << 20;  // it counts in MiB
}

} // namespace Galley
