#include "core/engines/remote/servicepictures.h"

#include "core/engines/remote/failure.h"
#include "core/imaging/imagefile.h"
#include "core/imaging/mediatype.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>

namespace Galley {

namespace {

constexpr qsizetype trailingBytes = 1024;  ///< what may follow the end of a picture

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ServicePictures", text);
}

bool endsWithin(const QByteArray &bytes, const char *mark)
{
    return bytes.right(trailingBytes).contains(mark);
}

/// libjpeg fills what is missing with grey and Qt calls that a success, so the end mark is looked for.
bool isComplete(const QByteArray &bytes, const QByteArray &mediaType)
{
    if (mediaType == "image/png")
        return endsWithin(bytes, "IEND\xAE\x42\x60\x82");
    if (mediaType == "image/jpeg")
        return endsWithin(bytes, "\xFF\xD9");
    if (mediaType == "image/webp")
        return bytes.size() >= 12 && qFromLittleEndian<quint32>(bytes.constData() + 4) <= quint64(bytes.size()) - 8;
    return endsWithin(bytes, ";");
}

Error unusable(const QString &what, const QString &detail = {})
{
    Error error;
    error.code = ErrorCode::ServiceFailed;
    error.message = what;
    error.detail = detail;
    return error;
}

} // namespace

QByteArray pictureMediaType(const QByteArray &bytes)
{
    const QByteArray type = mediaTypeOf(bytes);
    return type == "image/tiff" ? QByteArray() : type;  // no service sends one
}

Result<ServicePicture> readPicture(const QByteArray &bytes, const PictureLimits &limits)
{
    ServicePicture picture;
    picture.bytes = bytes;
    picture.mediaType = pictureMediaType(bytes);
    if (bytes.isEmpty())
        return fail(unusable(tr("the picture is empty")));
    if (bytes.size() > limits.bytes)
        return fail(unusable(tr("the picture is larger than %1 MB").arg(limits.bytes >> 20)));
    if (picture.mediaType.isEmpty()) {
        return fail(unusable(tr("what it sent is no PNG, JPEG, WebP or GIF picture"),
                             shortened(QString::fromLatin1(bytes.left(80)), 80)));
    }
    if (!isComplete(bytes, picture.mediaType))
        return fail(unusable(tr("the picture was cut off after %1 bytes").arg(bytes.size())));
    const auto image = decodeImage(bytes, tr("The picture"), ImageLimits{.bytes = limits.bytes, .pixels = limits.pixels});
    if (!image) {
        if (image.error().code == ErrorCode::TooLarge)
            return fail(unusable(tr("the picture has more than %1 million pixels").arg(limits.pixels / 1'000'000), image.error().message));
        return fail(unusable(tr("the picture is damaged"), image.error().message));
    }
    picture.image = *image;
    return picture;
}

Result<QByteArray> bytesFromBase64(const QByteArray &text)
{
    qsizetype start = 0;
    if (text.startsWith("data:")) {
        const qsizetype comma = text.indexOf(',');
        if (comma < 0 || !text.left(comma).endsWith(";base64"))
            return fail(unusable(tr("its data URL is not in base64")));
        start = comma + 1;
    }
    QByteArray plain = start ? text.mid(start) : text;
    if (plain.contains('\n') || plain.contains('\r') || plain.contains(' '))
        plain.removeIf([](char c) { return c == '\n' || c == '\r' || c == ' '; });
    QByteArray::Base64Options options = QByteArray::AbortOnBase64DecodingErrors;
    if (plain.contains('-') || plain.contains('_'))
        options |= QByteArray::Base64UrlEncoding;
    auto decoded = QByteArray::fromBase64Encoding(std::move(plain), options);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok || decoded.decoded.isEmpty())
        return fail(unusable(tr("its base64 is damaged")));
    return decoded.decoded;
}

} // namespace Galley
