#include "core/store/thumbnail.h"

#include "core/imaging/imagefile.h"

#include <QBuffer>
#include <QImageWriter>

#include <algorithm>

namespace Galley {

namespace {

constexpr int quality = 85;

/// Large pictures roughly first: one smooth step over all their pixels takes several times as long.
QImage scaledDown(QImage image)
{
    const int longer = std::max(image.width(), image.height());
    if (longer <= Thumbnail::side)
        return image;
    const QSize target = image.size().scaled(Thumbnail::side, Thumbnail::side, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    if (longer > Thumbnail::side * 4)
        image = image.scaled(target * 3, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    return image.scaled(target, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

bool isOpaque(const QImage &image)
{
    for (int y = 0; y < image.height(); ++y) {
        const uchar *line = image.constScanLine(y);
        for (int x = 0; x < image.width(); ++x) {
            if (line[x * 4 + 3] != 255)
                return false;
        }
    }
    return true;
}

} // namespace

Thumbnail makeThumbnail(const QByteArray &bytes, const QString &name)
{
    const auto picture = decodeImage(bytes, name);
    if (!picture)
        return {{}, {}, picture.error().message};
    const QImage small = scaledDown(*picture).convertToFormat(QImage::Format_RGBA8888_Premultiplied);
    Thumbnail thumbnail;
    thumbnail.format = isOpaque(small) ? "jpeg" : "webp";
    QBuffer buffer(&thumbnail.bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, thumbnail.format);
    writer.setQuality(quality);
    if (!writer.write(thumbnail.format == "jpeg" ? small.convertToFormat(QImage::Format_RGB32) : small.convertToFormat(QImage::Format_RGBA8888)))
        return {{}, {}, writer.errorString()};
    return thumbnail;
}

Result<QImage> thumbnailImage(const Thumbnail &thumbnail)
{
    if (thumbnail.bytes.isEmpty())
        return fail(ErrorCode::InvalidInput, thumbnail.problem);
    return decodeImage(thumbnail.bytes, QStringLiteral("library.db"));
}

} // namespace Galley
