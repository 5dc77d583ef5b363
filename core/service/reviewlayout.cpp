#include "core/service/reviewlayout.h"

#include "core/composition/textblock.h"
#include "core/imaging/imagefile.h"
#include "core/prompt/promptcompiler.h"
#include "core/service/finalpicture.h"

#include <QPainter>

#include <algorithm>

namespace Galley {

namespace {

/// \a item alone, black on white.
QImage typeset(ScenePainter &painter, SceneItem item)
{
    const QSize size = item.rect.size().toSize();
    if (size.isEmpty())
        return {};
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    item.color = Qt::black;
    item.opacity = 1;
    QPainter on(&image);
    on.translate(-item.rect.topLeft());
    painter.paintItem(on, item, {});
    return image;
}

ReviewText reviewText(ScenePainter &painter, const SceneItem &item, const ResolvedToken &token, const QSize &canvas)
{
    ReviewText text;
    text.id = item.tokenId;
    text.box = Box::fromRect(item.rect, canvas);
    text.text = item.text;
    text.isSet = token.isSet();
    if (text.isSet)
        text.color = item.color;
    text.pixelSize = TextBlock(item.text, item.style, item.rect.size(), item.canvasHeight).pixelSize();
    text.isBold = item.style.font.weight >= 700;
    text.typeset = typeset(painter, item);
    return text;
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

/// Where \a variant's own texts, fills and images lie over the picture, as ReviewLayout::covered.
QImage coveredBySet(ScenePainter &painter, const Variant &variant)
{
    constexpr int edge = 640;
    const QSize size = variant.canvas.scaled(edge, edge, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    Scene scene = buildFinalScene(variant);
    scene.items.removeIf([](const SceneItem &item) { return item.tokenId == finalPictureKey(); });
    QImage set(size, QImage::Format_ARGB32_Premultiplied);
    set.fill(Qt::transparent);
    QPainter on(&set);
    on.setRenderHint(QPainter::Antialiasing);
    on.scale(double(size.width()) / variant.canvas.width(), double(size.height()) / variant.canvas.height());
    painter.paint(on, scene, ownImages(scene), false);
    on.end();
    return set.convertToFormat(QImage::Format_Alpha8);
}

} // namespace

std::optional<Variant> assetVariant(Store *store, const AssetRecord &asset)
{
    if (asset.job == 0)
        return std::nullopt;
    const Result<JobRecord> job = store->job(asset.job).result();
    if (!job)
        return std::nullopt;
    const auto variant = resolve(job->request.source, job->request.row, job->request.folder);
    return variant ? std::optional(*variant) : std::nullopt;
}

Result<QImage> composedPicture(Store *store, const AssetRecord &asset)
{
    const Result<QByteArray> bytes = store->readOriginal(asset);
    if (!bytes)
        return fail(bytes.error());
    const auto raw = decodeImage(*bytes, store->originalFile(asset));
    if (!raw)
        return fail(raw.error());
    QStringList problems;
    const std::optional<Variant> variant = assetVariant(store, asset);
    return variant ? composeFinal(*raw, *variant, &problems) : *raw;
}

ReviewLayout reviewLayout(const Variant &variant)
{
    ReviewLayout layout;
    layout.canvas = variant.canvas;
    layout.palette = variant.palette;
    ScenePainter painter;
    for (const SceneItem &item : buildScene(variant).items) {
        const ResolvedToken *token = variant.findToken(item.tokenId);
        if (token && item.kind == SceneItem::Kind::Text && !item.text.trimmed().isEmpty())
            layout.texts.append(reviewText(painter, item, *token, variant.canvas));
    }
    for (const ResolvedToken &token : variant.tokens) {
        if (token.token.role == Role::Subject && !token.isSet())
            layout.subjects.append({token.token.id, token.token.box});
        if (!token.isSet())
            layout.palette += token.palette;
    }
    if (!variant.canvas.isEmpty())
        layout.covered = coveredBySet(painter, variant);
    if (!layout.palette.isEmpty() && variant.background.isValid())
        layout.palette.append(variant.background);
    return layout;
}

ReviewPictures reviewPictures(const QImage &raw, const Variant &variant)
{
    ReviewPictures pictures;
    pictures.raw = raw.copy(Frame{raw.size(), variant.canvas, {}}.visible().toAlignedRect().intersected(raw.rect()));
    QStringList problems;
    pictures.composed = composeFinal(raw, variant, &problems);
    Scene scene = buildFinalScene(variant);
    LayerPictures layers = ownImages(scene);
    layers.insert(finalPictureKey(), finalGround(raw, variant.background));
    pictures.ground = draftGround(scene, layers);
    return pictures;
}

QImage draftGround(const Scene &scene, const LayerPictures &pictures)
{
    Scene ground = scene;
    ground.items.removeIf([](const SceneItem &item) { return item.kind == SceneItem::Kind::Text; });
    return ScenePainter().compose(ground, pictures, ground.canvas);
}

} // namespace Galley
