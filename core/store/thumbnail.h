#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace Galley {

/// A small picture as the library keeps it: a plain value.
struct Thumbnail
{
    static constexpr int side = 256;  ///< its longer side, at most

    QByteArray format;   ///< "jpeg", or "webp" where something shows through
    QByteArray bytes;    ///< empty: none can be made
    QString problem;     ///< a sentence: why

    bool operator==(const Thumbnail &) const = default;
};

/// Of the file \a bytes, checked by the limits of core/imaging; \a name is for its sentences. What cannot be read is a thumbnail with a problem, so that it
/// is not tried for ever. Milliseconds to seconds: on a pool.
Thumbnail makeThumbnail(const QByteArray &bytes, const QString &name);
Result<QImage> thumbnailImage(const Thumbnail &thumbnail);

} // namespace Galley
