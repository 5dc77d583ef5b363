#include "core/service/draftkeeping.h"

#include "core/base/digest.h"
#include "core/imaging/picturemetadata.h"
#include "core/service/draftservice.h"
#include "core/service/provenance.h"

#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::DraftKeeping", text);
}

bool isDraft(const AssetRecord &record)
{
    return record.provenance.is_object() && toQString(record.provenance.value("kind", Json(nullptr))) == QLatin1String("draft");
}

Json requestDigest(const AssetRecord &record)
{
    return record.provenance.is_object() ? record.provenance.value("request_digest", Json(nullptr)) : Json(nullptr);
}

/// The same pixels made from the same: a second row would say nothing new. Drafts of clip art look alike with any seed, and are not the same.
Result<qint64> findKept(Store *store, const AssetRecord &wanted, const QString &digest)
{
    const Result<QList<qint64>> ids = store->picturesOfDigest(digest).result();
    if (!ids)
        return fail(ids.error());
    for (const qint64 id : *ids) {
        const Result<AssetRecord> record = store->asset(id).result();
        if (record && isDraft(*record) && toQString(requestDigest(*record)) == toQString(requestDigest(wanted)))
            return id;
    }
    return 0;
}

} // namespace

Result<KeptDraft> keepDraft(Store *store, const Draft &draft, const QDateTime &now)
{
    if (draft.scene.items.isEmpty() || draft.scene.canvas.isEmpty())
        return fail(ErrorCode::InvalidInput, tr("There is no draft yet that could be kept in the library. Wait until it is drawn."));
    const QImage image = ScenePainter().compose(draft.scene, draft.pictures, draft.scene.canvas);
    if (image.isNull())
        return fail(ErrorCode::OutOfMemory, tr("There is no memory for the draft at canvas size, so that it was not kept. Close other programs and try again."));
    const auto png = encodePicture(image, PictureFormat::Png);
    if (!png)
        return fail(png.error());
    const NewAsset asset{keptDraftRecord(draft, now), *png};
    KeptDraft kept;
    kept.digest = sha256Hex(*png);
    const Result<qint64> known = findKept(store, asset.record, kept.digest);
    if (!known)
        return fail(known.error());
    if (*known > 0) {
        kept.id = *known;
        const auto restored = store->edit({*known}, {.deleted = false}).result();
        return restored ? Result<KeptDraft>(kept) : fail(restored.error());
    }
    const Result<AssetRecord> stored = store->put(asset).result();
    if (!stored)
        return fail(stored.error());
    kept.id = stored->id;
    kept.isNew = true;
    return kept;
}

Result<qint64> keptDraft(Store *store, const QString &digest)
{
    if (digest.isEmpty())
        return 0;
    const Result<QList<qint64>> ids = store->picturesOfDigest(digest).result();
    if (!ids)
        return fail(ids.error());
    for (const qint64 id : *ids) {
        const Result<AssetRecord> record = store->asset(id).result();
        if (record && isDraft(*record))
            return id;
    }
    return 0;
}

} // namespace Galley
