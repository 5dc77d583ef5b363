#include "core/service/projectimages.h"

#include "core/base/digest.h"
#include "core/base/durable.h"
#include "core/imaging/mediatype.h"
#include "core/store/assettable.h"
#include "core/template/resolve.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace Galley {

namespace {

constexpr qint64 mostBytes = 200LL << 20;
constexpr std::size_t mostImages = 500;  ///< as many as a template has tokens

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::Library", text);
}

Result<ProjectImage> readImage(const QString &token, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > mostBytes)
        return fail(ErrorCode::Io, tr("The image %1 that the token \"%2\" shows is not in the file: it cannot be read.").arg(path, token));
    ProjectImage image{token, {}, file.readAll()};
    const QByteArray type = mediaTypeOf(image.bytes);
    if (type.isEmpty()) {
        return fail(ErrorCode::InvalidInput,
                    tr("The image %1 that the token \"%2\" shows is not in the file: it is no PNG, JPEG, WebP, GIF or TIFF.").arg(path, token));
    }
    const QString digest = sha256Hex(image.bytes);
    image.name = QStringLiteral("images/") + QFileInfo(AssetTable::relativeFile(digest, type)).fileName();
    return image;
}

void keepName(QString *path)
{
    if (QDir::isAbsolutePath(*path) || path->contains(QLatin1String(":\\")))
        *path = path->section(QRegularExpression(QStringLiteral("[/\\\\]")), -1);
}

} // namespace

ProjectImages projectImages(const RenderRequest &request)
{
    ProjectImages images;
    const auto variant = resolve(request.source, request.row, request.folder);
    if (!variant)
        return images;  // a job that could never be rendered shows nothing
    for (const ResolvedToken &token : variant->tokens) {
        if (token.imagePath.isEmpty())
            continue;
        const auto image = readImage(token.token.id, token.imagePath);
        if (image)
            images.found.append(*image);
        else
            images.missing.append(image.error().message);
    }
    return images;
}

RenderRequest withoutImageFolders(const RenderRequest &request)
{
    RenderRequest plain = request;
    for (QString *folder : {&plain.folder, &plain.row.folder})
        folder->clear();
    for (Token &token : plain.source.tokens)
        keepName(&token.image);
    for (Slot &slot : plain.source.slotList) {
        if (slot.type != SlotType::Image)
            continue;
        keepName(&slot.defaultValue);
        if (const auto value = plain.row.values.find(slot.name); value != plain.row.values.end())
            keepName(&*value);
    }
    return plain;
}

QString projectImagePattern()
{
    return QStringLiteral("images/([0-9a-f]{64})\\.[a-z]{3,4}");
}

Json projectImagesJson(const ProjectImages &images)
{
    Json list = Json::array();
    for (const ProjectImage &image : images.found)
        list.push_back({{"token", image.token.toStdString()}, {"file", image.name.toStdString()}});
    return list;
}

QList<ProjectImage> projectImagesFromJson(const Json &json)
{
    static const QRegularExpression name(QLatin1Char('^') + projectImagePattern() + QLatin1Char('$'));
    QList<ProjectImage> images;
    if (!json.is_array() || json.size() > mostImages)
        return images;
    for (const Json &item : json) {
        if (!item.is_object() || !item.contains("token") || !item.contains("file"))
            continue;
        const ProjectImage image{toQString(item["token"]), toQString(item["file"]), {}};
        if (name.match(image.name).hasMatch())
            images.append(image);
    }
    return images;
}

Result<void> placeProjectImages(const QList<ProjectImage> &images, const QString &library, RenderRequest *request)
{
    const QString folder = library + QStringLiteral("/images");
    for (const ProjectImage &image : images) {
        const QString file = QFileInfo(image.name).fileName();
        const auto token = std::find_if(request->source.tokens.begin(), request->source.tokens.end(), [&](const Token &each) { return each.id == image.token; });
        if (token == request->source.tokens.end())
            continue;
        if (!QFileInfo::exists(folder + QLatin1Char('/') + file)) {
            if (const auto written = writeDurably(folder + QLatin1Char('/') + file, image.bytes); !written)
                return written;
        }
        token->image = file;
        request->folder = folder;
    }
    return {};
}

} // namespace Galley
