#pragma once

#include <QtGlobal>

namespace Galley {

/// The resident memory of \a process in bytes; 0 when it is gone or the system does not tell (anything but Linux).
qint64 residentBytes(qint64 process);

} // namespace Galley
