#include "core/imaging/mediatype.h"

#include <utility>

namespace Galley {

QByteArray mediaTypeOf(const QByteArray &bytes)
{
    if (bytes.startsWith("\x89PNG\r\n\x1a\n"))
        return "image/png";
    if (bytes.startsWith("\xff\xd8\xff"))
        return "image/jpeg";
    if (bytes.startsWith("RIFF") && bytes.mid(8, 4) == "WEBP")
        return "image/webp";
    if (bytes.startsWith("GIF87a") || bytes.startsWith("GIF89a"))
        return "image/gif";
    if (bytes.startsWith(QByteArray("II*\0", 4)) || bytes.startsWith(QByteArray("MM\0*", 4)))
        return "image/tiff";
    return {};
}

QString mediaTypeSuffix(const QByteArray &mediaType)
{
    constexpr std::pair<const char *, const char *> known[] = {{"image/png", "png"}, {"image/jpeg", "jpg"}, {"image/webp", "webp"},
                                                               {"image/gif", "gif"}, {"image/tiff", "tiff"}};
    for (const auto &[type, suffix] : known) {
        if (mediaType == type)
            return QString::fromLatin1(suffix);
    }
    return QStringLiteral("bin");
}

} // namespace Galley
