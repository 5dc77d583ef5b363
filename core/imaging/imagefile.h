#pragma once

#include "core/base/result.h"
#include "core/imaging/colorprofile.h"

#include <QImage>

namespace Galley {

/// What an image from outside may not exceed; checked before anything is decoded.
struct ImageLimits
{
    qint64 bytes = 200LL * 1024 * 1024;
    qint64 pixels = 100'000'000;
};

/// Reads PNG, JPEG, WebP, BMP, GIF (first frame) or TIFF as sRGB, upright by its EXIF orientation, as premultiplied RGBA8888.
/// The type is told by content, never by name. Thread-safe.
Result<QImage> loadImage(const QString &file, const ImageLimits &limits = {});
Result<QImage> decodeImage(const QByteArray &bytes, const QString &name, const ImageLimits &limits = {});

/// The same, with what the picture said about its colours.
struct DecodedPicture
{
    QImage image;
    ColorProfile profile;
};
Result<DecodedPicture> decodePicture(const QByteArray &bytes, const QString &name, const ImageLimits &limits = {});

/// Writes an sRGB PNG: a temporary file in the same folder, then a rename. The bytes depend on the pixels alone.
Result<void> savePng(const QImage &image, const QString &file);

/// SHA-256 of the pixels as straight RGBA, 8 bits each, row by row: `pixels_sha256`.
QString pixelDigest(const QImage &image);

} // namespace Galley
