#pragma once

#include <QByteArray>
#include <QImage>

namespace Galley {

/// The picture that fakes make of \a words and \a seed: its pixels follow from both, so that a test can tell whose picture came back. Any thread.
QImage fakePicture(const QByteArray &words, qint64 seed, const QSize &size);
/// The same as a file: "PNG", "JPG", "WEBP".
QByteArray fakePictureFile(const QByteArray &words, qint64 seed, const QSize &size, const char *format = "PNG");

} // namespace Galley
