#include "core/imaging/picturefile.h"

#include "core/imaging/mediatype.h"

#include <QtEndian>

#include <zlib.h>

#include <algorithm>

namespace Galley {

namespace {

quint32 bigEndian(const QByteArray &bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.constData() + at);
}

/// Calls \a visit(type, start, end) for each chunk of a PNG that is whole, until it returns true.
template<typename Visit>
bool anyPngChunk(const QByteArray &file, const Visit &visit)
{
    constexpr qsizetype frame = 12;  // length, type, checksum
    for (qsizetype at = 8; at + frame <= file.size();) {
        const quint32 length = bigEndian(file, at);
        if (qint64(length) > file.size() - at - frame)
            return false;
        const qsizetype end = at + frame + qsizetype(length);
        if (visit(file.mid(at + 4, 4), at, end))
            return true;
        at = end;
    }
    return false;
}

bool jpegHasBoxes(const QByteArray &file)
{
    const auto byte = [&](qsizetype at) { return uchar(file[at]); };
    for (qsizetype at = 2; at + 4 <= file.size();) {
        if (byte(at) != 0xFF)
            return false;
        const uchar marker = byte(at + 1);
        if (marker == 0xDA || marker == 0xD9)  // the picture itself, or its end
            return false;
        if (marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
            at += marker == 0xFF ? 1 : 2;
            continue;
        }
        const qsizetype length = byte(at + 2) << 8 | byte(at + 3);
        if (length < 2)
            return false;
        if (marker == 0xEB && file.mid(at + 4, 2) == "JP")
            return true;
        at += 2 + length;
    }
    return false;
}

bool webpHasCredentials(const QByteArray &file)
{
    for (qsizetype at = 12; at + 8 <= file.size();) {
        if (file.mid(at, 4) == "C2PA")
            return true;
        const quint32 length = qFromLittleEndian<quint32>(file.constData() + at + 4);
        if (qint64(length) > file.size() - at - 8)
            return false;
        at += 8 + qsizetype(length) + qsizetype(length & 1);
    }
    return false;
}

/// Whether a folder of the TIFF has C2PA's tag.
bool tiffHasCredentials(const QByteArray &file)
{
    constexpr quint16 credentials = 0xCD41;
    const bool isLittle = file.startsWith("II");
    const auto number16 = [&](qsizetype at) {
        return isLittle ? qFromLittleEndian<quint16>(file.constData() + at) : qFromBigEndian<quint16>(file.constData() + at);
    };
    const auto number32 = [&](qsizetype at) {
        return isLittle ? qFromLittleEndian<quint32>(file.constData() + at) : qFromBigEndian<quint32>(file.constData() + at);
    };
    qint64 at = file.size() >= 8 ? number32(4) : 0;
    for (int folder = 0; folder < 32 && at > 0 && at + 6 <= file.size(); ++folder) {
        const int entries = number16(at);
        const qint64 end = at + 2 + 12 * qint64(entries);
        if (end + 4 > file.size())
            return false;
        for (int entry = 0; entry < entries; ++entry) {
            if (number16(at + 2 + 12 * entry) == credentials)
                return true;
        }
        at = number32(end);
    }
    return false;
}

QByteArray pngChunk(const QByteArray &type, const QByteArray &body)
{
    const QByteArray checked = type + body;
    QByteArray chunk(4, '\0');
    qToBigEndian(quint32(body.size()), chunk.data());
    chunk += checked;
    QByteArray sum(4, '\0');
    qToBigEndian(quint32(crc32(0, reinterpret_cast<const Bytef *>(checked.constData()), uInt(checked.size()))), sum.data());
    return chunk + sum;
}

/// As AUTOMATIC1111 and PIL choose it: plain where the characters allow it, else international.
QByteArray pngText(const QByteArray &keyword, const QString &text)
{
    const bool isLatin1 = std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c == u'\n' || (c.unicode() >= 32 && c.unicode() < 127) || (c.unicode() > 160 && c.unicode() < 256); });
    if (isLatin1)
        return pngChunk("tEXt", keyword + '\0' + text.toLatin1());
    return pngChunk("iTXt", keyword + QByteArray(5, '\0') + text.toUtf8());
}

} // namespace

QList<PictureFormat> allPictureFormats()
{
    return {PictureFormat::Png, PictureFormat::Jpeg, PictureFormat::WebP, PictureFormat::Tiff};
}

QString pictureFormatName(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png: return QStringLiteral("PNG");
    case PictureFormat::Jpeg: return QStringLiteral("JPEG");
    case PictureFormat::WebP: return QStringLiteral("WebP");
    case PictureFormat::Tiff: return QStringLiteral("TIFF");
    }
    return {};
}

QString pictureFormatSuffix(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png: return QStringLiteral("png");
    case PictureFormat::Jpeg: return QStringLiteral("jpg");
    case PictureFormat::WebP: return QStringLiteral("webp");
    case PictureFormat::Tiff: return QStringLiteral("tif");
    }
    return {};
}

std::optional<PictureFormat> pictureFormatFromSuffix(const QString &suffix)
{
    const QString plain = suffix.toLower();
    if (plain == QLatin1String("jpeg"))
        return PictureFormat::Jpeg;
    if (plain == QLatin1String("tiff"))
        return PictureFormat::Tiff;
    for (const PictureFormat format : allPictureFormats()) {
        if (plain == pictureFormatSuffix(format))
            return format;
    }
    return std::nullopt;
}

std::optional<PictureFormat> pictureFormatOf(const QByteArray &file)
{
    const QByteArray type = mediaTypeOf(file);
    if (type == "image/png")
        return PictureFormat::Png;
    if (type == "image/jpeg")
        return PictureFormat::Jpeg;
    if (type == "image/webp")
        return PictureFormat::WebP;
    return type == "image/tiff" ? std::optional(PictureFormat::Tiff) : std::nullopt;
}

bool carriesCredentials(const QByteArray &file)
{
    const auto format = pictureFormatOf(file);
    if (!format)
        return false;
    if (file.contains("dcterms:provenance"))  // XMP that says where the credentials of exactly these bytes are kept
        return true;
    switch (*format) {
    case PictureFormat::Png:
        return anyPngChunk(file, [](const QByteArray &type, qsizetype, qsizetype) { return type == "caBX"; });
    case PictureFormat::Jpeg: return jpegHasBoxes(file);
    case PictureFormat::WebP: return webpHasCredentials(file);
    case PictureFormat::Tiff: return tiffHasCredentials(file);
    }
    return false;
}

QByteArray withPngTexts(const QByteArray &file, const QList<std::pair<QByteArray, QString>> &texts)
{
    QByteArray chunks;
    for (const auto &[keyword, text] : texts) {
        if (!text.isEmpty())
            chunks += pngText(keyword, text);
    }
    qsizetype before = 0;
    anyPngChunk(file, [&before](const QByteArray &type, qsizetype start, qsizetype) {
        before = start;
        return type == "IDAT";
    });
    return before == 0 ? file : file.left(before) + chunks + file.mid(before);
}

} // namespace Galley
