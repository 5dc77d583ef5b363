#include "core/service/librarysheet.h"

#include "core/base/durable.h"
#include "core/imaging/imagefile.h"
#include "core/service/reviewlayout.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::ContactSheet", text);
}

Result<QList<ContactPicture>> lookedUp(Store *store, QList<ContactPicture> pictures)
{
    for (ContactPicture &picture : pictures) {
        const qint64 id = picture.record.id;
        if (id <= 0)
            continue;
        const Result<AssetRecord> record = store->asset(id).result();
        if (!record)
            return fail(record.error());
        const Result<QList<LibraryCard>> cards = store->cards({id}).result();
        if (!cards)
            return fail(cards.error());
        picture.record = *record;
        if (!cards->isEmpty())
            picture.judgement = cards->first().judgement;
        picture.scores = store->scores(id).result().value_or(QList<PictureScore>());
    }
    return pictures;
}

Result<QImage> imageOf(Store *store, const ContactPicture &picture, bool asMade)
{
    if (picture.record.id <= 0)
        return picture.image;
    if (!asMade)
        return composedPicture(store, picture.record);
    const Result<QByteArray> bytes = store->readOriginal(picture.record);
    return bytes ? decodeImage(*bytes, store->originalFile(picture.record)) : fail(bytes.error());
}

Result<void> writeText(const QString &file, const QByteArray &text)
{
    QSaveFile out(file);
    if (out.open(QIODevice::WriteOnly) && out.write(text) == text.size() && commitWhole(out))
        return {};
    return fail(ErrorCode::Io, tr("%1 could not be written: %2. Choose another folder, or make room there.").arg(QDir::toNativeSeparators(file), writeReason(out)));
}

} // namespace

Result<LibraryReport> writeLibrarySheet(Store *store, const QList<ContactPicture> &pictures, const QString &file, const ContactSheetOptions &options,
                                        const CareProgress &progress)
{
    if (pictures.isEmpty())
        return fail(ErrorCode::NotFound, tr("There is no picture to put on the sheet. Name some by number, or search for others."));
    const auto known = lookedUp(store, pictures);
    if (!known)
        return fail(known.error());
    LibraryReport report;
    report.pictures = int(known->size());
    report.sentence = tr("Saved %1.").arg(QDir::toNativeSeparators(file));
    if (QFileInfo(file).suffix().toLower() == QLatin1String("csv")) {
        const auto written = writeText(file, contactSheetCsv(*known));
        return written ? Result<LibraryReport>(report) : fail(written.error());
    }
    qint64 done = 0;
    const auto load = [&](const ContactPicture &picture) -> Result<QImage> {
        if (progress && !progress(done++, known->size(), {}))
            return fail(ErrorCode::Cancelled, QString());
        const Result<QImage> image = imageOf(store, picture, options.asMade);
        if (!image)
            report.items.append({.picture = picture.record.id, .file = {}, .kind = QStringLiteral("missing"), .message = image.error().message});
        return image;
    };
    if (const auto written = writeContactSheet(file, *known, load, options); !written)
        return fail(written.error());
    if (!report.items.isEmpty()) {
        report.sentence += QLatin1Char(' ') + QCoreApplication::translate("Galley::ContactSheet", "%n picture(s) cannot be read; the sheet says why in their place.",
                                                                         nullptr, int(report.items.size()));
    }
    return report;
}

} // namespace Galley
