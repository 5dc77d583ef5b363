#include "core/composition/scene.h"
#include "core/composition/sceneitems.h"

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

/// What is fitted into a box lies on whole canvas pixels inside it. The size follows from the size alone, so that a box that moves
/// by whole pixels shows exactly the same pixels. A tenth of a pixel is the rounding of four decimals.
QRectF insidePixels(const QRectF &rect)
{
    return {std::round(rect.x()), std::round(rect.y()), std::max(1.0, std::floor(rect.width() + 0.1)),
            std::max(1.0, std::floor(rect.height() + 0.1))};
}

/// Plates snap edge by edge: neighbours meet without a gap.
QRectF snappedEdges(const QRectF &rect)
{
    const QPointF topLeft(std::round(rect.left()), std::round(rect.top()));
    const QPointF bottomRight(std::max(topLeft.x() + 1, std::round(rect.right())), std::max(topLeft.y() + 1, std::round(rect.bottom())));
    return {topLeft, bottomRight};
}

SceneItem itemFor(const ResolvedToken &token, SceneItem::Kind kind, const Variant &variant)
{
    SceneItem item;
    item.kind = kind;
    item.tokenId = token.token.id;
    const QRectF box = token.token.box.toRect(variant.canvas);
    item.rect = kind == SceneItem::Kind::Fill ? snappedEdges(box) : insidePixels(box);
    item.opacity = token.token.opacity;
    item.radius = std::round(token.token.radius * variant.canvas.height());
    return item;
}

SceneItem itemOfPicture(const ResolvedToken &token, const Variant &variant)
{
    SceneItem item = itemFor(token, SceneItem::Kind::Picture, variant);
    item.imagePath = token.imagePath;
    if (token.token.role == Role::Background) {
        item.cover = true;
        item.rect = snappedEdges(token.token.box.toRect(variant.canvas));
    }
    return item;
}

/// The ground of \a background over the whole canvas; the canvas' own without one.
SceneItem groundItem(const Variant &variant, const ResolvedToken *background)
{
    SceneItem item;
    item.kind = SceneItem::Kind::Ground;
    item.rect = QRectF(QPointF(), QSizeF(variant.canvas));
    item.fill = variant.background.isValid() ? variant.background : QColor(Qt::white);
    if (background) {
        item.tokenId = background->token.id;
        item.words = background->show.text;
        item.palette = background->palette;
        item.opacity = background->token.opacity;
        if (background->fill.isValid())
            item.fill = background->fill;
    }
    return item;
}

SceneItem textItem(const ResolvedToken &token, const Variant &variant)
{
    SceneItem item = itemFor(token, SceneItem::Kind::Text, variant);
    item.text = token.text.text;
    item.style = token.token.style;
    item.canvasHeight = variant.canvas.height();
    item.color = token.textColor.isValid() ? token.textColor : QColor(Qt::black);
    if (token.fill.isValid()) { // a label keeps clear of the edge of its plate
        const double across = std::min(item.rect.width() * 0.15, std::max(item.radius * 0.6, item.rect.height() * 0.12));
        const double down = item.rect.height() * 0.12;
        item.rect = insidePixels(item.rect.adjusted(across, down, -across, -down));
    }
    return item;
}

} // namespace

void appendToken(QList<SceneItem> &items, const ResolvedToken &token, const Variant &variant)
{
    if (token.fill.isValid()) {
        SceneItem item = itemFor(token, SceneItem::Kind::Fill, variant);
        item.fill = token.fill;
        items.append(item);
    }
    if (!token.imagePath.isEmpty()) {
        items.append(itemOfPicture(token, variant));
    } else if (token.token.role == Role::Subject && !token.show.text.trimmed().isEmpty()) {
        SceneItem item = itemFor(token, SceneItem::Kind::Subject, variant);
        item.words = token.show.text;
        item.palette = token.palette;
        items.append(item);
    }
    if (!token.text.text.trimmed().isEmpty() && token.token.role != Role::Subject)
        items.append(textItem(token, variant));
}

Scene buildScene(const Variant &variant)
{
    Scene scene;
    scene.canvas = variant.canvas;
    const auto background = std::find_if(variant.tokens.begin(), variant.tokens.end(),
                                         [](const ResolvedToken &token) { return token.token.role == Role::Background; });
    const ResolvedToken *ground = background == variant.tokens.end() ? nullptr : &*background;
    if (!ground || ground->token.opacity < 1)
        scene.items.append(groundItem(variant, nullptr));
    if (ground)
        scene.items.append(groundItem(variant, ground));
    for (const ResolvedToken &token : variant.tokens) {
        if (&token != ground) {
            appendToken(scene.items, token, variant);
        } else if (!token.imagePath.isEmpty()) { // a picture as ground lies over the colour
            scene.items.append(itemOfPicture(token, variant));
        }
    }
    return scene;
}

QRectF fitCutout(const QSize &visiblePicture, const QRectF &box)
{
    if (visiblePicture.isEmpty())
        return box;
    const double scale = std::min(box.width() / visiblePicture.width(), box.height() / visiblePicture.height());
    const double w = std::max(1.0, std::floor(visiblePicture.width() * scale + 1e-6));
    const double h = std::max(1.0, std::floor(visiblePicture.height() * scale + 1e-6));
    return {box.x() + std::floor((box.width() - w) / 2), box.y() + std::floor((box.height() - h) / 2), w, h};
}

} // namespace Galley
