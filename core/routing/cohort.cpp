#include "core/routing/router.h"

#include <QCryptographicHash>

namespace Galley {

int cohortOf(const QString &project)
{
    constexpr int cohorts = 10'000;
    const QByteArray hash = QCryptographicHash::hash(project.toUtf8(), QCryptographicHash::Sha256);
    // SHA-256 as one big-endian number mod 10000: what every other tool computes from the hex digest.
    int rest = 0;
    for (const char byte : hash)
        rest = (rest * 256 + static_cast<unsigned char>(byte)) % cohorts;
    return rest;
}

} // namespace Galley
