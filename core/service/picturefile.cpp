#include "core/service/picturefile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>

namespace Galley {

namespace {

constexpr int maxSide = 4096;

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::PictureFile", text);
}

} // namespace

Result<QImage> readPicture(const QString &file)
{
    const QString shown = QDir::toNativeSeparators(file);
    if (!QFileInfo(file).isFile())
        return fail(ErrorCode::NotFound, tr("The picture %1 is not there. Put it back or choose another one.").arg(shown));
    QImageReader reader(file);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (size.width() > maxSide || size.height() > maxSide)
        reader.setScaledSize(size.scaled(maxSide, maxSide, Qt::KeepAspectRatio));
    const QImage image = reader.read();
    if (image.isNull()) {
        return fail(ErrorCode::InvalidInput,
                    tr("The picture %1 cannot be read. Save it as PNG, JPEG or WebP and choose it again.").arg(shown), reader.errorString());
    }
    return image.convertToFormat(QImage::Format_RGBA8888_Premultiplied);
}

} // namespace Galley
