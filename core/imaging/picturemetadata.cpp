#include "core/imaging/picturemetadata.h"

#include "core/imaging/picturefile.h"

#include <QBuffer>
#include <QColorSpace>
#include <QCoreApplication>
#include <QImageWriter>
#include <QPainter>
#include <QStringList>

#include <exiv2/exiv2.hpp>

#include <mutex>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::PictureMetadata", text);
}

/// The XMP toolkit behind exiv2 has one registry for the process.
class XmpLock
{
public:
    XmpLock()
        : m_lock(mutex())
    {
        static const bool isReady = [] {
            Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
            Exiv2::XmpParser::initialize();
            Exiv2::XmpProperties::registerNs(galleyNamespace().toStdString(), "galley");
            return true;
        }();
        Q_UNUSED(isReady)
    }

private:
    static std::mutex &mutex()
    {
        static std::mutex one;
        return one;
    }

    std::lock_guard<std::mutex> m_lock;
};

/// XML has no control characters.
std::string plain(QString text)
{
    for (QChar &c : text) {
        if ((c.unicode() < 32 && c != u'\n' && c != u'\t') || c.unicode() == 0xFFFE || c.unicode() == 0xFFFF)
            c = u' ';
    }
    return text.toStdString();
}

void set(Exiv2::XmpData &xmp, const char *key, const QString &text)
{
    if (!text.isEmpty())
        xmp[key] = plain(text);
}

void setLanguage(Exiv2::XmpData &xmp, const char *key, const QString &text)
{
    if (text.isEmpty())
        return;
    Exiv2::LangAltValue value;
    value.value_["x-default"] = plain(text);
    xmp.add(Exiv2::XmpKey(key), &value);
}

void setList(Exiv2::XmpData &xmp, const char *key, const QStringList &texts)
{
    if (const auto old = xmp.findKey(Exiv2::XmpKey(key)); old != xmp.end())
        xmp.erase(old);
    if (texts.isEmpty())
        return;
    Exiv2::XmpArrayValue list(Exiv2::xmpBag);
    for (const QString &text : texts)
        list.read(plain(text));
    xmp.add(Exiv2::XmpKey(key), &list);
}

QStringList listOf(const Exiv2::XmpData &xmp, const char *key)
{
    QStringList texts;
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    for (long i = 0; found != xmp.end() && i < long(found->count()); ++i)
        texts << QString::fromStdString(found->toString(i));
    return texts;
}

void fill(Exiv2::XmpData &xmp, const PictureMetadata &metadata)
{
    for (const char *key : {"Xmp.dc.description", "Xmp.dc.title"}) {
        if (const auto old = xmp.findKey(Exiv2::XmpKey(key)); old != xmp.end())
            xmp.erase(old);
    }
    setLanguage(xmp, "Xmp.dc.description", metadata.description);
    setLanguage(xmp, "Xmp.dc.title", metadata.title);
    set(xmp, "Xmp.xmp.CreatorTool", metadata.tool);
    if (metadata.createdAt.isValid())
        set(xmp, "Xmp.xmp.CreateDate", metadata.createdAt.toUTC().toString(Qt::ISODate));
    set(xmp, "Xmp.iptcExt.DigitalSourceType", sourceTypeUri(metadata.source));
    // IPTC Photo Metadata 2025.1
    if (metadata.source != SourceType::Assembled) {
        set(xmp, "Xmp.iptcExt.AISystemUsed", metadata.served.isEmpty() ? metadata.routed : metadata.served);
        set(xmp, "Xmp.iptcExt.AISystemVersionUsed", metadata.revision);
        set(xmp, "Xmp.iptcExt.AIPromptInformation", metadata.description);
    }
    set(xmp, "Xmp.galley.Requested", metadata.requested);
    set(xmp, "Xmp.galley.Routed", metadata.routed);
    set(xmp, "Xmp.galley.Served", metadata.served);
    set(xmp, "Xmp.galley.Revision", metadata.revision);
    if (metadata.seed)
        set(xmp, "Xmp.galley.Seed", QString::number(*metadata.seed));
    setList(xmp, "Xmp.galley.Scores", metadata.scores);
    if (!metadata.provenance.empty())
        set(xmp, "Xmp.galley.Provenance", QString::fromUtf8(dumpJson(metadata.provenance)));
}

