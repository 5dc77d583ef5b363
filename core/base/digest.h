#pragma once

#include <QByteArrayView>
#include <QString>

namespace Galley {

/// SHA-256 of \a bytes in lower-case hex: the name of files and the digest of texts.
QString sha256Hex(QByteArrayView bytes);

} // namespace Galley
