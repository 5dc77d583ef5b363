#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QImage>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Galley {

/// What a picture can be saved as.
enum class PictureFormat { Png, Jpeg, WebP, Tiff };

QList<PictureFormat> allPictureFormats();
QString pictureFormatName(PictureFormat format);    ///< "PNG"
QString pictureFormatSuffix(PictureFormat format);  ///< "png", "jpg", "webp", "tif"
/// "jpg", "JPEG", "tiff" …; nothing for others.
std::optional<PictureFormat> pictureFormatFromSuffix(const QString &suffix);
/// By its first bytes.
std::optional<PictureFormat> pictureFormatOf(const QByteArray &file);

/// IPTC's vocabulary of digital source types, as far as it is needed here (cv.iptc.org/newscodes/digitalsourcetype).
enum class SourceType {
    Generated,  ///< trainedAlgorithmicMedia: made by a model
    Edited,     ///< compositeWithTrainedAlgorithmicMedia: a model has redrawn parts of a picture that is not its own
    Composed,   ///< compositeSynthetic: text or images are laid over what a model has made
    Assembled,  ///< composite: put together without a model, as a draft of clip art is
};
QString sourceTypeUri(SourceType type);

/// What is written into files. Everything empty is left out. A plain value.
struct PictureMetadata
{
    SourceType source = SourceType::Generated;
    QString title;        ///< of the template
    QString description;  ///< the prompt
    QString tool;         ///< "Galley 0.1.0"
    QDateTime createdAt;
    QString requested;    ///< the three models
    QString routed;
    QString served;
    QString revision;
    std::optional<qint64> seed;
    QStringList scores;   ///< "palette 0.83 (how it was measured)", one each; 0–1, 1 is best
    Json provenance = Json::object();  ///< as a whole; no paths, no keys: the caller's care
    QString parameters;   ///< as AUTOMATIC1111 writes them, for tools that read that; empty: not written

    bool operator==(const PictureMetadata &) const = default;
};

/// Galley's own namespace in XMP, prefix "galley".
QString galleyNamespace();

/// \a image as a file with the sRGB profile. \a quality: 0–100, for JPEG and WebP (100: without loss). JPEG has no transparency: \a image lies on white.
Result<QByteArray> encodePicture(const QImage &image, PictureFormat format, int quality = 92);

/// \a file with \a metadata: XMP (IPTC, Dublin Core, Galley's own), text chunks of PNG, EXIF's user comment elsewhere; what else is in it stays, pixels
/// are not touched. Unsupported for other formats, and for files that carry content credentials: a single changed byte would make them invalid. JPEG
/// takes 64 kB of it: what the service answered and the request are left out first, which \a left names. Thread-safe.
Result<QByteArray> withMetadata(const QByteArray &file, const PictureMetadata &metadata, QStringList *left = nullptr);

/// The same as a file of its own beside a picture that must not be changed.
Result<QByteArray> metadataSidecar(const PictureMetadata &metadata);

/// What withMetadata() has written; NotFound when there is nothing of Galley in it. Everything is checked: it comes from outside. Thread-safe.
Result<PictureMetadata> readMetadata(const QByteArray &file);

/// Whether \a file carries C2PA content credentials (or another JUMBF box), or says that they are kept elsewhere for it: it must stay as it is.
bool carriesCredentials(const QByteArray &file);

} // namespace Galley
