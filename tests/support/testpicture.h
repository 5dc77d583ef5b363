#pragma once

#include <QByteArray>
#include <QColor>
#include <QImage>

namespace Galley {

/// \a image as a file: "PNG", "JPG", "WEBP", "BMP". Any thread, like all of these.
QByteArray pictureFile(const QImage &image, const char *format = "PNG");

/// A plain picture in \a color as a file.
QByteArray testPicture(const QSize &size, const QColor &color, const char *format = "PNG");

/// A colour that follows from \a seed and differs for neighbours.
QColor colorOfSeed(qint64 seed);

/// The picture that fakes make of \a words and \a seed: its pixels follow from both, so that a test can tell whose picture came back.
QImage fakePicture(const QByteArray &words, qint64 seed, const QSize &size);
QByteArray fakePictureFile(const QByteArray &words, qint64 seed, const QSize &size, const char *format = "PNG");

} // namespace Galley
