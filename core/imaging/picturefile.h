#pragma once

#include "core/imaging/picturemetadata.h"

#include <utility>

namespace Galley {

/// \a file, a PNG, with text chunks (keyword, text) before its pixels; empty texts are left out. Private to core/imaging.
QByteArray withPngTexts(const QByteArray &file, const QList<std::pair<QByteArray, QString>> &texts);

} // namespace Galley
