#pragma once

#include <QByteArray>
#include <QColor>
#include <QSize>

namespace Galley {

/// A plain picture in \a color as a file: "PNG", "JPG", "WEBP". Any thread.
QByteArray testPicture(const QSize &size, const QColor &color, const char *format = "PNG");

/// A colour that follows from \a seed and differs for neighbours.
QColor colorOfSeed(qint64 seed);

} // namespace Galley
