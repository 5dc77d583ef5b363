#pragma once

#include "core/imaging/picturemetadata.h"
#include "core/store/assetrecord.h"
#include "core/store/libraryquery.h"

#include <QStringList>

namespace Galley {

class Settings;

/// How pictures leave the library.
struct ExportOptions
{
    PictureFormat format = PictureFormat::Png;
    int quality = 92;          ///< JPEG and WebP
    bool metadata = true;      ///< false: Galley writes nothing about the picture; what is in an original stays
    bool parameters = false;   ///< and the text of AUTOMATIC1111

    bool operator==(const ExportOptions &) const = default;
};

/// As the settings want it; the format by the ending of \a file, PNG for others.
ExportOptions exportOptions(const Settings &settings, const QString &file);

/// What is exported.
struct ExportSource
{
    AssetRecord record;   ///< provenance, models, prompt, seed
    QByteArray original;  ///< the bytes as they came; may be empty when \a image is there
    QImage image;         ///< composed: what is set lies over the model's picture; null: the original itself
    QList<PictureScore> scores = {};  ///< as far as it was measured
};

/// A picture ready to be written, and what lies beside it.
struct ExportedPicture
{
    QByteArray file;
    QByteArray sidecarXmp;    ///< only beside files that must not be changed
    QByteArray sidecarJson;
    QStringList notices;      ///< sentences for people
};

/// What is written into the file of \a record: everything that the library knows, without local paths. \a isComposed: text or images of the template
/// are laid over it. Scores are also a list of their own, which any reader of XMP shows.
PictureMetadata metadataOf(const AssetRecord &record, bool isComposed, bool parameters = false, const QList<PictureScore> &scores = {});

/// The bytes of picture \a id in \a file as they came, or a sentence why they are not these any more: checked against \a digest (SHA-256, hex). Any thread.
Result<QByteArray> readOriginal(const QString &file, const QString &digest, qint64 id);

/// Makes the file: the original's own bytes where the format is its own, else encoded anew with the sRGB profile; metadata inside, or beside a file that
/// carries signed content credentials, whose bytes stay as they are. Any thread; takes as long as encoding does.
Result<ExportedPicture> makeExport(const ExportSource &source, const ExportOptions &options);

/// makeExport(), written to \a file: a temporary file in its folder, then a rename. Sidecars are `<file>.xmp` and `<file>.json`. Returns the notices.
Result<QStringList> exportPicture(const ExportSource &source, const QString &file, const ExportOptions &options);

/// \a json with the parts of texts that are paths of this machine taken out.
Json withoutLocalPaths(const Json &json);

} // namespace Galley
