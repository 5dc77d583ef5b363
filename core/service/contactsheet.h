#pragma once

#include "core/base/result.h"
#include "core/store/assetrecord.h"
#include "core/store/libraryquery.h"

#include <QImage>
#include <QPageSize>

#include <functional>

namespace Galley {

/// A picture on a contact sheet, with what was said of it.
struct ContactPicture
{
    AssetRecord record;
    Judgement judgement;
    QList<PictureScore> scores;
    QImage image;  ///< of one that is not in the library (its record's id is 0): a draft

    QString model() const { return record.servedModel.isEmpty() ? record.routedModel : record.servedModel; }
};

struct ContactSheetOptions
{
    QString title;
    QPageSize page{QPageSize::A4};
    int resolution = 220;  ///< pixels of a picture in an inch of paper, at most
    QDateTime at;          ///< in the header; invalid: not there
    std::function<QString(const QString &)> modelName;  ///< what people call a model, on paper (the table has ids); on any thread; empty: its id
    bool asMade = false;   ///< the models' own pictures, without what Galley sets over them
};

/// Where pictures lie on the sheet. Pictures of several models are a grid, a column for each model and a row for each variant; those of one model follow
/// each other. A plain value.
struct ContactGrid
{
    QStringList columns;                ///< model ids; empty: no grid, pictures follow each other
    QList<QList<qsizetype>> rows;       ///< index of the picture for each place, -1: none
    QStringList labels;                 ///< of the rows: "Spring market, row 3"

    bool operator==(const ContactGrid &) const = default;
};

/// At most \a across pictures lie beside each other; further models begin rows of their own.
ContactGrid contactGrid(const QList<ContactPicture> &pictures, int across = 4);

/// Reads the picture when its turn comes: a sheet of hundreds never has more than one in memory. ErrorCode::Cancelled stops the sheet: nothing is written.
using ContactLoader = std::function<Result<QImage>(const ContactPicture &)>;

/// The sheet as PDF: text as text, pictures at print resolution, each with model, variant, cost, stars and note; header and page numbers. A picture that
/// cannot be read leaves its place with the sentence. Written to a temporary file, then renamed. Any thread with the bundled fonts loaded.
Result<void> writeContactSheet(const QString &file, const QList<ContactPicture> &pictures, const ContactLoader &load, const ContactSheetOptions &options);

/// One line for each picture, RFC 4180, UTF-8: everything that is known but the picture. What a spreadsheet would take for a formula begins with '.
QByteArray contactSheetCsv(const QList<ContactPicture> &pictures);

} // namespace Galley