QString textOf(const Exiv2::XmpData &xmp, const char *key)
{
    const auto found = xmp.findKey(Exiv2::XmpKey(key));
    if (found == xmp.end())
        return {};
    if (found->typeId() == Exiv2::langAlt) {
        const auto *value = dynamic_cast<const Exiv2::LangAltValue *>(&found->value());
        return value ? QString::fromStdString(value->toString("x-default")) : QString();
    }
    return QString::fromStdString(found->toString());
}

/// EXIF's user comment, where tools look for parameters in files that have no text chunks.
void setComment(Exiv2::ExifData &exif, const PictureMetadata &metadata)
{
    if (!metadata.tool.isEmpty())
        exif["Exif.Image.Software"] = plain(metadata.tool);
    if (!metadata.parameters.isEmpty())
        exif["Exif.Photo.UserComment"] = "charset=Unicode " + plain(metadata.parameters);
}

Result<QByteArray> written(const QByteArray &file, const PictureMetadata &metadata, bool hasTextChunks)
{
    const XmpLock lock;
    try {
        const auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte *>(file.constData()), long(file.size()));
        image->readMetadata();
        fill(image->xmpData(), metadata);
        if (!hasTextChunks)
            setComment(image->exifData(), metadata);
        image->writeMetadata();
        Exiv2::BasicIo &io = image->io();
        if (io.open() != 0)
            return fail(ErrorCode::Io, tr("The picture with its metadata cannot be read back."));
        const QByteArray bytes(reinterpret_cast<const char *>(io.mmap()), qsizetype(io.size()));
        io.munmap();
        io.close();
        return bytes;
    } catch (const std::exception &error) {
        return fail(Error{ErrorCode::InvalidInput, tr("The picture's metadata cannot be written. Save it as PNG, or without metadata."), QString::fromUtf8(error.what())});
    }
}

std::string packetOf(const PictureMetadata &metadata)
{
    Exiv2::XmpData xmp;
    fill(xmp, metadata);
    std::string packet;
    return Exiv2::XmpParser::encode(packet, xmp, Exiv2::XmpParser::omitPacketWrapper) == 0 ? packet : std::string();
}

/// \a metadata without what JPEG has no room for, in the order in which it can be spared.
PictureMetadata fittedForJpeg(PictureMetadata metadata, QStringList *left)
{
    constexpr size_t room = 60'000;  // of 65,502: what is in the file already needs some
    const XmpLock lock;
    const auto leave = [&](const char *what) {
        if (left)
            left->append(QLatin1String(what));
    };
    for (const char *key : {"answer", "request", "attempts", "decision"}) {
        if (packetOf(metadata).size() < room)
            return metadata;
        if (metadata.provenance.erase(key) > 0)
            leave(key);
    }
    if (packetOf(metadata).size() >= room) {
        metadata.provenance = Json::object();
        leave("provenance");
    }
    if (packetOf(metadata).size() >= room) {
        metadata.description.truncate(2000);
        leave("prompt");
    }
    return metadata;
}

} // namespace

QString sourceTypeUri(SourceType type)
{
    const QString scheme = QStringLiteral("http://cv.iptc.org/newscodes/digitalsourcetype/");
    switch (type) {
    case SourceType::Generated: return scheme + QStringLiteral("trainedAlgorithmicMedia");
    case SourceType::Edited: return scheme + QStringLiteral("compositeWithTrainedAlgorithmicMedia");
    case SourceType::Composed: return scheme + QStringLiteral("compositeSynthetic");
    case SourceType::Assembled: return scheme + QStringLiteral("composite");
    }
    return {};
}

QString galleyNamespace()
{
    return QStringLiteral("urn:galley:ns:1.0/");
}

Result<QByteArray> encodePicture(const QImage &image, PictureFormat format, int quality)
{
    QImage tagged = image;
    if (format == PictureFormat::Jpeg && image.hasAlphaChannel()) {
        tagged = QImage(image.size(), QImage::Format_RGB32);
        tagged.fill(Qt::white);
        QPainter(&tagged).drawImage(0, 0, image);
    } else {
        tagged = image.convertToFormat(image.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    }
    tagged.setColorSpace(QColorSpace(QColorSpace::SRgb));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format == PictureFormat::Jpeg ? "jpeg" : format == PictureFormat::WebP ? "webp" : format == PictureFormat::Tiff ? "tiff" : "png");
    if (format == PictureFormat::Jpeg || format == PictureFormat::WebP)
        writer.setQuality(quality);
    else
        writer.setCompression(format == PictureFormat::Png ? 30 : 1);
    if (!writer.write(tagged))
        return fail(ErrorCode::Unsupported, tr("The picture cannot be written as %1: %2.").arg(pictureFormatName(format), writer.errorString()));
    return bytes;
}

