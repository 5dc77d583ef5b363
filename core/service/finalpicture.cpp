#include "core/service/finalpicture.h"

#include "core/composition/scene.h"
#include "core/imaging/imagefile.h"
#include "core/service/finalplan.h"

#include <QCoreApplication>

namespace Galley {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Galley::FinalPicture", text);
}

/// The user's own images of what is set.
LayerPictures ownImages(const Scene &scene)
{
    LayerPictures pictures;
    for (const SceneItem &item : scene.items) {
        if (item.kind != SceneItem::Kind::Picture || item.imagePath.isEmpty())
            continue;
        if (const auto image = loadImage(item.imagePath))
            pictures.insert(item.tokenId, *image);
    }
    return pictures;
}

void readBack(FinalPicture &final, const Variant &variant)
{
    for (const TextReading &reading : readTexts(final.raw, textsToRead(variant, final.raw.size()))) {
        final.textChecked |= reading.wasRead();
        if (const QString finding = textFinding(reading); !finding.isEmpty())
            final.textFindings.append(finding);
        if (!reading.wasRead())
            final.problems.append(reading.problem);
    }
}

} // namespace

QImage composeFinal(const QImage &raw, const Variant &variant, QStringList *problems)
{
    const Scene scene = buildFinalScene(variant);
    LayerPictures pictures = ownImages(scene);
    pictures.insert(finalPictureKey(), finalGround(raw, variant.background));
    ScenePainter painter;
    const QImage composed = painter.compose(scene, pictures, scene.canvas);
    for (const SceneProblem &problem : painter.problems(scene, pictures))
        problems->append(problem.message);
    return composed;
}

std::optional<double> meanScore(const QImage &picture, const QList<TextToRead> &texts)
{
    double sum = 0;
    int read = 0;
    for (const TextReading &reading : readTexts(picture, texts)) {
        if (!reading.wasRead())
            continue;
        sum += reading.difference.score;
        ++read;
    }
    return read > 0 ? std::optional(sum / read) : std::nullopt;
}

Result<FinalPicture> makeFinalPicture(Store *store, qint64 jobId, int index)
{
    const Result<JobRecord> job = store->job(jobId).result();
    if (!job)
        return fail(job.error());
    if (job->state != JobState::Done || job->assets.isEmpty())
        return fail(ErrorCode::NotFound, tr("This job has no picture yet: it is %1.").arg(jobStateName(job->state)));
    if (index < 0 || index >= job->assets.size())
        return fail(ErrorCode::NotFound, tr("This job has no picture %1: it brought %2.").arg(index + 1).arg(job->assets.size()));
    const Result<AssetRecord> asset = store->asset(job->assets.at(index)).result();
    if (!asset)
        return fail(asset.error());
    const Result<QByteArray> bytes = store->original(asset->id).result();
    if (!bytes)
        return fail(bytes.error());
    const auto raw = decodeImage(*bytes, store->originalFile(*asset));
    if (!raw)
        return fail(raw.error());
    const auto variant = resolve(job->request.source, job->request.row, job->request.folder);
    if (!variant)
        return fail(variant.error());
    FinalPicture final;
    final.jobId = jobId;
    final.assetId = asset->id;
    final.index = index;
    final.count = int(job->assets.size());
    final.raw = *raw;
    final.requested = asset->requestedModel;
    final.routed = asset->routedModel;
    final.served = asset->servedModel;
    final.provenance = asset->provenance;
    final.originalFile = store->originalFile(*asset);
    final.digest = asset->digest;
    final.composed = composeFinal(final.raw, *variant, &final.problems);
    readBack(final, *variant);
    return final;
}

} // namespace Galley
