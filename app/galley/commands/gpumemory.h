#pragma once

#include <QProcess>

namespace Galley {

/// How much memory of the first NVIDIA GPU is in use, other programs' included, as nvidia-smi says four times a second. Main thread.
class GpuMemory
{
public:
    ~GpuMemory();

    /// Begins to watch; nothing happens where there is no nvidia-smi.
    void start();
    /// The most that was seen since the last call; 0: not known.
    qint64 peakBytes();

private:
    QProcess m_process;
};

} // namespace Galley
