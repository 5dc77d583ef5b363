#pragma once

#include <QByteArray>
#include <QString>

namespace Galley {

/// The media type that \a bytes begin like: "image/png", "image/jpeg", "image/webp", "image/gif", "image/tiff"; empty for anything else.
QByteArray mediaTypeOf(const QByteArray &bytes);
/// The ending of a file of \a mediaType, without the dot: "png"; "bin" for what is none of these.
QString mediaTypeSuffix(const QByteArray &mediaType);

} // namespace Galley
