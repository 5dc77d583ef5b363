#pragma once

#include "core/composition/scene.h"

#include <QHash>
#include <QImage>
#include <QPixmap>

class QPainter;

namespace Galley {

class ArtboardView;

/// Paints the scene of a draft on an artboard so that an edit costs only what it changed: the items below the first changed one lie
/// ready in a pixmap at device resolution, the ground in one of its own; everything above is painted live (text always stays
/// vectors at the zoom on screen). Which items lie ready follows from what changed between two paints, so nobody has to announce a
/// drag. GUI thread.
class SceneCache
{
public:
    /// \a painter is in widget coordinates.
    void paint(QPainter &painter, const ArtboardView &view, const Scene &scene, const LayerPictures &pictures);
    void clear();

private:
    /// One item with the identity of its picture.
    struct Layer
    {
        SceneItem item;
        qint64 picture = 0;

        bool operator==(const Layer &) const = default;
    };
    /// Where the pixmaps lie, in device pixels of the widget, and at which zoom.
    struct Place
    {
        QRect rect;
        QPoint origin;
        double zoom = 0;
        QSize canvas;
        double ratio = 1;

        bool operator==(const Place &) const = default;
    };

    static Place placeFor(const ArtboardView &view);
    static QList<Layer> layersOf(const Scene &scene, const LayerPictures &pictures);
    static qsizetype commonPrefix(const QList<Layer> &a, const QList<Layer> &b);
    void prepare(qsizetype count, const QList<Layer> &layers, const LayerPictures &pictures);
    void paintLayer(QPainter &painter, const Layer &layer, const LayerPictures &pictures);
    const QImage &enlarged(const Layer &layer, double scale, const LayerPictures &pictures);
    void paintInto(QPixmap &pixmap, const QList<Layer> &layers, qsizetype from, qsizetype to, const LayerPictures &pictures);

    /// A ground or a cut-out at the largest scale at which it is painted, without its place.
    struct Raster
    {
        Layer layer;
        QImage image;
    };

    ScenePainter m_painter;
    QHash<QString, Raster> m_rasters;  ///< by token and kind, only while the zoom is large
    Place m_place;
    QPixmap m_ground;         ///< the first item alone
    QPixmap m_ready;          ///< the items of m_readyLayers
    QList<Layer> m_groundLayer;
    QList<Layer> m_readyLayers;
    QList<Layer> m_last;      ///< the scene of the last paint
};

} // namespace Galley
