#pragma once

#include "core/base/json.h"
#include "core/render/renderrequest.h"

namespace Galley {

/// An image that a template, or its row, names by path, on its way in a project file.
struct ProjectImage
{
    QString token;     ///< that shows it
    QString name;      ///< in the project file: images/<sha256>.png
    QByteArray bytes;
};

struct ProjectImages
{
    QList<ProjectImage> found;
    QStringList missing;  ///< one sentence for each that cannot be read, or is no picture
};

/// The images that \a request shows. Reads them: on a pool.
ProjectImages projectImages(const RenderRequest &request);

/// \a request without folders of this machine: of images that were named by their whole path the file's name stays.
RenderRequest withoutImageFolders(const RenderRequest &request);

/// The pattern of ProjectImage::name; the first group is the digest.
QString projectImagePattern();
/// Which token shows which image of the file, as JSON; reading takes only names that match the pattern.
Json projectImagesJson(const ProjectImages &images);
QList<ProjectImage> projectImagesFromJson(const Json &json);

/// Puts \a images below \a library and lets \a request name them there. Durable.
Result<void> placeProjectImages(const QList<ProjectImage> &images, const QString &library, RenderRequest *request);

} // namespace Galley
