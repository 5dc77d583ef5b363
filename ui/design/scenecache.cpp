#include "ui/design/scenecache.h"

#include "ui/design/artboardview.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Galley {

namespace {

/// Up to this many device pixels the whole canvas lies ready, so that panning only shifts it; above, what the viewport shows.
constexpr qint64 wholeCanvasPixels = 6'000'000;

/// Grounds and cut-outs are made for the pixels that they cover, seen or not. Beyond this scale that would be gigabytes, so they are
/// enlarged from here; a canvas is never shown coarser than its own pixels.
double largestScale(const QSizeF &size, double zoom)
{
    const double pixels = std::max(1.0, size.width() * size.height());
    return std::min(zoom, std::max(1.0, std::sqrt(double(wholeCanvasPixels) / pixels)));
}

} // namespace

void SceneCache::clear()
{
    m_place = {};
    m_readyLayers.clear();
    m_groundLayer.clear();
    m_last.clear();
    m_ready = {};
    m_ground = {};
    m_rasters.clear();
}

SceneCache::Place SceneCache::placeFor(const ArtboardView &view)
{
    const double ratio = view.devicePixelRatio();
    const QPoint origin = (view.origin() * ratio).toPoint();
    const QSize size(int(std::ceil(view.canvas().width() * view.zoom())), int(std::ceil(view.canvas().height() * view.zoom())));
    QRect rect(QPoint(0, 0), size);
    if (qint64(size.width()) * size.height() <= wholeCanvasPixels)
        return {rect, {}, view.zoom(), view.canvas(), ratio};
    const QRectF viewport(view.viewport().topLeft() * ratio, view.viewport().size() * ratio);
    rect = rect.intersected(viewport.toAlignedRect().translated(-origin));
    return {rect, origin, view.zoom(), view.canvas(), ratio};
}

QList<SceneCache::Layer> SceneCache::layersOf(const Scene &scene, const LayerPictures &pictures)
{
    QList<Layer> layers;
    layers.reserve(scene.items.size());
    for (const SceneItem &item : scene.items) {
        const bool picture = item.kind == SceneItem::Kind::Subject || item.kind == SceneItem::Kind::Picture;
        const auto found = picture ? pictures.constFind(item.tokenId) : pictures.constEnd();
        layers << Layer{item, found == pictures.constEnd() ? 0 : found->cacheKey()};
    }
    return layers;
}

qsizetype SceneCache::commonPrefix(const QList<Layer> &a, const QList<Layer> &b)
{
    const qsizetype count = std::min(a.size(), b.size());
    qsizetype same = 0;
    while (same < count && a.at(same) == b.at(same))
        ++same;
    return same;
}

const QImage &SceneCache::enlarged(const Layer &layer, double scale, const LayerPictures &pictures)
{
    Layer placeless = layer;
    placeless.item.rect.moveTo(0, 0);
    constexpr int mostRasters = 12;
    if (m_rasters.size() > mostRasters)
        m_rasters.clear();
    Raster &raster = m_rasters[QString::number(int(layer.item.kind)) + layer.item.tokenId];
    if (raster.image.isNull() || raster.layer != placeless) {
        const QSize size = (layer.item.rect.size() * scale).toSize().expandedTo(QSize(1, 1));
        raster.layer = placeless;
        raster.image = QImage(size, QImage::Format_ARGB32_Premultiplied);
        raster.image.fill(Qt::transparent);
        QPainter painter(&raster.image);
        painter.scale(size.width() / layer.item.rect.width(), size.height() / layer.item.rect.height());
        m_painter.paintItem(painter, placeless.item, pictures);
    }
    return raster.image;
}

void SceneCache::paintLayer(QPainter &painter, const Layer &layer, const LayerPictures &pictures)
{
    const SceneItem &item = layer.item;
    const bool pixels = item.kind == SceneItem::Kind::Ground || item.kind == SceneItem::Kind::Subject
                        || item.kind == SceneItem::Kind::Picture;
    const double scale = largestScale(item.rect.size(), m_place.zoom);
    if (pixels && scale < m_place.zoom && !item.rect.isEmpty())
        painter.drawImage(item.rect, enlarged(layer, scale, pictures));
    else
        m_painter.paintItem(painter, item, pictures);
}

void SceneCache::paintInto(QPixmap &pixmap, const QList<Layer> &layers, qsizetype from, qsizetype to,
                           const LayerPictures &pictures)
{
    QPainter painter(&pixmap);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform | QPainter::TextAntialiasing);
    // Device pixels from here on, like the place.
    painter.scale(1 / m_place.ratio, 1 / m_place.ratio);
    painter.translate(-m_place.rect.topLeft());
    painter.scale(m_place.zoom, m_place.zoom);
    painter.setClipRect(QRectF(QPointF(0, 0), QSizeF(m_place.canvas)));
    for (qsizetype i = from; i < to; ++i)
        paintLayer(painter, layers.at(i), pictures);
}

void SceneCache::prepare(qsizetype count, const QList<Layer> &layers, const LayerPictures &pictures)
{
    if (m_groundLayer.isEmpty() || m_groundLayer.first() != layers.first()) {
        m_ground = QPixmap(m_place.rect.size());
        m_ground.setDevicePixelRatio(m_place.ratio);
        m_ground.fill(Qt::transparent);
        paintInto(m_ground, layers, 0, 1, pictures);
        m_groundLayer = layers.first(1);
    }
    const qsizetype usable = commonPrefix(m_readyLayers, layers);
    if (m_readyLayers.size() > count || usable < m_readyLayers.size() || m_readyLayers.isEmpty()) {
        m_ready = m_ground;
        m_readyLayers = m_groundLayer;
    }
    if (m_readyLayers.size() < count) {
        paintInto(m_ready, layers, m_readyLayers.size(), count, pictures);
        m_readyLayers = layers.first(count);
    }
}

void SceneCache::paint(QPainter &painter, const ArtboardView &view, const Scene &scene, const LayerPictures &pictures)
{
    if (scene.items.isEmpty())
        return;
    const Place place = placeFor(view);
    if (place.rect.isEmpty())
        return;
    if (place != m_place) {
        clear();
        m_place = place;
    }
    const QList<Layer> layers = layersOf(scene, pictures);
    // What was the same in the last paint will be the same in the next one.
    const qsizetype stable = m_last.isEmpty() ? layers.size() : commonPrefix(m_last, layers);
    prepare(std::max<qsizetype>(1, stable), layers, pictures);
    m_last = layers;

    painter.save();
    painter.drawPixmap(view.origin() + QPointF(place.rect.topLeft()) / place.ratio, m_ready);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform | QPainter::TextAntialiasing);
    painter.translate(view.origin());
    painter.scale(view.scale(), view.scale());
    painter.setClipRect(QRectF(QPointF(0, 0), QSizeF(view.canvas())), Qt::IntersectClip);
    for (qsizetype i = m_readyLayers.size(); i < layers.size(); ++i)
        paintLayer(painter, layers.at(i), pictures);
    painter.restore();
}

} // namespace Galley
