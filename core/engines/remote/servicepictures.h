#pragma once

#include "core/render/renderengine.h"

namespace Galley {

/// What pictures of a service may not exceed.
struct PictureLimits
{
    qint64 bytes = 64LL << 20;
    qint64 pixels = 100'000'000;
};

/// The media type that \a bytes begin like: "image/png", "image/jpeg", "image/webp", "image/gif"; empty for anything else.
QByteArray pictureMediaType(const QByteArray &bytes);

/// Reads one picture as it came. Type, completeness, size and pixels are checked before anything is decoded; a picture that was cut off is no
/// picture, although some decoders would fill it up with grey. The error's message completes "… answered, but …". Any thread.
Result<ServicePicture> readPicture(const QByteArray &bytes, const PictureLimits &limits = {});

/// The bytes of \a text, which is base64 (standard or URL alphabet, line breaks allowed) with or without "data:…;base64," before it. Any thread.
Result<QByteArray> bytesFromBase64(const QByteArray &text);

} // namespace Galley
