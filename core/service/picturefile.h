#pragma once

#include "core/base/result.h"

#include <QImage>

namespace Galley {

/// Reads the picture in \a file as premultiplied RGBA8888, turned as its metadata says; larger than 4,096 pixels a side it is scaled down
/// while it is read. Thread-safe. Errors name the file and say what to do.
Result<QImage> readPicture(const QString &file);

} // namespace Galley
