#pragma once

#include "core/base/result.h"

#include <QImage>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>

namespace Galley {

/// One entry of the bundled clip-art pack.
struct Cutout
{
    QString id;
    QString caption;
    QStringList keywords;
    QString style;
    QString source;
    QString licence;
    QString author;
    QSize size;
};

struct CutoutMatch
{
    int index = -1;
    double score = 0;  ///< cosine of captions, or the share of matched words when there is no vector
};

/// The clip-art pack (resources/cutouts: index.json, cutouts.bin, vectors.bin; format in packaging/draft-model). Immutable after
/// load and thread-safe; pictures are decoded on demand and kept in a small cache.
class CutoutLibrary
{
public:
    static Result<std::shared_ptr<const CutoutLibrary>> load(const QString &folder);
    ~CutoutLibrary();

    int count() const;
    const Cutout &at(int index) const;
    Result<QImage> image(int index) const;  ///< premultiplied RGBA8888

    bool hasVectors() const;
    /// Best first: by cosine, where a caption counts for a little more than a keyword. \a vector is a unit vector of RenderEngine::embed.
    QList<CutoutMatch> nearest(const QList<float> &vector, int n = 1) const;
    /// Without the worker: by words of caption and keywords, best first; empty when nothing matches.
    QList<CutoutMatch> nearestByWords(const QString &words, int n = 1) const;

private:
    CutoutLibrary();
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Galley
