#pragma once

#include "core/store/assetrecord.h"
#include "core/store/libraryquery.h"
#include "ui/queue/modelnames.h"

#include <QImage>

namespace Galley {

/// One picture of a comparison with everything that is said of it. A plain value.
struct ComparePicture
{
    LibraryCard card;            ///< an id below 1: not of the library (a draft), so that it takes no stars
    AssetRecord record;          ///< prompt and provenance, once they are there
    QList<PictureScore> scores;
    bool isDraft = false;
    QString profile;             ///< of the colours, as LibraryPicture says it; empty until the picture is there
    bool hasProfile = false;
    QString problem;             ///< a sentence: why there is no picture; empty: there is one, or it is on its way

    qint64 id() const { return card.id; }
};

/// The model of \a picture as far as anybody knows, as people call it, and what was asked for where that is something else: "Ideogram 4",
/// "sd-medium → Ideogram 4".
QString modelTag(const ComparePicture &picture, const ModelNames &names);
/// What it is, for lists and screen readers, without its model: "Spring market, row 3", "Draft of Spring market".
QString subjectTag(const ComparePicture &picture);

} // namespace Galley
