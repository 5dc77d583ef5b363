#include "core/base/digest.h"

#include <QCryptographicHash>

namespace Galley {

QString sha256Hex(QByteArrayView bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(QByteArray::fromRawData(bytes.data(), bytes.size()), QCryptographicHash::Sha256).toHex());
}

} // namespace Galley