Result<QByteArray> withMetadata(const QByteArray &file, const PictureMetadata &metadata, QStringList *left)
{
    const auto format = pictureFormatOf(file);
    if (!format)
        return fail(ErrorCode::Unsupported, tr("Metadata can be written into PNG, JPEG, WebP and TIFF only. Save the picture as one of them."));
    if (carriesCredentials(file))
        return fail(ErrorCode::Unsupported, tr("The picture carries signed content credentials and must not be changed; its metadata belongs into a file beside it."));
    if (*format == PictureFormat::Jpeg) {
        PictureMetadata fitted = fittedForJpeg(metadata, left);
        if (fitted.parameters.size() > 30'000)
            fitted.parameters.clear();
        return written(file, fitted, false);
    }
    if (*format != PictureFormat::Png)
        return written(file, metadata, false);
    const auto tagged = written(file, metadata, true);
    if (!tagged)
        return tagged;
    return withPngTexts(*tagged, {{"Software", metadata.tool},
                                  {"galley", metadata.provenance.empty() ? QString() : QString::fromUtf8(dumpJson(metadata.provenance))},
                                  {"parameters", metadata.parameters}});
}

Result<QByteArray> metadataSidecar(const PictureMetadata &metadata)
{
    const XmpLock lock;
    try {
        const std::string packet = packetOf(metadata);
        if (packet.empty())
            return fail(ErrorCode::InvalidInput, tr("The picture's metadata cannot be written as XMP."));
        return QByteArray("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") + QByteArray::fromStdString(packet) + '\n';
    } catch (const std::exception &error) {
        return fail(Error{ErrorCode::InvalidInput, tr("The picture's metadata cannot be written as XMP."), QString::fromUtf8(error.what())});
    }
}

Result<PictureMetadata> readMetadata(const QByteArray &file)
{
    const Error none{ErrorCode::NotFound, tr("The picture has no metadata of Galley."), {}};
    if (!pictureFormatOf(file))
        return fail(none);
    const XmpLock lock;
    try {
        const auto image = Exiv2::ImageFactory::open(reinterpret_cast<const Exiv2::byte *>(file.constData()), long(file.size()));
        image->readMetadata();
        const Exiv2::XmpData &xmp = image->xmpData();
        PictureMetadata metadata;
        const QString type = textOf(xmp, "Xmp.iptcExt.DigitalSourceType");
        for (const SourceType each : {SourceType::Generated, SourceType::Edited, SourceType::Composed, SourceType::Assembled}) {
            if (type == sourceTypeUri(each))
                metadata.source = each;
        }
        metadata.title = textOf(xmp, "Xmp.dc.title");
        metadata.description = textOf(xmp, "Xmp.dc.description");
        metadata.tool = textOf(xmp, "Xmp.xmp.CreatorTool");
        metadata.createdAt = QDateTime::fromString(textOf(xmp, "Xmp.xmp.CreateDate"), Qt::ISODate);
        metadata.requested = textOf(xmp, "Xmp.galley.Requested");
        metadata.routed = textOf(xmp, "Xmp.galley.Routed");
        metadata.served = textOf(xmp, "Xmp.galley.Served");
        metadata.revision = textOf(xmp, "Xmp.galley.Revision");
        bool isNumber = false;
        const qint64 seed = textOf(xmp, "Xmp.galley.Seed").toLongLong(&isNumber);
        if (isNumber)
            metadata.seed = seed;
        metadata.scores = listOf(xmp, "Xmp.galley.Scores");
        if (const auto json = parseJson(textOf(xmp, "Xmp.galley.Provenance").toUtf8(), QString()); json && json->is_object())
            metadata.provenance = *json;
        if (metadata.routed.isEmpty() && metadata.provenance.empty())
            return fail(none);
        return metadata;
    } catch (const std::exception &error) {
        return fail(Error{ErrorCode::InvalidInput, tr("The picture's metadata is damaged."), QString::fromUtf8(error.what())});
    }
}

} // namespace Galley
