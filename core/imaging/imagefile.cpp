#include "core/imaging/imagefile.h"

#include "core/base/durable.h"

#include <QBuffer>
#include <QColorSpace>
#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QImageReader>
#include <QImageWriter>
#include <QSaveFile>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ImageFile", text);
}

/// Vector and exotic formats stay out: each decoder is attack surface.
const QList<QByteArray> &allowedFormats()
{
    static const QList<QByteArray> formats{"png", "jpeg", "jpg", "webp", "bmp", "gif", "tiff", "tif"};
    return formats;
}

Result<DecodedPicture> read(QIODevice *device, const QString &name, const ImageLimits &limits)
{
    if (device->size() > limits.bytes) {
        return fail(ErrorCode::TooLarge, tr("%1 is larger than %2 MB. Make it smaller.").arg(name).arg(limits.bytes >> 20));
    }
    // Qt's own limit counts decoded bytes and differs between versions.
    QImageReader::setAllocationLimit(int(limits.pixels * 8 >> 20));
    QImageReader reader(device);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    if (!reader.canRead() || !allowedFormats().contains(reader.format())) {
        return fail(ErrorCode::InvalidInput, tr("%1 is no image that can be read here. Use PNG, JPEG, WebP, TIFF, GIF or BMP.").arg(name));
    }
    const QSize size = reader.size();
    if (size.isValid() && qint64(size.width()) * size.height() > limits.pixels) {
        return fail(ErrorCode::TooLarge,
                    tr("%1 has %2 × %3 pixels; the limit is %4 million. Make it smaller.")
                        .arg(name)
                        .arg(size.width())
                        .arg(size.height())
                        .arg(limits.pixels / 1'000'000));
    }
    QImage image;
    if (!reader.read(&image) || image.isNull())
        return fail(ErrorCode::InvalidInput, tr("%1 is damaged: %2.").arg(name, reader.errorString()));
    if (qint64(image.width()) * image.height() > limits.pixels)
        return fail(ErrorCode::TooLarge, tr("%1 has too many pixels. Make it smaller.").arg(name));
    const ColorProfile profile = convertToSrgb(image);
    image.setDevicePixelRatio(1);
    return DecodedPicture{image.convertToFormat(QImage::Format_RGBA8888_Premultiplied), profile};
}

Result<QImage> imageOf(const Result<DecodedPicture> &picture)
{
    return picture ? Result<QImage>(picture->image) : fail(picture.error());
}

} // namespace

Result<QImage> loadImage(const QString &file, const ImageLimits &limits)
{
    QFile source(file);
    if (!source.exists())
        return fail(ErrorCode::NotFound, tr("The image %1 does not exist.").arg(file));
    if (!source.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io, tr("The image %1 cannot be read: %2.").arg(file, source.errorString()));
    return imageOf(read(&source, file, limits));
}

Result<QImage> decodeImage(const QByteArray &bytes, const QString &name, const ImageLimits &limits)
{
    return imageOf(decodePicture(bytes, name, limits));
}

Result<DecodedPicture> decodePicture(const QByteArray &bytes, const QString &name, const ImageLimits &limits)
{
    QByteArray copy = bytes;
    QBuffer buffer(&copy);
    buffer.open(QIODevice::ReadOnly);
    return read(&buffer, name, limits);
}

Result<void> savePng(const QImage &image, const QString &file)
{
    QImage tagged = image;
    tagged.setColorSpace(QColorSpace(QColorSpace::SRgb));
    tagged.setDotsPerMeterX(2835);
    tagged.setDotsPerMeterY(2835);
    QSaveFile target(file);
    bool done = target.open(QIODevice::WriteOnly);
    if (done) {
        QImageWriter writer(&target, "png");
        writer.setCompression(30);
        done = writer.write(tagged) && commitWhole(target);
    }
    if (!done)
        return fail(ErrorCode::Io, tr("%1 could not be written: %2.").arg(file, writeReason(target)));
    return {};
}

QString pixelDigest(const QImage &image)
{
    const QImage straight = image.convertToFormat(QImage::Format_RGBA8888);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (int y = 0; y < straight.height(); ++y)
        hash.addData(QByteArrayView(straight.constScanLine(y), qsizetype(straight.width()) * 4));
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace Galley
